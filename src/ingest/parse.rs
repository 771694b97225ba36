//! Parsing: from text to pages, by what the text is and not by what its name says. Third stage of
//! the line.

use super::decode::Decoded;
use super::page::Page;
use super::{front_matter, html, plain};

/// The pages of a decoded file: one, or one a row where it is a table of documents.
pub fn parse(decoded: Decoded) -> Vec<Page> {
    let Decoded { path, text, encoding, warnings } = decoded;
    let head = front_matter::split(&text);
    let mut page = Page::new(path, encoding);
    page.warnings = warnings;
    page.warnings.extend(head.warning);
    page.metadata = head.metadata;
    page.pieces =
        if is_html(head.body) { html::pieces(head.body) } else { plain::pieces(head.body) };
    vec![page]
}

/// Tags that enclose text in pages; lone inline tags also stand in plain texts.
const TAGS: [&str; 12] = [
    "<!doctype",
    "<html",
    "<body",
    "<p>",
    "<p ",
    "<div",
    "<br",
    "<td",
    "<li>",
    "<li ",
    "<h1",
    "<h2",
];

/// Bytes of the head that are looked at.
const HEAD: usize = 16 << 10;

/// True for a text that begins with a tag and has others that enclose text.
fn is_html(text: &str) -> bool {
    let head = text.trim_start().as_bytes();
    let head = head.get(..HEAD.min(head.len())).unwrap_or_default().to_ascii_lowercase();
    head.starts_with(b"<")
        && TAGS.iter().any(|tag| memchr::memmem::find(&head, tag.as_bytes()).is_some())
}
