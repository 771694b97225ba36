//! Arguments in, exit code out: 0 done, 1 nothing matched, 2 wrong use or unreadable input.

mod cli;
mod commands;
mod hint;
mod log;
mod picture;
mod settings;
mod tui;
mod ui;
mod worker;

use std::process::ExitCode;

use cli::{Cli, Unread};
use commands::Outcome;

fn main() -> ExitCode {
    // Before anything else: a worker reads files and knows no settings.
    if std::env::args_os().nth(1).is_some_and(|argument| argument == worker::ARGUMENT) {
        return worker::run();
    }
    ui::say::speak(cli::language(std::env::args_os().skip(1)));
    let cli = match Cli::read() {
        Ok(cli) => cli,
        Err(Unread::Refused(refused)) => return refuse(&refused),
        Err(Unread::Settings(error)) => {
            hint::report(&error);
            return ExitCode::from(2);
        }
    };
    if let Err(error) = log::start(&cli.global) {
        hint::report(&error);
        return ExitCode::from(2);
    }
    match commands::run(&cli) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::NothingMatched | Outcome::Differs) => ExitCode::from(1),
        Err(error) if hint::is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            hint::report(&error);
            ExitCode::from(2)
        }
    }
}

/// Help goes out as it is; what is wrong with arguments repeats them, and they may be names of files.
fn refuse(refused: &clap::Error) -> ExitCode {
    if !refused.use_stderr() {
        let _ = refused.print();
        return ExitCode::SUCCESS;
    }
    for line in cli::mistake::explained(refused, ui::say::lang()) {
        eprintln!("{}", wenmai::text::sanitize::sanitize(&line));
    }
    ExitCode::from(2)
}
