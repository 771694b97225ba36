//! Both sides of a passage, one above the other: the wording with a little of what is around
//! it, and in it what the other side says otherwise.

use ratatui::layout::Rect;
use ratatui::style::Style;
use wenmai::document::Place;
use wenmai::reuse::diff::{DiffSpan, Difference, MarkKind, difference};
use wenmai::reuse::passages::Passage;
use wenmai::text::Span;

use crate::tui::canvas::{Canvas, line_of};
use crate::tui::context::ScreenContext;
use crate::tui::widget::facts::headline;
use crate::tui::widget::marked::Marked;
use crate::ui::messages::Message;

/// Characters shown around a passage on either side.
const AROUND: u32 = 40;

/// Draws both sides of `passage`.
pub(super) fn draw(
    area: Rect,
    passage: &Passage,
    context: &ScreenContext,
    canvas: &mut Canvas<'_>,
) {
    let text = |place: Place| -> Option<&str> {
        let block = context.document(place.document)?.blocks.get(place.block as usize)?;
        Some(place.span.of(&block.text))
    };
    let (Some(a), Some(b)) = (text(passage.a), text(passage.b)) else { return };
    let Difference { old, new } = difference(a, b);
    let used = draw_side(area, passage.a, &old, Message::ThisText, context, canvas);
    let line = line_of(area, used + 1);
    let rest = Rect { height: area.bottom().saturating_sub(line.y), ..line };
    draw_side(rest, passage.b, &new, Message::OtherText, context, canvas);
}

/// Draws one side; the number of its rows.
fn draw_side(
    area: Rect,
    place: Place,
    marks: &[DiffSpan],
    whose: Message,
    context: &ScreenContext,
    canvas: &mut Canvas<'_>,
) -> usize {
    let Some(document) = context.document(place.document) else { return 0 };
    let palette = canvas.look.palette;
    let paragraph = (place.block + 1).to_string();
    let name = context.tell(whose, &[&paragraph, &headline(document)]);
    canvas.write_cut(line_of(area, 0), &name, palette.heading);
    let section = document.section_of(place.block).map_or("", |heading| heading.title.as_str());
    canvas.write_cut(line_of(area, 1), section, palette.faint);
    let above = 1 + usize::from(!section.is_empty());
    let line = line_of(area, above);
    let rest = Rect { height: area.bottom().saturating_sub(line.y), ..line };
    let Some(context) = document.context(place.block, place.span, AROUND) else { return above };
    let block = document.blocks.get(place.block as usize).map_or("", |block| &block.text);
    let right = if block.ends_with(context.after) { "" } else { "…" };
    // From the beginning of its sentence or clause; no row begins with a mark.
    let before = context.before.rsplit(ends_clause).next().unwrap_or_default();
    let text = format!("{before}{}{}{right}", context.matched, context.after);
    let start = before.chars().count() as u32;
    let styles: Vec<(Span, Style)> = std::iter::once((Span::new(0, start), palette.faint))
        .chain(marks.iter().filter_map(|mark| styled(mark, start, canvas)))
        .chain([(Span::new(start + place.span.len() as u32, u32::MAX), palette.faint)])
        .collect();
    above + Marked { text: &text, style: palette.text, marks: &styles }.draw(rest, canvas)
}

fn ends_clause(c: char) -> bool {
    matches!(c, '。' | '；' | '！' | '？' | '，' | '：' | ';' | '!' | '?' | ',' | ':')
}

fn styled(mark: &DiffSpan, start: u32, canvas: &Canvas<'_>) -> Option<(Span, Style)> {
    let palette = canvas.look.palette;
    let span = Span::new(start + mark.span.start, start + mark.span.end);
    match mark.kind {
        MarkKind::Same => None,
        MarkKind::Changed => Some((span, palette.hit)),
        MarkKind::Moved => Some((span, palette.shared)),
    }
}
