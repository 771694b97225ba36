//! Days of a statement, as policy prose writes them: the day by which something is to be reached
//! (到2027年, 2030年底前, 二〇三五年末, “十四五”末, 三年内, 今年), and the year in which it was (2025年,
//! 去年).

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::numerals::value;
use crate::document::PartialDate;

/// What a day is to the figures after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// They are to be reached by it.
    By,
    /// They were or will be reached in it: 2025年, 去年.
    In,
    /// They were reached since it began, or up to it: 今年以来, 截至2020年底.
    Since,
}

/// How far a day governs what follows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// To the end of the statement: 到2027年.
    Statement,
    /// To the end of its clause, unless it is the whole clause: 2025年底前完成.
    Clause,
}

/// A day in a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Day {
    /// Bytes of the statement.
    pub(super) bytes: Range<usize>,
    /// As much of it as is named.
    pub(super) date: Option<PartialDate>,
    pub(super) role: Role,
    pub(super) scope: Scope,
}

impl Day {
    /// Its year, where it names one.
    pub(super) fn year(&self) -> Option<i16> {
        self.date.map(PartialDate::year)
    }
}

#[expect(clippy::expect_used, reason = "built-in pattern")]
static DAY: LazyLock<Regex> = LazyLock::new(|| Regex::new(PATTERN).expect("pattern of days"));

const PATTERN: &str = concat!(
    r"20\d\d年?(?:至|到|-|—|–|~|～)+(?P<until>20\d\d)年",
    r"|(?P<to>到|至)?(?P<year>(?:19|20)\d\d|二[〇○零][〇○零一二三四五六七八九]{2})年",
    r"(?:(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})月份?)?(?:(?P<day>\d{1,2})日)?",
    r"(?P<end>年?底|末|年末)?(?P<before>以前|之前|前)?",
    r"|(?P<toplan>到|至)?“?十(?P<plan>[一二三四五六七])五”?(?:规划)?(?P<planned>末|期间|时期|以来|的?五年)?",
    r"|(?:到|至)?本?世纪(?:中叶|末)",
    r"|(?:在|用)?(?:今后|未来)?(?P<span>\d{1,2}|[一二两三四五六七八九十]{1,3})(?:个月|年)(?:左右)?的?(?P<inside>之内|以内|内|时间)",
    r"|(?:今后|未来)(?:\d{1,2}|[一二两三四五六七八九十]{1,3})年",
    r"|(?P<relative>今年|本年度|本年|年内|明年|去年|上年|前年)(?P<rest>以来|上半年|前[一二三四五六七八九十\d]|\d{1,2}(?:月|-|—))?",
);

/// Words after 前 or 末 that make another word of it: 2025年前三季度.
const GOES_ON: [char; 12] =
    ['三', '一', '两', '二', '四', '五', '几', '期', '列', '述', '后', '端'];

/// The days of a folded statement, in order, of a text written in the year `written`.
pub(super) fn days(statement: &str, written: Option<i16>) -> Vec<Day> {
    DAY.captures_iter(statement).filter_map(|found| day(statement, &found, written)).collect()
}

fn day(statement: &str, found: &Captures<'_>, written: Option<i16>) -> Option<Day> {
    let bytes = found.get(0)?.range();
    let before = statement.get(..bytes.start)?;
    let next = statement.get(bytes.end..)?.chars().next().unwrap_or(' ');
    let group = |name: &str| found.name(name).map(|group| group.as_str());
    let number = |name: &str| group(name).and_then(value).map(|n| n as i16);
    let of_year = |year: Option<i16>| year.and_then(PartialDate::of_year);
    let by = |date, scope| Some(Day { bytes: bytes.clone(), date, role: Role::By, scope });
    if let Some(year) = number("year") {
        return dated(statement, found, year);
    }
    if let Some(word) = group("relative") {
        // 今年以来, 今年1—9月: what has been.
        let past = group("rest").is_some();
        let year = match word {
            "明年" => 1,
            "去年" | "上年" => -1,
            "前年" => -2,
            _ => 0,
        };
        let role = match () {
            () if past => Role::Since,
            () if year < 0 => Role::In,
            () => Role::By,
        };
        let date = of_year(written.map(|written| written + year));
        let whole = word == "年内"
            && before.ends_with(|c: char| c.is_numeric() || "半一两三五".contains(c));
        // 比上年, 去年的: what it is compared with.
        let compared = year < 0 && before.ends_with(['比', '较', '于']);
        return (!whole && !compared).then_some(Day { bytes, date, role, scope: Scope::Statement });
    }
    if group("span").is_some() {
        // 三年内不得从事: a ban, and a number that goes on to the left: 第三年内.
        let part = before.ends_with(['第', '每', '前', '近', '数']) || next == '不';
        return if part { None } else { by(None, Scope::Clause) };
    }
    if let Some(plan) = group("plan").and_then(value) {
        // The twelfth plan ended in 2015, and each takes five years.
        let end = 2005 + 5 * plan as i16;
        let since = group("planned") == Some("以来") || written.is_some_and(|w| end < w);
        return match (group("toplan"), group("planned")) {
            (_, Some(_)) | (Some(_), _) => {
                let role = if since { Role::In } else { Role::By };
                Some(Day { bytes, date: of_year(Some(end)), role, scope: Scope::Statement })
            }
            // A name: “十四五”规划.
            (None, None) => None,
        };
    }
    by(of_year(number("until")), Scope::Statement)
}

fn dated(statement: &str, found: &Captures<'_>, year: i16) -> Option<Day> {
    let bytes = found.get(0)?.range();
    let before = statement.get(..bytes.start)?;
    let next = statement.get(bytes.end..)?.chars().next().unwrap_or(' ');
    let has = |name: &str| found.name(name).is_some();
    let number = |name: &str| found.name(name).and_then(|n| value(n.as_str())).map(|n| n as i8);
    let by_before = has("before") && !GOES_ON.contains(&next);
    let end = has("end");
    let told =
        before.ends_with(['截', '自', '从', '比', '较', '由', '至']) || before.ends_with("截止");
    let starts = matches!(next, '起' | '以' | '度') || told;
    let date = match (number("month"), number("day")) {
        (Some(month), Some(day)) => {
            jiff::civil::Date::new(year, month, day).ok().map(PartialDate::from)
        }
        (Some(month), None) => PartialDate::of_month(year, month),
        _ => PartialDate::of_year(year),
    };
    let date = date.or_else(|| PartialDate::of_year(year));
    let is_by = (by_before || has("to") || end) && !starts;
    // 截至2020年底: what there was by then.
    if before.ends_with('截') || before.ends_with("截止") {
        return Some(Day { bytes, date, role: Role::Since, scope: Scope::Statement });
    }
    // 2022年6月10日: when something took place, which governs no figure.
    if !is_by && (has("month") || starts && next != '以') {
        return None;
    }
    let scope = if has("to") { Scope::Statement } else { Scope::Clause };
    let role = if is_by { Role::By } else { Role::In };
    Some(Day { bytes, date, role, scope })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str, role: Role) -> Vec<(&str, Option<String>)> {
        let shown = |day: Day| (text.get(day.bytes).unwrap(), day.date.map(|d| d.to_string()));
        days(text, Some(2024)).into_iter().filter(|day| day.role == role).map(shown).collect()
    }

    #[test]
    fn deadlines_are_read_with_their_date() {
        let cases = [
            ("到2027年,将建成", "到2027年", Some("2027")),
            ("2026年底前,建成", "2026年底前", Some("2026")),
            ("到二〇三五年,基本实现", "到二〇三五年", Some("2035")),
            ("2025年6月底前完成", "2025年6月底前", Some("2025-06")),
            ("2025年12月31日前完成", "2025年12月31日前", Some("2025-12-31")),
            ("到“十四五”末,建成", "到“十四五”末", Some("2025")),
            ("“十五五”期间新增", "“十五五”期间", Some("2030")),
            ("三年内建成", "三年内", None),
            ("用3年左右时间", "用3年左右时间", None),
            ("未来五年,新增", "未来五年", None),
            ("18个月内完成", "18个月内", None),
            ("2023-2025年,每年新增", "2023-2025年", Some("2025")),
            ("到本世纪中叶", "到本世纪中叶", None),
            ("今年预期目标", "今年", Some("2024")),
            ("年内完成", "年内", Some("2024")),
        ];
        for (text, wording, date) in cases {
            assert_eq!(all(text, Role::By), [(wording, date.map(str::to_owned))], "{text}");
        }
    }

    #[test]
    fn years_that_only_date_are_no_deadline() {
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
            "今年以来",
            "今年1-9月",
            "比上年增长",
            "“十四五”规划",
        ] {
            assert_eq!(all(text, Role::By), [], "{text}");
        }
        assert_eq!(all("2023年,新增", Role::In), [("2023年", Some("2023".to_owned()))]);
        assert_eq!(
            all("截至2021年底,建成", Role::Since),
            [("至2021年底", Some("2021".to_owned()))]
        );
        assert_eq!(all("去年新增", Role::In), [("去年", Some("2023".to_owned()))]);
        assert_eq!(all("“十三五”期间", Role::In), [("“十三五”期间", Some("2020".to_owned()))]);
    }
}
