//! Where themes are mentioned: many wordings are looked for in one pass over a folded text. Of
//! those that overlap the leftmost counts, and of those that begin together the longest.
//!
//! A wording that begins or ends with a Latin letter or a digit counts only where no other one
//! stands beside it. Method: a double-array Aho-Corasick automaton over characters (daachorse).

use std::ops::Range;

use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};
use rustc_hash::FxHashMap;

use crate::text::{CharCounter, Span};

/// Wordings to be looked for, each with the number that it stands for.
pub struct Matcher {
    automaton: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
    /// One that reports every wording, for texts in which the first one errs at a Latin word.
    every: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
}

impl std::fmt::Debug for Matcher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Matcher").finish_non_exhaustive()
    }
}

impl Matcher {
    /// A matcher for folded `wordings`. Empty ones are left out, and of equal ones the first counts.
    pub fn new<'w>(wordings: impl IntoIterator<Item = (&'w str, u32)>) -> Self {
        let mut unique = FxHashMap::default();
        for (wording, number) in wordings {
            if !wording.is_empty() {
                unique.entry(wording).or_insert(number);
            }
        }
        let mut pairs: Vec<(&str, u32)> = unique.into_iter().collect();
        pairs.sort_unstable();
        let latin: bool = pairs.iter().any(|(wording, _)| is_latin_at_an_end(wording));
        Self {
            automaton: automaton(&pairs, MatchKind::LeftmostLongest),
            every: if latin { automaton(&pairs, MatchKind::Standard) } else { None },
        }
    }

    /// Hands the bytes of every mention in `folded` to `found`, in reading order, with its number.
    pub fn find(&self, folded: &str, mut found: impl FnMut(Range<usize>, u32)) {
        let Some(automaton) = &self.automaton else { return };
        if self.every.is_some()
            && automaton
                .leftmost_find_iter(folded)
                .any(|m| !stands_free(folded, m.start()..m.end()))
        {
            return self.find_slowly(folded, found);
        }
        for hit in automaton.leftmost_find_iter(folded) {
            found(hit.start()..hit.end(), hit.value());
        }
    }

    /// The rule spelled out: every free wording, sorted, and of those that overlap the first.
    fn find_slowly(&self, folded: &str, mut found: impl FnMut(Range<usize>, u32)) {
        let Some(every) = &self.every else { return };
        let mut hits: Vec<_> = every
            .find_overlapping_iter(folded)
            .filter(|hit| stands_free(folded, hit.start()..hit.end()))
            .map(|hit| (hit.start(), std::cmp::Reverse(hit.end()), hit.value()))
            .collect();
        hits.sort_unstable();
        let mut from = 0;
        for (start, std::cmp::Reverse(end), number) in hits {
            if start >= from {
                found(start..end, number);
                from = end;
            }
        }
    }
}

/// Wordings of which every occurrence counts, also inside one another.
pub struct Overlapping(Option<CharwiseDoubleArrayAhoCorasick<u32>>);

impl Overlapping {
    /// A matcher for folded `wordings`, each with its number.
    pub fn new(wordings: &[(&str, u32)]) -> Self {
        Self(automaton(wordings, MatchKind::Standard))
    }

    /// Hands the number of every wording in `folded` to `found`.
    pub fn find(&self, folded: &str, mut found: impl FnMut(u32)) {
        let Some(automaton) = &self.0 else { return };
        for hit in automaton.find_overlapping_iter(folded) {
            found(hit.value());
        }
    }
}

fn automaton(
    pairs: &[(&str, u32)],
    kind: MatchKind,
) -> Option<CharwiseDoubleArrayAhoCorasick<u32>> {
    if pairs.is_empty() {
        return None;
    }
    let builder = CharwiseDoubleArrayAhoCorasickBuilder::new().match_kind(kind);
    builder.build_with_values(pairs.iter().copied()).ok()
}

/// Spans in characters of the folded text, for rising byte ranges.
pub fn char_span(counter: &mut CharCounter<'_>, bytes: Range<usize>) -> Span {
    let start = counter.chars_before(bytes.start);
    Span::new(start, counter.chars_before(bytes.end))
}

fn is_latin(c: char) -> bool {
    c.is_alphanumeric() && !crate::text::is_han(c)
}

fn is_latin_at_an_end(wording: &str) -> bool {
    wording.chars().next().is_some_and(is_latin)
        || wording.chars().next_back().is_some_and(is_latin)
}

/// False where a Latin word goes on beyond the bytes of a wording.
fn stands_free(text: &str, bytes: Range<usize>) -> bool {
    let wording = text.get(bytes.clone()).unwrap_or_default();
    let both =
        |a: Option<char>, b: Option<char>| a.is_some_and(is_latin) && b.is_some_and(is_latin);
    let before = text.get(..bytes.start).and_then(|head| head.chars().next_back());
    let after = text.get(bytes.end..).and_then(|tail| tail.chars().next());
    !both(before, wording.chars().next()) && !both(wording.chars().next_back(), after)
}
