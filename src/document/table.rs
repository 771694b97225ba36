//! Tables of a document: runs of rows that belong together. The rows themselves are blocks, so that
//! search, counts and quotes need to know nothing of tables; here is what setting them as a table
//! needs on top.

use serde::{Deserialize, Serialize};

use super::{Block, BlockKind};

/// Between two cells in the text of a row. No cell contains │: one that the source has inside a cell
/// is written ｜.
pub const CELL: &str = " │ ";

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
    fn a_table_knows_its_rows() {
        let table = Table { block: 3, rows: 4, heading_rows: 1 };
        assert_eq!(table.blocks(), 3..7);
        assert!(table.is_heading(3) && !table.is_heading(4) && !table.is_heading(2));
    }
}
