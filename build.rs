//! Gives the program the versions of what it computes: of the texts that it reads, of their themes,
//! and of the wording that they share. A cache of another version is rebuilt.

#[path = "src/cache/version.rs"]
mod version;

use std::path::Path;

use version::{SourceFile, version};

const READING: [&str; 8] = [
    "src/error.rs",
    "src/text",
    "src/text.rs",
    "src/document",
    "src/document.rs",
    "src/ingest",
    "src/ingest.rs",
    "seeds",
];
const THEMES: [&str; 6] =
    ["src/text", "src/text.rs", "src/document", "src/document.rs", "src/themes", "src/themes.rs"];
const REUSE: [&str; 6] =
    ["src/text", "src/text.rs", "src/document", "src/document.rs", "src/reuse", "src/reuse.rs"];

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=Cargo.lock");
    println!("cargo::rerun-if-changed=src/cache/version.rs");
    // A crate that is built without its lock has no resolved versions.
    let lock = std::fs::read_to_string("Cargo.lock").unwrap_or_default();
    for (name, rooms) in [("READING", READING.as_slice()), ("THEMES", &THEMES), ("REUSE", &REUSE)] {
        let mut sources = Vec::new();
        for room in rooms {
            println!("cargo::rerun-if-changed={room}");
            collect(Path::new(room), &mut sources);
        }
        println!("cargo::rustc-env=WENMAI_{name}={}", version(&sources, &lock));
    }
}

/// The files at `path`, which is one or a folder.
fn collect(path: &Path, sources: &mut Vec<SourceFile>) {
    if let Ok(entries) = std::fs::read_dir(path) {
        return entries.flatten().for_each(|entry| collect(&entry.path(), sources));
    }
    // What cannot be read is missing to the compiler, too.
    if let Ok(bytes) = std::fs::read(path) {
        sources.push(SourceFile { path: path.to_string_lossy().into_owned(), bytes });
    }
}
