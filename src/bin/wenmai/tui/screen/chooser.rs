//! The choice of what to compare the open text with: marked texts first and chosen already, or those
//! with which it was compared last, then those nearest to it, then the rest; or, as soon as something is typed, what it finds in titles.

use ratatui::layout::{Position, Rect};
use wenmai::document::DocIndex;
use wenmai::find::topics::TopicsFound;
use wenmai::themes::related::nearest;

use super::compare::{Compare, MOST_COLUMNS, Start};
use super::finder::Parts;
use super::preview::Preview;
use super::{Outcome, Screen, ScreenContext};
use crate::tui::canvas::{Canvas, Focused, inset, inside, line_of};
use crate::tui::cursor::Cursor;
use crate::tui::event::Mouse;
use crate::tui::query::{Answer, Asked, Job};
use crate::tui::widget::list::{self, Pointed};
use crate::tui::widget::prompt::Prompt;
use crate::ui::action::Action;
use crate::ui::messages::Message;

/// Near texts that stand before the others.
const NEAREST: usize = 8;

/// The chooser that is open.
#[derive(Debug)]
pub(crate) struct Chooser {
    /// The open text, which leads.
    open: DocIndex,
    start: Start,
    prompt: Prompt,
    cursor: Cursor,
    /// All texts as they stand while nothing is typed.
    all: Vec<DocIndex>,
    /// What the typed text has found.
    found: Option<Vec<DocIndex>>,
    /// The chosen texts, in the order of their columns.
    chosen: Vec<DocIndex>,
    number: u64,
    unasked: bool,
    answer: Option<TopicsFound>,
    preview: Preview,
    notice: Option<String>,
}

impl Chooser {
    /// For `open`, with the texts of the library in their `order`.
    pub(crate) fn new(
        (open, start): (DocIndex, Start),
        order: &[DocIndex],
        context: &ScreenContext,
    ) -> Self {
        let chosen = chosen_already(open, context);
        let near = context.themes().map_or_else(Vec::new, |index| nearest(index, open, NEAREST));
        let mut all: Vec<DocIndex> = chosen.clone();
        all.extend(&context.marks);
        all.extend(near.iter().map(|related| related.document));
        all.extend(order);
        // Every text once, the open one last: it can be read beside itself, too.
        let mut seen = std::collections::HashSet::from([open]);
        all.retain(|one| seen.insert(*one));
        all.push(open);
        Self {
            open,
            start,
            prompt: Prompt::default(),
            cursor: Cursor::default(),
            all,
            found: None,
            chosen,
            number: 0,
            unasked: false,
            answer: None,
            preview: Preview::default(),
            notice: None,
        }
    }

    /// The titles that are to be sought now.
    pub(crate) fn take_job(&mut self, number: u64) -> Option<Job> {
        if !std::mem::take(&mut self.unasked) {
            return None;
        }
        self.number = number;
        let typed = self.prompt.text().trim();
        if typed.is_empty() {
            self.found = None;
            return None;
        }
        Some(Job { number, asked: Asked::Topics(format!("kind:title {typed}")) })
    }

    /// Takes the titles of query `number`; those of an older one come too late.
    pub(crate) fn answered(&mut self, number: u64, answer: Answer) {
        if let (true, Answer::Topics(found)) = (number == self.number, answer) {
            self.answer = Some(found);
            self.cursor = Cursor::default();
        }
    }

    pub(crate) fn act(&mut self, action: Action, context: &ScreenContext) -> Outcome {
        self.notice = None;
        if self.prompt.act(action) {
            self.unasked = true;
            return Outcome::Done;
        }
        if let Some(step) = list::step_of(action) {
            let height = Parts::of(context.area).list.height.into();
            self.cursor.step(step, self.rows().len(), height);
            return Outcome::Done;
        }
        match action {
            Action::Mark => self.toggle(context),
            Action::Open => return self.start(),
            Action::Cancel => return Outcome::Close,
            _ => {}
        }
        Outcome::Done
    }

    pub(crate) fn type_text(&mut self, text: &str) {
        self.prompt.insert(text);
        self.unasked = true;
    }

    pub(crate) fn mouse(
        &mut self,
        mouse: Mouse,
        cell: Position,
        context: &ScreenContext,
    ) -> Outcome {
        let rows = (Parts::of(context.area).list, self.rows().len());
        if list::point((mouse, cell), rows, &mut self.cursor) == Pointed::Row {
            self.toggle(context);
        }
        Outcome::Done
    }

    pub(crate) fn lay_out(&mut self, context: &ScreenContext) {
        if let Some(answer) = self.answer.take() {
            let entries = answer.hits.iter().filter_map(|hit| context.library.topics().entry(hit));
            self.found = Some(entries.filter_map(|entry| entry.document).collect());
        }
        let height = Parts::of(context.area).list.height.into();
        self.cursor.show(self.rows().len(), height, 1);
        self.preview = self
            .row()
            .map_or_else(Preview::default, |document| Preview::of_document(document, context));
    }

    fn rows(&self) -> &[DocIndex] {
        self.found.as_deref().unwrap_or(&self.all)
    }

    fn row(&self) -> Option<DocIndex> {
        self.rows().get(self.cursor.chosen).copied()
    }

    /// Chooses the text of the row, or gives it up; then on to the next row.
    fn toggle(&mut self, context: &ScreenContext) {
        let Some(document) = self.row() else { return };
        if let Some(at) = self.chosen.iter().position(|one| *one == document) {
            self.chosen.remove(at);
        } else if self.chosen.len() < MOST_COLUMNS - 1 {
            self.chosen.push(document);
        } else {
            let most = MOST_COLUMNS.to_string();
            self.notice = Some(context.tell(Message::EnoughColumns, &[&most]));
            return;
        }
        let last = self.rows().len().saturating_sub(1);
        self.cursor.chosen = (self.cursor.chosen + 1).min(last);
    }

    /// Compares with the chosen texts, or where there is none with that of the row.
    fn start(&self) -> Outcome {
        let mut documents = vec![self.open];
        documents.extend(&self.chosen);
        if self.chosen.is_empty() {
            documents.extend(self.row());
        }
        if documents.len() < 2 {
            return Outcome::Done;
        }
        Outcome::Swap(Screen::Compare(Compare::new(&documents, self.start)))
    }

    pub(crate) fn draw(
        &self,
        context: &ScreenContext,
        canvas: &mut Canvas<'_>,
    ) -> Option<Position> {
        let parts = Parts::of(context.area);
        canvas.clear(parts.body);
        parts.draw_borders(context.say(Message::ChooserTitle), context, canvas);
        let caret = self.prompt.draw(parts.prompt, " > ", canvas);
        let rows = self.rows().iter().enumerate().skip(self.cursor.top);
        for (line, (at, document)) in rows.take(parts.list.height.into()).enumerate() {
            let line = line_of(parts.list, line);
            self.draw_row(line, (*document, at == self.cursor.chosen), (context, canvas));
        }
        self.draw_count(parts.count, context, canvas);
        if let Some(preview) = parts.preview {
            self.preview.draw(inset(inside(preview), 1, 1), canvas);
        }
        Some(caret)
    }

    fn draw_row(
        &self,
        line: Rect,
        (document, chosen): (DocIndex, bool),
        (context, canvas): (&ScreenContext, &mut Canvas<'_>),
    ) {
        let palette = canvas.look.palette;
        let Some(text) = context.card(document) else { return };
        let rest = list::mark(line, chosen, Focused::Yes, canvas);
        // The number of its column.
        let column = self.chosen.iter().position(|one| *one == document);
        let sign = column.map_or_else(|| " ".to_owned(), |at| (at + 2).to_string());
        canvas.write(rest, &sign, palette.key);
        let rest = inset(rest, 2, 1);
        let own = if document == self.open { context.say(Message::OpenText) } else { "" };
        let date = text.metadata.date().map_or_else(String::new, |date| date.to_string());
        let rest =
            canvas.write_right(rest, if own.is_empty() { &date } else { own }, palette.faint);
        let region = text.metadata.region.as_ref().map(|region| region.name.as_str());
        let region = region.unwrap_or(context.say(Message::RegionUnknown));
        let name = format!("{region} · {}", text.metadata.title);
        canvas.write_cut(inset(rest, 0, 1), &name, palette.text);
        if chosen {
            canvas.paint(line, palette.chosen);
        }
    }

    fn draw_count(&self, line: Rect, context: &ScreenContext, canvas: &mut Canvas<'_>) {
        let palette = canvas.look.palette;
        let line = inset(line, 1, 1);
        if let Some(notice) = &self.notice {
            canvas.write_cut(line, notice, palette.focus);
            return;
        }
        let told = match (self.rows().len(), self.chosen.len()) {
            (0, _) => context.say(Message::NoTitle).to_owned(),
            (_, 0) => context.say(Message::ChooseSome).to_owned(),
            (_, chosen) => context.tell(Message::ChosenTexts, &[&chosen.to_string()]),
        };
        canvas.write_cut(line, &told, palette.faint);
    }
}

/// The marked texts; without marks those with which `open` was compared last.
fn chosen_already(open: DocIndex, context: &ScreenContext) -> Vec<DocIndex> {
    let again = context.compared.contains(&open) && context.marks.iter().all(|one| *one == open);
    let before = if again { &context.compared } else { &context.marks };
    let others = before.iter().copied().filter(|one| *one != open);
    others.take(MOST_COLUMNS - 1).collect()
}
