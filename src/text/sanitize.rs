//! What of a foreign text may reach a terminal: printable characters. Escape sequences are taken
//! out whole, control characters, bidi overrides, tag and private-use characters one by one; a tab
//! becomes a blank, and of marks that take no cell of their own only a few stand on one character.
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

/// Marks without a cell of their own that may stand on one character. No writing in use needs more
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

/// False where no character of `text` is harmful or a mark, told by the first bytes of its
/// characters: whole libraries pass here, and nearly no line of them has any.
fn may_be_harmful(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.iter().enumerate().any(|(at, byte)| {
        let next = |n: usize| bytes.get(at + n).copied().unwrap_or_default();
        match byte {
            0..=0x1F | 0x7F | 0xCC..=0xCD | 0xD2..=0xE1 | 0xEA | 0xED | 0xEE | 0xF0..=0xF4 => true,
            0xC2 => next(1) < 0xA0 || next(1) == 0xAD,
            0xE2 => match (next(1), next(2)) {
                (0x80, third) => matches!(third, 0x8B..=0x8F | 0xA8..=0xAE),
                (0x81, third) => third >= 0xA0,
                (0x83, third) => third >= 0x90,
                (second, _) => matches!(second, 0xB3 | 0xB5 | 0xB7),
            },
            0xE3 => matches!(
                (next(1), next(2)),
                (0x80, 0xAA..=0xAF) | (0x82, 0x99..=0x9A) | (0x85, 0xA4)
            ),
            0xEF => matches!(
                (next(1), next(2)),
                (0x80..=0xA3 | 0xAC | 0xB8 | 0xBB, _) | (0xBE, 0x9E..=0xA0) | (0xBF, 0xB0..)
            ),
            _ => false,
        }
    })
}

type Chars<'t> = std::iter::Peekable<std::str::Chars<'t>>;

/// An escape sequence behind its ESC (ECMA-48): CSI, a string, or one final character.
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
            assert!(may_be_harmful(c.encode_utf8(&mut [0; 4])), "{c:?}");
        }
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
