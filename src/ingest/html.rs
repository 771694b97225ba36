//! HTML, a whole page or a fragment, into pieces: the text that stands together, with what the
//! markup says about it. Parsing is the browser's (html5ever through scraper); reading the tree in
//! order is `walk`.

mod line;
mod tag;
mod walk;

use scraper::Html;

use super::page::Piece;

/// The pieces of `source` in reading order.
pub(super) fn pieces(source: &str) -> Vec<Piece> {
    let tree = if is_whole_page(source) {
        Html::parse_document(source)
    } else {
        Html::parse_fragment(source)
    };
    walk::pieces(&tree)
}

/// Bytes in which the tags of a whole page show up.
const HEAD: usize = 4096;

fn is_whole_page(source: &str) -> bool {
    let head = source.as_bytes().get(..HEAD.min(source.len())).unwrap_or_default();
    let head = head.to_ascii_lowercase();
    ["<!doctype html", "<html", "<head", "<body"]
        .iter()
        .any(|tag| memchr::memmem::find(&head, tag.as_bytes()).is_some())
}
