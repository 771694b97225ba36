//! `passages`: the wording that documents share, exact and near, longest first.

use serde::Serialize;
use wenmai::document::Place;
use wenmai::export::{Cell, Report, Table};
use wenmai::library::Library;
use wenmai::reuse::diff::{Difference, Mark, MarkKind, difference};
use wenmai::reuse::passages::{Passage, Scope};

use super::output::{DIM, MATCH, Output};
use super::{Outcome, one_document, report};
use crate::cli;
use crate::ui::say::{say, word};

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

impl Record<'_> {
    fn difference(&self) -> Difference {
        difference(self.a.text, self.b.text)
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
    let found = library.passages_in(&scope);
    let records: Vec<_> = found.shared().iter().filter_map(|p| Record::new(library, p)).collect();
    if out.json || args.written.format == cli::Format::Json {
        out.json(&records)?;
    } else if args.written.format == cli::Format::Text {
        out.print(&text(&records))?;
    } else {
        let title = word("command.shared_text").to_owned();
        let table = match args.written.format {
            cli::Format::Csv => table("", &records),
            _ => readable("", &records),
        };
        let report = Report { title, tables: vec![table] };
        out.print(&report::write(&report, &args.written))?;
    }
    if records.is_empty() {
        crate::hint::warn(&say!("command.no_passages"));
        return Ok(Outcome::NothingMatched);
    }
    Ok(Outcome::Done)
}

fn text(records: &[Record<'_>]) -> String {
    let mut text = String::new();
    for record in records {
        let (a, b) = (&record.a, &record.b);
        let marks = record.difference();
        text.push_str(&format!(
            "{DIM}{} {:>4.0}%  {} · {}{DIM:#}\n  {}\n",
            say!("command.characters", format!("{:>5}", record.characters)),
            record.similarity * 100.0,
            say!("command.place", report::clean(a.document), a.block),
            say!("command.place", report::clean(b.document), b.block),
            shown(a.text, &marks.old),
        ));
        if a.text != b.text {
            text.push_str(&format!("  {}\n", shown(b.text, &marks.new)));
        }
        text.push('\n');
    }
    text
}

/// A text with what differs in colour.
fn shown(text: &str, marks: &[Mark]) -> String {
    let piece = |mark: &Mark| {
        let text = report::clean(mark.span.of(text)).into_owned();
        if mark.kind == MarkKind::Changed { format!("{MATCH}{text}{MATCH:#}") } else { text }
    };
    marks.iter().map(piece).collect()
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
        let mut row: Vec<Cell> =
            vec![record.characters.to_string().into(), format!("{:.3}", record.similarity).into()];
        let marks = record.difference();
        for (side, marks) in [(&record.a, &marks.old), (&record.b, &marks.new)] {
            row.push(side.document.to_owned().into());
            row.extend([side.block, side.start, side.end].map(|n| n.to_string().into()));
            row.push(Cell::marked(side.text, marks));
        }
        row
    };
    Table {
        heading: heading.to_owned(),
        columns: columns.map(str::to_owned).into(),
        rows: records.iter().map(row).collect(),
    }
}

/// The passages for a person: a row each, both sides beside each other.
pub(crate) fn readable(heading: &str, records: &[Record<'_>]) -> Table {
    let columns = ["characters_head", "similar_head", "first_head", "second_head"]
        .map(|key| word(&format!("command.{key}")).to_owned())
        .into();
    let row = |record: &Record<'_>| {
        let marks = record.difference();
        let place =
            |side: &Side<'_>| format!("{}\n", say!("command.place", side.document, side.block));
        let side =
            |side: &Side<'_>, marks: &[Mark]| Cell::marked(side.text, marks).after(&place(side));
        vec![
            record.characters.to_string().into(),
            format!("{:.0}%", record.similarity * 100.0).into(),
            side(&record.a, &marks.old),
            side(&record.b, &marks.new),
        ]
    };
    Table { heading: heading.to_owned(), columns, rows: records.iter().map(row).collect() }
}
