//! Which documents are nearest to one: those that share its themes, a theme counting more the fewer
//! documents have it (inverse document frequency, Spärck Jones 1972).

use std::collections::HashMap;

use super::{ThemeId, ThemeIndex};
use crate::document::DocIndex;

/// A document near another one.
#[derive(Debug, Clone, PartialEq)]
pub struct Neighbour {
    /// The document.
    pub document: DocIndex,
    /// The themes that tie the two, the rarest first.
    pub themes: Vec<ThemeId>,
    /// Higher is nearer; comparable only for one document.
    pub score: f64,
}

/// The `limit` documents nearest to `document`, nearest first, in a library of `documents`.
pub fn nearest(
    index: &ThemeIndex,
    document: DocIndex,
    documents: usize,
    limit: usize,
) -> Vec<Neighbour> {
    let mut near: HashMap<DocIndex, Neighbour> = HashMap::new();
    for (id, theme) in rarest_first(index, document) {
        // What every document has still ties them a little.
        let weight = (1.0 + documents as f64 / theme as f64).ln();
        for (other, _) in index.theme(id).map_or(&[][..], |theme| &theme.documents) {
            if *other != document {
                let empty = || Neighbour { document: *other, themes: Vec::new(), score: 0.0 };
                let neighbour = near.entry(*other).or_insert_with(empty);
                neighbour.themes.push(id);
                neighbour.score += weight;
            }
        }
    }
    let mut near: Vec<Neighbour> = near.into_values().collect();
    near.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.document.cmp(&b.document)));
    near.truncate(limit);
    near
}

/// The themes of a document with the number of documents that have each.
fn rarest_first(index: &ThemeIndex, document: DocIndex) -> Vec<(ThemeId, usize)> {
    let count = |id| index.theme(id).map_or(1, |theme| theme.documents.len().max(1));
    let themes = index.themes_of(document).into_iter();
    let mut themes: Vec<_> = themes.map(|(id, _)| (id, count(id))).collect();
    themes.sort_by_key(|(id, documents)| (*documents, *id));
    themes
}
