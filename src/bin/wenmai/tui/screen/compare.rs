//! Comparison: two to four texts beside each other, each read as in the reader. The column with the
//! lead moves; the others follow it to where they mention the same, and below them are the
//! themes that they share. The comparison itself is made on a thread.

mod draw;
mod find;
mod lock;
mod side;
mod stage;
mod strip;

use std::sync::Arc;

use ratatui::layout::{Position, Rect};
use wenmai::compare::comparison::{Comparison, Excerpt};
use wenmai::document::DocIndex;
use wenmai::text::Span;
use wenmai::themes::ThemeId;

use super::article_pane::Measured;
use super::side_by_side::SideBySideScreen;
use super::{JumpTarget, Outcome, Screen, Subject};
use crate::tui::canvas::Canvas;
use crate::tui::context::ScreenContext;
use crate::tui::event::Mouse;
use crate::tui::find::Hit;
use crate::tui::geometry::column;
use crate::tui::query::{Answer, Asked, Job};
use crate::tui::widget::article::{MEASURE, Removals, Spot};
use crate::tui::widget::list::{WHEEL, step_of};
use crate::tui::widget::prompt::Prompt;
use crate::ui::action::Action;
use crate::ui::keymap::Mode;
use crate::ui::messages::Message;
use side::Side;
use stage::Stage;

/// Columns at most.
pub(crate) const MOST_COLUMNS: usize = 4;

/// Where a comparison starts.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Start {
    /// The character of the first document that is being read.
    pub(crate) spot: Spot,
    /// Full-width characters of a line.
    pub(crate) measure: usize,
}

/// Whether the other columns follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Lock {
    #[default]
    Locked,
    Free,
}

/// The line that is typed, and where the cursor stood before.
#[derive(Debug)]
struct FindInput {
    prompt: Prompt,
    origin: Spot,
}

/// The state of the strip.
#[derive(Debug, Default)]
struct Strip {
    /// The chosen theme, by its number among the shared ones.
    chosen: Option<usize>,
    /// The first theme in view.
    first: usize,
}

/// The comparison that is open.
#[derive(Debug)]
pub(crate) struct CompareScreen {
    sides: Vec<Side>,
    /// The column that the others follow.
    lead: usize,
    lock: Lock,
    /// The sentence that the others have followed.
    followed: Option<(usize, Excerpt)>,
    comparison: Option<Arc<Comparison>>,
    number: u64,
    unasked: bool,
    strip: Strip,
    measure: usize,
    input: Option<FindInput>,
    notice: Option<String>,
    /// The screen for which the columns were set.
    area: Rect,
}

impl Screen for CompareScreen {
    fn take_job(&mut self, number: u64) -> Option<Job> {
        if !std::mem::take(&mut self.unasked) {
            return None;
        }
        self.number = number;
        Some(Job { number, asked: Asked::Comparison(self.documents()) })
    }

    fn answered(&mut self, number: u64, answer: Answer) {
        if let (true, Answer::Comparison(comparison)) = (number == self.number, answer) {
            self.sides.iter_mut().for_each(|side| side.take(&comparison));
            self.comparison = Some(comparison);
        }
    }

    fn subject(&self) -> Option<Subject> {
        Some(Subject::Comparison(self.documents()))
    }

    fn is_complete(&self) -> bool {
        self.comparison.is_some()
    }

    fn mode(&self) -> Mode {
        if self.input.is_some() { Mode::Typing } else { Mode::Reading }
    }

    fn hints(&self) -> &'static [Action] {
        if self.input.is_some() {
            return &[Action::Open, Action::Cancel, Action::Down, Action::Up];
        }
        const HINTS: [Action; 12] = [
            Action::FocusNext,
            Action::Diff,
            Action::ScrollLock,
            Action::Align,
            Action::Left,
            Action::Right,
            Action::NextHit,
            Action::PreviousHit,
            Action::NextDocument,
            Action::PreviousDocument,
            Action::Open,
            Action::Cancel,
        ];
        &HINTS
    }

    fn act(&mut self, action: Action, context: &ScreenContext) -> Outcome {
        self.notice = None;
        if self.input.is_some() {
            self.act_finding(action, context);
            return Outcome::Done;
        }
        match action {
            Action::Open => return self.land(context),
            Action::Quit | Action::Compare => return Outcome::Close,
            Action::Cancel if !self.clear() => return Outcome::Close,
            Action::FocusNext => self.turn(1),
            Action::FocusPrevious => self.turn(-1),
            Action::NextHit => self.next_hit(1, context),
            Action::PreviousHit => self.next_hit(-1, context),
            Action::NextDocument => self.next_column(1, context),
            Action::PreviousDocument => self.next_column(-1, context),
            Action::Left => self.go_to_theme(-1, context),
            Action::Right => self.go_to_theme(1, context),
            Action::ScrollLock => self.toggle_lock(context),
            Action::Diff => return self.by_rows(context),
            Action::Align => self.align(context),
            Action::Find => self.start_find(context),
            Action::Wider => self.set_measure(self.measure + 2, context),
            Action::Narrower => self.set_measure(self.measure.saturating_sub(2), context),
            _ if self.step(action, context) => {}
            _ => return Outcome::Ignored,
        }
        Outcome::Done
    }

    fn target(&self, context: &ScreenContext) -> Option<JumpTarget> {
        let side = self.sides.get(self.lead)?;
        let sentence = side.pane.sentence(context)?;
        Some(JumpTarget {
            document: side.pane.document,
            block: Some(sentence.block),
            span: Some(sentence.span),
        })
    }

    fn type_text(&mut self, text: &str, context: &ScreenContext) {
        if let Some(find) = &mut self.input {
            find.prompt.insert(text);
            self.find_again(context);
        }
    }

    fn mouse(&mut self, mouse: Mouse, cell: Position, context: &ScreenContext) -> Outcome {
        self.notice = None;
        let stage = self.stage(context);
        let Some(at) = stage.column_at(cell) else { return Outcome::Done };
        let (height, area) = (stage.height(), stage.area_of(at));
        let Some(side) = self.sides.get_mut(at) else { return Outcome::Done };
        match mouse {
            Mouse::WheelDown => side.pane.scroll_past_cursor(WHEEL, height),
            Mouse::WheelUp => side.pane.scroll_past_cursor(-WHEEL, height),
            Mouse::Drag => {}
            Mouse::Click => {
                let top = area.map_or(0, |area| stage.text(area).y);
                let line = side.pane.top + usize::from(cell.y.saturating_sub(top));
                side.pane.cursor_to_line(line, false, height);
                self.lead = at;
            }
        }
        if at == self.lead {
            self.follow(context);
        }
        Outcome::Done
    }

    fn lay_out(&mut self, context: &ScreenContext) {
        let stage = self.stage(context);
        let (measure, height) = (self.measure, stage.height());
        let cells = stage.columns.first().map_or(2, |(_, area)| {
            usize::from(column(stage.text(*area), measure, context.look.page).width).max(2)
        });
        let resized = std::mem::replace(&mut self.area, context.area) != context.area;
        for side in &mut self.sides {
            side.pane.set(Measured { cells, removals: Removals::Hidden }, context);
            if resized {
                side.pane.show_cursor(height);
            }
        }
        if self.followed.is_none() {
            self.follow(context);
        }
        self.lay_out_strip(&stage, context);
    }

    fn draw(&self, context: &ScreenContext, canvas: &mut Canvas<'_>) -> Option<Position> {
        let stage = self.stage(context);
        self.clear_ground(&stage, context, canvas);
        self.draw_borders(&stage, context, canvas);
        for (at, area) in &stage.columns {
            self.draw_side(*at, stage.text(*area), context, canvas);
        }
        self.draw_only(&stage, context, canvas);
        if let Some(line) = stage.strip {
            self.draw_strip(line, context, canvas);
        }
        self.draw_status(&stage, context, canvas)
    }
}

impl CompareScreen {
    /// The texts `documents`, the first of them in the lead.
    pub(crate) fn new(documents: &[DocIndex], start: Start) -> Self {
        let documents = documents.iter().take(MOST_COLUMNS);
        let mut sides: Vec<Side> = documents.map(|document| Side::new(*document)).collect();
        if let Some(first) = sides.first_mut() {
            first.pane.cursor = start.spot;
        }
        Self {
            sides,
            lead: 0,
            lock: Lock::default(),
            followed: None,
            comparison: None,
            number: 0,
            unasked: true,
            strip: Strip::default(),
            measure: start.measure,
            input: None,
            notice: None,
            area: Rect::default(),
        }
    }

    /// The texts that are compared, in their columns.
    pub(crate) fn documents(&self) -> Vec<DocIndex> {
        self.sides.iter().map(|side| side.pane.document).collect()
    }

    fn stage(&self, context: &ScreenContext) -> Stage {
        Stage::of(context.area, self.sides.len(), self.lead)
    }

    fn leading(&mut self) -> Option<&mut Side> {
        self.sides.get_mut(self.lead)
    }

    /// Moves in the leading column; false for an action that does not move.
    fn step(&mut self, action: Action, context: &ScreenContext) -> bool {
        let height = self.stage(context).height();
        let Some(side) = self.sides.get_mut(self.lead) else { return true };
        match (action, step_of(action)) {
            (Action::NextParagraph, _) => side.pane.cursor_to_paragraph(true, height),
            (Action::PreviousParagraph, _) => side.pane.cursor_to_paragraph(false, height),
            (_, Some(step)) => side.pane.step_cursor(step, height),
            _ => return false,
        }
        self.follow(context);
        true
    }

    fn turn(&mut self, by: isize) {
        let columns = self.sides.len().max(1) as isize;
        self.lead = (self.lead as isize + by).rem_euclid(columns) as usize;
        // The columns stay where they are until the new one moves.
        self.followed = self.followed.map(|(_, at)| (self.lead, at));
    }

    /// Puts away what stands out; false where nothing did.
    fn clear(&mut self) -> bool {
        let Some(side) = self.sides.get_mut(self.lead) else { return false };
        let find = side.pane.find.take().is_some();
        let theme = self.strip.chosen.take().is_some();
        self.sides.iter_mut().for_each(|side| side.pane.here = None);
        find || theme
    }

    fn set_measure(&mut self, measure: usize, context: &ScreenContext) {
        self.measure = measure.clamp(MEASURE.0, MEASURE.1);
        self.notice = Some(context.tell(Message::MeasureIs, &[&self.measure.to_string()]));
    }

    /// The places that `n` walks: the hits of what is looked for, else the chosen theme's mentions.
    fn hits(&self, context: &ScreenContext) -> Vec<Hit> {
        let Some(side) = self.sides.get(self.lead) else { return Vec::new() };
        if let Some(find) = &side.pane.find {
            return find.hits.clone();
        }
        let theme = self.theme().into_iter();
        theme
            .flat_map(|theme| context.mentions_of(theme, side.pane.document))
            .map(Hit::of)
            .collect()
    }

    fn next_hit(&mut self, by: isize, context: &ScreenContext) {
        let finds = self.sides.get(self.lead).is_some_and(|side| side.pane.find.is_some());
        if !finds && self.theme().is_none() {
            self.choose_theme(1);
        }
        let hits = self.hits(context);
        if hits.is_empty() {
            self.notice = Some(self.nothing_here(context));
            return;
        }
        let Some(side) = self.sides.get(self.lead) else { return };
        let cursor = (side.pane.cursor.block, side.pane.cursor.character);
        let next = match side.pane.hit_number(&hits) {
            Some(at) => at as isize + by,
            None if by > 0 => {
                hits.partition_point(|hit| (hit.block, hit.span.start) < cursor) as isize
            }
            None => hits.partition_point(|hit| (hit.block, hit.span.start) < cursor) as isize - 1,
        };
        let count = hits.len() as isize;
        if next < 0 || next >= count {
            let message = if by > 0 { Message::WentRound } else { Message::WentRoundBack };
            self.notice = Some(context.say(message).to_owned());
        }
        if let Some(hit) = hits.get(next.rem_euclid(count) as usize) {
            self.stand_on(*hit, context);
        }
    }

    fn nothing_here(&self, context: &ScreenContext) -> String {
        let find = self.sides.get(self.lead).and_then(|side| side.pane.find.as_ref());
        match (find, self.theme()) {
            (Some(find), _) => context.tell(Message::NotFound, &[&find.wanted]),
            (None, Some(theme)) => {
                context.tell(Message::NoMentionHere, &[context.theme_name(theme)])
            }
            (None, None) => context.say(Message::NothingShared).to_owned(),
        }
    }

    /// Puts the lead on a place; the others follow.
    fn stand_on(&mut self, hit: Hit, context: &ScreenContext) {
        let height = self.stage(context).height();
        let spot = Spot { block: hit.block, character: hit.span.start };
        if let Some(side) = self.leading() {
            side.pane.here = Some(hit);
            side.pane.cursor_to(spot, height);
        }
        self.followed = None;
        self.follow(context);
    }

    /// Chooses the next theme, or the one before, and goes to its mention nearest to the cursor.
    fn go_to_theme(&mut self, by: isize, context: &ScreenContext) {
        self.choose_theme(by);
        let Some(theme) = self.theme() else {
            self.notice = Some(context.say(Message::NothingShared).to_owned());
            return;
        };
        if let Some(hit) = self.first_mention(self.lead, theme, context) {
            self.stand_on(hit, context);
        }
    }

    /// Gives the lead to the next column that mentions the chosen theme, at its mention nearest to
    /// where that column is.
    fn next_column(&mut self, by: isize, context: &ScreenContext) {
        if self.theme().is_none() {
            self.choose_theme(1);
        }
        let Some(theme) = self.theme() else {
            self.notice = Some(context.say(Message::NothingShared).to_owned());
            return;
        };
        let columns = self.sides.len() as isize;
        let others = (1..columns).map(|step| (self.lead as isize + by * step).rem_euclid(columns));
        let speaks = |at: &usize| self.first_mention(*at, theme, context).is_some();
        let Some(next) = others.map(|at| at as usize).find(speaks) else {
            let name = context.theme_name(theme);
            self.notice = Some(context.tell(Message::NoOtherDocument, &[name]));
            return;
        };
        let hit = self.first_mention(next, theme, context);
        self.lead = next;
        if let Some(hit) = hit {
            self.stand_on(hit, context);
        }
    }

    /// The first mention in a column at or after its cursor, or else its first one.
    fn first_mention(&self, at: usize, theme: ThemeId, context: &ScreenContext) -> Option<Hit> {
        let side = self.sides.get(at)?;
        let cursor = (side.pane.cursor.block, side.pane.cursor.character);
        let mentions = || context.mentions_of(theme, side.pane.document);
        let behind = mentions().find(|mention| (mention.block, mention.span.start) >= cursor);
        behind.or_else(|| mentions().next()).map(Hit::of)
    }

    /// The leading text and the column after it, paragraph by paragraph.
    fn by_rows(&mut self, context: &ScreenContext) -> Outcome {
        let next = (self.lead + 1) % self.sides.len().max(1);
        let both = self.sides.get(self.lead).zip(self.sides.get(next));
        let screen = both.zip(self.comparison.as_ref()).and_then(|((lead, other), found)| {
            let start = (lead.pane.document, lead.pane.cursor.block);
            SideBySideScreen::new(start, other.pane.document, found, context)
        });
        match screen {
            Some(screen) => Outcome::open(screen),
            None => {
                self.notice = Some(context.say(Message::Comparing).to_owned());
                Outcome::Done
            }
        }
    }

    fn land(&self, context: &ScreenContext) -> Outcome {
        let Some(side) = self.sides.get(self.lead) else { return Outcome::Close };
        let here = side.pane.here.map(|hit| (hit.block, hit.span));
        let line = || {
            side.pane
                .sentence(context)
                .map(|at| (at.block, Span::new(at.span.start, at.span.start)))
        };
        let place = here.filter(|(block, _)| *block == side.pane.cursor.block).or_else(line);
        Outcome::Land(JumpTarget {
            document: side.pane.document,
            block: place.map(|(block, _)| block),
            span: place.map(|(_, span)| span).filter(|span| !span.is_empty()),
        })
    }
}

#[cfg(test)]
mod tests;
