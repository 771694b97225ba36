//! A report as it is written into a file or a pipe. It can only be made of the types through which every
//! foreign text goes ([`wenmai::text::markup`]), of JSON that escapes, and of guarded plain text: a
//! command that would write a raw text does not compile.

use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;
use wenmai::error::Error;
use wenmai::export::Docx;
use wenmai::text::markup::{Csv, Html, Markdown};

use super::guard::{guarded, write_json};

/// The bytes of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ExportFile(Vec<u8>);

impl ExportFile {
    /// `value` as JSON.
    pub(crate) fn json(value: &impl Serialize) -> io::Result<Self> {
        let mut bytes = Vec::new();
        write_json(value, &mut bytes)?;
        Ok(Self(bytes))
    }

    /// Plain text, without what must not reach a terminal.
    pub(crate) fn plain(text: &str) -> Self {
        Self(guarded(text).into_owned().into_bytes())
    }

    /// Its bytes.
    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Writes it to `path`. A file that is there is replaced once the new one is complete; a link is
    /// replaced itself and never followed; a device or a pipe is written into.
    ///
    /// # Errors
    /// It cannot be written; what was at `path` is untouched.
    pub(crate) fn save(&self, path: &Path) -> Result<(), Error> {
        self.replace(path).map_err(|source| Error::Write { path: path.to_owned(), source })
    }

    fn replace(&self, path: &Path) -> io::Result<()> {
        let found = std::fs::symlink_metadata(path);
        if found.as_ref().is_ok_and(|found| found.is_dir()) {
            return Err(ErrorKind::IsADirectory.into());
        }
        if found.is_ok_and(|found| !found.is_file() && !found.is_symlink()) {
            return OpenOptions::new().write(true).open(path)?.write_all(&self.0);
        }
        let (mut file, beside) = new_file_beside(path)?;
        let written = file.write_all(&self.0).and_then(|()| file.sync_all());
        drop(file);
        let written = written.and_then(|()| std::fs::rename(&beside, path));
        if written.is_err() {
            // Half a report is worse than none.
            let _ = std::fs::remove_file(&beside);
        }
        written
    }
}

/// Names that are tried for a file beside another.
const NAMES: u32 = 1000;

/// A new file in the folder of `path`, which another program may also be writing to.
fn new_file_beside(path: &Path) -> io::Result<(File, PathBuf)> {
    let name = path.file_name().ok_or(ErrorKind::InvalidFilename)?.to_string_lossy();
    for number in 0..NAMES {
        let own = std::process::id();
        let beside = path.with_file_name(format!(".{name}.{own}-{number}.part"));
        match File::create_new(&beside) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            made => return Ok((made?, beside)),
        }
    }
    Err(ErrorKind::AlreadyExists.into())
}

impl From<Html> for ExportFile {
    fn from(page: Html) -> Self {
        Self(String::from(page).into_bytes())
    }
}

impl From<Markdown> for ExportFile {
    fn from(text: Markdown) -> Self {
        Self(String::from(text).into_bytes())
    }
}

impl From<Csv> for ExportFile {
    fn from(table: Csv) -> Self {
        Self(table.to_string().into_bytes())
    }
}

impl From<Docx> for ExportFile {
    fn from(document: Docx) -> Self {
        Self(document.as_bytes().to_vec())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_replaces_a_file_and_leaves_nothing_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("r.txt");
        for text in ["一二三\n", "四\x1B[2J\n"] {
            ExportFile::plain(text).save(&path).unwrap();
        }
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "四\n");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        assert!(ExportFile::plain("").save(folder.path()).is_err());
        assert!(ExportFile::plain("").save(&folder.path().join("none/r.txt")).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_replaced_and_a_device_is_written_into() {
        let folder = tempfile::tempdir().unwrap();
        let (own, link) = (folder.path().join("own.txt"), folder.path().join("r.txt"));
        std::fs::write(&own, "own").unwrap();
        std::os::unix::fs::symlink(&own, &link).unwrap();
        ExportFile::plain("report").save(&link).unwrap();
        assert_eq!(std::fs::read_to_string(&own).unwrap(), "own");
        assert_eq!(std::fs::read_to_string(&link).unwrap(), "report");
        ExportFile::plain("report").save(Path::new("/dev/null")).unwrap();
        assert!(!std::fs::symlink_metadata("/dev/null").unwrap().is_file());
    }
}
