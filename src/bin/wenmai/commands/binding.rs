//! `binding`: how binding texts or regions are: words of duty and prohibition against words of
//! encouragement and permission, with their lines.

use std::collections::BTreeMap;

use anyhow::bail;
use serde::Serialize;
use wenmai::document::DocIndex;
use wenmai::facts::across::ObjectPattern;
use wenmai::facts::binding::{BindingCounts, BindingKind, binding_words};
use wenmai::library::Library;
use wenmai::text::fold::fold_key;

use super::output::Output;
use super::{Outcome, is_about, one_document, report};
use crate::cli::{self, BindingBy};
use crate::ui::lang::Lang;
use crate::ui::over_time::OverTime;

/// One element of `binding --json`.
#[derive(Debug, Serialize)]
struct BindingJson {
    /// The document or the region.
    name: String,
    title: Option<String>,
    documents: usize,
    #[serde(flatten)]
    counts: BindingCounts,
    /// Share of duty and prohibition, null where there is no word of any kind.
    share: Option<f64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    lines: Vec<LineJson>,
}

/// A word with its sentence.
#[derive(Debug, Serialize)]
struct LineJson {
    document: String,
    block: u32,
    start: u32,
    end: u32,
    kind: BindingKind,
    word: String,
    sentence: String,
}

/// Prints the counts, and the lines where they are asked for.
pub(crate) fn run(
    library: &Library,
    (args, lang): (&cli::Binding, Lang),
    out: &mut Output,
) -> anyhow::Result<Outcome> {
    let theme = match &args.theme {
        Some(typed) => Some(pattern(library, typed)?),
        None => None,
    };
    let mut found: BTreeMap<String, BindingJson> = BTreeMap::new();
    for at in documents(library, args)? {
        let Some(document) = library.document(at) else { continue };
        let region = document.metadata.region.as_ref().map(|region| region.name.clone());
        let id = document.id.to_string();
        let name = match args.by {
            BindingBy::Document => id.clone(),
            BindingBy::Region => region.unwrap_or_else(|| "不明".to_owned()),
        };
        let title = (args.by == BindingBy::Document).then(|| document.metadata.title.clone());
        let own = found.entry(name.clone()).or_insert_with(|| BindingJson {
            name,
            title,
            documents: 0,
            counts: BindingCounts::default(),
            share: None,
            lines: Vec::new(),
        });
        own.documents += 1;
        for word in binding_words(document, at) {
            let Some(block) = document.blocks.get(word.place.block as usize) else { continue };
            let sentence = word.sentence.span.of(&block.text);
            if theme.as_ref().is_some_and(|theme| !theme.is_in(&fold_key(sentence))) {
                continue;
            }
            own.counts.add(word.kind);
            if args.lines {
                own.lines.push(LineJson {
                    document: id.clone(),
                    block: word.place.block,
                    start: word.place.span.start,
                    end: word.place.span.end,
                    kind: word.kind,
                    word: word.place.span.of(&block.text).to_owned(),
                    sentence: sentence.to_owned(),
                });
            }
        }
    }
    let mut records: Vec<BindingJson> =
        found.into_values().filter(|one| one.counts.all() > 0).collect();
    for one in &mut records {
        one.share = one.counts.share();
    }
    // The most binding first; of equals the one that says more.
    records.sort_by(|a, b| {
        let share = |one: &BindingJson| one.share.unwrap_or_default();
        share(b).total_cmp(&share(a)).then(b.counts.all().cmp(&a.counts.all()))
    });
    if out.json {
        out.json(&records)?;
    } else if !records.is_empty() {
        out.table(&rows(&records, lang), &[1, 2, 3, 4, 5, 6])?;
        for record in &records {
            out.table(&lines(record, lang), &[])?;
        }
    }
    Ok(if records.is_empty() { Outcome::NothingMatched } else { Outcome::Done })
}

/// The wording `typed`, and where it is a theme its other names.
fn pattern(library: &Library, typed: &str) -> anyhow::Result<ObjectPattern> {
    let Some(pattern) = ObjectPattern::new(typed) else {
        bail!("“{typed}” has no character to look for");
    };
    let theme = library.themes().find(typed).and_then(|id| library.themes().theme(id));
    let names = theme.into_iter().flat_map(|theme| theme.aliases.iter().chain([&theme.name]));
    Ok(pattern.or(names.cloned()))
}

fn documents(library: &Library, args: &cli::Binding) -> anyhow::Result<Vec<DocIndex>> {
    let chosen: Vec<DocIndex> = match &args.document {
        Some(name) => vec![one_document(library, name)?.0],
        None => library.indices().collect(),
    };
    let Some(region) = &args.region else { return Ok(chosen) };
    Ok(chosen.into_iter().filter(|at| is_about(library, *at, region)).collect())
}

fn rows(records: &[BindingJson], lang: Lang) -> Vec<Vec<String>> {
    let heads = [
        OverTime::BindingName,
        OverTime::TextsHere,
        OverTime::Duty,
        OverTime::Ban,
        OverTime::Encouragement,
        OverTime::Permission,
        OverTime::BindingShare,
    ];
    let mut rows = vec![heads.map(|head| head.say(lang).to_owned()).to_vec()];
    rows.extend(records.iter().map(|one| {
        let counts = &one.counts;
        let numbers =
            [one.documents, counts.duty, counts.ban, counts.encouragement, counts.permission];
        let share =
            one.share.map_or_else(|| "—".to_owned(), |share| format!("{:.0}%", share * 100.0));
        let name = [one.name.clone()].into_iter();
        name.chain(numbers.map(|number| number.to_string())).chain([share]).collect()
    }));
    rows
}

fn lines(record: &BindingJson, lang: Lang) -> Vec<Vec<String>> {
    let line = |line: &LineJson| {
        let kind = match line.kind {
            BindingKind::Duty => OverTime::Duty,
            BindingKind::Ban => OverTime::Ban,
            BindingKind::Encouragement => OverTime::Encouragement,
            BindingKind::Permission => OverTime::Permission,
        };
        vec![
            format!("{} ¶{}", line.document, line.block),
            kind.say(lang).to_owned(),
            line.word.clone(),
            report::clean(&line.sentence).into_owned(),
        ]
    };
    record.lines.iter().map(line).collect()
}
