//! Help: every action with its keys, from the one table. It can be searched, and Enter does what the
//! chosen row says, so that it is the list of commands, too.

use ratatui::layout::{Position, Rect};
use wenmai::text::fold::fold_key;

use super::{Outcome, ScreenContext};
use crate::tui::canvas::{Canvas, line_of};
use crate::tui::cursor::{Cursor, Step};
use crate::tui::event::Mouse;
use crate::tui::widget::list::{self, ListRow};
use crate::tui::widget::prompt::Prompt;
use crate::ui::action::{Action, Entry, TABLE};
use crate::ui::key_table::live_keys;
use crate::ui::keymap::Mode;
use crate::ui::lang::Lang;
use crate::ui::messages::Message;

/// The help that is open.
#[derive(Debug, Default)]
pub(crate) struct Help {
    prompt: Prompt,
    typing: bool,
    cursor: Cursor,
    rows: Vec<(ListRow, Option<Action>)>,
}

impl Help {
    /// All of it.
    pub(crate) fn new(context: &ScreenContext) -> Self {
        let mut help = Self::default();
        help.fill(context);
        help
    }

    pub(crate) fn mode(&self) -> Mode {
        if self.typing { Mode::Typing } else { Mode::Reading }
    }

    pub(crate) fn act(&mut self, action: Action, context: &ScreenContext) -> Outcome {
        if self.typing && self.prompt.act(action) {
            return Outcome::Done;
        }
        if let Some(step) = list::step_of(action) {
            self.step(step, context);
            return Outcome::Done;
        }
        match action {
            Action::Find | Action::Commands => self.typing = true,
            Action::Open => return self.chosen().map_or(Outcome::Done, Outcome::Run),
            Action::Cancel if self.typing || !self.prompt.text().is_empty() => {
                self.typing = false;
                self.prompt = Prompt::default();
            }
            Action::Cancel | Action::Quit | Action::Help => return Outcome::Close,
            _ => {}
        }
        Outcome::Done
    }

    pub(crate) fn type_text(&mut self, text: &str) {
        self.prompt.insert(text);
        self.cursor = Cursor::default();
    }

    pub(crate) fn mouse(
        &mut self,
        mouse: Mouse,
        cell: Position,
        context: &ScreenContext,
    ) -> Outcome {
        match mouse {
            Mouse::WheelDown => self.step(Step::Rows(3), context),
            Mouse::WheelUp => self.step(Step::Rows(-3), context),
            Mouse::Drag => {}
            Mouse::Click => match list::row_at(rows_area(context.area), self.cursor, cell) {
                Some(row) => self.cursor.chosen = row,
                None => return Outcome::Close,
            },
        }
        Outcome::Done
    }

    pub(crate) fn lay_out(&mut self, context: &ScreenContext) {
        self.fill(context);
        self.skip_heading(1);
        let height = rows_area(context.area).height.into();
        self.cursor.show(self.rows.len(), height, 1);
    }

    pub(crate) fn draw(
        &self,
        context: &ScreenContext,
        canvas: &mut Canvas<'_>,
    ) -> Option<Position> {
        let area = list::open_popup(context.area, context.say(Message::HelpTitle), canvas);
        let top = line_of(area, 0);
        let caret = self.prompt.draw(top, " / ", canvas);
        let rows: Vec<ListRow> = self.rows.iter().map(|(row, _)| row.clone()).collect();
        list::draw(rows_area(context.area), &rows, self.cursor, canvas);
        if rows.is_empty() {
            let palette = canvas.look.palette;
            canvas.write_cut(line_of(area, 2), context.say(Message::NothingFits), palette.faint);
        }
        self.typing.then_some(caret)
    }

    fn chosen(&self) -> Option<Action> {
        self.rows.get(self.cursor.chosen).and_then(|(_, action)| *action)
    }

    fn step(&mut self, step: Step, context: &ScreenContext) {
        self.cursor.step(step, self.rows.len(), rows_area(context.area).height.into());
        let up = matches!(step, Step::Rows(rows) | Step::Halves(rows) if rows < 0);
        self.skip_heading(if up && self.cursor.chosen > 0 { -1 } else { 1 });
    }

    fn skip_heading(&mut self, by: isize) {
        let heading = |at: usize| self.rows.get(at).is_some_and(|(_, action)| action.is_none());
        if heading(self.cursor.chosen) {
            self.cursor.chosen = self.cursor.chosen.saturating_add_signed(by);
        }
    }

    fn fill(&mut self, context: &ScreenContext) {
        let wanted = fold_key(self.prompt.text().trim());
        let keymap = &context.keymap;
        let fits = |entry: &&Entry| {
            let keys = live_keys(entry, keymap).join(" ");
            let texts = [entry.name, entry.help(Lang::English), entry.help(Lang::Chinese), &keys];
            texts.iter().any(|text| fold_key(text).contains(&wanted))
        };
        let fitting: Vec<&Entry> = TABLE.iter().filter(fits).collect();
        self.rows =
            fitting.chunk_by(|a, b| a.group == b.group).flat_map(|g| rows(g, context)).collect();
    }
}

fn rows(group: &[&Entry], context: &ScreenContext) -> Vec<(ListRow, Option<Action>)> {
    let lang = context.look.lang;
    let title = group.first().map_or("", |entry| entry.group.title(lang));
    let heading = ListRow { left: title.to_owned(), heading: true, ..ListRow::default() };
    let row = |entry: &&Entry| {
        let keys = live_keys(entry, &context.keymap).join(" ");
        let left = format!("{keys:<22} {}", entry.help(lang));
        (ListRow { left, right: entry.name.to_owned(), heading: false }, Some(entry.action))
    };
    std::iter::once((heading, None)).chain(group.iter().map(row)).collect()
}

fn rows_area(area: Rect) -> Rect {
    let body = list::body(area);
    Rect { y: body.y + 1.min(body.height), height: body.height.saturating_sub(1), ..body }
}
