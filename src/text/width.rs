//! The width of text in terminal cells. Every question of width in the program comes here.
//!
//! Source: Unicode UAX #11 through unicode-width. Characters that are "ambiguous" there (“ ” … · ①)
//! take one cell or two, by a setting, because terminals differ.

use serde::{Deserialize, Serialize};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How many cells an East Asian Ambiguous character takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Ambiguous {
    /// One cell, as most terminals draw them.
    #[default]
    Narrow,
    /// Two cells, as terminals set up for East Asian legacy do.
    Wide,
}

/// Cells that `text` takes, as the sum of its clusters.
pub fn cells(text: &str, ambiguous: Ambiguous) -> usize {
    if text.is_ascii() {
        return text.bytes().filter(|b| !b.is_ascii_control()).count();
    }
    clusters(text).map(|(_, cluster)| cluster_cells(cluster, ambiguous)).sum()
}

/// Cells of one cluster (what a reader calls one character): never more than two.
pub fn cluster_cells(cluster: &str, ambiguous: Ambiguous) -> usize {
    let mut chars = cluster.chars();
    let (first, more) = (chars.next(), chars.next().is_some());
    let cells = match (first, more, ambiguous) {
        (None, ..) => 0,
        (Some('\u{4E00}'..='\u{9FFF}'), false, _) => 2,
        (Some(c), false, Ambiguous::Narrow) => c.width().unwrap_or(0),
        (Some(c), false, Ambiguous::Wide) => c.width_cjk().unwrap_or(0),
        (_, true, Ambiguous::Narrow) => cluster.width(),
        (_, true, Ambiguous::Wide) => cluster.width_cjk(),
    };
    cells.min(2)
}

/// The clusters of `text` (UAX #29) with the byte at which each begins.
pub fn clusters(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut byte = 0;
    std::iter::from_fn(move || {
        let rest = text.get(byte..)?;
        let cluster = first_cluster(rest)?;
        let at = byte;
        byte += cluster.len();
        Some((at, cluster))
    })
}

/// Most of a Chinese text is characters that nothing attaches to; only the others are worth the
/// rules of UAX #29.
fn first_cluster(text: &str) -> Option<&str> {
    let mut chars = text.chars();
    let first = chars.next()?;
    if stands_alone(first) && chars.next().is_none_or(stands_alone) {
        return text.get(..first.len_utf8());
    }
    text.graphemes(true).next()
}

fn stands_alone(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{4E00}'..='\u{9FFF}' | '\u{3000}'..='\u{3020}' | '\u{FF01}'..='\u{FF60}')
}

/// The longest head of `text` that fits into `room` cells.
pub fn fit(text: &str, room: usize, ambiguous: Ambiguous) -> &str {
    let mut used = 0;
    for (byte, cluster) in clusters(text) {
        used += cluster_cells(cluster, ambiguous);
        if used > room {
            return text.get(..byte).unwrap_or_default();
        }
    }
    text
}

/// `text` cut to `room` cells, with … at the end where something was cut.
pub fn ellipsize(text: &str, room: usize, ambiguous: Ambiguous) -> String {
    if cells(text, ambiguous) <= room {
        return text.to_owned();
    }
    let mark = cells("…", ambiguous);
    if room < mark {
        return " ".repeat(room);
    }
    format!("{}…", fit(text, room - mark, ambiguous))
}

/// `text` cut or filled with spaces to exactly `room` cells.
pub fn pad(text: &str, room: usize, ambiguous: Ambiguous) -> String {
    let mut padded = ellipsize(text, room, ambiguous);
    let used = cells(&padded, ambiguous);
    padded.extend(std::iter::repeat_n(' ', room.saturating_sub(used)));
    padded
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ambiguous_characters_take_what_the_setting_says() {
        for (text, narrow, wide) in [
            ("人工智能", 8, 8),
            ("“十四五”", 8, 10),
            ("①", 1, 2),
            ("ab", 2, 2),
            ("e\u{301}", 1, 1),
            ("", 0, 0),
        ] {
            assert_eq!(cells(text, Ambiguous::Narrow), narrow, "{text}");
            assert_eq!(cells(text, Ambiguous::Wide), wide, "{text}");
        }
    }

    proptest! {
        #[test]
        fn clusters_are_those_of_uax_29(text in any::<String>()) {
            let ours: Vec<_> = clusters(&text).collect();
            let theirs: Vec<_> = text.grapheme_indices(true).collect();
            prop_assert_eq!(ours, theirs);
        }

        #[test]
        fn mixed_clusters_are_those_of_uax_29(text in "[一-龥a-z。、\u{300}\u{200D}\u{FE0F}\u{1F468}\u{1F1E8}\r\n]{0,20}") {
            let ours: Vec<_> = clusters(&text).collect();
            let theirs: Vec<_> = text.grapheme_indices(true).collect();
            prop_assert_eq!(ours, theirs);
        }
    }

    #[test]
    fn control_characters_take_no_cell_and_no_cluster_more_than_two() {
        for text in ["a\nb", "\x7Fab", "政\n"] {
            assert_eq!(cells(text, Ambiguous::Narrow), 2, "{text:?}");
            assert_eq!(cells(text, Ambiguous::Wide), 2, "{text:?}");
        }
        for cluster in ["👨\u{200D}👩\u{200D}👧", "한", "ｶﾞ"] {
            assert_eq!(cells(cluster, Ambiguous::Narrow), 2, "{cluster}");
        }
    }

    #[test]
    fn what_just_fits_is_not_cut() {
        assert_eq!(fit("政策", 4, Ambiguous::Narrow), "政策");
        assert_eq!(fit("政策", 0, Ambiguous::Narrow), "");
        assert_eq!(ellipsize("政策", 4, Ambiguous::Narrow), "政策");
        assert_eq!(ellipsize("政策", 3, Ambiguous::Narrow), "政…");
        assert_eq!(ellipsize("政策文本", 5, Ambiguous::Wide), "政…");
        assert_eq!(ellipsize("政策", 0, Ambiguous::Narrow), "");
        assert_eq!(pad("", 3, Ambiguous::Narrow), "   ");
    }

    #[test]
    fn cutting_never_splits_a_wide_character() {
        assert_eq!(fit("政策a", 3, Ambiguous::Narrow), "政");
        assert_eq!(pad("政策文本", 6, Ambiguous::Narrow), "政策… ");
        assert_eq!(pad("政", 1, Ambiguous::Narrow), "…");
        assert_eq!(pad("政", 1, Ambiguous::Wide), " ");
        assert_eq!(pad("政", 4, Ambiguous::Narrow), "政  ");
    }
}
