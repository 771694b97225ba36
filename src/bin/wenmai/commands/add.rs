//! `add`: pages of the web, copies of files, and what a feed names, saved into the folder of a
//! library; the path of each is printed.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::bail;
use serde::Serialize;
use wenmai::error::Result;
use wenmai::fetch::{self, Limits, Reach, SaveOutcome, Saved, is_address, without_password};
use wenmai::ingest::{self, Options};

use super::output::Output;
use super::{Outcome, library_paths, options};
use crate::cli::{Add, Cli};
use crate::hint;
use crate::ui::say::say;

/// One element of `add --json`.
#[derive(Debug, Serialize)]
struct AddJson {
    source: String,
    path: String,
    title: String,
    /// False where the same page lay there already.
    new: bool,
}

/// Saves what is named. What cannot be saved is said, and the rest is saved.
pub(crate) fn run(cli: &Cli, args: &Add, out: &mut Output) -> anyhow::Result<Outcome> {
    let folder = folder(cli, args)?;
    let options = options(cli);
    let limits = Limits {
        time: Duration::from_secs(args.timeout),
        bytes: options.largest,
        ..Limits::default()
    };
    let adding = Adding { folder: &folder, limits, options: &options };
    let (sources, mut failures) = sources(args, &adding);
    let mut records = Vec::new();
    for Named { source, reach } in &sources {
        match adding.save(source, *reach) {
            Ok(saved) => {
                if !out.json {
                    out.print(&line(&saved))?;
                }
                records.push(record(source, saved));
            }
            Err(error) => {
                hint::report(&error.into());
                failures += 1;
            }
        }
    }
    if out.json {
        out.json(&records)?;
    }
    match failures {
        0 if records.is_empty() => Ok(Outcome::NothingMatched),
        0 => Ok(Outcome::Done),
        1 => bail!(say!("command.one_not_added")),
        more => bail!(say!("command.not_added", more)),
    }
}

/// Where and how pages are saved.
struct Adding<'a> {
    folder: &'a Path,
    limits: Limits,
    options: &'a Options,
}

impl Adding<'_> {
    fn save(&self, source: &str, reach: Reach) -> Result<Saved> {
        if names_address(source) {
            let limits = Limits { reach, ..self.limits };
            fetch::save_page(source, self.folder, (&limits, self.options))
        } else {
            fetch::save_file(Path::new(source), self.folder, self.options)
        }
    }

    /// The addresses that the feed at `source` names.
    fn feed(&self, source: &str) -> Result<Vec<Named>> {
        let (source, reach, bytes) = if names_address(source) {
            let page = fetch::fetch(source, &self.limits)?;
            (page.address, page.reach, page.bytes)
        } else {
            // Whoever wrote the file may be anyone.
            let file = ingest::load(Path::new(source), self.options)?;
            (source.to_owned(), Reach::Public, file.bytes.into_owned())
        };
        let pages = fetch::entries(&source, bytes, self.options)?;
        Ok(pages.into_iter().map(|page| Named { source: page.into(), reach }).collect())
    }
}

/// True for an address, also one of a kind that is refused; a file called like that comes first.
fn names_address(source: &str) -> bool {
    is_address(source) || (source.contains("://") && !Path::new(source).exists())
}

/// An address or a path that is to be saved.
struct Named {
    source: String,
    /// Which servers it may lead to: any, where it was typed.
    reach: Reach,
}

/// What is to be saved, and how many feeds could not be read.
fn sources(args: &Add, adding: &Adding<'_>) -> (Vec<Named>, usize) {
    if !args.feed {
        let typed = |source: &String| Named { source: source.clone(), reach: Reach::Any };
        return (args.sources.iter().map(typed).collect(), 0);
    }
    let (mut sources, mut failures) = (Vec::new(), 0);
    for feed in &args.sources {
        match adding.feed(feed) {
            Ok(pages) => {
                if pages.is_empty() {
                    hint::warn(&say!("command.empty_feed", without_password(feed)));
                }
                sources.extend(pages.into_iter().take(args.limit));
            }
            Err(error) => {
                hint::report(&error.into());
                failures += 1;
            }
        }
    }
    (sources, failures)
}

/// The folder to save into.
fn folder(cli: &Cli, args: &Add) -> anyhow::Result<PathBuf> {
    let of_library = || library_paths(cli).into_iter().find(|path| path.is_dir());
    let Some(folder) = args.to.clone().or_else(of_library) else {
        bail!(say!("command.no_folder"));
    };
    Ok(folder)
}

fn line(saved: &Saved) -> String {
    let path = saved.path.display().to_string();
    let is_known = saved.outcome == SaveOutcome::Known;
    let known = if is_known { say!("command.already_there") } else { String::new() };
    format!("{}{known}\n", super::report::clean(&path))
}

fn record(source: &str, saved: Saved) -> AddJson {
    AddJson {
        source: without_password(source),
        path: saved.path.display().to_string(),
        title: saved.title,
        new: saved.outcome == SaveOutcome::New,
    }
}
