//! How deep HTML nests, counted over its tags without building anything: linear whatever it is.

use memchr::{memchr, memmem};

/// The deepest nesting of `source`. Elements that their own kind ends (`<p>`, `<li>`, cells) do not
/// count, nor do scripts and comments.
pub(super) fn of(source: &str) -> usize {
    let bytes = source.as_bytes();
    let (mut at, mut depth, mut deepest) = (0usize, 0usize, 0usize);
    while let Some(rest) = bytes.get(at..) {
        let Some(open) = memchr(b'<', rest) else { break };
        let tag = rest.get(open + 1..).unwrap_or_default();
        at += open + 1 + skipped(tag);
        match tag.first() {
            Some(b'/') if counts(name(tag.get(1..).unwrap_or_default())) => {
                depth = depth.saturating_sub(1);
            }
            Some(first) if first.is_ascii_alphabetic() && counts(name(tag)) => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            _ => {}
        }
    }
    deepest
}

/// Bytes of the longest name that is told from others.
const LONGEST: usize = 8;

fn name(tag: &[u8]) -> &[u8] {
    let end = tag.iter().take(LONGEST).position(|b| !b.is_ascii_alphanumeric());
    tag.get(..end.unwrap_or(tag.len().min(LONGEST))).unwrap_or_default()
}

fn counts(name: &[u8]) -> bool {
    let mut lower = [0; LONGEST];
    for (to, from) in lower.iter_mut().zip(name) {
        *to = from.to_ascii_lowercase();
    }
    let flat = matches!(
        lower.get(..name.len()).unwrap_or_default(),
        b"p" | b"li"
            | b"dt"
            | b"dd"
            | b"tr"
            | b"td"
            | b"th"
            | b"tbody"
            | b"thead"
            | b"option"
            | b"br"
            | b"img"
            | b"hr"
            | b"meta"
            | b"link"
            | b"input"
            | b"base"
            | b"area"
            | b"col"
            | b"embed"
            | b"param"
            | b"source"
            | b"wbr"
            | b"rt"
    );
    !name.is_empty() && !flat
}

/// Bytes of a comment or script behind its `<`, which hold no tags.
fn skipped(tag: &[u8]) -> usize {
    let until = |end: &[u8]| memmem::find(tag, end).unwrap_or(tag.len());
    match () {
        () if tag.starts_with(b"!--") => until(b"-->"),
        () if name(tag).eq_ignore_ascii_case(b"script") => until(b"</"),
        () => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_encloses_counts() {
        let cases = [
            ("<div><div><p>甲<p>乙</div></div>", 2),
            ("<ul><li>甲<li>乙<li>丙</ul>", 1),
            ("<!-- <div><div><div> --><b>甲</b>", 1),
            ("<script>'<div><div>'</script>", 1),
            ("甲<乙", 0),
            ("", 0),
        ];
        for (source, depth) in cases {
            assert_eq!(of(source), depth, "{source}");
        }
        assert_eq!(of(&"<div>".repeat(1000)), 1000);
    }
}
