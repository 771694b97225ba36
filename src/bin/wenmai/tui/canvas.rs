//! Writing into the cells of a frame. Every cell of the reader is written here: text by clusters as
//! wide as `text::width` says, borders, spaces. Half a glyph never meets a border, and nothing that
//! could steer a terminal gets through.

use std::num::NonZeroU16;

use ratatui::buffer::{Buffer, CellDiffOption, CellWidth};
use ratatui::layout::Rect;
use ratatui::style::Style;
use wenmai::text::sanitize::sanitize;
use wenmai::text::width::{self, Ambiguous};

use crate::ui::lang::Lang;
use crate::ui::palette::Palette;

/// How everything looks: what the user or the terminal decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Look {
    pub(crate) lang: Lang,
    pub(crate) palette: Palette,
    pub(crate) ambiguous: Ambiguous,
    pub(crate) glyphs: &'static Glyphs,
    pub(crate) page: TextOptions,
}

/// How text is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TextOptions {
    /// Full-width characters of a line.
    pub(crate) measure: usize,
    /// Cells left and right of the text, at least.
    pub(crate) margin: u16,
    /// Full-width spaces before a paragraph.
    pub(crate) indent: usize,
    /// Characters of the shortest shared wording that is highlighted.
    pub(crate) shared: usize,
    /// How quotes are cited.
    pub(crate) citation: wenmai::citation::Style,
}

impl Default for TextOptions {
    fn default() -> Self {
        Self { measure: 36, margin: 1, indent: 2, shared: 8, citation: Default::default() }
    }
}

/// The signs that are drawn around text, each one cell wide.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Glyphs {
    pub(crate) horizontal: &'static str,
    pub(crate) vertical: &'static str,
    /// Corners: top left, top right, bottom left, bottom right.
    pub(crate) corners: [&'static str; 4],
    /// Where a border meets another: from above, from below, from the left, from the right.
    pub(crate) tees: [&'static str; 4],
    /// Before the chosen row.
    pub(crate) chosen: &'static str,
    /// At a document that is marked for comparing.
    pub(crate) marked: &'static str,
    /// At a text that was never open, and at one that has changed since.
    pub(crate) unseen: [&'static str; 2],
    /// In the margin, at a bookmark and at a note.
    pub(crate) bookmark: &'static str,
    pub(crate) note: &'static str,
    /// Bars of a strip, the lowest first.
    pub(crate) bars: [&'static str; 8],
    /// Between facts.
    pub(crate) dot: &'static str,
    /// In the place of a number that is none.
    pub(crate) none: &'static str,
    /// At a group of which only the name is shown.
    pub(crate) folded: &'static str,
    /// At the column by which rows are sorted.
    pub(crate) sorted: &'static str,
    /// That columns are hidden at the left, and at the right.
    pub(crate) beyond: [&'static str; 2],
}

/// Thin lines.
pub(crate) const LINES: Glyphs = Glyphs {
    horizontal: "─",
    vertical: "│",
    corners: ["┌", "┐", "└", "┘"],
    tees: ["┬", "┴", "├", "┤"],
    chosen: "▌",
    marked: "✓",
    unseen: ["•", "~"],
    bookmark: "◆",
    note: "✎",
    bars: ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"],
    dot: "·",
    none: "·",
    folded: " ▸",
    sorted: "▾",
    beyond: ["‹", "›"],
};

/// For terminals without these glyphs, or that draw them two cells wide.
pub(crate) const ASCII: Glyphs = Glyphs {
    horizontal: "-",
    vertical: "|",
    corners: ["+", "+", "+", "+"],
    tees: ["+", "+", "+", "+"],
    chosen: ">",
    marked: "*",
    unseen: ["+", "~"],
    bookmark: "=",
    note: "#",
    bars: [".", ".", ":", ":", "=", "=", "#", "#"],
    dot: "|",
    none: ".",
    folded: " >",
    sorted: "v",
    beyond: ["<", ">"],
};

impl Look {
    /// Counts ambiguous characters as two cells, or as one.
    pub(crate) fn set_ambiguous(&mut self, wide: bool) {
        self.ambiguous = if wide { Ambiguous::Wide } else { Ambiguous::Narrow };
        // Lines are ambiguous, too.
        self.glyphs = if wide { &ASCII } else { &LINES };
    }

    /// Cells of `text`.
    pub(crate) fn cells(&self, text: &str) -> usize {
        width::cells(text, self.ambiguous)
    }
}

/// A frame that is being drawn.
pub(crate) struct Canvas<'b> {
    pub(crate) look: &'b Look,
    buffer: &'b mut Buffer,
}

impl<'b> Canvas<'b> {
    /// Draws into `buffer`.
    pub(crate) fn new(buffer: &'b mut Buffer, look: &'b Look) -> Self {
        Self { look, buffer }
    }

    /// Writes `text` from the left edge of `line`, the first row of which is meant, and returns
    /// the rest of it, to the right of what was written.
    pub(crate) fn write(&mut self, line: Rect, text: &str, style: Style) -> Rect {
        let mut x = line.x;
        if line.height == 0 {
            return line;
        }
        for (_, cluster) in width::clusters(&sanitize(text)) {
            let cells = width::cluster_cells(cluster, self.look.ambiguous) as u16;
            if cells > line.right().saturating_sub(x) {
                break;
            }
            self.put(x, line.y, cluster, style);
            x += cells;
        }
        Rect { x, width: line.right().saturating_sub(x), ..line }
    }

    /// Writes `text`, cut with … where it is too long.
    pub(crate) fn write_cut(&mut self, line: Rect, text: &str, style: Style) -> Rect {
        let cut = width::ellipsize(text, line.width.into(), self.look.ambiguous);
        // What was cut off leaves no space before its sign; a text that fits keeps its own.
        let cut = if cut == text { cut.as_str() } else { cut.trim_end() };
        self.write(line, cut, style)
    }

    /// Writes `text` at the right edge of `line` and returns the rest of it, to the left.
    pub(crate) fn write_right(&mut self, line: Rect, text: &str, style: Style) -> Rect {
        let cells = (self.look.cells(text) as u16).min(line.width);
        let left = line.width - cells;
        self.write(Rect { x: line.x + left, width: cells, ..line }, text, style);
        Rect { width: left, ..line }
    }

    /// One cluster; a cell it covers and does not begin in is blank. A wide glyph whose right half
    /// it takes is blanked.
    pub(crate) fn put(&mut self, x: u16, y: u16, cluster: &str, style: Style) {
        let cells = width::cluster_cells(cluster, self.look.ambiguous) as u16;
        if cells > 0 {
            self.split(x, y);
        }
        let Some(first) = self.buffer.cell_mut((x, y)).filter(|_| cells > 0) else { return };
        first.reset();
        first.set_symbol(cluster).set_style(style);
        // Where the terminal library counts differently, it is told.
        if let Some(forced) = NonZeroU16::new(cells).filter(|_| cluster.cell_width() != cells) {
            first.set_diff_option(CellDiffOption::ForcedWidth(forced));
        }
        for behind in 1..cells {
            if let Some(cell) = self.buffer.cell_mut((x + behind, y)) {
                cell.reset();
                cell.set_style(style);
            }
        }
    }

    /// Blanks the wide glyph, if any, of which the cell holds the right half.
    fn split(&mut self, x: u16, y: u16) {
        let before = x.checked_sub(1).and_then(|before| self.buffer.cell_mut((before, y)));
        if let Some(before) = before.filter(|cell| cell.cell_width() > 1) {
            before.set_symbol(" ").set_diff_option(CellDiffOption::None);
        }
    }

    /// Lays `style` over what is drawn in `area`.
    pub(crate) fn paint(&mut self, area: Rect, style: Style) {
        self.buffer.set_style(area, style);
    }

    /// Blanks `area`. A wide glyph that reaches into it from the left loses its other half, too.
    pub(crate) fn clear(&mut self, area: Rect) {
        let area = area.intersection(self.buffer.area);
        for y in area.top()..area.bottom() {
            self.split(area.x, y);
            for x in area.left()..area.right() {
                if let Some(cell) = self.buffer.cell_mut((x, y)) {
                    cell.reset();
                }
            }
        }
    }

    /// A border around `area` with `title` in its upper edge.
    pub(crate) fn border(&mut self, area: Rect, title: &str, style: BorderStyle) {
        if area.width < 2 || area.height < 2 {
            return;
        }
        let glyphs = self.look.glyphs;
        let (right, bottom) = (area.right() - 1, area.bottom() - 1);
        for x in area.x + 1..right {
            self.put(x, area.y, glyphs.horizontal, style.line);
            self.put(x, bottom, glyphs.horizontal, style.line);
        }
        for y in area.y + 1..bottom {
            self.put(area.x, y, glyphs.vertical, style.line);
            self.put(right, y, glyphs.vertical, style.line);
        }
        let corners = [(area.x, area.y), (right, area.y), (area.x, bottom), (right, bottom)];
        for ((x, y), glyph) in corners.into_iter().zip(glyphs.corners) {
            self.put(x, y, glyph, style.line);
        }
        self.title(area, title, style.title);
    }

    /// A line across the first row of `area` that meets the borders beside it, with a title.
    pub(crate) fn rule(&mut self, area: Rect, title: &str, style: BorderStyle) {
        let glyphs = self.look.glyphs;
        for x in area.left()..area.right() {
            self.put(x, area.y, glyphs.horizontal, style.line);
        }
        let [.., left, right] = glyphs.tees;
        self.join(area.x.saturating_sub(1), area.y, left);
        self.join(area.right(), area.y, right);
        let whole = Rect { x: area.x.saturating_sub(1), width: area.width + 2, ..area };
        self.title(whole, title, style.title);
    }

    /// Sets the sign where two borders meet; the style that is there stays.
    pub(crate) fn join(&mut self, x: u16, y: u16, sign: &str) {
        if let Some(cell) = self.buffer.cell_mut((x, y)) {
            cell.set_symbol(sign);
        }
    }

    /// `title` in the upper edge of `area`.
    pub(crate) fn title(&mut self, area: Rect, title: &str, style: Style) {
        let room = Rect {
            x: area.x.saturating_add(2),
            width: area.width.saturating_sub(4),
            height: 1,
            ..area
        };
        if room.width < 3 || title.is_empty() {
            return;
        }
        let cut = width::ellipsize(title, usize::from(room.width) - 2, self.look.ambiguous);
        self.write(room, &format!(" {} ", cut.trim_end()), style);
    }
}

/// The styles of a border.
#[derive(Debug, Clone, Copy)]
pub(crate) struct BorderStyle {
    pub(crate) line: Style,
    pub(crate) title: Style,
}

impl Palette {
    /// The border of a pane that has the focus, or has not.
    pub(crate) fn border_of(&self, focus: Focused) -> BorderStyle {
        match focus {
            Focused::Yes => BorderStyle { line: self.focus, title: self.focus_title },
            Focused::No => BorderStyle { line: self.border, title: self.heading },
        }
    }
}

/// Whether keys go to a pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Focused {
    Yes,
    No,
}

impl From<bool> for Focused {
    fn from(focused: bool) -> Self {
        if focused { Self::Yes } else { Self::No }
    }
}

/// Row number `row` of `area`, as an area of its own; empty below its end.
pub(crate) fn line_of(area: Rect, row: usize) -> Rect {
    let row = u16::try_from(row).unwrap_or(u16::MAX).min(area.height);
    Rect { y: area.y + row, height: u16::from(row < area.height), ..area }
}

/// `area` without `left` and `right` columns at its sides.
pub(crate) fn inset(area: Rect, left: u16, right: u16) -> Rect {
    let left = left.min(area.width);
    Rect { x: area.x + left, width: area.width.saturating_sub(left).saturating_sub(right), ..area }
}

/// `area` without a border of one cell.
pub(crate) fn inside(area: Rect) -> Rect {
    Rect {
        x: area.x + 1.min(area.width),
        y: area.y + 1.min(area.height),
        width: area.width.saturating_sub(2),
        height: area.height.saturating_sub(2),
    }
}

/// The text of a frame as a terminal shows it, a line a row, spaces at line ends left out.
#[cfg(test)]
pub(crate) fn screen_text(buffer: &Buffer) -> String {
    let mut text = String::new();
    for y in buffer.area.top()..buffer.area.bottom() {
        let mut row = String::new();
        let mut x = buffer.area.left();
        while let Some(cell) = buffer.cell((x, y)) {
            row.push_str(cell.symbol());
            x += cell.cell_width().max(1);
        }
        text.push_str(row.trim_end());
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(ambiguous: Ambiguous) -> Look {
        Look {
            lang: Lang::Chinese,
            palette: Palette::PLAIN,
            ambiguous,
            glyphs: &LINES,
            page: TextOptions::default(),
        }
    }

    #[test]
    fn a_popup_over_half_a_glyph_blanks_the_other_half() {
        // https://github.com/sxyazi/yazi/issues/3947
        for (text, expected) in [("a政策政策", "a │策政策"), ("ab政策政策", "ab│ 策政策")]
        {
            let mut buffer = Buffer::empty(Rect::new(0, 0, 12, 1));
            let look = look(Ambiguous::Narrow);
            let mut canvas = Canvas::new(&mut buffer, &look);
            canvas.write(Rect::new(0, 0, 12, 1), text, Style::new());
            canvas.clear(Rect::new(2, 0, 1, 1));
            canvas.put(2, 0, "│", Style::new());
            assert_eq!(screen_text(&buffer).trim_end(), expected);
        }
    }

    #[test]
    fn a_sign_on_the_right_half_of_a_glyph_blanks_the_left_half() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 8, 1));
        let look = look(Ambiguous::Narrow);
        let mut canvas = Canvas::new(&mut buffer, &look);
        canvas.write(Rect::new(0, 0, 8, 1), "政策主题", Style::new());
        canvas.write_right(Rect::new(0, 0, 8, 1), "›", Style::new());
        assert_eq!(screen_text(&buffer).trim_end(), "政策主 ›");
    }

    #[test]
    fn text_stops_before_the_cell_that_it_would_only_half_fill() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 6, 1));
        let look = look(Ambiguous::Narrow);
        let rest =
            Canvas::new(&mut buffer, &look).write(Rect::new(0, 0, 5, 1), "政策文本", Style::new());
        assert_eq!(screen_text(&buffer), "政策\n");
        assert_eq!((rest.x, rest.width), (4, 1));
    }

    #[test]
    fn a_text_that_fits_keeps_the_blank_at_its_end() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 9, 1));
        let look = look(Ambiguous::Narrow);
        let mut canvas = Canvas::new(&mut buffer, &look);
        let rest = canvas.write_cut(Rect::new(0, 0, 9, 1), "in: ", Style::new());
        canvas.write_cut(rest, "政策文本", Style::new());
        assert_eq!(screen_text(&buffer), "in: 政策…\n");
    }

    // https://github.com/dandavison/delta/issues/1727,
    // https://github.com/unicode-rs/unicode-width/pull/89
    #[test]
    fn widths_that_the_terminal_library_counts_differently_are_forced() {
        for (ambiguous, text, x) in
            [(Ambiguous::Wide, "“x", 2), (Ambiguous::Narrow, "ﾊﾟx", 2), (Ambiguous::Narrow, "“x", 1)]
        {
            let mut buffer = Buffer::empty(Rect::new(0, 0, 6, 1));
            let look = look(ambiguous);
            Canvas::new(&mut buffer, &look).write(Rect::new(0, 0, 6, 1), text, Style::new());
            assert_eq!(buffer.cell((x, 0)).map(|cell| cell.symbol()), Some("x"), "{text}");
            assert_eq!(buffer.cell((0, 0)).map(CellWidth::cell_width), Some(x), "{text}");
        }
    }

    #[test]
    fn what_steers_a_terminal_is_never_drawn() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 12, 1));
        let look = look(Ambiguous::Narrow);
        Canvas::new(&mut buffer, &look).write(
            Rect::new(0, 0, 12, 1),
            "甲\u{1b}[2J乙\u{9b}31m\t丙",
            Style::new(),
        );
        assert_eq!(screen_text(&buffer), "甲乙 丙\n");
    }
}
