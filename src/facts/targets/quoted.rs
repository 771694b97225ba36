//! The parts of a statement in 《》 or “”: a figure or a day in them belongs to what is quoted.

use std::ops::Range;

/// A part of a statement in marks, in bytes.
pub(super) struct Quoted {
    bytes: Range<usize>,
    /// In 《》, not in “”.
    is_title: bool,
}

/// What is in 《》 or “”, in order.
pub(super) fn quoted(text: &str) -> Vec<Quoted> {
    let mut found = Vec::new();
    let (mut title, mut quote) = (None, None);
    for (at, c) in text.char_indices() {
        let closed = match c {
            '《' => {
                title = title.or(Some(at));
                None
            }
            '“' => {
                quote = Some(at);
                None
            }
            '》' => title.take().map(|start| (start, true)),
            '”' => quote.take().map(|start| (start, false)),
            _ => None,
        };
        found.extend(closed.map(|(start, is_title)| Quoted { bytes: start..at, is_title }));
    }
    found
}

pub(super) fn quoted_at(quoted: &[Quoted], at: usize) -> bool {
    let end = quoted.partition_point(|one| one.bytes.end <= at);
    quoted.get(end).is_some_and(|one| one.bytes.contains(&at))
}

pub(super) fn cited_at(quoted: &[Quoted], at: usize) -> bool {
    let end = quoted.partition_point(|one| one.bytes.end <= at);
    quoted.get(end).is_some_and(|one| one.is_title && one.bytes.contains(&at))
}
