//! `matrix`: themes by region, document, year or issuer, with counts and rates, and the gaps of the
//! regions against the national texts.

use std::collections::BTreeMap;

use anyhow::bail;
use serde::Serialize;
use wenmai::compare::matrix::{By, Cell, Column, Gap, Matrix, NATIONAL, Order};
use wenmai::export::{Report, Table};
use wenmai::library::Library;
use wenmai::themes::ThemeId;

use super::output::Output;
use super::{Outcome, report};
use crate::cli;
use crate::ui::say::{say, word};

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
    let matrix = ordered(library, Matrix::new(library.documents(), library.themes(), by), args)?;
    let against = args.against.as_deref().map(|name| column(&matrix, name)).transpose()?;
    let gaps = against.or(matrix.column(NATIONAL)).map(|column| matrix.gaps(column));
    let view = View { against, gaps: gaps.unwrap_or_default(), matrix: &matrix };
    if out.json || args.written.format == cli::Format::Json {
        print_json(library, &view, args, out)?;
    } else if args.written.format == cli::Format::Text {
        if !args.gaps {
            let mut lines = vec![head(&matrix)];
            lines.extend(rows(library, &matrix, args));
            out.table(&lines, &numbers(&matrix))?;
        }
        out.print(&gaps_text(library, &view))?;
    } else {
        out.print(&report::write(&tables(library, &view, args), &args.written))?;
    }
    if matrix.rows.is_empty() {
        crate::hint::warn(&say!("command.no_matrix", name_of(args.by)));
        return Ok(Outcome::NothingMatched);
    }
    if args.gaps && view.gaps.is_empty() {
        crate::hint::warn(&say!("command.no_baseline"));
        return Ok(Outcome::NothingMatched);
    }
    Ok(Outcome::Done)
}

/// A matrix with the gaps of its columns.
struct View<'m> {
    matrix: &'m Matrix,
    /// The column against which they are told, where one was asked for.
    against: Option<usize>,
    gaps: Vec<Gap>,
}

impl View<'_> {
    /// The name of the column against which gaps are told.
    fn against(&self) -> &str {
        let column = self.against.and_then(|column| self.matrix.columns.get(column));
        column.map_or(NATIONAL, |column| column.name.as_str())
    }
}

/// The matrix with the rows and the order that are asked for.
fn ordered(library: &Library, mut matrix: Matrix, args: &cli::Matrix) -> anyhow::Result<Matrix> {
    let order = match (&args.sort_by, args.sort) {
        (Some(name), _) => Order::Column(column(&matrix, name)?),
        (None, cli::Sort::Rank) => Order::Rank,
        (None, cli::Sort::Name) => Order::Name,
        (None, cli::Sort::Mentions) => Order::Mentions,
        (None, cli::Sort::Columns) => Order::Columns,
    };
    matrix.keep(args.theme.as_deref().unwrap_or_default(), args.least, library.themes());
    matrix.sort(order, library.themes());
    matrix.rows.truncate(args.limit.unwrap_or(usize::MAX));
    Ok(matrix)
}

/// The number of the column called `name`.
fn column(matrix: &Matrix, name: &str) -> anyhow::Result<usize> {
    let Some(column) = matrix.column(name) else {
        let names: Vec<_> = matrix.columns.iter().take(40).map(|c| c.name.as_str()).collect();
        bail!(say!("command.no_column", name, names.join(" ")));
    };
    Ok(column)
}

fn print_json(
    library: &Library,
    view: &View<'_>,
    args: &cli::Matrix,
    out: &mut Output,
) -> anyhow::Result<()> {
    if args.gaps {
        let gaps = view.gaps.iter().filter_map(|gap| gap_record(library, view, gap));
        return out.json(&gaps.collect::<Vec<_>>());
    }
    let records = view.matrix.rows.iter().map(|row| record(library, view.matrix, row));
    out.json(&records.collect::<Vec<_>>())
}

/// One element of `matrix --gaps --json`.
#[derive(Debug, Serialize)]
struct GapRecord<'m> {
    column: &'m str,
    against: &'m str,
    lacks: Vec<&'m str>,
    adds: Vec<&'m str>,
}

fn gap_record<'m>(library: &'m Library, view: &'m View<'_>, gap: &Gap) -> Option<GapRecord<'m>> {
    let names = |ids: &[ThemeId]| ids.iter().map(|id| theme_name(library, *id)).collect();
    Some(GapRecord {
        column: &view.matrix.columns.get(gap.column)?.name,
        against: view.against(),
        lacks: names(&gap.lacks),
        adds: names(&gap.adds),
    })
}

fn name_of(by: cli::By) -> &'static str {
    match by {
        cli::By::Region => word("command.by_region"),
        cli::By::Document => word("command.by_document"),
        cli::By::Year => word("command.by_year"),
        cli::By::Issuer => word("command.by_issuer"),
    }
}

type Row = wenmai::compare::matrix::Row;

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
    [word("command.theme").to_owned()]
        .into_iter()
        .chain(matrix.columns.iter().map(|c| c.name.clone()))
        .collect()
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
        (0, ..) if args.written.format == cli::Format::Text => "·".to_owned(),
        (_, true, false) => count,
        // A cell of a spreadsheet is one number.
        (_, false, false) if args.written.format == cli::Format::Csv => count,
        (_, false, true) => rate,
        _ => format!("{count} {rate:>5}"),
    }
}

/// Themes of a gap that are named to a person.
const NAMED: usize = 20;

fn gap_rows(library: &Library, view: &View<'_>) -> Vec<Vec<String>> {
    let names = |themes: &[ThemeId]| {
        let named: Vec<_> = themes.iter().take(NAMED).map(|id| theme_name(library, *id)).collect();
        let more = if themes.len() > NAMED { " …" } else { "" };
        format!("{}{more}", named.join(" "))
    };
    let row = |gap: &Gap| {
        let column = view.matrix.columns.get(gap.column)?;
        Some(vec![column.name.clone(), names(&gap.lacks), names(&gap.adds)])
    };
    view.gaps.iter().filter_map(row).collect()
}

fn gaps_text(library: &Library, view: &View<'_>) -> String {
    let mut text = String::new();
    let against = view.against();
    for row in gap_rows(library, view) {
        if let [column, lacks, adds] = row.as_slice() {
            let line = say!("command.gap", against, column, lacks);
            text.push_str(&format!("\n{}\n", report::clean(&line)));
            let line = say!("command.gap", column, against, adds);
            text.push_str(&format!("{}\n", report::clean(&line)));
        }
    }
    text
}

fn tables(library: &Library, view: &View<'_>, args: &cli::Matrix) -> Report {
    let mut tables = Vec::new();
    if !args.gaps {
        tables.push(Table::plain("", head(view.matrix), rows(library, view.matrix, args)));
    }
    let gaps = gap_rows(library, view);
    // A CSV file is one table.
    if args.gaps || !gaps.is_empty() && args.written.format != cli::Format::Csv {
        let against = view.against();
        let lacks = say!("command.lacks_head", against);
        let adds = say!("command.adds_head", against);
        tables.push(Table::plain(word("command.gaps"), vec![String::new(), lacks, adds], gaps));
    }
    let counted = match (args.counts, args.rate) {
        (true, false) => word("command.count"),
        (false, true) => word("command.rate"),
        _ => word("command.count_and_rate"),
    };
    Report { title: say!("command.matrix_title", counted), tables }
}
