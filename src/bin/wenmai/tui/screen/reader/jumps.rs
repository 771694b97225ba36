//! Jumps: going to a document, a place, a mention or a hit, and back to where each jump started.

use std::sync::Arc;

use wenmai::document::DocIndex;
use wenmai::find::fulltext::SearchResults;
use wenmai::text::Span;
use wenmai::themes::ThemeId;

use super::jump_place::JumpPlace;
use super::{Reader, left_at};
use crate::tui::context::ScreenContext;
use crate::tui::find::{Find, Hit};
use crate::tui::geometry::Pane;
use crate::tui::screen::JumpTarget;
use crate::tui::screen::article_pane::ArticlePane;
use crate::tui::widget::article::Anchor;
use crate::ui::messages::Message;

impl Reader {
    pub(super) fn open_document(&mut self, document: DocIndex, context: &ScreenContext) {
        if document == self.pane.document {
            return;
        }
        self.jumps.leave(self.jump_place());
        self.show_document(document, context);
        self.pane.start_at(left_at(document, context));
        self.lay_out(context);
    }

    /// Opens the next unread document of the list.
    pub(super) fn next_unread(&mut self, context: &ScreenContext) {
        match self.documents.next_unread(self.pane.document, context) {
            Some(document) => {
                self.open_document(document, context);
                self.focus = Pane::Article;
            }
            None => self.notice = Some(context.say(Message::NothingUnread).to_owned()),
        }
    }

    /// Goes to a place that another screen names.
    pub(crate) fn jump(&mut self, target: JumpTarget, context: &ScreenContext) {
        self.jumps.leave(self.jump_place());
        self.show_document(target.document, context);
        self.pane.anchor = Anchor::default();
        self.focus = Pane::Article;
        self.lay_out(context);
        let Some(block) = target.block else { return };
        self.pane.here = target.span.map(|span| Hit { block, span });
        let hit = Hit { block, span: target.span.unwrap_or(Span::new(0, 0)) };
        self.pane.cursor_on(block);
        self.pane.look_at(hit, self.height(context));
    }

    /// Goes to a mention of `theme`, which becomes the active one.
    pub(crate) fn jump_to_mention(
        &mut self,
        theme: ThemeId,
        target: JumpTarget,
        context: &ScreenContext,
    ) {
        self.jump(target, context);
        self.choose_theme(theme);
    }

    /// Goes to one of the results of a search; `n` leads on through all of them.
    pub(crate) fn walk(
        &mut self,
        wanted: String,
        found: Arc<SearchResults>,
        target: JumpTarget,
        context: &ScreenContext,
    ) {
        self.jump(target, context);
        self.pane.find = Some(Find::walk(wanted, found, target.document, context));
    }

    /// Follows `theme`: to its first mention in this document, else to another one.
    pub(crate) fn follow_theme(&mut self, theme: ThemeId, context: &ScreenContext) {
        self.notice = None;
        self.focus = Pane::Article;
        let first = context.mentions_of(theme, self.pane.document).next();
        match first {
            Some(mention) => {
                self.jumps.leave(self.jump_place());
                self.choose_theme(theme);
                self.jump_to_hit(Hit::of(mention), context);
            }
            None => self.follow_on(theme, context),
        }
    }

    pub(super) fn show_document(&mut self, document: DocIndex, context: &ScreenContext) {
        self.selection = None;
        self.pane.show(document, context);
        self.documents.choose(document);
    }

    pub(super) fn jump_place(&self) -> JumpPlace {
        let ArticlePane { document, anchor, cursor, here, .. } = self.pane;
        JumpPlace { document, anchor, cursor, here, active: self.active }
    }

    pub(super) fn return_to(&mut self, stop: JumpPlace, context: &ScreenContext) {
        self.show_document(stop.document, context);
        self.pane.anchor = stop.anchor;
        self.pane.cursor = stop.cursor;
        self.pane.here = stop.here;
        self.active = stop.active;
        self.lay_out(context);
        if let Some(theme) = stop.active {
            self.themes.choose(theme);
        }
    }

    pub(super) fn go_back(&mut self, context: &ScreenContext) {
        match self.jumps.back(self.jump_place()) {
            Some(stop) => self.return_to(stop, context),
            None => self.notice = Some(context.say(Message::NothingBehind).to_owned()),
        }
    }

    pub(super) fn go_forward(&mut self, context: &ScreenContext) {
        match self.jumps.forward(self.jump_place()) {
            Some(stop) => self.return_to(stop, context),
            None => self.notice = Some(context.say(Message::NothingAhead).to_owned()),
        }
    }
}
