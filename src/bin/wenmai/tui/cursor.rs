//! The place in a list: which row is chosen and which row stands on top. Lists of any length move
//! the same way.

/// A way to move in a list or an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// So many rows on, or back where negative.
    Rows(isize),
    /// So many half screens on or back.
    Halves(isize),
    /// To the first row.
    First,
    /// To the last row.
    Last,
}

/// A chosen row, and the window around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Cursor {
    /// The chosen row, from 0.
    pub(crate) chosen: usize,
    /// The first row in the window.
    pub(crate) top: usize,
}

impl Cursor {
    /// Moves in a list of `len` rows of which `height` fit the window.
    pub(crate) fn step(&mut self, step: Step, len: usize, height: usize) {
        let last = len.saturating_sub(1);
        let half = (height / 2).max(1) as isize;
        self.chosen = match step {
            Step::Rows(rows) => self.chosen.saturating_add_signed(rows),
            Step::Halves(halves) => self.chosen.saturating_add_signed(halves * half),
            Step::First => 0,
            Step::Last => last,
        }
        .min(last);
    }

    /// Brings the chosen row, which takes `tall` lines, into a window of `height` lines over `len`
    /// rows of one line.
    pub(crate) fn show(&mut self, len: usize, height: usize, tall: usize) {
        self.chosen = self.chosen.min(len.saturating_sub(1));
        let above = height.saturating_sub(tall.max(1));
        let lowest = self.chosen.saturating_sub(above);
        // No empty lines at the end while rows are hidden at the top.
        let fullest = (len + tall.saturating_sub(1)).saturating_sub(height);
        self.top = self.top.max(lowest).min(self.chosen).min(fullest.max(lowest));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chosen_row_is_always_in_the_window() {
        let mut cursor = Cursor::default();
        for step in [Step::Rows(7), Step::Halves(2), Step::Last, Step::Rows(-3), Step::First] {
            cursor.step(step, 20, 6);
            cursor.show(20, 6, 2);
            assert!(cursor.top <= cursor.chosen && cursor.chosen + 2 <= cursor.top + 6, "{step:?}");
        }
        cursor.step(Step::Rows(-1), 20, 6);
        assert_eq!(cursor, Cursor::default());
    }

    #[test]
    fn an_empty_list_and_an_empty_window_are_no_special_case() {
        let mut cursor = Cursor { chosen: 9, top: 9 };
        cursor.step(Step::Rows(1), 0, 0);
        cursor.show(0, 0, 1);
        assert_eq!(cursor, Cursor::default());
    }
}
