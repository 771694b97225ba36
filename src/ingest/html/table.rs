//! Tables that hold data, told from tables that lay out a page. A data table has no table inside,
//! several rows of several cells, and no cell that holds most of its text.

use ego_tree::NodeId;
use rustc_hash::FxHashSet;

use super::tag::ElementRole;
use crate::ingest::page::TableRow;

/// The tables of a tree, as they are met on a walk over it.
#[derive(Debug, Default)]
pub(super) struct Tables {
    open: Vec<Shape>,
    /// Those that hold data.
    pub(super) data: FxHashSet<NodeId>,
}

impl Tables {
    /// An element begins.
    pub(super) fn enter(&mut self, role: ElementRole, name: &str) {
        if role == ElementRole::Table {
            if let Some(around) = self.open.last_mut() {
                around.has_tables = true;
            }
            self.open.push(Shape::default());
        }
        if let Some(table) = self.open.last_mut() {
            table.enter(role, name);
        }
    }

    /// A text.
    pub(super) fn read(&mut self, text: &str) {
        if let Some(table) = self.open.last_mut() {
            table.count(text);
        }
    }

    /// The element `id` ends.
    pub(super) fn leave(&mut self, role: ElementRole, id: NodeId) {
        if role == ElementRole::Table && self.open.pop().is_some_and(|table| table.is_data()) {
            self.data.insert(id);
        }
    }
}

/// What is known of an open table.
#[derive(Debug, Default)]
struct Shape {
    rows: usize,
    cells: usize,
    /// Most cells in a row, and those of the row that is open.
    widest: usize,
    width: usize,
    /// Characters of the table, of its longest cell, and of the cell that is open.
    chars: usize,
    longest: usize,
    cell: usize,
    has_tables: bool,
    /// Paragraphs and breaks of the cell that is open, and of the longest one.
    lines: usize,
    longest_lines: usize,
}

/// Characters that a cell of data seldom has when it holds most of its table.
const LONG_CELL: usize = 200;
/// The same where it has paragraphs of its own.
const LONG_LINES: usize = 30;

impl Shape {
    fn enter(&mut self, role: ElementRole, name: &str) {
        match role {
            ElementRole::Row => {
                self.rows += 1;
                self.width = 0;
            }
            ElementRole::Cell => {
                self.cells += 1;
                self.width += 1;
                self.widest = self.widest.max(self.width);
                (self.cell, self.lines) = (0, 0);
            }
            ElementRole::Heading(_) | ElementRole::Break => self.lines += 1,
            ElementRole::Block if name == "p" => self.lines += 1,
            _ => {}
        }
    }

    fn count(&mut self, text: &str) {
        let chars = text.chars().filter(|c| !c.is_whitespace()).count();
        self.chars += chars;
        self.cell += chars;
        if self.cell > self.longest {
            (self.longest, self.longest_lines) = (self.cell, self.lines);
        }
    }

    fn is_data(&self) -> bool {
        let is_long =
            self.longest > LONG_CELL || (self.longest > LONG_LINES && self.longest_lines > 1);
        let is_frame = is_long && self.longest * 2 > self.chars;
        !self.has_tables && self.rows > 1 && self.widest > 1 && !is_frame
    }
}

/// The rows of data tables, as they are met in reading order: which table each belongs to, and
/// whether it heads the columns.
#[derive(Debug, Default)]
pub(super) struct Rows {
    /// Tables that were met, and those that are open, by their number.
    tables: u32,
    open: Vec<u32>,
    in_head: bool,
    /// Cells of the open row, and those of them that head something.
    cells: usize,
    headings: usize,
}

impl Rows {
    /// A data table begins.
    pub(super) fn open_table(&mut self) {
        self.open.push(self.tables);
        self.tables += 1;
        self.in_head = false;
    }

    /// The innermost open data table ends.
    pub(super) fn close_table(&mut self) {
        self.open.pop();
        self.in_head = false;
    }

    /// An element inside a data table begins.
    pub(super) fn open(&mut self, name: &str) {
        match name {
            "thead" => self.in_head = true,
            "tbody" | "tfoot" => self.in_head = false,
            "tr" => (self.cells, self.headings) = (0, 0),
            "td" => self.cells += 1,
            "th" => (self.cells, self.headings) = (self.cells + 1, self.headings + 1),
            _ => {}
        }
    }

    /// The place of the row that ends.
    pub(super) fn place(&self) -> TableRow {
        let all_head = self.cells > 0 && self.headings == self.cells;
        TableRow {
            table: self.open.last().copied().unwrap_or_default(),
            is_heading: self.in_head || all_head,
        }
    }
}

#[cfg(test)]
mod tests {
    use scraper::Html;

    use super::super::content;
    use super::super::hidden::Sheets;

    #[test]
    fn frames_are_no_data() {
        let long = "文".repeat(300);
        let cases = [
            ("<table><tr><td>甲<td>乙<tr><td>丙<td>丁</table>".to_owned(), 1),
            ("<table><tr><td>甲<td>乙</table>".to_owned(), 0),
            (format!("<table><tr><td>甲<td>乙<tr><td>丙<td>{long}</table>"), 0),
            ("<table><tr><td><table><tr><td>甲<td>乙<tr><td>丙<td>丁</table><td>戊<tr><td>己</table>".to_owned(), 1),
        ];
        for (source, count) in cases {
            let found = content::of_fragment(&Html::parse_fragment(&source), &Sheets::default())
                .data_tables;
            assert_eq!(found.len(), count, "{source}");
        }
    }
}
