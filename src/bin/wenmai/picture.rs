//! A picture of a screen: the cells of a buffer as SVG, each glyph in its place. The README's
//! pictures are made of the program's own buffers this way.

use std::fmt::Write as _;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use wenmai::text::width::{self, Ambiguous};

/// Pixels of a cell.
const CELL: (u16, u16) = (9, 21);
/// Pixels around the screen.
const MARGIN: u16 = 10;
/// Ink and paper of a cell without colours of its own.
const INK: &str = "#d8d8d2";
const PAPER: &str = "#1c1e21";

/// The picture of `buffer` as an SVG document, with ambiguous characters as wide as it was drawn for.
pub(crate) fn svg(buffer: &Buffer, ambiguous: Ambiguous) -> String {
    let area = buffer.area;
    let (width, height) = (area.width * CELL.0 + 2 * MARGIN, area.height * CELL.1 + 2 * MARGIN);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
         width=\"{width}\" height=\"{height}\" font-size=\"15\" xml:space=\"preserve\" \
         font-family=\"'DejaVu Sans Mono','Menlo','Consolas',monospace\">\n\
         <style>.w{{font-family:'Noto Sans CJK SC','Source Han Sans SC','PingFang SC',\
         'Microsoft YaHei',sans-serif;font-size:17px}}</style>\n\
         <rect width=\"100%\" height=\"100%\" rx=\"6\" fill=\"{PAPER}\"/>\n"
    );
    for y in area.top()..area.bottom() {
        push_row(&mut svg, (buffer, ambiguous), y);
    }
    svg.push_str("</svg>\n");
    svg
}

fn push_row(svg: &mut String, (buffer, ambiguous): (&Buffer, Ambiguous), y: u16) {
    let mut x = buffer.area.left();
    while let Some(cell) = buffer.cell((x, y)).filter(|_| x < buffer.area.right()) {
        let columns = width::cells(cell.symbol(), ambiguous).max(1) as u16;
        push_cell(svg, cell, (x - buffer.area.left(), y - buffer.area.top(), columns));
        x += columns;
    }
}

fn push_cell(svg: &mut String, cell: &Cell, (x, y, columns): (u16, u16, u16)) {
    let (left, top) = (MARGIN + x * CELL.0, MARGIN + y * CELL.1);
    let (mut ink, mut paper) = (colour(cell.fg, INK), colour(cell.bg, PAPER));
    if cell.modifier.contains(Modifier::REVERSED) {
        std::mem::swap(&mut ink, &mut paper);
    }
    if paper != PAPER {
        let (width, height) = (columns * CELL.0, CELL.1);
        let _ = writeln!(
            svg,
            "<rect x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{height}\" fill=\"{paper}\"/>"
        );
    }
    let symbol = cell.symbol();
    if symbol.trim().is_empty() {
        return;
    }
    let weight = attribute(cell, Modifier::BOLD, " font-weight=\"bold\"");
    let faint = attribute(cell, Modifier::DIM, " opacity=\"0.55\"");
    let line = attribute(cell, Modifier::UNDERLINED, " text-decoration=\"underline\"");
    let base = top + CELL.1 - 5;
    // Wide glyphs and narrow ones seldom come from one font.
    let wide = if columns > 1 { " class=\"w\"" } else { "" };
    let _ = writeln!(
        svg,
        "<text x=\"{left}\" y=\"{base}\"{wide} fill=\"{ink}\"{weight}{faint}{line}>{}</text>",
        escape(symbol)
    );
}

fn attribute(cell: &Cell, modifier: Modifier, markup: &'static str) -> &'static str {
    if cell.modifier.contains(modifier) { markup } else { "" }
}

fn escape(symbol: &str) -> String {
    symbol.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A terminal colour as a terminal with a dark palette shows it.
fn colour(colour: Color, plain: &'static str) -> String {
    let named = match colour {
        Color::Reset => plain,
        Color::Black => "#2a2c30",
        Color::Red => "#e06c75",
        Color::Green => "#98c379",
        Color::Yellow => "#e5c07b",
        Color::Blue => "#61afef",
        Color::Magenta => "#c678dd",
        Color::Cyan => "#56b6c2",
        Color::Gray => "#abb2bf",
        Color::DarkGray => "#6b7280",
        Color::LightRed => "#ff8a92",
        Color::LightGreen => "#b5e890",
        Color::LightYellow => "#ffd68a",
        Color::LightBlue => "#8cc8ff",
        Color::LightMagenta => "#e2a1f5",
        Color::LightCyan => "#7fd8e4",
        Color::White => "#ffffff",
        Color::Rgb(r, g, b) => return format!("#{r:02x}{g:02x}{b:02x}"),
        Color::Indexed(index) => return indexed(index),
    };
    named.to_owned()
}

/// The colour cube and grey ramp of 256-colour terminals.
fn indexed(index: u8) -> String {
    let [r, g, b] = match index {
        0..=15 => [0x80; 3],
        16..=231 => {
            let cube = index - 16;
            [cube / 36, cube / 6 % 6, cube % 6]
                .map(|step| if step == 0 { 0 } else { step * 40 + 55 })
        }
        232..=255 => [(index - 232) * 10 + 8; 3],
    };
    format!("#{r:02x}{g:02x}{b:02x}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    #[test]
    fn every_glyph_stands_at_its_own_cell() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 6, 1));
        buffer.set_string(0, 0, "政策<", Style::new().fg(Color::Red));
        let picture = svg(&buffer, Ambiguous::Narrow);
        assert!(
            picture.contains("<text x=\"10\" y=\"26\" class=\"w\" fill=\"#e06c75\">政</text>"),
            "{picture}"
        );
        assert!(picture.contains("<text x=\"28\" "), "{picture}");
        assert!(picture.contains("<text x=\"46\" y=\"26\" fill=\"#e06c75\">&lt;</text>"));
    }
}
