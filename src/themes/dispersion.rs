//! Where in a text a theme falls, and how often for its length: what the strip beside a theme and
//! the rates of a matrix show.

use super::Mention;
use crate::document::Document;

/// Mentions for every 10,000 characters; 0 for an empty text.
pub fn per_10k(mentions: u32, characters: usize) -> f64 {
    if characters == 0 { 0.0 } else { f64::from(mentions) * 10_000.0 / characters as f64 }
}

/// How many of `mentions`, which are in reading order, fall into each of `slices` parts of the
/// document that are equally long in characters.
pub fn strip<'m>(
    document: &Document,
    mentions: impl IntoIterator<Item = &'m Mention>,
    slices: usize,
) -> Vec<u32> {
    let mut counts = vec![0; slices];
    let starts = block_starts(document);
    let all = starts.last().copied().unwrap_or_default().max(1);
    for mention in mentions {
        let block = starts.get(mention.block as usize).copied().unwrap_or_default();
        let at = (block + u64::from(mention.span.start)) * slices as u64 / all;
        let last = slices.saturating_sub(1);
        if let Some(count) = counts.get_mut((at as usize).min(last)) {
            *count += 1;
        }
    }
    counts
}

/// Characters before each block, and of all blocks at the end.
fn block_starts(document: &Document) -> Vec<u64> {
    let mut before = 0;
    let mut starts = vec![0];
    for block in &document.blocks {
        before += block.text.chars().count() as u64;
        starts.push(before);
    }
    starts
}

/// How unevenly the counts of equal parts fall: 0 where every part has the same share, near 1 where
/// one part has all. Source: the deviation of proportions DP of Gries (International Journal of
/// Corpus Linguistics 13, 2008).
pub fn unevenness(strip: &[u32]) -> f64 {
    let all: u32 = strip.iter().sum();
    if all == 0 {
        return 0.0;
    }
    let even = 1.0 / strip.len() as f64;
    strip.iter().map(|n| (f64::from(*n) / f64::from(all) - even).abs()).sum::<f64>() / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::regional_document;
    use crate::text::Span;
    use crate::themes::ThemeId;

    #[test]
    fn a_strip_counts_by_the_place_in_the_whole_text() {
        let document = regional_document("a", "北京", &["一二三四五", "六七八九十"]);
        let mention = |block, start| Mention {
            block,
            span: Span::new(start, start + 1),
            theme: ThemeId(0),
            direct: true,
        };
        let mentions = [mention(0, 0), mention(0, 4), mention(1, 0), mention(1, 4)];
        assert_eq!(strip(&document, &mentions, 2), [2, 2]);
        assert_eq!(strip(&document, &mentions, 5), [1, 0, 2, 0, 1]);
        assert_eq!(strip(&document, &mentions, 0), Vec::<u32>::new());
    }

    #[test]
    fn rates_and_unevenness_are_zero_where_there_is_nothing() {
        assert_eq!(per_10k(3, 0), 0.0);
        assert!((per_10k(3, 15_000) - 2.0).abs() < 1e-9);
        assert_eq!(unevenness(&[]), 0.0);
        assert_eq!(unevenness(&[2, 2]), 0.0);
        assert!((unevenness(&[4, 0]) - 0.5).abs() < 1e-9);
    }
}
