//! The documents pane: all documents in the order that is chosen, or those that a filter lets through,
//! by the rules of the finder. Jumps between documents go along the order, too.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use ratatui::layout::{Position, Rect};
use wenmai::annotations::reading_state::DocumentStatus;
use wenmai::document::{DocIndex, Summary};
use wenmai::find::documents::{DocumentFilter, FIELDS, State, UnknownField};
use wenmai::library::Library;

use super::arrangement::GroupBy;
use crate::tui::canvas::{Canvas, Focused, inset, line_of};
use crate::tui::context::ScreenContext;
use crate::tui::cursor::{Cursor, Step};
use crate::tui::distinct::distinct;
use crate::tui::picker::{Picked, Picker};
use crate::tui::query::{Asked, Job};
use crate::tui::widget::list::mark;
use crate::tui::widget::wrapped::draw_wrapped;
use crate::ui::action::Action;
use crate::ui::messages::Message;

/// The documents in their order.
#[derive(Debug)]
pub(crate) struct DocumentsPane {
    by: GroupBy,
    /// All documents as they stand.
    order: Vec<DocIndex>,
    /// Of each document, by its index in the library, its place in `order`.
    places: Vec<usize>,
    /// The places of those that are shown, and of each its row.
    shown: Vec<(usize, usize)>,
    rows: Vec<DocumentRow>,
    /// What is typed to filter them, and the chosen document: a number in `shown`, its top a row.
    pub(crate) picker: Picker,
    /// What is typed, as it is understood; or the field that does not exist.
    filter: Result<DocumentFilter, UnknownField>,
    /// The documents that the filter lets through, once they are found.
    found: Option<HashSet<DocIndex>>,
    /// The groups of which only the name is shown.
    folded: HashSet<Option<String>>,
    /// How documents stand to what the user keeps: of those that have been in view.
    standings: HashMap<DocIndex, DocumentStatus>,
    made_for: u64,
    /// How many are unread; `None` in a library so large that they are not counted.
    unread: Option<usize>,
}

#[derive(Debug)]
enum DocumentRow {
    Group {
        name: Option<String>,
        documents: usize,
        /// Whether its documents are not shown.
        folded: bool,
    },
    /// A place in the order.
    Document(usize),
}

impl DocumentsPane {
    /// The documents of `library`.
    pub(crate) fn new(library: &Library) -> Self {
        let mut pane = Self {
            by: GroupBy::default(),
            order: Vec::new(),
            places: Vec::new(),
            shown: Vec::new(),
            rows: Vec::new(),
            picker: Picker::default(),
            filter: Ok(DocumentFilter::default()),
            found: None,
            folded: HashSet::new(),
            standings: HashMap::new(),
            made_for: 0,
            unread: None,
        };
        pane.arrange(library);
        pane
    }

    /// Arranges the documents by something else; the chosen one stays so. What it is.
    pub(crate) fn turn(&mut self, library: &Library) -> GroupBy {
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
            if self.by != GroupBy::Title {
                let folded = self.folded.contains(&name);
                if let Some((place, _)) = group.first().filter(|_| folded) {
                    shown.push((*place, rows.len()));
                }
                rows.push(DocumentRow::Group { name, documents: group.len(), folded });
                if folded {
                    continue;
                }
            }
            for (place, _) in group {
                shown.push((*place, rows.len()));
                rows.push(DocumentRow::Document(*place));
            }
        }
        (self.rows, self.shown) = (rows, shown);
        self.picker.cursor.chosen =
            self.picker.cursor.chosen.min(self.shown.len().saturating_sub(1));
    }

    /// The query for what is typed; everything is shown again where that is nothing.
    pub(crate) fn take_job(&mut self, number: u64) -> Option<Job> {
        self.picker.take_query(number)?;
        let filter = self.filter.as_ref().ok().filter(|filter| !filter.is_empty());
        if filter.is_none() {
            self.picker.ask_nothing();
        }
        Some(Job { number, asked: Asked::Documents(filter?.clone()) })
    }

    /// Takes the documents of query `number`, the best first; those of an older one are too late.
    pub(crate) fn answered(&mut self, number: u64, found: &[DocIndex], context: &ScreenContext) {
        if !self.picker.takes(number) {
            return;
        }
        let states = self.filter.as_ref().map_or(&[][..], DocumentFilter::states);
        let is_so = |at: DocIndex, state: &State| {
            context.card(at).is_some_and(|card| context.keeping.is_so(&card, state))
        };
        let passes =
            |at: &DocIndex| states.iter().all(|(state, wanted)| is_so(*at, state) == *wanted);
        let found: Vec<DocIndex> = found.iter().copied().filter(passes).collect();
        let best = found.first().copied();
        self.show_only(Some(found.into_iter().collect()), &context.library);
        if let Some(best) = best {
            self.choose(best);
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
            self.filter_changed(context);
        }
        picked
    }

    /// Takes typed or pasted text into the filter.
    pub(crate) fn type_text(&mut self, text: &str, context: &ScreenContext) {
        self.picker.type_text(text);
        self.filter_changed(context);
    }

    /// Shows the documents that a query finds.
    pub(crate) fn set_filter(&mut self, query: &str, context: &ScreenContext) {
        self.picker.set_text(query);
        self.filter_changed(context);
    }

    /// What filters the documents, where something does.
    pub(crate) fn filter_text(&self) -> Option<&str> {
        Some(self.picker.text()).filter(|text| !text.is_empty())
    }

    /// The documents that the filter lets through, folded ones included.
    pub(crate) fn passing(&self) -> Vec<DocIndex> {
        let passes = |at: &&DocIndex| self.found.as_ref().is_none_or(|found| found.contains(*at));
        self.order.iter().filter(passes).copied().collect()
    }

    /// The first unread document after `open` that passes the filter, going round.
    pub(crate) fn next_unread(&self, open: DocIndex, context: &ScreenContext) -> Option<DocIndex> {
        let mut ring = self.passing();
        let after = ring.partition_point(|one| self.place(*one) <= self.place(open));
        ring.rotate_left(after);
        let is_unread = |one: &DocIndex| {
            *one != open
                && context
                    .card(*one)
                    .is_some_and(|card| context.keeping.is_so(&card, &State::Unread))
        };
        ring.into_iter().find(is_unread)
    }

    fn filter_changed(&mut self, context: &ScreenContext) {
        self.filter = DocumentFilter::parse(self.picker.text(), context.today);
        if self.filter.as_ref().is_ok_and(DocumentFilter::is_empty) {
            self.show_only(None, &context.library);
        }
    }

    /// To the first document of the next group, or of the one before.
    pub(crate) fn step_group(&mut self, by: isize) {
        let heads: Vec<usize> = (0..)
            .zip(&self.rows)
            .filter(|(_, row)| matches!(row, DocumentRow::Group { .. }))
            .map(|(at, _)| at)
            .collect();
        let row = self.shown.get(self.picker.cursor.chosen).map_or(0, |(_, row)| *row);
        let own = heads.partition_point(|head| *head <= row).saturating_sub(1);
        let next = own.saturating_add_signed(by).min(heads.len().saturating_sub(1));
        if let Some(head) = heads.get(next) {
            let at = self.shown.partition_point(|(_, row)| row < head);
            self.picker.cursor.chosen = at.min(self.shown.len().saturating_sub(1));
        }
    }

    /// Shows only the name of the chosen document's group, or its documents again; false where
    /// that is so already.
    pub(crate) fn fold(&mut self, folds: bool, library: &Library) -> bool {
        let Some(chosen) = self.chosen().filter(|_| self.by != GroupBy::Title) else {
            return false;
        };
        let group = self.by.group(library, chosen).map(Cow::into_owned);
        let changes = if folds { self.folded.insert(group) } else { self.folded.remove(&group) };
        if changes {
            self.fill(library);
            self.choose(chosen);
        }
        changes
    }

    /// True where the chosen row is the name of a folded group.
    pub(crate) fn is_on_folded(&self) -> bool {
        let row =
            self.shown.get(self.picker.cursor.chosen).and_then(|(_, row)| self.rows.get(*row));
        matches!(row, Some(DocumentRow::Group { .. }))
    }

    /// The first document of the order.
    pub(crate) fn first(&self) -> Option<DocIndex> {
        self.order.first().copied()
    }

    /// Shows everything again.
    pub(crate) fn clear_filter(&mut self, library: &Library) {
        self.picker.clear();
        self.filter = Ok(DocumentFilter::default());
        self.show_only(None, library);
    }

    /// The title of the pane.
    pub(crate) fn title(&self, context: &ScreenContext) -> String {
        let all = self.order.len().to_string();
        let name = match &self.found {
            None => context.tell(Message::Documents, &[&all]),
            Some(found) => {
                context.tell(Message::FilteredDocuments, &[&found.len().to_string(), &all])
            }
        };
        match self.unread {
            Some(unread) if unread > 0 => {
                let unread = context.tell(Message::UnreadCount, &[&unread.to_string()]);
                format!("{name} · {unread}")
            }
            _ => name,
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
        // A document of a folded group is on the row of its name.
        let exact = self.shown.get(at).is_some_and(|(shown, _)| *shown == place);
        let folded = |at: &usize| {
            let row = self.shown.get(*at).and_then(|(_, row)| self.rows.get(*row));
            matches!(row, Some(DocumentRow::Group { .. }))
        };
        let group = at.checked_sub(1).filter(|_| !exact).filter(folded);
        self.picker.cursor.chosen = group.unwrap_or(at).min(self.shown.len().saturating_sub(1));
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
        let sticky = usize::from(self.sticky_group().is_some());
        let row = row.checked_sub(self.above() + sticky)?;
        match self.rows.get(self.picker.cursor.top + row)? {
            DocumentRow::Document(place) => self.order.get(*place).copied(),
            DocumentRow::Group { .. } => None,
        }
    }

    /// Brings the chosen document, and the name of its group where it is the first of it, into a
    /// pane of `height` rows.
    pub(crate) fn lay_out(&mut self, height: usize, context: &ScreenContext) {
        let height = height.saturating_sub(self.above());
        // The name of a group stays in sight while its documents scroll.
        let sticky = usize::from(self.by != GroupBy::Title && height > 3);
        let height = height - sticky;
        let row = self.shown.get(self.picker.cursor.chosen).map_or(0, |(_, row)| *row);
        let mut window = Cursor { chosen: row, top: self.picker.cursor.top };
        window.show(self.rows.len(), height, 1);
        let above = row.saturating_sub(1);
        let headed = matches!(self.rows.get(above), Some(DocumentRow::Group { .. }));
        if headed && window.top == row && height > 1 {
            window.top = above;
        }
        self.picker.cursor.top = window.top;
        self.stand(height, context);
    }

    /// The name of the group that the first row in view belongs to, where it is above that row.
    fn sticky_group(&self) -> Option<&DocumentRow> {
        let top = self.picker.cursor.top;
        if !matches!(self.rows.get(top), Some(DocumentRow::Document(_))) {
            return None;
        }
        let above = self.rows.get(..top)?;
        above.iter().rev().find(|row| matches!(row, DocumentRow::Group { .. }))
    }

    fn count_unread(&mut self, context: &ScreenContext) {
        let is_unread = |one: &&DocIndex| {
            let card = context.card(**one);
            card.is_some_and(|card| context.keeping.is_so(&card, &State::Unread))
        };
        let few = self.order.len() <= MOST_COUNTED;
        self.unread = few.then(|| self.order.iter().filter(is_unread).count());
    }

    /// Finds out how the documents in view stand.
    fn stand(&mut self, height: usize, context: &ScreenContext) {
        let seen = context.keeping.seen() + 1;
        if std::mem::replace(&mut self.made_for, seen) != seen {
            self.standings.clear();
            self.count_unread(context);
        }
        for row in self.rows.iter().skip(self.picker.cursor.top).take(height) {
            let DocumentRow::Document(place) = row else { continue };
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
        if let Err(UnknownField(unknown)) = &self.filter {
            let known = FIELDS.join(", ");
            let told = view.context.tell(Message::UnknownField, &[unknown, &known]);
            draw_wrapped(inset(area, 1, 1), &told, canvas);
            return cursor;
        }
        let chosen = self.shown.get(self.picker.cursor.chosen).map(|(_, row)| *row);
        let sticky = self.sticky_group().map(|row| (usize::MAX, row));
        let rows = self.rows.iter().enumerate().skip(self.picker.cursor.top);
        let rows = sticky.into_iter().chain(rows).take(area.height.into());
        for (line, (at, row)) in rows.enumerate() {
            let line = line_of(area, line);
            match row {
                DocumentRow::Group { name, documents, folded } => {
                    let name = name.as_deref().unwrap_or(view.context.say(self.by.unknown()));
                    let focus = view.focus;
                    let rest = mark(line, chosen == Some(at), focus, canvas);
                    draw_group(rest, name, *documents, *folded, canvas);
                    if chosen == Some(at) && focus == Focused::Yes {
                        canvas.paint(line, canvas.look.palette.chosen);
                    }
                }
                DocumentRow::Document(place) => self.draw_document(line, *place, &view, canvas),
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
        let rest = inset(rest, 0, u16::from(!side.is_empty()));
        let title = self.title_in(rest.width.into(), place, &card, view.context);
        canvas.write_cut(rest, &title, style);
        if chosen && focused {
            canvas.paint(line, palette.chosen);
        } else if open {
            canvas.paint(inset(line, 1, 0), palette.marked);
        }
    }

    /// The title in a row of so many cells: where it begins like that of a neighbour, so much of the
    /// beginning is left out that they can be told apart.
    fn title_in(
        &self,
        cells: usize,
        place: usize,
        card: &Summary,
        context: &ScreenContext,
    ) -> String {
        let title = card.metadata.title.as_str();
        if context.look.cells(title) <= cells {
            return title.to_owned();
        }
        let group = |at: usize| self.by.group(&context.library, *self.order.get(at)?);
        let neighbour = |at: usize| {
            let near = self.order.get(at).filter(|_| group(at) == group(place))?;
            Some(context.card(*near)?.metadata.title)
        };
        let neighbours = [place.checked_sub(1), Some(place + 1)];
        let neighbours: Vec<String> =
            neighbours.into_iter().flatten().filter_map(neighbour).collect();
        let neighbours: Vec<&str> = neighbours.iter().map(String::as_str).collect();
        distinct(title, &neighbours, cells, context.look.ambiguous)
    }

    /// What a wide pane says behind the title: what the group does not say already.
    fn side_of(&self, document: DocIndex, width: u16, context: &ScreenContext) -> String {
        if width < WITH_SIDE {
            return String::new();
        }
        let by = if self.by == GroupBy::Region { GroupBy::Source } else { GroupBy::Region };
        let name = by.group(&context.library, document).unwrap_or_default();
        name.chars().take(8).collect()
    }
}

/// Documents above which unread ones are not counted: each asks for the path of its file.
const MOST_COUNTED: usize = 1000;

/// Cells from which on a pane has a column behind the title and the day of a date; below which the
/// date folds away.
const WITH_SIDE: u16 = 40;
const WITH_DATE: u16 = 14;

/// The date of a document as it stands in a pane of so many cells.
fn date_in(width: u16, card: &Summary, context: &ScreenContext) -> String {
    let date = card.metadata.date();
    match width {
        WITH_SIDE.. => date.map_or_else(|| dash(context), |date| format!("{date:<10}")),
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

fn draw_group(line: Rect, name: &str, documents: usize, folded: bool, canvas: &mut Canvas<'_>) {
    let palette = canvas.look.palette;
    let sign = if folded { canvas.look.glyphs.folded } else { "" };
    let count = format!("{documents}{sign}");
    let rest = canvas.write_right(inset(line, 0, 1), &count, palette.faint);
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
        assert!(screen.find("22-07") < screen.find("22-02"), "{screen}");
        assert!(chosen(&reading).contains("22-06"), "{screen}");
        let screen = reading.press("S").screen();
        assert!(screen.contains("│ 新华网"), "{screen}");
        let screen = reading.press("S").screen();
        assert!(!screen.contains("│ 新华网"), "{screen}");
        assert!(chosen(&reading).contains("22-06"), "{screen}");
        assert!(reading.press("S").screen().contains("│ 全国  "));
    }

    #[test]
    fn what_is_typed_filters_by_everything_that_a_row_shows() {
        let mut reading = Reading::new(120, 24);
        reading.press("1 /").type_text("jiliang");
        let screen = reading.screen();
        assert!(reading.caret.is_some());
        assert!(screen.contains("文本 1/5") && screen.contains("全国计量规划"), "{screen}");
        assert!(!screen.contains("21-10"), "{screen}");
        reading.press("Enter");
        assert!(reading.screen().contains("推动集成电路"), "{}", reading.screen());
        reading.press("1 / Ctrl-u").type_text("没有这个");
        assert!(reading.screen().contains("文本 0/5"), "{}", reading.screen());
        reading.press("Enter 1 Esc");
        assert!(reading.screen().contains("─ 文本 5 ─"), "{}", reading.screen());
        for (typed, found) in
            [("上海", 1), ("全国", 2), ("xinhua", 5), ("2022-02", 1), ("-全国", 3)]
        {
            reading.press("1 / Ctrl-u").type_text(typed);
            let title = format!("文本 {found}/5");
            assert!(reading.screen().contains(&title), "{typed}\n{}", reading.screen());
        }
        reading.press("Ctrl-u").type_text("nosuch:1");
        assert!(reading.screen().contains("没有字段或取值"), "{}", reading.screen());
    }

    #[test]
    fn groups_are_folded_and_jumped_between_and_stay_in_sight() {
        let mut reading = Reading::new(120, 24);
        let chosen = |reading: &Reading| {
            let screen = reading.screen();
            screen.lines().find(|row| row.starts_with("│▌")).unwrap_or_default().to_owned()
        };
        reading.press("1 g >");
        assert!(chosen(&reading).contains("22-06"), "{}", reading.screen());
        reading.press("> <");
        assert!(chosen(&reading).contains("22-06"), "{}", reading.screen());
        reading.press("g h");
        assert!(chosen(&reading).contains("全国") && chosen(&reading).contains("2 ▸"));
        assert!(!reading.screen().contains("22-07"), "{}", reading.screen());
        reading.press("j k Enter");
        assert!(reading.screen().contains("22-07"), "{}", reading.screen());
        let texts: Vec<_> = (0..30)
            .map(|n| document(&format!("{n}"), Some("山东"), "2022-01-01", &["通知", "甲"]))
            .collect();
        let library = Library::new(texts, Vec::new(), Lexicon::default());
        let mut reading = Reading::of(library, 120, 12);
        assert!(reading.press("1 G").row(1).contains("山东"), "{}", reading.screen());
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
