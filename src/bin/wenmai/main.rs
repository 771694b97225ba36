//! Arguments in, exit code out: 0 done, 1 nothing matched, 2 wrong use or unreadable input.

mod cli;
mod commands;
mod hint;
mod picture;
mod tui;

use std::process::ExitCode;

use clap::Parser;

use cli::Cli;
use commands::Outcome;

fn main() -> ExitCode {
    match commands::run(&Cli::parse()) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::NothingMatched | Outcome::Differs) => ExitCode::from(1),
        Err(error) if hint::is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            hint::report(&error);
            ExitCode::from(2)
        }
    }
}
