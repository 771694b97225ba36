//! Markdown into pieces: headings, lists, tables and paragraphs, their marks taken off. Only what
//! saved articles use is read; a line that is none of it is text.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

use super::page::{Piece, Shape};
use super::pattern::built_in;
use super::plain::{bare, paragraphs, with_entities, without_tags};
use crate::document::{CELL, RemovalReason};
use crate::text::lines;

/// The pieces of `text` in reading order. A line is a paragraph: Chinese texts are not wrapped, and
/// where one is, its lines do not end with a stop.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut in_code = false;
    // Most are a paragraph a line; wrapped ones are joined as in plain text.
    let paragraphs = paragraphs(text);
    let joined = paragraphs.iter().flatten().map(String::as_str);
    let own = lines(text).filter(|_| paragraphs.is_none());
    for line in joined.chain(own) {
        if line.trim_start().starts_with("```") {
            in_code = !in_code;
            continue;
        }
        let depth = depth_of(line);
        let line = line.trim();
        if line.is_empty() || is_rule(line) {
            continue;
        }
        if in_code {
            pieces.push(Piece::text(bare(line)));
        } else {
            push(&mut pieces, line, depth);
        }
    }
    pieces
}

/// Lists that are around an item whose line is indented so: each indents by two blanks or more.
fn depth_of(line: &str) -> u8 {
    let indent = line.chars().take_while(|c| matches!(c, ' ' | '\t'));
    let blanks: usize = indent.map(|c| if c == '\t' { 4 } else { 1 }).sum();
    (blanks / 2).min(DEEPEST) as u8
}

/// Lists inside each other that are told apart.
const DEEPEST: usize = 6;

fn push(pieces: &mut Vec<Piece>, line: &str, depth: u8) {
    if line.starts_with("<!--") && line.ends_with("-->") {
        return pieces.push(Piece::removed(RemovalReason::Markup, line));
    }
    let (shape, rest) = shape_of(line);
    let bold = is_bold(rest);
    let line = without_tags(rest, pieces);
    let (text, images) = inline(&with_entities(&line));
    pieces.extend(images.map(|images| Piece::removed(RemovalReason::Markup, images)));
    if !text.is_empty() {
        let depth = if shape == Shape::Item { depth } else { 0 };
        pieces.push(Piece { text, shape, bold, depth, ..Piece::default() });
    }
}

/// What the marks in front of `line` make of it, and what stands behind them.
fn shape_of(line: &str) -> (Shape, &str) {
    let level = line.bytes().take_while(|b| *b == b'#').count();
    let behind = line.get(level..).unwrap_or_default();
    match level {
        1..=6
            if behind.starts_with([' ', '\t', '　'])
                || behind.starts_with(|c: char| !c.is_ascii()) =>
        {
            return (Shape::Heading(level as u8), behind.trim().trim_end_matches('#').trim_end());
        }
        _ => {}
    }
    if line.starts_with('|') && line.ends_with('|') && line.len() > 2 {
        return (Shape::Row, line);
    }
    let item = ["- ", "* ", "+ "].iter().find_map(|mark| line.strip_prefix(mark));
    match (item, line.strip_prefix('>')) {
        (Some(item), _) => (Shape::Item, item.trim()),
        (None, Some(quoted)) => (Shape::Text, quoted.trim_start_matches(['>', ' '])),
        (None, None) => (Shape::Text, line),
    }
}

/// `---` and its like, and the line below a table's head.
fn is_rule(line: &str) -> bool {
    let marks = ['-', '*', '_', '=', '|', ':', ' '];
    line.len() >= 3 && line.chars().all(|c| marks.contains(&c))
}

fn is_bold(text: &str) -> bool {
    let inside = text.strip_prefix("**").and_then(|rest| rest.strip_suffix("**"));
    inside.is_some_and(|inside| !inside.contains("**"))
}

static LINK: LazyLock<Regex> =
    LazyLock::new(|| built_in(r#"\[([^\[\]]*)\]\((?:[^()\s]|\([^()]*\))*(?:\s+"[^"]*")?\)"#));
/// A picture; its address may be cut off with the rest of the line.
static IMAGE: LazyLock<Regex> =
    LazyLock::new(|| built_in(r"!\[([^\[\]]*)\]\((?:[^()]|\([^()]*\))*(?:\)|$)"));
/// Emphasis with one mark a side: `*` also inside a word, `_` only around one.
static STARRED: LazyLock<Regex> = LazyLock::new(|| built_in(r"\*([^\s*](?:[^*]*[^\s*])?)\*"));
static UNDERLINED: LazyLock<Regex> =
    LazyLock::new(|| built_in(r"(^|[^\w])_([^\s_](?:[^_]*[^\s_])?)_($|[^\w])"));
/// The mark of a footnote, in the text and before the note itself.
static FOOTNOTE: LazyLock<Regex> = LazyLock::new(|| built_in(r"\[\^([^\[\]\s]{1,20})\]:?"));

/// `text` without the marks inside it, and the images that were there. Most lines have none, which
/// one look tells.
fn inline(text: &str) -> (String, Option<String>) {
    let (mut text, images) = match memchr::memchr(b'[', text.as_bytes()) {
        Some(_) => without_links(text),
        None => (Cow::Borrowed(text), None),
    };
    if memchr::memchr3(b'*', b'_', b'`', text.as_bytes()).is_some() {
        let bare = text.replace("**", "").replace("__", "").replace('`', "");
        let bare = STARRED.replace_all(&bare, "$1");
        text = UNDERLINED.replace_all(&bare, "$1$2$3").into_owned().into();
    }
    if text.contains("~~") {
        text = text.replace("~~", "").into();
    }
    if text.contains("[^") {
        text = FOOTNOTE.replace_all(&text, "[$1]").into_owned().into();
    }
    if text.starts_with('|') {
        text = row(&text).into();
    }
    (bare(&text).into_owned(), images)
}

/// `text` with its links as they read, and the images that were there.
fn without_links(text: &str) -> (Cow<'_, str>, Option<String>) {
    let mut text = Cow::Borrowed(text);
    let mut images = None;
    if let Some(image) = Some(&*IMAGE).filter(|_| text.contains("![")) {
        let found: Vec<&str> =
            image.captures_iter(&text).filter_map(|c| c.get(1)).map(|c| c.as_str()).collect();
        images = (!found.is_empty()).then(|| format!("[{}]", found.join("] [")));
        text = image.replace_all(&text, "").into_owned().into();
    }
    if let Some(link) = Some(&*LINK).filter(|_| text.contains("](")) {
        text = link.replace_all(&text, "$1").into_owned().into();
    }
    (text, images)
}

fn row(line: &str) -> String {
    let cells = line.trim_matches('|').split('|').map(str::trim);
    cells.collect::<Vec<_>>().join(CELL)
}

/// True for a text with headings or pictures as Markdown writes them.
pub(super) fn is_markdown(text: &str) -> bool {
    // Most texts have neither sign, which one look at all of it tells.
    if memchr::memchr2(b'#', b'!', text.as_bytes()).is_none() {
        return false;
    }
    let picture = |line: &str| line.trim_start().starts_with("![") && line.contains("](");
    let heading = |line: &str| {
        let rest = line.trim_start_matches('#');
        let level = line.len() - rest.len();
        (1..=6).contains(&level) && rest.starts_with(' ') && rest.trim().len() > 1
    };
    lines(text).take(400).any(|line| heading(line) || picture(line))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_read_and_taken_off() {
        let text = "# 题\n\n## 第一章  总则\n\n第一条 **为了**[规范](http://a.b/(c))。\n\n- 项\n\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n\n![图](data:x)\n\n<!-- x -->\n\n**小标题**";
        let all = pieces(text);
        let kept: Vec<(Shape, &str, bool)> = all
            .iter()
            .filter(|p| p.is_kept())
            .map(|p| (p.shape, p.text.as_str(), p.bold))
            .collect();
        assert_eq!(
            kept,
            [
                (Shape::Heading(1), "题", false),
                (Shape::Heading(2), "第一章 总则", false),
                (Shape::Text, "第一条 为了规范。", false),
                (Shape::Item, "项", false),
                (Shape::Row, "甲 │ 乙", false),
                (Shape::Row, "1 │ 2", false),
                (Shape::Text, "小标题", true),
            ]
        );
        assert_eq!(all.len() - kept.len(), 2);
    }

    #[test]
    fn a_picture_is_no_text_even_where_its_address_is_cut() {
        let text = "<figure>\n<img src=\"a\">\n</figure>\n![专栏 | 某某](\n\n**专栏 | 某某**\n\n文![a](b(c).png)字[![甲](乙)](丙)。";
        assert!(is_markdown(text) && !is_markdown("注意！[甲](乙)") && !is_markdown("#1\n文"));
        let kept: Vec<String> =
            pieces(text).into_iter().filter(Piece::is_kept).map(|piece| piece.text).collect();
        assert_eq!(kept, ["专栏 | 某某", "文字。"]);
    }

    #[test]
    fn emphasis_footnotes_and_lists_lose_their_marks() {
        let cases = [
            ("甲*乙*丙", "甲乙丙"),
            ("甲 _乙_ 丙", "甲 乙 丙"),
            ("***甲***乙", "甲乙"),
            ("~~甲~~乙", "甲乙"),
            ("甲[^1]。", "甲[1]。"),
            ("[^1]: 注文", "[1] 注文"),
            ("3*4=12", "3*4=12"),
            ("a_b_c", "a_b_c"),
            ("甲_乙_丙", "甲_乙_丙"),
            ("5 * 6 * 7", "5 * 6 * 7"),
            ("甲~乙", "甲~乙"),
            ("[甲]乙", "[甲]乙"),
        ];
        for (source, text) in cases {
            assert_eq!(pieces(source)[0].text, text, "{source}");
        }
        let nested = pieces("- 甲\n  - 乙\n    - 丙\n- 丁\n");
        let depths: Vec<(&str, u8)> = nested.iter().map(|p| (p.text.as_str(), p.depth)).collect();
        assert_eq!(depths, [("甲", 0), ("乙", 1), ("丙", 2), ("丁", 0)]);
    }
}
