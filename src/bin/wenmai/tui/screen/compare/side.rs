//! One column of a comparison: a text that is read, with a cursor that goes from line to line and
//! stays in view, and the wording that it shares with the other columns.

use wenmai::compare::comparison::{Comparison, Excerpt};
use wenmai::compare::counterpart::{Counterpart, sentence_at};
use wenmai::document::DocIndex;
use wenmai::text::Span;

use crate::tui::cursor::Step;
use crate::tui::screen::ScreenContext;
use crate::tui::screen::column::Column;
use crate::tui::screen::reader::find::Hit;
use crate::tui::widget::article::{Anchor, Spot};

/// A column with its cursor.
#[derive(Debug)]
pub(super) struct Side {
    pub(super) column: Column,
    pub(super) cursor: Spot,
    /// Where it follows the leading column to, and why.
    pub(super) partner: Option<Counterpart>,
    /// The wording that it shares with the others, in reading order.
    shared: Vec<Hit>,
}

impl Side {
    pub(super) fn new(document: DocIndex) -> Self {
        Self {
            column: Column::new(document),
            cursor: Spot::default(),
            partner: None,
            shared: Vec::new(),
        }
    }

    /// Takes the wording that it shares with the others.
    pub(super) fn take(&mut self, comparison: &Comparison) {
        let own = self.column.document;
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

    /// The sentence under the cursor.
    pub(super) fn sentence(&self, context: &ScreenContext) -> Option<Excerpt> {
        let document = context.document(self.column.document)?;
        sentence_at(document, self.cursor.block, self.cursor.character)
    }

    /// The line of the cursor.
    pub(super) fn line(&self) -> usize {
        self.column.typeset.as_ref().map_or(0, |typeset| typeset.line(Anchor::Text(self.cursor)))
    }

    /// Moves the cursor in a window of `height` lines.
    pub(super) fn step(&mut self, step: Step, height: usize) {
        if matches!(step, Step::Halves(_)) {
            let top = self.column.line_after(self.column.top, step, height);
            self.column.scroll_to(top, height);
        }
        self.column.bring_spot(self.cursor);
        let line = self.column.line_after(self.line(), step, height);
        let on = match step {
            Step::Rows(rows) | Step::Halves(rows) => rows > 0,
            Step::First => false,
            Step::Last => true,
        };
        self.go_to(line, on, height);
    }

    /// To the first line of the next paragraph, or of the one before.
    pub(super) fn paragraph(&mut self, on: bool, height: usize) {
        self.column.bring_spot(self.cursor);
        let line = self.line();
        let next = self.column.typeset.as_ref().map_or(line, |set| set.paragraph(line, on));
        self.go_to(next, on, height);
    }

    /// Puts the cursor on `line`, or on the nearest line of text in the direction of the move.
    pub(super) fn go_to(&mut self, line: usize, on: bool, height: usize) {
        let Some(typeset) = &self.column.typeset else { return };
        let spot = if on { typeset.spot_from(line) } else { typeset.spot_up_to(line) };
        if let Some(spot) = spot {
            self.cursor = spot;
        }
        self.show(height);
    }

    /// Puts the cursor on a character and brings it into view.
    pub(super) fn stand(&mut self, spot: Spot, height: usize) {
        self.cursor = spot;
        self.show(height);
    }

    /// Brings the line of the cursor into view; above the first line of text the title, too.
    pub(super) fn show(&mut self, height: usize) {
        self.column.bring_spot(self.cursor);
        let Some(typeset) = &self.column.typeset else { return };
        let line = self.line();
        let first = typeset.spot_from(0).map_or(0, |spot| typeset.line(Anchor::Text(spot)));
        // A quarter of the height stays in view above and below.
        let around = height / 4;
        let top = self.column.top;
        if line <= first && line < height {
            self.column.scroll_to(0, height);
        } else if line < top + around {
            self.column.scroll_to(line.saturating_sub(around), height);
        } else if line + around >= top + height {
            self.column.scroll_to((line + around + 1).saturating_sub(height), height);
        }
    }

    /// Puts the line of `excerpt` `row` rows below the top, so that it stands beside another one.
    pub(super) fn stand_beside(&mut self, excerpt: Excerpt, (row, height): (usize, usize)) {
        self.cursor = Spot { block: excerpt.block, character: excerpt.span.start };
        self.column.bring_spot(self.cursor);
        let line = self.line();
        self.column.scroll_to(line.saturating_sub(row), height);
    }

    /// Scrolls without the cursor, as long as it stays in view.
    pub(super) fn scroll(&mut self, rows: isize, height: usize) {
        self.column.scroll(Step::Rows(rows), height);
        let (line, top) = (self.line(), self.column.top);
        let Some(typeset) = &self.column.typeset else { return };
        let spot = if line < top {
            typeset.spot_from(top)
        } else if line >= top + height {
            typeset.spot_up_to((top + height).saturating_sub(1))
        } else {
            return;
        };
        self.cursor = spot.unwrap_or(self.cursor);
    }

    /// True where the first line of `excerpt` is in view.
    pub(super) fn sees(&self, excerpt: Excerpt, height: usize) -> bool {
        self.column.in_view(Some(&Hit { block: excerpt.block, span: excerpt.span }), height)
    }
}
