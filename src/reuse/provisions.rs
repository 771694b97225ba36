//! Provisions: a document cut into what a diff compares as a whole: headings, articles (第N条),
//! numbered paragraphs, else paragraphs.
//!
//! An article begins with 第N条 where the numbers run on, whether or not a space follows the mark and
//! whether or not the mark is at the beginning of a block; 第二条规定的 is a reference. Which marks
//! are articles is decided for the whole text at once, by the chain of marks that is worth most: a
//! mark that continues the numbers costs nothing, a gap or a new beginning costs something.

use std::sync::LazyLock;

use regex::Regex;
use rustc_hash::FxHashMap;

use crate::document::{Block, BlockKind, Document};
use crate::text::fold::fold_key;

/// What a provision is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProvisionKind {
    /// A chapter, a section, a heading of a plan.
    Heading,
    /// 第N条 with everything up to the next one.
    Article,
    /// A paragraph, with or without a number.
    Paragraph,
}

/// A part of a document that is compared as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provision {
    /// What it is.
    pub kind: ProvisionKind,
    /// Its number as the text has it: 第三条, （一）, 第二章; `None` where it has none.
    pub label: Option<String>,
    /// The value of the number, and of 之M after it (0 for none).
    pub number: Option<(u32, u32)>,
    /// The block in which it begins, from 0.
    pub block: u32,
    /// Its text without the label; paragraphs of an article are separated by line ends.
    pub text: String,
    /// The heading above it, as an index of the list of provisions.
    pub heading: Option<usize>,
}

/// The provisions of `document` in reading order. A table of contents is left out.
pub fn provisions(document: &Document) -> Vec<Provision> {
    let marks = article_marks(&document.blocks);
    let mut cutting = Cutting::default();
    let contents = contents(&document.blocks, marks.first().map(|mark| mark.block));
    for (at, block) in document.blocks.iter().enumerate() {
        if contents.get(at).copied().unwrap_or(false) {
            continue;
        }
        let own: Vec<&ArticleMark> = in_block(&marks, at).collect();
        cutting.take(at as u32, block, &own);
    }
    cutting.finish()
}

/// The value of a number in Arabic or Chinese digits below a hundred thousand; `None` for what is
/// no number.
pub(crate) fn ordinal(text: &str) -> Option<u32> {
    let (mut total, mut digit): (u32, Option<u32>) = (0, None);
    for c in fold_key(text).chars() {
        let unit = match c {
            '十' => 10,
            '百' => 100,
            '千' => 1000,
            '零' | '〇' | '○' => {
                digit = digit.map(|digit| digit * 10);
                continue;
            }
            _ => {
                let chinese = "一二三四五六七八九".chars().position(|d| d == c);
                let value = c.to_digit(10).or(chinese.map(|at| at as u32 + 1));
                let value = value.or((c == '两').then_some(2))?;
                digit = Some(digit.unwrap_or(0).checked_mul(10)?.checked_add(value)?);
                if digit.is_some_and(|digit| digit > 99_999) {
                    return None;
                }
                continue;
            }
        };
        total = total.checked_add(digit.take().unwrap_or(1).checked_mul(unit)?)?;
    }
    (total > 0 || digit.is_some()).then(|| total + digit.unwrap_or(0))
}

/// A place at which an article may begin.
#[derive(Debug, Clone, Copy)]
struct ArticleMark {
    block: usize,
    /// Bytes of the block: the mark itself.
    start: usize,
    end: usize,
    number: (u32, u32),
    worth: i32,
}

#[expect(clippy::expect_used, reason = "a built-in pattern, compiled by a test")]
static ARTICLE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"第([一二三四五六七八九十百千零〇○两0-9０-９]{1,9})[条條](?:之([一二三四五六七八九十]{1,3}))?")
        .expect("pattern of articles")
});

#[expect(clippy::expect_used, reason = "a built-in pattern, compiled by a test")]
static DIVISION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[\s　]*(第([一二三四五六七八九十百千零〇○两0-9０-９]{1,7})(?:部分|分编|编|編|篇|章|节|節))[\s　]*")
        .expect("pattern of divisions")
});

#[expect(clippy::expect_used, reason = "a built-in pattern, compiled by a test")]
static NUMBERED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^[\s　]*(([一二三四五六七八九十百]{1,5})、|[（(]([一二三四五六七八九十百]{1,5}|[0-9０-９]{1,3})[）)]|([0-9０-９]{1,3})[、．.](?:[^0-9０-９]|$))",
    )
    .expect("pattern of numbers")
});

/// Words with which the rest of a sentence begins that only refers to an article.
const REFERS: [&str; 20] = [
    "规定",
    "規定",
    "的",
    "所规定",
    "所称",
    "所列",
    "所稱",
    "、",
    "和",
    "至",
    "或",
    "以外",
    "，",
    ",",
    "及",
    "第",
    "中的",
    "之",
    "；",
    "。",
];

/// A mark at the beginning of a block with a space after it.
const CERTAIN: i32 = 10;
/// One without the space, or with words after it as after a reference.
const LIKELY: i32 = 6;
/// One inside a block with a space after it: lines that were joined.
const INSIDE: i32 = 5;
/// One inside a block after the end of a sentence.
const POSSIBLE: i32 = 3;
/// One that reads like a reference: an article only where its number is missing otherwise.
const REFERENCE: i32 = -3;
/// What a number that does not follow costs.
const GAP: i32 = 9;
/// What one or a few left-out numbers cost.
const SMALL_GAP: i32 = 4;
/// What beginning again at 第一条 costs.
const AGAIN: i32 = 4;

/// The marks of `blocks` that begin articles, in reading order; none where there are fewer than
/// two.
fn article_marks(blocks: &[Block]) -> Vec<ArticleMark> {
    let mut candidates = Vec::new();
    for (at, block) in blocks.iter().enumerate() {
        for found in ARTICLE.captures_iter(&block.text) {
            candidates.extend(candidate(at, &block.text, &found));
        }
    }
    let chosen = best_chain(&candidates);
    if chosen.len() < 2 { Vec::new() } else { chosen }
}

fn candidate(block: usize, text: &str, found: &regex::Captures<'_>) -> Option<ArticleMark> {
    let whole = found.get(0)?;
    let before = text.get(..whole.start())?;
    let after = text.get(whole.end()..)?;
    let at_start = before.trim().is_empty();
    let blank = after.chars().next().is_none_or(|c| c.is_whitespace() || matches!(c, '【' | '['));
    let refers = REFERS.iter().any(|word| after.trim_start().starts_with(word));
    let ended = before.trim_end().ends_with(['。', '.', '；', ';', '！', '？', '：', ':']);
    let worth = match (at_start, blank) {
        (true, true) if !refers => CERTAIN,
        (true, true) => LIKELY,
        (true, false) if !refers => LIKELY,
        (true, _) => REFERENCE,
        (false, true) if !refers => INSIDE,
        (false, _) if ended && !refers => POSSIBLE,
        (false, _) => return None,
    };
    let sub = found.get(2).and_then(|sub| ordinal(sub.as_str())).unwrap_or(0);
    let number = (ordinal(found.get(1)?.as_str())?, sub);
    Some(ArticleMark { block, start: whole.start(), end: whole.end(), number, worth })
}

/// The best chain that ends at a candidate.
#[derive(Debug, Clone, Copy)]
struct Chain {
    worth: i32,
    before: Option<usize>,
}

fn best_chain(candidates: &[ArticleMark]) -> Vec<ArticleMark> {
    let mut chains: Vec<Chain> = Vec::with_capacity(candidates.len());
    // The best chain so far that ends with a number, and the best of all.
    let mut by_number: FxHashMap<u32, (i32, usize)> = FxHashMap::default();
    let mut by_exact: FxHashMap<(u32, u32), (i32, usize)> = FxHashMap::default();
    let mut best: Option<(i32, usize)> = None;
    for (at, mark) in candidates.iter().enumerate() {
        let (number, sub) = mark.number;
        let direct = match sub {
            0 => number.checked_sub(1).and_then(|before| by_number.get(&before)),
            _ => by_exact.get(&(number, sub - 1)),
        };
        let gaps = (2..=4).filter_map(|gap| by_number.get(&number.checked_sub(gap)?));
        let again = if number == 1 && sub == 0 { AGAIN } else { GAP };
        let offers = direct.map(|(worth, from)| (*worth, *from)).into_iter();
        let offers = offers.chain(gaps.map(|(worth, from)| (worth - SMALL_GAP, *from)));
        let offers = offers.chain(best.map(|(worth, from)| (worth - again, from)));
        let chosen = offers.max_by_key(|(worth, _)| *worth).filter(|(worth, _)| *worth > 0);
        let chain = Chain {
            worth: mark.worth + chosen.map_or(0, |(worth, _)| worth),
            before: chosen.map(|(_, from)| from),
        };
        chains.push(chain);
        let better = |slot: &mut (i32, usize)| {
            if chain.worth >= slot.0 {
                *slot = (chain.worth, at);
            }
        };
        better(by_number.entry(number).or_insert((i32::MIN, at)));
        better(by_exact.entry(mark.number).or_insert((i32::MIN, at)));
        if best.is_none_or(|(worth, _)| chain.worth > worth) {
            best = Some((chain.worth, at));
        }
    }
    let mut chosen = Vec::new();
    let mut next = best.map(|(_, at)| at);
    while let Some(at) = next {
        chosen.extend(candidates.get(at).copied());
        next = chains.get(at).and_then(|chain| chain.before);
    }
    chosen.reverse();
    chosen
}

fn in_block(marks: &[ArticleMark], block: usize) -> impl Iterator<Item = &ArticleMark> {
    let first = marks.partition_point(|mark| mark.block < block);
    marks.iter().skip(first).take_while(move |mark| mark.block == block)
}

/// For every block whether it belongs to a table of contents: headings before the first article
/// that are repeated after it, and the line 目录.
fn contents(blocks: &[Block], first_article: Option<usize>) -> Vec<bool> {
    let mut listed = vec![false; blocks.len()];
    let Some(first) = first_article else { return listed };
    let plain = |block: &Block| -> String {
        fold_key(&block.text).chars().filter(|c| !c.is_whitespace()).collect()
    };
    let is_division = |block: &Block| DIVISION.is_match(&block.text);
    let mut later: FxHashMap<String, usize> = FxHashMap::default();
    for (at, block) in blocks.iter().enumerate().filter(|(_, block)| is_division(block)) {
        later.insert(plain(block), at);
    }
    let divisions: Vec<(usize, String)> = blocks
        .iter()
        .enumerate()
        .take(first + 1)
        .filter_map(|(at, block)| {
            Some((at, DIVISION.captures(&block.text)?.get(1)?.as_str().to_owned()))
        })
        .collect();
    // Where the first division begins again, everything up to there was the table.
    let again = divisions.first().and_then(|(_, label)| {
        divisions.iter().skip(1).find(|(_, other)| other == label).map(|(at, _)| *at)
    });
    let table = again.map_or(&[][..], |end| {
        divisions.get(..divisions.partition_point(|(at, _)| *at < end)).unwrap_or_default()
    });
    for (at, _) in table {
        if let Some(slot) = listed.get_mut(*at) {
            *slot = true;
        }
    }
    for (at, block) in blocks.iter().enumerate().take(first) {
        let again = later.get(&plain(block)).is_some_and(|last| *last > at);
        if let Some(slot) = listed.get_mut(at) {
            *slot |= again || matches!(plain(block).as_str(), "目录" | "目次");
        }
    }
    listed
}

/// The division mark at the beginning of a heading: its label, its value, and the heading's words.
fn division(block: &Block) -> Option<(String, u32, String)> {
    let found = DIVISION.captures(&block.text)?;
    let (label, value) = (found.get(1)?, found.get(2)?);
    let words = block.text.get(found.get(0)?.end()..)?.trim();
    let is_prose = words.contains(['。', '，', '；', '：']) && block.kind != BlockKind::Heading;
    let refers = REFERS.iter().any(|word| words.starts_with(word));
    let long = words.chars().count() > LONGEST_HEADING;
    if is_prose || refers || long {
        return None;
    }
    Some((label.as_str().to_owned(), ordinal(value.as_str())?, words.to_owned()))
}

/// Characters of the longest line that is taken for the heading of a chapter.
const LONGEST_HEADING: usize = 60;

/// Label, value and words of a heading.
type JoinedHeading = (String, u32, String);

#[expect(clippy::expect_used, reason = "a built-in pattern, compiled by a test")]
static JOINED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"[。.；;：:！？\s　](第([一二三四五六七八九十百零〇]{1,5})(?:编|章|节))[\s　]+([^。，；：,;:第]{1,40}?)[\s　]*$",
    )
    .expect("pattern of joined headings")
});

/// What is before the headings with which `text` ends, where lines were joined, and the headings.
fn joined_headings(text: &str) -> (&str, Vec<JoinedHeading>) {
    let (mut rest, mut headings) = (text, Vec::new());
    while let Some(found) = JOINED.captures(rest) {
        let (Some(label), Some(value), Some(words)) = (found.get(1), found.get(2), found.get(3))
        else {
            break;
        };
        let Some(number) = ordinal(value.as_str()) else { break };
        headings.push((label.as_str().to_owned(), number, words.as_str().trim().to_owned()));
        rest = rest.get(..label.start()).unwrap_or_default();
    }
    headings.reverse();
    (rest, headings)
}

/// Provisions as they are cut.
#[derive(Default)]
struct Cutting {
    done: Vec<Provision>,
    heading: Option<usize>,
    /// True while blocks without a mark belong to the article before.
    in_article: bool,
}

impl Cutting {
    fn take(&mut self, at: u32, block: &Block, marks: &[&ArticleMark]) {
        if let Some((label, value, words)) = division(block).filter(|_| marks.is_empty()) {
            return self.push_heading(Some((label, (value, 0))), at, words);
        }
        let first = marks.first().map_or(block.text.len(), |mark| mark.start);
        let (head, headings) = joined_headings(block.text.get(..first).unwrap_or_default());
        if !head.trim().is_empty() {
            self.take_unmarked(at, block, head);
        }
        self.push_joined(at, headings);
        for (nth, mark) in marks.iter().enumerate() {
            let end = marks.get(nth + 1).map_or(block.text.len(), |next| next.start);
            let label = block.text.get(mark.start..mark.end).unwrap_or_default();
            let (text, headings) =
                joined_headings(block.text.get(mark.end..end).unwrap_or_default());
            self.done.push(Provision {
                kind: ProvisionKind::Article,
                label: Some(label.to_owned()),
                number: Some(mark.number),
                block: at,
                text: text.trim().to_owned(),
                heading: self.heading,
            });
            self.in_article = true;
            self.push_joined(at, headings);
        }
    }

    fn push_joined(&mut self, at: u32, headings: Vec<JoinedHeading>) {
        for (label, value, words) in headings {
            self.push_heading(Some((label, (value, 0))), at, words);
        }
    }

    fn push_heading(&mut self, label: Option<(String, (u32, u32))>, at: u32, words: String) {
        let (label, number) = label.unzip();
        let kind = ProvisionKind::Heading;
        self.done.push(Provision { kind, label, number, block: at, text: words, heading: None });
        self.heading = Some(self.done.len() - 1);
        self.in_article = false;
    }

    fn take_unmarked(&mut self, at: u32, block: &Block, text: &str) {
        let numbered = numbered(text);
        let is_heading = block.kind == BlockKind::Heading;
        let closes = block.kind == BlockKind::Signature
            || is_heading && numbered.is_none()
            || ["附件", "附表", "附：", "附:", "附　", "附 "]
                .iter()
                .any(|word| text.starts_with(word));
        self.in_article &= !closes;
        if self.in_article {
            return self.continue_article(text);
        }
        let (label, number, words) = match numbered {
            Some((label, number, words)) => (Some(label), Some((number, 0)), words),
            None => (None, None, text.trim().to_owned()),
        };
        if is_heading {
            return self.push_heading(label.zip(number), at, words);
        }
        let kind = ProvisionKind::Paragraph;
        let heading = self.heading;
        self.done.push(Provision { kind, label, number, block: at, text: words, heading });
    }

    /// Adds a paragraph to the last article, without a line end where a line was only wrapped.
    fn continue_article(&mut self, text: &str) {
        let Some(article) = self.done.last_mut() else { return };
        let wrapped = article.text.chars().next_back().is_some_and(|last| {
            last.is_alphanumeric() || matches!(last, '，' | '、' | ',' | '《' | '«' | '（')
        });
        let begins = numbered(text).is_some();
        if !article.text.is_empty() && (!wrapped || begins) {
            article.text.push('\n');
        }
        article.text.push_str(text.trim());
    }

    fn finish(self) -> Vec<Provision> {
        self.done
    }
}

/// The number at the beginning of a paragraph, its value, and what follows it.
fn numbered(text: &str) -> Option<(String, u32, String)> {
    let found = NUMBERED.captures(text)?;
    let value = [2, 3, 4].into_iter().find_map(|group| found.get(group))?;
    let mut end = found.get(1)?.end();
    // The pattern looks one character past 1. to tell it from 1.5.
    if found.get(4).is_some() {
        end = value.end() + text.get(value.end()..)?.chars().next().map_or(0, char::len_utf8);
    }
    let label = text.get(..end)?.trim();
    Some((label.to_owned(), ordinal(value.as_str())?, text.get(end..)?.trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::document;

    fn cut(paragraphs: &[&str]) -> Vec<(Option<String>, String)> {
        let found = provisions(&document("a", paragraphs));
        found.into_iter().map(|provision| (provision.label, provision.text)).collect()
    }

    fn labels(paragraphs: &[&str]) -> Vec<String> {
        cut(paragraphs).into_iter().map(|(label, _)| label.unwrap_or_default()).collect()
    }

    #[test]
    fn ordinals_are_read_in_both_writings() {
        let cases = [
            ("一", 1),
            ("十", 10),
            ("十二", 12),
            ("二十", 20),
            ("一百零五", 105),
            ("一百一十", 110),
            ("12", 12),
            ("１２", 12),
            ("二〇", 20),
            ("两百", 200),
        ];
        for (text, value) in cases {
            assert_eq!(ordinal(text), Some(value), "{text}");
        }
        assert_eq!(ordinal("甲"), None);
        assert_eq!(ordinal(""), None);
        assert_eq!(ordinal("9999999"), None);
    }

    #[test]
    fn articles_begin_where_the_numbers_run_on() {
        let cut = cut(&[
            "第一条为规范渔港管理，制定本办法。",
            "第二条　本办法所称渔港，是指下列水域：",
            "（一）避风锚地；",
            "（二）码头。",
            "违反本办法",
            "第二条规定的，由县级渔业部门处理。第三条　渔港建设应当符合规划。",
        ]);
        assert_eq!(cut.len(), 3, "{cut:?}");
        assert_eq!(cut[1].0.as_deref(), Some("第二条"));
        assert!(cut[1].1.contains("（一）避风锚地；\n（二）码头。"), "{cut:?}");
        assert!(cut[1].1.contains("第二条规定的"), "{cut:?}");
        assert_eq!(cut[2].1, "渔港建设应当符合规划。");
    }

    #[test]
    fn chapters_are_headings_and_their_table_is_left_out() {
        let found = labels(&[
            "目　录",
            "第一章　总则",
            "第二章　附则",
            "第一章　总则",
            "第一条　甲。",
            "第二章　附则",
            "第二条　乙。",
            "第三条之一　丙。",
        ]);
        assert_eq!(found, ["第一章", "第一条", "第二章", "第二条", "第三条之一"]);
    }

    #[test]
    fn a_line_that_begins_with_a_reference_is_no_article() {
        let found = labels(&[
            "第一条　甲。",
            "第二条　依照本法",
            "第四条规定的条件办理。",
            "第三条　乙。",
            "第四条　丙。",
            "第五条　丁。",
        ]);
        assert_eq!(found, ["第一条", "第二条", "第三条", "第四条", "第五条"]);
    }

    #[test]
    fn a_blank_after_the_mark_outweighs_a_word_as_after_a_reference() {
        let found = labels(&[
            "第一条 甲。",
            "第二条 中华人民共和国保护渔业资源。",
            "第三条 所有船舶登记。",
        ]);
        assert_eq!(found, ["第一条", "第二条", "第三条"]);
    }

    #[test]
    fn a_heading_that_was_joined_to_the_line_before_is_a_heading() {
        let found = labels(&[
            "目录",
            "第一章 总则",
            "第二章 渔港",
            "第一章 总则",
            "第一条 制定本办法.第二章 渔港 第一节 停泊",
            "第二条 依照第二章 的规定停泊。",
        ]);
        assert_eq!(found, ["第一章", "第一条", "第二章", "第一节", "第二条"]);
    }

    #[test]
    fn a_plan_is_cut_into_its_paragraphs_with_their_numbers() {
        let found =
            cut(&["一、总体要求", "（一）发展渔业。扩大养殖。", "1.5亿元用于渔港。", "2.修船"]);
        let expected = [
            (Some("一、"), "总体要求"),
            (Some("（一）"), "发展渔业。扩大养殖。"),
            (None, "1.5亿元用于渔港。"),
            (Some("2."), "修船"),
        ];
        let expected = expected.map(|(label, text)| (label.map(str::to_owned), text.to_owned()));
        assert_eq!(found, expected);
    }

    #[test]
    fn what_follows_the_last_article_is_not_part_of_it() {
        let found = cut(&["第一条　甲。", "第二条　本法自公布之日起施行。", "附：税率表", "甲 1"]);
        assert_eq!(found.len(), 4, "{found:?}");
        assert_eq!(found[1].1, "本法自公布之日起施行。");
    }
}
