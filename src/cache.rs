//! Cache: the texts of a library as cleaning left them, what shows whether a file has changed since,
//! and what is computed from them. One SQLite file a library, in the user's cache folder. All of it
//! can be rebuilt, so damage costs time and nothing else.
//!
//! Changes are made in transactions, and the journal is a write-ahead log: a crash, a full disk or
//! a second reader leaves the state before or the state after, never one between (SQLite, "Atomic
//! Commit In SQLite" and "Write-Ahead Logging").

mod checksum;
mod file_stat;
mod prune;
mod tables;
#[cfg(test)]
mod version;

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use rusqlite::{Connection, OptionalExtension, Transaction, params};

use crate::database::{self, Database};
use crate::document::Summary;
use crate::error::{DatabaseFault, Error, Result};
use crate::reuse::fingerprint_table::Block;
use checksum::{sealed, unsealed};
pub use file_stat::{FileStat, KnownFile, Packed, ReadFile, StoredText};
pub use prune::prune;
use tables::FORM;

/// The name of the value that says on which day a cache was last opened.
const USED: &str = "used";
/// The name of the value that says of which texts and version the fingerprint table is.
const FINGERPRINTS: &str = "fingerprints";
/// Bytes of blocks that are written in one transaction.
const PART: usize = 8 << 20;
/// The ending of a cache file.
pub const EXTENSION: &str = "cache";

/// The cache of one library.
#[derive(Debug)]
pub struct Cache {
    path: PathBuf,
    database: Database,
    access: Access,
}

/// What may be done with a cache.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// It can be brought up to date.
    Writable,
    /// It can only be read: the folder, the disk or the file does not allow more.
    ReadOnly,
}

impl Cache {
    /// Opens the cache at `path`, and creates it and its folder where they are missing. One of
    /// another version of the program is emptied.
    ///
    /// # Errors
    /// [`Error::Cache`]: the folder cannot be created, the file is not a cache, or it is damaged.
    pub fn open(path: &Path) -> Result<Self> {
        let refused = |fault| Error::Cache { path: path.to_owned(), fault };
        let (database, access) = match Database::open(path, &FORM) {
            Ok(database) => (database, Access::Writable),
            Err(fault @ (DatabaseFault::Link | DatabaseFault::Owner)) => {
                return Err(refused(fault));
            }
            Err(fault) => match Database::open_unchanging(path, &FORM) {
                Ok(database) => (database, Access::ReadOnly),
                Err(_) => return Err(refused(fault)),
            },
        };
        if database.is_cut().map_err(refused)? {
            return Err(refused(DatabaseFault::Damaged));
        }
        Ok(Self { path: path.to_owned(), database, access })
    }

    /// Opens the cache at `path`; a damaged one is removed and created empty. The second value is
    /// what was wrong with it.
    ///
    /// # Errors
    /// As [`Cache::open`], where a new one cannot be created either.
    pub fn open_or_rebuild(path: &Path) -> Result<(Self, Option<Error>)> {
        match Self::open(path) {
            Ok(cache) => Ok((cache, None)),
            Err(error) if error.is_damaged_cache() && !prune::is_foreign(path) => {
                remove(path)?;
                Ok((Self::open(path)?, Some(error)))
            }
            Err(error) => Err(error),
        }
    }

    /// Empties a cache that is damaged inside.
    ///
    /// # Errors
    /// As [`Cache::write`]; the file is removed then, so that the next start begins a new one.
    pub fn rebuild(&self) -> Result<()> {
        self.database.rebuild(&FORM).map_err(|fault| {
            let _ = database::remove(&self.path);
            self.refused(fault)
        })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Bytes of its file.
    pub fn bytes(&self) -> u64 {
        std::fs::metadata(&self.path).map_or(0, |file| file.len())
    }

    /// Notes that it is in use, for [`prune`], once a day. The file itself must not be opened for
    /// that: closing it would give up SQLite's locks (SQLite, "How To Corrupt An SQLite Database
    /// File", 2.2).
    pub(crate) fn mark_used(&self) {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        let today = now.map_or(0, |now| now.as_secs() / 86_400).to_le_bytes();
        if self.value(USED).is_ok_and(|used| used.as_deref() != Some(&today)) {
            // A cache that cannot be marked is removed sooner, no more.
            let _ = self.set_values(&[(USED, &today)]);
        }
    }

    /// What may be done with it.
    pub fn access(&self) -> Access {
        self.access
    }

    /// All files that it has read.
    ///
    /// # Errors
    /// The cache is damaged.
    pub fn files(&self) -> Result<HashMap<PathBuf, KnownFile>> {
        self.ask(|connection| {
            let mut rows = connection
                .prepare("SELECT path, number, size, modified, hash, failure FROM file")?;
            let files = rows.query_map([], |row| {
                let file = KnownFile {
                    number: row.get(1)?,
                    stat: FileStat { size: row.get::<_, i64>(2)? as u64, modified: row.get(3)? },
                    hash: row.get(4)?,
                    failure: row.get(5)?,
                };
                Ok((tables::path_from(row.get(0)?), file))
            })?;
            files.collect()
        })
    }

    /// Writes what was read of some files, in one transaction, and returns how many of them say
    /// something else than before. Texts that say the same keep their numbers: another reader may
    /// know them, and what was computed from them holds.
    ///
    /// # Errors
    /// The disk is full, or the cache can only be read.
    pub fn write(&self, files: &[ReadFile]) -> Result<usize> {
        self.change(|transaction| {
            let mut changed = 0;
            for read in files {
                changed += usize::from(write_file(transaction, read)?);
            }
            Ok(changed)
        })
    }

    /// Notes that the files of these numbers look otherwise and say the same.
    ///
    /// # Errors
    /// As [`Cache::write`].
    pub fn set_stats(&self, files: &[(i64, FileStat)]) -> Result<()> {
        self.change(|transaction| {
            let mut update = transaction
                .prepare_cached("UPDATE file SET size = ?2, modified = ?3 WHERE number = ?1")?;
            for (number, seen) in files {
                update.execute(params![number, seen.size as i64, seen.modified])?;
            }
            Ok(())
        })
    }

    /// Removes the files of these numbers with their texts.
    ///
    /// # Errors
    /// As [`Cache::write`].
    pub fn remove_files(&self, files: &[i64]) -> Result<()> {
        self.change(|transaction| {
            let mut text = transaction.prepare_cached("DELETE FROM text WHERE file = ?1")?;
            let mut file = transaction.prepare_cached("DELETE FROM file WHERE number = ?1")?;
            for number in files {
                text.execute([number])?;
                file.execute([number])?;
            }
            Ok(())
        })
    }

    /// The summaries of all texts, each with the number and the checksum of its text, by path and row.
    ///
    /// # Errors
    /// The cache is damaged.
    pub fn summaries(&self) -> Result<Vec<(StoredText, Summary)>> {
        let packed: Vec<(StoredText, Vec<u8>)> = self.ask(|connection| {
            let mut rows = connection.prepare(
                "SELECT text.number, text.summary, substr(text.body, 1, 8) FROM text
                 JOIN file ON file.number = text.file ORDER BY file.path, text.nth",
            )?;
            let summaries = rows.query_map([], |row| {
                let checksum: Vec<u8> = row.get(2)?;
                let checksum = checksum.try_into().map_or(0, u64::from_le_bytes);
                Ok((StoredText { number: row.get(0)?, checksum }, row.get(1)?))
            })?;
            summaries.collect()
        })?;
        let unpack =
            |(text, packed): (StoredText, Vec<u8>)| Some((text, summary_from(unsealed(packed)?)?));
        let summaries: Option<Vec<_>> = packed.into_par_iter().map(unpack).collect();
        summaries.ok_or_else(|| self.refused(DatabaseFault::Damaged))
    }

    /// The summaries of these texts, in the same order; `None` where one is missing or damaged.
    ///
    /// # Errors
    /// The cache cannot be read.
    pub fn summaries_of(&self, texts: &[i64]) -> Result<Vec<Option<Summary>>> {
        let packed = self.values_of("SELECT summary FROM text WHERE number = ?1", texts)?;
        Ok(packed.into_iter().map(|summary| summary_from(summary?)).collect())
    }

    /// The bodies of these texts, in the same order; `None` where one is missing or damaged.
    ///
    /// # Errors
    /// The cache cannot be read.
    pub fn bodies(&self, texts: &[i64]) -> Result<Vec<Option<Vec<u8>>>> {
        self.values_of("SELECT body FROM text WHERE number = ?1", texts)
    }

    fn values_of(&self, query: &str, numbers: &[i64]) -> Result<Vec<Option<Vec<u8>>>> {
        self.ask(|connection| {
            let mut row = connection.prepare_cached(query)?;
            let one = |number: &i64| {
                let value: Option<Vec<u8>> =
                    row.query_row([number], |row| row.get(0)).optional()?;
                Ok(value.and_then(unsealed))
            };
            numbers.iter().map(one).collect()
        })
    }

    /// What is known of the terms of these texts, in the same order.
    ///
    /// # Errors
    /// The cache cannot be read.
    pub fn terms(&self, texts: &[i64]) -> Result<Vec<Option<Vec<u8>>>> {
        self.values_of("SELECT value FROM terms WHERE text = ?1", texts)
    }

    /// Removes the terms of texts that have gone.
    ///
    /// # Errors
    /// As [`Cache::write`].
    pub fn remove_old_terms(&self) -> Result<()> {
        self.change(|transaction| {
            let old = "DELETE FROM terms WHERE text NOT IN (SELECT number FROM text)";
            transaction.execute(old, []).map(|_| ())
        })
    }

    /// Stores terms under the numbers of their texts.
    ///
    /// # Errors
    /// As [`Cache::write`].
    pub fn set_terms<'t>(&self, terms: impl Iterator<Item = (i64, &'t [u8])>) -> Result<()> {
        self.change(|transaction| {
            let mut row = transaction
                .prepare_cached("INSERT OR REPLACE INTO terms (text, value) VALUES (?1, ?2)")?;
            for (text, value) in terms {
                row.execute(params![text, sealed(value)])?;
            }
            Ok(())
        })
    }

    /// The value called `name`; `None` where there is none, or it is not as it was written.
    ///
    /// # Errors
    /// The cache cannot be read.
    pub fn value(&self, name: &str) -> Result<Option<Vec<u8>>> {
        self.ask(|connection| {
            let mut row = connection.prepare_cached("SELECT value FROM value WHERE name = ?1")?;
            let value: Option<Vec<u8>> = row.query_row([name], |row| row.get(0)).optional()?;
            Ok(value.and_then(unsealed))
        })
    }

    /// Stores values under their names, all or none.
    ///
    /// # Errors
    /// As [`Cache::write`].
    pub fn set_values(&self, values: &[(&str, &[u8])]) -> Result<()> {
        self.change(|transaction| {
            let mut row = transaction
                .prepare_cached("INSERT OR REPLACE INTO value (name, value) VALUES (?1, ?2)")?;
            for (name, value) in values {
                row.execute(params![name, sealed(value)])?;
            }
            Ok(())
        })
    }

    /// The blocks of the fingerprint table in which `hashes` lie; `None` if the table is not the one
    /// of that `mark`.
    ///
    /// # Errors
    /// The cache cannot be read.
    pub fn fingerprint_blocks(&self, mark: &[u8], hashes: &[u32]) -> Result<Option<Vec<Block>>> {
        // In one transaction: another process may replace the table.
        self.ask(|connection| {
            let transaction = connection.unchecked_transaction()?;
            let mut own = transaction
                .prepare_cached("SELECT value FROM value WHERE name = 'fingerprints'")?;
            let own: Option<Vec<u8>> = own.query_row([], |row| row.get(0)).optional()?;
            if own.and_then(unsealed).as_deref() != Some(mark) {
                return Ok(None);
            }
            let mut row = transaction.prepare_cached(
                "SELECT first, value FROM fingerprint WHERE first <= ?1 ORDER BY first DESC LIMIT 1",
            )?;
            let mut next = transaction
                .prepare_cached("SELECT first FROM fingerprint WHERE first > ?1 LIMIT 1")?;
            let mut blocks: Vec<Block> = Vec::new();
            // Hashes below this one lie in the block before.
            let mut end = 0;
            for hash in hashes.iter().map(|hash| i64::from(*hash)) {
                if hash < end {
                    continue;
                }
                let found: Option<(i64, Vec<u8>)> =
                    row.query_row([hash], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
                end = next.query_row([hash], |row| row.get(0)).optional()?.unwrap_or(i64::MAX);
                let Some((first, value)) = found else { continue };
                let bytes = unsealed(value).unwrap_or_default();
                blocks.push(Block { first: u32::try_from(first).unwrap_or_default(), bytes });
            }
            Ok(Some(blocks))
        })
    }

    /// Replaces the fingerprint table by the blocks that `build` puts, under that `mark`.
    ///
    /// # Errors
    /// As [`Cache::write`], and what `build` returns.
    pub fn set_fingerprints(
        &self,
        mark: &[u8],
        build: impl FnOnce(&mut dyn FnMut(Block) -> Result<()>) -> Result<()>,
    ) -> Result<()> {
        // Written in parts that other processes can wait for; without a mark it is no table.
        self.set_values(&[(FINGERPRINTS, b"")])?;
        self.change(|transaction| transaction.execute("DELETE FROM fingerprint", []))?;
        let (mut part, mut bytes) = (Vec::new(), 0);
        build(&mut |block| {
            bytes += block.bytes.len();
            part.push(block);
            if bytes < PART {
                return Ok(());
            }
            bytes = 0;
            self.add_fingerprints(std::mem::take(&mut part))
        })?;
        self.add_fingerprints(part)?;
        self.set_values(&[(FINGERPRINTS, mark)])?;
        self.tidy()
    }

    fn add_fingerprints(&self, blocks: Vec<Block>) -> Result<()> {
        self.change(|transaction| {
            let mut row = transaction.prepare_cached(
                "INSERT OR REPLACE INTO fingerprint (first, value) VALUES (?1, ?2)",
            )?;
            for block in blocks {
                row.execute(params![block.first, sealed(&block.bytes)])?;
            }
            Ok(())
        })
    }

    /// Gives freed pages back and brings the log into the file, so that the file alone is the cache.
    ///
    /// # Errors
    /// The disk is full.
    pub fn tidy(&self) -> Result<()> {
        self.database.tidy().map_err(|fault| self.refused(fault))
    }

    fn ask<T>(&self, query: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T> {
        self.database.read(query).map_err(|fault| self.refused(fault))
    }

    fn change<T>(&self, change: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>) -> Result<T> {
        self.database.write(change).map_err(|fault| self.refused(fault))
    }

    fn refused(&self, fault: DatabaseFault) -> Error {
        Error::Cache { path: self.path.clone(), fault }
    }
}

/// A row of the table of texts, as far as it shows whether it says the same.
struct TextRow {
    number: i64,
    nth: i64,
    checksums: (Vec<u8>, Vec<u8>),
}

/// Writes one file; true if it says something else than before.
fn write_file(transaction: &Transaction<'_>, read: &ReadFile) -> rusqlite::Result<bool> {
    let mut file = transaction.prepare_cached(
        "INSERT INTO file (path, size, modified, hash, failure) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (path) DO UPDATE SET size = ?2, modified = ?3, hash = ?4, failure = ?5
         RETURNING number",
    )?;
    let number: i64 = file.query_row(
        params![
            tables::bytes_of(&read.path),
            read.stat.size as i64,
            read.stat.modified,
            read.hash,
            read.outcome.as_ref().err(),
        ],
        |row| row.get(0),
    )?;
    let texts = read.outcome.as_deref().unwrap_or_default();
    let mut stored = stored_texts(transaction, number)?;
    let mut changed = texts.is_empty();
    let (mut moved, mut added) = (Vec::new(), Vec::new());
    for (text, nth) in texts.iter().zip(0_i64..) {
        let (summary, body) = (sealed(&text.summary), sealed(&text.body));
        let checksums = (checksum::of(&summary).to_vec(), checksum::of(&body).to_vec());
        let same = stored.get_mut(&checksums).and_then(|same| {
            // The same row where it was, else the first of its equals.
            let at = same.iter().position(|text| text.nth == nth).unwrap_or_default();
            (at < same.len()).then(|| same.remove(at))
        });
        match same {
            Some(same) if same.nth == nth => {}
            Some(same) => moved.push((same.number, nth)),
            None => added.push((nth, summary, body)),
        }
    }
    let gone: Vec<i64> = stored.into_values().flatten().map(|text| text.number).collect();
    changed |= !gone.is_empty() || !moved.is_empty() || !added.is_empty();
    let mut remove = transaction.prepare_cached("DELETE FROM text WHERE number = ?1")?;
    for text in gone {
        remove.execute([text])?;
    }
    // Out of the way first: two rows may have changed places.
    let mut place = transaction.prepare_cached("UPDATE text SET nth = ?2 WHERE number = ?1")?;
    for (text, nth) in &moved {
        place.execute([*text, -1 - nth])?;
    }
    for (text, nth) in &moved {
        place.execute([*text, *nth])?;
    }
    let mut insert = transaction
        .prepare_cached("INSERT INTO text (file, nth, summary, body) VALUES (?1, ?2, ?3, ?4)")?;
    for (nth, summary, body) in added {
        insert.execute(params![number, nth, summary, body])?;
    }
    Ok(changed)
}

type TextsByChecksum = HashMap<(Vec<u8>, Vec<u8>), Vec<TextRow>>;

fn stored_texts(transaction: &Transaction<'_>, file: i64) -> rusqlite::Result<TextsByChecksum> {
    let mut rows = transaction.prepare_cached(
        "SELECT number, nth, substr(summary, 1, ?2), substr(body, 1, ?2) FROM text
         WHERE file = ?1 ORDER BY nth",
    )?;
    let rows = rows.query_map(params![file, checksum::BYTES as i64], |row| {
        let checksums = (row.get(2)?, row.get(3)?);
        Ok(TextRow { number: row.get(0)?, nth: row.get(1)?, checksums })
    })?;
    let mut texts = TextsByChecksum::new();
    for row in rows {
        let row = row?;
        texts.entry(row.checksums.clone()).or_default().push(row);
    }
    Ok(texts)
}

/// Removes a cache with its log.
///
/// # Errors
/// The file is there and cannot be removed.
pub fn remove(path: &Path) -> Result<()> {
    database::remove(path).map_err(|error| Error::Cache {
        path: path.to_owned(),
        fault: DatabaseFault::Folder(error),
    })
}

fn summary_from(packed: Vec<u8>) -> Option<Summary> {
    postcard::from_bytes(&packed).ok()
}
