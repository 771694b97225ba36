//! Printed pages: glyphs with places become rows, columns, tables and paragraphs. One joiner serves
//! PDF, OFD and text with form feeds. Headers, footers and page numbers are removed with a reason of
//! their own; size and alignment are passed on, since title and signature need them.

mod direction;
mod form_feeds;
mod furniture;
mod grid;
mod paragraphs;
mod rows;

use super::page::RawBlock;
use crate::document::RemovalReason;
use crate::text::is_han;

pub(super) use direction::Direction;
pub(super) use form_feeds::{is_paged, pieces as pieces_of_text};

/// A character with its place on a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Glyph {
    /// The character.
    pub(super) c: char,
    /// Its left edge, from the page's left.
    pub(super) x: f32,
    /// How far it reaches.
    pub(super) width: f32,
    /// Its base line, from the page's top.
    pub(super) y: f32,
    /// The height of its line.
    pub(super) size: f32,
}

/// A line that is drawn along an axis.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rule {
    /// Its left and right end.
    pub(super) x: (f32, f32),
    /// Its upper and lower end.
    pub(super) y: (f32, f32),
}

/// A printed page; lengths are in any unit, the same on all pages.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    /// Its height.
    pub(super) height: f32,
    /// Its characters, in any order.
    pub(super) glyphs: Vec<Glyph>,
    /// Lines, of which some make tables.
    pub(super) rules: Vec<Rule>,
    /// Characters of lines that run elsewhere, each turned to run to the right.
    pub(super) others: Vec<Vec<Glyph>>,
    /// What is set aslant: watermarks and stamps.
    pub(super) aslant: String,
}

/// A run of characters without a wide gap.
#[derive(Debug, Clone, PartialEq)]
struct GlyphCell {
    text: String,
    left: f32,
    right: f32,
}

/// A line of a page or of one of its columns.
#[derive(Debug, Clone, PartialEq)]
struct GlyphRow {
    cells: Vec<GlyphCell>,
    /// Base line.
    y: f32,
    size: f32,
    page: u32,
    /// Which column of the page, from 0; columns have edges of their own.
    column: u8,
    /// Set for a row of a table that lines show: the table's number.
    table: Option<u32>,
}

impl GlyphRow {
    fn left(&self) -> f32 {
        self.cells.first().map_or(0.0, |cell| cell.left)
    }

    fn right(&self) -> f32 {
        self.cells.last().map_or(0.0, |cell| cell.right)
    }

    /// Its text, with a space at wide gaps.
    fn text(&self) -> String {
        let mut text = String::new();
        for cell in &self.cells {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(&cell.text);
        }
        text
    }

    fn characters(&self) -> usize {
        self.cells.iter().map(|cell| cell.text.chars().count()).sum()
    }
}

/// Joins pages to a text.
#[derive(Debug, Default)]
pub(super) struct Joiner {
    rows: Vec<GlyphRow>,
    heights: Vec<f32>,
    tables: u32,
    /// Texts set aslant, each once.
    turned: Vec<String>,
}

impl Joiner {
    /// Adds the next page.
    pub(super) fn add(&mut self, sheet: Sheet) {
        let page = self.heights.len() as u32;
        self.heights.push(sheet.height);
        let turned: String = sheet.aslant.split_whitespace().collect();
        if !turned.is_empty() && !self.turned.contains(&turned) && self.turned.len() < TURNED {
            self.turned.push(turned);
        }
        let (tables, glyphs) = grid::tables(sheet.glyphs, &sheet.rules);
        let mut rows = rows::of(glyphs, page);
        for table in tables {
            let number = self.tables;
            self.tables += 1;
            let own = table.rows.into_iter().map(|(y, size, cells)| GlyphRow {
                cells,
                y,
                size,
                page,
                column: 0,
                table: Some(number),
            });
            let at = rows.iter().position(|row| row.y > table.top).unwrap_or(rows.len());
            rows.splice(at..at, own);
        }
        self.rows.append(&mut rows);
        // They have columns of their own, so that their edges do not count for others.
        for (column, glyphs) in (OTHERS..).zip(sheet.others) {
            let rows = rows::of(glyphs, page).into_iter();
            self.rows.extend(rows.map(|row| GlyphRow { column, ..row }));
        }
    }

    /// The pieces of all pages in reading order.
    pub(super) fn finish(mut self) -> Vec<RawBlock> {
        let furniture = furniture::find(&self.rows, &self.heights);
        let mut pieces = paragraphs::join(&mut self.rows, &furniture, self.tables);
        let turned = self.turned.into_iter();
        pieces.extend(turned.map(|text| RawBlock::removed(RemovalReason::PageFurniture, text)));
        pieces
    }
}

/// The column of rows that run in another direction.
const OTHERS: u8 = 8;

/// Different watermarks that are kept.
const TURNED: usize = 20;

/// True for a character that a line of Han text may break before and after without a space.
fn is_wide(c: char) -> bool {
    is_han(c)
        || matches!(c, '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FFEF}' | '“' | '”' | '‘' | '’' | '—' | '…')
}

/// The value that most of `values` are near to, weighted; `step` is how near.
fn usual(values: impl Iterator<Item = (f32, usize)>, step: f32) -> Option<f32> {
    let mut counts: std::collections::BTreeMap<i64, (usize, f32)> =
        std::collections::BTreeMap::new();
    for (value, weight) in values {
        let entry = counts.entry((value / step).round() as i64).or_insert((0, value));
        entry.0 += weight;
    }
    let best = counts.into_values().max_by_key(|(count, _)| *count);
    best.map(|(_, value)| value)
}
