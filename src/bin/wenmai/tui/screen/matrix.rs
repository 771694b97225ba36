//! The matrix: themes in rows, regions, documents, years or issuers in columns, how often each is
//! spoken of in the cells, and below them what the chosen column lacks. Counting runs on a thread.

mod draw;
mod gaps;
mod layout;
mod sheet;

use std::cmp::Ordering;
use std::sync::Arc;

use ratatui::layout::Position;
use wenmai::compare::matrix::{Axis, Column, Matrix as Counts, NATIONAL, ThemeCell, ThemeRow};
use wenmai::text::fold::fold_key;
use wenmai::themes::Theme;

use super::{JumpTarget, Outcome, Screen, Subject};
use crate::tui::canvas::{Canvas, inset};
use crate::tui::context::ScreenContext;
use crate::tui::cursor::Cursor;
use crate::tui::event::Mouse;
use crate::tui::picker::{Picked, Picker};
use crate::tui::query::{Answer, Asked, Job};
use crate::tui::widget::list::Pointed;
use crate::tui::widget::wrapped::draw_wrapped;
use crate::ui::action::Action;
use crate::ui::keymap::Mode;
use crate::ui::messages::Message;
use sheet::{Sheet, Widths};

/// What the numbers count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Unit {
    #[default]
    Mentions,
    Documents,
    /// Mentions in 10,000 characters.
    Rate,
}

impl Unit {
    fn next(self) -> Self {
        match self {
            Self::Mentions => Self::Rate,
            Self::Rate => Self::Documents,
            Self::Documents => Self::Mentions,
        }
    }

    fn message(self) -> Message {
        match self {
            Self::Mentions => Message::UnitMentions,
            Self::Documents => Message::UnitDocuments,
            Self::Rate => Message::UnitRate,
        }
    }

    fn value(self, cell: ThemeCell, column: &Column) -> f64 {
        match self {
            Self::Mentions => f64::from(cell.mentions),
            Self::Documents => f64::from(cell.documents),
            Self::Rate => cell.per_10k(column),
        }
    }

    /// The number of a row in column number `at`.
    fn of(self, counts: &Counts, row: &ThemeRow, at: usize) -> f64 {
        let cell = row.cells.get(at).zip(counts.columns.get(at));
        cell.map_or(0.0, |(cell, column)| self.value(*cell, column))
    }

    fn written(self, value: f64) -> String {
        if self == Self::Rate { format!("{value:.1}") } else { format!("{value:.0}") }
    }
}

/// The matrix that is open.
#[derive(Debug, Default)]
pub(crate) struct MatrixScreen {
    by: Axis,
    unit: Unit,
    counts: Option<Arc<Counts>>,
    number: u64,
    unasked: bool,
    picker: Picker,
    /// The column by which the rows are sorted; by the rank of their themes where there is none.
    sorted: Option<usize>,
    /// The rows of `counts` that are shown, in their order.
    rows: Vec<usize>,
    /// What the rows were made for.
    made_for: Option<(String, Option<usize>, Unit)>,
    /// The chosen column, and the first one in view.
    column: usize,
    first: usize,
    /// The column against which gaps are measured, where the user has chosen one.
    base: Option<usize>,
    /// The largest number of all cells.
    largest: f64,
    widths: Widths,
    notice: Option<String>,
}

impl Screen for MatrixScreen {
    fn take_job(&mut self, number: u64) -> Option<Job> {
        if !std::mem::take(&mut self.unasked) {
            return None;
        }
        self.number = number;
        Some(Job { number, asked: Asked::Matrix(self.by) })
    }

    fn answered(&mut self, number: u64, answer: Answer) {
        if let (true, Answer::Matrix(counts)) = (number == self.number, answer) {
            // Of years the newest are in sight first.
            if self.by == Axis::Year && self.counts.is_none() {
                self.column = counts.columns.len().saturating_sub(1);
            }
            self.counts = Some(counts);
            self.made_for = None;
        }
    }

    fn target(&self, context: &ScreenContext) -> Option<JumpTarget> {
        self.first_mention(context)
    }

    fn copied(&self, all: bool, context: &ScreenContext) -> Option<String> {
        let counts = self.counts.as_ref()?;
        let chosen = self.picker.cursor.chosen;
        let rows = if all { &self.rows[..] } else { self.rows.get(chosen..=chosen)? };
        let names = counts.columns.iter().map(|column| label(column, self.by, context));
        let head = [context.say(self.unit.message()).to_owned()].into_iter().chain(names);
        let rows = rows.iter().filter_map(|at| counts.rows.get(*at)).map(|row| {
            let cells = (0..counts.columns.len())
                .map(|column| self.unit.written(self.unit.of(counts, row, column)));
            [context.theme_name(row.theme).to_owned()].into_iter().chain(cells).collect::<Vec<_>>()
        });
        let lines = [head.collect::<Vec<_>>()].into_iter().chain(rows);
        Some(lines.map(|cells| cells.join("\t") + "\n").collect())
    }

    fn subject(&self) -> Option<Subject> {
        Some(Subject::Matrix)
    }

    fn is_complete(&self) -> bool {
        self.counts.is_some()
    }

    fn mode(&self) -> Mode {
        self.picker.mode()
    }

    fn hints(&self) -> &'static [Action] {
        if self.picker.is_typing() {
            return &[Action::Open, Action::Cancel];
        }
        const HINTS: [Action; 9] = [
            Action::Open,
            Action::Left,
            Action::Right,
            Action::Select,
            Action::Sort,
            Action::Scope,
            Action::Find,
            Action::Align,
            Action::Cancel,
        ];
        &HINTS
    }

    fn act(&mut self, action: Action, context: &ScreenContext) -> Outcome {
        self.notice = None;
        let typing = self.picker.is_typing();
        if !typing && self.move_column(action, context) {
            return Outcome::Done;
        }
        let height = Sheet::of(context.area).rows.height.into();
        let action = match self.picker.act(action, self.rows.len(), height) {
            Picked::Open if typing => return Outcome::Done,
            Picked::Open => return self.land(context),
            Picked::Close | Picked::Other(Action::Matrix) => return Outcome::Close,
            Picked::Done | Picked::Typed => return Outcome::Done,
            Picked::Other(action) => action,
        };
        match action {
            Action::Left | Action::FocusPrevious => self.step_column(-1),
            Action::Right | Action::FocusNext => self.step_column(1),
            Action::Select => self.unit = self.unit.next(),
            Action::Sort => self.sort_by(self.column),
            Action::Scope => self.turn(),
            Action::Align => {
                self.base = Some(self.column);
                let name = self.chosen_column().map(|column| label(column, self.by, context));
                let title = context.say(Message::GapsTitle);
                self.notice = name.map(|name| format!("{title}: {name}"));
            }
            _ => return Outcome::Ignored,
        }
        Outcome::Done
    }

    fn type_text(&mut self, text: &str, _context: &ScreenContext) {
        self.picker.type_text(text);
    }

    fn mouse(&mut self, mouse: Mouse, cell: Position, context: &ScreenContext) -> Outcome {
        let sheet = Sheet::of(context.area);
        let before = (self.picker.cursor.chosen, self.column);
        let column = self.column_at(&sheet, cell);
        if mouse == Mouse::Click && sheet.head.contains(cell) {
            if let Some(column) = column {
                self.column = column;
                self.sort_by(column);
            }
            return Outcome::Done;
        }
        if self.picker.point(mouse, cell, sheet.rows, self.rows.len()) == Pointed::Row {
            self.column = column.unwrap_or(self.column);
            if before == (self.picker.cursor.chosen, self.column) {
                return self.land(context);
            }
        }
        Outcome::Done
    }

    fn lay_out(&mut self, context: &ScreenContext) {
        let Some(counts) = self.counts.clone() else { return };
        let sheet = Sheet::of(context.area);
        self.column = self.column.min(counts.columns.len().saturating_sub(1));
        self.fill(&counts, context);
        self.picker.show(self.rows.len(), sheet.rows.height.into());
        self.widths = self.measure(&sheet, context);
        let shown = self.widths.shown(&sheet, counts.columns.len());
        let lowest = (self.column + 1).saturating_sub(shown);
        let last = counts.columns.len().saturating_sub(shown);
        self.first = self.first.max(lowest).min(self.column).min(last.max(lowest));
    }

    fn draw(&self, context: &ScreenContext, canvas: &mut Canvas<'_>) -> Option<Position> {
        let sheet = Sheet::of(context.area);
        self.draw_frame(&sheet, context, canvas);
        match &self.counts {
            Some(counts) if !counts.rows.is_empty() => {
                self.draw_counts(counts, &sheet, context, canvas);
            }
            counts => {
                let by = context.say(self.by_message());
                let text = match counts {
                    Some(_) => context.tell(Message::NoMatrix, &[by]),
                    None => context.say(Message::Counting).to_owned(),
                };
                draw_wrapped(inset(sheet.rows, 1, 1), &text, canvas);
            }
        }
        self.draw_status(&sheet, context, canvas)
    }
}

impl MatrixScreen {
    /// By region, before anything is counted.
    pub(crate) fn new() -> Self {
        Self { unasked: true, ..Self::default() }
    }

    /// Filters and sorts where anything they depend on has changed.
    fn fill(&mut self, counts: &Counts, context: &ScreenContext) {
        let made_for = (self.picker.text().to_owned(), self.sorted, self.unit);
        if self.made_for.as_ref() == Some(&made_for) {
            return;
        }
        let kept = self.chosen_row().map(|row| row.theme);
        let wanted = fold_key(self.picker.text());
        let fits =
            |row: &ThemeRow| context.theme(row.theme).is_some_and(|theme| fits(theme, &wanted));
        let all = (0..).zip(&counts.rows);
        self.rows = all.filter(|(_, row)| fits(row)).map(|(at, _)| at).collect();
        let unit = self.unit;
        if let Some(column) = self.sorted {
            let value =
                |at: &usize| counts.rows.get(*at).map_or(0.0, |row| unit.of(counts, row, column));
            self.rows.sort_by(|a, b| value(b).partial_cmp(&value(a)).unwrap_or(Ordering::Equal));
        }
        let columns = 0..counts.columns.len();
        let values = counts
            .rows
            .iter()
            .flat_map(|row| columns.clone().map(move |column| unit.of(counts, row, column)));
        self.largest = values.fold(0.0, f64::max);
        // The chosen theme stays the chosen one where only what is shown has changed.
        let of_kept = |at: &usize| counts.rows.get(*at).map(|row| row.theme) == kept;
        let resorted = self.made_for.as_ref().is_some_and(|(_, sorted, _)| *sorted != self.sorted);
        let place = self.rows.iter().position(of_kept).filter(|_| kept.is_some() && !resorted);
        self.picker.cursor = Cursor { chosen: place.unwrap_or(0), top: self.picker.cursor.top };
        self.made_for = Some(made_for);
    }

    fn sort_by(&mut self, column: usize) {
        self.sorted = if self.sorted == Some(column) { None } else { Some(column) };
    }

    /// Counts by something else.
    fn turn(&mut self) {
        self.by = match self.by {
            Axis::Region => Axis::Document,
            Axis::Document => Axis::Year,
            Axis::Year => Axis::Issuer,
            Axis::Issuer => Axis::Region,
        };
        let mut picker = std::mem::take(&mut self.picker);
        picker.cursor = Cursor::default();
        *self = Self { by: self.by, unit: self.unit, picker, unasked: true, ..Self::default() };
    }

    /// Moves by pages of columns, and to the first and the last one; false for another action.
    fn move_column(&mut self, action: Action, context: &ScreenContext) -> bool {
        let columns = self.counts.as_ref().map_or(0, |counts| counts.columns.len());
        let shown = self.widths.shown(&Sheet::of(context.area), columns) as isize;
        match action {
            Action::NextParagraph => self.step_column(shown),
            Action::PreviousParagraph => self.step_column(-shown),
            Action::NextRegion => self.column = columns.saturating_sub(1),
            Action::PreviousRegion => self.column = 0,
            _ => return false,
        }
        true
    }

    fn step_column(&mut self, by: isize) {
        let columns = self.counts.as_ref().map_or(0, |counts| counts.columns.len());
        self.column = self.column.saturating_add_signed(by).min(columns.saturating_sub(1));
    }

    fn chosen_row(&self) -> Option<&ThemeRow> {
        let row = self.rows.get(self.picker.cursor.chosen)?;
        self.counts.as_ref()?.rows.get(*row)
    }

    /// The column against which gaps are measured: the whole country, or a text for it, or else
    /// the first one.
    fn base(&self, context: &ScreenContext) -> usize {
        let national = || {
            let counts = self.counts.as_ref()?;
            let is_national = |column: &Column| match (self.by, column.documents.first()) {
                (Axis::Document, Some(one)) => context.region(*one) == Some(NATIONAL),
                _ => column.name == NATIONAL,
            };
            counts.columns.iter().position(is_national)
        };
        self.base.or_else(national).unwrap_or(0)
    }

    /// The first mention of the chosen cell.
    fn first_mention(&self, context: &ScreenContext) -> Option<JumpTarget> {
        let (row, column) = self.chosen_row().zip(self.chosen_column())?;
        column.documents.iter().find_map(|document| {
            let mention = context.mentions_of(row.theme, *document).next()?;
            let (block, span) = (Some(mention.block), Some(mention.span));
            Some(JumpTarget { document: *document, block, span })
        })
    }

    /// Goes to the first mention of the chosen cell.
    fn land(&mut self, context: &ScreenContext) -> Outcome {
        let Some((row, column)) = self.chosen_row().zip(self.chosen_column()) else {
            return Outcome::Done;
        };
        let theme = row.theme;
        if let Some(landing) = self.first_mention(context) {
            return Outcome::Mention(theme, landing);
        }
        let names = (label(column, self.by, context), context.theme_name(theme));
        self.notice = Some(context.tell(Message::NoMention, &[&names.0, names.1]));
        Outcome::Done
    }

    fn chosen_column(&self) -> Option<&Column> {
        self.counts.as_ref()?.columns.get(self.column)
    }
}

fn fits(theme: &Theme, wanted: &str) -> bool {
    let mut names = std::iter::once(&theme.name).chain(&theme.aliases);
    wanted.is_empty() || names.any(|name| fold_key(name).contains(wanted))
}

/// What a column is called; a document by its region and month.
fn label(column: &Column, by: Axis, context: &ScreenContext) -> String {
    let document = column.documents.first().filter(|_| by == Axis::Document);
    let Some((at, card)) = document.and_then(|at| Some((*at, context.card(*at)?))) else {
        return context.look.lang.place(&column.name).to_owned();
    };
    let month = card.metadata.date().map(wenmai::document::PartialDate::abbreviated);
    let region = context.region(at).map(str::to_owned);
    match (region, month) {
        (None, None) => card.metadata.title,
        (region, month) => [region, month].into_iter().flatten().collect::<Vec<_>>().join(" "),
    }
}

#[cfg(test)]
mod tests;
