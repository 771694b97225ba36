//! The same article again below itself, as some sites print it. A copy repeats the beginning,
//! paragraph by paragraph, for most of what stands before it; a quoted paragraph does not.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

use super::page::Page;
use crate::document::RemovalReason;

/// Characters of a paragraph that is not twice in a text by chance.
const TELLING: usize = 20;
/// Of what stands before it, the share that a copy repeats at least, in percent.
const SHARE: usize = 80;

/// Takes every copy of the article's beginning out of `page`.
pub(super) fn remove(page: &mut Page) {
    let kept: Vec<usize> = (0..page.pieces.len())
        .filter(|at| page.pieces.get(*at).is_some_and(|piece| piece.is_kept()))
        .collect();
    if !repeats_its_beginning(page, &kept) {
        return;
    }
    let hasher = RandomState::new();
    let lines: Vec<Line> = kept
        .iter()
        .filter_map(|at| page.pieces.get(*at))
        .map(|piece| Line { hash: hasher.hash_one(&piece.text), chars: piece.text.chars().count() })
        .collect();
    let copies = copies(&lines);
    let mut count = 0;
    for (from, to) in copies {
        count += 1;
        for at in kept.get(from..to).unwrap_or_default() {
            if let Some(piece) = page.pieces.get_mut(*at) {
                piece.remove(RemovalReason::DuplicateCopy);
            }
        }
    }
    if count > 0 {
        page.warn(format!("the article stood there {} times; one copy is kept", count + 1));
    }
}

/// True where the first telling line stands there once more: only then the rest is looked at.
fn repeats_its_beginning(page: &Page, kept: &[usize]) -> bool {
    let mut texts = kept.iter().filter_map(|at| page.pieces.get(*at)).map(|p| p.text.as_str());
    let first = texts.find(|text| text.chars().nth(TELLING - 1).is_some());
    first.is_some_and(|first| texts.any(|text| text == first))
}

struct Line {
    hash: u64,
    chars: usize,
}

/// Runs of lines that repeat the beginning, in order.
fn copies(lines: &[Line]) -> Vec<(usize, usize)> {
    let Some(first) = lines.iter().position(|line| line.chars >= TELLING) else {
        return Vec::new();
    };
    let mut places: HashMap<u64, Vec<usize>> = HashMap::new();
    for (at, line) in lines.iter().enumerate().skip(first + 1) {
        places.entry(line.hash).or_default().push(at);
    }
    let starts = lines.get(first).and_then(|line| places.get(&line.hash));
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut original = None;
    for start in starts.into_iter().flatten().copied() {
        if found.last().is_some_and(|(_, end)| start < *end) {
            continue;
        }
        let original = *original.get_or_insert(start);
        let length = common_run(lines, first, start, original - first);
        let chars = |from: usize, to: usize| -> usize {
            lines.get(from..to).unwrap_or_default().iter().map(|line| line.chars).sum()
        };
        let to_the_end = start + length == lines.len();
        if chars(first, first + length) * 100 >= chars(first, original) * SHARE
            || (to_the_end && length > 1)
        {
            found.push((start, start + length));
        }
    }
    found
}

/// How many lines from `start` on equal those from `first` on, `limit` at most.
fn common_run(lines: &[Line], first: usize, start: usize, limit: usize) -> usize {
    let original = lines.get(first..).unwrap_or_default();
    let copy = lines.get(start..).unwrap_or_default();
    original.iter().zip(copy).take(limit).take_while(|(a, b)| a.hash == b.hash).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(texts: &[&str]) -> Vec<Line> {
        let hash = |text: &str| text.bytes().fold(7, |h: u64, b| h.wrapping_mul(31) + u64::from(b));
        texts.iter().map(|t| Line { hash: hash(t), chars: t.len() * 10 }).collect()
    }

    #[test]
    fn whole_copies_are_found_however_many_and_a_cut_one_at_the_end() {
        type Case<'t> = (&'t [&'t str], &'t [(usize, usize)]);
        let cases: [Case<'_>; 6] = [
            (&["甲", "乙", "丙"], &[]),
            (&["甲", "乙", "丙", "甲", "乙", "丙"], &[(3, 6)]),
            (&["甲", "乙", "甲", "乙", "甲", "乙"], &[(2, 4), (4, 6)]),
            (&["甲", "乙", "丙", "甲", "乙"], &[(3, 5)]),
            (&["甲", "乙", "丙", "丁", "甲", "戊"], &[]),
            (&["甲", "甲", "甲"], &[(1, 2), (2, 3)]),
        ];
        for (texts, expected) in cases {
            assert_eq!(copies(&lines(texts)), expected, "{texts:?}");
        }
    }
}
