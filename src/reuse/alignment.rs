//! How much two stretches of letters have in common, and how far a likeness goes on after a run
//! that they share. Everything here is bounded: no step costs more than a fixed band per letter,
//! or a fixed number of letters squared.
//!
//! Sources: extension of a seed with gaps inside a band, ended where the score has dropped too far,
//! Altschul et al., "Gapped BLAST and PSI-BLAST", 1997 (a bounded Smith-Waterman); length of the
//! longest common subsequence by rapidfuzz (words of bits, Hyyrö 2004).

use rapidfuzz::distance::lcs_seq;

/// Score of a letter that both have.
const MATCH: i32 = 2;
/// Score of a letter that was replaced.
const REPLACED: i32 = -2;
/// Score of a letter that only one has.
const LEFT_OUT: i32 = -2;
/// An extension ends where its score lies that far below its best.
const DROP: i32 = 16;
/// NormalizedText by which the two sides may shift against each other.
const BAND: usize = 12;
const WIDTH: usize = 2 * BAND + 1;

/// The way in which letters are followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ExtendDirection {
    /// From the first letter on.
    Onward,
    /// From the last letter back.
    Backward,
}

/// How far a likeness goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Reach {
    /// NormalizedText of the one side.
    pub(crate) a: usize,
    /// NormalizedText of the other side.
    pub(crate) b: usize,
    /// NormalizedText that both have, in order.
    pub(crate) matched: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct DpCell {
    score: i32,
    matched: u32,
}

impl DpCell {
    const NONE: Self = Self { score: i32::MIN / 2, matched: 0 };

    fn plus(self, score: i32, matched: u32) -> Self {
        Self { score: self.score + score, matched: self.matched + matched }
    }

    fn better(self, other: Self) -> Self {
        if other.score > self.score { other } else { self }
    }
}

/// Follows the likeness of `a` and `b` from their beginnings onward, or from their ends backward,
/// to the place with the best score.
pub(crate) fn extend(a: &[char], b: &[char], direction: ExtendDirection) -> Reach {
    let mut row = first_row(b.len());
    let mut best = 0;
    let mut reach = Reach::default();
    for i in 1..=a.len() {
        let Some(letter) = nth(a, i - 1, direction) else { break };
        row = next_row(&row, i, |j| Some(nth(b, j, direction)? == letter));
        let Some((d, top)) = row.iter().enumerate().max_by_key(|(_, cell)| cell.score) else {
            break;
        };
        if top.score > best {
            best = top.score;
            reach = Reach { a: i, b: i + d - BAND, matched: top.matched as usize };
        }
        if top.score < best - DROP {
            break;
        }
    }
    reach
}

fn nth(letters: &[char], at: usize, direction: ExtendDirection) -> Option<char> {
    let at = match direction {
        ExtendDirection::Onward => at,
        ExtendDirection::Backward => letters.len().checked_sub(at + 1)?,
    };
    letters.get(at).copied()
}

/// Cells of a row: cell d stands for the letter i + d − BAND of the other side.
type DpRow = [DpCell; WIDTH];

fn first_row(other: usize) -> DpRow {
    std::array::from_fn(|d| match d.checked_sub(BAND) {
        Some(j) if j <= other => DpCell { score: LEFT_OUT * j as i32, matched: 0 },
        _ => DpCell::NONE,
    })
}

/// The row of letter `i`, counted from 1. `same` says whether that letter is the other side's
/// letter j, and `None` where there is no letter j.
fn next_row(above: &DpRow, i: usize, same: impl Fn(usize) -> Option<bool>) -> DpRow {
    let mut row = [DpCell::NONE; WIDTH];
    let mut left = DpCell::NONE;
    let pairs = above.iter().zip(above.iter().skip(1).chain([&DpCell::NONE]));
    for (d, ((diagonal, up), cell)) in pairs.zip(&mut row).enumerate() {
        let Some(j) = (i + d).checked_sub(BAND) else { continue };
        *cell = up.plus(LEFT_OUT, 0);
        if let Some(behind) = j.checked_sub(1) {
            let Some(same) = same(behind) else { break };
            let (score, matched) = if same { (MATCH, 1) } else { (REPLACED, 0) };
            *cell = diagonal.plus(score, matched).better(*cell).better(left.plus(LEFT_OUT, 0));
        }
        left = *cell;
    }
    row
}

/// NormalizedText squared above which common letters are counted in pieces instead of exactly.
const EXACT_CELLS: usize = 1 << 24;

/// NormalizedText that `a` and `b` have in common in the same order. For very long stretches a
/// lower bound: they are cut into pieces of the same number, compared one by one.
pub(crate) fn common_letters(a: &[char], b: &[char]) -> usize {
    let head = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (a.get(head..).unwrap_or_default(), b.get(head..).unwrap_or_default());
    let tail = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let a = a.get(..a.len() - tail).unwrap_or_default();
    let b = b.get(..b.len() - tail).unwrap_or_default();
    head + tail + middle_letters(a, b)
}

fn middle_letters(a: &[char], b: &[char]) -> usize {
    if a.is_empty() || b.is_empty() {
        return 0;
    }
    if a.len() * b.len() <= EXACT_CELLS {
        return longest_common_subsequence(a, b);
    }
    let pieces = (a.len().max(b.len())).div_ceil(2048);
    let piece = |whole: &[char]| whole.len().div_ceil(pieces).max(1);
    a.chunks(piece(a)).zip(b.chunks(piece(b))).map(|(a, b)| longest_common_subsequence(a, b)).sum()
}

fn longest_common_subsequence(a: &[char], b: &[char]) -> usize {
    lcs_seq::similarity(a.iter().copied(), b.iter().copied())
}

/// The likeness of two stretches of `a` and `b` letters with `common` letters in common: twice the
/// common letters by all letters (Dice), 0 to 1.
pub(crate) fn likeness(a: usize, b: usize, common: usize) -> f64 {
    2.0 * common as f64 / (a + b).max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn chars(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    #[test]
    fn common_letters_are_counted_in_order() {
        let cases = [
            ("", "甲", 0),
            ("甲乙丙", "甲丙", 2),
            ("甲乙丙丁", "丁丙乙甲", 1),
            ("甲甲乙", "甲乙乙", 2),
        ];
        for (a, b, common) in cases {
            assert_eq!(common_letters(&chars(a), &chars(b)), common, "{a} {b}");
        }
    }

    #[test]
    fn an_extension_goes_over_changes_and_stops_where_the_likeness_ends() {
        let (a, b) = (chars("甲乙丙丁戊己庚辛子丑寅卯辰巳"), chars("甲乙X丁戊庚辛ABCDEFGHIJ"));
        let reach = extend(&a, &b, ExtendDirection::Onward);
        assert_eq!(reach, Reach { a: 8, b: 7, matched: 6 });
        let back = |text: &[char]| text.iter().rev().copied().collect::<Vec<_>>();
        assert_eq!(extend(&back(&a), &back(&b), ExtendDirection::Backward), reach);
    }

    fn plain(a: &[char], b: &[char]) -> usize {
        let mut row = vec![0usize; b.len() + 1];
        for x in a {
            let mut diagonal = 0;
            for (at, y) in b.iter().enumerate() {
                let up = row[at + 1];
                row[at + 1] = if x == y { diagonal + 1 } else { up.max(row[at]) };
                diagonal = up;
            }
        }
        row[b.len()]
    }

    proptest! {
        #[test]
        fn words_of_bits_count_like_the_plain_table(a in "[甲乙丙丁]{0,150}", b in "[甲乙丙丁]{0,150}") {
            let (a, b) = (chars(&a), chars(&b));
            prop_assert_eq!(common_letters(&a, &b), plain(&a, &b));
        }

        #[test]
        fn an_extension_stays_inside_and_matches_no_more_than_there_is(a in "[甲乙丙]{0,80}", b in "[甲乙丙]{0,80}") {
            let (a, b) = (chars(&a), chars(&b));
            let reach = extend(&a, &b, ExtendDirection::Onward);
            prop_assert!(reach.a <= a.len() && reach.b <= b.len());
            prop_assert!(reach.matched <= common_letters(&a, &b));
        }
    }
}
