//! The printing commands: each opens the library, asks it one question, and prints the answer.

mod add;
mod binding;
mod borrowed;
mod check;
mod citations;
mod compare;
mod config;
mod diff;
mod distinctive;
mod doctor;
mod editions;
mod export;
mod formats;
mod index;
mod lineage;
mod list;
mod matrix;
mod notes;
mod opening;
mod outline;
mod output;
mod passage;
mod passages;
mod printed_table;
mod progress;
mod record;
mod report;
mod search;
mod show;
mod targets;
mod themes;
mod topics;
mod trace;
mod wording;
mod xref;

use anyhow::bail;
use ratatui::layout::Rect;

use crate::cli::{self, Cli, Command, Global, Picture};
use crate::picture::svg;
use crate::tui;
use crate::ui::key_table;
use crate::ui::lang::Lang;
use crate::ui::say::{self, say};
use opening::{Opening, is_about, library_paths, one_document, open, options};
pub(crate) use output::Outcome;
use output::Output;

/// Runs what the command line asks for.
pub(crate) fn run(cli: &Cli) -> anyhow::Result<Outcome> {
    let out = &mut Output::new(&cli.global);
    match &cli.command {
        None => read(cli),
        Some(Command::List(args)) => list::run(&open(cli)?, args, out),
        Some(Command::Show(args)) if args.raw => show::raw(&open(cli)?, (args, &options(cli)), out),
        Some(Command::Show(args)) => show::run(&open(cli)?, args, out),
        Some(Command::Outline(args)) => outline::run(&open(cli)?, args, out),
        Some(Command::Themes(args)) => themes::run(&open_for_themes(cli)?, args, out),
        Some(Command::Citations(args)) => {
            citations::run(&open(cli)?, (args, lang(&cli.global)), out)
        }
        Some(Command::Xref(args)) => xref::run(&open_for_themes(cli)?, args, out),
        Some(Command::Topics(args)) => topics::run(&open_for_themes(cli)?, args, out),
        Some(Command::Passages(args)) => passages::run(&open(cli)?, args, out),
        Some(Command::Compare(args)) => {
            compare::run(&open_for_themes(cli)?, (args, lang(&cli.global)), out)
        }
        Some(Command::Diff(args)) => diff::run(cli, args, out),
        Some(Command::Editions(args)) => editions::run(&open(cli)?, (args, lang(&cli.global)), out),
        Some(Command::Trace(args)) => {
            trace::run(&open_for_themes(cli)?, (args, lang(&cli.global)), out)
        }
        Some(Command::Lineage(args)) => lineage::run(&open(cli)?, (args, lang(&cli.global)), out),
        Some(Command::Borrowed(args)) => borrowed::run(&open(cli)?, (args, lang(&cli.global)), out),
        Some(Command::Binding(args)) => binding::run(&open(cli)?, (args, lang(&cli.global)), out),
        Some(Command::Matrix(args)) => matrix::run(&open_for_themes(cli)?, args, out),
        Some(Command::Targets(args)) => targets::run(&open(cli)?, (args, lang(&cli.global)), out),
        Some(Command::Export(args)) => {
            export::run(&open_for_themes(cli)?, (args, lang(&cli.global)), out)
        }
        Some(Command::Search(args)) => search::run(&open(cli)?, args, out),
        Some(Command::Add(args)) => add::run(cli, args, out),
        Some(Command::Index(args)) => index::run(cli, args, out),
        Some(Command::Formats) => formats::run(cli.global.lang(), out),
        Some(Command::Doctor) => doctor::run(cli, out),
        Some(Command::Check(args)) => check::run(args, &options(cli), out),
        Some(Command::Config(args)) => config::run(&cli.global, args, out),
        Some(Command::Notes(args)) => notes::run(args, out),
        Some(Command::Keys) => printed(out, &keys(&cli.global)),
        Some(Command::Picture(args)) => picture(cli, args, out),
        Some(Command::Completions { shell }) => completions(*shell, out),
        Some(Command::Man) => man(out),
        Some(Command::Help { command }) => help(command, out),
    }
}

/// Opens the library for a command that needs its themes.
fn open_for_themes(cli: &Cli) -> anyhow::Result<wenmai::library::Library> {
    std::thread::spawn(wenmai::text::segment::load);
    open(cli)
}

fn read(cli: &Cli) -> anyhow::Result<Outcome> {
    // Before a large library is read in vain.
    tui::check()?;
    let options = tui::Options::from(&cli.global);
    match opening::opening(cli)? {
        Opening::Read(library) => tui::run(*library, &library_paths(cli), options)?,
        Opening::Cached(archive) => tui::run_kept(*archive, options)?,
    }
    Ok(Outcome::Done)
}

/// The language of the interface.
fn lang(global: &Global) -> Lang {
    global.lang()
}

/// The key table in the language of the interface.
fn keys(global: &Global) -> String {
    key_table::markdown(global.lang(), &global.settings.keymap)
}

fn printed(out: &mut Output, text: &str) -> anyhow::Result<Outcome> {
    out.print(text)?;
    Ok(Outcome::Done)
}

/// Prints a picture of the reader as SVG, for the README.
fn picture(cli: &Cli, args: &Picture, out: &mut Output) -> anyhow::Result<Outcome> {
    let area = Rect::new(0, 0, args.columns, args.rows);
    let options = tui::Options::from(&cli.global);
    let ambiguous = options.ambiguous;
    let screen = tui::screen_after(open(cli)?, options, area, &args.keys)?;
    printed(out, &svg(&screen, ambiguous))
}

fn completions(shell: clap_complete::Shell, out: &mut Output) -> anyhow::Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut cli::help::command(say::lang()), "wenmai", &mut script);
    out.own(&script)?;
    Ok(Outcome::Done)
}

fn help(names: &[String], out: &mut Output) -> anyhow::Result<Outcome> {
    let Some(help) = cli::help::of(names, say::lang()) else {
        bail!(say!("command.no_help", names.join(" ")));
    };
    printed(out, &help.to_string())
}

fn man(out: &mut Output) -> anyhow::Result<Outcome> {
    out.own(&cli::help::man(say::lang())?)?;
    Ok(Outcome::Done)
}
