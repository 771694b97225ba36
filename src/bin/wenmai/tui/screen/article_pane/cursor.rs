//! The cursor of an article pane: it goes from line to line and stays in view.

use wenmai::compare::comparison::Excerpt;
use wenmai::compare::counterpart::sentence_at;

use super::ArticlePane;
use crate::tui::context::ScreenContext;
use crate::tui::cursor::Step;
use crate::tui::widget::article::{Anchor, Spot};

impl ArticlePane {
    /// The sentence under the cursor.
    pub(crate) fn sentence(&self, context: &ScreenContext) -> Option<Excerpt> {
        let document = context.document(self.document)?;
        sentence_at(document, self.cursor.block, self.cursor.character)
    }

    /// The line of the cursor.
    pub(crate) fn cursor_line(&self) -> usize {
        self.typeset.as_ref().map_or(0, |typeset| typeset.line(Anchor::Text(self.cursor)))
    }

    /// Moves the cursor in a window of `height` lines.
    pub(crate) fn step_cursor(&mut self, step: Step, height: usize) {
        if matches!(step, Step::Halves(_)) {
            let top = self.line_after(self.top, step, height);
            self.scroll_to(top, height);
        }
        self.bring_spot(self.cursor);
        let line = self.line_after(self.cursor_line(), step, height);
        let on = match step {
            Step::Rows(rows) | Step::Halves(rows) => rows > 0,
            Step::First => false,
            Step::Last => true,
        };
        self.cursor_to_line(line, on, height);
    }

    /// To the first line of the next paragraph, or of the one before.
    pub(crate) fn cursor_to_paragraph(&mut self, on: bool, height: usize) {
        self.bring_spot(self.cursor);
        let line = self.cursor_line();
        let next = self.typeset.as_ref().map_or(line, |set| set.paragraph(line, on));
        self.cursor_to_line(next, on, height);
    }

    /// Puts the cursor on `line`, or on the nearest line of text in the direction of the move.
    pub(crate) fn cursor_to_line(&mut self, line: usize, on: bool, height: usize) {
        let Some(typeset) = &self.typeset else { return };
        let spot = if on { typeset.spot_from(line) } else { typeset.spot_up_to(line) };
        if let Some(spot) = spot {
            self.cursor = spot;
        }
        self.show_cursor(height);
    }

    /// Puts the cursor on a character and brings it into view.
    pub(crate) fn cursor_to(&mut self, spot: Spot, height: usize) {
        self.cursor = spot;
        self.show_cursor(height);
    }

    /// Brings the line of the cursor into view; above the first line of text the title, too.
    pub(crate) fn show_cursor(&mut self, height: usize) {
        self.bring_spot(self.cursor);
        let Some(typeset) = &self.typeset else { return };
        let line = self.cursor_line();
        let first = typeset.spot_from(0).map_or(0, |spot| typeset.line(Anchor::Text(spot)));
        // A quarter of the height stays in view above and below.
        let around = height / 4;
        let top = self.top;
        if line <= first && line < height {
            self.scroll_to(0, height);
        } else if line < top + around {
            self.scroll_to(line.saturating_sub(around), height);
        } else if line + around >= top + height {
            self.scroll_to((line + around + 1).saturating_sub(height), height);
        }
    }

    /// Puts the line of `excerpt` `row` rows below the top, so that it stands beside another one.
    pub(crate) fn put_in_row(&mut self, excerpt: Excerpt, row: usize, height: usize) {
        self.cursor = Spot { block: excerpt.block, character: excerpt.span.start };
        self.bring_spot(self.cursor);
        let line = self.cursor_line();
        self.scroll_to(line.saturating_sub(row), height);
    }

    /// Scrolls without the cursor, as long as it stays in view.
    pub(crate) fn scroll_past_cursor(&mut self, rows: isize, height: usize) {
        self.scroll(Step::Rows(rows), height);
        let (line, top) = (self.cursor_line(), self.top);
        let Some(typeset) = &self.typeset else { return };
        let spot = if line < top {
            typeset.spot_from(top)
        } else if line >= top + height {
            typeset.spot_up_to((top + height).saturating_sub(1))
        } else {
            return;
        };
        self.cursor = spot.unwrap_or(self.cursor);
    }

    /// Brings the cursor into a window of `height` lines: to the nearest paragraph in it.
    pub(crate) fn carry_cursor(&mut self, height: usize) {
        let Some(layout) = &self.typeset else { return };
        let (top, bottom) = (self.top + self.covered(height), self.top + height.max(1));
        let block = self.cursor.block;
        let lines = layout.lines_of(block);
        if lines.as_ref().is_some_and(|lines| lines.start < bottom && top < lines.end) {
            return;
        }
        let above = match lines {
            Some(lines) => lines.end <= top,
            None => (block as usize) < layout.stretch().start,
        };
        let spot = if above { layout.spot_from(top) } else { layout.spot_up_to(bottom - 1) };
        if let Some(spot) = spot {
            self.cursor = Spot { block: spot.block, character: 0 };
        }
    }

    /// Moves the cursor by paragraphs, of which there are `blocks`, and the paragraph to the top of
    /// a window of `height` lines as far as the text scrolls.
    pub(crate) fn step_paragraphs(&mut self, by: isize, blocks: usize, height: usize) {
        let last = blocks.saturating_sub(1);
        let block = (self.cursor.block as usize).saturating_add_signed(by).min(last);
        // Before the first paragraph is the title.
        let to_head = by < 0 && self.cursor.block == 0;
        self.cursor = Spot { block: block as u32, character: 0 };
        self.bring_spot(self.cursor);
        let line = if to_head { 0 } else { self.cursor_line() };
        self.bring_to_top(line, height);
    }

    /// Puts the cursor on the paragraph of a place that was jumped to.
    pub(crate) fn cursor_on(&mut self, block: u32) {
        self.cursor = Spot { block, character: 0 };
    }
}
