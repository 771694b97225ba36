//! Markdown as Chinese texts are saved, made ready for a parser of CommonMark: what would be read
//! as code, as part of a table or as the target of a link, and is text, is written so that it is
//! read as text. Nothing is taken away.

use std::borrow::Cow;
use std::fmt::Write;
use std::sync::LazyLock;

use regex::Regex;

use crate::ingest::pattern::built_in;
use crate::text::lines;

/// A text for the parser.
pub(super) struct Prepared {
    /// The text, its lines ended by `\n`.
    pub(super) text: String,
    /// Lines that define the target of links: the parser shows them nowhere.
    pub(super) definitions: Vec<String>,
}

/// Prepares `text`. In one that was wrapped, an indented line begins a paragraph.
pub(super) fn prepare(text: &str, is_wrapped: bool) -> Prepared {
    let mut out =
        Prepared { text: String::with_capacity(text.len() + 64), definitions: Vec::new() };
    let mut fence = None;
    let mut before = Before::default();
    for line in lines(text) {
        if let Some(mark) = fence_of(line) {
            match fence {
                None => fence = Some(mark),
                Some(open) if open == mark && line.trim().chars().all(|c| c == mark) => {
                    fence = None;
                }
                Some(_) => {}
            }
            out.push(line);
        } else if fence.is_some() {
            out.push(line);
        } else {
            out.push_text(line, &mut before, is_wrapped);
        }
    }
    out
}

/// What the line before a line was.
#[derive(Debug, Clone, Copy, Default)]
struct Before {
    is_blank: bool,
    /// A row of a table.
    is_row: bool,
    /// The end of a table in HTML.
    ends_table: bool,
    /// The last line without an indent, or one of the lines before it up to an empty one, begins an
    /// item.
    in_list: bool,
}

impl Prepared {
    fn push(&mut self, line: &str) {
        // Writing to a string cannot fail.
        let _ = writeln!(self.text, "{line}");
    }

    fn push_text(&mut self, line: &str, before: &mut Before, is_wrapped: bool) {
        let bare = line.trim_start_matches([' ', '\t']);
        let is_indented = bare.len() < line.len();
        let is_row = bare.starts_with('|');
        let parts_table = (before.is_row && !bare.contains('|')) || before.ends_table;
        let begins = is_wrapped && is_indented && !before.in_list;
        if !bare.is_empty() && !before.is_blank && (parts_table || begins) {
            self.push("");
        }
        if !is_indented && !bare.is_empty() {
            before.in_list = is_item(bare) || (before.in_list && !before.is_blank);
        }
        before.is_blank = bare.is_empty();
        before.is_row = is_row;
        before.ends_table = bare.trim_end().ends_with("</table>");
        // Four spaces in front begin a paragraph here, and code elsewhere.
        let line = if before.in_list { line } else { bare };
        if DEFINITION.is_match(line) {
            match TARGET.is_match(line) {
                true => self.definitions.push(line.trim().to_owned()),
                false => return self.push(&line.replacen('[', "\\[", 1)),
            }
        }
        let line = heading(line);
        match PRODUCT.is_match(&line) {
            true => self.push(&PRODUCT.replace_all(&line, "$1\\*")),
            false => self.push(&line),
        }
    }
}

/// A line that the parser takes for the target of links: `[name]: target`.
static DEFINITION: LazyLock<Regex> = LazyLock::new(|| built_in(r"^[ >]*\[[^\]\[^][^\]\[]*\]:"));
/// One that is: the target is an address, with or without a title.
static TARGET: LazyLock<Regex> = LazyLock::new(|| {
    built_in(r#"\]:\s*<?(?:[a-z]+://|mailto:|[/#.]|www\.)[^\s\p{Han}]*(?:\s+["'(].*)?$"#)
});
/// 3*4*5: a product, not emphasis.
static PRODUCT: LazyLock<Regex> = LazyLock::new(|| built_in(r"([0-9])\*(?-u:\b)"));

/// The mark of a fence around code.
fn fence_of(line: &str) -> Option<char> {
    let line = line.trim_start();
    ['`', '~'].into_iter().find(|mark| line.chars().take_while(|c| c == mark).count() >= 3)
}

/// True for a line that begins an item.
fn is_item(line: &str) -> bool {
    if let Some(rest) = line.strip_prefix(['-', '*', '+']) {
        return rest.starts_with([' ', '\t']);
    }
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let behind = rest.strip_prefix(['.', ')']);
    rest.len() < line.len() && behind.is_some_and(|behind| behind.starts_with([' ', '\t']))
}

/// `line` with a space after its `#`, where it has none or a full-width one. Several words with a
/// `#` are tags.
fn heading(line: &str) -> Cow<'_, str> {
    let rest = line.trim_start_matches('#');
    let level = line.len() - rest.len();
    let follows = rest.chars().next().is_some_and(|c| !c.is_ascii());
    match (1..=6).contains(&level) && follows && !rest.contains(" #") {
        true => Cow::Owned(format!("{} {}", "#".repeat(level), rest.trim_start())),
        false => Cow::Borrowed(line),
    }
}
