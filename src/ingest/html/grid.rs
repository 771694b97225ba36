//! The cells of a table of data that span others: what a cell says holds for every row and column
//! that it covers, so that each value is under its own head.

use super::attributes::Attributes;
use super::line::{Ink, LineBuilder};
use crate::document::CELL;

/// Characters of the longest cell that is repeated; of a longer one the others are left empty.
const REPEATED: usize = 24;
/// Rows and columns that a cell may span.
const MOST: usize = 200;

/// The row that is read, and the cells above that reach into it.
#[derive(Debug, Default)]
pub(super) struct Grid {
    /// For each column the rows that a cell from above still covers, and its text.
    above: Vec<(usize, String)>,
    column: usize,
    /// Bytes of the line before the cell that is open, and its spans.
    start: usize,
    rows: usize,
    columns: usize,
    /// Columns that the last cell covers beside its own. A cell alone in its row is not repeated.
    covered: Option<(usize, String)>,
}

impl Grid {
    pub(super) fn open_row(&mut self) {
        self.column = 0;
        self.covered = None;
    }

    pub(super) fn open_cell(&mut self, line: &mut LineBuilder, attributes: &impl Attributes) {
        self.cover(line);
        self.fill(line);
        (self.rows, self.columns) = (1, 1);
        for (name, value) in attributes.all() {
            let span = || value.trim().parse().map_or(1, |span: usize| span.clamp(1, MOST));
            match name {
                "rowspan" => self.rows = span(),
                "colspan" => self.columns = span(),
                _ => {}
            }
        }
        self.start = line.len();
    }

    pub(super) fn close_cell(&mut self, line: &mut LineBuilder) {
        let text = line.from(self.start);
        let is_short = text.chars().nth(REPEATED).is_none();
        let text = if is_short { text.to_owned() } else { String::new() };
        line.end_cell(CELL);
        for column in self.column..self.column + self.columns {
            self.reach(column, self.rows - 1, &text);
        }
        self.column += 1;
        self.covered = (self.columns > 1).then_some((self.columns - 1, text));
    }

    pub(super) fn close_row(&mut self, line: &mut LineBuilder) {
        if self.column > 1 {
            self.cover(line);
        }
        self.fill(line);
        // The cells of this row begin to count with the next one.
        for (rows, _) in &mut self.above {
            *rows &= !NEW;
        }
    }

    /// Puts the columns that the last cell covers.
    fn cover(&mut self, line: &mut LineBuilder) {
        let Some((columns, text)) = self.covered.take() else { return };
        for _ in 0..columns {
            put(line, &text);
            self.column += 1;
        }
    }

    /// Puts the cells that reach down into the columns at hand.
    fn fill(&mut self, line: &mut LineBuilder) {
        while let Some((rows, text)) = self.above.get_mut(self.column)
            && *rows > 0
            && *rows & NEW == 0
        {
            *rows -= 1;
            put(line, text);
            self.column += 1;
        }
    }

    fn reach(&mut self, column: usize, rows: usize, text: &str) {
        if rows == 0 {
            return;
        }
        if self.above.len() <= column {
            self.above.resize_with(column + 1, Default::default);
        }
        if let Some(cell) = self.above.get_mut(column) {
            *cell = (rows | NEW, text.to_owned());
        }
    }
}

/// Set of a count of rows that was written in the row at hand.
const NEW: usize = 1 << 31;

fn put(line: &mut LineBuilder, text: &str) {
    line.push(text, Ink::default());
    line.end_cell(CELL);
}
