//! `targets`: the figures that texts promise, each with its day, its object, the nearest theme and
//! its place.

use anyhow::bail;
use serde::Serialize;
use wenmai::document::{DocIndex, Document};
use wenmai::export::{Report, Table};
use wenmai::facts::targets::{Bound, Target, targets};
use wenmai::library::Library;

use super::output::Output;
use super::{Outcome, is_about, one_document, report};
use crate::cli;

/// One element of `targets --json`.
#[derive(Debug, Serialize)]
struct Record<'l> {
    document: &'l str,
    title: &'l str,
    region: Option<&'l str>,
    theme: Option<&'l str>,
    figure: String,
    value: f64,
    upper: Option<f64>,
    unit: String,
    bound: Bound,
    object: String,
    deadline: Option<String>,
    year: Option<u16>,
    block: u32,
    start: u32,
    end: u32,
    section: Option<&'l str>,
}

impl<'l> Record<'l> {
    fn new(library: &'l Library, document: &'l Document, target: Target) -> Self {
        let theme = target.theme.and_then(|theme| library.themes().theme(theme));
        let place = target.place;
        Self {
            document: document.id.as_str(),
            title: &document.metadata.title,
            region: document.metadata.region.as_ref().map(|region| region.name.as_str()),
            theme: theme.map(|theme| theme.name.as_str()),
            figure: target.figure,
            value: target.value,
            upper: target.upper,
            unit: target.unit,
            bound: target.bound,
            object: target.object,
            year: target.deadline.as_ref().and_then(|day| day.year),
            deadline: target.deadline.map(|day| day.text),
            block: place.block,
            start: place.span.start,
            end: place.span.end,
            section: document.section_of(place.block).map(|heading| heading.title.as_str()),
        }
    }

    fn row(&self) -> Vec<String> {
        vec![
            self.deadline.clone().unwrap_or_default(),
            self.figure.clone(),
            self.object.clone(),
            self.theme.unwrap_or_default().to_owned(),
            self.region.unwrap_or("—").to_owned(),
            format!("{} 第{}段", self.document, self.block),
        ]
    }
}

/// Prints the targets of the library, or of the part of it that is asked for.
pub(crate) fn run(
    library: &Library,
    args: &cli::Targets,
    out: &mut Output,
) -> anyhow::Result<Outcome> {
    let theme = match &args.theme {
        Some(name) => match library.themes().find(name) {
            Some(theme) => Some(theme),
            None => bail!("“{name}” is no theme of this library; try wenmai themes"),
        },
        None => None,
    };
    let mut records = Vec::new();
    for at in documents(library, args)? {
        let Some(document) = library.document(at) else { continue };
        let mut found = targets(document, at, library.themes());
        found.retain(|target| theme.is_none() || target.theme == theme);
        records.extend(found.into_iter().map(|target| Record::new(library, document, target)));
    }
    if out.json || args.written.format == cli::Format::Json {
        out.json(&records)?;
    } else if args.written.format == cli::Format::Text {
        out.table(&records.iter().map(Record::row).collect::<Vec<_>>(), &[1])?;
    } else {
        let table = if args.written.format == cli::Format::Csv { list } else { readable };
        let report = Report { title: "目标与期限".to_owned(), tables: vec![table(&records)] };
        out.print(&report::write(&report, &args.written))?;
    }
    if records.is_empty() {
        crate::hint::warn("no text here promises a figure");
        return Ok(Outcome::NothingMatched);
    }
    Ok(Outcome::Done)
}

/// The documents that the filters leave.
fn documents(library: &Library, args: &cli::Targets) -> anyhow::Result<Vec<DocIndex>> {
    let chosen = match &args.document {
        Some(name) => vec![one_document(library, name)?.0],
        None => library.indices().collect(),
    };
    let Some(region) = &args.region else { return Ok(chosen) };
    let inside: Vec<_> = chosen.into_iter().filter(|ix| is_about(library, *ix, region)).collect();
    if inside.is_empty() {
        bail!("no document of this library is about “{region}”; wenmai list shows their regions");
    }
    Ok(inside)
}

/// The targets for a person.
fn readable(records: &[Record<'_>]) -> Table {
    let columns = ["期限", "指标", "对象", "主题", "地区", "出处"].map(str::to_owned).into();
    Table::plain("", columns, records.iter().map(Record::row).collect())
}

/// The targets for a spreadsheet: one fact a column.
fn list(records: &[Record<'_>]) -> Table {
    let columns = [
        "document", "region", "theme", "deadline", "year", "figure", "value", "upper", "unit",
        "bound", "object", "block", "start", "end",
    ];
    let row = |record: &Record<'_>| {
        let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
        let bound = match record.bound {
            Bound::AtLeast => "at_least",
            Bound::AtMost => "at_most",
            Bound::About => "about",
            Bound::Exact => "exact",
        };
        vec![
            record.document.to_owned(),
            text(record.region),
            text(record.theme),
            text(record.deadline.as_deref()),
            record.year.map(|year| year.to_string()).unwrap_or_default(),
            record.figure.clone(),
            record.value.to_string(),
            record.upper.map(|upper| upper.to_string()).unwrap_or_default(),
            record.unit.clone(),
            bound.to_owned(),
            record.object.clone(),
            record.block.to_string(),
            record.start.to_string(),
            record.end.to_string(),
        ]
    };
    Table::plain("", columns.map(str::to_owned).into(), records.iter().map(row).collect())
}
