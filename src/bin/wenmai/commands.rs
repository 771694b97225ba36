//! The printing commands: each opens the library, asks it one question, and prints the answer.

mod compare;
mod list;
mod matrix;
mod outline;
mod output;
mod passage;
mod passages;
mod record;
mod report;
mod search;
mod show;
mod themes;
mod topics;
mod xref;

use std::path::PathBuf;

use anyhow::bail;
use clap::CommandFactory;
use ratatui::layout::Rect;
use wenmai::document::{DocIndex, Document};
use wenmai::ingest::{self, Options};
use wenmai::library::{Library, Lookup};
use wenmai::links::vocabulary::Lexicon;

use crate::cli::{Cli, Command, Global, Picture};
use crate::hint;
use crate::picture::svg;
use crate::tui;
use output::Output;

/// How a command ended that did not fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It printed an answer.
    Done,
    /// Nothing in the library matched.
    NothingMatched,
}

/// Runs what the command line asks for.
pub(crate) fn run(cli: &Cli) -> anyhow::Result<Outcome> {
    let out = &mut Output::new(&cli.global);
    match &cli.command {
        None => read(cli),
        Some(Command::List) => list::run(&open(cli)?, out),
        Some(Command::Show(args)) => show::run(&open(cli)?, args, out),
        Some(Command::Outline(args)) => outline::run(&open(cli)?, args, out),
        Some(Command::Themes(args)) => themes::run(&open(cli)?, args, out),
        Some(Command::Xref(args)) => xref::run(&open(cli)?, args, out),
        Some(Command::Topics(args)) => topics::run(&open(cli)?, args, out),
        Some(Command::Passages(args)) => passages::run(&open(cli)?, args, out),
        Some(Command::Compare(args)) => compare::run(&open(cli)?, args, out),
        Some(Command::Matrix(args)) => matrix::run(&open(cli)?, args, out),
        Some(Command::Search(args)) => search::run(&open(cli)?, args, out),
        Some(Command::Keys) => output::write_all(keys(&cli.global).as_bytes()),
        Some(Command::Picture(args)) => picture(cli, args),
        Some(Command::Completions { shell }) => completions(*shell),
        Some(Command::Man) => man(),
    }
}

fn read(cli: &Cli) -> anyhow::Result<Outcome> {
    // Before a large library is read in vain.
    tui::check()?;
    tui::run(open(cli)?, tui::Options::from(&cli.global))?;
    Ok(Outcome::Done)
}

/// Opens the library that the command line, else the environment, names; else the seeds.
fn open(cli: &Cli) -> anyhow::Result<Library> {
    let options = Options { encoding: cli.global.encoding.clone(), ..Options::default() };
    let paths = library_paths(cli);
    let ingested =
        if paths.is_empty() { ingest::seeds(&options) } else { ingest::read(&paths, &options)? };
    for skipped in &ingested.skipped {
        hint::warn(&format!("{skipped}; skipped"));
    }
    Ok(Library::new(ingested.documents, ingested.skipped, Lexicon::default()))
}

fn library_paths(cli: &Cli) -> Vec<PathBuf> {
    let Global { library, .. } = &cli.global;
    if !cli.paths.is_empty() || !library.is_empty() {
        return cli.paths.iter().chain(library).cloned().collect();
    }
    let named = std::env::var_os("WENMAI_LIBRARY").unwrap_or_default();
    std::env::split_paths(&named).filter(|path| !path.as_os_str().is_empty()).collect()
}

/// The document that `name` means.
fn one_document<'l>(library: &'l Library, name: &str) -> anyhow::Result<(DocIndex, &'l Document)> {
    match library.lookup(name) {
        Lookup::One(index) => match library.document(index) {
            Some(document) => Ok((index, document)),
            None => bail!("“{name}” has gone"),
        },
        Lookup::None => bail!("no document is called “{name}”; wenmai list names them all"),
        Lookup::Several(candidates) => bail!("{}", ambiguous(library, name, &candidates)),
    }
}

/// Candidates of an ambiguous name that are listed.
const CANDIDATES: usize = 20;

fn ambiguous(library: &Library, name: &str, candidates: &[DocIndex]) -> String {
    let mut message = format!("“{name}” could mean {} documents:", candidates.len());
    for document in candidates.iter().take(CANDIDATES).filter_map(|ix| library.document(*ix)) {
        message.push_str(&format!("\n{}  {}", document.id, document.metadata.title));
    }
    message
}

/// The key table in the language of the interface.
fn keys(global: &Global) -> String {
    tui::action::markdown(tui::Options::from(global).lang)
}

/// Prints a picture of the reader as SVG, for the README.
fn picture(cli: &Cli, args: &Picture) -> anyhow::Result<Outcome> {
    let area = Rect::new(0, 0, args.columns, args.rows);
    let options = tui::Options::from(&cli.global);
    let screen = tui::screen_after(open(cli)?, options, (area, &args.keys))?;
    output::write_all(svg(&screen).as_bytes())
}

fn completions(shell: clap_complete::Shell) -> anyhow::Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "wenmai", &mut script);
    output::write_all(&script)
}

fn man() -> anyhow::Result<Outcome> {
    let mut page = Vec::new();
    clap_mangen::Man::new(Cli::command()).render(&mut page)?;
    output::write_all(&page)
}
