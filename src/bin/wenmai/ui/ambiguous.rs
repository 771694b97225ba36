//! How wide the user says East Asian Ambiguous characters are: a setting and an option.

use clap::ValueEnum;
use wenmai::text::width::Ambiguous;

/// Width of East Asian Ambiguous characters, as it is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum AmbiguousWidth {
    Narrow,
    Wide,
    Auto,
}

impl AmbiguousWidth {
    /// The width called `name` in the settings; `Auto` for any other name.
    pub(crate) fn called(name: &str) -> Self {
        match name {
            "narrow" => Self::Narrow,
            "wide" => Self::Wide,
            _ => Self::Auto,
        }
    }

    /// The width to count with. Terminals draw these characters narrow unless set otherwise, so
    /// that is what `Auto` means where no terminal can be asked.
    pub(crate) fn resolve(self) -> Ambiguous {
        match self {
            Self::Wide => Ambiguous::Wide,
            Self::Narrow | Self::Auto => Ambiguous::Narrow,
        }
    }
}
