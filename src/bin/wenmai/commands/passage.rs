//! A place with its context as `xref` and `search` print it: an object in JSON, a line aligned on the
//! match for a person.

use serde::Serialize;
use wenmai::document::{Context, Contexts, Document};
use wenmai::find::context::{ContextRoom, line_at};
use wenmai::text::Span;
use wenmai::text::width::cells;

use super::output::Output;
use super::output::{DIM, MATCH};

/// Characters of context on either side.
const CONTEXT: u32 = 30;

/// One element of `xref --json` and `search --json`.
#[derive(Debug, Serialize)]
pub(crate) struct Passage<'d> {
    document: &'d str,
    title: &'d str,
    region: Option<&'d str>,
    block: u32,
    start: u32,
    end: u32,
    before: &'d str,
    #[serde(rename = "match")]
    matched: &'d str,
    after: &'d str,
    section: Option<&'d str>,
    /// The whole block.
    #[serde(skip)]
    text: &'d str,
    /// The byte of the block at which the match begins.
    #[serde(skip)]
    byte: usize,
}

impl<'d> Passage<'d> {
    /// The passages of `document` around these spans of blocks.
    pub(crate) fn of(
        document: &'d Document,
        places: impl Iterator<Item = (u32, Span)>,
    ) -> impl Iterator<Item = Self> {
        let mut contexts = Contexts::new(document);
        places.filter_map(move |(block, span)| {
            let context = contexts.around(block, span, CONTEXT)?;
            Self::new(document, (block, span), (context, contexts.byte()))
        })
    }

    fn new(
        document: &'d Document,
        (block, span): (u32, Span),
        (context, byte): (Context<'d>, usize),
    ) -> Option<Self> {
        Some(Self {
            document: document.id.as_str(),
            title: &document.metadata.title,
            region: document.metadata.region.as_ref().map(|region| region.name.as_str()),
            block,
            start: span.start,
            end: span.end,
            before: context.before,
            matched: context.matched,
            after: context.after,
            section: document.section_of(block).map(|heading| heading.title.as_str()),
            text: &document.blocks.get(block as usize)?.text,
            byte,
        })
    }
}

/// Prints passages, grouped by document for a person.
pub(crate) fn print(passages: &[Passage<'_>], out: &mut Output) -> anyhow::Result<()> {
    if out.json {
        out.json(&passages)?;
    } else {
        let mut text = String::new();
        for group in passages.chunk_by(|a, b| a.document == b.document) {
            push_group(&mut text, group, out);
        }
        out.print(&text)?;
    }
    Ok(())
}

/// Cells before the match in a printed line, and from the match on.
const LEFT: usize = 32;
const RIGHT: usize = 48;

fn push_group(text: &mut String, group: &[Passage<'_>], out: &Output) {
    let Some(first) = group.first() else { return };
    let region = first.region.unwrap_or("—");
    text.push_str(&format!("{} · {} · {}\n", region, first.document, first.title));
    let room = ContextRoom { before: LEFT, from: RIGHT, ambiguous: out.ambiguous };
    for passage in group {
        let length = (passage.end - passage.start) as usize;
        let around = line_at(passage.text, (passage.byte, length), room);
        let fill = " ".repeat(LEFT.saturating_sub(cells(around.before, out.ambiguous)));
        text.push_str(&format!(
            "{DIM}{:>4}{DIM:#}  {fill}{}{MATCH}{}{MATCH:#}{}\n",
            passage.block, around.before, around.matched, around.after
        ));
    }
    text.push('\n');
}
