//! What each command takes behind its name.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use wenmai::reuse::edition_diff::ArticleNumber;

/// A command about one document.
#[derive(Debug, Args)]
pub(crate) struct OneDocument {
    /// An id, the beginning of one, a path, or a part of a title
    #[arg(value_name = "DOC")]
    pub(crate) document: String,
}

/// Which rows of an answer are printed.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct RowRange {
    /// The most rows to print
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Rows to leave out before the first one that is printed
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
    /// Files and folders to index [default: the library]
    pub(crate) paths: Vec<PathBuf>,
    /// Read every file anew, also those that have not changed
    #[arg(long)]
    pub(crate) force: bool,
    /// Say how long each part took and how much is kept
    #[arg(long)]
    pub(crate) stats: bool,
}

/// `show`.
#[derive(Debug, Args)]
pub(crate) struct Show {
    #[command(flatten)]
    pub(crate) of: OneDocument,
    /// Wrap each block to N cells [default: the terminal's, up to 80; none without a terminal]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) width: Option<u16>,
    /// Only the body: no title, no facts
    #[arg(long)]
    pub(crate) body: bool,
    /// What cleaning took out, with its reason, in place
    #[arg(long)]
    pub(crate) removed: bool,
    /// The decoded source as it is, uncleaned
    #[arg(long, conflicts_with_all = ["width", "body", "removed"])]
    pub(crate) raw: bool,
}

/// `themes`.
#[derive(Debug, Args)]
pub(crate) struct Themes {
    /// Only the themes of this document
    #[arg(value_name = "DOC")]
    pub(crate) document: Option<String>,
    /// Also themes of one document only
    #[arg(long)]
    pub(crate) all: bool,
    /// Those that DOC over-uses against the rest of the library, the surest first (G²)
    #[arg(long, requires = "document", conflicts_with = "all")]
    pub(crate) distinctive: bool,
    /// Bodies and those who act, in place of subjects
    #[arg(long, conflicts_with = "distinctive")]
    pub(crate) bodies: bool,
    /// Those that a larger share of texts mentions from year to year, the steepest first (Theil-Sen)
    #[arg(long, conflicts_with_all = ["document", "all", "bodies", "falling"])]
    pub(crate) rising: bool,
    /// Those that a smaller share of texts mentions from year to year, the steepest first
    #[arg(long, conflicts_with_all = ["document", "all", "bodies"])]
    pub(crate) falling: bool,
    #[command(flatten)]
    pub(crate) rows: RowRange,
}

/// `citations`.
#[derive(Debug, Args)]
pub(crate) struct Citations {
    /// Only those of this document
    #[arg(value_name = "DOC")]
    pub(crate) document: Option<String>,
    /// Only titles that lead to a document of the library
    #[arg(long)]
    pub(crate) linked: bool,
    /// The texts that name DOC
    #[arg(long, requires = "document")]
    pub(crate) citing: bool,
}

/// `xref`.
#[derive(Debug, Args)]
pub(crate) struct Xref {
    /// A theme, one of its aliases, or any wording, in either script
    pub(crate) theme: String,
    /// Only in texts of this region
    #[arg(long)]
    pub(crate) region: Option<String>,
    /// Only in this document
    #[arg(long, value_name = "DOC")]
    pub(crate) doc: Option<String>,
    #[command(flatten)]
    pub(crate) rows: RowRange,
}

/// `topics`.
#[derive(Debug, Args)]
pub(crate) struct Topics {
    /// Characters, pinyin, initials or a mixture, and filters: region:上海 kind:heading
    #[arg(required = true, value_name = "QUERY")]
    pub(crate) query: Vec<String>,
    /// The most rows to print
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub(crate) limit: usize,
}

/// `search`.
#[derive(Debug, Args)]
pub(crate) struct Search {
    /// Words that must all be there, "a phrase", -without, a|b, and filters: date:>2023 issuer:国务院
    #[arg(required = true, value_name = "QUERY")]
    pub(crate) query: Vec<String>,
    /// The query is a regular expression
    #[arg(long)]
    pub(crate) regex: bool,
    /// Only in texts of this region
    #[arg(long)]
    pub(crate) region: Option<String>,
    /// Only in texts of this day or later: 2023, 2023-05, 2023-05-17
    #[arg(long, value_name = "DATE")]
    pub(crate) since: Option<String>,
    /// Only in texts of this day or earlier
    #[arg(long, value_name = "DATE")]
    pub(crate) until: Option<String>,
    #[command(flatten)]
    pub(crate) rows: RowRange,
}

/// How a command writes what it found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum Format {
    /// For a person at a terminal
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
    /// How to write it
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
    /// Begin CSV with a byte order mark, by which spreadsheets know UTF-8
    #[arg(long)]
    pub(crate) bom: bool,
}

/// `passages`.
#[derive(Debug, Args)]
pub(crate) struct Passages {
    /// Only what this document shares with others
    #[arg(value_name = "DOC")]
    pub(crate) document: Option<String>,
    /// Characters in common, at least [default: 12 in more than 20 documents, else 8]
    #[arg(long, value_name = "N")]
    pub(crate) min: Option<usize>,
    /// Only with a side in a text of this region
    #[arg(long)]
    pub(crate) region: Option<String>,
    /// Only between two documents or regions
    #[arg(long, num_args = 2, value_names = ["A", "B"])]
    pub(crate) between: Option<Vec<String>>,
    /// Only passages with this wording
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
    /// Two to four documents
    #[arg(required = true, num_args = 2..=4, value_name = "DOC")]
    pub(crate) documents: Vec<String>,
    /// Only what the texts say of this theme
    #[arg(long)]
    pub(crate) theme: Option<String>,
    /// Cells of all columns together [default: the terminal's, else 100]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) width: Option<u16>,
    #[command(flatten)]
    pub(crate) written: Written,
}

/// How a diff is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffFormat {
    /// For a person at a terminal
    Text,
    Markdown,
    Csv,
    Json,
    /// One page that needs no other file, set for printing
    Html,
    /// A Word document
    Docx,
}

/// What a diff does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Ignore {
    Punctuation,
    /// References that follow the new numbers of articles
    Xref,
}

/// `diff`.
#[derive(Debug, Args)]
pub(crate) struct Diff {
    /// The old edition: a file, or a document of the library
    #[arg(value_name = "OLD")]
    pub(crate) old: String,
    /// The new edition
    #[arg(value_name = "NEW")]
    pub(crate) new: String,
    /// How to write it [default: by the ending of FILE, else text]
    #[arg(long, value_enum)]
    pub(crate) format: Option<DiffFormat>,
    /// Write it into FILE, in place of what is there
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Unchanged articles, too
    #[arg(long)]
    pub(crate) all: bool,
    /// What counts as no difference
    #[arg(long, value_enum, value_delimiter = ',', value_name = "WHAT")]
    pub(crate) ignore: Vec<Ignore>,
    /// Articles that belong together: 24=29, or 10-1=11 for 第十条之一
    #[arg(long = "match", value_name = "OLD=NEW", value_delimiter = ',', value_parser = articles)]
    pub(crate) matched: Vec<(ArticleNumber, ArticleNumber)>,
    /// Articles that do not: 61=73
    #[arg(long = "no-match", value_name = "OLD=NEW", value_delimiter = ',', value_parser = articles)]
    pub(crate) unmatched: Vec<(ArticleNumber, ArticleNumber)>,
    /// A Word document of the new text with tracked changes
    #[arg(long)]
    pub(crate) track: bool,
    /// Begin CSV with a byte order mark, by which spreadsheets know UTF-8
    #[arg(long)]
    pub(crate) bom: bool,
}

/// A pair of article numbers: 24=29.
fn articles(pair: &str) -> Result<(ArticleNumber, ArticleNumber), String> {
    let refused = || format!("“{pair}” is not like 24=29");
    let number = |text: &str| -> Option<ArticleNumber> {
        let (number, sub) = text.trim().split_once('-').unwrap_or((text.trim(), "0"));
        Some((number.parse().ok()?, sub.parse().ok()?))
    };
    let (old, new) = pair.split_once('=').ok_or_else(refused)?;
    number(old).zip(number(new)).ok_or_else(refused)
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
    /// Best for comparing first
    #[default]
    Rank,
    Name,
    /// Most mentions first
    Mentions,
    /// In most columns first
    Columns,
}

/// `matrix`.
#[derive(Debug, Args)]
pub(crate) struct Matrix {
    /// What the columns are
    #[arg(long, value_enum, default_value_t)]
    pub(crate) by: By,
    /// Only counts
    #[arg(long)]
    pub(crate) counts: bool,
    /// Only mentions by 10,000 characters
    #[arg(long, conflicts_with = "counts")]
    pub(crate) rate: bool,
    /// The order of the themes
    #[arg(long, value_enum, default_value_t)]
    pub(crate) sort: Sort,
    /// Most mentions in this column first
    #[arg(long, value_name = "COLUMN", conflicts_with = "sort")]
    pub(crate) sort_by: Option<String>,
    /// Only themes with these characters in their name; or any wording
    #[arg(long, value_name = "CHARACTERS")]
    pub(crate) theme: Option<String>,
    /// Only themes with at least N mentions
    #[arg(long = "min", alias = "least", value_name = "N", default_value_t = 0)]
    pub(crate) least: u32,
    /// Only the first N themes
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<usize>,
    /// Bodies in place of subjects
    #[arg(long)]
    pub(crate) bodies: bool,
    /// Only the gaps: what each column lacks and adds
    #[arg(long)]
    pub(crate) gaps: bool,
    /// The column against which gaps are told [default: 全国]
    #[arg(long, value_name = "COLUMN")]
    pub(crate) against: Option<String>,
    #[command(flatten)]
    pub(crate) written: Written,
}

/// `targets`.
#[derive(Debug, Args)]
pub(crate) struct Targets {
    /// Only those of this document
    #[arg(value_name = "DOC")]
    pub(crate) document: Option<String>,
    /// Only those whose object or sentence has this wording
    #[arg(long)]
    pub(crate) theme: Option<String>,
    /// Only in texts of this region
    #[arg(long)]
    pub(crate) region: Option<String>,
    /// What the figures are to their text; may be repeated [default: promise]
    #[arg(long, value_enum, value_name = "KIND")]
    pub(crate) kind: Vec<FigureKind>,
    /// One object (研发投入强度|研发经费投入强度) by region and year, done and promised apart
    #[arg(long, value_name = "OBJECT", conflicts_with_all = ["theme", "kind"])]
    pub(crate) across: Option<String>,
    #[command(flatten)]
    pub(crate) written: Written,
}

/// A kind of figure, as `targets --kind` takes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FigureKind {
    /// To be reached
    Promise,
    /// Reached
    Result,
    /// To be kept, whatever the day
    Limit,
    All,
}

/// How a report of quotes is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportFormat {
    Markdown,
    /// A row a mention
    Csv,
    Json,
    /// One page that needs no other file
    Html,
}

/// `export`.
#[derive(Debug, Args)]
pub(crate) struct Export {
    /// Themes, aliases of them, or any wordings, in either script
    #[arg(required = true, value_name = "THEME")]
    pub(crate) subjects: Vec<String>,
    /// Only from texts of this region
    #[arg(long)]
    pub(crate) region: Option<String>,
    /// How to write it [default: by the ending of FILE, else markdown]
    #[arg(long, value_enum)]
    pub(crate) format: Option<ReportFormat>,
    /// Write it into FILE, in place of what is there
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Begin CSV with a byte order mark, by which spreadsheets know UTF-8
    #[arg(long)]
    pub(crate) bom: bool,
}

/// `add`.
#[derive(Debug, Args)]
pub(crate) struct Add {
    /// Addresses (http or https) and files
    #[arg(required = true, value_name = "URL or FILE")]
    pub(crate) sources: Vec<String>,
    /// The folder to save into [default: the first folder of the library]
    #[arg(long, value_name = "FOLDER")]
    pub(crate) to: Option<PathBuf>,
    /// The sources are feeds (RSS, Atom): save the pages that they name
    #[arg(long)]
    pub(crate) feed: bool,
    /// The most pages of a feed, newest first as the feed has them
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub(crate) limit: usize,
    /// Seconds for a page
    #[arg(long, value_name = "SECONDS", default_value_t = 30,
        value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub(crate) timeout: u64,
}

/// `check`.
#[derive(Debug, Args)]
pub(crate) struct Check {
    /// The folder of the sources
    pub(crate) folder: PathBuf,
    /// JSON Lines: file, title, date, region, paragraphs, first20, last20, must_not, must_keep
    #[arg(long, value_name = "FILE")]
    pub(crate) expected: PathBuf,
}

/// `config`.
#[derive(Debug, Args)]
pub(crate) struct Config {
    /// A file with every setting as it is by default, and what each does
    #[arg(long)]
    pub(crate) defaults: bool,
    /// The table of settings, in Markdown
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
    /// One row a mark, bookmark or note
    List,
    /// All of it, with where each document was left
    Export {
        /// How to write it; both can be brought in again
        #[arg(long, value_enum, default_value_t)]
        format: NotesFormat,
        /// Write into this file rather than to standard output
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Add what a file of `notes export` holds; nothing is taken off
    Import {
        /// Markdown or JSON
        file: PathBuf,
    },
}

/// How notes are carried away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum NotesFormat {
    /// For people
    #[default]
    Markdown,
    Json,
}

/// `picture`.
#[derive(Debug, Args)]
pub(crate) struct Picture {
    /// Keys as the key table writes them, a blank between two: "3 Enter"
    #[arg(default_value = "")]
    pub(crate) keys: String,
    /// Columns of the screen
    #[arg(long, default_value_t = 120, value_parser = clap::value_parser!(u16).range(1..=400))]
    pub(crate) columns: u16,
    /// Rows of the screen
    #[arg(long, default_value_t = 36, value_parser = clap::value_parser!(u16).range(1..=200))]
    pub(crate) rows: u16,
}
