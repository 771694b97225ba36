//! `topics`: the fuzzy finder over themes, titles and headings.

use serde::Serialize;
use wenmai::find::filters::Kind;
use wenmai::find::topics::{Entry, TopicHit, Via};
use wenmai::library::Library;

use super::{Outcome, output::Output};
use crate::cli::Topics;
use crate::hint;
use crate::ui::say::{say, word};

#[derive(Serialize)]
struct TopicJson<'t> {
    kind: &'static str,
    text: &'t str,
    document: Option<&'t str>,
    block: Option<u32>,
    score: i64,
    matched: &'t [u32],
    via: Via,
    alias: Option<&'t str>,
}

/// Prints the topics that match, best first.
pub(crate) fn run(library: &Library, args: &Topics, out: &mut Output) -> anyhow::Result<Outcome> {
    let topics = library.topics();
    let found = topics.find(&args.query.join(" "), args.limit);
    if let Some(ignored) = &found.ignored {
        hint::warn(&say!("command.bad_filter", ignored));
    }
    let hits: Vec<_> =
        found.hits.iter().filter_map(|hit| Some((topics.entry(hit)?, hit))).collect();
    if out.json {
        out.json(&hits.iter().map(|(entry, hit)| record(library, entry, hit)).collect::<Vec<_>>())?;
    } else {
        let rows: Vec<_> = hits.iter().map(|(entry, hit)| row(library, entry, hit)).collect();
        out.table(&rows, &[3])?;
    }
    Ok(if hits.is_empty() { Outcome::NothingMatched } else { Outcome::Done })
}

fn document<'l>(library: &'l Library, entry: &Entry) -> Option<&'l str> {
    Some(library.document(entry.document?)?.id.as_str())
}

fn record<'t>(library: &'t Library, entry: &'t Entry, hit: &'t TopicHit) -> TopicJson<'t> {
    TopicJson {
        kind: kind(entry.kind),
        text: &entry.text,
        document: document(library, entry),
        block: entry.block,
        score: hit.score,
        matched: &hit.matched,
        via: hit.via,
        alias: hit.alias.as_deref(),
    }
}

fn row(library: &Library, entry: &Entry, hit: &TopicHit) -> Vec<String> {
    let via = match hit.via {
        Via::Text => word("command.via_text"),
        Via::Script => word("command.via_script"),
        Via::Alias => word("command.via_alias"),
        Via::Pinyin => word("command.via_pinyin"),
        Via::Initials => word("command.via_initials"),
    };
    let place = match document(library, entry) {
        Some(id) => id.to_owned(),
        None => say!("command.topic_counts", entry.documents, entry.mentions),
    };
    vec![kind(entry.kind).to_owned(), via.to_owned(), entry.text.clone(), place]
}

/// The kind as interface and scripts name it.
fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Theme => "theme",
        Kind::Title => "title",
        _ => "heading",
    }
}
