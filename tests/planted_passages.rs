//! Borrowings planted in generated documents are found again, and little else.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first surprise")]

#[path = "generated/library.rs"]
mod library;

use library::{Change, Library, Plant};
use wenmai::document::Place;
use wenmai::links::passages::{Passage, Passages, Scope};

const CHANGES: [Change; 6] = [
    Change::None,
    Change::Percent(10),
    Change::Percent(20),
    Change::Percent(30),
    Change::Shortened,
    Change::Reordered,
];

fn shared_characters(a: Place, b: Place) -> u32 {
    if (a.document, a.block) != (b.document, b.block) {
        return 0;
    }
    a.span.end.min(b.span.end).saturating_sub(a.span.start.max(b.span.start))
}

/// Characters of the copy that a passage ties to its source.
fn found_characters(plant: &Plant, passage: &Passage) -> u32 {
    let (from, to) = (passage.a, passage.b);
    if shared_characters(from, plant.from) > 0 { shared_characters(to, plant.to) } else { 0 }
}

fn found(passages: &Passages, plant: &Plant) -> bool {
    let characters: u32 = passages.shared().iter().map(|p| found_characters(plant, p)).sum();
    characters as usize * 2 >= plant.to.span.len()
}

fn recall(library: &Library, passages: &Passages, change: Change) -> f64 {
    let planted: Vec<_> = library.plants.iter().filter(|plant| plant.change == change).collect();
    let found = planted.iter().filter(|plant| found(passages, plant)).count();
    found as f64 / planted.len() as f64
}

fn precision(library: &Library, passages: &Passages) -> f64 {
    let right = passages
        .shared()
        .iter()
        .filter(|passage| library.plants.iter().any(|plant| found_characters(plant, passage) > 0));
    right.count() as f64 / passages.shared().len() as f64
}

#[test]
fn planted_borrowings_are_found_and_little_else() {
    let library = library::library(20_260_601, 150, 3000, &CHANGES);
    let passages = Passages::find(&library.documents, &Scope::Library);
    let wanted = [0.98, 0.95, 0.85, 0.60, 0.90, 0.90];
    let found = CHANGES.map(|change| recall(&library, &passages, change));
    let precision = precision(&library, &passages);
    for ((change, wanted), found) in CHANGES.iter().zip(wanted).zip(found) {
        assert!(found >= wanted, "{change:?}: recall {found:.3}, wanted {wanted}");
    }
    assert!(precision >= 0.95, "precision {precision:.3}, recall {found:?}");
}
