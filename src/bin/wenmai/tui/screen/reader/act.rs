//! What each action does in the reader.

use super::super::bookmarks::Bookmarks;
use super::super::command::CommandLine;
use super::super::finder::Finder;
use super::super::help::Help;
use super::super::matrix::Matrix;
use super::super::passages::Passages;
use super::super::search::Search;
use super::super::{Desk, Outcome, Screen};
use super::Reader;
use super::follow::Way;
use super::pinned::Awaited;
use crate::tui::action::Action;
use crate::tui::canvas::inside;
use crate::tui::cursor::Step;
use crate::tui::effect::Effect;
use crate::tui::geometry::{Around, Pane};
use crate::tui::messages::Message;
use crate::tui::widget::list::step_of;
use ratatui::layout::Rect;

impl Reader {
    /// Answers an action.
    pub(crate) fn act(&mut self, action: Action, desk: &Desk) -> Outcome {
        self.notice = None;
        self.in_history = matches!(action, Action::Back | Action::Forward);
        if self.awaited.take().is_some() {
            return Outcome::Done;
        }
        if self.finding.is_some() {
            return self.act_finding(action, desk);
        }
        if self.noting.is_some() {
            return self.act_noting(action, desk);
        }
        if self.themes.typing {
            return self.act_filtering(action, desk);
        }
        if self.shelf.typing {
            return self.act_sifting(action, desk);
        }
        if let Some(outcome) = self.act_selecting(action, desk) {
            return outcome;
        }
        match action {
            Action::Help => return Outcome::Open(Screen::Help(Help::new(desk))),
            Action::Commands => {
                return Outcome::Open(Screen::Command(CommandLine::new(self.followed())));
            }
            Action::EditSource => return self.edit_source(desk),
            Action::Browse => return self.browse(desk),
            Action::Finder => return Outcome::Open(Screen::Finder(Finder::new())),
            Action::Search => return Outcome::Open(Screen::Search(Search::default())),
            Action::Concordance => return self.concordance(desk),
            Action::Compare => return self.choose_others(desk),
            Action::Mark => return self.mark(),
            Action::Bookmarks => {
                return Outcome::Open(Screen::Bookmarks(Bookmarks::default()));
            }
            Action::Bookmark => return self.bookmark(desk),
            Action::Copy => return self.copy(desk),
            Action::CopyOther => {
                self.citation = self.citation.next();
                return self.copy(desk);
            }
            Action::Passages => {
                return Outcome::Open(Screen::Passages(Passages::new(self.column.document)));
            }
            Action::Matrix => return Outcome::Open(Screen::Matrix(Matrix::new())),
            Action::Outline => return Outcome::Open(Screen::Outline(self.outline(desk))),
            Action::Quit if self.focus_is_drawer(desk) => self.focus = Pane::Article,
            Action::Quit => return Outcome::Effect(Effect::Quit),
            Action::Open => self.open(desk),
            Action::Find => self.start_find(desk),
            Action::Cancel => self.cancel(desk),
            _ => self.act_in_place(action, desk),
        }
        Outcome::Done
    }

    fn act_in_place(&mut self, action: Action, desk: &Desk) {
        match action {
            Action::Select => self.select(desk),
            Action::SetMark => self.await_letter(Awaited::Set, desk),
            Action::GoMark => self.await_letter(Awaited::Go, desk),
            Action::Note => self.start_note(desk),
            Action::FocusNext => self.focus = self.focus.turn(1),
            Action::FocusPrevious => self.focus = self.focus.turn(-1),
            Action::FocusDocuments => self.focus = Pane::Documents,
            Action::FocusArticle => self.focus = Pane::Article,
            Action::FocusThemes => self.focus = Pane::Themes,
            Action::NextHit => self.next_hit(1, desk),
            Action::PreviousHit => self.next_hit(-1, desk),
            Action::NextDocument => self.follow(Way::Document(1), desk),
            Action::PreviousDocument => self.follow(Way::Document(-1), desk),
            Action::NextRegion => self.follow(Way::Region(1), desk),
            Action::PreviousRegion => self.follow(Way::Region(-1), desk),
            Action::Back => self.go_back(desk),
            Action::Forward => self.go_forward(desk),
            Action::NextShared => self.next_shared(desk),
            Action::SharedElsewhere => self.go_elsewhere(desk),
            Action::Taken => self.toggle_taken(desk),
            Action::Removed => self.toggle_removed(desk),
            Action::TextOnly => {
                self.around = match self.around {
                    Around::Everything => Around::Nothing,
                    Around::Nothing => Around::Everything,
                };
                self.focus = Pane::Article;
            }
            Action::Wider | Action::Align => self.set_measure(self.measure + 2, desk),
            Action::Narrower => self.set_measure(self.measure.saturating_sub(2), desk),
            Action::Sort if self.focus == Pane::Documents => {
                let by = self.shelf.turn(&desk.library).message();
                self.notice = Some(desk.tell(Message::SortedBy, &[desk.say(by)]));
            }
            Action::Sort => {
                self.themes.sort = self.themes.sort.next();
                let name = desk.say(self.themes.sort.message());
                self.notice = Some(desk.tell(Message::SortedBy, &[name]));
            }
            _ => self.step(action, desk),
        }
    }

    /// Moves in the pane with the focus.
    pub(super) fn step(&mut self, action: Action, desk: &Desk) {
        match action {
            Action::ParagraphOn | Action::ParagraphBack => {
                let line = self.column.paragraph(action == Action::ParagraphOn);
                self.column.move_to(line, self.height(desk));
            }
            _ => {
                if let Some(step) = step_of(action) {
                    self.step_in(self.focus, step, desk);
                }
            }
        }
    }

    pub(super) fn step_in(&mut self, pane: Pane, step: Step, desk: &Desk) {
        let panes = self.panes(desk);
        let height = |area: Option<Rect>| area.map_or(1, |area| inside(area).height.into());
        match pane {
            Pane::Documents => self.shelf.step(step, height(panes.documents)),
            Pane::Themes => self.themes.step(step, height(panes.themes)),
            Pane::Article => self.column.scroll(step, self.height(desk)),
        }
    }

    /// Enter: what it does depends on the pane.
    pub(super) fn open(&mut self, desk: &Desk) {
        match self.focus {
            Pane::Documents => {
                if let Some(document) = self.shelf.chosen() {
                    self.open_document(document, desk);
                }
                self.focus = Pane::Article;
            }
            Pane::Themes => {
                if let Some(theme) = self.themes.chosen() {
                    self.follow_on(theme, desk);
                    self.leave_drawer(desk);
                } else if let Some(document) = self.themes.chosen_related() {
                    self.open_document(document, desk);
                    self.leave_drawer(desk);
                }
            }
            Pane::Article => self.follow(Way::Document(1), desk),
        }
    }
}
