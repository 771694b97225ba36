//! A wording that is searched for in the whole library: what was selected, and where.

use crate::tui::query::{Asked, Job};
use crate::tui::screen::JumpTarget;

/// Characters of a wording that are shown in the status.
pub(super) const LONGEST_SHOWN: usize = 20;

/// A wording that is searched for.
#[derive(Debug)]
pub(super) struct WordingQuery {
    pub(super) text: String,
    /// Where it was selected.
    pub(super) target: JumpTarget,
    /// The number of the query, once it is asked.
    pub(super) number: Option<u64>,
}

impl WordingQuery {
    pub(super) fn take_job(&mut self, number: u64) -> Option<Job> {
        if self.number.is_some() {
            return None;
        }
        self.number = Some(number);
        Some(Job { number, asked: Asked::Phrase(self.text.clone()) })
    }
}
