//! `passages`: the wording that documents share, exact and near, the most telling first, the older
//! text before the newer one.

use anyhow::{anyhow, bail};
use serde::Serialize;
use wenmai::document::{DocIndex, Place};
use wenmai::export::{Cell, Report, Table};
use wenmai::facts::across::ObjectPattern;
use wenmai::library::Library;
use wenmai::reuse::diff::{DiffSpan, Difference, MarkKind, difference};
use wenmai::reuse::passages::{Passage, Scope};
use wenmai::reuse::telling::{Telling, most_telling};
use wenmai::text::fold::fold_key;

use super::output::{DIM, MATCH, Output};
use super::{Outcome, is_about, one_document, report};
use crate::cli;
use crate::ui::say::{say, word};

/// One side of a passage in JSON.
#[derive(Debug, Serialize)]
struct PassageSideJson<'l> {
    document: &'l str,
    region: Option<String>,
    date: Option<String>,
    block: u32,
    start: u32,
    end: u32,
    text: &'l str,
}

/// One element of `passages --json`.
#[derive(Debug, Serialize)]
pub(crate) struct PassageJson<'l> {
    a: PassageSideJson<'l>,
    b: PassageSideJson<'l>,
    similarity: f64,
    characters: usize,
    /// Documents that hold the wording, these two among them.
    documents: usize,
    /// Which side is older; null where no day decides.
    older: Option<&'static str>,
}

impl<'l> PassageJson<'l> {
    /// The record of a passage, `None` where the library has no such place.
    pub(crate) fn new(library: &'l Library, passage: &Passage) -> Option<Self> {
        Some(Self {
            a: side(library, passage.a)?,
            b: side(library, passage.b)?,
            similarity: (passage.similarity * 1000.0).round() / 1000.0,
            characters: passage.characters,
            documents: 2,
            older: older(library, passage),
        })
    }
}

impl PassageJson<'_> {
    fn difference(&self) -> Difference {
        difference(self.a.text, self.b.text)
    }
}

fn older(library: &Library, passage: &Passage) -> Option<&'static str> {
    let day = |place: Place| library.card(place.document).and_then(|card| card.metadata.date());
    let (a, b) = (day(passage.a)?, day(passage.b)?);
    match () {
        () if a.last_day() < b.first_day() => Some("a"),
        () if b.last_day() < a.first_day() => Some("b"),
        () => None,
    }
}

fn side(library: &Library, place: Place) -> Option<PassageSideJson<'_>> {
    let document = library.document(place.document)?;
    Some(PassageSideJson {
        document: document.id.as_str(),
        region: document.metadata.region.as_ref().map(|region| region.name.clone()),
        date: document.metadata.date().map(|day| day.to_string()),
        block: place.block,
        start: place.span.start,
        end: place.span.end,
        text: place.span.of(&document.blocks.get(place.block as usize)?.text),
    })
}

/// Prints the shared wording of the library, or of one document with the others.
pub(crate) fn run(
    library: &Library,
    args: &cli::Passages,
    out: &mut Output,
) -> anyhow::Result<Outcome> {
    let scope = match &args.document {
        Some(name) => Scope::Document(one_document(library, name)?.0),
        None => Scope::Library,
    };
    let filter = Filter::new(library, args)?;
    let found = library.passages_in(&scope);
    let ranked = most_telling(found.shared(), library.len());
    let of_document = args.document.is_some();
    let records = ranked.iter().filter(|telling| !is_stock(telling, library.len()));
    let records = records.filter_map(|telling| {
        let passage = match of_document {
            true => telling.passage,
            false => older_first(library, telling.passage),
        };
        let record =
            PassageJson { documents: telling.documents, ..PassageJson::new(library, &passage)? };
        filter.takes(&passage, &record).then_some(record)
    });
    let records: Vec<_> = args.rows.of(records).collect();
    if out.json || args.written.format == cli::Format::Json {
        out.json(&records)?;
    } else if args.written.format == cli::Format::Text {
        out.print(&text(&records))?;
    } else {
        let title = word("command.shared_text").to_owned();
        let table = match args.written.format {
            cli::Format::Csv => table("", &records),
            _ => readable("", &records),
        };
        let report = Report { title, tables: vec![table] };
        out.export(&report::write(&report, &args.written))?;
    }
    if records.is_empty() && args.rows.offset == 0 {
        crate::hint::warn(&say!("command.no_passages"));
        return Ok(Outcome::NothingMatched);
    }
    Ok(Outcome::Done)
}

/// Documents above which short passages are left out by default, and their characters.
const LARGE: usize = 20;
const SHORT_IN_LARGE: usize = 12;
/// A wording that more than a fortieth of the texts hold says nothing about two of them, nor does a
/// short one that several hold. In a small library this cannot be known.
const STOCK_SHARE: usize = 40;
const STOCK_LEAST: usize = 6;
const SHORT_STOCK: usize = 20;
const SHORT_STOCK_LEAST: usize = 5;

/// True for wording that so many texts hold that it is a stock phrase.
fn is_stock(telling: &Telling, documents: usize) -> bool {
    let short = telling.passage.characters < SHORT_STOCK && telling.documents >= SHORT_STOCK_LEAST;
    telling.documents > (documents / STOCK_SHARE).max(STOCK_LEAST) || documents > LARGE && short
}

/// The passage with the older text first, where the days are known.
fn older_first(library: &Library, passage: Passage) -> Passage {
    let day = |place: Place| library.card(place.document).and_then(|card| card.metadata.date());
    match day(passage.a).zip(day(passage.b)) {
        Some((a, b)) if b.last_day() < a.first_day() => passage.turned(),
        _ => passage,
    }
}

/// Which passages are printed.
struct Filter {
    min: usize,
    region: Option<Vec<DocIndex>>,
    between: Option<[Vec<DocIndex>; 2]>,
    theme: Option<ObjectPattern>,
}

impl Filter {
    fn new(library: &Library, args: &cli::Passages) -> anyhow::Result<Self> {
        let default = if library.len() > LARGE { SHORT_IN_LARGE } else { 0 };
        let about = |region: &String| {
            let all: Vec<_> =
                library.indices().filter(|at| is_about(library, *at, region)).collect();
            if all.is_empty() {
                bail!(say!("command.no_region", region));
            }
            Ok(all)
        };
        let side = |name: &String| match about(name) {
            Ok(all) => anyhow::Ok(all),
            Err(_) => Ok(vec![one_document(library, name)?.0]),
        };
        let between = match args.between.as_deref() {
            Some([a, b]) => Some([side(a)?, side(b)?]),
            _ => None,
        };
        let theme = args.theme.as_ref().map(|theme| {
            let pattern = ObjectPattern::new(theme);
            let pattern =
                pattern.ok_or_else(|| anyhow!(say!("command.nothing_to_look_for", theme)))?;
            let known = library.themes().find(theme).and_then(|id| library.themes().theme(id));
            let names = known.into_iter().flat_map(|one| one.aliases.iter().chain([&one.name]));
            anyhow::Ok(pattern.or(names.cloned()))
        });
        Ok(Self {
            min: args.min.unwrap_or(default),
            region: args.region.as_ref().map(about).transpose()?,
            between,
            theme: theme.transpose()?,
        })
    }

    fn takes(&self, passage: &Passage, record: &PassageJson<'_>) -> bool {
        let (a, b) = (passage.a.document, passage.b.document);
        let in_region = self.region.as_ref().is_none_or(|all| all.contains(&a) || all.contains(&b));
        let between = self.between.as_ref().is_none_or(|[one, other]| {
            one.contains(&a) && other.contains(&b) || one.contains(&b) && other.contains(&a)
        });
        let about = self.theme.as_ref().is_none_or(|theme| theme.is_in(&fold_key(record.a.text)));
        passage.characters >= self.min && in_region && between && about
    }
}

fn text(records: &[PassageJson<'_>]) -> String {
    let mut text = String::new();
    for record in records {
        let (a, b) = (&record.a, &record.b);
        let marks = record.difference();
        text.push_str(&format!(
            "{DIM}{} {:>4.0}%  {}{} {} {}{}{DIM:#}\n  {}\n",
            say!("command.characters", format!("{:>5}", record.characters)),
            record.similarity * 100.0,
            day_of(a),
            say!("command.place", report::clean(a.document), a.block),
            match record.older {
                Some("a") => "→",
                Some(_) => "←",
                None => "·",
            },
            day_of(b),
            say!("command.place", report::clean(b.document), b.block),
            shown(a.text, &marks.old),
        ));
        if a.text != b.text {
            text.push_str(&format!("  {}\n", shown(b.text, &marks.new)));
        }
        text.push('\n');
    }
    text
}

fn day_of(side: &PassageSideJson<'_>) -> String {
    side.date.as_ref().map(|day| format!("{day} ")).unwrap_or_default()
}

/// A text with what differs in colour.
fn shown(text: &str, marks: &[DiffSpan]) -> String {
    let piece = |mark: &DiffSpan| {
        let text = report::clean(mark.span.of(text)).into_owned();
        if mark.kind == MarkKind::Changed { format!("{MATCH}{text}{MATCH:#}") } else { text }
    };
    marks.iter().map(piece).collect()
}

/// The passages as a table, one row each.
pub(crate) fn table(heading: &str, records: &[PassageJson<'_>]) -> Table {
    let columns = [
        "characters",
        "similarity",
        "a",
        "a_block",
        "a_start",
        "a_end",
        "a_text",
        "b",
        "b_block",
        "b_start",
        "b_end",
        "b_text",
    ];
    let row = |record: &PassageJson<'_>| {
        let mut row: Vec<Cell> =
            vec![record.characters.to_string().into(), format!("{:.3}", record.similarity).into()];
        let marks = record.difference();
        for (side, marks) in [(&record.a, &marks.old), (&record.b, &marks.new)] {
            row.push(side.document.to_owned().into());
            row.extend([side.block, side.start, side.end].map(|n| n.to_string().into()));
            row.push(Cell::marked(side.text, marks));
        }
        row
    };
    Table {
        heading: heading.to_owned(),
        columns: columns.map(str::to_owned).into(),
        rows: records.iter().map(row).collect(),
    }
}

/// The passages for a person: a row each, both sides beside each other.
pub(crate) fn readable(heading: &str, records: &[PassageJson<'_>]) -> Table {
    let columns = [
        "command.characters_head",
        "command.similar_head",
        "command.first_head",
        "command.second_head",
    ]
    .map(|key| word(key).to_owned())
    .into();
    let row = |record: &PassageJson<'_>| {
        let marks = record.difference();
        let place = |side: &PassageSideJson<'_>| {
            format!("{}\n", say!("command.place", side.document, side.block))
        };
        let side = |side: &PassageSideJson<'_>, marks: &[DiffSpan]| {
            Cell::marked(side.text, marks).after(&place(side))
        };
        vec![
            record.characters.to_string().into(),
            format!("{:.0}%", record.similarity * 100.0).into(),
            side(&record.a, &marks.old),
            side(&record.b, &marks.new),
        ]
    };
    Table { heading: heading.to_owned(), columns, rows: records.iter().map(row).collect() }
}
