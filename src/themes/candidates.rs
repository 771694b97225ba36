//! What one document offers as themes: its phrases counted, and the runs of words that it repeats
//! among changing neighbours. Made for each document alone, so that a library that grows by one
//! document makes only that document's table.
//!
//! A run counts where its neighbours differ on both sides: accessor variety (Feng, Chen, Deng and
//! Zheng, Computational Linguistics 30, 2004), the small-count form of boundary entropy.

use rustc_hash::{FxHashMap, FxHasher};
use serde::{Deserialize, Serialize};
use std::hash::Hasher;

use crate::text::segment::Word;
use crate::themes::folded::FoldedDocument;
use crate::themes::grammar::Role;
use crate::themes::phrases::{Parsed, Phrase, Source};

/// The longest run, in words.
const LONGEST_RUN: usize = 6;
/// The shortest and longest candidate, in characters.
const LENGTHS: std::ops::RangeInclusive<usize> = 2..=40;

/// A wording of one document that could be a theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// A hash of the wording, the same in every document; it is not kept with the others.
    #[serde(skip)]
    pub key: u64,
    /// The block of its first occurrence.
    pub block: u32,
    /// The byte of the folded block at which that begins.
    pub start: u32,
    /// Its bytes.
    pub bytes: u16,
    /// Occurrences as a whole phrase.
    pub count: u16,
    /// Those of them that are items of a list.
    pub listed: u16,
    /// Where it was found.
    pub sources: Sources,
}

/// A set of [`Source`]s, runs among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Sources(u8);

impl Sources {
    /// A run that the document repeats.
    pub const RUN: Self = Self(1 << 5);
    /// Found with nothing of its compound behind it.
    pub const FREE: Self = Self(1 << 6);

    /// The set of one source.
    pub fn of(source: Source) -> Self {
        Self(1 << source as u8)
    }

    /// Both sets together.
    pub fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// True where the sets share a source.
    pub fn any_of(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// What a document offers, by key. Cutting it into words is what takes time.
pub fn of(folded: &FoldedDocument) -> Vec<Candidate> {
    let mut table = Table::default();
    for (text, number) in folded.blocks().zip(0..) {
        table.read(Block { number, text });
    }
    table.finish()
}

/// `candidates` of a document as they were kept, with their keys, by key.
pub fn with_keys(mut candidates: Vec<Candidate>, folded: &FoldedDocument) -> Vec<Candidate> {
    candidates.iter_mut().for_each(|one| one.key = key_of(folded.wording(one)));
    candidates.sort_unstable_by_key(|candidate| candidate.key);
    candidates
}

/// A folded block.
#[derive(Clone, Copy)]
struct Block<'t> {
    number: u32,
    text: &'t str,
}

#[derive(Default)]
struct Table {
    candidates: FxHashMap<u64, Candidate>,
    runs: FxHashMap<u64, Run>,
}

struct Run {
    candidate: Candidate,
    left: u64,
    right: u64,
    left_varies: bool,
    right_varies: bool,
}

impl Table {
    fn read(&mut self, block: Block<'_>) {
        let parsed = Parsed::new(block.text);
        parsed.phrases(|phrase| self.add(block, phrase));
        for (start, end) in parsed.compounds() {
            if let Some((words, roles)) = parsed.slice(start, end) {
                self.add_runs(block, words, roles);
            }
        }
    }

    fn add(&mut self, block: Block<'_>, phrase: Phrase) {
        let Some(new) = candidate(block, phrase.start, phrase.end) else { return };
        let known = self.candidates.entry(new.key).or_insert(new);
        let free = if phrase.free { Sources::FREE } else { Sources::default() };
        known.sources = known.sources.and(Sources::of(phrase.source)).and(free);
        known.count = known.count.saturating_add(u16::from(phrase.source != Source::Word));
        known.listed = known.listed.saturating_add(u16::from(phrase.source == Source::List));
    }

    /// Counts the runs of words inside one compound; the whole of it is a phrase already.
    fn add_runs(&mut self, block: Block<'_>, words: &[Word], roles: &[Role]) {
        if words.len() < 3 {
            return;
        }
        let hash = |at: Option<usize>| {
            at.and_then(|at| words.get(at)).map_or(0, |word| key_of(word.of(block.text)))
        };
        for (from, to) in runs(roles) {
            let (Some(first), Some(last)) = (words.get(from), words.get(to - 1)) else { continue };
            let Some(new) = candidate(block, first.start, last.end) else { continue };
            let (left, right) = (hash(from.checked_sub(1)), hash(Some(to)));
            let run = self.runs.entry(new.key).or_insert(Run {
                candidate: new,
                left,
                right,
                left_varies: left == 0,
                right_varies: right == 0,
            });
            run.candidate.count = run.candidate.count.saturating_add(1);
            if to == words.len() {
                run.candidate.sources = Sources::FREE;
            }
            run.left_varies |= left != run.left;
            run.right_varies |= right != run.right;
        }
    }

    fn finish(mut self) -> Vec<Candidate> {
        for (key, run) in self.runs {
            if run.candidate.count >= 2 && run.left_varies && run.right_varies {
                let known = self.candidates.entry(key).or_insert(run.candidate);
                known.sources = known.sources.and(run.candidate.sources).and(Sources::RUN);
            }
        }
        let mut candidates: Vec<Candidate> = self.candidates.into_values().collect();
        candidates.sort_unstable_by_key(|candidate| candidate.key);
        candidates
    }
}

/// The runs of two and more words of a compound that could be names by their ends.
fn runs(roles: &[Role]) -> impl Iterator<Item = (usize, usize)> {
    let may_begin =
        |role: &Role| matches!(role, Role::Noun | Role::Wide | Role::Before | Role::Modifier);
    let may_end = |role: &Role| matches!(role, Role::Noun | Role::Wide);
    let starts = (0..roles.len()).filter(move |at| roles.get(*at).is_some_and(may_begin));
    starts.flat_map(move |from| {
        let longest = (from + LONGEST_RUN).min(roles.len());
        (from + 2..=longest)
            .filter(move |to| to - from < roles.len() && roles.get(to - 1).is_some_and(may_end))
            .map(move |to| (from, to))
    })
}

fn candidate(block: Block<'_>, start: u32, end: u32) -> Option<Candidate> {
    let wording = block.text.get(start as usize..end as usize)?;
    let mut chars = wording.chars();
    let first = chars.next()?;
    let says_something = LENGTHS.contains(&wording.chars().count())
        && chars.any(|c| c != first)
        && wording.chars().any(crate::text::is_han);
    says_something.then(|| Candidate {
        key: key_of(wording),
        block: block.number,
        start,
        bytes: wording.len() as u16,
        count: 0,
        listed: 0,
        sources: Sources::default(),
    })
}

fn key_of(wording: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(wording.as_bytes());
    hasher.finish()
}
