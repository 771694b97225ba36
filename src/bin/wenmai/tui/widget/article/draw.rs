//! Drawing a set article: the lines in view, with what stands out in them.

use super::layout_line::{CellLine, LineContent};
use super::{ArticleLayout, View};
use crate::tui::canvas::{Canvas, inset, line_of};
use crate::ui::palette::Palette;
use ratatui::layout::Rect;
use ratatui::style::Style;
use wenmai::document::BlockKind;
use wenmai::text::Span;
use wenmai::text::width::{self};
use wenmai::text::wrap::WrappedLine;

impl ArticleLayout {
    /// Draws the lines in view into `area`.
    pub(crate) fn draw(&self, area: Rect, view: View<'_>, canvas: &mut Canvas<'_>) {
        let headings = self.headings(view.top, area.height.into());
        let below = self.lines.iter().skip(view.top + headings.len());
        let lines = self.lines.get(headings).unwrap_or_default().iter().chain(below);
        for (at, line) in lines.take(area.height.into()).enumerate() {
            let area = line_of(area, at);
            let palette = canvas.look.palette;
            canvas.write(area, &line.label, palette.faint);
            if line.source == LineContent::Rule {
                draw_rule(area, &line.cells, canvas);
                continue;
            }
            if line.cells.is_empty() {
                let run = self.run(line.source, &line.row, &view, palette);
                run.draw(inset(area, line.row.indent as u16, 0), canvas);
            }
            for cell in &line.cells {
                let run = self.run(line.source, &cell.row, &view, palette);
                run.draw(inset(area, cell.x as u16, 0), canvas);
            }
        }
    }

    fn run<'v>(
        &'v self,
        source: LineContent,
        row: &WrappedLine,
        view: &View<'v>,
        palette: Palette,
    ) -> Run<'v> {
        let plain =
            |text: &'v str, style| Run { text: row.text(text), start: 0, style, marks: Vec::new() };
        match source {
            LineContent::Blank | LineContent::Rule => plain("", palette.text),
            LineContent::Title => plain(&self.title, palette.heading),
            LineContent::Facts => plain(&self.facts, palette.faint),
            LineContent::Removed(number) => {
                let text = self.removed.get(number as usize).map_or("", String::as_str);
                plain(text, palette.removed)
            }
            LineContent::Block(number) => {
                let Some(block) = view.document.blocks.get(number as usize) else {
                    return plain("", palette.text);
                };
                let heads = |number| {
                    view.document.table_of(number).is_some_and(|table| table.is_heading(number))
                };
                let heading = match block.kind {
                    BlockKind::Heading => true,
                    BlockKind::TableRow => heads(number),
                    _ => false,
                };
                let style = if heading { palette.heading } else { palette.text };
                let chars = Span::new(row.chars.start as u32, row.chars.end as u32);
                let marks = (view.marks)(number, chars);
                Run { start: chars.start, marks, ..plain(&block.text, style) }
            }
        }
    }
}

/// The line below the headings of a table, under each column.
fn draw_rule(area: Rect, cells: &[CellLine], canvas: &mut Canvas<'_>) {
    let (sign, style) = (canvas.look.glyphs.horizontal, canvas.look.palette.border);
    for cell in cells {
        canvas.write(inset(area, cell.x as u16, 0), &sign.repeat(cell.width), style);
    }
}

/// The text of a line, and what stands out in it; a later mark lies over an earlier one.
struct Run<'t> {
    text: &'t str,
    /// The character of its block at which it begins.
    start: u32,
    style: Style,
    marks: Vec<(Span, Style)>,
}

impl Run<'_> {
    fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) {
        let mut character = self.start;
        let mut rest = area;
        for (_, cluster) in width::clusters(self.text) {
            rest = canvas.write(rest, cluster, self.style_at(character));
            character += cluster.chars().count() as u32;
        }
    }

    fn style_at(&self, character: u32) -> Style {
        let covers = |span: Span| span.start <= character && character < span.end;
        let covering = self.marks.iter().filter(|(span, _)| covers(*span));
        covering.fold(self.style, |style, (_, mark)| style.patch(*mark))
    }
}
