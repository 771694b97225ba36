//! What can stop the program, and what cannot. An [`Error`] names the path it is about and ends the
//! command; a [`Warning`] is kept with the document or the library and the rest goes on. What to do
//! about an error is said at the edge, by the binary.

mod fetch_fault;
mod malformation;
mod warning;

use std::path::PathBuf;

use serde::Serialize;

pub use fetch_fault::FetchFault;
pub use malformation::Malformation;
pub use warning::Warning;

/// A result whose error names its path.
pub type Result<T> = std::result::Result<T, Error>;

/// What ends a command.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file or folder that is not there, or that may not be read.
    #[error("{}: {source}", path.display())]
    Read {
        /// The path as it was given.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file that could not be written.
    #[error("{}: {source}", path.display())]
    Write {
        /// The path.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A page that could not be brought from the web.
    #[error("{address}: {reason}")]
    Fetch {
        /// Its address.
        address: String,
        /// What went wrong.
        reason: FetchFault,
    },
    /// An address, in a program that was built without fetching.
    #[error("{address}: this wenmai was built without fetching")]
    FetchDisabled {
        /// The address.
        address: String,
    },
    /// A file without a single byte of text.
    #[error("{}: the file is empty", path.display())]
    Empty {
        /// The file.
        path: PathBuf,
    },
    /// A file whose bytes are no text in any encoding we know.
    #[error("{}: not a text ({what})", path.display())]
    NotText {
        /// The file.
        path: PathBuf,
        /// What it seems to be.
        what: NotText,
    },
    /// A file of a known kind that cannot be read.
    #[error("{}: {reason}", path.display())]
    Refused {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: Refusal,
    },
    /// A file above the limit of size.
    #[error("{}: {bytes} bytes are more than the limit of {limit}", path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// Its size in bytes.
        bytes: u64,
        /// The limit in bytes.
        limit: u64,
    },
    /// A file of settings, a lexicon or the like that is larger than any.
    #[error("{}: more than {limit} bytes, the most that such a file has", path.display())]
    OwnFileTooLarge {
        /// The file.
        path: PathBuf,
        /// The limit in bytes.
        limit: u64,
    },
    /// A file that could not be read before and has not changed since.
    #[error("{message}")]
    Remembered {
        /// The file.
        path: PathBuf,
        /// The message of then, which names the file.
        message: String,
    },
    /// A folder in which nothing could be opened.
    #[error("{}: no text that can be read", path.display())]
    NothingReadable {
        /// The folder.
        path: PathBuf,
    },
    /// A configuration, lexicon or other file of ours that the user wrote, with the place.
    #[error("{}:{line}:{column}: {message}", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// Line, from 1.
        line: usize,
        /// Column in characters, from 1.
        column: usize,
        /// What is wrong there.
        message: Malformation,
    },
    /// The cache of a library cannot be used; the sources can be read instead.
    #[error("{}: {fault}", path.display())]
    Cache {
        /// The file of the cache.
        path: PathBuf,
        /// Why not.
        fault: DatabaseFault,
    },
    /// The user's annotations cannot be read or written.
    #[error("{}: {fault}", path.display())]
    Annotations {
        /// The file.
        path: PathBuf,
        /// Why not.
        fault: DatabaseFault,
    },
}

impl Error {
    /// True if the cache cannot be used, and the sources have to be read instead.
    pub fn is_about_cache(&self) -> bool {
        matches!(self, Self::Cache { .. })
    }

    /// True if the cache does not hold what was written, and has to be rebuilt.
    pub fn is_damaged_cache(&self) -> bool {
        matches!(self, Self::Cache { fault, .. } if fault.is_damage())
    }

    /// The path it is about; of a page on the web its address.
    pub fn path(&self) -> &std::path::Path {
        match self {
            Self::Fetch { address, .. } | Self::FetchDisabled { address } => {
                std::path::Path::new(address)
            }
            Self::Read { path, .. }
            | Self::Write { path, .. }
            | Self::Empty { path }
            | Self::NotText { path, .. }
            | Self::Refused { path, .. }
            | Self::TooLarge { path, .. }
            | Self::OwnFileTooLarge { path, .. }
            | Self::Remembered { path, .. }
            | Self::NothingReadable { path }
            | Self::Malformed { path, .. }
            | Self::Cache { path, .. }
            | Self::Annotations { path, .. } => path,
        }
    }

    /// The same error with `respell` applied to the path of a file of the library.
    #[must_use]
    pub fn respelled(mut self, respell: impl Fn(&std::path::Path) -> PathBuf) -> Self {
        match &mut self {
            Self::Read { path, .. }
            | Self::Empty { path }
            | Self::NotText { path, .. }
            | Self::Refused { path, .. }
            | Self::TooLarge { path, .. }
            | Self::OwnFileTooLarge { path, .. }
            | Self::NothingReadable { path } => *path = respell(path),
            Self::Remembered { path, message } => {
                let shown = respell(path);
                if let Some(reason) = message.strip_prefix(&path.display().to_string()) {
                    *message = format!("{}{reason}", shown.display());
                }
                *path = shown;
            }
            Self::Write { .. }
            | Self::Fetch { .. }
            | Self::FetchDisabled { .. }
            | Self::Malformed { .. }
            | Self::Cache { .. }
            | Self::Annotations { .. } => {}
        }
        self
    }
}

/// Why a database of the program cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DatabaseFault {
    /// Its folder or file cannot be created, secured or removed.
    #[error("{0}")]
    Folder(std::io::Error),
    /// A link is in its place.
    #[error("a symbolic link")]
    Link,
    /// It belongs to another user.
    #[error("belongs to another user")]
    Owner,
    /// A file of something else is in its place.
    #[error("not created by wenmai")]
    Foreign,
    /// A newer version of the program wrote it.
    #[error("written by a newer wenmai (format {found}, this one knows {known})")]
    Newer {
        /// The version of its tables.
        found: i32,
        /// The newest version that is known.
        known: i32,
    },
    /// It does not hold what was written.
    #[error("damaged")]
    Damaged,
    /// SQLite refuses.
    #[error("{0}")]
    Sqlite(#[from] rusqlite::Error),
}

impl From<std::io::Error> for Error {
    /// A file without a name, for what does not fit into memory.
    fn from(source: std::io::Error) -> Self {
        Self::Write { path: std::env::temp_dir(), source }
    }
}

impl DatabaseFault {
    /// True if the contents are of no use any more: a file that can be rebuilt has to be.
    pub fn is_damage(&self) -> bool {
        use rusqlite::ErrorCode::{DatabaseCorrupt, NotADatabase, Unknown};
        match self {
            Self::Damaged => true,
            // Unknown is SQLITE_ERROR: a table is missing or is none.
            Self::Sqlite(error) => error
                .sqlite_error_code()
                .map_or(matches!(error, rusqlite::Error::InvalidColumnType(..)), |code| {
                    matches!(code, DatabaseCorrupt | NotADatabase | Unknown)
                }),
            _ => false,
        }
    }
}

/// Why a file of a known kind cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, serde::Deserialize, thiserror::Error)]
pub enum Refusal {
    /// It opens only with a password.
    #[error("it needs a password")]
    NeedsPassword,
    /// Rights management: only the program that sold it can decrypt it.
    #[error("it is encrypted")]
    Encrypted,
    /// Its parts are not what its format says.
    #[error("it is damaged")]
    Damaged,
    /// It is whole and holds no text.
    #[error("it holds no text")]
    NoText,
    /// Its pages are pictures.
    #[error("its pages are only pictures")]
    OnlyPictures,
    /// Its fonts draw characters and do not say which.
    #[error("its fonts do not say which characters they draw")]
    NoCharacterMap,
    /// Reading it took longer than it may.
    #[error("reading it takes too long")]
    TookTooLong,
    /// Reading it needs more memory than it may.
    #[error("reading it needs too much memory")]
    TooMuchMemory,
    /// The worker process that read it ended.
    #[error("its reader failed")]
    ReaderFailed,
    /// A table, none of whose columns holds texts.
    #[error("none of its columns holds a text: {0}")]
    NoTextColumn(String),
    /// References to texts, and no text: BibTeX, RIS, CSL-JSON, RDF.
    #[error("a list of references, not a text")]
    ReferenceList,
    /// A board of an editor of notes.
    #[error("a canvas, not a text")]
    Canvas,
    /// A file of a known kind that holds no text of this program's concern.
    #[error("{0} files are not read")]
    Unsupported(String),
}

impl Refusal {
    /// Its name in the texts of the interface.
    pub fn key(&self) -> &'static str {
        match self {
            Self::NeedsPassword => "needs-password",
            Self::Encrypted => "encrypted",
            Self::Damaged => "damaged",
            Self::NoText => "no-text",
            Self::OnlyPictures => "only-pictures",
            Self::NoCharacterMap => "no-character-map",
            Self::TookTooLong => "took-too-long",
            Self::TooMuchMemory => "too-much-memory",
            Self::ReaderFailed => "reader-failed",
            Self::NoTextColumn(_) => "no-text-column",
            Self::ReferenceList => "reference-list",
            Self::Canvas => "canvas",
            Self::Unsupported(_) => "unsupported",
        }
    }

    /// What its message names: columns, a kind of file.
    pub fn detail(&self) -> Option<&str> {
        match self {
            Self::NoTextColumn(detail) | Self::Unsupported(detail) => Some(detail),
            _ => None,
        }
    }

    /// Every reason, with `detail` where it names something.
    pub fn all(detail: &str) -> [Self; 13] {
        [
            Self::NeedsPassword,
            Self::Encrypted,
            Self::Damaged,
            Self::NoText,
            Self::OnlyPictures,
            Self::NoCharacterMap,
            Self::TookTooLong,
            Self::TooMuchMemory,
            Self::ReaderFailed,
            Self::NoTextColumn(detail.to_owned()),
            Self::ReferenceList,
            Self::Canvas,
            Self::Unsupported(detail.to_owned()),
        ]
    }
}

/// What a file without text seems to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, serde::Deserialize, thiserror::Error)]
pub enum NotText {
    /// PNG, JPEG, GIF.
    #[error("an image")]
    Image,
    /// A program.
    #[error("a program")]
    Program,
    /// An archive that has to be unpacked first: bzip2, xz, 7z, RAR.
    #[error("an archive: unpack it first")]
    Archive,
    /// A database.
    #[error("a database")]
    Database,
    /// Its bytes make sense in no known encoding.
    #[error("its bytes make sense in no known encoding")]
    NoEncoding,
    /// What was read as a feed is neither RSS nor Atom.
    #[error("no feed in RSS or Atom")]
    NoFeed,
}

impl NotText {
    /// Every kind.
    pub const ALL: [Self; 6] =
        [Self::Image, Self::Program, Self::Archive, Self::Database, Self::NoEncoding, Self::NoFeed];

    /// Its name in the texts of the interface.
    pub fn key(self) -> &'static str {
        match self {
            Self::Image => "image",
            Self::Program => "program",
            Self::Archive => "archive",
            Self::Database => "database",
            Self::NoEncoding => "no-encoding",
            Self::NoFeed => "no-feed",
        }
    }
}

/// Why a file could not be read, as the cache keeps it until the file changes.
#[derive(Serialize, serde::Deserialize)]
enum Failure {
    Refused(Refusal),
    NotText(NotText),
    Empty,
    TooLarge(u64, u64),
}

/// Marks a failure in its form in the cache; no message begins with it.
const PACKED: char = '\u{1}';

impl Error {
    /// Its form in the cache; of what is not about the file itself the message.
    pub(crate) fn packed(&self) -> String {
        let failure = match self {
            Self::Refused { reason, .. } => Failure::Refused(reason.clone()),
            Self::NotText { what, .. } => Failure::NotText(*what),
            Self::Empty { .. } => Failure::Empty,
            Self::TooLarge { bytes, limit, .. } => Failure::TooLarge(*bytes, *limit),
            _ => return self.to_string(),
        };
        format!("{PACKED}{}", serde_json::to_string(&failure).unwrap_or_default())
    }

    /// The error about the file `path` that [`Error::packed`] gave this form.
    pub(crate) fn unpacked(form: &str, path: PathBuf) -> Self {
        let failure = form.strip_prefix(PACKED).and_then(|form| serde_json::from_str(form).ok());
        match failure {
            Some(Failure::Refused(reason)) => Self::Refused { path, reason },
            Some(Failure::NotText(what)) => Self::NotText { path, what },
            Some(Failure::Empty) => Self::Empty { path },
            Some(Failure::TooLarge(bytes, limit)) => Self::TooLarge { path, bytes, limit },
            None => Self::Remembered { path, message: form.to_owned() },
        }
    }
}

/// Line and column, both from 1, the column in characters, of a byte of `text`.
pub fn place_of(text: &str, byte: usize) -> (usize, usize) {
    let before = text.get(..byte).unwrap_or(text);
    let line = before.rsplit('\n').next().unwrap_or_default();
    (before.matches('\n').count() + 1, line.chars().count() + 1)
}
