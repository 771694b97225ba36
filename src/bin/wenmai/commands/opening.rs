//! Opening the library that a command is about, and finding the document that a name means.

use std::path::PathBuf;

use anyhow::bail;
use wenmai::document::{DocIndex, Document};
use wenmai::error::Error;
use wenmai::ingest::{self, Options};
use wenmai::library::{Library, Lookup};
use wenmai::links::vocabulary::Lexicon;

use crate::cli::{Cli, Global};
use crate::hint;

/// Opens the library that the command line, else the environment, names; else the seeds.
pub(super) fn open(cli: &Cli) -> anyhow::Result<Library> {
    let options = options(cli);
    let paths = library_paths(cli);
    let lexicon = lexicon(cli, &paths)?;
    let ingested =
        if paths.is_empty() { ingest::seeds(&options) } else { ingest::read(&paths, &options)? };
    for skipped in &ingested.skipped {
        hint::warn(&format!("{skipped}; skipped"));
    }
    Ok(Library::new(ingested.documents, ingested.skipped, lexicon))
}

/// How files are read.
pub(super) fn options(cli: &Cli) -> Options {
    let Global { encoding, largest, .. } = &cli.global;
    Options { encoding: encoding.clone(), largest: *largest, ..Options::default() }
}

/// The shipped subjects with the user's own on top: from the file that the command line names, else
/// from the first `themes.toml` that lies in a folder of the library.
fn lexicon(cli: &Cli, paths: &[PathBuf]) -> anyhow::Result<Lexicon> {
    let beside = || paths.iter().map(|path| path.join("themes.toml")).find(|path| path.is_file());
    let Some(path) = cli.global.themes.clone().or_else(beside) else {
        return Ok(Lexicon::default());
    };
    let table = std::fs::read_to_string(&path)
        .map_err(|source| Error::Read { path: path.clone(), source })?;
    Ok(Lexicon::with_user_table(&path, &table)?)
}

/// The paths that the command line, else the environment, names; none for the seeds.
pub(super) fn library_paths(cli: &Cli) -> Vec<PathBuf> {
    let Global { library, .. } = &cli.global;
    if !cli.paths.is_empty() || !library.is_empty() {
        return cli.paths.iter().chain(library).cloned().collect();
    }
    let named = std::env::var_os("WENMAI_LIBRARY").unwrap_or_default();
    std::env::split_paths(&named).filter(|path| !path.as_os_str().is_empty()).collect()
}

/// The document that `name` means.
pub(super) fn one_document<'l>(
    library: &'l Library,
    name: &str,
) -> anyhow::Result<(DocIndex, &'l Document)> {
    match library.lookup(name) {
        Lookup::One(index) => match library.document(index) {
            Some(document) => Ok((index, document)),
            None => bail!("“{name}” has gone"),
        },
        Lookup::None => bail!("no document is called “{name}”; wenmai list names them all"),
        Lookup::Several(candidates) => bail!("{}", ambiguous(library, name, &candidates)),
    }
}

/// True where a document is about `region`: a province, a city or a county, with or without 省, 市.
pub(super) fn is_about(library: &Library, index: DocIndex, region: &str) -> bool {
    let found = library.document(index).and_then(|doc| doc.metadata.region.as_ref());
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
    let mut message = format!("“{name}” could mean {} documents:", candidates.len());
    for document in candidates.iter().take(CANDIDATES).filter_map(|ix| library.document(*ix)) {
        message.push_str(&format!("\n{}  {}", document.id, document.metadata.title));
    }
    message
}
