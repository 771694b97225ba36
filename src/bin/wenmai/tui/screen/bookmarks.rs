//! Bookmarks: every mark, bookmark and note with its words, the newest first. What is typed after `/`
//! filters them; Enter goes there, and a key takes one off.

use ratatui::layout::Position;
use wenmai::annotations::entry::{Annotation, Kind, Uid};
use wenmai::annotations::reading_state::Change;
use wenmai::text::fold::fold_key;

use super::{JumpTarget, Outcome, Screen};
use crate::tui::canvas::{Canvas, line_of};
use crate::tui::context::ScreenContext;
use crate::tui::event::Mouse;
use crate::tui::picker::{Picked, Picker, popup_rows};
use crate::tui::widget::list::{self, ListRow, Pointed};
use crate::ui::action::Action;
use crate::ui::keymap::Mode;
use crate::ui::messages::Message;

/// The list that is open.
#[derive(Debug, Default)]
pub(crate) struct BookmarksScreen {
    picker: Picker,
    rows: Vec<(ListRow, Uid)>,
    made_for: Option<(u64, String)>,
    notice: Option<String>,
}

impl Screen for BookmarksScreen {
    fn mode(&self) -> Mode {
        self.picker.mode()
    }

    fn hints(&self) -> &'static [Action] {
        &[Action::Open, Action::Remove, Action::Find, Action::Cancel]
    }

    fn act(&mut self, action: Action, context: &ScreenContext) -> Outcome {
        self.notice = None;
        let height = popup_rows(context.area).height.into();
        match self.picker.act(action, self.rows.len(), height) {
            Picked::Open | Picked::Other(Action::Remove) if self.rows.is_empty() => {
                return Outcome::Ignored;
            }
            Picked::Open => return self.go(context),
            Picked::Close | Picked::Other(Action::Bookmarks) => return Outcome::Close,
            Picked::Other(Action::Remove) => {
                let chosen = self.chosen().cloned().map(Change::Remove);
                return Outcome::Annotate(chosen.into_iter().collect());
            }
            Picked::Other(_) => return Outcome::Ignored,
            Picked::Done | Picked::Typed => {}
        }
        Outcome::Done
    }

    fn target(&self, context: &ScreenContext) -> Option<JumpTarget> {
        let entry = context.keeping.kept().entry(self.chosen()?)?;
        let document = context.keeping.find(&entry.path, &context.library)?;
        let text = context.document(document)?;
        let (_, extent) =
            context.keeping.entries(text).into_iter().find(|(one, _)| one.uid == entry.uid)?;
        let block = extent.from.block;
        let span = extent.part_of(block).filter(|_| extent.to.block == block);
        Some(JumpTarget { document, block: Some(block), span })
    }

    fn type_text(&mut self, text: &str, _context: &ScreenContext) {
        self.picker.type_text(text);
    }

    fn mouse(&mut self, mouse: Mouse, cell: Position, context: &ScreenContext) -> Outcome {
        match self.picker.point(mouse, cell, popup_rows(context.area), self.rows.len()) {
            Pointed::Row => self.go(context),
            Pointed::Moved => Outcome::Done,
            Pointed::Beside => Outcome::Close,
        }
    }

    fn lay_out(&mut self, context: &ScreenContext) {
        let made_for = Some((context.keeping.version(), self.picker.text().to_owned()));
        if self.made_for != made_for {
            self.rows = rows(self.picker.text(), context);
            self.made_for = made_for;
        }
        self.picker.show(self.rows.len(), popup_rows(context.area).height.into());
    }

    fn draw(&self, context: &ScreenContext, canvas: &mut Canvas<'_>) -> Option<Position> {
        let count = context.keeping.kept().entries().count().to_string();
        let title = context.tell(Message::BookmarksTitle, &[&count]);
        let area = list::open_popup(context.area, &title, canvas);
        let top = line_of(area, 0);
        let palette = canvas.look.palette;
        let cursor = match &self.notice {
            Some(notice) => {
                canvas.write_cut(top, notice, palette.focus);
                None
            }
            None => self.picker.draw_prompt(top, " / ", canvas),
        };
        let rows: Vec<ListRow> = self.rows.iter().map(|(row, _)| row.clone()).collect();
        list::draw(popup_rows(context.area), &rows, self.picker.cursor, canvas);
        if rows.is_empty() {
            let none = self.picker.text().is_empty();
            let message = if none { Message::NoBookmarks } else { Message::NothingFits };
            canvas.write_cut(line_of(area, 2), context.say(message), palette.faint);
        }
        cursor
    }
}

impl BookmarksScreen {
    fn chosen(&self) -> Option<&Uid> {
        self.rows.get(self.picker.cursor.chosen).map(|(_, uid)| uid)
    }

    /// Goes to the chosen entry, if its document is in this library.
    fn go(&mut self, context: &ScreenContext) -> Outcome {
        let Some(uid) = self.chosen().cloned() else { return Outcome::Done };
        let Some(entry) = context.keeping.kept().entry(&uid) else { return Outcome::Done };
        match context.keeping.find(&entry.path, &context.library) {
            Some(document) => Outcome::Recall(document, uid),
            None => {
                self.notice = Some(context.tell(Message::NotInLibrary, &[&entry.path]));
                Outcome::Done
            }
        }
    }
}

fn rows(typed: &str, context: &ScreenContext) -> Vec<(ListRow, Uid)> {
    let wanted = fold_key(typed.trim());
    let kept = context.keeping.kept();
    let mut entries: Vec<&Annotation> = kept.entries().collect();
    entries.sort_by_key(|entry| std::cmp::Reverse((entry.made, &entry.uid)));
    let row = |entry: &&Annotation| {
        let title = kept.known(&entry.path).map_or(entry.path.as_str(), |known| &known.title);
        let words = entry
            .note()
            .map_or_else(String::new, |note| format!("{}  ", note.replace('\n', " ⏎ ")));
        let quote = entry.quote.lines().next().unwrap_or_default();
        let left = format!("{} {words}{quote}", sign(entry, context));
        let short: String = title.chars().take(16).collect();
        let right = match entry.kind {
            Kind::Tag(_) => short,
            _ => format!("{short} ¶{}", entry.extent.from.block + 1),
        };
        let fits = wanted.is_empty() || fold_key(&format!("{left} {title}")).contains(&wanted);
        fits.then(|| (ListRow { left, right, heading: false }, entry.uid.clone()))
    };
    entries.iter().filter_map(row).collect()
}

fn sign(entry: &Annotation, context: &ScreenContext) -> String {
    match &entry.kind {
        Kind::Mark(letter) => letter.to_string(),
        Kind::Bookmark => context.look.glyphs.bookmark.to_owned(),
        Kind::Note(_) => context.look.glyphs.note.to_owned(),
        Kind::Tag(tag) => format!("#{tag}"),
    }
}
