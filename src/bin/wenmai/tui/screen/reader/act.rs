//! What each action does in the reader.

use ratatui::layout::Rect;

use super::super::bookmarks::BookmarksScreen;
use super::super::command::CommandLine;
use super::super::finder::FinderScreen;
use super::super::help::HelpScreen;
use super::super::matrix::MatrixScreen;
use super::super::passages::PassagesScreen;
use super::super::queries::QueriesScreen;
use super::super::relations::RelationsScreen;
use super::super::search::SearchScreen;
use super::super::unread::UnreadFilesScreen;
use super::direction::Direction;
use super::input::{Input, PendingKey};
use super::{Outcome, Reader};
use crate::tui::canvas::inside;
use crate::tui::context::ScreenContext;
use crate::tui::cursor::Step;
use crate::tui::effect::Effect;
use crate::tui::geometry::{Around, Pane};
use crate::tui::widget::list::step_of;
use crate::ui::action::{Action, entry};
use crate::ui::key_table::live_keys;
use crate::ui::messages::Message;

impl Reader {
    /// Answers an action.
    pub(crate) fn act(&mut self, action: Action, context: &ScreenContext) -> Outcome {
        self.notice = None;
        self.in_history = matches!(action, Action::Back | Action::Forward);
        match &self.input {
            Some(Input::Letter(_)) => {
                self.input = None;
                return Outcome::Done;
            }
            Some(Input::Find(..)) => return self.act_finding(action, context),
            Some(Input::Note(_)) => return self.act_noting(action, context),
            Some(Input::FilterDocuments | Input::FilterThemes) => {
                return self.act_filtering(action, context);
            }
            None => {}
        }
        if let Some(outcome) = self.act_selecting(action, context) {
            return outcome;
        }
        match action {
            Action::Help => return Outcome::open(HelpScreen::new(context)),
            Action::Commands => {
                return Outcome::open(CommandLine::new(self.followed()));
            }
            Action::Unread => return Outcome::open(UnreadFilesScreen::default()),
            Action::EditSource => return self.edit_source(context),
            Action::Browse => return self.browse(context),
            Action::Finder => return Outcome::open(FinderScreen::new()),
            Action::Search => return Outcome::open(SearchScreen::new()),
            Action::Concordance => return self.concordance(context),
            Action::Compare => return self.choose_others(context),
            Action::Diff => return self.diff(context),
            Action::Trace => return self.trace(context),
            Action::Lineage => return self.lineage(context),
            Action::Relations => {
                return Outcome::open(RelationsScreen::new(self.pane.document));
            }
            Action::Promises => return self.promises(context),
            Action::Pick => return self.mark(),
            Action::Queries => return Outcome::open(QueriesScreen::new(context)),
            Action::TurnRead => return self.turn_read(context),
            Action::Bookmarks => {
                return Outcome::open(BookmarksScreen::default());
            }
            Action::Bookmark => return self.bookmark(context),
            Action::NoteEditor => return self.note_in_editor(context),
            Action::Copy => return self.copy(context),
            Action::CopyOther => {
                self.citation = self.citation.next();
                return self.copy(context);
            }
            Action::Passages => {
                return Outcome::open(PassagesScreen::new(self.pane.document));
            }
            Action::Matrix => return Outcome::open(MatrixScreen::new()),
            Action::Outline => return Outcome::open(self.outline(context)),
            Action::Quit if self.focus_is_drawer(context) => self.focus = Pane::Article,
            Action::Quit => return Outcome::Effect(Effect::Quit),
            Action::Open => self.open(context),
            Action::Find => self.start_find(context),
            Action::Cancel => self.cancel(context),
            _ => self.act_in_place(action, context),
        }
        Outcome::Done
    }

    fn act_in_place(&mut self, action: Action, context: &ScreenContext) {
        match action {
            Action::Select => self.select(context),
            Action::SetMark => self.await_letter(PendingKey::SetMark, context),
            Action::GoMark => self.await_letter(PendingKey::GoToMark, context),
            Action::Note => self.start_note(context),
            Action::Wording => self.look_up_selection(context),
            Action::FocusNext => self.focus = self.focus.turn(1),
            Action::FocusPrevious => self.focus = self.focus.turn(-1),
            Action::FocusDocuments => self.focus = Pane::Documents,
            Action::FocusArticle => self.focus = Pane::Article,
            Action::FocusThemes => self.focus = Pane::Themes,
            Action::NextHit => self.next_hit(1, context),
            Action::PreviousHit => self.next_hit(-1, context),
            Action::NextDocument => self.follow(Direction::Document(1), context),
            Action::PreviousDocument => self.follow(Direction::Document(-1), context),
            Action::NextUnread => self.next_unread(context),
            Action::NextRegion if self.focus == Pane::Documents => self.documents.step_group(1),
            Action::PreviousRegion if self.focus == Pane::Documents => {
                self.documents.step_group(-1);
            }
            Action::Left if self.focus == Pane::Documents => {
                self.documents.fold(true, &context.library);
            }
            Action::Right if self.focus == Pane::Documents => {
                self.documents.fold(false, &context.library);
            }
            Action::NextRegion => self.follow(Direction::Region(1), context),
            Action::PreviousRegion => self.follow(Direction::Region(-1), context),
            Action::Back => self.go_back(context),
            Action::Forward => self.go_forward(context),
            Action::NextShared => self.next_shared(context),
            Action::SharedElsewhere => self.go_elsewhere(context),
            Action::DimNational => self.toggle_taken(context),
            Action::Shared => self.toggle_shared(context),
            Action::ShowRemoved => self.toggle_removed(context),
            Action::TextOnly => {
                self.around = match self.around {
                    Around::Everything => Around::Nothing,
                    Around::Nothing => Around::Everything,
                };
                self.focus = Pane::Article;
            }
            Action::Wider | Action::Align => self.widen(2, context),
            Action::Narrower => self.widen(-2, context),
            Action::Sort if self.focus == Pane::Documents => {
                let by = self.documents.turn(&context.library).message();
                self.notice = Some(context.tell(Message::SortedBy, &[context.say(by)]));
            }
            Action::Sort => {
                self.themes.sort = self.themes.sort.next();
                let name = context.say(self.themes.sort.message());
                self.notice = Some(context.tell(Message::SortedBy, &[name]));
            }
            _ => self.step(action, context),
        }
    }

    /// Moves in the pane with the focus.
    pub(super) fn step(&mut self, action: Action, context: &ScreenContext) {
        match action {
            Action::NextParagraph | Action::PreviousParagraph => {
                let by = if action == Action::NextParagraph { 1 } else { -1 };
                self.step_paragraphs(by, context);
            }
            _ => match step_of(action) {
                Some(step) => self.step_in(self.focus, step, context),
                None => self.refuse_action(action, context),
            },
        }
    }

    /// Says that a key does nothing here.
    pub(super) fn refuse_action(&mut self, action: Action, context: &ScreenContext) {
        let keys = entry(action).map_or(&[][..], |entry| live_keys(entry, &context.keymap));
        let key = keys.first().map_or("", String::as_str);
        self.notice = Some(context.tell(Message::NotHere, &[key]));
    }

    pub(super) fn step_in(&mut self, pane: Pane, step: Step, context: &ScreenContext) {
        let panes = self.panes(context);
        let height = |area: Option<Rect>| area.map_or(1, |area| inside(area).height.into());
        match pane {
            Pane::Documents => self.documents.step(step, height(panes.documents)),
            Pane::Themes => self.themes.step(step, height(panes.themes)),
            Pane::Article => self.scroll(step, context),
        }
    }

    /// Scrolls the text; where it does not scroll, or at its ends, the cursor moves alone.
    fn scroll(&mut self, step: Step, context: &ScreenContext) {
        let before = self.pane.anchor;
        self.pane.scroll(step, self.height(context));
        let stays = self.pane.anchor == before;
        match step {
            Step::Rows(rows) | Step::Halves(rows) if stays => {
                self.step_paragraphs(rows.signum(), context);
            }
            Step::Rows(_) | Step::Halves(_) => {}
            Step::First => self.pane.cursor_on(0),
            Step::Last => self.pane.cursor_on(self.last_block(context)),
        }
    }

    fn step_paragraphs(&mut self, by: isize, context: &ScreenContext) {
        let blocks = self.last_block(context) as usize + 1;
        self.pane.step_paragraphs(by, blocks, self.height(context));
    }

    fn last_block(&self, context: &ScreenContext) -> u32 {
        let document = context.document(self.pane.document);
        document.map_or(0, |document| (document.blocks.len() as u32).saturating_sub(1))
    }

    /// Enter: what it does depends on the pane.
    pub(super) fn open(&mut self, context: &ScreenContext) {
        match self.focus {
            Pane::Documents if self.documents.is_on_folded() => {
                self.documents.fold(false, &context.library);
            }
            Pane::Documents => {
                if let Some(document) = self.documents.chosen() {
                    self.open_document(document, context);
                }
                self.focus = Pane::Article;
            }
            Pane::Themes => {
                if let Some(theme) = self.themes.chosen() {
                    self.follow_on(theme, context);
                    self.leave_drawer(context);
                } else if let Some(document) = self.themes.chosen_related() {
                    self.open_document(document, context);
                    self.leave_drawer(context);
                }
            }
            Pane::Article => self.follow(Direction::Document(1), context),
        }
    }
}
