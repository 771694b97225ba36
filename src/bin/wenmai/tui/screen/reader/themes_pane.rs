//! The themes pane: the themes of the open document with the number of documents and mentions in
//! the library; below the chosen one its mentions by region, and a strip of where in this text it
//! falls.

use ratatui::layout::{Position, Rect};
use wenmai::document::DocIndex;
use wenmai::text::fold::fold_key;
use wenmai::themes::related::{Related, nearest};
use wenmai::themes::{Theme, ThemeId};

use crate::tui::canvas::{Canvas, Focused, inset, line_of};
use crate::tui::context::ScreenContext;
use crate::tui::cursor::{Cursor, Step};
use crate::tui::picker::{Picked, Picker};
use crate::tui::widget::list::mark;
use crate::tui::widget::wrapped::draw_wrapped;
use crate::ui::action::Action;
use crate::ui::messages::Message;

/// The order of the themes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Sort {
    /// As the library ranks them.
    #[default]
    Rank,
    /// Most mentions in this document first.
    Count,
    /// In most documents first.
    Spread,
    /// By name.
    Name,
}

impl Sort {
    /// The next one, going round.
    pub(crate) fn next(self) -> Self {
        match self {
            Self::Rank => Self::Count,
            Self::Count => Self::Spread,
            Self::Spread => Self::Name,
            Self::Name => Self::Rank,
        }
    }

    /// What it is called.
    pub(crate) fn message(self) -> Message {
        match self {
            Self::Rank => Message::SortRank,
            Self::Count => Message::SortCount,
            Self::Spread => Message::SortSpread,
            Self::Name => Message::SortName,
        }
    }
}

/// The state of the pane.
#[derive(Debug, Default)]
pub(crate) struct ThemesPane {
    pub(crate) picker: Picker,
    pub(crate) sort: Sort,
    rows: Vec<ThemeId>,
    /// The documents nearest to the open one, below the themes.
    related: Vec<Related>,
    /// Themes of the document before filtering.
    all: usize,
    /// Digits of the largest number of documents, and of mentions.
    digits: (usize, usize),
    /// What the rows were made for.
    made_for: Option<(DocIndex, String, Sort)>,
}

impl ThemesPane {
    /// Makes the rows anew: the library is another one.
    pub(crate) fn forget(&mut self) {
        self.made_for = None;
        self.rows.clear();
        self.related.clear();
    }

    /// The chosen theme.
    pub(crate) fn chosen(&self) -> Option<ThemeId> {
        self.rows.get(self.picker.cursor.chosen).copied()
    }

    /// The related document that is chosen, where none of the themes is.
    pub(crate) fn chosen_related(&self) -> Option<DocIndex> {
        let at = self.picker.cursor.chosen.checked_sub(self.rows.len())?;
        self.related.get(at).map(|related| related.document)
    }

    /// Chooses `theme`, if the document has it and the filter lets it through.
    pub(crate) fn choose(&mut self, theme: ThemeId) {
        if let Some(row) = self.rows.iter().position(|row| *row == theme) {
            self.picker.cursor.chosen = row;
        }
    }

    /// Moves in the pane.
    pub(crate) fn step(&mut self, step: Step, height: usize) {
        self.picker.cursor.step(step, self.rows.len() + self.related.len(), height);
    }

    /// Answers an action while the filter is typed.
    pub(crate) fn act(&mut self, action: Action, height: usize) -> Picked {
        self.picker.act(action, self.rows.len() + self.related.len(), height)
    }

    /// Makes the rows of `document` where they are not made yet; true where they were made again.
    pub(crate) fn fill(&mut self, document: DocIndex, context: &ScreenContext) -> bool {
        let Some(index) = context.themes() else { return false };
        let made_for = Some((document, self.picker.text().to_owned(), self.sort));
        if self.made_for == made_for {
            return false;
        }
        let wanted = fold_key(self.picker.text());
        let mut found = index.themes_of(document);
        self.all = found.len();
        let theme = |id: ThemeId| index.theme(id);
        found.retain(|(id, _)| theme(*id).is_some_and(|theme| fits(theme, &wanted)));
        match self.sort {
            Sort::Rank => {}
            Sort::Count => found.sort_by_key(|(_, count)| std::cmp::Reverse(*count)),
            Sort::Spread => {
                found.sort_by_key(|(id, _)| {
                    std::cmp::Reverse(theme(*id).map(|t| t.documents.len()))
                });
            }
            Sort::Name => found.sort_by_key(|(id, _)| theme(*id).map(|theme| theme.name.clone())),
        }
        if self.made_for.as_ref().is_none_or(|(of, ..)| *of != document) {
            self.related = nearest(index, document, MOST_RELATED);
        }
        let largest = |count: fn(&Theme) -> usize| {
            let counts = found.iter().filter_map(|(id, _)| theme(*id)).map(count);
            counts.max().unwrap_or_default().to_string().len()
        };
        self.digits = (largest(|t| t.documents.len()), largest(|t| t.mentions as usize));
        self.rows = found.into_iter().map(|(id, _)| id).collect();
        self.made_for = made_for;
        self.picker.cursor = Cursor::default();
        true
    }

    /// Brings the chosen theme into an area, all its lines.
    pub(crate) fn lay_out(&mut self, area: Rect, context: &ScreenContext) {
        let detail = self.chosen().map_or(0, |id| detail(id, area, context).len() + 1);
        let last = self.rows.len().saturating_sub(1);
        let mut window =
            Cursor { chosen: self.picker.cursor.chosen.min(last), top: self.picker.cursor.top };
        window.show(self.rows.len(), list_area(area, self).height.into(), 1 + detail);
        self.picker.cursor.top = window.top;
        // Where there is no room for related documents, none is chosen.
        let related = related_area(area, self).map_or(0, |_| self.related.len());
        let rows = self.rows.len() + related;
        self.picker.cursor.chosen = self.picker.cursor.chosen.min(rows.saturating_sub(1));
    }

    /// The title of the pane.
    pub(crate) fn title(&self, context: &ScreenContext) -> String {
        let (shown, all) = (self.rows.len().to_string(), self.all.to_string());
        if context.themes().is_none() {
            return context.tell(Message::SharedThemes, &["…"]);
        }
        if self.picker.text().is_empty() {
            return context.tell(Message::SharedThemes, &[&all]);
        }
        context.tell(Message::FilteredThemes, &[&shown, &all])
    }

    /// The theme at a cell of the terminal.
    pub(crate) fn row_at(
        &self,
        area: Rect,
        cell: Position,
        context: &ScreenContext,
    ) -> Option<usize> {
        let list = list_area(area, self);
        if let Some(related) = related_area(area, self).filter(|area| area.contains(cell)) {
            let row = usize::from(cell.y - related.y).checked_sub(1)?;
            return Some(self.rows.len() + row).filter(|_| row < self.related.len());
        }
        let line = usize::from(cell.y.checked_sub(list.y)?);
        let chosen = self.picker.cursor.chosen.saturating_sub(self.picker.cursor.top);
        let detail = self.chosen().map_or(0, |id| detail(id, area, context).len() + 1);
        let row = if line <= chosen { line } else { line.saturating_sub(detail).max(chosen) };
        Some(self.picker.cursor.top + row).filter(|row| *row < self.rows.len())
    }

    /// Draws the pane; where the caret is while the filter is typed.
    pub(crate) fn draw(
        &self,
        area: Rect,
        view: ThemesView<'_>,
        canvas: &mut Canvas<'_>,
    ) -> Option<Position> {
        let view = ThemesView { digits: self.digits, ..view };
        let mut cursor = None;
        if self.picker.is_open() {
            let label = format!(" {}", view.context.say(Message::Filter));
            cursor = self.picker.draw_prompt(line_of(area, 0), &label, canvas);
        }
        let list = list_area(area, self);
        if let Some(empty) = self.empty(view.context) {
            draw_wrapped(inset(list, 1, 1), view.context.say(empty), canvas);
        }
        let mut line = 0;
        for (at, id) in self.rows.iter().enumerate().skip(self.picker.cursor.top) {
            if line >= list.height.into() {
                break;
            }
            let chosen = at == self.picker.cursor.chosen;
            draw_theme(line_of(list, line), *id, chosen, &view, canvas);
            line += 1;
            if chosen {
                let below = line_of(list, line);
                let below = Rect { height: list.bottom().saturating_sub(below.y), ..below };
                let strip = strip(*id, view.document, view.context);
                line += draw_detail(below, &detail(*id, area, view.context), &strip, canvas);
            }
        }
        self.draw_related(area, &view, canvas);
        cursor
    }

    fn draw_related(&self, area: Rect, view: &ThemesView<'_>, canvas: &mut Canvas<'_>) {
        let Some(area) = related_area(area, self) else { return };
        let palette = canvas.look.palette;
        canvas.rule(area, view.context.say(Message::Related), palette.border_of(Focused::No));
        for (at, related) in self.related.iter().enumerate() {
            let line = line_of(area, at + 1);
            let Some(document) = view.context.card(related.document) else { continue };
            let chosen = self.picker.cursor.chosen == self.rows.len() + at;
            let rest = mark(line, chosen, view.focus, canvas);
            let shared = related.themes.len().to_string();
            let shared = view.context.tell(Message::SharedCount, &[&shared]);
            let rest = canvas.write_right(inset(rest, 0, 1), &shared, palette.faint);
            canvas.write_cut(inset(rest, 0, 1), &document.metadata.title, palette.text);
            if chosen && view.focus == Focused::Yes {
                canvas.paint(line, palette.chosen);
            }
        }
    }

    fn empty(&self, context: &ScreenContext) -> Option<Message> {
        match (context.themes(), self.all, self.rows.len()) {
            (None, ..) => Some(Message::Indexing),
            (_, 0, _) => Some(Message::NoThemes),
            (_, _, 0) => Some(Message::NoThemeFits),
            _ => None,
        }
    }
}

/// What the drawing of the pane must know.
#[derive(Clone, Copy)]
pub(crate) struct ThemesView<'v> {
    pub(crate) context: &'v ScreenContext,
    pub(crate) document: DocIndex,
    pub(crate) active: Option<ThemeId>,
    pub(crate) focus: Focused,
    /// Digits of the largest counts, so that all counts line up.
    pub(crate) digits: (usize, usize),
}

fn fits(theme: &Theme, wanted: &str) -> bool {
    let names = std::iter::once(&theme.name).chain(&theme.aliases);
    wanted.is_empty() || names.into_iter().any(|name| fold_key(name).contains(wanted))
}

fn list_area(area: Rect, pane: &ThemesPane) -> Rect {
    let prompt = u16::from(pane.picker.is_open()).min(area.height);
    let below = related_area(area, pane).map_or(0, |related| related.height);
    Rect { y: area.y + prompt, height: area.height.saturating_sub(prompt + below), ..area }
}

/// Related documents that are listed at most, and the rows that a pane must have to list them.
const MOST_RELATED: usize = 5;
const ROOM_FOR_RELATED: u16 = 16;

/// The foot of the pane, with a line above the related documents.
fn related_area(area: Rect, pane: &ThemesPane) -> Option<Rect> {
    let height = u16::try_from(pane.related.len() + 1).ok()?;
    let foot = Rect { y: area.bottom().saturating_sub(height), height, ..area };
    (area.height >= ROOM_FOR_RELATED && !pane.related.is_empty()).then_some(foot)
}

fn draw_theme(
    line: Rect,
    id: ThemeId,
    chosen: bool,
    view: &ThemesView<'_>,
    canvas: &mut Canvas<'_>,
) {
    let palette = canvas.look.palette;
    let Some(theme) = view.context.themes().and_then(|index| index.theme(id)) else { return };
    let rest = mark(line, chosen, view.focus, canvas);
    let right = |n: usize, digits: usize| format!("{n:>digits$}");
    let counts = view.context.tell(
        Message::ThemeCounts,
        &[
            &right(theme.documents.len(), view.digits.0),
            &right(theme.mentions as usize, view.digits.1),
        ],
    );
    let rest = canvas.write_right(inset(rest, 0, 1), &counts, palette.faint);
    let style = if view.active == Some(id) { palette.theme } else { palette.text };
    canvas.write_cut(inset(rest, 0, 1), &theme.name, style);
    if chosen && view.focus == Focused::Yes {
        canvas.paint(line, palette.chosen);
    }
}

/// The lines below the chosen theme: its mentions by region.
fn detail(id: ThemeId, area: Rect, context: &ScreenContext) -> Vec<String> {
    let Some(theme) = context.themes().and_then(|index| index.theme(id)) else { return Vec::new() };
    let room = usize::from(area.width).saturating_sub(4).max(1);
    let dot = context.look.glyphs.dot;
    let mut lines: Vec<String> = vec![String::new()];
    for (region, mentions) in &theme.regions {
        let count = format!("{region} {mentions}");
        let full = lines.len() == MOST_DETAIL;
        let Some(line) = lines.last_mut() else { break };
        if line.is_empty() {
            *line = count;
        } else if context.look.cells(line) + 3 + context.look.cells(&count) <= room {
            line.push_str(&format!(" {dot} {count}"));
        } else if full {
            line.push_str(" …");
            break;
        } else {
            lines.push(count);
        }
    }
    lines
}

/// Lines of regions that are shown below a theme at most.
const MOST_DETAIL: usize = 3;
/// Bars of the strip that shows where in the text a theme falls.
const BINS: usize = 16;

/// Draws what is below the chosen theme, and says how many lines it takes.
fn draw_detail(area: Rect, lines: &[String], strip: &str, canvas: &mut Canvas<'_>) -> usize {
    let palette = canvas.look.palette;
    let texts = lines.iter().map(String::as_str).chain([strip]);
    for (at, text) in texts.enumerate() {
        canvas.write_cut(inset(line_of(area, at), 3, 1), text, palette.faint);
    }
    lines.len() + 1
}

/// Where in the document a theme falls, from its beginning to its end.
fn strip(id: ThemeId, document: DocIndex, context: &ScreenContext) -> String {
    let Some(doc) = context.document(document) else { return String::new() };
    let mut before = vec![0usize];
    for block in &doc.blocks {
        before.push(before.last().copied().unwrap_or_default() + block.text.chars().count());
    }
    let all = before.last().copied().unwrap_or_default().max(1);
    let mut bins = [0usize; BINS];
    for mention in context.mentions_of(id, document) {
        let block = before.get(mention.block as usize).copied().unwrap_or_default();
        let at = (block + mention.span.start as usize) * BINS / all;
        if let Some(bin) = bins.get_mut(at.min(BINS - 1)) {
            *bin += 1;
        }
    }
    let bars = context.look.glyphs.bars;
    let highest = bins.iter().copied().max().unwrap_or_default().max(1);
    bins.iter()
        .filter_map(|bin| bars.get((bin * (bars.len() - 1)).div_ceil(highest)))
        .copied()
        .collect()
}
