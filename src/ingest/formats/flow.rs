//! The text of a word processor's file on its way to pieces: paragraphs with their setting, tables
//! in tables, notes. Word, WPS, OpenDocument and RTF files all come through here.

use std::collections::HashMap;

use super::limits;
use crate::document::{CELL, RemovalReason};
use crate::ingest::page::{Align, RawBlock, Shape, TableRow};

/// A paragraph in the making.
#[derive(Debug, Clone, Default)]
pub(super) struct Paragraph {
    /// Its text; `\n` for a line break.
    pub(super) text: String,
    /// Where it is set.
    pub(super) align: Align,
    /// What its style or list says it is.
    pub(super) shape: Shape,
    /// Set where it is no part of the text.
    pub(super) removed: Option<RemovalReason>,
    /// Characters in bold, and of any kind, spaces not counted.
    bold: usize,
    printed: usize,
    /// Characters by size in half points.
    sizes: HashMap<u16, usize>,
}

impl Paragraph {
    /// Adds `text` set in `size` half points, 0 where that is not known.
    pub(super) fn push(&mut self, text: &str, bold: bool, size: u16) {
        let printed = text.chars().filter(|c| !c.is_whitespace()).count();
        self.text.push_str(text);
        self.printed += printed;
        self.bold += if bold { printed } else { 0 };
        if printed > 0 && size > 0 {
            *self.sizes.entry(size).or_default() += printed;
        }
    }

    /// Itself and `next` as one paragraph, which is set as `next` is.
    pub(super) fn followed_by(mut self, next: Self) -> Self {
        self.text.push_str(&next.text);
        self.bold += next.bold;
        self.printed += next.printed;
        for (size, count) in next.sizes {
            *self.sizes.entry(size).or_default() += count;
        }
        Self { align: next.align, shape: next.shape, removed: next.removed, ..self }
    }

    /// The size of most of it, in half points.
    fn size(&self) -> Option<u16> {
        self.sizes.iter().max_by_key(|(size, count)| (**count, **size)).map(|(size, _)| *size)
    }
}

/// What a cell holds.
#[derive(Debug)]
enum Item {
    Paragraph(Paragraph),
    Table(Vec<Row>),
}

type Row = Vec<Vec<Item>>;

/// What the mark before ended in a table.
#[derive(Debug, Clone, Copy)]
struct Mark {
    ends_row: bool,
    ends_cell: bool,
}

/// What the mark at the end of a paragraph ends.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Ending {
    /// Inside how many tables the paragraph is.
    pub(super) depth: usize,
    /// It is the last one of its cell.
    pub(super) cell: bool,
    /// The mark ends a row and no paragraph.
    pub(super) row: bool,
}

/// Collects paragraphs and tables in reading order.
#[derive(Debug, Default)]
pub(super) struct Flow {
    pieces: Vec<(RawBlock, Option<u16>)>,
    /// Tables that are open, outermost first.
    tables: Vec<Vec<Row>>,
    /// Tables that are open inside the deepest of these.
    too_deep: usize,
    /// Of the open tables those whose rows and cells are known by the marks at their ends.
    marks: Vec<Mark>,
    /// Notes that wait for the end of their paragraph.
    notes: Vec<Paragraph>,
    sizes: HashMap<u16, usize>,
}

impl Flow {
    /// Adds a paragraph, to the open cell where there is one.
    pub(super) fn paragraph(&mut self, paragraph: Paragraph) {
        for (size, count) in &paragraph.sizes {
            *self.sizes.entry(*size).or_default() += count;
        }
        match self.cell() {
            Some(cell) => cell.push(Item::Paragraph(paragraph)),
            None => {
                emit(&mut self.pieces, paragraph);
                self.put_notes();
            }
        }
    }

    /// Adds a paragraph of a file whose tables are marks at the ends of paragraphs.
    pub(super) fn marked(&mut self, paragraph: Paragraph, ending: Ending) {
        let depth = ending.depth.min(limits::NESTED_TABLES);
        while self.marks.len() > depth {
            self.marks.pop();
            self.close_table();
        }
        while self.marks.len() < depth {
            self.marks.push(Mark { ends_row: true, ends_cell: true });
            self.open_table();
        }
        if let Some(mark) = self.marks.last_mut() {
            let before = *mark;
            *mark = Mark { ends_row: ending.row, ends_cell: ending.cell || ending.row };
            if ending.row {
                return;
            }
            if before.ends_row {
                self.open_row();
            }
            if before.ends_cell {
                self.open_cell();
            }
        }
        self.paragraph(paragraph);
    }

    /// Adds a note, which is set after the paragraph or table around its mark.
    pub(super) fn note(&mut self, mut note: Paragraph) {
        note.shape = Shape::Note;
        self.notes.push(note);
    }

    /// Adds what is no part of the text.
    pub(super) fn removed(&mut self, reason: RemovalReason, text: &str) {
        if !text.trim().is_empty() {
            self.pieces.push((RawBlock::removed(reason, text.trim()), None));
        }
    }

    /// A table begins.
    pub(super) fn open_table(&mut self) {
        if self.tables.len() < limits::NESTED_TABLES {
            self.tables.push(Vec::new());
        } else {
            self.too_deep += 1;
        }
    }

    /// A row begins.
    pub(super) fn open_row(&mut self) {
        if let Some(table) = self.tables.last_mut().filter(|_| self.too_deep == 0) {
            table.push(Vec::new());
        }
    }

    /// A cell begins.
    pub(super) fn open_cell(&mut self) {
        if let Some(table) = self.tables.last_mut().filter(|_| self.too_deep == 0) {
            if table.is_empty() {
                table.push(Vec::new());
            }
            table.last_mut().into_iter().for_each(|row| row.push(Vec::new()));
        }
    }

    /// A table ends.
    pub(super) fn close_table(&mut self) {
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return;
        }
        let Some(table) = self.tables.pop() else { return };
        match self.cell() {
            Some(cell) => cell.push(Item::Table(table)),
            None => {
                emit_table(&mut self.pieces, table);
                self.put_notes();
            }
        }
    }

    /// The pieces in reading order, each with its size in percent of the usual one.
    pub(super) fn finish(mut self) -> Vec<RawBlock> {
        while !self.tables.is_empty() {
            self.too_deep = 0;
            self.close_table();
        }
        self.put_notes();
        let usual = self.sizes.iter().max_by_key(|(size, count)| (**count, **size));
        let usual = usual.map(|(size, _)| u32::from(*size).max(1));
        let sized = |(mut piece, size): (RawBlock, Option<u16>)| {
            let percent = usual.zip(size).map(|(usual, size)| u32::from(size) * 100 / usual);
            piece.size = percent.map_or(0, |percent| percent.min(u32::from(u16::MAX)) as u16);
            piece
        };
        self.pieces.into_iter().map(sized).collect()
    }

    fn put_notes(&mut self) {
        for note in std::mem::take(&mut self.notes) {
            emit(&mut self.pieces, note);
        }
    }

    /// The open cell of the innermost table; text between cells opens one.
    fn cell(&mut self) -> Option<&mut Vec<Item>> {
        let table = self.tables.last_mut()?;
        if table.is_empty() {
            table.push(Vec::new());
        }
        let row = table.last_mut()?;
        if row.is_empty() {
            row.push(Vec::new());
        }
        row.last_mut()
    }
}

/// Each line of a paragraph is a piece of its own.
fn emit(pieces: &mut Vec<(RawBlock, Option<u16>)>, paragraph: Paragraph) {
    let size = paragraph.size();
    let bold = paragraph.printed > 0 && paragraph.bold == paragraph.printed;
    let mut continues = false;
    for line in paragraph.text.split('\n') {
        let text = spaced(line);
        if text.is_empty() {
            continue;
        }
        let mut piece = RawBlock {
            shape: paragraph.shape,
            align: paragraph.align,
            bold,
            continues,
            ..RawBlock::text(text)
        };
        if let Some(reason) = paragraph.removed {
            piece.remove(reason);
        }
        pieces.push((piece, size));
        continues = true;
    }
}

/// `line` without spaces at its ends, with one for each tab.
fn spaced(line: &str) -> String {
    line.trim().replace('\t', " ")
}

/// A table that frames a text or another table is read as what it frames; any other gives a row
/// each.
fn emit_table(pieces: &mut Vec<(RawBlock, Option<u16>)>, table: Vec<Row>) {
    let frames = table.iter().all(|row| row.len() <= 1)
        || table.iter().flatten().flatten().any(|item| matches!(item, Item::Table(_)));
    let number =
        pieces.iter().rev().find_map(|(piece, _)| piece.table).map_or(0, |row| row.table + 1);
    let columns = table.iter().map(Vec::len).max().unwrap_or(0);
    for row in table {
        if frames {
            for item in row.into_iter().flatten() {
                match item {
                    Item::Paragraph(paragraph) => emit(pieces, paragraph),
                    Item::Table(table) => emit_table(pieces, table),
                }
            }
            continue;
        }
        let mut cells: Vec<String> = row.into_iter().map(cell_text).collect();
        cells.resize(columns, String::new());
        let place = TableRow { table: number, is_heading: false };
        if cells.iter().any(|cell| !cell.is_empty()) {
            pieces.push((
                RawBlock {
                    shape: Shape::Row,
                    table: Some(place),
                    ..RawBlock::text(cells.join(CELL))
                },
                None,
            ));
        }
    }
}

fn cell_text(items: Vec<Item>) -> String {
    let mut text = String::new();
    for item in items {
        let Item::Paragraph(paragraph) = item else { continue };
        if paragraph.removed.is_some() {
            continue;
        }
        for line in paragraph.text.split('\n').map(spaced).filter(|line| !line.is_empty()) {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(&line);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Paragraph {
        let mut paragraph = Paragraph::default();
        paragraph.push(text, false, 32);
        paragraph
    }

    fn shown(flow: Flow) -> Vec<String> {
        flow.finish().into_iter().map(|piece| piece.text).collect()
    }

    #[test]
    fn rows_join_their_cells_and_frames_give_what_they_frame() {
        let mut flow = Flow::default();
        flow.open_table();
        flow.open_row();
        for cell in ["指标", "到2027年"] {
            flow.open_cell();
            flow.paragraph(text(cell));
        }
        flow.close_table();
        flow.open_table();
        for line in ["框里第一段。", "框里第二段。"] {
            flow.open_row();
            flow.open_cell();
            flow.paragraph(text(line));
        }
        flow.close_table();
        assert_eq!(shown(flow), ["指标 │ 到2027年", "框里第一段。", "框里第二段。"]);
    }

    #[test]
    fn tables_in_tables_lose_nothing_however_deep() {
        let mut flow = Flow::default();
        for depth in 0..40 {
            flow.open_table();
            flow.open_row();
            flow.open_cell();
            flow.paragraph(text(&format!("第{depth}层")));
        }
        (0..40).for_each(|_| flow.close_table());
        assert_eq!(shown(flow).len(), 40);
    }

    #[test]
    fn size_is_a_share_of_the_usual_one_and_notes_follow_their_paragraph() {
        let mut flow = Flow::default();
        let mut title = Paragraph::default();
        title.push("标题", true, 44);
        flow.paragraph(title);
        flow.note(text("注"));
        flow.paragraph(text("正文若干字"));
        let pieces = flow.finish();
        let found: Vec<_> = pieces.iter().map(|p| (&*p.text, p.size, p.bold, p.shape)).collect();
        let expected = [
            ("标题", 137, true, Shape::Text),
            ("正文若干字", 100, false, Shape::Text),
            ("注", 100, false, Shape::Note),
        ];
        assert_eq!(found, expected);
    }
}
