//! Lineage: one wording through the texts of a library, oldest first: who has it, in which of its
//! wordings (A, B, C …), and from whom each text most likely took it.
//!
//! A text has a wording where one of its places has most of the letters of it in the same order. A
//! later edition or copy of a text that has it already is not reuse and is marked as such.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use crate::document::{Collection, DocIndex, Document, PartialDate, Place};
use crate::reuse::alignment::{common_letters, likeness};
use crate::reuse::editions::title_key;
use crate::reuse::normalized::is_letter;
use crate::text::Span;
use crate::text::fold::fold;

/// A place that has a wording.
#[derive(Debug, Clone, PartialEq)]
pub struct LineageMember {
    /// Where.
    pub place: Place,
    /// The date of its document.
    pub date: Option<PartialDate>,
    /// The region of its document.
    pub region: Option<String>,
    /// Its wording, as an index of [`Lineage::wordings`].
    pub wording: usize,
    /// Likeness to the wording that was asked for, 0 to 1.
    pub similarity: f64,
    /// The member, by index, that it most likely took its wording from.
    pub from: Option<usize>,
    /// The earlier member, by index, of which its document is an edition or a copy.
    pub same_text: Option<usize>,
}

/// A wording through the texts of a library.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Lineage {
    /// The places, oldest first; those without a date last.
    pub members: Vec<LineageMember>,
    /// The distinct wordings as shown where each was used first, in order of time.
    pub wordings: Vec<String>,
}

/// Letters of a gram.
const GRAM: usize = 3;
/// Letters of the shortest wording that is traced.
const SHORTEST: usize = 6;
/// Letters of the longest wording that is traced as a whole; of a longer one this beginning.
const LONGEST: usize = 200;
/// Share of the grams of the wording that a place must have to be compared.
const SHARED: f64 = 0.4;
/// Likeness from which a place has the wording.
const LIKE: f64 = 0.62;

/// The letters of a shown text, each with its character.
struct Letters {
    letters: Vec<char>,
    shown: Vec<u32>,
}

impl Letters {
    fn of(text: &str) -> Self {
        let folded = fold(text);
        let (mut letters, mut shown) = (Vec::new(), Vec::new());
        for (at, c) in (0u32..).zip(folded.as_str().chars()) {
            if is_letter(c) {
                letters.push(c);
                shown.push(folded.shown(Span::new(at, at + 1)).start);
            }
        }
        Self { letters, shown }
    }

    fn span(&self, from: usize, to: usize) -> Span {
        let start = self.shown.get(from).copied().unwrap_or_default();
        let end = to.checked_sub(1).and_then(|last| self.shown.get(last));
        Span::new(start, end.map_or(start, |end| end + 1))
    }
}

type Gram = [char; GRAM];

fn grams(letters: &[char]) -> impl Iterator<Item = Gram> + '_ {
    letters.windows(GRAM).filter_map(|gram| gram.try_into().ok())
}

impl Lineage {
    /// Where the texts of `documents` have `wording`.
    pub fn of<D: Collection + ?Sized>(documents: &D, wording: &str) -> Self {
        let mut asked = Letters::of(wording).letters;
        asked.truncate(LONGEST);
        if asked.len() < SHORTEST {
            return Self::default();
        }
        let known: FxHashSet<Gram> = grams(&asked).collect();
        let found = documents.map(|at, document| best_place(at, document, &asked, &known));
        let mut members: Vec<BestPlace> = found.into_iter().flatten().collect();
        members.sort_by(|x, y| {
            let key = |found: &BestPlace| (found.date.is_none(), found.date, found.place.document);
            key(x).cmp(&key(y))
        });
        chained(members)
    }
}

/// A place with what is needed to put it into the chain.
struct BestPlace {
    place: Place,
    similarity: f64,
    letters: Vec<char>,
    shown: String,
    date: Option<PartialDate>,
    region: Option<String>,
    title: String,
    sample: FxHashSet<Gram>,
}

/// The place of a document that is most like the wording.
fn best_place(
    at: DocIndex,
    document: &Document,
    asked: &[char],
    known: &FxHashSet<Gram>,
) -> Option<BestPlace> {
    let mut best: Option<(f64, u32, Span, Vec<char>)> = None;
    for (block, text) in (0u32..).zip(&document.blocks) {
        if text.text.len() < asked.len() {
            continue;
        }
        let letters = Letters::of(&text.text);
        for (from, to) in windows(&letters.letters, asked.len(), known) {
            let (from, to) = trimmed(&letters.letters, (from, to), asked);
            let part = letters.letters.get(from..to).unwrap_or_default();
            let similarity = likeness(asked.len(), part.len(), common_letters(asked, part));
            if similarity >= LIKE && best.as_ref().is_none_or(|(most, ..)| similarity > *most) {
                best = Some((similarity, block, letters.span(from, to), part.to_vec()));
            }
        }
    }
    let (similarity, block, span, letters) = best?;
    let shown = span.of(&document.blocks.get(block as usize)?.text).to_owned();
    let facts = &document.metadata;
    Some(BestPlace {
        place: Place { document: at, block, span },
        similarity,
        letters,
        shown,
        date: facts.date(),
        region: facts.region.as_ref().map(|region| region.name.clone()),
        title: title_key(&facts.title).key,
        sample: sample(document),
    })
}

/// Ranges of letters that have many of the known grams close together.
fn windows(letters: &[char], length: usize, known: &FxHashSet<Gram>) -> Vec<(usize, usize)> {
    let hits: Vec<usize> = grams(letters)
        .enumerate()
        .filter(|(_, gram)| known.contains(gram))
        .map(|(at, _)| at)
        .collect();
    let least = ((known.len() as f64 * SHARED) as usize).max(2);
    let reach = length + length / 2;
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut first = 0;
    for last in 0..hits.len() {
        while hits[last] - hits[first] > reach {
            first += 1;
        }
        if last + 1 - first >= least {
            let range = (hits[first], hits[last] + GRAM);
            match found.last_mut() {
                // One place, seen again one hit later.
                Some(before) if range.0 < before.1 && range.1 - before.0 <= reach => {
                    before.1 = range.1;
                }
                Some(before) if range.0 < before.1 && range.1 - range.0 <= before.1 - before.0 => {}
                _ => found.push(range),
            }
        }
    }
    found
}

/// The part of a window that is most like the wording: words of it may occur before it, too.
fn trimmed(letters: &[char], (from, to): (usize, usize), asked: &[char]) -> (usize, usize) {
    let like = |from: usize, to: usize| {
        let part = letters.get(from..to).unwrap_or_default();
        likeness(asked.len(), part.len(), common_letters(asked, part))
    };
    let half = from + (to - from) / 2;
    let start = (from..half).map(|start| (like(start, to), start));
    let (_, start) = start.fold((0.0, from), |best, one| if one.0 > best.0 { one } else { best });
    let end = (half..=to).rev().map(|end| (like(start, end), end));
    let (_, end) = end.fold((0.0, to), |best, one| if one.0 > best.0 { one } else { best });
    (start, end)
}

/// A sample of a document's grams by which copies and editions are known.
fn sample(document: &Document) -> FxHashSet<Gram> {
    let mut sample = FxHashSet::default();
    for block in document.blocks.iter().take(40) {
        let letters: Vec<char> = block.text.chars().filter(|c| is_letter(*c)).take(60).collect();
        sample.extend(grams(&letters));
    }
    sample
}

/// Likeness of two samples from which two texts are one.
const SAME_TEXT: f64 = 0.8;
/// The same where the titles are one, too.
const SAME_TITLE: f64 = 0.4;

fn is_same_text(one: &BestPlace, other: &BestPlace) -> bool {
    let common = one.sample.intersection(&other.sample).count() as f64;
    let like = 2.0 * common / (one.sample.len() + other.sample.len()).max(1) as f64;
    let same_title =
        !one.title.is_empty() && one.title == other.title && one.region == other.region;
    like >= SAME_TEXT || same_title && like >= SAME_TITLE
}

fn chained(found: Vec<BestPlace>) -> Lineage {
    let mut wordings: BTreeMap<Vec<char>, usize> = BTreeMap::new();
    let mut shown = Vec::new();
    let mut members: Vec<LineageMember> = Vec::new();
    for (at, one) in found.iter().enumerate() {
        let wording = *wordings.entry(one.letters.clone()).or_insert_with(|| {
            shown.push(one.shown.clone());
            shown.len() - 1
        });
        let same_text = (0..at).find(|earlier| is_same_text(&found[*earlier], one));
        // Of one day it is not known who took from whom.
        let earlier = |other: &usize| {
            let (before, after) = (found[*other].date, one.date);
            before.zip(after).is_some_and(|(before, after)| before.last_day() < after.first_day())
        };
        let likeness_to = |other: usize| {
            let (a, b) = (&found[other].letters, &one.letters);
            let like = likeness(a.len(), b.len(), common_letters(a, b));
            let own = found[other].region.is_some() && found[other].region == one.region;
            let national = found[other].region.as_deref() == Some("全国");
            // Of equals: a text of the own region, then a national one, then the latest.
            ((like * 1000.0) as u32, own, national, other)
        };
        let from = (0..at).filter(earlier).filter(|other| Some(*other) != same_text);
        let from = from.max_by_key(|other| likeness_to(*other));
        members.push(LineageMember {
            place: one.place,
            date: one.date,
            region: one.region.clone(),
            wording,
            similarity: one.similarity,
            from,
            same_text,
        });
    }
    Lineage { members, wordings: shown }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::regional_document;

    const WORDING: &str = "用作渔民公寓期间，不变更码头使用性质，不补缴岸线价款";

    fn dated(id: &str, region: &str, date: &str, text: &str) -> Document {
        // What each text has of its own: characters that no other has.
        let first = 0x4E00 + u32::from(id.as_bytes()[0]) * 97;
        let own: String = (0..80).filter_map(|n| char::from_u32(first + n)).collect();
        let mut document = regional_document(id, region, &[&own, &format!("二、{text}。")]);
        document.metadata.published = Some(date.parse().unwrap());
        document
    }

    #[test]
    fn a_wording_is_followed_through_its_variants_in_order_of_time() {
        let short = "用作渔寓期间，不变更码头使用性质，不补缴岸线价款";
        let other = "改建改造后不变更码头使用性质，不补缴岸线价款";
        let documents = [
            dated("a", "浙江", "2023-07-13", short),
            dated("b", "全国", "2021-06-15", WORDING),
            dated("c", "江西", "2023-09-26", other),
            dated("d", "江西", "2024-07-29", other),
            dated("e", "上海", "2021-11-19", &WORDING.replace('，', ",")),
            dated("f", "青海", "2024-01-01", "发展高原冷水鱼养殖"),
        ];
        let lineage = Lineage::of(&documents, WORDING);
        let found: Vec<_> = lineage
            .members
            .iter()
            .map(|member| (member.place.document.0, member.wording))
            .collect();
        assert_eq!(found, [(1, 0), (4, 0), (0, 1), (2, 2), (3, 2)]);
        assert_eq!(lineage.members[1].from, Some(0));
        // The later text of 江西 has the wording of the earlier one, not the national one.
        assert_eq!(lineage.members[4].from, Some(3));
        assert_eq!(lineage.wordings.len(), 3);
    }

    #[test]
    fn the_same_day_is_no_order() {
        let documents =
            [dated("a", "浙江", "2023-07-13", WORDING), dated("b", "江苏", "2023-07-13", WORDING)];
        let lineage = Lineage::of(&documents, WORDING);
        assert_eq!(lineage.members.iter().map(|m| m.from).collect::<Vec<_>>(), [None, None]);
    }

    #[test]
    fn an_edition_of_a_text_is_no_reuse() {
        let mut documents =
            [dated("a", "浙江", "2022-01-01", WORDING), dated("a", "浙江", "2023-01-01", WORDING)];
        documents[0].metadata.title = "关于渔民公寓的通知（征求意见稿）".to_owned();
        documents[1].metadata.title = "关于渔民公寓的通知".to_owned();
        let lineage = Lineage::of(&documents, WORDING);
        assert_eq!(lineage.members[1].same_text, Some(0));
    }

    #[test]
    fn a_short_wording_has_no_lineage() {
        let documents = [dated("a", "浙江", "2022-01-01", WORDING)];
        assert!(Lineage::of(&documents, "码头").members.is_empty());
    }
}
