//! What ties documents together: the themes that they share, and every mention of them. The index
//! is built from cleaned documents in two steps: a [`vocabulary`] of themes is chosen, then their
//! [`mentions`] are found in the folded text.

pub mod mentions;
pub mod passages;
pub mod vocabulary;

mod alignment;
mod coverage;
mod fingerprints;
mod formulae;
mod letters;
mod regions;
#[cfg(test)]
mod written;

use serde::{Deserialize, Serialize};

use crate::document::{DocIndex, Document};
use crate::text::Span;
use vocabulary::Lexicon;

/// The rank of a theme in its index, from 0: the best theme first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ThemeId(pub u32);

/// A subject that at least two texts speak of.
#[derive(Debug, Clone, PartialEq)]
pub struct Theme {
    /// As the texts write it, in simplified script where any of them does.
    pub name: String,
    /// Other forms that count as mentions, as shown.
    pub aliases: Vec<String>,
    /// Worth for comparison; higher is better, comparable only inside one index.
    pub score: f64,
    /// Mentions in all documents.
    pub mentions: u32,
    /// Mentions by the region of their document, most first, then by name; documents without a
    /// region are left out.
    pub regions: Vec<(String, u32)>,
    /// The documents that mention it, in library order, with the number of mentions in each.
    pub documents: Vec<(DocIndex, u32)>,
}

/// One mention of a theme in a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mention {
    /// The block, from 0.
    pub block: u32,
    /// Characters of the block's shown text.
    pub span: Span,
    /// The theme.
    pub theme: ThemeId,
}

/// The themes of a library and where each is mentioned.
#[derive(Debug, Clone, Default)]
pub struct ThemeIndex {
    themes: Vec<Theme>,
    /// By document, in reading order; mentions never overlap.
    mentions: Vec<Vec<Mention>>,
}

impl ThemeIndex {
    /// Chooses the themes that `documents` share and finds all their mentions.
    pub fn build(documents: &[Document], lexicon: &Lexicon) -> Self {
        let _ = lexicon;
        Self { themes: Vec::new(), mentions: vec![Vec::new(); documents.len()] }
    }

    /// All themes, best first.
    pub fn themes(&self) -> &[Theme] {
        &self.themes
    }

    /// The theme of that rank.
    pub fn theme(&self, id: ThemeId) -> Option<&Theme> {
        self.themes.get(id.0 as usize)
    }

    /// The theme called `name`, or one of whose aliases is, in any script, width or case.
    pub fn find(&self, name: &str) -> Option<ThemeId> {
        let _ = name;
        None
    }

    /// All mentions in a document, in reading order.
    pub fn mentions_in(&self, document: DocIndex) -> &[Mention] {
        self.mentions.get(document.get()).map_or(&[], Vec::as_slice)
    }

    /// The mentions of one theme in a document, in reading order.
    pub fn mentions_of(
        &self,
        theme: ThemeId,
        document: DocIndex,
    ) -> impl Iterator<Item = &Mention> {
        self.mentions_in(document).iter().filter(move |mention| mention.theme == theme)
    }

    /// The themes of a document with the number of mentions there, best first.
    pub fn themes_of(&self, document: DocIndex) -> Vec<(ThemeId, u32)> {
        let mut counts = std::collections::BTreeMap::new();
        for mention in self.mentions_in(document) {
            *counts.entry(mention.theme).or_insert(0) += 1;
        }
        counts.into_iter().collect()
    }
}
