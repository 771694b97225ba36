//! HTML, a whole page or a fragment, into pieces: the text that is together, with what the
//! markup says about it. Parsing is the browser's (html5ever through scraper); `content` finds the
//! article in the tree, `table` tells tables from layout, and `walk` reads all in order.
//!
//! A tree builder takes time with the square of the nesting. `survey` counts it first, and takes out
//! what nobody asks for; a page that nests deeper than people write is read tag by tag without a
//! tree.

mod asides;
mod attributes;
mod content;
mod flat;
mod grid;
mod head;
mod headline;
mod hidden;
mod inner_text;
mod line;
mod name;
mod numbers;
mod survey;
mod table;
mod tag;
mod walk;
mod weights;

use html5ever::driver::{self, ParseOpts};
use html5ever::tendril::TendrilSink;
use html5ever::{QualName, local_name, ns};
use scraper::{Html, HtmlTreeSink};

use super::page::{Page, RawBlock};
use crate::document::Metadata;

/// What HTML holds.
#[derive(Debug, Default)]
pub(super) struct Parsed {
    /// What its head says; an empty title is none.
    pub(super) metadata: Metadata,
    /// Its pieces in reading order.
    pub(super) pieces: Vec<RawBlock>,
}

/// Levels that are built as a tree; pages have some dozens.
const DEEPEST: usize = 256;
/// Elements that may have to be made because others were left open.
const REOPENED: usize = 1 << 20;

/// Reads `source`.
pub(super) fn parse(source: &str) -> Parsed {
    let sheets = hidden::Sheets::of(source);
    let whole = source;
    let survey = survey::survey(source);
    let source = survey.slim.as_str();
    if survey.depth > DEEPEST || survey.reopened > REOPENED {
        return Parsed { pieces: flat::pieces(source), metadata: Metadata::default() };
    }
    if !is_whole_page(source) {
        let body = QualName::new(None, ns!(html), local_name!("body"));
        let sink = HtmlTreeSink::new(Html::new_fragment());
        let parser = driver::parse_fragment(sink, ParseOpts::default(), body, Vec::new(), false);
        let tree = parser.one(source);
        let pieces = walk::pieces(&tree, &content::of_fragment(&tree, &sheets));
        return Parsed { pieces, metadata: Metadata::default() };
    }
    let sink = HtmlTreeSink::new(Html::new_document());
    let tree = driver::parse_document(sink, ParseOpts::default()).one(source);
    let pieces = walk::pieces(&tree, &content::of_page(&tree, &sheets));
    Parsed { pieces, metadata: head::metadata(&tree, whole) }
}

/// Takes what HTML says about itself into `page`, where the page does not know better.
pub(super) fn fill(page: &mut Page, parsed: Parsed) {
    let Parsed { metadata, pieces } = parsed;
    page.pieces = pieces;
    let known = &mut page.metadata;
    if known.title.is_empty() {
        known.title = headline::agreed(metadata.title, &page.pieces);
    }
    headline::keep_subtitle(&known.title, &mut page.pieces);
    known.published = known.published.or(metadata.published);
    known.url = known.url.take().or(metadata.url);
    for (known, said) in [
        (&mut known.source, metadata.source),
        (&mut known.byline, metadata.byline),
        (&mut known.issuer, metadata.issuer),
    ] {
        if known.is_none() {
            *known = said;
        }
    }
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
