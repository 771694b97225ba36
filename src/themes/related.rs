//! Which documents are nearest to one, by the themes that they share, and which themes tie them.
//!
//! Source: the cosine of documents as vectors of themes, each weighed by the logarithm of its count
//! and by how few documents have it (Salton and Buckley, Information Processing and Management 24,
//! 1988).

use rustc_hash::FxHashMap;

use super::{Theme, ThemeId, ThemeIndex};
use crate::document::DocIndex;

/// A document that shares themes with another one.
#[derive(Debug, Clone, PartialEq)]
pub struct Related {
    /// The other document.
    pub document: DocIndex,
    /// How near it is, above 0 up to 1.
    pub nearness: f64,
    /// The themes that tie the two, the strongest tie first.
    pub themes: Vec<ThemeId>,
}

/// Below this nearness two documents have little in common.
const LEAST_NEARNESS: f64 = 0.1;
/// Below this share of the nearness of the nearest one a document is filler.
const LEAST_SHARE: f64 = 0.5;

/// At most `limit` documents that share themes with `document`, the nearest first: those that are
/// near, and not much farther than the nearest one.
pub fn nearest(index: &ThemeIndex, document: DocIndex, limit: usize) -> Vec<Related> {
    let mut products: FxHashMap<DocIndex, f64> = FxHashMap::default();
    let own = direct_themes(index, document);
    for (id, count) in &own {
        let Some(theme) = index.theme(*id) else { continue };
        let weight = theme.weight(*count, index.documents());
        for (other, count) in
            theme.direct_documents().iter().filter(|(other, _)| *other != document)
        {
            *products.entry(other).or_insert(0.0) +=
                weight * theme.weight(count, index.documents());
        }
    }
    let length = index.length(document);
    let near =
        |(other, product): (DocIndex, f64)| (other, product / (length * index.length(other)));
    let mut found: Vec<(DocIndex, f64)> = products.into_iter().map(near).collect();
    found.retain(|(_, nearness)| nearness.is_finite() && *nearness > 0.0);
    found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let best = found.first().map_or(0.0, |(_, nearness)| *nearness);
    found.retain(|(_, nearness)| *nearness >= LEAST_NEARNESS.max(best * LEAST_SHARE));
    found.truncate(limit);
    let related =
        |(other, nearness)| Related { document: other, nearness, themes: ties(index, &own, other) };
    found.into_iter().map(related).collect()
}

/// The subjects that `document` mentions directly: what a longer theme covers would count twice.
fn direct_themes(index: &ThemeIndex, document: DocIndex) -> Vec<(ThemeId, u32)> {
    let counted =
        |(theme, id): (&Theme, u32)| Some((ThemeId(id), theme.direct_documents().count(document)?));
    index.subjects().iter().zip(0..).filter_map(counted).collect()
}

/// The themes of `own` that `other` has too, the strongest tie first.
fn ties(index: &ThemeIndex, own: &[(ThemeId, u32)], other: DocIndex) -> Vec<ThemeId> {
    let tie = |(id, count): &(ThemeId, u32)| {
        let theme = index.theme(*id)?;
        let there = theme.direct_documents().count(other)?;
        let documents = index.documents();
        Some((*id, theme.weight(*count, documents) * theme.weight(there, documents)))
    };
    let mut ties: Vec<(ThemeId, f64)> = own.iter().filter_map(tie).collect();
    ties.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    ties.into_iter().map(|(id, _)| id).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::regional_document;
    use crate::themes::vocabulary::Lexicon;

    #[test]
    fn the_document_with_most_rare_themes_in_common_is_nearest() {
        let texts = [
            regional_document("a", "北京", &["人工智能、区块链、脑机接口、集成电路。"]),
            regional_document("b", "上海", &["区块链、脑机接口、集成电路。"]),
            regional_document("c", "浙江", &["人工智能、知识产权。"]),
            regional_document("d", "山东", &["知识产权、人工智能。"]),
            regional_document("e", "河南", &["没有什么可说。"]),
        ];
        let index = ThemeIndex::build(&texts, &Lexicon::default());
        let near = nearest(&index, DocIndex(0), 9);
        // Those that only share one theme with it are filler.
        assert_eq!(near.iter().map(|r| r.document.0).collect::<Vec<_>>(), [1]);
        assert!(near.iter().all(|r| r.nearness > 0.0 && r.nearness <= 1.0));
        assert_eq!(near[0].themes.len(), 3);
        let same = nearest(&index, DocIndex(2), 1);
        assert_eq!((same[0].document, same.len()), (DocIndex(3), 1));
        assert!((same[0].nearness - 1.0).abs() < 1e-9);
        assert!(nearest(&index, DocIndex(4), 9).is_empty());
    }
}
