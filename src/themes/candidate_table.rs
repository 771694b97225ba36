//! The candidates of all documents put together: what each document offers as themes, with how
//! many documents offer it and how. A document more adds only its own candidates.

use std::cmp::Reverse;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::themes::candidates::{Candidate, Sources};

/// Parts of the pool, by key, that are filled side by side.
const SHARDS: u64 = 64;

/// How a wording was found in all documents together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CandidateStats {
    /// Where.
    pub sources: Sources,
    /// Occurrences as a whole phrase.
    pub alone: u32,
    /// Those of them that are items of a list.
    pub listed: u32,
    /// Those of them that end their compound.
    pub free: u32,
    /// Those of them that name a body.
    pub bodies: u32,
    /// Those of them that name one who acts.
    pub agents: u32,
    /// Documents that offer it.
    pub documents: u32,
    /// Documents that list it.
    pub listing: u32,
    /// Documents that have it in their title or in a heading.
    pub headed: u32,
}

/// One wording of the pool.
#[derive(Debug, Clone, Copy)]
pub struct Pooled {
    /// As the first document offers it.
    pub first: Candidate,
    /// The number of that document.
    pub document: u32,
    /// How it was found.
    pub stats: CandidateStats,
}

/// The candidates of all documents.
#[derive(Debug)]
pub struct CandidateTable {
    shards: Vec<FxHashMap<u64, Pooled>>,
    documents: u32,
}

impl Default for CandidateTable {
    fn default() -> Self {
        Self { shards: (0..SHARDS).map(|_| FxHashMap::default()).collect(), documents: 0 }
    }
}

impl CandidateTable {
    /// Adds what the next documents offer, each by key.
    pub fn add(&mut self, offered: &[Vec<Candidate>]) {
        let first = self.documents;
        let shards = self.shards.par_iter_mut().enumerate();
        shards.for_each(|(number, shard)| {
            for (candidates, document) in offered.iter().zip(first..) {
                add_to_shard(shard, number as u64, candidates, document);
            }
        });
        self.documents += offered.len() as u32;
    }

    /// How many wordings there are.
    pub fn len(&self) -> usize {
        self.shards.iter().map(FxHashMap::len).sum()
    }

    /// True where there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// At most `limit` wordings, those for which most speaks first: documents, then lists.
    pub fn best(&self, limit: usize) -> Vec<&Pooled> {
        let key = |one: &&Pooled| {
            let stats = one.stats;
            (Reverse((stats.documents, stats.listed, stats.alone)), one.first.key)
        };
        let mut all: Vec<&Pooled> =
            self.shards.par_iter().flat_map_iter(FxHashMap::values).collect();
        if limit > 0 && limit < all.len() {
            all.select_nth_unstable_by_key(limit - 1, key);
            all.truncate(limit);
        }
        all.par_sort_unstable_by_key(key);
        all
    }
}

fn add_to_shard(shard: &mut FxHashMap<u64, Pooled>, number: u64, all: &[Candidate], document: u32) {
    let width = u64::MAX / SHARDS + 1;
    let (from, to) = (number * width, (number * width).checked_add(width));
    let start = all.partition_point(|candidate| candidate.key < from);
    let own = all.get(start..).unwrap_or_default();
    for candidate in own.iter().take_while(|c| to.is_none_or(|to| c.key < to)) {
        let none = Pooled { first: *candidate, document, stats: CandidateStats::default() };
        shard.entry(candidate.key).or_insert(none).stats.add(candidate);
    }
}

impl CandidateStats {
    fn add(&mut self, candidate: &Candidate) {
        self.documents += 1;
        self.alone += u32::from(candidate.count);
        self.listed += u32::from(candidate.listed);
        self.free += u32::from(candidate.free);
        self.bodies += u32::from(candidate.bodies);
        self.agents += u32::from(candidate.agents);
        self.listing += u32::from(candidate.listed > 0);
        self.headed += u32::from(candidate.sources.any_of(Sources::HEADED));
        self.sources = self.sources.and(candidate.sources);
    }
}
