//! A whole page flattened into one line: menu, article and footer with a space where a line ended.
//! Between wide characters a space is such an end. The article begins after the last time that the
//! head names its title, and ends with its last sentence and the signature after it.

use super::dates;
use super::numbering::{Mark, mark_of};
use super::page::{Page, RawBlock};
use super::title::without_site;
use crate::document::RemovalReason;
use crate::text::{is_han, is_longer};

/// Characters of a line that holds a page.
const LONG: usize = 300;

/// Words that only the site around an article has.
const SITE: [&str; 10] = [
    "设为首页",
    "加入收藏",
    "当前位置",
    "返回顶部",
    "网站地图",
    "ICP备",
    "版权所有",
    "【打印】",
    "联系我们",
    "公网安备",
];

/// True for a text that is a page in one line.
pub(super) fn is_flattened(text: &str) -> bool {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let (Some(first), None) = (lines.next(), lines.nth(2)) else { return false };
    let long = text.lines().any(|line| is_longer(line, LONG));
    let is_told = || SITE.iter().filter(|word| text.contains(**word)).count() >= 3;
    long && first.contains(' ') && is_told()
}

/// Fills `page` from the flattened `text`.
pub(super) fn fill(page: &mut Page, text: &str) {
    let segments = segments(text);
    let title = segments.first().map(|first| without_site(first).to_owned()).unwrap_or_default();
    let article = article(&segments, &title);
    if page.metadata.title.is_empty() {
        page.metadata.title = title;
    }
    page.pieces = segments
        .into_iter()
        .enumerate()
        .map(|(at, text)| match article.contains(&at) {
            true => RawBlock::text(text),
            false => RawBlock::removed(RemovalReason::Navigation, text),
        })
        .collect();
}

/// `text` cut at the spaces that were ends of lines.
fn segments(text: &str) -> Vec<String> {
    let mut segments: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match segments.last_mut() {
            Some(last) if !is_end(last, word) => {
                last.push(' ');
                last.push_str(word);
            }
            _ => segments.push(word.to_owned()),
        }
    }
    segments
}

/// Characters of a label that waits for its value: 来源：
const LABEL: usize = 5;

/// A space is no end between Latin words, after a label or the number of an article, and before the
/// time of a day.
fn is_end(before: &str, word: &str) -> bool {
    let is_latin = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !is_han(c));
    let latin = is_latin(before.chars().next_back()) && is_latin(word.chars().next());
    let label = before.ends_with(['：', ':']) && before.chars().count() <= LABEL;
    let time = word.contains(':') && dates::is_date_line(before);
    let is_number = |(mark, rest): (Mark, &str)| mark == Mark::Article && rest.trim().is_empty();
    let number = mark_of(before).is_some_and(is_number);
    !latin && !label && !time && !number
}

/// Characters that the shortest sentence has at least one more of.
const SENTENCE: usize = 5;
/// Segments after the last sentence in which its signature ends.
const SIGNATURE: usize = 20;

/// The segments of the article.
fn article(segments: &[String], title: &str) -> std::ops::Range<usize> {
    let is_prose =
        |text: &String| text.ends_with(['。', '；', '：', '？']) && text.chars().count() >= 15;
    // A law ends with short sentences: 本办法自发布之日起实施。
    let ends = |text: &String| {
        text.ends_with(['。', '；', '：', '？'])
            && is_longer(text, SENTENCE)
            && !SITE.iter().any(|word| text.contains(word))
    };
    let Some(long) = segments.iter().rposition(is_prose) else { return 0..segments.len() };
    let short = segments.iter().skip(long).take(SIGNATURE).rposition(ends).unwrap_or_default();
    let last = long + short;
    let first = segments.iter().position(is_prose).unwrap_or(last);
    let start = segments
        .get(..=first)
        .and_then(|head| head.iter().rposition(|text| text == title))
        .map_or(first, |at| at + 1);
    let behind = segments.get(last + 1..).unwrap_or_default();
    let signed = behind.iter().take(SIGNATURE).position(|text| dates::is_date_line(text));
    start..last + 1 + signed.map_or(0, |at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::samples;

    #[test]
    fn the_article_is_cut_out_of_the_line() {
        let line = format!(
            "关于甲的通知_某某办公室 设为首页 加入收藏 首 页 当前位置： 首页 > 正文 关于甲的通知 \
             2026年02月03日 17:06 来源： 某某网 【打印】 关于甲的通知 各有关单位： 为贯彻落实甲，{}现印发给你们。 \
             某某部 2026年1月30日 关闭 某某办公室 © 版权所有 京ICP备1号",
            "推进甲的工作，".repeat(40)
        );
        assert!(is_flattened(&line));
        let mut page = samples::empty_page();
        fill(&mut page, &line);
        assert_eq!(page.metadata.title, "关于甲的通知");
        let kept: Vec<&str> = page.kept().map(|piece| piece.text.as_str()).collect();
        assert_eq!(kept.first(), Some(&"各有关单位："));
        assert_eq!(kept.get(2..), Some(["某某部", "2026年1月30日"].as_slice()));
    }

    #[test]
    fn the_last_short_articles_stay() {
        let line = format!(
            "某某办法_某某局 设为首页 加入收藏 当前位置： 首页 > 正文 某某办法 第一条 {} 第五十一条 \
             本办法由市交通局负责解释。 第五十二条 本办法自发布之日起实施。 关闭 某某办公室 © 版权所有 京ICP备1号",
            "为了加强管理，制定本办法，".repeat(30) + "推进工作。"
        );
        let mut page = samples::empty_page();
        fill(&mut page, &line);
        let kept: Vec<&str> = page.kept().map(|piece| piece.text.as_str()).collect();
        let end = ["第五十一条 本办法由市交通局负责解释。", "第五十二条 本办法自发布之日起实施。"];
        assert_eq!(kept.get(kept.len() - 2..), Some(end.as_slice()));
    }
}
