//! A column of text that is read: one document at a width, what stands on top, the place that was
//! jumped to, and what is looked for in it. The reader has one; a comparison has several.

use ratatui::layout::Rect;
use ratatui::style::Style;
use wenmai::document::DocIndex;
use wenmai::text::Span;

use super::Desk;
use super::reader::find::{Find, Hit};
use super::reader::themes::draw_wrapped;
use crate::tui::canvas::{Canvas, line_of};
use crate::tui::cursor::Step;
use crate::tui::messages::Message;
use crate::tui::widget::article::{Anchor, Removals, Setting, Spot, Typeset, View};

/// How a column sets its text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Measured {
    /// Cells of a line.
    pub(crate) cells: usize,
    /// Whether what cleaning took out is shown.
    pub(crate) removals: Removals,
}

/// A document that is being read.
#[derive(Debug)]
pub(crate) struct Column {
    pub(crate) document: DocIndex,
    /// What stands on top, and the line where it stands at this width.
    pub(crate) anchor: Anchor,
    pub(crate) top: usize,
    /// The article as it is set; made in the layout step.
    pub(crate) typeset: Option<Typeset>,
    /// The mention or hit that was jumped to.
    pub(crate) here: Option<Hit>,
    /// Whether the reader has moved since; a new size is no move.
    strayed: bool,
    pub(crate) find: Option<Find>,
}

impl Column {
    /// `document` from its beginning.
    pub(crate) fn new(document: DocIndex) -> Self {
        Self {
            document,
            anchor: Anchor::default(),
            top: 0,
            typeset: None,
            here: None,
            strayed: false,
            find: None,
        }
    }

    /// Shows another document; what is looked for is looked for there.
    pub(crate) fn show(&mut self, document: DocIndex, desk: &Desk) {
        self.document = document;
        self.here = None;
        if let Some(find) = &mut self.find {
            find.move_to(document, desk);
        }
    }

    /// Sets the article where anything it depends on has changed; what stood on top stays there.
    pub(crate) fn set(&mut self, measured: Measured, desk: &Desk) {
        let setting = Setting {
            document: self.document,
            cells: measured.cells,
            removals: measured.removals,
            indent: desk.look.page.indent * 2,
            ambiguous: desk.look.ambiguous,
            lang: desk.look.lang,
        };
        if self.typeset.as_ref().is_none_or(|typeset| typeset.setting() != setting) {
            let document = desk.document(self.document);
            self.typeset = document.map(|document| Typeset::new(document, setting));
        }
        self.top = self.typeset.as_ref().map_or(0, |typeset| typeset.line(self.anchor));
    }

    /// Draws the lines in view into `area`, with parts of blocks standing out as `marks` says; below
    /// the title of an empty article why it is empty.
    pub(crate) fn draw(
        &self,
        area: Rect,
        marks: &dyn Fn(u32, Span) -> Vec<(Span, Style)>,
        (desk, canvas): (&Desk, &mut Canvas<'_>),
    ) {
        let Some((document, typeset)) = desk.document(self.document).zip(self.typeset.as_ref())
        else {
            return;
        };
        typeset.draw(area, View { document, top: self.top, marks }, canvas);
        let shown = typeset.len().saturating_sub(self.top);
        if document.blocks.is_empty() && shown < area.height.into() {
            let below = line_of(area, shown);
            let rest = Rect { height: area.bottom().saturating_sub(below.y), ..below };
            draw_wrapped(rest, desk.say(Message::EmptyDocument), canvas);
        }
    }

    /// Moves in a window of `height` lines.
    pub(crate) fn scroll(&mut self, step: Step, height: usize) {
        let page = height.saturating_sub(1).max(1);
        let rows = match step {
            Step::Rows(rows) => rows,
            Step::Halves(2) => page as isize,
            Step::Halves(-2) => -(page as isize),
            Step::Halves(halves) => halves * (height / 2).max(1) as isize,
            Step::First => isize::MIN,
            Step::Last => isize::MAX,
        };
        self.move_to(self.top.saturating_add_signed(rows), height);
    }

    /// The reader moves `line` to the top.
    pub(crate) fn move_to(&mut self, line: usize, height: usize) {
        self.strayed = true;
        self.scroll_to(line, height);
    }

    /// Puts `line` on top, or the last screen's first line where less than a screen is left.
    pub(crate) fn scroll_to(&mut self, line: usize, height: usize) {
        let Some(typeset) = &self.typeset else { return };
        let lowest = typeset.len().saturating_sub(height);
        // A place that a resize left below the last screen stays where it is.
        self.top = line.min(lowest.max(self.top.min(line)));
        self.anchor = typeset.anchor(self.top);
    }

    /// The first line of the next paragraph, or of the one before.
    pub(crate) fn paragraph(&self, on: bool) -> usize {
        self.typeset.as_ref().map_or(0, |typeset| typeset.paragraph(self.top, on))
    }

    /// The first character at or below the top.
    pub(crate) fn spot(&self) -> Option<Spot> {
        self.typeset.as_ref()?.spot_from(self.top)
    }

    /// Brings the characters of `hit` into view, at a third of the height unless they are in view
    /// already.
    pub(crate) fn look_at(&mut self, hit: Hit, height: usize) {
        let Some(typeset) = &self.typeset else { return };
        let line_of = |character| typeset.line(Anchor::Text(Spot { block: hit.block, character }));
        let (line, last) = (line_of(hit.span.start), line_of(hit.span.end.saturating_sub(1)));
        if line < self.top || last >= self.top + height {
            self.top = 0;
            self.scroll_to(line.saturating_sub(height / 3), height);
        }
    }

    /// Makes `hit` the place that was jumped to.
    pub(crate) fn stand_on(&mut self, hit: Hit, height: usize) {
        self.here = Some(hit);
        self.strayed = false;
        self.look_at(hit, height);
    }

    /// The number, from 0, of the hit that was jumped to.
    pub(crate) fn hit_number(&self, hits: &[Hit]) -> Option<usize> {
        hits.binary_search(&self.here?).ok()
    }

    /// The first hit at or below what is on top; going back the last one above it.
    pub(crate) fn first_from(&self, hits: &[Hit], by: isize) -> usize {
        let spot = self.spot().unwrap_or_default();
        let at_top = |hit: &Hit| (hit.block, hit.span.start) < (spot.block, spot.character);
        let behind = hits.partition_point(at_top);
        if by > 0 { behind } else { behind.checked_sub(1).unwrap_or(hits.len().saturating_sub(1)) }
    }

    /// True where the beginning of `hit` is in view.
    pub(crate) fn in_view(&self, hit: Option<&Hit>, height: usize) -> bool {
        let (Some(hit), Some(typeset)) = (hit, &self.typeset) else { return false };
        let spot = Spot { block: hit.block, character: hit.span.start };
        let line = typeset.line(Anchor::Text(spot));
        self.top <= line && line < self.top + height
    }

    /// The number, before going round, of the hit to which one step leads.
    pub(crate) fn step_among(&self, hits: &[Hit], by: isize, height: usize) -> isize {
        let at_hand = |at: &usize| !self.strayed || self.in_view(hits.get(*at), height);
        match self.hit_number(hits).filter(at_hand) {
            Some(at) => at as isize + by,
            None => self.first_from(hits, by) as isize,
        }
    }
}
