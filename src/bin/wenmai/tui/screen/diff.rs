//! Differences of two editions: the old text, the new one and the remark side by side; on narrow
//! terminals one text with [-…-]{+…+}. Only what changed, or all of it.

use ratatui::layout::Position;
use wenmai::document::DocIndex;
use wenmai::export::RedlineRow;
use wenmai::reuse::edition_diff::{DiffOptions, DiffRow, EditionDiff};
use wenmai::text::width::ellipsize;

use super::{JumpTarget, Outcome, Screen};
use crate::tui::canvas::{Canvas, inset, line_of};
use crate::tui::context::ScreenContext;
use crate::tui::cursor::Cursor;
use crate::tui::event::Mouse;
use crate::tui::geometry::is_tiny;
use crate::tui::widget::redline::{self, RedlineLine};
use crate::tui::widget::{list, list_frame};
use crate::ui::action::Action;
use crate::ui::diff_words;
use crate::ui::over_time::OverTime;

/// The diff that is open.
#[derive(Debug)]
pub(crate) struct DiffScreen {
    old: DocIndex,
    new: DocIndex,
    diff: EditionDiff,
    all: bool,
    lines: Vec<RedlineLine>,
    /// Width and mode for which the lines were laid out.
    laid_out: Option<(u16, bool)>,
    cursor: Cursor,
}

impl DiffScreen {
    /// What `new` changed of `old`; `None` where one of them is not there.
    pub(crate) fn new(old: DocIndex, new: DocIndex, context: &ScreenContext) -> Option<Self> {
        let (from, to) = (context.document(old)?, context.document(new)?);
        let diff = EditionDiff::new(from, to, &DiffOptions::default()).ok()?;
        let lines = Vec::new();
        Some(Self { old, new, diff, all: false, lines, laid_out: None, cursor: Cursor::default() })
    }

    fn row(&self) -> Option<&DiffRow> {
        self.diff.rows.get(self.lines.get(self.cursor.chosen)?.row)
    }

    /// The place in the new text, or in the old one for what was removed.
    fn place(&self) -> Option<JumpTarget> {
        let row = self.row()?;
        let (document, provision) = match self.diff.new_of(row) {
            Some(provision) => (self.new, provision),
            None => (self.old, self.diff.old_of(row)?),
        };
        Some(JumpTarget { document, block: Some(provision.block), span: None })
    }

    /// To the next change, or to the one before.
    fn next_change(&mut self, on: bool) {
        let own = self.lines.get(self.cursor.chosen).map_or(0, |line| line.row);
        let differs = |line: &RedlineLine| {
            line.row != own && self.diff.rows.get(line.row).is_some_and(diff_words::differs)
        };
        let found = if on {
            (self.cursor.chosen..self.lines.len())
                .find(|at| self.lines.get(*at).is_some_and(differs))
        } else {
            let before = (0..self.cursor.chosen).rev();
            let last = before.clone().find(|at| self.lines.get(*at).is_some_and(differs));
            let row = last.and_then(|at| self.lines.get(at)).map(|line| line.row);
            row.and_then(|row| self.lines.iter().position(|line| line.row == row))
        };
        self.cursor.chosen = found.unwrap_or(self.cursor.chosen);
    }

    fn lay_out_lines(&mut self, context: &ScreenContext) {
        let width = context.area.width;
        let chosen = self.lines.get(self.cursor.chosen).map(|line| line.row);
        let lang = context.look.lang;
        let mut lines = Vec::new();
        for (at, row) in self.diff.rows.iter().enumerate() {
            if !self.all && !diff_words::differs(row) {
                continue;
            }
            let both = (self.diff.old_of(row), self.diff.new_of(row));
            let remark = diff_words::remark(&self.diff, row, lang);
            let written = RedlineRow::new(both, &row.edits, remark);
            lines.extend(redline::lines_of(at, &written, context));
            lines.push(RedlineLine::blank(at));
        }
        lines.pop();
        self.lines = lines;
        self.laid_out = Some((width, self.all));
        let again = chosen.and_then(|row| self.lines.iter().position(|line| line.row >= row));
        self.cursor.chosen = again.unwrap_or(0);
    }
}

impl Screen for DiffScreen {
    fn hints(&self) -> &'static [Action] {
        &[Action::NextHit, Action::PreviousHit, Action::Scope, Action::Open, Action::Cancel]
    }

    fn act(&mut self, action: Action, context: &ScreenContext) -> Outcome {
        if let Some(step) = list::step_of(action) {
            self.cursor.step(step, self.lines.len(), list_frame::inner(context.area).height.into());
            return Outcome::Done;
        }
        match action {
            Action::Open => return self.place().map_or(Outcome::Done, Outcome::Land),
            Action::Cancel | Action::Quit | Action::Diff => return Outcome::Close,
            Action::NextHit => self.next_change(true),
            Action::PreviousHit => self.next_change(false),
            Action::Scope => self.all = !self.all,
            _ => return Outcome::Ignored,
        }
        Outcome::Done
    }

    fn target(&self, _context: &ScreenContext) -> Option<JumpTarget> {
        self.place()
    }

    fn mouse(&mut self, mouse: Mouse, cell: Position, context: &ScreenContext) -> Outcome {
        let (area, len) = (list_frame::inner(context.area), self.lines.len());
        if list_frame::is_opened(mouse, cell, area, len, &mut self.cursor) {
            return self.place().map_or(Outcome::Done, Outcome::Land);
        }
        Outcome::Done
    }

    fn lay_out(&mut self, context: &ScreenContext) {
        if self.laid_out != Some((context.area.width, self.all)) {
            self.lay_out_lines(context);
        }
        self.cursor.show(self.lines.len(), list_frame::inner(context.area).height.into(), 1);
    }

    fn draw(&self, context: &ScreenContext, canvas: &mut Canvas<'_>) -> Option<Position> {
        let lang = context.look.lang;
        let counts = diff_words::counts(&self.diff, lang);
        let title = if is_tiny(context.area) { counts } else { self.title(&counts, context) };
        list_frame::draw(context.area, &title, canvas);
        let area = list_frame::inner(context.area);
        if self.lines.is_empty() {
            let nothing = OverTime::NoDifference.say(lang);
            canvas.write_cut(line_of(area, 0), nothing, canvas.look.palette.faint);
        }
        let lines = self.lines.iter().enumerate().skip(self.cursor.top);
        let own = self.lines.get(self.cursor.chosen).map(|line| line.row);
        for (at, (number, line)) in lines.take(area.height.into()).enumerate() {
            let place = line_of(area, at);
            let is_own = Some(line.row) == own && !line.is_blank();
            let sign = if number == self.cursor.chosen {
                "▌"
            } else if is_own {
                "▏"
            } else {
                " "
            };
            canvas.put(place.x, place.y, sign, canvas.look.palette.focus);
            redline::draw(inset(place, 1, 0), line, context, canvas);
        }
        list_frame::draw_status(context.area, &self.everywhere(context), canvas);
        None
    }
}

impl DiffScreen {
    fn title(&self, counts: &str, context: &ScreenContext) -> String {
        let day = |at: DocIndex| {
            let date = context.card(at).and_then(|card| card.metadata.date());
            date.map_or_else(|| "—".to_owned(), |date| date.to_string())
        };
        let title = context.card(self.new).map_or_else(String::new, |card| card.metadata.title);
        let room = usize::from(context.area.width).saturating_sub(30);
        let short = ellipsize(&title, room / 3, context.look.ambiguous);
        format!("{short} {} → {} · {counts}", day(self.old), day(self.new))
    }

    /// What changed in the same way everywhere.
    fn everywhere(&self, context: &ScreenContext) -> String {
        let lang = context.look.lang;
        let said: Vec<String> = self
            .diff
            .everywhere
            .iter()
            .map(|one| {
                let parts = [one.old.as_str(), one.new.as_str(), &one.times.to_string()];
                OverTime::Everywhere.tell(lang, &parts)
            })
            .collect();
        said.join(" · ")
    }
}

/// The edition before `document`: the latest earlier one of its group, else the next later one, which
/// then is the new text.
pub(crate) fn editions_of(
    document: DocIndex,
    context: &ScreenContext,
) -> Option<(DocIndex, DocIndex)> {
    let groups = wenmai::reuse::editions::editions_like(context.library.documents(), document);
    let members =
        &groups.iter().find(|group| group.members.iter().any(|m| m.document == document))?.members;
    let own = members.iter().position(|member| member.document == document)?;
    let before = own.checked_sub(1).and_then(|at| members.get(at));
    let after = members.get(own + 1);
    before
        .map(|before| (before.document, document))
        .or_else(|| after.map(|after| (document, after.document)))
}
