//! A table that a user wrote is refused with its line and column, or read the same twice.
#![no_main]

use std::path::Path;

use libfuzzer_sys::fuzz_target;
use wenmai::error::Error;
use wenmai::themes::vocabulary::Lexicon;

fuzz_target!(|table: &str| {
    let read = || Lexicon::with_user_table(Path::new("themes.toml"), table);
    match read() {
        Ok(lexicon) => assert_eq!(Some(lexicon.fingerprint()), read().ok().map(|l| l.fingerprint())),
        Err(Error::Malformed { line, column, .. }) => assert!(line >= 1 && column >= 1),
        Err(other) => panic!("no place: {other}"),
    }
});
