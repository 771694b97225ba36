//! The documents pane: all documents in the order that is chosen, or those that a filter lets through,
//! by the rules of the finder. Jumps between documents go along the order, too.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use ratatui::layout::{Position, Rect};
use wenmai::annotations::reading_state::DocumentStatus;
use wenmai::document::{DocIndex, Summary};
use wenmai::find::topics::TopicsFound;
use wenmai::library::Library;

use super::arrangement::By;
use crate::tui::canvas::{Canvas, Focused, inset, line_of};
use crate::tui::context::ScreenContext;
use crate::tui::cursor::{Cursor, Step};
use crate::tui::picker::{Picked, Picker};
use crate::tui::query::{Asked, Job};
use crate::tui::widget::list::mark;
use crate::tui::widget::wrapped::draw_wrapped;
use crate::ui::action::Action;
use crate::ui::messages::Message;

/// The documents in their order.
#[derive(Debug, Default)]
pub(crate) struct DocumentsPane {
    by: By,
    /// All documents as they stand.
    order: Vec<DocIndex>,
    /// Of each document, by its index in the library, its place in `order`.
    places: Vec<usize>,
    /// The places of those that are shown, and of each its row.
    shown: Vec<(usize, usize)>,
    rows: Vec<Row>,
    /// What is typed to filter them, and the chosen document: a number in `shown`, its top a row.
    pub(crate) picker: Picker,
    /// The documents that the filter lets through, once they are found.
    found: Option<HashSet<DocIndex>>,
    /// How documents stand to what the user keeps: of those that have been in view.
    standings: HashMap<DocIndex, DocumentStatus>,
    made_for: u64,
}

#[derive(Debug)]
enum Row {
    Group {
        name: Option<String>,
        documents: usize,
    },
    /// A place in the order.
    Document(usize),
}

impl DocumentsPane {
    /// The documents of `library`.
    pub(crate) fn new(library: &Library) -> Self {
        let mut documents_pane = Self::default();
        documents_pane.arrange(library);
        documents_pane
    }

    /// Arranges the documents by something else; the chosen one stays so. What it is.
    pub(crate) fn turn(&mut self, library: &Library) -> By {
        let chosen = self.chosen();
        self.by = self.by.next();
        self.arrange(library);
        if let Some(chosen) = chosen {
            self.choose(chosen);
        }
        self.by
    }

    fn arrange(&mut self, library: &Library) {
        let by = self.by;
        let mut order: Vec<DocIndex> = library.indices().collect();
        order.sort_by_cached_key(|ix| (by.key(library, *ix), *ix));
        self.places = vec![0; order.len()];
        for (place, ix) in order.iter().enumerate() {
            if let Some(slot) = self.places.get_mut(ix.get()) {
                *slot = place;
            }
        }
        self.order = order;
        self.fill(library);
    }

    /// Makes the rows of the documents that the filter lets through.
    fn fill(&mut self, library: &Library) {
        let passes = |ix: &DocIndex| self.found.as_ref().is_none_or(|found| found.contains(ix));
        let group = |ix: &DocIndex| self.by.group(library, *ix);
        let passing = self.order.iter().enumerate().filter(|(_, ix)| passes(ix));
        let passing: Vec<(usize, Option<Cow<'_, str>>)> =
            passing.map(|(place, ix)| (place, group(ix))).collect();
        let (mut rows, mut shown) = (Vec::new(), Vec::new());
        for group in passing.chunk_by(|(_, a), (_, b)| a == b) {
            let name = group.first().and_then(|(_, name)| name.clone()).map(Cow::into_owned);
            if self.by != By::Title {
                rows.push(Row::Group { name, documents: group.len() });
            }
            for (place, _) in group {
                shown.push((*place, rows.len()));
                rows.push(Row::Document(*place));
            }
        }
        (self.rows, self.shown) = (rows, shown);
        self.picker.cursor.chosen =
            self.picker.cursor.chosen.min(self.shown.len().saturating_sub(1));
    }

    /// The query for what is typed; everything is shown again where that is nothing.
    pub(crate) fn take_job(&mut self, number: u64) -> Option<Job> {
        self.picker.take_query(number)?;
        let typed = self.picker.text();
        if typed.is_empty() {
            self.picker.ask_nothing();
            return None;
        }
        Some(Job { number, asked: Asked::Topics(format!("kind:title {typed}")) })
    }

    /// Takes the titles of query `number`; those of an older one come too late.
    pub(crate) fn answered(&mut self, number: u64, found: &TopicsFound, library: &Library) {
        let chosen = self.chosen();
        if self.picker.takes(number) {
            if let Some(chosen) = chosen {
                self.choose(chosen);
            }
            let entries = found.hits.iter().filter_map(|hit| library.topics().entry(hit));
            let found = entries.filter_map(|entry| entry.document).collect();
            self.show_only(Some(found), library);
        }
    }

    fn show_only(&mut self, found: Option<HashSet<DocIndex>>, library: &Library) {
        let chosen = self.chosen();
        self.found = found;
        self.fill(library);
        if let Some(chosen) = chosen {
            self.choose(chosen);
        }
    }

    /// Answers an action while the filter is typed.
    pub(crate) fn act(&mut self, action: Action, height: usize, context: &ScreenContext) -> Picked {
        let picked = self.picker.act(action, self.shown.len(), height);
        if picked == Picked::Typed {
            self.filter_changed(&context.library);
        }
        picked
    }

    /// Takes typed or pasted text into the filter.
    pub(crate) fn type_text(&mut self, text: &str, context: &ScreenContext) {
        self.picker.type_text(text);
        self.filter_changed(&context.library);
    }

    fn filter_changed(&mut self, library: &Library) {
        if self.picker.text().is_empty() {
            self.show_only(None, library);
        }
    }

    /// Shows everything again.
    pub(crate) fn clear_filter(&mut self, library: &Library) {
        self.picker.clear();
        self.show_only(None, library);
    }

    /// The title of the pane.
    pub(crate) fn title(&self, context: &ScreenContext) -> String {
        let (shown, all) = (self.shown.len().to_string(), self.order.len().to_string());
        match self.found {
            None => context.tell(Message::Documents, &[&all]),
            Some(_) => context.tell(Message::FilteredDocuments, &[&shown, &all]),
        }
    }

    /// The place of a document.
    pub(crate) fn place(&self, document: DocIndex) -> usize {
        self.places.get(document.get()).copied().unwrap_or_default()
    }

    /// All documents in their order.
    pub(crate) fn order(&self) -> &[DocIndex] {
        &self.order
    }

    /// The chosen document.
    pub(crate) fn chosen(&self) -> Option<DocIndex> {
        let (place, _) = self.shown.get(self.picker.cursor.chosen)?;
        self.order.get(*place).copied()
    }

    /// Chooses `document`, or the next one that is shown.
    pub(crate) fn choose(&mut self, document: DocIndex) {
        let place = self.place(document);
        let at = self.shown.partition_point(|(shown, _)| *shown < place);
        self.picker.cursor.chosen = at.min(self.shown.len().saturating_sub(1));
    }

    /// Moves in the pane, of which `height` rows are in view.
    pub(crate) fn step(&mut self, step: Step, height: usize) {
        self.picker.cursor.step(step, self.shown.len(), height);
    }

    /// Rows that the filter takes.
    fn above(&self) -> usize {
        usize::from(self.picker.is_open())
    }

    /// The document in row `row` of the pane.
    pub(crate) fn document_in(&self, row: usize) -> Option<DocIndex> {
        match self.rows.get(self.picker.cursor.top + row.checked_sub(self.above())?)? {
            Row::Document(place) => self.order.get(*place).copied(),
            Row::Group { .. } => None,
        }
    }

    /// Brings the chosen document, and the name of its group where it is the first of it, into a
    /// pane of `height` rows.
    pub(crate) fn lay_out(&mut self, height: usize, context: &ScreenContext) {
        let height = height.saturating_sub(self.above());
        let row = self.shown.get(self.picker.cursor.chosen).map_or(0, |(_, row)| *row);
        let mut window = Cursor { chosen: row, top: self.picker.cursor.top };
        window.show(self.rows.len(), height, 1);
        let above = row.saturating_sub(1);
        let headed = matches!(self.rows.get(above), Some(Row::Group { .. }));
        if headed && window.top == row && height > 1 {
            window.top = above;
        }
        self.picker.cursor.top = window.top;
        self.stand(height, context);
    }

    /// Finds out how the documents in view stand.
    fn stand(&mut self, height: usize, context: &ScreenContext) {
        if std::mem::replace(&mut self.made_for, context.keeping.seen()) != context.keeping.seen() {
            self.standings.clear();
        }
        for row in self.rows.iter().skip(self.picker.cursor.top).take(height) {
            let Row::Document(place) = row else { continue };
            let Some(ix) = self.order.get(*place) else { continue };
            if let (false, Some(card)) = (self.standings.contains_key(ix), context.card(*ix)) {
                self.standings.insert(*ix, context.keeping.standing(&card));
            }
        }
    }

    /// Draws the rows; where the caret stands while the filter is typed.
    pub(crate) fn draw(
        &self,
        area: Rect,
        view: DocumentsView<'_>,
        canvas: &mut Canvas<'_>,
    ) -> Option<Position> {
        let label = format!(" {}", view.context.say(Message::Filter));
        let mut cursor = None;
        if self.picker.is_open() {
            cursor = self.picker.draw_prompt(line_of(area, 0), &label, canvas);
        }
        let first = line_of(area, self.above());
        let area = Rect { height: area.bottom().saturating_sub(first.y), ..first };
        if self.shown.is_empty() && !self.order.is_empty() {
            draw_wrapped(inset(area, 1, 1), view.context.say(Message::NoTitle), canvas);
        }
        let rows = self.rows.iter().skip(self.picker.cursor.top).take(area.height.into());
        for (at, row) in rows.enumerate() {
            let line = line_of(area, at);
            match row {
                Row::Group { name, documents } => {
                    let name = name.as_deref().unwrap_or(view.context.say(self.by.unknown()));
                    draw_group(line, name, *documents, canvas);
                }
                Row::Document(place) => self.draw_document(line, *place, &view, canvas),
            }
        }
        cursor
    }

    fn draw_document(
        &self,
        line: Rect,
        place: usize,
        view: &DocumentsView<'_>,
        canvas: &mut Canvas<'_>,
    ) {
        let palette = canvas.look.palette;
        let Some(ix) = self.order.get(place) else { return };
        let Some(card) = view.context.card(*ix) else { return };
        let chosen = self.shown.get(self.picker.cursor.chosen).is_some_and(|(at, _)| *at == place);
        let open = *ix == view.open;
        let focused = view.focus == Focused::Yes;
        let rest = mark(line, if focused { chosen } else { open }, view.focus, canvas);
        let rest = canvas.write(rest, &date_in(line.width, &card, view.context), palette.faint);
        let standing = self.standings.get(ix).copied().unwrap_or(DocumentStatus::Opened);
        let [new, changed] = canvas.look.glyphs.unseen;
        let sign = match standing {
            _ if view.context.marks.contains(ix) => canvas.look.glyphs.marked,
            DocumentStatus::New if !open => new,
            DocumentStatus::Changed if !open => changed,
            _ => "",
        };
        canvas.write(rest, sign, palette.key);
        let read = standing == DocumentStatus::Read && !open;
        let style = if read { palette.faint } else { palette.text };
        let rest = inset(rest, 1, 1);
        let side = self.side_of(*ix, line.width, view.context);
        let rest = canvas.write_right(rest, &side, palette.faint);
        canvas.write_cut(inset(rest, 0, u16::from(!side.is_empty())), &card.metadata.title, style);
        if chosen && focused {
            canvas.paint(line, palette.chosen);
        } else if open {
            canvas.paint(inset(line, 1, 0), palette.marked);
        }
    }

    /// What a wide pane says behind the title: what the group does not say already.
    fn side_of(&self, document: DocIndex, width: u16, context: &ScreenContext) -> String {
        if width < WITH_SIDE {
            return String::new();
        }
        let by = if self.by == By::Region { By::Source } else { By::Region };
        let name = by.group(&context.library, document).unwrap_or_default();
        name.chars().take(8).collect()
    }
}

/// Cells from which on a pane has a column behind the title; below which the year of a date folds
/// away, and then the date.
const WITH_SIDE: u16 = 40;
const WITH_YEAR: u16 = 22;
const WITH_DATE: u16 = 14;

/// The date of a document as it stands in a pane of so many cells.
fn date_in(width: u16, card: &Summary, context: &ScreenContext) -> String {
    let date = card.metadata.date();
    match width {
        WITH_YEAR.. => date.map_or_else(|| dash(context), |date| date.to_string()),
        WITH_DATE.. => {
            date.map_or_else(|| " ".repeat(5), |date| format!("{:<5}", date.abbreviated()))
        }
        _ => String::new(),
    }
}

/// What the drawing of the documents_pane must know.
#[derive(Clone, Copy)]
pub(crate) struct DocumentsView<'v> {
    pub(crate) context: &'v ScreenContext,
    pub(crate) open: DocIndex,
    pub(crate) focus: Focused,
}

fn draw_group(line: Rect, name: &str, documents: usize, canvas: &mut Canvas<'_>) {
    let palette = canvas.look.palette;
    let rest = canvas.write_right(inset(line, 1, 1), &documents.to_string(), palette.faint);
    canvas.write_cut(rest, name, palette.heading);
}

/// An unknown date, as wide as a known one.
fn dash(context: &ScreenContext) -> String {
    let sign = context.say(Message::DateUnknown);
    format!("{}{sign}", " ".repeat(10usize.saturating_sub(context.look.cells(sign))))
}

#[cfg(test)]
mod tests {
    use crate::tui::testing::{Reading, document};
    use wenmai::library::Library;
    use wenmai::themes::vocabulary::Lexicon;

    #[test]
    fn documents_are_grouped_by_region_date_source_and_title_in_turn() {
        let mut reading = Reading::new(120, 24);
        let chosen = |reading: &Reading| {
            let screen = reading.screen();
            screen.lines().find(|row| row.starts_with("│▌")).unwrap_or_default().to_owned()
        };
        reading.press("1 S");
        let screen = reading.screen();
        assert!(screen.contains("│ 2022     "), "{screen}");
        assert!(screen.contains("日期不详"), "{screen}");
        assert!(screen.find("2022-07-19") < screen.find("2022-02-17"), "{screen}");
        assert!(chosen(&reading).contains("2022-06-10"), "{screen}");
        let screen = reading.press("S").screen();
        assert!(screen.contains("│ 新华网"), "{screen}");
        let screen = reading.press("S").screen();
        assert!(!screen.contains("│ 新华网"), "{screen}");
        assert!(chosen(&reading).contains("2022-06-10"), "{screen}");
        assert!(reading.press("S").screen().contains("│ 全国  "));
    }

    #[test]
    fn what_is_typed_filters_the_documents_by_the_rules_of_the_finder() {
        let mut reading = Reading::new(120, 24);
        reading.press("1 /").type_text("jiliang");
        let screen = reading.screen();
        assert!(reading.caret.is_some());
        assert!(screen.contains("文本 1/5") && screen.contains("全国计量规划"), "{screen}");
        assert!(!screen.contains("2021-10-10"), "{screen}");
        reading.press("Enter");
        assert!(reading.screen().contains("推动集成电路"), "{}", reading.screen());
        reading.press("1 / Ctrl-u").type_text("没有这个");
        assert!(reading.screen().contains("文本 0/5"), "{}", reading.screen());
        reading.press("Enter 1 Esc");
        assert!(reading.screen().contains("─ 文本 5 ─"), "{}", reading.screen());
    }

    #[test]
    fn columns_of_a_pane_fold_away_by_width() {
        let only = document("a", Some("北京"), "2022-06-10", &["北京通知", "甲"]);
        let library = Library::new(vec![only], Vec::new(), Lexicon::default());
        let mut reading = Reading::of(library, 200, 20);
        assert!(reading.screen().contains("2022-06-10 北京通知"), "{}", reading.screen());
        assert!(reading.row(2).contains("新华网 │"), "{}", reading.row(2));
        assert!(!reading.resize(120, 20).row(2).contains("新华网 │"));
        reading.resize(20, 10).press("1");
        assert!(reading.screen().contains("22-06 北京通知"), "{}", reading.screen());
    }
}
