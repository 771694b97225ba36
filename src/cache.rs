//! What is kept between two starts: the texts of a library as they came out of cleaning, with what
//! tells whether a file has changed since. One SQLite file a library, in the user's cache folder.
//! Everything in it can be made again, so damage costs time and nothing else.
//!
//! Changes are made in transactions, and the journal is a write-ahead log: a crash, a full disk or
//! a second reader leaves the state before or the state after, never one between (SQLite, "Atomic
//! Commit In SQLite" and "Write-Ahead Logging").

mod checksum;
mod error;
mod file_stat;
mod schema;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rayon::prelude::*;
use rusqlite::{Connection, OptionalExtension, params};

use crate::document::Summary;
use checksum::{sealed, unsealed};
pub use error::{CacheError, Result};
pub use file_stat::{FileStat, KnownFile, Packed, ReadFile};

/// The store of one library.
#[derive(Debug)]
pub struct Cache {
    path: PathBuf,
    connection: Mutex<Connection>,
    access: Access,
}

/// What may be done with a store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// It can be brought up to date.
    Writable,
    /// It can only be read: the folder, the disk or the file does not take more.
    ReadOnly,
}

impl Cache {
    /// Opens the store at `path`, and makes it and its folder where it is missing. A store of
    /// another version of the program is emptied.
    ///
    /// # Errors
    /// The folder cannot be made, or the file is no store or is damaged.
    pub fn open(path: &Path) -> Result<Self> {
        if let Some(folder) = path.parent() {
            // A folder that cannot be made is noticed below, unless the store is there already.
            let _ = std::fs::create_dir_all(folder);
        }
        let refused = |said| CacheError::Database { path: path.to_owned(), said };
        match schema::open_to_write(path) {
            Ok(connection) => Self::new(path, connection, Access::Writable),
            Err(error) => match schema::open_to_read(path) {
                Some(connection) => Self::new(path, connection, Access::ReadOnly),
                None => Err(refused(error)),
            },
        }
    }

    fn new(path: &Path, connection: Connection, access: Access) -> Result<Self> {
        let store = Self { path: path.to_owned(), connection: Mutex::new(connection), access };
        if store.is_cut()? {
            return Err(CacheError::Damaged { path: path.to_owned() });
        }
        Ok(store)
    }

    /// Opens the store at `path`; a damaged one is thrown away and begun anew. The second value is
    /// what was wrong with it.
    ///
    /// # Errors
    /// As [`Cache::open`], where a new one cannot be made either.
    pub fn open_or_renew(path: &Path) -> Result<(Self, Option<CacheError>)> {
        match Self::open(path) {
            Ok(store) => Ok((store, None)),
            Err(error) if error.is_damage() => {
                remove(path)?;
                Ok((Self::open(path)?, Some(error)))
            }
            Err(error) => Err(error),
        }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Bytes of its file.
    pub fn bytes(&self) -> u64 {
        std::fs::metadata(&self.path).map_or(0, |file| file.len())
    }

    /// What may be done with it.
    pub fn access(&self) -> Access {
        self.access
    }

    /// All files that it has read.
    ///
    /// # Errors
    /// The store is damaged.
    pub fn files(&self) -> Result<HashMap<PathBuf, KnownFile>> {
        self.ask(|connection| {
            let mut rows = connection
                .prepare("SELECT path, number, size, modified, hash, failure FROM file")?;
            let files = rows.query_map([], |row| {
                let file = KnownFile {
                    number: row.get(1)?,
                    stamp: FileStat { size: row.get::<_, i64>(2)? as u64, modified: row.get(3)? },
                    hash: row.get(4)?,
                    failure: row.get(5)?,
                };
                Ok((schema::path_from(row.get(0)?), file))
            })?;
            files.collect()
        })
    }

    /// Writes what was read of some files, in one transaction; how many of them say something else
    /// than before. Texts that say the same keep their numbers: another reader may know them.
    ///
    /// # Errors
    /// The disk is full, or the store can only be read.
    pub fn write(&self, files: &[ReadFile]) -> Result<usize> {
        let mut changed = 0;
        self.change(|transaction| {
            let mut same = transaction.prepare_cached(
                "SELECT COUNT(*), SUM(text.body = ?2 AND text.nth = ?3) FROM text WHERE file = ?1",
            )?;
            let mut file = transaction.prepare_cached(
                "INSERT INTO file (path, size, modified, hash, failure) VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT (path) DO UPDATE SET size = ?2, modified = ?3, hash = ?4, failure = ?5
                 RETURNING number",
            )?;
            let mut forget = transaction.prepare_cached("DELETE FROM text WHERE file = ?1")?;
            let mut text = transaction.prepare_cached(
                "INSERT INTO text (file, nth, card, body) VALUES (?1, ?2, ?3, ?4)",
            )?;
            for read in files {
                let number: i64 = file.query_row(
                    params![
                        schema::bytes_of(&read.path),
                        read.stamp.size as i64,
                        read.stamp.modified,
                        read.hash,
                        read.outcome.as_ref().err(),
                    ],
                    |row| row.get(0),
                )?;
                let texts = read.outcome.as_deref().unwrap_or_default();
                let texts: Vec<_> =
                    texts.iter().map(|p| (sealed(&p.card), sealed(&p.body))).collect();
                let mut kept = 0;
                for ((_, body), nth) in texts.iter().zip(0_i64..) {
                    let counts: (i64, Option<i64>) = same
                        .query_row(params![number, body, nth], |row| {
                            Ok((row.get(0)?, row.get(1)?))
                        })?;
                    kept += usize::from(counts == (texts.len() as i64, Some(1)));
                }
                if kept == texts.len() && !texts.is_empty() {
                    continue;
                }
                changed += 1;
                forget.execute([number])?;
                for ((card, body), nth) in texts.iter().zip(0_i64..) {
                    text.execute(params![number, nth, card, body])?;
                }
            }
            Ok(())
        })?;
        Ok(changed)
    }

    /// Notes that the files of these numbers look otherwise and say the same.
    ///
    /// # Errors
    /// As [`Cache::write`].
    pub fn restamp(&self, files: &[(i64, FileStat)]) -> Result<()> {
        self.change(|transaction| {
            let mut stamp = transaction
                .prepare_cached("UPDATE file SET size = ?2, modified = ?3 WHERE number = ?1")?;
            for (number, seen) in files {
                stamp.execute(params![number, seen.size as i64, seen.modified])?;
            }
            Ok(())
        })
    }

    /// Forgets the files of these numbers.
    ///
    /// # Errors
    /// As [`Cache::write`].
    pub fn forget(&self, files: &[i64]) -> Result<()> {
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

    /// The cards of all texts, each with the number of its text, by path and row.
    ///
    /// # Errors
    /// The store is damaged.
    pub fn cards(&self) -> Result<Vec<(i64, Summary)>> {
        let packed: Vec<(i64, Vec<u8>)> = self.ask(|connection| {
            let mut rows = connection.prepare(
                "SELECT text.number, text.card FROM text
                 JOIN file ON file.number = text.file ORDER BY file.path, text.nth",
            )?;
            let cards = rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            cards.collect()
        })?;
        let unpack = |(number, card): (i64, Vec<u8>)| Some((number, card_from(unsealed(card)?)?));
        let cards: Option<Vec<_>> = packed.into_par_iter().map(unpack).collect();
        cards.ok_or_else(|| CacheError::Damaged { path: self.path.clone() })
    }

    /// The cards of these texts, in the same order; `None` where one is missing or damaged.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn cards_of(&self, texts: &[i64]) -> Result<Vec<Option<Summary>>> {
        let packed = self.values("SELECT card FROM text WHERE number = ?1", texts)?;
        Ok(packed.into_iter().map(|card| card_from(card?)).collect())
    }

    /// The bodies of these texts, in the same order; `None` where one is missing or damaged.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn bodies(&self, texts: &[i64]) -> Result<Vec<Option<Vec<u8>>>> {
        self.values("SELECT body FROM text WHERE number = ?1", texts)
    }

    fn values(&self, query: &str, numbers: &[i64]) -> Result<Vec<Option<Vec<u8>>>> {
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
    /// The store cannot be read.
    pub fn terms(&self, texts: &[i64]) -> Result<Vec<Option<Vec<u8>>>> {
        self.values("SELECT value FROM terms WHERE text = ?1", texts)
    }

    /// Forgets the terms of texts that have gone.
    ///
    /// # Errors
    /// As [`Cache::write`].
    pub fn forget_old_terms(&self) -> Result<()> {
        self.change(|transaction| {
            let old = "DELETE FROM terms WHERE text NOT IN (SELECT number FROM text)";
            transaction.execute(old, []).map(|_| ())
        })
    }

    /// Keeps terms under the numbers of their texts.
    ///
    /// # Errors
    /// As [`Cache::write`].
    pub fn keep_terms<'t>(&self, terms: impl Iterator<Item = (i64, &'t [u8])>) -> Result<()> {
        self.change(|transaction| {
            let mut row = transaction
                .prepare_cached("INSERT OR REPLACE INTO terms (text, value) VALUES (?1, ?2)")?;
            for (text, value) in terms {
                row.execute(params![text, sealed(value)])?;
            }
            Ok(())
        })
    }

    /// What is kept under `name`; `None` where nothing is, or not as it was written.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn kept(&self, name: &str) -> Result<Option<Vec<u8>>> {
        self.ask(|connection| {
            let mut row = connection.prepare_cached("SELECT value FROM kept WHERE name = ?1")?;
            let value: Option<Vec<u8>> = row.query_row([name], |row| row.get(0)).optional()?;
            Ok(value.and_then(unsealed))
        })
    }

    /// Keeps values under their names, all or none.
    ///
    /// # Errors
    /// As [`Cache::write`].
    pub fn keep(&self, values: &[(&str, &[u8])]) -> Result<()> {
        self.change(|transaction| {
            let mut row = transaction
                .prepare_cached("INSERT OR REPLACE INTO kept (name, value) VALUES (?1, ?2)")?;
            for (name, value) in values {
                row.execute(params![name, sealed(value)])?;
            }
            Ok(())
        })
    }

    /// Brings the log into the file, so that the file alone is the store.
    ///
    /// # Errors
    /// The disk is full.
    pub fn settle(&self) -> Result<()> {
        self.ask(|connection| {
            connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
        })
    }

    /// Whole pages that the file should have and has not: it was cut.
    fn is_cut(&self) -> Result<bool> {
        let (pages, size): (i64, i64) = self.ask(|connection| {
            let number = |pragma| connection.query_row(pragma, [], |row| row.get(0));
            Ok((number("PRAGMA page_count")?, number("PRAGMA page_size")?))
        })?;
        let log = self.path.with_extension("db-wal");
        let has_log = std::fs::metadata(log).is_ok_and(|log| log.len() > 0);
        let bytes = std::fs::metadata(&self.path).map_or(0, |file| file.len());
        Ok(!has_log && bytes < (pages * size) as u64)
    }

    fn connection(&self) -> MutexGuard<'_, Connection> {
        // A panic elsewhere leaves no transaction open: it is rolled back when it is dropped.
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn ask<T>(&self, ask: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T> {
        ask(&self.connection()).map_err(|said| self.refused(said))
    }

    fn change(
        &self,
        change: impl FnOnce(&rusqlite::Transaction<'_>) -> rusqlite::Result<()>,
    ) -> Result<()> {
        let mut connection = self.connection();
        // The right to write is taken at once: to take it later could fail halfway.
        let behavior = rusqlite::TransactionBehavior::Immediate;
        let whole = connection.transaction_with_behavior(behavior).and_then(|transaction| {
            change(&transaction)?;
            transaction.commit()
        });
        whole.map_err(|said| self.refused(said))
    }

    fn refused(&self, said: rusqlite::Error) -> CacheError {
        CacheError::Database { path: self.path.clone(), said }
    }
}

/// Removes a store with its log.
///
/// # Errors
/// The file is there and cannot be removed.
pub fn remove(path: &Path) -> Result<()> {
    for file in [path.to_owned(), path.with_extension("db-wal"), path.with_extension("db-shm")] {
        match std::fs::remove_file(&file) {
            Err(said) if said.kind() != std::io::ErrorKind::NotFound => {
                return Err(CacheError::Folder { path: file, said });
            }
            _ => {}
        }
    }
    Ok(())
}

fn card_from(packed: Vec<u8>) -> Option<Summary> {
    postcard::from_bytes(&packed).ok()
}
