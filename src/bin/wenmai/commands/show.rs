//! `show`: the cleaned article, as text or as JSON.

use serde::Serialize;
use wenmai::document::{Block, Document, Heading, Removed, Summary, Table};
use wenmai::ingest::{self, Options};
use wenmai::library::Library;
use wenmai::text::sanitize::sanitize;
use wenmai::text::wrap::{Measure, wrap};

use super::output::DIM;
use super::printed_table::PrintedTable;
use super::{Outcome, one_document, output::Output, record::DocumentJson};
use crate::cli::Show;
use crate::hint;
use crate::ui::say::say;

/// Columns that a person reads at most, where the terminal is wider.
const WIDEST: u16 = 80;

#[derive(Serialize)]
struct Article<'d> {
    #[serde(flatten)]
    record: DocumentJson<'d>,
    body: &'d [Block],
    outline: &'d [Heading],
    tables: &'d [Table],
    removed: &'d [Removed],
}

/// Prints one document.
pub(crate) fn run(library: &Library, args: &Show, out: &mut Output) -> anyhow::Result<Outcome> {
    let (_, document) = one_document(library, &args.of.document)?;
    for warning in &document.warnings {
        hint::warn(&format!("{}: {}", document.id, hint::of_warning(warning)));
    }
    if out.json {
        out.json(&Article {
            record: DocumentJson::from(&Summary::from(document)),
            body: &document.blocks,
            outline: &document.outline,
            tables: &document.tables,
            removed: &document.removed,
        })?;
        return Ok(Outcome::Done);
    }
    let width = args.width.or_else(|| out.terminal_width().map(|columns| columns.min(WIDEST)));
    let mut page = TextPrinter { text: String::new(), width, out };
    if !args.body {
        page.paragraph(&document.metadata.title);
        page.text.pop();
        page.paragraph(&facts(document));
    }
    page.body(document, args);
    let text = page.text;
    out.print(&text)?;
    Ok(Outcome::Done)
}

/// Prints the decoded source of one document, what could harm a terminal taken out.
pub(crate) fn raw(
    library: &Library,
    (args, options): (&Show, &Options),
    out: &mut Output,
) -> anyhow::Result<Outcome> {
    let (_, document) = one_document(library, &args.of.document)?;
    let source = ingest::source(&document.path, options)?;
    let lines = source.text.lines().map(|line| format!("{}\n", sanitize(line)));
    out.print(&lines.collect::<String>())?;
    Ok(Outcome::Done)
}

/// Region, source, date and length in one line.
fn facts(document: &Document) -> String {
    let facts = &document.metadata;
    let date = facts.date().map(|date| date.to_string());
    let length = say!("command.characters", document.characters());
    let region = facts.region.as_ref().map(|region| region.name.as_str());
    let issuer = facts.issuer.as_deref().or(facts.source.as_deref());
    [region, issuer, facts.number.as_deref(), date.as_deref(), Some(&length)]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ")
}

struct TextPrinter<'o> {
    text: String,
    width: Option<u16>,
    out: &'o Output,
}

impl TextPrinter<'_> {
    fn body(&mut self, document: &Document, args: &Show) {
        let mut removed = document.removed.iter().filter(|_| args.removed).peekable();
        let mut table: Option<PrintedTable> = None;
        for (at, block) in document.blocks.iter().enumerate() {
            while let Some(piece) = removed.next_if(|piece| piece.before as usize <= at) {
                self.removed(piece);
            }
            let row = u32::try_from(at).ok().and_then(|at| Some((at, document.table_of(at)?)));
            match (row, self.width) {
                (Some((at, of)), Some(cells)) => {
                    if table.as_ref().is_none_or(|table: &PrintedTable| !table.is_of(of)) {
                        table = Some(PrintedTable::new(document, of, cells, self.out.ambiguous));
                    }
                    let lines = table.iter().flat_map(|table| table.lines(at, block));
                    self.text.extend(lines.map(|line| line + "\n"));
                    if at + 1 == of.blocks().end {
                        self.text.push('\n');
                    }
                }
                _ => self.paragraph(&block.text),
            }
        }
        removed.for_each(|piece| self.removed(piece));
    }

    /// The text, wrapped where a width is known, and an empty line.
    fn paragraph(&mut self, text: &str) {
        match self.width {
            Some(width) => {
                let measure =
                    Measure { cells: usize::from(width), indent: 0, ambiguous: self.out.ambiguous };
                for row in wrap(text, measure) {
                    self.text.push_str(row.text(text));
                    self.text.push('\n');
                }
            }
            None => {
                self.text.push_str(text);
                self.text.push('\n');
            }
        }
        self.text.push('\n');
    }

    fn removed(&mut self, piece: &Removed) {
        let reason = serde_json::to_value(piece.reason).unwrap_or_default();
        let reason = reason.as_str().unwrap_or_default();
        let lines: Vec<_> = piece.text.lines().map(sanitize).collect();
        self.text.push_str(&format!("{DIM}[{reason}] {}{DIM:#}\n\n", lines.join(" ")));
    }
}
