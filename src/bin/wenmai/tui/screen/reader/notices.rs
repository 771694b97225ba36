//! What the reader says of its own in the status line.

use super::Reader;
use crate::tui::clipboard::Copied;
use crate::tui::context::ScreenContext;
use crate::ui::keymap::KeyPress;
use crate::ui::messages::Message;
use wenmai::document::DocIndex;

impl Reader {
    /// What it says now.
    pub(crate) fn notice(&self) -> Option<&str> {
        self.notice.as_deref()
    }

    /// Says something of its own.
    pub(crate) fn notify(&mut self, what: String) {
        self.notice = Some(what);
    }

    /// Says that something was set.
    pub(crate) fn notify_set(&mut self, key: &str, value: &str) {
        self.notice = Some(format!("{key} = {value}"));
    }

    /// Says where a text was copied to.
    pub(crate) fn notify_copied(&mut self, copied: &Copied, context: &ScreenContext) {
        let path = |path: &std::path::Path| path.display().to_string();
        let told = match copied {
            Copied::Desktop => context.say(Message::CopiedDesktop).to_owned(),
            Copied::Terminal(Some(file)) => context.tell(Message::CopiedTerminal, &[&path(file)]),
            Copied::Terminal(None) => context.say(Message::CopiedTerminalOnly).to_owned(),
            Copied::File(file) => context.tell(Message::CopiedFile, &[&path(file)]),
            Copied::Nowhere(why) => context.tell(Message::CopiedNowhere, &[why]),
        };
        self.notice = Some(format!("{told}  [{}]", self.citation.name()));
    }

    /// Shows the keys that were pressed and begin a longer chord.
    pub(crate) fn notify_begun(&mut self, keys: &[KeyPress]) {
        let names: Vec<String> = keys.iter().map(ToString::to_string).collect();
        self.notice = Some(names.join(" ")).filter(|names| !names.is_empty());
    }

    /// Says that what the user sets down is not written.
    pub(crate) fn notify_not_kept(&mut self, why: &str, context: &ScreenContext) {
        self.notice = Some(context.tell(Message::NotKept, &[why]));
    }

    /// Says which colours are shown now.
    pub(crate) fn notify_palette(&mut self, context: &ScreenContext) {
        let name = context.look.palette.title(context.look.lang);
        self.notice = Some(context.tell(Message::PaletteIs, &[name]));
    }

    /// Says what became of a mark.
    pub(crate) fn notify_mark(&mut self, document: DocIndex, context: &ScreenContext) {
        let marked = context.marks.contains(&document);
        let message = if marked { Message::Marked } else { Message::Unmarked };
        let title = context.card(document).map_or_else(String::new, |card| card.metadata.title);
        self.notice = Some(context.tell(message, &[&title]));
    }
}
