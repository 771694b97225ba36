//! Which patterns can take a whole line that has a stop inside. Most say themselves that they do
//! not, and to let them walk along every paragraph costs more than all other patterns together.

use regex_syntax::hir::{Class, Hir, HirKind};

/// The stops that are told, as [`crate::text::has_stop`] tells them.
const STOPS: [char; 2] = ['。', '；'];
/// With this many patterns end: a stop there is the line's last character.
const LAST: &str = "[。！!]?";

/// True where a line that `pattern` takes may have 。 or ； before its last character.
pub(super) fn may_hold_stop(pattern: &str) -> bool {
    let stem = pattern.strip_suffix(LAST).unwrap_or(pattern);
    regex_syntax::parse(stem).map_or(true, |hir| holds_stop(&hir))
}

fn holds_stop(hir: &Hir) -> bool {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => false,
        HirKind::Literal(literal) => {
            std::str::from_utf8(&literal.0).map_or(true, |text| text.contains(STOPS))
        }
        HirKind::Class(Class::Unicode(class)) => class
            .iter()
            .any(|range| STOPS.iter().any(|stop| (range.start()..=range.end()).contains(stop))),
        HirKind::Class(Class::Bytes(_)) => true,
        HirKind::Repetition(repetition) => holds_stop(&repetition.sub),
        HirKind::Capture(capture) => holds_stop(&capture.sub),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => parts.iter().any(holds_stop),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_say_themselves_whether_they_hold_a_stop() {
        for pattern in ["甲.{0,3}乙", "[^。]甲", "甲。乙", "(甲[。！!]?|乙)", "甲[。！!]?乙", "("]
        {
            assert!(may_hold_stop(pattern), "{pattern}");
        }
        for pattern in ["甲[^。；]{0,3}乙[。！!]?", r"\s*甲|[\p{Han}，]+", ""] {
            assert!(!may_hold_stop(pattern), "{pattern}");
        }
    }
}
