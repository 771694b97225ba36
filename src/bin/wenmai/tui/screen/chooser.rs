//! The choice of what to compare a text with: picked texts first and chosen already, or those with
//! which it was compared last, then those nearest to it, then the rest; as soon as something is
//! typed, those that it finds.

use ratatui::layout::{Position, Rect};
use wenmai::document::DocIndex;
use wenmai::find::documents::{DocumentFilter, FIELDS, UnknownField};
use wenmai::themes::related::nearest;

use super::compare::{CompareScreen, MOST_COLUMNS, Start};
use super::preview::Preview;
use super::{Outcome, Screen};
use crate::tui::canvas::{Canvas, Focused, inset, line_of};
use crate::tui::context::ScreenContext;
use crate::tui::event::Mouse;
use crate::tui::picker::{Picked, Picker, PickerAreas};
use crate::tui::query::{Answer, Asked, Job};
use crate::tui::widget::list::{self, Pointed};
use crate::ui::action::Action;
use crate::ui::keymap::Mode;
use crate::ui::messages::Message;

/// Near texts that are before the others.
const NEAREST: usize = 8;

/// The chooser that is open.
#[derive(Debug)]
pub(crate) struct ChooserScreen {
    /// The open text, which leads.
    open: DocIndex,
    start: Start,
    picker: Picker,
    /// All texts, in the order they have while nothing is typed.
    all: Vec<DocIndex>,
    /// What the typed text has found.
    found: Option<Vec<DocIndex>>,
    /// What is typed, as it is understood; or the field that does not exist.
    filter: Result<DocumentFilter, UnknownField>,
    /// The chosen texts, in the order of their columns.
    chosen: Vec<DocIndex>,
    /// Whether they were only compared before, and not picked by the user.
    remembered: bool,
    /// Whether the cursor was led to its row since a text was last picked.
    led: bool,
    preview: Preview,
    notice: Option<String>,
}

impl Screen for ChooserScreen {
    fn mode(&self) -> Mode {
        self.picker.mode()
    }

    fn hints(&self) -> &'static [Action] {
        &[Action::Pick, Action::Open, Action::Cancel]
    }

    fn take_job(&mut self, number: u64) -> Option<Job> {
        self.picker.take_query(number)?;
        let filter = self.filter.as_ref().ok().filter(|filter| !filter.is_empty());
        if filter.is_none() {
            self.found = None;
            self.picker.ask_nothing();
        }
        Some(Job { number, asked: Asked::Documents(filter?.clone()) })
    }

    fn answered(&mut self, number: u64, answer: Answer) {
        if let Answer::Documents(mut found) = answer
            && self.picker.takes(number)
        {
            found.retain(|one| *one != self.open);
            self.found = Some(found);
        }
    }

    fn awaits(&self, _context: &ScreenContext) -> bool {
        self.picker.awaits()
    }

    fn act(&mut self, action: Action, context: &ScreenContext) -> Outcome {
        self.notice = None;
        let height = PickerAreas::of(context.area).list.height.into();
        let before = self.picker.cursor.chosen;
        let picked = self.picker.act(action, self.rows().len(), height);
        self.led |= self.picker.cursor.chosen != before;
        match picked {
            Picked::Typed => self.filter_changed(context),
            Picked::Open => return self.start(context),
            Picked::Close => return Outcome::Close,
            Picked::Other(Action::Pick) => self.toggle(context),
            Picked::Done | Picked::Other(_) => {}
        }
        Outcome::Done
    }

    fn type_text(&mut self, text: &str, context: &ScreenContext) {
        self.picker.type_text(text);
        self.filter_changed(context);
    }

    fn mouse(&mut self, mouse: Mouse, cell: Position, context: &ScreenContext) -> Outcome {
        let area = PickerAreas::of(context.area).list;
        if self.picker.point(mouse, cell, area, self.rows().len()) == Pointed::Row {
            self.toggle(context);
        }
        Outcome::Done
    }

    fn lay_out(&mut self, context: &ScreenContext) {
        let height = PickerAreas::of(context.area).list.height.into();
        self.picker.show(self.rows().len(), height);
        self.preview = self
            .row()
            .map_or_else(Preview::default, |document| Preview::of_document(document, context));
    }

    fn draw(&self, context: &ScreenContext, canvas: &mut Canvas<'_>) -> Option<Position> {
        let areas = PickerAreas::of(context.area);
        areas.draw_frame(context.say(Message::ChooserTitle), context, canvas);
        let cursor = self.picker.draw_prompt(areas.prompt, " > ", canvas);
        let rows = self.rows().iter().enumerate().skip(self.picker.cursor.top);
        for (line, (at, document)) in rows.take(areas.list.height.into()).enumerate() {
            let chosen = at == self.picker.cursor.chosen;
            self.draw_row(line_of(areas.list, line), *document, chosen, context, canvas);
        }
        self.draw_count(areas.count, context, canvas);
        if let Some(preview) = areas.preview() {
            self.preview.draw(preview, canvas);
        }
        cursor
    }
}

impl ChooserScreen {
    /// For `open`, with the texts of the library in their `order`.
    pub(crate) fn new(
        open: DocIndex,
        start: Start,
        order: &[DocIndex],
        context: &ScreenContext,
    ) -> Self {
        let chosen = chosen_already(open, context);
        let near = context.themes().map_or_else(Vec::new, |index| nearest(index, open, NEAREST));
        let mut all: Vec<DocIndex> = chosen.clone();
        all.extend(&context.marks);
        all.extend(near.iter().map(|related| related.document));
        all.extend(order);
        // Every text once, and the open one not: it would be compared with itself.
        let mut seen = std::collections::HashSet::from([open]);
        all.retain(|one| seen.insert(*one));
        Self {
            open,
            start,
            picker: Picker::typing(),
            all,
            found: None,
            filter: Ok(DocumentFilter::default()),
            chosen,
            remembered: context.marks.iter().all(|one| *one == open),
            led: true,
            preview: Preview::default(),
            notice: None,
        }
    }

    fn rows(&self) -> &[DocIndex] {
        self.found.as_deref().unwrap_or(&self.all)
    }

    fn row(&self) -> Option<DocIndex> {
        self.rows().get(self.picker.cursor.chosen).copied()
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
        (self.remembered, self.led) = (false, false);
        let last = self.rows().len().saturating_sub(1);
        self.picker.cursor.chosen = (self.picker.cursor.chosen + 1).min(last);
    }

    /// Compares with the chosen texts and that of the row to which the cursor was led; those that
    /// were only compared before give way to it.
    fn start(&mut self, context: &ScreenContext) -> Outcome {
        let row = self.row().filter(|row| self.led && !self.chosen.contains(row));
        let mut others = self.chosen.clone();
        if row.is_some() && self.remembered {
            others.clear();
        }
        others.extend(row);
        if others.len() >= MOST_COLUMNS {
            let most = MOST_COLUMNS.to_string();
            self.notice = Some(context.tell(Message::EnoughColumns, &[&most]));
            return Outcome::Done;
        }
        if others.is_empty() {
            return Outcome::Done;
        }
        let documents: Vec<DocIndex> = std::iter::once(self.open).chain(others).collect();
        Outcome::swap(CompareScreen::new(&documents, self.start))
    }

    fn filter_changed(&mut self, context: &ScreenContext) {
        self.led = true;
        self.filter = DocumentFilter::parse(self.picker.text(), context.today);
    }

    fn draw_row(
        &self,
        line: Rect,
        document: DocIndex,
        chosen: bool,
        context: &ScreenContext,
        canvas: &mut Canvas<'_>,
    ) {
        let palette = canvas.look.palette;
        let Some(text) = context.card(document) else { return };
        let rest = list::mark(line, chosen, Focused::Yes, canvas);
        // The number of its column.
        let column = self.chosen.iter().position(|one| *one == document);
        let sign = column.map_or_else(|| " ".to_owned(), |at| (at + 2).to_string());
        canvas.write(rest, &sign, palette.key);
        let rest = inset(rest, 2, 1);
        let date = text.metadata.date().map_or_else(String::new, |date| date.to_string());
        let rest = canvas.write_right(rest, &date, palette.faint);
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
        if let Err(UnknownField(unknown)) = &self.filter {
            let told = context.tell(Message::UnknownField, &[unknown, &FIELDS.join(", ")]);
            canvas.write_cut(line, &told, palette.focus);
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
