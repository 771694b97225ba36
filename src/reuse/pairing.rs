//! Pairing: which provision of one edition became which of another. A chain of pairs in the order
//! of both texts that is worth most, then what has moved, then what was split or merged.
//!
//! Worth: the larger of Dice's coefficient and nine tenths of the containment of letter bigrams
//! (Broder 1997), less the least worth that pays, and a bonus where the neighbours before are a
//! pair, too, or the numbers agree. Pairs are compared where they share rare bigrams, so that a
//! text of thousands of paragraphs is paired in linear time; the chain is a weighted longest
//! increasing subsequence over a Fenwick tree of maxima.

use std::collections::HashSet;
use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

use crate::reuse::provisions::{Provision, ProvisionKind};
use crate::text::fold::fold_key;

/// What a reader decided about pairs: indexes of the old and of the new provision.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Decided {
    /// Pairs that belong together.
    pub(crate) matched: Vec<(usize, usize)>,
    /// Pairs that do not.
    pub(crate) unmatched: Vec<(usize, usize)>,
}

/// The pairs of two lists of provisions, as indexes of the old and the new one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Pairing {
    /// Pairs in the order of both texts.
    pub(crate) in_order: Vec<(usize, usize)>,
    /// Pairs that cross them.
    pub(crate) moved: Vec<(usize, usize)>,
    /// A new provision that was part of an old one which has another pair.
    pub(crate) split: Vec<(usize, usize)>,
    /// An old provision that is now part of a new one which has another pair.
    pub(crate) merged: Vec<(usize, usize)>,
}

/// Similarity below which two provisions are no pair, wherever they are.
const LEAST: f64 = 0.3;
/// What a pair is worth more whose neighbours before are a pair.
const NEIGHBOUR: f64 = 0.1;
/// What a pair is worth more that has the same number.
const SAME_NUMBER: f64 = 0.04;
/// Similarity from which a pair that crosses the others has moved.
const MOVED: f64 = 0.6;
/// Bigrams of the smallest provision that may move or be split off.
const SMALLEST: usize = 8;
/// Products of both lists up to which every pair is compared.
const EVERY_PAIR: usize = 60_000;
/// Candidates of a provision where not every pair is compared.
const CANDIDATES: usize = 12;

/// Pairs `old` with `new`.
pub(crate) fn pair(old: &[Provision], new: &[Provision], decided: &Decided) -> Pairing {
    let sides = (Profile::all(old), Profile::all(new));
    let similarities = similarities((old, &sides.0), (new, &sides.1), decided);
    let in_order = chain((old, new), &similarities, decided);
    let mut pairing = Pairing { in_order, ..Pairing::default() };
    pairing.find_moved((old, new), (&sides.0, &sides.1), &similarities);
    pairing.take_decided(decided);
    pairing.find_parts((old, new), (&sides.0, &sides.1), decided);
    pairing
}

/// The bigrams of a provision: letters only, numbers as one sign each, so that a new sum of money
/// or a renumbered reference leaves the rest as it is.
struct Profile {
    letters: Vec<char>,
    /// Sorted; a bigram that occurs twice is there twice.
    bigrams: Vec<u64>,
}

impl Profile {
    fn all(provisions: &[Provision]) -> Vec<Self> {
        provisions.iter().map(|provision| Self::of(&provision.text)).collect()
    }

    fn of(text: &str) -> Self {
        Self::of_letters(letters(text))
    }

    fn of_letters(letters: Vec<char>) -> Self {
        let pairs = letters.iter().zip(letters.iter().skip(1));
        let mut bigrams: Vec<u64> = pairs
            .map(|(a, b)| (u64::from(u32::from(*a)) << 32) | u64::from(u32::from(*b)))
            .collect();
        bigrams.sort_unstable();
        Self { letters, bigrams }
    }

    /// Hashes of its runs of [`RUN`] letters, in order.
    fn runs(&self) -> impl Iterator<Item = u64> {
        self.letters.windows(RUN).map(|run| {
            let mut hasher = FxHasher::default();
            run.hash(&mut hasher);
            hasher.finish()
        })
    }

    fn similarity(&self, other: &Self) -> f64 {
        let (a, b) = (self.bigrams.len(), other.bigrams.len());
        if a == 0 || b == 0 {
            return 0.0;
        }
        let common = common(&self.bigrams, &other.bigrams) as f64;
        let dice = 2.0 * common / (a + b) as f64;
        // A short provision is contained in many long ones by chance.
        let weight = if a.min(b) < 2 * SMALLEST { 0.6 } else { 0.9 };
        dice.max(weight * common / a.min(b) as f64)
    }
}

/// Folded letters; a number is 0, whichever it is, also inside 第N条.
fn letters(text: &str) -> Vec<char> {
    let folded: Vec<char> = fold_key(text).chars().filter(|c| c.is_alphanumeric()).collect();
    let mut letters = Vec::with_capacity(folded.len());
    let mut at = 0;
    while let Some(c) = folded.get(at).copied() {
        let number = folded.iter().skip(at).take_while(|c| c.is_ascii_digit()).count();
        let after = |c: char| c == '第' || c == '之';
        let before = at.checked_sub(1).and_then(|before| folded.get(before)).copied();
        let ordinal = if before.is_some_and(after) {
            folded
                .iter()
                .skip(at)
                .take_while(|c| "一二三四五六七八九十百千零〇".contains(**c))
                .count()
        } else {
            0
        };
        match number.max(ordinal) {
            0 => {
                letters.push(c);
                at += 1;
            }
            long => {
                letters.push('0');
                at += long;
            }
        }
    }
    letters
}

fn common(a: &[u64], b: &[u64]) -> usize {
    let (mut at_a, mut at_b, mut found) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.get(at_a), b.get(at_b)) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => at_a += 1,
            std::cmp::Ordering::Greater => at_b += 1,
            std::cmp::Ordering::Equal => (at_a, at_b, found) = (at_a + 1, at_b + 1, found + 1),
        }
    }
    found
}

/// What of `a` is not in `b`, as sorted bigrams.
fn without(a: &[u64], b: &[u64]) -> Vec<u64> {
    let (mut left, mut at_b) = (Vec::new(), 0);
    for x in a {
        while b.get(at_b).is_some_and(|y| y < x) {
            at_b += 1;
        }
        match b.get(at_b) {
            Some(y) if y == x => at_b += 1,
            _ => left.push(*x),
        }
    }
    left
}

fn may_pair(a: &Provision, b: &Provision) -> bool {
    (a.kind == ProvisionKind::Heading) == (b.kind == ProvisionKind::Heading)
}

/// The similarity of every pair that comes into question, ordered by old and new.
type Similarities = Vec<((usize, usize), f64)>;

fn similarities(
    (old, old_profiles): (&[Provision], &[Profile]),
    (new, new_profiles): (&[Provision], &[Profile]),
    decided: &Decided,
) -> Similarities {
    let mut asked: Vec<(usize, usize)> = if old.len() * new.len() <= EVERY_PAIR {
        (0..old.len()).flat_map(|a| (0..new.len()).map(move |b| (a, b))).collect()
    } else {
        candidates(old_profiles, new_profiles)
    };
    asked.extend(&decided.matched);
    asked.sort_unstable();
    asked.dedup();
    let unmatched: HashSet<(usize, usize)> = decided.unmatched.iter().copied().collect();
    let compared = asked.into_iter().filter(|pair| !unmatched.contains(pair));
    let compared = compared.filter_map(|(a, b)| {
        let (one, other) = (old.get(a)?, new.get(b)?);
        if !may_pair(one, other) {
            return None;
        }
        let plain = old_profiles.get(a)?.similarity(new_profiles.get(b)?);
        let similarity = if one.text == other.text && !one.text.is_empty() { 1.0 } else { plain };
        let counts = similarity >= LEAST || decided.matched.contains(&(a, b));
        counts.then_some(((a, b), similarity))
    });
    compared.collect()
}

/// Pairs that share rare bigrams, and neighbours of the diagonal.
fn candidates(old: &[Profile], new: &[Profile]) -> Vec<(usize, usize)> {
    let mut postings: FxHashMap<u64, Vec<u32>> = FxHashMap::default();
    for (at, profile) in new.iter().enumerate() {
        for bigram in distinct(&profile.bigrams) {
            postings.entry(bigram).or_default().push(at as u32);
        }
    }
    // What is in very many provisions does not tell them apart.
    let often = (new.len() / 50).clamp(8, 64);
    let mut found = Vec::new();
    let mut shared: FxHashMap<u32, f64> = FxHashMap::default();
    for (a, profile) in old.iter().enumerate() {
        shared.clear();
        for bigram in distinct(&profile.bigrams) {
            let Some(list) = postings.get(&bigram).filter(|list| list.len() <= often) else {
                continue;
            };
            for b in list {
                *shared.entry(*b).or_default() += 1.0 / list.len() as f64;
            }
        }
        let mut best: Vec<(u32, f64)> = shared.iter().map(|(b, worth)| (*b, *worth)).collect();
        best.sort_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
        found.extend(best.iter().take(CANDIDATES).map(|(b, _)| (a, *b as usize)));
        let middle = a * new.len() / old.len().max(1);
        found.extend((middle.saturating_sub(2)..(middle + 3).min(new.len())).map(|b| (a, b)));
    }
    found
}

fn distinct(sorted: &[u64]) -> impl Iterator<Item = u64> {
    sorted.chunk_by(|a, b| a == b).filter_map(|same| same.first().copied())
}

/// The best chain of pairs in the order of both texts.
fn chain(
    (old, new): (&[Provision], &[Provision]),
    similarities: &Similarities,
    decided: &Decided,
) -> Vec<(usize, usize)> {
    let decided: FxHashSet<(usize, usize)> = decided.matched.iter().copied().collect();
    let decided_old: FxHashSet<usize> = decided.iter().map(|pair| pair.0).collect();
    let decided_new: FxHashSet<usize> = decided.iter().map(|pair| pair.1).collect();
    let mut best = PrefixMaxima::new(new.len());
    // Of each pair that was weighed: its worth and the pair before.
    let mut weighed: Vec<(f64, Option<usize>)> = Vec::with_capacity(similarities.len());
    let mut at_pair: FxHashMap<(usize, usize), usize> = FxHashMap::default();
    for row in similarities.chunk_by(|x, y| x.0.0 == y.0.0) {
        let from = weighed.len();
        for ((a, b), similarity) in row {
            let is_decided = decided.contains(&(*a, *b));
            let other = !is_decided && (decided_old.contains(a) || decided_new.contains(b));
            let mut worth = if other { f64::MIN } else { similarity - LEAST };
            worth += if is_decided { 100.0 } else { 0.0 };
            let numbers = |side: &[Provision], at: usize| side.get(at).and_then(|p| p.number);
            let same = numbers(old, *a).is_some() && numbers(old, *a) == numbers(new, *b);
            worth += if same { SAME_NUMBER } else { 0.0 };
            let free = best.before(*b);
            let before = (a.checked_sub(1)).zip(b.checked_sub(1));
            let near = before
                .and_then(|pair| at_pair.get(&pair))
                .map(|at| (weighed.get(*at).map_or(0.0, |found| found.0) + NEIGHBOUR, Some(*at)));
            let (so_far, previous) = match near {
                Some(near) if near.0 >= free.0 => near,
                _ => free,
            };
            at_pair.insert((*a, *b), weighed.len());
            weighed.push((worth + so_far, previous));
        }
        // Pairs of one old provision exclude each other, so they count from the next row on.
        for (at, ((_, b), _)) in (from..).zip(row) {
            best.raise(*b, weighed.get(at).map_or(0.0, |found| found.0), at);
        }
    }
    let mut pairs = Vec::new();
    let mut next = best.before(new.len()).1;
    while let Some(at) = next {
        pairs.extend(similarities.get(at).map(|found| found.0));
        next = weighed.get(at).and_then(|found| found.1);
    }
    pairs.reverse();
    pairs
}

/// The best worth that ends before a position, and what has it (a Fenwick tree of maxima).
struct PrefixMaxima {
    tree: Vec<(f64, Option<usize>)>,
}

impl PrefixMaxima {
    fn new(length: usize) -> Self {
        Self { tree: vec![(0.0, None); length + 1] }
    }

    fn before(&self, position: usize) -> (f64, Option<usize>) {
        let (mut at, mut best) = (position, (0.0, None));
        while at > 0 {
            let here = self.tree.get(at).copied().unwrap_or((0.0, None));
            if here.0 > best.0 {
                best = here;
            }
            at &= at - 1;
        }
        best
    }

    fn raise(&mut self, position: usize, worth: f64, what: usize) {
        let mut at = position + 1;
        while let Some(slot) = self.tree.get_mut(at) {
            if worth > slot.0 {
                *slot = (worth, Some(what));
            }
            at += at & at.wrapping_neg();
        }
    }
}

impl Pairing {
    fn pairs(&self) -> impl Iterator<Item = (usize, usize)> {
        self.in_order.iter().chain(&self.moved).copied()
    }

    /// Pairs among what is left that are alike enough wherever they are, the most alike first.
    fn find_moved(
        &mut self,
        (old, new): (&[Provision], &[Provision]),
        profiles: (&[Profile], &[Profile]),
        similarities: &Similarities,
    ) {
        let mut taken_old: FxHashSet<usize> = self.in_order.iter().map(|pair| pair.0).collect();
        let mut taken_new: FxHashSet<usize> = self.in_order.iter().map(|pair| pair.1).collect();
        let size = |profiles: &[Profile], at: usize| {
            profiles.get(at).map_or(0, |profile| profile.bigrams.len())
        };
        let is_heading = |side: &[Provision], at: usize| {
            side.get(at).is_some_and(|p| p.kind == ProvisionKind::Heading)
        };
        let mut left: Vec<_> = similarities
            .iter()
            .filter(|((a, b), similarity)| {
                let large = size(profiles.0, *a) >= SMALLEST && size(profiles.1, *b) >= SMALLEST;
                let free = !taken_old.contains(a) && !taken_new.contains(b);
                let heading = is_heading(old, *a) || is_heading(new, *b);
                *similarity >= MOVED && free && large && !heading
            })
            .collect();
        left.sort_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
        for ((a, b), _) in left {
            if !taken_old.contains(a) && !taken_new.contains(b) {
                taken_old.insert(*a);
                taken_new.insert(*b);
                self.moved.push((*a, *b));
            }
        }
        self.moved.sort_unstable();
    }

    /// A pair that a reader decided on and that the chain could not take has moved.
    fn take_decided(&mut self, decided: &Decided) {
        for pair in &decided.matched {
            if self.pairs().any(|found| found == *pair) {
                continue;
            }
            let free = |found: &(usize, usize)| found.0 != pair.0 && found.1 != pair.1;
            self.in_order.retain(free);
            self.moved.retain(free);
            self.moved.push(*pair);
        }
        self.moved.sort_unstable();
    }

    /// What is left on one side and is part of what the other side's pair lost or gained.
    fn find_parts(
        &mut self,
        (old, new): (&[Provision], &[Provision]),
        (old_profiles, new_profiles): (&[Profile], &[Profile]),
        decided: &Decided,
    ) {
        let pairs: Vec<(usize, usize)> = self
            .pairs()
            .filter(|(a, _)| old.get(*a).is_some_and(|p| p.kind != ProvisionKind::Heading))
            .collect();
        let turned: Vec<(usize, usize)> = pairs.iter().map(|(a, b)| (*b, *a)).collect();
        let split = SplitParts::new(&pairs, (old, new), (old_profiles, new_profiles)).find();
        let merged = SplitParts::new(&turned, (new, old), (new_profiles, old_profiles)).find();
        let refused = |pair: &(usize, usize)| !decided.unmatched.contains(pair);
        self.split.extend(split.into_iter().filter(refused));
        self.merged.extend(merged.into_iter().map(|(b, a)| (a, b)).filter(refused));
        self.split.sort_by_key(|pair| pair.1);
        self.merged.sort_unstable();
    }
}

/// Letters of a run by which a part is known.
const RUN: usize = 5;
/// Share of a part in runs that its whole lost, wherever the part is.
const PART: f64 = 0.6;
/// The same where the part is beside the pair of its whole, together with the next.
const NEAR_PART: f64 = 0.25;
/// Share of what the whole lost that a part beside its pair has.
const NEAR_LOST: f64 = 0.3;
/// Containment of a part in its whole, together with half of it being lost there.
const CONTAINED: f64 = 0.8;
/// Letters with which a part begins, which name what it is about.
const BEGINNING: usize = 16;
/// Containment of a beginning in the whole; its pair has at most half of it.
const BEGINS: f64 = 0.8;
/// Similarity from which a paragraph is still in an article.
const STILL_THERE: f64 = 0.7;
/// Containment in a part of a paragraph that the whole lost, beside its pair and elsewhere.
const PARAGRAPH: (f64, f64) = (0.65, 0.85);
/// Wholes beyond which a run says nothing: a formula of the text.
const FORMULA: usize = 1;

/// Provisions that have a pair (the wholes and what is left of them), searched for parts: an added
/// provision is part of an old one that lost it; turned around, a removed one of a new one that has
/// gained it.
struct SplitParts<'p> {
    /// The whole, and its pair in the other text.
    pairs: &'p [(usize, usize)],
    wholes: &'p [Profile],
    others: &'p [Profile],
    /// The text in which parts are searched for.
    side: &'p [Provision],
    /// Runs of wholes that their pair lacks, by the pairs that have them.
    lost: FxHashMap<u64, Vec<usize>>,
    /// Paragraphs of wholes that their pair lacks, by pair.
    lost_paragraphs: FxHashMap<usize, Vec<Profile>>,
}

impl<'p> SplitParts<'p> {
    fn new(
        pairs: &'p [(usize, usize)],
        (texts, side): (&[Provision], &'p [Provision]),
        (wholes, others): (&'p [Profile], &'p [Profile]),
    ) -> Self {
        let mut lost_paragraphs = FxHashMap::default();
        let mut lost: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
        let mut seen: FxHashMap<u64, usize> = FxHashMap::default();
        for (at, (whole, other)) in pairs.iter().enumerate() {
            let text = texts.get(*whole).map_or("", |one| one.text.as_str());
            let (Some(whole), Some(other)) = (wholes.get(*whole), others.get(*other)) else {
                continue;
            };
            if text.contains('\n') && whole.bigrams != other.bigrams {
                let gone = |one: &Profile| {
                    let size = one.bigrams.len();
                    size >= SMALLEST
                        && (common(&one.bigrams, &other.bigrams) as f64) < STILL_THERE * size as f64
                };
                let gone: Vec<Profile> = text.lines().map(Profile::of).filter(gone).collect();
                lost_paragraphs.insert(at, gone);
            }
            let left: FxHashSet<u64> = other.runs().collect();
            let own: FxHashSet<u64> = whole.runs().collect();
            for run in own {
                *seen.entry(run).or_default() += 1;
                if !left.contains(&run) {
                    lost.entry(run).or_default().push(at);
                }
            }
        }
        lost.retain(|run, _| seen.get(run).is_none_or(|times| *times <= FORMULA));
        Self { pairs, wholes, others, side, lost, lost_paragraphs }
    }

    /// The parts among the provisions without a pair, as whole and part.
    fn find(&self) -> Vec<(usize, usize)> {
        let side = self.side;
        let paired: FxHashMap<usize, usize> =
            self.pairs.iter().enumerate().map(|(at, (_, other))| (*other, at)).collect();
        let mut found = Vec::new();
        for (part, provision) in side.iter().enumerate() {
            if paired.contains_key(&part) || provision.kind == ProvisionKind::Heading {
                continue;
            }
            // The pairs right before and after, with nothing but other parts between.
            let ends = |at: &usize| {
                paired.contains_key(at)
                    || side.get(*at).is_none_or(|one| one.kind == ProvisionKind::Heading)
            };
            let before = (0..part).rev().find(ends).and_then(|at| paired.get(&at));
            let after = (part + 1..side.len()).find(ends).and_then(|at| paired.get(&at));
            let beside: Vec<usize> = before.into_iter().chain(after).copied().collect();
            let whole = self.whole_of(part, &beside).and_then(|at| self.pairs.get(at));
            found.extend(whole.map(|(whole, _)| (*whole, part)));
        }
        found
    }

    fn whole_of(&self, part: usize, beside: &[usize]) -> Option<usize> {
        let profile = self.others.get(part).filter(|part| part.bigrams.len() >= SMALLEST)?;
        let mut covered: FxHashMap<usize, FxHashSet<usize>> = FxHashMap::default();
        for (start, run) in profile.runs().enumerate() {
            for at in self.lost.get(&run).into_iter().flatten() {
                covered.entry(*at).or_default().extend(start..start + RUN);
            }
        }
        let mut shares: Vec<(usize, f64)> = covered
            .into_iter()
            .map(|(at, letters)| (at, letters.len() as f64 / profile.letters.len() as f64))
            .collect();
        shares.sort_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
        let is_part = |(at, share): &(usize, f64)| {
            *share >= PART
                || beside.contains(at)
                    && *share >= NEAR_PART
                    && self.lost_to(*at, profile) >= NEAR_LOST
                || self.is_contained(*at, profile)
                || self.has_paragraph(*at, profile, beside.contains(at))
        };
        let by_runs = shares.iter().find(|found| is_part(found)).map(|(at, _)| *at);
        by_runs.or_else(|| beside.iter().copied().find(|at| self.has_beginning(*at, profile)))
    }

    /// Share of the letters that the whole lost which the part has.
    fn lost_to(&self, at: usize, part: &Profile) -> f64 {
        let Some((whole, other)) = self.profiles(at) else { return 0.0 };
        let cover = |runs: &FxHashSet<u64>| -> FxHashSet<usize> {
            let starts = whole.runs().enumerate().filter(|(_, run)| runs.contains(run));
            starts.flat_map(|(start, _)| start..start + RUN).collect()
        };
        let left = cover(&other.runs().collect());
        let taken = cover(&part.runs().collect());
        let lost: Vec<usize> = (0..whole.letters.len()).filter(|at| !left.contains(at)).collect();
        let found = lost.iter().filter(|at| taken.contains(at)).count();
        found as f64 / lost.len().max(1) as f64
    }

    fn is_contained(&self, at: usize, part: &Profile) -> bool {
        let Some((whole, other)) = self.profiles(at) else { return false };
        let size = part.bigrams.len() as f64;
        let lost = without(&whole.bigrams, &other.bigrams);
        common(&part.bigrams, &whole.bigrams) as f64 / size >= CONTAINED
            && common(&part.bigrams, &lost) as f64 / size >= CONTAINED / 2.0
    }

    /// True where the part has a paragraph that the whole lost.
    fn has_paragraph(&self, at: usize, part: &Profile, beside: bool) -> bool {
        let least = if beside { PARAGRAPH.0 } else { PARAGRAPH.1 };
        let lost = self.lost_paragraphs.get(&at).into_iter().flatten();
        lost.into_iter().any(|one| {
            common(&one.bigrams, &part.bigrams) as f64 >= least * one.bigrams.len() as f64
        })
    }

    /// True where the whole has the words with which the part begins, and its pair has not.
    fn has_beginning(&self, at: usize, part: &Profile) -> bool {
        let Some((whole, other)) = self.profiles(at) else { return false };
        let Some(beginning) = part.letters.get(..BEGINNING) else { return false };
        let beginning = Profile::of_letters(beginning.to_vec());
        let size = beginning.bigrams.len() as f64;
        common(&beginning.bigrams, &whole.bigrams) as f64 >= BEGINS * size
            && common(&beginning.bigrams, &other.bigrams) as f64 <= size / 2.0
    }

    fn profiles(&self, at: usize) -> Option<(&Profile, &Profile)> {
        let (whole, other) = self.pairs.get(at)?;
        self.wholes.get(*whole).zip(self.others.get(*other))
    }
}
