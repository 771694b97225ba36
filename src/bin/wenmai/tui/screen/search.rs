//! Full text: results by document, best first, each hit in one line aligned on it, with its section.
//! Searching runs on a thread; the hits of a document are looked up when it comes into view.

use std::collections::HashMap;
use std::sync::Arc;

use ratatui::layout::{Position, Rect};
use wenmai::document::{DocIndex, Document};
use wenmai::find::fulltext::{Folding, FoundDocument, Hit, SearchResults};
use wenmai::find::query::{Mode as QueryMode, QueryError};

use super::{JumpTarget, Outcome, Screen, Subject};
use crate::tui::canvas::{Canvas, Focused, inset, inside, line_of};
use crate::tui::context::ScreenContext;
use crate::tui::cursor::Cursor;
use crate::tui::event::Mouse;
use crate::tui::geometry::body;
use crate::tui::picker::{Picked, Picker};
use crate::tui::query::{Answer, Asked, Job};
use crate::tui::widget::excerpt;
use crate::tui::widget::facts::headline;
use crate::tui::widget::kwic::{self, Columns};
use crate::tui::widget::list::{self, Pointed};
use crate::tui::widget::wrapped::draw_wrapped;
use crate::ui::action::Action;
use crate::ui::keymap::Mode;
use crate::ui::messages::Message;
use crate::ui::query_words;

/// The search that is open.
#[derive(Debug)]
pub(crate) struct SearchScreen {
    picker: Picker,
    mode: QueryMode,
    found: Option<Result<Arc<SearchResults>, QueryError>>,
    /// Topics to try where nothing was found.
    offered: Vec<String>,
    /// Of each found document its first row; its name, then its hits.
    first_rows: Vec<usize>,
    rows: usize,
    /// The hits of documents that came into view.
    hits: HashMap<DocIndex, Vec<Hit>>,
    /// What was searched for before, the last one at the end, and how far back one has gone.
    history: Vec<String>,
    back: usize,
}

/// What stands in a row: a document, or one of its hits.
#[derive(Debug, Clone, Copy)]
struct Row {
    found: FoundDocument,
    hit: Option<usize>,
}

impl Screen for SearchScreen {
    fn mode(&self) -> Mode {
        self.picker.mode()
    }

    fn hints(&self) -> &'static [Action] {
        &[Action::Open, Action::Copy, Action::Pattern, Action::Cancel]
    }

    fn take_job(&mut self, number: u64) -> Option<Job> {
        let typed = self.picker.take_query(number)?;
        if typed.trim().is_empty() {
            self.picker.ask_nothing();
            self.take(None);
            return None;
        }
        Some(Job { number, asked: Asked::Text(typed, self.mode) })
    }

    fn answered(&mut self, number: u64, answer: Answer) {
        if !self.picker.takes(number) {
            return;
        }
        match answer {
            Answer::Text(found, offered) => {
                self.take(Some(Ok(found)));
                self.offered = offered;
            }
            Answer::Wrong(wrong) => self.take(Some(Err(wrong))),
            _ => {}
        }
    }

    fn awaits(&self, _context: &ScreenContext) -> bool {
        self.picker.awaits()
    }

    fn act(&mut self, action: Action, context: &ScreenContext) -> Outcome {
        let height = list_area(context.area).height.into();
        // Above the first hit are the searches before.
        if action == Action::Up && self.picker.cursor.chosen <= 1 && self.go_back() {
            return Outcome::Done;
        }
        match self.picker.act(action, self.rows, height) {
            Picked::Open => {
                self.remember();
                return self.land(context);
            }
            Picked::Close => return Outcome::Close,
            Picked::Other(Action::Pattern) => {
                self.mode = match self.mode {
                    QueryMode::Words => QueryMode::Pattern,
                    QueryMode::Pattern => QueryMode::Words,
                };
                self.picker.ask_again();
            }
            Picked::Other(Action::Pick) => {
                let row = self.row(self.picker.cursor.chosen);
                return row.map_or(Outcome::Done, |row| Outcome::Mark(row.found.document));
            }
            Picked::Other(_) => return Outcome::Ignored,
            Picked::Done | Picked::Typed => {}
        }
        Outcome::Done
    }

    fn target(&self, context: &ScreenContext) -> Option<JumpTarget> {
        self.place(context).map(|(_, target)| target)
    }

    fn subject(&self) -> Option<Subject> {
        Some(Subject::Search)
    }

    fn is_complete(&self) -> bool {
        matches!(self.found, Some(Ok(_)))
    }

    fn reopened(&mut self) {
        self.picker.replace_next();
        self.back = 0;
    }

    fn type_text(&mut self, text: &str, _context: &ScreenContext) {
        self.picker.type_text(text);
    }

    fn mouse(&mut self, mouse: Mouse, cell: Position, context: &ScreenContext) -> Outcome {
        match self.picker.point(mouse, cell, list_area(context.area), self.rows) {
            Pointed::Row => self.land(context),
            Pointed::Moved | Pointed::Beside => Outcome::Done,
        }
    }

    fn lay_out(&mut self, context: &ScreenContext) {
        let height = usize::from(list_area(context.area).height);
        self.picker.show(self.rows, height);
        let Some(Ok(found)) = &self.found else { return };
        let top = self.picker.cursor.top;
        let in_view = top..top + height;
        let seen: Vec<DocIndex> =
            in_view.filter_map(|row| self.row(row)).map(|row| row.found.document).collect();
        for document in seen {
            self.hits.entry(document).or_insert_with(|| {
                found.hits_in(context.library.arena(), context.library.documents(), document)
            });
        }
    }

    fn draw(&self, context: &ScreenContext, canvas: &mut Canvas<'_>) -> Option<Position> {
        let body = body(context.area);
        canvas.clear(body);
        let palette = canvas.look.palette;
        canvas.border(body, context.say(Message::SearchTitle), palette.border_of(Focused::Yes));
        let line = inset(line_of(inside(body), 0), 0, 1);
        let room = canvas.write_right(line, &self.summary(context), palette.faint);
        let label = if self.mode == QueryMode::Pattern { " .* " } else { " > " };
        let cursor = self.picker.draw_prompt(inset(room, 0, 1), label, canvas);
        let area = list_area(context.area);
        if let Some(empty) = self.empty(context) {
            draw_wrapped(inset(area, 1, 1), &empty, canvas);
        }
        let Cursor { chosen, top } = self.picker.cursor;
        for line in 0..usize::from(area.height) {
            if let Some(row) = self.row(top + line) {
                self.draw_row(line_of(area, line), row, top + line == chosen, context, canvas);
            }
        }
        self.draw_excerpt(context, canvas);
        cursor
    }
}

impl SearchScreen {
    /// With nothing typed yet.
    pub(crate) fn new() -> Self {
        Self {
            picker: Picker::typing(),
            mode: QueryMode::default(),
            found: None,
            offered: Vec::new(),
            first_rows: Vec::new(),
            rows: 0,
            hits: HashMap::new(),
            history: Vec::new(),
            back: 0,
        }
    }

    /// With the search for a wording exactly as it is written.
    pub(crate) fn about(wording: &str) -> Self {
        let mut screen = Self::new();
        let quoted = wording.contains(['"', '“', '”', '＂', '\n']);
        screen.picker.set_text(&if quoted { wording.to_owned() } else { format!("\"{wording}\"") });
        screen.picker.replace_next();
        screen
    }

    /// Keeps what is searched for in the history, once.
    fn remember(&mut self) {
        let typed = self.picker.text().to_owned();
        self.history.retain(|before| *before != typed);
        if !typed.is_empty() {
            self.history.push(typed);
        }
        self.back = 0;
    }

    /// Takes the search before into the prompt; false where there is none.
    fn go_back(&mut self) -> bool {
        let others = self.history.iter().rev().filter(|one| *one != self.picker.text());
        let Some(before) = others.clone().nth(self.back).or(others.clone().next()).cloned() else {
            return false;
        };
        self.back += 1;
        self.picker.set_text(&before);
        true
    }

    fn take(&mut self, found: Option<Result<Arc<SearchResults>, QueryError>>) {
        self.hits.clear();
        self.first_rows.clear();
        self.rows = 0;
        if let Some(Ok(found)) = &found {
            for document in &found.documents {
                self.first_rows.push(self.rows);
                self.rows += 1 + document.hits as usize;
            }
        }
        self.found = found;
        self.picker.cursor = Cursor { chosen: usize::from(self.rows > 1), top: 0 };
    }

    fn draw_row(
        &self,
        line: Rect,
        row: Row,
        chosen: bool,
        context: &ScreenContext,
        canvas: &mut Canvas<'_>,
    ) {
        let palette = canvas.look.palette;
        let Some(document) = context.document(row.found.document) else { return };
        let rest = list::mark(line, chosen, Focused::Yes, canvas);
        let mut matched = None;
        match row.hit {
            None => {
                let hits = (row.found.hits + row.found.title_hits).to_string();
                let rest = canvas.write_right(inset(rest, 0, 1), &hits, palette.faint);
                canvas.write_cut(inset(rest, 0, 1), &headline(document), palette.heading);
            }
            Some(number) => {
                let hits = self.hits.get(&row.found.document);
                if let Some(hit) = hits.and_then(|hits| hits.get(number)) {
                    matched = Some(draw_hit(rest, hit, document, canvas));
                }
            }
        }
        if chosen {
            canvas.paint(line, palette.chosen);
            matched.into_iter().for_each(|at| canvas.paint(at, palette.chosen_match));
        }
    }

    /// The paragraph of the chosen hit, where there is room.
    fn draw_excerpt(&self, context: &ScreenContext, canvas: &mut Canvas<'_>) {
        let (_, Some(area)) = excerpt::split(whole_list(context.area)) else { return };
        let Some(row) = self.row(self.picker.cursor.chosen) else { return };
        let hits = self.hits.get(&row.found.document);
        let hit = hits.and_then(|hits| hits.get(row.hit.unwrap_or(0)));
        let Some((hit, document)) = hit.zip(context.document(row.found.document)) else { return };
        let style = canvas.look.palette.hit;
        excerpt::draw(area, document, hit.place.block, hit.place.span, style, canvas);
    }

    fn summary(&self, context: &ScreenContext) -> String {
        match &self.found {
            Some(Ok(found)) => context.tell(
                Message::SearchSummary,
                &[&found.documents.len().to_string(), &found.hits().to_string()],
            ),
            _ => String::new(),
        }
    }

    /// Why there is nothing, and what may help.
    fn empty(&self, context: &ScreenContext) -> Option<String> {
        match &self.found {
            None => Some(context.say(Message::SearchHelp).to_owned()),
            Some(Err(wrong)) => Some(query_words::explained(wrong, context.look.lang)),
            Some(Ok(found)) if found.documents.is_empty() => {
                Some(nothing(found, &self.offered, context))
            }
            Some(Ok(_)) => None,
        }
    }

    fn row(&self, row: usize) -> Option<Row> {
        let Some(Ok(found)) = &self.found else { return None };
        let behind = self.first_rows.partition_point(|first| *first <= row);
        let at = behind.checked_sub(1).filter(|_| row < self.rows)?;
        let (document, first) = (found.documents.get(at)?, self.first_rows.get(at)?);
        Some(Row { found: *document, hit: (row - first).checked_sub(1) })
    }

    /// Goes to the chosen hit; from there the reader walks all results.
    fn land(&self, context: &ScreenContext) -> Outcome {
        match self.place(context) {
            Some((found, target)) => {
                Outcome::Walk(self.picker.text().to_owned(), Arc::clone(found), target)
            }
            None => Outcome::Done,
        }
    }

    /// The chosen hit; of a document its first one.
    fn place(&self, context: &ScreenContext) -> Option<(&Arc<SearchResults>, JumpTarget)> {
        let Some(Ok(found)) = &self.found else { return None };
        let row = self.row(self.picker.cursor.chosen)?;
        let document = row.found.document;
        let hits = found.hits_in(context.library.arena(), context.library.documents(), document);
        let hit = hits.get(row.hit.unwrap_or(0));
        let target = JumpTarget {
            document,
            block: hit.map(|hit| hit.place.block),
            span: hit.map(|hit| hit.place.span),
        };
        Some((found, target))
    }
}

fn nothing(found: &SearchResults, offered: &[String], context: &ScreenContext) -> String {
    let wanted = found.searched.wanted.join("、");
    let foldings = found.searched.foldings.iter().map(|folding| {
        context.say(match folding {
            Folding::Script => Message::FoldScript,
            Folding::Width => Message::FoldWidth,
            Folding::Case => Message::FoldCase,
            Folding::Compatibility => Message::FoldCompatibility,
        })
    });
    let foldings = foldings.collect::<Vec<_>>().join("、");
    let documents = found.searched.documents.to_string();
    let said = context.tell(Message::NothingFound, &[&wanted, &documents, &foldings]);
    if offered.is_empty() {
        return said;
    }
    format!("{said} {}", context.tell(Message::NearestTopics, &[&offered.join("、")]))
}

fn draw_hit(line: Rect, hit: &Hit, document: &Document, canvas: &mut Canvas<'_>) -> Rect {
    let place = hit.place;
    let Some(block) = document.blocks.get(place.block as usize) else { return line };
    let section = hit.section.and_then(|at| document.outline.get(at as usize));
    let label = section.map_or("", |heading| heading.title.as_str());
    let columns = Columns::of(line, 16);
    canvas.write_cut(columns.label, label, canvas.look.palette.faint);
    let style = canvas.look.palette.hit;
    kwic::draw(columns.text, &block.text, place.span, style, canvas)
}

/// The rows of the list.
fn list_area(area: Rect) -> Rect {
    excerpt::split(whole_list(area)).0
}

/// The list and the excerpt below it.
fn whole_list(area: Rect) -> Rect {
    let inner = inside(body(area));
    Rect { y: inner.y + 2.min(inner.height), height: inner.height.saturating_sub(2), ..inner }
}

#[cfg(test)]
mod tests {
    use crate::tui::event::Event;
    use crate::tui::testing::Reading;
    use crate::ui::palette::Palette;

    #[test]
    fn results_stand_by_document_and_line_up_on_the_hit() {
        let mut reading = Reading::new(120, 36);
        reading.press("s").type_text("區塊鏈");
        let screen = reading.screen();
        assert!(screen.contains("3 篇 3 处"), "{screen}");
        let column = |row: &str| {
            let hit = ["区块链", "區塊鏈"].iter().find_map(|hit| row.find(hit))?;
            Some(wenmai::text::width::cells(row.get(..hit)?, Default::default()))
        };
        let rows = usize::from(super::list_area(reading.buffer.area).height);
        let columns: Vec<usize> = screen.lines().skip(2).take(rows).filter_map(column).collect();
        assert_eq!(columns.len(), 3);
        assert!(columns.windows(2).all(|pair| pair[0] == pair[1]), "{screen}");
    }

    #[test]
    fn enter_lands_on_the_hit_and_n_walks_all_results_round() {
        let mut reading = Reading::new(120, 36);
        reading.press("s").type_text("集成电路").press("Enter");
        let here = Palette::PLAIN.hit_here;
        assert_eq!(reading.drawn_in(here), "集成电路");
        let first = reading.screen();
        assert!(first.contains("/集成电路 1/3"), "{first}");
        assert!(reading.press("n").screen().contains("/集成电路 2/3"));
        assert!(reading.press("n").screen().contains("/集成电路 3/3"));
        assert_eq!(reading.press("n").screen(), first);
        assert!(reading.press("N").screen().contains("/集成电路 3/3"));
        assert_eq!(reading.press("Ctrl-o").screen(), first);
    }

    #[test]
    fn an_empty_result_and_an_unfinished_pattern_say_why() {
        let mut reading = Reading::new(120, 36);
        reading.press("s").type_text("没有的词");
        assert!(reading.screen().contains("没有找到“没有的词”：已查 5 篇文本，不分简繁"));
        reading.press("Ctrl-u").type_text("智能养殖");
        let screen = reading.screen().replace('\n', "");
        assert!(screen.contains("相近的主题：人工智能"), "{screen}");
        reading.press("Ctrl-u Ctrl-r").type_text("[物");
        assert!(reading.screen().contains("正则表达式有误（第 1 个字符）"), "{}", reading.screen());
        reading.type_text("]联网");
        assert!(reading.screen().contains("3 篇 3 处"), "{}", reading.screen());
    }

    #[test]
    fn whatever_is_pasted_stays_in_its_line() {
        let mut reading = Reading::new(40, 10);
        reading.press("s");
        reading.send(Event::Paste("标准\n\u{1b}[2J\t人工e\u{301}智能".repeat(40)));
        let caret = reading.caret.expect("a caret");
        assert!(caret.x < 39 && caret.y == 1);
        for row in reading.screen().lines().take(8) {
            assert!(row.ends_with(['│', '┐', '┘']), "{row}");
        }
    }

    #[test]
    fn a_search_opens_again_as_it_was_left_and_the_ones_before_are_a_key_away() {
        let mut reading = Reading::new(120, 36);
        reading.press("s").type_text("集成电路").press("Enter");
        let again = reading.press("s").screen();
        assert!(again.contains("> 集成电路") && again.contains("3 篇 3 处"), "{again}");
        // What is typed then replaces it.
        reading.type_text("区块链");
        assert!(reading.screen().contains("> 区块链"), "{}", reading.screen());
        reading.press("Enter s Up");
        assert!(reading.screen().contains("> 集成电路"), "{}", reading.screen());
        reading.press("Enter");
        assert!(reading.screen().contains("/集成电路 1/3"), "{}", reading.screen());
    }

    #[test]
    fn the_hit_of_the_chosen_row_and_its_paragraph_are_marked() {
        let mut reading = Reading::new(120, 36);
        reading.press("s").type_text("测试方法");
        let palette = Palette::PLAIN;
        let list = super::list_area(reading.buffer.area);
        assert_eq!(reading.drawn_in_area(list, palette.chosen_match), "测试方法");
        assert!(reading.screen().contains("形成一批可以推广的经验"), "{}", reading.screen());
    }
}
