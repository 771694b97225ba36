//! How often and where wordings are used in a library: the numbers from which themes are weighed.

use rayon::prelude::*;

use super::candidates::DocumentTerms;
use super::mentions::{Matcher, Overlapping};
use super::vocabulary::Entry;

/// Documents that one task counts before its numbers are added up.
const SHARE: usize = 512;

/// Numbers of one entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Count {
    /// Occurrences.
    pub all: u32,
    /// Documents that have one.
    pub documents: u32,
    /// A bit for each region that has one.
    pub regions: u64,
    /// Most occurrences in one document.
    pub most: u32,
}

/// Every occurrence of each entry counted, also inside longer entries.
pub fn anywhere(entries: &[Entry], terms: &[DocumentTerms], regions: &[u64]) -> Vec<Count> {
    let matcher = Overlapping::new(&forms(entries));
    gather(entries.len(), terms, regions, &|text, hit| matcher.find(text, hit))
}

/// The mentions of each entry counted: of those that overlap only the leftmost, longest one.
pub fn mentioned(entries: &[Entry], terms: &[DocumentTerms], regions: &[u64]) -> Vec<Count> {
    let matcher = Matcher::new(forms(entries));
    gather(entries.len(), terms, regions, &|text, hit| matcher.find(text, |_, number| hit(number)))
}

/// Hands the number of every entry that occurs in a text to a counter.
type Scan<'a> = &'a (dyn Fn(&str, &mut dyn FnMut(u32)) + Sync);

fn gather(entries: usize, terms: &[DocumentTerms], regions: &[u64], scan: Scan<'_>) -> Vec<Count> {
    let share = SHARE.max(terms.len() / (4 * rayon::current_num_threads()));
    let parts = terms.par_chunks(share).zip(regions.par_chunks(share));
    let none = || vec![Count::default(); entries];
    parts.map(|(terms, regions)| count_share(entries, terms, regions, scan)).reduce(none, sum)
}

fn count_share(
    entries: usize,
    terms: &[DocumentTerms],
    regions: &[u64],
    scan: Scan<'_>,
) -> Vec<Count> {
    let mut sum = vec![Count::default(); entries];
    let mut own = vec![0u32; entries];
    let mut touched = Vec::new();
    for (terms, region) in terms.iter().zip(regions) {
        for block in terms.folded() {
            scan(block.as_str(), &mut |number| {
                if let Some(own) = own.get_mut(number as usize) {
                    if *own == 0 {
                        touched.push(number as usize);
                    }
                    *own += 1;
                }
            });
        }
        for at in touched.drain(..) {
            if let (Some(own), Some(sum)) = (own.get_mut(at), sum.get_mut(at)) {
                sum.add_document(std::mem::take(own), *region);
            }
        }
    }
    sum
}

fn sum(mut all: Vec<Count>, other: Vec<Count>) -> Vec<Count> {
    for (sum, part) in all.iter_mut().zip(&other) {
        sum.all += part.all;
        sum.documents += part.documents;
        sum.regions |= part.regions;
        sum.most = sum.most.max(part.most);
    }
    all
}

impl Count {
    fn add_document(&mut self, own: u32, region: u64) {
        self.all += own;
        self.documents += 1;
        self.regions |= region;
        self.most = self.most.max(own);
    }
}

fn forms(entries: &[Entry]) -> Vec<(&str, u32)> {
    let numbered = entries.iter().enumerate();
    numbered
        .flat_map(|(at, entry)| entry.forms.iter().map(move |form| (form.as_str(), at as u32)))
        .collect()
}
