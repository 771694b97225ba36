//! Texts that are no texts: lists of references and boards of note editors are named and left, and so
//! are tables none of whose columns holds a text.

use std::path::Path;

use serde_json::Value;

use crate::error::Refusal;
use crate::ingest::{Options, records};

/// Why `text` is not read; `None` for a text.
pub(in crate::ingest) fn refusal(text: &str, path: &Path, options: &Options) -> Option<Refusal> {
    let start = text.trim_start();
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    match start.as_bytes().first()? {
        b'@' if is_bibtex(start) => Some(Refusal::ReferenceList),
        b'T' if start.starts_with("TY  - ") => Some(Refusal::ReferenceList),
        b'<' if start.get(..LEAD.min(start.len())).is_some_and(is_rdf) => {
            Some(Refusal::ReferenceList)
        }
        b'{' if ending.eq_ignore_ascii_case("canvas") => Some(Refusal::Canvas),
        b'[' if is_csl(start) => Some(Refusal::ReferenceList),
        b'{' | b'[' => None,
        _ => records::columns_without_text(text, path, options).map(Refusal::NoTextColumn),
    }
}

/// Bytes in which an XML document names its root.
const LEAD: usize = 512;

fn is_rdf(lead: &str) -> bool {
    lead.contains("<rdf:RDF")
}

/// `@article{key,`
fn is_bibtex(text: &str) -> bool {
    let line = text.lines().next().unwrap_or_default();
    let Some((kind, rest)) = line.strip_prefix('@').and_then(|line| line.split_once('{')) else {
        return false;
    };
    let kind = kind.trim();
    !kind.is_empty()
        && kind.chars().all(|c| c.is_ascii_alphabetic())
        && (rest.trim_end().ends_with(',') || rest.contains('='))
}

/// Items with an id and a type of the Citation Style Language, none of which holds a text.
fn is_csl(text: &str) -> bool {
    const TYPES: [&str; 14] = [
        "article",
        "article-journal",
        "article-magazine",
        "article-newspaper",
        "bill",
        "book",
        "chapter",
        "document",
        "legislation",
        "legal_case",
        "paper-conference",
        "report",
        "thesis",
        "webpage",
    ];
    let Ok(Value::Array(items)) = serde_json::from_str::<Value>(text) else { return false };
    let is_item = |item: &Value| {
        item.get("id").is_some()
            && item.get("content").is_none()
            && item.get("type").and_then(Value::as_str).is_some_and(|kind| TYPES.contains(&kind))
    };
    !items.is_empty() && items.iter().all(is_item)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_references_and_canvases_are_named() {
        let asked = |text: &str, path: &str| refusal(text, Path::new(path), &Options::default());
        let list = Some(Refusal::ReferenceList);
        assert_eq!(asked("@misc{bj2024,\n\ttitle = {条例},\n}", "a.bib"), list);
        assert_eq!(asked("TY  - JOUR\nTI  - 题名\nER  - \n", "a.ris"), list);
        assert_eq!(
            asked("[{\"id\": \"a\", \"type\": \"legislation\", \"title\": \"条例\"}]", "a.json"),
            list
        );
        assert_eq!(asked("<rdf:RDF xmlns=\"x\"></rdf:RDF>", "a.rdf"), list);
        assert_eq!(asked("{\"nodes\":[]}", "a.canvas"), Some(Refusal::Canvas));
        assert_eq!(
            asked("序号,标题\n1,甲", "a.csv"),
            Some(Refusal::NoTextColumn("序号, 标题".to_owned()))
        );
        for text in [
            "@某人{说}：好",
            "TYPE",
            "[{\"id\": 1, \"type\": \"news\"}]",
            "<p>甲</p>",
            "标题,正文\n甲,乙",
        ] {
            assert_eq!(asked(text, "a.csv"), None, "{text}");
        }
    }
}
