//! One line around a place, the place always in the same column (KWIC: key word in context).

use ratatui::layout::Rect;
use ratatui::style::Style;
use wenmai::find::context::{ContextRoom, line};
use wenmai::text::Span;

use crate::tui::canvas::{Canvas, inset};

/// The columns of a line: a label, and the text.
pub(crate) struct Columns {
    pub(crate) label: Rect,
    pub(crate) text: Rect,
}

impl Columns {
    /// A label of at most `label` cells, of none where the line is short.
    pub(crate) fn of(area: Rect, label: u16) -> Self {
        let cells = if area.width >= 4 * label { label } else { 0 };
        let gap = u16::from(cells > 0);
        Self { label: Rect { width: cells, ..area }, text: inset(area, cells + gap, 1) }
    }
}

/// Draws the characters `span` of `text` in `style` at two fifths of `area`, what is before and
/// after it around; where the match is.
pub(crate) fn draw(
    area: Rect,
    text: &str,
    span: Span,
    style: Style,
    canvas: &mut Canvas<'_>,
) -> Rect {
    let palette = canvas.look.palette;
    let before = usize::from(area.width) * 2 / 5;
    let ambiguous = canvas.look.ambiguous;
    let room = ContextRoom { before, from: usize::from(area.width) - before, ambiguous };
    let context = line(text, span, room);
    let blank = before.saturating_sub(canvas.look.cells(context.before)) as u16;
    let rest = canvas.write(inset(area, blank, 0), context.before, palette.text);
    let after = canvas.write(rest, context.matched, style);
    canvas.write(after, context.after, palette.text);
    Rect { width: rest.width - after.width, ..rest }
}
