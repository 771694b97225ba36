//! Rows of a page: glyphs that share a line, in reading order. A page whose lines keep clear of a
//! gutter is read column by column; lines across the gutter part it into bands.

use super::{Glyph, GlyphCell, GlyphRow, is_wide};

/// The rows of `glyphs`, the characters of page `page`.
pub(super) fn of(mut glyphs: Vec<Glyph>, page: u32) -> Vec<GlyphRow> {
    glyphs.retain(|glyph| {
        let all = [glyph.x, glyph.y, glyph.width, glyph.size];
        all.iter().all(|value| value.is_finite()) && glyph.size > 0.0
    });
    let lines = lines(glyphs);
    let gutter = gutter(&lines);
    let cut = |line: Vec<Glyph>| segments(line, gutter);
    let mut segments: Vec<Segment> = lines.into_iter().flat_map(cut).collect();
    let Some(gutter) = gutter.filter(|gutter| parts_columns(&segments, *gutter)) else {
        return rows(segments, page, 0);
    };
    segments.sort_by(|a, b| a.y.total_cmp(&b.y));
    let (mut all, mut left, mut right) = (Vec::new(), Vec::new(), Vec::new());
    for segment in segments {
        match () {
            () if segment.right <= gutter => left.push(segment),
            () if segment.left >= gutter => right.push(segment),
            () => {
                all.append(&mut rows(std::mem::take(&mut left), page, 1));
                all.append(&mut rows(std::mem::take(&mut right), page, 2));
                all.append(&mut rows(vec![segment], page, 0));
            }
        }
    }
    all.append(&mut rows(left, page, 1));
    all.append(&mut rows(right, page, 2));
    all
}

/// Glyphs of one base line without a wide gap between them.
#[derive(Debug)]
struct Segment {
    text: String,
    left: f32,
    right: f32,
    y: f32,
    size: f32,
}

/// Glyphs grouped to lines from the top, each sorted from the left.
fn lines(mut glyphs: Vec<Glyph>) -> Vec<Vec<Glyph>> {
    glyphs.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut lines: Vec<Vec<Glyph>> = Vec::new();
    let mut base = (0.0f32, 0.0f32);
    for glyph in glyphs {
        let near = SAME_LINE * glyph.size.min(base.1);
        match lines.last_mut().filter(|_| (glyph.y - base.0).abs() <= near) {
            Some(line) => line.push(glyph),
            None => {
                base = (glyph.y, glyph.size);
                lines.push(vec![glyph]);
            }
        }
    }
    for line in &mut lines {
        line.sort_by(|a, b| a.x.total_cmp(&b.x));
        line.dedup_by(|b, a| a.c == b.c && (a.x - b.x).abs() < DRAWN_TWICE * a.size);
    }
    lines
}

/// Distance of base lines, in sizes, within which glyphs are on one line.
const SAME_LINE: f32 = 0.35;
/// Distance, in sizes, within which a glyph is the same one drawn twice, for bold or shadow.
const DRAWN_TWICE: f32 = 0.3;
/// Gap, in sizes, that parts cells.
const CELL_GAP: f32 = 1.0;
/// Gap, in sizes, that is a space between Latin words.
const WORD_GAP: f32 = 0.18;

fn segments(line: Vec<Glyph>, gutter: Option<f32>) -> Vec<Segment> {
    let mut segments: Vec<Segment> = Vec::new();
    for glyph in line {
        let crosses = |last: &Segment| gutter.is_some_and(|x| last.right <= x && glyph.x >= x);
        let end = glyph.x + glyph.width.max(0.0);
        let is_blank = glyph.c.is_whitespace();
        let gap = segments.last().map(|last| (glyph.x - last.right) / glyph.size.max(last.size));
        match segments.last_mut() {
            Some(last) if gap.is_some_and(|gap| gap < CELL_GAP) && !crosses(last) => {
                let before = last.text.chars().next_back().unwrap_or(' ');
                let parts = gap.is_some_and(|gap| gap > WORD_GAP) && parts_words(before, glyph.c);
                if (is_blank || parts) && !before.is_whitespace() {
                    last.text.push(' ');
                }
                if !is_blank {
                    last.text.push(glyph.c);
                    // A blank at the end does not make a line longer.
                    last.right = last.right.max(end);
                    last.size = last.size.max(glyph.size);
                } else if glyph.width < CELL_GAP * glyph.size {
                    last.right = last.right.max(end);
                }
            }
            _ if is_blank => {}
            _ => segments.push(Segment {
                text: glyph.c.to_string(),
                left: glyph.x,
                right: end,
                y: glyph.y,
                size: glyph.size,
            }),
        }
    }
    for segment in &mut segments {
        segment.text.truncate(segment.text.trim_end().len());
    }
    segments
}

/// True where a gap between two characters is a space: between Latin words, not between digits, whose
/// gaps come from justified lines.
fn parts_words(before: char, after: char) -> bool {
    let digits = before.is_ascii_digit() && after.is_ascii_digit();
    let marks = |c: char| c.is_ascii_punctuation() && c != '(' && c != ')';
    !digits && !is_wide(before) && !is_wide(after) && !marks(after) && !before.is_whitespace()
}

/// Segments on either side that make columns.
const COLUMN_LINES: usize = 8;
/// Share of lines that may cross the gutter.
const CROSSING: f32 = 0.25;
/// Width of a gutter, in sizes, at least.
const GUTTER: f32 = 0.6;

/// The middle of what may be the gutter between two columns: a strip that few lines reach into.
fn gutter(lines: &[Vec<Glyph>]) -> Option<f32> {
    let glyphs = || lines.iter().flatten();
    let left = glyphs().map(|one| one.x).min_by(f32::total_cmp)?;
    let right = glyphs().map(|one| one.x + one.width).max_by(f32::total_cmp)?;
    let width = right - left;
    if lines.len() < COLUMN_LINES || width <= 0.0 {
        return None;
    }
    let at = |step: u32| left + width * (0.35 + 0.3 * step as f32 / STEPS as f32);
    let reaches = |x: f32| {
        let near = |one: &Glyph| {
            let half = GUTTER / 2.0 * one.size;
            one.x < x + half && one.x + one.width > x - half && !one.c.is_whitespace()
        };
        lines.iter().filter(|line| line.iter().any(near)).count()
    };
    let counts: Vec<(usize, f32)> = (0..=STEPS).map(|step| (reaches(at(step)), at(step))).collect();
    let least = counts.iter().map(|(count, _)| *count).min()?;
    if least as f32 > CROSSING * lines.len() as f32 {
        return None;
    }
    let clear: Vec<f32> =
        counts.iter().filter(|(count, _)| *count == least).map(|(_, x)| *x).collect();
    clear.get(clear.len() / 2).copied()
}

/// True where there is prose on both sides of `gutter`: lines most of which are full.
fn parts_columns(segments: &[Segment], gutter: f32) -> bool {
    let is_prose = |own: Vec<&Segment>| {
        let from = own.iter().map(|one| one.left).min_by(f32::total_cmp).unwrap_or(0.0);
        let to = own.iter().map(|one| one.right).max_by(f32::total_cmp).unwrap_or(0.0);
        let full = own.iter().filter(|one| one.right - one.left > FULL * (to - from)).count();
        own.len() >= COLUMN_LINES && full * 2 > own.len()
    };
    let on_left = segments.iter().filter(|one| one.right <= gutter).collect();
    let on_right = segments.iter().filter(|one| one.left >= gutter).collect();
    is_prose(on_left) && is_prose(on_right)
}

/// Places in the middle of a page at which a gutter is looked for.
const STEPS: u32 = 60;
/// Share of a column's width that a full line has at least.
const FULL: f32 = 0.75;

/// Rows of segments that overlap in height by more than half.
fn rows(mut segments: Vec<Segment>, page: u32, column: u8) -> Vec<GlyphRow> {
    segments.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut rows: Vec<GlyphRow> = Vec::new();
    for segment in segments {
        let cell = GlyphCell { text: segment.text, left: segment.left, right: segment.right };
        let joins = rows.last().is_some_and(|row| {
            let top = (segment.y - segment.size).max(row.y - row.size);
            let bottom = segment.y.min(row.y);
            let apart =
                row.cells.iter().all(|own| cell.left >= own.right || cell.right <= own.left);
            bottom - top > 0.5 * segment.size.min(row.size) && apart
        });
        match rows.last_mut().filter(|_| joins) {
            Some(row) => {
                if segment.size > row.size {
                    (row.size, row.y) = (segment.size, segment.y);
                }
                row.cells.push(cell);
            }
            None => rows.push(GlyphRow {
                cells: vec![cell],
                y: segment.y,
                size: segment.size,
                page,
                column,
                table: None,
            }),
        }
    }
    for row in &mut rows {
        row.cells.sort_by(|a, b| a.left.total_cmp(&b.left));
        row.cells = join_marks(std::mem::take(&mut row.cells), row.size);
    }
    rows
}

/// Cells that touch, as small marks set higher do, are one.
fn join_marks(cells: Vec<GlyphCell>, size: f32) -> Vec<GlyphCell> {
    let mut joined: Vec<GlyphCell> = Vec::new();
    for cell in cells {
        match joined.last_mut().filter(|last| cell.left - last.right < CELL_GAP * size) {
            Some(last) => {
                last.text.push_str(&cell.text);
                last.right = last.right.max(cell.right);
            }
            None => joined.push(cell),
        }
    }
    joined
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// `text` set from (`x`, `y`) in glyphs of `size`.
    pub(in crate::ingest::paged) fn set(text: &str, x: f32, y: f32, size: f32) -> Vec<Glyph> {
        let mut at = x;
        let mut glyphs = Vec::new();
        for c in text.chars() {
            let width = if c.is_ascii() { size / 2.0 } else { size };
            glyphs.push(Glyph { c, x: at, width, y, size });
            at += width;
        }
        glyphs
    }

    fn texts(rows: &[GlyphRow]) -> Vec<String> {
        rows.iter().map(GlyphRow::text).collect()
    }

    #[test]
    fn glyphs_of_a_line_are_a_row_and_doubled_ones_count_once() {
        let mut glyphs = set("到2027年", 10.0, 20.0, 16.0);
        glyphs.extend(set("到2027年", 10.4, 20.1, 16.0));
        glyphs.extend(set("first", 10.0, 60.0, 16.0));
        glyphs.extend(set("word", 54.0, 60.0, 16.0));
        glyphs.extend(set("1", 200.0, 36.0, 16.0));
        assert_eq!(texts(&of(glyphs, 0)), ["到2027年", "1", "first word"]);
    }

    #[test]
    fn two_columns_are_read_one_after_the_other() {
        let mut glyphs = set("横跨两栏的标题文字在上方横跨两栏的标题文字在上方", 50.0, 20.0, 10.0);
        for line in 0..10u8 {
            let y = 50.0 + f32::from(line) * 15.0;
            glyphs.extend(set("左栏的文字左栏的文字左栏的文", 10.0, y, 10.0));
            glyphs.extend(set("右栏的文字右栏的文字右栏的文", 180.0, y + 4.0, 10.0));
        }
        let rows = of(glyphs, 0);
        let columns: Vec<u8> = rows.iter().map(|row| row.column).collect();
        assert_eq!(
            (columns[0], columns[1], columns[10], columns[11], columns.len()),
            (0, 1, 1, 2, 21)
        );
    }
}
