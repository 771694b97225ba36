//! What a query looks for in folded text, compiled: substring finders and one pattern.

use std::ops::Range;

use memchr::memmem::Finder;

use super::filters::Sign;
use super::query::{Pattern, Query};

/// Bytes of a text above which a pattern goes over its lines one by one, so that time is looked at.
const LARGE: usize = 1 << 20;

/// What a query looks for, ready to run.
#[derive(Debug, Clone)]
pub(super) struct Needles {
    /// Each clause must be met by one of its finders; the longest first, which are the rarest.
    wanted: Vec<Vec<Finder<'static>>>,
    unwanted: Vec<Finder<'static>>,
    pattern: Option<Pattern>,
    /// True where no place can belong to two of the wanted words.
    apart: bool,
}

impl Needles {
    pub(super) fn new(query: &Query) -> Self {
        let finders = |any: &Vec<String>| {
            any.iter().map(|word| Finder::new(word).into_owned()).collect::<Vec<_>>()
        };
        let of = |sign| query.clauses.iter().filter(move |clause| clause.sign == sign);
        let mut wanted: Vec<_> = of(Sign::Wanted).map(|clause| finders(&clause.any)).collect();
        let shortest = |any: &Vec<Finder<'_>>| any.iter().map(|finder| finder.needle().len()).min();
        wanted.sort_by_key(|any| std::cmp::Reverse(shortest(any)));
        let unwanted = of(Sign::Unwanted).flat_map(|clause| finders(&clause.any)).collect();
        let apart = are_apart(&wanted.iter().flatten().map(Finder::needle).collect::<Vec<_>>());
        Self { wanted, unwanted, pattern: query.pattern.clone(), apart }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.wanted.is_empty() && self.pattern.is_none()
    }

    /// The finders of what must be met, by clause, where words are all that is said and each place
    /// belongs to one of them. A word that must not match is better searched for first, document by
    /// document.
    pub(super) fn words(&self) -> Option<&[Vec<Finder<'static>>]> {
        let plain = self.apart && self.pattern.is_none() && self.unwanted.is_empty();
        plain.then_some(self.wanted.as_slice()).filter(|wanted| !wanted.is_empty())
    }

    /// True where `text` has all that is wanted and nothing that is not. For a pattern this may be
    /// true of a text that meets it only across lines.
    pub(super) fn met(&self, text: &str) -> bool {
        let has = |finder: &Finder<'_>| finder.find(text.as_bytes()).is_some();
        self.wanted.iter().all(|any| any.iter().any(has))
            && !self.unwanted.iter().any(has)
            && self.pattern.as_ref().is_none_or(|pattern| {
                pattern.by_block_only || text.len() > LARGE || pattern.regex.is_match(text)
            })
    }

    pub(super) fn ranges(&self, text: &str) -> Vec<Range<usize>> {
        self.ranges_unless(text, || false)
    }

    /// Bytes of everything wanted, rising; where two overlap the first wins, then the longer.
    pub(super) fn ranges_unless(&self, text: &str, over: impl Fn() -> bool) -> Vec<Range<usize>> {
        let mut ranges: Vec<Range<usize>> = Vec::new();
        for finder in self.wanted.iter().flatten() {
            let length = finder.needle().len();
            ranges.extend(finder.find_iter(text.as_bytes()).map(|at| at..at + length));
        }
        if let Some(pattern) = &self.pattern {
            pattern_ranges(pattern, text, over, &mut ranges);
        }
        if self.wanted.iter().flatten().count() > 1 || self.pattern.is_some() {
            ranges.sort_unstable_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
            let mut end = 0;
            ranges.retain(|range| {
                let free = range.start >= end;
                end = if free { range.end } else { end };
                free
            });
        }
        ranges
    }
}

/// False where a text may hold two of these words with a place in common.
fn are_apart(words: &[&[u8]]) -> bool {
    let begins_in = |a: &[u8], b: &[u8]| (0..a.len()).any(|at| b.starts_with(&a[at..]));
    let within = |a: &[u8], b: &[u8]| memchr::memmem::find(a, b).is_some();
    let others = |at: usize| words.iter().enumerate().filter(move |(other, _)| *other != at);
    words
        .iter()
        .enumerate()
        .all(|(at, a)| others(at).all(|(_, b)| !begins_in(a, b) && !within(a, b)))
}

/// The matches of a pattern in each line; those of no character are no hits.
fn pattern_ranges(
    pattern: &Pattern,
    text: &str,
    over: impl Fn() -> bool,
    ranges: &mut Vec<Range<usize>>,
) {
    let mut start = 0;
    for line in text.split_terminator('\n') {
        if over() {
            return;
        }
        let matches = pattern.regex.find_iter(line).filter(|found| !found.is_empty());
        ranges.extend(matches.map(|found| start + found.start()..start + found.end()));
        start += line.len() + 1;
    }
}
