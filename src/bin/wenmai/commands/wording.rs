//! What a theme argument means: a theme of the library, or else its wording as it is.

use wenmai::library::Library;
use wenmai::themes::{ThemeId, ThemeIndex};

use crate::hint;
use crate::ui::say::say;

/// What an argument names: in an index, the theme with this number.
pub(crate) enum Named<'l> {
    /// A theme of the library.
    Theme(&'l ThemeIndex, ThemeId),
    /// No theme; an index of the wording alone.
    Wording(Box<ThemeIndex>),
}

impl<'l> Named<'l> {
    /// The theme called `name`, or one of whose aliases is; else the wording, which standard error
    /// reports.
    pub(crate) fn of(library: &'l Library, name: &str) -> Self {
        let index = library.themes();
        if let Some(theme) = index.find(name) {
            return Self::Theme(index, theme);
        }
        hint::warn(&say!("command.wording", name.trim()));
        Self::Wording(Box::new(ThemeIndex::of_wordings(library.documents(), &[name])))
    }

    /// The index that knows it.
    pub(crate) fn index(&self) -> &ThemeIndex {
        match self {
            Self::Theme(index, _) => index,
            Self::Wording(index) => index,
        }
    }

    /// Its number there.
    pub(crate) fn theme(&self) -> ThemeId {
        match self {
            Self::Theme(_, theme) => *theme,
            Self::Wording(_) => ThemeId(0),
        }
    }

    /// True where no document mentions it.
    pub(crate) fn is_nowhere(&self) -> bool {
        self.index().theme(self.theme()).is_none_or(|theme| theme.documents.is_empty())
    }
}
