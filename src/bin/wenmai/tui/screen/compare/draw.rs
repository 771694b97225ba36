//! Drawing a comparison: the columns with the borders they share, in each a bar beside the sentence
//! that belongs to the one under the cursor, and below them the strip and the status line.

use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use wenmai::compare::comparison::Excerpt;
use wenmai::text::Span;
use wenmai::themes::ThemeId;

use super::CompareScreen;
use super::side::Side;
use super::stage::Stage;
use crate::tui::canvas::{Canvas, inset};
use crate::tui::context::ScreenContext;
use crate::tui::find::within;
use crate::tui::geometry::column;
use crate::tui::widget::article::{Anchor, Spot};
use crate::tui::widget::facts::headline;
use crate::tui::widget::status;
use crate::ui::messages::Message;

/// A theme that stands out: everywhere, or only in a part of a block.
#[derive(Debug, Clone, Copy)]
struct Spotlight {
    theme: ThemeId,
    place: Option<(u32, Span)>,
}

/// Cells below which there is no word about the lock.
const LEAST_STATUS: u16 = 16;
/// Cells that a notice takes, as a rule.
const ROOM_FOR_NOTICE: usize = 34;

impl CompareScreen {
    pub(super) fn clear_ground(
        &self,
        stage: &Stage,
        context: &ScreenContext,
        canvas: &mut Canvas<'_>,
    ) {
        let bottom = stage.status.bottom();
        canvas.clear(Rect { height: bottom.saturating_sub(context.area.y), ..context.area });
    }

    pub(super) fn draw_borders(
        &self,
        stage: &Stage,
        context: &ScreenContext,
        canvas: &mut Canvas<'_>,
    ) {
        let palette = canvas.look.palette;
        if !stage.bordered {
            let line = Rect { height: 1, ..context.area };
            let at = format!("{}/{}", self.lead + 1, self.sides.len());
            let rest = canvas.write_right(line, &at, palette.faint);
            canvas.write_cut(inset(rest, 0, 1), &self.title(self.lead, context), palette.heading);
            return;
        }
        // The leading one last: its border lies over those of its neighbours.
        let mut columns = stage.columns.clone();
        columns.sort_by_key(|(at, _)| *at == self.lead);
        for (at, area) in columns {
            let style = palette.border_of((at == self.lead).into());
            canvas.border(area, &self.title(at, context), style);
        }
        let [above, below, ..] = canvas.look.glyphs.tees;
        for (_, area) in stage.columns.iter().skip(1) {
            canvas.join(area.x, area.y, above);
            canvas.join(area.x, area.bottom().saturating_sub(1), below);
        }
    }

    /// Region, date and title of a column.
    pub(super) fn title(&self, at: usize, context: &ScreenContext) -> String {
        let document = self.sides.get(at).and_then(|side| context.document(side.pane.document));
        let Some(document) = document else { return String::new() };
        let region = document.metadata.region.as_ref().map(|region| region.name.clone());
        let date = document.metadata.date().map(|date| date.to_string());
        let title = Some(document.metadata.title.clone());
        let parts: Vec<String> = [region, date, title].into_iter().flatten().collect();
        if parts.len() < 2 { headline(document) } else { parts.join(" · ") }
    }

    pub(super) fn draw_side(
        &self,
        at: usize,
        area: Rect,
        context: &ScreenContext,
        canvas: &mut Canvas<'_>,
    ) {
        let Some(side) = self.sides.get(at) else { return };
        let column = column(area, self.measure, context.look.page);
        let palette = canvas.look.palette;
        let leads = at == self.lead;
        let (sentence, style) = if leads {
            (side.pane.sentence(context), palette.focus)
        } else {
            (side.partner.map(|partner| partner.excerpt), palette.border)
        };
        // Without a chosen theme the one that is followed stands out, where it is followed.
        let followed = || self.ground_theme(at).zip(sentence.map(|at| (at.block, at.span)));
        let chosen = self.theme().map(|theme| Spotlight { theme, place: None });
        let theme =
            chosen.or_else(|| followed().map(|(theme, at)| Spotlight { theme, place: Some(at) }));
        let marks = |block, part| self.marks(side, theme, block, part, context);
        side.pane.draw(column, &marks, context, canvas);
        if let Some(sentence) = sentence.filter(|_| column.x > area.x) {
            let bar = Rect { x: column.x - 1, width: 1, ..column };
            draw_bar(bar, side, sentence, style, canvas);
        }
    }

    /// What stands out in a part of a block: the theme everywhere, or in one place.
    fn marks(
        &self,
        side: &Side,
        theme: Option<Spotlight>,
        block: u32,
        part: Span,
        context: &ScreenContext,
    ) -> Vec<(Span, Style)> {
        let palette = context.look.palette;
        let mut marks: Vec<(Span, Style)> = Vec::new();
        if side.pane.find.is_none() {
            marks.extend(side.shared_in(block, part).map(|span| (span, palette.shared)));
        }
        if let Some(Spotlight { theme, place }) = theme {
            let mentions = context.mentions_of(theme, side.pane.document);
            let inside =
                |span: Span| place.is_none_or(|(at, place)| at == block && span.overlaps(place));
            let near = mentions
                .filter(|one| one.block == block && one.span.overlaps(part) && inside(one.span));
            marks.extend(near.map(|mention| (mention.span, palette.theme)));
        }
        let mut here = palette.here;
        if let Some(find) = &side.pane.find {
            marks.extend(within(&find.hits, block, part).map(|hit| (hit.span, palette.hit)));
            here = palette.hit_here;
        }
        let on = side.pane.here.filter(|hit| hit.block == block && hit.span.overlaps(part));
        marks.extend(on.map(|hit| (hit.span, here)));
        marks
    }

    pub(super) fn draw_status(
        &self,
        stage: &Stage,
        context: &ScreenContext,
        canvas: &mut Canvas<'_>,
    ) -> Option<Position> {
        let palette = canvas.look.palette;
        canvas.clear(stage.status);
        let line = inset(stage.status, 1, 1);
        let side = self.sides.get(self.lead);
        if let Some(find) = &self.input {
            let count = side.map_or_else(String::new, |side| count(side, &self.hits(context)));
            let rest = canvas.write_right(line, &count, palette.text);
            let label = context.say(Message::Find);
            return Some(find.prompt.draw(inset(rest, 0, 1), label, canvas));
        }
        let (shown, all) = (stage.columns.len(), self.sides.len());
        let mut rest = line;
        // Where there is no room for both, what has just happened goes before what is always so.
        let crowded = self.notice.is_some() && usize::from(line.width) < 2 * ROOM_FOR_NOTICE;
        if shown < all && !crowded {
            let told = context.tell(Message::FewerColumns, &[&shown.to_string(), &all.to_string()]);
            rest = inset(canvas.write_right(line, &told, palette.focus), 0, 2);
        }
        if let Some(notice) = &self.notice {
            canvas.write_cut(rest, notice, palette.focus);
            return None;
        }
        if rest.width < LEAST_STATUS {
            return None;
        }
        let parts =
            [self.lock_status(context), self.hit_status(context), self.place_status(context)];
        status::draw(
            Rect { x: rest.x.saturating_sub(1), width: rest.width + 1, ..rest },
            &parts,
            canvas,
        );
        None
    }

    pub(super) fn hit_status(&self, context: &ScreenContext) -> String {
        let Some(side) = self.sides.get(self.lead) else { return String::new() };
        let name = match (&side.pane.find, self.theme()) {
            (Some(find), _) => format!("/{}", find.wanted),
            (None, Some(theme)) => context.theme_name(theme).to_owned(),
            (None, None) => return String::new(),
        };
        format!("{name} {}", count(side, &self.hits(context)))
    }

    pub(super) fn place_status(&self, context: &ScreenContext) -> String {
        let Some(side) = self.sides.get(self.lead) else { return String::new() };
        let Some(typeset) = &side.pane.typeset else { return String::new() };
        let last = (side.pane.top + self.stage(context).height()).min(typeset.len());
        let percent = typeset.percent(last.saturating_sub(1)).to_string();
        let paragraph = (side.pane.cursor.block + 1).to_string();
        context.tell(Message::Paragraph, &[&paragraph, &percent])
    }
}

/// 3/17: the hit that a column is on, and all of them.
fn count(side: &Side, hits: &[crate::tui::find::Hit]) -> String {
    format!("{}/{}", side.pane.hit_number(hits).map_or(0, |at| at + 1), hits.len())
}

/// A bar beside the lines of a sentence.
fn draw_bar(area: Rect, side: &Side, sentence: Excerpt, style: Style, canvas: &mut Canvas<'_>) {
    let Some(typeset) = &side.pane.typeset else { return };
    let line = |character| typeset.line(Anchor::Text(Spot { block: sentence.block, character }));
    let last = line(sentence.span.end.saturating_sub(1).max(sentence.span.start));
    for line in line(sentence.span.start)..=last {
        let row = line.checked_sub(side.pane.top).and_then(|row| u16::try_from(row).ok());
        if let Some(row) = row.filter(|row| *row < area.height) {
            canvas.put(area.x, area.y + row, canvas.look.glyphs.chosen, style);
        }
    }
}
