//! Gives the program a number for what it makes of a file and of a library, so that what an older
//! one has kept is made again: the hash of the sources that decide it.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};

fn main() {
    let reading = [
        "src/ingest",
        "src/ingest.rs",
        "src/text",
        "src/text.rs",
        "src/document",
        "src/document.rs",
    ];
    let choosing = ["src/themes", "src/themes.rs", "src/compare", "src/facts", "src/reuse"];
    println!("cargo::rustc-env=WENMAI_READING={}", number(&reading));
    println!("cargo::rustc-env=WENMAI_CHOOSING={}", number(&choosing));
}

/// The hash of all files at `places`; the program is built again when one changes.
fn number(places: &[&str]) -> String {
    let mut files = Vec::new();
    for place in places {
        println!("cargo::rerun-if-changed={place}");
        collect(Path::new(place), &mut files);
    }
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in files {
        file.hash(&mut hasher);
        std::fs::read(&file).unwrap_or_default().hash(&mut hasher);
    }
    format!("{:016x}", hasher.finish())
}

fn collect(place: &Path, files: &mut Vec<PathBuf>) {
    match std::fs::read_dir(place) {
        Ok(entries) => entries.flatten().for_each(|entry| collect(&entry.path(), files)),
        Err(_) => files.push(place.to_owned()),
    }
}
