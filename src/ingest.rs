//! From a path to documents: load, decode, parse and clean, in this order, each a function of its
//! own that takes what the one before returned.

mod boilerplate;
mod clean;
mod dates;
mod decode;
mod duplicates;
mod facts;
mod flattened;
mod front_matter;
mod html;
mod load;
mod markdown;
mod metadata;
mod mojibake;
mod naming;
mod numbering;
mod office;
mod outline;
mod page;
mod parse;
mod pinyin_noise;
mod plain;
mod records;
#[cfg(test)]
mod robustness;
mod seeds;
mod signature;
mod title;

use std::path::{Path, PathBuf};

use rayon::prelude::*;

pub use clean::clean;
pub use decode::{Decoded, decode};
pub use load::{RawFile, load};
pub use page::{Align, CELL, Fate, Page, Piece, Shape};
pub use parse::parse;

use crate::document::Document;
use crate::error::{Error, Result};

/// What a reader may decide about reading files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The encoding to use for every file, whatever it declares (a WHATWG label).
    pub encoding: Option<String>,
    /// The largest file that is read, in bytes.
    pub largest: u64,
    /// The columns of a table of documents; those not named are guessed.
    pub columns: Columns,
}

/// Names of the columns of a file that holds one document a row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Columns {
    /// The title.
    pub title: Option<String>,
    /// The text.
    pub text: Option<String>,
    /// The day.
    pub date: Option<String>,
    /// Where the row came from.
    pub url: Option<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self { encoding: None, largest: 256 << 20, columns: Columns::default() }
    }
}

/// What came of reading paths.
#[derive(Debug, Default)]
pub struct Ingested {
    /// The documents, by id.
    pub documents: Vec<Document>,
    /// The files that could not be read, each with its reason.
    pub skipped: Vec<Error>,
}

/// The documents of a loaded file: one, or one a row where it is a table of documents.
///
/// # Errors
/// The file is no text.
pub fn documents(raw: RawFile, options: &Options) -> Result<Vec<Document>> {
    Ok(parse(decode(raw, options)?, options).into_iter().map(clean).collect())
}

/// The texts that are compiled into the program.
pub fn seeds(options: &Options) -> Ingested {
    gathered(seeds::files().map(|raw| documents(raw, options)).collect())
}

/// The decoded source of the document at `path`: a file, or a compiled-in text.
///
/// # Errors
/// The file has gone, or can no longer be read.
pub fn source(path: &Path, options: &Options) -> Result<Decoded> {
    let compiled = || seeds::files().find(|seed| seed.path == path);
    match load(path, options) {
        Ok(raw) => decode(raw, options),
        Err(error) => compiled().map_or(Err(error), |raw| decode(raw, options)),
    }
}

/// Reads every file of `paths`, going down into folders. Files that cannot be read are listed, and
/// the rest is read.
///
/// # Errors
/// A path of `paths` that is missing; and where nothing at all can be read, why the first of them
/// cannot: an empty file, bytes that are no text, a folder in which nothing is readable.
pub fn read(paths: &[PathBuf], options: &Options) -> Result<Ingested> {
    let mut files = Vec::new();
    let mut skipped = Vec::new();
    for path in paths {
        let missing = |source| Error::Read { path: path.clone(), source };
        if std::fs::metadata(path).map_err(missing)?.is_dir() {
            let found = load::find(path);
            files.extend(found.files);
            skipped.extend(found.skipped);
        } else {
            files.push(path.clone());
        }
    }
    let read_one = |path: &PathBuf| documents(load(path, options)?, options);
    let results = load::distinct(files).par_iter().map(read_one).collect();
    let mut ingested = gathered(results);
    ingested.skipped.splice(0..0, skipped);
    if ingested.documents.is_empty() {
        return Err(nothing_readable(paths, ingested.skipped));
    }
    Ok(ingested)
}

/// Why nothing can be read: the error of a file that was named itself, else of the first folder.
fn nothing_readable(paths: &[PathBuf], skipped: Vec<Error>) -> Error {
    let named = skipped.into_iter().find(|error| paths.iter().any(|path| error.path() == path));
    named.unwrap_or_else(|| Error::NothingReadable {
        path: paths.first().cloned().unwrap_or_default(),
    })
}

fn gathered(results: Vec<Result<Vec<Document>>>) -> Ingested {
    let mut ingested = Ingested::default();
    for result in results {
        match result {
            Ok(documents) => ingested.documents.extend(documents),
            Err(error) => ingested.skipped.push(error),
        }
    }
    naming::make_unique(&mut ingested.documents);
    ingested.documents.sort_by(|a, b| a.id.cmp(&b.id));
    ingested
}
