//! What every screen may read: the library as it is known so far, the user's annotations, the key map,
//! how everything looks, and the size of the terminal. Screens change none of it; the app does.

use std::sync::Arc;

use ratatui::layout::Rect;
use wenmai::document::{DocIndex, Document, Summary};
use wenmai::library::Library;
use wenmai::library::refresh::Progress;
use wenmai::themes::{Mention, Theme, ThemeId, ThemeIndex};

use super::annotation_session::AnnotationSession;
use super::canvas::Look;
use super::shared_text::Wording;
use crate::ui::keymap::Keymap;
use crate::ui::messages::Message;

/// What every screen may read.
#[derive(Debug)]
pub(crate) struct ScreenContext {
    pub(crate) library: Arc<Library>,
    /// Whether the themes are built; before that nothing may wait for them.
    pub(crate) themes_ready: bool,
    /// How far the reading of files is, while it goes on.
    pub(crate) indexing: Option<Progress>,
    /// The files that were not read, each with its reason.
    pub(crate) skipped: Vec<String>,
    /// The documents picked for comparison, in the order in which they were.
    pub(crate) marks: Vec<DocIndex>,
    /// The documents that were compared last.
    pub(crate) compared: Vec<DocIndex>,
    /// The wording that documents share, as far as it is known.
    pub(crate) wording: Wording,
    /// The user's annotations.
    pub(crate) keeping: AnnotationSession,
    /// The day on which the reader was opened.
    pub(crate) today: jiff::civil::Date,
    pub(crate) keymap: Keymap,
    pub(crate) look: Look,
    /// The whole terminal, in cells.
    pub(crate) area: Rect,
}

impl ScreenContext {
    /// The themes, once they are known.
    pub(crate) fn themes(&self) -> Option<&ThemeIndex> {
        self.themes_ready.then(|| self.library.themes())
    }

    /// A theme, once the themes are known.
    pub(crate) fn theme(&self, id: ThemeId) -> Option<&Theme> {
        self.themes()?.theme(id)
    }

    /// The name of a theme; empty while the themes are not known.
    pub(crate) fn theme_name(&self, id: ThemeId) -> &str {
        self.theme(id).map_or("", |theme| &theme.name)
    }

    pub(crate) fn document(&self, index: DocIndex) -> Option<&Document> {
        self.library.document(index)
    }

    /// What is known about the document at `index`; its text is not read.
    pub(crate) fn card(&self, index: DocIndex) -> Option<Summary> {
        self.library.card(index)
    }

    /// The region that a document is counted for; its text is not read.
    pub(crate) fn region(&self, index: DocIndex) -> Option<&str> {
        self.library.brief(index)?.region
    }

    /// The mentions of all themes in a document, in reading order; none while no theme is known.
    pub(crate) fn mentions(&self, document: DocIndex) -> &[Mention] {
        let known = self.themes().zip(self.document(document));
        known.map_or(&[], |(index, text)| index.mentions_in(document, text))
    }

    /// The mentions of one theme in a document.
    pub(crate) fn mentions_of(
        &self,
        theme: ThemeId,
        document: DocIndex,
    ) -> impl Iterator<Item = &Mention> {
        self.mentions(document).iter().filter(move |mention| mention.theme == theme)
    }

    /// A message in the language of the interface.
    pub(crate) fn say(&self, message: Message) -> &'static str {
        self.look.lang.say(message)
    }

    /// A message with its parts filled in.
    pub(crate) fn tell(&self, message: Message, parts: &[&str]) -> String {
        self.look.lang.tell(message, parts)
    }
}
