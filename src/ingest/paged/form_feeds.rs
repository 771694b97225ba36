//! Text taken from printed pages, as pdftotext does: a form feed ends a page, a line is a
//! row, and its spaces say where it begins.

use super::{GlyphCell, GlyphRow, Joiner};
use crate::ingest::page::RawBlock;

/// True for text with page ends, of lines that are not paragraphs.
pub(in crate::ingest) fn is_paged(text: &str) -> bool {
    let feeds = memchr::memchr_iter(b'\x0C', text.as_bytes()).count();
    feeds > 0 && memchr::memchr_iter(b'\n', text.as_bytes()).count() > 4 * feeds
}

/// The pieces of such a text.
pub(in crate::ingest) fn pieces(text: &str) -> Vec<RawBlock> {
    let mut joiner = Joiner::default();
    for (page, lines) in text.split('\x0C').filter(|page| !page.trim().is_empty()).enumerate() {
        let count = lines.lines().count();
        joiner.heights.push(count as f32 * PITCH);
        for (line, text) in lines.lines().enumerate() {
            let y = (line + 1) as f32 * PITCH;
            joiner.rows.extend(row(text, page as u32, y));
        }
    }
    joiner.finish()
}

/// Height of a line, of which a Han character is as wide as it is high.
const PITCH: f32 = 1.5;

/// The row of a line; its lengths are in widths of a Han character.
fn row(line: &str, page: u32, y: f32) -> Option<GlyphRow> {
    let mut cells: Vec<GlyphCell> = Vec::new();
    let mut at = 0.0;
    let mut blanks = 0;
    for c in line.chars() {
        let width = if is_narrow(c) { 0.5 } else { 1.0 };
        if c.is_whitespace() {
            blanks += 1;
            at += width;
            continue;
        }
        match cells.last_mut() {
            Some(cell) if at - cell.right < 2.0 => {
                if blanks > 0 {
                    cell.text.push(' ');
                }
                cell.text.push(c);
                cell.right = at + width;
            }
            _ => cells.push(GlyphCell { text: c.to_string(), left: at, right: at + width }),
        }
        blanks = 0;
        at += width;
    }
    let row = GlyphRow { cells, y, size: 1.0, page, column: 0, table: None };
    (!row.cells.is_empty()).then_some(row)
}

/// One cell; quotation marks, dashes and dots of Chinese text have two.
fn is_narrow(c: char) -> bool {
    c < '\u{2E80}' && !matches!(c, '“' | '”' | '‘' | '’' | '—' | '…' | '·' | '①'..='⑳')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_joined_and_their_numbers_removed() {
        let short = "推动标准化与科技创新互动发展提升产业标准化";
        let full = &format!("{short}水平");
        let page = |number: u8, end: &str| {
            format!("    {}\n{full}\n{full}\n{end}\n\n— {number} —\n\x0C", short)
        };
        let text = page(1, full) + &page(2, "化。") + &page(3, "化。");
        assert!(is_paged(&text));
        let pieces = pieces(&text);
        let kept: Vec<&str> = pieces
            .iter()
            .filter(|piece| piece.is_kept())
            .map(|piece| piece.text.as_str())
            .collect();
        assert_eq!(kept.len(), 3, "{kept:?}");
        assert!(kept[0].starts_with(short) && kept[0].ends_with(full));
        assert_eq!(pieces.len() - kept.len(), 3);
        assert!(!is_paged("第一行\n第二行\n"));
    }
}
