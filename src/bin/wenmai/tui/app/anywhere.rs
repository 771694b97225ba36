//! Actions that mean the same on every screen: help, the command line, the other screens, and what is
//! done with the chosen place. What a screen cannot do is said.

use wenmai::annotations::entry::{Annotation, Extent, Kind};
use wenmai::annotations::reading_state::Change;
use wenmai::citation::{Cited, Style};

use super::super::effect::Effect;
use super::super::find::Hit;
use super::super::screen::command::CommandLine;
use super::super::screen::help::HelpScreen;
use super::super::screen::{JumpTarget, Outcome};
use super::App;
use crate::ui::action::{Action, entry};
use crate::ui::key_table::live_keys;
use crate::ui::messages::Message;

impl App {
    /// Answers an action that the open screen has no answer to.
    pub(super) fn act_over_screen(&mut self, action: Action) -> Effect {
        let outcome = match action {
            Action::Help => {
                let first = self.over.last().map_or(&[][..], |screen| screen.hints());
                Outcome::open(HelpScreen::of_screen(first, &self.context))
            }
            Action::Commands => Outcome::open(CommandLine::new(self.reader.followed())),
            Action::Finder
            | Action::Search
            | Action::Bookmarks
            | Action::Queries
            | Action::Matrix
            | Action::Unread => self.reader.act(action, &self.context),
            Action::Copy | Action::CopyOther => match self.copied(action == Action::CopyOther) {
                Some(text) => return Effect::Copy(text),
                None => self.refuse(action),
            },
            Action::Bookmark | Action::Note | Action::NoteEditor | Action::Wording => {
                let target = self.over.last().and_then(|screen| screen.target(&self.context));
                match target {
                    Some(target) => return self.act_on(action, target),
                    None => self.refuse(action),
                }
            }
            Action::Back | Action::Forward | Action::FocusArticle | Action::TextOnly => {
                self.close_all();
                self.reader.act(action, &self.context)
            }
            _ => self.refuse(action),
        };
        self.settle(outcome)
    }

    /// Bookmarks, annotates or looks up the place that is chosen on a screen.
    fn act_on(&mut self, action: Action, target: JumpTarget) -> Effect {
        if matches!(action, Action::Note | Action::NoteEditor | Action::Wording) {
            self.close_all();
            self.reader.jump(target, &self.context);
            let outcome = match (action, target.block.zip(target.span)) {
                (Action::Wording, Some((block, span))) => {
                    self.reader.look_up(Hit { block, span }, &self.context);
                    Outcome::Done
                }
                _ => self.reader.act(action, &self.context),
            };
            return self.settle(outcome);
        }
        if action == Action::Bookmark {
            return self.bookmark(target);
        }
        Effect::None
    }

    /// What is copied of the chosen row: its figures, or its places with their citations.
    fn copied(&mut self, other: bool) -> Option<String> {
        let screen = self.over.last()?;
        if let Some(rows) = screen.copied(other, &self.context) {
            return Some(rows);
        }
        let quoted = screen.quoted(&self.context);
        let style = self.reader.citation(other && !quoted.is_empty());
        let quotes = quoted.into_iter().filter_map(|target| self.quote(target, style));
        Some(quotes.collect::<Vec<_>>().join("\n")).filter(|text| !text.is_empty())
    }

    /// The words at a place with their citation; of a text as a whole its first paragraph.
    fn quote(&self, target: JumpTarget, style: Style) -> Option<String> {
        let document = self.context.document(target.document)?;
        let block = target.block.unwrap_or_default();
        let whole = Extent::of_block(document, block);
        let extent = target.span.map_or(whole, |span| Extent::in_block(block, span));
        let path = self.context.keeping.path(document);
        Some(Cited { document, extent, path: &path, today: self.context.today }.write(style))
    }

    /// Bookmarks the paragraph of a place.
    fn bookmark(&mut self, target: JumpTarget) -> Effect {
        let Some(document) = self.context.document(target.document) else { return Effect::None };
        let whole = Extent::of_block(document, target.block.unwrap_or_default());
        let path = self.context.keeping.path(document);
        let entry = Annotation::new(Kind::Bookmark, &path, document, whole);
        let quote: String = entry.quote.chars().take(24).collect();
        self.notice = Some(self.context.tell(Message::BookmarkSet, &[&quote]));
        self.annotate(vec![Change::Put(entry)]);
        Effect::None
    }

    /// Says that a key does nothing on this screen.
    fn refuse(&mut self, action: Action) -> Outcome {
        let entry = entry(action);
        let keys = entry.map_or(&[][..], |entry| live_keys(entry, &self.context.keymap));
        let key = keys.first().map_or("", String::as_str);
        self.notice = Some(self.context.tell(Message::NotHere, &[key]));
        Outcome::Done
    }
}
