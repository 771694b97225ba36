//! Parsing: from text to pages, by what the text is and not by what its name says. Third stage of
//! the line.

use crate::error::Warning;
use std::path::Path;
use std::sync::LazyLock;

use regex::Regex;

use super::Options;
use super::decode::Decoded;
use super::formats::{databases, notes, wechat};
use super::page::{Page, RawBlock};
use super::pattern::built_in;
use super::records::{self, Record};
use super::{flattened, front_matter, html, markdown, paged, plain};
use crate::document::{Encoding, EncodingEvidence, RemovalReason};

/// The pages of a decoded file: one, or one a row where it is a table of documents.
pub fn parse(decoded: Decoded, options: &Options) -> Vec<Page> {
    let Decoded { path, text, encoding, warnings } = decoded;
    let mut page = Page::new(path, encoding);
    page.warnings = warnings;
    if let Some(table) = records::read(&text, &page.path, options) {
        let count = table.records.len();
        let mut pages: Vec<Page> =
            table.records.into_iter().map(|record| row(&page, record)).collect();
        if let Some(last) = pages.last_mut().filter(|_| table.is_cut) {
            last.warn(Warning::RowsLeftOut(count));
        }
        return pages;
    }
    if let Some(records) = databases::records(&text) {
        return records.into_iter().map(|record| row(&page, record)).collect();
    }
    if let Some(headed) = databases::split(&text) {
        page.metadata = headed.metadata;
        read_text(&mut page, headed.body);
        let removed = headed.removed.into_iter();
        let removed = removed.map(|line| RawBlock::removed(RemovalReason::MetadataLine, line));
        page.pieces.splice(0..0, removed);
        return vec![page];
    }
    let head = front_matter::split(&text);
    page.warnings.extend(head.warning);
    page.metadata = head.metadata;
    read_text(&mut page, head.body);
    vec![page]
}

/// The pages of the file at `path` that holds `records` in a form of its own.
pub(super) fn rows(path: &Path, records: Vec<Record>) -> Vec<Page> {
    let encoding = Encoding { name: "UTF-8".to_owned(), evidence: EncodingEvidence::Valid };
    let page = Page::new(path.to_owned(), encoding);
    records.into_iter().map(|record| row(&page, record)).collect()
}

/// A row's own page, like `file` in what they share.
fn row(file: &Page, record: Record) -> Page {
    let mut page = file.clone();
    page.row = Some(record.row);
    page.metadata = record.metadata;
    page.metadata.kind_of_file = record.kind.into_owned();
    read_text(&mut page, &record.text);
    page
}

/// Fills `page` with what `text` is.
pub(super) fn read_text(page: &mut Page, text: &str) {
    let zeros = memchr::memchr_iter(0, text.as_bytes()).count();
    if zeros > 0 {
        page.warn(Warning::NulCharacters(zeros));
    }
    let (text, is_cut) = within_marks(text);
    if is_cut {
        let end = text.len() >> 20;
        page.warn(Warning::EndLeftOut(end as u64));
    }
    let (text, directives) = without_directives(text);
    let format = format_of(&text, &page.path);
    if page.metadata.kind_of_file.is_empty() {
        page.metadata.kind_of_file = kind_of_file(format);
    }
    match format {
        MarkupFormat::Html => {
            if let Some(said) = wechat::metadata(&text) {
                page.metadata.source = page.metadata.source.take().or(said.source);
                page.metadata.published = page.metadata.published.or(said.published);
                page.metadata.url = page.metadata.url.take().or(said.url);
            }
            html::fill(page, html::parse(&text));
        }
        MarkupFormat::Markdown => page.pieces = markdown::pieces(&notes::without_marks(&text)),
        MarkupFormat::Flattened => flattened::fill(page, &text),
        MarkupFormat::Plain if paged::is_paged(&text) => page.pieces = paged::pieces_of_text(&text),
        MarkupFormat::Plain => page.pieces = plain::pieces(&text),
    }
    page.pieces.splice(0..0, directives.map(|text| RawBlock::removed(RemovalReason::Markup, text)));
}

/// Lines and tags of the largest text; a saved page of a megabyte has some ten thousand.
const MARKS: usize = 1_000_000;
/// Bytes of a text for each line or tag beyond those: what they take as paragraphs and elements stays
/// below six times the text and 200 MB.
const BYTES_PER_MARK: usize = 64;

/// `text` up to the most lines and tags, and whether more follows.
fn within_marks(text: &str) -> (&str, bool) {
    let most = MARKS + text.len() / BYTES_PER_MARK;
    if text.len() <= most {
        return (text, false);
    }
    match memchr::memchr2_iter(b'\n', b'<', text.as_bytes()).nth(most) {
        Some(end) => (text.get(..end).unwrap_or(text), true),
        None => (text, false),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum MarkupFormat {
    Html,
    Markdown,
    Flattened,
    Plain,
}

fn format_of(text: &str, path: &Path) -> MarkupFormat {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    let says_markdown = matches!(ending.to_ascii_lowercase().as_str(), "md" | "markdown");
    match () {
        () if is_html(text) => MarkupFormat::Html,
        () if says_markdown || markdown::is_markdown(text) => MarkupFormat::Markdown,
        () if flattened::is_flattened(text) => MarkupFormat::Flattened,
        () => MarkupFormat::Plain,
    }
}

/// The kind of file that a text of `format` comes from.
fn kind_of_file(format: MarkupFormat) -> String {
    let kind = match format {
        MarkupFormat::Html => "html",
        MarkupFormat::Markdown => "markdown",
        MarkupFormat::Flattened | MarkupFormat::Plain => "text",
    };
    kind.to_owned()
}

/// Tags that enclose text in pages; lone inline tags occur in plain texts, too.
const TAGS: [&str; 13] = [
    "<!doctype",
    "<html",
    "<body",
    "<p>",
    "<p ",
    "<div",
    "<br",
    "<td",
    "<li>",
    "<li ",
    "<h1",
    "<h2",
    "<table",
];

/// Bytes of the head that are looked at.
const HEAD: usize = 16 << 10;

/// True for a text that begins with a tag and has others that enclose text.
fn is_html(text: &str) -> bool {
    let head = text.trim_start().as_bytes();
    if !head.starts_with(b"<") {
        return false;
    }
    let head = head.get(..HEAD.min(head.len())).unwrap_or_default().to_ascii_lowercase();
    TAGS.iter().any(|tag| memchr::memmem::find(&head, tag.as_bytes()).is_some())
}

static DIRECTIVE: LazyLock<Regex> = LazyLock::new(|| built_in(r"(?s)<%.*?%>"));

/// `text` without the `<% … %>` of a JSP page, which no HTML parser knows, and these.
fn without_directives(text: &str) -> (std::borrow::Cow<'_, str>, Option<String>) {
    if !text.contains("<%") {
        return (text.into(), None);
    }
    let found: Vec<&str> = DIRECTIVE.find_iter(text).map(|found| found.as_str()).collect();
    let kept = (!found.is_empty()).then(|| found.join(" "));
    (DIRECTIVE.replace_all(text, ""), kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_too_many_lines_or_tags_is_cut() {
        for row in ["a\n", "<b>"] {
            let text = row.repeat(MARKS * 2);
            let (read, is_cut) = within_marks(&text);
            let marks = MARKS + text.len() / BYTES_PER_MARK;
            assert!(is_cut);
            assert_eq!(read.matches(['\n', '<']).count(), marks);
        }
        let long = "字".repeat(MARKS);
        assert_eq!(within_marks(&long), (long.as_str(), false));
    }
}
