//! The concordance of a theme (keyword in context): each mention with what is before and after
//! it, in reading order or sorted by its neighbours, so that like uses come together.

use crate::document::{Collection, Context, Contexts, DocIndex, Document, Place};
use crate::text::Span;
use crate::text::fold::fold_key;
use crate::themes::{Mention, ThemeId, ThemeIndex};

/// Characters of its neighbours by which a mention is sorted.
const NEIGHBOURS: u32 = 12;

/// How mentions are sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ContextOrder {
    /// By document and place.
    #[default]
    Reading,
    /// By what is before the mention, its last character first.
    Before,
    /// By what is after the mention.
    After,
}

/// The mentions of `theme` in `documents`, from which `index` was built: in all, or `only` in one.
/// Every document that has one is read.
pub fn places<D: Collection + ?Sized>(
    index: &ThemeIndex,
    theme: ThemeId,
    documents: &D,
    only: Option<DocIndex>,
    order: ContextOrder,
) -> Vec<Place> {
    let known = index.theme(theme).into_iter().flat_map(|theme| theme.documents.documents());
    let wanted = known.filter(|at| only.is_none_or(|only| only == *at));
    let of_document = |at: DocIndex, document: &Document| {
        let mut contexts = Contexts::new(document);
        let mentions = index.look_in(document).into_iter().filter(|one| one.theme == theme);
        let keyed = mentions.map(|Mention { block, span, .. }| {
            let key = key(&mut contexts, block, span, order);
            (key, Place { document: at, block, span })
        });
        keyed.collect::<Vec<_>>()
    };
    let all = documents.map_some(&wanted.collect::<Vec<_>>(), of_document);
    let mut keyed: Vec<(String, Place)> = all.into_iter().flatten().collect();
    keyed.sort_by(|(a, _), (b, _)| a.cmp(b));
    keyed.into_iter().map(|(_, place)| place).collect()
}

/// By what a mention is sorted; all are alike in reading order.
fn key(contexts: &mut Contexts<'_>, block: u32, span: Span, order: ContextOrder) -> String {
    if order == ContextOrder::Reading {
        return String::new();
    }
    let context = contexts.around(block, span, NEIGHBOURS);
    context.map_or_else(String::new, |Context { before, after, .. }| match order {
        ContextOrder::Before => fold_key(before).chars().rev().collect(),
        _ => fold_key(after),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::regional_document;
    use crate::themes::vocabulary::Lexicon;

    #[test]
    fn mentions_come_in_reading_order_or_by_their_neighbours() {
        let documents = [
            regional_document("a", "北京", &["丙人工智能乙。", "甲人工智能丙。"]),
            regional_document("b", "上海", &["乙人工智能甲。"]),
        ];
        let index = ThemeIndex::build(&documents, &Lexicon::default());
        let theme = index.find("人工智能").unwrap();
        let sides = |only, order| -> Vec<(&str, &str)> {
            let places = places(&index, theme, &documents, only, order);
            let context = |place: &Place| {
                let document: &crate::document::Document = &documents[place.document.get()];
                document.context(place.block, place.span, 1).map(|c| (c.before, c.after)).unwrap()
            };
            places.iter().map(context).collect()
        };
        assert_eq!(sides(None, ContextOrder::Reading), [("丙", "乙"), ("甲", "丙"), ("乙", "甲")]);
        assert_eq!(sides(None, ContextOrder::Before), [("丙", "乙"), ("乙", "甲"), ("甲", "丙")]);
        assert_eq!(sides(None, ContextOrder::After), [("甲", "丙"), ("丙", "乙"), ("乙", "甲")]);
        assert_eq!(sides(Some(DocIndex(1)), ContextOrder::Reading), [("乙", "甲")]);
    }
}
