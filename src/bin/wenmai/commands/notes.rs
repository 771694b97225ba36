//! `notes`: bookmarks and notes listed, carried away as Markdown or JSON, and brought in again.

use std::path::PathBuf;

use anyhow::Context;
use serde::Serialize;
use wenmai::annotations::database::AnnotationStore;
use wenmai::annotations::entry::{Annotation, Kind};
use wenmai::annotations::exchange;
use wenmai::annotations::reading_state::Annotations;
use wenmai::error::Error;
use wenmai::folder;

use super::output::{escaped_json, write_all};
use super::{Outcome, output::Output};
use crate::cli::{Notes, NotesCommand, NotesFormat};
use crate::ui::say::{say, word};

/// Lists, exports or imports.
pub(crate) fn run(args: &Notes, out: &mut Output) -> anyhow::Result<Outcome> {
    let mut store = open()?;
    let kept = store.load()?;
    match &args.command {
        None | Some(NotesCommand::List) => list(&kept, out),
        Some(NotesCommand::Export { format, output }) => {
            let format = if out.json { NotesFormat::Json } else { *format };
            export(&kept, (format, output.as_ref()), out)
        }
        Some(NotesCommand::Import { file }) => import(&mut store, &kept, file),
    }
}

fn open() -> anyhow::Result<AnnotationStore> {
    let folder = folder::data().context(say!("command.no_home_for_notes"))?;
    Ok(AnnotationStore::open(&folder)?)
}

#[derive(Debug, Serialize)]
struct Listed<'k> {
    #[serde(flatten)]
    entry: &'k Annotation,
    title: Option<&'k str>,
}

fn list(kept: &Annotations, out: &mut Output) -> anyhow::Result<Outcome> {
    let title = |entry: &Annotation| kept.known(&entry.path).map(|known| known.title.as_str());
    let mut entries: Vec<&Annotation> = kept.entries().collect();
    entries.sort_by_key(|entry| (title(entry), &entry.path, entry.extent));
    if out.json {
        let listed = entries.iter().map(|entry| Listed { entry, title: title(entry) });
        out.json(&listed.collect::<Vec<_>>())?;
    } else {
        let row = |entry: &&Annotation| {
            let title = title(entry).unwrap_or(&entry.path).to_owned();
            let place = (entry.extent.from.block + 1).to_string();
            vec![sign(entry), title, place, words(entry)]
        };
        out.table(&entries.iter().map(row).collect::<Vec<_>>(), &[2])?;
    }
    Ok(if entries.is_empty() { Outcome::NothingMatched } else { Outcome::Done })
}

fn sign(entry: &Annotation) -> String {
    match &entry.kind {
        Kind::Mark(letter) => format!("'{letter}"),
        Kind::Bookmark => word("command.bookmark").to_owned(),
        Kind::Note(_) => word("command.note").to_owned(),
    }
}

fn words(entry: &Annotation) -> String {
    let quote: String = entry.quote.chars().take(40).collect();
    match entry.note() {
        Some(note) => format!("{} ({quote})", note.replace('\n', " ")),
        None => quote.replace('\n', " "),
    }
}

fn export(
    kept: &Annotations,
    (format, output): (NotesFormat, Option<&PathBuf>),
    out: &mut Output,
) -> anyhow::Result<Outcome> {
    let text = match format {
        NotesFormat::Markdown => exchange::markdown(kept),
        NotesFormat::Json => exchange::json(kept),
    };
    let Some(path) = output else {
        let json = format == NotesFormat::Json;
        out.print(&if json { escaped_json(&text) } else { text })?;
        return Ok(Outcome::Done);
    };
    std::fs::write(path, text).with_context(|| path.display().to_string())?;
    Ok(Outcome::Done)
}

fn import(
    store: &mut AnnotationStore,
    kept: &Annotations,
    file: &PathBuf,
) -> anyhow::Result<Outcome> {
    let text = std::fs::read_to_string(file)
        .map_err(|source| Error::Read { path: file.clone(), source })?;
    let changes = exchange::read(&text, file, kept)?;
    store.write(&changes)?;
    write_all(format!("{}\n", say!("command.imported", changes.len())).as_bytes())
}
