//! Regions: two stretches of letters, each of one block, that say the same. They grow from shared
//! fingerprints, are chained over what one side left out, and are judged: an exact run, a near
//! passage, or nothing.
//!
//! Source of the plan: seed, extend, chain, as sequence search does (Altschul et al. 1997) and as
//! Smith, Cordell and Dillon, "Infectious Texts", 2013, do for reprinted news.

use std::ops::Range;

use crate::reuse::alignment::{ExtendDirection, common_letters, extend, likeness};
use crate::reuse::gram::{GRAM, WINDOW};
use crate::reuse::normalized::{Joint, LetterClass, NormalizedText};

/// Letters of the shortest exact run.
pub(crate) const EXACT: usize = GRAM + WINDOW - 1;
/// NormalizedText that near passages must have in common.
pub(crate) const NEAR: usize = 12;
/// Likeness of near passages, of long ones and of the shortest: two short clauses built on one
/// pattern (市教育部门主管全市幼儿园工作) are no borrowing yet.
const LIKENESS: f64 = 0.57;
const SHORT_LIKENESS: f64 = 0.67;
/// Counted letters from which on wording of several documents is a passage all the same.
const LONG: usize = 24;
/// NormalizedText that few documents have, in a passage whose other letters several documents have.
const RARE: usize = 4;
/// Letters that may be between two parts of one passage.
const LEFT_OUT: u32 = 48;
/// NormalizedText of a clause that are taken in at an end, at most.
const CLAUSE: usize = 24;
/// NormalizedText in common that a clause must add before an end moves out to the clause's border.
const GAIN: usize = 3;
/// Share of common letters in what is added, likewise.
const GAIN_LIKENESS: f64 = 0.33;
/// NormalizedText a side that a near passage takes in without any gain, to end where its clause
/// does.
const ROUNDING: usize = 2;

/// The two blocks between which regions are searched for, as ranges of letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BlockPair {
    pub(crate) a: Range<u32>,
    pub(crate) b: Range<u32>,
}

/// Where a fingerprint is in both blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Seed {
    pub(crate) a: u32,
    pub(crate) b: u32,
}

/// Two stretches that say the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AlignedSpans {
    pub(crate) a: Range<u32>,
    pub(crate) b: Range<u32>,
    /// NormalizedText that both have in the same order, at least.
    pub(crate) matched: usize,
}

impl AlignedSpans {
    /// The likeness of both sides, 0 to 1.
    pub(crate) fn likeness(&self) -> f64 {
        likeness(self.a.len(), self.b.len(), self.matched)
    }

    fn is_exact(&self) -> bool {
        self.matched == self.a.len() && self.matched == self.b.len()
    }

    fn holds(&self, seed: Seed) -> bool {
        let gram = GRAM as u32 - 1;
        self.a.contains(&seed.a)
            && self.b.contains(&seed.b)
            && self.a.contains(&(seed.a + gram))
            && self.b.contains(&(seed.b + gram))
    }

    fn is_near(&self) -> bool {
        self.matched >= NEAR && self.likeness() >= wanted_likeness(self.matched)
    }
}

/// The likeness that a passage with so many common letters must have.
fn wanted_likeness(matched: usize) -> f64 {
    let short = LONG.saturating_sub(matched) as f64 / (LONG - NEAR) as f64;
    LIKENESS + (SHORT_LIKENESS - LIKENESS) * short.min(1.0)
}

/// The regions of two blocks that share wording, in the order of the first. `seeds` are in order.
pub(crate) fn regions(
    letters: &NormalizedText,
    blocks: &BlockPair,
    seeds: &[Seed],
) -> Vec<AlignedSpans> {
    let mut grown: Vec<AlignedSpans> = Vec::new();
    for seed in seeds {
        if grown.iter().rev().take(RECENT).any(|region| region.holds(*seed)) {
            continue;
        }
        grown.extend(grow(letters, blocks, *seed));
    }
    grown.sort_by_key(|region| (region.a.start, region.b.start));
    let whole = chain(letters, grown).into_iter().map(|r| to_clauses(letters, blocks, r));
    // Whole clauses lie nearer to each other than their parts did.
    let mut found = chain(letters, whole.collect());
    found.retain(|region| is_shared(letters, region));
    found
}

/// Regions that are looked at to see whether a seed has been used; seeds come in reading order.
const RECENT: usize = 64;

/// The region around a seed: the near passage where it is one, else the run of equal letters.
fn grow(letters: &NormalizedText, blocks: &BlockPair, seed: Seed) -> Option<AlignedSpans> {
    let run = run(letters, blocks, seed)?;
    let before = (letters.of(blocks.a.start..run.a.start), letters.of(blocks.b.start..run.b.start));
    let after = (letters.of(run.a.end..blocks.a.end), letters.of(run.b.end..blocks.b.end));
    let back = extend(before.0, before.1, ExtendDirection::Backward);
    let onward = extend(after.0, after.1, ExtendDirection::Onward);
    let wide = AlignedSpans {
        a: run.a.start - back.a as u32..run.a.end + onward.a as u32,
        b: run.b.start - back.b as u32..run.b.end + onward.b as u32,
        matched: run.matched + back.matched + onward.matched,
    };
    // Inside one block a stretch is no repetition of itself.
    let apart = wide.a.end <= wide.b.start || wide.b.end <= wide.a.start;
    match apart {
        true if wide.is_near() || wide.matched > run.matched + GAIN => Some(wide),
        _ if run.a.end <= run.b.start || run.b.end <= run.a.start => Some(run),
        _ => None,
    }
}

/// The longest run of equal letters around a seed.
fn run(letters: &NormalizedText, blocks: &BlockPair, seed: Seed) -> Option<AlignedSpans> {
    let onward =
        equal(letters.of(seed.a..blocks.a.end).iter(), letters.of(seed.b..blocks.b.end).iter());
    // Two different grams may have one hash.
    if onward < GRAM {
        return None;
    }
    let back = equal(
        letters.of(blocks.a.start..seed.a).iter().rev(),
        letters.of(blocks.b.start..seed.b).iter().rev(),
    );
    let around = |at: u32| at - back as u32..at + onward as u32;
    Some(AlignedSpans { a: around(seed.a), b: around(seed.b), matched: back + onward })
}

fn equal<'l>(a: impl Iterator<Item = &'l char>, b: impl Iterator<Item = &'l char>) -> usize {
    a.zip(b).take_while(|(a, b)| a == b).count()
}

/// Joins regions that follow each other on both sides with little between them.
fn chain(letters: &NormalizedText, regions: Vec<AlignedSpans>) -> Vec<AlignedSpans> {
    let mut chained: Vec<AlignedSpans> = Vec::with_capacity(regions.len());
    for region in regions {
        match chained.last().and_then(|last| joined(letters, last, &region)) {
            Some(whole) => {
                chained.pop();
                chained.push(whole);
            }
            None => chained.push(region),
        }
    }
    chained
}

fn joined(
    letters: &NormalizedText,
    first: &AlignedSpans,
    second: &AlignedSpans,
) -> Option<AlignedSpans> {
    let between = |first: &Range<u32>, second: &Range<u32>| {
        let gap = second.start.checked_sub(first.end)?;
        (gap <= LEFT_OUT).then_some(first.end..second.start)
    };
    let a = between(&first.a, &second.a)?;
    let b = between(&first.b, &second.b)?;
    let common = common_letters(letters.of(a), letters.of(b));
    let whole = AlignedSpans {
        a: first.a.start..second.a.end,
        b: first.b.start..second.b.end,
        matched: first.matched + common + second.matched,
    };
    (whole.likeness() >= LIKENESS).then_some(whole)
}

/// The ends of a region that may move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ends {
    Both,
    Start,
    End,
}

/// The region with its ends moved out to the borders of their clauses, where that adds wording
/// which both sides have.
fn to_clauses(letters: &NormalizedText, blocks: &BlockPair, region: AlignedSpans) -> AlignedSpans {
    if let Some(wider) = moved(letters, blocks, &region, Ends::Both) {
        return wider;
    }
    let region = moved(letters, blocks, &region, Ends::Start).unwrap_or(region);
    moved(letters, blocks, &region, Ends::End).unwrap_or(region)
}

fn moved(
    letters: &NormalizedText,
    blocks: &BlockPair,
    region: &AlignedSpans,
    ends: Ends,
) -> Option<AlignedSpans> {
    let mut wider = region.clone();
    if ends != Ends::End {
        wider.a.start = clause_start(letters, blocks.a.start..region.a.start)?;
        wider.b.start = clause_start(letters, blocks.b.start..region.b.start)?;
    }
    if ends != Ends::Start {
        wider.a.end = clause_end(letters, region.a.end..blocks.a.end)?;
        wider.b.end = clause_end(letters, region.b.end..blocks.b.end)?;
    }
    let common = |a: Range<u32>, b: Range<u32>| common_letters(letters.of(a), letters.of(b));
    let gain = common(wider.a.start..region.a.start, wider.b.start..region.b.start)
        + common(region.a.end..wider.a.end, region.b.end..wider.b.end);
    wider.matched += gain;
    let (a, b) = (wider.a.len() - region.a.len(), wider.b.len() - region.b.len());
    let worth = gain >= GAIN && likeness(a, b, gain) >= GAIN_LIKENESS
        || !region.is_exact() && a.max(b) <= ROUNDING;
    (a + b > 0 && worth && wider.is_near()).then_some(wider)
}

/// The first letter of the clause that goes on after `before`, not too far back.
fn clause_start(letters: &NormalizedText, before: Range<u32>) -> Option<u32> {
    // The letter after `before` may itself begin a clause.
    let joints = letters.traits_of(before.start..before.end + 1).iter().rev();
    let back = joints.take(CLAUSE + 1).position(|t| t.joint >= Joint::Clause);
    back.map(|back| before.end - back as u32)
}

/// The end of the clause that goes on in `after`, not too far on.
fn clause_end(letters: &NormalizedText, after: Range<u32>) -> Option<u32> {
    let joints = letters.traits_of(after.clone()).iter().take(CLAUSE + 1);
    match joints.clone().position(|t| t.joint >= Joint::Clause) {
        Some(on) => Some(after.start + on as u32),
        None if after.len() <= CLAUSE => Some(after.end),
        None => None,
    }
}

/// True for an exact run and for a near passage, stock phrases and citations not counted.
fn is_shared(letters: &NormalizedText, region: &AlignedSpans) -> bool {
    let counted = |weight| {
        let share = |range: &Range<u32>| letters.share(range.clone(), weight);
        (region.matched as f64 * share(&region.a).min(share(&region.b))) as usize
    };
    let (full, any) = (counted(LetterClass::Full), counted(LetterClass::Little));
    // Common words in a row that is rare as a whole are a passage too.
    let counts = full >= EXACT || any >= LONG || full >= RARE && any >= NEAR;
    counts && (region.is_exact() || region.is_near())
}
