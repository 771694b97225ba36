//! The screens that open over the reader. A screen has its state, an update that answers an action, a
//! layout step, and a drawing that changes nothing. What it does not answer itself has a default.
//!
//! A new screen is a file below `screen/` with a type that implements [`Screen`], and an action that
//! opens it with [`Outcome::open`] in `reader/act.rs`. Slow work goes out by [`Screen::take_job`] and
//! comes back by [`Screen::answered`]; a list with a prompt is a [`Picker`](super::picker::Picker).

pub(crate) mod article_pane;
pub(crate) mod bookmarks;
pub(crate) mod chooser;
pub(crate) mod command;
pub(crate) mod compare;
pub(crate) mod concordance;
pub(crate) mod diff;
pub(crate) mod finder;
pub(crate) mod help;
pub(crate) mod lineage;
pub(crate) mod matrix;
pub(crate) mod outline;
pub(crate) mod passages;
pub(crate) mod preview;
pub(crate) mod promises;
pub(crate) mod queries;
pub(crate) mod reader;
pub(crate) mod relations;
pub(crate) mod search;
pub(crate) mod side_by_side;
pub(crate) mod trace;
pub(crate) mod unread;

use std::fmt::Debug;
use std::sync::Arc;

use ratatui::layout::Position;
use wenmai::annotations::entry::Uid;
use wenmai::annotations::reading_state::Change;
use wenmai::document::DocIndex;
use wenmai::find::fulltext::SearchResults;
use wenmai::text::Span;
use wenmai::themes::ThemeId;

use super::canvas::Canvas;
use super::context::ScreenContext;
use super::effect::Effect;
use super::event::Mouse;
use super::query::{Answer, Job};
use super::report::ReportRequest;
use crate::settings::table::{Given, Name};
use crate::ui::action::Action;
use crate::ui::keymap::Mode;

/// A screen over the reader.
pub(crate) trait Screen: Debug {
    /// Answers an action.
    fn act(&mut self, action: Action, context: &ScreenContext) -> Outcome;

    /// Draws the screen; where the terminal's cursor stands, if text is typed.
    fn draw(&self, context: &ScreenContext, canvas: &mut Canvas<'_>) -> Option<Position>;

    /// What keys mean here now.
    fn mode(&self) -> Mode {
        Mode::Reading
    }

    /// The actions whose keys the hint bar offers, the most useful first.
    fn hints(&self) -> &'static [Action] {
        &[Action::Open, Action::Cancel]
    }

    /// Takes typed or pasted text.
    fn type_text(&mut self, _text: &str, _context: &ScreenContext) {}

    /// Answers the mouse.
    fn mouse(&mut self, _mouse: Mouse, _cell: Position, _context: &ScreenContext) -> Outcome {
        Outcome::Done
    }

    /// Prepares drawing: fills rows and brings what is chosen into view.
    fn lay_out(&mut self, _context: &ScreenContext) {}

    /// A query to be answered on a thread; its answer comes back with `number`.
    fn take_job(&mut self, _number: u64) -> Option<Job> {
        None
    }

    /// Takes the answer to query `number`.
    fn answered(&mut self, _number: u64, _answer: Answer) {}

    /// True while the list is not yet that for what is typed: keys that act on it wait.
    fn awaits(&self, _context: &ScreenContext) -> bool {
        false
    }

    /// The place that is chosen: what copying, bookmarks and notes are about.
    fn target(&self, _context: &ScreenContext) -> Option<JumpTarget> {
        None
    }

    /// The places that are quoted when the chosen row is copied.
    fn quoted(&self, context: &ScreenContext) -> Vec<JumpTarget> {
        self.target(context).into_iter().collect()
    }

    /// What is copied in the place of a quote: rows of figures. `all` asks for every row.
    fn copied(&self, _all: bool, _context: &ScreenContext) -> Option<String> {
        None
    }

    /// What the screen shows, where that took work to make: once closed, it opens again as it was
    /// left. `None` for a screen that opens afresh.
    fn subject(&self) -> Option<Subject> {
        None
    }

    /// Opens again as it was left.
    fn reopened(&mut self) {}

    /// True once the work is done that makes it worth keeping.
    fn is_complete(&self) -> bool {
        false
    }
}

/// What a screen is about that opens again as it was left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Subject {
    Matrix,
    Search,
    /// The compared documents, in the order of their columns.
    Comparison(Vec<DocIndex>),
}

impl Subject {
    /// True where both are the same, whatever the order of columns.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Matrix, Self::Matrix) | (Self::Search, Self::Search) => true,
            (Self::Comparison(a), Self::Comparison(b)) => {
                let sorted = |documents: &[DocIndex]| {
                    let mut documents = documents.to_vec();
                    documents.sort_unstable();
                    documents
                };
                sorted(a) == sorted(b)
            }
            _ => false,
        }
    }

    /// True where one takes the place of the other: of each kind only the last is kept.
    pub(crate) fn is_same_kind(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }
}

/// A place that a screen sends the reader to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct JumpTarget {
    pub(crate) document: DocIndex,
    /// The block; `None` for the beginning of the title.
    pub(crate) block: Option<u32>,
    /// The characters of the block that are highlighted.
    pub(crate) span: Option<Span>,
}

/// The result of an action.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// Nothing more.
    Done,
    /// The screen has no answer to the action; the app may have one.
    Ignored,
    /// Something is to be done outside.
    Effect(Effect),
    /// The screen closes.
    Close,
    /// Another screen opens over this one.
    Open(Box<dyn Screen>),
    /// Another screen replaces this one.
    Swap(Box<dyn Screen>),
    /// The user's annotations change.
    Annotate(Vec<Change>),
    /// The screen closes and the reader goes to an annotation of a document.
    Recall(DocIndex, Uid),
    /// A document is picked for comparison, or no longer.
    Mark(DocIndex),
    /// The screen closes and the reader goes there.
    Land(JumpTarget),
    /// The screen closes and the reader goes from the first place to the second.
    Cross(JumpTarget, JumpTarget),
    /// The screen closes and the reader goes to a mention of a theme.
    Mention(ThemeId, JumpTarget),
    /// The screen closes and the reader follows a theme from its next mention on.
    Theme(ThemeId),
    /// The screen closes and the reader walks the results of a search for a text, from one on.
    Walk(String, Arc<SearchResults>, JumpTarget),
    /// The screen closes and the reader goes to this paragraph or article of the open document, as
    /// typed: 12, a12, 第十二条.
    GoTo(String),
    /// The screen closes, and the documents pane shows what a query finds.
    ShowQuery(String),
    /// The screen closes, and what filters the documents pane is saved under this name.
    SaveQuery(String),
    /// The screen closes, and this tag is put on documents, or taken off: on all that are shown, or on
    /// the one that is chosen.
    Tag { tag: String, all: bool },
    /// The screen closes, a setting changes, and the file of settings has it from now on.
    Keep(Name, Given),
    /// The screen closes, and what is below it does this.
    Run(Action),
    /// The screen closes and a setting changes.
    Set(Name, Given),
    /// The screen closes and a report is written.
    Report(ReportRequest),
}

impl Outcome {
    /// Opens `screen` over this one.
    pub(crate) fn open(screen: impl Screen + 'static) -> Self {
        Self::Open(Box::new(screen))
    }

    /// Replaces this screen by `screen`.
    pub(crate) fn swap(screen: impl Screen + 'static) -> Self {
        Self::Swap(Box::new(screen))
    }
}
