//! Word borders of a place: shared letters end where they differ, which may be inside a word
//! (量子信|息技术); a passage ends with its words.

use crate::text::fold::fold;
use crate::text::segment::{WordClass, segment};
use crate::text::{Span, byte_of_char};

/// Characters around an end in which words are looked for.
const AROUND: usize = 24;
/// Words that a passage does not begin or end with: they belong to what is outside.
const HANGING_START: [&str; 14] =
    ["的", "地", "得", "了", "着", "和", "与", "及", "或", "以及", "等", "之", "者", "或者"];
const HANGING_END: [&str; 16] = [
    "的", "和", "与", "及", "或", "以及", "在", "对", "为", "以", "将", "向", "由", "或者", "之",
    "把",
];

/// `span` of `text` without parts of words at its ends; empty where nothing else is there.
pub(crate) fn within_words(text: &str, span: Span) -> Span {
    let mut start = first_border(text, span);
    let mut end = last_border(text, Span::new(start, span.end));
    // What was removed from one end may leave another hanging word.
    while start < end {
        let next = (skip_hanging(text, start, end), keep_hanging(text, start, end));
        if next == (start, end) {
            break;
        }
        (start, end) = next;
    }
    Span::new(start, end.max(start))
}

/// Words around a place of a text, as shown characters.
fn words_around(text: &str, at: u32) -> Vec<(Span, String, WordClass)> {
    let from = (at as usize).saturating_sub(AROUND);
    let (first, last) = (byte_of_char(text, from), byte_of_char(text, at as usize + AROUND));
    let window = text.get(first..last).unwrap_or_default();
    let before = byte_of_char(window, at as usize - from);
    // Words do not go over marks, so a window begins and ends with one where there is one.
    let is_mark = |c: char| !c.is_alphanumeric();
    let start = window.get(..before).and_then(|head| {
        head.char_indices().find(|(_, c)| is_mark(*c)).map(|(byte, c)| byte + c.len_utf8())
    });
    let start = start.filter(|_| from > 0).unwrap_or(0);
    let skipped = window.get(..start).map_or(0, |head| head.chars().count()) + from;
    let folded = fold(window.get(start..).unwrap_or_default());
    let mut chars = 0;
    let word = |word: crate::text::segment::Word| {
        let shown = word.of(folded.as_str());
        let length = shown.chars().count() as u32;
        let span = folded.shown(Span::new(chars, chars + length));
        chars += length;
        let span = Span::new(span.start + skipped as u32, span.end + skipped as u32);
        (span, shown.to_owned(), word.class)
    };
    segment(folded.as_str()).into_iter().map(word).collect()
}

fn first_border(text: &str, span: Span) -> u32 {
    let words = words_around(text, span.start);
    let cut = words.iter().find(|(word, ..)| word.start < span.start && word.end > span.start);
    cut.map_or(span.start, |(word, ..)| word.end).min(span.end)
}

fn last_border(text: &str, span: Span) -> u32 {
    let words = words_around(text, span.end);
    let cut = words.iter().find(|(word, ..)| word.start < span.end && word.end > span.end);
    cut.map_or(span.end, |(word, ..)| word.start).max(span.start)
}

fn skip_hanging(text: &str, start: u32, end: u32) -> u32 {
    let words = words_around(text, start);
    let first = words.iter().find(|(word, ..)| word.start == start);
    match first {
        Some((word, shown, class))
            if HANGING_START.contains(&shown.as_str())
                || *class == WordClass::Mark && !opens(shown) =>
        {
            word.end.min(end)
        }
        _ => start,
    }
}

fn keep_hanging(text: &str, start: u32, end: u32) -> u32 {
    let words = words_around(text, end);
    let last = words.iter().find(|(word, ..)| word.end == end);
    match last {
        Some((word, shown, class))
            if HANGING_END.contains(&shown.as_str())
                || *class == WordClass::Mark && !closes(shown) =>
        {
            word.start.max(start)
        }
        _ => end,
    }
}

fn opens(mark: &str) -> bool {
    matches!(mark, "“" | "《" | "(" | "「" | "〈" | "‘")
}

fn closes(mark: &str) -> bool {
    matches!(mark, "”" | "》" | ")" | "」" | "〉" | "’" | "%")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ends_inside_a_word_move_to_its_border() {
        let text = "加快人工智能和量子信息技术的应用，推动产业升级。";
        for (start, end, wanted) in [
            (3, 13, "量子信息技术"),
            (2, 13, "人工智能和量子信息技术"),
            (2, 12, "人工智能和量子"),
            (0, 14, "加快人工智能和量子信息技术"),
            (13, 21, "应用，推动产业"),
            (3, 5, ""),
        ] {
            let span = within_words(text, Span::new(start, end));
            assert_eq!(span.of(text), wanted, "{start}..{end}");
        }
    }

    proptest! {
        #[test]
        fn a_place_only_shrinks(text in "[推动人工智能的和，。a 1]{0,60}", a in 0u32..60, b in 0u32..60) {
            let length = text.chars().count() as u32;
            let span = Span::new(a.min(b).min(length), a.max(b).min(length));
            let inside = within_words(&text, span);
            prop_assert!(inside.start >= span.start && inside.end <= span.end.max(inside.start));
        }
    }
}
