//! The arguments of each command. Their help is in the locale files, under `cli`.

use std::fmt::Display;
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args, Subcommand, ValueEnum};
use wenmai::find::query::{Query, QueryError};
use wenmai::reuse::edition_diff::ArticleNumber;

use crate::ui::say::{self, say};

/// A command about one document.
#[derive(Debug, Args)]
pub(crate) struct OneDocument {
    #[arg(value_name = "DOC")]
    pub(crate) document: String,
}

/// Which texts are searched.
#[derive(Debug, Args)]
pub(crate) struct TextFilter {
    #[arg(long)]
    pub(crate) region: Option<String>,
    #[arg(long, value_name = "DATE")]
    since: Option<String>,
    #[arg(long, value_name = "DATE")]
    until: Option<String>,
}

impl TextFilter {
    /// `query` for these texts only.
    ///
    /// # Errors
    /// A value that cannot be read.
    pub(crate) fn narrow(&self, mut query: Query) -> Result<Query, QueryError> {
        let values = [("region", &self.region), ("since", &self.since), ("until", &self.until)];
        for (field, value) in values {
            if let Some(value) = value {
                query = query.filter(field, value)?;
            }
        }
        Ok(query)
    }
}

/// Which rows of an answer are printed.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct RowRange {
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) offset: usize,
}

impl RowRange {
    /// The rows to print of `rows`; those after them are not asked for.
    pub(crate) fn of<I: Iterator>(self, rows: I) -> impl Iterator<Item = I::Item> {
        rows.skip(self.offset).take(self.limit.unwrap_or(usize::MAX))
    }
}

/// `list`.
#[derive(Debug, Args)]
pub(crate) struct List {
    #[command(flatten)]
    pub(crate) rows: RowRange,
}

/// `index`.
#[derive(Debug, Args)]
pub(crate) struct Index {
    pub(crate) paths: Vec<PathBuf>,
    #[arg(long)]
    pub(crate) force: bool,
    #[arg(long)]
    pub(crate) stats: bool,
}

/// `show`.
#[derive(Debug, Args)]
pub(crate) struct Show {
    #[command(flatten)]
    pub(crate) of: OneDocument,
    #[arg(long, value_name = "N", value_parser = cells)]
    pub(crate) width: Option<u16>,
    #[arg(long)]
    pub(crate) body: bool,
    #[arg(long)]
    pub(crate) removed: bool,
    #[arg(long, conflicts_with_all = ["width", "body", "removed"])]
    pub(crate) raw: bool,
}

/// `themes`.
#[derive(Debug, Args)]
pub(crate) struct Themes {
    #[arg(value_name = "DOC")]
    pub(crate) document: Option<String>,
    #[arg(long)]
    pub(crate) all: bool,
    #[arg(long, requires = "document", conflicts_with = "all")]
    pub(crate) distinctive: bool,
    #[arg(long, conflicts_with = "distinctive")]
    pub(crate) bodies: bool,
    #[arg(long, conflicts_with_all = ["document", "all", "bodies", "falling"])]
    pub(crate) rising: bool,
    #[arg(long, conflicts_with_all = ["document", "all", "bodies"])]
    pub(crate) falling: bool,
    #[command(flatten)]
    pub(crate) rows: RowRange,
}

/// `citations`.
#[derive(Debug, Args)]
pub(crate) struct Citations {
    #[arg(value_name = "DOC")]
    pub(crate) document: Option<String>,
    #[arg(long)]
    pub(crate) linked: bool,
    #[arg(long, requires = "document")]
    pub(crate) citing: bool,
}

/// `xref`.
#[derive(Debug, Args)]
pub(crate) struct Xref {
    pub(crate) theme: String,
    #[arg(long)]
    pub(crate) region: Option<String>,
    #[arg(long, value_name = "DOC")]
    pub(crate) doc: Option<String>,
    #[command(flatten)]
    pub(crate) rows: RowRange,
}

/// `topics`.
#[derive(Debug, Args)]
pub(crate) struct Topics {
    #[arg(required = true, value_name = "QUERY")]
    pub(crate) query: Vec<String>,
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub(crate) limit: usize,
}

/// `search`.
#[derive(Debug, Args)]
pub(crate) struct Search {
    #[arg(required = true, value_name = "QUERY")]
    pub(crate) query: Vec<String>,
    #[arg(long)]
    pub(crate) regex: bool,
    #[command(flatten)]
    pub(crate) texts: TextFilter,
    #[command(flatten)]
    pub(crate) rows: RowRange,
}

/// How a command writes what it found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum Format {
    #[default]
    Text,
    Markdown,
    Csv,
    Json,
    Html,
}

/// How an answer is written.
#[derive(Debug, Args)]
pub(crate) struct Written {
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
    #[arg(long)]
    pub(crate) bom: bool,
}

/// `passages`.
#[derive(Debug, Args)]
pub(crate) struct Passages {
    #[arg(value_name = "DOC")]
    pub(crate) document: Option<String>,
    #[arg(long, value_name = "N")]
    pub(crate) min: Option<usize>,
    #[arg(long)]
    pub(crate) region: Option<String>,
    #[arg(long, num_args = 2, value_names = ["A", "B"])]
    pub(crate) between: Option<Vec<String>>,
    #[arg(long)]
    pub(crate) theme: Option<String>,
    #[command(flatten)]
    pub(crate) rows: RowRange,
    #[command(flatten)]
    pub(crate) written: Written,
}

/// `compare`.
#[derive(Debug, Args)]
pub(crate) struct Compare {
    #[arg(required = true, num_args = 2..=4, value_name = "DOC")]
    pub(crate) documents: Vec<String>,
    #[arg(long)]
    pub(crate) theme: Option<String>,
    #[arg(long, value_name = "N", value_parser = cells)]
    pub(crate) width: Option<u16>,
    #[command(flatten)]
    pub(crate) written: Written,
}

/// How a diff is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffFormat {
    Text,
    Markdown,
    Csv,
    Json,
    Html,
    Docx,
}

/// What a diff does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Ignore {
    Punctuation,
    Xref,
}

/// `diff`.
#[derive(Debug, Args)]
pub(crate) struct Diff {
    #[arg(value_name = "OLD")]
    pub(crate) old: String,
    #[arg(value_name = "NEW")]
    pub(crate) new: String,
    #[arg(long, value_enum)]
    pub(crate) format: Option<DiffFormat>,
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    #[arg(long)]
    pub(crate) all: bool,
    #[arg(long, value_enum, value_delimiter = ',', value_name = "WHAT")]
    pub(crate) ignore: Vec<Ignore>,
    #[arg(long = "match", value_name = "OLD=NEW", value_delimiter = ',', value_parser = articles)]
    pub(crate) matched: Vec<(ArticleNumber, ArticleNumber)>,
    #[arg(long = "no-match", value_name = "OLD=NEW", value_delimiter = ',', value_parser = articles)]
    pub(crate) unmatched: Vec<(ArticleNumber, ArticleNumber)>,
    #[arg(long)]
    pub(crate) track: bool,
    #[arg(long)]
    pub(crate) bom: bool,
}

/// A pair of article numbers: 24=29.
fn articles(pair: &str) -> Result<(ArticleNumber, ArticleNumber), String> {
    let refused = || say::word("mistake.pair_of_articles").to_owned();
    let number = |text: &str| -> Option<ArticleNumber> {
        let (number, sub) = text.trim().split_once('-').unwrap_or((text.trim(), "0"));
        Some((number.parse().ok()?, sub.parse().ok()?))
    };
    let (old, new) = pair.split_once('=').ok_or_else(refused)?;
    number(old).zip(number(new)).ok_or_else(refused)
}

/// A number of this range; the error is what was expected.
fn within<T>(text: &str, range: RangeInclusive<T>) -> Result<T, String>
where
    T: FromStr + PartialOrd + Display,
{
    let number = text.trim().parse().ok().filter(|number| range.contains(number));
    number.ok_or_else(|| say!("mistake.whole_number", range.start(), range.end()))
}

fn cells(text: &str) -> Result<u16, String> {
    within(text, 1..=u16::MAX)
}

fn columns(text: &str) -> Result<u16, String> {
    within(text, 1..=400)
}

fn rows(text: &str) -> Result<u16, String> {
    within(text, 1..=200)
}

fn seconds(text: &str) -> Result<u64, String> {
    within(text, 1..=3600)
}

/// What the columns of a matrix are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum By {
    #[default]
    Region,
    Document,
    Year,
    Issuer,
}

/// The order of a matrix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum Sort {
    #[default]
    Rank,
    Name,
    Mentions,
    Columns,
}

/// `matrix`.
#[derive(Debug, Args)]
pub(crate) struct Matrix {
    #[arg(long, value_enum, default_value_t)]
    pub(crate) by: By,
    #[arg(long)]
    pub(crate) counts: bool,
    #[arg(long, conflicts_with = "counts")]
    pub(crate) rate: bool,
    #[arg(long, value_enum, default_value_t)]
    pub(crate) sort: Sort,
    #[arg(long, value_name = "COLUMN", conflicts_with = "sort")]
    pub(crate) sort_by: Option<String>,
    #[arg(long, value_name = "CHARACTERS")]
    pub(crate) theme: Option<String>,
    #[arg(long = "min", alias = "least", value_name = "N", default_value_t = 0)]
    pub(crate) least: u32,
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<usize>,
    #[arg(long)]
    pub(crate) bodies: bool,
    #[arg(long)]
    pub(crate) gaps: bool,
    #[arg(long, value_name = "COLUMN")]
    pub(crate) against: Option<String>,
    #[command(flatten)]
    pub(crate) written: Written,
}

/// `targets`.
#[derive(Debug, Args)]
pub(crate) struct Targets {
    #[arg(value_name = "DOC")]
    pub(crate) document: Option<String>,
    #[arg(long)]
    pub(crate) theme: Option<String>,
    #[arg(long)]
    pub(crate) region: Option<String>,
    #[arg(long, value_enum, value_name = "KIND")]
    pub(crate) kind: Vec<FigureKind>,
    #[arg(long, value_name = "OBJECT", conflicts_with_all = ["theme", "kind"])]
    pub(crate) across: Option<String>,
    #[command(flatten)]
    pub(crate) written: Written,
}

/// A kind of figure, as `targets --kind` takes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FigureKind {
    Promise,
    Result,
    Limit,
    All,
}

/// How a report of quotes is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportFormat {
    Markdown,
    Csv,
    Json,
    Html,
}

/// `export`.
#[derive(Debug, Args)]
pub(crate) struct Export {
    #[arg(required = true, value_name = "THEME")]
    pub(crate) subjects: Vec<String>,
    #[arg(long)]
    pub(crate) region: Option<String>,
    #[arg(long, value_enum)]
    pub(crate) format: Option<ReportFormat>,
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    #[arg(long)]
    pub(crate) bom: bool,
}

/// `add`.
#[derive(Debug, Args)]
pub(crate) struct Add {
    #[arg(required = true, value_name = "URL or FILE")]
    pub(crate) sources: Vec<String>,
    #[arg(long, value_name = "FOLDER")]
    pub(crate) to: Option<PathBuf>,
    #[arg(long)]
    pub(crate) feed: bool,
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub(crate) limit: usize,
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = seconds)]
    pub(crate) timeout: u64,
}

/// `check`.
#[derive(Debug, Args)]
pub(crate) struct Check {
    pub(crate) folder: PathBuf,
    #[arg(long, value_name = "FILE")]
    pub(crate) expected: PathBuf,
}

/// `config`.
#[derive(Debug, Args)]
pub(crate) struct Config {
    #[arg(long)]
    pub(crate) defaults: bool,
    #[arg(long, conflicts_with = "defaults")]
    pub(crate) page: bool,
}

/// `notes`.
#[derive(Debug, Args)]
pub(crate) struct Notes {
    #[command(subcommand)]
    pub(crate) command: Option<NotesCommand>,
}

/// What `notes` does.
#[derive(Debug, Subcommand)]
pub(crate) enum NotesCommand {
    List,
    Export {
        #[arg(long, value_enum, default_value_t)]
        format: NotesFormat,
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    Import {
        file: PathBuf,
    },
}

/// The format of exported notes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum NotesFormat {
    #[default]
    Markdown,
    Json,
}

/// `picture`.
#[derive(Debug, Args)]
pub(crate) struct Picture {
    #[arg(default_value = "")]
    pub(crate) keys: String,
    #[arg(long, default_value_t = 120, value_parser = columns)]
    pub(crate) columns: u16,
    #[arg(long, default_value_t = 36, value_parser = rows)]
    pub(crate) rows: u16,
}
