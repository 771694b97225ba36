//! One object across texts: which figures count it, by the wording of their object
//! (研发投入强度|研发经费支出…比例).

use super::targets::Target;
use crate::text::fold::fold_key;

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

#[cfg(test)]
mod tests {
    use super::*;

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
