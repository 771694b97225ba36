//! How often and where wordings are used in a library: the numbers from which themes are weighed.

use rayon::prelude::*;

use crate::themes::mentions::{Occurrence, Owners, Wordings};

/// Documents that one task counts before its numbers are added up.
const SHARE: usize = 512;

/// Numbers of one entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Count {
    /// Occurrences.
    pub all: u32,
    /// Documents that have one.
    pub documents: u32,
    /// A bit for each group of documents (a region, or a year) that has one.
    pub groups: u64,
    /// Most occurrences in one document.
    pub most: u32,
}

/// All occurrences in the documents of a library.
#[derive(Debug)]
pub struct Usage<'u> {
    /// The wordings that occur.
    pub wordings: &'u Wordings,
    /// The occurrences in each document.
    pub occurrences: Vec<&'u [Occurrence]>,
    /// For each document the bit of its group (a region, or a year), or 0.
    pub groups: &'u [u64],
}

impl Usage<'_> {
    /// Every occurrence of each of `entries` counted, also inside longer entries.
    pub fn anywhere(&self, entries: usize, owners: &Owners) -> Vec<Count> {
        self.gather(entries, &|occurrences, hit| {
            occurrences.iter().filter_map(|one| owners.of(one.wording)).for_each(hit);
        })
    }

    /// The mentions of each of `entries` counted: of those that overlap only the leftmost, longest
    /// one.
    pub fn direct(&self, entries: usize, owners: &Owners) -> Vec<Count> {
        self.gather(entries, &|occurrences, hit| {
            self.wordings.mentions(occurrences, owners).map(|(_, owner)| owner).for_each(hit);
        })
    }

    fn gather(&self, entries: usize, scan: UsageScan<'_>) -> Vec<Count> {
        let share = SHARE.max(self.occurrences.len() / (4 * rayon::current_num_threads()));
        let parts = self.occurrences.par_chunks(share).zip(self.groups.par_chunks(share));
        let none = || vec![Count::default(); entries];
        parts.map(|(texts, groups)| count_share(entries, texts, groups, scan)).reduce(none, sum)
    }
}

/// Hands the number of every entry that counts in a document to a counter.
type UsageScan<'a> = &'a (dyn Fn(&[Occurrence], &mut dyn FnMut(u32)) + Sync);

fn count_share(
    entries: usize,
    texts: &[&[Occurrence]],
    groups: &[u64],
    scan: UsageScan<'_>,
) -> Vec<Count> {
    let mut sum = vec![Count::default(); entries];
    let mut own = vec![0u32; entries];
    let mut touched = Vec::new();
    for (occurrences, group) in texts.iter().zip(groups) {
        scan(occurrences, &mut |number| {
            if let Some(own) = own.get_mut(number as usize) {
                if *own == 0 {
                    touched.push(number as usize);
                }
                *own += 1;
            }
        });
        for at in touched.drain(..) {
            if let (Some(own), Some(sum)) = (own.get_mut(at), sum.get_mut(at)) {
                sum.add_document(std::mem::take(own), *group);
            }
        }
    }
    sum
}

fn sum(mut all: Vec<Count>, other: Vec<Count>) -> Vec<Count> {
    for (sum, part) in all.iter_mut().zip(&other) {
        sum.all += part.all;
        sum.documents += part.documents;
        sum.groups |= part.groups;
        sum.most = sum.most.max(part.most);
    }
    all
}

impl Count {
    fn add_document(&mut self, own: u32, group: u64) {
        self.all += own;
        self.documents += 1;
        self.groups |= group;
        self.most = self.most.max(own);
    }
}
