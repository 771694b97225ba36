//! Pinyin that some sites inject between the characters to spoil copies: 產(chǎn)業(yè), and at
//! random places once more without tone, 產(chǎn)(chan).
//!
//! A group is taken out only where the page has many: at least [`FEWEST`] and one a hundred Han
//! characters (pages with noise had nine or more, clean ones one group at most), and not so many
//! that it is a reader for learners. A gloss like 亳(bó)州 in a clean text stays, and so does all
//! that is no reading of the character before it.

use super::page::{Page, Piece};
use crate::document::RemovalReason;
use crate::text::is_han;
use crate::text::pinyin::{Reading, readings};

/// Groups below which a page has glosses and no noise.
const FEWEST: usize = 5;
/// Groups a hundred Han characters, at least and at most.
const DENSITY: std::ops::RangeInclusive<usize> = 1..=60;
/// Letters of the longest syllable, zhuāng.
const LONGEST: usize = 6;

/// Takes injected groups out of `page` and says how many there were.
pub(super) fn remove(page: &mut Page) {
    let groups: usize = page.kept().map(|piece| count_groups(&piece.text)).sum();
    if groups < FEWEST {
        return;
    }
    let han = page.kept().flat_map(|piece| piece.text.chars()).filter(|c| is_han(*c)).count();
    if !DENSITY.contains(&(groups * 100 / han.max(1))) {
        return;
    }
    let mut pieces = Vec::with_capacity(page.pieces.len());
    for mut piece in std::mem::take(&mut page.pieces) {
        if piece.is_kept() {
            pieces.extend(strip(&mut piece));
        }
        pieces.push(piece);
    }
    page.pieces = pieces;
    page.metadata.title = split(&page.metadata.title).0;
    page.warn(format!("{groups} injected pinyin groups were taken out"));
}

/// Cleans `piece`, and gives what was in it.
fn strip(piece: &mut Piece) -> Option<Piece> {
    let (clean, groups) = split(&piece.text);
    if groups.is_empty() {
        return None;
    }
    let removed = Piece::removed(RemovalReason::InjectedPinyin, groups.join(" "));
    piece.text = clean;
    Some(removed)
}

fn count_groups(text: &str) -> usize {
    let may_have = memchr::memchr(b'(', text.as_bytes()).is_some();
    if may_have { split(text).1.len() } else { 0 }
}

/// `text` without its groups, and the groups.
fn split(text: &str) -> (String, Vec<&str>) {
    let mut clean = String::with_capacity(text.len());
    let mut groups = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find('(') {
        let (before, from_open) = rest.split_at(open);
        clean.push_str(before);
        let length = clean.chars().next_back().map_or(0, |base| group_length(base, from_open));
        match from_open.split_at_checked(length) {
            Some((group, behind)) if length > 0 => {
                groups.push(group);
                rest = behind;
            }
            _ => {
                clean.push('(');
                rest = from_open.get(1..).unwrap_or_default();
            }
        }
    }
    clean.push_str(rest);
    (clean, groups)
}

/// Bytes of the group behind `base` at the head of `text`: one syllable in parentheses, and behind
/// one with a tone another without. 0 where there is none.
fn group_length(base: char, text: &str) -> usize {
    if !is_han(base) {
        return 0;
    }
    let Some(syllable) = syllable(text) else { return 0 };
    let readings = readings(base);
    let first = syllable.len() + 2;
    if readings.iter().any(|reading| is_plain(reading, syllable)) {
        return first;
    }
    if !readings.iter().any(|reading| reading.toned == syllable) {
        return 0;
    }
    let second = text.get(first..).and_then(self::syllable);
    match second.filter(|second| readings.iter().any(|reading| is_plain(reading, second))) {
        Some(second) => first + second.len() + 2,
        None => first,
    }
}

/// A toneless syllable is written with ü, v or u.
fn is_plain(reading: &Reading, syllable: &str) -> bool {
    reading.plain == syllable
        || (syllable.contains('ü') && reading.plain == syllable.replace('ü', "v"))
}

/// What stands in the parentheses at the head of `text`, if it may be one syllable.
fn syllable(text: &str) -> Option<&str> {
    let inside = text.strip_prefix('(')?;
    let (end, _) = inside.char_indices().take(LONGEST + 1).find(|(_, c)| *c == ')')?;
    inside.get(..end).filter(|s| !s.is_empty() && s.chars().all(char::is_lowercase))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(lines: &[&str]) -> Page {
        let encoding = crate::document::Encoding {
            name: "UTF-8".into(),
            evidence: crate::document::EncodingEvidence::Valid,
        };
        let mut page = Page::new("a.txt".into(), encoding);
        page.pieces = lines.iter().map(|line| Piece::text(*line)).collect();
        page
    }

    fn cleaned(lines: &[&str]) -> (Vec<String>, usize) {
        let mut page = page(lines);
        remove(&mut page);
        (page.kept().map(|piece| piece.text.clone()).collect(), page.warnings.len())
    }

    #[test]
    fn both_layers_vanish_and_the_groups_are_kept_beside() {
        let noisy = "發(fā)展產(chǎn)(chan)業(yè),新(xin)質生產(chǎn)力。(一)領(lǐng)域(yu)";
        let mut page = page(&[noisy]);
        remove(&mut page);
        let kept: Vec<&str> = page.kept().map(|piece| piece.text.as_str()).collect();
        assert_eq!(kept, ["發展產業,新質生產力。(一)領域"]);
        let removed: Vec<&str> =
            page.pieces.iter().filter(|p| !p.is_kept()).map(|p| p.text.as_str()).collect();
        assert_eq!(removed, ["(fā) (chǎn)(chan) (yè) (xin) (chǎn) (lǐng) (yu)"]);
        assert_eq!(page.warnings.len(), 1);
    }

    #[test]
    fn what_is_no_noise_stays_beside_noise() {
        let noise = "標準發(fā)展產(chǎn)業(yè)標準發(fā)展產(chǎn)業(yè)標準";
        for text in [
            "人工智能(artificial intelligence,AI)",
            "产 (chǎn)",
            "产品(chǎnpǐn)",
            "锂(Li)",
            "规划(2023─2035年)",
            "（MQI）",
            "要求(一)",
            "意见(以下简称《意见》)",
            "法(de)外",
        ] {
            assert_eq!(cleaned(&[noise, text]).0, ["標準發展產業標準發展產業標準", text]);
        }
    }

    #[test]
    fn a_few_glosses_and_a_reader_for_learners_are_no_noise() {
        let glosses = ["亳(bó)州", "挟(xié)持", "甲", "乙"];
        assert_eq!(cleaned(&glosses), (glosses.map(String::from).to_vec(), 0));
        let reader = ["国(guó)家(jiā)的(de)产(chǎn)物(wù)是(shì)法(fǎ)"];
        assert_eq!(cleaned(&reader), (reader.map(String::from).to_vec(), 0));
    }
}
