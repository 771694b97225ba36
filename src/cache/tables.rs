//! The tables of a cache, and paths as it stores them.

use std::path::{Path, PathBuf};

use crate::database::{Form, Policy};

pub(super) const FORM: Form = Form {
    // "wmca"
    application: 0x776D_6361,
    version: 2,
    tables: TABLES,
    policy: Policy::Rebuild,
};

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
        summary BLOB NOT NULL,
        body BLOB NOT NULL,
        UNIQUE (file, nth)
    );
    -- What a text offers as themes, which takes longest to find out.
    CREATE TABLE terms (text INTEGER PRIMARY KEY, value BLOB NOT NULL);
    -- Fingerprints of shared text, in blocks of neighbouring hashes, by the first.
    CREATE TABLE fingerprint (first INTEGER PRIMARY KEY, value BLOB NOT NULL);
    CREATE TABLE value (name TEXT PRIMARY KEY, value BLOB NOT NULL);
";

/// A path as bytes: on Unix any bytes are a name.
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

/// A path as bytes: names elsewhere are UTF-16, nearly always well-formed.
#[cfg(not(unix))]
pub(super) fn bytes_of(path: &Path) -> Vec<u8> {
    path.to_string_lossy().into_owned().into_bytes()
}

#[cfg(not(unix))]
pub(super) fn path_from(bytes: Vec<u8>) -> PathBuf {
    String::from_utf8_lossy(&bytes).into_owned().into()
}
