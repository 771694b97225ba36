//! What of a foreign text may reach a terminal: printable characters. Escape sequences are taken
//! out whole, control characters, bidi overrides, tag and private-use characters one by one; a tab
//! becomes a blank. What is left is what the author wanted to be read.

use std::borrow::Cow;

/// True for a character that has no glyph of its own and carries no meaning for Chinese text:
/// zero-width characters, the soft hyphen, variation selectors, byte order marks.
pub fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}' | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}' | '\u{180E}' | '\u{034F}' | '\u{061C}')
}

/// True for a character that must never reach a terminal from a document.
fn is_harmful(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
            | '\u{FEFF}' | '\u{061C}' | '\u{2028}' | '\u{2029}'
            | '\u{E000}'..='\u{F8FF}' | '\u{FFF0}'..='\u{FFFB}' | '\u{FFFE}'..='\u{FFFF}'
            | '\u{E0000}'..='\u{10FFFF}')
}

/// `text` without what must not reach a terminal. Newlines go too: a text of several lines is
/// sanitised line by line.
pub fn sanitize(text: &str) -> Cow<'_, str> {
    if !may_be_harmful(text) || !text.chars().any(is_harmful) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
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
            _ => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// False where no character of `text` is harmful, told by the first bytes of its characters: whole
/// libraries pass here, and nearly no line of them has any.
fn may_be_harmful(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.iter().enumerate().any(|(at, byte)| {
        let next = |n: usize| bytes.get(at + n).copied().unwrap_or_default();
        match byte {
            0..=0x1F | 0x7F | 0xEE | 0xF3 | 0xF4 => true,
            0xC2 => next(1) < 0xA0,
            0xD8 => next(1) == 0x9C,
            0xE2 => matches!((next(1), next(2)), (0x80, 0x8B..=0x8F | 0xA8..=0xAE) | (0x81, _)),
            0xEF => matches!((next(1), next(2)), (0x80..=0xA3 | 0xBB, _) | (0xBF, 0xB0..)),
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
        ];
        for (raw, clean) in cases {
            assert_eq!(sanitize(raw), clean, "{raw:?}");
        }
    }

    #[test]
    fn every_harmful_character_is_told_by_its_first_bytes() {
        let all = ('\0'..=char::MAX).filter(|c| is_harmful(*c));
        for c in all {
            assert!(may_be_harmful(c.encode_utf8(&mut [0; 4])), "{c:?}");
        }
    }

    proptest! {
        #[test]
        fn nothing_harmful_is_left_and_clean_text_is_untouched(raw in any::<String>()) {
            let clean = sanitize(&raw).into_owned();
            prop_assert!(!clean.chars().any(is_harmful));
            prop_assert_eq!(sanitize(&clean), clean.as_str());
            prop_assert!(may_be_harmful(&raw) || !raw.chars().any(is_harmful));
        }
    }
}
