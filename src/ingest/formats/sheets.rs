//! Sheets (.xlsx, .xlsm, .xls, .ods): each row a text where a column holds texts. The row that names
//! the columns may have titles above it; a column that is not named as text and holds texts counts.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, DataType, Reader, Sheets, Xlsx, open_workbook_auto_from_rs};

use super::limits;
use crate::error::Refusal;
use crate::ingest::Options;
use crate::ingest::records::{self, Record};

/// Rows of a sheet: the cells that hold something, by column.
type SheetRow = BTreeMap<u32, String>;

/// The texts in the sheets of `bytes`.
pub(super) fn read(bytes: &[u8], options: &Options) -> Result<Vec<Record>, Refusal> {
    let mut book = open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(|error| {
        let says_password = format!("{error:?}").contains("assword");
        if says_password { Refusal::NeedsPassword } else { Refusal::Damaged }
    })?;
    let (mut all, mut columns) = (Vec::new(), Vec::new());
    for name in book.sheet_names() {
        let rows = match &mut book {
            Sheets::Xlsx(book) => rows_of(book, &name),
            book => dense_rows(book, &name),
        };
        let found = texts(rows, options, &mut columns);
        let before = all.last().map_or(0, |record: &Record| record.row);
        all.extend(found.into_iter().map(|record| Record { row: record.row + before, ..record }));
    }
    match all.is_empty() {
        true if columns.is_empty() => Err(Refusal::NoText),
        true => Err(Refusal::NoTextColumn(columns.join(", "))),
        false => Ok(all),
    }
}

/// The rows of a sheet, cell by cell: one cell far out does not make a large table.
fn rows_of(book: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Vec<SheetRow> {
    let mut rows: Vec<(u32, SheetRow)> = Vec::new();
    let Ok(mut cells) = book.worksheet_cells_reader(name) else { return Vec::new() };
    while let Ok(Some(cell)) = cells.next_cell() {
        let (row, column) = cell.get_position();
        let Some(text) = text_of(&Data::from(cell.get_value().clone())) else { continue };
        if rows.last().is_none_or(|(at, _)| *at != row) {
            if rows.len() == limits::SHEET_ROWS {
                break;
            }
            rows.push((row, SheetRow::new()));
        }
        if let Some((_, cells)) = rows.last_mut() {
            cells.insert(column, text);
        }
    }
    rows.into_iter().map(|(_, row)| row).collect()
}

fn dense_rows(book: &mut Sheets<Cursor<&[u8]>>, name: &str) -> Vec<SheetRow> {
    let Ok(range) = book.worksheet_range(name) else { return Vec::new() };
    let row = |cells: &[Data]| -> SheetRow {
        (0u32..).zip(cells).filter_map(|(at, cell)| Some((at, text_of(cell)?))).collect()
    };
    range.rows().take(limits::SHEET_ROWS).map(row).filter(|row| !row.is_empty()).collect()
}

fn text_of(cell: &Data) -> Option<String> {
    let text = match cell {
        Data::Empty | Data::Error(_) => return None,
        Data::DateTime(day) => {
            let (year, month, day, ..) = day.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        Data::DateTimeIso(day) => day.split('T').next().unwrap_or_default().to_owned(),
        cell => cell.as_string()?,
    };
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// Rows among which the names of the columns are.
const HEAD: usize = 10;

/// The texts in `rows`; where there are none, the names of the columns go to `columns`.
fn texts(rows: Vec<SheetRow>, options: &Options, columns: &mut Vec<String>) -> Vec<Record> {
    let lower = |row: &SheetRow| -> BTreeMap<u32, String> {
        row.iter().map(|(at, name)| (*at, name.to_lowercase())).collect()
    };
    let named = rows.iter().take(HEAD).position(|row| {
        row.len() > 1 && lower(row).values().any(|name| records::names_text(name, options))
    });
    let head = named.or_else(|| rows.iter().take(HEAD).position(|row| row.len() > 1));
    let Some(head) = head else { return Vec::new() };
    let mut names = rows.get(head).map(lower).unwrap_or_default();
    let below = || rows.iter().skip(head + 1);
    if named.is_none() {
        match longest_column(below()) {
            Some(at) => drop(names.insert(at, records::TEXT_COLUMN.to_owned())),
            None => {
                columns.extend(rows.get(head).into_iter().flat_map(|row| row.values().cloned()));
                return Vec::new();
            }
        }
    }
    let cells = below().map(|row| {
        row.iter().filter_map(|(at, text)| Some((names.get(at)?.clone(), text.clone()))).collect()
    });
    records::of_cells(cells, "sheet", options)
}

/// Characters that the cells of a column have on average where they are texts.
const TEXT: usize = 80;

/// The column whose cells are texts: the one with the longest.
fn longest_column<'r>(rows: impl Iterator<Item = &'r SheetRow>) -> Option<u32> {
    let mut lengths: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
    for (at, text) in rows.flatten() {
        let (characters, cells) = lengths.entry(*at).or_default();
        *characters += text.chars().count();
        *cells += 1;
    }
    let average =
        |(at, (characters, cells)): (u32, (usize, usize))| (characters / cells.max(1), at);
    let (length, at) = lengths.into_iter().map(average).max()?;
    (length >= TEXT).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(rows: &[&[&str]]) -> Vec<SheetRow> {
        let row =
            |cells: &&[&str]| (0u32..).zip(cells.iter().map(|cell| (*cell).to_owned())).collect();
        rows.iter().map(row).collect()
    }

    #[test]
    fn names_may_be_below_a_title_and_a_long_column_is_text() {
        let long = "第一条为了规范某某管理，制定本办法。".repeat(5);
        let options = Options::default();
        let named =
            rows(&[&["目录"], &["序号", "标题", "正文"], &["1", "甲", "文"], &["2", "乙", "章"]]);
        let found = texts(named, &options, &mut Vec::new());
        let found: Vec<_> = found.iter().map(|r| (r.row, &*r.metadata.title, &*r.text)).collect();
        assert_eq!(found, [(1, "甲", "文"), (2, "乙", "章")]);
        let unnamed = rows(&[&["标题", "说明"], &["甲", &long]]);
        assert_eq!(texts(unnamed, &options, &mut Vec::new()).len(), 1);
        let mut columns = Vec::new();
        assert!(texts(rows(&[&["序号", "标题"], &["1", "甲"]]), &options, &mut columns).is_empty());
        assert_eq!(columns, ["序号", "标题"]);
    }
}
