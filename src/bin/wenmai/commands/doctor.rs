//! `doctor`: what is kept where, and what this terminal can do. It changes nothing.

use std::io::IsTerminal;
use std::path::Path;

use super::Outcome;
use super::opening::library_paths;
use super::output::Output;
use crate::cli::Cli;
use crate::tui;
use crate::ui::say::{say, word};
use wenmai::cache::EXTENSION;
use wenmai::folder;

/// Prints what there is.
pub(crate) fn run(cli: &Cli, out: &mut Output) -> anyhow::Result<Outcome> {
    let mut rows = vec![row(word("command.version"), env!("CARGO_PKG_VERSION"))];
    rows.push(row(
        word("command.platform"),
        &format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
    ));
    match folder::cache() {
        Some(folder) => {
            cached(&folder, &mut rows);
            push_open(&folder, &mut rows);
        }
        None => rows.push(row(word("command.cache"), word("command.no_home"))),
    }
    if let Some(folder) = folder::data() {
        rows.push(row(word("command.annotations"), &folder.display().to_string()));
        push_open(&folder, &mut rows);
    }
    let paths = library_paths(cli);
    let named: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
    rows.push(row(
        word("command.library"),
        if named.is_empty() { word("command.seeds") } else { "" },
    ));
    rows.extend(named.iter().map(|path| row("", path)));
    terminal(&mut rows);
    if out.json {
        out.json(&rows)?;
    } else {
        out.table(&rows, &[])?;
    }
    Ok(Outcome::Done)
}

fn row(name: &str, value: &str) -> Vec<String> {
    vec![name.to_owned(), value.to_owned()]
}

fn cached(folder: &Path, rows: &mut Vec<Vec<String>>) {
    rows.push(row(word("command.cache"), &folder.display().to_string()));
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut stores: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    stores.retain(|path| path.extension().is_some_and(|ending| ending == EXTENSION));
    stores.sort();
    for store in stores {
        let bytes = std::fs::metadata(&store).map_or(0, |file| file.len());
        let name = store.file_name().unwrap_or_default().to_string_lossy().into_owned();
        rows.push(row("", &format!("{name}  {:.1} MB", bytes as f64 / 1e6)));
    }
}

/// The folder and the files in it that others may read: those of older versions, until they are opened
/// to write.
fn push_open(folder: &Path, rows: &mut Vec<Vec<String>>) {
    let inside = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let paths = std::iter::once(folder.to_owned()).chain(inside.map(|entry| entry.path()));
    for path in paths.filter(|path| folder::is_open_to_others(path)) {
        let said = say!("command.open_to_others", path.display());
        rows.push(row("", &said));
    }
}

/// What the reader needs of a terminal, and what it takes this one for.
fn terminal(rows: &mut Vec<Vec<String>>) {
    let set =
        |name: &str| std::env::var(name).unwrap_or_else(|_| word("command.not_set").to_owned());
    for name in ["TERM", "COLORTERM", "LANG", "LC_ALL", "NO_COLOR"] {
        rows.push(row(name, &set(name)));
    }
    let reader = match tui::check() {
        Ok(()) => word("command.can_run").to_owned(),
        Err(reason) => reason.to_string(),
    };
    rows.push(row(word("command.reader"), &reader));
    if std::io::stdout().is_terminal() {
        if let Ok((columns, lines)) = crossterm::terminal::size() {
            rows.push(row(word("command.size"), &say!("command.columns_rows", columns, lines)));
        }
        for (sample, cells) in tui::answered_widths() {
            rows.push(row(word("command.width"), &format!("{sample}  {cells}")));
        }
    }
}
