//! The outline: the headings of the open document, the one that is being read chosen. Enter goes
//! to a heading.

use ratatui::layout::Position;
use wenmai::document::DocIndex;

use super::{JumpTarget, Outcome, Screen};
use crate::tui::canvas::{Canvas, line_of};
use crate::tui::context::ScreenContext;
use crate::tui::cursor::Cursor;
use crate::tui::event::Mouse;
use crate::tui::widget::list::{self, ListRow, Pointed};
use crate::ui::action::Action;
use crate::ui::messages::Message;

/// The outline that is open.
#[derive(Debug)]
pub(crate) struct OutlineScreen {
    document: DocIndex,
    cursor: Cursor,
    rows: Vec<ListRow>,
    blocks: Vec<u32>,
}

impl OutlineScreen {
    /// The outline of `document`, of which `block` is being read.
    pub(crate) fn new(document: DocIndex, block: u32, context: &ScreenContext) -> Self {
        let headings = context.document(document).map_or(&[][..], |document| &document.outline);
        let behind = headings.partition_point(|heading| heading.block <= block);
        let row = |heading: &wenmai::document::Heading| {
            let indent = "  ".repeat(usize::from(heading.level.clamp(1, 6)) - 1);
            ListRow { left: format!("{indent}{}", heading.title), ..ListRow::default() }
        };
        Self {
            document,
            cursor: Cursor { chosen: behind.saturating_sub(1), top: 0 },
            rows: headings.iter().map(row).collect(),
            blocks: headings.iter().map(|heading| heading.block).collect(),
        }
    }

    fn land(&self) -> Outcome {
        self.place().map_or(Outcome::Close, Outcome::Land)
    }

    fn place(&self) -> Option<JumpTarget> {
        let block = self.blocks.get(self.cursor.chosen).copied()?;
        Some(JumpTarget { document: self.document, block: Some(block), span: None })
    }
}

impl Screen for OutlineScreen {
    fn act(&mut self, action: Action, context: &ScreenContext) -> Outcome {
        let height = list::body(context.area).height.into();
        match (list::step_of(action), action) {
            (Some(step), _) => self.cursor.step(step, self.rows.len(), height),
            (_, Action::Open) => return self.land(),
            (_, Action::Cancel | Action::Quit | Action::Outline) => return Outcome::Close,
            _ => return Outcome::Ignored,
        }
        Outcome::Done
    }

    fn target(&self, _context: &ScreenContext) -> Option<JumpTarget> {
        self.place()
    }

    fn mouse(&mut self, mouse: Mouse, cell: Position, context: &ScreenContext) -> Outcome {
        let area = list::body(context.area);
        match list::point(mouse, cell, area, self.rows.len(), &mut self.cursor) {
            Pointed::Row => self.land(),
            Pointed::Moved => Outcome::Done,
            Pointed::Beside => Outcome::Close,
        }
    }

    fn lay_out(&mut self, context: &ScreenContext) {
        self.cursor.show(self.rows.len(), list::body(context.area).height.into(), 1);
    }

    fn draw(&self, context: &ScreenContext, canvas: &mut Canvas<'_>) -> Option<Position> {
        let area = list::open_popup(context.area, context.say(Message::OutlineTitle), canvas);
        list::draw(area, &self.rows, self.cursor, canvas);
        if self.rows.is_empty() {
            let palette = canvas.look.palette;
            canvas.write_cut(line_of(area, 0), context.say(Message::NoHeadings), palette.faint);
        }
        None
    }
}
