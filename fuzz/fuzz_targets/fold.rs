//! Every folded span leads back into the shown text, in order, and folding is done in one step.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wenmai::text::Span;
use wenmai::text::fold::{fold, fold_key};

fuzz_target!(|shown: &str| {
    let folded = fold(shown);
    let (length, chars) = (folded.as_str().chars().count() as u32, shown.chars().count() as u32);
    let mut last = 0;
    for at in 0..length {
        let span = folded.shown(Span::new(at, at + 1));
        assert!(span.start < span.end && span.end <= chars && span.start >= last);
        last = span.start;
    }
    assert_eq!(fold_key(shown), folded.as_str());
});
