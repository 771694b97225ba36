//! What a person who read a source says that its document must be: `wenmai check` compares both.
//! Comes after `ingest`, beside the library. A row of such a file is one JSON object; what it
//! leaves out, or has as null, is not asked.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::document::{Block, BlockKind, Document};
use crate::error::{Error, Malformation, Result};

/// What is expected of one file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
pub struct Expected {
    /// The file, relative to the folder that is checked.
    pub file: String,
    /// The title.
    pub title: Option<String>,
    /// The day, YYYY-MM-DD in Beijing.
    pub date: Option<String>,
    /// The province, or 全国.
    pub region: Option<String>,
    /// Blocks of the body; the cells of a table may be counted instead of its rows.
    pub paragraphs: Option<usize>,
    /// How the body begins and ends; only letters and digits are compared.
    pub first20: Option<String>,
    /// How it ends.
    pub last20: Option<String>,
    /// What must not occur in title or body.
    pub must_not: Vec<String>,
    /// What must occur in title, number or body.
    pub must_keep: Vec<String>,
}

/// What one thing that is asked of a document came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What was asked: the name of the field.
    pub field: &'static str,
    /// What is expected, and what was found instead; of `must_not` and `must_keep` the wording.
    pub expected: String,
    /// Empty where a wording is missing.
    pub found: String,
}

/// The fields in the order in which they are asked.
pub const FIELDS: [&str; 8] =
    ["must_not", "must_keep", "first20", "last20", "title", "date", "region", "paragraphs"];

/// Reads the rows of a file of expectations; `path` is named in errors.
///
/// # Errors
/// A row that is no such object, with its line.
pub fn rows(text: &str, path: &Path) -> Result<Vec<Expected>> {
    let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(line, row)| {
            serde_json::from_str(row).map_err(|error| Error::Malformed {
                path: path.to_owned(),
                line,
                column: error.column(),
                message: Malformation::Json(error.to_string()),
            })
        })
        .collect()
}

impl Expected {
    /// True where `field` is asked at all.
    pub fn asks(&self, field: &str) -> bool {
        let is_said = |text: &Option<String>| text.as_ref().is_some_and(|t| !t.trim().is_empty());
        match field {
            "must_not" => !self.must_not.is_empty(),
            "must_keep" => !self.must_keep.is_empty(),
            "first20" => is_said(&self.first20),
            "last20" => is_said(&self.last20),
            "title" => is_said(&self.title),
            "date" => is_said(&self.date),
            "region" => is_said(&self.region),
            _ => self.paragraphs.is_some(),
        }
    }

    /// Where `document` is not what is expected, in the order of [`FIELDS`].
    pub fn findings(&self, document: &Document) -> Vec<Finding> {
        FIELDS
            .iter()
            .filter(|field| self.asks(field))
            .flat_map(|field| self.compare(field, document))
            .collect()
    }

    fn compare(&self, field: &'static str, document: &Document) -> Vec<Finding> {
        let known = &document.metadata;
        let one = |expected: &Option<String>, found: Option<String>| {
            differs(field, expected.as_deref().unwrap_or_default(), found.unwrap_or_default())
        };
        let found = match field {
            "must_not" => return self.wordings(field, document, &self.must_not),
            "must_keep" => return self.wordings(field, document, &self.must_keep),
            "first20" | "last20" => self.edge(field, document),
            "title" => one(&self.title, Some(known.title.clone())),
            "date" => one(&self.date, known.date().map(|date| date.to_string())),
            "region" => one(&self.region, known.region.as_ref().map(|r| r.name.clone())),
            _ => self.count(field, document),
        };
        found.into_iter().collect()
    }

    /// The wordings that are there and must not be, or that are not and must be.
    fn wordings(
        &self,
        field: &'static str,
        document: &Document,
        wanted: &[String],
    ) -> Vec<Finding> {
        let known = &document.metadata;
        let bodies = document.blocks.iter().map(|block| block.text.as_str());
        let number = known.number.as_deref();
        let all: Vec<&str> =
            std::iter::once(known.title.as_str()).chain(number).chain(bodies).collect();
        let stands = |wording: &str| all.iter().any(|text| text.contains(wording));
        let is_wrong = |wording: &&String| stands(wording) == (field == "must_not");
        let finding = |wording: &String| {
            let found = if field == "must_not" { wording.clone() } else { String::new() };
            Finding { field, expected: wording.clone(), found }
        };
        wanted.iter().filter(is_wrong).map(finding).collect()
    }

    fn edge(&self, field: &'static str, document: &Document) -> Option<Finding> {
        let at_start = field == "first20";
        let wanted = if at_start { &self.first20 } else { &self.last20 };
        let wanted = wanted.as_deref().unwrap_or_default();
        let body: String = match at_start {
            true => document.blocks.iter().map(|b| b.text.as_str()).take(EDGE).collect(),
            false => {
                let skipped = document.blocks.len().saturating_sub(EDGE);
                document.blocks.iter().skip(skipped).map(|b| b.text.as_str()).collect()
            }
        };
        let (body, letters_wanted) = (letters(&body), letters(wanted));
        let fits = match at_start {
            true => body.starts_with(&letters_wanted),
            false => body.ends_with(&letters_wanted),
        };
        let length = letters_wanted.chars().count();
        let skipped = if at_start { 0 } else { body.chars().count().saturating_sub(length) };
        let found = || body.chars().skip(skipped).take(length).collect();
        (!fits).then(|| Finding { field, expected: wanted.to_owned(), found: found() })
    }

    fn count(&self, field: &'static str, document: &Document) -> Option<Finding> {
        let wanted = self.paragraphs?;
        let rows = document.blocks.len();
        let lines: usize = document.blocks.iter().map(lines_of).sum();
        let is_table = document.blocks.iter().any(|block| block.kind == BlockKind::TableRow);
        // Whoever counted may have counted rows, cells, or the lines inside cells, some of which
        // only the width of the source's own page has ended.
        let fits =
            rows == wanted || (is_table && (rows..=lines + lines / WRAPPED).contains(&wanted));
        (!fits).then(|| Finding { field, expected: wanted.to_string(), found: rows.to_string() })
    }
}

/// One of so many lines of a table may be the rest of the line above it.
const WRAPPED: usize = 20;

/// The lines of a block: of a row those of its cells. Between wide characters of a cell a space is
/// where one line of it ended.
fn lines_of(block: &Block) -> usize {
    if block.kind != BlockKind::TableRow {
        return 1;
    }
    let cells = block.cells().filter(|cell| !cell.is_empty());
    cells.map(|cell| cell.split(' ').filter(|part| !part.is_ascii()).count().max(1)).sum()
}

/// Blocks that hold the first or last letters that are compared.
const EDGE: usize = 12;

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

fn differs(field: &'static str, expected: &str, found: String) -> Option<Finding> {
    (expected != found).then(|| Finding { field, expected: expected.to_owned(), found })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::{Options, RawFile, documents};

    const SOURCE: &str =
        "某省印发标准化行动计划\n\n　　某省印发计划，推进工作。\n　　责任编辑：张三\n";

    fn findings(row: &str) -> Vec<(&'static str, String)> {
        let raw = RawFile { path: "a.txt".into(), bytes: SOURCE.as_bytes().to_vec().into() };
        let document = documents(raw, &Options::default()).unwrap().remove(0);
        let expected = rows(row, Path::new("e.jsonl")).unwrap().remove(0);
        expected.findings(&document).into_iter().map(|f| (f.field, f.found)).collect()
    }

    #[test]
    fn what_is_as_expected_and_what_is_not_asked_gives_nothing() {
        let row = r###"{"file": "a.txt", "title": "某省印发标准化行动计划", "date": null,
            "paragraphs": 1, "first20": "## 某省印发计划", "last20": "推进工作。", "note": "x",
            "must_not": ["责任编辑"], "must_keep": ["行动计划"]}"###;
        assert_eq!(findings(&row.replace('\n', "")), []);
        assert_eq!(findings("{}"), []);
    }

    #[test]
    fn every_field_that_differs_is_named_with_what_was_found() {
        let row = r#"{"title": "甲", "date": "2020-01-02", "region": "全国", "paragraphs": 2,
            "first20": "乙", "last20": "丙", "must_not": ["推进"], "must_keep": ["责任编辑"]}"#;
        let found = findings(&row.replace('\n', ""));
        assert_eq!(found.iter().map(|(field, _)| *field).collect::<Vec<_>>(), FIELDS);
        let of = |field| found.iter().find(|(name, _)| *name == field).unwrap().1.as_str();
        assert_eq!((of("paragraphs"), of("first20"), of("must_not")), ("1", "某", "推进"));
    }

    #[test]
    fn lines_inside_cells_may_be_counted_too() {
        let row = |text: &str| Block { kind: BlockKind::TableRow, level: 0, text: text.to_owned() };
        let cases = [("甲 │ 乙", 2), ("甲。 乙 │ 3 │ GB 1", 4), (" │ 甲", 1)];
        for (text, lines) in cases {
            assert_eq!(lines_of(&row(text)), lines, "{text}");
        }
    }

    #[test]
    fn a_row_that_is_no_object_is_named_by_its_line() {
        let error = rows("{}\n\n{broken", Path::new("e.jsonl")).unwrap_err();
        assert!(error.to_string().starts_with("e.jsonl:3:"), "{error}");
    }
}
