//! The lineage of a wording: the texts that have it, oldest first, in which of its wordings, and from
//! whom each most likely took it. Of a paragraph each sentence has its own; that of most texts is shown
//! first. It is searched for on a thread.

use std::sync::Arc;

use ratatui::layout::{Position, Rect};
use ratatui::style::Modifier;
use wenmai::export::{RedlineRow, RedlineRun};
use wenmai::facts::first_uses::place_of;
use wenmai::reuse::lineage::{Lineage, LineageMember};
use wenmai::reuse::redline::{EditKind, Ignored, edits_between};
use wenmai::text::width::clusters;

use super::{JumpTarget, Outcome, Screen};
use crate::tui::canvas::{Canvas, inset};
use crate::tui::context::ScreenContext;
use crate::tui::cursor::Cursor;
use crate::tui::event::Mouse;
use crate::tui::query::{Answer, Asked, Job};
use crate::tui::widget::{list, list_frame};
use crate::ui::action::Action;
use crate::ui::messages::Message;
use crate::ui::over_time::OverTime;

/// Cells of day and place.
const LABEL: u16 = 30;

/// The lineage that is open.
#[derive(Debug)]
pub(crate) struct LineageScreen {
    /// The sentences, or the whole where it has no sentence that is long enough.
    wordings: Vec<String>,
    number: u64,
    unasked: bool,
    /// Of each sentence, once they are known.
    lineages: Option<Arc<[Lineage]>>,
    /// The sentence that is shown.
    shown: usize,
    cursor: Cursor,
}

impl LineageScreen {
    /// The lineage of `wording`.
    pub(crate) fn new(wording: &str) -> Self {
        Self {
            wordings: long_sentences(wording),
            number: 0,
            unasked: true,
            lineages: None,
            shown: 0,
            cursor: Cursor::default(),
        }
    }

    fn members(&self) -> &[LineageMember] {
        self.lineage().map_or(&[], |lineage| &lineage.members)
    }

    fn lineage(&self) -> Option<&Lineage> {
        self.lineages.as_ref()?.get(self.shown)
    }

    fn wording(&self) -> &str {
        self.wordings.get(self.shown).map_or("", String::as_str)
    }

    /// To another sentence, going round.
    fn turn(&mut self, by: isize) {
        let all = self.wordings.len().max(1) as isize;
        self.shown = (self.shown as isize + by).rem_euclid(all) as usize;
        self.cursor = Cursor::default();
    }

    fn place(&self) -> Option<JumpTarget> {
        let place = self.members().get(self.cursor.chosen)?.place;
        let (block, span) = (Some(place.block), Some(place.span));
        Some(JumpTarget { document: place.document, block, span })
    }

    fn land(&self) -> Outcome {
        self.place().map_or(Outcome::Done, Outcome::Land)
    }

    fn title(&self, context: &ScreenContext) -> String {
        let Some(lineage) = self.lineage() else { return self.wording().to_owned() };
        let places: std::collections::BTreeSet<String> = lineage
            .members
            .iter()
            .filter_map(|member| context.card(member.place.document))
            .map(|card| place_of(&card))
            .collect();
        let counts = [lineage.members.len(), places.len(), lineage.wordings.len()];
        let counts = counts.map(|count| count.to_string());
        let short: String = self.wording().chars().take(20).collect();
        let parts = [short.as_str(), &counts[0], &counts[1], &counts[2]];
        let lang = context.look.lang;
        let head = OverTime::LineageHead.tell(lang, &parts);
        if self.wordings.len() < 2 {
            return head;
        }
        let of = [self.shown + 1, self.wordings.len()].map(|number| number.to_string());
        OverTime::LineageSentence.tell(lang, &[&head, &of[0], &of[1]])
    }

    fn draw_member(&self, line: Rect, at: usize, context: &ScreenContext, canvas: &mut Canvas<'_>) {
        let (Some(lineage), Some(member)) = (self.lineage(), self.members().get(at)) else {
            return;
        };
        let palette = canvas.look.palette;
        let label = Rect { width: LABEL.min(line.width), ..line };
        let date = member.date.map_or_else(|| "—".to_owned(), |date| date.to_string());
        canvas.write_cut(Rect { width: label.width.min(11), ..label }, &date, palette.faint);
        let place = context.card(member.place.document).map(|card| place_of(&card));
        let style = if member.same_text.is_some() { palette.faint } else { palette.heading };
        let place = place.unwrap_or_default();
        let place = context.look.lang.place(&place);
        canvas.write_cut(inset(label, 11.min(label.width), 1), place, style);
        let rest = inset(line, label.width, 0);
        let letter = letter(member.wording);
        let rest = canvas.write(rest, &format!("{letter}  "), palette.key);
        let again = lineage.members.iter().take(at).any(|one| one.wording == member.wording);
        if again {
            canvas.write(rest, "＝", palette.faint);
            return;
        }
        let mut rest = rest;
        for piece in pieces(lineage, member.wording) {
            let style = match piece.kind {
                EditKind::Equal => palette.text,
                EditKind::Delete => palette.removed.add_modifier(Modifier::CROSSED_OUT),
                EditKind::Insert => palette.hit,
            };
            for (_, cluster) in clusters(&piece.text) {
                rest = canvas.write(rest, cluster, style);
            }
        }
    }

    /// From whom the chosen text most likely took its wording.
    fn origin(&self, context: &ScreenContext) -> String {
        let Some(member) = self.members().get(self.cursor.chosen) else { return String::new() };
        let name = |other: usize| {
            let other = self.members().get(other)?;
            let card = context.card(other.place.document)?;
            let date = other.date.map_or_else(String::new, |date| date.to_string());
            let place = place_of(&card);
            let place = context.look.lang.place(&place);
            Some(format!("{date} {place} {}", card.metadata.title))
        };
        let lang = context.look.lang;
        match (member.same_text.and_then(name), member.from.and_then(name)) {
            (Some(same), _) => OverTime::SameTextAs.tell(lang, &[&same]),
            (None, Some(from)) => OverTime::TakenFrom.tell(lang, &[&from]),
            (None, None) => String::new(),
        }
    }
}

/// The name of a wording: A to Z, then numbers.
fn letter(wording: usize) -> String {
    let letter = u8::try_from(wording).ok().filter(|at| *at < 26).map(|at| char::from(b'A' + at));
    letter.map_or_else(|| wording.to_string(), String::from)
}

/// A wording; every one after the first with what it changed of the first.
fn pieces(lineage: &Lineage, wording: usize) -> Vec<RedlineRun> {
    let text = |at: usize| lineage.wordings.get(at).map_or("", String::as_str);
    let (first, own) = (text(0), text(wording));
    let edits = edits_between(first, own, Ignored { punctuation: true, ..Ignored::default() });
    RedlineRow::pieces((first, own), &edits)
}

/// Characters of the shortest sentence that has a lineage of its own.
const SENTENCE: usize = 12;

/// The sentences of a text that are long enough, or the whole where none is.
fn long_sentences(text: &str) -> Vec<String> {
    let text = text.replace('\n', "");
    let sentences = wenmai::text::sentences::sentences(&text);
    let sentences = sentences.iter().map(|span| span.of(&text).trim().to_owned());
    let long: Vec<String> = sentences.filter(|one| one.chars().count() >= SENTENCE).collect();
    if long.is_empty() { vec![text] } else { long }
}

impl Screen for LineageScreen {
    fn hints(&self) -> &'static [Action] {
        &[Action::Open, Action::NextHit, Action::PreviousHit, Action::Cancel]
    }

    fn take_job(&mut self, number: u64) -> Option<Job> {
        if !std::mem::take(&mut self.unasked) {
            return None;
        }
        self.number = number;
        Some(Job { number, asked: Asked::Lineage(self.wordings.clone()) })
    }

    fn answered(&mut self, number: u64, answer: Answer) {
        if let (true, Answer::Lineage(lineages)) = (number == self.number, answer) {
            // Of equals the first.
            let most = (0..lineages.len()).rev().max_by_key(|at| lineages[*at].members.len());
            self.shown = most.unwrap_or(0);
            self.lineages = Some(lineages);
        }
    }

    fn act(&mut self, action: Action, context: &ScreenContext) -> Outcome {
        if let Some(step) = list::step_of(action) {
            let height = list_frame::inner(context.area).height.into();
            self.cursor.step(step, self.members().len(), height);
            return Outcome::Done;
        }
        match action {
            Action::NextHit => {
                self.turn(1);
                Outcome::Done
            }
            Action::PreviousHit => {
                self.turn(-1);
                Outcome::Done
            }
            Action::Open => self.land(),
            Action::Cancel | Action::Quit | Action::Lineage => Outcome::Close,
            _ => Outcome::Ignored,
        }
    }

    fn target(&self, _context: &ScreenContext) -> Option<JumpTarget> {
        self.place()
    }

    fn mouse(&mut self, mouse: Mouse, cell: Position, context: &ScreenContext) -> Outcome {
        let (area, len) = (list_frame::inner(context.area), self.members().len());
        if list_frame::is_opened(mouse, cell, area, len, &mut self.cursor) {
            return self.land();
        }
        Outcome::Done
    }

    fn lay_out(&mut self, context: &ScreenContext) {
        let height = list_frame::inner(context.area).height.into();
        self.cursor.show(self.members().len(), height, 1);
    }

    fn draw(&self, context: &ScreenContext, canvas: &mut Canvas<'_>) -> Option<Position> {
        list_frame::draw(context.area, &self.title(context), canvas);
        let area = list_frame::inner(context.area);
        let len = self.members().len();
        if len == 0 {
            let message =
                if self.lineages.is_some() { Message::NoMention } else { Message::Seeking };
            list_frame::draw_message(area, context.say(message), canvas);
        }
        list_frame::draw_rows(area, self.cursor, len, canvas, |line, at, canvas| {
            self.draw_member(line, at, context, canvas);
        });
        list_frame::draw_status(context.area, &self.origin(context), canvas);
        None
    }
}
