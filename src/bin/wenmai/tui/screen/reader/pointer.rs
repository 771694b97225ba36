//! The mouse over the reader: the wheel scrolls the pane under it, a click focuses and opens.

use ratatui::layout::{Position, Rect};

use super::Reader;
use crate::tui::canvas::inside;
use crate::tui::cursor::Step;
use crate::tui::event::Mouse;
use crate::tui::geometry::Pane;
use crate::tui::screen::Desk;

impl Reader {
    /// Answers the mouse.
    pub(crate) fn mouse(&mut self, mouse: Mouse, cell: Position, desk: &Desk) {
        self.notice = None;
        let panes = self.panes(desk);
        let Some(pane) = panes.at(cell) else { return };
        match mouse {
            Mouse::WheelDown => self.step_in(pane, Step::Rows(3), desk),
            Mouse::WheelUp => self.step_in(pane, Step::Rows(-3), desk),
            Mouse::Click => self.click(pane, cell, desk),
        }
    }

    fn click(&mut self, pane: Pane, cell: Position, desk: &Desk) {
        let panes = self.panes(desk);
        let area = |area: Option<Rect>| area.map(inside).filter(|area| area.contains(cell));
        match pane {
            Pane::Article => self.focus = Pane::Article,
            Pane::Documents => {
                self.focus = Pane::Documents;
                let row = area(panes.documents).map(|area| usize::from(cell.y - area.y));
                if let Some(document) = row.and_then(|row| self.shelf.document_in(row)) {
                    self.open_document(document, desk);
                    self.leave_drawer(desk);
                }
            }
            Pane::Themes => {
                self.focus = Pane::Themes;
                let row = area(panes.themes).and_then(|area| self.themes.row_at(area, cell, desk));
                if let Some(row) = row {
                    let again = self.themes.cursor.chosen == row;
                    self.themes.cursor.chosen = row;
                    if again {
                        self.open(desk);
                    }
                }
            }
        }
    }
}
