//! The paragraph of a place in a list: its section, and the text around the place.

use ratatui::layout::Rect;
use ratatui::style::Style;
use wenmai::document::Document;
use wenmai::text::Span;

use crate::tui::canvas::{Canvas, Focused, inset, line_of};
use crate::tui::widget::marked::Marked;

/// Rows of a list below which there is no excerpt, and those that it takes.
const WITH_EXCERPT: u16 = 16;
const ROWS: u16 = 6;
/// Characters before the place that are shown.
const BEFORE: u32 = 60;

/// `area` of a list, and where the excerpt of the chosen row is drawn below it, if there is room.
pub(crate) fn split(area: Rect) -> (Rect, Option<Rect>) {
    if area.height < WITH_EXCERPT {
        return (area, None);
    }
    let list = Rect { height: area.height - ROWS, ..area };
    (list, Some(Rect { y: list.bottom(), height: ROWS, ..area }))
}

/// Draws the text around `span` of a block, the span in `style`, below a line with its section.
pub(crate) fn draw(
    area: Rect,
    document: &Document,
    block: u32,
    span: Span,
    style: Style,
    canvas: &mut Canvas<'_>,
) {
    let Some(text) = document.blocks.get(block as usize) else { return };
    let palette = canvas.look.palette;
    let section = document.section_of(block).map_or("", |heading| heading.title.as_str());
    canvas.rule(area, section, palette.border_of(Focused::No));
    let from = span.start.saturating_sub(BEFORE);
    let shown = Span::new(from, u32::MAX).of(&text.text);
    let cut = if from > 0 { "…" } else { "" };
    let shift = |at: u32| at - from + u32::from(from > 0);
    let marks = [(Span::new(shift(span.start), shift(span.end)), style)];
    let below = line_of(area, 1);
    let rest = Rect { height: area.height.saturating_sub(1), ..below };
    let text = format!("{cut}{shown}");
    Marked { text: &text, style: palette.text, marks: &marks }.draw(inset(rest, 1, 1), canvas);
}
