//! Days as policy texts and their tools write them: 2022年7月19日, 一九九六年六月二十九日,
//! 2022-07-19, RFC 2822 and ISO 8601 with a zone. A moment is given as its day in Beijing, which
//! keeps UTC+8 all year.

use std::sync::LazyLock;

use jiff::civil::Date;
use jiff::tz::Offset;
use jiff::{Timestamp, fmt::rfc2822};
use regex::{Captures, Regex};

use crate::document::PartialDate;
use crate::text::{has_sign, is_longer};

/// The day in Beijing of a date as front matter, feeds and pages write it.
pub(super) fn beijing_day(text: &str) -> Option<PartialDate> {
    let text = text.trim();
    moment(text).map(day_of).or_else(|| first_date(text)).map(PartialDate::from)
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

static ARABIC: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"((?:19|20)\d{2})\s*(?:年|[-./])\s*(0?[1-9]|1[0-2])\s*(?:月|[-./])\s*(3[01]|[12]\d|0?[1-9])\s*日?",
    )
    .ok()
});

static CHINESE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        "([一二三四五六七八九〇零○Ｏ0O]{4})\\s*年\\s*",
        "([元一二三四五六七八九十]{1,2})\\s*月\\s*([一二三四五六七八九十廿]{1,3})\\s*日"
    ))
    .ok()
});

/// The first day that `text` names in full, in Arabic or Chinese numerals.
pub(super) fn first_date(text: &str) -> Option<Date> {
    dated(text).map(|(_, date)| date)
}

/// The first day that `text` names in full, with the bytes it stands in.
pub(super) fn dated(text: &str) -> Option<(std::ops::Range<usize>, Date)> {
    // To look for what every day has is faster than the patterns.
    let arabic = ARABIC.as_ref().filter(|_| has_century(text));
    let chinese = CHINESE.as_ref().filter(|_| has_sign(text, '年') && has_sign(text, '日'));
    let arabic = arabic.and_then(|pattern| pattern.captures(text));
    let chinese = chinese.and_then(|pattern| pattern.captures(text));
    let mut found: Vec<(std::ops::Range<usize>, Date)> = arabic
        .and_then(|found| place(&found, arabic_number))
        .into_iter()
        .chain(chinese.and_then(|found| place(&found, chinese_number)))
        .collect();
    found.sort_by_key(|(range, _)| range.start);
    found.into_iter().next()
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

/// True where `text` is a day and nothing else.
pub(super) fn is_date_line(text: &str) -> bool {
    let bare = text.trim().trim_matches(['(', ')', '（', '）', '[', ']']);
    // Nearly every line is asked, and nearly none begins with a year.
    let begins = bare.starts_with(|c| matches!(c, '1' | '2') || digit(c).is_some());
    begins && dated(bare).is_some_and(|(range, _)| range.len() == bare.len())
}

/// True for a short line that ends with a day: a date line, or one with who signed before it.
pub(super) fn ends_with_day(text: &str) -> bool {
    let bare = text.trim().trim_end_matches([')', '）']);
    let is_short = !is_longer(bare, SIGNED_LINE);
    let ends = bare.ends_with(|c: char| c == '日' || c.is_numeric());
    is_short && ends && dated(bare).is_some_and(|(range, _)| range.end == bare.len())
}

/// Characters of the longest line that names who signed and when.
const SIGNED_LINE: usize = 40;

fn place(
    found: &Captures<'_>,
    number: fn(&str) -> Option<i16>,
) -> Option<(std::ops::Range<usize>, Date)> {
    let part = |n: usize| number(found.get(n)?.as_str());
    let date = Date::new(part(1)?, part(2)?.try_into().ok()?, part(3)?.try_into().ok()?).ok()?;
    Some((found.get(0)?.range(), date))
}

fn arabic_number(text: &str) -> Option<i16> {
    text.parse().ok()
}

/// 一九九六 digit by digit, 二十九 by tens.
fn chinese_number(text: &str) -> Option<i16> {
    let digits: Option<Vec<i16>> = text.chars().map(digit).collect();
    match digits?.as_slice() {
        [10] => Some(10),
        [10, ones] => Some(10 + ones),
        [20, ones] => Some(20 + ones),
        [tens, 10] => Some(tens * 10),
        [tens, 10, ones] => Some(tens * 10 + ones),
        digits => Some(digits.iter().fold(0, |number, digit| number * 10 + digit)),
    }
}

fn digit(c: char) -> Option<i16> {
    Some(match c {
        '〇' | '零' | '○' | 'Ｏ' | '0' | 'O' => 0,
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
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_in_every_way_they_are_written() {
        let cases = [
            ("Mon, 18 Jul 2022 20:55:00 GMT", "2022-07-19"),
            ("2021-10-10T23:00:00Z", "2021-10-11"),
            ("2021-10-10T23:00:00+08:00", "2021-10-10"),
            ("2022-02-17 13:05", "2022-02-17"),
            ("发布时间：2022年2月7日 10:00", "2022-02-07"),
            ("2014.10.09", "2014-10-09"),
            ("一九九六年六月二十九日", "1996-06-29"),
            ("二〇二〇年十月十日", "2020-10-10"),
            ("二○○八年十二月三十一日", "2008-12-31"),
            ("二零一九年元月廿一日", "2019-01-21"),
            ("1633855114", "2021-10-10"),
        ];
        for (text, day) in cases {
            assert_eq!(beijing_day(text).map(|d| d.to_string()).as_deref(), Some(day), "{text}");
        }
    }

    #[test]
    fn what_is_no_day_gives_none() {
        for text in ["", "2022年", "2022年13月1日", "2022年2月30日", "十月", "１２３", "年年年"]
        {
            assert_eq!(beijing_day(text), None, "{text}");
        }
    }

    #[test]
    fn a_date_line_holds_nothing_but_the_day() {
        assert!(is_date_line(" 2019年1月27日 ") && is_date_line("（二〇一九年一月二十七日）"));
        assert!(!is_date_line("自2019年1月27日起施行。"));
    }
}
