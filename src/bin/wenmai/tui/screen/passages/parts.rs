//! Where the parts of the shared passages are: the list, and both texts beside or below it.

use ratatui::layout::Rect;

use crate::tui::canvas::{Canvas, Focused, inside};
use crate::tui::geometry::{body, is_tiny};

/// The parts of the screen.
pub(super) struct Parts {
    pub(super) frame: Option<Rect>,
    pub(super) list: Rect,
    pub(super) sides: Option<Rect>,
}

/// Columns from which on both texts are beside the list, and rows from which on they are
/// below it.
const BESIDE: u16 = 72;
const BELOW: u16 = 14;

impl Parts {
    pub(super) fn of(area: Rect) -> Self {
        if is_tiny(area) {
            let list = Rect { y: area.y + 1.min(area.height), ..area };
            let height = area.height.saturating_sub(1);
            return Self { frame: None, list: Rect { height, ..list }, sides: None };
        }
        let body = body(area);
        if body.width >= BESIDE {
            let width = (body.width * 9 / 20).max(34);
            let left = Rect { width, ..body };
            let x = left.right() - 1;
            let sides = Rect { x, width: body.right() - x, ..body };
            return Self { frame: Some(left), list: inside(left), sides: Some(sides) };
        }
        if body.height >= BELOW {
            let upper = Rect { height: body.height * 2 / 5, ..body };
            let y = upper.bottom() - 1;
            let sides = Rect { y, height: body.bottom() - y, ..body };
            return Self { frame: Some(upper), list: inside(upper), sides: Some(sides) };
        }
        Self { frame: Some(body), list: inside(body), sides: None }
    }

    pub(super) fn draw_borders(&self, titles: [&str; 2], canvas: &mut Canvas<'_>) {
        let palette = canvas.look.palette;
        let Some(frame) = self.frame else { return };
        if let Some(sides) = self.sides {
            canvas.border(sides, titles[1], palette.border_of(Focused::No));
        }
        canvas.border(frame, titles[0], palette.border_of(Focused::Yes));
        let Some(sides) = self.sides else { return };
        let [above, below, left, right] = canvas.look.glyphs.tees;
        let joints = if sides.y == frame.y {
            [(sides.x, sides.y, above), (sides.x, sides.bottom() - 1, below)]
        } else {
            [(sides.x, sides.y, left), (sides.right() - 1, sides.y, right)]
        };
        for (x, y, sign) in joints {
            canvas.join(x, y, sign);
        }
    }
}
