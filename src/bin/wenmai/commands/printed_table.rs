//! A table as `show --width` prints it: columns within the width, or each row as a list of its cells.

use wenmai::document::{Block, Document, Table};
use wenmai::text::columns::{GAP, widths};
use wenmai::text::width::{Ambiguous, pad};
use wenmai::text::wrap::{Measure, wrap};

/// How a table is printed.
pub(super) struct PrintedTable {
    table: Table,
    headings: Vec<String>,
    /// Cells of each column; `None` where each row is a list.
    widths: Option<Vec<usize>>,
    cells: usize,
    ambiguous: Ambiguous,
}

impl PrintedTable {
    /// `table` of `document` in lines of `cells`.
    pub(super) fn new(document: &Document, table: Table, cells: u16, ambiguous: Ambiguous) -> Self {
        let cells = usize::from(cells);
        let natural = document.column_widths(table, ambiguous);
        let natural: Vec<usize> = natural.iter().map(|width| (*width).min(cells)).collect();
        let headings = document.headings_of(table);
        Self { table, headings, widths: widths(&natural, cells), cells, ambiguous }
    }

    pub(super) fn is_of(&self, table: Table) -> bool {
        self.table == table
    }

    /// The lines of the row that is block `number`; after the headings a line below them, after a
    /// list an empty one.
    pub(super) fn lines(&self, number: u32, block: &Block) -> Vec<String> {
        let Some(widths) = &self.widths else { return self.list(number, block) };
        let wrapped = |cell: &str, cells: usize| -> Vec<String> {
            let measure = Measure { cells: cells.max(2), indent: 0, ambiguous: self.ambiguous };
            wrap(cell, measure).iter().map(|row| row.text(cell).to_owned()).collect()
        };
        let columns: Vec<Vec<String>> =
            block.cells().zip(widths).map(|(cell, width)| wrapped(cell, *width)).collect();
        let height = columns.iter().map(Vec::len).max().unwrap_or_default().max(1);
        let line = |at: usize| {
            let parts = columns.iter().zip(widths).map(|(rows, width)| {
                pad(rows.get(at).map_or("", String::as_str), *width, self.ambiguous)
            });
            parts.collect::<Vec<_>>().join(&" ".repeat(GAP)).trim_end().to_owned()
        };
        let mut lines: Vec<String> = (0..height).map(line).collect();
        if self.table.is_heading(number) && !self.table.is_heading(number + 1) {
            let rule: Vec<String> = widths.iter().map(|width| "-".repeat(*width)).collect();
            lines.push(rule.join(&" ".repeat(GAP)));
        }
        lines
    }

    fn list(&self, number: u32, block: &Block) -> Vec<String> {
        let mut lines = Vec::new();
        for (column, cell) in block.cells().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            let heading = self.headings.get(column).filter(|_| !self.table.is_heading(number));
            let heading = heading.filter(|heading| !heading.is_empty());
            let text = heading.map_or_else(|| cell.to_owned(), |name| format!("{name}：{cell}"));
            let measure =
                Measure { cells: self.cells.max(2), indent: 0, ambiguous: self.ambiguous };
            lines.extend(wrap(&text, measure).iter().map(|row| row.text(&text).to_owned()));
        }
        lines.push(String::new());
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wenmai::document::BlockKind;
    use wenmai::text::width::cells;

    #[test]
    fn rows_are_columns_where_they_fit_and_lists_where_they_do_not() {
        let row = |text: &str| Block { kind: BlockKind::TableRow, level: 0, text: text.to_owned() };
        let table = |widths: Option<Vec<usize>>| PrintedTable {
            table: Table { block: 0, rows: 2, heading_rows: 1 },
            headings: vec!["指标".to_owned(), "值".to_owned()],
            widths,
            cells: 12,
            ambiguous: Ambiguous::Narrow,
        };
        let wide = table(Some(vec![4, 8]));
        assert_eq!(wide.lines(0, &row("指标 │ 值")), ["指标  值", "----  --------"]);
        let lines = wide.lines(1, &row("甲 │ 出院患者总人次数"));
        assert_eq!(lines, ["甲    出院患者", "      总人次数"]);
        assert!(lines.iter().all(|line| cells(line, Ambiguous::Narrow) <= 14));
        let narrow = table(None);
        assert_eq!(narrow.lines(1, &row("甲 │  ")), ["指标：甲", ""]);
    }
}
