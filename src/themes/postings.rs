//! The postings of a theme: the documents that mention it, each with its number of mentions. In a
//! large library they are most of what a reader has in memory, and so they are packed: gaps between
//! documents rather than documents, in as few bytes as a number needs (variable byte codes;
//! Manning, Raghavan and Schütze, Introduction to Information Retrieval, 2008, 5.3), with a skip
//! entry at every [`STRIDE`]th.

use serde::{Deserialize, Serialize};

use crate::document::DocIndex;

/// Postings between two ways in.
const STRIDE: u32 = 128;

/// Documents, rising, with a count each.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Postings {
    #[serde(with = "serde_bytes")]
    packed: Vec<u8>,
    length: u32,
    last: u32,
    /// Of every [`STRIDE`]th posting the document before it, and its first byte.
    ways_in: Vec<(u32, u32)>,
}

impl Postings {
    /// Adds a document after those that are there, with a count of at least 1.
    pub fn push(&mut self, document: DocIndex, count: u32) {
        if self.length.is_multiple_of(STRIDE) {
            self.ways_in.push((self.last, self.packed.len() as u32));
        }
        let gap = u64::from(document.0.wrapping_sub(self.last));
        // Most documents mention a theme once, which takes no byte of its own.
        pack(gap << 1 | u64::from(count != 1), &mut self.packed);
        if count != 1 {
            pack(u64::from(count), &mut self.packed);
        }
        self.last = document.0;
        self.length += 1;
    }

    /// How many documents there are.
    pub fn len(&self) -> usize {
        self.length as usize
    }

    /// True where there is none.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// The documents with their counts, in library order.
    pub fn iter(&self) -> Iter<'_> {
        Iter { packed: &self.packed, document: 0 }
    }

    /// The documents, in library order.
    pub fn documents(&self) -> impl Iterator<Item = DocIndex> + use<'_> {
        self.iter().map(|(document, _)| document)
    }

    /// The count of `document`; `None` where it is not among them.
    pub fn count(&self, document: DocIndex) -> Option<u32> {
        let behind = self.ways_in.partition_point(|(before, _)| *before < document.0);
        // The first way in has no document before it.
        let (before, at) = *self.ways_in.get(behind.max(1) - 1)?;
        let packed = self.packed.get(at as usize..)?;
        let mut some = Iter { packed, document: before }.take_while(|(at, _)| *at <= document);
        some.find(|(at, _)| *at == document).map(|(_, count)| count)
    }

    /// Gives back what is reserved for more.
    pub fn shrink_to_fit(&mut self) {
        self.packed.shrink_to_fit();
        self.ways_in.shrink_to_fit();
    }
}

impl FromIterator<(DocIndex, u32)> for Postings {
    fn from_iter<I: IntoIterator<Item = (DocIndex, u32)>>(all: I) -> Self {
        let mut postings = Self::default();
        postings.extend(all);
        postings
    }
}

impl Extend<(DocIndex, u32)> for Postings {
    fn extend<I: IntoIterator<Item = (DocIndex, u32)>>(&mut self, all: I) {
        all.into_iter().for_each(|(document, count)| self.push(document, count));
    }
}

/// Goes through postings.
#[derive(Debug, Clone)]
pub struct Iter<'p> {
    packed: &'p [u8],
    document: u32,
}

impl Iterator for Iter<'_> {
    type Item = (DocIndex, u32);

    fn next(&mut self) -> Option<Self::Item> {
        let gap = unpack(&mut self.packed)?;
        let count = if gap & 1 == 0 { 1 } else { unpack(&mut self.packed)? as u32 };
        self.document = self.document.wrapping_add((gap >> 1) as u32);
        Some((DocIndex(self.document), count))
    }
}

/// Seven bits a byte, the lowest first; the eighth says that more follow.
fn pack(mut number: u64, onto: &mut Vec<u8>) {
    while number >= 0x80 {
        onto.push(number as u8 | 0x80);
        number >>= 7;
    }
    onto.push(number as u8);
}

fn unpack(from: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for shift in (0..u64::BITS).step_by(7) {
        let (byte, rest) = from.split_first()?;
        *from = rest;
        number |= u64::from(byte & 0x7F) << shift;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn postings_are_what_was_put_in(
            gaps in prop::collection::vec((prop_oneof![1u32..4, 1u32..9_000_000], 1u32..400), 0..400),
            first in 0u32..3,
        ) {
            let mut document = first;
            let all: Vec<(DocIndex, u32)> = gaps
                .iter()
                .enumerate()
                .map(|(at, (gap, count))| {
                    document += if at == 0 { 0 } else { *gap };
                    (DocIndex(document), *count)
                })
                .collect();
            let postings: Postings = all.iter().copied().collect();
            prop_assert_eq!(postings.iter().collect::<Vec<_>>(), all.clone());
            prop_assert_eq!(postings.len(), all.len());
            for (document, count) in &all {
                prop_assert_eq!(postings.count(*document), Some(*count));
            }
            for other in 0..20 {
                let known = all.iter().find(|(document, _)| document.0 == other);
                prop_assert_eq!(postings.count(DocIndex(other)), known.map(|(_, count)| *count));
            }
        }
    }

    #[test]
    fn the_largest_numbers_fit_and_a_cut_list_ends() {
        let mut postings = Postings::default();
        postings.push(DocIndex(0), u32::MAX);
        postings.push(DocIndex(u32::MAX), 1);
        let all = [(DocIndex(0), u32::MAX), (DocIndex(u32::MAX), 1)];
        assert_eq!(postings.iter().collect::<Vec<_>>(), all);
        assert_eq!(postings.count(DocIndex(u32::MAX)), Some(1));
        postings.packed.truncate(4);
        assert_eq!(postings.iter().count(), 0);
    }
}
