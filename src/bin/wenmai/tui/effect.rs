//! What an update wants done that it may not do itself: everything with the world outside, and work
//! that takes longer than a key press. The loop does it, and what comes of it returns as an event.

use std::path::PathBuf;

use super::query::Job;
use super::source::Target;
use crate::settings::table::{Given, Name};

/// What the loop is to do after an update.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) enum Effect {
    /// Nothing but drawing.
    #[default]
    None,
    /// Leave the program.
    Quit,
    /// Give the terminal back to the shell until the program is continued.
    Suspend,
    /// Draw every cell anew.
    Redraw,
    /// Open this file in the user's editor.
    Edit(PathBuf),
    /// Open this text in the user's editor; as it is left there it comes back.
    EditText(String),
    /// Write a setting into the user's file.
    KeepSetting(Name, Given),
    /// Open this page or file outside.
    Browse(Target),
    /// Copy this text.
    Copy(String),
    /// Answer queries about another library from now on, and choose its themes.
    NewLibrary,
    /// Leave: there is nothing to read.
    Fail,
    /// Answer a query on a thread.
    Ask(Job),
}
