//! The folded text of a whole library, laid out for scanning: a few large pieces, in each document
//! after document, in each document line after line. The first line is the title, then come the
//! headings, then the other blocks; a line ends with a line feed, which folded text never holds. So
//! a hit cannot run over the end of a block, and one comparison says how much a hit weighs.
//! Beside the text there are only two offsets a document: lines are counted where a hit is shown.

use super::filters::Facts;
use crate::document::{BlockKind, Collection, DocIndex, Document};
use crate::text::fold::fold_onto;

/// Bytes of text after which a new piece begins: many pieces share the work of a scan evenly.
const PIECE: usize = 1 << 20;
/// Documents that are looked at one by one for the one that holds a byte.
const NEAR: usize = 4;

/// The folded text of a library, with what filters ask of its documents.
#[derive(Debug, Default)]
pub struct TextIndex {
    pieces: Vec<Shard>,
    facts: Vec<Facts>,
}

/// Consecutive documents.
#[derive(Debug, Default)]
pub(super) struct Shard {
    first: u32,
    text: String,
    extents: Vec<Extent>,
}

/// Where a document lies in its piece, in bytes.
#[derive(Debug, Clone, Copy)]
struct Extent {
    start: usize,
    /// Where the title's line ends.
    title: usize,
    /// Where the headings end and the other blocks begin.
    body: usize,
}

/// The folded text of one document.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lines<'a> {
    /// All lines, each closed by a line feed: title, headings, other blocks.
    pub(super) text: &'a str,
    /// Bytes of the title's line.
    pub(super) title: usize,
    /// Bytes of the title and the headings.
    pub(super) head: usize,
}

impl TextIndex {
    /// Folds all `documents`, on every core.
    pub fn build<D: Collection + ?Sized>(documents: &D) -> Self {
        let mut arena = Self::default();
        for (facts, article) in documents.map(|_, one| (Facts::of(one), Article::of(one))) {
            let first = arena.facts.len() as u32;
            arena.facts.push(facts);
            match arena.pieces.last_mut().filter(|piece| piece.text.len() < PIECE) {
                Some(piece) => piece.push(&article),
                None => {
                    arena.pieces.last_mut().into_iter().for_each(|full| full.text.shrink_to_fit());
                    let text = String::with_capacity(PIECE);
                    arena.pieces.push(Shard { first, text, ..Shard::default() });
                    arena.pieces.last_mut().into_iter().for_each(|new| new.push(&article));
                }
            }
        }
        arena
    }

    /// Bytes of folded text.
    pub fn bytes(&self) -> usize {
        self.pieces.iter().map(|piece| piece.text.len()).sum()
    }

    /// Documents in the arena.
    pub fn documents(&self) -> usize {
        self.facts.len()
    }

    /// What filters ask of each document.
    pub fn facts(&self) -> &[Facts] {
        &self.facts
    }

    pub(super) fn pieces(&self) -> &[Shard] {
        &self.pieces
    }

    /// The lines of one document.
    pub(super) fn lines(&self, document: DocIndex) -> Option<Lines<'_>> {
        let behind = self.pieces.partition_point(|piece| piece.first <= document.0);
        let piece = self.pieces.get(behind.checked_sub(1)?)?;
        piece.lines((document.0 - piece.first) as usize)
    }
}

/// The blocks of a document in the order of the lines after the title.
pub(super) fn block_order(document: &Document) -> impl Iterator<Item = u32> {
    let of = |heading: bool| {
        let blocks = document.blocks.iter().zip(0_u32..);
        blocks.filter(move |(block, _)| (block.kind == BlockKind::Heading) == heading)
    };
    of(true).chain(of(false)).map(|(_, number)| number)
}

/// The folded lines of one document, not yet in a piece.
struct Article {
    text: String,
    /// Where the title's line ends, in bytes.
    title: usize,
    /// Where the headings end, in bytes.
    body: usize,
}

impl Article {
    fn of(document: &Document) -> Self {
        let headings = document.blocks.iter().filter(|b| b.kind == BlockKind::Heading).count();
        let mut text = String::new();
        push_line(&document.metadata.title, &mut text);
        let title = text.len();
        let mut body = title;
        for (line, number) in block_order(document).enumerate() {
            if let Some(block) = document.blocks.get(number as usize) {
                push_line(&block.text, &mut text);
            }
            if line < headings {
                body = text.len();
            }
        }
        Self { text, title, body }
    }
}

fn push_line(line: &str, text: &mut String) {
    if line.contains('\n') {
        fold_onto(&line.replace('\n', " "), text);
    } else {
        fold_onto(line, text);
    }
    text.push('\n');
}

impl Shard {
    fn push(&mut self, article: &Article) {
        let start = self.text.len();
        self.text.push_str(&article.text);
        let (title, body) = (start + article.title, start + article.body);
        self.extents.push(Extent { start, title, body });
    }

    /// The lines of the document of that number in the piece.
    pub(super) fn lines(&self, nth: usize) -> Option<Lines<'_>> {
        let Extent { start, title, body } = *self.extents.get(nth)?;
        let text = self.text.get(start..self.end(nth))?;
        Some(Lines { text, title: title - start, head: body - start })
    }

    /// The byte of the text where that document ends.
    fn end(&self, nth: usize) -> usize {
        self.extents.get(nth + 1).map_or(self.text.len(), |next| next.start)
    }

    /// All lines of all documents.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Where the document that holds the byte `at` lies, and its number in the piece. It is looked
    /// for from the document number `from` on; mostly it is one of the next.
    pub(super) fn extent_at(&self, at: usize, from: usize) -> Option<(usize, [usize; 3])> {
        let rest = self.extents.get(from..)?;
        let near = rest.iter().take(NEAR).position(|extent| extent.start > at);
        let behind = near.unwrap_or_else(|| rest.partition_point(|extent| extent.start <= at));
        let nth = from + behind.checked_sub(1)?;
        let extent = self.extents.get(nth)?;
        Some((nth, [extent.title, extent.body, self.end(nth)]))
    }

    /// The number of documents.
    pub(super) fn len(&self) -> usize {
        self.extents.len()
    }

    /// The document of that number in the piece.
    pub(super) fn document(&self, nth: usize) -> DocIndex {
        DocIndex(self.first + nth as u32)
    }

    /// Every document of the piece with its lines.
    pub(super) fn documents(&self) -> impl Iterator<Item = (DocIndex, Lines<'_>)> {
        (0..self.extents.len()).filter_map(|nth| Some((self.document(nth), self.lines(nth)?)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::document;
    use super::*;

    #[test]
    fn title_and_headings_stand_before_the_text_and_every_block_is_a_line() {
        let documents = [
            document("甲", "標準綱要", &["# 總則", "一\n二", "# 附則", "三"]),
            document("乙", "空", &[]),
        ];
        let arena = TextIndex::build(&documents);
        let first = arena.lines(DocIndex(0)).unwrap();
        assert_eq!(first.text, "标准纲要\n总则\n附则\n一 二\n三\n");
        assert_eq!(first.text.get(first.title..first.head), Some("总则\n附则\n"));
        assert_eq!(block_order(&documents[0]).collect::<Vec<_>>(), [0, 2, 1, 3]);
        let second = arena.lines(DocIndex(1)).unwrap();
        assert_eq!((second.text, second.title, second.head), ("空\n", 4, 4));
        assert!(arena.lines(DocIndex(2)).is_none());
    }
}
