//! Borrowed: how much of a text is wording of an earlier national text, and how much of other texts
//! once the national wording is taken away. What two texts have from a common source is not taken
//! from one another.
//!
//! Two figures belong to every pair: the share of the borrowing text and the share of the source.
//! Source of the measure: containment of shingles, Broder, "On the Resemblance and Containment of
//! Documents", 1997.

use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

use crate::document::{Collection, DocIndex, Document, PartialDate};
use crate::reuse::normalized::is_letter;
use crate::text::fold::fold_key;
use crate::text::region::RegionLevel;

/// What a text has from another one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BorrowedFrom {
    /// The source, which is earlier.
    pub source: DocIndex,
    /// Share of the letters of the borrowing text, 0 to 1.
    pub of_text: f64,
    /// Share of the letters of the source, 0 to 1.
    pub of_source: f64,
}

/// What a text has from others.
#[derive(Debug, Clone, PartialEq)]
pub struct Borrowed {
    /// The text.
    pub document: DocIndex,
    /// Its letters.
    pub letters: usize,
    /// The national text from which it has most.
    pub national: Option<BorrowedFrom>,
    /// The other texts of the set, without what is national, the largest share first.
    pub others: Vec<BorrowedFrom>,
}

/// Letters of a shingle: the shortest run that counts.
const SHINGLE: usize = 8;
/// Share below which another text is not named.
const LEAST: f64 = 0.005;

/// A text by its shingles, in order.
struct Shingled {
    document: DocIndex,
    date: Option<PartialDate>,
    national: bool,
    letters: usize,
    shingles: Vec<u64>,
    set: FxHashSet<u64>,
}

impl Shingled {
    fn of(at: DocIndex, document: &Document) -> Self {
        let (mut letters, mut shingles) = (0, Vec::new());
        for block in &document.blocks {
            let folded: Vec<char> =
                fold_key(&block.text).chars().filter(|c| is_letter(*c)).collect();
            letters += folded.len();
            shingles.extend(folded.windows(SHINGLE).map(hash));
            // No shingle reaches over the end of a block.
            shingles.extend([0; SHINGLE - 1].iter().take(folded.len().min(SHINGLE - 1)));
        }
        let set = shingles.iter().copied().filter(|shingle| *shingle != 0).collect();
        let region = document.metadata.region.as_ref();
        Self {
            document: at,
            date: document.metadata.date(),
            national: region.is_some_and(|region| region.level == RegionLevel::National),
            letters,
            shingles,
            set,
        }
    }

    /// Share of the letters that lie in shingles which `has` and not `lacks`.
    fn share(&self, has: &FxHashSet<u64>, lacks: &FxHashSet<u64>) -> f64 {
        let (mut covered, mut until) = (0, 0);
        for (at, shingle) in self.shingles.iter().enumerate() {
            if *shingle != 0 && has.contains(shingle) && !lacks.contains(shingle) {
                let start = until.max(at);
                covered += (at + SHINGLE).saturating_sub(start);
                until = at + SHINGLE;
            }
        }
        covered as f64 / self.letters.max(1) as f64
    }

    fn is_before(&self, other: &Self) -> bool {
        self.date.zip(other.date).is_some_and(|(own, other)| own.last_day() < other.first_day())
    }
}

fn hash(run: &[char]) -> u64 {
    let mut hasher = FxHasher::default();
    run.hash(&mut hasher);
    hasher.finish().max(1)
}

/// What each of `chosen` has from an earlier national text of `documents`, and from the earlier
/// ones among `chosen` without that.
pub fn borrowed<D: Collection + ?Sized>(documents: &D, chosen: &[DocIndex]) -> Vec<Borrowed> {
    let texts = documents.map_some(chosen, Shingled::of);
    let nationals = nationals(documents, &texts);
    let none = FxHashSet::default();
    // Wording of any national text is national, whichever text has most of it.
    let mut of_nation: FxHashSet<u64> = FxHashSet::default();
    for national in nationals.iter().chain(texts.iter().filter(|text| text.national)) {
        of_nation.extend(&national.set);
    }
    let from = |text: &Shingled, source: &Shingled, lacks: &FxHashSet<u64>| BorrowedFrom {
        source: source.document,
        of_text: text.share(&source.set, lacks),
        of_source: source.share(&text.set, lacks),
    };
    let one = |text: &Shingled| {
        let earlier = nationals.iter().chain(texts.iter().filter(|one| one.national));
        let earlier = earlier.filter(|one| one.document != text.document && one.is_before(text));
        let national = earlier
            .map(|one| from(text, one, &none))
            .filter(|one| one.of_text >= LEAST)
            .max_by(|x, y| x.of_text.total_cmp(&y.of_text));
        let others = texts.iter().filter(|one| !one.national && one.is_before(text));
        let mut others: Vec<BorrowedFrom> = others
            .map(|one| from(text, one, &of_nation))
            .filter(|one| one.of_text >= LEAST)
            .collect();
        others.sort_by(|x, y| y.of_text.total_cmp(&x.of_text));
        Borrowed { document: text.document, letters: text.letters, national, others }
    };
    texts.iter().map(one).collect()
}

/// Shingles that a national text must share with the chosen ones to be compared.
const SHARED: usize = 20;
/// National texts that are compared with one text.
const NATIONALS: usize = 5;

/// The national texts that share most with the chosen ones.
fn nationals<D: Collection + ?Sized>(documents: &D, texts: &[Shingled]) -> Vec<Shingled> {
    let mut owners: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    for (at, text) in texts.iter().enumerate() {
        for shingle in &text.set {
            owners.entry(*shingle).or_default().push(at);
        }
    }
    let is_national = |at: &DocIndex| {
        let card = documents.card(*at);
        let region = card.and_then(|card| card.metadata.region);
        region.is_some_and(|region| region.level == RegionLevel::National)
            && !texts.iter().any(|text| text.document == *at)
    };
    let national: Vec<DocIndex> = documents.indices().filter(is_national).collect();
    let counted = documents.map_some(&national, |at, document| {
        let text = Shingled::of(at, document);
        let mut shared = vec![0usize; texts.len()];
        for owner in text.set.iter().filter_map(|shingle| owners.get(shingle)).flatten() {
            shared[*owner] += 1;
        }
        shared.iter().any(|count| *count >= SHARED).then_some((text, shared))
    });
    let counted: Vec<(Shingled, Vec<usize>)> = counted.into_iter().flatten().collect();
    let mut wanted: FxHashSet<usize> = FxHashSet::default();
    for at in 0..texts.len() {
        let mut order: Vec<usize> = (0..counted.len()).collect();
        order.sort_by_key(|one| std::cmp::Reverse(counted[*one].1[at]));
        wanted.extend(order.into_iter().take(NATIONALS));
    }
    let kept = counted.into_iter().enumerate().filter(|(at, _)| wanted.contains(at));
    kept.map(|(_, (text, _))| text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{about, document};

    const NATIONAL: &str = "完善渔港布局，加强渔港避风能力建设，提高防灾减灾水平";
    const OWN: &str = "推行港长负责制度，建立联合巡航机制，落实属地管理责任";

    fn text(id: &str, region: &str, date: &str, paragraphs: &[&str]) -> Document {
        let mut document = about(document(id, paragraphs), region);
        document.metadata.published = Some(date.parse().unwrap());
        document
    }

    #[test]
    fn a_common_source_is_not_borrowed_from_one_another() {
        let documents = [
            text("a", "全国", "2020-01-01", &[NATIONAL]),
            text("b", "浙江", "2021-01-01", &[NATIONAL, OWN]),
            text("c", "江苏", "2022-01-01", &[NATIONAL]),
            text("d", "福建", "2023-01-01", &[NATIONAL, OWN]),
        ];
        let chosen: Vec<DocIndex> = (0..4).map(DocIndex).collect();
        let found = borrowed(&documents, &chosen);
        assert!(found[0].national.is_none() && found[0].others.is_empty());
        assert_eq!(found[2].national.unwrap().of_text, 1.0);
        assert!(found[2].others.is_empty(), "{:?}", found[2]);
        let [from] = found[3].others[..] else { panic!("{:?}", found[3]) };
        assert_eq!(from.source, DocIndex(1));
        assert!((0.4..0.6).contains(&from.of_text), "{from:?}");
    }

    #[test]
    fn nothing_is_borrowed_from_a_later_text_or_one_of_the_same_day() {
        let documents = [
            text("a", "全国", "2022-01-01", &[NATIONAL]),
            text("b", "浙江", "2022-01-01", &[NATIONAL]),
            text("c", "江苏", "2021-01-01", &[NATIONAL]),
        ];
        let found = borrowed(&documents, &[DocIndex(1), DocIndex(2)]);
        assert!(found.iter().all(|one| one.national.is_none()));
        assert!(found[1].others.is_empty());
    }
}
