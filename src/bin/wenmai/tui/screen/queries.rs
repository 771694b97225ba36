//! Saved queries: lists of documents under a name, with how many each finds now. Enter shows one in
//! the documents pane. The first ones are always there.

use ratatui::layout::Position;
use wenmai::annotations::reading_state::Change;
use wenmai::document::DocIndex;
use wenmai::find::documents::{DocumentFilter, State};
use wenmai::text::width::pad;

use super::{Outcome, Screen};
use crate::tui::canvas::Canvas;
use crate::tui::context::ScreenContext;
use crate::tui::cursor::Cursor;
use crate::tui::event::Mouse;
use crate::tui::query::{Answer, Asked, Job};
use crate::tui::widget::list::{self, ListRow, Pointed};
use crate::ui::action::Action;
use crate::ui::messages::Message;

/// Cells of a name.
const NAME: usize = 16;

/// The list that is open.
#[derive(Debug)]
pub(crate) struct QueriesScreen {
    rows: Vec<SavedQuery>,
    cursor: Cursor,
    made_for: u64,
    number: u64,
    unasked: bool,
}

#[derive(Debug)]
struct SavedQuery {
    name: String,
    query: String,
    /// Whether it can be removed.
    own: bool,
    filter: Option<DocumentFilter>,
    found: Option<Vec<DocIndex>>,
}

impl QueriesScreen {
    pub(crate) fn new(context: &ScreenContext) -> Self {
        let (made_for, cursor) = (context.keeping.version(), Cursor::default());
        Self { rows: rows(context), cursor, made_for, number: 0, unasked: true }
    }

    fn open(&self) -> Outcome {
        let chosen = self.rows.get(self.cursor.chosen);
        chosen.map_or(Outcome::Done, |row| Outcome::ShowQuery(row.query.clone()))
    }
}

fn rows(context: &ScreenContext) -> Vec<SavedQuery> {
    let say = |message| context.say(message);
    let always = [
        (say(Message::QueryUnread), "is:unread"),
        (say(Message::QueryNoted), "has:note"),
        (say(Message::QueryNew), "since:30d"),
    ];
    let row = |(name, query): (&str, &str), own: bool| SavedQuery {
        name: name.to_owned(),
        query: query.to_owned(),
        own,
        filter: DocumentFilter::parse(query, context.today).ok(),
        found: None,
    };
    let saved = context.keeping.kept().queries().map(|one| row(one, true));
    always.into_iter().map(|one| row(one, false)).chain(saved).collect()
}

impl SavedQuery {
    /// How many documents it finds, those included that only the user's annotations tell.
    fn count(&self, context: &ScreenContext) -> Option<(usize, usize)> {
        let (found, filter) = (self.found.as_ref()?, self.filter.as_ref()?);
        let cards = found.iter().filter_map(|at| context.card(*at));
        let passing = cards.filter(|card| {
            let mut states = filter.states().iter();
            states.all(|(state, wanted)| context.keeping.is_so(card, state) == *wanted)
        });
        let unread = passing.map(|card| context.keeping.is_so(&card, &State::Unread));
        Some(unread.fold((0, 0), |(all, unread), one| (all + 1, unread + usize::from(one))))
    }
}

impl Screen for QueriesScreen {
    fn hints(&self) -> &'static [Action] {
        &[Action::Open, Action::Remove, Action::Cancel]
    }

    fn take_job(&mut self, number: u64) -> Option<Job> {
        if !std::mem::take(&mut self.unasked) {
            return None;
        }
        self.number = number;
        let filters = self.rows.iter().map(|row| row.filter.clone().unwrap_or_default());
        Some(Job { number, asked: Asked::Lists(filters.collect()) })
    }

    fn answered(&mut self, number: u64, answer: Answer) {
        if let (true, Answer::Lists(lists)) = (number == self.number, answer) {
            for (row, found) in self.rows.iter_mut().zip(lists) {
                row.found = Some(found);
            }
        }
    }

    fn act(&mut self, action: Action, context: &ScreenContext) -> Outcome {
        if let Some(step) = list::step_of(action) {
            self.cursor.step(step, self.rows.len(), list::body(context.area).height.into());
            return Outcome::Done;
        }
        match action {
            Action::Open => self.open(),
            Action::Cancel | Action::Quit | Action::Queries => Outcome::Close,
            Action::Remove => match self.rows.get(self.cursor.chosen).filter(|row| row.own) {
                Some(row) => Outcome::Annotate(vec![Change::Query(row.name.clone(), None)]),
                None => Outcome::Ignored,
            },
            _ => Outcome::Ignored,
        }
    }

    fn mouse(&mut self, mouse: Mouse, cell: Position, context: &ScreenContext) -> Outcome {
        let (area, len) = (list::body(context.area), self.rows.len());
        match list::point(mouse, cell, area, len, &mut self.cursor) {
            Pointed::Row => self.open(),
            Pointed::Moved => Outcome::Done,
            Pointed::Beside => Outcome::Close,
        }
    }

    fn lay_out(&mut self, context: &ScreenContext) {
        if self.made_for != context.keeping.version() {
            let before = std::mem::replace(&mut self.rows, rows(context));
            for row in &mut self.rows {
                let same = before.iter().find(|one| one.query == row.query);
                row.found = same.and_then(|one| one.found.clone());
            }
            self.made_for = context.keeping.version();
            self.unasked = true;
        }
        self.cursor.show(self.rows.len(), list::body(context.area).height.into(), 1);
    }

    fn draw(&self, context: &ScreenContext, canvas: &mut Canvas<'_>) -> Option<Position> {
        let area = list::open_popup(context.area, context.say(Message::QueriesTitle), canvas);
        let ambiguous = canvas.look.ambiguous;
        let row = |row: &SavedQuery| {
            let name = pad(&row.name, NAME.max(canvas.look.cells(&row.name)), ambiguous);
            let right = match row.count(context) {
                Some((all, unread)) => {
                    let counts = [all.to_string(), unread.to_string()];
                    context.tell(Message::QueryCounts, &[&counts[0], &counts[1]])
                }
                None => String::new(),
            };
            ListRow { left: format!("{name}  {}", row.query), right, heading: false }
        };
        let rows: Vec<ListRow> = self.rows.iter().map(row).collect();
        list::draw(area, &rows, self.cursor, canvas);
        None
    }
}
