//! Where the parts of the matrix stand: the head with the names of the columns, the rows, the gaps
//! below them, and the line that says what is chosen.

use ratatui::layout::{Position, Rect};

use super::{Matrix, ScreenContext, label};
use crate::tui::canvas::{inset, inside, line_of};
use crate::tui::geometry::{body, is_tiny};

/// The areas of the screen.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sheet {
    /// What has a border; nothing in a tiny terminal.
    pub(super) frame: Option<Rect>,
    pub(super) head: Rect,
    pub(super) rows: Rect,
    /// Where the gaps are listed; of no height where there is no room.
    pub(super) gaps: Rect,
    pub(super) status: Rect,
}

impl Sheet {
    pub(super) fn of(area: Rect) -> Self {
        let last = |height: u16| line_of(area, area.height.saturating_sub(height).into());
        if is_tiny(area) {
            let rows = below(area, 1, 1);
            let gaps = Rect { height: 0, ..rows };
            return Self { frame: None, head: line_of(area, 0), rows, gaps, status: last(1) };
        }
        let frame = body(area);
        let inner = inside(frame);
        let gaps = match inner.height {
            0..=11 => 0,
            12..=23 => 2,
            24..=39 => 4,
            _ => 6,
        };
        // Above the rows a line, and one above the gaps.
        let rows = below(inner, 2, gaps + u16::from(gaps > 0));
        let gaps = Rect { y: inner.bottom() - gaps, height: gaps, ..inner };
        Self { frame: Some(frame), head: line_of(inner, 0), rows, gaps, status: last(2) }
    }
}

/// `area` without so many rows above and below.
fn below(area: Rect, above: u16, under: u16) -> Rect {
    let above = above.min(area.height);
    let height = area.height.saturating_sub(above).saturating_sub(under);
    Rect { y: area.y + above, height, ..area }
}

/// Widths of the columns, in cells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Widths {
    /// Of the names of themes.
    pub(super) name: u16,
    /// Of a column, the blank at its left with it.
    pub(super) column: u16,
}

/// The widest name of a theme or a column that is shown whole, in cells.
const LONGEST_NAME: usize = 26;
const LONGEST_LABEL: usize = 12;
/// Blanks that are put between columns where there is room.
const MOST_AIR: usize = 6;

impl Widths {
    /// The number of columns in view.
    pub(super) fn shown(&self, sheet: &Sheet, columns: usize) -> usize {
        let room = sheet.rows.width.saturating_sub(self.before() + 1);
        usize::from(room / self.column.max(1)).clamp(1, columns.max(1))
    }

    /// Cells before the first column: the sign of the chosen row, and the name.
    fn before(&self) -> u16 {
        self.name + 1
    }

    /// The part of `line` where a theme is named.
    pub(super) fn name_in(&self, line: Rect) -> Rect {
        Rect { width: self.name.min(line.width.saturating_sub(1)), ..inset(line, 1, 0) }
    }

    /// The cell of `line` for column number `at` among those in view.
    pub(super) fn cell_in(&self, line: Rect, at: usize) -> Rect {
        let left = self.before() + self.column * u16::try_from(at).unwrap_or(u16::MAX / 256);
        let rest = inset(line, left.saturating_add(1), 1);
        Rect { width: (self.column.saturating_sub(1)).min(rest.width), ..rest }
    }

    /// What of `line` is behind `shown` columns.
    pub(super) fn rest_of(&self, line: Rect, shown: usize) -> Rect {
        let columns = self.column * u16::try_from(shown).unwrap_or(u16::MAX / 256);
        inset(line, self.before() + columns + 2, 1)
    }
}

impl Matrix {
    pub(super) fn measure(&self, sheet: &Sheet, context: &ScreenContext) -> Widths {
        let Some(counts) = &self.counts else { return Widths::default() };
        let cells = |text: &str| context.look.cells(text);
        let names = counts.rows.iter().map(|row| cells(super::theme_name(row.theme, context)));
        let name = names.max().unwrap_or(0).clamp(8, LONGEST_NAME);
        let labels = counts.columns.iter().map(|c| cells(&label(c, self.by, context)));
        let label = labels.max().unwrap_or(0).clamp(4, LONGEST_LABEL);
        let number = self.unit.written(self.largest).len();
        // A bar beside the number where it has no ground.
        let bar = usize::from(super::draw::bar_cells(&context.look.palette));
        let column = number.max(label + 1) + bar + 1;
        let room = usize::from(sheet.rows.width);
        let name = name.min((room * 2 / 5).max(8));
        // Where there is room, there is air between the columns.
        let columns = counts.columns.len().max(1);
        let spare = room.saturating_sub(name + 4 + columns * (column + 1)) / columns;
        Widths { name: name as u16, column: (column + spare.min(MOST_AIR)) as u16 }
    }

    /// The column at a cell of the terminal.
    pub(super) fn column_at(&self, sheet: &Sheet, cell: Position) -> Option<usize> {
        let columns = self.counts.as_ref()?.columns.len();
        let shown = self.widths.shown(sheet, columns);
        let line = Rect { y: cell.y, height: 1, ..sheet.rows };
        let at = (0..shown).find(|at| self.widths.cell_in(line, *at).contains(cell))?;
        Some(self.first + at).filter(|column| *column < columns)
    }
}
