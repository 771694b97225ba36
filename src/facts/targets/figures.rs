//! Figures: numbers with a unit as policy prose writes them, in Arabic or Chinese digits, with the
//! bound that stands before or behind: 400项以上, 不低于百分之五十, 3至5个, 翻一番, 前10名.

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};
use serde::Serialize;

use super::numerals::value;
use super::words::{Words, words};

/// On which side of its figure a target is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// The figure, or more: 以上, 不低于, 超过.
    AtLeast,
    /// The figure, or less: 以内, 不超过.
    AtMost,
    /// Near it: 左右, 约.
    About,
    /// The figure as it is.
    Exact,
}

/// What a unit measures, which decides what else must be said for a figure to be a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Measure {
    /// Shares and growth.
    Ratio,
    /// Time.
    Time,
    /// Money, length, area, weight, power.
    Quantity,
    /// Things that are counted.
    Count,
}

/// What the words right before a figure say of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lead {
    /// Nothing.
    None,
    /// It is a bound that must be kept: 不低于, 不超过.
    Limit,
    /// It is to be reached: 达到, 突破, 控制在.
    Reach,
    /// Something changes by it: 增长, 下降.
    Change,
}

/// A number with its unit.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Figure {
    /// Bytes of the sentence, with the bound behind the unit.
    pub(super) bytes: Range<usize>,
    /// The words right before it that say what it is, as bytes; empty for none.
    pub(super) lead_bytes: Range<usize>,
    pub(super) lead: Lead,
    pub(super) value: f64,
    /// The greater end of a range.
    pub(super) upper: Option<f64>,
    pub(super) unit: String,
    pub(super) measure: Measure,
    pub(super) bound: Bound,
    /// True where 以上, 以内 or the like stands behind the unit.
    pub(super) bounded: bool,
}

const NUMBER: &str = r"(?:\d[\d,]*(?:\.\d+)?[十百千万亿]*|[一二三四五六七八九十两][〇零一二三四五六七八九十百千万亿两]*(?:点[零一二三四五六七八九]+)?)";
const UNTIL: &str = r"\s*(?:至|到|-|—|–|~|～)+\s*";

/// `None` only if the pattern were wrong, which a test rules out.
static FIGURE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(&pattern()).ok());

fn pattern() -> String {
    let words = words();
    let all = [&words.ratio, &words.time, &words.measure, &words.count];
    let mut units: Vec<&str> = all.into_iter().flatten().map(String::as_str).collect();
    units.sort_by_key(|unit| std::cmp::Reverse(unit.len()));
    let units = units.iter().map(|unit| regex::escape(unit)).collect::<Vec<_>>().join("|");
    let behind = "(?P<behind>及以上|以上|以内|之内|以下|左右)?";
    [
        format!(
            "(?P<part>[百千]分之)(?:(?P<parts>{NUMBER}){UNTIL}(?:[百千]分之)?)?(?P<share>{NUMBER}){behind}"
        ),
        format!(
            r"(?:(?P<from>{NUMBER})\s?(?:{units})?{UNTIL})?(?P<number>{NUMBER})\s?[余多]?\s?(?P<unit>{units}){}",
            behind.replace("behind", "after")
        ),
        format!(r"前(?P<rank>{NUMBER})(?P<place>名|位|强)"),
        "(?P<double>翻[一两二三]?番|倍增|翻倍)".to_owned(),
    ]
    .join("|")
}

/// The figures of a folded sentence, in order. Dates, and the numbers of articles, are none.
pub(super) fn figures(sentence: &str) -> Vec<Figure> {
    let Some(pattern) = FIGURE.as_ref() else { return Vec::new() };
    pattern.captures_iter(sentence).filter_map(|found| figure(sentence, &found)).collect()
}

fn figure(sentence: &str, found: &Captures<'_>) -> Option<Figure> {
    let whole = found.get(0)?.range();
    let before = sentence.get(..whole.start)?;
    let group = |name: &str| found.name(name).map(|group| group.as_str());
    if is_part_of_more(before) {
        return None;
    }
    let (number, upper, unit, measure) = quantity(&group)?;
    let (lead_at, lead, led) = lead_of(before);
    let behind = group("behind").or(group("after"));
    let bounded = behind.is_some();
    let rank = group("rank").is_some();
    let is_number = measure != Measure::Time && is_plain_year(&unit, number)
        || measure == Measure::Time && unit == "年" && (1900.0..2200.0).contains(&number);
    // 三个, 两类: a small Chinese number counts the parts of a sentence, not of the world.
    let wording = sentence.get(whole.clone())?;
    let small = number < 10.0
        && measure == Measure::Count
        && !wording.contains(|c: char| c.is_ascii_digit())
        && !bounded
        && !matches!(lead, Lead::Reach | Lead::Limit)
        && !rank;
    if is_number || small || number <= 0.0 {
        return None;
    }
    let bound = match behind {
        _ if rank => Bound::AtMost,
        Some("以上" | "及以上") => Bound::AtLeast,
        Some("以内" | "之内" | "以下") => Bound::AtMost,
        Some("左右") => Bound::About,
        _ => led,
    };
    Some(Figure {
        bytes: whole.clone(),
        lead_bytes: lead_at..whole.start,
        lead,
        value: number,
        upper,
        unit,
        measure,
        bound,
        bounded,
    })
}

fn is_plain_year(unit: &str, number: f64) -> bool {
    unit == "部" && (1900.0..2200.0).contains(&number)
}

type Quantity = (f64, Option<f64>, String, Measure);

fn quantity<'s>(group: &impl Fn(&str) -> Option<&'s str>) -> Option<Quantity> {
    let range = |low: Option<f64>, high: f64| match low {
        Some(low) if low < high => (low, Some(high)),
        _ => (high, None),
    };
    if let Some(share) = group("share") {
        let unit = if group("part")?.starts_with('千') { "‰" } else { "%" };
        let (low, high) = range(group("parts").and_then(value), value(share)?);
        return Some((low, high, unit.to_owned(), Measure::Ratio));
    }
    if let Some(rank) = group("rank") {
        return Some((value(rank)?, None, group("place")?.to_owned(), Measure::Count));
    }
    if let Some(double) = group("double") {
        let times = match double.chars().nth(1) {
            Some('两' | '二') => 4.0,
            Some('三') => 8.0,
            _ => 2.0,
        };
        return Some((times, None, "倍".to_owned(), Measure::Ratio));
    }
    let unit = group("unit")?;
    let (low, high) = range(group("from").and_then(value), value(group("number")?)?);
    Some((low, high, unit.to_owned(), measure_of(words(), unit)))
}

fn measure_of(words: &Words, unit: &str) -> Measure {
    let has = |list: &[String]| list.iter().any(|other| other == unit);
    match () {
        () if has(&words.ratio) => Measure::Ratio,
        () if has(&words.time) => Measure::Time,
        () if has(&words.measure) => Measure::Quantity,
        () => Measure::Count,
    }
}

/// True where the number goes on to the left: 第三条, 2022年6月, 1.5, a1, 数百, 几十.
fn is_part_of_more(before: &str) -> bool {
    let last = before.chars().next_back().unwrap_or(' ');
    matches!(last, '第' | '年' | '月' | '/' | '.' | '数' | '几' | '每' | '〔' | '[' | '号' | '-')
        || last.is_ascii_alphanumeric()
        || value(last.encode_utf8(&mut [0; 4])).is_some()
}

/// Where the words before a figure begin that say what it is, what they say, and their bound.
fn lead_of(before: &str) -> (usize, Lead, Bound) {
    let words = words();
    let near = before.trim_end_matches(['约', '近', '的', '了', ' ', '为']);
    let about = near.len() < before.len() && before.ends_with(['约', '近']);
    let exact = if about { Bound::About } else { Bound::Exact };
    let lists = [
        (&words.least, Lead::Limit, Bound::AtLeast),
        (&words.most, Lead::Limit, Bound::AtMost),
        (&words.beyond, Lead::Reach, Bound::AtLeast),
        (&words.within, Lead::Reach, Bound::AtMost),
        (&words.reach, Lead::Reach, exact),
        (&words.change, Lead::Change, exact),
    ];
    let ends = |(list, lead, bound): (&Vec<String>, Lead, Bound)| {
        let longest =
            list.iter().filter(|word| near.ends_with(word.as_str())).map(String::len).max()?;
        Some((longest, lead, bound))
    };
    match lists.into_iter().filter_map(ends).max_by_key(|(length, ..)| *length) {
        Some((length, lead, bound)) => (near.len() - length, lead, bound),
        None => (before.len(), Lead::None, exact),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pattern_is_right() {
        assert!(FIGURE.is_some(), "{:?}", Regex::new(&pattern()));
    }

    #[test]
    fn figures_have_value_unit_and_bound() {
        use Bound::{About, AtLeast, AtMost, Exact};
        let cases = [
            ("渔业标准400项以上", "400项以上", 400.0, None, "项", AtLeast),
            ("达到百分之五十", "百分之五十", 50.0, None, "%", Exact),
            ("不低于百分之五十", "百分之五十", 50.0, None, "%", AtLeast),
            ("占百分之三十至百分之四十", "百分之三十至百分之四十", 30.0, Some(40.0), "%", Exact),
            ("建设3至5个", "3至5个", 3.0, Some(5.0), "个", Exact),
            ("达到50%-60%左右", "50%-60%左右", 50.0, Some(60.0), "%", About),
            ("规模突破3.5万亿元", "3.5万亿元", 3.5e12, None, "元", AtLeast),
            ("培育一百家", "一百家", 100.0, None, "家", Exact),
            ("缩短至十八个月以内", "十八个月以内", 18.0, None, "个月", AtMost),
            ("产值翻一番", "翻一番", 2.0, None, "倍", Exact),
            ("产值翻两番", "翻两番", 4.0, None, "倍", Exact),
            ("进入全国前10名", "前10名", 10.0, None, "名", AtMost),
            ("总量控制在2,000万吨", "2,000万吨", 2e7, None, "吨", AtMost),
            ("提高约3个百分点", "3个百分点", 3.0, None, "个百分点", About),
            ("养护100余公里", "100余公里", 100.0, None, "公里", Exact),
        ];
        for (text, wording, value, upper, unit, bound) in cases {
            let all = figures(text);
            assert_eq!(all.len(), 1, "{text}: {all:?}");
            let figure = &all[0];
            assert_eq!(text.get(figure.bytes.clone()).unwrap(), wording);
            assert!((figure.value - value).abs() < 1e-6, "{text}: {figure:?}");
            assert_eq!((figure.upper, figure.unit.as_str(), figure.bound), (upper, unit, bound));
        }
    }

    #[test]
    fn dates_articles_and_small_counts_are_no_figures() {
        for text in [
            "第三条",
            "第12项",
            "2025年",
            "2022年6月10日",
            "三个方面",
            "两类",
            "一批",
            "数百家",
            "几十项",
            "国发2021年12号",
            "一体化",
            "百家争鸣",
            "十四五规划",
            "万亿级产业",
            "3.0版",
        ] {
            assert_eq!(figures(text), [], "{text}");
        }
    }
}
