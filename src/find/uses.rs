//! Uses: from a search for a wording to the documents that use it, without the places at which its
//! characters only meet across the edges of words (保交房 in 确保交房).

use super::fulltext::{Hit, SearchResults};
use super::text_index::TextIndex;
use crate::document::Collection;
use crate::facts::first_uses::{UseIn, crosses_word};
use crate::text::fold::fold_key;
use crate::text::{Span, SpanCutter};

/// Where a wording is used.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Uses {
    /// The first use in each document, in library order.
    pub uses: Vec<UseIn>,
    /// The first place in each document that is across the edge of a word.
    pub rejected: Vec<UseIn>,
}

/// Characters on both sides of a place that decide whether it crosses a word.
const AROUND: u32 = 12;

/// The uses that `found` has found; every place counts where `whole` is false (for patterns).
pub fn uses<D: Collection + ?Sized>(
    found: &SearchResults,
    index: &TextIndex,
    documents: &D,
    whole: bool,
) -> Uses {
    let mut all = Uses::default();
    for one in &found.documents {
        let Some(document) = documents.document(one.document) else { continue };
        let hits = found.hits_in(index, documents, one.document);
        let crosses = |hit: &&Hit| {
            let text = document.blocks.get(hit.place.block as usize).map(|b| b.text.as_str());
            whole && text.is_some_and(|text| is_across(text, hit.place.span))
        };
        let (across, own): (Vec<&Hit>, Vec<&Hit>) = hits.iter().partition(crosses);
        all.uses.extend(first(&own));
        all.rejected.extend(first(&across));
    }
    // Where most places seem to cross words, the dictionary lacks the wording's own words.
    if all.rejected.len() > all.uses.len() {
        let known = |one: &UseIn| all.uses.iter().any(|own| own.document == one.document);
        let more: Vec<UseIn> = all.rejected.iter().filter(|one| !known(one)).copied().collect();
        all.uses.extend(more);
        all.rejected.clear();
    }
    all.uses.sort_by_key(|one| one.document);
    all
}

fn first(hits: &[&Hit]) -> Option<UseIn> {
    let place = hits.first()?.place;
    let times = hits.len() as u32;
    Some(UseIn { document: place.document, block: place.block, span: place.span, times })
}

fn is_across(text: &str, span: Span) -> bool {
    let [before, own, after] = SpanCutter::new(text).cut_around(span, AROUND);
    let (before, own, after) = (fold_key(before), fold_key(own), fold_key(after));
    let start = before.chars().count();
    let end = start + own.chars().count();
    crosses_word(&format!("{before}{own}{after}"), start, end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::find::fulltext::search;
    use crate::find::query::{Mode, Query};
    use crate::samples::document;

    #[test]
    fn characters_that_meet_across_words_are_no_use() {
        let documents = [
            document("a", &["确保交房即交证改革落地。"]),
            document("b", &["扎实做好保交房工作。", "保交房项目。"]),
            document("c", &["推进保交房攻坚。"]),
        ];
        let index = TextIndex::build(&documents[..]);
        let query = Query::parse("\"保交房\"", Mode::Words).unwrap();
        let found = search(&index, &documents[..], &query);
        let found = uses(&found, &index, &documents[..], true);
        let own: Vec<_> = found.uses.iter().map(|one| (one.document.0, one.times)).collect();
        assert_eq!(own, [(1, 2), (2, 1)]);
        assert_eq!(found.rejected.len(), 1);
    }
}
