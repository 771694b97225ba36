//! Lines that state facts about a page and nothing else: `发布时间：2022年2月7日 来源：某某网`,
//! the two halves of a gov.cn table row, a date with the site's name. What each label means is
//! in [`LABELS`].

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use super::dates;
use super::pattern::built_in;
use crate::text::{has_stop, is_longer};

/// What a label is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fact {
    /// 发文机关.
    Issuer,
    /// 发文字号.
    Number,
    /// 成文日期.
    Signed,
    /// 发布日期.
    Published,
    /// 施行日期.
    Effective,
    /// 时效性: whether it is in force.
    Force,
    /// 标题.
    Title,
    /// 来源.
    Source,
    /// 作者.
    Byline,
    /// 责任编辑.
    Editor,
    /// 主题分类.
    Category,
    /// 主题词.
    Keywords,
    /// A fact that no document keeps: 索引号, 字体.
    Other,
    /// How often the page was read: a number.
    Count,
}

/// Labels in simplified characters without spaces, the longer of two with the same end first.
const LABELS: &[(&str, Fact)] = &[
    ("发文机关", Fact::Issuer),
    ("发布机构", Fact::Issuer),
    ("发文单位", Fact::Issuer),
    ("制发机关", Fact::Issuer),
    ("发布单位", Fact::Issuer),
    ("发布机关", Fact::Issuer),
    ("公开主体", Fact::Issuer),
    ("制定机关", Fact::Issuer),
    ("发文机构", Fact::Issuer),
    ("发布部门", Fact::Issuer),
    ("颁布单位", Fact::Issuer),
    ("制发单位", Fact::Issuer),
    ("制定单位", Fact::Issuer),
    ("发文字号", Fact::Number),
    ("文件编号", Fact::Number),
    ("发布文号", Fact::Number),
    ("文件字号", Fact::Number),
    ("文件文号", Fact::Number),
    ("公文字号", Fact::Number),
    ("文号", Fact::Number),
    ("成文日期", Fact::Signed),
    ("成文时间", Fact::Signed),
    ("签发日期", Fact::Signed),
    ("发文日期", Fact::Signed),
    ("印发日期", Fact::Signed),
    ("生成日期", Fact::Signed),
    ("印发时间", Fact::Signed),
    ("发文时间", Fact::Signed),
    ("签署日期", Fact::Signed),
    ("修正日期", Fact::Signed),
    ("修订日期", Fact::Signed),
    ("施行日期", Fact::Effective),
    ("施行时间", Fact::Effective),
    ("实施日期", Fact::Effective),
    ("实施时间", Fact::Effective),
    ("生效日期", Fact::Effective),
    ("生效时间", Fact::Effective),
    ("发布日期", Fact::Published),
    ("发布时间", Fact::Published),
    ("公开日期", Fact::Published),
    ("公开时间", Fact::Published),
    ("发表时间", Fact::Published),
    ("更新时间", Fact::Published),
    ("更新日期", Fact::Published),
    ("发表日期", Fact::Published),
    ("刊发时间", Fact::Published),
    ("刊登日期", Fact::Published),
    ("录入时间", Fact::Published),
    ("添加时间", Fact::Published),
    ("发布于", Fact::Published),
    ("发表于", Fact::Published),
    ("更新于", Fact::Published),
    ("公布日期", Fact::Published),
    ("日期", Fact::Published),
    ("时间", Fact::Published),
    ("法规名称", Fact::Title),
    ("标题", Fact::Title),
    ("信息名称", Fact::Title),
    ("文件名称", Fact::Title),
    ("信息标题", Fact::Title),
    ("文件标题", Fact::Title),
    ("公文名称", Fact::Title),
    ("信息来源", Fact::Source),
    ("来源于", Fact::Source),
    ("稿件来源", Fact::Source),
    ("文章来源", Fact::Source),
    ("新闻来源", Fact::Source),
    ("本文来源", Fact::Source),
    ("内容来源", Fact::Source),
    ("本文转自", Fact::Source),
    ("转载自", Fact::Source),
    ("转自", Fact::Source),
    ("图片来源", Fact::Other),
    ("视频来源", Fact::Other),
    ("数据来源", Fact::Other),
    ("来源", Fact::Source),
    ("稿源", Fact::Source),
    ("作者", Fact::Byline),
    ("撰稿", Fact::Byline),
    ("责任编辑", Fact::Editor),
    ("责编", Fact::Editor),
    ("编辑", Fact::Editor),
    ("主题分类", Fact::Category),
    ("信息分类", Fact::Category),
    ("分类", Fact::Category),
    ("信息索引号", Fact::Other),
    ("索引号", Fact::Other),
    ("统一登记号", Fact::Other),
    ("登记号", Fact::Other),
    ("公开方式", Fact::Other),
    ("公开形式", Fact::Other),
    ("公开类别", Fact::Other),
    ("公文种类", Fact::Other),
    ("组配分类", Fact::Category),
    ("主题词", Fact::Keywords),
    ("关键字", Fact::Other),
    ("体裁", Fact::Other),
    ("有效性", Fact::Force),
    ("时效性", Fact::Force),
    ("效力状态", Fact::Force),
    ("效力级别", Fact::Other),
    ("废止日期", Fact::Other),
    ("失效日期", Fact::Other),
    ("字体", Fact::Other),
    ("字号", Fact::Other),
    ("浏览次数", Fact::Count),
    ("浏览量", Fact::Count),
    ("浏览数", Fact::Count),
    ("阅读量", Fact::Count),
    ("阅读数", Fact::Count),
    ("阅读次数", Fact::Count),
    ("点击数", Fact::Count),
    ("点击率", Fact::Count),
    ("点击量", Fact::Count),
    ("点击次数", Fact::Count),
    ("访问量", Fact::Count),
    ("访问次数", Fact::Count),
    ("标签", Fact::Other),
    ("关键词", Fact::Other),
    ("发布人", Fact::Other),
    ("审核", Fact::Other),
    ("栏目", Fact::Other),
    ("发布", Fact::Published),
    ("发表", Fact::Published),
    ("更新", Fact::Published),
    ("点击", Fact::Count),
    ("浏览", Fact::Count),
    ("阅读", Fact::Count),
    ("人气", Fact::Count),
    ("评论", Fact::Count),
    ("查看", Fact::Count),
];

/// The label that `text` is, its spaces and colon aside.
pub(super) fn label(text: &str) -> Option<Fact> {
    let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let bare = bare.trim_end_matches([':', '：']).trim_matches(['【', '】', '[', ']']);
    LABELS.iter().find(|(name, _)| *name == bare).map(|(_, fact)| *fact)
}

/// True for a label with its colon and nothing after it.
pub(super) fn is_lone_label(text: &str) -> bool {
    text.trim_end().ends_with([':', '：']) && label(text).is_some()
}

/// The facts of a line that holds nothing else, in simplified characters; empty where it holds
/// more.
pub(super) fn of(line: &str) -> Vec<(Fact, &str)> {
    let may_state = |c: char| c.is_ascii_digit() || is_behind_label(c);
    if !line.contains(may_state) {
        return Vec::new();
    }
    let labelled = line.contains(is_behind_label).then(|| LABELLED.captures_iter(line));
    let labels: Vec<_> = labelled
        .into_iter()
        .flatten()
        .filter_map(|found| {
            let (whole, name) = (found.get(0)?, found.get(1)?);
            Some((whole.start(), whole.end(), label(name.as_str())?, name.as_str()))
        })
        .collect();
    let first = labels.first().map_or(line.len(), |(start, ..)| *start);
    let Some(mut facts) = line.get(..first).and_then(unlabelled) else { return Vec::new() };
    for (at, (_, end, fact, name)) in labels.iter().enumerate() {
        let next = labels.get(at + 1).map_or(line.len(), |(start, ..)| *start);
        let value = line.get(*end..next).unwrap_or_default();
        let value =
            value.trim_matches(|c: char| c.is_whitespace() || "|｜【】[]()（）".contains(c));
        if !is_value(value, *fact) || (is_loose(name) && !is_moment(value)) {
            return Vec::new();
        }
        facts.push((*fact, value));
    }
    facts
}

/// What is between a label and its value.
pub(super) fn is_behind_label(c: char) -> bool {
    matches!(c, ':' | '：' | '|' | '｜' | '丨')
}

static LABELLED: LazyLock<Regex> = LazyLock::new(|| {
    let names: Vec<String> = LABELS
        .iter()
        .map(|(name, _)| name.chars().map(String::from).collect::<Vec<_>>().join(r"[\s　]*"))
        .collect();
    built_in(&format!(r"({})[\s　]*[:：|｜丨]", names.join("|")))
});

/// Labels that other lines have too (时间：5月12日上午, 发布：市统计局): there only a bare moment is a
/// fact.
fn is_loose(name: &str) -> bool {
    matches!(name, "时间" | "日期" | "发布" | "发表" | "更新" | "实施时间" | "施行时间")
}

/// True for a day, with or without the time of day, and nothing else.
fn is_moment(value: &str) -> bool {
    let Some((range, _)) = dates::dated(value) else { return value.is_empty() };
    let rest = value.get(range.end..).unwrap_or_default();
    let rest = CLOCK.replace_all(rest, "");
    range.start == 0 && rest.trim().is_empty()
}

/// Characters of the longest value: a long one is a sentence with a colon in it.
const LONGEST_VALUE: usize = 40;

fn is_value(value: &str, fact: Fact) -> bool {
    let short = !is_longer(value, if fact == Fact::Title { 120 } else { LONGEST_VALUE });
    let fits = match fact {
        _ if value.is_empty() => true,
        Fact::Signed | Fact::Published | Fact::Effective => {
            dates::dated(value).is_some_and(|(range, _)| range.start == 0)
                || dates::month_or_year(value).is_some()
        }
        Fact::Count => {
            let number = value.trim_end_matches(['次', '人', '条', '篇', ' ', '/']);
            number.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '+' | '万' | '.'))
        }
        _ => true,
    };
    short && fits && !has_stop(value)
}

/// What is before the first label: nothing, a date, a time, the name of a medium. `None` where
/// it is something else.
fn unlabelled(head: &str) -> Option<Vec<(Fact, &str)>> {
    let date = dates::dated(head);
    if date.is_none() && head.chars().any(stays) {
        return None;
    }
    let rest = match &date {
        Some((range, _)) => {
            let (before, behind) = (head.get(..range.start)?, head.get(range.end..)?);
            format!("{before} {behind}")
        }
        None => head.to_owned(),
    };
    let rest = match date {
        Some(_) => without_extras(&rest),
        None => rest,
    };
    let rest = rest.trim_matches(is_filler);
    let stated =
        date.map(|(range, _)| (Fact::Published, head.get(range).unwrap_or_default().trim()));
    if rest.is_empty() {
        return Some(stated.into_iter().collect());
    }
    // A lone name is a source only beside a date.
    let is_medium = !is_longer(rest, 15) && MEDIA.iter().any(|end| rest.ends_with(end));
    if !is_medium || stated.is_none() {
        return None;
    }
    let name = head.get(head.find(rest)?..)?.get(..rest.len())?;
    Some(stated.into_iter().chain([(Fact::Source, name)]).collect())
}

/// What is between facts and is none.
fn is_filler(c: char) -> bool {
    c.is_whitespace() || "|｜-—·,，、[]［］【】()（）/:：>《》〖〗".contains(c)
}

/// True for a character that neither a time nor what is between facts has: where there is no
/// date, a line with one states nothing.
fn stays(c: char) -> bool {
    !(c.is_numeric() || is_filler(c) || "星期一二三四五六日天时分".contains(c))
}

/// Endings of the names of media and sites.
const MEDIA: [&str; 15] = [
    "网",
    "报",
    "社",
    "刊",
    "台",
    "新闻",
    "财经",
    "客户端",
    "频道",
    "政府",
    "新闻中心",
    "传媒中心",
    "媒体中心",
    "在线",
    "杂志",
];

/// The time of day, or the day of the week.
static CLOCK: LazyLock<Regex> = LazyLock::new(|| {
    built_in(concat!(
        r"(?:[上下]午)?\d{1,2}(?:[:：]\d{1,3}){1,3}(?:\s*[AaPp][Mm])?|\d{1,2}时\d{1,2}分|",
        r"(?:星期|周)[一二三四五六日天]"
    ))
});

/// What pages add to a day: where they are, and what they did on it.
static EXTRA: LazyLock<Regex> = LazyLock::new(|| {
    built_in(concat!(
        r"(?:https?://|www\.)[\w./?=&%#~:-]*|[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+){1,4}|",
        r"(?:最后|最近)?(?:更新|发布|发表|刊登|刊发|上传|录入)(?:于|在)?"
    ))
});

/// `rest` of a line with a day, without the time of day, addresses and 更新.
fn without_extras(rest: &str) -> String {
    let rest = CLOCK.replace_all(rest, " ");
    EXTRA.replace_all(&rest, " ").trim_matches(is_filler).to_owned()
}

/// The day of a line between title and text that says when the page was published, whatever else it
/// says in a few words. A line without the time of day or an address has to be little more than the
/// day.
pub(super) fn day_of_page(line: &str) -> Option<(Date, Stated)> {
    if is_longer(line, LONGEST_LINE) || has_stop(line) || line.contains(['！', '？', '；']) {
        return None;
    }
    let (range, day) = dates::dated(line)?;
    let (before, behind) = (line.get(..range.start)?, line.get(range.end..)?);
    // Two days are a period, or a history.
    if dates::dated(behind).is_some() || NO_PAGE.iter().any(|word| line.contains(word)) {
        return None;
    }
    let rest = format!("{before} {behind}");
    let bare = without_extras(&rest);
    let length = bare.chars().filter(|c| !is_filler(*c)).count();
    let is_stamped = CLOCK.is_match(&rest) || rest.contains("://");
    match () {
        () if length == 0 => Some((day, Stated::Alone)),
        () if is_stamped && length <= LONGEST_REST => Some((day, Stated::Stamped)),
        () if length <= LONGEST_NAME && !bare.contains(['，', ',', '。']) => {
            Some((day, Stated::Named))
        }
        () => None,
    }
}

/// The day of a line that ends with when something was posted (…在2005年8月12日16:10:13发表), and the
/// bytes before who did so.
pub(super) fn posted(line: &str) -> Option<(std::ops::Range<usize>, Date)> {
    const POSTED: [&str; 6] = ["发表", "发布", "张贴", "贴出", "上传", "发帖"];
    let verb = POSTED.iter().find(|verb| line.ends_with(*verb))?;
    if is_longer(line, LONGEST_LINE) || has_stop(line) {
        return None;
    }
    let (range, day) = dates::dated(line)?;
    let clock = line.get(range.end..line.len() - verb.len())?;
    let before = line.get(..range.start)?.trim_end().strip_suffix(['在', '于'])?;
    let is_clock = CLOCK.is_match(clock) && CLOCK.replace_all(clock, "").trim().is_empty();
    // 是某某 names who posted it.
    let end = before.rfind('是');
    let end = end.filter(|at| before.get(*at..).is_some_and(|who| !is_longer(who, LONGEST_NAME)));
    is_clock.then_some((0..end.unwrap_or(before.len()), day))
}

/// A page of a paper: 第03版, A3版, 头版.
static PAPER_PAGE: LazyLock<Regex> =
    LazyLock::new(|| built_in(r"第?\s*[A-Za-z]?\d{1,3}\s*版|第[一二三四五六七八九十]{1,3}版|头版"));

/// The day of the issue that a line above an article of a paper names: 2022年2月13日 星期日 第03版：要闻.
pub(super) fn issue_day(line: &str) -> Option<Date> {
    if is_longer(line, LONGEST_LINE) || has_stop(line) || !PAPER_PAGE.is_match(line) {
        return None;
    }
    dates::dated(line).map(|(_, day)| day)
}

/// How a line states the day of its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stated {
    /// It holds nothing else but the time of day and an address.
    Alone,
    /// With the time of day or an address, and some words.
    Stamped,
    /// With a few words, which may be a name.
    Named,
}

/// Characters of the longest line between title and text that states the day of a page, and of what
/// it says besides: with the time of day, and without.
const LONGEST_LINE: usize = 100;
const LONGEST_REST: usize = 30;
const LONGEST_NAME: usize = 12;

/// Words of lines whose day is another one: the history of a law, a period, a deadline.
const NO_PAGE: [&str; 21] = [
    "通过",
    "批准",
    "公布",
    "施行",
    "实施",
    "修正",
    "修订",
    "会议",
    "大会",
    "常委会",
    "第",
    "截至",
    "截止",
    "起",
    "至今",
    "以来",
    "以前",
    "有效期",
    "年度",
    "召开",
    "止",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_post_ends_with_its_day_and_an_issue_has_pages() {
        let day =
            |line| posted(line).map(|(before, day)| (line.get(before).unwrap(), day.to_string()));
        let date = || "2005-08-12".to_owned();
        assert_eq!(day("甲是大卫在2005年8月12日16:10:13发表"), Some(("甲", date())));
        assert_eq!(day("大卫 于 2005-8-12 16:10 发表"), Some(("大卫 ", date())));
        for line in
            ["报告于2005年8月12日发布", "在2005年8月12日的会上发表", "2005-8-12 16:10 发表于甲地"]
        {
            assert_eq!(day(line), None, "{line}");
        }
        let issue = |line| issue_day(line).map(|day| day.to_string());
        for line in
            ["2022年02月13日 星期日 第03版：要闻", "2022年2月13日 A3版", "第三版 2022-02-13"]
        {
            assert_eq!(issue(line).as_deref(), Some("2022-02-13"), "{line}");
        }
        for line in ["今天是2022年2月13日 星期日", "2022年2月13日第二版本发布。", "第三版"]
        {
            assert_eq!(issue(line), None, "{line}");
        }
    }

    #[test]
    fn lines_of_facts_are_read_and_sentences_are_not() {
        let cases: [(&str, &[(Fact, &str)]); 12] = [
            (
                "发布时间：2022年2月7日 来源：某某网",
                &[(Fact::Published, "2022年2月7日"), (Fact::Source, "某某网")],
            ),
            (
                "2019年10月08日08:46  来源：某某日报",
                &[(Fact::Published, "2019年10月08日"), (Fact::Source, "某某日报")],
            ),
            (
                "2014-10-09 10:06:32 某某宣传网",
                &[(Fact::Published, "2014-10-09"), (Fact::Source, "某某宣传网")],
            ),
            ("标　　题：关于甲的通知", &[(Fact::Title, "关于甲的通知")]),
            (
                "发布日期:2023-08-22|字体:| 下载收藏",
                &[(Fact::Published, "2023-08-22"), (Fact::Other, "下载收藏")],
            ),
            ("时间：一切服从大局。", &[]),
            ("时间：2023年5月12日上午 地点：会议室", &[]),
            ("来源于：某某办事处", &[(Fact::Source, "某某办事处")]),
            ("来源 | 某某发布", &[(Fact::Source, "某某发布")]),
            ("2019年1月1日起施行", &[]),
            ("数据来源：国家统计局。", &[]),
            ("总体要求", &[]),
        ];
        for (line, facts) in cases {
            assert_eq!(of(line), facts, "{line}");
        }
        assert!(is_lone_label("主 题 词：") && !is_lone_label("主题词"));
    }
}
