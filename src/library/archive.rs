//! Archive: a library with its cache, opened at once as it was last seen, or after a look at every
//! file.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Library;
use super::document_source::Stored;
use super::manifest::Manifest;
use super::refresh::{self, Progress, Refreshed, Thoroughness};
use super::roots::Roots;
use crate::cache::{self, Access, Cache};
use crate::error::{DatabaseFault, Error, Result};
use crate::ingest::{self, LibraryKind, Options};
use crate::themes::vocabulary::Lexicon;

/// A library on disk with its cache.
#[derive(Debug, Clone)]
pub struct Archive {
    cache: Arc<Cache>,
    roots: Roots,
    options: Options,
    lexicon: Lexicon,
}

/// A library after a look at every file.
#[derive(Debug)]
pub struct Current {
    /// The library.
    pub library: Library,
    /// True if it is another one than the cache had before.
    pub changed: bool,
    /// What was wrong with a cache that had to be rebuilt.
    pub damage: Option<Error>,
}

/// What is read, and how.
#[derive(Debug, Clone)]
pub struct LibrarySpec {
    /// Files and folders; none for the texts that come with the program.
    pub paths: Vec<PathBuf>,
    /// How files are read.
    pub options: Options,
    /// The subjects that are known beforehand.
    pub lexicon: Lexicon,
}

impl Archive {
    /// The archive of `spec`, with its cache in `folder`. The second value is what was wrong with a
    /// cache that had to be rebuilt.
    ///
    /// # Errors
    /// There can be no cache in `folder`.
    pub fn open(folder: &Path, spec: LibrarySpec) -> Result<(Self, Option<Error>)> {
        let LibrarySpec { paths, options, lexicon } = spec;
        let roots = Roots::new(paths);
        let path = folder.join(file_name(&roots, &options));
        let (cache, damage) = Cache::open_or_rebuild(&path)?;
        log::info!("cache: {} ({:?})", path.display(), cache.access());
        if cache.access() == Access::Writable {
            cache.mark_used();
            cache::prune(folder, &path);
        }
        Ok((Self { cache: Arc::new(cache), roots, options, lexicon }, damage))
    }

    /// The cache.
    pub fn cache(&self) -> &Cache {
        &self.cache
    }

    /// The library as it was last seen; no file is looked at. `None` where it was never seen.
    pub fn known(&self) -> Option<Library> {
        let manifest = refresh::manifest(&self.cache)?;
        (!manifest.is_empty()).then(|| self.library(manifest, Vec::new()))
    }

    /// Looks at every file and reads what is new; `tell` hears how far it is.
    ///
    /// # Errors
    /// A path that is missing; [`Error::Cache`] where the cache cannot be read or written.
    pub fn refresh(
        &self,
        thoroughness: Thoroughness,
        tell: &(dyn Fn(Progress) + Sync),
    ) -> Result<Refreshed> {
        let paths = self.roots.identities();
        let refreshed = refresh::refresh(&self.cache, paths, &self.options, thoroughness, tell);
        refreshed.map_err(|error| self.respelled(error)).map(|refreshed| {
            let skipped =
                refreshed.skipped.into_iter().map(|error| self.respelled(error)).collect();
            Refreshed { skipped, ..refreshed }
        })
    }

    fn respelled(&self, error: Error) -> Error {
        error.respelled(|path| self.roots.as_given(path))
    }

    /// The files and folders as they were given.
    pub fn paths(&self) -> &[PathBuf] {
        self.roots.given()
    }

    /// The library, read without the cache.
    ///
    /// # Errors
    /// As [`ingest::read`].
    pub fn uncached(&self) -> Result<Library> {
        let read = match LibraryKind::of(self.paths()) {
            LibraryKind::Disk => ingest::read(self.paths(), &self.options)?,
            LibraryKind::Program => ingest::seeds(&self.options),
        };
        Ok(Library::new(read.documents, read.skipped, self.lexicon.clone()))
    }

    /// The library as it is now. A cache that turns out to be damaged is rebuilt.
    ///
    /// # Errors
    /// As [`Archive::refresh`], and where nothing at all can be read, why.
    pub fn current(&self, tell: &(dyn Fn(Progress) + Sync)) -> Result<Current> {
        match self.brought_up(tell) {
            Err(error) if error.is_damaged_cache() => {
                log::warn!("cache: {error}; rebuilding");
                self.cache.rebuild()?;
                let rebuilt = self.brought_up(tell)?;
                Ok(Current { damage: Some(error), changed: true, ..rebuilt })
            }
            current => current,
        }
    }

    fn brought_up(&self, tell: &(dyn Fn(Progress) + Sync)) -> Result<Current> {
        let refreshed = self.refresh(Thoroughness::Changed, tell)?;
        let Some(manifest) = refresh::manifest(&self.cache) else {
            let path = self.cache.path().to_owned();
            return Err(Error::Cache { path, fault: DatabaseFault::Damaged });
        };
        if manifest.is_empty() {
            return Err(self.nothing(refreshed.skipped));
        }
        let library = self.library(manifest, refreshed.skipped);
        Ok(Current { library, changed: refreshed.changed, damage: None })
    }

    /// Why nothing can be read, of all that was skipped.
    pub fn nothing(&self, skipped: Vec<Error>) -> Error {
        ingest::nothing_readable(self.paths(), skipped)
    }

    fn library(&self, manifest: Manifest, skipped: Vec<Error>) -> Library {
        let stored = Stored::new(
            manifest,
            Arc::clone(&self.cache),
            LibraryKind::of(self.paths()),
            self.options.clone(),
            self.roots.clone(),
        );
        Library::stored(stored, skipped, self.lexicon.clone())
    }
}

/// The name of the cache of these paths, read in this way: the folder's own for a person who looks,
/// a hash to tell it from others.
fn file_name(roots: &Roots, options: &Options) -> String {
    let mut hasher = blake3::Hasher::new();
    for whole in roots.identities() {
        hasher.update(whole.as_os_str().as_encoded_bytes()).update(&[0]);
    }
    hasher.update(format!("{options:?}").as_bytes());
    let hash = hasher.finalize().to_hex();
    let name = match LibraryKind::of(roots.given()) {
        LibraryKind::Program => std::borrow::Cow::Borrowed("seeds"),
        LibraryKind::Disk => {
            let first = roots.identities().first();
            first.and_then(|path| path.file_name()).unwrap_or_default().to_string_lossy()
        }
    };
    let plain = |c: &char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let name: String = name.chars().filter(plain).take(32).collect();
    format!("{name}-{}.{}", hash.chars().take(16).collect::<String>(), cache::EXTENSION)
}
