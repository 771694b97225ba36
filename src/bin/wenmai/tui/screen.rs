//! The screens: the reader, and what opens over it. A screen has its state, an update that answers
//! an action, a layout step, and a drawing that changes nothing.

pub(crate) mod bookmarks;
pub(crate) mod chooser;
pub(crate) mod column;
pub(crate) mod command;
pub(crate) mod compare;
pub(crate) mod concordance;
pub(crate) mod finder;
pub(crate) mod help;
pub(crate) mod matrix;
pub(crate) mod outline;
pub(crate) mod passages;
pub(crate) mod preview;
pub(crate) mod reader;
pub(crate) mod search;

use std::sync::Arc;

use ratatui::layout::{Position, Rect};
use wenmai::document::{Card, DocIndex, Document};
use wenmai::find::fulltext::Found;
use wenmai::keep::entry::Uid;
use wenmai::keep::kept::Change;
use wenmai::library::Library;
use wenmai::library::refresh::Progress;
use wenmai::links::{Mention, ThemeId, ThemeIndex};
use wenmai::text::Span;

use super::action::Action;
use super::canvas::{Canvas, Look};
use super::effect::Effect;
use super::event::Mouse;
use super::keeping::Keeping;
use super::keymap::{Keymap, Mode};
use super::messages::Message;
use super::query::{Answer, Job};
use super::wording::Wording;
use crate::settings::table::{Given, Name};
use bookmarks::Bookmarks;
use chooser::Chooser;
use command::{CommandLine, Report};
use compare::Compare;
use concordance::Concordance;
use finder::Finder;
use help::Help;
use matrix::Matrix;
use outline::Outline;
use passages::Passages;
use search::Search;

/// What every screen may look at.
#[derive(Debug)]
pub(crate) struct Desk {
    pub(crate) library: Arc<Library>,
    /// Whether the themes were built; before that nobody may wait for them.
    pub(crate) themes_ready: bool,
    /// How far the reading of files is, while it goes on.
    pub(crate) indexing: Option<Progress>,
    /// The documents that are marked for comparing, in the order in which they were.
    pub(crate) marks: Vec<DocIndex>,
    /// The documents that were compared last.
    pub(crate) compared: Vec<DocIndex>,
    /// The wording that documents share, as far as it is known.
    pub(crate) wording: Wording,
    /// What the user keeps.
    pub(crate) keeping: Keeping,
    /// The day on which the reader was opened.
    pub(crate) today: jiff::civil::Date,
    /// Which key does what.
    pub(crate) keymap: Keymap,
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

    /// What is known about the document at `index`; its text is not read.
    pub(crate) fn card(&self, index: DocIndex) -> Option<Card> {
        self.library.card(index)
    }

    /// The mentions of all themes in a document, in reading order; none while no theme is known.
    pub(crate) fn mentions(&self, document: DocIndex) -> &[Mention] {
        let known = self.themes().zip(self.document(document));
        known.map_or(&[], |(index, text)| index.mentions_in(document, text))
    }

    /// The mentions of one theme in a document.
    pub(crate) fn mentions_of(
        &self,
        theme: ThemeId,
        document: DocIndex,
    ) -> impl Iterator<Item = &Mention> {
        self.mentions(document).iter().filter(move |mention| mention.theme == theme)
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
    /// The block, or the beginning of the title.
    pub(crate) block: Option<u32>,
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
    /// Another screen opens in the place of this one.
    Swap(Screen),
    /// What the user keeps changes.
    Keep(Vec<Change>),
    /// The screen closes and the reader goes to an entry about a document.
    Recall(DocIndex, Uid),
    /// A document is marked for comparing, or its mark taken off.
    Mark(DocIndex),
    /// The screen closes and the reader goes there.
    Land(Landing),
    /// The screen closes and the reader goes from the first place to the second.
    Cross(Landing, Landing),
    /// The screen closes and the reader goes to a mention of a theme.
    Mention(ThemeId, Landing),
    /// The screen closes and the reader follows a theme from its next mention on.
    Theme(ThemeId),
    /// The screen closes and the reader walks the results of a search for a text, from one on.
    Walk(String, Arc<Found>, Landing),
    /// The screen closes and the reader does this.
    Run(Action),
    /// The screen closes and a setting is another one.
    Set(Name, Given),
    /// The screen closes and a report is written.
    Report(Report),
}

/// A screen over the reader.
#[derive(Debug)]
pub(crate) enum Screen {
    Help(Help),
    Outline(Outline),
    Finder(Finder),
    Search(Search),
    Concordance(Concordance),
    Matrix(Matrix),
    Passages(Passages),
    Chooser(Chooser),
    Compare(Compare),
    Bookmarks(Bookmarks),
    Command(CommandLine),
}

impl Screen {
    /// True for a screen that took work to make and opens again as it was left.
    pub(crate) fn is_kept(&self) -> bool {
        match self {
            Self::Matrix(matrix) => matrix.is_counted(),
            Self::Compare(compare) => compare.is_compared(),
            _ => false,
        }
    }

    /// True where `kept` is this screen as it was left.
    pub(crate) fn is_again(&self, kept: &Self) -> bool {
        match (self, kept) {
            (Self::Matrix(_), Self::Matrix(_)) => true,
            (Self::Compare(new), Self::Compare(kept)) => {
                let sorted = |compare: &Compare| {
                    let mut documents = compare.documents();
                    documents.sort_unstable();
                    documents
                };
                sorted(new) == sorted(kept)
            }
            _ => false,
        }
    }

    /// What keys mean here now.
    pub(crate) fn mode(&self) -> Mode {
        match self {
            Self::Command(_) => Mode::Typing,
            Self::Bookmarks(bookmarks) => bookmarks.mode(),
            Self::Help(help) => help.mode(),
            Self::Outline(_) | Self::Concordance(_) | Self::Passages(_) => Mode::Reading,
            Self::Finder(_) | Self::Search(_) | Self::Chooser(_) => Mode::Typing,
            Self::Compare(compare) => compare.mode(),
            Self::Matrix(matrix) => matrix.mode(),
        }
    }

    /// Answers an action.
    pub(crate) fn act(&mut self, action: Action, desk: &Desk) -> Outcome {
        match self {
            Self::Command(line) => line.act(action, desk),
            Self::Bookmarks(bookmarks) => bookmarks.act(action, desk),
            Self::Help(help) => help.act(action, desk),
            Self::Outline(outline) => outline.act(action, desk),
            Self::Finder(finder) => finder.act(action, desk),
            Self::Search(search) => search.act(action, desk),
            Self::Concordance(lines) => lines.act(action, desk),
            Self::Matrix(matrix) => matrix.act(action, desk),
            Self::Passages(passages) => passages.act(action, desk),
            Self::Chooser(chooser) => chooser.act(action, desk),
            Self::Compare(compare) => compare.act(action, desk),
        }
    }

    /// Takes typed or pasted text.
    pub(crate) fn type_text(&mut self, text: &str, desk: &Desk) {
        match self {
            Self::Command(line) => line.type_text(text),
            Self::Bookmarks(bookmarks) => bookmarks.type_text(text),
            Self::Help(help) => help.type_text(text),
            Self::Outline(_) | Self::Concordance(_) | Self::Passages(_) => {}
            Self::Finder(finder) => finder.type_text(text),
            Self::Search(search) => search.type_text(text),
            Self::Matrix(matrix) => matrix.type_text(text),
            Self::Chooser(chooser) => chooser.type_text(text),
            Self::Compare(compare) => compare.type_text(text, desk),
        }
    }

    /// Answers the mouse.
    pub(crate) fn mouse(&mut self, mouse: Mouse, cell: Position, desk: &Desk) -> Outcome {
        match self {
            Self::Command(line) => line.mouse(mouse, cell, desk),
            Self::Bookmarks(bookmarks) => bookmarks.mouse(mouse, cell, desk),
            Self::Help(help) => help.mouse(mouse, cell, desk),
            Self::Outline(outline) => outline.mouse(mouse, cell, desk),
            Self::Finder(finder) => finder.mouse(mouse, cell, desk),
            Self::Search(search) => search.mouse(mouse, cell, desk),
            Self::Concordance(lines) => lines.mouse(mouse, cell, desk),
            Self::Matrix(matrix) => matrix.mouse(mouse, cell, desk),
            Self::Passages(passages) => passages.mouse(mouse, cell, desk),
            Self::Chooser(chooser) => chooser.mouse(mouse, cell, desk),
            Self::Compare(compare) => compare.mouse(mouse, cell, desk),
        }
    }

    /// A query that is to be asked on a thread; its answer comes back with `number`.
    pub(crate) fn take_job(&mut self, number: u64) -> Option<Job> {
        match self {
            Self::Help(_)
            | Self::Bookmarks(_)
            | Self::Command(_)
            | Self::Outline(_)
            | Self::Passages(_) => None,
            Self::Concordance(lines) => lines.take_job(number),
            Self::Finder(finder) => finder.take_job(number),
            Self::Search(search) => search.take_job(number),
            Self::Matrix(matrix) => matrix.take_job(number),
            Self::Chooser(chooser) => chooser.take_job(number),
            Self::Compare(compare) => compare.take_job(number),
        }
    }

    /// Takes an answer.
    pub(crate) fn answered(&mut self, number: u64, answer: Answer) {
        match self {
            Self::Help(_)
            | Self::Bookmarks(_)
            | Self::Command(_)
            | Self::Outline(_)
            | Self::Passages(_) => {}
            Self::Concordance(lines) => lines.answered(number, answer),
            Self::Finder(finder) => finder.answered(number, answer),
            Self::Search(search) => search.answered(number, answer),
            Self::Matrix(matrix) => matrix.answered(number, answer),
            Self::Chooser(chooser) => chooser.answered(number, answer),
            Self::Compare(compare) => compare.answered(number, answer),
        }
    }

    /// Brings what was chosen into view.
    pub(crate) fn lay_out(&mut self, desk: &Desk) {
        match self {
            Self::Command(line) => line.lay_out(desk),
            Self::Bookmarks(bookmarks) => bookmarks.lay_out(desk),
            Self::Help(help) => help.lay_out(desk),
            Self::Outline(outline) => outline.lay_out(desk),
            Self::Finder(finder) => finder.lay_out(desk),
            Self::Search(search) => search.lay_out(desk),
            Self::Concordance(lines) => lines.lay_out(desk),
            Self::Matrix(matrix) => matrix.lay_out(desk),
            Self::Passages(passages) => passages.lay_out(desk),
            Self::Chooser(chooser) => chooser.lay_out(desk),
            Self::Compare(compare) => compare.lay_out(desk),
        }
    }

    /// The keys that the hint bar offers.
    pub(crate) fn hints(&self) -> &'static [Action] {
        match self {
            Self::Bookmarks(_) => &[Action::Open, Action::Remove, Action::Find, Action::Cancel],
            Self::Help(_) => &[Action::Open, Action::Find, Action::Cancel],
            Self::Outline(_) | Self::Finder(_) | Self::Command(_) => {
                &[Action::Open, Action::Cancel]
            }
            Self::Concordance(_) => &[Action::Open, Action::Sort, Action::Scope, Action::Cancel],
            Self::Search(_) => &[Action::Open, Action::Pattern, Action::Cancel],
            Self::Matrix(matrix) => matrix.hints(),
            Self::Compare(compare) => compare.hints(),
            Self::Chooser(_) => &[Action::Mark, Action::Open, Action::Cancel],
            Self::Passages(_) => &[
                Action::Open,
                Action::NextDocument,
                Action::PreviousDocument,
                Action::Sort,
                Action::Cancel,
            ],
        }
    }

    /// Draws the screen; where the terminal's cursor stands.
    pub(crate) fn draw(&self, desk: &Desk, canvas: &mut Canvas<'_>) -> Option<Position> {
        match self {
            Self::Command(line) => line.draw(desk, canvas),
            Self::Bookmarks(bookmarks) => bookmarks.draw(desk, canvas),
            Self::Help(help) => help.draw(desk, canvas),
            Self::Outline(outline) => {
                outline.draw(desk, canvas);
                None
            }
            Self::Concordance(lines) => {
                lines.draw(desk, canvas);
                None
            }
            Self::Finder(finder) => finder.draw(desk, canvas),
            Self::Search(search) => search.draw(desk, canvas),
            Self::Matrix(matrix) => matrix.draw(desk, canvas),
            Self::Passages(passages) => passages.draw(desk, canvas),
            Self::Chooser(chooser) => chooser.draw(desk, canvas),
            Self::Compare(compare) => compare.draw(desk, canvas),
        }
    }
}
