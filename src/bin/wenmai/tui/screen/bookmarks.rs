//! Bookmarks: every mark, bookmark and note with its words, the newest first. What is typed after `/`
//! filters them; Enter goes there, and a key takes one off.

use ratatui::layout::{Position, Rect};
use wenmai::keep::entry::{Entry, Kind, Uid};
use wenmai::keep::kept::Change;
use wenmai::text::fold::fold_key;

use super::{Desk, Outcome};
use crate::tui::action::Action;
use crate::tui::canvas::{Canvas, line_of};
use crate::tui::cursor::Cursor;
use crate::tui::event::Mouse;
use crate::tui::keymap::Mode;
use crate::tui::messages::Message;
use crate::tui::widget::list::{self, ListRow, Pointed};
use crate::tui::widget::prompt::Prompt;

/// The list that is open.
#[derive(Debug, Default)]
pub(crate) struct Bookmarks {
    prompt: Prompt,
    typing: bool,
    cursor: Cursor,
    rows: Vec<(ListRow, Uid)>,
    made_for: Option<(u64, String)>,
    notice: Option<String>,
}

impl Bookmarks {
    pub(crate) fn mode(&self) -> Mode {
        if self.typing { Mode::Typing } else { Mode::Reading }
    }

    pub(crate) fn act(&mut self, action: Action, desk: &Desk) -> Outcome {
        self.notice = None;
        if self.typing && self.prompt.act(action) {
            return Outcome::Done;
        }
        if let Some(step) = list::step_of(action) {
            self.cursor.step(step, self.rows.len(), rows_area(desk.area).height.into());
            return Outcome::Done;
        }
        match action {
            Action::Find => self.typing = true,
            Action::Open => return self.go(desk),
            Action::Remove => {
                let chosen = self.chosen().cloned().map(Change::Remove);
                return Outcome::Keep(chosen.into_iter().collect());
            }
            Action::Cancel if self.typing || !self.prompt.text().is_empty() => {
                self.typing = false;
                self.prompt = Prompt::default();
            }
            Action::Cancel | Action::Quit | Action::Bookmarks => return Outcome::Close,
            _ => {}
        }
        Outcome::Done
    }

    pub(crate) fn type_text(&mut self, text: &str) {
        self.prompt.insert(text);
    }

    pub(crate) fn mouse(&mut self, mouse: Mouse, cell: Position, desk: &Desk) -> Outcome {
        let rows = (rows_area(desk.area), self.rows.len());
        match list::point((mouse, cell), rows, &mut self.cursor) {
            Pointed::Row => self.go(desk),
            Pointed::Moved => Outcome::Done,
            Pointed::Beside => Outcome::Close,
        }
    }

    pub(crate) fn lay_out(&mut self, desk: &Desk) {
        let made_for = Some((desk.keeping.version(), self.prompt.text().to_owned()));
        if self.made_for != made_for {
            self.rows = rows(self.prompt.text(), desk);
            self.made_for = made_for;
        }
        self.cursor.show(self.rows.len(), rows_area(desk.area).height.into(), 1);
    }

    pub(crate) fn draw(&self, desk: &Desk, canvas: &mut Canvas<'_>) -> Option<Position> {
        let count = desk.keeping.kept().entries().count().to_string();
        let title = desk.tell(Message::BookmarksTitle, &[&count]);
        let area = list::open_popup(desk.area, &title, canvas);
        let top = line_of(area, 0);
        let palette = canvas.look.palette;
        let caret = match &self.notice {
            Some(notice) => {
                canvas.write_cut(top, notice, palette.focus);
                None
            }
            None => Some(self.prompt.draw(top, " / ", canvas)),
        };
        let rows: Vec<ListRow> = self.rows.iter().map(|(row, _)| row.clone()).collect();
        list::draw(rows_area(desk.area), &rows, self.cursor, canvas);
        if rows.is_empty() {
            let none = self.prompt.text().is_empty();
            let message = if none { Message::NoBookmarks } else { Message::NothingFits };
            canvas.write_cut(line_of(area, 2), desk.say(message), palette.faint);
        }
        caret.filter(|_| self.typing)
    }

    fn chosen(&self) -> Option<&Uid> {
        self.rows.get(self.cursor.chosen).map(|(_, uid)| uid)
    }

    /// Goes to the chosen entry, if its document is in this library.
    fn go(&mut self, desk: &Desk) -> Outcome {
        let Some(uid) = self.chosen().cloned() else { return Outcome::Done };
        let Some(entry) = desk.keeping.kept().entry(&uid) else { return Outcome::Done };
        match desk.keeping.find(&entry.path, &desk.library) {
            Some(document) => Outcome::Recall(document, uid),
            None => {
                self.notice = Some(desk.tell(Message::NotInLibrary, &[&entry.path]));
                Outcome::Done
            }
        }
    }
}

fn rows(typed: &str, desk: &Desk) -> Vec<(ListRow, Uid)> {
    let wanted = fold_key(typed.trim());
    let kept = desk.keeping.kept();
    let mut entries: Vec<&Entry> = kept.entries().collect();
    entries.sort_by_key(|entry| std::cmp::Reverse((entry.made, &entry.uid)));
    let row = |entry: &&Entry| {
        let title = kept.known(&entry.path).map_or(entry.path.as_str(), |known| &known.title);
        let words = entry.note().map_or_else(String::new, |note| format!("{note}  "));
        let quote = entry.quote.lines().next().unwrap_or_default();
        let left = format!("{} {words}{quote}", sign(entry, desk));
        let short: String = title.chars().take(16).collect();
        let right = format!("{short} ¶{}", entry.extent.from.block + 1);
        let fits = wanted.is_empty() || fold_key(&format!("{left} {title}")).contains(&wanted);
        fits.then(|| (ListRow { left, right, heading: false }, entry.uid.clone()))
    };
    entries.iter().filter_map(row).collect()
}

fn sign(entry: &Entry, desk: &Desk) -> String {
    match &entry.kind {
        Kind::Mark(letter) => letter.to_string(),
        Kind::Bookmark => desk.look.glyphs.bookmark.to_owned(),
        Kind::Note(_) => desk.look.glyphs.note.to_owned(),
    }
}

fn rows_area(area: Rect) -> Rect {
    let body = list::body(area);
    Rect { y: body.y + 1.min(body.height), height: body.height.saturating_sub(1), ..body }
}
