//! The screens: the reader, and what opens over it. A screen has its state, an update that answers
//! an action, a layout step, and a drawing that changes nothing.

pub(crate) mod help;
pub(crate) mod outline;
pub(crate) mod reader;

use std::sync::Arc;

use ratatui::layout::{Position, Rect};
use wenmai::document::{DocIndex, Document};
use wenmai::library::Library;
use wenmai::links::ThemeIndex;
use wenmai::text::Span;

use super::action::Action;
use super::canvas::{Canvas, Look};
use super::effect::Effect;
use super::event::Mouse;
use super::keymap::Mode;
use super::messages::Message;
use help::Help;
use outline::Outline;

/// What every screen may look at.
#[derive(Debug)]
pub(crate) struct Desk {
    pub(crate) library: Arc<Library>,
    /// Whether the themes were built; before that nobody may wait for them.
    pub(crate) themes_ready: bool,
    pub(crate) look: Look,
    /// The whole terminal.
    pub(crate) area: Rect,
}

impl Desk {
    /// The themes, once they are known.
    pub(crate) fn themes(&self) -> Option<&ThemeIndex> {
        self.themes_ready.then(|| self.library.themes())
    }

    /// The document at `index`.
    pub(crate) fn document(&self, index: DocIndex) -> Option<&Document> {
        self.library.document(index)
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

/// A place that another screen sends the reader to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Landing {
    pub(crate) document: DocIndex,
    pub(crate) block: u32,
    /// What is highlighted there.
    pub(crate) span: Option<Span>,
}

/// What comes of an action.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// Nothing more.
    Done,
    /// Something is to be done outside.
    Effect(Effect),
    /// The screen closes.
    Close,
    /// Another screen opens over this one.
    Open(Screen),
    /// The screen closes and the reader goes there.
    Land(Landing),
    /// The screen closes and the reader does this.
    Run(Action),
}

/// A screen over the reader.
#[derive(Debug)]
pub(crate) enum Screen {
    Help(Help),
    Outline(Outline),
}

impl Screen {
    /// What keys mean here now.
    pub(crate) fn mode(&self) -> Mode {
        match self {
            Self::Help(help) => help.mode(),
            Self::Outline(_) => Mode::Reading,
        }
    }

    /// Answers an action.
    pub(crate) fn act(&mut self, action: Action, desk: &Desk) -> Outcome {
        match self {
            Self::Help(help) => help.act(action, desk),
            Self::Outline(outline) => outline.act(action, desk),
        }
    }

    /// Takes typed or pasted text.
    pub(crate) fn type_text(&mut self, text: &str) {
        match self {
            Self::Help(help) => help.type_text(text),
            Self::Outline(_) => {}
        }
    }

    /// Answers the mouse.
    pub(crate) fn mouse(&mut self, mouse: Mouse, cell: Position, desk: &Desk) -> Outcome {
        match self {
            Self::Help(help) => help.mouse(mouse, cell, desk),
            Self::Outline(outline) => outline.mouse(mouse, cell, desk),
        }
    }

    /// Brings what was chosen into view.
    pub(crate) fn lay_out(&mut self, desk: &Desk) {
        match self {
            Self::Help(help) => help.lay_out(desk),
            Self::Outline(outline) => outline.lay_out(desk),
        }
    }

    /// Draws the screen; where the terminal's cursor stands.
    pub(crate) fn draw(&self, desk: &Desk, canvas: &mut Canvas<'_>) -> Option<Position> {
        match self {
            Self::Help(help) => help.draw(desk, canvas),
            Self::Outline(outline) => {
                outline.draw(desk, canvas);
                None
            }
        }
    }
}
