//! What is at a topic: of a theme its first mention in each document, of a title the beginning of
//! the text, of a heading what follows it.

use ratatui::layout::Rect;
use wenmai::document::{DocIndex, Document};
use wenmai::find::topics::Entry;
use wenmai::text::Span;
use wenmai::themes::ThemeId;

use super::ScreenContext;
use crate::tui::canvas::{Canvas, line_of};
use crate::tui::widget::facts::headline;
use crate::tui::widget::marked::Marked;

/// Parts that are prepared; more never fit a screen.
const MOST_PARTS: usize = 40;
/// Characters around a mention, and of a block, that are shown.
const AROUND: u32 = 40;
const LONGEST: u32 = 600;

/// Parts of a preview, from above.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Preview {
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    /// Which document.
    Head(String),
    /// Some of its text, with what stands out in it.
    Text(String, Span),
}

impl Preview {
    /// The preview of `entry`.
    pub(crate) fn of(entry: &Entry, context: &ScreenContext) -> Self {
        let parts = match (entry.theme, entry.document) {
            (Some(theme), _) => of_theme(theme, context),
            (None, Some(document)) => of_document(document, entry.block, context),
            (None, None) => Vec::new(),
        };
        Self { parts }
    }

    /// The beginning of a document.
    pub(crate) fn of_document(document: DocIndex, context: &ScreenContext) -> Self {
        Self { parts: of_document(document, None, context) }
    }

    /// Draws as much as fits.
    pub(crate) fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) {
        let mut line = 0;
        for part in &self.parts {
            if line >= usize::from(area.height) {
                return;
            }
            line += match part {
                Part::Head(head) => draw_head(line_of(area, line), line > 0, head, canvas),
                Part::Text(text, mark) => {
                    let line = line_of(area, line);
                    let rest = Rect { height: area.bottom().saturating_sub(line.y), ..line };
                    let palette = canvas.look.palette;
                    let marks = &[(*mark, palette.theme)];
                    Marked { text, style: palette.text, marks }.draw(rest, canvas)
                }
            };
        }
    }
}

fn draw_head(line: Rect, below: bool, head: &str, canvas: &mut Canvas<'_>) -> usize {
    let heading = canvas.look.palette.heading;
    let line = Rect { y: line.y + u16::from(below), ..line };
    canvas.write_cut(line, head, heading);
    1 + usize::from(below)
}

fn of_theme(theme: ThemeId, context: &ScreenContext) -> Vec<Part> {
    let Some(index) = context.themes() else { return Vec::new() };
    let known = index.theme(theme).into_iter();
    let documents = known.flat_map(|theme| theme.documents.documents());
    let mut parts = Vec::new();
    for at in documents.take(MOST_PARTS) {
        let Some(document) = context.document(at) else { continue };
        if let Some(mention) = context.mentions_of(theme, at).next() {
            parts.push(Part::Head(headline(document)));
            parts.extend(around(document, mention.block, mention.span));
        }
    }
    parts
}

fn of_document(at: DocIndex, block: Option<u32>, context: &ScreenContext) -> Vec<Part> {
    let Some(document) = context.document(at) else { return Vec::new() };
    let from = block.unwrap_or_default() as usize;
    let blocks = document.blocks.iter().skip(from).take(MOST_PARTS);
    let text = |(at, block): (usize, &wenmai::document::Block)| {
        let length = if block.level > 0 && at == 0 { LONGEST } else { 0 };
        Part::Text(Span::new(0, LONGEST).of(&block.text).to_owned(), Span::new(0, length))
    };
    std::iter::once(Part::Head(headline(document))).chain(blocks.enumerate().map(text)).collect()
}

/// A mention with what is around it.
fn around(document: &Document, block: u32, span: Span) -> Option<Part> {
    let context = document.context(block, span, AROUND)?;
    let before = context.before.chars().count() as u32;
    let cut = |cut: bool| if cut { "…" } else { "" };
    let left = cut(span.start > before);
    let text = document.blocks.get(block as usize)?.text.as_str();
    let whole = text.ends_with(context.after);
    let shown =
        format!("{left}{}{}{}{}", context.before, context.matched, context.after, cut(!whole));
    let start = before + left.chars().count() as u32;
    Some(Part::Text(shown, Span::new(start, start + span.len() as u32)))
}
