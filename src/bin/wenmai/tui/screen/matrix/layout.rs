//! How wide the columns of the matrix are, and which of them is at a cell.

use ratatui::layout::{Position, Rect};

use super::sheet::{LONGEST_LABEL, LONGEST_NAME, MOST_AIR, Sheet, Widths, bar_cells};
use super::{MatrixScreen, label};
use crate::tui::context::ScreenContext;

impl MatrixScreen {
    pub(super) fn measure(&self, sheet: &Sheet, context: &ScreenContext) -> Widths {
        let Some(counts) = &self.counts else { return Widths::default() };
        let cells = |text: &str| context.look.cells(text);
        let names = counts.rows.iter().map(|row| cells(context.theme_name(row.theme)));
        let name = names.max().unwrap_or(0).clamp(8, LONGEST_NAME);
        let labels = counts.columns.iter().map(|c| cells(&label(c, self.by, context)));
        let label = labels.max().unwrap_or(0).clamp(4, LONGEST_LABEL);
        let number = self.unit.written(self.largest).len();
        // A bar beside the number where it has no ground.
        let bar = usize::from(bar_cells(&context.look.palette));
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
