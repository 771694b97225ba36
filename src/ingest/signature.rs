//! What the text itself says about its origin: the number below its title, the issuing body that
//! the title names, the 落款 with its day, and the days on which a law was passed and amended.

use std::sync::LazyLock;

use regex::Regex;

use super::dates;
use super::metadata::is_document_number;
use super::page::{Page, Piece};
use crate::document::{PartialDate, RemovalReason};

/// Fills what is not known yet about `page` from its text.
pub(super) fn read(page: &mut Page) {
    read_number(page);
    read_history(page);
    read_end(page);
    read_title(page);
    if page.metadata.issuer.is_none() {
        page.metadata.issuer = issuer_of_title(&page.metadata.title);
    }
}

/// Pieces at the head in which number and history stand.
const HEAD: usize = 8;

fn read_number(page: &mut Page) {
    let Page { metadata, pieces, .. } = page;
    let mut head = pieces.iter().filter(|piece| piece.is_kept()).take(HEAD);
    if metadata.number.is_none() {
        metadata.number = head.find(|p| is_document_number(&p.text)).map(|p| p.text.clone());
    }
}

static HISTORY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?:根据)?\d{4}年\d{1,2}月\d{1,2}日\s*\S*(?:代表大会|常务委员会|会议|人民政府|国务院|令).*",
        r"(?:通过|批准|修正|修订|公布|发布)$"
    ))
    .ok()
});

/// The days of passing and amendment between a law's title and its first chapter: the last is the
/// day of the text at hand.
fn read_history(page: &mut Page) {
    let Page { metadata, pieces, .. } = page;
    for piece in pieces.iter_mut().filter(|piece| piece.is_kept()).take(HEAD) {
        let text = piece.text.trim_matches(['（', '）', '(', ')']);
        if !HISTORY.as_ref().is_some_and(|pattern| pattern.is_match(text)) {
            continue;
        }
        metadata.signed = metadata.signed.max(last_day(text).map(PartialDate::from));
        let in_brackets = text.len() < piece.text.len();
        if !in_brackets {
            piece.remove(RemovalReason::MetadataLine);
        }
    }
}

/// A day with which a title ends dates what comes every day: 财经早报2024年8月31日星期六.
fn read_title(page: &mut Page) {
    let known = &mut page.metadata;
    if known.published.is_some() || known.signed.is_some() {
        return;
    }
    let Some((range, day)) = dates::dated(&known.title) else { return };
    let behind = known.title.get(range.end..).unwrap_or_default();
    let behind = behind.trim_matches([' ', '　', '（', '）', '(', ')']);
    let is_weekday = behind.chars().count() <= 3 && behind.starts_with(['星', '周']);
    if behind.is_empty() || is_weekday {
        known.published = Some(day.into());
    }
}

fn last_day(text: &str) -> Option<jiff::civil::Date> {
    let mut rest = text;
    let mut last = None;
    while let Some((range, day)) = dates::dated(rest) {
        last = last.max(Some(day));
        rest = rest.get(range.end..).unwrap_or_default();
    }
    last
}

/// Pieces at the end in which a signature stands.
const TAIL: usize = 6;

/// The day of the signature, and the body above it.
fn read_end(page: &mut Page) {
    let tail: Vec<&Piece> = {
        let kept: Vec<&Piece> = page.kept().collect();
        let start = kept.len().saturating_sub(TAIL);
        kept.get(start..).unwrap_or_default().to_vec()
    };
    let Some(at) = tail.iter().rposition(|piece| dates::is_date_line(&piece.text)) else { return };
    let day = tail.get(at).and_then(|piece| dates::first_date(&piece.text));
    let signer = at.checked_sub(1).and_then(|at| tail.get(at)).map(|piece| piece.text.clone());
    // What the page states comes first: its readers know the text by that day.
    if page.metadata.published.is_none() {
        page.metadata.signed = page.metadata.signed.or(day.map(PartialDate::from));
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

    #[test]
    fn the_text_tells_its_issuer_number_and_day() {
        let encoding = crate::document::Encoding {
            name: "UTF-8".into(),
            evidence: crate::document::EncodingEvidence::Valid,
        };
        let mut page = Page::new("a.txt".into(), encoding);
        page.metadata.title = "某省人民政府办公厅关于甲的通知".into();
        let lines = [
            "某政办发〔2020〕3号",
            "各市人民政府：",
            "现通知如下。",
            "某省人民政府办公厅",
            "二〇二〇年三月五日",
        ];
        page.pieces = lines.map(Piece::text).to_vec();
        read(&mut page);
        assert_eq!(page.metadata.number.as_deref(), Some("某政办发〔2020〕3号"));
        assert_eq!(page.metadata.issuer.as_deref(), Some("某省人民政府办公厅"));
        assert_eq!(page.metadata.signed.map(|d| d.to_string()).as_deref(), Some("2020-03-05"));
        assert_eq!(page.kept().count(), 5);
    }

    #[test]
    fn a_title_that_ends_with_a_day_dates_its_text() {
        let encoding = crate::document::Encoding {
            name: "UTF-8".into(),
            evidence: crate::document::EncodingEvidence::Valid,
        };
        let cases = [
            ("早报2024年8月31日星期六", Some("2024-08-31")),
            ("早报（2024年8月31日）", Some("2024-08-31")),
            ("2024年8月31日起施行的规定", None),
        ];
        for (title, day) in cases {
            let mut page = Page::new("a.txt".into(), encoding.clone());
            page.metadata.title = title.into();
            read(&mut page);
            assert_eq!(page.metadata.published.map(|d| d.to_string()).as_deref(), day, "{title}");
        }
    }

    #[test]
    fn the_last_amendment_dates_a_law() {
        let encoding = crate::document::Encoding {
            name: "UTF-8".into(),
            evidence: crate::document::EncodingEvidence::Valid,
        };
        let mut page = Page::new("a.txt".into(), encoding);
        let lines = [
            "2011年11月17日 某市人民代表大会常务委员会会议通过",
            "2020年5月14日 某市人民代表大会常务委员会会议第一次修正",
            "第一章 总则",
        ];
        page.pieces = lines.map(Piece::text).to_vec();
        read(&mut page);
        assert_eq!(page.metadata.signed.map(|d| d.to_string()).as_deref(), Some("2020-05-14"));
        assert_eq!(page.kept().count(), 1);
    }
}
