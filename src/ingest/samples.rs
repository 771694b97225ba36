//! Pages of pieces, and documents read from text, for the tests of this room.

use super::page::{Page, RawBlock};
use super::{Options, RawFile, documents};
use crate::document::{Document, Encoding, EncodingEvidence};

pub(super) fn empty_page() -> Page {
    let encoding = Encoding { name: "UTF-8".to_owned(), evidence: EncodingEvidence::Valid };
    Page::new("a.txt".into(), encoding)
}

/// A page with a piece a line.
pub(super) fn page_of(lines: &[&str]) -> Page {
    let mut page = empty_page();
    page.pieces = lines.iter().map(|line| RawBlock::text(*line)).collect();
    page
}

/// The texts of the pieces that are kept.
pub(super) fn kept_of(page: &Page) -> Vec<String> {
    page.kept().map(|piece| piece.text.clone()).collect()
}

/// The one document of a file called `name`.
pub(super) fn document_of(name: &str, bytes: impl AsRef<[u8]>) -> Document {
    let raw = RawFile { path: name.into(), bytes: bytes.as_ref().to_vec().into() };
    documents(raw, &Options::default()).unwrap().remove(0)
}

/// The texts of the blocks.
pub(super) fn body(document: &Document) -> Vec<&str> {
    document.blocks.iter().map(|block| block.text.as_str()).collect()
}
