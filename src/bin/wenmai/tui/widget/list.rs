//! A list in a popup: its rows, the chosen one, a title, an optional prompt above. What the rows
//! say is the screen's own.

use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use crate::tui::canvas::{Canvas, Focused, inset, inside, line_of};
use crate::tui::cursor::{Cursor, Step};
use crate::tui::event::Mouse;
use crate::tui::geometry::popup;
use crate::ui::action::Action;

/// One row: what is at the left, and what at the right.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct ListRow {
    pub(crate) left: String,
    pub(crate) right: String,
    /// True for a heading, which is never chosen.
    pub(crate) heading: bool,
}

/// Opens a popup with a border on the screen `area` and returns what is inside it, a margin left
/// out.
pub(crate) fn open_popup(area: Rect, title: &str, canvas: &mut Canvas<'_>) -> Rect {
    open_drawer(popup(area), title, canvas);
    body(area)
}

/// Blanks `area` and draws a border around it.
pub(crate) fn open_drawer(area: Rect, title: &str, canvas: &mut Canvas<'_>) {
    canvas.clear(area);
    let style = canvas.look.palette.border_of(Focused::Yes);
    canvas.border(area, title, style);
}

/// The inside of the popup of a screen of `area`.
pub(crate) fn body(area: Rect) -> Rect {
    inset(inside(popup(area)), 0, 1)
}

/// Draws the rows in view.
pub(crate) fn draw(area: Rect, rows: &[ListRow], cursor: Cursor, canvas: &mut Canvas<'_>) {
    let palette = canvas.look.palette;
    for (shown, (at, row)) in
        rows.iter().enumerate().skip(cursor.top).take(area.height.into()).enumerate()
    {
        let line = line_of(area, shown);
        let chosen = at == cursor.chosen && !row.heading;
        let style = if row.heading { palette.heading } else { palette.text };
        let text = mark(line, chosen, Focused::Yes, canvas);
        let text = canvas.write_right(text, &row.right, palette.faint);
        canvas.write_cut(inset(text, 0, u16::from(!row.right.is_empty())), &row.left, style);
        if chosen {
            canvas.paint(line, palette.chosen);
        }
    }
}

/// The sign before a row, if it is the chosen one; the line without the sign's column.
pub(crate) fn mark(line: Rect, chosen: bool, focus: Focused, canvas: &mut Canvas<'_>) -> Rect {
    let palette = canvas.look.palette;
    let style: Style = palette.border_of(focus).line;
    let sign = if chosen { canvas.look.glyphs.chosen } else { " " };
    canvas.write(line, sign, style);
    inset(line, 1, 0)
}

/// The way that `action` moves in a list.
pub(crate) fn step_of(action: Action) -> Option<Step> {
    Some(match action {
        Action::Down | Action::NextParagraph => Step::Rows(1),
        Action::Up | Action::PreviousParagraph => Step::Rows(-1),
        Action::HalfDown => Step::Halves(1),
        Action::HalfUp => Step::Halves(-1),
        Action::PageDown => Step::Halves(2),
        Action::PageUp => Step::Halves(-2),
        Action::Top => Step::First,
        Action::Bottom => Step::Last,
        _ => return None,
    })
}

/// The row of a list in `area` at a cell of the terminal.
pub(crate) fn row_at(area: Rect, cursor: Cursor, cell: Position) -> Option<usize> {
    area.contains(cell).then(|| cursor.top + usize::from(cell.y - area.y))
}

/// What came of the mouse over a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pointed {
    /// The wheel has moved the cursor, or nothing was met.
    Moved,
    /// A row was clicked; it is the chosen one now.
    Row,
    /// A click beside the list.
    Beside,
}

/// Answers the mouse over a list of `len` rows in `area`: the wheel moves, a click chooses.
pub(crate) fn point(
    mouse: Mouse,
    cell: Position,
    area: Rect,
    len: usize,
    cursor: &mut Cursor,
) -> Pointed {
    match mouse {
        Mouse::WheelDown => cursor.step(Step::Rows(WHEEL), len, area.height.into()),
        Mouse::WheelUp => cursor.step(Step::Rows(-WHEEL), len, area.height.into()),
        Mouse::Click => match row_at(area, *cursor, cell) {
            None => return Pointed::Beside,
            Some(row) if row < len => {
                cursor.chosen = row;
                return Pointed::Row;
            }
            Some(_) => {}
        },
        Mouse::Drag => {}
    }
    Pointed::Moved
}

/// Rows that one notch of the wheel moves.
pub(crate) const WHEEL: isize = 3;
