//! The command line: what can be typed, and its help. Man page and completions come from here.

use std::path::PathBuf;

use clap::parser::ValueSource;
use clap::{ArgMatches, Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use wenmai::text::width;

use crate::settings::Settings;

/// 文脉: read Chinese policy texts and follow the themes that they share.
///
/// Without a command the reader opens on PATH, or on the five texts that come with the program.
#[derive(Debug, Parser)]
#[command(name = "wenmai", version, max_term_width = 100, subcommand_precedence_over_arg = true)]
pub(crate) struct Cli {
    /// Files and folders to read
    pub(crate) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

/// Options of every command.
#[derive(Debug, Args)]
#[command(next_help_heading = "Options of every command")]
pub(crate) struct Global {
    /// File, folder, or library of the settings to read; may be repeated
    #[arg(short = 'L', long = "library", value_name = "PATH", global = true)]
    #[arg(env = "WENMAI_LIBRARY")]
    pub(crate) library: Vec<PathBuf>,
    /// Print JSON
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// Language of the interface [default: from the locale]
    #[arg(long, value_name = "LANG", global = true)]
    pub(crate) lang: Option<Lang>,
    /// When to print colours; auto honours NO_COLOR
    #[arg(long, value_name = "WHEN", default_value = "auto", global = true)]
    pub(crate) color: Color,
    /// Cells of characters whose width is ambiguous: “ ” … — · ①
    #[arg(long, value_name = "WIDTH", default_value = "auto", global = true)]
    pub(crate) ambiguous: Ambiguous,
    /// Read every file in this encoding, whatever it declares: gb18030, big5, utf-8 …
    #[arg(long, value_name = "NAME", global = true)]
    pub(crate) encoding: Option<String>,
    /// The largest file or page that is read: 64M, 1G
    #[arg(long, value_name = "SIZE", default_value = "256M", value_parser = size, global = true)]
    pub(crate) largest: u64,
    /// Keep nothing on disk, and read every file anew
    #[arg(long, global = true)]
    pub(crate) no_cache: bool,
    /// Subjects, aliases and stop words of your own [default: themes.toml in the library's folder]
    #[arg(long, value_name = "FILE", global = true)]
    pub(crate) themes: Option<PathBuf>,
    /// Read settings from this file rather than from config.toml in the settings folder
    #[arg(long, value_name = "FILE", global = true)]
    pub(crate) config: Option<PathBuf>,
    /// Read no settings
    #[arg(long, global = true, conflicts_with = "config")]
    pub(crate) no_config: bool,
    /// What is set, once it has been read.
    #[arg(skip)]
    pub(crate) settings: Settings,
}

impl Cli {
    /// The command line of this program, with the settings that hold for it.
    ///
    /// # Errors
    /// It is not understood, or asks for help; or the settings are wrong.
    pub(crate) fn read() -> Result<Self, Unread> {
        let matches = Self::command().try_get_matches().map_err(Unread::Refused)?;
        let mut cli = Self::from_arg_matches(&matches).map_err(Unread::Refused)?;
        cli.split_environment(&matches);
        let filled = Settings::of(&cli.global).and_then(|settings| settings.fill(&mut cli));
        filled.map_err(Unread::Settings)?;
        Ok(cli)
    }

    /// The variable for libraries holds several paths, and is silent where the command line speaks.
    fn split_environment(&mut self, matches: &ArgMatches) {
        if !from_environment(matches) {
            return;
        }
        let named = std::mem::take(&mut self.global.library);
        if self.paths.is_empty() {
            let split = named.iter().flat_map(std::env::split_paths);
            self.global.library = split.filter(|path| !path.as_os_str().is_empty()).collect();
        }
    }
}

/// Why there is no command line to run.
#[derive(Debug)]
pub(crate) enum Unread {
    /// It is not understood, or it asks for help.
    Refused(clap::Error),
    /// The settings are wrong.
    Settings(anyhow::Error),
}

/// True where the libraries come from the environment, whichever command has the option.
fn from_environment(matches: &ArgMatches) -> bool {
    let here = matches.value_source("library") != Some(ValueSource::CommandLine);
    let below = matches.subcommand().is_none_or(|(_, matches)| from_environment(matches));
    here && below
}

/// A number of bytes: 5000, 64K, 256M, 4G.
fn size(text: &str) -> Result<u64, String> {
    let lower = text.trim().to_ascii_lowercase();
    let lower = lower.strip_suffix('b').unwrap_or(&lower);
    let units = [('k', 10), ('m', 20), ('g', 30)];
    let unit = units.iter().find_map(|(unit, bits)| Some((lower.strip_suffix(*unit)?, *bits)));
    let (number, bits) = unit.unwrap_or((lower, 0));
    let number: u64 = number.trim().parse().map_err(|_| "not a size like 64M or 1G".to_owned())?;
    number.checked_mul(1 << bits).filter(|size| *size > 0).ok_or_else(|| "no such size".to_owned())
}

/// Language of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Lang {
    En,
    Zh,
}

/// When to print colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}

/// The width of East Asian Ambiguous characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Ambiguous {
    Narrow,
    Wide,
    Auto,
}

impl Ambiguous {
    /// The width to count with. Terminals draw these characters narrow unless they are told
    /// otherwise, so that is what `auto` means where none can be asked.
    pub(crate) fn resolve(self) -> width::Ambiguous {
        match self {
            Self::Wide => width::Ambiguous::Wide,
            Self::Narrow | Self::Auto => width::Ambiguous::Narrow,
        }
    }
}

/// What prints and exits.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// One row a document
    List,
    /// The cleaned article
    Show(Show),
    /// The headings of a document
    Outline(OneDocument),
    /// The themes that the library's texts share, or those of one document
    Themes(Themes),
    /// The titles in 《》 that texts name, with the documents of the library that bear them
    Citations(Citations),
    /// Every mention of a theme, with its context
    Xref(Xref),
    /// Themes, titles and headings by a few keys: characters, pinyin, initials (rgzn)
    Topics(Topics),
    /// Every place of the full text that matches, in both scripts
    Search(Search),
    /// Every key of the reader, as a table in Markdown
    Keys,
    /// Wording that two documents share, exact and near, longest first
    Passages(Passages),
    /// Shared themes and what each text says of them, side by side
    Compare(Compare),
    /// Themes by region, document, year or issuer, with the gaps of the regions
    Matrix(Matrix),
    /// Read what is new and keep it, so that the library opens at once
    Index(Index),
    /// What is kept where, and what this terminal can do
    Doctor,
    /// Compare the documents of a folder with what is expected of them; exit 1 where one differs
    Check(Check),
    /// The settings that hold, with the file they come from
    Config(Config),
    /// Bookmarks and notes: list, carry away, bring in
    Notes(Notes),
    /// Figures that texts promise, with the day by which and of what
    Targets(Targets),
    /// What the texts say of themes, by theme and region, with counts and citations
    Export(Export),
    /// Save pages of the web, or copies of files, into a library
    Add(Add),
    /// Draw the reader after some keys as an SVG picture
    #[command(hide = true)]
    Picture(Picture),
    /// Write completions for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Write the man page
    Man,
}

/// A command about one document.
#[derive(Debug, Args)]
pub(crate) struct OneDocument {
    /// An id, the beginning of one, a path, or a part of a title
    #[arg(value_name = "DOC")]
    pub(crate) document: String,
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
}

/// `citations`.
#[derive(Debug, Args)]
pub(crate) struct Citations {
    /// Only those of this document
    #[arg(value_name = "DOC")]
    pub(crate) document: Option<String>,
    /// Only titles that a document of the library bears
    #[arg(long)]
    pub(crate) linked: bool,
}

/// `xref`.
#[derive(Debug, Args)]
pub(crate) struct Xref {
    /// A theme, or one of its aliases, in either script
    pub(crate) theme: String,
    /// Only in texts of this region
    #[arg(long)]
    pub(crate) region: Option<String>,
    /// Only in this document
    #[arg(long, value_name = "DOC")]
    pub(crate) doc: Option<String>,
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
    /// Only themes with these characters in their name
    #[arg(long, value_name = "CHARACTERS")]
    pub(crate) theme: Option<String>,
    /// Only themes with at least N mentions
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) least: u32,
    /// Only the first N themes
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<usize>,
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
    /// Only those nearest to this theme
    #[arg(long)]
    pub(crate) theme: Option<String>,
    /// Only in texts of this region
    #[arg(long)]
    pub(crate) region: Option<String>,
    #[command(flatten)]
    pub(crate) written: Written,
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
    /// Themes, or aliases of them, in either script
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

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_size_is_a_number_of_bytes_with_a_unit() {
        for (text, bytes) in [("5000", 5000), ("64K", 65536), ("1 m", 1 << 20), ("4GB", 4 << 30)] {
            assert_eq!(size(text), Ok(bytes), "{text}");
        }
        for text in ["", "M", "-1", "1.5G", "0", "99999999999G", "1T"] {
            assert!(size(text).is_err(), "{text}");
        }
    }
}
