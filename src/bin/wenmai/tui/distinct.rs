//! Titles in a narrow list: what neighbours begin with in common is left out, so that each row can be
//! told from the next.

use wenmai::text::width::{self, Ambiguous};

/// Characters of the common beginning that stay, so that the rest can be read.
const KEPT: usize = 2;

/// `title` for a row of `cells`, shortened at the beginning where it otherwise would look like one of
/// `neighbours`.
pub(crate) fn distinct(
    title: &str,
    neighbours: &[&str],
    cells: usize,
    ambiguous: Ambiguous,
) -> String {
    let shown = |title: &str| width::ellipsize(title, cells, ambiguous);
    let own = shown(title);
    if !neighbours.iter().any(|other| shown(other) == own) {
        return title.to_owned();
    }
    let common = neighbours
        .iter()
        .filter(|other| **other != title)
        .map(|other| title.chars().zip(other.chars()).take_while(|(a, b)| a == b).count());
    let common = common.max().unwrap_or_default();
    let from = title.char_indices().nth(common.saturating_sub(KEPT)).map_or(0, |(byte, _)| byte);
    match title.get(from..) {
        Some(rest) if from > 0 => format!("…{rest}"),
        _ => title.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_neighbours_begin_with_is_left_out_where_they_would_look_alike() {
        let distinct = |title, other| distinct(title, &[other], 18, Ambiguous::Narrow);
        let (a, b) =
            ("山东省实施《中华人民共和国统计法》办法", "山东省实施《中华人民共和国水法》办法");
        assert_eq!(distinct(a, b), "…和国统计法》办法");
        assert_eq!(distinct(b, a), "…和国水法》办法");
        assert_eq!(distinct(a, "济南市停车条例"), a);
        assert_eq!(distinct(a, a), a);
    }
}
