//! Tables of a document: runs of rows that belong together. The rows themselves are blocks, so that
//! search, counts and quotes need to know nothing of tables; here is what setting them as a table
//! needs on top.

use serde::{Deserialize, Serialize};

use super::{Block, BlockKind, Document};
use crate::text::Span;
use crate::text::width::{self, Ambiguous};

/// Between two cells in the text of a row. No cell contains │: one that the source has inside a cell
/// is written ｜.
pub const CELL: &str = " │ ";

/// Rows that are measured for the widths of columns: those of longer tables are like the others.
const MEASURED: usize = 500;

/// The rows of one table: consecutive blocks of the kind [`BlockKind::TableRow`].
///
/// A short cell that spans several rows or columns is repeated in each; of a long one the others are
/// empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// The block that is its first row.
    pub block: u32,
    /// How many rows it has, those that head its columns included.
    pub rows: u32,
    /// How many of its first rows head its columns; 0 where the source does not say.
    pub heading_rows: u32,
}

impl Table {
    /// The blocks that are its rows.
    pub fn blocks(self) -> std::ops::Range<u32> {
        self.block..self.block.saturating_add(self.rows)
    }

    /// True where `block` is one of the rows that head its columns.
    pub fn is_heading(self, block: u32) -> bool {
        (self.block..self.block.saturating_add(self.heading_rows)).contains(&block)
    }
}

impl Block {
    /// The cells of a row, empty ones included, without spaces at their ends; of any other block its
    /// text.
    pub fn cells(&self) -> impl Iterator<Item = &str> {
        let is_row = self.kind == BlockKind::TableRow;
        self.text.split(move |c| is_row && c == '│').map(str::trim)
    }
}

impl Block {
    /// The characters of each cell of a row, spaces at their ends left out; of any other block all.
    pub fn cell_spans(&self) -> Vec<Span> {
        let mut from = 0;
        let spans = self.text.split(|c| self.kind == BlockKind::TableRow && c == '│').map(|cell| {
            let length = cell.chars().count();
            let start = from + (length - cell.trim_start().chars().count());
            let end = start + cell.trim().chars().count();
            from += length + 1;
            Span::new(start as u32, end as u32)
        });
        spans.collect()
    }
}

impl Document {
    /// The table that the row `block` belongs to: one of [`Document::tables`], or else the rows
    /// around it. `None` where the block is no row.
    pub fn table_of(&self, block: u32) -> Option<Table> {
        let is_row = |at: u32| {
            self.blocks.get(at as usize).is_some_and(|block| block.kind == BlockKind::TableRow)
        };
        if !is_row(block) {
            return None;
        }
        let known = self.tables.iter().find(|table| table.blocks().contains(&block));
        if let Some(table) = known {
            return Some(*table);
        }
        let free =
            |at: &u32| is_row(*at) && !self.tables.iter().any(|table| table.blocks().contains(at));
        let first = (0..=block).rev().take_while(free).last().unwrap_or(block);
        let rows = (first..).take_while(free).count() as u32;
        Some(Table { block: first, rows, heading_rows: 0 })
    }

    /// Of each column of `table` the cells of the terminal that its widest cell takes.
    pub fn column_widths(&self, table: Table, ambiguous: Ambiguous) -> Vec<usize> {
        let mut widest: Vec<usize> = Vec::new();
        let rows = table.blocks().take(MEASURED);
        for block in rows.filter_map(|at| self.blocks.get(at as usize)) {
            for (column, cell) in block.cells().enumerate() {
                let cells = width::cells(cell, ambiguous);
                match widest.get_mut(column) {
                    Some(widest) => *widest = (*widest).max(cells),
                    None => widest.push(cells),
                }
            }
        }
        widest
    }

    /// What heads each column of `table`: the cells of its heading rows, one below the other.
    pub fn headings_of(&self, table: Table) -> Vec<String> {
        let mut headings: Vec<String> = Vec::new();
        for at in table.blocks().take(table.heading_rows as usize) {
            let Some(block) = self.blocks.get(at as usize) else { break };
            for (column, cell) in block.cells().enumerate() {
                match headings.get_mut(column) {
                    Some(heading) if !heading.ends_with(cell) => heading.push_str(cell),
                    Some(_) => {}
                    None => headings.push(cell.to_owned()),
                }
            }
        }
        headings
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_of_a_row_are_separated_and_other_text_is_whole() {
        let block = |kind, text: &str| Block { kind, level: 0, text: text.to_owned() };
        let row = block(BlockKind::TableRow, "甲 │  │ 乙 丙 │");
        assert_eq!(row.cells().collect::<Vec<_>>(), ["甲", "", "乙 丙", ""]);
        let text = block(BlockKind::Paragraph, "甲 │ 乙");
        assert_eq!(text.cells().collect::<Vec<_>>(), ["甲 │ 乙"]);
    }

    #[test]
    fn spans_of_cells_are_their_characters() {
        let text = "一级指标 │  │ 值 │ 3".to_owned();
        let row = Block { kind: BlockKind::TableRow, level: 0, text };
        let cells: Vec<&str> = row.cell_spans().iter().map(|span| span.of(&row.text)).collect();
        assert_eq!(cells, row.cells().collect::<Vec<_>>());
    }

    #[test]
    fn a_table_knows_its_rows() {
        let table = Table { block: 3, rows: 4, heading_rows: 1 };
        assert_eq!(table.blocks(), 3..7);
        assert!(table.is_heading(3) && !table.is_heading(4) && !table.is_heading(2));
    }
}
