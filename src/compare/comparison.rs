//! Comparison: what two or more documents say of the same themes, set side by side, with what only
//! one of them mentions and the wording that they share.
//!
//! [`Comparison::new`] is the whole answer for a command; a screen that scrolls two columns
//! together asks [`nearest_passage`] where the other column should be.

use std::collections::{BTreeMap, HashSet};

use crate::compare::letter_pairs::LetterPairs;
use crate::compare::side_by_side::{BlockAlignment, aligned_blocks};
use crate::document::{Collection, DocIndex, Document};
use crate::reuse::passages::{Passage, Passages, Scope};
use crate::text::Span;
use crate::text::sentences::sentences;
use crate::themes::{ThemeId, ThemeIndex};

/// A sentence of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Excerpt {
    /// The block, from 0.
    pub block: u32,
    /// Characters of the block.
    pub span: Span,
}

/// A theme with its mentions in each of the compared documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// The theme.
    pub theme: ThemeId,
    /// Mentions, one number a document.
    pub mentions: Vec<u32>,
}

/// What compared documents say of one theme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aligned {
    /// The theme.
    pub theme: ThemeId,
    /// For each document its sentences with a mention, in reading order, each once.
    pub passages: Vec<Vec<Excerpt>>,
}

/// The comparison of documents.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Comparison {
    /// The documents in the order asked for; every list by document has this order.
    pub documents: Vec<DocIndex>,
    /// Themes of at least two of the documents: those of most documents first, then the best.
    pub themes: Vec<Counted>,
    /// For each document the themes that none of the others mentions, best first.
    pub only: Vec<Vec<ThemeId>>,
    /// The sentences about each of `themes`, in the same order.
    pub aligned: Vec<Aligned>,
    /// The wording that any two of the documents share, longest first.
    pub passages: Vec<Passage>,
    /// The blocks of each two of the documents that belong together.
    pub blocks: Vec<BlockAlignment>,
}

impl Comparison {
    /// Compares the documents `chosen` of a library. `index` was built from all `documents`;
    /// `passages` finds the wording that some of them share. A document chosen twice is compared once; a document that is
    /// not there is left out.
    pub fn new<D: Collection + ?Sized>(
        documents: &D,
        index: &ThemeIndex,
        chosen: &[DocIndex],
        passages: impl FnOnce(&Scope) -> Passages,
    ) -> Self {
        let mut seen = HashSet::new();
        let is_new = |one: &&DocIndex| one.get() < documents.count() && seen.insert(**one);
        let chosen: Vec<DocIndex> = chosen.iter().filter(is_new).copied().collect();
        let counted = counted(index, &chosen);
        let (mut themes, alone): (Vec<_>, Vec<_>) =
            counted.into_iter().partition(|theme| documents_with(theme) > 1);
        themes.sort_by_key(|theme| std::cmp::Reverse(documents_with(theme)));
        let only = (0..chosen.len()).map(|at| {
            let own = alone.iter().filter(|t| t.mentions.get(at).is_some_and(|n| *n > 0));
            own.map(|theme| theme.theme).collect()
        });
        let passages = passages(&Scope::Among(chosen.clone()));
        Self {
            only: only.collect(),
            aligned: aligned(documents, index, &chosen, &themes),
            passages: passages.shared().to_vec(),
            blocks: aligned_blocks(documents, index, &chosen),
            documents: chosen,
            themes,
        }
    }
}

fn documents_with(theme: &Counted) -> usize {
    theme.mentions.iter().filter(|mentions| **mentions > 0).count()
}

/// Every theme of the documents with its mentions, best first.
fn counted(index: &ThemeIndex, chosen: &[DocIndex]) -> Vec<Counted> {
    let mut counts: BTreeMap<ThemeId, Vec<u32>> = BTreeMap::new();
    for (at, document) in chosen.iter().enumerate() {
        for (theme, mentions) in index.themes_of(*document) {
            let row = counts.entry(theme).or_insert_with(|| vec![0; chosen.len()]);
            if let Some(slot) = row.get_mut(at) {
                *slot = mentions;
            }
        }
    }
    counts.into_iter().map(|(theme, mentions)| Counted { theme, mentions }).collect()
}

fn aligned<D: Collection + ?Sized>(
    documents: &D,
    index: &ThemeIndex,
    chosen: &[DocIndex],
    themes: &[Counted],
) -> Vec<Aligned> {
    let said: Vec<_> =
        chosen.iter().map(|one| sentences_by_theme(documents, index, *one)).collect();
    let passages = |theme: ThemeId| {
        said.iter().map(|by_theme| by_theme.get(&theme).cloned().unwrap_or_default()).collect()
    };
    themes.iter().map(|t| Aligned { theme: t.theme, passages: passages(t.theme) }).collect()
}

/// The sentences of a document by the themes that they mention.
fn sentences_by_theme<D: Collection + ?Sized>(
    documents: &D,
    index: &ThemeIndex,
    document: DocIndex,
) -> BTreeMap<ThemeId, Vec<Excerpt>> {
    let mut said: BTreeMap<ThemeId, Vec<Excerpt>> = BTreeMap::new();
    let Some(text) = documents.document(document) else { return said };
    let mentions = index.mentions_in(document, text);
    for group in mentions.chunk_by(|a, b| a.block == b.block) {
        let Some(first) = group.first() else { continue };
        let Some(block) = text.blocks.get(first.block as usize) else { continue };
        let spans = sentences(&block.text);
        for mention in group {
            let at = spans.partition_point(|span| span.end <= mention.span.start);
            let Some(span) = spans.get(at) else { continue };
            let excerpt = Excerpt { block: mention.block, span: *span };
            let list = said.entry(mention.theme).or_default();
            if list.last() != Some(&excerpt) {
                list.push(excerpt);
            }
        }
    }
    said
}

/// Least share of the asked wording that the nearest passage must have, of 1.
const NEAR_ENOUGH: f64 = 0.15;

/// The sentence of `document` that is nearest in wording to `wording`, with the share of the pairs
/// of neighbouring letters of `wording` that it has (0 to 1); of equals the first. `None` where
/// nothing comes near. (Pairs of letters carry most of a Chinese word; order beyond them does not
/// matter here.)
pub fn nearest_passage(wording: &str, document: &Document) -> Option<(Excerpt, f64)> {
    let excerpts = (0u32..).zip(&document.blocks).flat_map(|(block, text)| {
        sentences(&text.text).into_iter().map(move |span| Excerpt { block, span })
    });
    nearest_excerpt(wording, document, excerpts).filter(|(_, share)| *share >= NEAR_ENOUGH)
}

/// The one of `excerpts` of `document` that is nearest in wording to `wording`, and its share as in
/// [`nearest_passage`], however small; of equals the first.
pub fn nearest_excerpt(
    wording: &str,
    document: &Document,
    excerpts: impl Iterator<Item = Excerpt>,
) -> Option<(Excerpt, f64)> {
    let asked = LetterPairs::of(wording);
    let mut best: Option<(Excerpt, f64)> = None;
    for excerpt in excerpts {
        let Some(block) = document.blocks.get(excerpt.block as usize) else { continue };
        let own = LetterPairs::of(excerpt.span.of(&block.text));
        let common = asked.common(&own) as f64;
        // Long sentences have more of everything; they pay a little for what is not asked for.
        let strange = own.len() as f64 - common;
        let share = common / (asked.len() as f64 + 0.1 * strange).max(1.0);
        if best.is_none_or(|(_, least)| share > least) {
            best = Some((excerpt, share));
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{document, index};

    fn library() -> (Vec<Document>, ThemeIndex) {
        let documents = vec![
            document("a", &["前言。发展渔业，渔业为先；保护林业。", "渔业增产。"]),
            document("b", &["渔业与牧业并重。", "推进近海捕捞向远洋捕捞转变。"]),
            document("c", &[]),
        ];
        let index = index(&documents, &["渔业", "牧业", "林业"]);
        (documents, index)
    }

    fn compare(documents: &[Document], index: &ThemeIndex, chosen: &[DocIndex]) -> Comparison {
        Comparison::new(documents, index, chosen, |scope| Passages::find(documents, scope))
    }

    #[test]
    fn shared_themes_stand_side_by_side_and_the_rest_by_document() {
        let (documents, index) = library();
        let found = compare(&documents, &index, &[DocIndex(1), DocIndex(0)]);
        assert_eq!(found.themes, [Counted { theme: ThemeId(0), mentions: vec![1, 3] }]);
        assert_eq!(found.only, [vec![ThemeId(1)], vec![ThemeId(2)]]);
        let texts: Vec<Vec<&str>> = found
            .documents
            .iter()
            .zip(&found.aligned[0].passages)
            .map(|(doc, list)| {
                let text =
                    |e: &Excerpt| e.span.of(&documents[doc.get()].blocks[e.block as usize].text);
                list.iter().map(text).collect()
            })
            .collect();
        assert_eq!(texts, [vec!["渔业与牧业并重。"], vec!["发展渔业，渔业为先；", "渔业增产。"]]);
    }

    #[test]
    fn a_document_with_itself_or_with_nothing_is_no_trouble() {
        let (documents, index) = library();
        let twice = compare(&documents, &index, &[DocIndex(0), DocIndex(0)]);
        assert_eq!(twice.documents, [DocIndex(0)]);
        let empty = compare(&documents, &index, &[DocIndex(0), DocIndex(2), DocIndex(9)]);
        assert_eq!(empty.documents.len(), 2);
        assert!(empty.themes.is_empty() && empty.passages.is_empty());
        assert_eq!(empty.only[0].len(), 2);
    }

    #[test]
    fn the_nearest_passage_is_the_one_with_most_of_the_wording() {
        let (documents, _) = library();
        let (found, share) =
            nearest_passage("由近海捕撈為主向遠洋捕撈轉變", &documents[1]).unwrap();
        assert_eq!(found.block, 1);
        assert!(share > 0.5);
        assert_eq!(nearest_passage("完全不同的事情", &documents[1]), None);
        assert_eq!(nearest_passage("", &documents[1]), None);
        assert_eq!(nearest_passage("渔业增产", &documents[2]), None);
    }
}
