//! Jumps: going to a document, a place, a mention or a hit, and back to where each jump started.

use std::sync::Arc;

use wenmai::document::DocIndex;
use wenmai::find::fulltext::Found;
use wenmai::links::ThemeId;
use wenmai::text::Span;

use super::find::{Find, Hit};
use super::{Reader, Stop};
use crate::tui::geometry::Pane;
use crate::tui::messages::Message;
use crate::tui::screen::{Desk, Landing};
use crate::tui::widget::article::{Anchor, Spot};

impl Reader {
    pub(super) fn open_document(&mut self, document: DocIndex, desk: &Desk) {
        if document == self.document {
            return;
        }
        self.history.leave(self.stop());
        self.show_document(document, desk);
        self.anchor = Anchor::default();
        self.lay_out(desk);
    }

    /// Goes to a place that another screen names.
    pub(crate) fn land(&mut self, landing: Landing, desk: &Desk) {
        self.history.leave(self.stop());
        self.show_document(landing.document, desk);
        self.anchor = Anchor::default();
        self.focus = Pane::Article;
        self.lay_out(desk);
        let Some(block) = landing.block else { return };
        self.here = landing.span.map(|span| Hit { block, span });
        self.look_at(Hit { block, span: landing.span.unwrap_or(Span::new(0, 0)) }, desk);
    }

    /// Goes to a mention of `theme`, which becomes the active one.
    pub(crate) fn land_on_mention(&mut self, theme: ThemeId, landing: Landing, desk: &Desk) {
        self.land(landing, desk);
        self.choose_theme(theme);
    }

    /// Goes to one of the results of a search; `n` leads on through all of them.
    pub(crate) fn walk(
        &mut self,
        (wanted, found): (String, Arc<Found>),
        landing: Landing,
        desk: &Desk,
    ) {
        self.land(landing, desk);
        self.find = Some(Find::walk(wanted, found, landing.document, desk));
    }

    /// Follows `theme`: to its first mention in this document, else to another one.
    pub(crate) fn follow_theme(&mut self, theme: ThemeId, desk: &Desk) {
        self.notice = None;
        self.focus = Pane::Article;
        let first = desk.themes().and_then(|index| index.mentions_of(theme, self.document).next());
        match first {
            Some(mention) => {
                self.history.leave(self.stop());
                self.choose_theme(theme);
                self.stand_on(Hit { block: mention.block, span: mention.span }, desk);
            }
            None => self.follow_on(theme, desk),
        }
    }

    pub(super) fn show_document(&mut self, document: DocIndex, desk: &Desk) {
        self.document = document;
        self.here = None;
        self.shelf.choose(document);
        if let Some(find) = &mut self.find {
            find.move_to(document, desk);
        }
    }

    /// Brings the characters of `hit` into view, at a third of the height unless they are in view
    /// already.
    pub(super) fn look_at(&mut self, hit: Hit, desk: &Desk) {
        let Some(typeset) = &self.typeset else { return };
        let line_of = |character| typeset.line(Anchor::Text(Spot { block: hit.block, character }));
        let (line, last) = (line_of(hit.span.start), line_of(hit.span.end.saturating_sub(1)));
        let height = self.height(desk);
        if line < self.top || last >= self.top + height {
            self.top = 0;
            self.scroll_to(line.saturating_sub(height / 3), desk);
        }
    }

    pub(super) fn stop(&self) -> Stop {
        Stop { document: self.document, anchor: self.anchor, here: self.here, active: self.active }
    }

    pub(super) fn return_to(&mut self, stop: Stop, desk: &Desk) {
        self.show_document(stop.document, desk);
        self.anchor = stop.anchor;
        self.here = stop.here;
        self.active = stop.active;
        self.lay_out(desk);
        if let Some(theme) = stop.active {
            self.themes.choose(theme);
        }
    }

    pub(super) fn go_back(&mut self, desk: &Desk) {
        match self.history.back(self.stop()) {
            Some(stop) => self.return_to(stop, desk),
            None => self.notice = Some(desk.say(Message::NothingBehind).to_owned()),
        }
    }

    pub(super) fn go_forward(&mut self, desk: &Desk) {
        match self.history.forward(self.stop()) {
            Some(stop) => self.return_to(stop, desk),
            None => self.notice = Some(desk.say(Message::NothingAhead).to_owned()),
        }
    }
}
