//! Jumps: going to a document, a place, a mention or a hit, and back to where each jump started.

use std::sync::Arc;

use wenmai::document::DocIndex;
use wenmai::find::fulltext::Found;
use wenmai::text::Span;
use wenmai::themes::ThemeId;

use super::find::{Find, Hit};
use super::{Reader, Stop, left_at};
use crate::tui::geometry::Pane;
use crate::tui::screen::column::Column;
use crate::tui::screen::{Landing, ScreenContext};
use crate::tui::widget::article::Anchor;
use crate::ui::messages::Message;

impl Reader {
    pub(super) fn open_document(&mut self, document: DocIndex, context: &ScreenContext) {
        if document == self.column.document {
            return;
        }
        self.history.leave(self.stop());
        self.show_document(document, context);
        self.column.anchor = left_at(document, context);
        self.lay_out(context);
    }

    /// Goes to a place that another screen names.
    pub(crate) fn land(&mut self, landing: Landing, context: &ScreenContext) {
        self.history.leave(self.stop());
        self.show_document(landing.document, context);
        self.column.anchor = Anchor::default();
        self.focus = Pane::Article;
        self.lay_out(context);
        let Some(block) = landing.block else { return };
        self.column.here = landing.span.map(|span| Hit { block, span });
        let hit = Hit { block, span: landing.span.unwrap_or(Span::new(0, 0)) };
        self.column.look_at(hit, self.height(context));
    }

    /// Goes to a mention of `theme`, which becomes the active one.
    pub(crate) fn land_on_mention(
        &mut self,
        theme: ThemeId,
        landing: Landing,
        context: &ScreenContext,
    ) {
        self.land(landing, context);
        self.choose_theme(theme);
    }

    /// Goes to one of the results of a search; `n` leads on through all of them.
    pub(crate) fn walk(
        &mut self,
        (wanted, found): (String, Arc<Found>),
        landing: Landing,
        context: &ScreenContext,
    ) {
        self.land(landing, context);
        self.column.find = Some(Find::walk(wanted, found, landing.document, context));
    }

    /// Follows `theme`: to its first mention in this document, else to another one.
    pub(crate) fn follow_theme(&mut self, theme: ThemeId, context: &ScreenContext) {
        self.notice = None;
        self.focus = Pane::Article;
        let first = context.mentions_of(theme, self.column.document).next();
        match first {
            Some(mention) => {
                self.history.leave(self.stop());
                self.choose_theme(theme);
                self.stand_on(Hit::of(mention), context);
            }
            None => self.follow_on(theme, context),
        }
    }

    pub(super) fn show_document(&mut self, document: DocIndex, context: &ScreenContext) {
        self.selection = None;
        self.column.show(document, context);
        self.documents_pane.choose(document);
    }

    pub(super) fn stop(&self) -> Stop {
        let Column { document, anchor, here, .. } = self.column;
        Stop { document, anchor, here, active: self.active }
    }

    pub(super) fn return_to(&mut self, stop: Stop, context: &ScreenContext) {
        self.show_document(stop.document, context);
        self.column.anchor = stop.anchor;
        self.column.here = stop.here;
        self.active = stop.active;
        self.lay_out(context);
        if let Some(theme) = stop.active {
            self.themes.choose(theme);
        }
    }

    pub(super) fn go_back(&mut self, context: &ScreenContext) {
        match self.history.back(self.stop()) {
            Some(stop) => self.return_to(stop, context),
            None => self.notice = Some(context.say(Message::NothingBehind).to_owned()),
        }
    }

    pub(super) fn go_forward(&mut self, context: &ScreenContext) {
        match self.history.forward(self.stop()) {
            Some(stop) => self.return_to(stop, context),
            None => self.notice = Some(context.say(Message::NothingAhead).to_owned()),
        }
    }
}
