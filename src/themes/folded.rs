//! A document as themes are sought in it: its folded blocks in one piece, because those of a whole
//! library are in memory together while themes are chosen. How they are shown the document tells.

use crate::document::Document;
use crate::text::fold::fold_onto;
use crate::themes::candidates::Candidate;

/// The folded blocks of a document.
#[derive(Debug, Clone, Default)]
pub struct FoldedDocument {
    text: Box<str>,
    /// Where each block ends, in bytes.
    ends: Box<[u32]>,
}

impl FoldedDocument {
    /// Folds `document`.
    pub fn of(document: &Document) -> Self {
        Self::of_blocks(document.blocks.iter().map(|block| block.text.as_str()))
    }

    /// Folds these blocks.
    pub fn of_blocks<'b>(blocks: impl Iterator<Item = &'b str> + Clone) -> Self {
        let mut text = String::with_capacity(blocks.clone().map(str::len).sum());
        let ends = blocks.map(|block| {
            fold_onto(block, &mut text);
            text.len() as u32
        });
        Self { ends: ends.collect(), text: text.into_boxed_str() }
    }

    /// The folded blocks.
    pub fn blocks(&self) -> impl Iterator<Item = &str> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        let ranges = starts.zip(&self.ends).map(|(start, end)| start as usize..*end as usize);
        ranges.map(|range| self.text.get(range).unwrap_or_default())
    }

    /// The wording of one of its candidates.
    pub fn wording(&self, candidate: &Candidate) -> &str {
        let before = (candidate.block as usize).checked_sub(1);
        let block = before.and_then(|before| self.ends.get(before)).copied().unwrap_or_default();
        let start = (block + candidate.start) as usize;
        self.text.get(start..start + candidate.bytes as usize).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_folded_apart_from_one_another() {
        let folded = FoldedDocument::of_blocks(["產業ﾊ", "ﾟ鏈", "", "ＡＩ"].into_iter());
        assert_eq!(folded.blocks().collect::<Vec<_>>(), ["产业ハ", "\u{309A}链", "", "ai"]);
    }
}
