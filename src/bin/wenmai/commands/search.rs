//! `search`: every place of the full text that matches, the best document first.

use anyhow::{anyhow, bail};
use wenmai::find::fulltext::{Folding, SearchResults, search};
use wenmai::find::nearest::nearest;
use wenmai::find::query::{Mode, Query, QueryError};
use wenmai::library::Library;

use super::passage::{Passage, print};
use super::{Outcome, output::Output};
use crate::cli::Search;
use crate::hint;
use crate::ui::query_words;
use crate::ui::say::{lang, say, word};

/// Topics that are offered where nothing was found.
const OFFERED: usize = 5;

/// Values of a filter that are named where one does not exist.
const SHOWN: usize = 40;

/// Prints all hits.
pub(crate) fn run(library: &Library, args: &Search, out: &mut Output) -> anyhow::Result<Outcome> {
    let typed = args.query.join(" ");
    let query = query(&typed, args).map_err(|error| {
        anyhow!(say!("command.bad_query", query_words::explained(&error, lang())))
    })?;
    let (arena, documents) = (library.arena(), library.documents());
    if let Some(unknown) = query.filters().unknown_value(arena.facts()) {
        let known: Vec<_> = unknown.known.iter().take(SHOWN).map(String::as_str).collect();
        let (field, value) = (unknown.field, &unknown.value);
        bail!(say!("print.unknown_value", format!("{field}:{value}"), known.join(", ")));
    }
    let found = search(arena, documents, &query);
    if found.out_of_time {
        hint::warn(&say!("command.slow_pattern"));
    }
    let texts =
        found.documents.iter().filter_map(|one| library.document(one.document).zip(Some(one)));
    let passages = texts.flat_map(|(text, one)| {
        let hits = found.hits_in(arena, documents, one.document).into_iter();
        Passage::of(text, hits.map(|hit| (hit.place.block, hit.place.span)))
    });
    let mut passages = passages.peekable();
    let nothing_matched = passages.peek().is_none();
    if nothing_matched {
        explain(library, &found, &typed);
    }
    print(&args.rows.of(passages).collect::<Vec<_>>(), out)?;
    Ok(if nothing_matched { Outcome::NothingMatched } else { Outcome::Done })
}

fn query(typed: &str, args: &Search) -> Result<Query, QueryError> {
    let mode = if args.regex { Mode::Pattern } else { Mode::Words };
    args.texts.narrow(Query::parse(typed, mode)?)
}

/// Says what was searched, and what there is instead.
fn explain(library: &Library, found: &SearchResults, typed: &str) {
    let searched = &found.searched;
    let foldings: Vec<_> = searched.foldings.iter().map(|folding| name(*folding)).collect();
    hint::warn(&say!(
        "command.nothing_found",
        searched.wanted.join("” “"),
        searched.documents,
        searched.of,
        foldings.join(word("page.comma"))
    ));
    if !found.documents.is_empty() {
        let ids = found.documents.iter().filter_map(|one| library.document(one.document));
        let ids: Vec<_> = ids.map(|document| document.id.as_str()).collect();
        hint::warn(&say!("command.in_title", ids.join(word("page.comma"))));
    }
    let topics = library.topics();
    let offered = nearest(topics, typed, OFFERED);
    let names: Vec<_> = offered
        .iter()
        .filter_map(|hit| topics.entry(hit))
        .map(|entry| entry.text.as_str())
        .collect();
    if !names.is_empty() {
        hint::warn(&say!("command.nearest", names.join(word("page.comma"))));
    }
}

fn name(folding: Folding) -> &'static str {
    match folding {
        Folding::Script => word("command.fold_script"),
        Folding::Width => word("command.fold_width"),
        Folding::Case => word("command.fold_case"),
        Folding::Compatibility => word("command.fold_compatibility"),
    }
}
