//! A document as themes are sought in it: its blocks folded, with the way back to what is shown.

use super::candidates::Candidate;
use crate::document::Document;
use crate::text::fold::{Folded, fold};

/// The folded blocks of a document.
#[derive(Debug, Clone, Default)]
pub struct FoldedDocument {
    blocks: Vec<Folded>,
    /// Of each block its text, where folding changed it.
    shown: Vec<Option<Box<str>>>,
}

impl FoldedDocument {
    /// Folds `document`.
    pub fn of(document: &Document) -> Self {
        let blocks: Vec<Folded> = document.blocks.iter().map(|block| fold(&block.text)).collect();
        let shown = document.blocks.iter().zip(&blocks).map(|(block, folded)| {
            (block.text != folded.as_str()).then(|| block.text.as_str().into())
        });
        Self { shown: shown.collect(), blocks }
    }

    /// The folded blocks.
    pub fn blocks(&self) -> &[Folded] {
        &self.blocks
    }

    /// A block as the document shows it.
    pub fn shown(&self, block: u32) -> Option<&str> {
        let folded = self.blocks.get(block as usize)?;
        let shown = self.shown.get(block as usize)?.as_deref();
        Some(shown.unwrap_or(folded.as_str()))
    }

    /// The wording of one of its candidates.
    pub fn wording(&self, candidate: &Candidate) -> &str {
        let start = candidate.start as usize;
        let text = self.blocks.get(candidate.block as usize).map_or("", Folded::as_str);
        text.get(start..start + candidate.bytes as usize).unwrap_or_default()
    }
}
