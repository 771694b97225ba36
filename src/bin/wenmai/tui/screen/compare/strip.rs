//! The strip below the columns: the themes that they share with the mentions in each, one of them
//! chosen, and the themes that only one column mentions.

use ratatui::layout::Rect;
use wenmai::compare::comparison::Counted;
use wenmai::document::Summary;
use wenmai::themes::ThemeId;

use super::CompareScreen;
use super::stage::Stage;
use crate::tui::canvas::{Canvas, Look, inset};
use crate::tui::context::ScreenContext;
use crate::tui::widget::flow::{Room, flow};
use crate::ui::messages::Message;

/// Blanks between two themes.
const GAP: usize = 2;

impl CompareScreen {
    /// The chosen theme.
    pub(super) fn theme(&self) -> Option<ThemeId> {
        self.themes().get(self.strip.chosen?).map(|counted| counted.theme)
    }

    pub(super) fn choose_theme(&mut self, by: isize) {
        let last = self.themes().len().checked_sub(1);
        self.strip.chosen = last.map(|last| match self.strip.chosen {
            None => 0,
            Some(at) => at.saturating_add_signed(by).min(last),
        });
        self.sides.iter_mut().for_each(|side| side.pane.here = None);
        if let Some(side) = self.leading() {
            side.pane.find = None;
        }
    }

    fn themes(&self) -> &[Counted] {
        self.comparison.as_ref().map_or(&[], |comparison| &comparison.themes)
    }

    /// Brings the chosen theme into view.
    pub(super) fn lay_out_strip(&mut self, stage: &Stage, context: &ScreenContext) {
        let Some(line) = stage.strip else { return };
        let Some(chosen) = self.strip.chosen else {
            self.strip.first = 0;
            return;
        };
        self.strip.first = self.strip.first.min(chosen);
        let head = context.look.cells(&self.head(context));
        let room = usize::from(line.width).saturating_sub(head + 3);
        let cells = |at: usize| context.look.cells(&self.item(at, context)) + GAP;
        let mut taken = 0;
        let mut first = chosen;
        // As many before the chosen one as fit with it.
        for at in (self.strip.first..=chosen).rev() {
            taken += cells(at);
            if taken > room && at < chosen {
                break;
            }
            first = at;
        }
        self.strip.first = first;
    }

    fn head(&self, context: &ScreenContext) -> String {
        let count = self.themes().len().to_string();
        context.tell(Message::InCommon, &[&count])
    }

    /// A theme with its mentions in every column.
    fn item(&self, at: usize, context: &ScreenContext) -> String {
        let Some(counted) = self.themes().get(at) else { return String::new() };
        let counts = self.sides.iter().map(|side| {
            let documents = self.comparison.as_ref().map_or(&[][..], |found| &found.documents);
            let column = documents.iter().position(|document| *document == side.pane.document);
            let count = column.and_then(|column| counted.mentions.get(column));
            count.copied().unwrap_or_default().to_string()
        });
        let counts: Vec<String> = counts.collect();
        format!("{} {}", context.theme_name(counted.theme), counts.join("|"))
    }

    pub(super) fn draw_strip(&self, line: Rect, context: &ScreenContext, canvas: &mut Canvas<'_>) {
        canvas.clear(line);
        let palette = canvas.look.palette;
        let line = inset(line, 1, 1);
        if self.themes().is_empty() {
            canvas.write_cut(line, &self.nothing_shared(context), palette.faint);
            return;
        }
        let mut rest = canvas.write_cut(line, &self.head(context), palette.heading);
        for at in self.strip.first..self.themes().len() {
            let item = self.item(at, context);
            let more = usize::from(at + 1 < self.themes().len()) * 3;
            if canvas.look.cells(&item) + more > rest.width.into() {
                canvas.write(rest, "…", palette.faint);
                return;
            }
            let chosen = self.strip.chosen == Some(at);
            rest = canvas.write(rest, &item, if chosen { palette.theme } else { palette.text });
            rest = inset(rest, GAP as u16, 0);
        }
    }

    /// Why no theme is shared.
    fn nothing_shared(&self, context: &ScreenContext) -> String {
        let Some(comparison) = &self.comparison else {
            return context.say(Message::Comparing).to_owned();
        };
        let empty = self.sides.iter().enumerate().find(|(_, side)| {
            context.document(side.pane.document).is_none_or(|text| text.blocks.is_empty())
        });
        match empty {
            Some((at, _)) => context.tell(Message::EmptyColumn, &[&self.name(at, context)]),
            None if comparison.documents.len() < 2 => context.say(Message::SameTexts).to_owned(),
            None => context.say(Message::NothingShared).to_owned(),
        }
    }

    /// Below each column the themes that none of the others mentions.
    pub(super) fn draw_only(
        &self,
        stage: &Stage,
        context: &ScreenContext,
        canvas: &mut Canvas<'_>,
    ) {
        let (Some(line), Some(comparison)) = (stage.only, &self.comparison) else { return };
        canvas.clear(line);
        for (at, area) in &stage.columns {
            let side = self.sides.get(*at);
            let document = side.map(|side| side.pane.document);
            let column = comparison.documents.iter().position(|one| Some(*one) == document);
            let themes = column.and_then(|column| comparison.only.get(column));
            let Some(themes) = themes.filter(|themes| !themes.is_empty()) else { continue };
            let area = inset(Rect { x: area.x, width: area.width, ..line }, 1, 1);
            let count = themes.len().to_string();
            let head = context.tell(Message::OnlyIn, &[&self.name(*at, context), &count]);
            let names: Vec<&str> = themes.iter().map(|theme| context.theme_name(*theme)).collect();
            draw_line(area, &head, &names, canvas);
        }
    }

    /// What a column is called: its region, with the month where two have the same, or its title.
    pub(super) fn name(&self, at: usize, context: &ScreenContext) -> String {
        let document = |at: usize| self.sides.get(at).map(|side| side.pane.document);
        let region = |at| document(at).and_then(|ix| context.region(ix));
        let card = document(at).and_then(|ix| context.card(ix));
        let Some(Summary { metadata, .. }) = card else { return String::new() };
        let Some(own) = region(at) else { return metadata.title };
        let same = (0..self.sides.len()).filter(|other| region(*other) == Some(own)).count();
        match metadata.date().filter(|_| same > 1) {
            Some(date) => format!("{own} {}", date.without_day()),
            None => own.to_owned(),
        }
    }
}

fn draw_line(area: Rect, head: &str, names: &[&str], canvas: &mut Canvas<'_>) {
    let palette = canvas.look.palette;
    let room = Room { cells: area.width.into(), lines: 1, indent: 0 };
    let look: &Look = canvas.look;
    let line = flow(head, names.iter().copied(), room, look);
    let line = line.first().map_or("", String::as_str);
    match line.strip_prefix(head) {
        Some(names) => {
            let rest = canvas.write_cut(area, head, palette.faint);
            canvas.write_cut(rest, names, palette.text);
        }
        None => {
            canvas.write_cut(area, line, palette.text);
        }
    }
}
