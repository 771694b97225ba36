//! Which blocks of an article are set: of a long one only those around what is read, so that opening
//! it and a new size take no longer than for a short one.

use std::ops::Range;

use wenmai::document::Document;

/// Characters of an article up to which all of it is set.
const SHORT: usize = 20_000;

/// Of each block the characters before it, and at the end all of them.
pub(super) fn characters_before(document: &Document) -> Vec<usize> {
    let mut before = vec![0];
    let mut all = 0;
    before.extend(document.blocks.iter().map(|block| {
        all += block.text.chars().count();
        all
    }));
    before
}

/// The blocks to set around `block`, so that those on each side have `reach` lines of so many cells.
pub(super) fn stretch(before: &[usize], block: usize, reach: usize, cells: usize) -> Range<usize> {
    let blocks = before.len().saturating_sub(1);
    if before.last().is_none_or(|all| *all <= SHORT) {
        return 0..blocks;
    }
    let at = |block: usize| before.get(block).copied().unwrap_or_default();
    let block = block.min(blocks.saturating_sub(1));
    // No line has more characters than cells, and a block has one line at least.
    let lines = |block: usize| ((at(block + 1) - at(block)) / cells.max(1)).max(1);
    let (mut start, mut wanted) = (block, reach);
    while start > 0 && wanted > 0 {
        start -= 1;
        wanted = wanted.saturating_sub(lines(start));
    }
    let (mut end, mut wanted) = (block + 1, reach);
    while end < blocks && wanted > 0 {
        wanted = wanted.saturating_sub(lines(end));
        end += 1;
    }
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_article_is_set_whole_and_of_a_long_one_enough_on_both_sides() {
        assert_eq!(stretch(&[0, 9, 20_000], 0, 1, 40), 0..2);
        assert_eq!(stretch(&[0], 0, 9, 40), 0..0);
        // A thousand blocks of a hundred characters, two lines of forty cells each at least.
        let before: Vec<usize> = (0..=1000).map(|block| block * 100).collect();
        assert_eq!(stretch(&before, 500, 10, 40), 495..506);
        assert_eq!(stretch(&before, 2, 10, 40), 0..8);
        assert_eq!(stretch(&before, 5000, 10, 40), 994..1000);
        // Empty blocks have a line each, and a cell of no width is none.
        assert_eq!(stretch(&[0, 0, 0, 0, 30_000], 3, 2, 0), 1..4);
    }
}
