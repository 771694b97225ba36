//! The most telling passages first: long ones that few documents hold. What many hold says nothing
//! about two of them.
//!
//! Source of the weight: inverse document frequency, Spärck Jones, "A Statistical Interpretation of
//! Term Specificity", 1972, times the characters in common.

use std::cmp::Reverse;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::document::{DocIndex, Place};
use crate::reuse::passages::Passage;

/// A passage with the number of documents that hold its wording, its own two among them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Telling {
    pub passage: Passage,
    pub documents: usize,
    /// Characters in common times the bits of rarity.
    pub weight: f64,
}

/// Share of a passage that another one must cover to be the same wording.
const SAME: f64 = 0.5;
/// Passages of one block that are compared with one: those of a block that very many share.
const COMPARED: usize = 400;

/// The passages of a library of `documents` texts, the most telling first.
pub fn most_telling(passages: &[Passage], documents: usize) -> Vec<Telling> {
    let mut by_block: FxHashMap<(DocIndex, u32), Vec<(Place, DocIndex)>> = FxHashMap::default();
    for passage in passages {
        for (own, other) in [(passage.a, passage.b), (passage.b, passage.a)] {
            by_block.entry((own.document, own.block)).or_default().push((own, other.document));
        }
    }
    let holders = |place: &Place| {
        let near = by_block.get(&(place.document, place.block)).map(Vec::as_slice);
        let same = near.unwrap_or_default().iter().take(COMPARED).filter(|(other, _)| {
            let start = place.span.start.max(other.span.start);
            let end = place.span.end.min(other.span.end);
            f64::from(end.saturating_sub(start)) >= SAME * place.span.len() as f64
        });
        same.map(|(_, document)| *document).collect::<FxHashSet<_>>().len() + 1
    };
    let weighed = |passage: &Passage| {
        let held = holders(&passage.a).max(holders(&passage.b));
        let rarity = (1.0 + documents as f64 / held as f64).log2();
        Telling { passage: *passage, documents: held, weight: passage.characters as f64 * rarity }
    };
    let mut all: Vec<Telling> = passages.iter().map(weighed).collect();
    all.sort_by(|one, other| {
        let rest = |t: &Telling| (Reverse(t.passage.characters), t.passage.a, t.passage.b);
        other.weight.total_cmp(&one.weight).then_with(|| rest(one).cmp(&rest(other)))
    });
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reuse::passages::{Passages, Scope};
    use crate::samples::document;

    #[test]
    fn rare_wording_comes_before_longer_wording_of_many() {
        let many = "各级人民政府应当加强渔港建设管理工作的组织领导并保障所需经费";
        let rare = "推动近海捕捞向远洋捕捞转型升级";
        let mut documents: Vec<_> =
            (0..12).map(|n| document(&format!("{n:02}"), &[many, "山高水长"])).collect();
        documents.push(document("x", &[rare]));
        documents.push(document("y", &[rare]));
        let found = Passages::find(&documents, &Scope::Library);
        let ranked = most_telling(found.shared(), documents.len());
        assert_eq!(ranked[0].documents, 2);
        assert_eq!(ranked[0].passage.characters, rare.chars().count());
        assert!(ranked.last().is_some_and(|last| last.documents == 12));
    }
}
