//! Setting a table: columns by what they hold within the measure, cells wrapped by the rules of
//! paragraphs, a line below the headings. Where the columns would be too narrow, each row is a list of
//! its cells, each after the heading of its column.

use std::ops::Range;

use wenmai::document::{Block, Document, Table};
use wenmai::text::Span;
use wenmai::text::columns::{GAP, widths};
use wenmai::text::width::{self, ellipsize};
use wenmai::text::wrap::{Measure, WrappedLine, wrap};

use super::layout_line::{CellLine, LayoutKey, LayoutLine, LineContent, Spot};

/// How a table is set.
#[derive(Debug)]
pub(super) struct TableLayout {
    table: Table,
    key: LayoutKey,
    headings: Vec<String>,
    /// Cells of each column; `None` where each row is a list.
    widths: Option<Vec<usize>>,
}

impl TableLayout {
    pub(super) fn new(document: &Document, table: Table, key: &LayoutKey) -> Self {
        let natural = document.column_widths(table, key.ambiguous);
        let natural: Vec<usize> = natural.iter().map(|width| (*width).min(key.cells)).collect();
        Self {
            table,
            key: *key,
            headings: document.headings_of(table),
            widths: widths(&natural, key.cells),
        }
    }

    pub(super) fn is_of(&self, table: Table) -> bool {
        self.table == table
    }

    /// True where each row is a list of its cells.
    pub(super) fn is_opened(&self) -> bool {
        self.widths.is_none()
    }

    /// The lines of the row that is block `number`.
    pub(super) fn rows(&self, number: u32, block: &Block) -> Vec<LayoutLine> {
        match &self.widths {
            Some(widths) => self.columns(number, block, widths),
            None => self.list(number, block),
        }
    }

    fn columns(&self, number: u32, block: &Block, widths: &[usize]) -> Vec<LayoutLine> {
        let mut x = 0;
        let mut cells: Vec<(usize, usize, Vec<WrappedLine>)> = Vec::new();
        for (span, width) in block.cell_spans().into_iter().zip(widths) {
            cells.push((x, *width, self.wrapped(block, span, *width, 0)));
            x += width + GAP;
        }
        let height = cells.iter().map(|(.., rows)| rows.len()).max().unwrap_or_default().max(1);
        let mut lines: Vec<LayoutLine> = (0..height)
            .map(|at| {
                let cells = cells.iter().filter_map(|(x, width, rows)| {
                    let row = rows.get(at).cloned()?;
                    Some(CellLine { x: *x, width: *width, row })
                });
                line_of_cells(number, cells.collect())
            })
            .collect();
        if self.table.is_heading(number) && !self.table.is_heading(number + 1) {
            lines.push(self.rule(widths));
        }
        lines
    }

    /// The line below the headings.
    fn rule(&self, widths: &[usize]) -> LayoutLine {
        let mut x = 0;
        let cells = widths.iter().map(|width| {
            let cell = CellLine { x, width: *width, row: nothing() };
            x += width + GAP;
            cell
        });
        let cells = cells.collect();
        LayoutLine { cells, ..LayoutLine::of(LineContent::Rule, nothing()) }
    }

    /// Each cell below the one before, after its heading.
    fn list(&self, number: u32, block: &Block) -> Vec<LayoutLine> {
        let mut lines = Vec::new();
        for (column, span) in block.cell_spans().into_iter().enumerate() {
            if span.is_empty() {
                continue;
            }
            let heading = self.headings.get(column).filter(|_| !self.table.is_heading(number));
            let label = heading.filter(|heading| !heading.is_empty()).map(|heading| {
                let cut = ellipsize(heading, self.key.cells / 2, self.key.ambiguous);
                format!("{}：", cut.trim_end())
            });
            let label = label.unwrap_or_default();
            let indent = width::cells(&label, self.key.ambiguous);
            let rows = self.wrapped(block, span, self.key.cells, indent);
            for (at, row) in rows.into_iter().enumerate() {
                let label = if at == 0 { label.clone() } else { String::new() };
                lines.push(LayoutLine { label, ..LayoutLine::of(LineContent::Block(number), row) });
            }
        }
        if lines.is_empty() {
            lines.push(LayoutLine::of(LineContent::Block(number), nothing()));
        }
        lines
    }

    /// The lines of a cell, as places of the block's text.
    fn wrapped(&self, block: &Block, span: Span, cells: usize, indent: usize) -> Vec<WrappedLine> {
        let text = span.of(&block.text);
        let before = Span::new(0, span.start).of(&block.text).len();
        let ambiguous = self.key.ambiguous;
        let rows = wrap(text, Measure { cells: cells.max(2), indent, ambiguous });
        let moved = |range: Range<usize>, by: usize| range.start + by..range.end + by;
        let rows = rows.into_iter().map(|row| WrappedLine {
            bytes: moved(row.bytes, before),
            chars: moved(row.chars, span.start as usize),
            indent: row.indent,
        });
        rows.filter(|row| !row.chars.is_empty()).collect()
    }
}

fn nothing() -> WrappedLine {
    WrappedLine { bytes: 0..0, chars: 0..0, indent: 0 }
}

/// A line of a row with these parts of its cells.
fn line_of_cells(number: u32, mut cells: Vec<CellLine>) -> LayoutLine {
    let source = LineContent::Block(number);
    let (Some(first), Some(end)) =
        (cells.first(), cells.iter().map(|cell| cell.row.chars.end).max())
    else {
        // A row of empty cells is a line of its own.
        cells.push(CellLine { x: 0, width: 0, row: nothing() });
        return LayoutLine { cells, ..LayoutLine::of(source, nothing()) };
    };
    let row = WrappedLine {
        bytes: first.row.bytes.clone(),
        chars: first.row.chars.start..end,
        indent: 0,
    };
    LayoutLine { cells, ..LayoutLine::of(source, row) }
}

/// The line, among those from the first of a row on, in which `spot` is: that of its cell's part, the
/// first one where it is between two cells, and the last one after all of them.
pub(super) fn line_of(lines: &[LayoutLine], spot: Spot) -> usize {
    let of_row = lines.iter().take_while(|line| line.source == LineContent::Block(spot.block));
    let (mut last, mut end) = (0, 0);
    for (at, line) in of_row.enumerate() {
        if line.cells.iter().any(|cell| cell.row.chars.contains(&(spot.character as usize))) {
            return at;
        }
        (last, end) = (at, end.max(line.row.chars.end));
    }
    if spot.character as usize >= end { last } else { 0 }
}

#[cfg(test)]
mod tests {
    use wenmai::document::{BlockKind, Heading};

    use super::super::{Anchor, ArticleLayout, Removals};
    use super::*;
    use crate::tui::canvas::{Canvas, screen_text};
    use crate::tui::testing::{document, look};
    use crate::tui::widget::article::View;
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use wenmai::document::DocIndex;
    use wenmai::text::width::{Ambiguous, cells};

    /// Five columns with cells that span rows, as a reader of pages fills them.
    const ROWS: [[&str; 5]; 5] = [
        ["一级指标", "二级指标", "定性/定量", "计算方法", "指标导向"],
        [
            "功能定位",
            "1. 出院患者手术占比",
            "定量",
            "出院患者手术台次数÷同期出院患者总人次数×100%",
            "逐步提高",
        ],
        [
            "功能定位",
            "2. 下转患者人次数",
            "定量",
            "向二级医院或者基层医疗机构下转的患者人次数",
            "逐步提高",
        ],
        [
            "质量安全",
            "3. 手术患者并发症发生率",
            "定量",
            "手术患者并发症发生例数÷同期出院的手术患者人数×100%",
            "逐步降低",
        ],
        [
            "质量安全",
            "4. 单病种质量控制",
            "定量",
            "符合单病种纳入条件的“病种”例数（含死亡）",
            "监测比较",
        ],
    ];

    fn tabular() -> Document {
        let mut document = document("a", None, "2022-01-01", &["通知", "前文。", "后文。"]);
        let rows = ROWS.iter().map(|cells| Block {
            kind: BlockKind::TableRow,
            level: 0,
            text: cells.join(" │ "),
        });
        document.blocks.splice(1..1, rows);
        document.tables = vec![Table { block: 1, rows: 5, heading_rows: 1 }];
        document.outline = Vec::<Heading>::new();
        document
    }

    fn laid_out(cells: usize) -> (Document, ArticleLayout) {
        let document = tabular();
        let key = LayoutKey {
            document: DocIndex(0),
            cells,
            removals: Removals::Hidden,
            indent: 4,
            ambiguous: Ambiguous::Narrow,
            lang: Default::default(),
        };
        let layout = ArticleLayout::around(&document, 0, 100, key);
        (document, layout)
    }

    fn drawn(width: u16) -> String {
        let (document, layout) = laid_out(width.into());
        let area = Rect::new(0, 0, width, layout.len() as u16);
        let (mut buffer, look) = (Buffer::empty(area), look());
        let view = View { document: &document, top: 0, marks: &|_, _| Vec::new() };
        layout.draw(area, view, &mut Canvas::new(&mut buffer, &look));
        screen_text(&buffer)
    }

    #[test]
    fn columns_are_set_within_the_measure_or_each_row_is_a_list() {
        for width in [100, 60, 36, 20] {
            insta::assert_snapshot!(format!("table_{width}"), drawn(width));
        }
    }

    #[test]
    fn no_row_is_wider_than_the_pane_and_begins_with_a_forbidden_mark() {
        for width in 2..110 {
            let (document, layout) = laid_out(width);
            for line in &layout.lines {
                let LineContent::Block(number) = line.source else { continue };
                let text = &document.blocks[number as usize].text;
                let whole = [CellLine { x: line.row.indent, width, row: line.row.clone() }];
                let parts = if line.cells.is_empty() { &whole[..] } else { &line.cells };
                for part in parts {
                    let shown = part.row.text(text);
                    let end = part.x + cells(shown, Ambiguous::Narrow);
                    assert!(width < 8 || end <= width.max(2), "{width}: {shown}");
                    let first = shown.chars().next().unwrap_or(' ');
                    // A column of one character has no choice.
                    let narrow = width < 8 || part.width < 4;
                    assert!(narrow || !"，。、；：）”》".contains(first), "{width}: {shown}");
                }
            }
        }
    }

    fn start(cell: &str) -> String {
        cell.chars().take(7).collect()
    }

    #[test]
    fn headings_stay_above_the_rows_of_their_table() {
        let (document, layout) = laid_out(60);
        let (start, body, end) = {
            let lines = layout.tables[0];
            (lines.start, lines.body, lines.end)
        };
        assert_eq!(layout.headings(start, 40), 0..0, "they are in view themselves");
        assert_eq!(layout.headings(start + 1, 40), start..body);
        assert_eq!(layout.headings(end - (body - start), 40), 0..0, "below the last row");
        assert_eq!(layout.headings(body + 1, 4), 0..0, "there is no room");
        let area = Rect::new(0, 0, 60, 12);
        let (mut buffer, look) = (Buffer::empty(area), look());
        let view = View { document: &document, top: body + 1, marks: &|_, _| Vec::new() };
        layout.draw(area, view, &mut Canvas::new(&mut buffer, &look));
        let screen = screen_text(&buffer);
        assert!(screen.starts_with("一级指标"), "{screen}");
        assert!(!screen.contains("功能定位  1."), "{screen}");
    }

    #[test]
    fn values_stand_under_their_headings() {
        let text = drawn(100);
        // Of each row its first line, and in it the cells before the beginning of a cell.
        let at = |row: usize, column: usize| {
            let line = text.lines().find(|line| line.contains(start(ROWS[row][1]).as_str()));
            let line = line.unwrap_or_else(|| panic!("{row}\n{text}"));
            let word = start(ROWS[row][column]);
            // The last place: a name may be in an earlier cell, too.
            let before = line.rfind(&word).and_then(|byte| line.get(..byte));
            cells(before.unwrap_or_default(), Ambiguous::Narrow)
        };
        for (row, column) in (1..5).flat_map(|row| (0..5).map(move |column| (row, column))) {
            assert_eq!(at(row, column), at(0, column), "{row}, {column}\n{text}");
        }
    }

    #[test]
    fn every_character_of_a_cell_finds_its_line_again() {
        for width in [100, 60, 36, 20] {
            let (document, layout) = laid_out(width);
            for line in 0..layout.len() {
                let again = layout.line(layout.anchor(line));
                assert_eq!(again, line, "{width}, line {line}");
            }
            for (block, text) in (1u32..6).zip(&document.blocks[1..6]) {
                for span in text.cell_spans() {
                    for character in span.start..span.end {
                        let spot = Spot { block, character };
                        let line = layout.line(Anchor::Text(spot));
                        let cell = layout.cell_of(line, spot, &document);
                        assert_eq!(layout.spot_at(line, cell, &document), Some(spot), "{width}");
                    }
                }
            }
        }
    }
}
