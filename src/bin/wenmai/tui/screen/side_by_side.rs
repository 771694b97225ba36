//! Two texts paragraph by paragraph in the reading order of the first: each beside its counterpart in
//! the other, with the ground and the themes that they share; what only one of them has is alone in its
//! place. Where the wording is near, the characters that differ are marked.

use ratatui::layout::{Position, Rect};
use wenmai::compare::comparison::Comparison;
use wenmai::compare::side_by_side::{AlignedPair, PairKind};
use wenmai::document::DocIndex;
use wenmai::export::{RedlineRow, RedlineRun};
use wenmai::reuse::redline::{EditKind, Ignored, edits_between};

use super::{JumpTarget, Outcome, Screen};
use crate::tui::canvas::{Canvas, inset, line_of};
use crate::tui::context::ScreenContext;
use crate::tui::cursor::Cursor;
use crate::tui::event::Mouse;
use crate::tui::widget::facts::headline;
use crate::tui::widget::redline::{self, RedlineLine};
use crate::tui::widget::{list, list_frame};
use crate::ui::action::Action;
use crate::ui::over_time::OverTime;

/// A row: a paragraph of one text, or of both.
#[derive(Debug, Clone, Copy)]
struct Row {
    lead: Option<u32>,
    other: Option<u32>,
    pair: Option<AlignedPair>,
}

/// The two texts that are open.
#[derive(Debug)]
pub(crate) struct SideBySideScreen {
    lead: DocIndex,
    other: DocIndex,
    rows: Vec<Row>,
    /// Only rows with both texts.
    paired: bool,
    lines: Vec<RedlineLine>,
    /// Width and mode for which the lines were laid out.
    laid_out: Option<(u16, bool)>,
    cursor: Cursor,
    /// The block of the lead that is chosen first.
    start: Option<u32>,
}

impl SideBySideScreen {
    /// The texts `lead` and `other` of a comparison, from block `start` of the lead on.
    pub(crate) fn new(
        (lead, start): (DocIndex, u32),
        other: DocIndex,
        comparison: &Comparison,
        context: &ScreenContext,
    ) -> Option<Self> {
        let pairs = comparison.blocks.iter().find_map(|one| one.between(lead, other))?;
        let blocks = |at| context.document(at).map(|document| document.blocks.len() as u32);
        let rows = rows(blocks(lead)?, blocks(other)?, &pairs);
        Some(Self {
            lead,
            other,
            rows,
            paired: false,
            lines: Vec::new(),
            laid_out: None,
            cursor: Cursor::default(),
            start: Some(start),
        })
    }

    fn row(&self) -> Option<&Row> {
        self.rows.get(self.lines.get(self.cursor.chosen)?.row)
    }

    fn place(&self) -> Option<JumpTarget> {
        let row = self.row()?;
        let (document, block) = match (row.lead, row.other) {
            (Some(block), _) => (self.lead, block),
            (None, other) => (self.other, other?),
        };
        Some(JumpTarget { document, block: Some(block), span: None })
    }

    /// The place in the other text.
    fn place_elsewhere(&self) -> Option<JumpTarget> {
        let block = self.row()?.other?;
        Some(JumpTarget { document: self.other, block: Some(block), span: None })
    }

    /// To the next row with both texts, or to the one before.
    fn next_pair(&mut self, on: bool) {
        let own = self.lines.get(self.cursor.chosen).map_or(0, |line| line.row);
        let paired = |row: &usize| self.rows.get(*row).is_some_and(|row| row.pair.is_some());
        let row =
            if on { (own + 1..self.rows.len()).find(paired) } else { (0..own).rev().find(paired) };
        let line = row.and_then(|row| self.lines.iter().position(|line| line.row == row));
        self.cursor.chosen = line.unwrap_or(self.cursor.chosen);
    }

    fn lay_out_lines(&mut self, context: &ScreenContext) {
        let chosen = self.lines.get(self.cursor.chosen).map(|line| line.row);
        let start = self.start.take();
        let wanted = chosen
            .or_else(|| self.rows.iter().position(|row| row.lead.is_some() && row.lead == start));
        let mut lines = Vec::new();
        for (at, row) in self.rows.iter().enumerate() {
            if self.paired && row.pair.is_none() {
                continue;
            }
            lines.extend(redline::lines_of(at, &self.written(row, context), context));
            lines.push(RedlineLine::blank(at));
        }
        lines.pop();
        self.lines = lines;
        self.laid_out = Some((context.area.width, self.paired));
        let again = wanted.and_then(|row| self.lines.iter().position(|line| line.row >= row));
        self.cursor.chosen = again.unwrap_or(0);
        self.cursor.top = self.cursor.chosen;
    }

    fn written(&self, row: &Row, context: &ScreenContext) -> RedlineRow {
        let text = |document: DocIndex, block: Option<u32>| {
            let block = context.document(document)?.blocks.get(block? as usize)?;
            Some(block.text.as_str())
        };
        let (lead, other) = (text(self.lead, row.lead), text(self.other, row.other));
        let equal = |text: &str| RedlineRun { kind: EditKind::Equal, text: text.to_owned() };
        let near = row.pair.is_some_and(|pair| pair.kind == PairKind::Wording);
        let (old, new, both) = match (lead, other) {
            (Some(lead), Some(other)) if near => {
                let ignored = Ignored { punctuation: true, ..Ignored::default() };
                let both = RedlineRow::pieces((lead, other), &edits_between(lead, other, ignored));
                let of = |skipped: EditKind| -> Vec<RedlineRun> {
                    both.iter().filter(|piece| piece.kind != skipped).cloned().collect()
                };
                (of(EditKind::Insert), of(EditKind::Delete), both)
            }
            (lead, other) => {
                let old: Vec<RedlineRun> = lead.map(equal).into_iter().collect();
                let new: Vec<RedlineRun> = other.map(equal).into_iter().collect();
                let both = [lead, other].into_iter().flatten().collect::<Vec<_>>().join("\n│ ");
                (old, new, vec![equal(&both)])
            }
        };
        RedlineRow { old, new, both, remark: self.remark(row, context), heading: false }
    }

    /// Why the two are beside one another, and what they share; or which text has it alone.
    fn remark(&self, row: &Row, context: &ScreenContext) -> String {
        let lang = context.look.lang;
        let Some(pair) = row.pair else {
            let alone = if row.lead.is_some() { self.lead } else { self.other };
            return OverTime::OnlyHere.tell(lang, &[&self.name(alone, context)]);
        };
        let percent = format!("{:.0}", pair.similarity * 100.0);
        let ground = match pair.kind {
            PairKind::Wording => OverTime::ByWording.tell(lang, &[&percent]),
            PairKind::Section => OverTime::BySection.say(lang).to_owned(),
            PairKind::Themes => OverTime::ByThemes.say(lang).to_owned(),
        };
        match pair.theme {
            Some(theme) => format!("{ground} 【{}】", context.theme_name(theme)),
            None => ground,
        }
    }

    fn name(&self, document: DocIndex, context: &ScreenContext) -> String {
        let other = if document == self.lead { self.other } else { self.lead };
        let region = |at| context.region(at).map(str::to_owned);
        let date = |at| Some(context.card(at)?.metadata.date()?.to_string());
        let title = || context.document(document).map_or_else(String::new, headline);
        // What tells the two apart, in as few words as it takes.
        let own = region(document).filter(|own| region(other).as_ref() != Some(own));
        let own = own.or_else(|| date(document).filter(|own| date(other).as_ref() != Some(own)));
        own.unwrap_or_else(title)
    }
}

/// The rows in the order of the lead; a paragraph of the other text without a counterpart after the one
/// that precedes it there.
fn rows(lead: u32, other: u32, pairs: &[AlignedPair]) -> Vec<Row> {
    let mut pair_of_lead = vec![None; lead as usize];
    let mut is_paired = vec![false; other as usize];
    for pair in pairs {
        if let Some(slot) = pair_of_lead.get_mut(pair.a as usize) {
            *slot = Some(*pair);
        }
        if let Some(slot) = is_paired.get_mut(pair.b as usize) {
            *slot = true;
        }
    }
    let alone_after = |from: u32| {
        let alone = |block: &u32| is_paired.get(*block as usize) == Some(&false);
        (from..other).take_while(alone)
    };
    let alone = |block: u32| Row { lead: None, other: Some(block), pair: None };
    let mut rows: Vec<Row> = alone_after(0).map(alone).collect();
    for (block, pair) in (0..lead).zip(pair_of_lead) {
        let counterpart = pair.map(|pair| pair.b);
        rows.push(Row { lead: Some(block), other: counterpart, pair });
        rows.extend(counterpart.into_iter().flat_map(|at| alone_after(at + 1)).map(alone));
    }
    rows
}

impl Screen for SideBySideScreen {
    fn hints(&self) -> &'static [Action] {
        const HINTS: [Action; 6] = [
            Action::NextHit,
            Action::PreviousHit,
            Action::Scope,
            Action::Open,
            Action::SharedElsewhere,
            Action::Cancel,
        ];
        &HINTS
    }

    fn act(&mut self, action: Action, context: &ScreenContext) -> Outcome {
        if let Some(step) = list::step_of(action) {
            self.cursor.step(step, self.lines.len(), list_frame::inner(context.area).height.into());
            return Outcome::Done;
        }
        match action {
            Action::Open => return self.place().map_or(Outcome::Done, Outcome::Land),
            Action::SharedElsewhere => {
                return self.place_elsewhere().map_or(Outcome::Done, Outcome::Land);
            }
            Action::Cancel | Action::Quit | Action::Diff => return Outcome::Close,
            Action::NextHit => self.next_pair(true),
            Action::PreviousHit => self.next_pair(false),
            Action::Scope => self.paired = !self.paired,
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
        if self.laid_out != Some((context.area.width, self.paired)) {
            self.lay_out_lines(context);
        }
        self.cursor.show(self.lines.len(), list_frame::inner(context.area).height.into(), 1);
    }

    fn draw(&self, context: &ScreenContext, canvas: &mut Canvas<'_>) -> Option<Position> {
        let paired = self.rows.iter().filter(|row| row.pair.is_some()).count();
        let counts = [paired, self.rows.len() - paired].map(|count| count.to_string());
        let names = [self.lead, self.other].map(|at| self.name(at, context));
        let parts = [names[0].as_str(), &names[1], &counts[0], &counts[1]];
        let title = OverTime::SideBySideHead.tell(context.look.lang, &parts);
        list_frame::draw(context.area, &title, canvas);
        self.draw_lines(list_frame::inner(context.area), context, canvas);
        list_frame::draw_status(context.area, "", canvas);
        None
    }
}

impl SideBySideScreen {
    fn draw_lines(&self, area: Rect, context: &ScreenContext, canvas: &mut Canvas<'_>) {
        if self.lines.is_empty() {
            let nothing = OverTime::NothingPaired.say(context.look.lang);
            canvas.write_cut(line_of(area, 0), nothing, canvas.look.palette.faint);
        }
        let own = self.lines.get(self.cursor.chosen).map(|line| line.row);
        let lines = self.lines.iter().enumerate().skip(self.cursor.top);
        for (at, (number, line)) in lines.take(area.height.into()).enumerate() {
            let place = line_of(area, at);
            let of_chosen = Some(line.row) == own && !line.is_blank();
            let sign = match (number == self.cursor.chosen, of_chosen) {
                (true, _) => "▌",
                (false, true) => "▏",
                (false, false) => " ",
            };
            canvas.put(place.x, place.y, sign, canvas.look.palette.focus);
            redline::draw(inset(place, 1, 0), line, context, canvas);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::tui::testing::{Reading, plans};

    fn comparing(width: u16, height: u16) -> Reading {
        let mut reading = Reading::of(plans(), width, height);
        reading.press("c").type_text("上海");
        reading.press("Tab Enter d");
        reading
    }

    #[test]
    fn paragraphs_are_beside_their_counterparts_and_the_rest_alone() {
        let mut reading = comparing(120, 36);
        let screen = reading.screen();
        let row = |screen: &str, text: &str| -> String {
            screen.lines().find(|line| line.contains(text)).unwrap_or_default().to_owned()
        };
        // The paragraph that was read is the first in view; the other text has nothing like it.
        let first = screen.lines().nth(1).unwrap_or_default();
        assert!(first.contains("本计划自公布之日起实行") && first.contains("只在北京"), "{screen}");
        let screen = reading.press("W").screen();
        assert!(!screen.contains("本计划自公布之日") && !screen.contains("只在"), "{screen}");
        assert!(row(&screen, "北京建设集成电路").contains("上海建设集成电路"), "{screen}");
        assert!(
            row(&screen, "完善全市统一的测试方法").contains("健全全市统一的检验方法"),
            "{screen}"
        );
        // To the next pair, and to its place in the other text.
        let screen = reading.press("n U").screen();
        assert!(screen.contains("─ 上海行动计划 ─"), "{screen}");
    }

    #[test]
    fn every_size_has_the_rows() {
        for (width, height) in [(120, 36), (80, 24), (30, 8)] {
            let reading = comparing(width, height);
            let screen = reading.screen();
            assert!(screen.contains("本计划自公布之日起"), "{screen}");
        }
    }
}
