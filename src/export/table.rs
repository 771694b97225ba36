//! A report that is tables under headings, as Markdown, CSV or HTML: the matrix, shared wording,
//! comparisons, targets.

use super::page::page;
use crate::reuse::diff::{DiffSpan, MarkKind};
use crate::text::markup::{Csv, Format, Html, Lines, Markdown, Markup, Own, Text, Written};

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

    /// The pieces, lines separated by a break, what is changed or has moved inside an element with
    /// these tags.
    fn written<F: Format>(
        &self,
        changed: [&'static str; 2],
        moved: [&'static str; 2],
    ) -> Markup<F> {
        let mut text = Markup::default();
        for (kind, piece) in &self.pieces {
            let [open, close] = match kind {
                MarkKind::Same => ["", ""],
                MarkKind::Changed => changed,
                MarkKind::Moved => moved,
            };
            text.push([Own(open), Lines(piece), Own(close)]);
        }
        text
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self { pieces: vec![(MarkKind::Same, text)] }
    }
}

/// The report as Markdown with tables. What differs is in `<b>`, what has moved in `<i>`: asterisks
/// beside Chinese marks are not read as emphasis.
pub fn markdown(report: &Report) -> Markdown {
    let mut text = Markdown::of([Own("# "), Text(&report.title), Own("\n")]);
    for table in &report.tables {
        if !table.heading.is_empty() {
            text.push([Own("\n## "), Text(&table.heading), Own("\n")]);
        }
        text.push([Own("\n")]);
        push_markdown_row(&mut text, table.columns.iter().map(|name| Markdown::of([Text(name)])));
        push_markdown_row(&mut text, table.columns.iter().map(|_| Markdown::of([Own("---")])));
        for cells in &table.rows {
            let cells = table.cells(cells);
            let cells = cells.map(|cell| cell.written(["<b>", "</b>"], ["<i>", "</i>"]));
            push_markdown_row(&mut text, cells);
        }
    }
    text
}

/// A row of a table.
pub(super) fn push_markdown_row(text: &mut Markdown, cells: impl Iterator<Item = Markdown>) {
    text.push([Own("|")]);
    for cell in cells {
        text.push([Own(" "), Written(&cell), Own(" |")]);
    }
    text.push([Own("\n")]);
}

/// The tables of the report as CSV, one after the other with an empty row between.
pub fn csv(report: &Report) -> Csv {
    let mut text = Csv::default();
    for (nth, table) in report.tables.iter().enumerate() {
        if nth > 0 {
            text.push_gap();
        }
        text.push_row(&table.columns);
        for cells in &table.rows {
            text.push_row(table.cells(cells).map(Cell::text));
        }
    }
    text
}

/// The report as one HTML page that needs no other file and runs nothing.
pub fn html(report: &Report) -> Html {
    let mut body = Html::default();
    for table in &report.tables {
        if !table.heading.is_empty() {
            body.push([Own("<h2>"), Text(&table.heading), Own("</h2>\n")]);
        }
        let figures = table.figures();
        // Columns of prose are of one width; beside figures they share what these leave.
        let even = if figures.contains(&true) { "" } else { " class=\"even\"" };
        let columns = table.columns.iter().map(|name| Html::of([Text(name)]));
        body.push([Own("<table"), Own(even), Own(">\n<thead>\n")]);
        push_html_row(&mut body, columns, ["<th", "</th>"], &figures);
        body.push([Own("</thead>\n<tbody>\n")]);
        for cells in &table.rows {
            let cells = table.cells(cells);
            let cells = cells.map(|cell| cell.written(["<mark>", "</mark>"], ["<i>", "</i>"]));
            push_html_row(&mut body, cells, ["<td", "</td>"], &figures);
        }
        body.push([Own("</tbody>\n</table>\n")]);
    }
    page("zh", &report.title, &body)
}

fn push_html_row(
    body: &mut Html,
    cells: impl Iterator<Item = Html>,
    [open, close]: [&'static str; 2],
    figures: &[bool],
) {
    body.push([Own("<tr>")]);
    for (cell, figure) in cells.zip(figures) {
        let class = if *figure { " class=\"n\">" } else { ">" };
        body.push([Own(open), Own(class), Written(&cell), Own(close)]);
    }
    body.push([Own("</tr>\n")]);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html_of(report: &Report) -> String {
        html(report).into()
    }

    fn markdown_of(report: &Report) -> String {
        markdown(report).into()
    }

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
        assert!(
            html(&report).as_str().contains("创新&lt;<mark>应用</mark>&gt;先导区"),
            "{}",
            html(&report)
        );
        assert!(markdown(&report).as_str().contains("创新&lt;<b>应用</b>>先导区"));
        assert!(csv(&report).as_str().contains("创新<应用>先导区"));
    }

    #[test]
    fn figures_stand_right_and_are_never_broken_and_prose_has_even_columns() {
        let columns = vec!["字".to_owned(), "甲".to_owned()];
        let rows = vec![vec!["48".to_owned(), "标准".to_owned()]];
        let table = Table::plain("", columns, rows);
        let page = html_of(&Report { title: String::new(), tables: vec![table] });
        assert!(page.contains("<tr><td class=\"n\">48</td><td>标准</td></tr>"), "{page}");
        assert!(
            page.contains("<table>") && html_of(&report("标准")).contains("<table class=\"even\">")
        );
    }

    #[test]
    fn a_page_is_well_formed_whatever_stands_in_it() {
        for cell in ["", "甲\n\n乙", "</td><table>", "<!--", "&#0;&lt", "\u{0}\u{202E}甲", "]]>"]
        {
            let page = html_of(&report(cell));
            let read = scraper::Html::parse_document(&page);
            assert_eq!(read.errors, Vec::<std::borrow::Cow<'_, str>>::new(), "{page}");
            let cells = scraper::Selector::parse("table > tbody > tr > td").unwrap();
            assert_eq!(read.select(&cells).count(), 2, "{page}");
        }
    }

    #[test]
    fn html_and_markdown_let_no_markup_of_a_text_through() {
        let page = html_of(&report("<script>alert('1')</script>&\"\n二"));
        assert!(page.contains("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;&quot;<br>二"));
        assert!(!page.contains("://"), "a page that needs nothing from elsewhere");
        let text = markdown_of(&report("a|b <i> [x](y)\n二"));
        assert!(text.contains("| a\\|b &lt;i> \\[x\\](y)<br>二 |  |"), "{text}");
    }
}
