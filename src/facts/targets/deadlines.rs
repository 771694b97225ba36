//! Deadlines: the day by which something is to be reached, as policy prose writes it: 到2027年,
//! 2030年底前, 二〇三五年末, “十四五”末, 三年内, 2023—2025年.

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::numerals::value;

/// A deadline in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Deadline {
    /// Bytes of the sentence.
    pub(super) bytes: Range<usize>,
    /// Its year, where it names one.
    pub(super) year: Option<u16>,
}

/// `None` only if the pattern were wrong, which a test rules out.
static DEADLINE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(PATTERN).ok());

const PATTERN: &str = concat!(
    r"20\d\d年?(?:至|到|-|—|–|~|～)+(?P<until>20\d\d)年",
    r"|(?:力争)?(?P<to>到|至|在|于)?(?P<year>(?:19|20)\d\d|二[〇○零][〇○零一二三四五六七八九]{2})年",
    r"(?:\d{1,2}月份?|[一二三四五六七八九十]{1,2}月份?)?(?:\d{1,2}日)?",
    r"(?P<end>年?底|末|中|年末)?(?P<before>以前|之前|前)?",
    r"|(?:到|至)?“?十(?P<plan>[一二三四五六七])五”?(?:规划)?(?:期)?(?P<planned>末|期间|时期)",
    r"|(?:到|至)?本?世纪(?:中叶|末)",
    r"|(?:在|用|力争)?(?:今后|未来)?(?P<span>\d{1,2}|[一二两三四五六七八九十]{1,3})(?:个月|年)(?:左右)?的?(?P<inside>之内|以内|内|时间)",
    r"|(?:今后|未来)(?:\d{1,2}|[一二两三四五六七八九十]{1,3})年",
);

/// Words behind 前 or 末 that make another word of it: 2025年前三季度.
const GOES_ON: [char; 12] =
    ['三', '一', '两', '二', '四', '五', '几', '期', '列', '述', '后', '端'];

/// The deadlines of a folded sentence, in order. A year that says when something happened is none.
pub(super) fn deadlines(sentence: &str) -> Vec<Deadline> {
    let Some(pattern) = DEADLINE.as_ref() else { return Vec::new() };
    pattern.captures_iter(sentence).filter_map(|found| deadline(sentence, &found)).collect()
}

fn deadline(sentence: &str, found: &Captures<'_>) -> Option<Deadline> {
    let bytes = found.get(0)?.range();
    let before = sentence.get(..bytes.start)?;
    let next = sentence.get(bytes.end..)?.chars().next().unwrap_or(' ');
    let has = |name: &str| found.name(name).is_some();
    let year =
        |name: &str| found.name(name).and_then(|year| value(year.as_str())).map(|y| y as u16);
    if has("year") {
        let by = has("before") && !GOES_ON.contains(&next);
        let to = found.name("to").is_some_and(|to| matches!(to.as_str(), "到" | "至"));
        let end = has("end") && found.name("end").is_some_and(|end| end.as_str() != "中");
        let told = before.ends_with(['截', '自', '从', '截', '比', '较', '由']);
        // 2020年至2022年 of a report, and 自2021年1月1日起, promise nothing.
        let starts = next == '起' || next == '以' || next == '度' || told;
        let is_deadline = (by || to || end) && !starts;
        return is_deadline.then(|| Deadline { bytes, year: year("year") });
    }
    if has("span") {
        // 三年内不得从事: a ban, and a number that goes on to the left: 第三年内.
        let part = before.ends_with(['第', '每', '前', '近', '数']) || next == '不';
        return (!part).then_some(Deadline { bytes, year: None });
    }
    let planned = found.name("plan").and_then(|plan| value(plan.as_str()));
    // The twelfth plan ended in 2015, and each takes five years.
    let planned = planned.map(|plan| 2005 + 5 * plan as u16);
    Some(Deadline { bytes, year: year("until").or(planned) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pattern_is_right() {
        assert!(DEADLINE.is_some(), "{:?}", Regex::new(PATTERN));
    }

    #[test]
    fn deadlines_are_read_with_their_year() {
        let cases = [
            ("到2027年,将建成", "到2027年", Some(2027)),
            ("2026年底前,建成", "2026年底前", Some(2026)),
            ("力争到2030年", "力争到2030年", Some(2030)),
            ("到二〇三五年,基本实现", "到二〇三五年", Some(2035)),
            ("在2025年6月底前完成", "在2025年6月底前", Some(2025)),
            ("2025年12月31日前完成", "2025年12月31日前", Some(2025)),
            ("到“十四五”末,建成", "到“十四五”末", Some(2025)),
            ("“十五五”期间新增", "“十五五”期间", Some(2030)),
            ("三年内建成", "三年内", None),
            ("用3年左右时间", "用3年左右时间", None),
            ("未来五年,新增", "未来五年", None),
            ("18个月内完成", "18个月内", None),
            ("2023-2025年,每年新增", "2023-2025年", Some(2025)),
            ("到本世纪中叶", "到本世纪中叶", None),
        ];
        for (text, wording, year) in cases {
            let all = deadlines(text);
            assert_eq!(all.len(), 1, "{text}: {all:?}");
            assert_eq!(text.get(all[0].bytes.clone()), Some(wording));
            assert_eq!(all[0].year, year, "{text}");
        }
    }

    #[test]
    fn a_year_that_only_dates_is_no_deadline() {
        for text in [
            "2022年6月10日,召开",
            "截至2021年底",
            "自2021年1月1日起施行",
            "2025年前三季度",
            "比2020年底增长",
            "三年内不得从事",
            "第三年内",
            "2021年度报告",
            "从2019年至今",
        ] {
            assert_eq!(deadlines(text), [], "{text}");
        }
    }
}
