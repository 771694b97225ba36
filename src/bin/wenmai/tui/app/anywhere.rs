//! Actions that mean the same on every screen: help, the command line, the other screens, and what is
//! done with the chosen place. What a screen cannot do is said.

use wenmai::annotations::entry::{Annotation, Extent, Kind};
use wenmai::annotations::reading_state::Change;
use wenmai::citation::Cited;

use super::super::effect::Effect;
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
            | Action::Matrix
            | Action::Unread => self.reader.act(action, &self.context),
            Action::Copy | Action::CopyOther | Action::Bookmark | Action::Note => {
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

    /// Copies, bookmarks or annotates the place that is chosen on a screen.
    fn act_on(&mut self, action: Action, target: JumpTarget) -> Effect {
        if action == Action::Note {
            self.close_all();
            self.reader.jump(target, &self.context);
            let outcome = self.reader.act(Action::Note, &self.context);
            return self.settle(outcome);
        }
        let Some((document, block)) = self.context.document(target.document).zip(target.block)
        else {
            return Effect::None;
        };
        let whole = Extent::of_block(document, block);
        let extent = target.span.map_or(whole, |span| Extent::in_block(block, span));
        let path = self.context.keeping.path(document);
        if action == Action::Bookmark {
            let entry = Annotation::new(Kind::Bookmark, &path, document, whole);
            let quote: String = entry.quote.chars().take(24).collect();
            self.notice = Some(self.context.tell(Message::BookmarkSet, &[&quote]));
            self.annotate(vec![Change::Put(entry)]);
            return Effect::None;
        }
        let style = self.reader.citation(action == Action::CopyOther);
        let cited = Cited { document, extent, path: &path, today: self.context.today };
        Effect::Copy(cited.write(style))
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
