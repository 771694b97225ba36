//! A report that is tables under headings, as Markdown, CSV or HTML: the matrix, shared wording,
//! comparisons, targets.

use super::escape::{csv_row, html_text, markdown_text};
use super::page::page;
use crate::reuse::diff::{DiffSpan, MarkKind};

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

    /// Of each column whether it holds nothing but figures, which are never broken.
    fn figures(&self) -> Vec<bool> {
        let is_figure = |c: char| c.is_ascii_digit() || matches!(c, '.' | '%' | ' ' | '·');
        let all = |column: usize| {
            let mut cells = self.rows.iter().filter_map(|row| row.get(column)).peekable();
            cells.peek().is_some() && cells.all(|cell: &Cell| cell.text().chars().all(is_figure))
        };
        (0..self.columns.len()).map(all).collect()
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
    pub fn marked(text: &str, marks: &[DiffSpan]) -> Self {
        let piece = |mark: &DiffSpan| (mark.kind, mark.span.of(text).to_owned());
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

/// The tables of the report as CSV (RFC 4180), one behind the other with an empty row between.
pub fn csv(report: &Report) -> String {
    let mut tables = Vec::new();
    for table in &report.tables {
        let mut text = csv_row(&table.columns);
        for cells in &table.rows {
            text.push_str(&csv_row(table.cells(cells).map(Cell::text)));
        }
        tables.push(text);
    }
    tables.join("\r\n")
}

/// The report as one HTML page that needs no other file and runs nothing.
pub fn html(report: &Report) -> String {
    let mut body = String::new();
    for table in &report.tables {
        if !table.heading.is_empty() {
            body.push_str(&format!("<h2>{}</h2>\n", html_text(&table.heading)));
        }
        let figures = table.figures();
        // Columns of prose are of one width; beside figures they share what these leave.
        let even = if figures.contains(&true) { "" } else { " class=\"even\"" };
        let columns = table.columns.iter().map(|name| html_text(name));
        body.push_str(&format!("<table{even}>\n<thead>\n"));
        body.push_str(&html_row(columns, "th", &figures));
        body.push_str("</thead>\n<tbody>\n");
        for cells in &table.rows {
            let cells = table.cells(cells).map(|cell| cell.written(html_text, "mark", "i"));
            body.push_str(&html_row(cells, "td", &figures));
        }
        body.push_str("</tbody>\n</table>\n");
    }
    page("zh", &report.title, &body)
}

fn html_row(cells: impl Iterator<Item = String>, tag: &str, figures: &[bool]) -> String {
    let class = |figure: &bool| if *figure { " class=\"n\"" } else { "" };
    let cells = cells.zip(figures).map(|(cell, figure)| {
        let class = class(figure);
        format!("<{tag}{class}>{cell}</{tag}>")
    });
    format!("<tr>{}</tr>\n", cells.collect::<String>())
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
        let marks = crate::reuse::diff::difference(old, new);
        let mut report = report("");
        report.tables[0].rows = vec![vec![Cell::marked(old, &marks.old)]];
        assert!(html(&report).contains("创新&lt;<mark>应用</mark>&gt;先导区"), "{}", html(&report));
        assert!(markdown(&report).contains("创新&lt;<b>应用</b>>先导区"));
        assert!(csv(&report).contains("创新<应用>先导区"));
    }

    #[test]
    fn figures_stand_right_and_are_never_broken_and_prose_has_even_columns() {
        let columns = vec!["字".to_owned(), "甲".to_owned()];
        let rows = vec![vec!["48".to_owned(), "标准".to_owned()]];
        let table = Table::plain("", columns, rows);
        let page = html(&Report { title: String::new(), tables: vec![table] });
        assert!(page.contains("<tr><td class=\"n\">48</td><td>标准</td></tr>"), "{page}");
        assert!(
            page.contains("<table>") && html(&report("标准")).contains("<table class=\"even\">")
        );
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
    fn html_and_markdown_let_no_markup_of_a_text_through() {
        let page = html(&report("<script>alert('1')</script>&\"\n二"));
        assert!(page.contains("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;&quot;<br>二"));
        assert!(!page.contains("://"), "a page that needs nothing from elsewhere");
        let text = markdown(&report("a|b <i> [x](y)\n二"));
        assert!(text.contains("| a\\|b &lt;i> \\[x\\](y)<br>二 |  |"), "{text}");
    }
}
