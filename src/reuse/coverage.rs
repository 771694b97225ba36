//! Coverage: which letters of a document have been taken, as ranges that do not touch.

use std::collections::BTreeMap;
use std::ops::Range;

/// Taken letters.
#[derive(Debug, Clone, Default)]
pub(crate) struct Coverage {
    /// End by start.
    ranges: BTreeMap<u32, u32>,
}

impl Coverage {
    /// NormalizedText of `range` that are taken.
    pub(crate) fn covered(&self, range: &Range<u32>) -> usize {
        let part =
            |(start, end): (&u32, &u32)| (*start.max(&range.start)..*end.min(&range.end)).len();
        // Ranges do not overlap, so only the last one that begins before can reach in.
        let before = self.ranges.range(..range.start).next_back().map_or(0, part);
        before + self.ranges.range(range.clone()).map(part).sum::<usize>()
    }

    /// Takes the letters of `range`.
    pub(crate) fn cover(&mut self, range: &Range<u32>) {
        let mut whole = range.clone();
        while let Some((start, end)) = self.touching(&whole) {
            self.ranges.remove(&start);
            whole = whole.start.min(start)..whole.end.max(end);
        }
        self.ranges.insert(whole.start, whole.end);
    }

    fn touching(&self, range: &Range<u32>) -> Option<(u32, u32)> {
        let (start, end) = self.ranges.range(..=range.end).next_back()?;
        (*end >= range.start).then_some((*start, *end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn covered_letters_are_counted_once() {
        let mut coverage = Coverage::default();
        for range in [5..10, 20..30, 8..21, 40..41] {
            coverage.cover(&range);
        }
        assert_eq!(coverage.covered(&(0..100)), 26);
        assert_eq!(coverage.covered(&(9..12)), 3);
        assert_eq!(coverage.covered(&(30..40)), 0);
    }
}
