//! The title: as the source gives it, without the site's name; and where it gives none, made from
//! the lead and marked as derived. A body that repeats its title loses it.

use super::page::{Page, Piece};
use crate::document::{RemovalReason, TitleOrigin};

/// Settles the title of `page`.
pub(super) fn settle(page: &mut Page) {
    if page.metadata.title.is_empty() {
        page.metadata.title = derived(page);
        page.metadata.title_origin = TitleOrigin::Derived;
    } else {
        page.metadata.title_origin = TitleOrigin::Given;
        remove_repeated(page);
    }
}

/// Pieces at the head in which the title may stand once more.
const HEAD: usize = 8;

fn remove_repeated(page: &mut Page) {
    let title = letters(&page.metadata.title);
    for piece in page.pieces.iter_mut().filter(|piece| piece.is_kept()).take(HEAD) {
        if letters(&piece.text) == title {
            piece.remove(RemovalReason::RepeatedTitle);
        }
    }
}

/// What two spellings of a title have in common: letters and digits.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Characters of a derived title, at least and at most.
const LENGTH: std::ops::RangeInclusive<usize> = 6..=40;

/// Paragraphs of the lead.
const LEAD: usize = 3;

/// The document that the lead names in 《》, else the event of its first sentence.
fn derived(page: &Page) -> String {
    let lead = || page.kept().take(LEAD);
    lead().find_map(named).or_else(|| lead().find_map(event)).unwrap_or_default()
}

fn named(piece: &Piece) -> Option<String> {
    let fits = |name: &&str| LENGTH.contains(&name.chars().count());
    piece
        .text
        .split('《')
        .skip(1)
        .filter_map(|rest| rest.split('》').next())
        .find(fits)
        .map(str::to_owned)
}

fn event(piece: &Piece) -> Option<String> {
    let sentence = piece.text.split(['。', '！', '？', '；']).next()?;
    let mut title = String::new();
    for clause in sentence.split_inclusive(['，', ',', '：']) {
        if title.chars().count() + clause.chars().count() > *LENGTH.end() && !title.is_empty() {
            break;
        }
        title.push_str(clause);
    }
    let title: String = title.chars().take(*LENGTH.end()).collect();
    Some(title.trim_end_matches(['，', ',', '：']).to_owned()).filter(|title| !title.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_made_from_the_document_named_or_the_event_told() {
        let cases = [
            ("会议在甲市举行,发布《甲省标准升级行动计划》,并成立委员会。", "甲省标准升级行动计划"),
            ("甲市今日召开大会。市长讲话。", "甲市今日召开大会"),
            ("《甲》说", "《甲》说"),
        ];
        for (lead, title) in cases {
            let piece = Piece::text(lead);
            assert_eq!(named(&piece).or_else(|| event(&piece)).as_deref(), Some(title));
        }
    }
}
