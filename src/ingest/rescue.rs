//! A page with prose has a body, whatever cleaning made of it: where nothing is left, the best of what
//! was removed comes back, and the document says that it may not be whole.

use super::page::{Disposition, Page, RawBlock};
use crate::document::RemovalReason;
use crate::error::Warning;
use crate::text::has_stop;

/// Pieces that may part two others of one text.
const GAP: usize = 3;

/// Gives `page` a body where it has none.
pub(super) fn keep_prose(page: &mut Page) {
    if page.kept().any(|piece| piece.text.chars().any(char::is_alphanumeric)) {
        return;
    }
    match best(&page.pieces, prose).or_else(|| best(&page.pieces, line)) {
        Some(run) => {
            for piece in page.pieces.get_mut(run).unwrap_or_default() {
                if may_come_back(piece) {
                    piece.disposition = Disposition::Kept;
                }
            }
            page.warn(Warning::Rescued);
        }
        None if page.pieces.is_empty() => return,
        None => page.warn(Warning::NoText),
    }
    page.metadata.incomplete = true;
}

/// The run of pieces that is worth most.
fn best(pieces: &[RawBlock], worth: fn(&RawBlock) -> usize) -> Option<std::ops::Range<usize>> {
    let mut best: Option<(usize, std::ops::Range<usize>)> = None;
    let mut open: Option<(usize, std::ops::Range<usize>)> = None;
    for (at, piece) in pieces.iter().enumerate() {
        if !may_come_back(piece) || worth(piece) == 0 {
            continue;
        }
        open = match open.take().filter(|(_, run)| at <= run.end + GAP) {
            Some((sum, run)) => Some((sum + worth(piece), run.start..at + 1)),
            None => Some((worth(piece), at..at + 1)),
        };
        if open.as_ref().map(|(sum, _)| *sum) > best.as_ref().map(|(sum, _)| *sum) {
            best.clone_from(&open);
        }
    }
    best.map(|(_, run)| run)
}

/// Characters of a sentence; twice as much where the site does not mention itself.
fn prose(piece: &RawBlock) -> usize {
    let length = if has_stop(&piece.text) { piece.text.chars().count() } else { 0 };
    let is_speech = matches!(
        piece.disposition,
        Disposition::Removed(RemovalReason::Disclaimer | RemovalReason::Registration)
    );
    if is_speech { length } else { 2 * length }
}

/// Characters of a line that is longer than the words of menus are.
fn line(piece: &RawBlock) -> usize {
    let length = piece.text.chars().count();
    if length >= LINE { length } else { 0 }
}

/// Characters of the shortest such line.
const LINE: usize = 8;

/// False for code, copies, what the page hides, and what is in the metadata.
fn may_come_back(piece: &RawBlock) -> bool {
    matches!(
        piece.disposition,
        Disposition::Removed(
            RemovalReason::Navigation
                | RemovalReason::Promotion
                | RemovalReason::Disclaimer
                | RemovalReason::RelatedList
                | RemovalReason::Registration
                | RemovalReason::LoginWall
        )
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::samples;

    fn kept(pieces: Vec<RawBlock>) -> (Vec<String>, bool, usize) {
        let mut page = samples::empty_page();
        page.pieces = pieces;
        keep_prose(&mut page);
        let kept = samples::kept_of(&page);
        (kept, page.metadata.incomplete, page.warnings.len())
    }

    #[test]
    fn prose_comes_back_only_where_nothing_is_left() {
        let out = |reason, text: &str| RawBlock::removed(reason, text);
        let nav = |text: &str| out(RemovalReason::Navigation, text);
        let code = out(RemovalReason::Markup, "x。".repeat(50).as_str());
        let back =
            vec![nav("首页"), nav("一句正文。"), nav("小题"), nav("又一句正文。"), code.clone()];
        let text = vec!["一句正文。".to_owned(), "小题".to_owned(), "又一句正文。".to_owned()];
        assert_eq!(kept(back), (text, true, 1));
        let left = vec![RawBlock::text("正文"), nav("一句。")];
        assert_eq!(kept(left), (vec!["正文".to_owned()], false, 0));
        assert_eq!(kept(vec![code]), (vec![], true, 1));
        assert_eq!(kept(vec![]), (vec![], false, 0));
    }
}
