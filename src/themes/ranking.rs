//! How much a theme is worth for comparing texts, and in which order themes are listed.
//!
//! Sources of the measures: how much rarer a wording is in general Chinese, after the weirdness of
//! Ahmad, Gillam and Tostevin (TREC 8, 1999), here as the mean surprisal of its words in jieba's
//! dictionary; in how many regions (or years, where there is one region) and documents it occurs;
//! how often it is an item of a list.

use std::cmp::Reverse;

use rayon::prelude::*;

use crate::themes::draft::ThemeDraft;
use crate::themes::theme::ThemeKind;
use crate::themes::usage::Count;

/// The surprisal that adds nothing to a theme, in bits, and how many bits more make it whole.
const SURPRISAL_FROM: f64 = 9.0;
const SURPRISAL_RANGE: f64 = 6.0;
/// The same for how many bits more often than in general Chinese a word of the dictionary occurs.
const OVERUSE_FROM: f64 = 0.5;
const OVERUSE_RANGE: f64 = 5.0;
/// Characters of a word in running text, on average.
const CHARACTERS_OF_A_WORD: f64 = 1.6;
/// What a common noun is worth that texts list as a subject (农业), and the share of them that makes
/// all of it.
const LISTED_NOUN: f64 = 0.75;
const LISTED_WHOLE: f64 = 0.6;
/// The least and the most that surprisal makes of a theme.
const SPECIFIC: (f64, f64) = (0.1, 1.3);
/// What a theme is worth that is never an item of a list; the rest of 1 is the share of lists.
const NEVER_LISTED: f64 = 0.7;
/// What a theme is worth that no title has; the rest of 1 is the share of headings, the whole of it
/// from a quarter on.
const NEVER_HEADED: f64 = 0.5;
const HEADED_WHOLE: f64 = 0.25;
/// What a theme is worth that never ends its compound (高质量), the whole of it from this share of
/// its occurrences on.
const NEVER_FREE: f64 = 0.3;
const FREE_WHOLE: f64 = 0.15;
/// What a theme is worth that is only a part of longer ones.
const NEVER_DIRECT: f64 = 0.5;
/// A library of fewer documents says nothing about what is everywhere.
const FEW_DOCUMENTS: usize = 20;
/// What is taken from a theme that every document mentions.
const EVERYWHERE: f64 = 0.5;
/// What nearly every document says once is a frame: its share of documents, mentions in each, and
/// what is left of its worth.
const FRAME: (f64, f64, f64) = (0.8, 1.3, 0.1);

/// The size of a library.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Its documents.
    pub documents: usize,
    /// Their characters.
    pub characters: u64,
}

/// Scores the drafts and puts them in order: subjects before bodies, by score, then documents, then
/// mentions, then wording, so that the order never depends on chance.
pub fn rank(mut drafts: Vec<ThemeDraft>, size: Size) -> Vec<ThemeDraft> {
    for draft in &mut drafts {
        draft.score = score(draft, size);
    }
    let key = |n: &Count| (Reverse(n.documents), Reverse(n.all));
    drafts.par_sort_unstable_by(|a, b| {
        let bodies = (a.kind == ThemeKind::Body).cmp(&(b.kind == ThemeKind::Body));
        let counts = key(&a.anywhere).cmp(&key(&b.anywhere));
        bodies.then(b.score.total_cmp(&a.score)).then(counts).then_with(|| a.forms.cmp(&b.forms))
    });
    drafts
}

/// The worth of a theme.
fn score(draft: &ThemeDraft, size: Size) -> f64 {
    let count = draft.anywhere;
    let groups = f64::from(count.groups.count_ones().max(1));
    let spread = (1.0 + groups).log2() * (1.0 + f64::from(count.documents)).log2();
    let often = (1.0 + f64::from(count.all)).log2();
    let form = draft.evidence.form;
    spread * often * form * specific(draft, size) * carried(draft) * selectivity(count, size)
}

/// How much rarer than here it is in general Chinese.
fn specific(draft: &ThemeDraft, size: Size) -> f64 {
    let scale = |bits: f64, (from, range): (f64, f64)| {
        ((bits - from) / range).clamp(SPECIFIC.0, SPECIFIC.1)
    };
    let rare = scale(draft.evidence.surprisal, (SURPRISAL_FROM, SURPRISAL_RANGE));
    let Some(surprisal) = draft.evidence.word_surprisal else { return rare };
    let words = size.characters as f64 / CHARACTERS_OF_A_WORD;
    let overuse = surprisal + (f64::from(draft.anywhere.all.max(1)) / words.max(1.0)).log2();
    let listed = LISTED_NOUN * (draft.evidence.listing / LISTED_WHOLE).min(1.0);
    rare.min(scale(overuse, (OVERUSE_FROM, OVERUSE_RANGE))).max(listed)
}

/// How much texts make a subject of it: as an item of lists, in headings, at the end of compounds,
/// by itself, and in how many of the documents in which it occurs.
fn carried(draft: &ThemeDraft) -> f64 {
    let share = |least: f64, share: f64| least + (1.0 - least) * share.clamp(0.0, 1.0);
    let of_all = |count: u32| f64::from(count) / f64::from(draft.anywhere.all.max(1));
    let known = draft.name.is_some();
    let free = if known { 1.0 } else { of_all(draft.stats.free) / FREE_WHOLE };
    let documents = f64::from(draft.anywhere.documents.max(1));
    let offered = if known { 1.0 } else { f64::from(draft.stats.documents) / documents };
    share(NEVER_LISTED, draft.evidence.listed)
        * share(NEVER_HEADED, draft.evidence.headed / HEADED_WHOLE)
        * share(NEVER_FREE, free)
        * share(NEVER_DIRECT, of_all(draft.direct.all))
        * offered.clamp(0.0, 1.0).sqrt()
}

/// Below 1 for what nearly every document of a larger library mentions, and for what no document
/// says more than once.
fn selectivity(count: Count, size: Size) -> f64 {
    if size.documents < FEW_DOCUMENTS {
        return 1.0;
    }
    let share = f64::from(count.documents) / size.documents as f64;
    let burst = f64::from(count.all) / f64::from(count.documents.max(1));
    let frame = if share >= FRAME.0 && burst <= FRAME.1 { FRAME.2 } else { 1.0 };
    frame * (1.0 - EVERYWHERE * share) * (0.5 + burst.log2().min(3.0) / 6.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::regional_document;
    use crate::themes::ThemeIndex;
    use crate::themes::vocabulary::Lexicon;

    /// The rank of each of `wanted` over texts in which all are mentioned equally often.
    fn ranks<const N: usize>(wanted: [&str; N], paragraphs: &[&str]) -> [usize; N] {
        let documents = [
            regional_document("a", "北京", paragraphs),
            regional_document("b", "上海", paragraphs),
        ];
        let index = ThemeIndex::build(&documents, &Lexicon::default());
        wanted.map(|name| index.find(name).map_or(usize::MAX, |id| id.0 as usize))
    }

    #[test]
    fn common_noun_of_lists_is_before_a_noun_that_none_has() {
        let [listed, other] = ranks(
            ["农业", "汽车"],
            &["发展农业、渔业、林业。", "农业、渔业，汽车。", "这些汽车。", "“汽车”和“农业”"],
        );
        assert!(listed < other, "{listed} {other}");
    }

    #[test]
    fn entry_that_says_how_something_is_done_is_after_a_name() {
        let [name, manner] =
            ranks(["地质灾害", "统筹安排"], &["防治地质灾害，统筹安排。", "地质灾害，统筹安排。"]);
        assert!(name < manner, "{name} {manner}");
        assert_ne!(name, usize::MAX);
    }

    #[test]
    fn scores_are_finite_and_bodies_come_last() {
        let count = Count { all: 4, documents: 2, groups: 3, most: 2 };
        let draft =
            |kind| ThemeDraft { kind, anywhere: count, direct: count, ..ThemeDraft::default() };
        let size = Size { documents: 2, characters: 10 };
        let ranked = rank(vec![draft(ThemeKind::Body), draft(ThemeKind::Subject)], size);
        assert_eq!(
            ranked.iter().map(|d| d.kind).collect::<Vec<_>>(),
            [ThemeKind::Subject, ThemeKind::Body]
        );
        assert!(ranked.iter().all(|draft| draft.score.is_finite()));
    }
}
