//! `index`: reads what is new and keeps it, with the themes, so that the library opens at once.

use std::time::{Duration, Instant};

use anyhow::bail;
use serde::Serialize;
use wenmai::library::refresh::Thoroughness;

use super::Outcome;
use super::opening::{archive, library_paths, warn_of_skipped};
use super::output::Output;
use super::progress::Bar;
use crate::cli::{Cli, Index};
use crate::ui::say::say;

/// What was done, as `--json` prints it.
#[derive(Debug, Serialize)]
struct Report {
    store: String,
    files: usize,
    read: usize,
    gone: usize,
    skipped: usize,
    documents: usize,
    themes: usize,
    store_bytes: u64,
    reading_seconds: f64,
    themes_seconds: f64,
    shared_text_seconds: f64,
}

/// Brings what is kept of the library up to date.
pub(crate) fn run(cli: &Cli, args: &Index, out: &mut Output) -> anyhow::Result<Outcome> {
    let paths = if args.paths.is_empty() { library_paths(cli) } else { args.paths.clone() };
    let Some(archive) = archive(cli, &paths)? else {
        bail!(say!("command.no_cache_folder"));
    };
    let thoroughness = if args.force { Thoroughness::Everything } else { Thoroughness::Changed };
    std::thread::spawn(wenmai::text::segment::load);
    let (bar, begun) = (Bar::default(), Instant::now());
    let refreshed = archive.refresh(thoroughness, &|progress| bar.show(progress))?;
    bar.finish();
    let reading = begun.elapsed();
    warn_of_skipped(&refreshed.skipped);
    let begun = Instant::now();
    let Some(library) = archive.known() else {
        bail!("{}", archive.nothing(refreshed.skipped));
    };
    let themes = library.themes().themes().len();
    let themes_seconds = begun.elapsed().as_secs_f64();
    let begun = Instant::now();
    library.index_shared_text();
    let report = Report {
        store: archive.cache().path().display().to_string(),
        files: refreshed.files,
        read: refreshed.read,
        gone: refreshed.gone,
        skipped: refreshed.skipped.len(),
        documents: library.len(),
        themes,
        store_bytes: archive.cache().bytes(),
        reading_seconds: reading.as_secs_f64(),
        themes_seconds,
        shared_text_seconds: begun.elapsed().as_secs_f64(),
    };
    print(&report, args, out)?;
    Ok(Outcome::Done)
}

fn print(report: &Report, args: &Index, out: &mut Output) -> anyhow::Result<()> {
    if out.json {
        return out.json(report);
    }
    let Report { files, read, gone, documents, themes, .. } = report;
    let mut text = say!("command.indexed", documents, files, read, gone, themes);
    text.push('\n');
    if args.stats {
        let seconds = |seconds: f64| format!("{:.2?}", Duration::from_secs_f64(seconds));
        text.push_str(&say!(
            "command.index_stats",
            seconds(report.reading_seconds),
            seconds(report.themes_seconds),
            seconds(report.shared_text_seconds),
            report.store_bytes / 1_000_000,
            report.store
        ));
        text.push('\n');
    }
    out.print(&text)
}
