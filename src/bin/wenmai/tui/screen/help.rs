//! Help: every action with its keys, from the one table. It can be searched, and Enter does what the
//! chosen row says, so that it is the list of commands, too.

use ratatui::layout::Position;
use wenmai::text::fold::fold_key;

use super::{Outcome, Screen};
use crate::tui::canvas::{Canvas, line_of};
use crate::tui::context::ScreenContext;
use crate::tui::cursor::{Cursor, Step};
use crate::tui::event::Mouse;
use crate::tui::picker::{Picked, Picker, popup_rows, wheel_step};
use crate::tui::widget::list::{self, ListRow};
use crate::ui::action::{Action, ActionSpec, TABLE, entry};
use crate::ui::key_table::live_keys;
use crate::ui::keymap::Mode;
use crate::ui::lang::Lang;
use crate::ui::messages::Message;

/// The help that is open.
#[derive(Debug, Default)]
pub(crate) struct HelpScreen {
    picker: Picker,
    rows: Vec<(ListRow, Option<Action>)>,
    /// The actions of the screen below, which come first.
    here: &'static [Action],
}

impl Screen for HelpScreen {
    fn mode(&self) -> Mode {
        self.picker.mode()
    }

    fn hints(&self) -> &'static [Action] {
        &[Action::Open, Action::Find, Action::Cancel]
    }

    fn act(&mut self, action: Action, context: &ScreenContext) -> Outcome {
        if let Some(step) = list::step_of(action) {
            self.step(step, context);
            return Outcome::Done;
        }
        let height = popup_rows(context.area).height.into();
        match self.picker.act(action, self.rows.len(), height) {
            Picked::Open => return self.chosen().map_or(Outcome::Done, Outcome::Run),
            Picked::Other(Action::Commands) => self.picker.start(),
            Picked::Close | Picked::Other(Action::Help) => return Outcome::Close,
            Picked::Other(_) => return Outcome::Ignored,
            Picked::Done | Picked::Typed => {}
        }
        Outcome::Done
    }

    fn type_text(&mut self, text: &str, _context: &ScreenContext) {
        self.picker.type_text(text);
        self.picker.cursor = Cursor::default();
    }

    fn mouse(&mut self, mouse: Mouse, cell: Position, context: &ScreenContext) -> Outcome {
        if let Some(step) = wheel_step(mouse) {
            self.step(step, context);
        } else if mouse == Mouse::Click {
            match list::row_at(popup_rows(context.area), self.picker.cursor, cell) {
                Some(row) => self.picker.cursor.chosen = row,
                None => return Outcome::Close,
            }
        }
        Outcome::Done
    }

    fn lay_out(&mut self, context: &ScreenContext) {
        self.fill(context);
        self.skip_heading(1);
        self.picker.show(self.rows.len(), popup_rows(context.area).height.into());
    }

    fn draw(&self, context: &ScreenContext, canvas: &mut Canvas<'_>) -> Option<Position> {
        let area = list::open_popup(context.area, context.say(Message::HelpTitle), canvas);
        let cursor = self.picker.draw_prompt(line_of(area, 0), " / ", canvas);
        let rows: Vec<ListRow> = self.rows.iter().map(|(row, _)| row.clone()).collect();
        list::draw(popup_rows(context.area), &rows, self.picker.cursor, canvas);
        if rows.is_empty() {
            let palette = canvas.look.palette;
            canvas.write_cut(line_of(area, 2), context.say(Message::NothingFits), palette.faint);
        }
        cursor
    }
}

impl HelpScreen {
    /// All of it.
    pub(crate) fn new(context: &ScreenContext) -> Self {
        let mut help = Self::default();
        help.fill(context);
        help
    }

    /// All of it, the actions of the screen below first.
    pub(crate) fn of_screen(here: &'static [Action], context: &ScreenContext) -> Self {
        let mut help = Self { here, ..Self::default() };
        help.fill(context);
        help
    }

    fn chosen(&self) -> Option<Action> {
        self.rows.get(self.picker.cursor.chosen).and_then(|(_, action)| *action)
    }

    fn step(&mut self, step: Step, context: &ScreenContext) {
        self.picker.cursor.step(step, self.rows.len(), popup_rows(context.area).height.into());
        let up = matches!(step, Step::Rows(rows) | Step::Halves(rows) if rows < 0);
        self.skip_heading(if up && self.picker.cursor.chosen > 0 { -1 } else { 1 });
    }

    fn skip_heading(&mut self, by: isize) {
        let heading = |at: usize| self.rows.get(at).is_some_and(|(_, action)| action.is_none());
        if heading(self.picker.cursor.chosen) {
            self.picker.cursor.chosen = self.picker.cursor.chosen.saturating_add_signed(by);
        }
    }

    fn fill(&mut self, context: &ScreenContext) {
        let wanted = fold_key(self.picker.text());
        let keymap = &context.keymap;
        let fits = |entry: &&ActionSpec| {
            let keys = live_keys(entry, keymap).join(" ");
            let texts = [entry.name, entry.help(Lang::English), entry.help(Lang::Chinese), &keys];
            texts.iter().any(|text| fold_key(text).contains(&wanted))
        };
        let fitting: Vec<&ActionSpec> = TABLE.iter().filter(fits).collect();
        let here = self.here.iter().filter_map(|action| entry(*action)).filter(&fits);
        let here: Vec<&ActionSpec> = here.collect();
        let lang = context.look.lang;
        let title = context.say(Message::HelpHere);
        self.rows = if here.is_empty() { Vec::new() } else { rows(title, &here, context) };
        let groups = fitting.chunk_by(|a, b| a.group == b.group);
        let title = |group: &[&ActionSpec]| group.first().map_or("", |one| one.group.title(lang));
        self.rows.extend(groups.flat_map(|group| rows(title(group), group, context)));
    }
}

fn rows(
    title: &str,
    group: &[&ActionSpec],
    context: &ScreenContext,
) -> Vec<(ListRow, Option<Action>)> {
    let lang = context.look.lang;
    let heading = ListRow { left: title.to_owned(), heading: true, ..ListRow::default() };
    let row = |entry: &&ActionSpec| {
        let keys = live_keys(entry, &context.keymap).join(" ");
        let left = format!("{keys:<22} {}", entry.help(lang));
        (ListRow { left, right: entry.name.to_owned(), heading: false }, Some(entry.action))
    };
    std::iter::once((heading, None)).chain(group.iter().map(row)).collect()
}
