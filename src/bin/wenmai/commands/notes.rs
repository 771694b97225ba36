//! `notes`: bookmarks and notes listed, carried away as Markdown or JSON, and brought in again.

use std::path::{Path, PathBuf};

use anyhow::Context;
use serde::Serialize;
use wenmai::annotations::database::AnnotationStore;
use wenmai::annotations::entry::{Annotation, Kind};
use wenmai::annotations::exchange;
use wenmai::annotations::reading_state::Annotations;
use wenmai::folder;
use wenmai::ingest;

use super::{Outcome, output::Output};
use crate::cli::{Notes, NotesCommand, NotesFormat};
use crate::ui::export_file::ExportFile;
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
        Some(NotesCommand::Import { file }) => {
            let count = import(&mut store, &kept, file)?;
            out.print(&format!("{}\n", say!("command.imported", count)))?;
            Ok(Outcome::Done)
        }
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
            let place = (u64::from(entry.extent.from.block) + 1).to_string();
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
        Kind::Tag(tag) => format!("#{tag}"),
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
    let file = match format {
        NotesFormat::Markdown => exchange::markdown(kept).into(),
        NotesFormat::Json => ExportFile::json(&exchange::carried(kept))?,
    };
    match output {
        Some(path) => file.save(path)?,
        None => out.export(&file)?,
    }
    Ok(Outcome::Done)
}

fn import(store: &mut AnnotationStore, kept: &Annotations, file: &Path) -> anyhow::Result<usize> {
    let text = ingest::read_text(file, LARGEST)?;
    let changes = exchange::read(&text, file, kept)?;
    store.write(&changes)?;
    Ok(changes.len())
}

/// Bytes of the largest file that is imported: some 100,000 notes.
const LARGEST: u64 = 64 << 20;
