//! The way back: where the reader has been, and where it came back from. A jump pushes the place
//! that is left; `back` and `forward` hand places out.

use std::collections::VecDeque;

/// Jumps that are remembered; the oldest is forgotten first.
const DEPTH: usize = 512;

/// Places behind and ahead.
#[derive(Debug, Clone)]
pub(crate) struct JumpList<P> {
    behind: VecDeque<P>,
    ahead: Vec<P>,
}

impl<P> Default for JumpList<P> {
    fn default() -> Self {
        Self { behind: VecDeque::new(), ahead: Vec::new() }
    }
}

impl<P> JumpList<P> {
    /// Remembers `left`, the place from which a jump starts. What lay ahead is forgotten.
    pub(crate) fn leave(&mut self, left: P) {
        if self.behind.len() == DEPTH {
            self.behind.pop_front();
        }
        self.behind.push_back(left);
        self.ahead.clear();
    }

    /// One jump back from `here`, if there was one.
    pub(crate) fn back(&mut self, here: P) -> Option<P> {
        let there = self.behind.pop_back()?;
        self.ahead.push(here);
        Some(there)
    }

    /// One jump forward again from `here`, if one was taken back.
    pub(crate) fn forward(&mut self, here: P) -> Option<P> {
        let there = self.ahead.pop()?;
        self.behind.push_back(here);
        Some(there)
    }

    /// The places as `moved` has them now; those that it has not are forgotten.
    pub(crate) fn carry(&mut self, moved: impl Fn(P) -> Option<P>) {
        self.behind = std::mem::take(&mut self.behind).into_iter().filter_map(&moved).collect();
        self.ahead = std::mem::take(&mut self.ahead).into_iter().filter_map(&moved).collect();
    }

    /// True where a jump was taken back.
    pub(crate) fn has_ahead(&self) -> bool {
        !self.ahead.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_hundred_jumps_lead_back_one_by_one_and_forward_again() {
        let mut history = JumpList::default();
        (0..200).for_each(|place| history.leave(place));
        let mut here = 200;
        while let Some(there) = history.back(here) {
            assert_eq!(there, here - 1);
            here = there;
        }
        assert_eq!(here, 0);
        while let Some(there) = history.forward(here) {
            here = there;
        }
        assert_eq!(here, 200);
    }

    #[test]
    fn a_new_jump_forgets_what_lay_ahead_and_the_oldest_place_goes_first() {
        let mut history = JumpList::default();
        history.leave('a');
        assert_eq!(history.back('b'), Some('a'));
        assert!(history.has_ahead());
        history.leave('a');
        assert_eq!(history.forward('c'), None);

        let mut long = JumpList::default();
        (0..DEPTH + 3).for_each(|place| long.leave(place));
        let oldest = std::iter::from_fn(|| long.back(0)).last();
        assert_eq!(oldest, Some(3));
    }
}
