//! A message in as many lines as it needs.

use ratatui::layout::Rect;
use wenmai::text::wrap::{Measure, wrap};

use crate::tui::canvas::{Canvas, line_of};

/// Draws `text` wrapped into `area`, as far as it fits; the number of lines that it takes.
pub(crate) fn draw_wrapped(area: Rect, text: &str, canvas: &mut Canvas<'_>) -> usize {
    let measure = Measure {
        ambiguous: canvas.look.ambiguous,
        ..Measure::new(usize::from(area.width).max(2))
    };
    let rows = wrap(text, measure);
    for (at, row) in rows.iter().enumerate().take(area.height.into()) {
        canvas.write(line_of(area, at), row.text(text), canvas.look.palette.faint);
    }
    rows.len()
}
