//! Where the parts of the matrix are: the head with the names of the columns, the rows, the gaps
//! below them, and the line that says what is chosen.

use ratatui::layout::Rect;

use crate::tui::canvas::{inset, inside, line_of};
use crate::tui::geometry::{body, is_tiny};
use crate::ui::palette::Palette;

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
    /// Of a column, the space at its left with it.
    pub(super) column: u16,
}

/// The widest name of a theme or a column that is shown whole, in cells.
pub(super) const LONGEST_NAME: usize = 26;
pub(super) const LONGEST_LABEL: usize = 12;
/// Blanks that are put between columns where there is room.
pub(super) const MOST_AIR: usize = 6;

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

    /// What of `line` is after `shown` columns.
    pub(super) fn rest_of(&self, line: Rect, shown: usize) -> Rect {
        let columns = self.column * u16::try_from(shown).unwrap_or(u16::MAX / 256);
        inset(line, self.before() + columns + 2, 1)
    }
}

/// Cells at the right of a number: for its bar, or as the margin of its ground.
pub(super) fn bar_cells(palette: &Palette) -> u16 {
    if palette.has_shades() { 1 } else { 2 }
}
