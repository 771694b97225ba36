//! Front matter: the block between two `---` lines at a file's head, in which scrapers and static
//! site tools keep title, date and source. It is read as YAML, and line by line where it is none:
//! these tools quote badly, and a broken block must not cost the document.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::dates;
use crate::document::{Metadata, TitleOrigin};
use crate::error::Warning;
use crate::text::web_address::WebAddress;

/// A file's head and what is below it.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct FrontMatter<'t> {
    /// What the block says; nothing where there is none.
    pub metadata: Metadata,
    /// The text below the block.
    pub body: &'t str,
    /// Set where the block was broken.
    pub warning: Option<Warning>,
}

/// Splits `text` into its front matter and the rest.
pub(super) fn split(text: &str) -> FrontMatter<'_> {
    if let Some(head) = toml_block(text) {
        return head;
    }
    let Some((block, body)) = block_of(text) else {
        return FrontMatter { body: text, ..FrontMatter::default() };
    };
    let (fields, warning) = match serde_saphyr::from_str::<BTreeMap<String, Value>>(block) {
        Ok(fields) => (fields, None),
        Err(_) => (lenient(block), Some(Warning::FrontMatter)),
    };
    if fields.is_empty() {
        // A rule above a text, not a block.
        return FrontMatter { body: text, ..FrontMatter::default() };
    }
    FrontMatter { metadata: metadata(&fields), body, warning }
}

/// The block in TOML between two `+++` lines, as site tools write it.
fn toml_block(text: &str) -> Option<FrontMatter<'_>> {
    let inside = text.trim_start_matches(['\n', ' ', '\t']).strip_prefix("+++")?;
    let inside = inside.trim_start_matches([' ', '\t']).strip_prefix('\n')?;
    let end = inside.find("\n+++")?;
    let (block, rest) = inside.split_at_checked(end)?;
    let body = rest.get(4..)?.split_once('\n').map_or("", |(_, body)| body);
    let table: toml::Table = toml::from_str(block).ok()?;
    let fields = table.into_iter().map(|(key, value)| (key, of_toml(value))).collect();
    Some(FrontMatter { metadata: metadata(&fields), body, warning: None })
}

fn of_toml(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::Text(text),
        toml::Value::Integer(number) => Value::Whole(number),
        toml::Value::Float(number) => Value::Real(number),
        toml::Value::Boolean(flag) => Value::Flag(flag),
        toml::Value::Datetime(date) => Value::Text(date.to_string()),
        toml::Value::Array(values) => Value::List(values.into_iter().map(of_toml).collect()),
        toml::Value::Table(table) => {
            Value::Table(table.into_iter().map(|(key, value)| (key, of_toml(value))).collect())
        }
    }
}

/// Lines a block may have: beyond this the two rules enclose a text.
const LONGEST_BLOCK: usize = 200;

fn block_of(text: &str) -> Option<(&str, &str)> {
    let start = text.trim_start_matches(['\n', ' ', '\t']);
    let inside = start.strip_prefix("---")?;
    let (rest_of_line, inside) = inside.split_once('\n')?;
    if !rest_of_line.trim().is_empty() {
        return None;
    }
    let mut length = 0;
    for line in inside.split_inclusive('\n').take(LONGEST_BLOCK) {
        if matches!(line.trim_end(), "---" | "...") {
            return Some((inside.get(..length)?, inside.get(length + line.len()..)?));
        }
        length += line.len();
    }
    None
}

/// A value of a block, reduced to what we use: texts and lists of them.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
enum Value {
    Text(String),
    Flag(bool),
    Whole(i64),
    Real(f64),
    List(Vec<Value>),
    Table(BTreeMap<String, Value>),
    Nothing(()),
}

impl Value {
    fn text(&self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
            Self::Whole(number) => Some(number.to_string()),
            Self::Real(number) => Some(number.to_string()),
            Self::List(values) => values.iter().find_map(Self::text),
            Self::Flag(_) | Self::Table(_) | Self::Nothing(()) => None,
        }
    }

    fn texts(&self) -> Vec<String> {
        match self {
            Self::List(values) => values.iter().filter_map(Self::text).collect(),
            single => single.text().into_iter().collect(),
        }
    }
}

/// Reads a block that is no YAML: `key: value` lines, and `- item` lines that belong to the last
/// key.
fn lenient(block: &str) -> BTreeMap<String, Value> {
    let mut fields = BTreeMap::new();
    let mut last = String::new();
    for line in block.lines() {
        if let Some(item) = line.trim_start().strip_prefix("- ") {
            push_item(&mut fields, &last, unquoted(item));
        } else if let Some((key, value)) = line.split_once(':').filter(|(key, _)| is_key(key)) {
            key.trim().clone_into(&mut last);
            fields.insert(last.clone(), Value::Text(unquoted(value)));
        }
    }
    fields
}

fn push_item(fields: &mut BTreeMap<String, Value>, key: &str, item: String) {
    match fields.get_mut(key) {
        Some(Value::List(items)) => items.push(Value::Text(item)),
        Some(value) => *value = Value::List(vec![Value::Text(item)]),
        None => {}
    }
}

fn is_key(key: &str) -> bool {
    let key = key.trim();
    !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
}

fn unquoted(value: &str) -> String {
    value.trim().trim_matches(['\'', '"']).trim().to_owned()
}

fn metadata(fields: &BTreeMap<String, Value>) -> Metadata {
    let first = |keys: &[&str]| keys.iter().find_map(|key| fields.get(*key)?.text());
    let categories = ["categories", "category", "tags"]
        .iter()
        .find_map(|key| fields.get(*key))
        .map(Value::texts)
        .unwrap_or_default();
    let mut found = Metadata {
        title: first(&["title"]).map(|title| with_quotation_marks(&title)).unwrap_or_default(),
        published: first(&["date", "published", "pubdate", "publish_date", "created"])
            .and_then(|date| dates::beijing_date(&date)),
        source: first(&["source", "site", "publisher"]),
        editor: first(&["editor"]),
        issuer: first(&["issuer", "office", "agency"]),
        number: first(&["number", "document_number"]),
        url: ["original_url", "url", "link", "source_url"]
            .iter()
            .find_map(|key| WebAddress::parse(&first(&[key])?)),
        ..Metadata::default()
    };
    if !found.title.is_empty() {
        found.title_origin = TitleOrigin::Given;
    }
    if let Some(author) = first(&["author", "authors"]) {
        set_author(&mut found, author, &categories);
    }
    found.categories = categories;
    found
}

/// Words that end the name of a medium and no person's.
const MEDIA: [&str; 16] = [
    "网",
    "报",
    "社",
    "刊",
    "台",
    "财经",
    "新闻",
    "频道",
    "中心",
    "政府",
    "客户端",
    "委员会",
    "公众号",
    "杂志",
    "传媒",
    "研究院",
];

/// Scrapers write the medium into `author`; blogs write a person there.
fn set_author(found: &mut Metadata, author: String, categories: &[String]) {
    let is_medium = categories.contains(&author) || MEDIA.iter().any(|end| author.ends_with(end));
    if is_medium && found.source.is_none() {
        found.source = Some(author);
    } else if !is_medium {
        found.byline = Some(author);
    }
}

/// `_` stands for the quotation marks that no file name may hold: a pair of them is `“` and `”`.
/// An odd one, or one inside Latin text, is left as it is.
fn with_quotation_marks(title: &str) -> String {
    let is_mark = |before: Option<char>, after: Option<char>| {
        !before.is_some_and(|c| c.is_ascii_alphanumeric())
            || !after.is_some_and(|c| c.is_ascii_alphanumeric())
    };
    let chars: Vec<char> = title.chars().collect();
    let marks: Vec<usize> = (0..chars.len())
        .filter(|at| chars.get(*at) == Some(&'_'))
        .filter(|at| {
            is_mark(
                at.checked_sub(1).and_then(|b| chars.get(b).copied()),
                chars.get(at + 1).copied(),
            )
        })
        .collect();
    if marks.len() % 2 == 1 {
        return title.to_owned();
    }
    let quote =
        |at: usize| marks.binary_search(&at).ok().map(|n| if n % 2 == 0 { '“' } else { '”' });
    chars.iter().enumerate().map(|(at, c)| quote(at).unwrap_or(*c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_gives_title_day_and_source_and_leaves_the_text() {
        let head = split(
            "\n---\ntitle: '_甲标准_发布'\nauthor: 某某网\ndate: Mon, 18 Jul 2022 20:55:00 GMT\ncategories: \n - 金融\n---\n\n正文。\n",
        );
        assert_eq!(head.metadata.title, "“甲标准”发布");
        assert_eq!(head.metadata.source.as_deref(), Some("某某网"));
        assert_eq!(head.metadata.published.map(|d| d.to_string()).as_deref(), Some("2022-07-19"));
        assert_eq!(head.metadata.categories, ["金融"]);
        assert_eq!(head.body.trim(), "正文。");
        assert_eq!(head.warning, None);
    }

    #[test]
    fn a_broken_block_costs_a_warning_and_not_the_text() {
        let head = split("---\ntitle: '甲'乙'\ndate: 2022-02-30x\nx: [\n---\n正文。");
        assert_eq!(head.metadata.title, "甲'乙");
        assert!(head.warning.is_some());
        assert_eq!(head.body, "正文。");
    }

    #[test]
    fn what_is_no_block_stays_in_the_text() {
        for text in ["正文。", "---\n正文。\n", "--- 甲 ---\n乙\n---\n", "---\n\n---\n正文"]
        {
            assert_eq!(split(text).body, text);
        }
    }

    #[test]
    fn a_block_in_toml_is_read() {
        let text = "+++\ntitle = \"关于甲的通知\"\ndate = 2024-03-05T10:00:00+08:00\n+++\n正文\n";
        let found = split(text);
        assert_eq!((found.metadata.title.as_str(), found.body), ("关于甲的通知", "正文\n"));
        assert_eq!(
            found.metadata.published.map(|day| day.to_string()).as_deref(),
            Some("2024-03-05")
        );
        assert_eq!(split("+++\n没有结尾").body, "+++\n没有结尾");
    }

    #[test]
    fn underscores_are_quotation_marks_only_in_pairs_and_outside_latin() {
        let cases =
            [("_甲_乙_丙_", "“甲”乙“丙”"), ("甲_乙", "甲_乙"), ("a_b_c", "a_b_c"), ("", "")];
        for (raw, shown) in cases {
            assert_eq!(with_quotation_marks(raw), shown);
        }
    }
}
