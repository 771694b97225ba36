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
use wenmai::annotations::entry::Uid;
use wenmai::annotations::reading_state::Change;
use wenmai::document::{DocIndex, Document, Summary};
use wenmai::find::fulltext::Found;
use wenmai::library::Library;
use wenmai::library::refresh::Progress;
use wenmai::text::Span;
use wenmai::themes::{Mention, ThemeId, ThemeIndex};

use super::annotation_session::AnnotationSession;
use super::canvas::{Canvas, Look};
use super::effect::Effect;
use super::event::Mouse;
use super::query::{Answer, Job};
use super::shared_text::Wording;
use crate::settings::table::{Given, Name};
use crate::ui::action::Action;
use crate::ui::keymap::{Keymap, Mode};
use crate::ui::messages::Message;
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
pub(crate) struct ScreenContext {
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
    pub(crate) keeping: AnnotationSession,
    /// The day on which the reader was opened.
    pub(crate) today: jiff::civil::Date,
    /// Which key does what.
    pub(crate) keymap: Keymap,
    pub(crate) look: Look,
    /// The whole terminal.
    pub(crate) area: Rect,
}

impl ScreenContext {
    /// The themes, once they are known.
    pub(crate) fn themes(&self) -> Option<&ThemeIndex> {
        self.themes_ready.then(|| self.library.themes())
    }

    /// The document at `index`.
    pub(crate) fn document(&self, index: DocIndex) -> Option<&Document> {
        self.library.document(index)
    }

    /// What is known about the document at `index`; its text is not read.
    pub(crate) fn card(&self, index: DocIndex) -> Option<Summary> {
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
    pub(crate) fn act(&mut self, action: Action, context: &ScreenContext) -> Outcome {
        match self {
            Self::Command(line) => line.act(action, context),
            Self::Bookmarks(bookmarks) => bookmarks.act(action, context),
            Self::Help(help) => help.act(action, context),
            Self::Outline(outline) => outline.act(action, context),
            Self::Finder(finder) => finder.act(action, context),
            Self::Search(search) => search.act(action, context),
            Self::Concordance(lines) => lines.act(action, context),
            Self::Matrix(matrix) => matrix.act(action, context),
            Self::Passages(passages) => passages.act(action, context),
            Self::Chooser(chooser) => chooser.act(action, context),
            Self::Compare(compare) => compare.act(action, context),
        }
    }

    /// Takes typed or pasted text.
    pub(crate) fn type_text(&mut self, text: &str, context: &ScreenContext) {
        match self {
            Self::Command(line) => line.type_text(text),
            Self::Bookmarks(bookmarks) => bookmarks.type_text(text),
            Self::Help(help) => help.type_text(text),
            Self::Outline(_) | Self::Concordance(_) | Self::Passages(_) => {}
            Self::Finder(finder) => finder.type_text(text),
            Self::Search(search) => search.type_text(text),
            Self::Matrix(matrix) => matrix.type_text(text),
            Self::Chooser(chooser) => chooser.type_text(text),
            Self::Compare(compare) => compare.type_text(text, context),
        }
    }

    /// Answers the mouse.
    pub(crate) fn mouse(
        &mut self,
        mouse: Mouse,
        cell: Position,
        context: &ScreenContext,
    ) -> Outcome {
        match self {
            Self::Command(line) => line.mouse(mouse, cell, context),
            Self::Bookmarks(bookmarks) => bookmarks.mouse(mouse, cell, context),
            Self::Help(help) => help.mouse(mouse, cell, context),
            Self::Outline(outline) => outline.mouse(mouse, cell, context),
            Self::Finder(finder) => finder.mouse(mouse, cell, context),
            Self::Search(search) => search.mouse(mouse, cell, context),
            Self::Concordance(lines) => lines.mouse(mouse, cell, context),
            Self::Matrix(matrix) => matrix.mouse(mouse, cell, context),
            Self::Passages(passages) => passages.mouse(mouse, cell, context),
            Self::Chooser(chooser) => chooser.mouse(mouse, cell, context),
            Self::Compare(compare) => compare.mouse(mouse, cell, context),
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
    pub(crate) fn lay_out(&mut self, context: &ScreenContext) {
        match self {
            Self::Command(line) => line.lay_out(context),
            Self::Bookmarks(bookmarks) => bookmarks.lay_out(context),
            Self::Help(help) => help.lay_out(context),
            Self::Outline(outline) => outline.lay_out(context),
            Self::Finder(finder) => finder.lay_out(context),
            Self::Search(search) => search.lay_out(context),
            Self::Concordance(lines) => lines.lay_out(context),
            Self::Matrix(matrix) => matrix.lay_out(context),
            Self::Passages(passages) => passages.lay_out(context),
            Self::Chooser(chooser) => chooser.lay_out(context),
            Self::Compare(compare) => compare.lay_out(context),
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
    pub(crate) fn draw(
        &self,
        context: &ScreenContext,
        canvas: &mut Canvas<'_>,
    ) -> Option<Position> {
        match self {
            Self::Command(line) => line.draw(context, canvas),
            Self::Bookmarks(bookmarks) => bookmarks.draw(context, canvas),
            Self::Help(help) => help.draw(context, canvas),
            Self::Outline(outline) => {
                outline.draw(context, canvas);
                None
            }
            Self::Concordance(lines) => {
                lines.draw(context, canvas);
                None
            }
            Self::Finder(finder) => finder.draw(context, canvas),
            Self::Search(search) => search.draw(context, canvas),
            Self::Matrix(matrix) => matrix.draw(context, canvas),
            Self::Passages(passages) => passages.draw(context, canvas),
            Self::Chooser(chooser) => chooser.draw(context, canvas),
            Self::Compare(compare) => compare.draw(context, canvas),
        }
    }
}
