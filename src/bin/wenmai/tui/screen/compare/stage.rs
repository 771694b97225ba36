//! Where the columns of a comparison are: all of one width, with borders that they share; as many
//! as fit, the leading one among them. Below them what only one of them mentions, the themes that
//! they share, and a line for messages.

use ratatui::layout::{Position, Rect};

use crate::tui::canvas::{inside, line_of};
use crate::tui::geometry::is_tiny;

/// Cells inside the narrowest column.
const NARROWEST: u16 = 24;
/// Rows from which on there is a line for the themes of one column only.
const WITH_ONLY: u16 = 16;

/// The areas of the screen.
#[derive(Debug, Clone)]
pub(super) struct Stage {
    /// The columns in view: each its number, and its area with the border.
    pub(super) columns: Vec<(usize, Rect)>,
    pub(super) bordered: bool,
    pub(super) only: Option<Rect>,
    pub(super) strip: Option<Rect>,
    pub(super) status: Rect,
}

impl Stage {
    /// The stage of `columns` columns, of which `lead` is one, on a screen of `area`.
    pub(super) fn of(area: Rect, columns: usize, lead: usize) -> Self {
        if is_tiny(area) {
            return Self::bare(area, lead);
        }
        let only = u16::from(area.height >= WITH_ONLY);
        // Below are the strip, the status line and the hints.
        let body = Rect { height: area.height - 3 - only, ..area };
        let fitting = usize::from((area.width - 1) / (NARROWEST + 1)).clamp(1, columns.max(1));
        let inner = (area.width - 1) / fitting as u16 - 1;
        let first = (lead + 1).saturating_sub(fitting);
        let column = |at: usize| {
            let x = body.x + at as u16 * (inner + 1);
            (first + at, Rect { x, width: inner + 2, ..body })
        };
        let below = |row: u16| line_of(area, (body.height + row).into());
        Self {
            columns: (0..fitting).map(column).collect(),
            bordered: true,
            only: (only > 0).then(|| below(0)),
            strip: Some(below(only)),
            status: below(only + 1),
        }
    }

    /// One column under its name, and a line for messages.
    fn bare(area: Rect, lead: usize) -> Self {
        let height = area.height.saturating_sub(2);
        let text = Rect { y: area.y + 1.min(area.height), height, ..area };
        Self {
            columns: vec![(lead, text)],
            bordered: false,
            only: None,
            strip: None,
            status: line_of(area, area.height.saturating_sub(1).into()),
        }
    }

    /// Where the text of a column is.
    pub(super) fn text(&self, area: Rect) -> Rect {
        if self.bordered { inside(area) } else { area }
    }

    /// Rows of text.
    pub(super) fn height(&self) -> usize {
        self.columns.first().map_or(0, |(_, area)| self.text(*area).height.into())
    }

    /// The column at a cell of the terminal.
    pub(super) fn column_at(&self, cell: Position) -> Option<usize> {
        let column = self.columns.iter().find(|(_, area)| self.text(*area).contains(cell));
        column.map(|(at, _)| *at)
    }

    /// The area of a column, if it is in view.
    pub(super) fn area_of(&self, column: usize) -> Option<Rect> {
        self.columns.iter().find(|(at, _)| *at == column).map(|(_, area)| *area)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_equal_share_their_borders_and_fit() {
        for (width, columns) in (40..260).flat_map(|w| (2..=4).map(move |n| (w, n))) {
            for lead in 0..columns {
                let stage = Stage::of(Rect::new(0, 0, width, 30), columns, lead);
                let widths: Vec<u16> = stage.columns.iter().map(|(_, area)| area.width).collect();
                assert!(widths.windows(2).all(|pair| pair[0] == pair[1]), "{width} {widths:?}");
                for pair in stage.columns.windows(2) {
                    assert_eq!(pair[0].1.right(), pair[1].1.x + 1);
                }
                let last = stage.columns.last().expect("a column").1;
                assert!(last.right() <= width && width - last.right() < columns as u16);
                assert!(stage.area_of(lead).is_some(), "{width} {columns} {lead}");
            }
        }
    }

    #[test]
    fn no_size_gives_an_area_outside_the_screen() {
        for (width, height) in (0..130).flat_map(|w| (0..20).map(move |h| (w, h))) {
            let area = Rect::new(0, 0, width, height);
            let stage = Stage::of(area, 4, 3);
            let lines = [stage.only, stage.strip, Some(stage.status)];
            let columns = stage.columns.iter().map(|(_, area)| *area);
            for part in lines.into_iter().flatten().chain(columns) {
                assert_eq!(part.intersection(area), part, "{width}x{height}");
            }
        }
    }
}
