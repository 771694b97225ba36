//! Export and import of annotations: as JSON, all of it; as Markdown, for people,
//! with the same data in comments that Markdown does not show. Bringing in adds and replaces, by the
//! names of entries, and takes nothing off.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::entry::{Annotation, Kind};
use super::reading_state::{Annotations, Change, ReadingState};
use crate::error::{Error, Malformation, Result};
use crate::text::markup::{Markdown, Number, Own, Text};

/// The form of the file.
const VERSION: u32 = 1;

/// The whole of a JSON file.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Carried {
    /// Always there, so that a file of something else is not taken for one of ours.
    wenmai_notes: u32,
    #[serde(default)]
    documents: Vec<ReadingState>,
    #[serde(default)]
    entries: Vec<Annotation>,
    #[serde(default)]
    queries: BTreeMap<String, String>,
}

/// A line of data in Markdown.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum MarkdownLine {
    Document(ReadingState),
    Entry(Annotation),
    Query(String, String),
}

/// Everything, as a JSON file holds it.
pub fn carried(kept: &Annotations) -> Carried {
    let documents = kept.documents().cloned().collect();
    let entries = kept.entries().cloned().collect();
    let owned = |(name, query): (&str, &str)| (name.to_owned(), query.to_owned());
    let queries = kept.queries().map(owned).collect();
    Carried { wenmai_notes: VERSION, documents, entries, queries }
}

/// The entries as Markdown, by document, in reading order; and in comments everything.
pub fn markdown(kept: &Annotations) -> Markdown {
    let mut text = Markdown::of([Own("# Notes\n")]);
    let mut known: Vec<&ReadingState> = kept.documents().collect();
    let unknown: std::collections::BTreeSet<&str> = kept.entries().map(|e| &*e.path).collect();
    known.sort_by(|a, b| (&a.title, &a.path).cmp(&(&b.title, &b.path)));
    let named = known.iter().map(|known| (known.path.as_str(), Some(*known)));
    let rest = unknown.into_iter().filter(|path| kept.known(path).is_none()).map(|p| (p, None));
    for (path, known) in named.chain(rest) {
        push_document(&mut text, path, known, kept);
    }
    for (name, query) in kept.queries() {
        push_line(&mut text, &MarkdownLine::Query(name.to_owned(), query.to_owned()));
    }
    text
}

const COMMENT: &str = "<!-- wenmai ";

fn push_line(text: &mut Markdown, line: &MarkdownLine) {
    // Numbers and texts can always be written.
    let _ = text.push_comment("wenmai", line);
}

fn push_document(
    text: &mut Markdown,
    path: &str,
    known: Option<&ReadingState>,
    kept: &Annotations,
) {
    let title = known.map_or(path, |known| known.title.as_str());
    let mut entries: Vec<&Annotation> = kept.entries_of(path).collect();
    entries.sort_by_key(|entry| entry.extent);
    if !entries.is_empty() {
        let (title, path) = (one_line(title), one_line(path));
        text.push([Own("\n## "), Text(&title), Own("\n\n"), Text(&path), Own("\n\n")]);
    }
    if let Some(known) = known {
        push_line(text, &MarkdownLine::Document(known.clone()));
    }
    for entry in entries {
        push_entry(text, entry);
    }
}

fn push_entry(text: &mut Markdown, entry: &Annotation) {
    text.push([Own("\n### ¶ "), Number(entry.extent.from.block as usize + 1)]);
    if let Kind::Mark(letter) = &entry.kind {
        text.push([Own(" '"), Text(letter.encode_utf8(&mut [0; 4]))]);
    }
    if let Kind::Tag(tag) = &entry.kind {
        text.push([Own(" #"), Text(tag)]);
    }
    text.push([Own("\n\n")]);
    for line in entry.quote.lines() {
        text.push([Own("> "), Text(line), Own("\n")]);
    }
    for line in entry.note().into_iter().flat_map(str::lines) {
        text.push([Own("\n"), Text(line)]);
    }
    text.push([Own(if entry.note().is_some() { "\n\n" } else { "\n" })]);
    push_line(text, &MarkdownLine::Entry(entry.clone()));
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The changes that import `text`, which is in the file `path`, JSON or Markdown. What is
/// known newer already is left out.
///
/// # Errors
/// [`Error::Malformed`] with line and column, where it is neither.
pub fn read(text: &str, path: &Path, kept: &Annotations) -> Result<Vec<Change>> {
    let text = text.trim_start_matches('\u{FEFF}');
    let Carried { documents, entries, queries, .. } = if text.trim_start().starts_with('{') {
        serde_json::from_str(text).map_err(|error| malformed(path, (0, 0), &error))?
    } else {
        read_markdown(text, path)?
    };
    let newer =
        |known: &ReadingState| kept.known(&known.path).is_none_or(|own| own.left < known.left);
    let documents = documents.into_iter().filter(newer).map(Change::Left);
    let unknown = |entry: &Annotation| kept.entry(&entry.uid).is_none_or(|own| own != entry);
    let entries = entries.into_iter().filter(unknown).map(Change::Put);
    let queries = queries.into_iter().map(|(name, query)| Change::Query(name, Some(query)));
    Ok(documents.chain(entries).chain(queries).collect())
}

fn read_markdown(text: &str, path: &Path) -> Result<Carried> {
    let mut carried = Carried { wenmai_notes: VERSION, ..Carried::default() };
    for (at, line) in text.lines().enumerate() {
        let data = line.trim().strip_prefix(COMMENT).and_then(|rest| rest.strip_suffix(" -->"));
        let Some(data) = data else { continue };
        let line = serde_json::from_str(data);
        match line.map_err(|error| malformed(path, (at, COMMENT.len()), &error))? {
            MarkdownLine::Document(known) => carried.documents.push(known),
            MarkdownLine::Entry(entry) => carried.entries.push(entry),
            MarkdownLine::Query(name, query) => {
                carried.queries.insert(name, query);
            }
        }
    }
    let Carried { documents, entries, queries, .. } = &carried;
    if documents.is_empty() && entries.is_empty() && queries.is_empty() {
        let message = Malformation::NotNotes;
        return Err(Error::Malformed { path: path.to_owned(), line: 1, column: 1, message });
    }
    Ok(carried)
}

fn malformed(path: &Path, (lines, columns): (usize, usize), error: &serde_json::Error) -> Error {
    Error::Malformed {
        path: path.to_owned(),
        line: lines + error.line(),
        column: columns + error.column(),
        message: Malformation::Json(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotations::entry::{Extent, Point};
    use crate::annotations::reading_state::ReadStatus;
    use crate::samples::document;

    fn kept() -> Annotations {
        let text = document("a", &["建设 <b>验证点</b> --> 完。", "附则"]);
        let mut kept = Annotations::default();
        for kind in [
            Kind::Mark('a'),
            Kind::Bookmark,
            Kind::Note("两行\n<!-- wenmai {} -->\n# 不是标题".to_owned()),
        ] {
            let extent = Extent::of_block(&text, 0);
            kept.apply(Change::Put(Annotation::new(kind, "/a.txt", &text, extent)));
        }
        kept.apply(Change::Left(ReadingState {
            path: "/a.txt".to_owned(),
            fingerprint: u64::MAX,
            title: "标题".to_owned(),
            reading: ReadStatus::Read,
            place: Point { block: 1, character: 1 },
            quote: "附则".to_owned(),
            left: 17,
        }));
        kept
    }

    #[test]
    fn what_is_carried_away_is_brought_in_again() {
        let kept = kept();
        let mut json_only = Annotations::default();
        let json = serde_json::to_string_pretty(&carried(&kept)).unwrap();
        for change in read(&json, Path::new("n.json"), &json_only).unwrap() {
            json_only.apply(change);
        }
        assert_eq!(json_only, kept);
        assert_eq!(read(&json, Path::new("n.json"), &kept).unwrap(), []);
    }

    #[test]
    fn markdown_shows_words_and_carries_everything() {
        let mut kept = kept();
        let words: Vec<_> = kept.entries().filter(|entry| entry.note().is_some()).collect();
        let note =
            Annotation { kind: Kind::Note("两行\n--> <!-- 记".to_owned()), ..words[0].clone() };
        kept.apply(Change::Put(note));
        let text = String::from(markdown(&kept));
        assert!(text.contains("## 标题"), "{text}");
        assert!(text.contains("> 建设 &lt;b>验证点&lt;/b> --> 完。"), "{text}");
        assert!(text.contains("\n\n两行\n\\--> &lt;\\!-- 记\n\n"), "{text}");
        let mut again = Annotations::default();
        for change in read(&text, Path::new("n.md"), &again).unwrap() {
            again.apply(change);
        }
        assert_eq!(again, kept);
    }

    #[test]
    fn a_file_of_something_else_is_refused_with_its_place() {
        let refuse = |text: &str| {
            read(text, Path::new("n"), &Annotations::default()).unwrap_err().to_string()
        };
        assert!(refuse("# 笔记\n\n无").starts_with("n:1:1: "), "{}", refuse("# 笔记"));
        assert!(refuse("{\n  \"a\": 1\n}").starts_with("n:3:1: "));
        let line = format!("# 笔记\n{COMMENT}{{\"entry\": 3}} -->");
        assert!(refuse(&line).starts_with("n:2:"), "{}", refuse(&line));
    }
}
