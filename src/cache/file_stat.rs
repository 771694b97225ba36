//! What the cache knows of a file and its texts, and what is written of one.

use std::path::PathBuf;

/// What shows whether a file has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileStat {
    /// Its size in bytes.
    pub size: u64,
    /// When it was last written, in nanoseconds since 1970; 0 where the system does not say.
    pub modified: i64,
}

/// A file that the cache has read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownFile {
    /// Its number.
    pub number: i64,
    /// What it looked like then.
    pub stat: FileStat,
    /// The hash of its bytes (BLAKE3).
    pub hash: Vec<u8>,
    /// Why it could not be read, where it could not.
    pub failure: Option<String>,
}

/// What came of reading a file, ready to be written.
#[derive(Debug)]
pub struct ReadFile {
    /// The file.
    pub path: PathBuf,
    /// What it looked like.
    pub stat: FileStat,
    /// The hash of its bytes.
    pub hash: Vec<u8>,
    /// Its documents, or why it has none.
    pub outcome: std::result::Result<Vec<Packed>, String>,
}

/// A document as the cache has it.
#[derive(Debug)]
pub struct Packed {
    /// Its summary.
    pub summary: Vec<u8>,
    /// All of it.
    pub body: Vec<u8>,
}

/// A text in the cache.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoredText {
    /// Its number.
    pub number: i64,
    /// The beginning of the hash of its body.
    pub checksum: u64,
}
