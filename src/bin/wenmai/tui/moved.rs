//! Where documents and themes of one library are in the one that takes its place: documents by
//! their id, themes by their name.

use wenmai::document::DocIndex;
use wenmai::library::Library;
use wenmai::themes::ThemeId;

/// The way from a library to its successor.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moved<'l> {
    before: &'l Library,
    after: &'l Library,
}

impl<'l> Moved<'l> {
    /// From `before` to `after`.
    pub(crate) fn new(before: &'l Library, after: &'l Library) -> Self {
        Self { before, after }
    }

    /// The document that was at `index`, if it is still there.
    pub(crate) fn document(&self, index: DocIndex) -> Option<DocIndex> {
        self.after.position(&self.before.card(index)?.id)
    }

    /// The theme that had this rank, if it is still one and the themes are known on both sides.
    pub(crate) fn theme(&self, theme: ThemeId) -> Option<ThemeId> {
        let name = &self.before.known_themes()?.theme(theme)?.name;
        self.after.known_themes()?.find(name)
    }
}
