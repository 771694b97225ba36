//! Finding in the open document as one types: every place of a text, in any script, width and case,
//! also across the rows that a paragraph is set in.

use std::sync::Arc;

use wenmai::document::{DocIndex, Document};
use wenmai::text::fold::{Folded, fold, fold_key};
use wenmai::text::{CharCounter, Span};

/// A place that stands out in the open document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Hit {
    pub(crate) block: u32,
    pub(crate) span: Span,
}

/// A text that is being looked for, and where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Find {
    pub(crate) wanted: String,
    /// In reading order.
    pub(crate) hits: Vec<Hit>,
    document: DocIndex,
    folded: Arc<[Folded]>,
}

impl Find {
    /// Looks for nothing yet in `document`.
    pub(crate) fn new(index: DocIndex, document: &Document) -> Self {
        let folded = document.blocks.iter().map(|block| fold(&block.text)).collect();
        Self { wanted: String::new(), hits: Vec::new(), document: index, folded }
    }

    /// Looks for `wanted`.
    pub(crate) fn look_for(&mut self, wanted: &str) {
        self.wanted = wanted.to_owned();
        let needle = fold_key(wanted);
        self.hits.clear();
        if needle.is_empty() {
            return;
        }
        for (block, folded) in self.folded.iter().enumerate() {
            self.hits.extend(places(folded, &needle).map(|span| Hit { block: block as u32, span }));
        }
    }

    /// Looks for the same in another document.
    pub(crate) fn move_to(&mut self, index: DocIndex, document: &Document) {
        if self.document != index {
            let wanted = std::mem::take(&mut self.wanted);
            *self = Self::new(index, document);
            self.look_for(&wanted);
        }
    }
}

/// The places of `needle` in the shown text.
fn places<'f>(folded: &'f Folded, needle: &'f str) -> impl Iterator<Item = Span> + use<'f> {
    let mut counter = CharCounter::new(folded.as_str());
    let chars = needle.chars().count() as u32;
    folded.as_str().match_indices(needle).map(move |(byte, _)| {
        let start = counter.chars_before(byte);
        folded.shown(Span::new(start, start + chars))
    })
}
