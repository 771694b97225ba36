//! The mouse over the reader: the wheel scrolls the pane under it, a click focuses and opens.

use ratatui::layout::{Position, Rect};

use super::Reader;
use super::selection::Selection;
use crate::tui::canvas::inside;
use crate::tui::context::ScreenContext;
use crate::tui::cursor::Step;
use crate::tui::event::Mouse;
use crate::tui::geometry::{Pane, column};
use crate::tui::widget::article::Spot;

impl Reader {
    /// Answers the mouse.
    pub(crate) fn mouse(&mut self, mouse: Mouse, cell: Position, context: &ScreenContext) {
        self.notice = None;
        let panes = self.panes(context);
        let Some(pane) = panes.at(cell) else { return };
        match mouse {
            Mouse::WheelDown => self.step_in(pane, Step::Rows(3), context),
            Mouse::WheelUp => self.step_in(pane, Step::Rows(-3), context),
            Mouse::Click => {
                self.selection = None;
                self.pressed = self.spot_under(cell, context).filter(|_| pane == Pane::Article);
                self.click(pane, cell, context);
            }
            Mouse::Drag => self.drag(cell, context),
        }
    }

    /// Selects from where the button went down to `cell`; at the edges the text moves on.
    fn drag(&mut self, cell: Position, context: &ScreenContext) {
        let Some(anchor) = self.pressed else { return };
        let area = self.panes(context).text();
        if cell.y <= area.top() {
            self.step_in(Pane::Article, Step::Rows(-1), context);
        } else if cell.y + 1 >= area.bottom() {
            self.step_in(Pane::Article, Step::Rows(1), context);
        }
        if let Some(head) = self.spot_under(cell, context) {
            self.selection = Some(Selection::characters(anchor, head));
        }
    }

    /// The character at a cell of the article.
    fn spot_under(&self, cell: Position, context: &ScreenContext) -> Option<Spot> {
        let area = column(self.panes(context).text(), self.measure, context.look.page);
        let row = usize::from(cell.y.clamp(area.top(), area.bottom().max(1) - 1) - area.top());
        let document = context.document(self.pane.document)?;
        let cell = usize::from(cell.x.saturating_sub(area.x));
        let line = self.pane.line_in(row, area.height.into());
        self.pane.typeset.as_ref()?.spot_at(line, cell, document)
    }

    fn click(&mut self, pane: Pane, cell: Position, context: &ScreenContext) {
        let panes = self.panes(context);
        let area = |area: Option<Rect>| area.map(inside).filter(|area| area.contains(cell));
        match pane {
            Pane::Article => {
                self.focus = Pane::Article;
                if let Some(spot) = self.pressed {
                    self.pane.cursor_on(spot.block);
                }
            }
            Pane::Documents => {
                self.focus = Pane::Documents;
                let row = area(panes.documents).map(|area| usize::from(cell.y - area.y));
                if let Some(document) = row.and_then(|row| self.documents.document_in(row)) {
                    self.open_document(document, context);
                    self.leave_drawer(context);
                }
            }
            Pane::Themes => {
                self.focus = Pane::Themes;
                let row =
                    area(panes.themes).and_then(|area| self.themes.row_at(area, cell, context));
                if let Some(row) = row {
                    let again = self.themes.picker.cursor.chosen == row;
                    self.themes.picker.cursor.chosen = row;
                    if again {
                        self.open(context);
                    }
                }
            }
        }
    }
}
