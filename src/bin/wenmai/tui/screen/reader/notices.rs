//! What the reader says of its own in the status line.

use super::super::Desk;
use super::Reader;
use crate::tui::clipboard::Copied;
use crate::tui::keymap::KeyPress;
use crate::tui::messages::Message;
use wenmai::document::DocIndex;

impl Reader {
    /// Says something of its own.
    pub(crate) fn notify(&mut self, what: String) {
        self.notice = Some(what);
    }

    /// Says that something was set.
    pub(crate) fn notify_set(&mut self, key: &str, value: &str) {
        self.notice = Some(format!("{key} = {value}"));
    }

    /// Says where a text was copied to.
    pub(crate) fn notify_copied(&mut self, copied: &Copied, desk: &Desk) {
        let path = |path: &std::path::Path| path.display().to_string();
        let told = match copied {
            Copied::Desktop => desk.say(Message::CopiedDesktop).to_owned(),
            Copied::Terminal(Some(file)) => desk.tell(Message::CopiedTerminal, &[&path(file)]),
            Copied::Terminal(None) => desk.say(Message::CopiedTerminalOnly).to_owned(),
            Copied::File(file) => desk.tell(Message::CopiedFile, &[&path(file)]),
            Copied::Nowhere(why) => desk.tell(Message::CopiedNowhere, &[why]),
        };
        self.notice = Some(format!("{told}  [{}]", self.citation.name()));
    }

    /// Shows the keys that were pressed and begin a longer chord.
    pub(crate) fn notify_begun(&mut self, keys: &[KeyPress]) {
        let names: Vec<String> = keys.iter().map(ToString::to_string).collect();
        self.notice = Some(names.join(" ")).filter(|names| !names.is_empty());
    }

    /// Says that what the user sets down is not written.
    pub(crate) fn notify_not_kept(&mut self, why: &str, desk: &Desk) {
        self.notice = Some(desk.tell(Message::NotKept, &[why]));
    }

    /// Says which colours are shown now.
    pub(crate) fn notify_palette(&mut self, desk: &Desk) {
        let name = desk.look.palette.title(desk.look.lang);
        self.notice = Some(desk.tell(Message::PaletteIs, &[name]));
    }

    /// Says what became of a mark.
    pub(crate) fn notify_mark(&mut self, document: DocIndex, desk: &Desk) {
        let marked = desk.marks.contains(&document);
        let message = if marked { Message::Marked } else { Message::Unmarked };
        let title = desk.card(document).map_or_else(String::new, |card| card.metadata.title);
        self.notice = Some(desk.tell(message, &[&title]));
    }
}
