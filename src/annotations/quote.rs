//! Finding a quoted place again: where it was, else where the same words are now, nearest to where
//! they were, else where nearly the same are said.

use super::entry::{Extent, Point};
use crate::compare::comparison::nearest_passage;
use crate::document::Document;

/// A place found again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reanchored {
    /// The words are there, as they were quoted.
    Same(Extent),
    /// Nearly the same words are there.
    Near(Extent),
    /// The words are gone; the block where they were, or the last one.
    Gone(Extent),
}

impl Reanchored {
    /// The place, whatever became of its words.
    pub fn extent(self) -> Extent {
        match self {
            Self::Same(extent) | Self::Near(extent) | Self::Gone(extent) => extent,
        }
    }
}

/// Likeness from which on words count as nearly the same.
const NEAR: f64 = 0.5;
/// Blocks above which a document is not searched for words that are only near.
const MOST_BLOCKS: usize = 5000;

/// The place of `quote`, which stood at `extent`, in `document` as it is now.
pub fn find(document: &Document, extent: Extent, quote: &str) -> Reanchored {
    let first = quote.lines().next().unwrap_or_default();
    if quote.is_empty() || extent.text(document).starts_with(quote) {
        return Reanchored::Same(bounded(document, extent));
    }
    if let Some(from) = nearest_place(document, extent.from.block, first) {
        return Reanchored::Same(grown(document, from, quote));
    }
    let near = (document.blocks.len() <= MOST_BLOCKS).then(|| nearest_passage(first, document));
    match near.flatten().filter(|(_, share)| *share >= NEAR) {
        Some((excerpt, _)) => Reanchored::Near(Extent::in_block(excerpt.block, excerpt.span)),
        None => Reanchored::Gone(bounded(document, extent)),
    }
}

/// Where `words` begin, in the block nearest to `block`.
fn nearest_place(document: &Document, block: u32, words: &str) -> Option<Point> {
    let places = (0u32..).zip(&document.blocks).filter_map(|(at, text)| {
        let byte = text.text.find(words)?;
        let before = text.text.get(..byte)?;
        Some(Point { block: at, character: before.chars().count() as u32 })
    });
    places.min_by_key(|place| place.block.abs_diff(block)).filter(|_| !words.is_empty())
}

/// The extent of `quote` from `from` on, as far as its lines are there.
fn grown(document: &Document, from: Point, quote: &str) -> Extent {
    let length = |line: &str| line.chars().count() as u32;
    let mut to = from;
    for (at, line) in (0u32..).zip(quote.lines()) {
        let block = from.block + at;
        let start = if at == 0 { from.character } else { 0 };
        let there = document.blocks.get(block as usize);
        if !there.is_some_and(|there| there.text.contains(line)) {
            break;
        }
        to = Point { block, character: start + length(line) };
    }
    bounded(document, Extent { from, to })
}

/// `extent`, with no end outside the document.
fn bounded(document: &Document, extent: Extent) -> Extent {
    let last = (document.blocks.len() as u32).saturating_sub(1);
    let point = |point: Point| {
        let block = point.block.min(last);
        let text = document.blocks.get(block as usize).map_or("", |block| &block.text);
        Point { block, character: point.character.min(text.chars().count() as u32) }
    };
    let from = point(extent.from);
    Extent { from, to: point(extent.to).max(from) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::document;
    use crate::text::Span;

    fn quoted() -> (Document, Extent, String) {
        let text = document("a", &["总则", "建设国家标准验证点，完善体系。", "附则"]);
        let extent = Extent::in_block(1, Span::new(2, 9));
        let quote = extent.text(&text);
        assert_eq!(quote, "国家标准验证点");
        (text, extent, quote)
    }

    #[test]
    fn words_are_found_where_they_were_where_they_went_and_where_they_were_changed() {
        let (text, extent, quote) = quoted();
        assert_eq!(find(&text, extent, &quote), Reanchored::Same(extent));
        let moved = document("a", &["前言", "总则", "大力建设国家标准验证点。", "国家标准验证点"]);
        let there = find(&moved, extent, &quote);
        assert_eq!(there, Reanchored::Same(Extent::in_block(2, Span::new(4, 11))));
        let changed = document("a", &["总则", "无关的话。建立国家标准的验证点。", "附则"]);
        let Reanchored::Near(near) = find(&changed, extent, &quote) else { panic!("not near") };
        assert_eq!(near.text(&changed), "建立国家标准的验证点。");
        let gone = document("a", &["总则"]);
        let Reanchored::Gone(gone_to) = find(&gone, extent, &quote) else { panic!("not gone") };
        assert_eq!(gone_to.from, Point { block: 0, character: 2 });
    }

    #[test]
    fn words_over_two_blocks_come_back_whole() {
        let text = document("a", &["甲乙丙", "丁戊己", "庚"]);
        let point = |block, character| Point { block, character };
        let extent = Extent { from: point(0, 1), to: point(1, 2) };
        let later = document("a", &["前", "甲乙丙", "丁戊己", "庚"]);
        let found = find(&later, extent, &extent.text(&text)).extent();
        assert_eq!(found, Extent { from: point(1, 1), to: point(2, 2) });
    }

    #[test]
    fn an_empty_document_has_a_place_for_everything() {
        let (_, extent, quote) = quoted();
        let empty = document("a", &[]);
        assert_eq!(find(&empty, extent, &quote).extent().from, Point::default());
    }
}
