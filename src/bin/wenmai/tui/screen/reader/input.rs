//! What the next keys go into, where they are no commands: a prompt, or the letter of a mark.

use wenmai::annotations::entry::{Extent, Uid};

use super::jump_place::JumpPlace;
use crate::tui::widget::prompt::Prompt;

/// What is being typed.
#[derive(Debug)]
pub(super) enum Input {
    /// A text to find in the document, and the place where the search began.
    Find(Prompt, JumpPlace),
    /// A note.
    Note(NoteInput),
    /// The filter of the documents pane, which holds its own prompt.
    FilterDocuments,
    /// The filter of the themes pane, likewise.
    FilterThemes,
    /// The letter of a mark.
    Letter(PendingKey),
}

/// A note that is being written.
#[derive(Debug)]
pub(super) struct NoteInput {
    pub(super) prompt: Prompt,
    pub(super) extent: Extent,
    /// The note that it replaces.
    pub(super) old: Option<Uid>,
}

/// What the letter is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PendingKey {
    /// A new mark.
    SetMark,
    /// The mark to go to.
    GoToMark,
}
