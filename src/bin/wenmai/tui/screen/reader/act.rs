//! What each action does in the reader.

use super::super::bookmarks::Bookmarks;
use super::super::command::CommandLine;
use super::super::finder::Finder;
use super::super::help::Help;
use super::super::matrix::Matrix;
use super::super::passages::Passages;
use super::super::search::Search;
use super::super::{Outcome, Screen, ScreenContext};
use super::Reader;
use super::follow::Way;
use super::pinned::Awaited;
use crate::tui::canvas::inside;
use crate::tui::cursor::Step;
use crate::tui::effect::Effect;
use crate::tui::geometry::{Around, Pane};
use crate::tui::widget::list::step_of;
use crate::ui::action::Action;
use crate::ui::messages::Message;
use ratatui::layout::Rect;

impl Reader {
    /// Answers an action.
    pub(crate) fn act(&mut self, action: Action, context: &ScreenContext) -> Outcome {
        self.notice = None;
        self.in_history = matches!(action, Action::Back | Action::Forward);
        if self.awaited.take().is_some() {
            return Outcome::Done;
        }
        if self.finding.is_some() {
            return self.act_finding(action, context);
        }
        if self.noting.is_some() {
            return self.act_noting(action, context);
        }
        if self.themes.typing {
            return self.act_filtering(action, context);
        }
        if self.documents_pane.typing {
            return self.act_sifting(action, context);
        }
        if let Some(outcome) = self.act_selecting(action, context) {
            return outcome;
        }
        match action {
            Action::Help => return Outcome::Open(Screen::Help(Help::new(context))),
            Action::Commands => {
                return Outcome::Open(Screen::Command(CommandLine::new(self.followed())));
            }
            Action::EditSource => return self.edit_source(context),
            Action::Browse => return self.browse(context),
            Action::Finder => return Outcome::Open(Screen::Finder(Finder::new())),
            Action::Search => return Outcome::Open(Screen::Search(Search::default())),
            Action::Concordance => return self.concordance(context),
            Action::Compare => return self.choose_others(context),
            Action::Mark => return self.mark(),
            Action::Bookmarks => {
                return Outcome::Open(Screen::Bookmarks(Bookmarks::default()));
            }
            Action::Bookmark => return self.bookmark(context),
            Action::Copy => return self.copy(context),
            Action::CopyOther => {
                self.citation = self.citation.next();
                return self.copy(context);
            }
            Action::Passages => {
                return Outcome::Open(Screen::Passages(Passages::new(self.column.document)));
            }
            Action::Matrix => return Outcome::Open(Screen::Matrix(Matrix::new())),
            Action::Outline => return Outcome::Open(Screen::Outline(self.outline(context))),
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
            Action::SetMark => self.await_letter(Awaited::Set, context),
            Action::GoMark => self.await_letter(Awaited::Go, context),
            Action::Note => self.start_note(context),
            Action::FocusNext => self.focus = self.focus.turn(1),
            Action::FocusPrevious => self.focus = self.focus.turn(-1),
            Action::FocusDocuments => self.focus = Pane::Documents,
            Action::FocusArticle => self.focus = Pane::Article,
            Action::FocusThemes => self.focus = Pane::Themes,
            Action::NextHit => self.next_hit(1, context),
            Action::PreviousHit => self.next_hit(-1, context),
            Action::NextDocument => self.follow(Way::Document(1), context),
            Action::PreviousDocument => self.follow(Way::Document(-1), context),
            Action::NextRegion => self.follow(Way::Region(1), context),
            Action::PreviousRegion => self.follow(Way::Region(-1), context),
            Action::Back => self.go_back(context),
            Action::Forward => self.go_forward(context),
            Action::NextShared => self.next_shared(context),
            Action::SharedElsewhere => self.go_elsewhere(context),
            Action::Taken => self.toggle_taken(context),
            Action::Removed => self.toggle_removed(context),
            Action::TextOnly => {
                self.around = match self.around {
                    Around::Everything => Around::Nothing,
                    Around::Nothing => Around::Everything,
                };
                self.focus = Pane::Article;
            }
            Action::Wider | Action::Align => self.set_measure(self.measure + 2, context),
            Action::Narrower => self.set_measure(self.measure.saturating_sub(2), context),
            Action::Sort if self.focus == Pane::Documents => {
                let by = self.documents_pane.turn(&context.library).message();
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
            Action::ParagraphOn | Action::ParagraphBack => {
                let line = self.column.paragraph(action == Action::ParagraphOn);
                self.column.move_to(line, self.height(context));
            }
            _ => {
                if let Some(step) = step_of(action) {
                    self.step_in(self.focus, step, context);
                }
            }
        }
    }

    pub(super) fn step_in(&mut self, pane: Pane, step: Step, context: &ScreenContext) {
        let panes = self.panes(context);
        let height = |area: Option<Rect>| area.map_or(1, |area| inside(area).height.into());
        match pane {
            Pane::Documents => self.documents_pane.step(step, height(panes.documents)),
            Pane::Themes => self.themes.step(step, height(panes.themes)),
            Pane::Article => self.column.scroll(step, self.height(context)),
        }
    }

    /// Enter: what it does depends on the pane.
    pub(super) fn open(&mut self, context: &ScreenContext) {
        match self.focus {
            Pane::Documents => {
                if let Some(document) = self.documents_pane.chosen() {
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
            Pane::Article => self.follow(Way::Document(1), context),
        }
    }
}
