//! The history of a wording: its use by year, and who used it first here and who followed, each with
//! its line. It is searched for on a thread.

use std::sync::Arc;

use ratatui::layout::{Position, Rect};
use wenmai::document::{DocIndex, Summary};
use wenmai::facts::first_uses::{FirstUses, Grouping, Step};
use wenmai::find::fulltext::SearchResults;
use wenmai::find::uses::uses;

use super::{JumpTarget, Outcome, Screen};
use crate::tui::canvas::{Canvas, inset, line_of};
use crate::tui::context::ScreenContext;
use crate::tui::cursor::Cursor;
use crate::tui::event::Mouse;
use crate::tui::query::{Answer, Asked, Job};
use crate::tui::widget::{kwic, list, list_frame};
use crate::ui::action::Action;
use crate::ui::messages::Message;
use crate::ui::over_time::OverTime;

/// Rows above the list: the years, their texts, those with the wording, the share, a blank.
const TABLE_ROWS: u16 = 5;
/// Cells of a year.
const YEAR: usize = 7;
/// Cells of the names of the rows.
const NAMES: usize = 11;
/// Cells of day, days since the first, and place.
const LABEL: u16 = 34;

/// The history that is open.
#[derive(Debug)]
pub(crate) struct TraceScreen {
    wording: String,
    by: Grouping,
    number: u64,
    unasked: bool,
    found: Option<Arc<SearchResults>>,
    uses: Option<FirstUses>,
    cursor: Cursor,
}

impl TraceScreen {
    /// The history of `wording`.
    pub(crate) fn new(wording: &str) -> Self {
        Self {
            wording: wording.replace('\n', ""),
            by: Grouping::default(),
            number: 0,
            unasked: true,
            found: None,
            uses: None,
            cursor: Cursor::default(),
        }
    }

    fn steps(&self) -> &[Step] {
        self.uses.as_ref().map_or(&[], |uses| &uses.steps)
    }

    fn place(&self) -> Option<JumpTarget> {
        let first = self.steps().get(self.cursor.chosen)?.first;
        let (block, span) = (Some(first.block), Some(first.span));
        Some(JumpTarget { document: first.document, block, span })
    }

    fn land(&self) -> Outcome {
        self.place().map_or(Outcome::Done, Outcome::Land)
    }

    fn fill(&mut self, context: &ScreenContext) {
        let Some(found) = &self.found else { return };
        let library = &context.library;
        let uses = uses(found, library.arena(), library.documents(), true);
        let cards: Vec<(DocIndex, Summary)> = library.indices().zip(library.cards()).collect();
        self.uses = Some(FirstUses::new(&uses.uses, &cards, self.by));
        self.cursor = Cursor::default();
    }

    fn title(&self, context: &ScreenContext) -> String {
        let Some(uses) = &self.uses else { return self.wording.clone() };
        let first = uses.first().map_or_else(|| "—".to_owned(), |step| step.date.to_string());
        let counts = [uses.documents.to_string(), uses.mentions.to_string()];
        let groups = uses.steps.len().to_string();
        let parts = [self.wording.as_str(), &counts[0], &counts[1], &groups, &first];
        OverTime::TraceHead.tell(context.look.lang, &parts)
    }

    fn draw_years(&self, area: Rect, context: &ScreenContext, canvas: &mut Canvas<'_>) {
        let Some(uses) = &self.uses else { return };
        let (lang, palette) = (context.look.lang, canvas.look.palette);
        let room = usize::from(area.width).saturating_sub(NAMES + 1) / YEAR;
        let years = uses.series.get(uses.series.len().saturating_sub(room)..).unwrap_or_default();
        let names = [OverTime::Year, OverTime::TextsHere, OverTime::TextsWithIt, OverTime::Share];
        for (row, name) in names.into_iter().enumerate() {
            let line = line_of(area, row);
            canvas.write_cut(inset(line, 1, 0), name.say(lang), palette.faint);
            for (at, year) in years.iter().enumerate() {
                // Blank: no text of the year; a point: none of so many.
                let text = match (row, year.texts) {
                    (0, _) => year.year.to_string(),
                    (_, 0) => String::new(),
                    (1, texts) => texts.to_string(),
                    (2, _) if year.documents == 0 => "·".to_owned(),
                    (2, _) => year.documents.to_string(),
                    _ => format!("{:.1}%", year.share().unwrap_or_default() * 100.0),
                };
                let from = (NAMES + at * YEAR) as u16;
                let cell = Rect { x: line.x + from, width: YEAR as u16, ..line };
                canvas.write_right(cell, &text, palette.text);
            }
        }
    }

    fn draw_step(&self, line: Rect, step: &Step, context: &ScreenContext, canvas: &mut Canvas<'_>) {
        let palette = canvas.look.palette;
        let days = step.days.map(|days| days.to_string()).unwrap_or_else(|| "—".to_owned());
        let days = OverTime::Days.tell(context.look.lang, &[&days]);
        let label = Rect { width: LABEL.min(line.width), ..line };
        let day = Rect { width: label.width.min(11), ..label };
        canvas.write_cut(day, &step.date.to_string(), palette.faint);
        let since = Rect {
            x: label.x + 11.min(label.width),
            width: label.width.saturating_sub(11).min(8),
            ..label
        };
        canvas.write_right(since, &days, palette.faint);
        let place = inset(label, 20.min(label.width), 0);
        canvas.write_cut(place, context.look.lang.place(&step.place), palette.heading);
        let rest = inset(line, label.width, 0);
        let block = context
            .document(step.first.document)
            .and_then(|document| document.blocks.get(step.first.block as usize));
        if let Some(block) = block.filter(|_| rest.width > 8) {
            kwic::draw(rest, &block.text, step.first.span, palette.theme, canvas);
        }
    }
}

impl Screen for TraceScreen {
    fn hints(&self) -> &'static [Action] {
        &[Action::Open, Action::Scope, Action::Cancel]
    }

    fn take_job(&mut self, number: u64) -> Option<Job> {
        if !std::mem::take(&mut self.unasked) {
            return None;
        }
        self.number = number;
        Some(Job { number, asked: Asked::Phrase(self.wording.clone()) })
    }

    fn answered(&mut self, number: u64, answer: Answer) {
        if let (true, Answer::Text(found, _)) = (number == self.number, answer) {
            self.found = Some(found);
            self.uses = None;
        }
    }

    fn act(&mut self, action: Action, context: &ScreenContext) -> Outcome {
        if let Some(step) = list::step_of(action) {
            let height = list_area(context.area).height.into();
            self.cursor.step(step, self.steps().len(), height);
            return Outcome::Done;
        }
        match action {
            Action::Open => return self.land(),
            Action::Cancel | Action::Quit | Action::Trace => return Outcome::Close,
            Action::Scope => {
                self.by = match self.by {
                    Grouping::Region => Grouping::City,
                    Grouping::City => Grouping::Issuer,
                    Grouping::Issuer => Grouping::Level,
                    Grouping::Level => Grouping::Region,
                };
                self.uses = None;
            }
            _ => return Outcome::Ignored,
        }
        Outcome::Done
    }

    fn target(&self, _context: &ScreenContext) -> Option<JumpTarget> {
        self.place()
    }

    fn mouse(&mut self, mouse: Mouse, cell: Position, context: &ScreenContext) -> Outcome {
        let (area, len) = (list_area(context.area), self.steps().len());
        if list_frame::is_opened(mouse, cell, area, len, &mut self.cursor) {
            return self.land();
        }
        Outcome::Done
    }

    fn lay_out(&mut self, context: &ScreenContext) {
        if self.uses.is_none() {
            self.fill(context);
        }
        let height = list_area(context.area).height.into();
        self.cursor.show(self.steps().len(), height, 1);
    }

    fn draw(&self, context: &ScreenContext, canvas: &mut Canvas<'_>) -> Option<Position> {
        list_frame::draw(context.area, &self.title(context), canvas);
        if has_table(context.area) {
            self.draw_years(list_frame::inner(context.area), context, canvas);
        }
        let area = list_area(context.area);
        if self.steps().is_empty() {
            let message = if self.uses.is_some() { Message::NoMention } else { Message::Counting };
            list_frame::draw_message(area, context.say(message), canvas);
        }
        list_frame::draw_rows(area, self.cursor, self.steps().len(), canvas, |line, at, canvas| {
            if let Some(step) = self.steps().get(at) {
                self.draw_step(line, step, context, canvas);
            }
        });
        list_frame::draw_status(context.area, &self.silent(context), canvas);
        None
    }
}

impl TraceScreen {
    /// Who never says it.
    fn silent(&self, context: &ScreenContext) -> String {
        let Some(uses) = self.uses.as_ref().filter(|uses| !uses.silent.is_empty()) else {
            return String::new();
        };
        let lang = context.look.lang;
        let one = |(group, texts): &(String, usize)| {
            OverTime::SilentOne.tell(lang, &[group, &texts.to_string()])
        };
        let list: Vec<String> = uses.silent.iter().map(one).collect();
        let list = list.join(OverTime::ListSeparator.say(lang));
        OverTime::Silent.tell(lang, &[&uses.silent.len().to_string(), &list])
    }
}

/// True where the years fit above the list.
fn has_table(area: Rect) -> bool {
    area.height >= 16 && area.width >= 60
}

fn list_area(area: Rect) -> Rect {
    let inner = list_frame::inner(area);
    let above = if has_table(area) { TABLE_ROWS.min(inner.height) } else { 0 };
    Rect { y: inner.y + above, height: inner.height - above, ..inner }
}
