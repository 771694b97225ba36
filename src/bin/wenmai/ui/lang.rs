//! The language of the interface.

use clap::ValueEnum;

/// A language that the interface speaks; on the command line `en` and `zh`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum Lang {
    #[default]
    #[value(name = "en")]
    English,
    #[value(name = "zh")]
    Chinese,
}

impl Lang {
    /// The language of the locale.
    pub(crate) fn of_locale() -> Self {
        let locale = sys_locale::get_locale().unwrap_or_default();
        if locale.starts_with("zh") { Self::Chinese } else { Self::English }
    }

    /// The language called `name` in the settings; `None` for `auto`.
    pub(crate) fn called(name: &str) -> Option<Self> {
        match name {
            "en" => Some(Self::English),
            "zh" => Some(Self::Chinese),
            _ => None,
        }
    }
}
