//! What is kept between two starts survives whatever happens to the program and to the disk, and
//! costs nothing but time where it does not.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// Texts of the library; more than are written in one transaction.
const TEXTS: usize = 600;

/// A library and a cache folder of its own.
struct Place {
    texts: tempfile::TempDir,
    cache: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        let texts = tempfile::tempdir().unwrap();
        for nth in 0..TEXTS {
            let text = format!("# 第{nth}号规划\n\n发展人工智能、物联网、产业{nth}。\n");
            std::fs::write(texts.path().join(format!("{nth}.md")), text).unwrap();
        }
        Self { texts, cache: tempfile::tempdir().unwrap() }
    }

    fn wenmai(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_wenmai"));
        command.args(arguments).arg("-L").arg(self.texts.path());
        command.env("XDG_CACHE_HOME", self.cache.path()).env_remove("WENMAI_LIBRARY");
        command.stdin(Stdio::null());
        command
    }

    /// The lines of `list`, which must be complete, with what was said beside them.
    fn list(&self) -> (String, String) {
        complete(&self.wenmai(&["list"]).output().unwrap())
    }

    fn store(&self) -> PathBuf {
        let folder = self.cache.path().join("wenmai");
        let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        files.into_iter().find(|path| path.extension().is_some_and(|e| e == "cache")).unwrap()
    }
}

fn complete(output: &Output) -> (String, String) {
    let (list, said) = (&output.stdout, &output.stderr);
    let (list, said) = (String::from_utf8_lossy(list), String::from_utf8_lossy(said));
    assert_eq!((output.status.code(), list.lines().count()), (Some(0), TEXTS), "{said}");
    (list.into_owned(), said.into_owned())
}

/// Bytes that the store and its log have by now.
fn bytes(cache: &Path) -> u64 {
    let Ok(entries) = std::fs::read_dir(cache.join("wenmai")) else { return 0 };
    entries.flatten().map(|entry| entry.metadata().map_or(0, |file| file.len())).sum()
}

#[test]
fn a_program_that_is_killed_while_it_indexes_leaves_a_store_that_the_next_one_uses() {
    let place = Place::new();
    let whole = complete(&place.wenmai(&["list", "--no-cache"]).output().unwrap()).0;
    for step in 0..20 {
        let mut child = place.wenmai(&["index", "--force"]).stderr(Stdio::null()).spawn().unwrap();
        // It dies at another point of its work each time, as far as writing tells how far it is.
        let before = bytes(place.cache.path());
        while bytes(place.cache.path()) < before + step * 10_000 {
            if child.try_wait().unwrap().is_some() {
                break;
            }
            std::thread::yield_now();
        }
        let _ = child.kill();
        child.wait().unwrap();
        assert_eq!(place.list().0, whole);
    }
}

#[test]
fn a_store_that_is_cut_or_overwritten_is_made_anew_with_a_notice() {
    let place = Place::new();
    let whole = place.list().0;
    let store = place.store();
    let bytes = std::fs::read(&store).unwrap();
    for damaged in [&bytes[..bytes.len() / 2], &bytes[..100], b"no store at all, of any kind"] {
        std::fs::write(&store, damaged).unwrap();
        let (list, said) = place.list();
        assert_eq!(list, whole);
        assert!(said.contains("rebuilt"), "{said}");
        assert_eq!(place.list(), (list, String::new()));
    }
}

#[test]
fn a_store_that_is_damaged_inside_costs_one_start_and_nothing_else() {
    let place = Place::new();
    let whole = place.list().0;
    let store = place.store();
    let mut bytes = std::fs::read(&store).unwrap();
    let middle = bytes.len() / 8;
    bytes[middle..].fill(0xA5);
    std::fs::write(&store, bytes).unwrap();
    let (list, said) = place.list();
    assert_eq!(list, whole);
    assert!(said.contains("rebuilt") || said.contains("without a cache"), "{said}");
    assert_eq!(place.list(), (list, String::new()));
    assert!(place.store().exists());
}

#[test]
fn without_a_place_to_keep_texts_everything_is_read_and_the_reason_is_said() {
    let place = Place::new();
    let whole = place.list().0;
    // A file where the folder should be.
    let file = place.texts.path().join("0.md");
    let output = place.wenmai(&["list"]).env("XDG_CACHE_HOME", &file).output().unwrap();
    let (list, said) = complete(&output);
    assert_eq!(list, whole);
    assert!(said.contains("without a cache"), "{said}");
}

#[test]
fn index_tells_what_it_did_and_does_nothing_twice() {
    let place = Place::new();
    let report = |arguments: &[&str]| -> serde_json::Value {
        let output = place.wenmai(arguments).output().unwrap();
        serde_json::from_slice(&output.stdout).unwrap()
    };
    let first = report(&["index", "--json"]);
    assert_eq!((first["read"].as_u64(), first["documents"].as_u64()), (Some(600), Some(600)));
    assert_eq!(report(&["index", "--json"])["read"], 0);
    assert_eq!(report(&["index", "--force", "--json"])["read"], 600);
    std::fs::remove_file(place.texts.path().join("1.md")).unwrap();
    let last = report(&["index", "--json"]);
    assert_eq!((last["gone"].as_u64(), last["documents"].as_u64()), (Some(1), Some(599)));
}
