//! The pane in which one document is read: its text at a width, the line on top, the cursor, the place
//! that was jumped to, and what is searched for in it. The reader has one; a comparison has several.

mod cursor;

use std::sync::Arc;

use ratatui::layout::Rect;
use ratatui::style::Style;
use wenmai::document::DocIndex;
use wenmai::library::Library;
use wenmai::text::Span;

use crate::tui::canvas::{Canvas, line_of};
use crate::tui::context::ScreenContext;
use crate::tui::cursor::Step;
use crate::tui::find::{Find, Hit};
use crate::tui::widget::article::{Anchor, ArticleLayout, LayoutKey, Removals, Spot, View};
use crate::tui::widget::wrapped::draw_wrapped;
use crate::ui::messages::Message;

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
pub(crate) struct ArticlePane {
    pub(crate) document: DocIndex,
    /// What stands on top, and the line where it stands at this width.
    pub(crate) anchor: Anchor,
    pub(crate) top: usize,
    /// The character that actions of the user are about.
    pub(crate) cursor: Spot,
    /// The article as it is set; made in the layout step.
    pub(crate) typeset: Option<ArticleLayout>,
    /// Where the text is when another stretch of it is to be set.
    library: Option<Arc<Library>>,
    /// Lines that are set before and behind what is read, at least.
    reach: usize,
    /// The mention or hit that was jumped to.
    pub(crate) here: Option<Hit>,
    /// Whether the reader has moved since; a new size is no move.
    strayed: bool,
    pub(crate) find: Option<Find>,
}

/// Screens of lines that are set before and behind what is read.
const SCREENS: usize = 6;

/// The block around which an article is set so that `anchor` is.
fn block_of(anchor: Anchor) -> usize {
    match anchor {
        Anchor::Head(_) => 0,
        Anchor::Above(block) | Anchor::Text(Spot { block, .. }) => block as usize,
    }
}

impl ArticlePane {
    /// `document` from its beginning.
    pub(crate) fn new(document: DocIndex) -> Self {
        Self {
            document,
            anchor: Anchor::default(),
            top: 0,
            cursor: Spot::default(),
            typeset: None,
            library: None,
            reach: 0,
            here: None,
            strayed: false,
            find: None,
        }
    }

    /// Starts reading at `anchor`, with the cursor there.
    pub(crate) fn start_at(&mut self, anchor: Anchor) {
        self.anchor = anchor;
        self.cursor = match anchor {
            Anchor::Head(_) => Spot::default(),
            Anchor::Above(block) | Anchor::Text(Spot { block, .. }) => Spot { block, character: 0 },
        };
    }

    /// Shows another document; what is looked for is looked for there.
    pub(crate) fn show(&mut self, document: DocIndex, context: &ScreenContext) {
        self.document = document;
        self.cursor = Spot::default();
        self.here = None;
        if let Some(find) = &mut self.find {
            find.move_to(document, context);
        }
    }

    /// Sets the article where anything it depends on has changed; what stood on top stays there.
    pub(crate) fn set(&mut self, measured: Measured, context: &ScreenContext) {
        let setting = LayoutKey {
            document: self.document,
            cells: measured.cells,
            removals: measured.removals,
            indent: context.look.page.indent * 2,
            ambiguous: context.look.ambiguous,
            lang: context.look.lang,
        };
        self.library = Some(Arc::clone(&context.library));
        self.reach = SCREENS * usize::from(context.area.height.max(1));
        if self.typeset.as_ref().is_none_or(|typeset| typeset.setting() != setting) {
            let document =
                context.document(self.document).map(|text| (text, block_of(self.anchor)));
            self.typeset = document
                .map(|(text, block)| ArticleLayout::around(text, block, self.reach, setting));
        }
        self.settle();
    }

    /// Sets more of a long article where what is on top comes near to an end of what is set.
    fn settle(&mut self) {
        self.bring(self.anchor);
        self.top = self.typeset.as_ref().map_or(0, |typeset| typeset.line(self.anchor));
    }

    /// Sets the article around `place`, unless it is set there. Lines are counted anew then.
    fn bring(&mut self, place: Anchor) {
        let margin = self.reach / 2;
        if self.typeset.as_ref().is_some_and(|typeset| !typeset.surrounds(place, margin)) {
            self.set_around(place);
        }
    }

    /// Sets another stretch of the article; false where it is the same.
    fn set_around(&mut self, place: Anchor) -> bool {
        let set = self.typeset.as_ref().map(|typeset| typeset.setting().document);
        let document = self.library.as_ref().zip(set).and_then(|(all, at)| all.document(at));
        let Some(document) = document else { return false };
        let Some(typeset) = self.typeset.take() else { return false };
        let before = typeset.stretch();
        let typeset = typeset.on_around(document, block_of(place), self.reach);
        let is_another = typeset.stretch() != before;
        self.top = typeset.line(self.anchor);
        self.typeset = Some(typeset);
        is_another
    }

    /// Sets the article around a character, unless it is set there.
    pub(crate) fn bring_spot(&mut self, spot: Spot) {
        self.bring(Anchor::Text(spot));
    }

    /// Draws the lines in view into `area`, with parts of blocks standing out as `marks` says; below
    /// the title of an empty article why it is empty.
    pub(crate) fn draw(
        &self,
        area: Rect,
        marks: &dyn Fn(u32, Span) -> Vec<(Span, Style)>,
        context: &ScreenContext,
        canvas: &mut Canvas<'_>,
    ) {
        let Some((document, typeset)) = context.document(self.document).zip(self.typeset.as_ref())
        else {
            return;
        };
        typeset.draw(area, View { document, top: self.top, marks }, canvas);
        let shown = typeset.len().saturating_sub(self.top);
        if document.blocks.is_empty() && shown < area.height.into() {
            let below = line_of(area, shown);
            let rest = Rect { height: area.bottom().saturating_sub(below.y), ..below };
            draw_wrapped(rest, context.say(Message::EmptyDocument), canvas);
        }
    }

    /// Draws a bar beside the paragraph of the cursor, in the margin of the text column `area`.
    pub(crate) fn draw_cursor(&self, area: Rect, style: Style, canvas: &mut Canvas<'_>) {
        let lines = self.typeset.as_ref().and_then(|layout| layout.lines_of(self.cursor.block));
        let (Some(lines), Some(x)) = (lines, area.x.checked_sub(1)) else { return };
        let covered = self.covered(area.height.into());
        for line in lines.filter(|line| *line >= self.top + covered) {
            let row = line.checked_sub(self.top).and_then(|row| u16::try_from(row).ok());
            if let Some(row) = row.filter(|row| *row < area.height) {
                canvas.put(x, area.y + row, canvas.look.glyphs.chosen, style);
            }
        }
    }

    /// The first lines in a window of `height` that the headings of a table cover.
    pub(crate) fn covered(&self, height: usize) -> usize {
        self.typeset.as_ref().map_or(0, |layout| layout.headings(self.top, height).len())
    }

    /// The line in row `row` of a window of `height` lines.
    pub(crate) fn line_in(&self, row: usize, height: usize) -> usize {
        let headings = self.typeset.as_ref().map_or(0..0, |set| set.headings(self.top, height));
        let heading = Some(headings.start + row).filter(|line| headings.contains(line));
        heading.unwrap_or(self.top + row)
    }

    /// The reader moves `line` to the top, below the headings that stay in sight there.
    pub(crate) fn bring_to_top(&mut self, line: usize, height: usize) {
        self.move_to(line, height);
        let covered = self.covered(height);
        if covered > 0 && self.top == line {
            self.move_to(line - covered, height);
        }
    }

    /// Moves in a window of `height` lines.
    pub(crate) fn scroll(&mut self, step: Step, height: usize) {
        self.settle();
        let line = self.line_after(self.top, step, height);
        self.move_to(line, height);
    }

    /// The line to which a step leads from line `from`, in a window of `height` lines. It may lie
    /// behind the last one. Where it is not set yet, it is, and lines are counted anew.
    pub(crate) fn line_after(&mut self, from: usize, step: Step, height: usize) -> usize {
        let page = height.saturating_sub(1).max(1) as isize;
        let rows = match step {
            Step::Rows(rows) => rows,
            Step::Halves(2) => page,
            Step::Halves(-2) => -page,
            Step::Halves(halves) => halves * (height / 2).max(1) as isize,
            Step::First => {
                self.bring(Anchor::Head(0));
                return 0;
            }
            Step::Last => {
                self.bring(Anchor::Text(Spot { block: u32::MAX, character: 0 }));
                return usize::MAX;
            }
        };
        self.line_away(from, rows)
    }

    /// The line so many `rows` from line `from`.
    fn line_away(&mut self, mut from: usize, mut rows: isize) -> usize {
        while let Some(typeset) = &self.typeset {
            let wanted = from.saturating_add_signed(rows);
            let (first, last) = (self.reach / 2, typeset.len().saturating_sub(self.reach / 2));
            let edge = if wanted < first && !typeset.has_beginning() {
                first.min(from)
            } else if wanted > last && !typeset.has_end() {
                last.max(from)
            } else {
                return wanted;
            };
            // From the edge of what is set one goes on in the next stretch.
            let place = typeset.anchor(edge);
            if !self.set_around(place) {
                return wanted;
            }
            rows -= edge as isize - from as isize;
            from = self.typeset.as_ref().map_or(0, |typeset| typeset.line(place));
        }
        from
    }

    /// The reader moves `line` to the top.
    pub(crate) fn move_to(&mut self, line: usize, height: usize) {
        self.strayed = true;
        self.scroll_to(line, height);
    }

    /// Puts `line` on top, or the last screen's first line where less than a screen is left.
    pub(crate) fn scroll_to(&mut self, line: usize, height: usize) {
        let Some(typeset) = &self.typeset else { return };
        let behind = if typeset.has_end() { height } else { 1 };
        let lowest = typeset.len().saturating_sub(behind);
        // A place that a resize left below the last screen stays where it is.
        self.top = line.min(lowest.max(self.top.min(line)));
        self.anchor = typeset.anchor(self.top);
    }

    /// Brings removed text into view where none is: the first piece below the top, or else the first.
    pub(crate) fn show_removed(&mut self, height: usize) {
        let Some(layout) = &self.typeset else { return };
        let lines = layout.removed_lines();
        if lines.iter().any(|line| (self.top..self.top + height).contains(line)) {
            return;
        }
        let below = lines.iter().find(|line| **line >= self.top).or(lines.first());
        if let Some(line) = below.copied() {
            self.move_to(line.saturating_sub(height / 3), height);
        }
    }

    /// The first character at or below the top.
    pub(crate) fn spot(&self) -> Option<Spot> {
        self.typeset.as_ref()?.spot_from(self.top)
    }

    /// Brings the characters of `hit` into view, at a third of the height unless they are in view
    /// already.
    pub(crate) fn look_at(&mut self, hit: Hit, height: usize) {
        self.bring_spot(Spot { block: hit.block, character: hit.span.start });
        let Some(typeset) = &self.typeset else { return };
        let line_of = |character| typeset.line(Anchor::Text(Spot { block: hit.block, character }));
        let (line, last) = (line_of(hit.span.start), line_of(hit.span.end.saturating_sub(1)));
        if line < self.top + self.covered(height) || last >= self.top + height {
            self.top = 0;
            self.scroll_to(line.saturating_sub(height / 3), height);
        }
    }

    /// Makes `hit` the place that was jumped to.
    pub(crate) fn stand_on(&mut self, hit: Hit, height: usize) {
        self.here = Some(hit);
        self.strayed = false;
        self.cursor_on(hit.block);
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
        self.top + self.covered(height) <= line && line < self.top + height
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use wenmai::text::width::Ambiguous;
    use wenmai::themes::vocabulary::Lexicon;

    use super::*;
    use crate::tui::testing::document;
    use crate::ui::lang::Lang;

    /// Paragraphs of many lengths, together far longer than what is set at once.
    fn long_library() -> Arc<Library> {
        let paragraphs: Vec<String> =
            (0..900).map(|n| "推动标准化，改革创新。".repeat(n * 7 % 13 + n % 2)).collect();
        let paragraphs: Vec<&str> = paragraphs.iter().map(String::as_str).collect();
        let only = document("a", None, "2022-06-10", &paragraphs);
        Arc::new(Library::new(vec![only], Vec::new(), Lexicon::default()))
    }

    /// A column of which at least `reach` lines around the place are set.
    fn column(library: &Arc<Library>, reach: usize) -> ArticlePane {
        let setting = LayoutKey {
            document: DocIndex(0),
            cells: 40,
            removals: Removals::Hidden,
            indent: 4,
            ambiguous: Ambiguous::default(),
            lang: Lang::default(),
        };
        let text = library.document(DocIndex(0)).unwrap();
        let mut column = ArticlePane::new(DocIndex(0));
        column.typeset = Some(ArticleLayout::around(text, 0, reach, setting));
        column.library = Some(Arc::clone(library));
        column.reach = reach;
        column
    }

    #[derive(Debug, Clone, Copy)]
    enum Move {
        By(Step),
        Paragraph(bool),
        To(u32),
        Frame,
    }

    fn a_move() -> impl Strategy<Value = Move> {
        prop_oneof![
            (-30isize..30).prop_map(|rows| Move::By(Step::Rows(rows))),
            (-5000isize..5000).prop_map(|rows| Move::By(Step::Rows(rows))),
            (-2isize..=2).prop_map(|halves| Move::By(Step::Halves(halves))),
            Just(Move::By(Step::First)),
            Just(Move::By(Step::Last)),
            any::<bool>().prop_map(Move::Paragraph),
            (0u32..900).prop_map(Move::To),
            Just(Move::Frame),
        ]
    }

    fn go(column: &mut ArticlePane, to: Move) {
        const HEIGHT: usize = 20;
        match to {
            Move::By(step) => column.scroll(step, HEIGHT),
            Move::Paragraph(on) => {
                column.carry_cursor(HEIGHT);
                column.step_paragraphs(if on { 1 } else { -1 }, 900, HEIGHT);
            }
            Move::To(block) => column.look_at(Hit { block, span: Span::new(0, 1) }, HEIGHT),
            Move::Frame => column.settle(),
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn a_stretch_is_read_like_the_whole(moves in prop::collection::vec(a_move(), 1..40)) {
            let library = long_library();
            let (mut part, mut whole) = (column(&library, 120), column(&library, 1 << 20));
            prop_assert!(!part.typeset.as_ref().unwrap().has_end());
            for to in moves {
                go(&mut part, to);
                go(&mut whole, to);
                prop_assert_eq!(part.anchor, whole.anchor, "after {:?}", to);
                prop_assert_eq!(part.spot(), whole.spot());
                let percent = |column: &ArticlePane| {
                    column.typeset.as_ref().map(|typeset| typeset.percent(column.top + 19))
                };
                prop_assert_eq!(percent(&part), percent(&whole));
                prop_assert!(part.typeset.as_ref().unwrap().len() < 4000);
            }
        }
    }
}
