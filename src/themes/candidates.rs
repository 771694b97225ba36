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
use crate::themes::folded::{FoldedDocument, Offer};
use crate::themes::grammar::WordRole;
use crate::themes::penalties::Penalties;
use crate::themes::phrases::{Naming, Parsed, Phrase, PhraseKind};

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
    /// Those of them that end their compound.
    pub free: u16,
    /// Those of them that name a body.
    pub bodies: u16,
    /// Those of them that name one who acts.
    pub agents: u16,
    /// Where it was found.
    pub sources: Sources,
}

/// A set of [`PhraseKind`]s, runs among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Sources(u8);

impl Sources {
    /// A run that the document repeats.
    pub const RUN: Self = Self(1 << 5);
    /// Found with nothing of its compound after it.
    pub const FREE: Self = Self(1 << 6);
    /// Found in the title or in a heading.
    pub const HEADED: Self = Self(1 << 7);

    /// The set of one source.
    pub fn of(source: PhraseKind) -> Self {
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
    let mut table = RunTable::default();
    for ((text, offer), number) in folded.offering().zip(0..) {
        match offer {
            Offer::Nothing => {}
            Offer::Heading => table.read(CandidateBlock { number, text, headed: true }),
            Offer::Text => table.read(CandidateBlock { number, text, headed: false }),
        }
    }
    table.mark_title(folded.title());
    table.finish()
}

/// `candidates` of a document as they were kept, with their keys, by key.
pub fn with_keys(mut candidates: Vec<Candidate>, folded: &FoldedDocument) -> Vec<Candidate> {
    candidates
        .iter_mut()
        .for_each(|one| one.key = key_of(folded.slice(one.block, one.start, one.bytes)));
    candidates.sort_unstable_by_key(|candidate| candidate.key);
    candidates
}

/// A folded block.
#[derive(Clone, Copy)]
struct CandidateBlock<'t> {
    number: u32,
    text: &'t str,
    /// True for a heading.
    headed: bool,
}

#[derive(Default)]
struct RunTable {
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

impl RunTable {
    fn read(&mut self, block: CandidateBlock<'_>) {
        let parsed = Parsed::new(block.text);
        let penalties = Penalties::of(block.text);
        parsed.phrases(|phrase| {
            if !penalties.contain(phrase.start) {
                self.add(block, phrase);
            }
        });
        for (start, end) in parsed.compounds() {
            if let Some((words, roles)) = parsed.slice(start, end)
                && words.first().is_some_and(|word| !penalties.contain(word.start))
            {
                self.add_runs(block, words, roles);
            }
        }
    }

    fn add(&mut self, block: CandidateBlock<'_>, phrase: Phrase) {
        let Some(new) = candidate(block, phrase.start, phrase.end) else { return };
        let known = self.candidates.entry(new.key).or_insert(new);
        let free = if phrase.free { Sources::FREE } else { Sources::default() };
        let headed = if block.headed { Sources::HEADED } else { Sources::default() };
        known.sources = known.sources.and(Sources::of(phrase.source)).and(free).and(headed);
        let add = |count: &mut u16, is: bool| *count = count.saturating_add(u16::from(is));
        add(&mut known.count, phrase.source != PhraseKind::Word);
        add(&mut known.listed, phrase.source == PhraseKind::List);
        add(&mut known.free, phrase.free && phrase.source != PhraseKind::Word);
        add(&mut known.bodies, phrase.naming == Naming::Body);
        add(&mut known.agents, phrase.naming == Naming::Agent);
    }

    /// Marks the candidates that the `title` names, too.
    fn mark_title(&mut self, title: &str) {
        Parsed::new(title).phrases(|phrase| {
            let wording = title.get(phrase.start as usize..phrase.end as usize);
            let known = wording.and_then(|wording| self.candidates.get_mut(&key_of(wording)));
            known.into_iter().for_each(|one| one.sources = one.sources.and(Sources::HEADED));
        });
    }

    /// Counts the runs of words inside one compound; the whole of it is a phrase already.
    fn add_runs(&mut self, block: CandidateBlock<'_>, words: &[Word], roles: &[WordRole]) {
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
fn runs(roles: &[WordRole]) -> impl Iterator<Item = (usize, usize)> {
    let may_begin = |role: &WordRole| {
        matches!(role, WordRole::Noun | WordRole::Wide | WordRole::Before | WordRole::Modifier)
    };
    let may_end = |role: &WordRole| matches!(role, WordRole::Noun | WordRole::Wide);
    let starts = (0..roles.len()).filter(move |at| roles.get(*at).is_some_and(may_begin));
    starts.flat_map(move |from| {
        let longest = (from + LONGEST_RUN).min(roles.len());
        (from + 2..=longest)
            .filter(move |to| to - from < roles.len() && roles.get(to - 1).is_some_and(may_end))
            .map(move |to| (from, to))
    })
}

fn candidate(block: CandidateBlock<'_>, start: u32, end: u32) -> Option<Candidate> {
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
        free: 0,
        bodies: 0,
        agents: 0,
        sources: Sources::default(),
    })
}

fn key_of(wording: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(wording.as_bytes());
    hasher.finish()
}
