//! Drawing shared wording: the list, and both sides of the chosen passage beside or below it.

use ratatui::layout::{Position, Rect};

use super::super::preview::head;
use super::super::reader::themes::draw_wrapped;
use super::{Passages, Row};
use crate::tui::canvas::{Canvas, Focused, inset, inside, line_of};
use crate::tui::geometry::{body, is_tiny};
use crate::tui::screen::ScreenContext;
use crate::tui::shared_text::Shared;
use crate::tui::widget::{list, status};
use crate::ui::messages::Message;

/// The parts of the screen.
pub(super) struct Parts {
    frame: Option<Rect>,
    pub(super) list: Rect,
    sides: Option<Rect>,
}

/// Columns from which on both texts stand beside the list, and rows from which on they stand
/// below it.
const BESIDE: u16 = 72;
const BELOW: u16 = 14;

impl Parts {
    pub(super) fn of(area: Rect) -> Self {
        if is_tiny(area) {
            let list = Rect { y: area.y + 1.min(area.height), ..area };
            let height = area.height.saturating_sub(1);
            return Self { frame: None, list: Rect { height, ..list }, sides: None };
        }
        let body = body(area);
        if body.width >= BESIDE {
            let width = (body.width * 9 / 20).max(34);
            let left = Rect { width, ..body };
            let x = left.right() - 1;
            let sides = Rect { x, width: body.right() - x, ..body };
            return Self { frame: Some(left), list: inside(left), sides: Some(sides) };
        }
        if body.height >= BELOW {
            let upper = Rect { height: body.height * 2 / 5, ..body };
            let y = upper.bottom() - 1;
            let sides = Rect { y, height: body.bottom() - y, ..body };
            return Self { frame: Some(upper), list: inside(upper), sides: Some(sides) };
        }
        Self { frame: Some(body), list: inside(body), sides: None }
    }

    fn draw_borders(&self, titles: [&str; 2], canvas: &mut Canvas<'_>) {
        let palette = canvas.look.palette;
        let Some(frame) = self.frame else { return };
        if let Some(sides) = self.sides {
            canvas.border(sides, titles[1], palette.border_of(Focused::No));
        }
        canvas.border(frame, titles[0], palette.border_of(Focused::Yes));
        let Some(sides) = self.sides else { return };
        let [above, below, left, right] = canvas.look.glyphs.tees;
        let joints = if sides.y == frame.y {
            [(sides.x, sides.y, above), (sides.x, sides.bottom() - 1, below)]
        } else {
            [(sides.x, sides.y, left), (sides.right() - 1, sides.y, right)]
        };
        for (x, y, sign) in joints {
            canvas.join(x, y, sign);
        }
    }
}

impl Passages {
    /// Draws the screen.
    pub(crate) fn draw(
        &self,
        context: &ScreenContext,
        canvas: &mut Canvas<'_>,
    ) -> Option<Position> {
        let parts = Parts::of(context.area);
        canvas.clear(if is_tiny(context.area) { context.area } else { body(context.area) });
        let title = context.tell(Message::PassagesTitle, &[&self.passages.to_string()]);
        parts.draw_borders([&title, context.say(Message::BothSides)], canvas);
        if parts.frame.is_none() {
            canvas.write_cut(line_of(context.area, 0), &title, canvas.look.palette.heading);
        }
        match &self.rows {
            None => draw_wrapped(inset(parts.list, 1, 1), context.say(Message::Seeking), canvas),
            Some(rows) if rows.is_empty() => {
                draw_wrapped(inset(parts.list, 1, 1), context.say(Message::NoPassages), canvas);
            }
            Some(rows) => self.draw_rows(parts.list, rows, (context, canvas)),
        }
        if let (Some(sides), Some(shared)) = (parts.sides, self.chosen()) {
            super::sides::draw(inset(inside(sides), 1, 1), &shared.passage, (context, canvas));
        }
        self.draw_status(context, canvas);
        None
    }

    /// How much is the same, and with which text.
    fn draw_status(&self, context: &ScreenContext, canvas: &mut Canvas<'_>) {
        if is_tiny(context.area) {
            return;
        }
        let line = line_of(context.area, usize::from(context.area.height) - 2);
        canvas.clear(line);
        let Some(Shared { passage, .. }) = self.chosen() else { return };
        let percent = percent(passage.similarity).to_string();
        let said = context.tell(Message::Likeness, &[&passage.characters.to_string(), &percent]);
        let other = context.document(passage.b.document).map_or_else(String::new, head);
        status::draw(line, &[said, other], canvas);
    }

    fn draw_rows(
        &self,
        area: Rect,
        rows: &[Row],
        (context, canvas): (&ScreenContext, &mut Canvas<'_>),
    ) {
        let rows = rows.iter().enumerate().skip(self.cursor.top);
        for (line, (at, row)) in rows.take(area.height.into()).enumerate() {
            let line = line_of(area, line);
            let chosen = at == self.cursor.chosen;
            let rest = list::mark(line, chosen, Focused::Yes, canvas);
            let rest = inset(rest, 0, 1);
            match row {
                Row::Document(other, count) => {
                    draw_document(rest, (context, *other, *count), canvas)
                }
                Row::Passage(shared) => draw_piece(inset(rest, 2, 0), shared, context, canvas),
            }
            if chosen {
                canvas.paint(line, canvas.look.palette.chosen);
            }
        }
    }
}

fn draw_document(
    line: Rect,
    (context, other, count): (&ScreenContext, wenmai::document::DocIndex, usize),
    canvas: &mut Canvas<'_>,
) {
    let palette = canvas.look.palette;
    let count = context.tell(Message::Places, &[&count.to_string()]);
    let rest = canvas.write_right(line, &count, palette.faint);
    if let Some(document) = context.document(other) {
        canvas.write_cut(inset(rest, 0, 1), &head(document), palette.heading);
    }
}

fn draw_piece(line: Rect, shared: &Shared, context: &ScreenContext, canvas: &mut Canvas<'_>) {
    let palette = canvas.look.palette;
    let passage = &shared.passage;
    let rest = canvas.write_right(line, &format!("{:>4}", passage.characters), palette.faint);
    let percent = match percent(passage.similarity) {
        100 => " ".repeat(5),
        percent => format!("{percent:>4}%"),
    };
    let rest = canvas.write_right(rest, &percent, palette.faint);
    let place = passage.a;
    let block = context.document(place.document).and_then(|d| d.blocks.get(place.block as usize));
    let text = block.map_or("", |block| place.span.of(&block.text));
    canvas.write_cut(inset(rest, 0, 1), text, palette.text);
}

/// A likeness in percent; 100 only where nothing differs.
pub(super) fn percent(similarity: f64) -> usize {
    if similarity >= 1.0 { 100 } else { ((similarity * 100.0).round() as usize).min(99) }
}
