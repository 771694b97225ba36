//! The concordance (KWIC): every mention of a theme in one line each, all of them under each other,
//! in reading order or sorted by what is before or after, in this document or in the library.

use std::sync::Arc;

use ratatui::layout::{Position, Rect};
use wenmai::compare::concordance::ContextOrder;
use wenmai::document::{DocIndex, Place};
use wenmai::text::Span;
use wenmai::themes::ThemeId;

use super::{JumpTarget, Outcome, Screen};
use crate::tui::canvas::{Canvas, Focused, inside, line_of};
use crate::tui::context::ScreenContext;
use crate::tui::cursor::{Cursor, Step};
use crate::tui::event::Mouse;
use crate::tui::geometry::body;
use crate::tui::query::{Answer, Asked, Job};
use crate::tui::widget::excerpt;
use crate::tui::widget::kwic::{self, Columns};
use crate::tui::widget::list::{self, Pointed};
use crate::ui::action::Action;
use crate::ui::messages::Message;

/// Cells of the column that names document and region.
const LABEL: u16 = 20;

/// Whose mentions are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scope {
    Document(DocIndex),
    Library,
}

/// The concordance that is open.
#[derive(Debug)]
pub(crate) struct ConcordanceScreen {
    theme: ThemeId,
    document: DocIndex,
    scope: Scope,
    order: ContextOrder,
    /// The places; `None` while they are searched for.
    places: Option<Arc<[Place]>>,
    number: u64,
    unasked: bool,
    /// True until places have been shown once: then those of the open document are chosen.
    fresh: bool,
    cursor: Cursor,
}

impl Screen for ConcordanceScreen {
    fn hints(&self) -> &'static [Action] {
        &[Action::Open, Action::Sort, Action::Scope, Action::Cancel]
    }

    /// What is to be searched for now.
    fn take_job(&mut self, number: u64) -> Option<Job> {
        if !std::mem::take(&mut self.unasked) {
            return None;
        }
        self.number = number;
        let only = match self.scope {
            Scope::Library => None,
            Scope::Document(only) => Some(only),
        };
        Some(Job { number, asked: Asked::Mentions(self.theme, only, self.order) })
    }

    /// Takes the places of query `number`; those of an older one come too late.
    fn answered(&mut self, number: u64, answer: Answer) {
        let (true, Answer::Mentions(places)) = (number == self.number, answer) else { return };
        self.cursor = Cursor::default();
        if std::mem::take(&mut self.fresh) {
            let own = places.iter().position(|place| place.document == self.document);
            self.cursor.chosen = own.unwrap_or(0);
        }
        self.places = Some(places);
    }

    fn act(&mut self, action: Action, context: &ScreenContext) -> Outcome {
        if let Some(step) = list::step_of(action) {
            self.step(step, context);
            return Outcome::Done;
        }
        match action {
            Action::Open => return self.land(),
            Action::Cancel | Action::Quit | Action::Concordance => return Outcome::Close,
            Action::Sort => {
                self.order = match self.order {
                    ContextOrder::Reading => ContextOrder::Before,
                    ContextOrder::Before => ContextOrder::After,
                    ContextOrder::After => ContextOrder::Reading,
                };
                self.unasked = true;
            }
            Action::Scope => {
                self.scope = match self.scope {
                    Scope::Library => Scope::Document(self.document),
                    Scope::Document(_) => Scope::Library,
                };
                self.unasked = true;
            }
            _ => return Outcome::Ignored,
        }
        Outcome::Done
    }

    fn target(&self, _context: &ScreenContext) -> Option<JumpTarget> {
        let place = self.places().get(self.cursor.chosen)?;
        Some(JumpTarget {
            document: place.document,
            block: Some(place.block),
            span: Some(place.span),
        })
    }

    fn mouse(&mut self, mouse: Mouse, cell: Position, context: &ScreenContext) -> Outcome {
        let len = self.places().len();
        match list::point(mouse, cell, list_area(context.area), len, &mut self.cursor) {
            Pointed::Row => self.land(),
            Pointed::Moved | Pointed::Beside => Outcome::Done,
        }
    }

    fn lay_out(&mut self, context: &ScreenContext) {
        let height = list_area(context.area).height.into();
        self.cursor.show(self.places().len(), height, 1);
    }

    fn draw(&self, context: &ScreenContext, canvas: &mut Canvas<'_>) -> Option<Position> {
        let body = body(context.area);
        canvas.clear(body);
        canvas.border(body, &self.title(context), canvas.look.palette.border_of(Focused::Yes));
        let area = list_area(context.area);
        let shown = self.places().iter().enumerate().skip(self.cursor.top);
        for (line, (at, place)) in shown.take(area.height.into()).enumerate() {
            let line = line_of(area, line);
            let chosen = at == self.cursor.chosen;
            let rest = list::mark(line, chosen, Focused::Yes, canvas);
            let matched = draw_place(rest, *place, context, canvas);
            if chosen {
                canvas.paint(line, canvas.look.palette.chosen);
                canvas.paint(matched, canvas.look.palette.chosen_match);
            }
        }
        let (_, below) = excerpt::split(inside(body));
        let chosen = self.places().get(self.cursor.chosen);
        if let (Some(below), Some(place)) = (below, chosen)
            && let Some(document) = context.document(place.document)
        {
            let style = canvas.look.palette.theme;
            excerpt::draw(below, document, place.block, place.span, style, canvas);
        }
        None
    }
}

impl ConcordanceScreen {
    /// The mentions of `theme` in the whole library, those of `document` chosen first.
    pub(crate) fn new(theme: ThemeId, document: DocIndex) -> Self {
        Self {
            theme,
            document,
            scope: Scope::Library,
            order: ContextOrder::default(),
            places: None,
            number: 0,
            unasked: true,
            fresh: true,
            cursor: Cursor::default(),
        }
    }

    fn places(&self) -> &[Place] {
        self.places.as_deref().unwrap_or_default()
    }

    fn title(&self, context: &ScreenContext) -> String {
        let order = context.say(match self.order {
            ContextOrder::Reading => Message::OrderReading,
            ContextOrder::Before => Message::OrderBefore,
            ContextOrder::After => Message::OrderAfter,
        });
        let scope = context.say(match self.scope {
            Scope::Library => Message::ScopeLibrary,
            Scope::Document(_) => Message::ScopeDocument,
        });
        let name = context.theme_name(self.theme);
        let known = self.places.as_ref();
        let count = known.map_or_else(|| "…".to_owned(), |places| places.len().to_string());
        context.tell(Message::ConcordanceTitle, &[name, &count, scope, order])
    }

    fn step(&mut self, step: Step, context: &ScreenContext) {
        let height = list_area(context.area).height.into();
        self.cursor.step(step, self.places().len(), height);
    }

    /// Goes to the chosen mention, with the theme active.
    fn land(&self) -> Outcome {
        self.places().get(self.cursor.chosen).map_or(Outcome::Done, |place| {
            let (document, block, span) = (place.document, Some(place.block), Some(place.span));
            Outcome::Mention(self.theme, JumpTarget { document, block, span })
        })
    }
}

fn draw_place(line: Rect, place: Place, context: &ScreenContext, canvas: &mut Canvas<'_>) -> Rect {
    let nowhere = Rect { width: 0, ..line };
    let Some(document) = context.document(place.document) else { return nowhere };
    let Some(block) = document.blocks.get(place.block as usize) else { return nowhere };
    let region = document.metadata.region.as_ref().map(|region| region.name.as_str());
    let region = region.unwrap_or(context.say(Message::RegionUnknown));
    let label = format!("{region} {}", document.metadata.title);
    let columns = Columns::of(line, LABEL);
    canvas.write_cut(columns.label, &label, canvas.look.palette.faint);
    let span: Span = place.span;
    kwic::draw(columns.text, &block.text, span, canvas.look.palette.theme, canvas)
}

fn list_area(area: Rect) -> Rect {
    excerpt::split(inside(body(area))).0
}
