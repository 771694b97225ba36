//! Files that hold one document a row: JSON Lines, a JSON array of objects, CSV and TSV. The
//! columns are guessed by their names, in Chinese or English, and can be named by the reader. A row
//! without text is no document; a row that cannot be read costs only itself.

use std::borrow::Cow;
use std::collections::HashMap;
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Options, dates, metadata};
use crate::document::{Metadata, TitleOrigin};
use crate::text::region;
use crate::text::web_address::WebAddress;

/// A document of a row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Record {
    /// The row, from 1, a head not counted.
    pub(super) row: u32,
    /// What its other columns say.
    pub(super) metadata: Metadata,
    /// Its text, of whatever kind.
    pub(super) text: String,
    /// The kind of the file: "json" or "csv".
    pub(super) kind: Cow<'static, str>,
}

/// The rows of `text`; `None` where it is no table of documents.
pub(super) fn read(text: &str, path: &Path, options: &Options) -> Option<Rows> {
    let start = text.trim_start().chars().next()?;
    let columns = Names::new(options);
    let kind = if matches!(start, '{' | '[') { "json" } else { "csv" };
    let most = most_rows(text.len());
    // Rows are taken one by one: the whole table as cells would take several times its memory.
    let first = |rows: &mut dyn Iterator<Item = Cells>| {
        let records = of_cells(rows.take(most), kind, options);
        Rows { records, is_cut: rows.next().is_some() }
    };
    let table = match start {
        '{' => match json::<Value>(text) {
            Some(answer) => first(&mut answered(answer, 0, &columns).into_iter()),
            None => first(&mut text.lines().map(object)),
        },
        '[' => {
            let FirstRows { rows, is_cut } = json(text)?;
            Rows { is_cut, ..first(&mut rows.into_iter()) }
        }
        _ => delimited(text, path, &columns, first)?,
    };
    (!table.records.is_empty()).then_some(table)
}

/// The rows of a table, as far as they are read.
#[derive(Debug, PartialEq)]
pub(super) struct Rows {
    /// Those that hold a text.
    pub(super) records: Vec<Record>,
    /// True where more rows follow.
    pub(super) is_cut: bool,
}

/// The most rows that a table of `bytes` bytes is read to: what a row takes as a document, beyond its
/// text, stays below six times the table and 200 MB.
fn most_rows(bytes: usize) -> usize {
    100_000 + bytes / 300
}

/// The first objects of a list, as many as a table of any size may have that is not much longer.
struct FirstRows {
    rows: Vec<Cells>,
    is_cut: bool,
}

impl<'de> Deserialize<'de> for FirstRows {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(RowsVisitor)
    }
}

struct RowsVisitor;

impl<'de> serde::de::Visitor<'de> for RowsVisitor {
    type Value = FirstRows;

    fn expecting(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        to.write_str("a list")
    }

    fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut list: A) -> Result<FirstRows, A::Error> {
        let (mut rows, mut characters) = (Vec::new(), 0);
        while rows.len() < most_rows(characters) {
            let Some(value) = list.next_element::<Value>()? else {
                return Ok(FirstRows { rows, is_cut: false });
            };
            let row = cells(value);
            characters += row.values().map(String::len).sum::<usize>();
            rows.push(row);
        }
        let is_cut = list.next_element::<serde::de::IgnoredAny>()?.is_some();
        while list.next_element::<serde::de::IgnoredAny>()?.is_some() {}
        Ok(FirstRows { rows, is_cut })
    }
}

/// The rows that hold a text.
pub(super) fn of_cells(
    rows: impl Iterator<Item = Cells>,
    kind: &'static str,
    options: &Options,
) -> Vec<Record> {
    let columns = Names::new(options);
    let numbered = (1u32..).zip(rows);
    numbered
        .filter_map(|(row, cells)| {
            Some(Record { kind: kind.into(), ..record(row, cells, &columns)? })
        })
        .collect()
}

/// True for the name of a column, in lower case, that holds texts.
pub(super) fn names_text(name: &str, options: &Options) -> bool {
    let asked = Names::new(options).text;
    asked.map_or_else(|| TEXT.contains(&squeezed(name).as_str()), |asked| asked == name)
}

/// A name of a column that holds texts.
pub(super) const TEXT_COLUMN: &str = "正文";

/// The names of the columns of `text`, a table none of whose columns holds texts: CSV or TSV by the
/// file's ending.
pub(super) fn columns_without_text(text: &str, path: &Path, options: &Options) -> Option<String> {
    let ending = path.extension()?.to_str()?.to_ascii_lowercase();
    let (head, delimiter) = head_of(text)?;
    let names: Vec<&str> =
        head.split(delimiter).map(|name| name.trim().trim_matches('"')).collect();
    let is_table = matches!(ending.as_str(), "csv" | "tsv") && names.len() > 1;
    let has_text = names.iter().any(|name| names_text(&name.to_lowercase(), options));
    (is_table && !has_text).then(|| names.join(", "))
}

/// Answers inside each other that are looked into.
const DEEPEST: usize = 6;

/// The rows of an answer of an interface: an object that is a text itself, or the longest list of
/// objects anywhere in it that are.
fn answered(value: Value, depth: usize, columns: &Names) -> Vec<Cells> {
    let is_text = |object: &serde_json::Map<String, Value>| {
        let mut names = object.iter().filter(|(_, value)| value.is_string());
        names.any(|(name, _)| {
            let name = name.to_lowercase();
            match &columns.text {
                Some(text) => *text == name,
                None => TEXT.contains(&squeezed(&name).as_str()),
            }
        })
    };
    match value {
        Value::Object(object) if is_text(&object) => vec![cells(Value::Object(object))],
        _ if depth == DEEPEST => Vec::new(),
        Value::Object(object) => {
            let found = object.into_iter().map(|(_, value)| answered(value, depth + 1, columns));
            found.max_by_key(Vec::len).unwrap_or_default()
        }
        Value::Array(values) => {
            values.into_iter().flat_map(|value| answered(value, depth + 1, columns)).collect()
        }
        _ => Vec::new(),
    }
}

/// The cells of a row by the names of their columns, in lower case.
pub(super) type Cells = HashMap<String, String>;

fn object(line: &str) -> Cells {
    json(line).map(cells).unwrap_or_default()
}

/// `text` as JSON. An escape of half a character (a lone surrogate), which cutting by UTF-16 leaves
/// after, costs only itself.
fn json<T: serde::de::DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_str(text).or_else(|_| serde_json::from_str(&without_halves(text))).ok()
}

/// `text` with U+FFFD for each escaped surrogate that has no partner.
fn without_halves(text: &str) -> String {
    let mut whole = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, escape)) = rest.split_once('\\') {
        whole.push_str(before);
        let unit = unit_of(escape);
        let pair = escape.get(5..).and_then(|next| unit_of(next.strip_prefix('\\')?));
        let length = match (unit, pair) {
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => 11,
            (Some(0xD800..=0xDFFF), _) => {
                whole.push('\u{FFFD}');
                rest = escape.get(5..).unwrap_or_default();
                continue;
            }
            (Some(_), _) => 5,
            (None, _) => escape.chars().next().map_or(0, char::len_utf8),
        };
        let (kept, behind) = escape.split_at_checked(length).unwrap_or((escape, ""));
        whole.push('\\');
        whole.push_str(kept);
        rest = behind;
    }
    whole + rest
}

/// The UTF-16 unit that an escape after its backslash means: `u` and four digits.
fn unit_of(escape: &str) -> Option<u16> {
    let digits = escape.strip_prefix('u')?.get(..4)?;
    digits.bytes().all(|b| b.is_ascii_hexdigit()).then(|| u16::from_str_radix(digits, 16).ok())?
}

fn cells(value: Value) -> Cells {
    let Value::Object(object) = value else { return Cells::default() };
    object
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_lowercase(), text_of(value)?)))
        .collect()
}

/// A text, a number, or texts below each other.
fn text_of(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(parts) => {
            let parts: Vec<String> = parts.into_iter().filter_map(text_of).collect();
            (!parts.is_empty()).then(|| parts.join("\n"))
        }
        _ => None,
    }
}

/// CSV or TSV, by the file's ending, or by a head that names a title and a text, or the text that
/// the reader named.
fn delimited(
    text: &str,
    path: &Path,
    columns: &Names,
    first: impl FnOnce(&mut dyn Iterator<Item = Cells>) -> Rows,
) -> Option<Rows> {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    let (head, delimiter) = head_of(text)?;
    let text = text.get(text.find(head)?..)?;
    let names: Vec<String> =
        head.split(delimiter).map(|name| name.trim().trim_matches('"').to_lowercase()).collect();
    let is_named =
        |known: &[&str]| names.iter().any(|name| known.contains(&squeezed(name).as_str()));
    let says_so = matches!(ending.to_ascii_lowercase().as_str(), "csv" | "tsv");
    let is_asked = columns.text.as_ref().is_some_and(|text| names.contains(text));
    if names.len() < 2 || !(says_so || is_asked || is_named(TITLE) && is_named(TEXT)) {
        return None;
    }
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter as u8)
        .flexible(true)
        .from_reader(text.as_bytes());
    let names: Vec<String> =
        reader.headers().ok()?.iter().map(|name| name.trim().to_lowercase()).collect();
    let mut rows = reader.records().map(|row| {
        let cells = row.ok().map(|row| row.iter().map(str::to_owned).collect()).unwrap_or_default();
        let cells: Vec<String> = cells;
        names.iter().cloned().zip(cells).collect()
    });
    Some(first(&mut rows))
}

/// The line of a table that names its columns, and what separates them: what a line above says
/// (`sep=;`), else what the line has most of.
fn head_of(text: &str) -> Option<(&str, char)> {
    let mut lines = text.lines();
    let first = lines.next()?;
    if let Some(separator) = first.trim().strip_prefix("sep=") {
        return Some((
            lines.next()?,
            separator.chars().next().filter(char::is_ascii).unwrap_or('\t'),
        ));
    }
    let most =
        ['\t', ',', ';', '|'].into_iter().max_by_key(|c| (first.matches(*c).count(), *c == ','));
    Some((first, most.unwrap_or(',')))
}

// Names of columns as `squeezed` has them, the surest first.
const TITLE: &[&str] = &[
    "title",
    "标题",
    "題目",
    "题目",
    "题名",
    "政策名称",
    "政策标题",
    "文件名称",
    "文件标题",
    "文件名",
    "headline",
    "名称",
    "policytitle",
    "policyname",
];
const TEXT: &[&str] = &[
    "content",
    "text",
    "fulltext",
    "body",
    "article",
    "html",
    "正文",
    "内容",
    "全文",
    "文本",
    "policytext",
    "文件内容",
    "政策内容",
    "政策全文",
    "文件正文",
    "政策正文",
    "正文内容",
    "policycontent",
    "maintext",
];
const DATE: &[&str] = &[
    "publishdate",
    "publicationdate",
    "publisheddate",
    "pubdate",
    "publishtime",
    "publishedat",
    "published",
    "releasetime",
    "releasedate",
    "发布日期",
    "发布时间",
    "公布日期",
    "公布时间",
    "公开日期",
    "date",
    "日期",
    "时间",
    "time",
    "createdat",
];
const URL: &[&str] =
    &["url", "link", "链接", "网址", "href", "sourceurl", "originalurl", "原文链接", "来源链接"];
const SOURCE: &[&str] =
    &["source", "来源", "media", "site", "website", "信息来源", "稿件来源", "publisher"];
const BYLINE: &[&str] = &["author", "作者", "byline"];
const ISSUER: &[&str] = &[
    "issuer",
    "issuingdepartment",
    "issuingauthority",
    "issuingagency",
    "发文机关",
    "制定机关",
    "发布机构",
    "发布机关",
    "发文单位",
    "发文机构",
    "发文部门",
    "发布部门",
    "发布单位",
    "制定部门",
    "颁布机构",
    "agency",
    "office",
    "department",
];
const NUMBER: &[&str] = &[
    "documentnumber",
    "docnumber",
    "发文字号",
    "文号",
    "文件号",
    "政策文号",
    "发文文号",
    "文件文号",
    "文件编号",
    "number",
];
const SIGNED: &[&str] = &[
    "signed",
    "issued",
    "issueddate",
    "issuedate",
    "成文日期",
    "成文时间",
    "发文日期",
    "发文时间",
    "印发日期",
    "印发时间",
    "签署日期",
];
const EFFECTIVE: &[&str] = &["effectivedate", "effective", "施行日期", "实施日期", "生效日期"];
const FORCE: &[&str] = &["时效性", "效力状态", "有效性", "timeliness", "validity"];
const REGION: &[&str] = &[
    "region",
    "province",
    "地区",
    "省份",
    "省市",
    "区域",
    "所属地区",
    "行政区划",
    "area",
    "location",
];
const CITY: &[&str] = &["city", "城市", "地市"];
const YEAR: &[&str] = &["year", "年份", "年度", "年"];

/// A name of a column in lower case without the marks between its words: publication_date and
/// publicationDate are one.
fn squeezed(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '_' | '-' | ' ' | '　' | '\u{FEFF}')).collect()
}

/// The columns as the reader names them.
struct Names {
    title: Option<String>,
    text: Option<String>,
    date: Option<String>,
    url: Option<String>,
    issuer: Option<String>,
    number: Option<String>,
    region: Option<String>,
    source: Option<String>,
}

impl Names {
    fn new(options: &Options) -> Self {
        let lower = |name: &Option<String>| name.as_ref().map(|name| name.to_lowercase());
        let columns = &options.columns;
        Self {
            title: lower(&columns.title),
            text: lower(&columns.text),
            date: lower(&columns.date),
            url: lower(&columns.url),
            issuer: lower(&columns.issuer),
            number: lower(&columns.number),
            region: lower(&columns.region),
            source: lower(&columns.source),
        }
    }
}

fn record(row: u32, mut cells: Cells, names: &Names) -> Option<Record> {
    let mut take = |named: &Option<String>, guessed: &[&str]| {
        let found = match named {
            Some(name) => cells.remove(name),
            None => guessed.iter().find_map(|guess| {
                let has = |(name, cell): (&String, &String)| {
                    (squeezed(name) == *guess && !cell.trim().is_empty()).then(|| name.clone())
                };
                let name = cells.iter().find_map(has)?;
                cells.remove(&name)
            }),
        };
        found.map(|cell| cell.trim().to_owned()).filter(|cell| !cell.is_empty())
    };
    let text = take(&names.text, TEXT)?;
    let mut metadata = Metadata {
        title: take(&names.title, TITLE).unwrap_or_default(),
        published: take(&names.date, DATE).and_then(|date| dates::beijing_date(&date)),
        url: take(&names.url, URL).and_then(|address| WebAddress::parse(&address)),
        source: take(&names.source, SOURCE),
        byline: take(&None, BYLINE),
        issuer: take(&names.issuer, ISSUER),
        number: take(&names.number, NUMBER),
        signed: take(&None, SIGNED).and_then(|date| dates::beijing_date(&date)),
        effective: take(&None, EFFECTIVE).and_then(|date| dates::beijing_date(&date)),
        in_force: take(&None, FORCE).and_then(|value| metadata::force(&value)),
        ..Metadata::default()
    };
    let place: Vec<String> =
        [take(&names.region, REGION), take(&None, CITY)].into_iter().flatten().collect();
    metadata.region = region::stated(&place.concat());
    if metadata.date().is_none() {
        metadata.published = take(&None, YEAR).and_then(|year| dates::beijing_date(&year));
    }
    if !metadata.title.is_empty() {
        metadata.title_origin = TitleOrigin::Given;
    }
    Some(Record { row, metadata, text, kind: "".into() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::Columns;

    fn rows(text: &str, path: &str, options: &Options) -> Option<Vec<(u32, String, String)>> {
        let records = read(text, Path::new(path), options)?.records;
        Some(records.into_iter().map(|r| (r.row, r.metadata.title, r.text)).collect())
    }

    #[test]
    fn rows_of_every_kind_become_documents_and_bad_rows_cost_themselves() {
        let expected =
            Some(vec![(1, "甲".into(), "文，一".into()), (3, "乙".into(), "文二".into())]);
        let options = Options::default();
        let lines = "{\"title\":\"甲\",\"content\":\"文，一\"}\n{broken\n{\"标题\":\"乙\",\"正文\":\"文二\"}\n";
        assert_eq!(rows(lines, "a.jsonl", &options), expected);
        let array = "[{\"title\":\"甲\",\"text\":\"文，一\"},{\"title\":\"无\"},{\"title\":\"乙\",\"text\":\"文二\"}]";
        assert_eq!(rows(array, "a.json", &options), expected);
        let table = "title,date,content\n甲,2020-01-02,\"文，一\"\n空,,\n乙,,文二\n";
        assert_eq!(rows(table, "a.csv", &options), expected);
    }

    #[test]
    fn named_columns_come_before_guessed_ones() {
        let columns = Columns { text: Some("Policy".into()), ..Columns::default() };
        let options = Options { columns, ..Options::default() };
        let table = "title,content,policy\n甲,摘要,全文\n";
        assert_eq!(rows(table, "a.csv", &options), Some(vec![(1, "甲".into(), "全文".into())]));
    }

    #[test]
    fn separators_and_answers_of_interfaces_are_found() {
        let expected = Some(vec![(1, "甲".into(), "文，一".into())]);
        let options = Options::default();
        for table in
            ["标题;正文\n甲;文，一\n", "sep=|\n标题|正文\n甲|文，一\n", "标题\t正文\n甲\t文，一\n"]
        {
            assert_eq!(rows(table, "a.csv", &options), expected, "{table}");
        }
        for json in [
            "{\n \"标题\": \"甲\",\n \"正文\": \"文，一\"\n}",
            "{\"code\": 0, \"data\": {\"total\": 1, \"list\": [{\"标题\": \"甲\", \"正文\": \"文，一\"}]}}",
        ] {
            assert_eq!(rows(json, "a.json", &options), expected, "{json}");
        }
    }

    #[test]
    fn table_without_texts_names_its_columns() {
        let columns = |path: &str| {
            columns_without_text("序号;标题\n1;甲", Path::new(path), &Options::default())
        };
        assert_eq!(columns("a.csv").as_deref(), Some("序号, 标题"));
        assert_eq!(columns("a.txt"), None);
    }

    #[test]
    fn texts_are_no_tables() {
        for text in ["标题，正文\n甲", "{注}", "[1]甲", "第一条,第二条\n甲,乙"] {
            assert_eq!(read(text, Path::new("a.txt"), &Options::default()), None);
        }
    }

    fn known(columns: &[(&str, &str)], options: &Options) -> Metadata {
        let mut row = serde_json::Map::new();
        for (name, value) in columns.iter().chain(&[("内容", "文")]) {
            row.insert((*name).to_owned(), Value::String((*value).to_owned()));
        }
        let line = Value::Object(row).to_string();
        read(&line, Path::new("a.jsonl"), options).unwrap().records.remove(0).metadata
    }

    #[test]
    fn columns_are_known_by_the_names_that_tables_use() {
        let options = Options::default();
        for name in [
            "publication_date",
            "pub_date",
            "release_time",
            "publishTime",
            "公布日期",
            "Date",
            "发布时间",
        ] {
            let date = known(&[(name, "2021-03-04")], &options).published;
            assert_eq!(date.map(|d| d.to_string()).as_deref(), Some("2021-03-04"), "{name}");
        }
        for name in ["issued", "成文时间", "印发日期", "成文日期"] {
            let date = known(&[(name, "2021年3月4日")], &options).signed;
            assert_eq!(date.map(|d| d.to_string()).as_deref(), Some("2021-03-04"), "{name}");
        }
        for name in
            ["issuing_department", "department", "制定机关", "发文机关", "Issuing Authority"]
        {
            assert_eq!(
                known(&[(name, "某局")], &options).issuer.as_deref(),
                Some("某局"),
                "{name}"
            );
        }
        for name in ["题名", "政策名称", "文件名", "文件标题", "Title"] {
            assert_eq!(known(&[(name, "某题")], &options).title, "某题", "{name}");
        }
        for name in ["文件号", "政策文号", "文号", "document_number"] {
            let number = known(&[(name, "某发〔2021〕1号")], &options).number;
            assert_eq!(number.as_deref(), Some("某发〔2021〕1号"), "{name}");
        }
        for name in ["region", "province", "地区", "省份", "Province"] {
            let region = known(&[(name, "上海市")], &options).region;
            assert_eq!(region.map(|region| region.name).as_deref(), Some("上海"), "{name}");
        }
        for name in ["文件内容", "政策内容", "政策全文", "Full Text"] {
            let row = format!("{{\"{name}\": \"文\"}}");
            assert!(read(&row, Path::new("a.jsonl"), &options).is_some(), "{name}");
        }
        assert_eq!(
            known(&[("source_url", "https://a.cn")], &options).url.as_ref().map(WebAddress::as_str),
            Some("https://a.cn")
        );
        assert_eq!(known(&[("时效性", "已废止")], &options).in_force, Some(false));
    }

    #[test]
    fn other_columns_say_nothing() {
        let options = Options::default();
        let columns = [
            ("updated_by", "2021-03-04"),
            ("deadline", "2021-03-04"),
            ("字数", "2021"),
            ("地区编码", "310000"),
            ("summary", "某题"),
            ("部门数", "3"),
            ("年龄", "2021"),
            ("region", "某地"),
            ("时效性", "—"),
        ];
        let plain = known(&[], &options);
        for column in columns {
            assert_eq!(known(&[column], &options), plain, "{column:?}");
        }
    }

    #[test]
    fn a_year_is_a_date_where_no_column_has_a_day() {
        let options = Options::default();
        let date =
            |columns: &[(&str, &str)]| known(columns, &options).date().map(|d| d.to_string());
        assert_eq!(date(&[("year", "2024")]).as_deref(), Some("2024"));
        assert_eq!(date(&[("年份", "2024年")]).as_deref(), Some("2024"));
        assert_eq!(
            date(&[("year", "2024"), ("date", "2023-05-06")]).as_deref(),
            Some("2023-05-06")
        );
        assert_eq!(date(&[("date", "2024-05")]).as_deref(), Some("2024-05"));
        for year in ["二十四", "24", "20245", "2024-2025"] {
            assert_eq!(date(&[("year", year)]), None, "{year}");
        }
    }

    #[test]
    fn every_column_can_be_named() {
        let columns = Columns {
            issuer: Some("单位X".into()),
            number: Some("编号".into()),
            region: Some("属地".into()),
            source: Some("出处".into()),
            ..Columns::default()
        };
        let options = Options { columns, ..Options::default() };
        let row = [
            ("单位X", "某局"),
            ("编号", "三号"),
            ("属地", "广东省广州市"),
            ("出处", "某报"),
            ("issuer", "别局"),
        ];
        let known = known(&row, &options);
        assert_eq!(known.issuer.as_deref(), Some("某局"));
        assert_eq!(known.number.as_deref(), Some("三号"));
        assert_eq!(known.source.as_deref(), Some("某报"));
        let region = known.region.unwrap();
        assert_eq!((region.name.as_str(), region.city.as_deref()), ("广东", Some("广州")));
    }

    #[test]
    fn a_table_of_too_many_rows_is_read_up_to_the_limit() {
        let options = Options::default();
        let many = 120_000;
        for (head, row, end) in [
            ("title,text\n", "a,b\n", ""),
            ("", "{\"title\":\"a\",\"text\":\"b\"}\n", ""),
            ("[{\"text\":\"b\"}", ",{\"text\":\"b\"}", "]"),
        ] {
            let text = format!("{head}{}{end}", row.repeat(many));
            let table = read(&text, Path::new("a.csv"), &options).unwrap();
            let count = table.records.len();
            let most = most_rows(text.len());
            assert!(table.is_cut && (100_000..=most).contains(&count), "{count}");
            let few = format!("{head}{}{end}", row.repeat(3));
            assert!(!read(&few, Path::new("a.csv"), &options).unwrap().is_cut);
        }
    }
}
