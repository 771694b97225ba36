//! Queries that are plain words, counted over a whole piece of the arena without a stop at each
//! document: the commonest queries, and the ones whose words may be in every text.

use memchr::memmem::Finder;

use super::tally::MatchCounts;
use super::text_index::Shard;

/// Documents by their number in a piece, rising, with what was counted there.
type WordCounts = Vec<(usize, MatchCounts)>;

/// The share of a piece's documents up to which only those are searched for a further word.
const FEW: usize = 4;

/// The documents of `piece` that have a word of each clause of `wanted`, none of which overlap in
/// any text.
pub(super) fn met(piece: &Shard, wanted: &[Vec<Finder<'_>>]) -> Vec<(usize, MatchCounts)> {
    let mut met: Option<WordCounts> = None;
    for any in wanted {
        let own = any.iter().map(|finder| counts(piece, finder, met.as_deref())).reduce(either);
        let own = own.unwrap_or_default();
        met = Some(match met {
            Some(met) => both(&met, &own),
            None => own,
        });
    }
    met.unwrap_or_default()
}

/// How often the word is in each document that has it. Others than those `among` which is
/// searched for may be left out.
fn counts(
    piece: &Shard,
    finder: &Finder<'_>,
    among: Option<&[(usize, MatchCounts)]>,
) -> WordCounts {
    match among.filter(|among| among.len() < piece.len() / FEW) {
        Some(few) => few
            .iter()
            .filter_map(|(nth, _)| {
                let (lines, mut tally) = (piece.lines(*nth)?, MatchCounts::default());
                finder.find_iter(lines.text.as_bytes()).for_each(|at| tally.add(&lines, at));
                Some((*nth, tally))
            })
            .filter(|(_, tally)| !tally.is_empty())
            .collect(),
        None => everywhere(piece, finder),
    }
}

fn everywhere(piece: &Shard, finder: &Finder<'_>) -> WordCounts {
    let mut counts = WordCounts::new();
    let mut hits = finder.find_iter(piece.text().as_bytes());
    let mut next = hits.next();
    let mut from = 0;
    while let Some((nth, [title, head, end])) = next.and_then(|at| piece.extent_at(at, from)) {
        let mut before = |end: usize| {
            let mut count = 0;
            while next.is_some_and(|at| at < end) {
                count += 1;
                next = hits.next();
            }
            count
        };
        counts.push((
            nth,
            MatchCounts { title: before(title), headings: before(head), body: before(end) },
        ));
        from = nth;
    }
    counts
}

/// The documents of both, each with what was counted in both.
fn both(a: &[(usize, MatchCounts)], b: &[(usize, MatchCounts)]) -> WordCounts {
    let mut rest = b.iter().peekable();
    let in_b = |(nth, tally): &(usize, MatchCounts)| {
        while rest.next_if(|(other, _)| other < nth).is_some() {}
        let (_, other) = rest.next_if(|(other, _)| other == nth)?;
        Some((*nth, tally.and(*other)))
    };
    a.iter().filter_map(in_b).collect()
}

/// The documents of either, each with all that was counted there.
fn either(a: WordCounts, b: WordCounts) -> WordCounts {
    let mut all = a;
    all.extend(b);
    all.sort_by_key(|(nth, _)| *nth);
    all.dedup_by(|(later, more), (nth, tally)| {
        let same = later == nth;
        if same {
            *tally = tally.and(*more);
        }
        same
    });
    all
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::fulltext::search;
    use super::super::query::{Mode, Query};
    use super::super::samples::document;
    use super::super::text_index::TextIndex;
    use crate::document::Document;

    proptest! {
        /// The order of words and the words beside it decide how they are counted, and never what
        /// is found: a pattern that meets every text takes the way document by document.
        #[test]
        fn words_over_whole_pieces_are_found_as_document_by_document(
            texts in prop::collection::vec("[标准化技术\n]{0,12}", 0..8),
            input in "-?[标准化技术]{1,2}(\\|[标准技]{1,2})?( -?[标准化技术]{1,2}){0,2}",
        ) {
            let documents: Vec<Document> = texts
                .iter()
                .map(|text| document("甲", "标准", &text.split('\n').collect::<Vec<_>>()))
                .collect();
            let arena = TextIndex::build(&documents);
            let found = |input: &str| {
                let query = Query::parse(input, Mode::Words).unwrap();
                let found = search(&arena, &documents, &query);
                found
                    .documents
                    .iter()
                    .map(|one| (one.document, one.hits, one.title_hits))
                    .collect::<Vec<_>>()
            };
            // Every block is a paragraph or the title, and a filter that says so changes nothing.
            prop_assert_eq!(found(&input), found(&format!("{input} -kind:heading")));
        }
    }
}
