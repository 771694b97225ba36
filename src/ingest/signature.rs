//! What the text itself says about its origin: the number below its title, the issuing body that
//! the title names, the 落款 with its day, and the days on which a law was passed and amended.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use super::dates;
use super::metadata::is_document_number;
use super::numbering::{Mark, mark_of};
use super::page::{Page, RawBlock};
use super::pattern::built_in;
use crate::document::{PartialDate, RemovalReason, TitleOrigin};

/// Fills what is not known yet about `page` from its text.
pub(super) fn read(page: &mut Page) {
    read_number(page);
    read_history(page);
    read_end(page);
    read_effective(page);
    read_title(page);
    // A title that was made names what the text is about, or cites.
    let is_given = page.metadata.title_origin == TitleOrigin::Given;
    if page.metadata.issuer.is_none() && is_given {
        page.metadata.issuer = issuer_of_title(&page.metadata.title);
    }
}

/// Pieces at the head in which number and history are.
const HEAD: usize = 8;

fn read_number(page: &mut Page) {
    let Page { metadata, pieces, .. } = page;
    let mut head = pieces.iter().filter(|piece| piece.is_kept()).take(HEAD);
    if metadata.number.is_none() {
        metadata.number = head.find(|p| is_document_number(&p.text)).map(|p| p.text.clone());
    }
}

/// The days of adoption and amendment between a law's title and its first article, however many they
/// are: the last is the day of the text at hand, and 自…施行 the day from which it is in force.
fn read_history(page: &mut Page) {
    let Page { metadata, pieces, .. } = page;
    let kept: Vec<usize> =
        (0..pieces.len()).filter(|at| pieces.get(*at).is_some_and(RawBlock::is_kept)).collect();
    let text = |n: usize| {
        kept.get(n).and_then(|at| pieces.get(*at)).map_or("", |piece| piece.text.as_str())
    };
    let (mut found, mut others, mut open) = (Vec::new(), 0, false);
    for n in 0..kept.len() {
        let line = text(n);
        if others > HEAD || begins_law(line) {
            break;
        }
        let bare = line.trim_matches(HISTORY_BRACKETS);
        let continues = found.last().is_some_and(|(last, _)| last + 1 == n) && ends_history(bare);
        if is_history(bare, text(n + 1)) || continues && !ends_history(text(n - 1)) {
            others = 0;
            open |= line.starts_with(['（', '(']);
            found.push((n, open));
            open &= !line.ends_with(['）', ')']);
        } else {
            others += 1;
        }
    }
    for (n, in_brackets) in found {
        let Some(piece) = kept.get(n).and_then(|at| pieces.get_mut(*at)) else { continue };
        for (day, kind) in days_of(&piece.text) {
            match kind {
                HistoryDay::Effective => metadata.effective = Some(day.into()),
                HistoryDay::Passed => {
                    metadata.signed = metadata.signed.max(Some(day.into()));
                }
            }
        }
        // In brackets it is part of the text as it is printed.
        if !in_brackets {
            piece.remove(RemovalReason::MetadataLine);
        }
    }
}

const HISTORY_BRACKETS: [char; 4] = ['（', '）', '(', ')'];

/// True for the line with which the text of a law begins.
fn begins_law(line: &str) -> bool {
    mark_of(line).is_some_and(|(mark, _)| matches!(mark, Mark::Chapter | Mark::Article))
}

/// Bodies that pass laws, and papers in which they publish them.
const LAWGIVERS: [&str; 14] = [
    "代表大会",
    "常务委员会",
    "常委会",
    "会议",
    "政府",
    "国务院",
    "令",
    "公告",
    "委员会",
    "部",
    "局",
    "法院",
    "检察院",
    "决定",
];

/// What they do.
const ENACTED: [&str; 13] = [
    "通过", "批准", "修正", "修订", "修改", "公布", "发布", "颁布", "施行", "实施", "备案", "生效",
    "印发",
];

/// True for a line of a law's history: a day, who, and what was done. It may go on in the line `next`.
fn is_history(line: &str, next: &str) -> bool {
    let line = line.strip_prefix("根据").unwrap_or(line).trim_start();
    let Some(rest) = dates::dated(line)
        .filter(|(range, _)| range.start == 0)
        .map(|(range, _)| line.get(range.end..).unwrap_or_default().trim_start())
    else {
        return false;
    };
    let is_sentence = rest.trim_end_matches('。').contains('。')
        || rest.starts_with(['，', ',', '前', '后', '至', '以', '的']);
    let in_force = matches!(rest.trim(), "施行" | "起施行" | "实施" | "起实施" | "生效");
    let by_whom = LAWGIVERS.iter().any(|name| rest.contains(name)) || in_force;
    let ends = ends_history(rest) || rest.starts_with(char::is_alphabetic) && ends_history(next);
    !is_sentence && by_whom && ends && (ends_history(rest) || dates::dated(next).is_none())
}

fn ends_history(line: &str) -> bool {
    let line = line.trim_end_matches(['。', '；', '）', ')', ' ', '　']);
    ENACTED.iter().any(|done| line.ends_with(done))
}

/// What happened on a day of a history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum HistoryDay {
    Passed,
    Effective,
}

/// The days of a line of history.
fn days_of(line: &str) -> Vec<(Date, HistoryDay)> {
    let (mut days, mut from) = (Vec::new(), 0);
    while let Some((range, day)) = line.get(from..).and_then(dates::dated) {
        let before = line.get(..from + range.start).unwrap_or_default().trim_end();
        from += range.end;
        let behind = line.get(from..).unwrap_or_default().trim_start();
        let behind = behind.trim_start_matches('起').trim_matches(HISTORY_BRACKETS);
        let starts = ["施行", "实施", "生效", "执行"].iter().any(|done| behind.starts_with(done));
        let kind = match before.ends_with(['自', '从']) || starts {
            true => HistoryDay::Effective,
            false => HistoryDay::Passed,
        };
        days.push((day, kind));
    }
    days
}

/// Pieces at the end in which a law says from when it is in force.
const LAST: usize = 4;

/// 本条例自2012年11月1日起施行。 in the last article.
fn read_effective(page: &mut Page) {
    if page.metadata.effective.is_some() {
        return;
    }
    let kept: Vec<&RawBlock> = page.kept().collect();
    let last = kept.get(kept.len().saturating_sub(LAST)..).unwrap_or_default();
    let starts = |piece: &&RawBlock| {
        let days = days_of(&piece.text).into_iter();
        let own = ["本", "自"].iter().any(|word| piece.text.contains(word));
        let mut days = days.filter(|(_, kind)| own && *kind == HistoryDay::Effective);
        days.next().map(|(day, _)| day)
    };
    page.metadata.effective = last.iter().rev().find_map(starts).map(PartialDate::from);
}

/// What a title says of its date, where nothing else does: the day with which it ends dates what
/// comes every day (财经早报2024年8月31日星期六), and the year of a report dates that (2024年政府工作报告).
fn read_title(page: &mut Page) {
    let known = &mut page.metadata;
    if known.published.is_some() || known.signed.is_some() {
        return;
    }
    let Some((range, day)) = dates::dated(&known.title) else {
        known.signed = year_of_title(&known.title);
        return;
    };
    let behind = known.title.get(range.end..).unwrap_or_default();
    let behind = behind.trim_matches([' ', '　', '（', '）', '(', ')']);
    let is_weekday = behind.chars().count() <= 3 && behind.starts_with(['星', '周']);
    if behind.is_empty() || is_weekday {
        known.published = Some(day.into());
    }
}

/// The year of a yearly report or plan of work. A title with two years, or with the year of a goal
/// (2030年前), names none.
fn year_of_title(title: &str) -> Option<PartialDate> {
    let found = YEARLY.captures(title)?;
    let year = found.get(1)?.as_str();
    let others = title.matches('年').count() > 1;
    dates::month_or_year(year).filter(|_| !others)
}

static YEARLY: LazyLock<Regex> = LazyLock::new(|| {
    let year = "(?:(?:19|20)[0-9]{2}|[二一][〇零○◯一二三四五六七八九]{3})";
    let of_work = "工作报告|工作要点|重点工作|工作安排|工作计划|工作任务|民生实事";
    built_in(&format!("^[^0-9年]{{0,20}}?({year}年)度?[^年前底末起至到]{{0,30}}(?:{of_work})"))
});

/// Pieces at the end in which a signature is.
const TAIL: usize = 6;

/// The day of the signature, and the body above it.
fn read_end(page: &mut Page) {
    let tail: Vec<&RawBlock> = {
        let kept: Vec<&RawBlock> = page.kept().collect();
        let start = kept.len().saturating_sub(TAIL);
        kept.get(start..).unwrap_or_default().to_vec()
    };
    let Some(at) = tail.iter().rposition(|piece| dates::is_date_line(&piece.text)) else { return };
    let day = tail.get(at).and_then(|piece| dates::date_line(&piece.text));
    let signer = at.checked_sub(1).and_then(|at| tail.get(at)).map(|piece| piece.text.clone());
    // What the page states comes first: its readers know the text by that day.
    if dates::is_vague(page.metadata.published) {
        page.metadata.signed = page.metadata.signed.or(day);
    }
    if page.metadata.issuer.is_none() {
        page.metadata.issuer = signer.filter(|name| is_body(name));
    }
}

/// Endings of the names of public bodies.
const BODIES: [&str; 20] = [
    "政府",
    "国务院",
    "办公厅",
    "办公室",
    "委员会",
    "委",
    "部",
    "局",
    "厅",
    "会",
    "院",
    "署",
    "行",
    "中共中央",
    "党组",
    "领导小组",
    "总局",
    "指挥部",
    "协会",
    "部门",
];

fn is_body(name: &str) -> bool {
    let name = name.trim();
    let length = name.chars().count();
    (3..=60).contains(&length)
        && !name.contains(['。', '，', '：', '；'])
        && BODIES.iter().any(|end| name.ends_with(end))
}

/// 国务院办公厅 of 国务院办公厅关于…的通知.
fn issuer_of_title(title: &str) -> Option<String> {
    let (body, rest) = title.split_once("关于")?;
    (!rest.is_empty() && is_body(body)).then(|| body.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::samples;

    #[test]
    fn the_text_tells_its_issuer_number_and_day() {
        let mut page = samples::empty_page();
        page.metadata.title = "某省人民政府办公厅关于甲的通知".into();
        let lines = [
            "某政办发〔2020〕3号",
            "各市人民政府：",
            "现通知如下。",
            "某省人民政府办公厅",
            "二〇二〇年三月五日",
        ];
        page.pieces = lines.map(RawBlock::text).to_vec();
        read(&mut page);
        assert_eq!(page.metadata.number.as_deref(), Some("某政办发〔2020〕3号"));
        assert_eq!(page.metadata.issuer.as_deref(), Some("某省人民政府办公厅"));
        assert_eq!(page.metadata.signed.map(|d| d.to_string()).as_deref(), Some("2020-03-05"));
        assert_eq!(page.kept().count(), 5);
    }

    #[test]
    fn a_title_that_ends_with_a_day_dates_its_text() {
        let cases = [
            ("早报2024年8月31日星期六", Some("2024-08-31")),
            ("早报（2024年8月31日）", Some("2024-08-31")),
            ("2024年8月31日起施行的规定", None),
        ];
        for (title, day) in cases {
            let mut page = samples::empty_page();
            page.metadata.title = title.into();
            read(&mut page);
            assert_eq!(page.metadata.published.map(|d| d.to_string()).as_deref(), day, "{title}");
        }
    }

    #[test]
    fn the_last_amendment_dates_a_law() {
        let mut page = samples::empty_page();
        let lines = [
            "2011年11月17日 某市人民代表大会常务委员会会议通过",
            "2020年5月14日 某市人民代表大会常务委员会会议第一次修正",
            "第一章 总则",
        ];
        page.pieces = lines.map(RawBlock::text).to_vec();
        read(&mut page);
        assert_eq!(page.metadata.signed.map(|d| d.to_string()).as_deref(), Some("2020-05-14"));
        assert_eq!(page.kept().count(), 1);
    }
}
