//! Annotation store: an SQLite file in the user's data folder. Every write is one transaction, in
//! write-ahead mode, so that a program that is killed loses nothing that was written, and two readers
//! may be open at once.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, Params, Row, params};

use super::entry::{Annotation, Extent, Kind, Point, Uid};
use super::reading_state::{Annotations, Change, ReadStatus, ReadingState};
use crate::database::{Database, Form, Policy};
use crate::error::{DatabaseFault, Error, Result};

/// The name of the file in the data folder.
pub const FILE: &str = "notes.sqlite3";

const FORM: Form = Form {
    // "wmno"
    application: 0x776D_6E6F,
    version: 1,
    tables: TABLES,
    policy: Policy::Preserve { unmarked: &["documents", "entries", "last"] },
};

const TABLES: &str = "
CREATE TABLE IF NOT EXISTS documents (
    path TEXT PRIMARY KEY, fingerprint INTEGER NOT NULL, title TEXT NOT NULL,
    reading INTEGER NOT NULL, block INTEGER NOT NULL, character INTEGER NOT NULL,
    quote TEXT NOT NULL, left INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS entries (
    uid TEXT PRIMARY KEY, path TEXT NOT NULL, kind TEXT NOT NULL, words TEXT NOT NULL,
    block INTEGER NOT NULL, character INTEGER NOT NULL,
    to_block INTEGER NOT NULL, to_character INTEGER NOT NULL,
    quote TEXT NOT NULL, made INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS entries_of ON entries (path);
CREATE TABLE IF NOT EXISTS last (library TEXT PRIMARY KEY, document TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS queries (name TEXT PRIMARY KEY, query TEXT NOT NULL) WITHOUT ROWID;
";

/// An open annotation store.
#[derive(Debug)]
pub struct AnnotationStore {
    path: PathBuf,
    database: Database,
}

impl AnnotationStore {
    /// Opens the file in `folder`, and creates both where they are missing.
    ///
    /// # Errors
    /// [`Error::Annotations`]: the folder cannot be created or written, the file was not created by
    /// this program, or by a newer one. Nothing in it is changed then.
    pub fn open(folder: &Path) -> Result<Self> {
        let path = folder.join(FILE);
        let opened = Database::open(&path, &FORM);
        let database = opened.map_err(|fault| Error::Annotations { path: path.clone(), fault })?;
        Ok(Self { path, database })
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Everything in it.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn load(&self) -> Result<Annotations> {
        let mut kept = Annotations::default();
        let documents = "SELECT path, fingerprint, title, reading, block, character, quote, left \
                         FROM documents";
        self.each(documents, |row| {
            kept.apply(Change::Left(known(row)?));
            Ok(())
        })?;
        let entries = "SELECT uid, path, kind, words, block, character, to_block, to_character, \
                       quote, made FROM entries";
        self.each(entries, |row| {
            kept.apply(Change::Put(entry(row)?));
            Ok(())
        })?;
        self.each("SELECT library, document FROM last", |row| {
            kept.apply(Change::Last(row.get(0)?, row.get(1)?));
            Ok(())
        })?;
        self.each("SELECT name, query FROM queries", |row| {
            kept.apply(Change::Query(row.get(0)?, Some(row.get(1)?)));
            Ok(())
        })?;
        Ok(kept)
    }

    /// Writes `changes`, all of them or none.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn write(&self, changes: &[Change]) -> Result<()> {
        let written = self.database.write(|transaction| {
            changes.iter().try_for_each(|change| write_one(transaction, change))
        });
        written.map_err(|fault| self.failed(fault))
    }

    fn failed(&self, fault: DatabaseFault) -> Error {
        Error::Annotations { path: self.path.clone(), fault }
    }

    fn each(
        &self,
        sql: &str,
        mut take: impl FnMut(&Row<'_>) -> rusqlite::Result<()>,
    ) -> Result<()> {
        let read = self.database.read(|db| {
            let mut statement = db.prepare(sql)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                take(row)?;
            }
            Ok(())
        });
        read.map_err(|fault| self.failed(fault))
    }
}

fn write_one(db: &Connection, change: &Change) -> rusqlite::Result<()> {
    match change {
        Change::Left(known) => put_known(db, known),
        Change::Put(entry) => put_entry(db, entry),
        Change::Remove(uid) => execute(db, "DELETE FROM entries WHERE uid = ?", [&uid.0]),
        Change::Moved(from, to) => {
            execute(db, "UPDATE OR REPLACE documents SET path = ?2 WHERE path = ?1", [from, to])?;
            execute(db, "UPDATE entries SET path = ?2 WHERE path = ?1", [from, to])
        }
        Change::Query(name, Some(query)) => {
            execute(db, "INSERT OR REPLACE INTO queries VALUES (?, ?)", [name, query])
        }
        Change::Query(name, None) => execute(db, "DELETE FROM queries WHERE name = ?", [name]),
        Change::Last(library, id) => {
            execute(db, "INSERT OR REPLACE INTO last VALUES (?, ?)", [library, id])
        }
    }
}

fn execute(db: &Connection, sql: &str, values: impl Params) -> rusqlite::Result<()> {
    db.execute(sql, values).map(|_| ())
}

fn put_known(db: &Connection, known: &ReadingState) -> rusqlite::Result<()> {
    let reading = match known.reading {
        ReadStatus::Opened => 0,
        ReadStatus::Read => 1,
        ReadStatus::Unread => 2,
    };
    let ReadingState { path, fingerprint, title, place, quote, left, .. } = known;
    // SQLite has signed integers only; the bits are the same.
    let fingerprint = *fingerprint as i64;
    let Point { block, character } = place;
    execute(
        db,
        "INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        params![path, fingerprint, title, reading, block, character, quote, left],
    )
}

fn known(row: &Row<'_>) -> rusqlite::Result<ReadingState> {
    let reading = match row.get::<_, i64>(3)? {
        1 => ReadStatus::Read,
        2 => ReadStatus::Unread,
        _ => ReadStatus::Opened,
    };
    Ok(ReadingState {
        path: row.get(0)?,
        fingerprint: row.get::<_, i64>(1)? as u64,
        title: row.get(2)?,
        reading,
        place: Point { block: row.get(4)?, character: row.get(5)? },
        quote: row.get(6)?,
        left: row.get(7)?,
    })
}

fn put_entry(db: &Connection, entry: &Annotation) -> rusqlite::Result<()> {
    let (kind, words) = match &entry.kind {
        Kind::Mark(letter) => ("mark", letter.to_string()),
        Kind::Bookmark => ("bookmark", String::new()),
        Kind::Note(words) => ("note", words.clone()),
        Kind::Tag(tag) => ("tag", tag.clone()),
    };
    let Extent { from, to } = entry.extent;
    let (from, to) = ((from.block, from.character), (to.block, to.character));
    let Annotation { uid, path, quote, made, .. } = entry;
    execute(
        db,
        "INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        params![uid.0, path, kind, words, from.0, from.1, to.0, to.1, quote, made],
    )
}

fn entry(row: &Row<'_>) -> rusqlite::Result<Annotation> {
    let words: String = row.get(3)?;
    let kind = match (row.get::<_, String>(2)?.as_str(), words.chars().next()) {
        ("mark", Some(letter)) => Kind::Mark(letter),
        ("note", _) => Kind::Note(words),
        ("tag", _) => Kind::Tag(words),
        _ => Kind::Bookmark,
    };
    let from = Point { block: row.get(4)?, character: row.get(5)? };
    let to = Point { block: row.get(6)?, character: row.get(7)? };
    Ok(Annotation {
        uid: Uid(row.get(0)?),
        path: row.get(1)?,
        kind,
        extent: Extent { from, to },
        quote: row.get(8)?,
        made: row.get(9)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::document;

    fn changes() -> Vec<Change> {
        let text = document("a", &["建设国家标准验证点。", "附则"]);
        let extent = Extent::of_block(&text, 0);
        let entry = |kind| Annotation::new(kind, "/a.txt", &text, extent);
        let known = ReadingState {
            path: "/a.txt".to_owned(),
            fingerprint: u64::MAX - 3,
            title: "标题".to_owned(),
            reading: ReadStatus::Read,
            place: Point { block: 1, character: 1 },
            quote: "附则".to_owned(),
            left: 17,
        };
        vec![
            Change::Left(known),
            Change::Put(entry(Kind::Mark('标'))),
            Change::Put(entry(Kind::Bookmark)),
            Change::Put(Annotation::tag("待核", "/a.txt")),
            Change::Query("上海".to_owned(), Some("region:上海 since:2022".to_owned())),
            Change::Query("旧".to_owned(), Some("旧".to_owned())),
            Change::Query("旧".to_owned(), None),
            Change::Put(entry(Kind::Note("先看这里；'引号'\n第二行".to_owned()))),
            Change::Last("lib".to_owned(), "a".to_owned()),
        ]
    }

    #[test]
    fn what_is_read_back_is_what_was_written_and_what_memory_has() {
        let folder = tempfile::tempdir().unwrap();
        let mut kept = Annotations::default();
        let uid = {
            let store = AnnotationStore::open(folder.path()).unwrap();
            let mut written = changes();
            let Change::Put(first) = &written[1] else { panic!("no entry") };
            let uid = first.uid.clone();
            written.push(Change::Moved("/a.txt".to_owned(), "/b.txt".to_owned()));
            store.write(&written).unwrap();
            written.into_iter().for_each(|change| kept.apply(change));
            assert_eq!(store.load().unwrap(), kept);
            uid
        };
        let again = AnnotationStore::open(folder.path()).unwrap();
        assert_eq!(again.load().unwrap(), kept);
        again.write(&[Change::Remove(uid.clone())]).unwrap();
        kept.apply(Change::Remove(uid));
        assert_eq!(again.load().unwrap(), kept);
        assert_eq!(kept.entries().count(), 3);
        assert_eq!(kept.queries().collect::<Vec<_>>(), [("上海", "region:上海 since:2022")]);
    }

    #[test]
    fn two_readers_write_into_one_file() {
        let folder = tempfile::tempdir().unwrap();
        let first = AnnotationStore::open(folder.path()).unwrap();
        let second = AnnotationStore::open(folder.path()).unwrap();
        let changes = changes();
        first.write(&changes[..2]).unwrap();
        second.write(&changes[2..3]).unwrap();
        assert_eq!(first.load().unwrap().entries().count(), 2);
    }

    #[test]
    fn a_newer_form_and_a_file_that_is_none_of_ours_are_left_as_they_are() {
        let folder = tempfile::tempdir().unwrap();
        let newer = AnnotationStore::open(folder.path()).unwrap();
        newer.database.read(|db| db.execute_batch("PRAGMA user_version = 99")).unwrap();
        drop(newer);
        let error = AnnotationStore::open(folder.path()).unwrap_err().to_string();
        assert!(error.contains("newer"), "{error}");

        let other = tempfile::tempdir().unwrap();
        let file = other.path().join(FILE);
        std::fs::write(&file, "这不是数据库。".repeat(100)).unwrap();
        assert!(AnnotationStore::open(other.path()).is_err());
        assert!(std::fs::read_to_string(&file).unwrap().starts_with("这不是数据库"));
        let folder = other.path().join("file");
        std::fs::write(&folder, "").unwrap();
        assert!(AnnotationStore::open(&folder).is_err());
    }
}
