//! Bringing a store up to date with the files of a library: those that look as they did are left
//! alone, those whose bytes are the same are only noted, and the rest is read, some at a time, on
//! every core.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::mpsc::sync_channel;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use rayon::prelude::*;

use super::manifest::{self, Manifest};
use crate::cache::{Cache, FileStat, KnownFile, Packed, ReadFile, StoredText};
use crate::document::{Document, Summary};
use crate::error::{Error, Refusal, Result};
use crate::ingest::{self, FileList, LibraryKind, Options};

/// The name under which a store keeps its catalogue.
const MANIFEST: &str = "manifest";
/// The name under which a store keeps what made it: the program's reading of files.
const READING: &str = "reading";
/// The number of that reading; it changes with all that decides it (`cache/version.rs`).
const THIS_READING: &str = env!("WENMAI_READING");
/// Files that are read before they are written.
const FILES: usize = 256;
/// The coarsest clock of a file system in use (FAT).
const COARSEST: Duration = Duration::from_secs(2);
/// What a compiled-in file looks like.
const COMPILED: FileStat = FileStat { size: 0, modified: 0 };
/// The time of a file that is to be looked into again; no file has it.
const UNSETTLED: i64 = -1;
/// Bytes of files that are read before they are written.
const BYTES: u64 = 8 << 20;

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Files that have been read.
    pub read: usize,
    /// Files that are to be read.
    pub of: usize,
}

/// What a refresh has found.
#[derive(Debug, Default)]
pub struct Refreshed {
    /// Files of the library.
    pub files: usize,
    /// Files that were read because they are new or say something else.
    pub read: usize,
    /// Files that have gone.
    pub gone: usize,
    /// What could not be opened, with the reason.
    pub skipped: Vec<Error>,
    /// True where the manifest is another one than before.
    pub changed: bool,
}

/// Whether files are read that look as they did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Thoroughness {
    /// They are not.
    #[default]
    Changed,
    /// They are.
    Everything,
}

/// The manifest that `cache` keeps, if this version of the program made it. Nothing is looked at
/// but the cache.
pub fn manifest(cache: &Cache) -> Option<Manifest> {
    let reading = cache.value(READING).ok()??;
    if reading != THIS_READING.as_bytes() {
        return None;
    }
    Manifest::from_bytes(&cache.value(MANIFEST).ok()??)
}

/// Notes that `cache` holds something that cannot be decoded: the next refresh reads every file.
pub(super) fn distrust(cache: &Cache) {
    // A cache that cannot be written stays as it is; the sources are read again instead.
    let _ = cache.set_values(&[(READING, b"")]);
}

/// Brings `cache` up to date with the files of `paths`; `tell` hears how far it is.
///
/// # Errors
/// A path that is missing; [`Error::Cache`] where the cache cannot be read or written.
pub fn refresh(
    cache: &Cache,
    paths: &[PathBuf],
    options: &Options,
    thoroughness: Thoroughness,
    tell: &(dyn Fn(Progress) + Sync),
) -> Result<Refreshed> {
    let found = ingest::files(paths)?;
    bring_up(cache, found, LibraryKind::of(paths), options, thoroughness, tell)
}

fn bring_up(
    cache: &Cache,
    found: FileList,
    source: LibraryKind,
    options: &Options,
    thoroughness: Thoroughness,
    tell: &(dyn Fn(Progress) + Sync),
) -> Result<Refreshed> {
    let own = cache.value(READING)?.is_some_and(|reading| reading == THIS_READING.as_bytes());
    let everything = !own || thoroughness == Thoroughness::Everything;
    if everything {
        // Until all of it is read again, it is nobody's reading.
        cache.set_values(&[(READING, b"")])?;
    }
    let known = cache.files()?;
    let gone = gone(&known, &found.files);
    let stat = match source {
        LibraryKind::Disk => stat,
        // What is compiled in changes with the program, and the program's number tells that.
        LibraryKind::Program => |_: &Path| COMPILED,
    };
    let stated: Vec<(PathBuf, FileStat)> =
        found.files.into_par_iter().map(|path| (stat(&path), path)).map(|(s, p)| (p, s)).collect();
    let looks_new = |(path, stat): &&(PathBuf, FileStat)| {
        everything || known.get(path).is_none_or(|known| known.stat != *stat)
    };
    let new: Vec<&(PathBuf, FileStat)> = stated.iter().filter(looks_new).collect();
    let reading = RefreshJob { cache, known: &known, everything, source, options, tell };
    let Read { read, changed, mut skipped } = reading.all(&new)?;
    if !gone.is_empty() {
        cache.remove_files(&gone)?;
    }
    let mut refreshed = Refreshed {
        files: stated.len(),
        read,
        gone: gone.len(),
        skipped: found.skipped,
        changed: changed || !gone.is_empty() || cache.value(MANIFEST)?.is_none(),
    };
    log::info!(
        "refresh: {} files, {} read, {} gone, changed: {}",
        refreshed.files,
        refreshed.read,
        refreshed.gone,
        refreshed.changed
    );
    let remembered = stated.iter().filter(|file| !looks_new(file)).filter_map(|(path, _)| {
        let message = known.get(path)?.failure.clone()?;
        Some(Error::unpacked(&message, path.clone()))
    });
    refreshed.skipped.extend(remembered);
    refreshed.skipped.append(&mut skipped);
    if refreshed.changed {
        let manifest = Manifest::new(&named(cache.summaries()?));
        cache.set_values(&[(MANIFEST, &manifest.to_bytes())])?;
    }
    if everything {
        cache.set_values(&[(READING, THIS_READING.as_bytes())])?;
    }
    if refreshed.changed || everything {
        cache.tidy()?;
    }
    Ok(refreshed)
}

/// The cards in library order, with ids that are unique in the library.
fn named(cards: Vec<(StoredText, Summary)>) -> Vec<manifest::ManifestEntry> {
    let ids = ingest::unique_ids(cards.iter().map(|(_, card)| (&card.id, card.path.as_path())));
    let cards = cards.into_iter().zip(ids);
    let mut entries: Vec<_> = cards.map(|((text, card), id)| (text, card, id)).collect();
    entries.par_sort_by(|(.., a), (.., b)| a.cmp(b));
    entries
}

fn gone(known: &HashMap<PathBuf, KnownFile>, files: &[PathBuf]) -> Vec<i64> {
    let there: HashSet<&Path> = files.iter().map(PathBuf::as_path).collect();
    let gone = known.iter().filter(|(path, _)| !there.contains(path.as_path()));
    gone.map(|(_, file)| file.number).collect()
}

/// What a file looks like; one that cannot be asked looks like nothing, and is tried again.
fn stat(path: &Path) -> FileStat {
    let metadata = std::fs::metadata(path).ok();
    let modified = metadata.as_ref().and_then(|file| file.modified().ok());
    let since = modified.and_then(|at| at.duration_since(UNIX_EPOCH).ok());
    FileStat {
        size: metadata.map_or(0, |file| file.len()),
        modified: since.map_or(0, |since| since.as_nanos() as i64),
    }
}

/// `stat` as it is kept. A file that was written a moment ago may be written once more without
/// looking otherwise, because clocks of file systems are coarse; it is looked into again next time
/// (the "racy" entries of Git's index, Documentation/technical/racy-git).
fn settled(stat: FileStat) -> FileStat {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let is_fresh = stat.modified > (now.saturating_sub(COARSEST)).as_nanos() as i64;
    if is_fresh { FileStat { modified: UNSETTLED, ..stat } } else { stat }
}

struct RefreshJob<'r> {
    cache: &'r Cache,
    known: &'r HashMap<PathBuf, KnownFile>,
    /// Also where the bytes are the same.
    everything: bool,
    source: LibraryKind,
    options: &'r Options,
    tell: &'r (dyn Fn(Progress) + Sync),
}

#[derive(Default)]
struct Read {
    read: usize,
    changed: bool,
    skipped: Vec<Error>,
}

/// One file after it was looked into.
enum Looked {
    /// Its bytes are those that the store knows.
    Same(i64, FileStat),
    /// They are not.
    Other(ReadFile, Option<Error>),
    /// The system does not let it be read now; another time it may.
    Refused(PathBuf, Error),
}

impl RefreshJob<'_> {
    /// Reads and writes side by side: while some files are written, the next are read.
    fn all(&self, new: &[&(PathBuf, FileStat)]) -> Result<Read> {
        let mut read = Read::default();
        let (sender, receiver) = sync_channel::<Vec<Looked>>(1);
        std::thread::scope(|scope| {
            scope.spawn(move || {
                for batch in batches(new) {
                    let looked =
                        batch.par_iter().map(|(path, stat)| self.look(path, *stat)).collect();
                    if sender.send(looked).is_err() {
                        return;
                    }
                }
            });
            let mut done = 0;
            for batch in receiver {
                done += batch.len();
                self.write(batch, &mut read)?;
                (self.tell)(Progress { read: done, of: new.len() });
            }
            Ok(read)
        })
    }

    fn look(&self, path: &Path, stat: FileStat) -> Looked {
        let stat = settled(stat);
        let raw = match self.source.load(path, self.options) {
            Ok(raw) => raw,
            Err(error @ Error::Read { .. }) => return Looked::Refused(path.to_owned(), error),
            Err(error) => return failed(path, stat, Vec::new(), error),
        };
        let hash = blake3::hash(&raw.bytes).as_bytes().to_vec();
        let known = self.known.get(path).filter(|known| known.failure.is_none());
        if let Some(known) = known.filter(|known| known.hash == hash && !self.everything) {
            return Looked::Same(known.number, stat);
        }
        match ingest::documents(raw, self.options) {
            Ok(documents) => match documents.iter().map(pack).collect::<postcard::Result<_>>() {
                Ok(packed) => {
                    let outcome = Ok(packed);
                    Looked::Other(ReadFile { path: path.to_owned(), stat, hash, outcome }, None)
                }
                Err(error) => {
                    let message = format!("{}: cannot be cached: {error}", path.display());
                    failed(path, stat, hash, Error::Remembered { path: path.to_owned(), message })
                }
            },
            // Another time the machine may be less busy.
            Err(error @ Error::Refused { reason: Refusal::TookTooLong, .. }) => {
                Looked::Refused(path.to_owned(), error)
            }
            Err(error) => failed(path, stat, hash, error),
        }
    }

    fn write(&self, batch: Vec<Looked>, read: &mut Read) -> Result<()> {
        let (mut others, mut same, mut lost) = (Vec::new(), Vec::new(), Vec::new());
        for looked in batch {
            match looked {
                Looked::Same(number, stat) => same.push((number, stat)),
                Looked::Other(file, error) => {
                    read.read += 1;
                    read.skipped.extend(error);
                    others.push(file);
                }
                Looked::Refused(path, error) => {
                    lost.extend(self.known.get(&path).map(|known| known.number));
                    read.changed |= self.known.contains_key(&path);
                    read.skipped.push(error);
                }
            }
        }
        if !others.is_empty() {
            read.changed |= self.cache.write(&others)? > 0;
        }
        if !same.is_empty() {
            self.cache.set_stats(&same)?;
        }
        if !lost.is_empty() {
            self.cache.remove_files(&lost)?;
        }
        Ok(())
    }
}

fn failed(path: &Path, stat: FileStat, hash: Vec<u8>, error: Error) -> Looked {
    let outcome = Err(error.packed());
    Looked::Other(ReadFile { path: path.to_owned(), stat, hash, outcome }, Some(error))
}

fn pack(document: &Document) -> postcard::Result<Packed> {
    Ok(Packed {
        summary: postcard::to_allocvec(&Summary::from(document))?,
        body: postcard::to_allocvec(document)?,
    })
}

/// Runs of files that are read together.
fn batches<'f>(
    files: &'f [&'f (PathBuf, FileStat)],
) -> impl Iterator<Item = &'f [&'f (PathBuf, FileStat)]> {
    let mut rest = files;
    std::iter::from_fn(move || {
        let mut bytes = 0;
        let full = rest.iter().take(FILES).position(|(_, stat)| {
            bytes += stat.size;
            bytes >= BYTES
        });
        let length = full.map_or(FILES, |at| at + 1).min(rest.len());
        let (batch, behind) = rest.split_at(length);
        rest = behind;
        (!batch.is_empty()).then_some(batch)
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::super::Library;
    use super::super::archive::{Archive, LibrarySpec};
    use super::*;
    use crate::document::Collection;
    use crate::document::DocIndex;
    use crate::themes::vocabulary::Lexicon;

    fn spec(folder: &Path) -> LibrarySpec {
        LibrarySpec {
            paths: vec![folder.to_owned()],
            options: Options::default(),
            lexicon: Lexicon::default(),
        }
    }

    fn archive(cache: &Path, texts: &Path) -> Archive {
        Archive::open(cache, spec(texts)).unwrap().0
    }

    fn refreshed(archive: &Archive) -> Refreshed {
        archive.refresh(Thoroughness::Changed, &|_| ()).unwrap()
    }

    fn current(archive: &Archive) -> Library {
        archive.current(&|_| ()).unwrap().library
    }

    fn documents(library: &Library) -> Vec<Document> {
        library.documents().map(|_, document| document.clone())
    }

    fn text(nth: usize) -> String {
        format!("# 第{nth}号行动方案\n\n聚焦人工智能、物联网、产业{nth}等领域，推动高质量发展。\n")
    }

    /// Two folders, of texts and of stores, with three texts in the first.
    fn three() -> (tempfile::TempDir, tempfile::TempDir) {
        let (texts, cache) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        for nth in 0..3 {
            std::fs::write(texts.path().join(format!("{nth}.md")), text(nth)).unwrap();
        }
        (texts, cache)
    }

    #[test]
    fn only_what_is_new_or_says_something_else_is_read() {
        let (texts, cache) = three();
        let archive = archive(cache.path(), texts.path());
        let Refreshed { read, gone, changed, .. } = refreshed(&archive);
        assert_eq!((read, gone, changed), (3, 0, true));
        let Refreshed { read, gone, changed, .. } = refreshed(&archive);
        assert_eq!((read, gone, changed), (0, 0, false));

        std::fs::write(texts.path().join("1.md"), text(7)).unwrap();
        std::fs::remove_file(texts.path().join("2.md")).unwrap();
        // The same bytes, written once more.
        let first = std::fs::File::options().write(true).open(texts.path().join("0.md")).unwrap();
        first.set_modified(std::time::UNIX_EPOCH + std::time::Duration::from_secs(5)).unwrap();
        let numbers = |library: &Library| match library.documents() {
            super::super::document_source::DocumentSource::Stored(s) => {
                s.manifest().texts().to_vec()
            }
            super::super::document_source::DocumentSource::Memory(_) => Vec::new(),
        };
        let before = numbers(&archive.known().unwrap());
        let library = current(&archive);
        let after = numbers(&library);
        assert_eq!((before.len(), after.len()), (3, 2));
        assert_eq!(before[0], after[0], "the text of a file that says the same is kept");
        assert!(!before.contains(&after[1]), "a changed text never takes an old one's number");
        assert!(documents(&library)[1].metadata.title.contains('7'));
    }

    #[test]
    fn themes_are_keyed_by_content_not_by_numbers() {
        let (texts, cache) = three();
        let archive = archive(cache.path(), texts.path());
        let state = || {
            refreshed(&archive);
            let manifest = manifest(archive.cache()).unwrap();
            (manifest.texts().to_vec(), *manifest.contents())
        };
        let (numbers, contents) = state();
        std::fs::write(texts.path().join("1.md"), text(7)).unwrap();
        let (_, other) = state();
        assert_ne!(contents, other);
        std::fs::write(texts.path().join("1.md"), text(1)).unwrap();
        let (new_numbers, again) = state();
        assert_ne!(numbers, new_numbers);
        assert_eq!(contents, again);
    }

    #[test]
    fn an_added_row_leaves_the_others_their_numbers() {
        let (texts, cache) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let path = texts.path().join("rows.jsonl");
        let row = |nth: usize| {
            format!(
                "{{\"title\": \"第{nth}号行动方案\", \"text\": \"推动产业{nth}高质量发展。\"}}\n"
            )
        };
        let archive = archive(cache.path(), texts.path());
        let numbers = |rows: &[usize]| {
            let rows: String = rows.iter().map(|nth| row(*nth)).collect();
            std::fs::write(&path, rows).unwrap();
            refreshed(&archive);
            let summaries = archive.cache().summaries().unwrap();
            summaries.iter().map(|(text, _)| text.number).collect::<Vec<_>>()
        };
        assert_eq!(numbers(&[0, 1, 2]), [1, 2, 3]);
        assert_eq!(numbers(&[0, 1, 2, 3]), [1, 2, 3, 4]);
        assert_eq!(numbers(&[0, 9, 2, 3]), [1, 5, 3, 4]);
    }

    #[test]
    fn a_file_that_cannot_be_read_is_named_at_every_start() {
        let (texts, cache) = three();
        let noise: Vec<u8> = (0..64_u8).map(|at| at.wrapping_mul(151) ^ 0x8D).collect();
        std::fs::write(texts.path().join("bad.txt"), noise).unwrap();
        std::fs::write(texts.path().join("none.txt"), []).unwrap();
        let archive = archive(cache.path(), texts.path());
        let told = |refreshed: Refreshed| -> Vec<String> {
            let mut told: Vec<String> = refreshed.skipped.iter().map(ToString::to_string).collect();
            told.sort();
            told
        };
        let first = told(refreshed(&archive));
        assert_eq!(first.len(), 2, "{first:?}");
        assert_eq!(told(refreshed(&archive)), first);
    }

    #[test]
    fn a_store_that_was_cut_is_made_anew_and_a_text_that_it_lost_is_read_again() {
        let (texts, cache) = three();
        let whole = documents(&current(&archive(cache.path(), texts.path())));
        let path = archive(cache.path(), texts.path()).cache().path().to_owned();
        let bytes = std::fs::read(&path).unwrap();
        std::fs::write(&path, bytes.get(..bytes.len() / 2).unwrap()).unwrap();
        let (archive, damage) = Archive::open(cache.path(), spec(texts.path())).unwrap();
        assert!(damage.is_some_and(|damage| damage.is_damaged_cache()));
        assert_eq!(documents(&current(&archive)), whole);

        let library = archive.known().unwrap();
        let other = rusqlite::Connection::open(&path).unwrap();
        other.execute("UPDATE text SET body = x'00'", []).unwrap();
        assert_eq!(documents(&library), whole);
    }

    #[test]
    fn reading_everything_anew_changes_nothing_for_a_reader_that_is_open() {
        let (texts, cache) = three();
        let archive = archive(cache.path(), texts.path());
        let open = current(&archive);
        let anew = archive.refresh(Thoroughness::Everything, &|_| ()).unwrap();
        assert_eq!((anew.read, anew.changed), (3, false));
        assert_eq!(documents(&open), documents(&archive.known().unwrap()));
        assert_eq!(documents(&open).len(), 3);
    }

    #[test]
    fn two_that_index_at_once_both_end_with_everything() {
        let (texts, cache) = three();
        for nth in 3..300 {
            std::fs::write(texts.path().join(format!("{nth}.md")), text(nth)).unwrap();
        }
        let libraries = std::thread::scope(|scope| {
            let one = || current(&archive(cache.path(), texts.path()));
            let both = [scope.spawn(one), scope.spawn(one)];
            both.map(|thread| thread.join().unwrap())
        });
        for library in libraries {
            assert_eq!(documents(&library).len(), 300);
        }
        assert_eq!(current(&archive(cache.path(), texts.path())).len(), 300);
    }

    #[test]
    fn a_folder_spelled_otherwise_is_read_once() {
        let (texts, cache) = three();
        let empty = std::fs::File::create(texts.path().join("empty.md")).unwrap();
        empty.set_modified(SystemTime::now() - 2 * COARSEST).unwrap();
        let inside = texts.path().join("inside");
        std::fs::create_dir(&inside).unwrap();
        let first = current(&archive(cache.path(), texts.path()));
        for spelled in [texts.path().join("."), inside.join(".."), inside.join("./..")] {
            let archive = archive(cache.path(), &spelled);
            let refreshed = archive.refresh(Thoroughness::Changed, &|_| ()).unwrap();
            assert_eq!((refreshed.read, refreshed.gone), (0, 0), "{spelled:?}");
            assert_eq!(refreshed.skipped.first().unwrap().path(), spelled.join("empty.md"));
            let library = archive.known().unwrap();
            assert_eq!(library.len(), first.len());
            assert!(library.cards().all(|card| card.path.starts_with(&spelled)), "{spelled:?}");
            let shown = library.document(DocIndex(0)).unwrap();
            assert_eq!(shown.path, library.card(DocIndex(0)).unwrap().path);
        }
    }

    #[test]
    fn the_themes_that_are_kept_are_those_that_would_be_chosen() {
        let (texts, cache) = three();
        let archive = archive(cache.path(), texts.path());
        let chosen = current(&archive).themes().themes().to_vec();
        assert!(chosen.iter().any(|theme| theme.name == "人工智能"));
        assert_eq!(archive.known().unwrap().themes().themes(), chosen);
        std::fs::write(texts.path().join("1.md"), "# 别的\n\n渔业、牧业。").unwrap();
        let fewer = current(&archive);
        let in_memory = Library::new(documents(&fewer), Vec::new(), Lexicon::default());
        assert_eq!(fewer.themes().themes(), in_memory.themes().themes());
        assert_ne!(fewer.themes().themes(), chosen);
    }

    #[derive(Debug, Clone)]
    enum Change {
        Write(u8, u8),
        Remove(u8),
        Look,
    }

    fn change() -> impl Strategy<Value = Change> {
        prop_oneof![
            3 => (0..6u8, 0..4u8).prop_map(|(file, text)| Change::Write(file, text)),
            1 => (0..6u8).prop_map(Change::Remove),
            1 => Just(Change::Look),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn a_library_that_changed_is_the_one_that_a_fresh_reading_gives(
            changes in proptest::collection::vec(change(), 1..12),
        ) {
            let (texts, cache) = three();
            let archive = archive(cache.path(), texts.path());
            for change in changes {
                // Names in two folders, so that ids clash now and then.
                let path = |file: u8| {
                    let folder = texts.path().join(if file.is_multiple_of(2) { "a" } else { "b" });
                    std::fs::create_dir_all(&folder).unwrap();
                    folder.join(format!("{}.md", file / 2))
                };
                match change {
                    Change::Write(file, nth) => {
                        std::fs::write(path(file), text(nth.into())).unwrap();
                    }
                    Change::Remove(file) => {
                        let _ = std::fs::remove_file(path(file));
                    }
                    Change::Look => {
                        refreshed(&archive);
                    }
                }
            }
            let kept = current(&archive);
            let fresh = ingest::read(&[texts.path().to_owned()], &Options::default()).unwrap();
            prop_assert_eq!(documents(&kept), fresh.documents.clone());
            let fresh = Arc::new(Library::new(fresh.documents, Vec::new(), Lexicon::default()));
            prop_assert_eq!(kept.themes().themes(), fresh.themes().themes());
        }
    }
}
