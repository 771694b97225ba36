//! Standard output: JSON for a script; aligned columns, wrapped text and a little colour for a
//! person.

use std::io::{BufWriter, IsTerminal, Stdout, Write};

use anstream::{AutoStream, ColorChoice};
use serde::Serialize;
use wenmai::text::sanitize::sanitize;
use wenmai::text::width::{Ambiguous, cells};

use crate::cli::{Color, Global};
use crate::ui::export_file::ExportFile;
use crate::ui::guard::{self, guarded};

/// How a command ended that did not fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It printed an answer.
    Done,
    /// Nothing in the library matched.
    NothingMatched,
    /// A document is not what was expected of it.
    Differs,
}

/// Where a command prints.
pub(crate) struct Output {
    stream: AutoStream<Stdout>,
    /// True where the reader is a script.
    pub(crate) json: bool,
    /// How wide ambiguous characters are.
    pub(crate) ambiguous: Ambiguous,
}

/// The colour of what matched.
pub(crate) const MATCH: anstyle::Style =
    anstyle::AnsiColor::Yellow.on_default().effects(anstyle::Effects::BOLD);
/// The colour of what is dimmed.
pub(crate) const DIM: anstyle::Style = anstyle::Style::new().effects(anstyle::Effects::DIMMED);

impl Output {
    /// Output as the options want it.
    pub(crate) fn new(global: &Global) -> Self {
        let choice = match global.color {
            Color::Auto => AutoStream::choice(&std::io::stdout()),
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        };
        Self {
            stream: AutoStream::new(std::io::stdout(), choice),
            json: global.json,
            ambiguous: global.ambiguous.resolve(),
        }
    }

    /// Columns of the terminal that reads, `None` where none does.
    pub(crate) fn terminal_width(&self) -> Option<u16> {
        if !std::io::stdout().is_terminal() {
            return None;
        }
        crossterm::terminal::size().ok().map(|(columns, _)| columns).filter(|columns| *columns > 0)
    }

    /// Prints `value` as one JSON document.
    pub(crate) fn json(&mut self, value: &impl Serialize) -> anyhow::Result<()> {
        let mut writer = BufWriter::new(&mut self.stream);
        guard::write_json(value, &mut writer)?;
        Ok(writer.flush()?)
    }

    /// Prints `text`, which may carry the styles above and nothing else that steers a terminal.
    pub(crate) fn print(&mut self, text: &str) -> anyhow::Result<()> {
        self.stream.write_all(guarded(text).as_bytes())?;
        Ok(self.stream.flush()?)
    }

    /// Prints what the types of its format have made safe.
    pub(crate) fn export(&mut self, file: &ExportFile) -> anyhow::Result<()> {
        self.own(file.as_bytes())
    }

    /// Prints what holds no foreign text at all: a script, a manual page.
    pub(crate) fn own(&mut self, bytes: &[u8]) -> anyhow::Result<()> {
        // What takes colours away would take bytes out of a Word document.
        let mut stdout = std::io::stdout();
        stdout.write_all(bytes)?;
        Ok(stdout.flush()?)
    }

    /// Prints the rows in columns aligned by display width. A column named in `right` is flush
    /// right; the last column is not filled.
    pub(crate) fn table(&mut self, rows: &[Vec<String>], right: &[usize]) -> anyhow::Result<()> {
        self.print(&self.aligned(rows, right))
    }

    /// The rows as [`Output::table`] prints them.
    pub(crate) fn aligned(&self, rows: &[Vec<String>], right: &[usize]) -> String {
        let mut widths: Vec<usize> = Vec::new();
        for row in rows {
            widths.resize(widths.len().max(row.len()), 0);
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = (*width).max(cells(cell, self.ambiguous));
            }
        }
        let mut text = String::new();
        for row in rows {
            self.push_row(&mut text, row, (&widths, right));
        }
        text
    }

    fn push_row(&self, text: &mut String, row: &[String], (widths, right): (&[usize], &[usize])) {
        let mut line = String::new();
        for (column, (cell, width)) in row.iter().zip(widths).enumerate() {
            let cell = sanitize(cell);
            let fill = " ".repeat(width.saturating_sub(cells(&cell, self.ambiguous)));
            let (before, after) =
                if right.contains(&column) { (fill.as_str(), "") } else { ("", fill.as_str()) };
            line.push_str(&format!("{before}{cell}{after}  "));
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
}
