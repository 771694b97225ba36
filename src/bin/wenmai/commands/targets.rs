//! `targets`: the figures that texts promise, reached or set as limits, each with its day, its object,
//! the nearest theme and its place; and one object across regions and years.

use std::collections::BTreeSet;

use anyhow::{anyhow, bail};
use serde::Serialize;
use wenmai::document::{DocIndex, Document, Precision};
use wenmai::export::{Report, Table};
use wenmai::facts::across::ObjectPattern;
use wenmai::facts::targets::{Bound, Direction, Target, TargetKind, targets};
use wenmai::library::Library;
use wenmai::themes::ThemeId;

use super::output::Output;
use super::{Outcome, is_about, one_document, report};
use crate::cli::{self, FigureKind};
use crate::ui::lang::Lang;
use crate::ui::locales::text;
use crate::ui::say::say;

/// The day of a figure in JSON.
#[derive(Debug, Clone, Serialize)]
struct ByJson {
    /// 2027, 2027-06, 2027-06-30; null where the text names no day (三年内).
    date: Option<String>,
    precision: Option<Precision>,
    text: String,
}

/// One element of `targets --json`.
#[derive(Debug, Serialize)]
struct TargetJson<'l> {
    document: &'l str,
    title: &'l str,
    region: Option<&'l str>,
    kind: TargetKind,
    theme: Option<&'l str>,
    object: String,
    figure: String,
    value: f64,
    upper: Option<f64>,
    from: Option<f64>,
    unit: String,
    bound: Option<Bound>,
    direction: Option<Direction>,
    by: Option<ByJson>,
    deadline: Option<String>,
    year: Option<i16>,
    sentence: &'l str,
    block: u32,
    start: u32,
    end: u32,
    section: Option<&'l str>,
}

impl<'l> TargetJson<'l> {
    fn new(library: &'l Library, document: &'l Document, target: Target) -> Self {
        let theme = target.theme.and_then(|theme| library.themes().theme(theme));
        let place = target.place;
        let block = document.blocks.get(place.block as usize);
        let by = target.deadline.as_ref().map(|day| ByJson {
            date: day.date.map(|date| date.to_string()),
            precision: day.date.map(|date| date.precision()),
            text: day.text.clone(),
        });
        Self {
            document: document.id.as_str(),
            title: &document.metadata.title,
            region: document.metadata.region.as_ref().map(|region| region.name.as_str()),
            kind: target.kind,
            theme: theme.map(|theme| theme.name.as_str()),
            object: target.object,
            figure: target.figure,
            value: target.value,
            upper: target.upper,
            from: target.from,
            unit: target.unit,
            bound: target.bound,
            direction: target.direction,
            year: target.deadline.as_ref().and_then(|day| day.year()),
            deadline: target.deadline.map(|day| day.text),
            by,
            sentence: block.map_or("", |block| target.statement.span.of(&block.text)),
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
            format!("{} ¶{}", self.document, self.block),
        ]
    }
}

/// Prints the figures of the library, or of the part of it that is asked for.
pub(crate) fn run(
    library: &Library,
    (args, lang): (&cli::Targets, Lang),
    out: &mut Output,
) -> anyhow::Result<Outcome> {
    let across = args.across.as_deref().map(|object| pattern(library, object)).transpose()?;
    let theme = args.theme.as_deref().map(|theme| pattern(library, theme)).transpose()?;
    let named = args.theme.as_deref().and_then(|name| library.themes().find(name));
    let wants = Wanted { across: across.as_ref(), theme: theme.as_ref(), named, kinds: &args.kind };
    let mut found = Vec::new();
    for at in documents(library, args)? {
        let Some(document) = library.document(at) else { continue };
        let all = targets(document, at, library.themes()).into_iter();
        let all = all.map(|target| (target.theme, TargetJson::new(library, document, target)));
        found.extend(all.filter(|(theme, json)| wants.takes(*theme, json)).map(|(_, json)| json));
    }
    if across.is_some() {
        found.sort_by_key(|one| {
            (one.region.unwrap_or("—"), one.year, one.kind != TargetKind::Result)
        });
    }
    let format = args.written.format;
    if out.json || format == cli::Format::Json {
        out.json(&found)?;
    } else if across.is_some() && matches!(format, cli::Format::Text) {
        out.table(&by_region(&found, lang), &[])?;
        out.print("\n")?;
        out.table(&found.iter().map(line).collect::<Vec<_>>(), &[2])?;
    } else if format == cli::Format::Text {
        out.table(&found.iter().map(TargetJson::row).collect::<Vec<_>>(), &[1])?;
    } else {
        let table = match format {
            cli::Format::Csv => list(&found),
            _ => readable(&found, lang),
        };
        let title = text(lang, "print.targets").to_owned();
        out.export(&report::write(&Report { title, tables: vec![table] }, &args.written))?;
    }
    if found.is_empty() {
        crate::hint::warn(text(lang, "print.no_target"));
        return Ok(Outcome::NothingMatched);
    }
    Ok(Outcome::Done)
}

/// The wording `typed`, and where it is a theme its other names.
fn pattern(library: &Library, typed: &str) -> anyhow::Result<ObjectPattern> {
    let pattern = ObjectPattern::new(typed)
        .ok_or_else(|| anyhow!(say!("command.nothing_to_look_for", typed)))?;
    let theme = library.themes().find(typed).and_then(|id| library.themes().theme(id));
    let names = theme.into_iter().flat_map(|theme| theme.aliases.iter().chain([&theme.name]));
    Ok(pattern.or(names.cloned()))
}

/// Which figures are printed.
struct Wanted<'a> {
    across: Option<&'a ObjectPattern>,
    theme: Option<&'a ObjectPattern>,
    /// The theme of that name, where there is one.
    named: Option<ThemeId>,
    kinds: &'a [FigureKind],
}

impl Wanted<'_> {
    fn takes(&self, theme: Option<ThemeId>, target: &TargetJson<'_>) -> bool {
        let folded = |text: &str| wenmai::text::fold::fold_key(text);
        if let Some(object) = self.across {
            return target.kind != TargetKind::Limit && object.is_in(&target.object);
        }
        let about = self.theme.is_none_or(|pattern| {
            pattern.is_in(&target.object)
                || pattern.is_in(&folded(target.sentence))
                || self.named.is_some() && theme == self.named
        });
        about && self.takes_kind(target.kind)
    }

    fn takes_kind(&self, kind: TargetKind) -> bool {
        let same = |wanted: &FigureKind| match wanted {
            FigureKind::Promise => kind == TargetKind::Promise,
            FigureKind::Result => kind == TargetKind::Result,
            FigureKind::Limit => kind == TargetKind::Limit,
            FigureKind::All => true,
        };
        if self.kinds.is_empty() {
            kind == TargetKind::Promise
        } else {
            self.kinds.iter().any(same)
        }
    }
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
        bail!(say!("command.no_region", region));
    }
    Ok(inside)
}

/// Regions by years, what was done and what is promised in rows of their own. A dash means that
/// nothing was found, and not zero.
fn by_region(found: &[TargetJson<'_>], lang: Lang) -> Vec<Vec<String>> {
    let years: BTreeSet<Option<i16>> = found.iter().map(|one| one.year).collect();
    let no_year = text(lang, "print.no_year").to_owned();
    let head = years.iter().map(|year| year.map_or(no_year.clone(), |year| year.to_string()));
    let mut rows = vec![["", ""].map(str::to_owned).into_iter().chain(head).collect::<Vec<_>>()];
    for group in found.chunk_by(|a, b| a.region == b.region) {
        let region = group.first().and_then(|one| one.region).unwrap_or("—");
        for (kind, key) in
            [(TargetKind::Result, "print.done"), (TargetKind::Promise, "print.promised")]
        {
            if !group.iter().any(|one| one.kind == kind) {
                continue;
            }
            let cell = |year: &Option<i16>| {
                let mut figures: Vec<&str> = Vec::new();
                for one in group.iter().filter(|one| one.kind == kind && one.year == *year) {
                    if !figures.contains(&one.figure.as_str()) {
                        figures.push(&one.figure);
                    }
                }
                if figures.is_empty() { "—".to_owned() } else { figures.join(" · ") }
            };
            let names = [region.to_owned(), text(lang, key).to_owned()];
            rows.push(names.into_iter().chain(years.iter().map(cell)).collect());
        }
    }
    rows
}

/// A figure with its sentence.
fn line(target: &TargetJson<'_>) -> Vec<String> {
    vec![
        target.region.unwrap_or("—").to_owned(),
        target.year.map_or("—".to_owned(), |year| year.to_string()),
        target.figure.clone(),
        target.object.clone(),
        format!("{} ¶{}", target.document, target.block),
        report::clean(target.sentence).into_owned(),
    ]
}

/// The targets for a person.
fn readable(found: &[TargetJson<'_>], lang: Lang) -> Table {
    let keys = ["deadline", "figure", "object", "theme", "region", "place"];
    let columns = keys.map(|key| text(lang, &format!("print.{key}")).to_owned()).into();
    Table::plain("", columns, found.iter().map(TargetJson::row).collect())
}

/// The targets for a spreadsheet: one fact a column.
fn list(found: &[TargetJson<'_>]) -> Table {
    let columns = [
        "document",
        "region",
        "kind",
        "theme",
        "deadline",
        "year",
        "figure",
        "value",
        "upper",
        "from",
        "unit",
        "bound",
        "direction",
        "object",
        "block",
        "start",
        "end",
        "sentence",
    ];
    let row = |one: &TargetJson<'_>| {
        let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
        let number = |number: Option<f64>| number.map(|n| n.to_string()).unwrap_or_default();
        vec![
            one.document.to_owned(),
            text(one.region),
            named(&one.kind),
            text(one.theme),
            text(one.deadline.as_deref()),
            one.year.map(|year| year.to_string()).unwrap_or_default(),
            one.figure.clone(),
            one.value.to_string(),
            number(one.upper),
            number(one.from),
            one.unit.clone(),
            one.bound.as_ref().map(named).unwrap_or_default(),
            one.direction.as_ref().map(named).unwrap_or_default(),
            one.object.clone(),
            one.block.to_string(),
            one.start.to_string(),
            one.end.to_string(),
            one.sentence.to_owned(),
        ]
    };
    Table::plain("", columns.map(str::to_owned).into(), found.iter().map(row).collect())
}

/// A value as JSON names it.
fn named(value: &impl Serialize) -> String {
    let json = serde_json::to_value(value).ok();
    json.and_then(|json| json.as_str().map(str::to_owned)).unwrap_or_default()
}
