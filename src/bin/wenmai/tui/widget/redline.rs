//! Two texts and a remark in rows: side by side, or on narrow terminals one text with [-…-]{+…+} below
//! the remark. Which words were deleted and inserted is shown by colour and by more than colour.

use std::ops::Range;

use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use wenmai::export::{RedlineRow, RedlineRun, plain_redline};
use wenmai::reuse::redline::EditKind;
use wenmai::text::width::clusters;
use wenmai::text::wrap::{Measure, wrap};

use crate::tui::canvas::Canvas;
use crate::tui::context::ScreenContext;
use crate::tui::widget::list_frame;

/// Columns from which on both texts are side by side.
const SIDE_BY_SIDE: u16 = 80;
/// Cells of the column of remarks.
const REMARK: u16 = 22;

/// A piece of a line with what an edit does with it.
type Segment = (String, EditKind);

/// A line as it is drawn.
#[derive(Debug, Clone, Default)]
pub(crate) struct RedlineLine {
    /// The row that it is of.
    pub(crate) row: usize,
    old: Vec<Segment>,
    new: Vec<Segment>,
    remark: String,
}

impl RedlineLine {
    /// A blank line after row `row`.
    pub(crate) fn blank(row: usize) -> Self {
        Self { row, ..Self::default() }
    }

    pub(crate) fn is_blank(&self) -> bool {
        self.old.is_empty() && self.new.is_empty() && self.remark.is_empty()
    }
}

/// Draws a line.
pub(crate) fn draw(
    area: Rect,
    line: &RedlineLine,
    context: &ScreenContext,
    canvas: &mut Canvas<'_>,
) {
    let palette = canvas.look.palette;
    if context.area.width < SIDE_BY_SIDE {
        if line.remark.is_empty() {
            draw_segments(area, &line.new, palette.text, canvas);
        } else {
            canvas.write_cut(area, &line.remark, palette.heading);
        }
        return;
    }
    let parts = Parts::of(area);
    draw_segments(parts.old, &line.old, palette.text, canvas);
    draw_segments(parts.new, &line.new, palette.text, canvas);
    canvas.write_cut(parts.remark, &line.remark, palette.faint);
    for x in [parts.old.right(), parts.new.right()] {
        canvas.put(x, area.y, "│", palette.border);
    }
}

/// The columns of a line.
struct Parts {
    old: Rect,
    new: Rect,
    remark: Rect,
}

impl Parts {
    fn of(area: Rect) -> Self {
        let remark = REMARK.min(area.width / 4);
        let each = area.width.saturating_sub(remark + 2) / 2;
        let column = |x: u16, width: u16| Rect { x: area.x + x, width, ..area };
        let rest = area.width.saturating_sub(2 * each + 2);
        Self {
            old: column(0, each),
            new: column(each + 1, each),
            remark: column(2 * each + 2, rest),
        }
    }
}

fn draw_segments(area: Rect, segments: &[Segment], style: Style, canvas: &mut Canvas<'_>) {
    let palette = canvas.look.palette;
    let mut rest = area;
    for (text, kind) in segments {
        let style = match kind {
            EditKind::Equal => style,
            EditKind::Delete => palette.removed.add_modifier(Modifier::CROSSED_OUT),
            EditKind::Insert => palette.hit,
        };
        for (_, cluster) in clusters(text) {
            rest = canvas.write(rest, cluster, style);
        }
    }
}

/// The lines of one row: side by side, or the remark and one text below it.
pub(crate) fn lines_of(
    row: usize,
    written: &RedlineRow,
    context: &ScreenContext,
) -> Vec<RedlineLine> {
    let ambiguous = context.look.ambiguous;
    let inner = list_frame::inner(context.area).width.saturating_sub(1);
    let measure = |cells: u16| Measure { ambiguous, ..Measure::new(usize::from(cells).max(2)) };
    if context.area.width < SIDE_BY_SIDE {
        let marked = plain_redline(&written.both);
        let text = [RedlineRun { kind: EditKind::Equal, text: marked }];
        let head = RedlineLine { row, remark: written.remark.clone(), ..RedlineLine::default() };
        let head = Some(head).filter(|head| !head.remark.is_empty());
        let lines = wrapped(&text, measure(inner)).into_iter();
        let lines = lines.map(|new| RedlineLine { row, new, ..RedlineLine::default() });
        return head.into_iter().chain(lines).collect();
    }
    let parts = Parts::of(Rect { x: 0, y: 0, width: inner, height: 1 });
    let old = wrapped(&written.old, measure(parts.old.width));
    let new = wrapped(&written.new, measure(parts.new.width));
    let remark = [RedlineRun { kind: EditKind::Equal, text: written.remark.clone() }];
    let remark = wrapped(&remark, measure(parts.remark.width));
    let count = old.len().max(new.len()).max(remark.len());
    let at = |side: &[Vec<Segment>], line: usize| side.get(line).cloned().unwrap_or_default();
    (0..count)
        .map(|line| RedlineLine {
            row,
            old: at(&old, line),
            new: at(&new, line),
            remark: at(&remark, line).into_iter().map(|(text, _)| text).collect(),
        })
        .collect()
}

/// Runs in lines of that width.
fn wrapped(pieces: &[RedlineRun], measure: Measure) -> Vec<Vec<Segment>> {
    let text: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
    let kinds: Vec<EditKind> = pieces
        .iter()
        .flat_map(|piece| std::iter::repeat_n(piece.kind, piece.text.chars().count()))
        .collect();
    let mut lines = Vec::new();
    let mut start = 0;
    for paragraph in text.split('\n') {
        for row in wrap(paragraph, measure) {
            let range = start + row.chars.start..start + row.chars.end;
            lines.push(segments(row.text(paragraph), &kinds, range));
        }
        start += paragraph.chars().count() + 1;
    }
    if text.is_empty() { Vec::new() } else { lines }
}

fn segments(text: &str, kinds: &[EditKind], range: Range<usize>) -> Vec<Segment> {
    let mut found: Vec<Segment> = Vec::new();
    for (c, at) in text.chars().zip(range) {
        let kind = kinds.get(at).copied().unwrap_or(EditKind::Equal);
        match found.last_mut() {
            Some((segment, last)) if *last == kind => segment.push(c),
            _ => found.push((c.to_string(), kind)),
        }
    }
    found
}
