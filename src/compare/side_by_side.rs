//! Side by side: two to four texts in the reading order of the leading one, each of its sections and
//! paragraphs beside its counterpart in the others, and what only one text has, alone in its place.
//!
//! A paragraph has one counterpart in another text and is the counterpart of one: by the same wording
//! first, then in a section of the same name, then by the themes that both mention. Pairs that say
//! more are formed before those that say less, so that no pair occurs twice.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;

use crate::compare::letter_pairs::LetterPairs;
use crate::document::{Block, BlockKind, Collection, DocIndex, Document};
use crate::text::fold::fold_key;
use crate::themes::{ThemeId, ThemeIndex};

/// Why two blocks are beside one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PairKind {
    /// Both say much the same.
    Wording,
    /// Both are in sections of the same name, and nothing in it is nearer.
    Section,
    /// Both mention themes that few other blocks mention.
    Themes,
}

/// A block of another text beside one of the leading text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RowCounterpart {
    /// The block, from 0.
    pub block: u32,
    /// Why it is there.
    pub kind: PairKind,
    /// Share of the letter pairs that both have, 0 to 1.
    pub similarity: f64,
}

/// A row: a block of the leading text, or of one other text that has no counterpart there.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SideBySideRow {
    /// The block of the leading text.
    pub lead: Option<u32>,
    /// By other text: its counterpart, or its own block where there is no lead.
    pub counterparts: Vec<Option<RowCounterpart>>,
    /// Themes that the lead shares with a counterpart, best first.
    pub themes: Vec<ThemeId>,
}

/// The blocks of two texts that belong together.
#[derive(Debug, Clone, PartialEq)]
pub struct BlockAlignment {
    /// One text.
    pub a: DocIndex,
    /// The other.
    pub b: DocIndex,
    /// The pairs, in the order of `a`; each block is in one of them at most.
    pub pairs: Vec<AlignedPair>,
}

impl BlockAlignment {
    /// The pairs of `from` and `to`, turned so that `from` is first; `None` where this is about other
    /// texts.
    pub fn between(&self, from: DocIndex, to: DocIndex) -> Option<Vec<AlignedPair>> {
        if (self.a, self.b) == (from, to) {
            return Some(self.pairs.clone());
        }
        let turned = |pair: &AlignedPair| AlignedPair { a: pair.b, b: pair.a, ..*pair };
        ((self.b, self.a) == (from, to)).then(|| {
            let mut pairs: Vec<AlignedPair> = self.pairs.iter().map(turned).collect();
            pairs.sort_by_key(|pair| pair.a);
            pairs
        })
    }

    /// The pair with block `block` of `from`, where this is about `from` and `to`.
    pub fn counterpart(&self, (from, block): (DocIndex, u32), to: DocIndex) -> Option<AlignedPair> {
        if (self.a, self.b) == (from, to) {
            let at = self.pairs.binary_search_by_key(&block, |pair| pair.a).ok()?;
            return self.pairs.get(at).copied();
        }
        if (self.b, self.a) != (from, to) {
            return None;
        }
        let pair = self.pairs.iter().find(|pair| pair.b == block)?;
        Some(AlignedPair { a: pair.b, b: pair.a, ..*pair })
    }
}

/// Two blocks that belong together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AlignedPair {
    /// The block of the one text, from 0.
    pub a: u32,
    /// The block of the other.
    pub b: u32,
    /// Why.
    pub kind: PairKind,
    /// Share of the letter pairs that both have, 0 to 1.
    pub similarity: f64,
    /// The best theme that both mention.
    pub theme: Option<ThemeId>,
}

/// Similarity from which two blocks say much the same.
const WORDING: f64 = 0.4;
/// Least similarity of two blocks of sections that are alike.
const IN_SECTION: f64 = 0.15;
/// Similarity of two headings from which their sections are alike.
const HEADING: f64 = 0.6;
/// Least agreement in themes (cosine of their weights).
const THEMES: f64 = 0.35;
/// Least similarity of two blocks that agree in themes: they treat them alike.
const WITH_THEMES: f64 = 0.06;
/// Letters of the shortest paragraph that is paired by section or themes.
const SHORTEST: usize = 12;

/// A block as it is compared.
struct BlockProfile {
    heading: bool,
    pairs: LetterPairs,
    /// Weights of the themes that it mentions.
    themes: FxHashMap<ThemeId, f64>,
    /// The heading above it, without its number; empty for none.
    section: String,
}

/// The rows of `chosen`, of which the first leads.
pub fn side_by_side<D: Collection + ?Sized>(
    documents: &D,
    index: &ThemeIndex,
    chosen: &[DocIndex],
) -> Vec<SideBySideRow> {
    let texts: Vec<(DocIndex, &Document)> =
        chosen.iter().filter_map(|at| Some((*at, documents.document(*at)?))).collect();
    let Some((lead, others)) = texts.split_first() else { return Vec::new() };
    let count = documents.count();
    let lead_profiles = profiles(lead.0, lead.1, index, count);
    let mut matched = Vec::new();
    for other in others {
        let own = profiles(other.0, other.1, index, count);
        matched.push((pair(&lead_profiles, &own), own.len(), own));
    }
    let mut rows: Vec<SideBySideRow> = Vec::new();
    for (block, profile) in lead_profiles.iter().enumerate() {
        let counterparts: Vec<Option<RowCounterpart>> =
            matched.iter().map(|(pairs, ..)| pairs.get(&block).copied()).collect();
        let mut themes: Vec<ThemeId> = profile
            .themes
            .keys()
            .filter(|theme| {
                counterparts.iter().zip(&matched).any(|(counterpart, (_, _, own))| {
                    let other = counterpart.and_then(|one| own.get(one.block as usize));
                    other.is_some_and(|other| other.themes.contains_key(theme))
                })
            })
            .copied()
            .collect();
        themes.sort_unstable();
        rows.push(SideBySideRow { lead: Some(block as u32), counterparts, themes });
    }
    for (column, (pairs, blocks, _)) in matched.iter().enumerate() {
        insert_alone(&mut rows, column, matched.len(), pairs, *blocks);
    }
    rows
}

/// The counterparts of the blocks of each two of `chosen`, in the order of `chosen`.
pub fn aligned_blocks<D: Collection + ?Sized>(
    documents: &D,
    index: &ThemeIndex,
    chosen: &[DocIndex],
) -> Vec<BlockAlignment> {
    let texts: Vec<(DocIndex, &Document)> =
        chosen.iter().filter_map(|at| Some((*at, documents.document(*at)?))).collect();
    let count = documents.count();
    let profiles: Vec<Vec<BlockProfile>> =
        texts.iter().map(|text| profiles(text.0, text.1, index, count)).collect();
    let mut found = Vec::new();
    for (first, (a, _)) in texts.iter().enumerate() {
        for (second, (b, _)) in texts.iter().enumerate().skip(first + 1) {
            let of = (profiles.get(first), profiles.get(second));
            let (Some(of_a), Some(of_b)) = of else { continue };
            let pairs = pair(of_a, of_b);
            let pairs = pairs.into_iter().map(|(block, other)| AlignedPair {
                a: block as u32,
                b: other.block,
                kind: other.kind,
                similarity: other.similarity,
                theme: best_theme(of_a.get(block), of_b.get(other.block as usize)),
            });
            found.push(BlockAlignment { a: *a, b: *b, pairs: pairs.collect() });
        }
    }
    found
}

/// The best theme that two blocks share.
fn best_theme(a: Option<&BlockProfile>, b: Option<&BlockProfile>) -> Option<ThemeId> {
    let (a, b) = a.zip(b)?;
    a.themes.keys().filter(|theme| b.themes.contains_key(*theme)).min().copied()
}

/// Adds the blocks of one text that have no counterpart, each after the block that precedes it there.
fn insert_alone(
    rows: &mut Vec<SideBySideRow>,
    column: usize,
    columns: usize,
    pairs: &BTreeMap<usize, RowCounterpart>,
    blocks: usize,
) {
    let paired: FxHashSet<u32> = pairs.values().map(|one| one.block).collect();
    for block in (0..blocks as u32).filter(|block| !paired.contains(block)) {
        let before = |row: &SideBySideRow| {
            let own = row.counterparts.get(column).copied().flatten();
            own.is_some_and(|own| own.block + 1 == block)
        };
        let at = rows.iter().position(before).map_or(0, |at| at + 1);
        let own = RowCounterpart { block, kind: PairKind::Section, similarity: 0.0 };
        let mut counterparts = vec![None; columns];
        if let Some(slot) = counterparts.get_mut(column) {
            *slot = Some(own);
        }
        rows.insert(at, SideBySideRow { lead: None, counterparts, themes: Vec::new() });
    }
}

fn profiles(
    at: DocIndex,
    document: &Document,
    index: &ThemeIndex,
    documents: usize,
) -> Vec<BlockProfile> {
    let mentions = index.mentions_in(at, document);
    let mut themes: Vec<FxHashMap<ThemeId, f64>> = Vec::new();
    themes.resize_with(document.blocks.len(), FxHashMap::default);
    for mention in mentions {
        let Some(own) = themes.get_mut(mention.block as usize) else { continue };
        own.entry(mention.theme).or_insert_with(|| weight(index, mention.theme, documents));
    }
    let mut section = String::new();
    let mut found = Vec::new();
    for (block, themes) in document.blocks.iter().zip(themes) {
        let heading = block.kind == BlockKind::Heading;
        found.push(profile(block, heading, themes, &section));
        if heading {
            section = bare(&block.text);
        }
    }
    found
}

fn profile(
    block: &Block,
    heading: bool,
    themes: FxHashMap<ThemeId, f64>,
    section: &str,
) -> BlockProfile {
    let pairs = LetterPairs::of(&block.text);
    BlockProfile { heading, pairs, themes, section: section.to_owned() }
}

/// A heading without its number: 一、总体要求 and 第一章 总体要求 are one.
fn bare(heading: &str) -> String {
    let number = |c: char| {
        c.is_whitespace()
            || c.is_ascii_digit()
            || "一二三四五六七八九十百第章节条、．.（）()".contains(c)
    };
    fold_key(heading).trim_start_matches(number).to_owned()
}

/// How much a theme says: little where most documents mention it.
fn weight(index: &ThemeIndex, theme: ThemeId, documents: usize) -> f64 {
    let with = index.theme(theme).map_or(1, |theme| theme.documents.len()).max(1);
    (1.0 + documents.max(1) as f64 / with as f64).ln()
}

/// Cosine of the weights of the themes; 0 where fewer than two are in common.
fn agreement(a: &FxHashMap<ThemeId, f64>, b: &FxHashMap<ThemeId, f64>) -> f64 {
    let common: Vec<f64> =
        a.iter().filter(|(theme, _)| b.contains_key(*theme)).map(|(_, weight)| *weight).collect();
    if common.len() < 2 {
        return 0.0;
    }
    let norm =
        |themes: &FxHashMap<ThemeId, f64>| themes.values().map(|w| w * w).sum::<f64>().sqrt();
    common.iter().map(|weight| weight * weight).sum::<f64>() / (norm(a) * norm(b)).max(f64::EPSILON)
}

/// The counterpart of each block of `lead` in `other`, each block once.
fn pair(lead: &[BlockProfile], other: &[BlockProfile]) -> BTreeMap<usize, RowCounterpart> {
    let mut offers: Vec<(PairKind, f64, f64, usize, usize)> = Vec::new();
    let alike = sections(lead, other);
    let near = Candidates::of(lead.len(), other);
    for (a, one) in lead.iter().enumerate() {
        let others = near.of_block(one, other.len()).into_iter();
        let others = others.filter_map(|b| Some((b, other.get(b)?)));
        for (b, two) in others.filter(|(_, two)| two.heading == one.heading) {
            let similarity = one.pairs.similarity(&two.pairs);
            let themes = agreement(&one.themes, &two.themes);
            let short = one.pairs.letters().min(two.pairs.letters()) < SHORTEST;
            let both = similarity + themes / 2.0;
            if similarity >= WORDING || one.heading && similarity >= HEADING {
                offers.push((PairKind::Wording, similarity, similarity, a, b));
            } else if one.heading || short {
                continue;
            } else if similarity >= IN_SECTION
                && alike.contains(&(one.section.as_str(), two.section.as_str()))
            {
                offers.push((PairKind::Section, both, similarity, a, b));
            } else if themes >= THEMES && similarity >= WITH_THEMES {
                offers.push((PairKind::Themes, both, similarity, a, b));
            }
        }
    }
    offers.sort_by(|x, y| {
        let rank = |kind: PairKind| kind as u8;
        rank(x.0).cmp(&rank(y.0)).then(y.1.total_cmp(&x.1)).then((x.3, x.4).cmp(&(y.3, y.4)))
    });
    let mut taken: FxHashSet<usize> = FxHashSet::default();
    let mut found = BTreeMap::new();
    for (kind, _, similarity, a, b) in offers {
        if !found.contains_key(&a) && taken.insert(b) {
            found.insert(a, RowCounterpart { block: b as u32, kind, similarity });
        }
    }
    found
}

/// Pairs of blocks up to which each is compared with each.
const EACH_WITH_EACH: usize = 1_000_000;
/// Blocks of a long text that one block is compared with.
const MOST_CANDIDATES: usize = 24;
/// Blocks in which a pair of letters may be and still point to one of them.
const MOST_OWNERS: usize = 200;

/// The blocks of a text that a block may belong to: all, or of long texts those that share most pairs
/// of letters which few blocks have.
struct Candidates {
    owners: Option<FxHashMap<(char, char), Vec<u32>>>,
}

impl Candidates {
    fn of(leading: usize, other: &[BlockProfile]) -> Self {
        if leading.saturating_mul(other.len()) <= EACH_WITH_EACH {
            return Self { owners: None };
        }
        let mut owners: FxHashMap<(char, char), Vec<u32>> = FxHashMap::default();
        for (block, profile) in (0u32..).zip(other) {
            for pair in profile.pairs.iter() {
                let own = owners.entry(*pair).or_default();
                // One more than counts: the pair is known to be too frequent.
                if own.len() <= MOST_OWNERS {
                    own.push(block);
                }
            }
        }
        owners.retain(|_, own| own.len() <= MOST_OWNERS);
        Self { owners: Some(owners) }
    }

    fn of_block(&self, block: &BlockProfile, all: usize) -> Vec<usize> {
        let Some(owners) = &self.owners else { return (0..all).collect() };
        let mut shared: FxHashMap<u32, u32> = FxHashMap::default();
        for owner in block.pairs.iter().filter_map(|pair| owners.get(pair)).flatten() {
            *shared.entry(*owner).or_default() += 1;
        }
        let mut order: Vec<(u32, u32)> = shared.into_iter().collect();
        order.sort_unstable_by_key(|(owner, count)| (std::cmp::Reverse(*count), *owner));
        order.truncate(MOST_CANDIDATES);
        order.into_iter().map(|(owner, _)| owner as usize).collect()
    }
}

/// The pairs of sections whose headings are alike.
fn sections<'p>(
    lead: &'p [BlockProfile],
    other: &'p [BlockProfile],
) -> FxHashSet<(&'p str, &'p str)> {
    let headings = |profiles: &'p [BlockProfile]| -> Vec<(&'p str, LetterPairs)> {
        let names = profiles.iter().map(|one| one.section.as_str());
        let names: FxHashSet<&str> = names.filter(|name| !name.is_empty()).collect();
        names.into_iter().map(|name| (name, LetterPairs::of(name))).collect()
    };
    let (lead, other) = (headings(lead), headings(other));
    let mut found = FxHashSet::default();
    for (one, pairs) in &lead {
        for (two, others) in &other {
            if one == two || pairs.similarity(others) >= HEADING {
                found.insert((*one, *two));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{document, index};

    fn library() -> (Vec<Document>, ThemeIndex) {
        let mut documents = vec![
            document(
                "a",
                &[
                    "一、主要任务",
                    "推进近海捕捞向远洋捕捞转变，开展试点，完善渔港设施。",
                    "建设智慧渔港，推广岸电和冷链物流。",
                    "二、保障措施",
                    "加强组织领导，明确各县责任分工，定期报送进展。",
                ],
            ),
            document(
                "b",
                &[
                    "一、保障措施",
                    "强化组织实施，各县明确责任，按月报送进展情况。",
                    "推进近海捕捞向远洋捕捞转变，开展试点。",
                    "岸电覆盖全部码头，冷链物流通达各县。",
                    "林业另行安排，由林业部门负责。",
                ],
            ),
        ];
        for (document, headings) in documents.iter_mut().zip([&[0, 3][..], &[0]]) {
            for at in headings {
                document.blocks[*at].kind = BlockKind::Heading;
            }
        }
        let index = index(&documents, &["岸电", "冷链物流", "林业"]);
        (documents, index)
    }

    #[test]
    fn counterparts_come_by_wording_then_section_then_themes_each_once() {
        let (documents, index) = library();
        let rows = side_by_side(&documents, &index, &[DocIndex(0), DocIndex(1)]);
        let found: Vec<_> = rows
            .iter()
            .map(|row| (row.lead, row.counterparts[0].map(|one| (one.block, one.kind))))
            .collect();
        let own = |block| (None, Some((block, PairKind::Section)));
        assert_eq!(
            found,
            [
                (Some(0), None),
                (Some(1), Some((2, PairKind::Wording))),
                (Some(2), Some((3, PairKind::Themes))),
                own(4),
                (Some(3), Some((0, PairKind::Wording))),
                (Some(4), Some((1, PairKind::Section))),
            ]
        );
        assert_eq!(rows[2].themes.len(), 2);
    }

    #[test]
    fn an_alignment_is_the_same_from_either_side() {
        let (documents, index) = library();
        let (a, b) = (DocIndex(0), DocIndex(1));
        let found = aligned_blocks(&documents, &index, &[a, b]);
        let [found] = &found[..] else { panic!("{found:?}") };
        let pairs = |from, to| -> Vec<(u32, u32)> {
            found.between(from, to).unwrap().iter().map(|pair| (pair.a, pair.b)).collect()
        };
        assert_eq!(pairs(a, b), [(1, 2), (2, 3), (3, 0), (4, 1)]);
        assert_eq!(pairs(b, a), [(0, 3), (1, 4), (2, 1), (3, 2)]);
        assert_eq!(found.counterpart((b, 3), a).unwrap().b, 2);
        assert_eq!(found.counterpart((a, 0), b), None);
        assert!(found.counterpart((a, 2), b).unwrap().theme.is_some());
    }

    #[test]
    fn long_texts_find_their_counterparts_without_each_with_each() {
        let own = |n: u32| -> String {
            (0..24).filter_map(|c| char::from_u32(0x4E00 + (n * 37 + c * 911) % 20_000)).collect()
        };
        let lines: Vec<String> = (0..1_200).map(own).collect();
        let forward: Vec<&str> = lines.iter().map(String::as_str).collect();
        let backward: Vec<&str> = forward.iter().rev().copied().collect();
        let documents = vec![document("a", &forward), document("b", &backward)];
        let index = index(&documents, &[]);
        let found = aligned_blocks(&documents, &index, &[DocIndex(0), DocIndex(1)]);
        assert_eq!(found[0].pairs.len(), 1_200);
        assert!(found[0].pairs.iter().all(|pair| pair.a + pair.b == 1_199));
    }

    #[test]
    fn every_block_of_every_text_is_in_one_row() {
        let (documents, index) = library();
        let rows = side_by_side(&documents, &index, &[DocIndex(1), DocIndex(0)]);
        let mut leads: Vec<u32> = rows.iter().filter_map(|row| row.lead).collect();
        leads.dedup();
        assert_eq!(leads, [0, 1, 2, 3, 4]);
        let mut others: Vec<u32> =
            rows.iter().filter_map(|row| row.counterparts[0].map(|one| one.block)).collect();
        others.sort_unstable();
        assert_eq!(others, [0, 1, 2, 3, 4]);
    }
}
