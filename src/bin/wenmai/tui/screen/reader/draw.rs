//! Drawing the reader: panes with the borders they share, the article with what stands out in it,
//! the status line and the hints. Nothing is changed here.

use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use wenmai::document::Summary;
use wenmai::library::refresh::Progress;
use wenmai::text::Span;
use wenmai::text::width::ellipsize;

use super::Reader;
use super::direction::Direction;
use super::documents_pane::DocumentsView;
use super::input::Input;
use super::themes_pane::ThemesView;
use super::wording::LONGEST_SHOWN;
use crate::tui::canvas::{Canvas, Focused, inset, inside, line_of};
use crate::tui::context::ScreenContext;
use crate::tui::find::within;
use crate::tui::geometry::{Pane, Panes, column};
use crate::tui::widget::wrapped::draw_wrapped;
use crate::tui::widget::{list, status};
use crate::ui::action::Action;
use crate::ui::keymap::Mode;
use crate::ui::locales::text;
use crate::ui::messages::Message;

/// The keys that the hint bar offers, most useful first.
const HINTS: [Action; 15] = [
    Action::NextDocument,
    Action::PreviousDocument,
    Action::NextRegion,
    Action::PreviousRegion,
    Action::Back,
    Action::Finder,
    Action::Search,
    Action::Compare,
    Action::Matrix,
    Action::Help,
    Action::Quit,
    Action::NextHit,
    Action::PreviousHit,
    Action::Find,
    Action::Outline,
];

/// The keys that it offers while a line is typed.
const TYPING_HINTS: [Action; 4] = [Action::Open, Action::Cancel, Action::Down, Action::Up];

/// The keys that it offers while something is selected.
const SELECTING_HINTS: [Action; 7] = [
    Action::Down,
    Action::Up,
    Action::Copy,
    Action::Wording,
    Action::Note,
    Action::Bookmark,
    Action::Cancel,
];

/// The keys that it offers while a note is written.
const NOTE_HINTS: [Action; 4] = [Action::Open, Action::NewLine, Action::NoteEditor, Action::Cancel];

impl Reader {
    /// Draws everything; where the terminal's cursor stands, if a line is typed.
    pub(crate) fn draw(
        &self,
        context: &ScreenContext,
        canvas: &mut Canvas<'_>,
    ) -> Option<Position> {
        let panes = self.panes(context);
        self.draw_borders(&panes, context, canvas);
        self.draw_article(panes.text(), context, canvas);
        let caret = self.draw_sides(&panes, context, canvas);
        if let Some(hints) = panes.hints {
            self.draw_hints(hints, context, canvas);
        }
        self.draw_status(&panes, context, canvas).or(caret)
    }

    fn draw_hints(&self, line: Rect, context: &ScreenContext, canvas: &mut Canvas<'_>) {
        let hints: &[Action] = match self.mode() {
            Mode::Reading if self.selection.is_some() => &SELECTING_HINTS,
            Mode::Reading => &HINTS,
            Mode::Letter => &[Action::Cancel],
            Mode::Typing if matches!(self.input, Some(Input::Note(_))) => &NOTE_HINTS,
            Mode::Typing => &TYPING_HINTS,
        };
        status::hints(line, &context.keymap, self.mode(), hints, canvas);
    }

    fn draw_borders(&self, panes: &Panes, context: &ScreenContext, canvas: &mut Canvas<'_>) {
        if !panes.bordered {
            return;
        }
        let title = context.document(self.pane.document).map_or("", |doc| &doc.metadata.title);
        let beside = |area: Option<Rect>| area.filter(|_| !panes.drawers());
        let mut borders = vec![(Pane::Article, panes.article, title.to_owned())];
        if let Some(area) = beside(panes.documents) {
            borders.push((Pane::Documents, area, self.documents.title(context)));
        }
        if let Some(area) = beside(panes.themes) {
            borders.push((Pane::Themes, area, self.themes.title(context)));
        }
        // The pane with the focus last: its border lies over those of its neighbours.
        borders.sort_by_key(|(pane, ..)| *pane == self.focus);
        for (pane, area, title) in &borders {
            let style = canvas.look.palette.border_of((*pane == self.focus).into());
            canvas.border(*area, title, style);
        }
        if !panes.drawers() {
            join(panes.article, canvas);
        }
    }

    /// The side panes; as drawers with a border of their own.
    fn draw_sides(
        &self,
        panes: &Panes,
        context: &ScreenContext,
        canvas: &mut Canvas<'_>,
    ) -> Option<Position> {
        let focus = |pane| Focused::from(self.focus == pane);
        let mut caret = None;
        if let Some(area) = panes.documents {
            if panes.drawers() {
                list::open_drawer(area, &self.documents.title(context), canvas);
            }
            let view =
                DocumentsView { context, open: self.pane.document, focus: focus(Pane::Documents) };
            caret = self.documents.draw(inside(area), view, canvas);
        }
        let Some(area) = panes.themes else { return caret };
        if panes.drawers() {
            list::open_drawer(area, &self.themes.title(context), canvas);
        }
        let view = ThemesView {
            context,
            document: self.pane.document,
            active: self.active,
            focus: focus(Pane::Themes),
            digits: (1, 1),
        };
        self.themes.draw(inside(area), view, canvas).or(caret)
    }

    fn draw_article(&self, area: Rect, context: &ScreenContext, canvas: &mut Canvas<'_>) {
        if context.document(self.pane.document).is_none() {
            let message = match context.indexing {
                Some(_) => indexing(context).unwrap_or_default(),
                None => context.say(Message::NoDocuments).to_owned(),
            };
            draw_wrapped(inset(area, 1, 1), &message, canvas);
            return;
        }
        let marks = |block, part| self.marks(block, part, context);
        let column = column(area, self.measure, context.look.page);
        self.pane.draw(column, &marks, context, canvas);
        if column.x > area.x {
            let style = match self.focus {
                Pane::Article => canvas.look.palette.text,
                Pane::Documents | Pane::Themes => canvas.look.palette.border,
            };
            self.pane.draw_cursor(column, style, canvas);
            self.gutter.draw(column, &self.pane, canvas);
        }
    }

    /// What stands out in a part of a block.
    fn marks(&self, block: u32, part: Span, context: &ScreenContext) -> Vec<(Span, Style)> {
        let palette = context.look.palette;
        let mut marks = match &self.pane.find {
            Some(_) => Vec::new(),
            None => self.shared_marks(block, part, context),
        };
        if let Some(theme) = self.active {
            let of_theme = mentions_in(self, block, part, context);
            let of_theme = of_theme.filter(|mention| mention.theme == theme);
            marks.extend(of_theme.map(|mention| (mention.span, palette.theme)));
        }
        let here = if let Some(find) = &self.pane.find {
            let hits = within(&find.hits, block, part);
            marks.extend(hits.map(|hit| (hit.span, palette.hit)));
            palette.hit_here
        } else {
            palette.here
        };
        let on = self.pane.here.filter(|hit| hit.block == block && hit.span.overlaps(part));
        marks.extend(on.map(|hit| (hit.span, here)));
        let document = context.document(self.pane.document);
        let selected = document.and_then(|document| self.selected_in(block, document));
        marks.extend(selected.map(|span| (span, palette.chosen)));
        marks
    }

    fn draw_status(
        &self,
        panes: &Panes,
        context: &ScreenContext,
        canvas: &mut Canvas<'_>,
    ) -> Option<Position> {
        let last = line_of(context.area, usize::from(context.area.height.saturating_sub(1)));
        if let Some(Input::Find(prompt, _)) = &self.input {
            let line = panes.status.unwrap_or(last);
            canvas.clear(line);
            let count = self.hit_count(context);
            let room = canvas.write_right(inset(line, 1, 1), &count, canvas.look.palette.text);
            return Some(prompt.draw(inset(room, 0, 1), context.say(Message::Find), canvas));
        }
        if let Some(Input::Note(note)) = &self.input {
            let line = panes.status.unwrap_or(last);
            canvas.clear(line);
            let label = context.say(Message::NoteLine);
            return Some(note.prompt.draw(inset(line, 1, 1), label, canvas));
        }
        let line = match (panes.status, &self.notice) {
            (Some(line), _) => line,
            (None, Some(notice)) => {
                canvas.clear(last);
                canvas.write_cut(last, notice, canvas.look.palette.focus);
                return None;
            }
            (None, None) => return None,
        };
        status::draw(line, &self.status(panes, context), canvas);
        None
    }

    fn status(&self, panes: &Panes, context: &ScreenContext) -> Vec<String> {
        let Some(typeset) = &self.pane.typeset else { return Vec::new() };
        let height = usize::from(panes.text().height);
        let last = (self.pane.top + height).min(typeset.len()).saturating_sub(1);
        let paragraph = (self.pane.cursor.block + 1).to_string();
        let percent = typeset.percent(last).to_string();
        let place = context.tell(Message::Paragraph, &[&paragraph, &percent]);
        let note = || self.note_here(context);
        let last = self.notice.clone().or_else(|| indexing(context)).or_else(note);
        let last = last.unwrap_or_else(|| self.next_status(context));
        let skipped = match context.skipped.len() {
            0 => String::new(),
            n => context.tell(Message::FilesSkipped, &[&n.to_string()]),
        };
        vec![place, skipped, self.hit_status(context), last]
    }

    fn hit_status(&self, context: &ScreenContext) -> String {
        let name = match (&self.pane.find, self.active) {
            (Some(find), _) => {
                let room = 2 * LONGEST_SHOWN;
                format!("/{}", ellipsize(&find.wanted, room, context.look.ambiguous).trim_end())
            }
            (None, Some(theme)) => context.theme_name(theme).to_owned(),
            (None, None) => return String::new(),
        };
        format!("{name} {}", self.hit_count(context))
    }

    /// 3/17: the hit that the reader stands on, and all of them in this document.
    fn hit_count(&self, context: &ScreenContext) -> String {
        let hits = self.hits(context);
        let (all, before) = self.pane.find.as_ref().map_or((hits.len(), 0), |find| find.totals());
        let at = self.pane.hit_number(&hits).map_or(0, |at| before + at + 1);
        format!("{at}/{all}")
    }

    /// What Enter will do.
    fn next_status(&self, context: &ScreenContext) -> String {
        let related = self.focus == Pane::Themes && self.themes.chosen_related().is_some();
        if related {
            return context.say(Message::Opens).to_owned();
        }
        if self.focus == Pane::Documents {
            let glyphs = context.look.glyphs;
            let [new, changed] = glyphs.unseen;
            return context.tell(Message::EnterOpens, &[new, changed, glyphs.marked]);
        }
        let searched = self.searched().is_some() && self.focus == Pane::Article;
        let theme = self.followed_by_enter().filter(|_| context.themes_ready);
        let place = match (searched, theme) {
            (true, _) => self.next_found(Direction::Document(1), context),
            (_, Some(theme)) => self.next_place(theme, Direction::Document(1), context),
            (_, None) => return String::new(),
        };
        let place = place.and_then(|ix| {
            let document = context.card(ix)?;
            let region = context.region(ix);
            let region = region.unwrap_or(context.say(Message::RegionUnknown));
            Some(place_name(region, &document, context))
        });
        let place = place.unwrap_or_else(|| context.say(Message::NowhereElse).to_owned());
        let told = context.tell(Message::NextPlace, &[&place]);
        // Before a theme is active, it says which one Enter would follow.
        match theme.filter(|theme| !searched && self.active != Some(*theme)) {
            Some(theme) => format!("{} {told}", context.theme_name(theme)),
            None => told,
        }
    }
}

/// How far the reading of files is.
fn indexing(context: &ScreenContext) -> Option<String> {
    let Progress { read, of } = context.indexing?;
    if of == 0 {
        return Some(context.say(Message::LookingAtFiles).to_owned());
    }
    Some(context.tell(Message::ReadingFiles, &[&read.to_string(), &of.to_string()]))
}

/// Region, date and title in one line.
fn place_name(region: &str, document: &Summary, context: &ScreenContext) -> String {
    let date = document.metadata.date().map_or_else(String::new, |date| format!("{date} "));
    let comma = text(context.look.lang, "page.comma");
    format!("{region}{comma}{date}{}", document.metadata.title)
}

/// The mentions of all themes in a part of a block of the open document.
fn mentions_in<'d>(
    reader: &Reader,
    block: u32,
    part: Span,
    context: &'d ScreenContext,
) -> impl Iterator<Item = &'d wenmai::themes::Mention> {
    let all = context.mentions(reader.pane.document);
    let from =
        all.partition_point(|mention| (mention.block, mention.span.end) <= (block, part.start));
    let rest = all.get(from..).unwrap_or_default().iter();
    rest.take_while(move |mention| mention.block == block && mention.span.start < part.end)
}

/// Joins the article's border with those of its neighbours.
fn join(article: Rect, canvas: &mut Canvas<'_>) {
    let [above, below, ..] = canvas.look.glyphs.tees;
    for x in [article.x, article.right().saturating_sub(1)] {
        canvas.join(x, article.y, above);
        canvas.join(x, article.bottom().saturating_sub(1), below);
    }
}
