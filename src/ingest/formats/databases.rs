//! Heads of texts that were exported from databases: labels in brackets of law databases
//! (【发文字号】 …), labels in two languages of journal databases (Title-题名: …).

use std::sync::LazyLock;

use regex::Regex;

use crate::document::{Metadata, TitleOrigin};
use crate::ingest::dates;
use crate::ingest::records::Record;
use crate::text::web_address::WebAddress;

/// A text without the head of a law database.
#[derive(Debug, PartialEq)]
pub(in crate::ingest) struct Headed<'t> {
    /// What the head says.
    pub(in crate::ingest) metadata: Metadata,
    /// The lines of the head, and of the tail that names the address.
    pub(in crate::ingest) removed: Vec<&'t str>,
    /// The text below.
    pub(in crate::ingest) body: &'t str,
}

#[expect(clippy::expect_used, reason = "built-in pattern")]
static LAW: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^【\s*([^】]{2,8})\s*】\s*[:：]?\s*(.*)$").expect("the pattern of labels compiles")
});

#[expect(clippy::expect_used, reason = "built-in pattern")]
static JOURNAL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^([A-Za-z]{2,20})-(\p{Han}{1,8})\s*[:：]\s*(.*)$")
        .expect("the pattern of labels in two languages compiles")
});

/// Lines that a head has at most, and labels that it has at least.
const HEAD: usize = 40;
const LABELS: usize = 3;

/// Labels that the head of a law database is known by.
const LAW_LABELS: [&str; 16] = [
    "法宝引证码",
    "制定机关",
    "发布部门",
    "颁布机关",
    "发文字号",
    "公布日期",
    "发布日期",
    "颁布日期",
    "施行日期",
    "实施日期",
    "生效日期",
    "时效性",
    "效力位阶",
    "效力级别",
    "法规类别",
    "批准机关",
];

/// `text` without its head; `None` where it has none.
pub(in crate::ingest) fn split(text: &str) -> Option<Headed<'_>> {
    if !text.contains('【') {
        return None;
    }
    let (mut labels, mut end, mut at) = (Vec::new(), 0, 0);
    for line in text.split_inclusive('\n').take(HEAD) {
        at += line.len();
        let found = LAW
            .captures(line.trim())
            .and_then(|found| Some((found.get(1)?.as_str(), found.get(2)?.as_str())));
        if let Some((label, value)) = found.filter(|(label, _)| LAW_LABELS.contains(&label.trim()))
        {
            labels.push((label.trim(), value.trim()));
            end = at;
        }
    }
    if labels.len() < LABELS {
        return None;
    }
    let (head, body) = text.split_at_checked(end)?;
    let mut headed = Headed { metadata: law(&labels), removed: Vec::new(), body };
    let lines = || head.lines().map(str::trim).filter(|line| !line.is_empty());
    headed.removed.extend(lines());
    // The title is the line without a label.
    let title = lines().find(|line| !line.starts_with('【'));
    if let Some(title) = title.filter(|title| title.chars().count() >= 4) {
        headed.metadata.title = title.to_owned();
        headed.metadata.title_origin = TitleOrigin::Given;
    }
    let tail = tail_of(body);
    for line in body.get(tail..).unwrap_or_default().lines().map(str::trim) {
        let address = ["原文链接：", "原文链接:"].iter().find_map(|label| line.strip_prefix(label));
        headed.metadata.url = headed.metadata.url.take().or(address.and_then(WebAddress::parse));
        headed.removed.extend(Some(line).filter(|line| !line.is_empty()));
    }
    headed.body = body.get(..tail).unwrap_or(body);
    Some(headed)
}

/// Lines at the end that a database adds at most.
const TAIL: usize = 8;

/// Where the lines begin that the database adds below the text: its name and the address.
fn tail_of(body: &str) -> usize {
    let mut found = body.len();
    let mut at = body.len();
    for line in body.split_inclusive('\n').rev().take(TAIL) {
        at -= line.len();
        let own = line.trim();
        if ["北大法宝", "原文链接", "扫描二维码阅读原文", "本法规未特别注明的"]
            .iter()
            .any(|begin| own.starts_with(begin))
        {
            found = at;
        }
    }
    found
}

fn law(labels: &[(&str, &str)]) -> Metadata {
    let value = |names: &[&str]| {
        let found = labels.iter().find(|(label, value)| names.contains(label) && !value.is_empty());
        found.map(|(_, value)| (*value).to_owned())
    };
    let day = |names: &[&str]| value(names).and_then(|date| dates::beijing_date(&date));
    let validity = value(&["时效性"]);
    Metadata {
        issuer: value(&["制定机关", "发布部门", "颁布机关"]),
        number: value(&["发文字号"]),
        signed: day(&["公布日期", "发布日期", "颁布日期"]),
        effective: day(&["施行日期", "实施日期", "生效日期"]),
        in_force: validity.as_deref().and_then(|validity| match validity {
            "现行有效" | "有效" | "已被修改" => Some(true),
            "失效" | "已废止" | "废止" | "已失效" => Some(false),
            _ => None,
        }),
        categories: value(&["法规类别"]).into_iter().collect(),
        ..Metadata::default()
    }
}

/// The records of a journal database, each with its summary as text; `None` for other texts.
pub(in crate::ingest) fn records(text: &str) -> Option<Vec<Record>> {
    if !text.contains("-题名") {
        return None;
    }
    let (mut records, mut open) = (Vec::new(), Vec::<(String, String)>::new());
    for line in text.lines() {
        match JOURNAL.captures(line.trim()) {
            Some(found) => {
                let part = |at: usize| found.get(at).map_or("", |part| part.as_str());
                let label = part(2).to_owned();
                // A label that comes again begins the next record.
                if open.iter().any(|(own, _)| *own == label)
                    && (label == "来源库" || label == "题名")
                {
                    records.extend(journal(&std::mem::take(&mut open)));
                }
                open.push((label, part(3).trim().to_owned()));
            }
            None if open.is_empty() && !line.trim().is_empty() => return None,
            None => {
                if let Some((_, value)) = open.last_mut().filter(|_| !line.trim().is_empty()) {
                    value.push('\n');
                    value.push_str(line.trim());
                }
            }
        }
    }
    records.extend(journal(&open));
    for (row, record) in (1u32..).zip(&mut records) {
        record.row = row;
    }
    (!records.is_empty()).then_some(records)
}

fn journal(labels: &[(String, String)]) -> Option<Record> {
    let value = |name: &str| {
        let found = labels.iter().find(|(label, value)| label == name && !value.is_empty());
        found.map(|(_, value)| value.trim_end_matches(';').to_owned())
    };
    let date = value("发表时间").or_else(|| value("年"));
    let metadata = Metadata {
        title: value("题名")?,
        title_origin: TitleOrigin::Given,
        byline: value("作者"),
        source: value("文献来源"),
        published: date.and_then(|date| dates::beijing_date(&date)),
        url: ["链接", "网址"].iter().find_map(|name| WebAddress::parse(&value(name)?)),
        categories: value("关键词")
            .map(|words| words.split([';', '；']).map(|word| word.trim().to_owned()).collect())
            .unwrap_or_default(),
        ..Metadata::default()
    };
    let text = value("全文").or_else(|| value("摘要"))?;
    Some(Record { row: 1, metadata, text, kind: "text".into() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn head_of_a_law_database_becomes_metadata() {
        let text = "某市科创条例\n【法宝引证码】 CLI.10\n【制定机关】 某市人大\n【发文字号】 公告第3号\n\
            【公布日期】 2024.01.25\n【施行日期】 2024.03.01\n【时效性】 现行有效\n\n某市科创条例\n第一条 正文。\n\
            北大法宝www.pkulaw.com\n原文链接：https://www.pkulaw.com/1\n";
        let found = split(text).unwrap();
        assert_eq!(found.metadata.title, "某市科创条例");
        assert_eq!(found.metadata.issuer.as_deref(), Some("某市人大"));
        assert_eq!(found.metadata.number.as_deref(), Some("公告第3号"));
        assert_eq!(found.metadata.signed.map(|day| day.to_string()).as_deref(), Some("2024-01-25"));
        assert_eq!(found.metadata.in_force, Some(true));
        assert_eq!(
            found.metadata.url.as_ref().map(WebAddress::as_str),
            Some("https://www.pkulaw.com/1")
        );
        assert_eq!(found.body.trim(), "某市科创条例\n第一条 正文。");
        assert_eq!(split("【摘要】甲\n【关键词】乙\n【正文】丙"), None);
    }

    #[test]
    fn records_of_a_journal_database_are_texts() {
        let one = "SrcDatabase-来源库: 期刊\nTitle-题名: 政策分析\nAuthor-作者: 张三;李四;\nSource-文献来源: 某刊\n\
            Summary-摘要: 摘要的第一行。\n第二行。\nPubTime-发表时间: 2024-01-25\n";
        let found = records(&format!("{one}\n{one}")).unwrap();
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].metadata.title, "政策分析");
        assert_eq!(found[0].metadata.byline.as_deref(), Some("张三;李四"));
        assert_eq!(found[0].text, "摘要的第一行。\n第二行。");
        assert_eq!(records("关于-题名：甲"), None);
    }
}
