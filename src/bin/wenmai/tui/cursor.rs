//! The place in a list: which row is chosen and which row is on top. Lists of any length move
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
    fn steps_move_by_rows_and_half_windows_and_stop_at_the_ends() {
        for (from, step, len, height, to) in [
            (4, Step::Rows(3), 20, 6, 7),
            (4, Step::Rows(-3), 20, 6, 1),
            (4, Step::Rows(-9), 20, 6, 0),
            (4, Step::Rows(90), 20, 6, 19),
            (4, Step::Halves(1), 20, 6, 7),
            (4, Step::Halves(1), 20, 7, 7),
            (4, Step::Halves(-1), 20, 6, 1),
            (4, Step::Halves(2), 20, 6, 10),
            (15, Step::Halves(2), 20, 6, 19),
            (1, Step::Halves(-2), 20, 6, 0),
            // A window of one line, or of none, still moves.
            (4, Step::Halves(1), 20, 1, 5),
            (4, Step::Halves(-1), 20, 0, 3),
            (4, Step::First, 20, 6, 0),
            (4, Step::Last, 20, 6, 19),
        ] {
            let mut cursor = Cursor { chosen: from, top: 0 };
            cursor.step(step, len, height);
            assert_eq!(cursor.chosen, to, "{step:?} from {from} in a window of {height}");
        }
    }

    #[test]
    fn window_moves_no_further_than_it_must() {
        for ((chosen, top), len, height, tall, shown) in [
            ((3, 0), 20, 6, 1, 0),
            ((5, 0), 20, 6, 1, 0),
            ((6, 0), 20, 6, 1, 1),
            ((3, 5), 20, 6, 1, 3),
            // The last page is full.
            ((19, 0), 20, 6, 1, 14),
            ((19, 14), 20, 10, 1, 10),
            ((19, 19), 20, 6, 1, 14),
            ((4, 3), 5, 6, 1, 0),
            // A chosen row of two lines, or none.
            ((6, 0), 20, 6, 2, 2),
            ((19, 0), 20, 6, 2, 15),
            ((6, 0), 20, 6, 0, 1),
            // Taller than the window: its own first line is on top.
            ((6, 0), 20, 3, 5, 6),
        ] {
            let mut cursor = Cursor { chosen, top };
            cursor.show(len, height, tall);
            assert_eq!(
                (cursor.chosen, cursor.top),
                (chosen, shown),
                "{chosen} from {top}, {len} rows in {height} lines, {tall} of them its own"
            );
        }
        let mut cursor = Cursor { chosen: 9, top: 9 };
        cursor.show(3, 6, 1);
        assert_eq!(cursor, Cursor { chosen: 2, top: 0 });
    }

    #[test]
    fn an_empty_list_and_an_empty_window_are_no_special_case() {
        let mut cursor = Cursor { chosen: 9, top: 9 };
        cursor.step(Step::Rows(1), 0, 0);
        cursor.show(0, 0, 1);
        assert_eq!(cursor, Cursor::default());
    }
}
