//! What is sent to the terminal for a frame. ratatui's own backend moves the cursor after every
//! wide character, which doubles the bytes of a Chinese screen; this one knows that they advance by
//! two, and asks for a style only where it changes. Everything else is crossterm's.

use std::io::{self, Write};

use crossterm::cursor::{MoveTo, MoveToColumn};
use crossterm::queue;
use crossterm::style::Print;
use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::{Buffer, Cell, CellDiffOption, CellWidth};
use ratatui::layout::{Position, Size};
use ratatui::style::{Color, Modifier};
use wenmai::text::width::{Ambiguous, cells};

/// A terminal that is written to in as few bytes as it takes.
#[derive(Debug)]
pub(crate) struct DeltaBackend<W: Write> {
    inner: CrosstermBackend<W>,
}

impl<W: Write> DeltaBackend<W> {
    /// A terminal at the other end of `writer`.
    pub(crate) fn new(writer: W) -> Self {
        Self { inner: CrosstermBackend::new(writer) }
    }
}

impl<W: Write> Write for DeltaBackend<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.inner.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Write::flush(&mut self.inner)
    }
}

impl<W: Write> Backend for DeltaBackend<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let mut pen = Pen::default();
        for (x, y, cell) in content {
            match pen.at {
                Some(at) if at == (x, y) => {}
                Some((_, row)) if row == y => queue!(self.inner, MoveToColumn(x))?,
                Some((_, row)) if row + 1 == y && x == 0 => self.inner.write_all(b"\r\n")?,
                _ => queue!(self.inner, MoveTo(x, y))?,
            }
            let style = Drawn { fg: cell.fg, bg: cell.bg, modifier: cell.modifier };
            if style != pen.style && !(cell.symbol() == " " && pen.style.is_seen_as(style)) {
                queue!(self.inner, Print(pen.style.change_to(style)))?;
                pen.style = style;
            }
            let symbol = cell.symbol();
            self.inner.write_all(symbol.as_bytes())?;
            pen.at = advance(symbol).map(|cells| (x + cells, y));
        }
        if pen.style != Drawn::default() {
            queue!(self.inner, Print(RESET))?;
        }
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.inner.hide_cursor()
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.inner.show_cursor()
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        self.inner.get_cursor_position()
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.inner.set_cursor_position(position)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.inner.clear()
    }

    fn clear_region(&mut self, region: ClearType) -> io::Result<()> {
        self.inner.clear_region(region)
    }

    fn size(&self) -> io::Result<Size> {
        self.inner.size()
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        self.inner.window_size()
    }

    fn flush(&mut self) -> io::Result<()> {
        Backend::flush(&mut self.inner)
    }
}

/// Blanks that are sent rather than passed over: a sequence that moves the cursor is no shorter.
const SHORT_GAP: usize = 4;

/// The cells that a terminal which shows `before` must be sent to show `after`, row by row. Where a
/// wide character gives way to narrower ones, the cell after it is sent as well: with what style a
/// terminal blanks the other half, terminals do not agree. So are a few spaces between two changes.
pub(crate) fn changes<'b>(before: &Buffer, after: &'b Buffer) -> Vec<(u16, u16, &'b Cell)> {
    let mut changes = Vec::new();
    let width = usize::from(after.area.width).max(1);
    let rows = after.content.chunks(width).zip(before.content.chunks(width));
    for ((row, was), y) in rows.zip(after.area.y..) {
        let place = |(x, cell): (usize, &'b Cell)| (after.area.x + x as u16, y, cell);
        // Columns up to which what the terminal shows is not certain, what a wide one covers, and
        // where the last change ends.
        let (mut uncertain, mut covered, mut end) = (0, 0, None);
        for (x, (now, was)) in row.iter().zip(was).enumerate() {
            let changed = now != was || x < uncertain;
            if x >= covered {
                if changed {
                    let from = end.filter(|end| x - end <= SHORT_GAP).unwrap_or(x);
                    let gap = row.get(from..x).filter(|gap| gap.iter().all(is_plain_blank));
                    changes.extend((from..x).zip(gap.unwrap_or_default()).map(place));
                    changes.push(place((x, now)));
                    uncertain = uncertain.max(x + width_of(was));
                    end = Some(x + width_of(now));
                }
                covered = x + width_of(now);
            }
        }
    }
    changes
}

fn is_plain_blank(cell: &Cell) -> bool {
    cell.symbol() == " " && cell.bg == Color::Reset && cell.modifier.is_empty()
}

/// Cells that a cell's symbol takes.
fn width_of(cell: &Cell) -> usize {
    match cell.diff_option {
        CellDiffOption::ForcedWidth(cells) => usize::from(cells.get()),
        _ => usize::from(cell.cell_width()).max(1),
    }
}

/// Where the terminal's cursor is, if that is certain, and how it writes.
#[derive(Debug, Default)]
struct Pen {
    at: Option<(u16, u16)>,
    style: Drawn,
}

/// The style of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Drawn {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

impl Default for Drawn {
    fn default() -> Self {
        Self { fg: Color::Reset, bg: Color::Reset, modifier: Modifier::empty() }
    }
}

const RESET: &str = "\x1b[0m";

/// Modifiers and the numbers that ask for them (ECMA-48, SGR).
const MODIFIERS: [(Modifier, u8); 9] = [
    (Modifier::BOLD, 1),
    (Modifier::DIM, 2),
    (Modifier::ITALIC, 3),
    (Modifier::UNDERLINED, 4),
    (Modifier::SLOW_BLINK, 5),
    (Modifier::RAPID_BLINK, 6),
    (Modifier::REVERSED, 7),
    (Modifier::HIDDEN, 8),
    (Modifier::CROSSED_OUT, 9),
];

impl Drawn {
    /// Modifiers that a space shows.
    const ON_BLANKS: Modifier =
        Modifier::UNDERLINED.union(Modifier::REVERSED).union(Modifier::CROSSED_OUT);

    /// True where a space looks the same in both styles.
    fn is_seen_as(self, other: Self) -> bool {
        self.bg == other.bg && !(self.modifier | other.modifier).intersects(Self::ON_BLANKS)
    }

    /// What makes a terminal that writes like this write like `next`: one sequence. Modifiers are
    /// reset all together, because terminals do not agree how to take off one.
    fn change_to(self, next: Self) -> String {
        let fewer = !next.modifier.contains(self.modifier);
        let from = if fewer { Self::default() } else { self };
        let mut codes: Vec<String> = Vec::new();
        if fewer {
            codes.push("0".to_owned());
        }
        let added = next.modifier - from.modifier;
        codes.extend(
            MODIFIERS.iter().filter(|(one, _)| added.contains(*one)).map(|(_, n)| n.to_string()),
        );
        if next.fg != from.fg {
            codes.push(colour(next.fg, 30));
        }
        if next.bg != from.bg {
            codes.push(colour(next.bg, 40));
        }
        if codes == ["0"] {
            return RESET.to_owned();
        }
        format!("\x1b[{}m", codes.join(";"))
    }
}

/// The number of a colour; `base` is 30 for the foreground, 40 for the background.
fn colour(colour: Color, base: u8) -> String {
    let dark = |nth: u8| (base + nth).to_string();
    let light = |nth: u8| (base + 60 + nth).to_string();
    match colour {
        Color::Reset => dark(9),
        Color::Black => dark(0),
        Color::Red => dark(1),
        Color::Green => dark(2),
        Color::Yellow => dark(3),
        Color::Blue => dark(4),
        Color::Magenta => dark(5),
        Color::Cyan => dark(6),
        Color::Gray => dark(7),
        Color::DarkGray => light(0),
        Color::LightRed => light(1),
        Color::LightGreen => light(2),
        Color::LightYellow => light(3),
        Color::LightBlue => light(4),
        Color::LightMagenta => light(5),
        Color::LightCyan => light(6),
        Color::White => light(7),
        Color::Indexed(nth) => format!("{};5;{nth}", base + 8),
        Color::Rgb(red, green, blue) => format!("{};2;{red};{green};{blue}", base + 8),
    }
}

/// Cells by which a terminal surely moves on after `symbol`: one for ASCII and lines, two for what
/// is wide everywhere. About the rest terminals do not agree, and the cursor is placed anew.
fn advance(symbol: &str) -> Option<u16> {
    let mut chars = symbol.chars();
    let (first, None) = (chars.next()?, chars.next()) else { return None };
    match first {
        ' '..='~' | '\u{2500}'..='\u{259F}' => Some(1),
        _ if is_wide(symbol) => Some(2),
        _ => None,
    }
}

fn is_wide(symbol: &str) -> bool {
    cells(symbol, Ambiguous::Narrow) == 2
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;

    use super::super::canvas::screen_text;
    use super::super::testing::{Reading, document};
    use super::*;
    use wenmai::library::Library;
    use wenmai::themes::vocabulary::Lexicon;

    /// A screen full of Chinese.
    fn full() -> Buffer {
        let text = "推动人工智能、物联网等领域的标准化工作，形成一批可以推广的经验，".repeat(60);
        let texts = ["全国标准化发展纲要", &text, &text, &text];
        let documents = vec![
            document("a", Some("北京"), "2022-06-10", &texts),
            document("b", Some("上海"), "2022-06-10", &texts),
        ];
        let library = Library::new(documents, Vec::new(), Lexicon::default());
        Reading::of(library, 120, 40).buffer
    }

    fn bytes(before: &Buffer, buffer: &Buffer) -> Vec<u8> {
        let mut bytes = Vec::new();
        DeltaBackend::new(&mut bytes).draw(changes(before, buffer).into_iter()).unwrap();
        bytes
    }

    fn size(cells: u16) -> std::num::NonZeroU16 {
        cells.try_into().unwrap()
    }

    #[test]
    fn a_terminal_that_reads_it_shows_what_was_drawn() {
        let mut reading = Reading::new(120, 40);
        let mut before = Buffer::empty(reading.buffer.area);
        let mut terminal = vt100::Parser::new(size(40), size(120), 0);
        for keys in ["2", "n", "3 j", "t", "Esc", "x", "q", "c", "T", "2 G"] {
            reading.press(keys);
            terminal.process(&bytes(&before, &reading.buffer));
            before = reading.buffer.clone();
            let shown: Vec<String> = terminal.screen().rows(0, 120).collect();
            let drawn = screen_text(&reading.buffer);
            for (shown, drawn) in shown.iter().zip(drawn.lines()) {
                assert_eq!(shown.trim_end(), drawn.trim_end(), "after {keys}");
            }
            for (y, x) in (0..40).flat_map(|y| (0..120).map(move |x| (y, x))) {
                let (cell, there) = (&reading.buffer[(x, y)], terminal.screen().cell(y, x));
                let there = there.unwrap();
                // Weight is not seen on a space.
                let blank = cell.symbol() == " ";
                let drawn = (
                    if blank { there.bold() } else { cell.modifier.contains(Modifier::BOLD) },
                    cell.modifier.contains(Modifier::REVERSED),
                    cell.modifier.contains(Modifier::UNDERLINED),
                );
                if !there.is_wide_continuation() {
                    let shown = (there.bold(), there.inverse(), there.underline());
                    assert_eq!(shown, drawn, "at {x},{y} after {keys}");
                }
            }
        }
    }

    #[test]
    fn a_full_chinese_screen_takes_two_fifths_of_what_a_move_after_each_character_takes() {
        let (screen, empty) = (full(), Buffer::empty(Rect::new(0, 0, 120, 40)));
        let own = bytes(&empty, &screen).len();
        let mut other = Vec::new();
        CrosstermBackend::new(&mut other).draw(empty.diff(&screen).into_iter()).unwrap();
        // 6.7 KB where ratatui sends 16.1.
        assert!(own * 100 <= other.len() * 42, "{own} of {} bytes", other.len());
    }

    #[test]
    fn styles_change_in_one_sequence() {
        let plain = Drawn::default();
        let bold = Drawn { modifier: Modifier::BOLD, fg: Color::Red, ..plain };
        assert_eq!(plain.change_to(bold), "\x1b[1;31m");
        assert_eq!(bold.change_to(plain), "\x1b[0m");
        let lined = Drawn { modifier: Modifier::UNDERLINED, bg: Color::Indexed(8), ..plain };
        assert_eq!(bold.change_to(lined), "\x1b[0;4;48;5;8m");
        let other = Drawn { fg: Color::Rgb(1, 2, 3), bg: Color::White, ..bold };
        assert_eq!(bold.change_to(other), "\x1b[38;2;1;2;3;107m");
    }
}
