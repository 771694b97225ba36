//! The characters with which a match of a pattern can begin. A line that begins with another one
//! need not be simplified, nor be shown to the pattern: most paragraphs of a library.

use regex_syntax::hir::{Class, Hir, HirKind};
use rustc_hash::FxHashSet;

/// Characters that are distinguished; a pattern that begins with more begins with anything.
const MOST: usize = 4096;

/// The characters with which lines begin that `pattern` takes; `None` where every line may match.
pub(super) fn of(pattern: &str) -> Option<FxHashSet<char>> {
    let mut known = FxHashSet::default();
    let hir = regex_syntax::parse(pattern).ok().filter(|_| pattern.starts_with('^'))?;
    let is_told = !may_be_empty(&hir, &mut known) && known.len() <= MOST;
    is_told.then_some(known)
}

/// Adds what `hir` may begin with to `known`; whether it may match nothing at all.
fn may_be_empty(hir: &Hir, known: &mut FxHashSet<char>) -> bool {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => true,
        HirKind::Literal(literal) => {
            let first = std::str::from_utf8(&literal.0).ok().and_then(|text| text.chars().next());
            known.extend(first);
            first.is_none()
        }
        HirKind::Class(Class::Unicode(class)) => {
            let each = class.iter().flat_map(|range| range.start()..=range.end());
            known.extend(each.take(MOST + 1));
            false
        }
        HirKind::Class(Class::Bytes(_)) => true,
        HirKind::Repetition(repetition) => {
            may_be_empty(&repetition.sub, known) || repetition.min == 0
        }
        HirKind::Capture(capture) => may_be_empty(&capture.sub, known),
        HirKind::Concat(parts) => parts.iter().all(|part| may_be_empty(part, known)),
        HirKind::Alternation(parts) => {
            let mut empty = false;
            for part in parts {
                empty |= may_be_empty(part, known);
            }
            empty
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beginnings_are_those_of_every_branch() {
        let some = of(r"^(?:(新闻)?(线索)?(报料|爆料)\s*[:：]|[【\[]?\s*声明|(?i:a)b)").unwrap();
        for c in "新线报爆【[ 声aA".chars() {
            assert!(some.contains(&c), "{c}");
        }
        for c in "闻料：明b。".chars() {
            assert!(!some.contains(&c), "{c}");
        }
        for pattern in ["^(?:甲?)", "^.甲", "^[^。]甲", "甲", "("] {
            assert_eq!(of(pattern), None, "{pattern}");
        }
    }
}
