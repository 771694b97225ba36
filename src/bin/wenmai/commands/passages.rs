//! `passages`: the wording that documents share, exact and near, longest first.

use serde::Serialize;
use wenmai::document::Place;
use wenmai::export::{Report, Table};
use wenmai::library::Library;
use wenmai::links::passages::{Passage, Passages, Scope};

use super::output::{DIM, Output};
use super::{Outcome, one_document, report};
use crate::cli;

/// One side of a passage in JSON.
#[derive(Debug, Serialize)]
struct Side<'l> {
    document: &'l str,
    block: u32,
    start: u32,
    end: u32,
    text: &'l str,
}

/// One element of `passages --json`.
#[derive(Debug, Serialize)]
pub(crate) struct Record<'l> {
    a: Side<'l>,
    b: Side<'l>,
    similarity: f64,
    characters: usize,
}

impl<'l> Record<'l> {
    /// The record of a passage, `None` where the library has no such place.
    pub(crate) fn new(library: &'l Library, passage: &Passage) -> Option<Self> {
        Some(Self {
            a: side(library, passage.a)?,
            b: side(library, passage.b)?,
            similarity: (passage.similarity * 1000.0).round() / 1000.0,
            characters: passage.characters,
        })
    }
}

fn side(library: &Library, place: Place) -> Option<Side<'_>> {
    let document = library.document(place.document)?;
    Some(Side {
        document: document.id.as_str(),
        block: place.block,
        start: place.span.start,
        end: place.span.end,
        text: place.span.of(&document.blocks.get(place.block as usize)?.text),
    })
}

/// Prints the shared wording of the library, or of one document with the others.
pub(crate) fn run(
    library: &Library,
    args: &cli::Passages,
    out: &mut Output,
) -> anyhow::Result<Outcome> {
    let scope = match &args.document {
        Some(name) => Scope::Document(one_document(library, name)?.0),
        None => Scope::Library,
    };
    let found = Passages::find(library.documents(), &scope);
    let records: Vec<_> = found.shared().iter().filter_map(|p| Record::new(library, p)).collect();
    if out.json || args.format == cli::Format::Json {
        out.json(&records)?;
    } else if args.format == cli::Format::Text {
        out.print(&text(&records))?;
    } else {
        let title = "相同与相近的文字".to_owned();
        let report = Report { title, tables: vec![table("", &records)] };
        out.print(&report::write(&report, args.format))?;
    }
    if records.is_empty() {
        eprintln!("wenmai: no wording is shared here");
        return Ok(Outcome::NothingMatched);
    }
    Ok(Outcome::Done)
}

fn text(records: &[Record<'_>]) -> String {
    let mut text = String::new();
    for record in records {
        let (a, b) = (&record.a, &record.b);
        text.push_str(&format!(
            "{DIM}{:>5} 字 {:>4.0}%  {} 第{}段 · {} 第{}段{DIM:#}\n  {}\n",
            record.characters,
            record.similarity * 100.0,
            report::clean(a.document),
            a.block,
            report::clean(b.document),
            b.block,
            report::clean(a.text),
        ));
        if a.text != b.text {
            text.push_str(&format!("  {}\n", report::clean(b.text)));
        }
        text.push('\n');
    }
    text
}

/// The passages as a table, one row each.
pub(crate) fn table(heading: &str, records: &[Record<'_>]) -> Table {
    let columns = [
        "characters",
        "similarity",
        "a",
        "a_block",
        "a_start",
        "a_end",
        "a_text",
        "b",
        "b_block",
        "b_start",
        "b_end",
        "b_text",
    ];
    let row = |record: &Record<'_>| {
        let mut row = vec![record.characters.to_string(), format!("{:.3}", record.similarity)];
        for side in [&record.a, &record.b] {
            row.push(side.document.to_owned());
            row.extend([side.block, side.start, side.end].map(|n| n.to_string()));
            row.push(side.text.to_owned());
        }
        row
    };
    Table {
        heading: heading.to_owned(),
        columns: columns.map(str::to_owned).into(),
        rows: records.iter().map(row).collect(),
    }
}
