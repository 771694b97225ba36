//! One object across texts: which figures count it, by the wording of their object
//! (研发投入强度|研发经费支出…比例).

use super::targets::{Target, TargetKind, targets};
use crate::document::{Collection, DocIndex, Document};
use crate::text::fold::fold_key;
use crate::themes::ThemeIndex;

/// Alternatives between bars, in each of which … stands for anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectPattern(Vec<Vec<String>>);

impl ObjectPattern {
    /// Reads `typed`; `None` where it has no character to look for.
    pub fn new(typed: &str) -> Option<Self> {
        let folded = fold_key(typed).replace('…', "...");
        let parts = |any: &str| {
            let parts = any.split("...").map(str::trim).filter(|part| !part.is_empty());
            parts.map(str::to_owned).collect::<Vec<_>>()
        };
        let any: Vec<_> = folded.split('|').map(parts).filter(|parts| !parts.is_empty()).collect();
        (!any.is_empty()).then_some(Self(any))
    }

    /// The pattern that also takes these other wordings.
    #[must_use]
    pub fn or(mut self, others: impl IntoIterator<Item = String>) -> Self {
        self.0.extend(others.into_iter().map(|other| vec![fold_key(&other)]));
        self
    }

    /// True where `folded` has the parts of an alternative in their order.
    pub fn is_in(&self, folded: &str) -> bool {
        self.0.iter().any(|parts| {
            let mut rest = folded;
            parts.iter().all(|part| match rest.split_once(part.as_str()) {
                Some((_, after)) => {
                    rest = after;
                    true
                }
                None => false,
            })
        })
    }

    /// True where the figure counts it.
    pub fn is_counted_by(&self, target: &Target) -> bool {
        self.is_in(&target.object)
    }
}

/// A figure with the document that states it.
#[derive(Debug, Clone, PartialEq)]
pub struct FigureIn {
    /// The document.
    pub document: DocIndex,
    /// The figure.
    pub target: Target,
}

/// The promises and results of `documents` of which `object` names the object, in library order. Limits
/// bind whoever is meant and are no promise.
pub fn figures_across<D: Collection + ?Sized>(
    documents: &D,
    index: &ThemeIndex,
    object: &ObjectPattern,
) -> Vec<FigureIn> {
    let of_document = |at: DocIndex, document: &Document| {
        if !document.blocks.iter().any(|block| object.is_in(&fold_key(&block.text))) {
            return Vec::new();
        }
        let all = targets(document, at, index).into_iter();
        let counted = all.filter(|one| one.kind != TargetKind::Limit && object.is_counted_by(one));
        counted.map(|target| FigureIn { document: at, target }).collect::<Vec<_>>()
    };
    documents.map(of_document).into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::regional_document;

    #[test]
    fn figures_of_one_object_come_from_every_text_and_limits_from_none() {
        let documents = [
            regional_document("a", "浙江", &["到2025年，全社会研发投入强度达到3.3%以上。"]),
            regional_document("b", "上海", &["2024年研发投入强度达到4.4%，粮食产量达到100万吨。"]),
        ];
        let object = ObjectPattern::new("研发投入强度").unwrap();
        let found = figures_across(&documents, &ThemeIndex::default(), &object);
        let found: Vec<_> =
            found.iter().map(|one| (one.document.0, one.target.figure.as_str())).collect();
        assert_eq!(found, [(0, "3.3%以上"), (1, "4.4%")]);
    }

    #[test]
    fn patterns_match_parts_in_their_order() {
        let pattern = ObjectPattern::new("研發投入強度|研发经费支出…比例").unwrap();
        for (object, matches) in [
            ("全社会研发投入强度", true),
            ("研发经费支出相当于生产总值的比例", true),
            ("研发经费投入", false),
            ("比例和研发经费支出", false),
        ] {
            assert_eq!(pattern.is_in(object), matches, "{object}");
        }
        assert_eq!(ObjectPattern::new(" | … "), None);
    }
}
