//! The language of the interface.

use clap::ValueEnum;
use wenmai::compare::matrix::UNKNOWN;

use super::locales::text;

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

    /// The name of a region, year or issuer as it is shown: that of the unknown is a word.
    pub(crate) fn place(self, name: &str) -> &str {
        if name == UNKNOWN { text(self, "print.unknown") } else { name }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_unknown_has_a_word_in_each_language() {
        // The trace and the matrix of the library share the name.
        assert_eq!(UNKNOWN, wenmai::facts::first_uses::UNKNOWN);
        assert_eq!(Lang::English.place(UNKNOWN), "unknown");
        assert_eq!(Lang::Chinese.place(UNKNOWN), "不明");
        assert_eq!(Lang::English.place("上海"), "上海");
    }
}
