//! `lineage`: one wording through the texts of the library, oldest first, with what each changed.

use anyhow::bail;
use serde::Serialize;
use wenmai::document::{DocIndex, Document, Precision};
use wenmai::export::{RedlineRow, plain_redline};
use wenmai::library::{Library, Lookup};
use wenmai::reuse::lineage::Lineage;
use wenmai::reuse::passages::{Passages, Scope};
use wenmai::reuse::redline::{Ignored, edits_between};

use super::output::Output;
use super::{Outcome, one_document, report};
use crate::cli;
use crate::ui::lang::Lang;
use crate::ui::over_time::OverTime;
use crate::ui::say::say;

/// One element of `lineage --json`.
#[derive(Debug, Serialize)]
struct LineageJson {
    text: String,
    members: Vec<MemberRecord>,
    first: Option<String>,
    wordings: Vec<String>,
}

#[derive(Debug, Serialize)]
struct MemberRecord {
    document: String,
    title: String,
    region: Option<String>,
    place: String,
    date: Option<String>,
    precision: Option<Precision>,
    block: u32,
    start: u32,
    end: u32,
    similarity: f64,
    /// Index of its wording.
    wording: usize,
    /// The document from which it most likely took it.
    from: Option<String>,
    /// The earlier document of which it is an edition or a copy.
    same_text: Option<String>,
}

/// Prints the lineage of a wording, or those of the wordings that a text shares with others.
pub(crate) fn run(
    library: &Library,
    (args, lang): (&cli::Lineage, Lang),
    out: &mut Output,
) -> anyhow::Result<Outcome> {
    let wordings = wordings(library, args)?;
    let several = wordings.len() > 1;
    let mut records: Vec<LineageJson> = wordings
        .iter()
        .map(|wording| record(library, wording))
        .filter(|record| !record.members.is_empty() && (!several || record.members.len() > 1))
        .collect();
    if several {
        records.sort_by_key(|record| std::cmp::Reverse(record.members.len()));
        records.truncate(args.limit);
    }
    if out.json {
        out.json(&records)?;
    } else {
        let texts: Vec<String> = records.iter().map(|record| text(record, lang, out)).collect();
        out.print(&texts.join("\n"))?;
    }
    Ok(if records.is_empty() { Outcome::NothingMatched } else { Outcome::Done })
}

/// The wordings that are asked for.
fn wordings(library: &Library, args: &cli::Lineage) -> anyhow::Result<Vec<String>> {
    let Some(of) = &args.of else {
        return Ok(shared(library, &Scope::Library, args.limit));
    };
    if let Some((name, block)) = of.rsplit_once('#')
        && let Ok(block) = block.parse::<usize>()
    {
        let (_, document) = one_document(library, name)?;
        let Some(block) = document.blocks.get(block) else {
            bail!(say!("command.no_block", document.id, document.blocks.len()));
        };
        return Ok(sentences_of(&block.text));
    }
    match library.lookup(of) {
        Lookup::One(index) => Ok(shared(library, &Scope::Document(index), args.limit)),
        Lookup::Several(_) => {
            // A name that means several documents is refused; a wording is not.
            one_document(library, of).map(|_| Vec::new())
        }
        Lookup::None => Ok(vec![of.clone()]),
    }
}

/// Sentences that are long enough to be traced, or the whole where none is.
fn sentences_of(text: &str) -> Vec<String> {
    let spans = wenmai::text::sentences::sentences(text);
    let sentences = spans.iter().map(|span| span.of(text).to_owned());
    let long: Vec<String> = sentences.filter(|text| text.chars().count() >= SENTENCE).collect();
    if long.is_empty() { vec![text.to_owned()] } else { long }
}

/// Characters of the shortest sentence that is traced by itself.
const SENTENCE: usize = 12;
/// Wordings that are looked at for each one that is printed.
const LOOKED_AT: usize = 2;

/// The longest wordings that documents of `scope` share, each once.
fn shared(library: &Library, scope: &Scope, limit: usize) -> Vec<String> {
    let passages = Passages::find(library.documents(), scope);
    let mut wordings: Vec<String> = Vec::new();
    for passage in passages.shared() {
        if wordings.len() >= limit * LOOKED_AT {
            break;
        }
        let place = passage.a;
        let document = library.document(place.document);
        let block = document.and_then(|document| document.blocks.get(place.block as usize));
        let Some(text) = block.map(|block| place.span.of(&block.text)) else { continue };
        let known =
            wordings.iter().any(|known| known.contains(text) || text.contains(known.as_str()));
        if !known {
            wordings.push(text.to_owned());
        }
    }
    wordings
}

fn record(library: &Library, wording: &str) -> LineageJson {
    let lineage = Lineage::of(library.documents(), wording);
    let document = |at: DocIndex| -> Option<&Document> { library.document(at) };
    let id = |member: Option<usize>| {
        let member = lineage.members.get(member?)?;
        document(member.place.document).map(|document| document.id.to_string())
    };
    let members: Vec<MemberRecord> = lineage
        .members
        .iter()
        .filter_map(|member| {
            let card = library.card(member.place.document)?;
            Some(MemberRecord {
                document: card.id.to_string(),
                title: card.metadata.title.clone(),
                region: member.region.clone(),
                place: wenmai::facts::first_uses::place_of(&card),
                date: member.date.map(|date| date.to_string()),
                precision: member.date.map(|date| date.precision()),
                block: member.place.block,
                start: member.place.span.start,
                end: member.place.span.end,
                similarity: member.similarity,
                wording: member.wording,
                from: id(member.from),
                same_text: id(member.same_text),
            })
        })
        .collect();
    let first = members.iter().find(|member| member.date.is_some());
    LineageJson {
        text: wording.to_owned(),
        first: first.map(|member| member.document.clone()),
        members,
        wordings: lineage.wordings,
    }
}

/// The name of a wording: A to Z, then numbers.
fn letter(wording: usize) -> String {
    let letter = u8::try_from(wording).ok().filter(|at| *at < 26).map(|at| char::from(b'A' + at));
    letter.map_or_else(|| wording.to_string(), String::from)
}

fn text(record: &LineageJson, lang: Lang, out: &Output) -> String {
    let places: std::collections::BTreeSet<&String> =
        record.members.iter().map(|member| &member.place).collect();
    let counts = [record.members.len(), places.len(), record.wordings.len()].map(|n| n.to_string());
    let parts = [record.text.as_str(), &counts[0], &counts[1], &counts[2]];
    let mut text = format!("{}\n", report::clean(&OverTime::LineageHead.tell(lang, &parts)));
    let mut seen = Vec::new();
    let mut rows = Vec::new();
    for member in &record.members {
        let said = if seen.contains(&member.wording) {
            "＝".to_owned()
        } else {
            seen.push(member.wording);
            wording_of(record, member.wording)
        };
        let note = match (&member.same_text, &member.from) {
            (Some(same), _) => OverTime::SameTextAs.tell(lang, &[same]),
            (None, Some(from)) => OverTime::TakenFrom.tell(lang, &[from]),
            (None, None) => String::new(),
        };
        rows.push(vec![
            member.date.clone().unwrap_or_else(|| "—".to_owned()),
            lang.place(&member.place).to_owned(),
            member.document.clone(),
            letter(member.wording),
            said,
            note,
        ]);
    }
    text.push_str(&out.aligned(&rows, &[]));
    text
}

/// A wording; every one after the first with what it changed of the first.
fn wording_of(record: &LineageJson, wording: usize) -> String {
    let own = record.wordings.get(wording).map_or("", String::as_str);
    let first = record.wordings.first().map_or("", String::as_str);
    if wording == 0 {
        return own.to_owned();
    }
    let edits = edits_between(first, own, Ignored { punctuation: true, ..Ignored::default() });
    plain_redline(&RedlineRow::pieces((first, own), &edits))
}
