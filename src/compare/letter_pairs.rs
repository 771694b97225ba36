//! Pairs of neighbouring letters of a text: the share that two texts have in common says how near they
//! are in wording. Pairs carry most of a Chinese word; order beyond them does not count.

use std::cmp::Ordering;

use crate::reuse::normalized::is_letter;
use crate::text::fold::fold_key;

/// The distinct pairs of neighbouring letters of a folded text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LetterPairs {
    /// Sorted.
    pairs: Vec<(char, char)>,
    letters: usize,
}

impl LetterPairs {
    pub(crate) fn of(text: &str) -> Self {
        let letters: Vec<char> = fold_key(text).chars().filter(|c| is_letter(*c)).collect();
        let next = letters.iter().copied().skip(1);
        let mut pairs: Vec<(char, char)> = letters.iter().copied().zip(next).collect();
        pairs.sort_unstable();
        pairs.dedup();
        Self { pairs, letters: letters.len() }
    }

    /// Letters of the text.
    pub(crate) fn letters(&self) -> usize {
        self.letters
    }

    /// The distinct pairs.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &(char, char)> {
        self.pairs.iter()
    }

    /// Distinct pairs.
    pub(crate) fn len(&self) -> usize {
        self.pairs.len()
    }

    /// Pairs that both texts have.
    pub(crate) fn common(&self, other: &Self) -> usize {
        let (mut at, mut beside, mut common) = (0, 0, 0);
        while let (Some(one), Some(two)) = (self.pairs.get(at), other.pairs.get(beside)) {
            match one.cmp(two) {
                Ordering::Less => at += 1,
                Ordering::Greater => beside += 1,
                Ordering::Equal => (at, beside, common) = (at + 1, beside + 1, common + 1),
            }
        }
        common
    }

    /// Dice's coefficient of the pairs, 0 to 1; 0 where a text has none.
    pub(crate) fn similarity(&self, other: &Self) -> f64 {
        let both = self.len() + other.len();
        if both == 0 { 0.0 } else { 2.0 * self.common(other) as f64 / both as f64 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn similarity_counts_each_pair_once_and_no_marks() {
        let pairs = LetterPairs::of;
        assert_eq!(pairs("渔业，渔业").len(), 2, "渔业 业渔");
        assert_eq!(pairs("漁業、増産").letters(), 4);
        for (a, b, share) in [
            ("渔业增产", "渔业，增产。", 1.0),
            ("渔业增产", "渔业减产", 1.0 / 3.0),
            ("渔业", "林业", 0.0),
            ("渔", "渔", 0.0),
            ("", "渔业", 0.0),
        ] {
            assert!((pairs(a).similarity(&pairs(b)) - share).abs() < 1e-9, "{a} {b}");
        }
    }
}
