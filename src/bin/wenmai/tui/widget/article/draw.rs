//! Drawing a set article: the lines in view, with what stands out in them.

use super::{ArticleLayout, Line, Source, View};
use crate::tui::canvas::{Canvas, inset, line_of};
use crate::ui::palette::Palette;
use ratatui::layout::Rect;
use ratatui::style::Style;
use wenmai::document::BlockKind;
use wenmai::text::Span;
use wenmai::text::width::{self};

impl ArticleLayout {
    /// Draws the lines in view into `area`.
    pub(crate) fn draw(&self, area: Rect, view: View<'_>, canvas: &mut Canvas<'_>) {
        let lines = self.lines.iter().skip(view.top).take(area.height.into());
        for (at, line) in lines.enumerate() {
            let area = inset(line_of(area, at), line.row.indent as u16, 0);
            let run = self.run(line, &view, canvas.look.palette);
            run.draw(area, canvas);
        }
    }

    fn run<'v>(&'v self, line: &Line, view: &View<'v>, palette: Palette) -> Run<'v> {
        let plain = |text: &'v str, style| Run {
            text: line.row.text(text),
            start: 0,
            style,
            marks: Vec::new(),
        };
        match line.source {
            Source::Blank => plain("", palette.text),
            Source::Title => plain(&self.title, palette.heading),
            Source::Facts => plain(&self.facts, palette.faint),
            Source::Removed(number) => {
                let text = self.removed.get(number as usize).map_or("", String::as_str);
                plain(text, palette.removed)
            }
            Source::Block(number) => {
                let Some(block) = view.document.blocks.get(number as usize) else {
                    return plain("", palette.text);
                };
                let heading = block.kind == BlockKind::Heading;
                let style = if heading { palette.heading } else { palette.text };
                let chars = Span::new(line.row.chars.start as u32, line.row.chars.end as u32);
                let marks = (view.marks)(number, chars);
                Run { start: chars.start, marks, ..plain(&block.text, style) }
            }
        }
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
