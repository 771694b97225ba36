//! Rows into paragraphs: a paragraph begins with an indent, after a short line, after a wider pitch,
//! in another size or setting; it goes on over the end of a column or page.

use std::collections::{HashMap, HashSet};

use super::{GlyphRow, usual};
use crate::document::{CELL, RemovalReason};
use crate::ingest::numbering::mark_of;
use crate::ingest::page::{Align, RawBlock, Shape, TableRow};
use crate::ingest::plain::join as join_lines;

/// The pieces of `rows`, those of `furniture` removed; `tables` counts the tables among the rows.
pub(super) fn join(
    rows: &mut [GlyphRow],
    furniture: &HashSet<usize>,
    tables: u32,
) -> Vec<RawBlock> {
    let edges = Edges::of(rows, furniture);
    let mut joined = Joined { edges, tables, ..Joined::default() };
    let own: Vec<usize> = (0..rows.len()).filter(|at| !furniture.contains(at)).collect();
    joined.find_columns(rows, &own);
    let mut next = 0usize;
    for at in 0..rows.len() {
        let Some(row) = rows.get(at) else { continue };
        if furniture.contains(&at) {
            let removed = RawBlock::removed(RemovalReason::PageFurniture, row.text());
            joined.removed.push((joined.pieces.len(), removed));
            continue;
        }
        let before = next.checked_sub(1).and_then(|n| own.get(n)).and_then(|at| rows.get(*at));
        joined.add(at, row, before);
        next += 1;
    }
    joined.finish()
}

/// Where the lines of a column begin and end, by page parity and column.
#[derive(Debug, Default)]
struct Edges {
    /// Left and right edge, by column.
    edges: HashMap<(u32, u8), (f32, f32)>,
    size: f32,
    pitch: f32,
    /// True where paragraphs begin with an indent.
    indents: bool,
}

impl Edges {
    fn of(rows: &[GlyphRow], furniture: &HashSet<usize>) -> Self {
        let own = || {
            let kept = rows.iter().enumerate().filter(|(at, _)| !furniture.contains(at));
            kept.map(|(_, row)| row).filter(|row| row.table.is_none())
        };
        let size = usual(own().map(|row| (row.size, row.characters())), 0.5).unwrap_or(1.0);
        let body = || own().filter(|row| (row.size - size).abs() <= 0.08 * size);
        let mut groups: HashMap<(u32, u8), Vec<&GlyphRow>> = HashMap::new();
        for row in body() {
            for key in Self::keys(row) {
                groups.entry(key).or_default().push(row);
            }
        }
        let mut edges = HashMap::new();
        for (key, rows) in groups {
            let ends = || rows.iter().map(|row| (row.right(), 1 + row.characters() / 4));
            let right = usual(ends(), size * 0.5).unwrap_or(0.0);
            let widest = rows.iter().map(|row| row.right()).fold(right, f32::max);
            // Most lines of short paragraphs end anywhere; then the widest is full.
            let full = rows.iter().filter(|row| row.right() > right - size).count();
            let right = if full * 4 >= rows.len() { right } else { widest };
            let starts = || rows.iter().filter(|row| row.right() > right - 3.0 * size);
            let left = usual(starts().map(|row| (row.left(), 1)), size * 0.5);
            let least = rows.iter().map(|row| row.left()).fold(f32::INFINITY, f32::min);
            edges.insert(
                key,
                (left.map_or(least, |left| left_edge(left, least, &rows, size)), right),
            );
        }
        let pitch = usual(pitches(body().collect()).map(|pitch| (pitch, 1)), size * 0.1);
        let mut found = Self { edges, size, pitch: pitch.unwrap_or(size * 1.5), indents: false };
        found.indents = found.has_indents(&body().collect::<Vec<_>>());
        found
    }

    /// The groups whose edges a row helps to find: its own page's, and those of all pages.
    fn keys(row: &GlyphRow) -> [(u32, u8); 2] {
        [(row.page, row.column), (u32::MAX, row.column)]
    }

    /// Left and right edge of the column of `row`. A page with few lines has those of all pages.
    fn around(&self, row: &GlyphRow) -> (f32, f32) {
        let all = self.edges.get(&(u32::MAX, row.column)).copied();
        let own = self.edges.get(&(row.page, row.column)).copied();
        match (own, all) {
            // Pages that are shifted as a whole, for binding, keep their width.
            (Some(own), Some(all)) if own.1 - own.0 >= 0.9 * (all.1 - all.0) => own,
            (_, Some(all)) => all,
            (own, None) => own.unwrap_or((row.left(), row.right())),
        }
    }

    fn has_indents(&self, rows: &[&GlyphRow]) -> bool {
        let begins = rows.windows(2).filter_map(|pair| match pair {
            [before, row] if self.is_short(before, 1.5) => Some(self.is_indented(row)),
            _ => None,
        });
        let begins: Vec<bool> = begins.collect();
        begins.iter().filter(|indented| **indented).count() * 10 >= begins.len() * 4
            && !begins.is_empty()
    }

    /// True where a row ends more than `slack` sizes before its column does.
    fn is_short(&self, row: &GlyphRow, slack: f32) -> bool {
        row.right() < self.around(row).1 - slack * row.size
    }

    fn is_indented(&self, row: &GlyphRow) -> bool {
        let indent = (row.left() - self.around(row).0) / row.size;
        indent > 1.2
    }

    fn align(&self, row: &GlyphRow) -> Align {
        let (left, right) = self.around(row);
        let (before, after) = (row.left() - left, right - row.right());
        let size = row.size;
        let centred = (before - after).abs() < 1.2 * size && before > 1.5 * size;
        // An indented line that happens to end as far before the edge is none.
        let indented = (before - 2.0 * size).abs() < 0.3 * size && row.size <= self.size * 1.05;
        match () {
            () if centred && !indented => Align::Centre,
            () if before > 0.4 * (right - left) && after < 7.0 * size => Align::End,
            () => Align::Start,
        }
    }
}

/// The edge at which lines begin that are not indented.
fn left_edge(usual: f32, least: f32, rows: &[&GlyphRow], size: f32) -> f32 {
    // Where every paragraph is one line, most begin indented.
    let outer = rows.iter().filter(|row| row.left() < usual - 1.2 * size).count();
    if outer * 10 >= rows.len() { least.max(usual - 4.0 * size) } else { usual }
}

fn pitches(rows: Vec<&GlyphRow>) -> impl Iterator<Item = f32> {
    let mut pitches = Vec::new();
    for pair in rows.windows(2) {
        if let [a, b] = pair
            && a.page == b.page
            && a.column == b.column
            && b.y > a.y
        {
            pitches.push(b.y - a.y);
        }
    }
    pitches.into_iter()
}

#[derive(Default)]
struct Joined {
    edges: Edges,
    pieces: Vec<(RawBlock, f32)>,
    /// Removed pieces, and how many pieces are before each.
    removed: Vec<(usize, RawBlock)>,
    tables: u32,
    /// Rows that gaps make rows of a table, with its number.
    gaps: HashMap<usize, u32>,
    /// The alignment of the last piece.
    align: Align,
    /// The last piece is a paragraph that may go on.
    open: bool,
    /// Its only line so far fills the column from edge to edge.
    fills: bool,
}

impl Joined {
    /// Finds tables that only gaps show: rows below each other with cells at the same places.
    fn find_columns(&mut self, rows: &[GlyphRow], own: &[usize]) {
        let mut run: Vec<usize> = Vec::new();
        for at in own {
            let Some(row) = rows.get(*at) else { continue };
            let last = run.last().and_then(|at| rows.get(*at));
            let fits = row.table.is_none()
                && row.cells.len() >= 2
                && last.is_none_or(|last| last.page == row.page && share_columns(last, row));
            if !fits {
                self.end_run(&mut run);
            }
            if row.table.is_none() && row.cells.len() >= 2 {
                run.push(*at);
            }
        }
        self.end_run(&mut run);
    }

    fn end_run(&mut self, run: &mut Vec<usize>) {
        if run.len() >= 2 {
            self.gaps.extend(run.iter().map(|at| (*at, self.tables)));
            self.tables += 1;
        }
        run.clear();
    }

    fn add(&mut self, at: usize, row: &GlyphRow, before: Option<&GlyphRow>) {
        if let Some(table) = row.table.or_else(|| self.gaps.get(&at).copied()) {
            let cells: Vec<&str> = row.cells.iter().map(|cell| cell.text.as_str()).collect();
            let table = Some(TableRow { table, is_heading: false });
            let piece = RawBlock { shape: Shape::Row, table, ..RawBlock::text(cells.join(CELL)) };
            self.pieces.push((piece, row.size));
            self.open = false;
            return;
        }
        let align = self.edges.align(row);
        let text = row.text();
        let goes_on = self.open && before.is_some_and(|before| self.goes_on(before, row, align));
        match self.pieces.last_mut().filter(|_| goes_on) {
            Some((piece, _)) => {
                join_lines(&mut piece.text, &text);
                self.fills = false;
            }
            None => {
                self.fills = !self.edges.is_short(row, 1.1) && !self.edges.is_indented(row);
                let piece = RawBlock { align, ..RawBlock::text(text) };
                self.pieces.push((piece, row.size));
                self.align = align;
            }
        }
        self.open = true;
    }

    /// True where `row` continues the paragraph of `before`.
    fn goes_on(&self, before: &GlyphRow, row: &GlyphRow, align: Align) -> bool {
        let edges = &self.edges;
        let same_size = (before.size - row.size).abs() <= 0.08 * before.size.max(row.size);
        let together = before.page == row.page && before.column == row.column;
        let pitch = row.y - before.y;
        let usual = edges.pitch.max(edges.pitch * row.size / edges.size);
        let near = !together || (pitch > 0.0 && pitch < usual * 1.45);
        if !same_size || !near {
            return false;
        }
        let text = row.text();
        let begins = mark_of(&text).is_some() || text.starts_with(['（', '(']);
        let begins = begins || before.text().ends_with(['）', ')']);
        match (self.align, align) {
            (Align::Centre, Align::Centre) => together && !begins,
            (Align::End, _) | (_, Align::End) => false,
            (Align::Centre, _) => false,
            // The last line of a paragraph that is centred as a whole.
            (Align::Start, Align::Centre) if self.fills && !begins => true,
            // The last line of a paragraph may look centred.
            (Align::Start, _) => {
                let slack = if edges.indents { 3.0 } else { 1.6 };
                !edges.is_indented(row) && !edges.is_short(before, slack)
            }
        }
    }

    fn finish(self) -> Vec<RawBlock> {
        let Self { pieces, removed, edges, .. } = self;
        let mut all = Vec::with_capacity(pieces.len() + removed.len());
        let mut removed = removed.into_iter().peekable();
        for (at, (mut piece, size)) in pieces.into_iter().enumerate() {
            while let Some((_, piece)) = removed.next_if(|(before, _)| *before <= at) {
                all.push(piece);
            }
            piece.size = (size * 100.0 / edges.size.max(0.01)).clamp(0.0, 9999.0) as u16;
            all.push(piece);
        }
        all.extend(removed.map(|(_, piece)| piece));
        all
    }
}

/// True for rows of which two cells begin, end or have their middle at the same places.
fn share_columns(a: &GlyphRow, b: &GlyphRow) -> bool {
    let near = a.size.max(b.size) * 0.6;
    let meets = |one: &super::GlyphCell| {
        b.cells.iter().any(|other| {
            (one.left - other.left).abs() < near
                || (one.right - other.right).abs() < near
                || (one.left + one.right - other.left - other.right).abs() < near
        })
    };
    a.cells.iter().filter(|cell| meets(cell)).count() >= 2
}

#[cfg(test)]
mod tests {
    use super::super::rows::tests::set;
    use super::super::{Joiner, Sheet};
    use super::*;

    const LINE: &str = "推动标准化与科技创新互动发展提升产业标准化水平";

    fn sheet(lines: &[(&str, f32, f32)], from: f32) -> Sheet {
        let mut y = from;
        let mut sheet = Sheet { height: 800.0, ..Sheet::default() };
        for (text, x, size) in lines {
            sheet.glyphs.extend(set(text, *x, y, *size));
            y += 28.0;
        }
        sheet
    }

    fn shown(sheets: Vec<Sheet>) -> Vec<(String, Align, u16)> {
        let mut joiner = Joiner::default();
        sheets.into_iter().for_each(|sheet| joiner.add(sheet));
        let pieces = joiner.finish().into_iter().filter(RawBlock::is_kept);
        pieces.map(|piece| (piece.text, piece.align, piece.size)).collect()
    }

    #[test]
    fn paragraphs_go_on_over_lines_and_pages_and_begin_with_indents() {
        let first = LINE.strip_suffix("水平").unwrap();
        let one = sheet(
            &[
                ("关于印发某某办法的", 188.0, 22.0),
                ("通知", 265.0, 22.0),
                (first, 132.0, 16.0),
                (LINE, 100.0, 16.0),
            ],
            150.0,
        );
        let two = sheet(
            &[
                (LINE, 100.0, 16.0),
                ("化。", 100.0, 16.0),
                (first, 132.0, 16.0),
                ("某市人民政府", 340.0, 16.0),
            ],
            150.0,
        );
        let found = shown(vec![one, two]);
        let long = format!("{first}{LINE}{LINE}化。");
        assert_eq!(
            found,
            [
                ("关于印发某某办法的通知".to_owned(), Align::Centre, 137),
                (long, Align::Start, 100),
                (first.to_owned(), Align::Start, 100),
                ("某市人民政府".to_owned(), Align::End, 100),
            ]
        );
    }

    #[test]
    fn rows_with_cells_at_the_same_places_are_a_table() {
        let mut page = sheet(&[(LINE, 100.0, 16.0), (LINE, 100.0, 16.0)], 150.0);
        for (line, cells) in [["指标", "二〇二五年"], ["机器人密度", "五百"]].iter().enumerate()
        {
            let y = 260.0 + line as f32 * 28.0;
            page.glyphs.extend(set(cells[0], 100.0, y, 16.0));
            page.glyphs.extend(set(cells[1], 300.0, y, 16.0));
        }
        let found: Vec<String> = shown(vec![page]).into_iter().map(|(text, ..)| text).collect();
        assert_eq!(found[1..], ["指标 │ 二〇二五年", "机器人密度 │ 五百"]);
    }
}
