//! The tables of a store, and how its file is opened.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};

/// Raised with every change of the tables; a store of another number is begun anew.
const VERSION: i64 = 3;

const TABLES: &str = "
    CREATE TABLE file (
        number INTEGER PRIMARY KEY,
        path BLOB NOT NULL UNIQUE,
        size INTEGER NOT NULL,
        modified INTEGER NOT NULL,
        hash BLOB NOT NULL,
        failure TEXT
    );
    -- A number is never given twice: who knows an old text's number must not get a new text.
    CREATE TABLE text (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        file INTEGER NOT NULL,
        nth INTEGER NOT NULL,
        card BLOB NOT NULL,
        body BLOB NOT NULL,
        UNIQUE (file, nth)
    );
    -- What a text offers as themes, which takes longest to find out.
    CREATE TABLE terms (text INTEGER PRIMARY KEY, value BLOB NOT NULL);
    CREATE TABLE kept (name TEXT PRIMARY KEY, value BLOB NOT NULL);
";

/// How long one reader waits for another one's transaction, in milliseconds.
const PATIENCE: u64 = 10_000;

/// Opens the file at `path`, made where it is missing, with the tables of this version.
pub(super) fn open_to_write(path: &Path) -> rusqlite::Result<Connection> {
    let mut connection = Connection::open(path)?;
    connection.busy_timeout(std::time::Duration::from_millis(PATIENCE))?;
    connection.pragma_update(None, "page_size", 8192)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    // A power failure may lose the last transactions, which are made again, and nothing else.
    connection.pragma_update(None, "synchronous", "NORMAL")?;
    if version(&connection)? != VERSION {
        let transaction =
            connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        // Another reader may have been quicker.
        if version(&transaction)? != VERSION {
            transaction.execute_batch(
                "DROP TABLE IF EXISTS file; DROP TABLE IF EXISTS text;
                 DROP TABLE IF EXISTS terms; DROP TABLE IF EXISTS kept;",
            )?;
            transaction.execute_batch(TABLES)?;
            transaction.pragma_update(None, "user_version", VERSION)?;
        }
        transaction.commit()?;
    }
    Ok(connection)
}

/// Opens a store that cannot be written, or `None` where it is none of this version. It is taken
/// for unchanging: a folder that takes no log lets no other reader write either.
pub(super) fn open_to_read(path: &Path) -> Option<Connection> {
    let escaped = path.to_str()?.replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
    let connection =
        Connection::open_with_flags(format!("file:{escaped}?immutable=1"), flags).ok()?;
    (version(&connection).ok()? == VERSION).then_some(connection)
}

fn version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.query_row("PRAGMA user_version", [], |row| row.get(0))
}

/// A path as the store has it: on Unix any bytes are a name.
#[cfg(unix)]
pub(super) fn bytes_of(path: &Path) -> Vec<u8> {
    use std::os::unix::ffi::OsStrExt;
    path.as_os_str().as_bytes().to_vec()
}

#[cfg(unix)]
pub(super) fn path_from(bytes: Vec<u8>) -> PathBuf {
    use std::os::unix::ffi::OsStringExt;
    std::ffi::OsString::from_vec(bytes).into()
}

/// A path as the store has it: names elsewhere are UTF-16, nearly always well-formed.
#[cfg(not(unix))]
pub(super) fn bytes_of(path: &Path) -> Vec<u8> {
    path.to_string_lossy().into_owned().into_bytes()
}

#[cfg(not(unix))]
pub(super) fn path_from(bytes: Vec<u8>) -> PathBuf {
    String::from_utf8_lossy(&bytes).into_owned().into()
}
