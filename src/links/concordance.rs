//! The concordance of a theme (keyword in context): each mention on a line of its own with what
//! stands before and after it, in reading order or sorted by its neighbours, so that like uses come
//! together.

use super::{ThemeId, ThemeIndex};
use crate::document::{Context, DocIndex, Document, Place};
use crate::text::fold::fold_key;

/// A mention with its context.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line<'d> {
    /// Where the mention stands.
    pub place: Place,
    /// The mention with the characters around it.
    pub context: Context<'d>,
}

/// How lines are sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Order {
    /// By document and place.
    #[default]
    Reading,
    /// By what stands before the mention, its last character first.
    Before,
    /// By what stands after the mention.
    After,
}

/// Which lines are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Selection {
    /// Only of this document.
    pub document: Option<DocIndex>,
    /// Characters on either side.
    pub chars: u32,
    /// The order.
    pub order: Order,
}

/// The lines of `theme` in `documents`, from which `index` was built.
pub fn lines<'d>(
    index: &ThemeIndex,
    documents: &'d [Document],
    theme: ThemeId,
    selection: Selection,
) -> Vec<Line<'d>> {
    let Some(known) = index.theme(theme) else { return Vec::new() };
    let chosen = |at: &DocIndex| selection.document.is_none_or(|only| only == *at);
    let mut lines: Vec<Line<'d>> = known
        .documents
        .iter()
        .map(|(at, _)| *at)
        .filter(chosen)
        .filter_map(|at| Some((at, documents.get(at.get())?)))
        .flat_map(|(at, document)| {
            index.mentions_of(theme, at).filter_map(move |mention| {
                let context = document.context(mention.block, mention.span, selection.chars)?;
                let place = Place { document: at, block: mention.block, span: mention.span };
                Some(Line { place, context })
            })
        })
        .collect();
    match selection.order {
        Order::Reading => {}
        Order::Before => lines.sort_by_cached_key(|line| {
            fold_key(line.context.before).chars().rev().collect::<String>()
        }),
        Order::After => lines.sort_by_cached_key(|line| fold_key(line.context.after)),
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::links::samples::document;
    use crate::links::vocabulary::Lexicon;

    #[test]
    fn lines_come_in_reading_order_or_by_their_neighbours() {
        let documents = [
            document("a", "北京", &["丙人工智能乙。", "甲人工智能丙。"]),
            document("b", "上海", &["乙人工智能甲。"]),
        ];
        let index = ThemeIndex::build(&documents, &Lexicon::default());
        let theme = index.find("人工智能").unwrap();
        let sides = |document, order| {
            let selection = Selection { document, chars: 1, order };
            let lines = lines(&index, &documents, theme, selection);
            lines.iter().map(|l| (l.context.before, l.context.after)).collect::<Vec<_>>()
        };
        assert_eq!(sides(None, Order::Reading), [("丙", "乙"), ("甲", "丙"), ("乙", "甲")]);
        assert_eq!(sides(None, Order::Before), [("丙", "乙"), ("乙", "甲"), ("甲", "丙")]);
        assert_eq!(sides(None, Order::After), [("甲", "丙"), ("丙", "乙"), ("乙", "甲")]);
        assert_eq!(sides(Some(DocIndex(1)), Order::Reading), [("乙", "甲")]);
    }
}
