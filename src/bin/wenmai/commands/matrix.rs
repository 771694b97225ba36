//! `matrix`: themes by region, document, year or issuer, with counts and rates, and the gaps of the
//! regions against the national texts.

use std::collections::BTreeMap;

use anyhow::bail;
use serde::Serialize;
use wenmai::compare::matrix::{
    Axis, Column, Gap, Matrix, Missing, NATIONAL, RowOrder, ThemeCell, ThemeRow,
};
use wenmai::export::{Report, Table};
use wenmai::library::Library;
use wenmai::themes::{ThemeId, ThemeIndex};

use super::output::{DIM, Output};
use super::wording::Named;
use super::{Outcome, report};
use crate::cli;
use crate::ui::say::{lang, say, word};

/// One element of `matrix --json`.
#[derive(Debug, Serialize)]
struct MatrixJson<'m> {
    theme: &'m str,
    cells: BTreeMap<&'m str, CellRecord>,
}

#[derive(Debug, Serialize)]
struct CellRecord {
    mentions: u32,
    documents: u32,
    per_10k: f64,
    /// Mentions to be expected by the rate in all other columns.
    expected: f64,
    /// How many of them are missing, 0 where none is.
    gap: f64,
}

/// Prints the matrix.
pub(crate) fn run(
    library: &Library,
    args: &cli::Matrix,
    out: &mut Output,
) -> anyhow::Result<Outcome> {
    let by = match args.by {
        cli::By::Region => Axis::Region,
        cli::By::Document => Axis::Document,
        cli::By::Year => Axis::Year,
        cli::By::Issuer => Axis::Issuer,
    };
    let named = args.theme.as_deref().map(|name| Named::of(library, name));
    // A theme is shown among those whose names hold it.
    let named = named.as_ref().filter(|named| matches!(named, Named::Wording(_)));
    let index = named.map_or(library.themes(), Named::index);
    let count = if args.bodies { Matrix::of_bodies } else { Matrix::new };
    let matrix = ordered(index, count(library.documents(), index, by), args)?;
    let against = args.against.as_deref().map(|name| column(&matrix, name)).transpose()?;
    let gaps = against.or(matrix.column(NATIONAL)).map(|column| matrix.gaps(column));
    let view = View { index, against, gaps: gaps.unwrap_or_default(), matrix: &matrix };
    if out.json || args.written.format == cli::Format::Json {
        print_json(&view, args, out)?;
    } else if args.written.format == cli::Format::Text {
        if !args.gaps {
            let mut lines = vec![head(&matrix)];
            lines.extend(rows(&view, args));
            out.table(&lines, &numbers(&matrix))?;
        }
        out.print(&gaps_text(&view))?;
    } else {
        out.export(&report::write(&tables(&view, args), &args.written))?;
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
    index: &'m ThemeIndex,
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
fn ordered(index: &ThemeIndex, mut matrix: Matrix, args: &cli::Matrix) -> anyhow::Result<Matrix> {
    let order = match (&args.sort_by, args.sort) {
        (Some(name), _) => RowOrder::Column(column(&matrix, name)?),
        (None, cli::Sort::Rank) => RowOrder::Rank,
        (None, cli::Sort::Name) => RowOrder::Name,
        (None, cli::Sort::Mentions) => RowOrder::Mentions,
        (None, cli::Sort::Columns) => RowOrder::Columns,
    };
    matrix.keep(args.theme.as_deref().unwrap_or_default(), args.least, index);
    matrix.sort(order, index);
    matrix.rows.truncate(args.limit.unwrap_or(usize::MAX));
    Ok(matrix)
}

/// The number of the column called `name`.
fn column(matrix: &Matrix, name: &str) -> anyhow::Result<usize> {
    let Some(column) = matrix.column(name) else {
        let names: Vec<_> = matrix.columns.iter().take(40).map(|c| lang().place(&c.name)).collect();
        bail!(say!("command.no_column", name, names.join(" ")));
    };
    Ok(column)
}

fn print_json(view: &View<'_>, args: &cli::Matrix, out: &mut Output) -> anyhow::Result<()> {
    if args.gaps {
        let gaps = view.gaps.iter().filter_map(|gap| gap_record(view, gap));
        return out.json(&gaps.collect::<Vec<_>>());
    }
    let records = view.matrix.rows.iter().map(|row| record(view, row));
    out.json(&records.collect::<Vec<_>>())
}

/// One element of `matrix --gaps --json`.
#[derive(Debug, Serialize)]
struct GapRecord<'m> {
    column: &'m str,
    against: &'m str,
    lacks: Vec<&'m str>,
    /// Mentions that were to be expected of each of them.
    lacks_expected: Vec<f64>,
    adds: Vec<&'m str>,
    adds_expected: Vec<f64>,
}

fn gap_record<'m>(view: &'m View<'_>, gap: &Gap) -> Option<GapRecord<'m>> {
    let names = |all: &[Missing]| all.iter().map(|one| theme_name(view.index, one.theme)).collect();
    let expected = |all: &[Missing]| all.iter().map(|one| tenths(one.expected)).collect();
    Some(GapRecord {
        column: &view.matrix.columns.get(gap.column)?.name,
        against: view.against(),
        lacks: names(&gap.lacks),
        lacks_expected: expected(&gap.lacks),
        adds: names(&gap.adds),
        adds_expected: expected(&gap.adds),
    })
}

fn tenths(number: f64) -> f64 {
    (number * 10.0).round() / 10.0
}

fn name_of(by: cli::By) -> &'static str {
    match by {
        cli::By::Region => word("command.by_region"),
        cli::By::Document => word("command.by_document"),
        cli::By::Year => word("command.by_year"),
        cli::By::Issuer => word("command.by_issuer"),
    }
}

fn theme_name(index: &ThemeIndex, theme: ThemeId) -> &str {
    index.theme(theme).map_or("", |theme| theme.name.as_str())
}

fn record<'m>(view: &'m View<'_>, row: &'m ThemeRow) -> MatrixJson<'m> {
    let matrix = view.matrix;
    let cell = |(at, (column, cell)): (usize, (&'m Column, &'m ThemeCell))| {
        let per_10k = (cell.per_10k(column) * 100.0).round() / 100.0;
        let ThemeCell { mentions, documents } = *cell;
        let expected = matrix.expected(row, at);
        let gap = tenths((expected - f64::from(mentions)).max(0.0));
        let expected = tenths(expected);
        (column.name.as_str(), CellRecord { mentions, documents, per_10k, expected, gap })
    };
    MatrixJson {
        theme: theme_name(view.index, row.theme),
        cells: matrix.columns.iter().zip(&row.cells).enumerate().map(cell).collect(),
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
        .chain(matrix.columns.iter().map(|c| lang().place(&c.name).to_owned()))
        .collect()
}

/// A row a theme.
fn rows(view: &View<'_>, args: &cli::Matrix) -> Vec<Vec<String>> {
    let matrix = view.matrix;
    let row = |row: &ThemeRow| {
        let cells = matrix.columns.iter().zip(&row.cells).map(|(column, c)| cell(column, *c, args));
        [theme_name(view.index, row.theme).to_owned()].into_iter().chain(cells).collect()
    };
    matrix.rows.iter().map(row).collect()
}

fn cell(column: &Column, cell: ThemeCell, args: &cli::Matrix) -> String {
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

fn gap_rows(view: &View<'_>) -> Vec<[String; 3]> {
    let names = |themes: &[Missing]| {
        let telling = themes.iter().take_while(|one| one.says_something()).count();
        let named = themes.iter().take(telling.min(NAMED));
        let mut named: Vec<String> = named
            .map(|one| format!("{} ({:.1})", theme_name(view.index, one.theme), one.expected))
            .collect();
        if telling > NAMED {
            named.push("…".to_owned());
        }
        if themes.len() > telling {
            let few = (themes.len() - telling).to_string();
            let few = say!("command.gap_few", few);
            named.push(format!("{DIM}{few}{DIM:#}"));
        }
        named.join(" ")
    };
    let row = |gap: &Gap| {
        let column = view.matrix.columns.get(gap.column)?;
        Some([lang().place(&column.name).to_owned(), names(&gap.lacks), names(&gap.adds)])
    };
    view.gaps.iter().filter_map(row).collect()
}

fn gaps_text(view: &View<'_>) -> String {
    let mut lines = String::new();
    let against = view.against();
    for [column, lacks, adds] in gap_rows(view) {
        let pairs = [(against, column.as_str(), lacks), (column.as_str(), against, adds)];
        for (has, has_not, themes) in pairs {
            let head = say!("command.gap", has, has_not, "");
            let head = report::clean(head.trim_end());
            lines.push_str(&format!("{head} {themes}\n"));
        }
        lines.push('\n');
    }
    lines
}

fn tables(view: &View<'_>, args: &cli::Matrix) -> Report {
    let mut tables = Vec::new();
    if !args.gaps {
        tables.push(Table::plain("", head(view.matrix), rows(view, args)));
    }
    let plain =
        |row: [String; 3]| row.map(|cell| anstream::adapter::strip_str(&cell).to_string()).to_vec();
    let gaps: Vec<Vec<String>> = gap_rows(view).into_iter().map(plain).collect();
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
