//! Character references as nearly all pages write them. What is written otherwise is left to
//! html5ever's tokeniser, which knows the other two thousand names and how they may be cut short.

use memchr::memchr;

/// Names that pages use, with what they stand for.
const NAMED: [(&str, char); 20] = [
    ("nbsp", '\u{A0}'),
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("mdash", '—'),
    ("ndash", '–'),
    ("hellip", '…'),
    ("middot", '·'),
    ("emsp", '\u{2003}'),
    ("ensp", '\u{2002}'),
    ("copy", '©'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("bull", '•'),
    ("times", '×'),
];

/// `text` with what its references stand for; `None` where one is not written in the usual way.
/// Behind `text` stands a tag.
pub(super) fn resolved(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr(b'&', rest.as_bytes()) {
        let (before, reference) = rest.split_at_checked(at)?;
        out.push_str(before);
        let (c, length) = first(reference.get(1..)?)?;
        out.push(c);
        rest = reference.get(1 + length..)?;
    }
    out.push_str(rest);
    Some(out)
}

/// What the `&` before `behind` stands for, and the bytes behind it that belong to it.
fn first(behind: &str) -> Option<(char, usize)> {
    if !behind.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '#') {
        return Some(('&', 0));
    }
    let length = behind.bytes().take(LONGEST).position(|b| b == b';')?;
    let name = behind.get(..length)?;
    let c = match name.strip_prefix('#') {
        Some(number) => numbered(number)?,
        None => NAMED.iter().find(|(known, _)| *known == name)?.1,
    };
    Some((c, length + 1))
}

/// Bytes of the longest reference that is read here.
const LONGEST: usize = 9;

/// The character of this number; `None` for controls, which the standard reads as something else,
/// and for what is no character.
fn numbered(number: &str) -> Option<char> {
    let (digits, radix) = match number.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16),
        None => (number, 10),
    };
    let is_number = !digits.is_empty() && digits.chars().all(|c| c.is_digit(radix));
    let code = u32::from_str_radix(digits, radix).ok().filter(|_| is_number)?;
    char::from_u32(code).filter(|c| matches!(c, ' '..='~' | '\u{A0}'..='\u{FDCF}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_references_are_read_and_others_are_left() {
        let cases = [
            ("甲&nbsp;乙&amp;&lt;", Some("甲\u{A0}乙&<")),
            ("&#30002;&#x4E59;&#XA0;", Some("甲乙\u{A0}")),
            ("甲 & 乙&", Some("甲 & 乙&")),
            ("&nbsp", None),
            ("&nbspx;", None),
            ("&#0;", None),
            ("&#x80;", None),
            ("&#xD800;", None),
            ("&#;", None),
            ("&#+5;", None),
            ("&notin;", None),
        ];
        for (text, expected) in cases {
            assert_eq!(resolved(text).as_deref(), expected, "{text}");
        }
    }
}
