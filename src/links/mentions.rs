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
    automaton: Option<Automaton>,
    /// One that reports every wording, for texts in which the first one errs at a Latin word.
    every: Option<Automaton>,
}

/// The value of a wording is its number and, as the lowest bit, whether it has a Latin end.
type Automaton = CharwiseDoubleArrayAhoCorasick<u32>;

impl std::fmt::Debug for Matcher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Matcher").finish_non_exhaustive()
    }
}

/// A wording found: its bytes and its value.
type Hit = (usize, std::cmp::Reverse<usize>, u32);

impl Matcher {
    /// A matcher for folded `wordings` with numbers below 2^31. Empty wordings are left out, and of
    /// equal ones the first counts.
    pub fn new<'w>(wordings: impl IntoIterator<Item = (&'w str, u32)>) -> Self {
        let mut unique = FxHashMap::default();
        for (wording, number) in wordings {
            if !wording.is_empty() {
                unique.entry(wording).or_insert(number << 1 | u32::from(has_latin_end(wording)));
            }
        }
        let mut pairs: Vec<(&str, u32)> = unique.into_iter().collect();
        pairs.sort_unstable();
        let latin = pairs.iter().any(|(_, value)| value & 1 == 1);
        Self {
            automaton: automaton(&pairs, MatchKind::LeftmostLongest),
            every: if latin { automaton(&pairs, MatchKind::Standard) } else { None },
        }
    }

    /// Hands the bytes of every mention in `folded` to `found`, in reading order, with its number.
    pub fn find(&self, folded: &str, mut found: impl FnMut(Range<usize>, u32)) {
        let Some(automaton) = &self.automaton else { return };
        let mut hits: Vec<Hit> = Vec::new();
        for hit in automaton.leftmost_find_iter(folded) {
            let hit = (hit.start(), std::cmp::Reverse(hit.end()), hit.value());
            if !stands_free(folded, hit) {
                hits = self.by_the_rule(folded);
                break;
            }
            hits.push(hit);
        }
        for (start, std::cmp::Reverse(end), value) in hits {
            found(start..end, value >> 1);
        }
    }

    /// The rule spelled out: every free wording, sorted, and of those that overlap the first.
    fn by_the_rule(&self, folded: &str) -> Vec<Hit> {
        let Some(every) = &self.every else { return Vec::new() };
        let mut hits: Vec<Hit> = every
            .find_overlapping_iter(folded)
            .map(|hit| (hit.start(), std::cmp::Reverse(hit.end()), hit.value()))
            .filter(|hit| stands_free(folded, *hit))
            .collect();
        hits.sort_unstable();
        let mut from = 0;
        hits.retain(|(start, std::cmp::Reverse(end), _)| {
            let free = *start >= from;
            from = if free { *end } else { from };
            free
        });
        hits
    }
}

/// Wordings of which every occurrence counts, also inside one another.
pub struct Overlapping(Option<Automaton>);

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

fn automaton(pairs: &[(&str, u32)], kind: MatchKind) -> Option<Automaton> {
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

fn has_latin_end(wording: &str) -> bool {
    wording.chars().next().is_some_and(is_latin)
        || wording.chars().next_back().is_some_and(is_latin)
}

/// False where a Latin word goes on beyond the wording that was found.
fn stands_free(text: &str, (start, std::cmp::Reverse(end), value): Hit) -> bool {
    if value & 1 == 0 {
        return true;
    }
    let (head, tail) = (text.get(..start).unwrap_or_default(), text.get(end..).unwrap_or_default());
    let wording = text.get(start..end).unwrap_or_default();
    let both =
        |a: Option<char>, b: Option<char>| a.is_some_and(is_latin) && b.is_some_and(is_latin);
    !both(head.chars().next_back(), wording.chars().next())
        && !both(wording.chars().next_back(), tail.chars().next())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found(wordings: &[&str], text: &str) -> Vec<(Range<usize>, u32)> {
        let numbered = wordings.iter().enumerate().map(|(at, wording)| (*wording, at as u32));
        let mut all = Vec::new();
        Matcher::new(numbered).find(text, |bytes, number| all.push((bytes, number)));
        all
    }

    /// The rule without an automaton: at each character the longest wording that stands free there.
    fn scanned(wordings: &[&str], text: &str) -> Vec<(Range<usize>, u32)> {
        let mut all = Vec::new();
        let mut from = 0;
        for (start, _) in text.char_indices() {
            let fits = |wording: &&str| {
                let end = start + wording.len();
                let latin = u32::from(has_latin_end(wording));
                text.get(start..end) == Some(*wording)
                    && stands_free(text, (start, std::cmp::Reverse(end), latin))
            };
            let longest = wordings.iter().filter(|w| fits(w)).max_by_key(|w| w.len());
            if let Some(wording) = longest.filter(|_| start >= from) {
                from = start + wording.len();
                let number = wordings.iter().position(|other| other == wording).unwrap();
                all.push((start..from, number as u32));
            }
        }
        all
    }

    #[test]
    fn the_longest_wording_counts_and_latin_ones_only_as_words() {
        assert_eq!(
            found(&["新能源", "新能源汽车"], "新能源汽车、新能源"),
            [(0..15, 1), (18..27, 0)]
        );
        assert_eq!(found(&["ai"], "ai、mail、AI"), [(0..2, 0)]);
        assert_eq!(found(&["ai技术", "ai", "技术"], "xai技术ai"), [(3..9, 2), (9..11, 1)]);
        assert_eq!(found(&[], "甲"), []);
        assert_eq!(found(&["", "甲"], ""), []);
    }

    proptest! {
        #[test]
        fn mentions_are_those_of_a_plain_scan(
            wordings in proptest::collection::vec("[甲乙丙ab]{1,4}", 0..12),
            text in "[甲乙丙ab、1]{0,80}",
        ) {
            let wordings: Vec<&str> = wordings.iter().map(String::as_str).collect();
            prop_assert_eq!(found(&wordings, &text), scanned(&wordings, &text));
        }
    }
}
