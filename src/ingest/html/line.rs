//! The spaces of a line: a run of them is one, a source newline between two Han characters is
//! nothing, and the line's ends have none. An ideographic space inside a line is the author's
//! (韩　震) and stays; one after a newline indents a new paragraph.

use crate::ingest::page::Align;
use crate::text::{has_sign, is_han};

/// A line in the making.
#[derive(Debug, Default)]
pub(super) struct LineBuilder {
    text: String,
    blank: Blank,
    /// Characters that are set in bold, those in links, and all that are not blank.
    bold: usize,
    linked: usize,
    inked: usize,
    /// Set by an element around any of its text.
    pub align: Align,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Blank {
    #[default]
    None,
    Space,
    Newline,
}

/// How a text is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Ink {
    pub(super) bold: bool,
    pub(super) linked: bool,
}

impl LineBuilder {
    /// Adds text as it is in the source.
    pub(super) fn push(&mut self, text: &str, ink: Ink) {
        let mut rest = text;
        loop {
            let (run, behind) = rest.split_at_checked(run_length(rest)).unwrap_or((rest, ""));
            self.push_run(run, ink);
            let mut chars = behind.chars();
            match chars.next() {
                Some('\n' | '\r') => self.blank = Blank::Newline,
                Some(_) => self.blank = self.blank.max(Blank::Space),
                None => return,
            }
            rest = chars.as_str();
        }
    }

    fn push_run(&mut self, run: &str, ink: Ink) {
        let Some(first) = run.chars().next() else { return };
        self.put_blank(first);
        self.text.push_str(run);
        // Most are in front of a paragraph.
        let run = run.trim_start_matches('\u{3000}');
        let blanks = match has_sign(run, '\u{3000}') {
            true => run.matches('\u{3000}').count(),
            false => 0,
        };
        let inked = run.chars().count() - blanks;
        self.inked += inked;
        self.bold += if ink.bold { inked } else { 0 };
        self.linked += if ink.linked { inked } else { 0 };
    }

    /// Puts the space that was held back until it is known what follows it.
    fn put_blank(&mut self, next: char) {
        let blank = std::mem::take(&mut self.blank);
        let Some(last) = self.text.chars().next_back().filter(|last| *last != ' ') else { return };
        let joins = blank == Blank::Newline && is_wide(last) && is_wide(next);
        if blank != Blank::None && !joins {
            self.text.push(' ');
        }
    }

    /// Of its characters those in links, in percent.
    pub(super) fn linked(&self) -> u8 {
        (self.linked * 100).checked_div(self.inked).unwrap_or_default() as u8
    }

    /// The bytes it has so far.
    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    /// Its text from byte `start` on.
    pub(super) fn from(&self, start: usize) -> &str {
        self.text.get(start..).unwrap_or_default().trim()
    }

    /// Ends a cell of a row; the first cells may be empty.
    pub(super) fn end_cell(&mut self, between: &str) {
        self.blank = Blank::None;
        let cell = self.text.strip_suffix(' ').map_or(self.text.len(), str::len);
        self.text.truncate(cell);
        self.text.push_str(between);
    }

    /// True where the line has nothing to show yet.
    pub(super) fn is_empty(&self) -> bool {
        self.inked == 0
    }

    /// True where all of it is set in bold.
    pub(super) fn is_bold(&self) -> bool {
        self.inked > 0 && self.bold == self.inked
    }

    /// The finished line; a new one begins.
    pub(super) fn take(&mut self) -> String {
        let line = std::mem::take(self);
        if line.inked == 0 {
            return String::new();
        }
        let text = line.text;
        let inner = text.trim_matches(|c: char| c.is_whitespace() || c == '│');
        if inner.len() == text.len() { text } else { inner.to_owned() }
    }
}

/// Bytes of `text` before its first blank.
fn run_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let is_blank = |(at, byte): (usize, &u8)| match byte {
        b'\n' | b'\r' | b' ' | b'\t' | 0x0C => true,
        // U+00A0.
        0xC2 => bytes.get(at + 1) == Some(&0xA0),
        _ => false,
    };
    bytes.iter().enumerate().position(is_blank).unwrap_or(bytes.len())
}

impl Blank {
    fn max(self, other: Self) -> Self {
        if self == Self::Newline { self } else { other }
    }
}

/// Characters between which a newline of the source is nothing: Han and its punctuation.
fn is_wide(c: char) -> bool {
    is_han(c)
        || matches!(c, '\u{3000}'..='\u{303F}' | '\u{FF01}'..='\u{FF5E}' | '“' | '”' | '‘' | '’'
            | '—' | '…' | '·' | '\u{3040}'..='\u{30FF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_are_set_as_chinese_and_latin_want_them() {
        let cases = [
            ("　　标准\n化", "标准化"),
            ("open\n source", "open source"),
            ("1、  加强", "1、 加强"),
            ("韩　震", "韩　震"),
            ("至2019年\n1月", "至2019年 1月"),
            ("\n \t", ""),
            ("甲\u{A0}\u{A0}乙 ", "甲 乙"),
        ];
        for (raw, shown) in cases {
            let mut line = LineBuilder::default();
            line.push(raw, Ink::default());
            assert_eq!(line.take(), shown, "{raw:?}");
        }
    }
}
