//! A theme, a subject that texts share, and a mention of one in a document.

use serde::{Deserialize, Serialize};

use crate::text::Span;
use crate::themes::postings::Postings;

/// The rank of a theme in its index, from 0: the best theme first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ThemeId(pub u32);

/// What a theme is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ThemeKind {
    /// What texts are about.
    #[default]
    Subject,
    /// A department, a committee, or one who acts.
    Body,
}

/// A subject that at least two texts mention.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Theme {
    /// As the texts write it, in simplified script where any of them does.
    pub name: String,
    /// Other forms that count as mentions, as shown.
    pub aliases: Vec<String>,
    /// Subject or body.
    pub kind: ThemeKind,
    /// Worth for comparison; higher is better, comparable only inside one index.
    pub score: f64,
    /// Mentions in all documents, also inside longer themes (人工智能 in 生成式人工智能).
    pub mentions: u32,
    /// Those of them that no longer theme covers.
    pub direct: u32,
    /// Mentions by the region of their document, most first, then by name; documents without a
    /// region are left out.
    pub regions: Vec<(String, u32)>,
    /// The documents that mention it, in library order, with the number of mentions in each.
    pub documents: Postings,
    /// The same for direct mentions; `None` where all mentions are direct.
    pub direct_documents: Option<Postings>,
}

impl Theme {
    /// The documents with direct mentions, in library order, with their number in each.
    pub fn direct_documents(&self) -> &Postings {
        self.direct_documents.as_ref().unwrap_or(&self.documents)
    }

    /// What `count` mentions of it weigh in a library of `documents`.
    pub(super) fn weight(&self, count: u32, documents: usize) -> f64 {
        let rarity = (1.0 + documents as f64 / self.documents.len().max(1) as f64).ln();
        (1.0 + f64::from(count)).ln() * rarity
    }
}

/// One mention of a theme in a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Mention {
    /// The block, from 0.
    pub block: u32,
    /// Characters of the block's shown text.
    pub span: Span,
    /// The theme.
    pub theme: ThemeId,
    /// True where no longer mention of another theme covers it: direct mentions never overlap.
    pub direct: bool,
}
