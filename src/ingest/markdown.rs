//! Markdown into pieces: headings, lists, tables, notes and paragraphs, without their marks. The
//! parser is CommonMark's with the tables and footnotes of GitHub (comrak); what it would misread in
//! Chinese texts is prepared in [`source`].
//!
//! CommonMark joins the lines of a paragraph, and Chinese texts are mostly saved with a paragraph a
//! line: a line end inside a paragraph joins only what was wrapped.

mod source;

use std::sync::LazyLock;

use comrak::arena_tree::NodeEdge;
use comrak::nodes::{ListDelimType, ListType, Node, NodeList, NodeValue};
use comrak::{Arena, Options, parse_document};
use regex::Regex;

use super::html;
use super::page::{RawBlock, Shape, TableRow};
use super::pattern::built_in;
use super::plain::{self, bare, join, without_tags};
use crate::document::{CELL, RemovalReason};
use crate::text::{has_stop, is_longer, lines};

/// The pieces of `text` in reading order.
pub(super) fn pieces(text: &str) -> Vec<RawBlock> {
    let mut pieces = Vec::new();
    read(text, plain::wrap_width(text), 0, &mut pieces);
    pieces
}

/// Blocks of HTML inside each other that are read as Markdown again.
const DEEPEST: u8 = 3;

/// Adds the pieces of `text`, whose lines were wrapped at `width` cells.
fn read(text: &str, width: Option<usize>, depth: u8, pieces: &mut Vec<RawBlock>) {
    if depth > DEEPEST {
        pieces.extend(lines(text).map(bare).filter(|l| !l.is_empty()).map(RawBlock::text));
        return;
    }
    let prepared = source::prepare(text, width.is_some());
    let arena = Arena::new();
    let root = parse_document(&arena, &prepared.text, &options());
    let mut reader = Reader {
        source: prepared.text.lines().collect(),
        pieces,
        width,
        depth,
        lists: Vec::new(),
        marker: None,
        note: None,
        lines: vec![Line::default()],
        strong: 0,
        removed: Vec::new(),
        cells: Vec::new(),
        tables: 0,
    };
    for edge in root.traverse() {
        match edge {
            NodeEdge::Start(node) => reader.open(node),
            NodeEdge::End(node) => reader.close(node),
        }
    }
    let definitions = prepared.definitions.into_iter();
    pieces.extend(definitions.map(|line| RawBlock::removed(RemovalReason::Markup, line)));
}

fn options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.tasklist = true;
    options.extension.footnotes = true;
    options.extension.cjk_friendly_emphasis = true;
    options.parse.leave_footnote_definitions = true;
    options.parse.escaped_char_spans = true;
    options
}

/// Reads a tree from its root to its last leaf.
struct Reader<'p> {
    /// The lines of the text that was parsed.
    source: Vec<&'p str>,
    pieces: &'p mut Vec<RawBlock>,
    width: Option<usize>,
    depth: u8,
    lists: Vec<List>,
    /// What is put in front of the next line, where an item begins: nothing, or its number.
    marker: Option<String>,
    /// The name of the footnote that is read; empty after its first line.
    note: Option<String>,
    /// The lines of the block that is read; never empty.
    lines: Vec<Line>,
    /// How many marks of bold text are around.
    strong: u32,
    /// Marks that were in the block.
    removed: Vec<String>,
    /// The cells of the row that is read.
    cells: Vec<String>,
    tables: u32,
}

/// A list that is read.
struct List {
    /// The number of its next item, where it has numbers and all that the source has are the same.
    counted: Option<usize>,
    is_ordered: bool,
}

/// A line of a block.
#[derive(Debug, Default)]
struct Line {
    text: String,
    /// True where the source has all of it in bold.
    is_bold: bool,
    /// True where the line before it ends by a mark.
    is_hard: bool,
}

impl Reader<'_> {
    fn open(&mut self, node: Node<'_>) {
        match &node.data().value {
            NodeValue::List(list) => self.lists.push(List::of(node, list)),
            NodeValue::Item(list) => {
                let line = node.data().sourcepos.start;
                self.begin_item(*list, line.line, line.column);
            }
            NodeValue::TaskItem(_) => self.marker = Some(String::new()),
            NodeValue::FootnoteDefinition(note) => self.note = Some(note.name.clone()),
            NodeValue::Table(_) => self.tables += 1,
            NodeValue::Strong => self.strong += 1,
            NodeValue::Text(text) => self.text(text, node),
            NodeValue::Code(code) => self.push(&code.literal),
            NodeValue::FootnoteReference(note) => self.push(&format!("[{}]", note.name)),
            NodeValue::SoftBreak => self.lines.push(Line::default()),
            NodeValue::LineBreak => self.break_line(),
            NodeValue::HtmlInline(tag) => self.tag(tag),
            NodeValue::CodeBlock(code) => {
                // What is beside a fence names a language, or is text.
                if !code.info.is_ascii() {
                    self.code(&code.info);
                }
                self.code(&code.literal);
            }
            NodeValue::HtmlBlock(html) => self.html(&html.literal),
            _ => {}
        }
    }

    fn close(&mut self, node: Node<'_>) {
        match &node.data().value {
            NodeValue::List(_) => {
                self.lists.pop();
            }
            NodeValue::Item(_) | NodeValue::TaskItem(_) => self.end_item(),
            NodeValue::FootnoteDefinition(_) => {
                self.end_block(None);
                self.note = None;
            }
            NodeValue::Strong => self.strong = self.strong.saturating_sub(1),
            NodeValue::Paragraph => self.end_block(None),
            NodeValue::Heading(heading) => {
                // A paragraph above a rule looks like a heading.
                let is_text = heading.setext
                    && (self.lines.len() > 1 || self.lines.iter().any(|l| has_stop(&l.text)));
                self.end_block(Some(heading.level).filter(|_| !is_text));
            }
            NodeValue::TableCell => {
                let line = std::mem::take(&mut self.lines);
                self.lines.push(Line::default());
                let text: String = line.into_iter().map(|line| line.text).collect();
                let text = self.without_pictures(&text);
                self.cells.push(bare(&text).replace('│', "｜"));
            }
            NodeValue::TableRow(is_heading) => self.end_row(*is_heading),
            _ => {}
        }
    }

    /// Adds what an image is called to what was removed, else `text` to the line.
    fn text(&mut self, text: &str, node: Node<'_>) {
        let around = node.ancestors().skip(1);
        let is_picture = |node: &Node<'_>| matches!(node.data().value, NodeValue::Image(_));
        let is_escaped =
            node.parent().is_some_and(|p| matches!(p.data().value, NodeValue::Escaped));
        if around.take_while(|n| !n.data().value.block()).any(|node| is_picture(&node)) {
            self.removed.push(format!("[{text}]"));
        } else if !is_escaped && ["**", "~~", "[^"].iter().any(|mark| text.contains(mark)) {
            // Marks without a partner.
            let text = text.replace("**", "").replace("~~", "");
            self.push(&FOOTNOTE.replace_all(&text, "[$1]"));
        } else {
            self.push(text);
        }
    }

    fn push(&mut self, text: &str) {
        let Some(line) = self.lines.last_mut() else { return };
        if !text.trim().is_empty() {
            line.is_bold = self.strong > 0 && (line.is_bold || line.text.trim().is_empty());
        }
        line.text.push_str(text);
    }

    fn break_line(&mut self) {
        self.lines.push(Line { is_hard: true, ..Line::default() });
    }

    /// A tag inside a line; what is none of HTML's is text.
    fn tag(&mut self, tag: &str) {
        let mut removed = Vec::new();
        let rest = without_tags(tag, &mut removed);
        if rest.is_empty() {
            self.removed.push(tag.to_owned());
            let name = tag.trim_start_matches(['<', '/']).to_ascii_lowercase();
            match name.starts_with("br") {
                true if self.is_in_table() => self.push(" "),
                true => self.break_line(),
                false => {}
            }
        } else {
            self.push(tag);
        }
    }

    fn is_in_table(&self) -> bool {
        self.lists.is_empty() && self.tables > 0 && !self.cells.is_empty()
    }

    /// Code: its lines as they are; pages of notes hold text so.
    fn code(&mut self, literal: &str) {
        for line in lines(literal).map(bare).filter(|line| !line.is_empty()) {
            self.pieces.push(RawBlock::text(line));
        }
    }

    /// HTML that is no part of a line: what has a structure of its own is read as HTML, around
    /// anything else the tags go.
    fn html(&mut self, literal: &str) {
        const STRUCTURED: [&str; 6] = ["<table", "<ol", "<ul", "<dl", "<script", "<style"];
        let lower = literal.to_ascii_lowercase();
        if STRUCTURED.iter().any(|tag| lower.contains(tag)) {
            let own = html::parse(literal).pieces;
            let first = self.tables + 1;
            for mut piece in own {
                if let Some(row) = &mut piece.table {
                    row.table += first;
                    self.tables = self.tables.max(row.table);
                }
                self.pieces.push(piece);
            }
            return;
        }
        let (text, comments) = without_comments(literal);
        let mut rest = String::with_capacity(text.len());
        for line in lines(&text) {
            rest.push_str(&without_tags(line, self.pieces));
            rest.push('\n');
        }
        let comments = comments.into_iter();
        self.pieces.extend(comments.map(|text| RawBlock::removed(RemovalReason::Markup, text)));
        if !rest.trim().is_empty() {
            read(&rest, self.width, self.depth + 1, self.pieces);
        }
    }

    fn begin_item(&mut self, own: NodeList, line: usize, column: usize) {
        let Some(list) = self.lists.last_mut().filter(|list| list.is_ordered) else {
            self.marker = Some(String::new());
            return;
        };
        let counted = list.counted.map(|number| {
            list.counted = Some(number + 1);
            let mark = if own.delimiter == ListDelimType::Paren { ')' } else { '.' };
            format!("{number}{mark}")
        });
        let written = || {
            let line = self.source.get(line.checked_sub(1)?)?;
            let rest = line.get(column.checked_sub(1)?..)?.trim_start();
            rest.split_ascii_whitespace().next()
        };
        let number = counted.or_else(|| written().map(str::to_owned));
        self.marker = Some(number.unwrap_or_else(|| format!("{}.", own.start)) + " ");
    }

    /// An item ends: one without text still has a number.
    fn end_item(&mut self) {
        self.end_block(None);
        if let Some(marker) = self.marker.take()
            && !marker.is_empty()
        {
            self.pieces.push(RawBlock::text(marker.trim_end()));
        }
    }

    fn end_row(&mut self, is_heading: bool) {
        let cells = std::mem::take(&mut self.cells);
        self.end_removed();
        if cells.iter().all(String::is_empty) {
            return;
        }
        let table = Some(TableRow { table: self.tables, is_heading });
        let text = cells.join(CELL);
        self.pieces.push(RawBlock { text, shape: Shape::Row, table, ..RawBlock::default() });
    }

    fn end_removed(&mut self) {
        if !self.removed.is_empty() {
            let removed = std::mem::take(&mut self.removed).join(" ");
            self.pieces.push(RawBlock::removed(RemovalReason::Markup, removed));
        }
    }

    /// Adds the paragraphs that the lines of a block make, or its heading.
    fn end_block(&mut self, heading: Option<u8>) {
        let lines = std::mem::replace(&mut self.lines, vec![Line::default()]);
        for line in self.paragraphs(lines) {
            let text = self.without_pictures(&line.text);
            let text = bare(&text);
            if text.is_empty() || is_rule(&text) {
                continue;
            }
            let mut piece =
                RawBlock { text: text.into_owned(), bold: line.is_bold, ..RawBlock::default() };
            if let Some(level) = heading {
                piece.shape = Shape::Heading(level);
            } else if let Some(name) = &mut self.note {
                piece.shape = Shape::Note;
                if !name.is_empty() {
                    piece.text = format!("[{}] {}", std::mem::take(name), piece.text);
                }
            } else if self.marker.is_none() && piece.text.starts_with('|') && is_row(&piece.text) {
                piece.shape = Shape::Row;
                piece.text = row(&piece.text);
            }
            if let Some(marker) = self.marker.take() {
                if heading.is_none() {
                    piece.shape = Shape::Item;
                    piece.depth = self.lists.len().saturating_sub(1).min(MOST_LISTS) as u8;
                }
                piece.text = marker + &piece.text;
            }
            self.pieces.push(piece);
        }
        self.end_removed();
    }

    /// `lines`, those that were wrapped joined.
    fn paragraphs(&self, lines: Vec<Line>) -> Vec<Line> {
        let mut paragraphs: Vec<Line> = Vec::new();
        let mut end = String::new();
        for line in lines {
            let before = std::mem::replace(&mut end, line.text.clone());
            match paragraphs.last_mut() {
                Some(last) if !line.is_hard && goes_on(&before, &line.text, self.width) => {
                    join(&mut last.text, line.text.trim());
                    last.is_bold &= line.is_bold;
                }
                _ => paragraphs.push(line),
            }
        }
        paragraphs
    }

    /// `text` without pictures whose address is cut off, which are none to the parser.
    fn without_pictures(&mut self, text: &str) -> String {
        if !text.contains("![") {
            return text.to_owned();
        }
        for found in CUT_PICTURE.captures_iter(text) {
            self.removed.extend(found.get(1).map(|name| format!("[{}]", name.as_str())));
        }
        CUT_PICTURE.replace_all(text, "").into_owned()
    }
}

/// Lists inside each other that are distinguished.
const MOST_LISTS: usize = 6;

static CUT_PICTURE: LazyLock<Regex> =
    LazyLock::new(|| built_in(r"!\[([^\[\]]*)\]\((?:[^()]|\([^()]*\))*(?:\)|$)"));
/// The mark of a footnote that is nowhere.
static FOOTNOTE: LazyLock<Regex> = LazyLock::new(|| built_in(r"\[\^([^\[\]\s]{1,20})\]"));
static COMMENT: LazyLock<Regex> = LazyLock::new(|| built_in(r"(?s)<!--.*?-->"));

/// `literal` without comments, and these. One that never ends is text.
fn without_comments(literal: &str) -> (String, Vec<String>) {
    let comments = COMMENT.find_iter(literal).map(|found| found.as_str().to_owned()).collect();
    (COMMENT.replace_all(literal, "").replace("<!--", ""), comments)
}

impl List {
    fn of(node: Node<'_>, list: &NodeList) -> Self {
        let is_ordered = list.list_type == ListType::Ordered;
        let start = |item: Node<'_>| match &item.data().value {
            NodeValue::Item(own) => Some(own.start),
            _ => None,
        };
        let mut starts = node.children().map(start);
        let first = starts.next().flatten();
        let mut others = starts.peekable();
        let all_same = others.peek().is_some() && others.all(|start| start == first);
        Self { counted: first.filter(|_| is_ordered && all_same), is_ordered }
    }
}

/// Characters from which on a line is too long to be a heading.
const LONG: usize = 20;

/// True where `line` goes on what `before` began: both are lines of one paragraph that was wrapped.
fn goes_on(before: &str, line: &str, width: Option<usize>) -> bool {
    if line.trim().is_empty() || line.starts_with('　') || plain::begins_paragraph(line.trim()) {
        return false;
    }
    if let Some(width) = width {
        return plain::is_full(before, width);
    }
    let before = before.trim();
    // A line that ends inside a sentence; without a mark only a long one, whose sentence ends below.
    match before.chars().next_back() {
        Some('，' | '、' | '（' | '《' | '“') => true,
        Some(c) if c.is_alphanumeric() => {
            is_longer(before, LONG) && before.contains('，') && has_stop(line)
                || (c.is_ascii_lowercase() && line.starts_with(|c: char| c.is_ascii_alphanumeric()))
        }
        _ => false,
    }
}

/// `---` and its like.
fn is_rule(line: &str) -> bool {
    let marks = ['-', '*', '_', '=', '|', ':', ' '];
    line.len() >= 3 && line.chars().all(|c| marks.contains(&c)) && !line.contains("____")
}

/// True for a row of a table without a head, which is none to the parser.
fn is_row(line: &str) -> bool {
    line.ends_with('|') && line.len() > 2
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
    use crate::text::is_han;

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
            pieces(text).into_iter().filter(RawBlock::is_kept).map(|piece| piece.text).collect();
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

    fn kept(text: &str) -> Vec<String> {
        pieces(text).into_iter().filter(RawBlock::is_kept).map(|piece| piece.text).collect()
    }

    #[test]
    fn line_ends_join_only_what_was_wrapped() {
        for (text, lines) in [
            // Lines that end inside a sentence, or inside words of Latin letters.
            ("为加强管理，\n制定本办法。", &["为加强管理，制定本办法。"] as &[_]),
            ("the quick\nbrown fox", &["the quick brown fox"]),
            // A paragraph a line, addresses, verses, numbered lines.
            ("第一段。\n第二段。", &["第一段。", "第二段。"]),
            ("城东路一号\n城西路二号", &["城东路一号", "城西路二号"]),
            ("各区政府：\n现通知如下。", &["各区政府：", "现通知如下。"]),
            ("办法如下，\n第一条 为加强管理。", &["办法如下，", "第一条 为加强管理。"]),
            ("办法如下，\n　　请遵守。", &["办法如下，", "请遵守。"]),
            // A paragraph above a rule is no heading, and a line below a table no row.
            ("第一段。\n---\n第二段。", &["第一段。", "第二段。"]),
            ("|甲|乙|\n|--|--|\n|一|二|\n段落。", &["甲 │ 乙", "一 │ 二", "段落。"]),
            // Four spaces begin a paragraph, not code; marks in it are read.
            ("前文。\n\n    **办法**如下。", &["前文。", "办法如下。"]),
        ] {
            assert_eq!(kept(text), lines, "{text}");
        }
    }

    #[test]
    fn emphasis_beside_chinese_marks_is_read() {
        for (source, text) in [
            ("**注意：**请按时申报。", "注意：请按时申报。"),
            ("请**“按时”**申报。", "请“按时”申报。"),
            ("*（一）*甲", "（一）甲"),
            ("**甲", "甲"),
            (r"\*ST某股份", "*ST某股份"),
            ("规格2000*1000*500毫米", "规格2000*1000*500毫米"),
            ("约5~10%和6~8%", "约5~10%和6~8%"),
            ("姓名：________", "姓名：________"),
        ] {
            assert_eq!(kept(source), [text], "{source}");
        }
    }

    #[test]
    fn numbers_of_lists_are_those_of_the_source() {
        assert_eq!(kept("1. 甲\n1. 乙\n1. 丙"), ["1. 甲", "2. 乙", "3. 丙"]);
        assert_eq!(kept("01. 甲\n02. 乙"), ["01. 甲", "02. 乙"]);
        assert_eq!(kept("1) 甲\n3) 丙"), ["1) 甲", "3) 丙"]);
        assert_eq!(kept("1. 甲\n   - 乙\n2. 丙\n3."), ["1. 甲", "乙", "2. 丙", "3."]);
        assert_eq!(kept("- [x] 甲\n- [ ] 乙"), ["甲", "乙"]);
    }

    #[test]
    fn nothing_vanishes_as_a_target_a_note_or_a_comment() {
        for text in [
            "[注]: 本办法",
            "[1]: 某政发〔2021〕1号",
            "前文。\n\n[^2]: 没有引用的注。",
            "<!-- 没有结束\n\n正文。",
            "[甲]: https://a.b/1 \"题\"",
            "```\n代码里的字\n```",
            "<div>\n**甲**\n</div>",
            "| 甲 |\n|---|\n| 乙 |\n\n<span>丙</span>",
        ] {
            let found: String = pieces(text).into_iter().map(|piece| piece.text).collect();
            for c in text.chars().filter(|c| is_han(*c) || c.is_ascii_digit()) {
                assert!(found.contains(c), "{c} of {text}: {found}");
            }
        }
        assert_eq!(kept("<div>\n**甲**\n</div>"), ["甲"]);
        let note = pieces("甲[^1]。\n\n[^1]: 注一\n");
        assert_eq!((note[1].shape, note[1].text.as_str()), (Shape::Note, "[1] 注一"));
    }

    #[test]
    fn tables_have_heads_and_the_ones_in_html_all_cells() {
        let html = "<table><tr><td>丙</td><td>丁</td></tr><tr><td>三</td><td>四</td></tr></table>";
        let table = pieces(&format!("|甲|乙|\n|--|--|\n|一|\n\n{html}"));
        let rows: Vec<_> = table.iter().map(|p| (p.text.as_str(), p.table)).collect();
        let row = |table, is_heading| Some(TableRow { table, is_heading });
        assert_eq!(
            rows,
            [
                ("甲 │ 乙", row(1, true)),
                ("一 │ ", row(1, false)),
                ("丙 │ 丁", row(2, false)),
                ("三 │ 四", row(2, false)),
            ]
        );
    }

    #[test]
    fn marks_inside_each_other_without_end_are_read() {
        for mark in ["> ", "- ", "[", "*", "<div>", "![", "`", "1. "] {
            let text = mark.repeat(20_000) + "正文。";
            let found: String = pieces(&text).into_iter().map(|piece| piece.text).collect();
            assert!(found.contains("正文。"), "{mark}");
        }
    }
}
