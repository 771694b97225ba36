//! Drawing the matrix: numbers right-aligned under their names, on a ground or with a bar beside
//! them that says how many they are, and at the end of a row how the rates of its columns differ.

use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use wenmai::compare::matrix::{Axis, Matrix as Counts, ThemeRow};

use super::sheet::{Sheet, bar_cells};
use super::{MatrixScreen, Unit, label};
use crate::tui::canvas::{Canvas, Focused, inset, line_of};
use crate::tui::context::ScreenContext;
use crate::tui::widget::facts::headline;
use crate::tui::widget::list;
use crate::tui::widget::wrapped::draw_wrapped;
use crate::ui::messages::Message;

/// Columns that fit into a strip of bars.
const MOST_BARS: usize = 34;

impl MatrixScreen {
    pub(super) fn draw_frame(
        &self,
        sheet: &Sheet,
        context: &ScreenContext,
        canvas: &mut Canvas<'_>,
    ) {
        let palette = canvas.look.palette;
        let Some(frame) = sheet.frame else {
            canvas.clear(context.area);
            return;
        };
        canvas.clear(frame);
        canvas.border(frame, &self.title(context), palette.border_of(Focused::Yes));
        let border = palette.border_of(Focused::No);
        canvas.rule(Rect { y: sheet.rows.y.saturating_sub(1), ..sheet.rows }, "", border);
        if sheet.gaps.height > 0 {
            let line = Rect { y: sheet.gaps.y.saturating_sub(1), ..sheet.gaps };
            canvas.rule(line, context.say(Message::GapsTitle), border);
        }
    }

    pub(super) fn by_message(&self) -> Message {
        match self.by {
            Axis::Region => Message::ByRegion,
            Axis::Document => Message::ByDocument,
            Axis::Year => Message::ByYear,
            Axis::Issuer => Message::ByIssuer,
        }
    }

    fn title(&self, context: &ScreenContext) -> String {
        let (by, unit) = (context.say(self.by_message()), context.say(self.unit.message()));
        let column = self.sorted.and_then(|at| self.counts.as_ref()?.columns.get(at));
        match column {
            Some(column) => {
                let sorted = context.tell(Message::RowsSorted, &[&label(column, self.by, context)]);
                context.tell(Message::MatrixTitleAll, &[by, unit, &sorted])
            }
            None => context.tell(Message::MatrixTitle, &[by, unit]),
        }
    }

    pub(super) fn draw_counts(
        &self,
        counts: &Counts,
        sheet: &Sheet,
        context: &ScreenContext,
        canvas: &mut Canvas<'_>,
    ) {
        let shown = self.widths.shown(sheet, counts.columns.len());
        self.draw_head(counts, sheet.head, shown, context, canvas);
        let rows = self.rows.iter().enumerate().skip(self.picker.cursor.top);
        for (line, (at, row)) in rows.take(sheet.rows.height.into()).enumerate() {
            let Some(row) = counts.rows.get(*row) else { continue };
            let line = line_of(sheet.rows, line);
            let chosen = at == self.picker.cursor.chosen;
            let palette = canvas.look.palette;
            list::mark(line, chosen, Focused::Yes, canvas);
            let style = if chosen { palette.marked } else { palette.text };
            canvas.write_cut(self.widths.name_in(line), context.theme_name(row.theme), style);
            for place in 0..shown {
                self.draw_cell(line, place, counts, row, chosen, canvas);
            }
            self.draw_strip(self.widths.rest_of(line, shown), counts, row, canvas);
        }
        if self.rows.is_empty() {
            draw_wrapped(inset(sheet.rows, 1, 1), context.say(Message::NoThemeFits), canvas);
        }
        self.draw_gaps(sheet.gaps, context, canvas);
    }

    fn draw_head(
        &self,
        counts: &Counts,
        line: Rect,
        shown: usize,
        context: &ScreenContext,
        canvas: &mut Canvas<'_>,
    ) {
        let palette = canvas.look.palette;
        let (rows, all) = (self.rows.len().to_string(), counts.rows.len().to_string());
        let count = context.tell(Message::RowsShown, &[&rows, &all]);
        canvas.write_cut(self.widths.name_in(line), &count, palette.faint);
        let [left, right] = canvas.look.glyphs.beyond;
        for place in 0..shown {
            let at = self.first + place;
            let Some(column) = counts.columns.get(at) else { break };
            let cell = inset(self.widths.cell_in(line, place), 0, bar_cells(&canvas.look.palette));
            let sign = if self.sorted == Some(at) { canvas.look.glyphs.sorted } else { "" };
            let rest = canvas.write_right(cell, sign, palette.focus);
            let name = label(column, self.by, context);
            let cut =
                wenmai::text::width::ellipsize(&name, rest.width.into(), canvas.look.ambiguous);
            let style = if at == self.column { palette.focus_title } else { palette.heading };
            canvas.write_right(rest, cut.trim_end(), style);
        }
        if self.first > 0 {
            canvas.write_right(inset(self.widths.name_in(line), 0, 1), left, palette.focus);
        }
        if self.first + shown < counts.columns.len() {
            canvas.write_right(line, right, palette.focus);
        }
    }

    fn draw_cell(
        &self,
        line: Rect,
        place: usize,
        counts: &Counts,
        row: &ThemeRow,
        chosen: bool,
        canvas: &mut Canvas<'_>,
    ) {
        let at = self.first + place;
        let palette = canvas.look.palette;
        let cell = self.widths.cell_in(line, place);
        let value = self.unit.of(counts, row, at);
        let level = level(value, self.largest);
        if let Some(shade) = level.checked_sub(1).and_then(|at| palette.shades.get(at)) {
            canvas.paint(cell, *shade);
        }
        let bars = bar_cells(&canvas.look.palette);
        let (text, style) = match level {
            0 => (canvas.look.glyphs.none.to_owned(), palette.faint),
            level => (self.unit.written(value), shade_of(level, palette.shades)),
        };
        canvas.write_right(inset(cell, 0, bars), &text, style);
        if let Some(bar) = bar(level, canvas).filter(|_| !palette.has_shades()) {
            canvas.write_right(cell, bar, palette.text);
        }
        if chosen && at == self.column {
            canvas.paint(cell, palette.chosen);
        }
    }

    /// How often each column speaks of the theme by its length, beside each other.
    fn draw_strip(&self, area: Rect, counts: &Counts, row: &ThemeRow, canvas: &mut Canvas<'_>) {
        let rates: Vec<f64> = row
            .cells
            .iter()
            .zip(&counts.columns)
            .map(|(cell, column)| Unit::Rate.value(*cell, column))
            .collect();
        if rates.len() < 2 || rates.len() > MOST_BARS.min(area.width.into()) {
            return;
        }
        let highest = rates.iter().copied().fold(0.0, f64::max);
        let bars = canvas.look.glyphs.bars;
        let bar = |rate: &f64| {
            let height = (rate / highest.max(f64::MIN_POSITIVE) * bars.len() as f64).ceil();
            (height as usize).checked_sub(1).and_then(|at| bars.get(at)).copied().unwrap_or(" ")
        };
        let strip: String = rates.iter().map(bar).collect();
        canvas.write(area, &strip, canvas.look.palette.faint);
    }

    pub(super) fn draw_status(
        &self,
        sheet: &Sheet,
        context: &ScreenContext,
        canvas: &mut Canvas<'_>,
    ) -> Option<Position> {
        let palette = canvas.look.palette;
        canvas.clear(sheet.status);
        let line = inset(sheet.status, 1, 1);
        if self.picker.is_typing() {
            let label = format!(" {}", context.say(Message::Filter));
            return self.picker.draw_prompt(sheet.status, &label, canvas);
        }
        if let Some(notice) = &self.notice {
            canvas.write_cut(line, notice, palette.focus);
            return None;
        }
        let (row, column) = self.chosen_row().zip(self.chosen_column())?;
        let cell = row.cells.get(self.column).copied().unwrap_or_default();
        let name = match self.by {
            Axis::Document => {
                let document = column.documents.first().and_then(|at| context.document(*at));
                document.map_or_else(String::new, headline)
            }
            _ => context.look.lang.place(&column.name).to_owned(),
        };
        let parts = [
            context.theme_name(row.theme).to_owned(),
            name,
            cell.mentions.to_string(),
            cell.documents.to_string(),
            Unit::Rate.written(cell.per_10k(column)),
        ];
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        canvas.write_cut(line, &context.tell(Message::MatrixCell, &parts), palette.text);
        None
    }
}

/// How many a number is, from 0 for none to 4: by its logarithm, since few themes are everywhere.
fn level(value: f64, largest: f64) -> usize {
    if value <= 0.0 {
        return 0;
    }
    let share = (1.0 + value).ln() / (1.0 + largest.max(value)).ln();
    ((share * 4.0).ceil() as usize).clamp(1, 4)
}

fn shade_of(level: usize, shades: [Style; 4]) -> Style {
    level.checked_sub(1).and_then(|at| shades.get(at)).copied().unwrap_or_default()
}

fn bar(level: usize, canvas: &Canvas<'_>) -> Option<&'static str> {
    let bars = canvas.look.glyphs.bars;
    (level * 2).checked_sub(1).and_then(|at| bars.get(at)).copied()
}
