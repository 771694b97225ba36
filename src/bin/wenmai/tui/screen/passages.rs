//! Shared wording: what the open document has in common with others, by the other document, and
//! beside the list both texts with what differs marked. It is sought on a thread.

mod draw;
mod parts;
mod sides;

use ratatui::layout::Position;
use wenmai::document::{DocIndex, Place};

use super::{JumpTarget, Outcome, Screen};
use crate::tui::canvas::{Canvas, inset, inside, line_of};
use crate::tui::context::ScreenContext;
use crate::tui::cursor::Cursor;
use crate::tui::event::Mouse;
use crate::tui::geometry::{body, is_tiny};
use crate::tui::shared_text::{Shared, SharedWording};
use crate::tui::widget::list::{self, Pointed};
use crate::tui::widget::wrapped::draw_wrapped;
use crate::ui::action::Action;
use crate::ui::messages::Message;
use parts::Parts;

/// In which order the passages of a document stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Order {
    /// The longest first.
    #[default]
    Longest,
    /// As the open document has them.
    Reading,
}

/// A row of the list.
#[derive(Debug, Clone, Copy)]
enum Row {
    /// Another document, with the number of passages below it.
    Document(DocIndex, usize),
    /// A passage.
    Passage(Shared),
}

/// The shared wording that is open.
#[derive(Debug)]
pub(crate) struct PassagesScreen {
    document: DocIndex,
    order: Order,
    rows: Option<Vec<Row>>,
    passages: usize,
    cursor: Cursor,
}

impl Screen for PassagesScreen {
    fn hints(&self) -> &'static [Action] {
        &[
            Action::Open,
            Action::NextDocument,
            Action::PreviousDocument,
            Action::Sort,
            Action::Cancel,
        ]
    }

    fn act(&mut self, action: Action, context: &ScreenContext) -> Outcome {
        if let Some(step) = list::step_of(action) {
            let height = Parts::of(context.area).list.height.into();
            self.cursor.step(step, self.rows().len(), height);
            return Outcome::Done;
        }
        match action {
            Action::Open => return self.land(),
            Action::Cancel | Action::Quit | Action::Passages => return Outcome::Close,
            _ if self.rows().is_empty() => return Outcome::Ignored,
            Action::NextDocument => self.next_document(1),
            Action::PreviousDocument => self.next_document(-1),
            Action::Sort => {
                self.order = match self.order {
                    Order::Longest => Order::Reading,
                    Order::Reading => Order::Longest,
                };
                self.rows = None;
            }
            _ => return Outcome::Ignored,
        }
        Outcome::Done
    }

    fn target(&self, _context: &ScreenContext) -> Option<JumpTarget> {
        self.chosen().map(|shared| target(shared.passage.a))
    }

    fn quoted(&self, _context: &ScreenContext) -> Vec<JumpTarget> {
        let sides = |shared: Shared| vec![target(shared.passage.a), target(shared.passage.b)];
        self.chosen().map_or_else(Vec::new, sides)
    }

    fn mouse(&mut self, mouse: Mouse, cell: Position, context: &ScreenContext) -> Outcome {
        let before = self.cursor.chosen;
        let (area, len) = (Parts::of(context.area).list, self.rows().len());
        match list::point(mouse, cell, area, len, &mut self.cursor) {
            Pointed::Row if self.cursor.chosen == before => self.land(),
            _ => Outcome::Done,
        }
    }

    fn lay_out(&mut self, context: &ScreenContext) {
        if let (None, Some(shared)) = (&self.rows, context.wording.of(self.document)) {
            self.fill(&shared.clone());
        }
        let height = Parts::of(context.area).list.height.into();
        self.cursor.show(self.rows().len(), height, 1);
    }

    fn draw(&self, context: &ScreenContext, canvas: &mut Canvas<'_>) -> Option<Position> {
        let parts = Parts::of(context.area);
        canvas.clear(if is_tiny(context.area) { context.area } else { body(context.area) });
        let title = context.tell(Message::PassagesTitle, &[&self.passages.to_string()]);
        parts.draw_borders([&title, context.say(Message::BothSides)], canvas);
        if parts.frame.is_none() {
            canvas.write_cut(line_of(context.area, 0), &title, canvas.look.palette.heading);
        }
        match &self.rows {
            None => {
                draw_wrapped(inset(parts.list, 1, 1), context.say(Message::Seeking), canvas);
            }
            Some(rows) if rows.is_empty() => {
                draw_wrapped(inset(parts.list, 1, 1), context.say(Message::NoPassages), canvas);
            }
            Some(rows) => self.draw_rows(parts.list, rows, context, canvas),
        }
        if let (Some(sides), Some(shared)) = (parts.sides, self.chosen()) {
            sides::draw(inset(inside(sides), 1, 1), &shared.passage, context, canvas);
        }
        self.draw_status(context, canvas);
        None
    }
}

impl PassagesScreen {
    /// What `document` shares.
    pub(crate) fn new(document: DocIndex) -> Self {
        Self {
            document,
            order: Order::default(),
            rows: None,
            passages: 0,
            cursor: Cursor::default(),
        }
    }

    fn rows(&self) -> &[Row] {
        self.rows.as_deref().unwrap_or_default()
    }

    /// The documents that share most first.
    fn fill(&mut self, shared: &SharedWording) {
        let once = shared.pieces().iter().filter(|piece| !piece.again);
        let mut pieces: Vec<Shared> = once.copied().collect();
        pieces.sort_by_key(|piece| piece.passage.b.document);
        self.passages = pieces.len();
        let mut groups: Vec<&mut [Shared]> =
            pieces.chunk_by_mut(|x, y| x.passage.b.document == y.passage.b.document).collect();
        let characters = |group: &[Shared]| -> usize {
            group.iter().map(|piece| piece.passage.characters).sum()
        };
        groups.sort_by_key(|group| std::cmp::Reverse(characters(group)));
        let mut rows = Vec::with_capacity(self.passages + groups.len());
        for group in groups {
            if self.order == Order::Longest {
                group.sort_by_key(|piece| std::cmp::Reverse(piece.passage.characters));
            } else {
                group.sort_by_key(|piece| piece.passage.a);
            }
            let other = group.first().map(|piece| piece.passage.b.document);
            rows.extend(other.map(|other| Row::Document(other, group.len())));
            rows.extend(group.iter().copied().map(Row::Passage));
        }
        // The first row is a name; below it is what was asked for.
        self.cursor = Cursor { chosen: usize::from(rows.len() > 1), top: 0 };
        self.rows = Some(rows);
    }

    /// The piece of the chosen row; of a document its first one.
    fn chosen(&self) -> Option<Shared> {
        let rows = self.rows().get(self.cursor.chosen..)?;
        rows.iter().find_map(|row| match row {
            Row::Passage(shared) => Some(*shared),
            Row::Document(..) => None,
        })
    }

    /// To the first passage of the next document, or of the one before.
    fn next_document(&mut self, by: isize) {
        let is_head = |row: &Row| matches!(row, Row::Document(..));
        let heads: Vec<usize> =
            (0..).zip(self.rows()).filter(|(_, row)| is_head(row)).map(|(at, _)| at).collect();
        let own = heads.partition_point(|head| *head <= self.cursor.chosen).saturating_sub(1);
        let next = own.saturating_add_signed(by).min(heads.len().saturating_sub(1));
        if let Some(head) = heads.get(next) {
            self.cursor.chosen = head + 1;
        }
    }

    /// Goes to the other place; the way back leads to the place in this document first.
    fn land(&self) -> Outcome {
        let Some(Shared { passage, .. }) = self.chosen() else { return Outcome::Done };
        Outcome::Cross(target(passage.a), target(passage.b))
    }
}

fn target(place: Place) -> JumpTarget {
    JumpTarget { document: place.document, block: Some(place.block), span: Some(place.span) }
}

#[cfg(test)]
mod tests;
