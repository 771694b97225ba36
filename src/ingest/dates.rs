//! Dates as policy texts and their tools write them: 2022年7月19日, 一九九六年六月二十九日,
//! 中華民國106年3月24日, ２０２２年７月, 2022-07-19, RFC 2822 and ISO 8601 with a zone. A moment is given
//! as its day in Beijing, which keeps UTC+8 all year.

use std::ops::Range;
use std::sync::LazyLock;

use jiff::civil::Date;
use jiff::tz::Offset;
use jiff::{Timestamp, fmt::rfc2822};
use regex::{Captures, Regex};

use super::pattern::built_in;
use crate::document::PartialDate;
use crate::text::{has_sign, is_longer};

/// The date that `text` gives as a value, as front matter, feeds, columns and pages write it: of a
/// moment its day in Beijing, of a text the first day that it names in full; a month or a year where
/// it is nothing else.
pub(super) fn beijing_date(text: &str) -> Option<PartialDate> {
    let text = text.trim();
    let day = moment(text).map(day_of).or_else(|| compact(text)).or_else(|| first_day(text));
    day.map(PartialDate::from).or_else(|| month_or_year(text))
}

fn moment(text: &str) -> Option<Timestamp> {
    rfc2822::DateTimeParser::new()
        .relaxed_weekday(true)
        .parse_timestamp(text)
        .ok()
        .or_else(|| text.parse().ok())
        .or_else(|| unix_time(text))
}

/// Seconds or milliseconds since 1970, as databases export them: 10 or 13 digits.
fn unix_time(text: &str) -> Option<Timestamp> {
    let digits = text.bytes().all(|b| b.is_ascii_digit());
    match (digits, text.len()) {
        (true, 10) => Timestamp::from_second(text.parse().ok()?).ok(),
        (true, 13) => Timestamp::from_millisecond(text.parse().ok()?).ok(),
        _ => None,
    }
}

fn day_of(moment: Timestamp) -> Date {
    Offset::constant(8).to_datetime(moment).date()
}

/// 20220719, which is a day only as a whole value.
fn compact(text: &str) -> Option<Date> {
    if text.len() != 8 || !text.starts_with(['1', '2']) {
        return None;
    }
    let part = |range: Range<usize>| number(text.get(range)?);
    Date::new(part(0..4)?, part(4..6)? as i8, part(6..8)? as i8).ok()
}

/// A digit, half-width or full-width.
const DIGIT: &str = "[0-9０-９]";
/// A year, a month and a day in Arabic digits.
const YEAR: &str = "(?:19|20|１９|２０)[0-9０-９]{2}";
const MONTH: &str = "[0０]?[1-9１-９]|[1１][0-2０-２]";
const DAY: &str = "[3３][01０１]|[12１２][0-9０-９]|[0０]?[1-9１-９]";
/// Between two of them, where no word is.
const BETWEEN: &str = "[-./／．－‐–—]";
/// Characters of Chinese numbers; ○, ◯, Ｏ and O are written for 〇.
const HAN_DIGIT: &str = "[〇零○◯ＯOo0０一二三四五六七八九]";
const HAN_MONTH: &str = r"[元一二三四五六七八九十](?:\s*[一二])?";
const HAN_DAY: &str = r"[一二三四五六七八九十廿卅](?:\s*[一二三四五六七八九十]){0,2}";

static ARABIC: LazyLock<Regex> = LazyLock::new(|| {
    built_in(&format!(
        r"({YEAR})\s*(?:年|{BETWEEN})\s*({MONTH})\s*(?:月|{BETWEEN})\s*({DAY})(?:\s*[日号號])?"
    ))
});

static CHINESE: LazyLock<Regex> = LazyLock::new(|| {
    built_in(&format!(
        r"({HAN_DIGIT}(?:\s*{HAN_DIGIT}){{3}}|{YEAR})\s*年\s*({HAN_MONTH}|{MONTH})\s*月\s*({HAN_DAY}|{DAY})\s*[日号號]"
    ))
});

/// A year of the Republic, which counts from 1912.
static REPUBLIC: LazyLock<Regex> = LazyLock::new(|| {
    built_in(&format!(
        r"(?:中[華华])?民[國国]\s*({DIGIT}{{1,3}}|[一二三四五六七八九十百零〇○]{{1,6}})\s*年\s*({HAN_MONTH}|{MONTH})\s*月\s*({HAN_DAY}|{DAY})\s*日"
    ))
});

static MONTH_ALONE: LazyLock<Regex> = LazyLock::new(|| {
    built_in(&format!(
        r"^(?:({HAN_DIGIT}(?:\s*{HAN_DIGIT}){{3}}|{YEAR})\s*年\s*({HAN_MONTH}|{MONTH})\s*月(?:份)?|({YEAR}){BETWEEN}({MONTH}))$"
    ))
});

static YEAR_ALONE: LazyLock<Regex> = LazyLock::new(|| {
    built_in(&format!(r"^(?:({YEAR})(?:\s*年度?)?|({HAN_DIGIT}(?:\s*{HAN_DIGIT}){{3}})\s*年度?)$"))
});

/// The first day that `text` names in full, in Arabic or Chinese numerals.
pub(super) fn first_day(text: &str) -> Option<Date> {
    dated(text).map(|(_, date)| date)
}

/// The first day that `text` names in full, with the bytes it is in.
pub(super) fn dated(text: &str) -> Option<(Range<usize>, Date)> {
    // To look for what every day has is faster than the patterns.
    let (has_year, is_wide) = (has_sign(text, '年'), has_sign(text, '０'));
    let mut found: Option<(Range<usize>, Date)> = None;
    let mut add = |pattern: &Regex, epoch: i16| {
        let first = pattern.captures_iter(text).find_map(|found| place(text, &found, epoch));
        if let Some(first) = first
            && found.as_ref().is_none_or(|known| first.0.start < known.0.start)
        {
            found = Some(first);
        }
    };
    if has_century(text) || is_wide {
        add(&ARABIC, 0);
    }
    if has_year {
        add(&CHINESE, 0);
        if has_sign(text, '民') {
            add(&REPUBLIC, FIRST_OF_REPUBLIC - 1);
        }
    }
    found
}

const FIRST_OF_REPUBLIC: i16 = 1912;

/// The month or the year that `text` is and nothing else.
pub(super) fn month_or_year(text: &str) -> Option<PartialDate> {
    let text = text.trim();
    if let Some(found) = MONTH_ALONE.captures(text) {
        let part = |one: usize, other: usize| {
            number(found.get(one).or_else(|| found.get(other))?.as_str())
        };
        return PartialDate::of_month(year(part(1, 3)?)?, part(2, 4)? as i8);
    }
    let found = YEAR_ALONE.captures(text)?;
    PartialDate::of_year(year(number(found.get(1).or_else(|| found.get(2))?.as_str())?)?)
}

/// True for a date that a day in the text makes more precise: none, or a year.
pub(super) fn is_vague(date: Option<PartialDate>) -> bool {
    date.is_none_or(|date| date.month().is_none())
}

/// The year, where texts like these may be of it.
fn year(year: i16) -> Option<i16> {
    (1900..=2100).contains(&year).then_some(year)
}

/// True where `text` has 19 or 20. Without a branch for each byte.
fn has_century(text: &str) -> bool {
    let bytes = text.as_bytes();
    let (_, second) = bytes.split_at(1.min(bytes.len()));
    let each = bytes.iter().zip(second);
    each.fold(0, |found, (a, b)| {
        found | u8::from(((*a == b'1') & (*b == b'9')) | ((*a == b'2') & (*b == b'0')))
    }) != 0
}

/// Marks that enclose a date on a line of its own.
pub(super) const BRACKETS: [char; 10] = ['(', ')', '（', '）', '[', ']', '［', '］', '【', '】'];

/// The day or month that `text` is and nothing else, brackets aside.
pub(super) fn date_line(text: &str) -> Option<PartialDate> {
    let bare = text.trim().trim_matches(BRACKETS).trim();
    // Nearly every line is asked, and nearly none begins with a year.
    let begins = bare
        .starts_with(|c| matches!(c, '1' | '2' | '１' | '２' | '中' | '民') || digit(c).is_some());
    if !begins || is_longer(bare, LONGEST_DATE) {
        return None;
    }
    match dated(bare) {
        Some((range, day)) => (range.len() == bare.len()).then(|| day.into()),
        None => month_or_year(bare).filter(|date| date.month().is_some()),
    }
}

/// Characters of the longest date: 中華民國一百一十三年十二月二十五日, with spaces between.
const LONGEST_DATE: usize = 40;

/// True where `text` is a day or a month and nothing else.
pub(super) fn is_date_line(text: &str) -> bool {
    date_line(text).is_some()
}

/// True for a short line that ends with a day: a date line, or one with who signed before it.
pub(super) fn ends_with_day(text: &str) -> bool {
    let bare = text.trim().trim_end_matches([')', '）']);
    let is_short = !is_longer(bare, SIGNED_LINE);
    let ends = bare.ends_with(|c: char| c == '日' || c.is_numeric());
    is_short && ends && last_dated(bare).is_some_and(|(range, _)| range.end == bare.len())
        || is_date_line(text)
}

/// Characters of the longest line that names who signed and when.
const SIGNED_LINE: usize = 40;

/// The last day that `text` names in full, with the bytes it is in.
pub(super) fn last_dated(text: &str) -> Option<(Range<usize>, Date)> {
    let (mut from, mut last) = (0, None);
    while let Some((range, day)) = text.get(from..).and_then(dated) {
        let whole = from + range.start..from + range.end;
        from = whole.end;
        last = Some((whole, day));
    }
    last
}

fn place(text: &str, found: &Captures<'_>, epoch: i16) -> Option<(Range<usize>, Date)> {
    let part = |n: usize| number(found.get(n)?.as_str());
    let range = found.get(0)?.range();
    // A year inside a longer number is none.
    let before = text.get(..range.start)?.chars().next_back();
    let after = text.get(range.end..)?.chars().next();
    let goes_on = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let ends_in_digit = text.get(range.clone())?.ends_with(|c: char| c.is_ascii_digit());
    // The time of day may follow at once: 2022-02-1713:05.
    let clock = text.get(range.end..)?.trim_start_matches(|c: char| c.is_ascii_digit());
    let at_once = found.get(3)?.len() == 2 && clock.starts_with([':', '：']);
    if goes_on(before) || goes_on(after) && ends_in_digit && !at_once {
        return None;
    }
    let year = year(part(1)?.checked_add(epoch)?)?;
    Some((range, Date::new(year, part(2)? as i8, part(3)? as i8).ok()?))
}

/// A number of Arabic digits or Chinese numerals: 一九九六 digit by digit, 二十九 by tens. At most four
/// digits.
fn number(text: &str) -> Option<i16> {
    let digits: Vec<i16> =
        text.chars().filter(|c| !c.is_whitespace()).map(digit).collect::<Option<_>>()?;
    if digits.is_empty() || digits.len() > 6 {
        return None;
    }
    if digits.iter().all(|digit| *digit < 10) {
        return digits.iter().try_fold(0i16, |n, digit| n.checked_mul(10)?.checked_add(*digit));
    }
    let (mut total, mut open) = (0, 0);
    for digit in digits {
        match digit {
            0..=9 => open = digit,
            10 | 100 => {
                total += i16::max(open, 1) * digit;
                open = 0;
            }
            tens => total += tens,
        }
    }
    Some(total + open)
}

fn digit(c: char) -> Option<i16> {
    Some(match c {
        '0'..='9' => c as i16 - '0' as i16,
        '０'..='９' => c as i16 - '０' as i16,
        '〇' | '零' | '○' | '◯' | 'Ｏ' | 'O' | 'o' => 0,
        '元' | '一' => 1,
        '二' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        '十' => 10,
        '廿' => 20,
        '卅' => 30,
        '百' => 100,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_every_way_they_are_written() {
        let cases = [
            ("Mon, 18 Jul 2022 20:55:00 GMT", "2022-07-19"),
            ("2021-10-10T23:00:00Z", "2021-10-11"),
            ("2021-10-10T23:00:00+08:00", "2021-10-10"),
            ("2022-02-17 13:05", "2022-02-17"),
            ("发布时间：2022年2月7日 10:00", "2022-02-07"),
            ("2014.10.09", "2014-10-09"),
            ("2022-02-1713:05来源", "2022-02-17"),
            ("2014/1/9", "2014-01-09"),
            ("20141009", "2014-10-09"),
            ("2014 年 10 月 9 日", "2014-10-09"),
            ("一九九六年六月二十九日", "1996-06-29"),
            ("二〇二〇年十月十日", "2020-10-10"),
            ("二○○八年十二月三十一日", "2008-12-31"),
            ("二○三○年一月二日", "2030-01-02"),
            ("二◯一七年三月五日", "2017-03-05"),
            ("二 〇 一 七 年 三 月 二 十 五 日", "2017-03-25"),
            ("二零一九年元月廿一日", "2019-01-21"),
            ("２０１９年１０月３０日", "2019-10-30"),
            ("中華民國106年3月24日", "2017-03-24"),
            ("民国一百一十三年十二月二十五日", "2024-12-25"),
            ("2017年三月五日", "2017-03-05"),
            ("二〇二〇年三月卅一日", "2020-03-31"),
            ("二〇二〇年十二月三十日", "2020-12-30"),
            ("二〇二〇年十一月十日", "2020-11-10"),
            ("民国1年1月1日", "1912-01-01"),
            ("民国一百零二年二月三日", "2013-02-03"),
            ("2099年1月1日", "2099-01-01"),
            ("1900年1月1日", "1900-01-01"),
            ("2014－01－09", "2014-01-09"),
            ("1633855114", "2021-10-10"),
            ("1633855114000", "2021-10-10"),
            ("二◯一七年三月", "2017-03"),
            ("2017年12月", "2017-12"),
            ("2017-03", "2017-03"),
            ("2025", "2025"),
            ("２０２５年", "2025"),
            ("二〇二五年", "2025"),
        ];
        for (text, day) in cases {
            assert_eq!(beijing_date(text).map(|d| d.to_string()).as_deref(), Some(day), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_gives_none() {
        let texts = [
            "",
            "2022年13月1日",
            "2022年2月30日",
            "十月",
            "１２３",
            "年年年",
            "12022-10-10",
            "0571-2019",
            "一二三四五",
            "2019年的工作",
            "民国年间",
            "99999999",
            "20191332",
            "2022-10-100",
            "1888年1月1日",
            "30220719",
            "163385511",
            "163385511400",
            "16338551140000",
            "2022-02-1713",
            "民国200年1月1日",
            "民国1000年1月1日",
            "2101",
            "2101年3月",
            "一千九百年",
        ];
        for text in texts {
            assert_eq!(beijing_date(text), None, "{text}");
        }
    }

    #[test]
    fn the_first_and_the_last_day_of_a_text_are_found_where_they_are() {
        let text = "2013年11月22日批准2013年12月9日公布";
        assert_eq!(dated(text).map(|(range, _)| range), Some(0..17));
        let (range, day) = last_dated(text).unwrap();
        assert_eq!(
            (text.get(range), day.to_string().as_str()),
            (Some("2013年12月9日"), "2013-12-09")
        );
        let both = "一九九六年一月二日至1995年3月4日";
        assert_eq!(first_day(both).unwrap().to_string(), "1996-01-02");
        assert_eq!(last_dated("无"), None);
        assert_eq!(dated("自2030年2月31日，2031年1月1日").unwrap().1.to_string(), "2031-01-01");
    }

    #[test]
    fn a_year_alone_is_vague_and_a_month_is_not() {
        for (date, vague) in [("2019", true), ("2019-01", false), ("2019-01-27", false)] {
            assert_eq!(is_vague(date.parse().ok()), vague, "{date}");
        }
        assert!(is_vague(None));
    }

    #[test]
    fn a_date_line_holds_nothing_but_the_date() {
        let dates = [
            " 2019年1月27日 ",
            "（二〇一九年一月二十七日）",
            "［2024-05-06］",
            "二〇一七年三月",
            "【2024.5.6】",
            "中華民國106年3月24日",
        ];
        for line in dates {
            assert!(is_date_line(line), "{line}");
        }
        let others = [
            "自2019年1月27日起施行。",
            "2019",
            "2019年",
            "2019年1月27日至28日",
            "一、总则",
            "2019年1月27日 张三",
        ];
        for line in others {
            assert!(!is_date_line(line), "{line}");
        }
        assert!(ends_with_day("某某局 2019年1月27日") && ends_with_day("（某某局2019年1月27日）"));
        assert!(
            ends_with_day("二〇一七年三月") && ends_with_day("2018年1月1日修订，2019年1月27日")
        );
        assert!(!ends_with_day("2019年1月27日某某局") && !ends_with_day("共27"));
        let signed = |chars: usize| ends_with_day(&format!("{}2019年1月27日", "某".repeat(chars)));
        assert!(signed(30) && !signed(31), "10 characters of the day, 40 in all");
        assert!(date_line(&format!("2019年1月27日{}", " ".repeat(40))).is_some());
    }
}
