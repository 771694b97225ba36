//! Sentences that the commands print, in the language of the process, which is set once at its start.

use std::sync::OnceLock;

use super::lang::Lang;
use super::locales::{filled, text};

static LANG: OnceLock<Lang> = OnceLock::new();

/// Sets the language of the process; later calls change nothing.
pub(crate) fn speak(lang: Lang) {
    let _ = LANG.set(lang);
}

/// The language of the process.
pub(crate) fn lang() -> Lang {
    LANG.get().copied().unwrap_or_default()
}

/// The text called `key`.
pub(crate) fn word(key: &str) -> &'static str {
    text(lang(), key)
}

/// The text called `key` with `parts` in the places of its `{}`.
pub(crate) fn sentence(key: &str, parts: &[&str]) -> String {
    filled(word(key), parts)
}

/// The text called by a key, with anything that can be displayed in the places of its `{}`.
macro_rules! say {
    ($key:literal $(, $part:expr)* $(,)?) => {
        $crate::ui::say::sentence($key, &[$(&$part.to_string()),*])
    };
}
pub(crate) use say;
