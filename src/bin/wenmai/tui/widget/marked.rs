//! A piece of text set in an area of its own, with parts of it standing out.

use ratatui::layout::Rect;
use ratatui::style::Style;
use wenmai::text::Span;
use wenmai::text::width::clusters;
use wenmai::text::wrap::{Measure, wrap};

use crate::tui::canvas::{Canvas, inset, line_of};

/// A text, its style, and the parts that stand out; a later part lies over an earlier one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Marked<'t> {
    pub(crate) text: &'t str,
    pub(crate) style: Style,
    pub(crate) marks: &'t [(Span, Style)],
}

/// Cells before the first row.
const INDENT: usize = 2;

impl Marked<'_> {
    /// Draws as many rows as fit; the number of rows that the whole text takes.
    pub(crate) fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) -> usize {
        let measure = Measure {
            cells: usize::from(area.width).max(2),
            indent: INDENT,
            ambiguous: canvas.look.ambiguous,
        };
        let rows = wrap(self.text, measure);
        for (at, row) in rows.iter().enumerate().take(area.height.into()) {
            let mut rest = inset(line_of(area, at), row.indent as u16, 0);
            let mut character = row.chars.start as u32;
            for (_, cluster) in clusters(row.text(self.text)) {
                rest = canvas.write(rest, cluster, self.style_at(character));
                character += cluster.chars().count() as u32;
            }
        }
        rows.len()
    }

    fn style_at(&self, character: u32) -> Style {
        let covers = |span: Span| span.start <= character && character < span.end;
        let covering = self.marks.iter().filter(|(span, _)| covers(*span));
        covering.fold(self.style, |style, (_, mark)| style.patch(*mark))
    }
}
