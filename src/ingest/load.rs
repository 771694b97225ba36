//! Loading: from a path to the bytes of a file, and from a folder to the files in it. First stage
//! of the line; what the bytes mean is no matter here.
//!
//! One rule for links, also those that lead out of the folder: a link is followed as if what it points to lay in its place. A file that is reached twice is
//! read once, under the first of its paths in order, and a link back into its own folder is
//! skipped. Only regular files are read: opening a pipe or a device could wait for ever.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::Options;
use crate::error::{Error, Result};

/// The bytes of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawFile {
    /// Where they lie.
    pub path: PathBuf,
    /// All of them.
    pub bytes: Cow<'static, [u8]>,
}

/// Reads the file at `path` whole.
///
/// # Errors
/// The file is missing, may not be read, is no regular file, is empty, or has more than
/// `options.largest` bytes.
pub(super) fn load(path: &Path, options: &Options) -> Result<RawFile> {
    let failed = |source| Error::Read { path: path.to_owned(), source };
    // The metadata come first: to open a pipe is to wait for its other end.
    let metadata = std::fs::metadata(path).map_err(failed)?;
    if !metadata.is_file() {
        return Err(failed(io::Error::other("neither a regular file nor a folder")));
    }
    let too_large =
        |bytes| Error::TooLarge { path: path.to_owned(), bytes, limit: options.largest };
    if metadata.len() > options.largest {
        return Err(too_large(metadata.len()));
    }
    let mut bytes = Vec::with_capacity(metadata.len() as usize);
    let file = File::open(path).map_err(failed)?;
    // A file may grow while it is read.
    file.take(options.largest.saturating_add(1)).read_to_end(&mut bytes).map_err(failed)?;
    match bytes.len() as u64 {
        0 => Err(Error::Empty { path: path.to_owned() }),
        read if read > options.largest => Err(too_large(read)),
        _ => Ok(RawFile { path: path.to_owned(), bytes: Cow::Owned(bytes) }),
    }
}

/// The files of a library.
#[derive(Debug, Default)]
pub struct FileList {
    /// Paths of files that are worth a try, in order of their names.
    pub files: Vec<PathBuf>,
    /// What could not be looked at, and what is no file.
    pub skipped: Vec<Error>,
}

/// The files below `folder`, hidden ones and the parts of saved web pages (images, scripts, style
/// sheets) left out.
pub(super) fn find(folder: &Path) -> FileList {
    let mut found = FileList::default();
    let walk = WalkDir::new(folder).follow_links(true).sort_by_file_name();
    let is_wanted = |entry: &walkdir::DirEntry| {
        entry.depth() == 0
            || !(is_hidden(entry) || entry.file_type().is_dir() && is_page_folder(entry.path()))
    };
    for entry in walk.into_iter().filter_entry(is_wanted) {
        match entry {
            Ok(entry) if entry.file_type().is_dir() || is_page_part(entry.path()) => {}
            Ok(entry) => found.files.push(entry.into_path()),
            Err(error) => found.skipped.push(refused(folder, error)),
        }
    }
    found
}

fn is_hidden(entry: &walkdir::DirEntry) -> bool {
    entry.file_name().to_str().is_some_and(|name| name.starts_with('.'))
}

/// Endings of what a browser saves beside a page, and of what is never a text.
const PAGE_PARTS: [&str; 21] = [
    "png", "jpg", "jpeg", "gif", "webp", "ico", "svg", "bmp", "css", "js", "map", "woff", "woff2",
    "ttf", "eot", "mp3", "mp4", "swf", "avi", "flv", "toml",
];

/// Endings of the folders in which browsers save what a page needs, by the language of the browser.
const PAGE_FOLDERS: [&str; 4] = ["_files", ".files", "_file", "_Dateien"];
/// Endings of the page beside it.
const PAGES: [&str; 6] = ["html", "htm", "shtml", "xhtml", "mht", "HTM"];

/// The page of which `folder` is a part by its name, without ending.
fn page_stem(folder: &Path) -> Option<PathBuf> {
    let name = folder.file_name()?.to_str()?;
    let stem = PAGE_FOLDERS.iter().find_map(|end| name.strip_suffix(end))?;
    (!stem.is_empty()).then(|| folder.with_file_name(stem))
}

/// True for a folder of scripts, frames and images beside the page that it belongs to.
fn is_page_folder(folder: &Path) -> bool {
    let Some(stem) = page_stem(folder) else { return false };
    PAGES.iter().any(|ending| with_ending(&stem, ending).is_file())
}

fn with_ending(stem: &Path, ending: &str) -> PathBuf {
    let mut name = stem.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}

/// The same among the members of an archive.
pub(super) struct PageFolders(HashSet<PathBuf>);

impl PageFolders {
    /// The pages among `files`.
    pub(super) fn of<'p>(files: impl Iterator<Item = &'p Path>) -> Self {
        let is_page = |path: &&Path| {
            let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
            PAGES.iter().any(|page| page.eq_ignore_ascii_case(ending))
        };
        Self(files.filter(is_page).map(|path| path.with_extension("")).collect())
    }

    /// True where `file` lies in the folder of a page.
    pub(super) fn hold(&self, file: &Path) -> bool {
        let above = file.ancestors().skip(1);
        above.filter_map(page_stem).any(|stem| self.0.contains(&stem))
    }
}

pub(super) fn is_page_part(path: &Path) -> bool {
    let ending = path.extension().and_then(|e| e.to_str()).unwrap_or_default();
    PAGE_PARTS.iter().any(|part| part.eq_ignore_ascii_case(ending))
}

fn refused(folder: &Path, error: walkdir::Error) -> Error {
    let path = error.path().unwrap_or(folder).to_owned();
    let source = match error.loop_ancestor() {
        Some(above) => {
            io::Error::other(format!("a link back to {}, which it lies in", above.display()))
        }
        None => error.into_io_error().unwrap_or_else(|| io::Error::other("cannot be looked at")),
    };
    Error::Read { path, source }
}

/// `paths` without those that lead to a file already there.
pub(super) fn distinct(paths: Vec<PathBuf>) -> Vec<PathBuf> {
    let mut seen = HashSet::new();
    paths.into_iter().filter(|path| identity(path).is_none_or(|file| seen.insert(file))).collect()
}

/// What is the same for all paths that lead to one file.
#[cfg(unix)]
fn identity(path: &Path) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata(path).ok().map(|file| (file.dev(), file.ino()))
}

/// What is the same for all paths that lead to one file.
#[cfg(not(unix))]
fn identity(path: &Path) -> Option<PathBuf> {
    path.canonicalize().ok()
}
