//! Borrowings planted in generated documents are found again, and little else.

#[path = "generated/library.rs"]
mod library;

use library::{Change, precision, recall, text, unplanted};
use wenmai::reuse::passages::{Passages, Scope};

const CHANGES: [Change; 6] = [
    Change::None,
    Change::Percent(10),
    Change::Percent(20),
    Change::Percent(30),
    Change::Shortened,
    Change::Reordered,
];

#[test]
fn planted_borrowings_are_found_and_little_else() {
    let library = library::library(20_260_601, 150, 3000, &CHANGES);
    let passages = Passages::find(&library.documents, &Scope::Library);
    // Exact, 10, 20 and 30 of a hundred characters changed, a clause left out, clauses turned.
    let wanted = [0.98, 0.95, 0.85, 0.60, 0.95, 0.90];
    let found = CHANGES.map(|change| recall(&library, &passages, change));
    let precision = precision(&library, &passages);
    let wrong =
        unplanted(&library, &passages).map(|p| (text(&library, &p.a), text(&library, &p.b)));
    let wrong: Vec<_> = wrong.take(40).collect();
    let said = format!("recall {found:.3?} of {CHANGES:?}, precision {precision:.3}: {wrong:#?}");
    assert!(found.iter().zip(wanted).all(|(found, wanted)| *found >= wanted), "{said}");
    assert!(precision >= 0.95, "{said}");
}
