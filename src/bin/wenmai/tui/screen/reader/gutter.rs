//! Gutter marks: the annotations of the open document, where each is in it now.

use ratatui::layout::Rect;
use wenmai::annotations::entry::{Annotation, Extent, Kind};
use wenmai::document::DocIndex;

use crate::tui::canvas::Canvas;
use crate::tui::context::ScreenContext;
use crate::tui::screen::article_pane::ArticlePane;
use crate::tui::widget::article::{Anchor, Spot};

/// The entries about the open document, where they stand in it.
#[derive(Debug, Default)]
pub(super) struct GutterMarks {
    entries: Vec<(Annotation, Extent)>,
    made_for: Option<(DocIndex, u64)>,
}

impl GutterMarks {
    /// Finds the entries of `document` where anything has changed since.
    pub(super) fn fill(&mut self, document: DocIndex, context: &ScreenContext) {
        let made_for = Some((document, context.keeping.version()));
        if self.made_for == made_for {
            return;
        }
        let entries = context.document(document).map(|text| context.keeping.entries(text));
        let entries = entries.unwrap_or_default().into_iter();
        self.entries = entries.map(|(entry, extent)| (entry.clone(), extent)).collect();
        self.entries.sort_by_key(|(_, extent)| *extent);
        self.made_for = made_for;
    }

    /// The notes about a block, in their order.
    pub(super) fn notes(&self, block: u32) -> impl Iterator<Item = &(Annotation, Extent)> {
        let of_block = move |(entry, extent): &&(Annotation, Extent)| {
            entry.note().is_some() && extent.part_of(block).is_some()
        };
        self.entries.iter().filter(of_block)
    }

    pub(super) fn bookmark(&self, block: u32) -> Option<&Annotation> {
        let is_it = |(entry, extent): &&(Annotation, Extent)| {
            entry.kind == Kind::Bookmark && extent.from.block == block
        };
        self.entries.iter().find(is_it).map(|(entry, _)| entry)
    }

    /// The signs of entries in the margin of the text column.
    pub(super) fn draw(&self, column: Rect, pane: &ArticlePane, canvas: &mut Canvas<'_>) {
        let Some(typeset) = &pane.typeset else { return };
        let style = canvas.look.palette.key;
        for (entry, extent) in &self.entries {
            let spot = Spot { block: extent.from.block, character: extent.from.character };
            let row = typeset.line(Anchor::Text(spot)).checked_sub(pane.top);
            let covered = pane.covered(column.height.into());
            let in_view = covered..usize::from(column.height);
            let Some(row) = row.filter(|row| in_view.contains(row)) else { continue };
            let letter;
            let sign = match &entry.kind {
                Kind::Mark(of) => {
                    letter = of.to_string();
                    letter.as_str()
                }
                Kind::Bookmark => canvas.look.glyphs.bookmark,
                Kind::Note(_) => canvas.look.glyphs.note,
                Kind::Tag(_) => continue,
            };
            let at = Rect {
                x: column.x.saturating_sub(1),
                y: column.y + row as u16,
                width: 1,
                height: 1,
            };
            if column.x > 0 {
                canvas.write(at, sign, style);
            }
        }
    }
}
