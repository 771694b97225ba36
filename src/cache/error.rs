//! Why a store cannot be used, and what that means for it.

use std::path::PathBuf;

/// A result of the store.
pub type Result<T> = std::result::Result<T, CacheError>;

/// Why a store cannot be used. Whoever gets it reads the sources instead.
#[derive(Debug, thiserror::Error)]
pub enum CacheError {
    /// The folder cannot be made, or the file not removed.
    #[error("{}: {said}", path.display())]
    Folder {
        /// The folder or file.
        path: PathBuf,
        /// What the system said.
        said: std::io::Error,
    },
    /// SQLite refuses.
    #[error("{}: {said}", path.display())]
    Database {
        /// The store.
        path: PathBuf,
        /// What SQLite said.
        said: rusqlite::Error,
    },
    /// What stands there is not what was written.
    #[error("{}: damaged", path.display())]
    Damaged {
        /// The store.
        path: PathBuf,
    },
}

impl CacheError {
    /// True where the store must be thrown away before it can be used again.
    pub fn is_damage(&self) -> bool {
        use rusqlite::ErrorCode::{DatabaseCorrupt, NotADatabase};
        match self {
            Self::Damaged { .. } => true,
            Self::Database { said, .. } => said
                .sqlite_error_code()
                .is_some_and(|code| matches!(code, DatabaseCorrupt | NotADatabase)),
            Self::Folder { .. } => false,
        }
    }
}
