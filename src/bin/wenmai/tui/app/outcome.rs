//! What comes of an action beyond the screen that it was for: screens open and close, documents are
//! marked, settings change, the reader goes elsewhere.

use super::super::effect::Effect;
use super::super::query::{Asked, Job};
use super::super::screen::{Outcome, Screen, Subject};
use super::App;
use crate::settings::table::{self, Given, Name};
use crate::ui::lang::Lang;
use crate::ui::messages::Message;
use crate::ui::palette::Palette;
use wenmai::annotations::reading_state::Change;
use wenmai::citation::Style as Citation;
use wenmai::document::DocIndex;

impl App {
    /// Opens `screen`, or the one about the same as it was left.
    pub(super) fn open(&mut self, screen: Box<dyn Screen>) {
        let subject = screen.subject();
        if let Some(Subject::Comparison(documents)) = &subject {
            self.context.compared = documents.clone();
        }
        let same = |kept: &dyn Screen| {
            subject.as_ref().zip(kept.subject()).is_some_and(|(new, kept)| new.is_same(&kept))
        };
        let kept =
            self.kept.iter().position(|kept| same(kept.as_ref())).map(|at| self.kept.remove(at));
        let opened = match kept {
            Some(mut kept) => {
                kept.reopened();
                kept
            }
            None => screen,
        };
        self.over.push(opened);
    }

    pub(super) fn close_all(&mut self) {
        for screen in std::mem::take(&mut self.over) {
            self.keep(Some(screen));
        }
    }

    /// Keeps a closed screen that takes work to bring back, of each kind the last one.
    fn keep(&mut self, closed: Option<Box<dyn Screen>>) {
        let Some(screen) = closed.filter(|screen| screen.is_complete()) else { return };
        let Some(subject) = screen.subject() else { return };
        self.kept.retain(|kept| kept.subject().is_none_or(|kept| !kept.is_same_kind(&subject)));
        self.kept.push(screen);
    }

    /// Changes annotations, and remembers what takes that back.
    pub(super) fn annotate(&mut self, changes: Vec<Change>) {
        let kept = self.context.keeping.kept();
        let back = changes.iter().rev().filter_map(|change| match change {
            Change::Remove(uid) => kept.entry(uid).cloned().map(Change::Put),
            Change::Put(entry) => Some(match kept.entry(&entry.uid) {
                Some(before) => Change::Put(before.clone()),
                None => Change::Remove(entry.uid.clone()),
            }),
            Change::Query(name, _) => {
                let before = kept.queries().find(|(own, _)| own == name);
                Some(Change::Query(name.clone(), before.map(|(_, query)| query.to_owned())))
            }
            _ => None,
        });
        let back: Vec<Change> = back.collect();
        if !back.is_empty() {
            self.undo.push(back);
        }
        changes.into_iter().for_each(|change| self.context.keeping.change(change));
    }

    /// Takes back the last change of annotations.
    pub(super) fn undo(&mut self) {
        let message = match self.undo.pop() {
            Some(back) => {
                back.into_iter().for_each(|change| self.context.keeping.change(change));
                Message::Undone
            }
            None => Message::NothingToUndo,
        };
        let told = self.context.say(message).to_owned();
        self.reader.notify(told.clone());
        self.notice = Some(told);
    }

    /// Changes a setting while one reads; files are not changed.
    pub(super) fn set(&mut self, name: Name, given: Given) {
        let look = &mut self.context.look;
        match (name, given) {
            (Name::Palette, Given::Choice(called)) => {
                look.palette = Palette::called(called).unwrap_or(Palette::SIXTEEN);
            }
            (Name::Measure, Given::Number(measure)) => {
                look.page.measure = measure.into();
                self.reader.set_measure(measure.into(), &self.context);
                return;
            }
            (Name::Margin, Given::Number(margin)) => look.page.margin = margin,
            (Name::Indent, Given::Number(indent)) => look.page.indent = indent.into(),
            (Name::Shared, Given::Number(shared)) => look.page.shared = shared.into(),
            (Name::Ambiguous, Given::Choice(called)) => look.set_ambiguous(called == "wide"),
            (Name::Language, Given::Choice(called)) => {
                look.lang = Lang::called(called).unwrap_or_else(Lang::of_locale)
            }
            (Name::Citation, Given::Choice(called)) => {
                let mut styles = Citation::ALL.into_iter();
                if let Some(style) = styles.find(|style| style.name() == called) {
                    self.reader.cite(style);
                }
            }
            _ => {}
        }
        self.reader.notify_set(table::key(name), &given.to_string());
    }

    pub(super) fn mark(&mut self, document: DocIndex) {
        let marks = &mut self.context.marks;
        match marks.iter().position(|marked| *marked == document) {
            Some(at) => {
                marks.remove(at);
            }
            None => marks.push(document),
        }
        self.reader.notify_mark(document, &self.context);
    }

    pub(super) fn settle(&mut self, outcome: Outcome) -> Effect {
        match outcome {
            Outcome::Done | Outcome::Ignored => {}
            Outcome::Effect(effect) => return effect,
            Outcome::Open(screen) => self.open(screen),
            Outcome::Swap(screen) => {
                self.over.pop();
                self.open(screen);
            }
            Outcome::Annotate(changes) => self.annotate(changes),
            Outcome::Recall(document, uid) => {
                self.close_all();
                self.reader.recall(document, &uid, &self.context);
            }
            Outcome::Mark(document) => self.mark(document),
            Outcome::Close => {
                let closed = self.over.pop();
                self.keep(closed);
            }
            Outcome::Land(target) => {
                self.close_all();
                self.reader.jump(target, &self.context);
            }
            Outcome::Cross(from, to) => {
                self.close_all();
                self.reader.jump(from, &self.context);
                self.reader.jump(to, &self.context);
            }
            Outcome::Mention(theme, target) => {
                self.close_all();
                self.reader.jump_to_mention(theme, target, &self.context);
            }
            Outcome::Theme(theme) => {
                self.close_all();
                self.reader.follow_theme(theme, &self.context);
            }
            Outcome::Walk(wanted, found, target) => {
                self.close_all();
                self.reader.walk(wanted, found, target, &self.context);
            }
            Outcome::GoTo(place) => {
                self.close_all();
                self.reader.go_to_place(&place, &self.context);
            }
            Outcome::ShowQuery(query) => {
                self.close_all();
                self.reader.show_query(&query, &self.context);
            }
            Outcome::SaveQuery(name) => {
                self.close_all();
                let outcome = self.reader.save_query(&name, &self.context);
                return self.settle(outcome);
            }
            Outcome::Tag { tag, all } => {
                self.close_all();
                let outcome = self.reader.tag(&tag, all, &self.context);
                return self.settle(outcome);
            }
            Outcome::Keep(name, given) => {
                self.close_all();
                self.set(name, given);
                return Effect::KeepSetting(name, given);
            }
            Outcome::Run(action) => {
                // What help and the command line name is done on the screen below them.
                let closed = self.over.pop();
                self.keep(closed);
                return self.act(action);
            }
            Outcome::Set(name, given) => {
                self.close_all();
                self.set(name, given);
            }
            Outcome::Report(report) => {
                self.close_all();
                self.asked += 1;
                return Effect::Ask(Job { number: self.asked, asked: Asked::Report(report) });
            }
        }
        Effect::None
    }
}
