//! Whatever the bytes, what is decoded has plain line ends, is the same twice, and is a text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wenmai::ingest::{Options, RawFile, decode};

fuzz_target!(|bytes: &[u8]| {
    let read = || {
        let raw = RawFile { path: "a.txt".into(), bytes: bytes.to_vec().into() };
        decode(raw, &Options::default()).ok()
    };
    let Some(decoded) = read() else { return };
    assert!(!decoded.text.trim().is_empty());
    assert!(!decoded.text.contains(['\r', '\u{85}', '\u{2028}', '\u{2029}', '\u{FEFF}']));
    let again = read().map(|again| (again.text, again.encoding));
    assert_eq!(again, Some((decoded.text, decoded.encoding)));
});
