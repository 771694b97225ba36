//! A library that is kept: the store that has its texts, and how the library is opened from it — at
//! once, as it was last seen, or after a look at every file.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Library;
use super::document_source::Stored;
use super::manifest::Manifest;
use super::refresh::{self, Progress, Refreshed, Thoroughness};
use crate::cache::{self, Cache, CacheError, Result};
use crate::error::{Error, Result as PathResult};
use crate::ingest::{self, Options, Source};
use crate::themes::vocabulary::Lexicon;

/// Where the texts of some paths are kept.
#[derive(Debug, Clone)]
pub struct Archive {
    store: Arc<Cache>,
    paths: Vec<PathBuf>,
    options: Options,
    lexicon: Lexicon,
}

/// A library after a look at every file.
#[derive(Debug)]
pub struct Current {
    /// The library.
    pub library: Library,
    /// True where it is another one than the store had before.
    pub changed: bool,
}

/// What is read, and how.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Files and folders; none for the texts that come with the program.
    pub paths: Vec<PathBuf>,
    /// How files are read.
    pub options: Options,
    /// The subjects that are known beforehand.
    pub lexicon: Lexicon,
}

impl Archive {
    /// The archive of what is `asked`, with its store in `folder`. The second value is what was wrong
    /// with a store that had to be begun anew.
    ///
    /// # Errors
    /// There can be no store in `folder`.
    pub fn open(folder: &Path, asked: Asked) -> Result<(Self, Option<CacheError>)> {
        let Asked { paths, options, lexicon } = asked;
        let (store, damage) = Cache::open_or_renew(&folder.join(file_name(&paths, &options)))?;
        Ok((Self { store: Arc::new(store), paths, options, lexicon }, damage))
    }

    /// The store.
    pub fn store(&self) -> &Cache {
        &self.store
    }

    /// The library as it was last seen; no file is looked at. `None` where it was never seen.
    pub fn known(&self) -> Option<Library> {
        let catalogue = refresh::catalogue(&self.store)?;
        (!catalogue.is_empty()).then(|| self.library(catalogue, Vec::new()))
    }

    /// Looks at every file and reads what is new; `tell` hears how far it is.
    ///
    /// # Errors
    /// The outer one: a path that is missing. The inner one: the store cannot be read or written.
    pub fn refresh(
        &self,
        thoroughness: Thoroughness,
        tell: &(dyn Fn(Progress) + Sync),
    ) -> PathResult<Result<Refreshed>> {
        refresh::refresh(&self.store, (&self.paths, &self.options), thoroughness, tell)
    }

    /// The files and folders.
    pub fn paths(&self) -> &[PathBuf] {
        &self.paths
    }

    /// The library, read without the store.
    ///
    /// # Errors
    /// As [`ingest::read`].
    pub fn unkept(&self) -> PathResult<Library> {
        let read = match Source::of(&self.paths) {
            Source::Disk => ingest::read(&self.paths, &self.options)?,
            Source::Program => ingest::seeds(&self.options),
        };
        Ok(Library::new(read.documents, read.skipped, self.lexicon.clone()))
    }

    /// The library as it is now.
    ///
    /// # Errors
    /// As [`Archive::refresh`], and where nothing at all can be read, why.
    pub fn current(&self, tell: &(dyn Fn(Progress) + Sync)) -> PathResult<Result<Current>> {
        let current = self.brought_up(tell)?;
        if current.as_ref().is_err_and(CacheError::is_damage) {
            // What is damaged inside is noticed only here; the next start begins a new one.
            let _ = cache::remove(self.store.path());
        }
        Ok(current)
    }

    fn brought_up(&self, tell: &(dyn Fn(Progress) + Sync)) -> PathResult<Result<Current>> {
        let refreshed = match self.refresh(Thoroughness::Changed, tell)? {
            Ok(refreshed) => refreshed,
            Err(error) => return Ok(Err(error)),
        };
        let Some(catalogue) = refresh::catalogue(&self.store) else {
            return Ok(Err(CacheError::Damaged { path: self.store.path().to_owned() }));
        };
        if catalogue.is_empty() {
            return Err(self.nothing(refreshed.skipped));
        }
        let library = self.library(catalogue, refreshed.skipped);
        Ok(Ok(Current { library, changed: refreshed.changed }))
    }

    /// Why nothing can be read, of all that was skipped.
    pub fn nothing(&self, skipped: Vec<Error>) -> Error {
        ingest::nothing_readable(&self.paths, skipped)
    }

    fn library(&self, catalogue: Manifest, skipped: Vec<Error>) -> Library {
        let stored = Stored::new(
            catalogue,
            Arc::clone(&self.store),
            (Source::of(&self.paths), self.options.clone()),
        );
        Library::stored(stored, skipped, self.lexicon.clone())
    }
}

/// The name of the store of these paths, read in this way: the folder's own for a person who looks,
/// a hash to tell it from others.
fn file_name(paths: &[PathBuf], options: &Options) -> String {
    let mut hasher = blake3::Hasher::new();
    for path in paths {
        let whole = path.canonicalize().unwrap_or_else(|_| path.clone());
        hasher.update(whole.as_os_str().as_encoded_bytes()).update(&[0]);
    }
    hasher.update(format!("{options:?}").as_bytes());
    let hash = hasher.finalize().to_hex();
    let first = paths.first().and_then(|path| path.canonicalize().ok());
    let name = match Source::of(paths) {
        Source::Program => std::borrow::Cow::Borrowed("seeds"),
        Source::Disk => {
            first.as_deref().and_then(Path::file_name).unwrap_or_default().to_string_lossy()
        }
    };
    let plain = |c: &char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let name: String = name.chars().filter(plain).take(32).collect();
    format!("{name}-{}.db", hash.chars().take(16).collect::<String>())
}
