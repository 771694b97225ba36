//! `xref`: every mention of a theme with what stands around it, in reading order.

use anyhow::bail;
use serde::Serialize;
use wenmai::document::{DocIndex, Document};
use wenmai::library::Library;
use wenmai::links::Mention;
use wenmai::text::Span;
use wenmai::text::width::{cells, fit};

use super::output::{DIM, MATCH};
use super::{Outcome, one_document, output::Output};
use crate::cli::Xref;

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
}

impl<'d> Passage<'d> {
    /// The passage of `document` around `span` of `block`.
    pub(crate) fn new(document: &'d Document, block: u32, span: Span) -> Option<Self> {
        let context = document.context(block, span, CONTEXT)?;
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
        })
    }
}

/// Prints every mention of a theme.
pub(crate) fn run(library: &Library, args: &Xref, out: &mut Output) -> anyhow::Result<Outcome> {
    let index = library.themes();
    let Some(theme) = index.find(&args.theme) else {
        if out.json {
            out.json(&Vec::<Passage<'_>>::new())?;
        }
        eprintln!("wenmai: “{}” is no theme of this library; try wenmai themes", args.theme);
        return Ok(Outcome::NothingMatched);
    };
    let mut passages = Vec::new();
    for document in documents(library, args)? {
        let Some(text) = library.document(document) else { continue };
        let mentions = index.mentions_of(theme, document);
        passages.extend(
            mentions.filter_map(|Mention { block, span, .. }| Passage::new(text, *block, *span)),
        );
    }
    print(&passages, out)
}

/// The documents that the filters leave.
fn documents(library: &Library, args: &Xref) -> anyhow::Result<Vec<DocIndex>> {
    if let Some(name) = &args.doc {
        return Ok(vec![one_document(library, name)?.0]);
    }
    let Some(region) = &args.region else { return Ok(library.indices().collect()) };
    let inside: Vec<_> = library.indices().filter(|ix| is_in(library, *ix, region)).collect();
    if inside.is_empty() {
        bail!("no document of this library is about “{region}”; wenmai list shows their regions");
    }
    Ok(inside)
}

fn is_in(library: &Library, index: DocIndex, region: &str) -> bool {
    let found = library.document(index).and_then(|doc| doc.metadata.region.as_ref());
    found.is_some_and(|found| {
        [Some(&found.name), found.city.as_ref(), found.county.as_ref()]
            .into_iter()
            .flatten()
            .any(|name| region.starts_with(name.as_str()))
    })
}

/// Prints passages, grouped by document for a person.
pub(crate) fn print(passages: &[Passage<'_>], out: &mut Output) -> anyhow::Result<Outcome> {
    if out.json {
        out.json(&passages)?;
    } else {
        let mut text = String::new();
        for group in passages.chunk_by(|a, b| a.document == b.document) {
            push_group(&mut text, group, out);
        }
        out.print(&text)?;
    }
    Ok(if passages.is_empty() { Outcome::NothingMatched } else { Outcome::Done })
}

/// Cells before the match in a printed line.
const LEFT: usize = 32;

fn push_group(text: &mut String, group: &[Passage<'_>], out: &Output) {
    let Some(first) = group.first() else { return };
    let region = first.region.unwrap_or("—");
    text.push_str(&format!("{} · {} · {}\n", region, first.document, first.title));
    for passage in group {
        let before = last_cells(passage.before, LEFT, out);
        let fill = " ".repeat(LEFT.saturating_sub(cells(before, out.ambiguous)));
        let after = fit(passage.after, LEFT, out.ambiguous);
        text.push_str(&format!(
            "{DIM}{:>4}{DIM:#}  {fill}{before}{MATCH}{}{MATCH:#}{after}\n",
            passage.block, passage.matched
        ));
    }
    text.push('\n');
}

/// The longest tail of `text` that fits into `room` cells.
fn last_cells<'t>(text: &'t str, room: usize, out: &Output) -> &'t str {
    let mut tails = text.char_indices().filter_map(|(byte, _)| text.get(byte..));
    tails.find(|tail| cells(tail, out.ambiguous) <= room).unwrap_or_default()
}
