//! Fingerprints: which letters of a library begin the same five letters somewhere else. They give
//! the candidates of shared wording without comparing every text with every other.
//!
//! Source: winnowing, Schleimer, Wilkerson and Aiken, "Winnowing: Local Algorithms for Document
//! Fingerprinting", SIGMOD 2003. Of every [`WINDOW`] neighbouring grams of [`GRAM`] letters the one
//! with the smallest hash is kept, so that any two texts that share GRAM + WINDOW − 1 letters in a
//! row share a fingerprint.

use std::ops::Range;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::document::DocIndex;
use crate::reuse::normalized::NormalizedText;

/// NormalizedText of one fingerprint.
pub(crate) const GRAM: usize = 5;
/// Neighbouring grams of which one is kept. GRAM + WINDOW − 1 is the shortest exact run.
pub(crate) const WINDOW: usize = 4;
/// Occurrences of one fingerprint in one document that are kept: a document that says a thing a
/// thousand times must not multiply it with every other document.
const OCCURRENCES: usize = 8;
/// Bits of the hash that lead to a bucket of the index.
const BUCKET_BITS: u32 = 18;

/// A letter at which a fingerprint begins, with its hash: ordered by hash, then by place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Fingerprint(u64);

impl Fingerprint {
    fn new(hash: u32, letter: u32) -> Self {
        Self(u64::from(hash) << 32 | u64::from(letter))
    }

    /// Hash of the letters.
    pub(crate) fn hash(self) -> u32 {
        (self.0 >> 32) as u32
    }

    /// The first letter, counted through the library.
    pub(crate) fn letter(self) -> u32 {
        self.0 as u32
    }
}

/// Where every fingerprint occurs, for those that occur in at least two places and in not too many
/// documents.
#[derive(Debug)]
pub(crate) struct FingerprintIndex {
    /// Ordered by hash, then by letter.
    entries: Vec<Fingerprint>,
    /// Where the entries of a bucket begin, and the end of the last.
    buckets: Vec<u32>,
}

impl FingerprintIndex {
    /// Indexes `letters`. Fingerprints that `bounds` calls a formula are left out; the letters at
    /// each of their places, and at each place of those that stand often, are given to `common`.
    pub(crate) fn build(
        letters: &NormalizedText,
        bounds: Bounds,
        mut common: impl FnMut(Range<u32>, Spread),
    ) -> Self {
        let mut all: Vec<Fingerprint> = letters
            .all_blocks()
            .into_par_iter()
            .flat_map_iter(|block| winnow(letters, letters.range_of(block)))
            .filter(|fingerprint| !letters.is_void(fingerprint.letter()))
            .collect();
        all.par_sort_unstable();
        let mut entries = Vec::with_capacity(all.len() / 2);
        for group in all.chunk_by(|a, b| a.hash() == b.hash()) {
            let spread = bounds.spread(letters, group);
            if spread > Spread::Seldom {
                let least = if spread == Spread::Formula { bounds.often } else { bounds.seldom };
                stretches(letters, group, least).into_iter().for_each(|at| common(at, spread));
            }
            if spread < Spread::Formula && group.len() > 1 {
                push_group(letters, group, &mut entries);
            }
        }
        let buckets = buckets(&entries);
        Self { entries, buckets }
    }

    /// All places of the fingerprint with that hash, in library order.
    pub(crate) fn places(&self, hash: u32) -> &[Fingerprint] {
        let bucket = (hash >> (32 - BUCKET_BITS)) as usize;
        let at = |n: usize| self.buckets.get(n).copied().unwrap_or_default() as usize;
        let entries = self.entries.get(at(bucket)..at(bucket + 1)).unwrap_or_default();
        let start = entries.partition_point(|entry| entry.hash() < hash);
        let end = entries.partition_point(|entry| entry.hash() <= hash);
        entries.get(start..end).unwrap_or_default()
    }
}

/// In how many documents a fingerprint stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Spread {
    /// In few.
    Seldom,
    /// In several.
    Often,
    /// In so many that it says nothing.
    Formula,
}

/// The most documents in which a fingerprint stands seldom, and the most in which it is no formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Bounds {
    pub(crate) seldom: usize,
    pub(crate) often: usize,
}

impl Bounds {
    fn spread(self, letters: &NormalizedText, group: &[Fingerprint]) -> Spread {
        if group.len() <= self.seldom {
            return Spread::Seldom;
        }
        let documents = group.chunk_by(|a, b| document_at(letters, *a) == document_at(letters, *b));
        match documents.take(self.often + 1).count() {
            n if n <= self.seldom => Spread::Seldom,
            n if n <= self.often => Spread::Often,
            _ => Spread::Formula,
        }
    }
}

/// The letters of each place of one fingerprint, with those before and behind that more than
/// `least` of its places have alike: what winnowing leaves out at the ends of a wording.
fn stretches(letters: &NormalizedText, group: &[Fingerprint], least: usize) -> Vec<Range<u32>> {
    let gram = GRAM as u32;
    let mut found: Vec<_> = group.iter().map(|f| f.letter()..f.letter() + gram).collect();
    for distance in 1..WINDOW as u32 {
        let before = |f: &Fingerprint| f.letter().saturating_sub(distance)..f.letter();
        let behind = |f: &Fingerprint| f.letter() + gram..f.letter() + gram + distance;
        let (mut counts_before, mut counts_behind) = (FxHashMap::default(), FxHashMap::default());
        for place in group {
            *counts_before.entry(letters.of(before(place))).or_insert(0usize) += 1;
            *counts_behind.entry(letters.of(behind(place))).or_insert(0usize) += 1;
        }
        let often = |counts: &FxHashMap<&[char], usize>, range: Range<u32>| {
            counts.get(letters.of(range)).is_some_and(|count| *count > least)
        };
        for (stretch, place) in found.iter_mut().zip(group) {
            if often(&counts_before, before(place)) {
                stretch.start = before(place).start;
            }
            if often(&counts_behind, behind(place)) {
                stretch.end = behind(place).end;
            }
        }
    }
    found
}

fn document_at(letters: &NormalizedText, entry: Fingerprint) -> Option<DocIndex> {
    letters.block(letters.block_at(entry.letter())).map(|block| block.document)
}

fn push_group(letters: &NormalizedText, group: &[Fingerprint], entries: &mut Vec<Fingerprint>) {
    if group.len() <= OCCURRENCES {
        return entries.extend(group);
    }
    let same =
        |a: &Fingerprint, b: &Fingerprint| document_at(letters, *a) == document_at(letters, *b);
    entries.extend(group.chunk_by(same).flat_map(|own| own.iter().take(OCCURRENCES)));
}

fn buckets(entries: &[Fingerprint]) -> Vec<u32> {
    let mut starts = Vec::with_capacity((1 << BUCKET_BITS) + 1);
    let mut at = 0;
    for bucket in 0..=1u64 << BUCKET_BITS {
        let first = bucket << (64 - BUCKET_BITS);
        let rest = entries.get(at..).unwrap_or_default();
        at = match bucket {
            b if b == 1 << BUCKET_BITS => entries.len(),
            _ => at + rest.iter().take_while(|entry| entry.0 < first).count(),
        };
        starts.push(at as u32);
    }
    starts
}

/// The fingerprints of the letters `range` of one block, in reading order. A block shorter than the
/// shortest exact run has none.
pub(crate) fn winnow(letters: &NormalizedText, range: Range<u32>) -> Vec<Fingerprint> {
    let text = letters.of(range.clone());
    let hashes: Vec<u32> = text.windows(GRAM).map(hash).collect();
    let mut kept = Vec::with_capacity(hashes.len() / 2);
    let mut last = None;
    for (start, window) in hashes.windows(WINDOW).enumerate() {
        // Robust winnowing: of equal hashes the last one, and the same one as long as it can be.
        let Some((at, hash)) = window.iter().enumerate().rev().min_by_key(|(_, hash)| **hash)
        else {
            continue;
        };
        let letter = range.start + (start + at) as u32;
        if last != Some(letter) {
            kept.push(Fingerprint::new(*hash, letter));
            last = Some(letter);
        }
    }
    kept
}

/// A hash of a few letters, good in all its bits. Numerals are one letter to it, so that 第三条 and
/// 第五条 of one formula are seen as the same; what is shared is compared letter by letter later.
fn hash(gram: &[char]) -> u32 {
    const ODD: u64 = 0x9E37_79B9_7F4A_7C15;
    let mixed = gram.iter().fold(0u64, |hash, letter| {
        (hash.rotate_left(23) ^ u64::from(u32::from(numeral_as_one(*letter)))).wrapping_mul(ODD)
    });
    ((mixed ^ (mixed >> 29)).wrapping_mul(ODD) >> 32) as u32
}

fn numeral_as_one(letter: char) -> char {
    match letter {
        '0'..='9' => '0',
        '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百' | '千' => {
            '一'
        }
        _ => letter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::document;

    #[test]
    fn two_texts_that_share_eight_letters_share_a_fingerprint() {
        let shared = "量子信息前沿技术";
        for at in 0..40u32 {
            let odd = char::from_u32(0x5000 + at).unwrap();
            let (a, b) = (format!("{odd}甲乙{shared}丙丁"), format!("戊己庚{odd}{shared}辛"));
            let letters = NormalizedText::read(&[document("a", &[&a]), document("b", &[&b])]);
            let index =
                FingerprintIndex::build(&letters, Bounds { seldom: 5, often: 10 }, |_, _| {});
            let own = winnow(&letters, letters.range_of(0));
            assert!(own.iter().any(|f| index.places(f.hash()).len() > 1), "{a} {b}");
        }
    }

    #[test]
    fn a_formula_is_common_up_to_its_ends_and_no_farther() {
        let formula = "所需经费纳入同级财政预算予以保障";
        let documents: Vec<_> = (0..60u32)
            .map(|n| {
                let odd = |at| char::from_u32(0x5000 + 200 * at + n).unwrap();
                let around = |from: u32| (from..from + 4).map(odd).collect::<String>();
                document(&n.to_string(), &[&format!("{}{formula}{}", around(0), around(5))])
            })
            .collect();
        let letters = NormalizedText::read(&documents);
        let mut common = std::collections::BTreeSet::new();
        FingerprintIndex::build(&letters, Bounds { seldom: 5, often: 20 }, |range, _| {
            common.extend(range);
        });
        let wanted: std::collections::BTreeSet<u32> = letters
            .all_blocks()
            .flat_map(|b| letters.range_of(b))
            .filter(|at| (4..20).contains(&(at % 24)))
            .collect();
        assert_eq!(common, wanted);
    }

    #[test]
    fn what_stands_in_too_many_documents_is_common_and_leaves_the_index() {
        let documents: Vec<_> =
            (0..5).map(|n| document(&n.to_string(), &["违反本条例规定依法处理"])).collect();
        let letters = NormalizedText::read(&documents);
        let mut common = Vec::new();
        let index =
            FingerprintIndex::build(&letters, Bounds { seldom: 2, often: 4 }, |_, spread| {
                common.push(spread);
            });
        assert!(!common.is_empty() && common.iter().all(|spread| *spread == Spread::Formula));
        let own = winnow(&letters, letters.range_of(0));
        assert!(own.iter().all(|f| index.places(f.hash()).is_empty()));
    }
}
