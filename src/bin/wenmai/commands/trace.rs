//! `trace`: who used a wording first here, who followed and when, and its use by year.

use anyhow::anyhow;
use serde::Serialize;
use wenmai::document::{DocIndex, Precision, Summary};
use wenmai::facts::first_uses::{FirstUses, Grouping, Step, UseIn};
use wenmai::find::fulltext::search;
use wenmai::find::query::{Mode, Query, QueryError};
use wenmai::find::uses::uses;
use wenmai::library::Library;

use super::output::Output;
use super::{Outcome, is_about, one_document, report};
use crate::cli::{self, UsesBy};
use crate::hint;
use crate::ui::lang::Lang;
use crate::ui::over_time::OverTime;
use crate::ui::query_words;
use crate::ui::say::{lang, say};

/// `trace --json`.
#[derive(Debug, Serialize)]
struct TraceJson<'l> {
    wording: &'l str,
    documents: usize,
    mentions: u64,
    first: Option<UseRecord>,
    steps: Vec<UseRecord>,
    series: Vec<YearRecord>,
    silent: Vec<SilentRecord>,
    undated: Vec<String>,
    rejected: Vec<RejectedRecord>,
}

#[derive(Debug, Clone, Serialize)]
struct UseRecord {
    region: String,
    place: String,
    document: String,
    title: String,
    date: String,
    precision: Precision,
    days: Option<i64>,
    documents: usize,
    block: u32,
    start: u32,
    end: u32,
    before: String,
    #[serde(rename = "match")]
    matched: String,
    after: String,
}

#[derive(Debug, Serialize)]
struct YearRecord {
    year: i16,
    texts: usize,
    documents: usize,
    mentions: u64,
    characters: u64,
    per_10k: Option<f64>,
    share: Option<f64>,
}

#[derive(Debug, Serialize)]
struct SilentRecord {
    region: String,
    texts: usize,
}

/// A use that is across a word's edge and not counted.
#[derive(Debug, Serialize)]
struct RejectedRecord {
    document: String,
    date: Option<String>,
    block: u32,
    start: u32,
    end: u32,
    line: String,
}

/// Characters of a line before and after the wording.
const CONTEXT: u32 = 24;

/// Prints the history of a wording.
pub(crate) fn run(
    library: &Library,
    (args, lang): (&cli::Trace, Lang),
    out: &mut Output,
) -> anyhow::Result<Outcome> {
    let traced = Traced::new(library, args)?;
    if out.json {
        out.json(&traced.record(library, args))?;
    } else {
        out.print(&traced.text(library, (args, lang), out)?)?;
    }
    Ok(if traced.uses.documents == 0 { Outcome::NothingMatched } else { Outcome::Done })
}

/// The uses of a wording, and those that were rejected.
struct Traced {
    uses: FirstUses,
    rejected: Vec<UseIn>,
}

impl Traced {
    fn new(library: &Library, args: &cli::Trace) -> anyhow::Result<Self> {
        let query = query(args).map_err(|error| {
            anyhow!(say!("command.bad_query", query_words::explained(&error, lang())))
        })?;
        let without: Vec<DocIndex> = args
            .without
            .iter()
            .map(|name| one_document(library, name).map(|(index, _)| index))
            .collect::<anyhow::Result<_>>()?;
        let (arena, documents) = (library.arena(), library.documents());
        let found = search(arena, documents, &query);
        if found.out_of_time {
            hint::warn(&say!("command.slow_pattern"));
        }
        let mut all = uses(&found, arena, documents, !args.regex);
        let counts = |one: &UseIn| !without.contains(&one.document);
        all.uses.retain(counts);
        all.rejected.retain(counts);
        let by = match args.by {
            UsesBy::Region => Grouping::Region,
            UsesBy::City => Grouping::City,
            UsesBy::Issuer => Grouping::Issuer,
            UsesBy::Level => Grouping::Level,
        };
        let cards: Vec<(DocIndex, Summary)> = library
            .indices()
            .zip(library.cards())
            .filter(|(at, _)| {
                args.texts.region.as_ref().is_none_or(|region| is_about(library, *at, region))
            })
            .collect();
        Ok(Self { uses: FirstUses::new(&all.uses, &cards, by), rejected: all.rejected })
    }

    fn record<'l>(&self, library: &Library, args: &'l cli::Trace) -> TraceJson<'l> {
        let uses = &self.uses;
        let steps: Vec<UseRecord> =
            uses.steps.iter().filter_map(|step| use_record(library, step)).collect();
        let id = |at: DocIndex| library.card(at).map(|card| card.id.to_string());
        TraceJson {
            wording: &args.term,
            documents: uses.documents,
            mentions: uses.mentions,
            first: uses.first().and_then(|step| use_record(library, step)),
            steps,
            series: uses
                .series
                .iter()
                .map(|year| YearRecord {
                    year: year.year,
                    texts: year.texts,
                    documents: year.documents,
                    mentions: year.mentions,
                    characters: year.characters,
                    per_10k: year.per_10k(),
                    share: year.share(),
                })
                .collect(),
            silent: uses
                .silent
                .iter()
                .map(|(region, texts)| SilentRecord { region: region.clone(), texts: *texts })
                .collect(),
            undated: uses.undated.iter().filter_map(|one| id(one.document)).collect(),
            rejected: self
                .rejected
                .iter()
                .filter_map(|one| rejected_record(library, one))
                .collect(),
        }
    }

    fn text(
        &self,
        library: &Library,
        (args, lang): (&cli::Trace, Lang),
        out: &Output,
    ) -> anyhow::Result<String> {
        let uses = &self.uses;
        let first = uses.first().map_or_else(|| "—".to_owned(), |step| step.date.to_string());
        let counts = [uses.documents.to_string(), uses.mentions.to_string()];
        let groups = uses.steps.len().to_string();
        let head =
            OverTime::TraceHead.tell(lang, &[&args.term, &counts[0], &counts[1], &groups, &first]);
        let mut text = format!("{}\n\n", report::clean(&head));
        let mut rows = vec![
            vec![OverTime::Year.say(lang).to_owned()],
            vec![OverTime::TextsHere.say(lang).to_owned()],
            vec![OverTime::TextsWithIt.say(lang).to_owned()],
            vec![OverTime::Share.say(lang).to_owned()],
        ];
        for year in &uses.series {
            rows[0].push(year.year.to_string());
            // Blank: no text of the year; a point: none of so many.
            rows[1].push(if year.texts == 0 { String::new() } else { year.texts.to_string() });
            rows[2].push(match (year.texts, year.documents) {
                (0, _) => String::new(),
                (_, 0) => "·".to_owned(),
                (_, documents) => documents.to_string(),
            });
            let share = year.share().map(|share| format!("{:.1}%", share * 100.0));
            rows[3].push(share.unwrap_or_default());
        }
        let right: Vec<usize> = (1..=uses.series.len()).collect();
        text.push_str(&out.aligned(&rows, &right));
        text.push('\n');
        let rows: Vec<Vec<String>> = uses
            .steps
            .iter()
            .filter_map(|step| use_record(library, step))
            .map(|one| {
                let days = one.days.map(|days| OverTime::Days.tell(lang, &[&days.to_string()]));
                vec![
                    one.date,
                    days.unwrap_or_else(|| "—".to_owned()),
                    lang.place(&one.place).to_owned(),
                    one.document,
                    format!("{}【{}】{}", one.before, one.matched, one.after),
                ]
            })
            .collect();
        text.push_str(&out.aligned(&rows, &[1]));
        if !uses.silent.is_empty() {
            let list: Vec<String> = uses
                .silent
                .iter()
                .map(|(region, texts)| {
                    OverTime::SilentOne.tell(lang, &[region, &texts.to_string()])
                })
                .collect();
            let list = list.join(OverTime::ListSeparator.say(lang));
            let parts = [uses.silent.len().to_string(), list];
            text.push_str(&format!("\n{}\n", OverTime::Silent.tell(lang, &[&parts[0], &parts[1]])));
        }
        for one in self.rejected.iter().filter_map(|one| rejected_record(library, one)) {
            let date = one.date.as_deref().unwrap_or("—");
            let parts = [date, one.document.as_str(), one.line.as_str()];
            text.push_str(&format!("{}\n", report::clean(&OverTime::Rejected.tell(lang, &parts))));
        }
        Ok(text)
    }
}

fn query(args: &cli::Trace) -> Result<Query, QueryError> {
    let quoted = |term: &str| format!("\"{}\"", term.replace(['"', '“', '”', '＂'], " "));
    let query = if args.regex {
        Query::parse(&args.term, Mode::Pattern)?
    } else {
        let all: Vec<String> =
            std::iter::once(&args.term).chain(&args.alias).map(|term| quoted(term)).collect();
        Query::parse(&all.join(" | "), Mode::Words)?
    };
    args.texts.narrow(query)
}

fn use_record(library: &Library, step: &Step) -> Option<UseRecord> {
    let document = library.document(step.first.document)?;
    let (block, span) = (step.first.block, step.first.span);
    let context = document.context(block, span, CONTEXT)?;
    Some(UseRecord {
        region: step.group.clone(),
        place: step.place.clone(),
        document: document.id.to_string(),
        title: document.metadata.title.clone(),
        date: step.date.to_string(),
        precision: step.date.precision(),
        days: step.days,
        documents: step.documents,
        block,
        start: span.start,
        end: span.end,
        before: context.before.to_owned(),
        matched: context.matched.to_owned(),
        after: context.after.to_owned(),
    })
}

fn rejected_record(library: &Library, one: &UseIn) -> Option<RejectedRecord> {
    let document = library.document(one.document)?;
    let context = document.context(one.block, one.span, CONTEXT / 2)?;
    Some(RejectedRecord {
        document: document.id.to_string(),
        date: document.metadata.date().map(|date| date.to_string()),
        block: one.block,
        start: one.span.start,
        end: one.span.end,
        line: format!("{}{}{}", context.before, context.matched, context.after),
    })
}
