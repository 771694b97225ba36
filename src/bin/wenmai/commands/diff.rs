//! `diff`: what one edition changed of another, article by article, in the order of the new one.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{anyhow, bail};
use serde::Serialize;
use wenmai::document::Document;
use wenmai::export::{
    RedlineReport, RedlineRow, plain_redline, redline_csv, redline_docx, redline_html,
    redline_markdown, tracked_docx,
};
use wenmai::ingest;
use wenmai::library::Library;
use wenmai::reuse::edition_diff::{
    DiffOptions, DiffRow, DiffSummary, EditionDiff, Everywhere, Reason, Status,
};
use wenmai::reuse::provisions::Provision;
use wenmai::reuse::redline::{EditKind, Ignored};

use super::output::{DIM, Output};
use super::{Outcome, one_document, open, options, report};
use crate::cli::{Cli, Diff, DiffFormat, Ignore};
use crate::ui::diff_words;
use crate::ui::export_file::ExportFile;
use crate::ui::lang::Lang;
use crate::ui::over_time::OverTime;
use crate::ui::say::say;

/// Prints or writes what changed.
pub(crate) fn run(cli: &Cli, args: &Diff, out: &mut Output) -> anyhow::Result<Outcome> {
    let editions = Editions::read(cli, args)?;
    let diff = compared(&editions, args)?;
    let view = View { diff: &diff, editions: &editions, lang: cli.global.lang(), all: args.all };
    let outcome = if diff.is_same() { Outcome::Done } else { Outcome::Differs };
    let format = format(args, out);
    let file: ExportFile = match format {
        DiffFormat::Text => ExportFile::plain(&view.text()),
        DiffFormat::Json => ExportFile::json(&view.record())?,
        DiffFormat::Markdown => redline_markdown(&view.report()).into(),
        DiffFormat::Csv if args.bom => redline_csv(&view.report()).with_mark().into(),
        DiffFormat::Csv => redline_csv(&view.report()).into(),
        DiffFormat::Html => redline_html(&view.report()).into(),
        // Tracked changes are those of a running text, which unchanged articles belong to.
        DiffFormat::Docx if args.track => {
            tracked_docx(&View { all: true, ..view }.report())?.into()
        }
        DiffFormat::Docx => redline_docx(&view.report())?.into(),
    };
    match &args.output {
        Some(path) => {
            file.save(path)?;
            out.print(&format!("{}\n", report::clean(&path.display().to_string())))?;
        }
        None if format == DiffFormat::Docx => {
            if out.terminal_width().is_some() {
                bail!(say!("command.docx_to_terminal"));
            }
            out.own(file.as_bytes())?;
        }
        None => out.export(&file)?,
    }
    Ok(outcome)
}

/// The format that was asked for, else that of the file's ending, else text.
fn format(args: &Diff, out: &Output) -> DiffFormat {
    let ending = args.output.as_deref().and_then(Path::extension).and_then(|end| end.to_str());
    let of_file = match ending.map(str::to_ascii_lowercase).as_deref() {
        Some("md" | "markdown") => Some(DiffFormat::Markdown),
        Some("csv") => Some(DiffFormat::Csv),
        Some("json") => Some(DiffFormat::Json),
        Some("html" | "htm") => Some(DiffFormat::Html),
        Some("docx") => Some(DiffFormat::Docx),
        _ => None,
    };
    let tracked = args.track.then_some(DiffFormat::Docx);
    let asked = args.format.or(out.json.then_some(DiffFormat::Json)).or(tracked);
    asked.or(of_file).unwrap_or(DiffFormat::Text)
}

/// The two texts. A path is read alone, whatever the library holds.
struct Editions {
    old: Document,
    new: Document,
}

impl Editions {
    fn read(cli: &Cli, args: &Diff) -> anyhow::Result<Self> {
        let files = (file(cli, &args.old)?, file(cli, &args.new)?);
        let library = match &files {
            (Some(_), Some(_)) => None,
            _ => Some(open(cli)?),
        };
        let one = |file: Option<Document>, name: &str| match (file, &library) {
            (Some(document), _) => Ok(document),
            (None, Some(library)) => of_library(library, name),
            (None, None) => Err(anyhow!(say!("command.no_document", name))),
        };
        Ok(Self { old: one(files.0, &args.old)?, new: one(files.1, &args.new)? })
    }
}

fn of_library(library: &Library, name: &str) -> anyhow::Result<Document> {
    one_document(library, name).map(|(_, document)| document.clone())
}

/// The only document of the file called `name`; `None` where there is no such file.
fn file(cli: &Cli, name: &str) -> anyhow::Result<Option<Document>> {
    let path = Path::new(name);
    if !path.is_file() {
        return Ok(None);
    }
    let mut read = ingest::read(&[path.to_owned()], &options(cli))?;
    match (read.documents.len(), read.skipped.pop()) {
        (1, _) => Ok(read.documents.pop()),
        (0, Some(error)) => Err(error.into()),
        (0, None) => bail!(say!("command.nothing_in_file", path.display())),
        (many, _) => bail!(say!("command.several_in_file", path.display(), many)),
    }
}

fn compared(editions: &Editions, args: &Diff) -> anyhow::Result<EditionDiff> {
    let ignores = |what: Ignore| args.ignore.contains(&what);
    let ignored = Ignored {
        punctuation: ignores(Ignore::Punctuation),
        references: ignores(Ignore::Xref),
        ..Ignored::default()
    };
    let options =
        DiffOptions { ignored, matched: args.matched.clone(), unmatched: args.unmatched.clone() };
    EditionDiff::new(&editions.old, &editions.new, &options).map_err(|missing| {
        let document = if missing.in_old { &editions.old } else { &editions.new };
        let (number, sub) = missing.number;
        let sub = if sub > 0 { format!("-{sub}") } else { String::new() };
        anyhow!(say!("command.no_article", document.id, format!("{number}{sub}")))
    })
}

/// `diff --json`.
#[derive(Debug, Serialize)]
struct DiffJson<'d> {
    old: &'d str,
    new: &'d str,
    rows: Vec<RowRecord<'d>>,
    everywhere: &'d [Everywhere],
    summary: DiffSummary,
}

#[derive(Debug, Serialize)]
struct RowRecord<'d> {
    status: Status,
    reasons: &'d [Reason],
    old: Option<ProvisionRecord<'d>>,
    new: Option<ProvisionRecord<'d>>,
    ops: Vec<OpRecord>,
    only_everywhere: bool,
}

#[derive(Debug, Serialize)]
struct ProvisionRecord<'d> {
    block: u32,
    label: Option<&'d str>,
    text: &'d str,
}

#[derive(Debug, Serialize)]
struct OpRecord {
    op: EditKind,
    old: [u32; 2],
    new: [u32; 2],
}

/// A diff with what it is printed with.
#[derive(Clone, Copy)]
struct View<'d> {
    diff: &'d EditionDiff,
    editions: &'d Editions,
    lang: Lang,
    all: bool,
}

impl<'d> View<'d> {
    fn record(&self) -> DiffJson<'d> {
        let diff = self.diff;
        let provision = |one: &'d Provision| ProvisionRecord {
            block: one.block,
            label: one.label.as_deref(),
            text: &one.text,
        };
        let ops = |row: &DiffRow| {
            let op = |edit: &wenmai::reuse::redline::Edit| OpRecord {
                op: edit.kind,
                old: [edit.old.start, edit.old.end],
                new: [edit.new.start, edit.new.end],
            };
            row.edits.iter().map(op).collect()
        };
        let rows = diff.rows.iter().map(|row| RowRecord {
            status: row.status,
            reasons: &row.reasons,
            old: diff.old_of(row).map(provision),
            new: diff.new_of(row).map(provision),
            ops: ops(row),
            only_everywhere: row.only_everywhere,
        });
        DiffJson {
            old: self.editions.old.id.as_str(),
            new: self.editions.new.id.as_str(),
            rows: rows.collect(),
            everywhere: &diff.everywhere,
            summary: diff.summary(),
        }
    }

    /// The counts, what was replaced throughout, and which articles have no other change.
    fn notes(&self) -> Vec<String> {
        let mut notes = vec![diff_words::counts(self.diff, self.lang)];
        for one in &self.diff.everywhere {
            let parts = [one.old.as_str(), one.new.as_str(), &one.times.to_string()];
            notes.push(OverTime::Everywhere.tell(self.lang, &parts));
        }
        let folded: Vec<&str> = self
            .diff
            .rows
            .iter()
            .filter(|row| row.only_everywhere && !self.all)
            .filter_map(|row| self.diff.new_of(row)?.label.as_deref())
            .collect();
        if !folded.is_empty() {
            let list = folded.join(OverTime::ListSeparator.say(self.lang));
            let parts = [folded.len().to_string(), list];
            notes.push(OverTime::EverywhereOnly.tell(self.lang, &[&parts[0], &parts[1]]));
        }
        notes
    }

    /// The rows that are printed: those with a difference, else all of them. Rows that differ only
    /// by what was replaced throughout are folded into a note.
    fn rows(&self) -> impl Iterator<Item = &'d DiffRow> {
        let all = self.all;
        let rows = self.diff.rows.iter();
        rows.filter(move |row| all || diff_words::differs(row))
    }

    fn remark(&self, row: &DiffRow) -> String {
        diff_words::remark(self.diff, row, self.lang)
    }

    fn report(&self) -> RedlineReport {
        let words = [OverTime::OldText, OverTime::NewText, OverTime::Remark];
        let mut columns = words.map(|word| word.say(self.lang).to_owned());
        for (column, document) in columns.iter_mut().zip([&self.editions.old, &self.editions.new]) {
            if let Some(date) = document.metadata.date() {
                column.push_str(&format!(" {date}"));
            }
        }
        let row = |row: &DiffRow| {
            let both = (self.diff.old_of(row), self.diff.new_of(row));
            RedlineRow::new(both, &row.edits, self.remark(row))
        };
        RedlineReport {
            lang: if self.lang == Lang::Chinese { "zh" } else { "en" },
            title: self.title(),
            notes: self.notes(),
            columns,
            rows: self.rows().map(row).collect(),
        }
    }

    fn title(&self) -> String {
        let titles = [&self.editions.old, &self.editions.new].map(|document| {
            let title = document.metadata.title.trim();
            if title.is_empty() { document.id.to_string() } else { title.to_owned() }
        });
        let distinct: BTreeSet<&String> = titles.iter().collect();
        if distinct.len() == 1 { titles[0].clone() } else { titles.join(" → ") }
    }

    /// The diff for a person: counts first, then each row with its remark.
    fn text(&self) -> String {
        let mut text = String::new();
        let days = [&self.editions.old, &self.editions.new].map(|document| {
            document.metadata.date().map_or_else(|| document.id.to_string(), |day| day.to_string())
        });
        text.push_str(&format!("{}  {}\n", report::clean(&self.title()), days.join(" → ")));
        for note in self.notes() {
            text.push_str(&format!("{}\n", report::clean(&note)));
        }
        for row in self.rows() {
            let both = (self.diff.old_of(row), self.diff.new_of(row));
            let written = RedlineRow::new(both, &row.edits, self.remark(row));
            if !written.remark.is_empty() {
                text.push_str(&format!("\n{DIM}{}{DIM:#}\n", report::clean(&written.remark)));
            } else {
                text.push('\n');
            }
            for line in plain_redline(&written.both).lines() {
                text.push_str(&format!("{}\n", report::clean(line)));
            }
        }
        text
    }
}
