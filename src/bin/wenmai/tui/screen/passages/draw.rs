//! Drawing shared wording: the list, and both sides of the chosen passage beside or below it.

use ratatui::layout::Rect;
use wenmai::document::DocIndex;

use super::{PassagesScreen, Row};
use crate::tui::canvas::{Canvas, Focused, inset, line_of};
use crate::tui::context::ScreenContext;
use crate::tui::geometry::is_tiny;
use crate::tui::shared_text::Shared;
use crate::tui::widget::facts::headline;
use crate::tui::widget::{list, status};
use crate::ui::messages::Message;

impl PassagesScreen {
    /// How much is the same, and with which text.
    pub(super) fn draw_status(&self, context: &ScreenContext, canvas: &mut Canvas<'_>) {
        if is_tiny(context.area) {
            return;
        }
        let line = line_of(context.area, usize::from(context.area.height) - 2);
        canvas.clear(line);
        let Some(Shared { passage, .. }) = self.chosen() else { return };
        let percent = percent(passage.similarity).to_string();
        let said = context.tell(Message::Likeness, &[&passage.characters.to_string(), &percent]);
        let other = context.document(passage.b.document).map_or_else(String::new, headline);
        status::draw(line, &[said, other], canvas);
    }

    pub(super) fn draw_rows(
        &self,
        area: Rect,
        rows: &[Row],
        context: &ScreenContext,
        canvas: &mut Canvas<'_>,
    ) {
        let rows = rows.iter().enumerate().skip(self.cursor.top);
        for (line, (at, row)) in rows.take(area.height.into()).enumerate() {
            let line = line_of(area, line);
            let chosen = at == self.cursor.chosen;
            let rest = list::mark(line, chosen, Focused::Yes, canvas);
            let rest = inset(rest, 0, 1);
            match row {
                Row::Document(other, count) => {
                    draw_document(rest, *other, *count, context, canvas);
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
    other: DocIndex,
    count: usize,
    context: &ScreenContext,
    canvas: &mut Canvas<'_>,
) {
    let palette = canvas.look.palette;
    let count = context.tell(Message::Places, &[&count.to_string()]);
    let rest = canvas.write_right(line, &count, palette.faint);
    if let Some(document) = context.document(other) {
        canvas.write_cut(inset(rest, 0, 1), &headline(document), palette.heading);
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
