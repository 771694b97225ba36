//! Which patterns of a table may take a line, told at one look. Most patterns need words that
//! ordinary lines do not have, or begin as few lines do; to look for all these words at once takes a
//! part of the time that the patterns take.

use std::cmp::Reverse;

use regex_syntax::hir::literal::{Extractor, Literal};
use regex_syntax::hir::{Hir, HirKind};
use rustc_hash::FxHashMap;

use super::beginnings;

/// Rules of the table: rule n is bit n.
pub(super) type RuleBits = u128;

/// What tells the rows that may take a line.
#[derive(Default)]
pub(super) struct Hints {
    words: Words,
    /// RuleBits that need no word.
    wordless: RuleBits,
    /// RuleBits that begin with a character, and those that begin with any.
    beginning: FxHashMap<char, RuleBits>,
    anyhow: RuleBits,
}

impl Hints {
    /// The hints for `patterns`, each the row of its place.
    pub(super) fn of(patterns: &[String]) -> Self {
        let mut hints = Self::default();
        for (number, pattern) in patterns.iter().enumerate() {
            let row = 1 << number;
            match words_of(pattern) {
                Some(words) => words.into_iter().for_each(|word| hints.words.add(word, row)),
                None => hints.wordless |= row,
            }
            match beginnings::of(pattern) {
                Some(all) => {
                    all.into_iter().for_each(|c| *hints.beginning.entry(c).or_default() |= row);
                }
                None => hints.anyhow |= row,
            }
        }
        hints
    }

    /// The rows that a line which begins with `first` may match.
    pub(super) fn beginning_with(&self, first: char) -> RuleBits {
        self.anyhow | self.beginning.get(&first).copied().unwrap_or_default()
    }

    /// Those of `rows` that `line` may match.
    pub(super) fn of_line(&self, line: &str, rows: RuleBits) -> RuleBits {
        let first = line.chars().next();
        let asked = rows & first.map_or(0, |first| self.beginning_with(first));
        if asked & !self.wordless == 0 {
            return asked;
        }
        asked & (self.wordless | self.words.needed_in(line))
    }
}

/// Words, each with the rows that need it or another one.
#[derive(Default)]
struct Words {
    /// By their first two characters; all have as many.
    by_head: FxHashMap<(char, char), Vec<(String, RuleBits)>>,
    /// For each character, as a bit, whether a word may begin with it: most characters of a line are
    /// decided by this.
    firsts: Vec<u64>,
}

impl Words {
    fn add(&mut self, word: String, row: RuleBits) {
        let mut chars = word.chars();
        let (Some(first), Some(second)) = (chars.next(), chars.next()) else { return };
        let (place, bit) = place_of(first);
        self.firsts.resize(self.firsts.len().max(place + 1), 0);
        if let Some(bits) = self.firsts.get_mut(place) {
            *bits |= bit;
        }
        self.by_head.entry((first, second)).or_default().push((word, row));
    }

    /// The rows that need a word which `line` has.
    fn needed_in(&self, line: &str) -> RuleBits {
        let mut needed = 0;
        let mut chars = line.chars();
        let mut rest = line;
        while let Some(first) = chars.next() {
            let (place, bit) = place_of(first);
            if self.firsts.get(place).is_some_and(|bits| bits & bit != 0)
                && let Some(second) = chars.clone().next()
            {
                let words = self.by_head.get(&(first, second)).into_iter().flatten();
                let found = words.filter(|(word, _)| rest.starts_with(word.as_str()));
                needed = found.fold(needed, |needed, (_, rows)| needed | rows);
            }
            rest = chars.as_str();
        }
        needed
    }
}

/// Where the bit of `c` is among 64 at a time.
fn place_of(c: char) -> (usize, u64) {
    (c as usize / 64, 1 << (c as usize % 64))
}

/// Words of which every match of `pattern` holds one. `None` where it has no such words, or where
/// one of them is a single character, which any line may have.
fn words_of(pattern: &str) -> Option<Vec<String>> {
    let words = words_in(&regex_syntax::parse(pattern).ok()?)?;
    words.iter().all(|word| word.chars().nth(1).is_some()).then_some(words)
}

/// Words of which every match of `hir` holds one: those of the part that tells most.
fn words_in(hir: &Hir) -> Option<Vec<String>> {
    let inner = match hir.kind() {
        HirKind::Capture(capture) => words_in(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => words_in(&repetition.sub),
        HirKind::Alternation(branches) => {
            let each: Option<Vec<_>> = branches.iter().map(words_in).collect();
            each.map(|each| each.concat())
        }
        HirKind::Concat(parts) => {
            let behind = parts.split_first().map(|(_, behind)| Hir::concat(behind.to_vec()));
            let first = parts.first().and_then(words_in);
            first
                .into_iter()
                .chain(behind.as_ref().and_then(words_in))
                .max_by_key(|words| worth(words))
        }
        _ => None,
    };
    let all = inner.map(shortest_of).into_iter().chain(beginnings_of(hir));
    all.max_by_key(|words| worth(words))
}

/// Bytes from which on a word is rare enough: three Han characters.
const RARE: usize = 9;
/// Bytes of the longest word that is told from its beginning.
const LONGEST: usize = 12;

/// How well words tell a line: the shortest of them must be long, and they should be few.
fn worth(words: &[String]) -> (usize, Reverse<usize>) {
    let shortest = words.iter().map(String::len).min().unwrap_or_default();
    (shortest.min(RARE), Reverse(words.len()))
}

/// `words` without those that hold another one.
fn shortest_of(mut words: Vec<String>) -> Vec<String> {
    words.sort_by_key(String::len);
    let mut kept: Vec<String> = Vec::new();
    for word in words {
        if !kept.iter().any(|part| word.contains(part.as_str())) {
            kept.push(word);
        }
    }
    kept
}

/// Words with one of which every match of `hir` begins.
fn beginnings_of(hir: &Hir) -> Option<Vec<String>> {
    let mut found = Extractor::new().extract(hir);
    found.keep_first_bytes(LONGEST);
    let words = found.literals()?.iter().map(whole_characters).collect();
    Some(shortest_of(words)).filter(|words| words.iter().all(|word| !word.is_empty()))
}

/// The characters of `literal`, which may end within one.
fn whole_characters(literal: &Literal) -> String {
    let first = literal.as_bytes().utf8_chunks().next();
    first.map(|chunk| chunk.valid().to_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn words_are_those_that_no_match_can_lack() {
        let cases = [
            ("[^。]{0,9}(甲乙|丙丁)[^。]{0,9}", Some(vec!["丙丁", "甲乙"])),
            ("(甲)?乙丙.{0,9}丁戊己", Some(vec!["丁戊己"])),
            ("^(?:本(网|站)|我们)$", Some(vec!["我们", "本站", "本网"])),
            (r"(?i:Ab)\s*\d", Some(vec!["AB", "Ab", "aB", "ab"])),
            ("甲?乙丙丁", Some(vec!["乙丙丁"])),
            ("(甲乙|[丙丁].)", None),
            ("(甲乙)?.", None),
            ("", None),
        ];
        for (pattern, words) in cases {
            let sorted = |words: Vec<String>| words.into_iter().collect::<BTreeSet<String>>();
            let words = words.map(|words| words.into_iter().map(str::to_owned).collect());
            assert_eq!(words_of(pattern).map(sorted), words, "{pattern}");
        }
    }

    #[test]
    fn a_line_is_asked_of_the_rows_that_may_take_it() {
        let patterns = ["^.{0,9}甲乙", "^[【（]?丙", "(?i:ICP)号", "^丁(甲乙|丙丁)"];
        let hints = Hints::of(&patterns.map(str::to_owned));
        let cases = [
            ("文甲乙", 0b0001),
            ("丁甲乙", 0b1001),
            ("【文】", 0b0010),
            ("（甲乙）", 0b0011),
            ("备IcP号", 0b0100),
            ("文丙丁", 0b0000),
            ("", 0b0000),
        ];
        for (line, rows) in cases {
            assert_eq!(hints.of_line(line, RuleBits::MAX), rows, "{line}");
        }
    }
}
