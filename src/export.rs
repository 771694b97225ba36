//! Export: reports of what the library found, as Markdown, CSV or HTML. A report is tables under
//! headings; the writers return the whole text and know nothing of where it goes.
//!
//! Cells are foreign text: control characters go, Markdown and HTML are escaped, and a CSV cell
//! never begins a formula (OWASP, "CSV Injection").

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
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// The cells of a row, as many as there are columns.
    fn cells<'t>(&'t self, row: &'t [String]) -> impl Iterator<Item = &'t str> {
        let filled = row.iter().map(String::as_str).chain(std::iter::repeat(""));
        filled.take(self.columns.len())
    }
}

/// The report as Markdown with tables.
pub fn markdown(report: &Report) -> String {
    let mut text = format!("# {}\n", markdown_cell(&report.title));
    for table in &report.tables {
        if !table.heading.is_empty() {
            text.push_str(&format!("\n## {}\n", markdown_cell(&table.heading)));
        }
        let row = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
        text.push('\n');
        text.push_str(&row(table.columns.iter().map(|cell| markdown_cell(cell)).collect()));
        text.push_str(&row(vec!["---".to_owned(); table.columns.len()]));
        for cells in &table.rows {
            text.push_str(&row(table.cells(cells).map(markdown_cell).collect()));
        }
    }
    text
}

fn markdown_cell(cell: &str) -> String {
    let line = |line: &str| {
        let mut escaped = String::new();
        for c in sanitize(line).chars() {
            match c {
                '<' => escaped.push_str("&lt;"),
                '&' => escaped.push_str("&amp;"),
                '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' | '!' => {
                    escaped.extend(['\\', c]);
                }
                _ => escaped.push(c),
            }
        }
        escaped
    };
    cell.lines().map(line).collect::<Vec<_>>().join("<br>")
}

/// The tables of the report as CSV (RFC 4180), one behind the other with an empty row between.
pub fn csv(report: &Report) -> String {
    let mut tables = Vec::new();
    for table in &report.tables {
        let row = |cells: Vec<String>| cells.join(",") + "\r\n";
        let mut text = row(table.columns.iter().map(|cell| csv_cell(cell)).collect());
        for cells in &table.rows {
            text.push_str(&row(table.cells(cells).map(csv_cell).collect()));
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
        let columns = table.columns.iter().map(String::as_str);
        text.push_str("<table>\n<thead>\n");
        text.push_str(&html_row(columns, "th"));
        text.push_str("</thead>\n<tbody>\n");
        for cells in &table.rows {
            text.push_str(&html_row(table.cells(cells), "td"));
        }
        text.push_str("</tbody>\n</table>\n");
    }
    text.push_str("</body>\n</html>\n");
    text
}

const STYLE: &str = "body{max-width:72em;margin:2em auto;padding:0 1em;line-height:1.7;\
    font-family:serif}table{border-collapse:collapse;width:100%;margin:1em 0}\
    th,td{border-bottom:1px solid #ccc;padding:.3em .6em;text-align:left;vertical-align:top}";

fn html_row<'c>(cells: impl Iterator<Item = &'c str>, tag: &str) -> String {
    let cells: String = cells.map(|cell| format!("<{tag}>{}</{tag}>", html_text(cell))).collect();
    format!("<tr>{cells}</tr>\n")
}

fn html_text(text: &str) -> String {
    let line = |line: &str| {
        let clean = sanitize(line).replace('&', "&amp;").replace('<', "&lt;");
        clean.replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
    };
    text.lines().map(line).collect::<Vec<_>>().join("<br>")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(cell: &str) -> Report {
        let table = Table {
            heading: "主题".to_owned(),
            columns: vec!["甲".to_owned(), "乙".to_owned()],
            rows: vec![vec![cell.to_owned()]],
        };
        Report { title: "报告".to_owned(), tables: vec![table] }
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
