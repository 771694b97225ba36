//! Foreign text in a format with markup of its own: nothing in it is markup there, and nothing in it
//! steers a terminal or a spreadsheet.

use crate::text::sanitize::sanitize;

/// One line of foreign text in Markdown.
pub(super) fn markdown_text(line: &str) -> String {
    let mut escaped = String::new();
    for c in sanitize(line).chars() {
        match c {
            '<' => escaped.push_str("&lt;"),
            '&' => escaped.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' | '!' | '$' => {
                escaped.extend(['\\', c]);
            }
            _ => escaped.push(c),
        }
    }
    escaped
}

/// One line of foreign text in HTML, also inside an attribute in quotation marks.
pub(super) fn html_text(line: &str) -> String {
    let clean = sanitize(line).replace('&', "&amp;").replace('<', "&lt;");
    clean.replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

/// A row of CSV (RFC 4180) with its line end.
pub(super) fn csv_row<C: AsRef<str>>(cells: impl IntoIterator<Item = C>) -> String {
    let cells: Vec<_> = cells.into_iter().map(|cell| csv_cell(cell.as_ref())).collect();
    cells.join(",") + "\r\n"
}

/// What makes a spreadsheet take a cell for a formula (OWASP, "CSV Injection"); full-width forms
/// too.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// A cell of CSV. One that would begin a formula, also behind blanks, begins with an apostrophe
/// unless it is a plain number.
fn csv_cell(cell: &str) -> String {
    let clean: Vec<_> = cell.lines().map(sanitize).collect();
    let clean = clean.join("\n");
    let number = clean.parse::<f64>().is_ok();
    let guard = if clean.trim_start().starts_with(FORMULA) && !number { "'" } else { "" };
    let text = format!("{guard}{clean}");
    // A semicolon parts cells where the comma is the decimal mark.
    match text.contains(['"', ',', ';', '\n', '\r']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_csv_cell_is_quoted_and_begins_no_formula() {
        let cases = [
            ("一,二", "\"一,二\""),
            ("一;二", "\"一;二\""),
            ("他说\"好\"", "\"他说\"\"好\"\"\""),
            ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
            (" @x", "' @x"),
            ("\t=1+1", "' =1+1"),
            ("\r=1+1", "' =1+1"),
            ("\n=1+1", "\"'\n=1+1\""),
            ("＝1+1", "'＝1+1"),
            ("\u{200B}=1+1", "'=1+1"),
            ("-3.5", "-3.5"),
            ("一\n二", "\"一\n二\""),
            ("a\x1B[2Jb", "ab"),
        ];
        for (cell, written) in cases {
            assert_eq!(csv_cell(cell), written, "{cell:?}");
        }
    }

    proptest! {
        #[test]
        fn a_spreadsheet_reads_back_the_cells_and_finds_no_formula(
            cells in prop::collection::vec("[-=+@＝\t\r\n ;,\"'甲a1]{0,6}", 1..4)
        ) {
            let row = csv_row(&cells);
            let mut reader =
                csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(row.as_bytes());
            let read = reader.records().next().and_then(Result::ok).unwrap_or_default();
            prop_assert!(read.len() == cells.len() || cells.concat().trim().is_empty());
            for cell in &read {
                prop_assert!(!cell.starts_with(FORMULA) || cell.parse::<f64>().is_ok(), "{cell}");
                prop_assert!(!cell.starts_with(['\t', '\r']));
            }
        }
    }
}
