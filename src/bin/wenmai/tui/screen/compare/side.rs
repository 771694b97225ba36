//! One column of a comparison: a pane in which a text is read, where it follows the leading column to,
//! and the wording that it shares with the others.

use wenmai::compare::comparison::{Comparison, Excerpt};
use wenmai::compare::counterpart::Counterpart;
use wenmai::document::DocIndex;
use wenmai::text::Span;

use crate::tui::find::Hit;
use crate::tui::screen::article_pane::ArticlePane;

/// A column with its cursor.
#[derive(Debug)]
pub(super) struct Side {
    pub(super) pane: ArticlePane,
    /// Where it follows the leading column to, and why.
    pub(super) partner: Option<Counterpart>,
    /// The wording that it shares with the others, in reading order.
    shared: Vec<Hit>,
}

impl Side {
    pub(super) fn new(document: DocIndex) -> Self {
        Self { pane: ArticlePane::new(document), partner: None, shared: Vec::new() }
    }

    /// Takes the wording that it shares with the others.
    pub(super) fn take(&mut self, comparison: &Comparison) {
        let own = self.pane.document;
        let places = comparison.passages.iter().flat_map(|passage| [passage.a, passage.b]);
        let own = places.filter(|place| place.document == own);
        self.shared = own.map(|place| Hit { block: place.block, span: place.span }).collect();
        self.shared.sort_unstable();
    }

    /// The shared wording that reaches into a part of a block.
    pub(super) fn shared_in(&self, block: u32, part: Span) -> impl Iterator<Item = Span> {
        let from = self.shared.partition_point(|hit| hit.block < block);
        let rest = self.shared.get(from..).unwrap_or_default().iter();
        rest.take_while(move |hit| hit.block == block && hit.span.start < part.end)
            .map(|hit| hit.span)
            .filter(move |span| span.end > part.start)
    }

    /// True where the first line of `excerpt` is in view.
    pub(super) fn sees(&self, excerpt: Excerpt, height: usize) -> bool {
        self.pane.in_view(Some(&Hit { block: excerpt.block, span: excerpt.span }), height)
    }
}
