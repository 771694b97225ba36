//! From a path to documents: load, decode, parse and clean, in this order, each a function of its
//! own that takes what the one before returned.

mod boilerplate;
mod clean;
#[cfg(test)]
mod cleaning;
mod dates;
#[cfg(test)]
mod dates_of_pages;
mod decode;
mod duplicates;
mod facts;
mod flattened;
mod formats;
mod front_matter;
mod html;
mod issuers;
mod list_numbers;
mod load;
mod markdown;
mod metadata;
mod mojibake;
mod naming;
mod numbering;
pub mod origin;
mod outline;
mod page;
mod paged;
mod parse;
mod pattern;
mod pinyin_noise;
mod plain;
mod private_use;
mod records;
#[cfg(test)]
mod reported;
mod rescue;
#[cfg(test)]
mod robustness;
#[cfg(test)]
mod samples;
mod seeds;
mod signature;
mod title;
pub mod worker;

use std::path::{Path, PathBuf};

use rayon::prelude::*;

pub use clean::clean;
pub use decode::{Decoded, is_encoding};
pub use formats::isolated::{allowance, answer};
pub use load::{FileList, RawFile};
pub use naming::unique_ids;
pub use page::{Align, Disposition, Page, RawBlock, Shape, TableRow};
pub use parse::parse;

use crate::document::{Document, Encoding, EncodingEvidence};
use crate::error::{Error, Malformation, Result, place_of};

/// What a reader may decide about reading files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The encoding to use for every file, whatever it declares (a WHATWG label).
    pub encoding: Option<String>,
    /// The largest file that is read, in bytes.
    pub largest: u64,
    /// The columns of a table of documents; those not named are guessed.
    pub columns: Columns,
    /// Processes that read files of formats that others made.
    pub workers: worker::Workers,
}

/// Names of the columns of a file that holds one document a row.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct Columns {
    /// The title.
    pub title: Option<String>,
    /// The text.
    pub text: Option<String>,
    /// The day.
    pub date: Option<String>,
    /// Where the row came from.
    pub url: Option<String>,
    /// Who issued the text.
    pub issuer: Option<String>,
    /// Its document number.
    pub number: Option<String>,
    /// Its region.
    pub region: Option<String>,
    /// The medium or site.
    pub source: Option<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            encoding: None,
            largest: 256 << 20,
            columns: Columns::default(),
            workers: worker::Workers::default(),
        }
    }
}

/// Reads the file at `path` whole. The member of an archive is called as if the archive were a
/// folder.
///
/// # Errors
/// The file is missing, may not be read, is no regular file, is empty, or has more than
/// `options.largest` bytes.
pub fn load(path: &Path, options: &Options) -> Result<RawFile> {
    match load::load(path, options) {
        Err(error @ Error::Read { .. }) => formats::member(path, options).ok_or(error),
        read => read,
    }
}

/// The text of the file at `path`, which is one of the program's own kinds (settings, a lexicon, notes)
/// and has at most `largest` bytes of UTF-8.
///
/// # Errors
/// It cannot be read, is no regular file, is too large, or is not UTF-8.
pub fn read_text(path: &Path, largest: u64) -> Result<String> {
    let options = Options { largest, ..Options::default() };
    let raw = match load::load(path, &options) {
        Err(Error::Empty { .. }) => return Ok(String::new()),
        Err(Error::TooLarge { path, limit, .. }) => {
            return Err(Error::OwnFileTooLarge { path, limit });
        }
        read => read?,
    };
    String::from_utf8(raw.bytes.into_owned()).map_err(|error| {
        let end = error.utf8_error().valid_up_to();
        let before = String::from_utf8_lossy(error.as_bytes().get(..end).unwrap_or_default());
        let (line, column) = place_of(&before, end);
        let message = Malformation::NotUtf8;
        Error::Malformed { path: path.to_owned(), line, column, message }
    })
}

/// The text of `raw` as a person would look at it: decoded and unpacked.
///
/// # Errors
/// The file is no text, or of a kind that cannot be read.
pub fn decode(raw: RawFile, options: &Options) -> Result<Decoded> {
    match formats::source(&raw, options) {
        Some(text) => {
            let encoding = Encoding { name: "UTF-8".to_owned(), evidence: EncodingEvidence::Valid };
            Ok(Decoded { path: raw.path, text: text?, encoding, warnings: Vec::new() })
        }
        None => decode::decode(raw, options),
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
    Ok(pages(raw, options)?.into_iter().map(clean).collect())
}

/// The pages of a loaded file, before cleaning.
fn pages(raw: RawFile, options: &Options) -> Result<Vec<Page>> {
    match formats::pages(&raw, options) {
        Some(pages) => pages,
        None => text_pages(decode::decode(raw, options)?, options),
    }
}

/// The pages of a decoded file, unless it is one that is named and left.
fn text_pages(decoded: Decoded, options: &Options) -> Result<Vec<Page>> {
    match formats::lists::refusal(&decoded.text, &decoded.path, options) {
        Some(reason) => Err(Error::Refused { path: decoded.path, reason }),
        None => Ok(parse(decoded, options)),
    }
}

/// The texts that are compiled into the program.
pub fn seeds(options: &Options) -> Ingested {
    gathered(seeds::files().map(|raw| documents(raw, options)).collect())
}

/// Where the files of a library are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LibraryKind {
    /// On disk.
    Disk,
    /// Compiled into the program.
    Program,
}

impl LibraryKind {
    /// Where the library of these paths is: without a path it is the one that comes with the
    /// program.
    pub fn of(paths: &[PathBuf]) -> Self {
        if paths.is_empty() { Self::Program } else { Self::Disk }
    }

    /// Reads the file at `path` whole.
    ///
    /// # Errors
    /// As [`load`].
    pub fn load(self, path: &Path, options: &Options) -> Result<RawFile> {
        let compiled = || seeds::files().find(|seed| seed.path == path);
        match self {
            Self::Disk => load(path, options),
            Self::Program => compiled().map_or_else(|| load(path, options), Ok),
        }
    }
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
    let found = files(paths)?;
    let read_one = |path: &PathBuf| documents(load(path, options)?, options);
    let mut ingested = gathered(found.files.par_iter().map(read_one).collect());
    ingested.skipped.splice(0..0, found.skipped);
    if ingested.documents.is_empty() {
        return Err(nothing_readable(paths, ingested.skipped));
    }
    Ok(ingested)
}

/// The files of `paths`, going down into folders, each once; without a path those that are compiled
/// into the program.
///
/// # Errors
/// A path of `paths` that is missing.
pub fn files(paths: &[PathBuf]) -> Result<FileList> {
    let mut all = FileList::default();
    if paths.is_empty() {
        all.files = seeds::files().map(|seed| seed.path).collect();
        return Ok(all);
    }
    for path in paths {
        let missing = |source| Error::Read { path: path.clone(), source };
        if std::fs::metadata(path).map_err(missing)?.is_dir() {
            let found = load::find(path);
            all.files.extend(found.files);
            all.skipped.extend(found.skipped);
        } else {
            all.files.push(path.clone());
        }
    }
    all.files = load::distinct(all.files);
    Ok(all)
}

/// Why nothing can be read: the error of a file that was named itself, else of the first folder.
pub fn nothing_readable(paths: &[PathBuf], skipped: Vec<Error>) -> Error {
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
    let names = ingested.documents.iter().map(|one| (&one.id, one.path.as_path()));
    let ids = unique_ids(names);
    for (document, id) in ingested.documents.iter_mut().zip(ids) {
        document.id = id;
    }
    ingested.documents.sort_by(|a, b| a.id.cmp(&b.id));
    ingested
}
