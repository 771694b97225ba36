//! What Chinese text needs, whatever document it is in: spans, folding, width, wrapping,
//! words, readings, scripts and place names. Nothing here knows a document or a terminal.

pub mod columns;
pub mod fold;
pub mod markup;
pub mod pinyin;
pub mod region;
pub mod sanitize;
pub mod script;
pub mod segment;
pub mod sentences;
pub mod strait;
pub mod web_address;
pub mod width;
pub mod wrap;

use serde::{Deserialize, Serialize};

/// A half-open range of Unicode characters (not bytes, not cells) in one text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// The first character of the span.
    pub start: u32,
    /// The character after its last one.
    pub end: u32,
}

impl Span {
    /// The span of the characters from `start` up to, not including, `end`.
    pub fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// Characters in the span.
    pub fn len(self) -> usize {
        self.end.saturating_sub(self.start) as usize
    }

    /// True where the span holds no character.
    pub fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// True where the two spans share a character.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The part of `text` that the span covers; what lies after the end of `text` is left out.
    pub fn of(self, text: &str) -> &str {
        let start = byte_of_char(text, self.start as usize);
        let tail = text.get(start..).unwrap_or_default();
        let end = byte_of_char(tail, self.len());
        tail.get(..end).unwrap_or_default()
    }
}

/// The byte at which character number `chars` of `text` begins; its length where there are fewer.
pub fn byte_of_char(text: &str, chars: usize) -> usize {
    let starts = |b: &u8| (*b as i8) >= -0x40;
    let (mut at, mut left) = (0, chars);
    // Whole pieces are counted many bytes at a time, first large ones and then small ones.
    for size in [1024, 32] {
        for piece in text.as_bytes().get(at..).unwrap_or_default().chunks_exact(size) {
            let count = piece.iter().filter(|b| starts(b)).count();
            if count > left {
                break;
            }
            (at, left) = (at + size, left - count);
        }
    }
    let rest = text.as_bytes().get(at..).unwrap_or_default();
    let found = rest.iter().enumerate().filter(|(_, b)| starts(b)).nth(left);
    found.map_or(text.len(), |(byte, _)| at + byte)
}

/// True where `text` has more than `limit` characters. For most texts the bytes decide, of which
/// a character has one to four.
pub fn is_longer(text: &str, limit: usize) -> bool {
    let bytes = text.len();
    bytes > limit && (bytes > 4 * limit || text.chars().count() > limit)
}

/// True where `text` has a mark that ends a sentence or a part of one, 。 or ；: what has one is
/// prose. Asked of every line, and so without a branch for each byte.
pub fn has_stop(text: &str) -> bool {
    has_bytes(text, "。".as_bytes()) || has_bytes(text, "；".as_bytes())
}

/// True where `text` has `sign`. Without a branch for each byte, and quicker on a line than any
/// search that is made ready first.
#[inline]
pub(crate) fn has_sign(text: &str, sign: char) -> bool {
    has_bytes(text, sign.encode_utf8(&mut [0; 4]).as_bytes())
}

#[inline]
fn has_bytes(text: &str, sign: &[u8]) -> bool {
    let bytes = text.as_bytes();
    let [a, b, c] = match *sign {
        [a, b, c] => [a, b, c],
        _ => return memchr::memmem::find(bytes, sign).is_some(),
    };
    let (_, second) = bytes.split_at(1.min(bytes.len()));
    let (_, third) = bytes.split_at(2.min(bytes.len()));
    let each = bytes.iter().zip(second).zip(third);
    each.fold(0, |found, ((x, y), z)| found | u8::from((*x == a) & (*y == b) & (*z == c))) != 0
}

/// The lines of `text`, as [`str::lines`] gives them, found with the vectors of the processor: a
/// paragraph is long, and every one of a library is looked for several times.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end = memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
        let (line, behind) = rest.split_at_checked(end)?;
        rest = behind.get(1..).unwrap_or_default();
        let ends_crlf = !behind.is_empty() && line.ends_with('\r');
        Some(if ends_crlf { line.get(..end - 1)? } else { line })
    })
}

/// Cuts spans out of one text, each quickly where they come in order.
#[derive(Debug, Clone)]
pub struct SpanCutter<'t> {
    text: &'t str,
    byte: usize,
    chars: u32,
}

impl<'t> SpanCutter<'t> {
    /// A cutter that is before the first character of `text`.
    pub fn new(text: &'t str) -> Self {
        Self { text, byte: 0, chars: 0 }
    }

    /// What [`Span::of`] gives. A span before the last one starts the count again.
    pub fn cut(&mut self, span: Span) -> &'t str {
        if span.start < self.chars {
            *self = Self::new(self.text);
        }
        let tail = self.text.get(self.byte..).unwrap_or_default();
        self.byte += byte_of_char(tail, (span.start - self.chars) as usize);
        self.chars = span.start;
        let tail = self.text.get(self.byte..).unwrap_or_default();
        tail.get(..byte_of_char(tail, span.len())).unwrap_or_default()
    }

    /// The byte at which the last span begins.
    pub fn byte(&self) -> usize {
        self.byte
    }

    /// What [`SpanCutter::cut`] gives between at most `chars` characters of what is before and
    /// after it.
    pub fn cut_around(&mut self, span: Span, chars: u32) -> [&'t str; 3] {
        let cut = self.cut(span);
        let (head, tail) = self.text.split_at_checked(self.byte).unwrap_or_default();
        let from = chars.checked_sub(1).map(|last| head.char_indices().rev().nth(last as usize));
        let before = match from {
            Some(Some((byte, _))) => head.get(byte..).unwrap_or_default(),
            Some(None) => head,
            None => "",
        };
        let behind = tail.get(cut.len()..).unwrap_or_default();
        [before, cut, behind.get(..byte_of_char(behind, chars as usize)).unwrap_or_default()]
    }
}

/// Turns rising byte offsets of one text into character offsets, each step costing only the bytes
/// since the last one.
#[derive(Debug, Clone)]
pub struct CharCounter<'t> {
    text: &'t str,
    byte: usize,
    chars: u32,
}

impl<'t> CharCounter<'t> {
    /// A counter that is before the first character of `text`.
    pub fn new(text: &'t str) -> Self {
        Self { text, byte: 0, chars: 0 }
    }

    /// The number of characters before `byte`. An offset before the last one asked for starts the
    /// count again; one inside a character counts that character.
    pub fn chars_before(&mut self, byte: usize) -> u32 {
        if byte < self.byte {
            *self = Self::new(self.text);
        }
        let bytes = self.text.as_bytes();
        let stop = byte.min(bytes.len());
        // Every byte that does not continue a character starts one.
        let passed = bytes.get(self.byte..stop).unwrap_or_default();
        self.chars += passed.iter().filter(|b| (**b as i8) >= -0x40).count() as u32;
        self.byte = stop;
        self.chars
    }
}

/// True for the characters of Chinese words: ideographs of every block, 〇 and 々.
#[inline]
pub fn is_han(c: char) -> bool {
    // Nearly all are in one block, and nearly all that is asked is one of them.
    matches!(c, '\u{4E00}'..='\u{9FFF}')
        || matches!(c,
            '\u{3400}'..='\u{4DBF}' | '\u{F900}'..='\u{FAFF}' | '\u{2E80}'..='\u{2FDF}'
            | '\u{20000}'..='\u{323AF}' | '〇' | '々')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_cuts_characters_and_stops_at_the_end() {
        assert_eq!(Span::new(1, 3).of("甲乙丙丁"), "乙丙");
        assert_eq!(Span::new(2, 9).of("甲乙丙"), "丙");
        assert_eq!(Span::new(7, 9).of("甲乙丙"), "");
        assert_eq!(Span::new(1, 3).of("abc"), "bc");
        let long = "a甲".repeat(1000);
        for at in [0, 1, 511, 512, 1023, 1999] {
            let place = long.char_indices().nth(at).map(|(byte, _)| byte);
            assert_eq!(Some(byte_of_char(&long, at)), place, "{at}");
        }
        assert_eq!(byte_of_char(&long, 2000), long.len());
    }

    #[test]
    fn length_is_told_by_bytes_or_by_counting() {
        for text in ["", "a", "abcd", "甲乙", "甲乙丙丁", "𠀀𠀀", "a甲𠀀é"] {
            for limit in 0..6 {
                assert_eq!(is_longer(text, limit), text.chars().nth(limit).is_some(), "{text}");
            }
        }
    }

    #[test]
    fn stops_are_found_wherever_they_stand() {
        for text in ["", "a", "。", "；甲", "甲，乙、丙", "甲。", "丙丁；", "!", "：，"]
        {
            assert_eq!(has_stop(text), text.contains(['。', '；']), "{text}");
            for sign in ['。', 'a', '，', '甲'] {
                assert_eq!(has_sign(text, sign), text.contains(sign), "{text}");
            }
        }
    }

    #[test]
    fn lines_are_those_of_the_standard_library() {
        for text in ["", "\n", "甲", "甲\n", "甲\r\n\r\n乙\r", "\n\n甲\r乙\n丙"] {
            assert_eq!(
                lines(text).collect::<Vec<_>>(),
                text.lines().collect::<Vec<_>>(),
                "{text:?}"
            );
        }
    }

    #[test]
    fn a_cutter_cuts_in_any_order() {
        let text = "甲乙a丙丁";
        let mut cutter = SpanCutter::new(text);
        for (start, end) in [(1, 3), (1, 2), (3, 5), (0, 1), (4, 9), (8, 9)] {
            let span = Span::new(start, end);
            assert_eq!(cutter.cut(span), span.of(text), "{start}..{end}");
        }
    }

    #[test]
    fn a_counter_counts_on_and_starts_again_when_asked_for_less() {
        let text = "a人工b智能";
        let mut counter = CharCounter::new(text);
        assert_eq!(counter.chars_before(4), 2);
        assert_eq!(counter.chars_before(text.len()), 6);
        assert_eq!(counter.chars_before(1), 1);
    }
}
