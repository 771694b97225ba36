//! What every part of the program that talks to a person shares: actions and their keys, the texts of
//! both languages, colours. It knows no settings, no command line and no screen.

pub(crate) mod action;
pub(crate) mod ambiguous;
pub(crate) mod diff_words;
pub(crate) mod export_file;
pub(crate) mod guard;
pub(crate) mod key_table;
pub(crate) mod keymap;
pub(crate) mod lang;
pub(crate) mod locales;
pub(crate) mod messages;
pub(crate) mod over_time;
pub(crate) mod palette;
pub(crate) mod query_words;
pub(crate) mod say;
