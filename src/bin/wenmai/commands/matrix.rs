//! `matrix`: themes by region, document, year or issuer, with counts and rates, and the gaps of the
//! regions against the national texts.

use std::collections::BTreeMap;

use serde::Serialize;
use wenmai::export::{Report, Table};
use wenmai::library::Library;
use wenmai::links::ThemeId;
use wenmai::links::matrix::{By, Cell, Column, Gap, Matrix, NATIONAL};

use super::output::Output;
use super::{Outcome, report};
use crate::cli;

/// One element of `matrix --json`.
#[derive(Debug, Serialize)]
struct Record<'m> {
    theme: &'m str,
    cells: BTreeMap<&'m str, CellRecord>,
}

#[derive(Debug, Serialize)]
struct CellRecord {
    mentions: u32,
    documents: u32,
    per_10k: f64,
}

/// Prints the matrix.
pub(crate) fn run(
    library: &Library,
    args: &cli::Matrix,
    out: &mut Output,
) -> anyhow::Result<Outcome> {
    let by = match args.by {
        cli::By::Region => By::Region,
        cli::By::Document => By::Document,
        cli::By::Year => By::Year,
        cli::By::Issuer => By::Issuer,
    };
    let matrix = Matrix::new(library.documents(), library.themes(), by);
    if out.json || args.format == cli::Format::Json {
        let records = matrix.rows.iter().map(|row| record(library, &matrix, row));
        out.json(&records.collect::<Vec<_>>())?;
    } else if args.format == cli::Format::Text {
        let mut lines = vec![head(&matrix)];
        lines.extend(rows(library, &matrix, args));
        out.table(&lines, &numbers(&matrix))?;
        out.print(&gaps(library, &matrix))?;
    } else {
        out.print(&report::write(&tables(library, &matrix, args), args.format))?;
    }
    if matrix.rows.is_empty() {
        eprintln!("wenmai: no theme is shared here, or no text says its {}", name_of(args.by));
        return Ok(Outcome::NothingMatched);
    }
    Ok(Outcome::Done)
}

fn name_of(by: cli::By) -> &'static str {
    match by {
        cli::By::Region => "region",
        cli::By::Document => "name",
        cli::By::Year => "year",
        cli::By::Issuer => "issuer",
    }
}

type Row = wenmai::links::matrix::Row;

fn theme_name(library: &Library, theme: ThemeId) -> &str {
    library.themes().theme(theme).map_or("", |theme| theme.name.as_str())
}

fn record<'m>(library: &'m Library, matrix: &'m Matrix, row: &'m Row) -> Record<'m> {
    let cell = |(column, cell): (&'m Column, &'m Cell)| {
        let per_10k = (cell.per_10k(column) * 100.0).round() / 100.0;
        let Cell { mentions, documents } = *cell;
        (column.name.as_str(), CellRecord { mentions, documents, per_10k })
    };
    Record {
        theme: theme_name(library, row.theme),
        cells: matrix.columns.iter().zip(&row.cells).map(cell).collect(),
    }
}

/// The columns of numbers, which are flush right.
fn numbers(matrix: &Matrix) -> Vec<usize> {
    (1..=matrix.columns.len()).collect()
}

/// The names of the columns.
fn head(matrix: &Matrix) -> Vec<String> {
    ["主题".to_owned()].into_iter().chain(matrix.columns.iter().map(|c| c.name.clone())).collect()
}

/// A row a theme.
fn rows(library: &Library, matrix: &Matrix, args: &cli::Matrix) -> Vec<Vec<String>> {
    let row = |row: &Row| {
        let cells = matrix.columns.iter().zip(&row.cells).map(|(column, c)| cell(column, *c, args));
        [theme_name(library, row.theme).to_owned()].into_iter().chain(cells).collect()
    };
    matrix.rows.iter().map(row).collect()
}

fn cell(column: &Column, cell: Cell, args: &cli::Matrix) -> String {
    let (count, rate) = (cell.mentions.to_string(), format!("{:.1}", cell.per_10k(column)));
    match (cell.mentions, args.counts, args.rate) {
        (0, ..) if args.format == cli::Format::Text => "·".to_owned(),
        (_, true, false) => count,
        // A cell of a spreadsheet is one number.
        (_, false, false) if args.format == cli::Format::Csv => count,
        (_, false, true) => rate,
        _ => format!("{count} {rate:>5}"),
    }
}

/// Themes of a gap that are named to a person.
const NAMED: usize = 20;

fn national_gaps(matrix: &Matrix) -> Vec<Gap> {
    matrix.column(NATIONAL).map(|national| matrix.gaps(national)).unwrap_or_default()
}

fn gap_rows(library: &Library, matrix: &Matrix) -> Vec<Vec<String>> {
    let names = |themes: &[ThemeId]| {
        let named: Vec<_> = themes.iter().take(NAMED).map(|id| theme_name(library, *id)).collect();
        let more = if themes.len() > NAMED { " …" } else { "" };
        format!("{}{more}", named.join(" "))
    };
    let row = |gap: &Gap| {
        let column = matrix.columns.get(gap.column)?;
        Some(vec![column.name.clone(), names(&gap.lacks), names(&gap.adds)])
    };
    national_gaps(matrix).iter().filter_map(row).collect()
}

fn gaps(library: &Library, matrix: &Matrix) -> String {
    let mut text = String::new();
    for row in gap_rows(library, matrix) {
        if let [region, lacks, adds] = row.as_slice() {
            let line = format!("全国有而{region}无：{lacks}");
            text.push_str(&format!("\n{}\n", report::clean(&line)));
            let line = format!("{region}有而全国无：{adds}");
            text.push_str(&format!("{}\n", report::clean(&line)));
        }
    }
    text
}

fn tables(library: &Library, matrix: &Matrix, args: &cli::Matrix) -> Report {
    let rows = rows(library, matrix, args);
    let mut tables = vec![Table { heading: String::new(), columns: head(matrix), rows }];
    let gaps = gap_rows(library, matrix);
    // A CSV file is one table.
    if !gaps.is_empty() && args.format != cli::Format::Csv {
        let columns = ["", "全国有而此处无", "此处有而全国无"].map(str::to_owned).into();
        tables.push(Table { heading: "缺口".to_owned(), columns, rows: gaps });
    }
    Report { title: "主题矩阵".to_owned(), tables }
}
