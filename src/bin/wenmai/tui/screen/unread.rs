//! The files that were not read, each with its reason.

use ratatui::layout::Position;

use super::{Outcome, Screen};
use crate::tui::canvas::Canvas;
use crate::tui::context::ScreenContext;
use crate::tui::cursor::Cursor;
use crate::tui::event::Mouse;
use crate::tui::widget::list::{self, Pointed};
use crate::tui::widget::wrapped::draw_wrapped;
use crate::ui::action::Action;
use crate::ui::messages::Message;

/// The list that is open.
#[derive(Debug, Default)]
pub(crate) struct UnreadFilesScreen {
    cursor: Cursor,
}

impl Screen for UnreadFilesScreen {
    fn hints(&self) -> &'static [Action] {
        &[Action::Down, Action::Up, Action::Cancel]
    }

    fn act(&mut self, action: Action, context: &ScreenContext) -> Outcome {
        let height = list::body(context.area).height.into();
        match (list::step_of(action), action) {
            (Some(step), _) => self.cursor.step(step, context.skipped.len(), height),
            (_, Action::Cancel | Action::Quit | Action::Unread | Action::Open) => {
                return Outcome::Close;
            }
            _ => return Outcome::Ignored,
        }
        Outcome::Done
    }

    fn mouse(&mut self, mouse: Mouse, cell: Position, context: &ScreenContext) -> Outcome {
        let (area, len) = (list::body(context.area), context.skipped.len());
        match list::point(mouse, cell, area, len, &mut self.cursor) {
            Pointed::Row | Pointed::Moved => Outcome::Done,
            Pointed::Beside => Outcome::Close,
        }
    }

    fn lay_out(&mut self, context: &ScreenContext) {
        self.cursor.show(context.skipped.len(), list::body(context.area).height.into(), 1);
    }

    fn draw(&self, context: &ScreenContext, canvas: &mut Canvas<'_>) -> Option<Position> {
        let count = context.skipped.len().to_string();
        let title = context.tell(Message::UnreadFilesTitle, &[&count]);
        let area = list::open_popup(context.area, &title, canvas);
        let shown = context.skipped.iter().skip(self.cursor.chosen).cloned();
        let text: Vec<String> = shown.take(area.height.into()).collect();
        let none = || context.say(Message::NoUnreadFiles).to_owned();
        let mut rest = area;
        let lines = if text.is_empty() { vec![none()] } else { text };
        for line in &lines {
            let used = draw_wrapped(rest, line, canvas) as u16;
            rest.y += used.min(rest.height);
            rest.height = rest.height.saturating_sub(used);
        }
        None
    }
}
