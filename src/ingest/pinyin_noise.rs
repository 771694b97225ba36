//! Pinyin that some sites inject between the characters to spoil copies: 產(chǎn)業(yè), and at
//! random places once more without tone, 產(chǎn)(chan).
//!
//! A group is removed only where the page has many: at least [`FEWEST`] and one a hundred Han
//! characters (pages with noise had nine or more, clean ones one group at most), and not so many
//! that it is a reader for learners. A gloss like 亳(bó)州 in a clean text stays, and so does all
//! that is no reading of the character before it.

use super::page::{Page, RawBlock};
use crate::document::RemovalReason;
use crate::error::Warning;
use crate::text::is_han;
use crate::text::pinyin::{Reading, each_reading};

/// Groups below which a page has glosses and no noise.
const FEWEST: usize = 5;
/// Groups a hundred Han characters, at least and at most.
const DENSITY: std::ops::RangeInclusive<usize> = 1..=60;
/// NormalizedText of the longest syllable, zhuāng.
const LONGEST: usize = 6;

/// Takes injected groups out of `page` and says how many there were.
pub(super) fn remove(page: &mut Page) {
    let likely = page.kept().flat_map(|piece| likely_groups(&piece.text)).take(FEWEST).count();
    if likely < FEWEST {
        return;
    }
    let found: Vec<Option<Stripped>> = page
        .pieces
        .iter()
        .map(|piece| Stripped::of(Some(piece).filter(|p| p.is_kept())?))
        .collect();
    let groups: usize = found.iter().flatten().map(|stripped| stripped.count).sum();
    if groups < FEWEST {
        return;
    }
    let han = page.kept().flat_map(|piece| piece.text.chars()).filter(|c| is_han(*c)).count();
    if !DENSITY.contains(&(groups * 100 / han.max(1))) {
        return;
    }
    let mut pieces = Vec::with_capacity(page.pieces.len() + found.len());
    for (mut piece, found) in std::mem::take(&mut page.pieces).into_iter().zip(found) {
        if let Some(Stripped { clean, groups, .. }) = found {
            pieces.push(RawBlock::removed(RemovalReason::InjectedPinyin, groups));
            piece.text = clean;
        }
        pieces.push(piece);
    }
    page.pieces = pieces;
    page.metadata.title = split(&page.metadata.title).0;
    page.warn(Warning::InjectedPinyin(groups));
}

/// A text without its groups, the groups, and how many there were.
struct Stripped {
    clean: String,
    groups: String,
    count: usize,
}

impl Stripped {
    /// What `piece` becomes; `None` where it has no group.
    fn of(piece: &RawBlock) -> Option<Self> {
        memchr::memchr(b'(', piece.text.as_bytes())?;
        let (clean, groups) = split(&piece.text);
        let count = groups.len();
        (count > 0).then(|| Self { clean, groups: groups.join(" "), count })
    }
}

/// The brackets of `text` that are followed by a small letter, as all groups are; a letter with a
/// tone is one of the characters below the marks and characters of East Asia.
fn likely_groups(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    let is_small = |b: &u8| matches!(b, b'a'..=b'z' | 0x80..0xE3);
    memchr::memchr_iter(b'(', bytes).filter(move |at| bytes.get(at + 1).is_some_and(is_small))
}

/// `text` without its groups, and the groups.
fn split(text: &str) -> (String, Vec<&str>) {
    let mut clean = String::with_capacity(text.len());
    let mut groups = Vec::new();
    let mut rest = text;
    while let Some(open) = memchr::memchr(b'(', rest.as_bytes()) {
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

/// Bytes of the group after `base` at the head of `text`: one syllable in parentheses, and after
/// one with a tone another without. 0 where there is none.
fn group_length(base: char, text: &str) -> usize {
    if !is_han(base) {
        return 0;
    }
    let Some(syllable) = syllable(text) else { return 0 };
    let mut readings = each_reading(base);
    let first = syllable.len() + 2;
    if readings.clone().any(|reading| is_plain(reading, syllable)) {
        return first;
    }
    if !readings.clone().any(|reading| reading.toned == syllable) {
        return 0;
    }
    let second = text.get(first..).and_then(self::syllable);
    match second.filter(|second| readings.any(|reading| is_plain(reading, second))) {
        Some(second) => first + second.len() + 2,
        None => first,
    }
}

/// A toneless syllable is written with ü, v or u.
fn is_plain(reading: Reading, syllable: &str) -> bool {
    reading.plain == syllable
        || (syllable.contains('ü') && reading.plain == syllable.replace('ü', "v"))
}

/// What is in the parentheses at the head of `text`, if it may be one syllable.
fn syllable(text: &str) -> Option<&str> {
    let inside = text.strip_prefix('(')?;
    let (end, _) = inside.char_indices().take(LONGEST + 1).find(|(_, c)| *c == ')')?;
    inside.get(..end).filter(|s| !s.is_empty() && s.chars().all(char::is_lowercase))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::samples::{kept_of, page_of};

    fn cleaned(lines: &[&str]) -> (Vec<String>, usize) {
        let mut page = page_of(lines);
        remove(&mut page);
        (kept_of(&page), page.warnings.len())
    }

    #[test]
    fn both_layers_vanish_and_the_groups_are_kept_beside() {
        let noisy = "發(fā)展產(chǎn)(chan)業(yè),新(xin)質生產(chǎn)力。(一)領(lǐng)域(yu)";
        let mut page = page_of(&[noisy]);
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

    /// What is in brackets in ordinary texts, and looks like pinyin or is some.
    const ASIDES: [&str; 40] = [
        "人工智能(AI)",
        "人工智能(artificial intelligence)",
        "可以(can)",
        "他们(them)",
        "长度(long)",
        "公里(km)",
        "质量(kg)",
        "电压(kV)",
        "排放(t)",
        "面积(mu)",
        "函数f(x)",
        "调用run(a,b)",
        "网址(http://www.a.cn/he/li)",
        "文件(a.doc)",
        "李(Li)雷",
        "王(Wang)明",
        "约翰(John)",
        "咖啡(café)",
        "简历(résumé)",
        "沙龙(salon)",
        "贵州(Guì zhōu)",
        "产品(chǎnpǐn)",
        "产 (chǎn)",
        "国 (guo)",
        "（yè）",
        "业（yè）",
        "第(一)项",
        "(二)",
        "(1)",
        "表(a)",
        "图(b)",
        "附件(c)",
        "锂(Li)",
        "氮(N)",
        "规划(2023─2035年)",
        "以下简称(《意见》)",
        "(de)",
        "标准(ISO)",
        "龙(dragon)",
        "和(and)",
    ];
    const PROSE: [&str; 8] = [
        "推动标准化改革，",
        "加强产业协同。",
        "国家质量基础设施",
        "提高供给水平；",
        "数字经济与法治",
        "各地区、各部门",
        "ABC and he can do it, ",
        "2022年1月5日，",
    ];
    /// Real glosses: an ordinary text has a few.
    const GLOSSES: [&str; 6] =
        ["亳(bó)州", "挟(xié)持", "涪(fú)陵", "郫(pi)县", "儋(dān)州", "鄞(yín)州"];

    #[test]
    fn two_thousand_ordinary_texts_lose_no_character() {
        let mut state = 20_231_121_u64;
        let mut next = |below: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (state >> 33) as usize % below
        };
        for number in 0..2_000 {
            let mut lines: Vec<String> = vec![String::new(); 1 + next(8)];
            for line in &mut lines {
                for _ in 0..1 + next(30) {
                    let parts: &[&str] = if next(3) == 0 { &ASIDES } else { &PROSE };
                    line.push_str(parts[next(parts.len())]);
                }
            }
            for _ in 0..next(4) {
                let at = next(lines.len());
                lines[at].push_str(GLOSSES[next(GLOSSES.len())]);
            }
            let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
            let (kept, warnings) = cleaned(&lines);
            assert_eq!((kept.concat(), warnings), (lines.concat(), 0), "text {number}");
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
