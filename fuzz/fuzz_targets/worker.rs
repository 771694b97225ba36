//! Whatever a worker is sent, it answers, and messages that break off are errors.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wenmai::ingest::worker::{receive, send};
use wenmai::ingest::{allowance, answer};

fuzz_target!(|bytes: &[u8]| {
    assert!(!answer(bytes).is_empty());
    let _ = allowance(bytes);
    let mut from = bytes;
    while let Ok(Some(_)) = receive(&mut from) {}
    let mut pipe = Vec::new();
    send(&mut pipe, bytes).expect("a message is written");
    let mut pipe = pipe.as_slice();
    assert_eq!(receive(&mut pipe).expect("it is whole").as_deref(), Some(bytes));
});
