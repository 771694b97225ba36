//! SQLite files of the program, opened one way: for their owner alone, in write-ahead mode, with
//! every change in one immediate transaction. The cache and the annotations are such files.
//!
//! A file is only touched after its application id says that this program created it. Links are not
//! followed, a file or folder of another user is refused, and nothing that a file itself brings
//! (triggers, views, functions in its schema) runs (SQLite, "Defense Against The Dark Arts").

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, ErrorCode, OpenFlags, Transaction, TransactionBehavior};

use crate::error::DatabaseFault;
use crate::folder;

/// A result of a database; the caller adds the path.
pub(crate) type Result<T> = std::result::Result<T, DatabaseFault>;

/// How long a transaction waits for another process's.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);
/// The pause between two attempts at what SQLite does not wait for itself.
const BUSY_PAUSE: Duration = Duration::from_millis(5);
/// Bytes of the largest value that is read or written.
const LARGEST_VALUE: i32 = 1 << 30;

/// What a file is, and what is done with one of another version.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Form {
    /// The application id in the file's header.
    pub(crate) application: i32,
    /// Raised with every change of the tables.
    pub(crate) version: i32,
    /// The tables, as SQL.
    pub(crate) tables: &'static str,
    pub(crate) policy: Policy,
}

/// What is done with a file of another version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Policy {
    /// Its tables are dropped: they can be rebuilt.
    Rebuild,
    /// It is never dropped. An older one is extended, where these tables show that it is one; a newer
    /// one is refused.
    Preserve {
        /// Tables of files from before there was an application id.
        unmarked: &'static [&'static str],
    },
}

/// An open file.
#[derive(Debug)]
pub(crate) struct Database {
    path: PathBuf,
    connection: Mutex<Connection>,
}

impl Database {
    /// Opens the file at `path` to write, and creates it and its folder where they are missing.
    pub(crate) fn open(path: &Path, form: &Form) -> Result<Self> {
        let path = real_path(path)?;
        folder::secure_file(&path)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX
            | OpenFlags::SQLITE_OPEN_NOFOLLOW;
        let mut connection = Connection::open_with_flags(&path, flags)?;
        connection.busy_timeout(BUSY_TIMEOUT)?;
        defend(&connection)?;
        // Both hold only for a file without tables.
        connection.pragma_update(None, "page_size", 8192)?;
        connection.pragma_update(None, "auto_vacuum", "INCREMENTAL")?;
        let stage = form.stage_of(&connection)?;
        while_busy(|| Ok(connection.pragma_update(None, "journal_mode", "WAL")?))?;
        // A killed program loses nothing; a power failure may lose the last transactions.
        connection.pragma_update(None, "synchronous", "NORMAL")?;
        if stage != Stage::Current {
            form.prepare(&mut connection)?;
        }
        Ok(Self { path, connection: Mutex::new(connection) })
    }

    /// Opens a file that cannot be written. It is taken for unchanging: a folder that takes no log
    /// lets no other process write either.
    pub(crate) fn open_unchanging(path: &Path, form: &Form) -> Result<Self> {
        let path = real_path(path)?;
        let name = path.to_str().ok_or(DatabaseFault::Foreign)?;
        let escaped = name.replace('%', "%25").replace('?', "%3f").replace('#', "%23");
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
            | OpenFlags::SQLITE_OPEN_URI
            | OpenFlags::SQLITE_OPEN_NO_MUTEX
            | OpenFlags::SQLITE_OPEN_NOFOLLOW;
        let connection = Connection::open_with_flags(format!("file:{escaped}?immutable=1"), flags)?;
        defend(&connection)?;
        match form.stage_of(&connection)? {
            Stage::Current => Ok(Self { path, connection: Mutex::new(connection) }),
            Stage::Empty | Stage::Outdated => Err(DatabaseFault::Foreign),
        }
    }

    /// What `query` answers.
    pub(crate) fn read<T>(
        &self,
        query: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T> {
        Ok(query(&self.lock())?)
    }

    /// Applies `change`, all of it or nothing.
    pub(crate) fn write<T>(
        &self,
        change: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>,
    ) -> Result<T> {
        let mut connection = self.lock();
        // The right to write is taken at once: to take it later could fail halfway.
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let changed = change(&transaction)?;
        transaction.commit()?;
        Ok(changed)
    }

    /// Drops all tables and creates them empty.
    pub(crate) fn rebuild(&self, form: &Form) -> Result<()> {
        self.write(|transaction| form.create(transaction))
    }

    /// Gives freed pages back to the file system and brings the log into the file.
    pub(crate) fn tidy(&self) -> Result<()> {
        self.read(|connection| {
            let mut vacuum = connection.prepare("PRAGMA incremental_vacuum")?;
            let mut steps = vacuum.query([])?;
            while steps.next()?.is_some() {}
            connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
        })
    }

    /// True if the file is shorter than its pages: it was cut.
    pub(crate) fn is_cut(&self) -> Result<bool> {
        let (pages, size): (i64, i64) = self.read(|connection| {
            let number = |pragma| connection.query_row(pragma, [], |row| row.get(0));
            Ok((number("PRAGMA page_count")?, number("PRAGMA page_size")?))
        })?;
        let log = beside(&self.path, "-wal");
        let has_log = std::fs::metadata(log).is_ok_and(|log| log.len() > 0);
        let bytes = std::fs::metadata(&self.path).map_or(0, |file| file.len());
        Ok(!has_log && bytes < (pages * size) as u64)
    }

    fn lock(&self) -> MutexGuard<'_, Connection> {
        // A panic elsewhere leaves no transaction open: it is rolled back when it is dropped.
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Removes a file with its log.
pub(crate) fn remove(path: &Path) -> std::io::Result<()> {
    for file in [path.to_owned(), beside(path, "-wal"), beside(path, "-shm")] {
        match std::fs::remove_file(&file) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

/// The file that SQLite puts next to `path`.
fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// `path` with its folder created, secured and free of links: SQLite follows none anywhere.
fn real_path(path: &Path) -> Result<PathBuf> {
    let parent = path.parent().unwrap_or(Path::new("."));
    // A folder that cannot be created or secured may still be read.
    let secured = folder::secure_folder(parent);
    match (secured, parent.canonicalize()) {
        (Err(fault @ (DatabaseFault::Owner | DatabaseFault::Link)), _) => Err(fault),
        (Err(fault), Err(_)) => Err(fault),
        (Ok(()), Err(error)) => Err(DatabaseFault::Folder(error)),
        (_, Ok(folder)) => Ok(folder.join(path.file_name().unwrap_or_default())),
    }
}

/// Repeats `attempt` while another process holds the file. SQLite itself does not wait where waiting
/// could end in a deadlock, and one such place is the change to a write-ahead log (SQLite,
/// `sqlite3_busy_handler`), which two programs that start at once both make.
fn while_busy<T>(mut attempt: impl FnMut() -> Result<T>) -> Result<T> {
    let deadline = Instant::now() + BUSY_TIMEOUT;
    loop {
        match attempt() {
            Err(DatabaseFault::Sqlite(error))
                if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy)
                    && Instant::now() < deadline =>
            {
                std::thread::sleep(BUSY_PAUSE);
            }
            result => return result,
        }
    }
}

/// Nothing that is in a file runs, and no value takes the memory.
fn defend(connection: &Connection) -> Result<()> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, LARGEST_VALUE)?;
    Ok(())
}

/// How a file relates to a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Current,
    Empty,
    Outdated,
}

impl Form {
    /// How the file relates to this form, as of one moment: another process may be creating it.
    fn stage_of(&self, connection: &Connection) -> Result<Stage> {
        let moment = connection.unchecked_transaction()?;
        self.stage(&moment)
    }

    fn stage(&self, connection: &Connection) -> Result<Stage> {
        let number = |pragma: &str| connection.query_row(pragma, [], |row| row.get::<_, i32>(0));
        let (application, version) =
            (number("PRAGMA application_id")?, number("PRAGMA user_version")?);
        if application == self.application {
            return match self.policy {
                _ if version == self.version => Ok(Stage::Current),
                Policy::Preserve { .. } if version > self.version => {
                    Err(DatabaseFault::Newer { found: version, known: self.version })
                }
                _ => Ok(Stage::Outdated),
            };
        }
        let tables = tables(connection)?;
        if application == 0 && tables.is_empty() {
            return Ok(Stage::Empty);
        }
        match self.policy {
            Policy::Preserve { unmarked }
                if application == 0
                    && version <= self.version
                    && unmarked.iter().all(|name| tables.iter().any(|table| table == name)) =>
            {
                Ok(Stage::Outdated)
            }
            _ => Err(DatabaseFault::Foreign),
        }
    }

    fn prepare(&self, connection: &mut Connection) -> Result<()> {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // Another process may have been quicker.
        if self.stage(&transaction)? != Stage::Current {
            self.create(&transaction)?;
        }
        transaction.commit()?;
        Ok(())
    }

    fn create(&self, transaction: &Transaction<'_>) -> rusqlite::Result<()> {
        if self.policy == Policy::Rebuild {
            for table in tables(transaction)? {
                transaction
                    .execute_batch(&format!("DROP TABLE \"{}\"", table.replace('"', "\"\"")))?;
            }
        }
        transaction.execute_batch(self.tables)?;
        transaction.pragma_update(None, "application_id", self.application)?;
        transaction.pragma_update(None, "user_version", self.version)
    }
}

fn tables(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut names = connection.prepare(
        "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite%'",
    )?;
    let names = names.query_map([], |row| row.get(0))?;
    names.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FORM: Form = Form {
        application: 0x1234_5678,
        version: 2,
        tables: "CREATE TABLE IF NOT EXISTS text (number INTEGER PRIMARY KEY, body BLOB);",
        policy: Policy::Rebuild,
    };
    const OWN: Form = Form { policy: Policy::Preserve { unmarked: &["text"] }, ..FORM };

    fn with(version: i32) -> Form {
        Form { version, ..FORM }
    }

    fn put(database: &Database) {
        database.write(|t| t.execute("INSERT INTO text VALUES (1, x'41')", [])).unwrap();
    }

    fn count(database: &Database) -> i64 {
        let query = "SELECT COUNT(*) FROM text";
        database.read(|c| c.query_row(query, [], |row| row.get(0))).unwrap()
    }

    #[test]
    fn other_version_is_rebuilt_only_by_policy() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        put(&Database::open(&path, &FORM).unwrap());
        assert_eq!(count(&Database::open(&path, &FORM).unwrap()), 1);
        assert_eq!(count(&Database::open(&path, &Form { version: 3, ..OWN }).unwrap()), 1);
        let newer = Database::open(&path, &OWN).unwrap_err();
        assert!(matches!(newer, DatabaseFault::Newer { found: 3, known: 2 }), "{newer:?}");
        assert_eq!(count(&Database::open(&path, &with(1)).unwrap()), 0);
    }

    #[test]
    fn foreign_files_are_refused_and_unchanged() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("other.db");
        let other = Connection::open(&path).unwrap();
        other.execute_batch("CREATE TABLE text (x); INSERT INTO text VALUES (1)").unwrap();
        drop(other);
        let before = std::fs::read(&path).unwrap();
        let fault = Database::open(&path, &FORM).unwrap_err();
        assert!(matches!(fault, DatabaseFault::Foreign), "{fault:?}");
        assert_eq!(std::fs::read(&path).unwrap(), before);
        // The same file from before there was an application id is recognised by its tables.
        assert_eq!(count(&Database::open(&path, &OWN).unwrap()), 1);
    }

    #[test]
    fn views_and_triggers_of_a_file_never_run() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        drop(Database::open(&path, &FORM).unwrap());
        let raw = Connection::open(&path).unwrap();
        raw.execute_batch(
            "CREATE TABLE log (x); CREATE TRIGGER t AFTER INSERT ON text BEGIN
             INSERT INTO log VALUES (1); END;
             CREATE VIEW endless AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x FROM n)
             SELECT x FROM n;",
        )
        .unwrap();
        drop(raw);
        let database = Database::open(&path, &FORM).unwrap();
        put(&database);
        let logged = "SELECT COUNT(*) FROM log";
        let logged: i64 = database.read(|c| c.query_row(logged, [], |row| row.get(0))).unwrap();
        assert_eq!(logged, 0);
        let endless = "SELECT COUNT(*) FROM endless";
        assert!(database.read(|c| c.query_row(endless, [], |row| row.get::<_, i64>(0))).is_err());
    }

    #[test]
    fn freed_pages_are_given_back() {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::open(&folder.path().join("a.db"), &FORM).unwrap();
        let bytes = || std::fs::metadata(&database.path).unwrap().len();
        database
            .write(|t| t.execute("INSERT INTO text VALUES (1, zeroblob(4000000))", []))
            .unwrap();
        database.tidy().unwrap();
        let full = bytes();
        database.write(|t| t.execute("DELETE FROM text", [])).unwrap();
        database.tidy().unwrap();
        assert!(full > 4_000_000 && bytes() < full / 20, "{full} {}", bytes());
    }

    #[cfg(unix)]
    #[test]
    fn files_and_folders_are_for_their_owner_and_links_are_refused() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let own = folder.path().join("own");
        std::fs::create_dir(&own).unwrap();
        std::fs::set_permissions(&own, PermissionsExt::from_mode(0o755)).unwrap();
        let path = own.join("a.db");
        std::fs::write(&path, "").unwrap();
        std::fs::set_permissions(&path, PermissionsExt::from_mode(0o644)).unwrap();
        let database = Database::open(&path, &FORM).unwrap();
        put(&database);
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&own), 0o700);
        for file in std::fs::read_dir(&own).unwrap() {
            assert_eq!(mode(&file.unwrap().path()), 0o600);
        }
        let link = own.join("link.db");
        symlink(&path, &link).unwrap();
        assert!(matches!(Database::open(&link, &FORM).unwrap_err(), DatabaseFault::Link));
    }
}
