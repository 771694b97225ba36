//! Removing caches that nobody uses: of older versions of the program, and of libraries that were not
//! opened for a long time.

use std::fs::Metadata;
use std::path::Path;
use std::time::{Duration, SystemTime};

use super::{EXTENSION, tables};
use crate::database;

/// A cache that was not opened for so long is removed; it can be rebuilt.
const UNUSED: Duration = Duration::from_secs(90 * 24 * 60 * 60);
/// The ending of caches up to version 0.1.
const OLD_EXTENSION: &str = "db";
/// The newest version of their tables.
const OLD_VERSION: u32 = 3;
/// Bytes of the header of an SQLite file.
const HEADER: usize = 100;

/// Removes the caches in `folder` that nobody uses; `own`, which is in use, is never one of them. A
/// file that this program did not create is left alone.
pub fn prune(folder: &Path, own: &Path) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        let Ok(found) = std::fs::symlink_metadata(&path) else { continue };
        if found.is_file() && path.file_name() != own.file_name() && is_unused(&path, &found) {
            // Another process may have removed it.
            let _ = database::remove(&path);
        }
    }
}

fn is_unused(path: &Path, found: &Metadata) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    // No file next to a cache in use is opened: closing it would give up SQLite's locks.
    if !matches!(extension, Some(OLD_EXTENSION | EXTENSION)) {
        return false;
    }
    let Some((application, version)) = header(path) else { return false };
    match extension {
        Some(OLD_EXTENSION) => {
            application == 0 && (1..=OLD_VERSION).contains(&version) && has_hash(path)
        }
        Some(EXTENSION) => {
            let age = found.modified().map(|then| SystemTime::now().duration_since(then));
            let is_old = age.is_ok_and(|age| age.is_ok_and(|age| age > UNUSED));
            application == tables::FORM.application as u32 && is_old
        }
        _ => false,
    }
}

/// True for an SQLite file that another program created.
pub(super) fn is_foreign(path: &Path) -> bool {
    header(path).is_some_and(|(application, _)| {
        application != 0 && application != tables::FORM.application as u32
    })
}

/// Application id and version in the header of an SQLite file (SQLite, "Database File Format", 1.3).
fn header(path: &Path) -> Option<(u32, u32)> {
    use std::io::Read;
    let mut header = [0; HEADER];
    std::fs::File::open(path).ok()?.read_exact(&mut header).ok()?;
    let number = |at: usize| Some(u32::from_be_bytes(header.get(at..at + 4)?.try_into().ok()?));
    header.starts_with(b"SQLite format 3\0").then_some((number(68)?, number(60)?))
}

/// True for a name like `notices-0123456789abcdef.db`.
fn has_hash(path: &Path) -> bool {
    let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let hash = stem.rsplit_once('-').map_or("", |(_, hash)| hash);
    hash.len() == 16 && hash.chars().all(|c| c.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    use super::*;
    use crate::cache::Cache;

    #[test]
    fn old_and_unused_caches_are_removed_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let old = Connection::open(at("notices-0123456789abcdef.db")).unwrap();
        old.execute_batch("CREATE TABLE file (x); PRAGMA user_version = 3").unwrap();
        let other = Connection::open(at("mine-0123456789abcdef.db")).unwrap();
        other.execute_batch("CREATE TABLE file (x); PRAGMA user_version = 7").unwrap();
        drop((old, other));
        std::fs::write(at("text.cache"), "a text").unwrap();
        for name in ["own.cache", "used.cache", "unused.cache"] {
            drop(Cache::open(&at(name)).unwrap());
        }
        let long_ago = SystemTime::now() - UNUSED - Duration::from_secs(60);
        for name in ["own.cache", "unused.cache", "text.cache"] {
            let file = std::fs::File::options().write(true).open(at(name)).unwrap();
            file.set_modified(long_ago).unwrap();
        }
        prune(folder.path(), &at("own.cache"));
        let entries = std::fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name());
        let mut left: Vec<_> = entries.map(|name| name.into_string().unwrap()).collect();
        left.sort();
        let wanted = ["mine-0123456789abcdef.db", "own.cache", "text.cache", "used.cache"];
        assert_eq!(left, wanted);
    }
}
