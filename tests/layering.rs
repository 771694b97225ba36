//! The library never knows a terminal: only the binary may draw, read keys or print.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first surprise")]

use std::path::{Path, PathBuf};

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && path.file_name().is_none_or(|name| name != "bin") {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

fn library_files() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    rust_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    found.into_iter().map(|path| (path.clone(), std::fs::read_to_string(path).unwrap())).collect()
}

#[test]
fn the_library_knows_no_terminal() {
    let files = library_files();
    assert!(files.len() > 10, "the library was not found");
    for (path, text) in files {
        let code: String =
            text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        for word in ["ratatui", "crossterm", "println!", "print!(", "eprintln!", "std::process"] {
            assert!(!code.contains(word), "{} names {word}", path.display());
        }
    }
}

#[test]
fn every_file_opens_with_what_its_noun_is() {
    for (path, text) in library_files() {
        assert!(text.starts_with("//!"), "{} does not say what it is", path.display());
    }
}
