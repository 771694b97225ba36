//! Fingerprints: which letters of a library begin the same five letters somewhere else. They give
//! the candidates of shared wording without comparing every text with every other.
//!
//! Source: winnowing, Schleimer, Wilkerson and Aiken, "Winnowing: Local Algorithms for Document
//! Fingerprinting", SIGMOD 2003. Of every [`WINDOW`] neighbouring grams of [`GRAM`] letters the one
//! with the smallest hash is kept, so that any two texts that share GRAM + WINDOW − 1 letters in a
//! row share a fingerprint.

use std::ops::Range;

use rayon::prelude::*;

use crate::document::DocIndex;
use crate::reuse::gram::{GRAM, WINDOW};
use crate::reuse::normalized::NormalizedText;

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
    /// Indexes `letters`, with what `spread` says of each fingerprint; those that say nothing are
    /// left out.
    pub(crate) fn build(letters: &NormalizedText, spread: impl Fn(u32) -> Spread + Sync) -> Self {
        let mut all: Vec<Fingerprint> = letters
            .all_blocks()
            .into_par_iter()
            .flat_map_iter(|block| winnow(letters, letters.range_of(block)))
            .filter(|fingerprint| !letters.is_void(fingerprint.letter()))
            .collect();
        all.par_sort_unstable();
        let mut entries = Vec::with_capacity(all.len() / 2);
        for group in all.chunk_by(|a, b| a.hash() == b.hash()) {
            let Some(first) = group.first().filter(|_| group.len() > 1) else { continue };
            if spread(first.hash()) < Spread::StockPhrase {
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

/// In how many documents a fingerprint occurs.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
pub(crate) enum Spread {
    /// In few.
    Seldom,
    /// In several.
    Often,
    /// In so many that it says nothing.
    StockPhrase,
}

/// The most documents in which a fingerprint is rare, and the most in which it is no stock phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Bounds {
    pub(crate) seldom: usize,
    pub(crate) often: usize,
}

impl Bounds {
    /// The spread of a fingerprint in so many documents.
    pub(crate) fn spread_of(self, documents: usize) -> Spread {
        match documents {
            n if n <= self.seldom => Spread::Seldom,
            n if n <= self.often => Spread::Often,
            _ => Spread::StockPhrase,
        }
    }
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
/// 第五条 of one stock phrase are seen as the same; what is shared is compared letter by letter later.
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
            let index = FingerprintIndex::build(&letters, |_| Spread::Seldom);
            let own = winnow(&letters, letters.range_of(0));
            assert!(own.iter().any(|f| index.places(f.hash()).len() > 1), "{a} {b}");
        }
    }
}
