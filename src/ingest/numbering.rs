//! The numbers that policy texts put in front of chapters, articles, paragraphs and items.

/// A kind of number, from the largest part of a text to the smallest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Mark {
    /// 第一编, 第一部分, 第一篇.
    Part,
    /// 第一章.
    Chapter,
    /// 第一节.
    Section,
    /// 第一条.
    Article,
    /// 一、
    Numeral,
    /// （一）
    NumeralInBrackets,
    /// 1. or 1、
    Number,
    /// （1） or ①
    NumberInBrackets,
    /// 1.2.3, with the count of its parts.
    Decimal(u8),
    /// —— or ·
    Dash,
}

/// The number in front of `line`, and what follows it.
pub(super) fn mark_of(line: &str) -> Option<(Mark, &str)> {
    match line.chars().next()? {
        '第' => ordinal(line),
        '（' | '(' => in_brackets(line),
        '—' | '·' | '•' | '●' | '■' | '◆' => dash(line),
        '①'..='⑳' => {
            Some((Mark::NumberInBrackets, line.trim_start_matches(|c| matches!(c, '①'..='⑳'))))
        }
        c if c.is_ascii_digit() => number(line),
        c if is_numeral(c) => numeral(line),
        _ => None,
    }
}

fn is_numeral(c: char) -> bool {
    matches!(
        c,
        '一' | '二'
            | '三'
            | '四'
            | '五'
            | '六'
            | '七'
            | '八'
            | '九'
            | '十'
            | '百'
            | '零'
            | '〇'
            | '廿'
    )
}

/// 第…章 and its like: between the two, numerals or digits only.
fn ordinal(line: &str) -> Option<(Mark, &str)> {
    let rest = line.strip_prefix('第')?;
    let unit = rest.trim_start_matches(|c: char| is_numeral(c) || c.is_ascii_digit() || c == '两');
    if unit.len() == rest.len() {
        return None;
    }
    let units = [
        ("部分", Mark::Part),
        ("编", Mark::Part),
        ("編", Mark::Part),
        ("篇", Mark::Part),
        ("章", Mark::Chapter),
        ("节", Mark::Section),
        ("節", Mark::Section),
        ("条", Mark::Article),
        ("條", Mark::Article),
    ];
    let (mark, behind) =
        units.iter().find_map(|(name, mark)| Some((*mark, unit.strip_prefix(name)?)))?;
    // 第三条的规定, 第一章至第三章 are no headings.
    let begins = |c: char| {
        c.is_whitespace()
            || matches!(c, '　' | '【' | '（' | '(' | '：' | ':' | '之')
            || mark != Mark::Article
    };
    let is_reference =
        behind.starts_with(['至', '和', '、', '第', '规', '的', '中', '所', '，', '款']);
    (behind.chars().next().is_none_or(begins) && !is_reference).then_some((mark, behind))
}

fn in_brackets(line: &str) -> Option<(Mark, &str)> {
    let inside = line.strip_prefix(['（', '('])?;
    let (label, behind) = inside.split_once(['）', ')'])?;
    match label {
        "" => None,
        _ if label.chars().all(is_numeral) => Some((Mark::NumeralInBrackets, behind)),
        _ if label.chars().all(|c| c.is_ascii_digit()) && label.len() <= 3 => {
            Some((Mark::NumberInBrackets, behind))
        }
        _ => None,
    }
}

fn dash(line: &str) -> Option<(Mark, &str)> {
    let rest = line.trim_start_matches(['—', '·', '•', '●', '■', '◆']);
    (!rest.is_empty()).then_some((Mark::Dash, rest))
}

fn numeral(line: &str) -> Option<(Mark, &str)> {
    let rest = line.trim_start_matches(is_numeral);
    let behind = rest.strip_prefix(['、', '．', '.'])?;
    Some((Mark::Numeral, behind))
}

/// 1. 1、 1．, and 1.2 with text after it; no year, no amount (1.5亿元).
fn number(line: &str) -> Option<(Mark, &str)> {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    if line.len() - rest.len() > 3 {
        return None;
    }
    if let Some(behind) = rest.strip_prefix(['、', '．']) {
        return Some((Mark::Number, behind));
    }
    let behind = rest.strip_prefix('.')?;
    match behind.chars().next() {
        Some(c) if c.is_ascii_digit() => decimal(line),
        _ => Some((Mark::Number, behind)),
    }
}

fn decimal(line: &str) -> Option<(Mark, &str)> {
    let behind = line.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let label = line.get(..line.len() - behind.len())?.trim_end_matches('.');
    let parts = label.split('.').count();
    let small = label.split('.').all(|part| part.len() <= 2);
    // An amount has a unit or a sign after it, a heading has words.
    let unit = behind
        .starts_with(['亿', '万', '元', '%', '％', '倍', '个', '吨', '米', '千', '分', '年', '月']);
    (small && !unit && !behind.is_empty()).then_some((Mark::Decimal(parts as u8), behind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_told_from_amounts_and_references() {
        let cases = [
            ("第一章 总则", Some(Mark::Chapter)),
            ("第一章总则", Some(Mark::Chapter)),
            ("第二部分 任务", Some(Mark::Part)),
            ("第十二条 本条例自公布之日起施行。", Some(Mark::Article)),
            ("第十二条的规定", None),
            ("第三条、第四条", None),
            ("第一批项目", None),
            ("一、总体要求", Some(Mark::Numeral)),
            ("一是加强", None),
            ("（十二）推进", Some(Mark::NumeralInBrackets)),
            ("(一)我国", Some(Mark::NumeralInBrackets)),
            ("（试行）", None),
            ("1.建设", Some(Mark::Number)),
            ("10、探索", Some(Mark::Number)),
            ("1.1研究背景", Some(Mark::Decimal(2))),
            ("1.5亿元", None),
            ("1.234 米", None),
            ("1.2.3 施工", Some(Mark::Decimal(3))),
            ("1234、甲", None),
            ("2024.本年", None),
            ("第三条第二款", None),
            ("第三条款目", None),
            ("第○条", None),
            ("2019年", None),
            ("（3）其他", Some(Mark::NumberInBrackets)),
            ("①甲", Some(Mark::NumberInBrackets)),
            ("——全域", Some(Mark::Dash)),
            ("", None),
        ];
        for (line, mark) in cases {
            assert_eq!(mark_of(line).map(|(mark, _)| mark), mark, "{line}");
        }
    }

    #[test]
    fn every_unit_has_its_kind_in_both_scripts() {
        let cases = [
            ("第一编 总则", Mark::Part),
            ("第一編 總則", Mark::Part),
            ("第一篇", Mark::Part),
            ("第二节 甲", Mark::Section),
            ("第二節 甲", Mark::Section),
            ("第三條 甲", Mark::Article),
            ("第三条", Mark::Article),
            ("第12条 甲", Mark::Article),
            ("第两百条　甲", Mark::Article),
            ("第三条【目的】甲", Mark::Article),
            ("第三条（目的）甲", Mark::Article),
            ("第三条(目的)甲", Mark::Article),
            ("第三条：甲", Mark::Article),
            ("第三条之一 甲", Mark::Article),
            ("一．甲", Mark::Numeral),
            ("一.甲", Mark::Numeral),
            ("廿一、甲", Mark::Numeral),
            ("1．甲", Mark::Number),
            ("1.", Mark::Number),
            ("999、甲", Mark::Number),
            ("（123）甲", Mark::NumberInBrackets),
            ("⑳甲", Mark::NumberInBrackets),
            ("1.23概述", Mark::Decimal(2)),
            ("10.2 甲", Mark::Decimal(2)),
            ("·甲", Mark::Dash),
            ("■甲", Mark::Dash),
        ];
        for (line, mark) in cases {
            assert_eq!(mark_of(line).map(|(mark, _)| mark), Some(mark), "{line}");
        }
    }

    #[test]
    fn references_amounts_and_lone_marks_are_no_numbers() {
        for line in [
            "第一章至第三章",
            "第一章和第二章",
            "第一章、第二章",
            "第一章第二节",
            "第一章规定的",
            "第一章的",
            "第一章中",
            "第一章所列",
            "第一章，",
            "第三条款项",
            "第章",
            "第三",
            "（）甲",
            "（1234）甲",
            "（一",
            "（甲）乙",
            "——",
            "■",
            "十二个",
            "1000、甲",
            "1.234概述",
            "1.1",
            "2.3年",
            "2.5％",
            "3.2%",
            "1.5倍",
            "1.5万元",
            "12.5个",
            "1.5千",
            "3.5分",
            "2.1月",
            "1.2吨",
        ] {
            assert_eq!(mark_of(line), None, "{line}");
        }
    }

    #[test]
    fn what_follows_a_number_is_left() {
        for (line, rest) in [
            ("第十二条 本条例", " 本条例"),
            ("（一）甲", "甲"),
            ("（12）甲", "甲"),
            ("①②甲", "甲"),
            ("一、甲", "甲"),
            ("10、甲", "甲"),
            ("1.1研究", "研究"),
            ("1.2.3. 施工", " 施工"),
            ("——全域", "全域"),
        ] {
            assert_eq!(mark_of(line).map(|(_, rest)| rest), Some(rest), "{line}");
        }
        assert_eq!(mark_of("1.2.3. 施工").map(|(mark, _)| mark), Some(Mark::Decimal(3)));
    }
}
