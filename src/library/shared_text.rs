//! Shared text of a library: its fingerprint table, built once for the same texts and the same version
//! of the program, and the questions about it. A stored library keeps the table in its cache; no
//! question reads more of the library than the documents that it is about.

use std::sync::Arc;

use super::document_source::{DocumentSource, Stored};
use crate::cache::Cache;
use crate::error::Result;
use crate::reuse::fingerprint_table::{self, Block, Blocks, MemoryTable};
use crate::reuse::passages::{Passages, Scope};

/// The version of the program's way to find shared text (`cache/version.rs`).
const VERSION: &str = env!("WENMAI_REUSE");

/// The fingerprint table of a library.
#[derive(Debug)]
pub(super) enum SharedText {
    Memory(MemoryTable),
    Stored(StoredTable),
}

/// A table in a cache.
#[derive(Debug)]
pub(super) struct StoredTable {
    cache: Arc<Cache>,
    mark: [u8; 32],
}

impl Blocks for StoredTable {
    fn blocks_of(&self, hashes: &[u32]) -> Vec<Block> {
        // Another process may have indexed another state of the library meanwhile: then nothing is
        // known to be common, and nothing to be shared, until this library is opened again.
        self.cache.fingerprint_blocks(&self.mark, hashes).ok().flatten().unwrap_or_default()
    }
}

impl Blocks for SharedText {
    fn blocks_of(&self, hashes: &[u32]) -> Vec<Block> {
        match self {
            Self::Memory(table) => table.blocks_of(hashes),
            Self::Stored(table) => table.blocks_of(hashes),
        }
    }
}

impl SharedText {
    /// The table of `documents`: the one in the cache, else built, and stored if the cache takes it.
    pub(super) fn of(documents: &DocumentSource) -> Self {
        let DocumentSource::Stored(stored) = documents else {
            return Self::Memory(MemoryTable::build(documents));
        };
        if let Some(table) = cached(stored) {
            return Self::Stored(table);
        }
        log::info!("shared text: indexing");
        match build(documents, stored) {
            Ok(table) => Self::Stored(table),
            Err(_) => Self::Memory(MemoryTable::build(documents)),
        }
    }

    /// True if asking needs no building.
    pub(super) fn is_cached(documents: &DocumentSource) -> bool {
        matches!(documents, DocumentSource::Stored(stored) if cached(stored).is_some())
    }

    /// What the documents of `scope` share.
    pub(super) fn passages(&self, documents: &DocumentSource, scope: &Scope) -> Passages {
        Passages::look_up(documents, self, scope)
    }
}

fn mark(stored: &Stored) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(VERSION.as_bytes()).update(stored.manifest().contents());
    hasher.finalize().into()
}

fn cached(stored: &Stored) -> Option<StoredTable> {
    let mark = mark(stored);
    let known = stored.cache().fingerprint_blocks(&mark, &[]).ok()?.is_some();
    known.then(|| StoredTable { cache: Arc::clone(stored.cache()), mark })
}

fn build(documents: &DocumentSource, stored: &Stored) -> Result<StoredTable> {
    let mark = mark(stored);
    // A connection of its own, so that reading goes on meanwhile.
    let cache = Arc::new(Cache::open(stored.cache().path())?);
    let folder = cache.path().parent();
    cache.set_fingerprints(&mark, |put| fingerprint_table::build(documents, folder, put))?;
    Ok(StoredTable { cache, mark })
}
