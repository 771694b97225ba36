//! Plain text into pieces: a paragraph a line.

use super::page::Piece;

/// The pieces of `text` in reading order.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    text.lines().map(bare).filter(|line| !line.is_empty()).map(Piece::text).collect()
}

/// A line without blanks at its ends, and with one where it had several.
fn bare(line: &str) -> String {
    let line = line.trim();
    if !line.contains("  ") && !line.contains(['\t', '\u{A0}']) {
        return line.to_owned();
    }
    let mut out = String::with_capacity(line.len());
    for c in line.chars() {
        let blank = matches!(c, ' ' | '\t' | '\u{A0}');
        if !blank {
            out.push(c);
        } else if !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out
}
