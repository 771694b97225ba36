//! Find in one article, as one types: the article folded once, every keystroke a scan of it.

use memchr::memmem;

use crate::document::Document;
use crate::text::fold::{Folded, fold, fold_key};
use crate::text::{CharCounter, Span};

/// The blocks of one article, folded.
#[derive(Debug, Clone, Default)]
pub struct FoldedArticle {
    blocks: Vec<Folded>,
}

impl FoldedArticle {
    /// Folds the blocks of `document`.
    pub fn new(document: &Document) -> Self {
        Self { blocks: document.blocks.iter().map(|block| fold(&block.text)).collect() }
    }

    /// Every place of `typed`, spaces and all, in reading order: the block and its shown
    /// characters. Hits do not overlap. Nothing is found for nothing typed.
    pub fn find(&self, typed: &str) -> Vec<(u32, Span)> {
        let needle = fold_key(&typed.replace(char::is_control, ""));
        if needle.is_empty() {
            return Vec::new();
        }
        let finder = memmem::Finder::new(&needle);
        let mut places = Vec::new();
        for (folded, number) in self.blocks.iter().zip(0_u32..) {
            let text = folded.as_str();
            let mut counter = CharCounter::new(text);
            places.extend(finder.find_iter(text.as_bytes()).map(|at| {
                let start = counter.chars_before(at);
                let end = counter.chars_before(at + needle.len());
                (number, folded.shown(Span::new(start, end)))
            }));
        }
        places
    }
}

/// Every place of `typed` in `document`; for one question, where [`FoldedArticle`] is for many.
pub fn in_document(document: &Document, typed: &str) -> Vec<(u32, Span)> {
    FoldedArticle::new(document).find(typed)
}

#[cfg(test)]
mod tests {
    use super::super::samples::document;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn both_scripts_and_widths_are_found_where_they_are_shown() {
        let article = document("甲", "", &["# 產業鏈", "产业链和\u{200B}產業鏈", "ＡＩ 與 ai"]);
        let spans = |typed: &str| {
            let found = in_document(&article, typed);
            found.into_iter().map(|(b, s)| (b, s.start, s.end)).collect::<Vec<_>>()
        };
        assert_eq!(spans("產业链"), [(0, 0, 3), (1, 0, 3), (1, 5, 8)]);
        assert_eq!(spans("AI 与"), [(2, 0, 4)]);
        assert_eq!(spans(""), []);
        assert_eq!(spans("\n\u{7}"), []);
    }

    proptest! {
        #[test]
        fn whatever_is_typed_is_found_only_where_it_stands(text in "(\\PC|[ab標准ﾊﾟ]){0,30}", typed in "(\\PC|[ab标準ﾊﾟ]){0,3}") {
            let article = document("甲", "", &[&text]);
            for (block, span) in in_document(&article, &typed) {
                prop_assert_eq!(block, 0);
                prop_assert!(!span.is_empty() && span.end as usize <= text.chars().count());
            }
        }
    }
}
