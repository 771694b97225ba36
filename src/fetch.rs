//! Acquiring: from an address on the web, a feed, or a file somewhere, to a page in the folder of a
//! library. It comes before the pipeline: what is saved here is loaded later. The bytes are
//! kept as they came; a page of the web only learns where it came from, as browsers write it.

#[cfg(not(feature = "fetch"))]
mod disabled;
#[cfg(feature = "fetch")]
mod download;
#[cfg(feature = "fetch")]
mod feed;
mod file_name;
mod page;
#[cfg(feature = "fetch")]
mod reach;

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

#[cfg(not(feature = "fetch"))]
pub use disabled::{entries, fetch};
#[cfg(feature = "fetch")]
pub use download::fetch;
#[cfg(feature = "fetch")]
pub use feed::entries;
pub use page::{Fetched, Limits, Reach};

use crate::error::{Error, Result};
use crate::ingest::{self, Options, RawFile, documents, origin};

/// True for what is meant as an address rather than as a path.
pub fn is_address(text: &str) -> bool {
    let scheme = text.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
    matches!(scheme.as_deref(), Some("http" | "https"))
}

/// `source`, an address or a path, as it may be repeated: without a name and password.
pub fn without_password(source: &str) -> String {
    let Some((scheme, rest)) = source.split_once("://").filter(|_| is_address(source)) else {
        return source.to_owned();
    };
    let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
    let host = rest.get(..end).and_then(|server| server.rsplit_once('@')).map(|(_, host)| host);
    match host {
        Some(host) => format!("{scheme}://{host}{}", rest.get(end..).unwrap_or_default()),
        None => source.to_owned(),
    }
}

/// A page in a library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// Where it lies.
    pub path: PathBuf,
    /// Its title.
    pub title: String,
    /// Whether it came only now.
    pub outcome: SaveOutcome,
}

/// Whether a page came only now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SaveOutcome {
    /// It did.
    New,
    /// The same page lay there already.
    Known,
}

/// Brings the page at `address` into `folder`.
///
/// # Errors
/// It cannot be fetched within `limits`, it is no text, or it cannot be written.
pub fn save_page(
    address: &str,
    folder: &Path,
    (limits, options): (&Limits, &Options),
) -> Result<Saved> {
    let Fetched { address, media, bytes, .. } = fetch(address, limits)?;
    let ending = file_name::ending_of_page(media.as_deref(), &address);
    let name = file_name::name_of_address(&address);
    let source = Path::new(&address);
    let bytes = if ending == "html" { origin::mark(bytes, &address) } else { bytes };
    save(Source { path: source, name: &name, ending: &ending, bytes }, folder, options)
}

/// Copies the file at `path` into `folder`.
///
/// # Errors
/// It cannot be read, it is no text, or it cannot be written.
pub fn save_file(path: &Path, folder: &Path, options: &Options) -> Result<Saved> {
    if path.is_dir() {
        let source = io::Error::other("a folder; name the files in it");
        return Err(Error::Read { path: path.to_owned(), source });
    }
    let raw = ingest::load(path, options)?;
    let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let ending = file_name::ending_of_file(path);
    let bytes = raw.bytes.into_owned();
    save(Source { path, name: &name, ending: &ending, bytes }, folder, options)
}

/// What is to be saved.
struct Source<'s> {
    /// Where it comes from: a path or an address.
    path: &'s Path,
    /// What to call it where it has no title of its own.
    name: &'s str,
    ending: &'s str,
    bytes: Vec<u8>,
}

fn save(source: Source<'_>, folder: &Path, options: &Options) -> Result<Saved> {
    // It is read as it will be read from the library, also to learn its title.
    let path = folder.join("page").with_extension(source.ending);
    let raw = RawFile { path, bytes: source.bytes.into() };
    let read = documents(raw.clone(), options).map_err(|error| about(error, source.path))?;
    let title = match read.as_slice() {
        [one] => one.metadata.title.clone(),
        [] => return Err(Error::Empty { path: source.path.to_owned() }),
        _ => source.name.to_owned(),
    };
    let stem = file_name::stem(&title);
    let stem = if stem.is_empty() { file_name::stem(source.name) } else { stem };
    let stem = if stem.is_empty() { "page" } else { &stem };
    let (path, outcome) = write_new(folder, (stem, source.ending), &raw.bytes)?;
    Ok(Saved { path, title, outcome })
}

/// The error with the path or address that the user named.
fn about(error: Error, source: &Path) -> Error {
    let path = source.to_owned();
    match error {
        Error::Empty { .. } => Error::Empty { path },
        Error::NotText { what, .. } => Error::NotText { path, what },
        Error::Refused { reason, .. } => Error::Refused { path, reason },
        other => other,
    }
}

/// Files of one name that are tried before giving up.
const NAMESAKES: u32 = 10_000;

/// Writes `bytes` into a new file of `folder`; a file that is there is never written over.
fn write_new(
    folder: &Path,
    (stem, ending): (&str, &str),
    bytes: &[u8],
) -> Result<(PathBuf, SaveOutcome)> {
    let failed = |path: &Path, source| Error::Write { path: path.to_owned(), source };
    std::fs::create_dir_all(folder).map_err(|source| failed(folder, source))?;
    for number in 1..=NAMESAKES {
        let number = if number == 1 { String::new() } else { format!("-{number}") };
        let path = folder.join(format!("{stem}{number}.{ending}"));
        match OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(mut file) => {
                let written = file.write_all(bytes).and_then(|()| file.sync_all());
                return match written {
                    Ok(()) => Ok((path, SaveOutcome::New)),
                    Err(source) => {
                        // Half a page is worse than none.
                        let _ = std::fs::remove_file(&path);
                        Err(failed(&path, source))
                    }
                };
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                if holds(&path, bytes) {
                    return Ok((path, SaveOutcome::Known));
                }
            }
            Err(source) => return Err(failed(&path, source)),
        }
    }
    Err(failed(folder, io::Error::other(format!("too many files are called {stem}"))))
}

/// True where the file at `path` is a regular one and holds just these bytes.
fn holds(path: &Path, bytes: &[u8]) -> bool {
    let same_size = std::fs::metadata(path)
        .is_ok_and(|file| file.is_file() && file.len() == bytes.len() as u64);
    same_size && std::fs::read(path).is_ok_and(|read| read == bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(folder: &Path, name: &str, text: &str) -> PathBuf {
        let path = folder.join(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    #[test]
    fn a_file_is_called_by_its_title_and_never_written_over() {
        let (from, to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let page = |body: &str| {
            format!("<title>../../关于/促进\u{202e}产业.发展的通知</title><body><p>{body}</p>")
        };
        let save = |name: &str, text: &str| {
            let saved = save_file(&file(from.path(), name, text), to.path(), &Options::default());
            let saved = saved.unwrap();
            assert_eq!(saved.path.parent(), Some(to.path()));
            (saved.path.file_name().unwrap().to_str().unwrap().to_owned(), saved.outcome)
        };
        let name = "关于-促进产业-发展的通知";
        let first = page("各有关单位：现将通知印发给你们。");
        assert_eq!(save("a.html", &first), (format!("{name}.html"), SaveOutcome::New));
        assert_eq!(save("b.html", &first), (format!("{name}.html"), SaveOutcome::Known));
        let second = page("各有关单位：请认真贯彻执行。");
        assert_eq!(save("c.HTML", &second), (format!("{name}-2.html"), SaveOutcome::New));
        assert_eq!(std::fs::read_to_string(to.path().join(format!("{name}.html"))).unwrap(), first);
    }

    #[test]
    fn what_is_no_text_or_no_file_is_not_saved() {
        let (from, to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        for name in ["empty.txt", "paper.pdf"] {
            let text = if name == "paper.pdf" { "%PDF-1.7\n" } else { "" };
            let path = file(from.path(), name, text);
            let error = save_file(&path, to.path(), &Options::default()).unwrap_err();
            assert_eq!(error.path(), path, "{error}");
        }
        assert!(save_file(from.path(), to.path(), &Options::default()).is_err());
        assert_eq!(std::fs::read_dir(to.path()).unwrap().count(), 0);
    }
}
