//! The command line: what can be typed, and its help. Man page and completions come from here.

mod arguments;
mod over_time;

use std::path::PathBuf;

use clap::parser::ValueSource;
use clap::{ArgMatches, Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use wenmai::ingest::Columns;

use crate::settings::Settings;
use crate::settings::table::Name;
use crate::ui::ambiguous::AmbiguousWidth;
use crate::ui::lang::Lang;
pub(crate) use arguments::{
    Add, By, Check, Citations, Compare, Config, Diff, DiffFormat, Export, FigureKind, Format,
    Ignore, Index, List, Matrix, Notes, NotesCommand, NotesFormat, OneDocument, Passages, Picture,
    ReportFormat, Search, Show, Sort, Targets, Themes, Topics, Written, Xref,
};
pub(crate) use over_time::{Borrowed, Editions, Lineage, Trace, UsesBy};

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
    pub(crate) ambiguous: AmbiguousWidth,
    /// Read every file in this encoding, whatever it declares: gb18030, big5, utf-8 …
    #[arg(long, value_name = "NAME", global = true)]
    pub(crate) encoding: Option<String>,
    /// A column of tables of documents that is called otherwise than usual: title=题名,text=原文;
    /// title, text, date, url, issuer, number, region and source can be named
    #[arg(long, value_name = "WHAT=NAME", value_delimiter = ',', value_parser = column)]
    #[arg(global = true)]
    pub(crate) column: Vec<(String, String)>,
    /// The largest file or page that is read: 64M, 1G
    #[arg(long = "max-size", alias = "largest", value_name = "SIZE", default_value = "256M", value_parser = size, global = true)]
    pub(crate) largest: u64,
    /// Read the texts without a cache, and write none
    #[arg(long, global = true)]
    pub(crate) no_cache: bool,
    /// Write nothing of what is read, searched or copied: no cache, no positions, no copies
    #[arg(long, global = true)]
    pub(crate) private: bool,
    /// Write what happens to this file; WENMAI_LOG=debug says more
    #[arg(long, value_name = "FILE", global = true, conflicts_with = "private")]
    pub(crate) log: Option<PathBuf>,
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
        cli.global.take_settings().map_err(Unread::Settings)?;
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

/// A column of a table of documents, and what it is called: text=原文.
fn column(pair: &str) -> Result<(String, String), String> {
    let (what, name) =
        pair.split_once('=').ok_or_else(|| format!("“{pair}” is not like text=原文"))?;
    match column_called(&mut Columns::default(), what.trim()) {
        Some(_) => Ok((what.trim().to_owned(), name.trim().to_owned())),
        None => Err(format!(
            "“{what}” is none of title, text, date, url, issuer, number, region and source"
        )),
    }
}

fn column_called<'c>(columns: &'c mut Columns, what: &str) -> Option<&'c mut Option<String>> {
    match what {
        "title" => Some(&mut columns.title),
        "text" => Some(&mut columns.text),
        "date" => Some(&mut columns.date),
        "url" => Some(&mut columns.url),
        "issuer" => Some(&mut columns.issuer),
        "number" => Some(&mut columns.number),
        "region" => Some(&mut columns.region),
        "source" => Some(&mut columns.source),
        _ => None,
    }
}

impl Global {
    /// Reads the settings, which hold where the command line is silent, and turns names of libraries
    /// into their paths.
    ///
    /// # Errors
    /// The settings are wrong, or a library is named that is neither a path nor a name.
    fn take_settings(&mut self) -> anyhow::Result<()> {
        let settings = if self.no_config {
            Settings::default()
        } else {
            Settings::load(self.config.as_deref())?
        };
        self.lang = self.lang.or(Lang::called(settings.choice(Name::Language)));
        if self.ambiguous == AmbiguousWidth::Auto {
            self.ambiguous = AmbiguousWidth::called(settings.choice(Name::Ambiguous));
        }
        for name in std::mem::take(&mut self.library) {
            self.library.extend(settings.library(&name)?);
        }
        self.settings = settings;
        Ok(())
    }

    /// The language of the interface.
    pub(crate) fn lang(&self) -> Lang {
        self.lang.unwrap_or_else(Lang::of_locale)
    }

    /// The columns of tables that are named.
    pub(crate) fn columns(&self) -> Columns {
        let mut columns = Columns::default();
        for (what, name) in &self.column {
            if let Some(column) = column_called(&mut columns, what) {
                *column = Some(name.clone());
            }
        }
        columns
    }
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

/// When to print colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}

/// What prints and exits.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// One row a document
    List(List),
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
    /// What one edition changed of another, article by article; exit 1 where they differ
    Diff(Diff),
    /// Texts that are drafts, editions or successors of one another, oldest first
    Editions(Editions),
    /// Who used a wording first here, who followed and when, and its use by year
    Trace(Trace),
    /// One wording through the texts, oldest first, with what each changed
    Lineage(Lineage),
    /// How much of each text is wording of an earlier national one, and of others without it
    Borrowed(Borrowed),
    /// Themes by region, document, year or issuer, with the gaps of the regions
    Matrix(Matrix),
    /// Read what is new and keep it, so that the library opens at once
    Index(Index),
    /// Kinds of files that are read, and by what
    Formats,
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
