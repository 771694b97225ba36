//! How long shared wording takes at 1,000, 3,000 and 10,000 documents, and that it grows about
//! linearly: `ratio` is the time a document against the first size. `peak` is the most memory that
//! the program has had until then, the documents included, in megabytes (Linux only). Behind it
//! stands how much of what was planted was found, and how much of what was found was planted.
//!
//! `cargo bench --bench passages [largest number of documents] [characters of a document]`

#[path = "../tests/generated/library.rs"]
#[allow(dead_code, reason = "the bench does not look at what was found wrongly")]
mod library;

use std::time::Instant;

use library::{Change, Library, precision, recall};
use wenmai::reuse::passages::{Passages, Scope};

/// Characters of a document; the regional texts of a real library have about as many.
const CHARACTERS: usize = 5000;

const CHANGES: [Change; 6] = [
    Change::None,
    Change::Percent(10),
    Change::Percent(20),
    Change::Percent(30),
    Change::Shortened,
    Change::Reordered,
];

fn main() {
    let numbers: Vec<usize> = std::env::args().filter_map(|arg| arg.parse().ok()).collect();
    let largest = numbers.first().copied().unwrap_or(10_000);
    let length = numbers.get(1).copied().unwrap_or(CHARACTERS);
    println!(
        "{:>9} {:>10} {:>10} {:>9} {:>6} {:>6}",
        "documents", "characters", "passages", "seconds", "ratio", "peak"
    );
    let mut first = None;
    for documents in [1000, 3000, 10_000].into_iter().filter(|n| *n <= largest) {
        let library = library::library(7, documents, length, &CHANGES);
        let characters: usize = library.documents.iter().map(|d| d.characters()).sum();
        let start = Instant::now();
        let passages = Passages::find(&library.documents, &Scope::Library);
        let seconds = start.elapsed().as_secs_f64();
        let each = seconds / documents as f64;
        let ratio = each / *first.get_or_insert(each);
        let (peak, found) = (peak(), passages.shared().len());
        println!(
            "{documents:>9} {characters:>10} {found:>10} {seconds:>9.1} {ratio:>6.2} {peak:>6}"
        );
        if documents == 1000 {
            planted(&library, &passages);
        }
    }
}

/// Prints recall by kind of change, and precision.
fn planted(library: &Library, passages: &Passages) {
    for change in CHANGES {
        println!("{:>9} recall {:.3} {change:?}", "", recall(library, passages, change));
    }
    println!("{:>9} precision {:.3}", "", precision(library, passages));
}

/// The most memory that this process has had, in megabytes; 0 where it cannot be read.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches("kB").trim().parse().ok());
    kilobytes.unwrap_or(0u64) / 1024
}
