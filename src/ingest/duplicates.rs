//! The same article again below itself, as some sites print it. A copy repeats the beginning,
//! paragraph by paragraph, for most of what is before it; a quoted paragraph does not. Long
//! paragraphs that are once more right below themselves go as well.

use crate::error::Warning;
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

use super::page::Page;
use crate::document::RemovalReason;
use crate::text::is_longer;

/// Characters of a paragraph that is not twice in a text by chance.
const TELLING: usize = 20;
/// Of what is before it, the share that a copy repeats at least, in percent.
const SHARE: usize = 80;

/// Takes every copy of the article's beginning out of `page`.
pub(super) fn remove(page: &mut Page) {
    let kept = kept(page);
    remove_copies(page, &kept);
    let kept = self::kept(page);
    remove_echoes(page, &kept);
}

fn kept(page: &Page) -> Vec<usize> {
    let is_kept = |at: &usize| page.pieces.get(*at).is_some_and(|piece| piece.is_kept());
    (0..page.pieces.len()).filter(is_kept).collect()
}

/// Characters of a paragraph that nobody writes twice in a row.
const LONG: usize = 60;

/// Takes out paragraphs that repeat those just above them, as many as repeat.
fn remove_echoes(page: &mut Page, kept: &[usize]) {
    let texts: Vec<&str> =
        kept.iter().filter_map(|at| page.pieces.get(*at)).map(|p| p.text.as_str()).collect();
    let echoes = echoes(&texts);
    for at in echoes.iter().flat_map(|(from, to)| kept.get(*from..*to).unwrap_or_default()) {
        if let Some(piece) = page.pieces.get_mut(*at) {
            piece.remove(RemovalReason::DuplicateCopy);
        }
    }
    if !echoes.is_empty() {
        page.warn(Warning::PassagesRepeated(echoes.len()));
    }
}

/// Runs of `texts` that equal the run just above them and begin with a long paragraph.
fn echoes(texts: &[&str]) -> Vec<(usize, usize)> {
    let mut last: HashMap<(usize, &[u8]), usize> = HashMap::new();
    let mut found: Vec<(usize, usize)> = Vec::new();
    // Texts that repeat without end must not be compared without end.
    let mut budget = 4 * texts.len();
    for (at, text) in texts.iter().enumerate() {
        if !is_longer(text, LONG) || found.last().is_some_and(|(_, to)| at < *to) {
            continue;
        }
        let head = text.as_bytes().get(..LONG).unwrap_or_default();
        let Some(before) = last.insert((text.len(), head), at) else { continue };
        let above = texts.get(before..at).unwrap_or_default();
        let below = texts.get(at..2 * at - before).unwrap_or_default();
        budget = budget.saturating_sub(above.len());
        if budget > 0 && above == below {
            found.push((at, at + below.len()));
        }
    }
    found
}

/// Takes out whole copies of the article.
fn remove_copies(page: &mut Page, kept: &[usize]) {
    if !repeats_its_beginning(page, kept) {
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
        page.warn(Warning::TextRepeated(count));
    }
}

/// True where the first telling line is there once more: only then the rest is looked at.
fn repeats_its_beginning(page: &Page, kept: &[usize]) -> bool {
    let mut texts = kept.iter().filter_map(|at| page.pieces.get(*at)).map(|p| p.text.as_str());
    let first = texts.find(|text| is_longer(text, TELLING - 1));
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
    fn long_paragraphs_right_below_themselves_are_found() {
        let [a, b, c] = ["甲", "乙", "丙"].map(|text| text.repeat(LONG + 1));
        let (a, b, c) = (a.as_str(), b.as_str(), c.as_str());
        assert_eq!(echoes(&["题", a, b, a, b, c]), [(3, 5)]);
        assert_eq!(echoes(&[a, a, a]), [(1, 2), (2, 3)]);
        for texts in [vec![a, b, c, a], vec!["短", "短"], vec![a, "短", b, a, "长", b]] {
            assert_eq!(echoes(&texts), [], "{texts:?}");
        }
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
