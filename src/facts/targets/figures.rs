//! Figures: numbers with a unit as policy prose writes them, in Arabic or Chinese digits, with the
//! bound before or after: 400项以上, 不低于百分之五十, 3至5个, 翻一番, 前10名, 由30%调整为20%.

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};
use serde::Serialize;

use super::numerals::value;
use super::words::{Words, is_in, words};

/// On which side of its figure a target is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub enum Bound {
    /// The figure, or more: 以上, 不低于, 超过.
    #[serde(rename = "at least")]
    AtLeast,
    /// The figure, or less: 以内, 不超过.
    #[serde(rename = "at most")]
    AtMost,
    /// Near it: 左右, 约.
    #[serde(rename = "about")]
    About,
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
    /// It takes the place of another one: 调整为.
    Adjust,
    /// Something changes by it: 增长, 下降.
    Change,
}

/// A number with its unit.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Figure {
    /// Bytes of the statement, with the bound after the unit.
    pub(super) bytes: Range<usize>,
    /// The words right before it that say what it is, as bytes; empty for none.
    pub(super) lead_bytes: Range<usize>,
    pub(super) lead: Lead,
    pub(super) value: f64,
    /// The greater end of a range.
    pub(super) upper: Option<f64>,
    pub(super) unit: String,
    pub(super) measure: Measure,
    pub(super) bound: Option<Bound>,
    /// True where 以上, 以内 or the like follows the unit.
    pub(super) bounded: bool,
    /// True for 前10名, 翻一番, which need no noun after them.
    pub(super) whole: bool,
}

const NUMBER: &str = r"(?:(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?[十百千万亿]*|[一二三四五六七八九十两][〇零一二三四五六七八九十百千万亿两]*(?:点[零一二三四五六七八九]+)?)";
const UNTIL: &str = r"\s*(?:至|到|-|—|–|~|～)+\s*";
/// What a unit is counted by, or a second unit: 元/人, 台/套, 套(间).
const PER: &str = r"(?:/(?:平方公里|千瓦时|立方米|公里|[人套件亩年户个吨日天次辆台]))?(?:\([人套件户个台间处栋]\))?";

#[expect(clippy::expect_used, reason = "built-in pattern")]
static FIGURE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(&pattern()).expect("pattern of figures"));

fn pattern() -> String {
    let words = words();
    let all = [&words.ratio, &words.time, &words.measure, &words.count];
    let mut units: Vec<&str> = all.into_iter().flatten().map(String::as_str).collect();
    units.sort_by_key(|unit| std::cmp::Reverse(unit.len()));
    let units = units.iter().map(|unit| regex::escape(unit)).collect::<Vec<_>>().join("|");
    let behind = "(?P<behind>及以上|以上|以内|之内|以下|左右|上下)?";
    [
        format!(
            "(?P<part>[百千]分之)(?:(?P<parts>{NUMBER}){UNTIL}(?:[百千]分之)?)?(?P<share>{NUMBER}){behind}"
        ),
        format!(
            r"(?:(?P<from>{NUMBER})\s?(?:{units})?{UNTIL})?(?P<number>{NUMBER})\s?[余多]?\s?(?P<unit>{units}){PER}{}",
            behind.replace("behind", "after")
        ),
        format!(r"前(?P<rank>{NUMBER})(?P<place>名|位|强)"),
        "(?P<double>翻[一两二三]?番|倍增|翻倍)".to_owned(),
    ]
    .join("|")
}

/// The figures of a folded statement, in order. Dates, and the numbers of articles, are none.
pub(super) fn figures(statement: &str) -> Vec<Figure> {
    FIGURE.captures_iter(statement).filter_map(|found| figure(statement, &found)).collect()
}

fn figure(statement: &str, found: &Captures<'_>) -> Option<Figure> {
    let bytes = found.get(0)?.range();
    let before = statement.get(..bytes.start)?;
    let group = |name: &str| found.name(name).map(|group| group.as_str());
    if is_part_of_more(before, statement.get(bytes.clone())?) {
        return None;
    }
    let Quantity { value, upper, unit, measure } = quantity(&group)?;
    let Led { start, lead, bound: led } = lead_of(before);
    let behind = group("behind").or(group("after"));
    let bounded = behind.is_some();
    let rank = group("rank").is_some();
    let is_year = (1900.0..2200.0).contains(&value) && matches!(unit.as_str(), "年" | "部");
    let wording = statement.get(bytes.clone())?;
    // 三个, 两类: a small Chinese number counts the parts of a sentence, not of the world.
    let small = value < SMALL
        && measure == Measure::Count
        && !wording.contains(|c: char| c.is_ascii_digit())
        && !bounded
        && !matches!(lead, Lead::Reach | Lead::Limit)
        && !rank;
    // 一个新的水平, 一批技术 say no number.
    let article = value < 2.0 && measure == Measure::Count && wording.starts_with('一');
    if is_year || small || article || value <= 0.0 {
        return None;
    }
    let bound = match behind {
        _ if rank => Some(Bound::AtMost),
        Some("以上" | "及以上") => Some(Bound::AtLeast),
        Some("以内" | "之内" | "以下") => Some(Bound::AtMost),
        Some("左右" | "上下") => Some(Bound::About),
        _ => led,
    };
    let whole = rank || group("double").is_some();
    let lead_bytes = start..bytes.start;
    Some(Figure { bytes, lead_bytes, lead, value, upper, unit, measure, bound, bounded, whole })
}

/// Chinese numbers below it that are alone count no things of the world: 三个转变.
const SMALL: f64 = 10.0;

struct Quantity {
    value: f64,
    upper: Option<f64>,
    unit: String,
    measure: Measure,
}

impl Quantity {
    /// A range, or one number where `low` is none or not below `high`.
    fn range(low: Option<f64>, high: f64, unit: &str, measure: Measure) -> Self {
        let (value, upper) = match low {
            Some(low) if low < high => (low, Some(high)),
            _ => (high, None),
        };
        Self { value, upper, unit: unit.to_owned(), measure }
    }
}

fn quantity<'s>(group: &impl Fn(&str) -> Option<&'s str>) -> Option<Quantity> {
    if let Some(share) = group("share") {
        let unit = if group("part")?.starts_with('千') { "‰" } else { "%" };
        let low = group("parts").and_then(value);
        return Some(Quantity::range(low, value(share)?, unit, Measure::Ratio));
    }
    if let Some(rank) = group("rank") {
        return Some(Quantity::range(None, value(rank)?, group("place")?, Measure::Count));
    }
    if let Some(double) = group("double") {
        let times = match double.chars().nth(1) {
            Some('两' | '二') => 4.0,
            Some('三') => 8.0,
            _ => 2.0,
        };
        return Some(Quantity::range(None, times, "倍", Measure::Ratio));
    }
    let unit = group("unit")?;
    let high = value(group("number")?)?;
    let mut low = group("from").and_then(value);
    // 3-5万亩: both ends are in 万.
    let scale =
        group("number")?.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','));
    let plain = group("from").is_some_and(|from| from.ends_with(|c: char| c.is_ascii_digit()));
    if let (Some(end), Some(factor), true) = (low, value(&format!("1{scale}")), plain) {
        low = Some(end * factor);
    }
    Some(Quantity::range(low, high, unit, measure_of(words(), unit)))
}

fn measure_of(words: &Words, unit: &str) -> Measure {
    match () {
        () if is_in(unit, &words.ratio) => Measure::Ratio,
        () if is_in(unit, &words.time) => Measure::Time,
        () if is_in(unit, &words.measure) => Measure::Quantity,
        () => Measure::Count,
    }
}

/// True where the number goes on to the left: 第三条, 2022年6月, 1.5, a1, 数百, 几十. Latin letters
/// right before it are a name only where the figure is short: G60科, not GDP5%.
fn is_part_of_more(before: &str, figure: &str) -> bool {
    let last = before.chars().next_back().unwrap_or(' ');
    let name = last.is_ascii_alphabetic() && !figure.contains('%');
    let vague = matches!(last, '数' | '几') && figure.starts_with('十');
    matches!(last, '第' | '月' | '/' | '.' | '每' | '〔' | '[' | '号' | '-' | '+')
        || name
        || vague
        || last != '点' && value(last.encode_utf8(&mut [0; 4])).is_some()
}

/// What the words right before a figure say.
struct Led {
    /// The byte at which they begin.
    start: usize,
    lead: Lead,
    bound: Option<Bound>,
}

/// Bytes before a figure in which its lead is looked for.
const NEAR: usize = 48;

fn lead_of(before: &str) -> Led {
    let words = words();
    let from =
        before.char_indices().rev().map(|(at, _)| at).take_while(|at| before.len() - at <= NEAR);
    let window = before.get(from.last().unwrap_or(before.len())..).unwrap_or_default();
    let offset = before.len() - window.len();
    let near = window.trim_end_matches(['约', '近', '的', '了', ' ', '为', '到', '至']);
    // 达到, 增长到 end in what is trimmed from 约为.
    let near = if window.ends_with(['到', '至', '为']) { window } else { near };
    let about = window.ends_with(['约', '近']);
    let exact = about.then_some(Bound::About);
    let lists = [
        (&words.least, Lead::Limit, Some(Bound::AtLeast)),
        (&words.most, Lead::Limit, Some(Bound::AtMost)),
        (&words.beyond, Lead::Reach, Some(Bound::AtLeast)),
        (&words.within, Lead::Reach, Some(Bound::AtMost)),
        (&words.adjust, Lead::Adjust, exact),
        (&words.reach, Lead::Reach, exact),
        (&words.change, Lead::Change, exact),
    ];
    let longest = lists
        .into_iter()
        .flat_map(|(list, lead, bound)| list.iter().map(move |word| (word, lead, bound)))
        .filter(|(word, ..)| near.ends_with(word.as_str()))
        .max_by_key(|(word, ..)| word.len());
    match longest {
        // 增长超过5%: what changes, and by how much at least.
        Some((word, Lead::Reach, Some(bound))) => {
            let rest = near.strip_suffix(word.as_str()).unwrap_or(near);
            let change =
                words.change.iter().filter(|w| rest.ends_with(w.as_str())).map(String::len);
            match change.max() {
                Some(length) => Led {
                    start: offset + rest.len() - length,
                    lead: Lead::Change,
                    bound: Some(bound),
                },
                None => Led { start: offset + rest.len(), lead: Lead::Reach, bound: Some(bound) },
            }
        }
        Some((word, lead, bound)) => Led { start: offset + near.len() - word.len(), lead, bound },
        None => Led { start: before.len(), lead: Lead::None, bound: exact },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_have_value_unit_and_bound() {
        use Bound::{About, AtLeast, AtMost};
        let (least, most, about) = (Some(AtLeast), Some(AtMost), Some(About));
        let cases = [
            ("渔业标准400项以上", "400项以上", 400.0, None, "项", least),
            ("达到百分之五十", "百分之五十", 50.0, None, "%", None),
            ("不低于百分之五十", "百分之五十", 50.0, None, "%", least),
            ("占百分之三十至百分之四十", "百分之三十至百分之四十", 30.0, Some(40.0), "%", None),
            ("建设3至5个", "3至5个", 3.0, Some(5.0), "个", None),
            ("造林3-5万亩", "3-5万亩", 3e4, Some(5e4), "亩", None),
            ("增长5%—5.5%", "5%—5.5%", 5.0, Some(5.5), "%", None),
            ("达到50%-60%左右", "50%-60%左右", 50.0, Some(60.0), "%", about),
            ("规模突破3.5万亿元", "3.5万亿元", 3.5e12, None, "元", least),
            ("企业超6000家", "6000家", 6000.0, None, "家", least),
            ("培育一百家", "一百家", 100.0, None, "家", None),
            ("缩短至十八个月以内", "十八个月以内", 18.0, None, "个月", most),
            ("产值翻一番", "翻一番", 2.0, None, "倍", None),
            ("产值翻两番", "翻两番", 4.0, None, "倍", None),
            ("进入全国前10名", "前10名", 10.0, None, "名", most),
            ("总量控制在2,000万吨", "2,000万吨", 2e7, None, "吨", most),
            ("提高约3个百分点", "3个百分点", 3.0, None, "个百分点", about),
            ("养护100余公里", "100余公里", 100.0, None, "公里", None),
            ("研制100台/套以上器具", "100台/套以上", 100.0, None, "台", least),
            ("筹集房源15万套(间)", "15万套(间)", 15e4, None, "套", None),
            ("生产率达到30万元/人左右", "30万元/人左右", 3e5, None, "元", about),
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
    fn leads_are_the_longest_words_before() {
        let cases = [
            ("产值达到5%", Lead::Reach, "达到"),
            ("产值增长超过5%", Lead::Change, "增长超过"),
            ("占比不低于5%", Lead::Limit, "不低于"),
            ("比例由30%调整为20%", Lead::Adjust, "调整为"),
            ("占比约为5%", Lead::None, ""),
            ("能耗降低5%", Lead::Change, "降低"),
        ];
        for (text, lead, wording) in cases {
            let figure = figures(text).pop().unwrap();
            let led = text.get(figure.lead_bytes.clone()).unwrap();
            assert_eq!((figure.lead, led), (lead, wording), "{text}");
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
            "100846,某人",
            "g60科创走廊",
        ] {
            assert_eq!(figures(text), [], "{text}");
        }
    }
}
