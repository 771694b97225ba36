//! Opening the library that a command is about, and finding the document that a name means.

use std::path::PathBuf;

use anyhow::bail;
use wenmai::document::{DocIndex, Document};
use wenmai::error::Error;
use wenmai::folder;
use wenmai::ingest::{self, LibraryKind, Options};
use wenmai::library::archive::{Archive, Current, LibrarySpec};
use wenmai::library::{Library, Lookup};
use wenmai::themes::vocabulary::Lexicon;

use crate::cli::{Cli, Global};
use crate::hint;

use super::progress::Bar;
use crate::ui::say::say;

/// A library that can be opened.
pub(super) enum Opening {
    /// Nothing of it is kept: it was read whole.
    Read(Box<Library>),
    /// Its texts are kept.
    Cached(Box<Archive>),
}

/// The library that the command line, else the environment, names; else the seeds.
pub(super) fn opening(cli: &Cli) -> anyhow::Result<Opening> {
    let paths = library_paths(cli);
    for path in &paths {
        let missing = |source| Error::Read { path: path.clone(), source };
        std::fs::metadata(path).map_err(missing)?;
    }
    match archive(cli, &paths)? {
        Some(archive) => Ok(Opening::Cached(Box::new(archive))),
        None => Ok(Opening::Read(Box::new(read(cli, &paths)?))),
    }
}

/// Opens the library as it is now.
pub(super) fn open(cli: &Cli) -> anyhow::Result<Library> {
    let archive = match opening(cli)? {
        Opening::Read(library) => return Ok(*library),
        Opening::Cached(archive) => archive,
    };
    let bar = Bar::default();
    let opened = archive.current(&|progress| bar.show(progress));
    bar.finish();
    match opened {
        Ok(Current { library, damage, .. }) => {
            damage.iter().for_each(warn_of_damage);
            warn_of_skipped(library.skipped());
            Ok(library)
        }
        Err(error) if error.is_about_cache() => {
            warn_of_cache(&error);
            read(cli, &library_paths(cli))
        }
        Err(error) => Err(error.into()),
    }
}

/// Says that a cache was of no use and had to be rebuilt.
fn warn_of_damage(damage: &Error) {
    hint::warn(&say!("command.cache_rebuilt", hint::says(damage)));
}

/// The archive of `paths`, if the cache is wanted and there can be one.
pub(super) fn archive(cli: &Cli, paths: &[PathBuf]) -> anyhow::Result<Option<Archive>> {
    if cli.global.no_cache || cli.global.private {
        return Ok(None);
    }
    let Some(folder) = folder::cache() else {
        hint::warn(&say!("command.no_home_for_cache"));
        return Ok(None);
    };
    let spec =
        LibrarySpec { paths: paths.to_vec(), options: options(cli), lexicon: lexicon(cli, paths)? };
    match Archive::open(&folder, spec) {
        Ok((archive, None)) => Ok(Some(archive)),
        Ok((archive, Some(damage))) => {
            warn_of_damage(&damage);
            Ok(Some(archive))
        }
        Err(error) => {
            warn_of_cache(&error);
            Ok(None)
        }
    }
}

/// Says that nothing can be kept, which is no reason not to read.
pub(super) fn warn_of_cache(error: &Error) {
    hint::warn(&say!("command.without_cache", hint::says(error)));
}

fn read(cli: &Cli, paths: &[PathBuf]) -> anyhow::Result<Library> {
    let ingested = match LibraryKind::of(paths) {
        LibraryKind::Disk => ingest::read(paths, &options(cli))?,
        LibraryKind::Program => ingest::seeds(&options(cli)),
    };
    warn_of_skipped(&ingested.skipped);
    Ok(Library::new(ingested.documents, ingested.skipped, lexicon(cli, paths)?))
}

/// Says what could not be read.
pub(super) fn warn_of_skipped(skipped: &[Error]) {
    for error in skipped {
        hint::warn(&say!("command.skipped", hint::says(error)));
    }
}

/// How files are read.
pub(super) fn options(cli: &Cli) -> Options {
    let Global { encoding, largest, .. } = &cli.global;
    Options {
        encoding: encoding.clone(),
        largest: *largest,
        columns: cli.global.columns(),
        workers: crate::worker::workers(),
    }
}

/// The shipped subjects with the user's own on top: from the file that the command line names, else
/// from the first `themes.toml` that lies in a folder of the library.
fn lexicon(cli: &Cli, paths: &[PathBuf]) -> anyhow::Result<Lexicon> {
    let beside = || paths.iter().map(|path| path.join("themes.toml")).find(|path| path.is_file());
    let Some(path) = cli.global.themes.clone().or_else(beside) else {
        return Ok(Lexicon::default());
    };
    let table = ingest::read_text(&path, Lexicon::LARGEST_TABLE)?;
    Ok(Lexicon::with_user_table(&path, &table)?)
}

/// The paths that the command line, else the environment, names; none for the seeds.
pub(super) fn library_paths(cli: &Cli) -> Vec<PathBuf> {
    cli.paths.iter().chain(&cli.global.library).cloned().collect()
}

/// The document that `name` means.
pub(super) fn one_document<'l>(
    library: &'l Library,
    name: &str,
) -> anyhow::Result<(DocIndex, &'l Document)> {
    match library.lookup(name) {
        Lookup::One(index) => match library.document(index) {
            Some(document) => Ok((index, document)),
            None => bail!(say!("command.document_gone", name)),
        },
        Lookup::None => bail!(say!("command.no_document", name)),
        Lookup::Several(candidates) => bail!("{}", ambiguous(library, name, &candidates)),
    }
}

/// True where a document is about `region`: a province, a city or a county, with or without 省, 市.
pub(super) fn is_about(library: &Library, index: DocIndex, region: &str) -> bool {
    let found = library.card(index).and_then(|card| card.metadata.region);
    found.is_some_and(|found| {
        [Some(&found.name), found.city.as_ref(), found.county.as_ref()]
            .into_iter()
            .flatten()
            .any(|name| region.starts_with(name.as_str()))
    })
}

/// Candidates of an ambiguous name that are listed.
const CANDIDATES: usize = 20;

fn ambiguous(library: &Library, name: &str, candidates: &[DocIndex]) -> String {
    let mut message = say!("command.several_documents", name, candidates.len());
    for document in candidates.iter().take(CANDIDATES).filter_map(|ix| library.card(*ix)) {
        message.push_str(&format!("\n{}  {}", document.id, document.metadata.title));
    }
    message
}
