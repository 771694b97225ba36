//! Characters for private use, which no font but the author's draws: regulations that were converted
//! have them for points and rare characters. Each becomes a sign that shows that something is there;
//! the pictures that pages draw with such characters go.

use super::page::Page;
use crate::document::RemovalReason;
use crate::error::Warning;

/// The sign for a character that cannot be set (geta, U+3013).
const STAND_IN: char = '〓';

/// Symbols of Word's own fonts that open the items of a list.
const BULLETS: [char; 8] = [
    '\u{F06C}', '\u{F06E}', '\u{F075}', '\u{F0A7}', '\u{F0B7}', '\u{F0D8}', '\u{F0E8}', '\u{F0FC}',
];

/// Replaces them in the text and the title of `page`.
pub(super) fn replace(page: &mut Page) {
    let mut count = 0;
    for piece in &mut page.pieces {
        if !piece.text.contains(is_private) {
            continue;
        }
        let is_picture = piece.text.chars().all(|c| is_private(c) || c.is_whitespace());
        if is_picture && piece.is_kept() {
            piece.remove(RemovalReason::Markup);
        }
        let replaced = shown(&piece.text);
        count += if piece.is_kept() { replaced.matches(STAND_IN).count() } else { 0 };
        piece.text = replaced;
    }
    if page.metadata.title.contains(is_private) {
        page.metadata.title = shown(&page.metadata.title);
    }
    if count > 0 {
        page.warn(Warning::PrivateUse(count));
    }
}

fn is_private(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{FFFFD}' | '\u{100000}'..='\u{10FFFD}')
}

fn shown(text: &str) -> String {
    // Two or more after a line, between bars, are the pictures of a tool bar.
    let is_bar = |c: char| is_private(c) || c == '|' || c.is_whitespace();
    let bare = text.trim_end_matches(is_bar);
    let bar = text.get(bare.len()..).unwrap_or_default();
    let text = if bar.matches(is_private).nth(1).is_some() { bare } else { text };
    let bulleted =
        text.trim_start().strip_prefix(BULLETS).map(|rest| format!("• {}", rest.trim_start()));
    let text = bulleted.as_deref().unwrap_or(text);
    text.chars().map(|c| if is_private(c) { STAND_IN } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::page::RawBlock;
    use crate::ingest::samples;

    fn replaced(text: &str) -> (Vec<String>, usize) {
        let mut page = samples::empty_page();
        page.pieces = vec![RawBlock::text(text)];
        replace(&mut page);
        let kept = samples::kept_of(&page);
        (kept, page.warnings.len())
    }

    #[test]
    fn private_use_is_shown_and_pictures_go() {
        let cases = [
            ("身高不足1\u{E010}4米", vec!["身高不足1〓4米"], 1),
            ("\u{F0B7}\u{3000}加强监管", vec!["• 加强监管"], 0),
            ("\u{E600} \u{E601}", vec![], 0),
            ("某\u{F0000}县", vec!["某〓县"], 1),
            ("市住房公积金中心\u{E600}|\u{E601}", vec!["市住房公积金中心"], 0),
            ("龘靐齉𠮷", vec!["龘靐齉𠮷"], 0),
            ("1.4米", vec!["1.4米"], 0),
            ("", vec![""], 0),
        ];
        for (text, kept, warnings) in cases {
            let kept = kept.into_iter().map(str::to_owned).collect();
            assert_eq!(replaced(text), (kept, warnings), "{text:?}");
        }
    }
}
