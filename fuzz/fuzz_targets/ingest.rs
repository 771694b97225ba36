//! Whatever the bytes, nothing harmful is in a document, its places are its own, and it is the same
//! twice.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wenmai::document::Document;
use wenmai::ingest::{Options, RawFile, documents};
use wenmai::text::sanitize::is_harmful;

fn read(bytes: &[u8]) -> Vec<Document> {
    let raw = RawFile { path: "a.html".into(), bytes: bytes.to_vec().into() };
    documents(raw, &Options::default()).unwrap_or_default()
}

fuzz_target!(|bytes: &[u8]| {
    let documents = read(bytes);
    for document in &documents {
        let title = std::iter::once(document.metadata.title.as_str());
        let blocks = document.blocks.iter().map(|block| block.text.as_str());
        let removed = document.removed.iter().map(|piece| piece.text.as_str());
        for text in title.chain(blocks).chain(removed) {
            assert!(!text.chars().any(is_harmful), "{text:?}");
        }
        let last = document.blocks.len() as u32;
        assert!(document.outline.iter().all(|heading| heading.block < last));
        assert!(document.removed.iter().all(|piece| piece.before <= last));
    }
    assert_eq!(documents, read(bytes));
});
