//! The wording that documents share with others, as far as it is known. It is found on a thread,
//! for one document at a time: in a small library for every document that is opened, in a large
//! one from the moment when it is first asked for.

use std::collections::HashMap;
use std::sync::Arc;

use wenmai::compare::matrix::NATIONAL;
use wenmai::document::{DocIndex, Place};
use wenmai::library::Library;
use wenmai::reuse::passages::{Passage, Passages, Scope};
use wenmai::text::Span;

/// Characters of a library up to which a search takes less than about a second.
const CHEAP: u64 = 3_000_000;

/// What is known, and what is to be found.
#[derive(Debug, Default)]
pub(crate) struct Wording {
    known: HashMap<DocIndex, Arc<SharedWording>>,
    awaited: Option<DocIndex>,
    /// True once it was asked for.
    wanted: bool,
    /// True where this library makes it cheap.
    cheap: bool,
}

impl Wording {
    /// Asks for it from now on.
    pub(crate) fn want(&mut self) {
        self.wanted = true;
    }

    /// Nothing is known of another library; whether it is wanted stays.
    pub(crate) fn begin_anew(&self) -> Self {
        Self { wanted: self.wanted, ..Self::default() }
    }

    /// Asks for it where a library of so many characters makes it cheap.
    pub(crate) fn want_if_cheap(&mut self, characters: u64) {
        self.cheap = characters <= CHEAP;
    }

    /// True where it is to be searched for in `document`; it is awaited from then on.
    pub(crate) fn take(&mut self, document: DocIndex) -> bool {
        let missing = !self.known.contains_key(&document) && self.awaited != Some(document);
        let sought = (self.wanted || self.cheap) && missing;
        if sought {
            self.awaited = Some(document);
        }
        sought
    }

    /// Takes what was found for a document.
    pub(crate) fn found(&mut self, document: DocIndex, shared: Arc<SharedWording>) {
        self.known.insert(document, shared);
    }

    /// What a document shares, once it is known.
    pub(crate) fn of(&self, document: DocIndex) -> Option<&Arc<SharedWording>> {
        self.known.get(&document)
    }
}

/// How wording that a national text has as well is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum NationalStyle {
    /// As all shared wording.
    #[default]
    Underlined,
    /// Dimmed, so that the local part stands out.
    Dimmed,
    /// Like all other text.
    Hidden,
}

/// A piece of wording that the document shares.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shared {
    /// `a` is the place in the document.
    pub(crate) passage: Passage,
    /// Whether a text for the whole country says it, and this document is none.
    pub(crate) national: bool,
    /// Whether one of the two documents only says again what they share elsewhere.
    pub(crate) again: bool,
}

/// The wording that one document shares with others, in reading order.
#[derive(Debug, Default)]
pub(crate) struct SharedWording {
    pieces: Vec<Shared>,
}

impl SharedWording {
    /// Finds what `document` shares. A large library takes seconds.
    pub(crate) fn find(library: &Library, document: DocIndex) -> Self {
        let found = library.passages_in(&Scope::Document(document));
        let region = |document| library.brief(document).and_then(|brief| brief.region);
        let is_national = |document| region(document) == Some(NATIONAL);
        let local = !is_national(document);
        let first = found.of_document(document).map(|passage| (passage, false));
        let again = echoes(&found, document).map(|passage| (passage, true));
        let mut pieces: Vec<Shared> = first
            .chain(again)
            .map(|(passage, again)| {
                let national = local && is_national(passage.b.document);
                Shared { passage, national, again }
            })
            .collect();
        pieces.sort_by_key(|piece| (piece.passage.a, piece.passage.b));
        Self { pieces }
    }

    /// All of it.
    pub(crate) fn pieces(&self) -> &[Shared] {
        &self.pieces
    }

    /// The pieces that reach into a part of a block.
    pub(crate) fn within(&self, block: u32, part: Span) -> impl Iterator<Item = &Shared> {
        let from = self.pieces.partition_point(|piece| piece.passage.a.block < block);
        let rest = self.pieces.get(from..).unwrap_or_default().iter();
        let before_end = move |place: Place| place.block == block && place.span.start < part.end;
        rest.take_while(move |piece| before_end(piece.passage.a))
            .filter(move |piece| piece.passage.a.span.end > part.start)
    }
}

fn echoes(found: &Passages, document: DocIndex) -> impl Iterator<Item = Passage> {
    found.echoes().iter().filter(move |passage| passage.a.document == document).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::testing::library;

    #[test]
    fn a_large_library_is_searched_only_when_it_is_asked_for_and_once_a_document() {
        let mut wording = Wording::default();
        wording.want_if_cheap(CHEAP);
        assert!(wording.take(DocIndex(0)));
        // What was cheap in a library that was still being read is not in the whole of it.
        wording = wording.begin_anew();
        assert!(!wording.take(DocIndex(0)));
        wording.want_if_cheap(CHEAP + 1);
        assert!(!wording.take(DocIndex(0)));
        wording.want();
        assert!(wording.take(DocIndex(0)) && !wording.take(DocIndex(0)));
        wording.found(DocIndex(0), Arc::default());
        assert!(wording.take(DocIndex(1)) && !wording.take(DocIndex(0)));
    }

    #[test]
    fn pieces_reach_into_the_part_of_a_block_that_is_asked_for() {
        let shared = SharedWording::find(&library(), DocIndex(0));
        for piece in shared.pieces() {
            let Place { block, span, .. } = piece.passage.a;
            assert_eq!(
                shared.within(block, span).filter(|p| p.passage == piece.passage).count(),
                1
            );
            assert_eq!(shared.within(block, Span::new(span.end, span.end)).count(), 0);
        }
    }
}
