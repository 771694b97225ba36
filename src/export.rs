//! Export: reports of what the library found, as Markdown, CSV or HTML. A report is tables under
//! headings; the writers return the whole text and know nothing of where it goes.
//!
//! Cells are foreign text: control characters go, Markdown and HTML are escaped, and a CSV cell
//! never begins a formula (OWASP, "CSV Injection").

use crate::links::difference::{Mark, MarkKind};
use crate::text::sanitize::sanitize;

/// A report.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// Its title.
    pub title: String,
    /// Its tables, in order.
    pub tables: Vec<Table>,
}

/// A table under a heading.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// The heading; empty for none.
    pub heading: String,
    /// The names of its columns.
    pub columns: Vec<String>,
    /// Its rows; a cell may have several lines. A short row is filled with empty cells.
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    /// A table whose cells are plain text.
    pub fn plain(heading: &str, columns: Vec<String>, rows: Vec<Vec<String>>) -> Self {
        let cells = |row: Vec<String>| row.into_iter().map(Cell::from).collect();
        Self { heading: heading.to_owned(), columns, rows: rows.into_iter().map(cells).collect() }
    }

    /// The cells of a row, as many as there are columns.
    fn cells<'t>(&self, row: &'t [Cell]) -> impl Iterator<Item = &'t Cell> {
        const EMPTY: &Cell = &Cell { pieces: Vec::new() };
        row.iter().chain(std::iter::repeat(EMPTY)).take(self.columns.len())
    }
}

/// A cell of a table: text of which some pieces stand out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    pieces: Vec<(MarkKind, String)>,
}

impl Cell {
    /// The text with what a difference says of it. Marks lie in order and cover the text.
    pub fn marked(text: &str, marks: &[Mark]) -> Self {
        let piece = |mark: &Mark| (mark.kind, mark.span.of(text).to_owned());
        Self { pieces: marks.iter().map(piece).collect() }
    }

    /// The cell with `before` at its beginning.
    pub fn after(mut self, before: &str) -> Self {
        self.pieces.insert(0, (MarkKind::Same, before.to_owned()));
        self
    }

    /// The text of the cell.
    pub fn text(&self) -> String {
        self.pieces.iter().map(|(_, text)| text.as_str()).collect()
    }

    /// The pieces as `write` writes them, lines parted by `<br>`, what is changed or has moved
    /// inside an element of that name.
    fn written(&self, write: impl Fn(&str) -> String, changed: &str, moved: &str) -> String {
        let mut text = String::new();
        for (kind, piece) in &self.pieces {
            let lines: Vec<_> = piece.split('\n').map(&write).collect();
            let piece = lines.join("<br>");
            match kind {
                MarkKind::Same => text.push_str(&piece),
                MarkKind::Changed => text.push_str(&format!("<{changed}>{piece}</{changed}>")),
                MarkKind::Moved => text.push_str(&format!("<{moved}>{piece}</{moved}>")),
            }
        }
        text
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self { pieces: vec![(MarkKind::Same, text)] }
    }
}

/// The report as Markdown with tables. What differs stands in `<b>`, what has moved in `<i>`:
/// asterisks beside Chinese marks are not read as emphasis.
pub fn markdown(report: &Report) -> String {
    let mut text = format!("# {}\n", markdown_text(&report.title));
    for table in &report.tables {
        if !table.heading.is_empty() {
            text.push_str(&format!("\n## {}\n", markdown_text(&table.heading)));
        }
        let row = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
        text.push('\n');
        text.push_str(&row(table.columns.iter().map(|cell| markdown_text(cell)).collect()));
        text.push_str(&row(vec!["---".to_owned(); table.columns.len()]));
        for cells in &table.rows {
            let cells = table.cells(cells).map(|cell| cell.written(markdown_text, "b", "i"));
            text.push_str(&row(cells.collect()));
        }
    }
    text
}

/// One line of foreign text in which nothing is markup.
fn markdown_text(line: &str) -> String {
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

/// The tables of the report as CSV (RFC 4180), one behind the other with an empty row between.
pub fn csv(report: &Report) -> String {
    let mut tables = Vec::new();
    for table in &report.tables {
        let row = |cells: Vec<String>| cells.join(",") + "\r\n";
        let mut text = row(table.columns.iter().map(|cell| csv_cell(cell)).collect());
        for cells in &table.rows {
            text.push_str(&row(table.cells(cells).map(|cell| csv_cell(&cell.text())).collect()));
        }
        tables.push(text);
    }
    tables.join("\r\n")
}

/// What makes a spreadsheet take a cell for a formula; full-width forms too.
const FORMULA: [char; 10] = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r'];

fn csv_cell(cell: &str) -> String {
    let clean: Vec<_> = cell.lines().map(sanitize).collect();
    let clean = clean.join("\n");
    let number = clean.parse::<f64>().is_ok();
    let guard = if clean.trim_start().starts_with(FORMULA) && !number { "'" } else { "" };
    let text = format!("{guard}{clean}");
    match text.contains(['"', ',', '\n', '\r']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text,
    }
}

/// The report as one HTML page that needs no other file and runs nothing.
pub fn html(report: &Report) -> String {
    let title = html_text(&report.title);
    let mut text = format!(
        "<!DOCTYPE html>\n<html lang=\"zh\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n"
    );
    for table in &report.tables {
        if !table.heading.is_empty() {
            text.push_str(&format!("<h2>{}</h2>\n", html_text(&table.heading)));
        }
        let columns = table.columns.iter().map(|name| html_text(name));
        text.push_str("<table>\n<thead>\n");
        text.push_str(&html_row(columns, "th"));
        text.push_str("</thead>\n<tbody>\n");
        for cells in &table.rows {
            let cells = table.cells(cells).map(|cell| cell.written(html_text, "mark", "i"));
            text.push_str(&html_row(cells, "td"));
        }
        text.push_str("</tbody>\n</table>\n");
    }
    text.push_str("</body>\n</html>\n");
    text
}

const STYLE: &str = "body{max-width:72em;margin:2em auto;padding:0 1em;line-height:1.7;\
    font-family:serif;color:#222;background:#fff}h1{font-size:1.4em}h2{font-size:1.1em}\
    table{border-collapse:collapse;width:100%;margin:1em 0}\
    th,td{border-bottom:1px solid #ccc;padding:.3em .6em;text-align:left;vertical-align:top;\
    overflow-wrap:anywhere}thead th{border-bottom:2px solid #888}\
    mark{background:#ffe9a8;color:inherit}i{font-style:normal;border-bottom:2px dotted #2a6db0}\
    @media print{body{max-width:none;margin:0}thead{display:table-header-group}}";

fn html_row(cells: impl Iterator<Item = String>, tag: &str) -> String {
    let cells: String = cells.map(|cell| format!("<{tag}>{cell}</{tag}>")).collect();
    format!("<tr>{cells}</tr>\n")
}

/// One line of foreign text in which nothing is markup.
fn html_text(line: &str) -> String {
    let clean = sanitize(line).replace('&', "&amp;").replace('<', "&lt;");
    clean.replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(cell: &str) -> Report {
        let columns = vec!["甲".to_owned(), "乙".to_owned()];
        let table = Table::plain("主题", columns, vec![vec![cell.to_owned()]]);
        Report { title: "报告".to_owned(), tables: vec![table] }
    }

    #[test]
    fn what_differs_stands_out_and_is_escaped() {
        let (old, new) = ("创新<应用>先导区", "创新<发展>先导区");
        let marks = crate::links::difference::difference(old, new);
        let mut report = report("");
        report.tables[0].rows = vec![vec![Cell::marked(old, &marks.old)]];
        assert!(html(&report).contains("创新&lt;<mark>应用</mark>&gt;先导区"), "{}", html(&report));
        assert!(markdown(&report).contains("创新&lt;<b>应用</b>>先导区"));
        assert!(csv(&report).contains("创新<应用>先导区"));
    }

    #[test]
    fn a_page_is_well_formed_whatever_stands_in_it() {
        for cell in ["", "甲\n\n乙", "</td><table>", "<!--", "&#0;&lt", "\u{0}\u{202E}甲", "]]>"]
        {
            let page = html(&report(cell));
            let read = scraper::Html::parse_document(&page);
            assert_eq!(read.errors, Vec::<std::borrow::Cow<'_, str>>::new(), "{page}");
            let cells = scraper::Selector::parse("table > tbody > tr > td").unwrap();
            assert_eq!(read.select(&cells).count(), 2, "{page}");
        }
    }

    #[test]
    fn a_csv_cell_is_quoted_and_begins_no_formula() {
        let cases = [
            ("一,二", "\"一,二\""),
            ("他说\"好\"", "\"他说\"\"好\"\"\""),
            ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
            (" @x", "' @x"),
            ("＝1+1", "'＝1+1"),
            ("-3.5", "-3.5"),
            ("一\n二", "\"一\n二\""),
            ("a\x1B[2Jb", "ab"),
        ];
        for (cell, written) in cases {
            assert_eq!(csv(&report(cell)), format!("甲,乙\r\n{written},\r\n"), "{cell:?}");
        }
    }

    #[test]
    fn html_and_markdown_let_no_markup_of_a_text_through() {
        let page = html(&report("<script>alert('1')</script>&\"\n二"));
        assert!(page.contains("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;&quot;<br>二"));
        assert!(!page.contains("http"), "a page that needs nothing from elsewhere");
        let text = markdown(&report("a|b <i> [x](y)\n二"));
        assert!(text.contains("| a\\|b &lt;i> \\[x\\](y)<br>二 |  |"), "{text}");
    }
}
