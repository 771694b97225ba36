//! What of a foreign text may reach a terminal: printable characters. Escape sequences are taken
//! out whole, control characters, bidi overrides, tag and private-use characters one by one; a tab
//! becomes a space, and of marks that take no cell of their own only a few are on one character.
//! What is left is what the author wanted to be read.

use std::borrow::Cow;

use unicode_width::UnicodeWidthChar;

/// True for a character that has no glyph of its own and carries no meaning for Chinese text:
/// zero-width characters, the soft hyphen, variation selectors, byte order marks.
pub fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}' | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}' | '\u{180E}' | '\u{034F}' | '\u{061C}')
}

/// True for a character that must never reach a terminal from a document: it steers, reorders,
/// hides, has no agreed glyph, or takes no cell and means nothing (Unicode,
/// Default_Ignorable_Code_Point, but for variation selectors).
pub fn is_harmful(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
            | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{E000}'..='\u{F8FF}' | '\u{FEFF}'
            | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{FFFE}'..='\u{FFFF}'
            | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{10FFFF}')
}

/// Marks without a cell of their own that may be on one character. No writing in use needs more
/// than a few; a terminal may be brought down by thousands.
pub const MOST_MARKS: usize = 8;

/// True for a character that is drawn onto the one before it.
fn is_mark(c: char) -> bool {
    c.width() == Some(0)
}

/// `text` without what must not reach a terminal. Newlines go too: a text of several lines is
/// sanitised line by line.
pub fn sanitize(text: &str) -> Cow<'_, str> {
    if !may_be_harmful(text) || !text.chars().any(|c| is_harmful(c) || is_mark(c)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut marks = 0;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\x1B' => skip_escape(&mut chars),
            '\u{9B}' => skip_control_sequence(&mut chars),
            '\u{90}' | '\u{98}' | '\u{9D}'..='\u{9F}' => skip_string(&mut chars),
            '\t' | '\n' | '\r' | '\x0B' | '\x0C' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                out.push(' ');
            }
            _ if is_harmful(c) => {}
            _ if is_mark(c) => {
                marks += 1;
                if marks <= MOST_MARKS {
                    out.push(c);
                }
            }
            _ => {
                marks = 0;
                out.push(c);
            }
        }
    }
    Cow::Owned(out)
}

/// Bytes that are looked at together.
const BLOCK: usize = 64;

/// False where no character of `text` is harmful or a mark, by the bytes that characters begin
/// with: whole libraries pass here, and nearly no line of them has any.
fn may_be_harmful(text: &str) -> bool {
    let mut rest = text.as_bytes();
    while let Some(block) = rest.first_chunk::<{ BLOCK + 2 }>() {
        if is_unusual(block) && block_may_be_harmful(block) {
            return true;
        }
        rest = rest.get(BLOCK..).unwrap_or_default();
    }
    let ends = [rest, rest.get(BLOCK..).unwrap_or_default()];
    ends.into_iter().filter(|end| !end.is_empty()).any(|end| block_may_be_harmful(&padded(end)))
}

/// The head of `bytes`, with spaces after it where they are few.
fn padded(bytes: &[u8]) -> [u8; BLOCK + 2] {
    let mut block = [b' '; BLOCK + 2];
    block.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
    block
}

/// False for a block of Han, ASCII and the marks of Chinese texts, which nearly all are; a few
/// comparisons tell it.
fn is_unusual(block: &[u8; BLOCK + 2]) -> bool {
    let (_, second) = block.split_at(1);
    let (_, third) = block.split_at(2);
    let each = block.iter().zip(second).zip(third);
    let unusual = |first: u8, second: u8, third: u8| {
        let control = (first < 0x20) | (first == 0x7F);
        let foreign = (first >= 0xC0) & !within(first, 0xE2, 0xE9) & (first != 0xEF);
        let quote = within(third, 0x90, 0xA7) | (third < 0x8B);
        let general = (first == 0xE2) & !((second == 0x80) & quote);
        let mark = (first == 0xE3) & !((second == 0x80) & (third < 0xAA));
        let form = (first == 0xEF) & !within(second, 0xBC, 0xBD);
        control | foreign | general | mark | form
    };
    each.fold(0, |found, ((a, b), c)| found | u8::from(unusual(*a, *b, *c))) != 0
}

fn within(byte: u8, from: u8, to: u8) -> bool {
    byte.wrapping_sub(from) <= to - from
}

/// The same of the characters that begin in all but the last two bytes of `block`. Without a branch
/// inside, so that the compiler asks sixteen bytes at once.
fn block_may_be_harmful(block: &[u8; BLOCK + 2]) -> bool {
    let (_, second) = block.split_at(1);
    let (_, third) = block.split_at(2);
    let each = block.iter().zip(second).zip(third);
    each.fold(0, |found, ((a, b), c)| found | u8::from(begins_harmful(*a, *b, *c))) != 0
}

/// True where a character that begins with these bytes may be harmful or a mark.
fn begins_harmful(first: u8, second: u8, third: u8) -> bool {
    let plain = (first < 0x20)
        | (first == 0x7F)
        | within(first, 0xCC, 0xCD)
        | within(first, 0xD2, 0xE1)
        | (first == 0xEA)
        | within(first, 0xED, 0xEE)
        | (first >= 0xF0);
    let latin = (first == 0xC2) & ((second < 0xA0) | (second == 0xAD));
    let general = (first == 0xE2)
        & (((second == 0x80) & (within(third, 0x8B, 0x8F) | within(third, 0xA8, 0xAE)))
            | ((second == 0x81) & (third >= 0xA0))
            | ((second == 0x83) & (third >= 0x90))
            | (second == 0xB3)
            | (second == 0xB5)
            | (second == 0xB7));
    let marks = (first == 0xE3)
        & (((second == 0x80) & within(third, 0xAA, 0xAF))
            | ((second == 0x82) & within(third, 0x99, 0x9A))
            | ((second == 0x85) & (third == 0xA4)));
    let forms = (first == 0xEF)
        & (within(second, 0x80, 0xA3)
            | (second == 0xAC)
            | (second == 0xB8)
            | (second == 0xBB)
            | ((second == 0xBE) & within(third, 0x9E, 0xA0))
            | ((second == 0xBF) & (third >= 0xB0)));
    plain | latin | general | marks | forms
}

type Chars<'t> = std::iter::Peekable<std::str::Chars<'t>>;

/// An escape sequence after its ESC (ECMA-48): CSI, a string, or one final character.
fn skip_escape(chars: &mut Chars<'_>) {
    match chars.peek() {
        Some('[') => {
            chars.next();
            skip_control_sequence(chars);
        }
        Some(']' | 'P' | 'X' | '^' | '_') => {
            chars.next();
            skip_string(chars);
        }
        Some(' '..='/') => {
            while chars.next_if(|c| matches!(c, ' '..='/')).is_some() {}
            chars.next_if(|c| matches!(c, '0'..='~'));
        }
        Some('0'..='~') => {
            chars.next();
        }
        _ => {}
    }
}

fn skip_control_sequence(chars: &mut Chars<'_>) {
    while chars.next_if(|c| matches!(c, ' '..='?')).is_some() {}
    chars.next_if(|c| matches!(c, '@'..='~'));
}

/// Longest string argument that is believed: an unfinished one must not swallow the document.
const LONGEST_STRING: usize = 256;

/// A string argument up to its BEL or ST. Where none comes soon, only the opener was noise.
fn skip_string(chars: &mut Chars<'_>) {
    let ahead = chars.clone();
    let mut length = 0;
    for c in ahead.take(LONGEST_STRING) {
        length += 1;
        match c {
            '\x07' | '\u{9C}' => {
                chars.nth(length - 1);
                return;
            }
            '\x1B' => {
                chars.nth(length - 1);
                chars.next_if_eq(&'\\');
                return;
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn escape_sequences_vanish_whole_and_the_text_around_them_stays() {
        let cases = [
            ("甲\x1B[2J乙", "甲乙"),
            ("甲\x1B]0;x\x07乙", "甲乙"),
            ("甲\x1B]52;c;eA==\x1B\\乙", "甲乙"),
            ("甲\x1Bc乙", "甲乙"),
            ("甲\u{9B}31m乙", "甲乙"),
            ("第一条\t总则", "第一条 总则"),
            ("甲\u{85}乙\u{2028}丙\u{2029}丁\x0B戊\x0C己\r\n庚", "甲 乙 丙 丁 戊 己  庚"),
            ("右\u{202E}左\u{2066}", "右左"),
            ("甲\x1B]未完", "甲未完"),
            ("甲\x1B", "甲"),
            ("標\u{E0101}識\u{AD}", "標識"),
            ("e\u{301}tat", "e\u{301}tat"),
        ];
        for (raw, clean) in cases {
            assert_eq!(sanitize(raw), clean, "{raw:?}");
        }
    }

    #[test]
    fn marks_heap_up_only_a_little() {
        for mark in ['\u{301}', '\u{FE0F}', '\u{20DD}'] {
            let heap: String = std::iter::once('甲').chain([mark; 5000]).chain(['乙']).collect();
            assert_eq!(sanitize(&heap).chars().count(), MOST_MARKS + 2, "{mark:?}");
        }
        assert_eq!(sanitize("ก\u{E35}\u{E49}"), "ก\u{E35}\u{E49}");
    }

    #[test]
    fn every_harmful_character_is_told_by_its_first_bytes() {
        let all = ('\0'..=char::MAX).filter(|c| is_harmful(*c) || is_mark(*c));
        for c in all {
            let text = c.to_string();
            assert!(may_be_harmful(&text), "{c:?}");
            assert!(is_unusual(&padded(text.as_bytes())), "{c:?}");
        }
        for (c, before) in
            ['\u{1B}', '\u{85}', '\u{2028}'].iter().flat_map(|c| (0..200).map(move |n| (c, n)))
        {
            assert!(may_be_harmful(&format!("{}{c}", "a".repeat(before))), "{c:?} behind {before}");
        }
    }

    #[test]
    fn marks_are_counted_for_each_character_anew() {
        let text = "e\u{301}".repeat(9);
        assert_eq!(sanitize(&text), text);
        let heaped = format!("e{}a\u{301}", "\u{301}".repeat(MOST_MARKS + 3));
        assert_eq!(sanitize(&heaped), format!("e{}a\u{301}", "\u{301}".repeat(MOST_MARKS)));
    }

    proptest! {
        #[test]
        fn nothing_harmful_is_left_and_clean_text_is_untouched(raw in "(\\PC|[\u{1b}\u{9b}\u{7}\\[\\];0-9a-z甲\u{301}\u{FE0F}\u{202E}\n\t])*") {
            let clean = sanitize(&raw).into_owned();
            prop_assert!(!clean.chars().any(is_harmful));
            prop_assert_eq!(sanitize(&clean), clean.as_str());
            let marks: Vec<bool> = clean.chars().map(is_mark).collect();
            prop_assert!(!marks.windows(MOST_MARKS + 1).any(|run| run.iter().all(|mark| *mark)));
            prop_assert!(may_be_harmful(&raw) || !raw.chars().any(is_harmful));
        }
    }
}
