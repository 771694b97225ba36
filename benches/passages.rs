//! How long shared wording takes at 1,000, 3,000 and 10,000 documents, and that it grows about
//! linearly: the last column is the time a document against the first size.
//!
//! `cargo bench --bench passages [largest number of documents]`

#[path = "../tests/generated/library.rs"]
#[allow(dead_code, reason = "the bench does not look at every planted borrowing")]
mod library;

use std::time::Instant;

use library::Change;
use wenmai::links::passages::{Passages, Scope};

/// Characters of a document; the regional texts of a real library have about as many.
const CHARACTERS: usize = 5000;

fn main() {
    let largest = std::env::args().filter_map(|arg| arg.parse().ok()).next_back().unwrap_or(10_000);
    println!(
        "{:>9} {:>10} {:>10} {:>9} {:>6}",
        "documents", "characters", "passages", "seconds", "ratio"
    );
    let mut first = None;
    for documents in [1000, 3000, 10_000].into_iter().filter(|n| *n <= largest) {
        let changes = [Change::None, Change::Percent(10), Change::Percent(20), Change::Shortened];
        let library = library::library(7, documents, CHARACTERS, &changes);
        let characters: usize = library.documents.iter().map(|d| d.characters()).sum();
        let start = Instant::now();
        let passages = Passages::find(&library.documents, &Scope::Library).shared().len();
        let seconds = start.elapsed().as_secs_f64();
        let each = seconds / documents as f64;
        let ratio = each / *first.get_or_insert(each);
        println!("{documents:>9} {characters:>10} {passages:>10} {seconds:>9.1} {ratio:>6.2}");
    }
}
