//! Where the panes are at a size of the terminal. Wide terminals show three panes side by side
//! that share their borders; narrow ones the article, with the pane that has the focus drawn over
//! it as a drawer; tiny ones nothing but text.

use ratatui::layout::{Position, Rect};

use super::canvas::{TextOptions, inset, inside, line_of};

/// Columns from which on all three panes are side by side.
const THREE_PANES: u16 = 100;
/// Below this size only the article shows.
const SMALLEST: (u16, u16) = (40, 8);

/// One of the three panes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Pane {
    Documents,
    #[default]
    Article,
    Themes,
}

impl Pane {
    const ORDER: [Self; 3] = [Self::Documents, Self::Article, Self::Themes];

    /// The pane `by` places to the right, going round.
    pub(crate) fn turn(self, by: isize) -> Self {
        let at = Self::ORDER.iter().position(|pane| *pane == self).unwrap_or(1) as isize;
        let turned = (at + by).rem_euclid(3) as usize;
        Self::ORDER.get(turned).copied().unwrap_or_default()
    }
}

/// How much is drawn around the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Around {
    /// Panes, borders, bars.
    #[default]
    Everything,
    /// Nothing.
    Nothing,
}

/// The areas of a screen. The areas of panes hold their border; those of neighbours share a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Panes {
    pub(crate) documents: Option<Rect>,
    pub(crate) article: Rect,
    pub(crate) themes: Option<Rect>,
    /// Whether the article has a border.
    pub(crate) bordered: bool,
    pub(crate) status: Option<Rect>,
    pub(crate) hints: Option<Rect>,
}

impl Panes {
    /// The panes of a screen of `area`, with `focus` on one of them.
    pub(crate) fn of(area: Rect, focus: Pane, around: Around) -> Self {
        if is_tiny(area) || around == Around::Nothing {
            return Self::bare(area, focus);
        }
        let body = Rect { height: area.height - 2, ..area };
        let status = Some(Rect { y: body.bottom(), height: 1, ..area });
        let hints = Some(Rect { y: body.bottom() + 1, height: 1, ..area });
        let framed =
            Self { article: body, bordered: true, status, hints, ..Self::bare(body, focus) };
        if area.width < THREE_PANES {
            return framed.with_drawer(body, focus);
        }
        let left = (area.width * 23 / 100).clamp(26, 44);
        let right = (area.width * 24 / 100).clamp(30, 46);
        Self {
            documents: Some(Rect { width: left, ..body }),
            article: Rect { x: left - 1, width: area.width - left - right + 2, ..body },
            themes: Some(Rect { x: area.width - right, width: right, ..body }),
            ..framed
        }
    }

    fn bare(area: Rect, focus: Pane) -> Self {
        let bare = Self {
            documents: None,
            article: area,
            themes: None,
            bordered: false,
            status: None,
            hints: None,
        };
        bare.with_drawer(area, focus)
    }

    /// With the pane that has the focus over the article.
    fn with_drawer(self, body: Rect, focus: Pane) -> Self {
        let width = (body.width / 2).max(36).min(body.width);
        let right = Rect { x: body.right() - width, width, ..body };
        Self {
            documents: (focus == Pane::Documents).then_some(Rect { width, ..body }),
            themes: (focus == Pane::Themes).then_some(right),
            ..self
        }
    }

    /// True where side panes lie over the article rather than beside it.
    pub(crate) fn drawers(&self) -> bool {
        self.documents.is_none() || self.themes.is_none()
    }

    /// The area in which the article's text is.
    pub(crate) fn text(&self) -> Rect {
        if self.bordered { inside(self.article) } else { self.article }
    }

    /// The pane at a cell; a drawer before what it lies over.
    pub(crate) fn at(&self, cell: Position) -> Option<Pane> {
        let holds = |area: Option<Rect>| area.is_some_and(|area| area.contains(cell));
        if holds(self.documents) {
            return Some(Pane::Documents);
        }
        if holds(self.themes) {
            return Some(Pane::Themes);
        }
        self.article.contains(cell).then_some(Pane::Article)
    }
}

/// True where there is room for nothing but text.
pub(crate) fn is_tiny(area: Rect) -> bool {
    area.width < SMALLEST.0 || area.height < SMALLEST.1
}

/// The area of a screen that hides the reader but for its two lines at the bottom; all of a tiny
/// terminal.
pub(crate) fn body(area: Rect) -> Rect {
    if area.height < SMALLEST.1 { area } else { Rect { height: area.height - 2, ..area } }
}

/// The line for messages: above the hints, or the last one of a tiny terminal.
pub(crate) fn status_line(area: Rect) -> Rect {
    let below = if is_tiny(area) { 1 } else { 2 };
    line_of(area, usize::from(area.height.saturating_sub(below)))
}

/// The area of a popup over a screen of `area`.
pub(crate) fn popup(area: Rect) -> Rect {
    let body = Rect { height: area.height.saturating_sub(2), ..area };
    if is_tiny(area) {
        return area;
    }
    let width = (body.width * 4 / 5).clamp(38, 100).min(body.width);
    let height = (body.height * 5 / 6).max(6).min(body.height);
    Rect {
        x: body.x + (body.width - width) / 2,
        y: body.y + (body.height - height) / 2,
        width,
        height,
    }
}

/// The column of text in a pane: as wide as the measure lets it, in the middle of wide panes, with
/// the margin that was set where there is room for it.
pub(crate) fn column(area: Rect, measure: usize, page: TextOptions) -> Rect {
    let margin = page.margin.min(area.width.saturating_sub(10) / 2);
    let room = inset(area, margin, margin);
    let wanted = u16::try_from(measure * 2).unwrap_or(u16::MAX).min(room.width);
    inset(room, (room.width - wanted) / 2, room.width - wanted - (room.width - wanted) / 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_share_one_border_and_fill_the_width() {
        for width in [100, 120, 200, 400] {
            let panes = Panes::of(Rect::new(0, 0, width, 36), Pane::Article, Around::Everything);
            let (documents, themes) = (panes.documents.unwrap(), panes.themes.unwrap());
            assert_eq!(documents.right(), panes.article.x + 1);
            assert_eq!(panes.article.right(), themes.x + 1);
            assert_eq!(themes.right(), width);
        }
    }

    #[test]
    fn a_narrow_screen_has_a_drawer_only_for_the_pane_with_the_focus() {
        let area = Rect::new(0, 0, 80, 24);
        let panes = |focus| Panes::of(area, focus, Around::Everything);
        assert_eq!(panes(Pane::Article).documents, None);
        assert_eq!(panes(Pane::Article).article.width, 80);
        assert!(panes(Pane::Themes).themes.is_some_and(|area| area.right() == 80));
        assert_eq!(panes(Pane::Documents).at(Position::new(1, 1)), Some(Pane::Documents));
    }

    #[test]
    fn no_size_gives_an_area_outside_the_screen() {
        for (width, height) in (0..130).flat_map(|w| (0..12).map(move |h| (w, h))) {
            let area = Rect::new(0, 0, width, height);
            for focus in Pane::ORDER {
                let panes = Panes::of(area, focus, Around::Everything);
                let all = [panes.documents, Some(panes.article), panes.themes, panes.status];
                for pane in all.into_iter().flatten().chain([popup(area)]) {
                    assert_eq!(pane.intersection(area), pane, "{width}x{height}");
                }
            }
        }
    }
}
