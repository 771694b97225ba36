//! `citations`: the titles in 《》 that texts name, in reading order, with the document of the
//! library that each leads to.

use serde::Serialize;
use wenmai::document::{DocIndex, Document};
use wenmai::facts::citations::{Citation, Titles, citations};
use wenmai::library::Library;

use super::output::{DIM, Output};
use super::{Outcome, one_document};
use crate::cli;

/// One element of `citations --json`.
#[derive(Debug, Serialize)]
struct Record<'l> {
    document: &'l str,
    block: u32,
    start: u32,
    end: u32,
    title: String,
    /// The document that bears the title, null where the library has none.
    cited: Option<String>,
    section: Option<&'l str>,
}

impl<'l> Record<'l> {
    fn new(library: &'l Library, document: &'l Document, citation: Citation) -> Self {
        let Citation { place, title, document: cited } = citation;
        Self {
            document: document.id.as_str(),
            block: place.block,
            start: place.span.start,
            end: place.span.end,
            title,
            cited: cited.and_then(|at| library.card(at)).map(|card| card.id.as_str().to_owned()),
            section: document.section_of(place.block).map(|heading| heading.title.as_str()),
        }
    }

    fn line(&self) -> String {
        let cited = self.cited.as_ref().map(|id| format!(" → {id}")).unwrap_or_default();
        format!("{DIM}{:>4}{DIM:#}  《{}》{cited}\n", self.block, self.title)
    }
}

/// Prints the citations of the library, or of one of its documents.
pub(crate) fn run(
    library: &Library,
    args: &cli::Citations,
    out: &mut Output,
) -> anyhow::Result<Outcome> {
    let one = args.document.as_deref().map(|name| one_document(library, name)).transpose()?;
    let titles = Titles::of(library.documents());
    let asked: Vec<DocIndex> = match one {
        Some((at, _)) => vec![at],
        None => library.indices().collect(),
    };
    let records: Vec<Record<'_>> =
        asked.into_iter().flat_map(|at| of_document(library, at, &titles)).collect();
    let records: Vec<Record<'_>> =
        records.into_iter().filter(|record| !args.linked || record.cited.is_some()).collect();
    if out.json {
        out.json(&records)?;
    } else {
        for group in records.chunk_by(|a, b| a.document == b.document) {
            let head = group.first().map(|record| format!("{}\n", record.document));
            let lines = group.iter().map(Record::line);
            out.print(&head.into_iter().chain(lines).collect::<String>())?;
        }
    }
    Ok(if records.is_empty() { Outcome::NothingMatched } else { Outcome::Done })
}

fn of_document<'l>(library: &'l Library, at: DocIndex, titles: &Titles) -> Vec<Record<'l>> {
    let Some(document) = library.document(at) else { return Vec::new() };
    let found = citations(at, document, titles);
    found.into_iter().map(|citation| Record::new(library, document, citation)).collect()
}
