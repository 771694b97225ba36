//! The command line: what can be typed. Its help is in the locale files under `cli`; help, man page and
//! completions come from the two ([`help`]).

mod arguments;
pub(crate) mod help;
pub(crate) mod mistake;
mod over_time;

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::parser::ValueSource;
use clap::{ArgMatches, Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use wenmai::ingest::{Columns, is_encoding};

use crate::settings::Settings;
use crate::settings::table::Name;
use crate::ui::ambiguous::AmbiguousWidth;
use crate::ui::lang::Lang;
use crate::ui::say;
pub(crate) use arguments::{
    Add, By, Check, Citations, Compare, Config, Diff, DiffFormat, Export, FigureKind, Format,
    Ignore, Index, List, Matrix, Notes, NotesCommand, NotesFormat, OneDocument, Passages, Picture,
    ReportFormat, Search, Show, Sort, Targets, Themes, Topics, Written, Xref,
};
pub(crate) use over_time::{Binding, BindingBy, Borrowed, Editions, Lineage, Trace, UsesBy};

/// What was typed.
#[derive(Debug, Parser)]
#[command(name = "wenmai", version, max_term_width = 100)]
#[command(subcommand_precedence_over_arg = true, disable_help_subcommand = true)]
pub(crate) struct Cli {
    pub(crate) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

/// Options of every command.
#[derive(Debug, Args)]
pub(crate) struct Global {
    #[arg(short = 'L', long = "library", value_name = "PATH", global = true)]
    #[arg(env = "WENMAI_LIBRARY")]
    pub(crate) library: Vec<PathBuf>,
    #[arg(long, global = true)]
    pub(crate) json: bool,
    #[arg(long, value_name = "LANG", global = true)]
    pub(crate) lang: Option<Lang>,
    #[arg(long, value_name = "WHEN", default_value = "auto", global = true)]
    pub(crate) color: Color,
    #[arg(long, value_name = "WIDTH", default_value = "auto", global = true)]
    pub(crate) ambiguous: AmbiguousWidth,
    #[arg(long, value_name = "NAME", global = true, value_parser = encoding)]
    pub(crate) encoding: Option<String>,
    #[arg(long, value_name = "WHAT=NAME", value_delimiter = ',', value_parser = column)]
    #[arg(global = true)]
    pub(crate) column: Vec<(String, String)>,
    #[arg(long = "max-size", alias = "largest", value_name = "SIZE", default_value = "256M", value_parser = size, global = true)]
    pub(crate) largest: u64,
    #[arg(long, global = true)]
    pub(crate) no_cache: bool,
    #[arg(long, global = true)]
    pub(crate) private: bool,
    #[arg(long, value_name = "FILE", global = true, conflicts_with = "private")]
    pub(crate) log: Option<PathBuf>,
    #[arg(long, value_name = "FILE", global = true)]
    pub(crate) themes: Option<PathBuf>,
    #[arg(long, value_name = "FILE", global = true)]
    pub(crate) config: Option<PathBuf>,
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
        let parsed = Self::command().try_get_matches().and_then(|matches| {
            let cli = Self::from_arg_matches(&matches)?;
            Ok((cli, matches))
        });
        let (mut cli, matches) = parsed.map_err(|bare| {
            // Once more for texts in the language of the interface, which ordinary starts do not need.
            let localized = help::command(say::lang()).try_get_matches();
            Unread::Refused(localized.err().unwrap_or(bare))
        })?;
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

/// The language of the interface before the arguments are parsed: what is wrong with them or with the
/// settings is written in it, too.
pub(crate) fn language(arguments: impl Iterator<Item = OsString>) -> Lang {
    let mut arguments = arguments.take_while(|argument| argument != "--").peekable();
    let (mut lang, mut config, mut no_config) = (None, None, false);
    while let Some(argument) = arguments.next() {
        let argument = argument.to_string_lossy().into_owned();
        let (name, value) = argument
            .split_once('=')
            .map_or((argument.as_str(), None), |(name, value)| (name, Some(OsString::from(value))));
        match name {
            "--lang" => {
                let named = value.or_else(|| arguments.next());
                lang = named.and_then(|name| Lang::called(&name.to_string_lossy())).or(lang);
            }
            "--config" => config = value.or_else(|| arguments.next()),
            "--no-config" => no_config = true,
            _ => {}
        }
    }
    let set = || {
        // What is wrong in the file is reported when the arguments have been parsed.
        let settings = Settings::load(config.as_deref().map(Path::new)).ok()?;
        Lang::called(settings.choice(Name::Language))
    };
    lang.or_else(|| if no_config { None } else { set() }).unwrap_or_else(Lang::of_locale)
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

/// An encoding that browsers know.
fn encoding(name: &str) -> Result<String, String> {
    match is_encoding(name) {
        true => Ok(name.to_owned()),
        false => Err(say::word("mistake.encoding").to_owned()),
    }
}

/// A column of a table of documents, and its name in the file: text=原文.
fn column(pair: &str) -> Result<(String, String), String> {
    let expected = |key: &str| say::word(key).to_owned();
    let (what, name) = pair.split_once('=').ok_or_else(|| expected("mistake.pair_of_column"))?;
    match column_called(&mut Columns::default(), what.trim()) {
        Some(_) => Ok((what.trim().to_owned(), name.trim().to_owned())),
        None => Err(expected("mistake.column_name")),
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
    let bytes = number.trim().parse().ok().and_then(|number: u64| number.checked_mul(1 << bits));
    bytes.filter(|bytes| *bytes > 0).ok_or_else(|| say::word("mistake.size").to_owned())
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
    List(List),
    Show(Show),
    Outline(OneDocument),
    Themes(Themes),
    Citations(Citations),
    Xref(Xref),
    Topics(Topics),
    Search(Search),
    Keys,
    Passages(Passages),
    Compare(Compare),
    Diff(Diff),
    Editions(Editions),
    Trace(Trace),
    Lineage(Lineage),
    Borrowed(Borrowed),
    Binding(Binding),
    Matrix(Matrix),
    Index(Index),
    Formats,
    Doctor,
    Check(Check),
    Config(Config),
    Notes(Notes),
    Targets(Targets),
    Export(Export),
    Add(Add),
    #[command(hide = true)]
    Picture(Picture),
    Completions {
        shell: clap_complete::Shell,
    },
    Man,
    Help {
        command: Vec<String>,
    },
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
    fn language_is_known_before_the_arguments_are_parsed() {
        let of = |line: &str| language(line.split_whitespace().map(OsString::from));
        assert_eq!(of("list --lang zh --foo"), Lang::Chinese);
        assert_eq!(of("--lang=en --no-config"), Lang::English);
        assert_eq!(of("--lang zh list --lang fr"), Lang::Chinese);
        // After `--` it is a path.
        assert_eq!(of("--no-config -- --lang zh"), of("--no-config"));
        assert_eq!(of("--no-config -- --lang en"), of("--no-config"));
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
