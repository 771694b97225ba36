//! `check`: each file of a folder against what a person expects of it.

use std::path::Path;

use serde::Serialize;
use wenmai::document::Document;
use wenmai::error::Error;
use wenmai::expected::{self, Expected, FIELDS, Finding};
use wenmai::ingest::{self, Options};

use super::{Outcome, output::Output};
use crate::cli::Check;
use crate::hint;
use crate::ui::say::say;

/// One element of `check --json`.
#[derive(Debug, Serialize)]
struct CheckJson {
    file: String,
    /// Why the file could not be read.
    error: Option<String>,
    /// The fields that were asked.
    asked: Vec<&'static str>,
    /// Those of them that differ.
    differences: Vec<Finding>,
}

/// Bytes of the largest file of expectations.
const LARGEST: u64 = 16 << 20;

/// Prints a row for each expected file: what was asked, what differs.
pub(crate) fn run(args: &Check, options: &Options, out: &mut Output) -> anyhow::Result<Outcome> {
    let path = &args.expected;
    let text = ingest::read_text(path, LARGEST)?;
    let rows: Vec<CheckJson> = expected::rows(&text, path)?
        .iter()
        .map(|expected| row(expected, &args.folder, options))
        .collect();
    let wrong = rows.iter().filter(|row| row.is_wrong()).count();
    if out.json {
        out.json(&rows)?;
    } else {
        print(&rows, out)?;
        out.print(&format!("{}\n", say!("command.check_summary", rows.len(), wrong)))?;
    }
    Ok(if wrong > 0 { Outcome::Differs } else { Outcome::Done })
}

fn row(expected: &Expected, folder: &Path, options: &Options) -> CheckJson {
    let asked = FIELDS.into_iter().filter(|field| expected.asks(field)).collect();
    let (differences, error) = match read(&folder.join(&expected.file), options) {
        Ok(document) => (expected.findings(&document), None),
        Err(error) => (Vec::new(), Some(hint::says(&error))),
    };
    CheckJson { file: expected.file.clone(), error, asked, differences }
}

/// The document of a file, of several the first.
fn read(path: &Path, options: &Options) -> Result<Document, Error> {
    let documents = ingest::documents(ingest::load(path, options)?, options)?;
    let first = documents.into_iter().next();
    first.ok_or_else(|| Error::NothingReadable { path: path.to_owned() })
}

impl CheckJson {
    fn is_wrong(&self) -> bool {
        self.error.is_some() || !self.differences.is_empty()
    }

    /// A mark for a field: right, wrong, not asked.
    fn mark(&self, field: &str) -> &'static str {
        match () {
            () if self.error.is_some() => "?",
            () if self.differences.iter().any(|finding| finding.field == field) => "NO",
            () if self.asked.contains(&field) => "ok",
            () => "-",
        }
    }
}

fn print(rows: &[CheckJson], out: &mut Output) -> anyhow::Result<()> {
    let head = std::iter::once("file").chain(FIELDS).map(str::to_owned).collect();
    let marks = |row: &CheckJson| {
        let marks = FIELDS.iter().map(|field| row.mark(field).to_owned());
        std::iter::once(row.file.clone()).chain(marks).collect()
    };
    let table: Vec<Vec<String>> = std::iter::once(head).chain(rows.iter().map(marks)).collect();
    out.table(&table, &[])?;
    for row in rows.iter().filter(|row| row.is_wrong()) {
        let mut text = format!("\n{}\n", row.file);
        text.extend(row.error.iter().map(|error| format!("  {error}\n")));
        let lines = row.differences.iter().map(|finding| {
            format!("  {}: “{}”, found “{}”\n", finding.field, finding.expected, finding.found)
        });
        text.extend(lines);
        out.print(&text)?;
    }
    Ok(())
}
