//! One line around a hit, cut to the cells that a row has for it. What is cut by characters, for
//! scripts, is [`crate::document::Document::context`].

use crate::document::Context;
use crate::text::Span;
use crate::text::width::{Ambiguous, cells, clusters, fit};

/// Cells on either side of a hit. Rows line up when every hit has the same `before` and what is
/// shorter is filled with spaces on the left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ContextRoom {
    /// Cells before the hit.
    pub before: usize,
    /// Cells for the hit and what follows it.
    pub from: usize,
    /// The width of ambiguous characters.
    pub ambiguous: Ambiguous,
}

/// The characters `span` of `text`, as much of them as fits, with what is around them in the
/// same line of at most `room` cells.
pub fn line(text: &str, span: Span, room: ContextRoom) -> Context<'_> {
    line_at(text, (crate::text::byte_of_char(text, span.start as usize), span.len()), room)
}

/// [`line`] around so many characters from a byte on, which costs the same far into a text.
pub fn line_at(text: &str, (start, length): (usize, usize), room: ContextRoom) -> Context<'_> {
    let (head, tail) = text.split_at_checked(start).unwrap_or((text, ""));
    let matched = fit(Span::new(0, length as u32).of(tail), room.from, room.ambiguous);
    let rest = tail.get(matched.len()..).unwrap_or_default();
    let left = room.from.saturating_sub(cells(matched, room.ambiguous));
    let cut_short = matched.chars().count() < length;
    let after = if cut_short { "" } else { fit(rest, left, room.ambiguous) };
    Context { before: fit_end(head, room.before, room.ambiguous), matched, after }
}

/// The longest tail of `text` that fits into `room` cells. Only so much of it is looked at as could
/// fit, so that a hit far into a long paragraph costs no more than one at its beginning.
fn fit_end(text: &str, room: usize, ambiguous: Ambiguous) -> &str {
    // No cluster in ordinary use has more than a handful of characters a cell.
    let far = text.char_indices().rev().nth(room * 4 + 8).map_or(0, |(byte, _)| byte);
    let near = text.get(far..).unwrap_or(text);
    let mut over = cells(near, ambiguous).saturating_sub(room);
    let mut start = 0;
    for (byte, cluster) in clusters(near) {
        start = byte;
        if over == 0 {
            break;
        }
        over = over.saturating_sub(crate::text::width::cluster_cells(cluster, ambiguous));
        start = byte + cluster.len();
    }
    near.get(start..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn room(before: usize, from: usize) -> ContextRoom {
        ContextRoom { before, from, ambiguous: Ambiguous::Narrow }
    }

    #[test]
    fn a_line_is_cut_by_cells_on_both_sides() {
        let text = "聚焦人工智能、大数据";
        let cases = [
            (room(4, 12), ("聚焦", "人工智能", "、大")),
            (room(3, 8), ("焦", "人工智能", "")),
            (room(0, 5), ("", "人工", "")),
            (room(0, 0), ("", "", "")),
            (room(99, 99), ("聚焦", "人工智能", "、大数据")),
        ];
        for (room, (before, matched, after)) in cases {
            let line = line(text, Span::new(2, 6), room);
            assert_eq!((line.before, line.matched, line.after), (before, matched, after));
        }
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_its_room(text in "(\\PC|[标a\u{301}]){0,40}", at in 0u32..45, len in 0u32..9, before in 0usize..9, from in 0usize..9) {
            let line = line(&text, Span::new(at, at + len), room(before, from));
            prop_assert!(cells(line.before, Ambiguous::Narrow) <= before);
            prop_assert!(cells(line.matched, Ambiguous::Narrow) + cells(line.after, Ambiguous::Narrow) <= from);
            let whole = [line.before, line.matched, line.after].concat();
            prop_assert!(text.contains(&whole));
        }
    }
}
