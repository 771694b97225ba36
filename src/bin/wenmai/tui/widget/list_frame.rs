//! A list that fills the body of the screen: a border with a title, the rows, and a line for what is
//! said of the chosen one. A tiny terminal has the title as its first line and no border.

use ratatui::layout::{Position, Rect};

use super::list::{self, Pointed};
use crate::tui::canvas::{Canvas, Focused, inset, inside, line_of};
use crate::tui::cursor::Cursor;
use crate::tui::event::Mouse;
use crate::tui::geometry::{body, is_tiny};

/// Clears the body of the screen `area` and draws the border with `title`.
pub(crate) fn draw(area: Rect, title: &str, canvas: &mut Canvas<'_>) {
    let palette = canvas.look.palette;
    if is_tiny(area) {
        canvas.clear(area);
        canvas.write_cut(line_of(area, 0), title, palette.heading);
    } else {
        canvas.clear(body(area));
        canvas.border(body(area), title, palette.border_of(Focused::Yes));
    }
}

/// The area inside the frame.
pub(crate) fn inner(area: Rect) -> Rect {
    if is_tiny(area) {
        let height = area.height.saturating_sub(1);
        return Rect { y: area.y + area.height.min(1), height, ..area };
    }
    inside(body(area))
}

/// Draws those of `len` rows that are in view, each by `draw_row`, which gets its line and number.
pub(crate) fn draw_rows(
    area: Rect,
    cursor: Cursor,
    len: usize,
    canvas: &mut Canvas<'_>,
    draw_row: impl Fn(Rect, usize, &mut Canvas<'_>),
) {
    for (line, at) in (cursor.top..len).take(area.height.into()).enumerate() {
        let line = line_of(area, line);
        let chosen = at == cursor.chosen;
        draw_row(list::mark(line, chosen, Focused::Yes, canvas), at, canvas);
        if chosen {
            canvas.paint(line, canvas.look.palette.chosen);
        }
    }
}

/// Draws `said` in place of rows.
pub(crate) fn draw_message(area: Rect, said: &str, canvas: &mut Canvas<'_>) {
    canvas.write_cut(inset(line_of(area, 0), 1, 1), said, canvas.look.palette.faint);
}

/// Draws `said` below the frame; a tiny terminal has no line for it.
pub(crate) fn draw_status(area: Rect, said: &str, canvas: &mut Canvas<'_>) {
    if is_tiny(area) {
        return;
    }
    let line = line_of(area, usize::from(area.height) - 2);
    canvas.clear(line);
    canvas.write_cut(inset(line, 1, 1), said, canvas.look.palette.faint);
}

/// Answers the mouse as [`list::point`] does; true where the row that was the chosen one already is
/// clicked, which opens it.
pub(crate) fn is_opened(
    mouse: Mouse,
    cell: Position,
    area: Rect,
    len: usize,
    cursor: &mut Cursor,
) -> bool {
    let before = cursor.chosen;
    list::point(mouse, cell, area, len, cursor) == Pointed::Row && cursor.chosen == before
}
