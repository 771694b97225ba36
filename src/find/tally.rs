//! How often a document meets a query, by what the place weighs.

use super::text_index::Lines;

/// How often a document meets a query.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct MatchCounts {
    pub(super) title: u32,
    pub(super) headings: u32,
    pub(super) body: u32,
}

impl MatchCounts {
    /// Counts a place that begins at that byte of the lines.
    pub(super) fn add(&mut self, lines: &Lines<'_>, at: usize) {
        let zone = match at {
            _ if at < lines.title => &mut self.title,
            _ if at < lines.head => &mut self.headings,
            _ => &mut self.body,
        };
        *zone += 1;
    }

    /// The places of both.
    pub(super) fn and(self, other: Self) -> Self {
        Self {
            title: self.title + other.title,
            headings: self.headings + other.headings,
            body: self.body + other.body,
        }
    }

    pub(super) fn is_empty(self) -> bool {
        self == Self::default()
    }

    /// A heading says more of a text than a sentence, its title much more, and the tenth sentence
    /// adds less than the second.
    pub(super) fn weight(self) -> f64 {
        let title = if self.title > 0 { 16.0 } else { 0.0 };
        (1.0 + f64::from(self.body) + 4.0 * f64::from(self.headings) + title).log2()
    }
}
