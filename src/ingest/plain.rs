//! Plain text into pieces. Most files have a paragraph a line; hard-wrapped ones break lines at one
//! width, and flattened ones hold a whole page in one line. Tags and entities that were left in a
//! text go.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

use super::numbering::mark_of;
use super::page::RawBlock;
use super::pattern::built_in;
use crate::document::RemovalReason;
use crate::text::{is_han, lines};

/// The pieces of `text` in reading order.
pub(super) fn pieces(text: &str) -> Vec<RawBlock> {
    let mut pieces = Vec::new();
    // Few texts have any leftovers, which one look at all of it tells.
    let push = if has_leftovers(text) { push } else { push_clean };
    match paragraphs(text) {
        Some(paragraphs) => paragraphs.iter().for_each(|line| push(&mut pieces, line)),
        None => lines(text).for_each(|line| push(&mut pieces, line)),
    }
    pieces
}

/// True where a line of `text` may have tags, entities or spaces to be removed.
fn has_leftovers(text: &str) -> bool {
    memchr::memchr3(b'<', b'&', b'\t', text.as_bytes()).is_some() || has_runs_of_blanks(text)
}

fn has_runs_of_blanks(text: &str) -> bool {
    // What begins a U+00A0 begins few other characters.
    if memchr::memchr2(b' ', 0xC2, text.as_bytes()).is_none() {
        return false;
    }
    let has = |blank: &str| memchr::memmem::find(text.as_bytes(), blank.as_bytes()).is_some();
    has("  ") || has("\u{A0}")
}

fn push(pieces: &mut Vec<RawBlock>, line: &str) {
    if line.trim().is_empty() {
        return;
    }
    let line = without_tags(line, pieces);
    push_clean(pieces, &bare(&with_entities(&line)));
}

fn push_clean(pieces: &mut Vec<RawBlock>, line: &str) {
    let line = line.trim();
    if !line.is_empty() {
        pieces.push(RawBlock::text(line));
    }
}

static TAG: LazyLock<Regex> = LazyLock::new(|| {
    built_in(concat!(
        r#"</?(?i:a|abbr|address|b|bdo|bdi|big|br|center|code|dd|del|dfn|div|dl|dt|em|fieldset|font|"#,
        r#"figcaption|figure|form|h[1-6]|hr|i|img|ins|kbd|legend|li|mark|meter|nav|noframes|object|ol|optgroup|option|picture|"#,
        r#"p|pre|progress|rp|rt|ruby|s|samp|section|small|source|span|strike|strong|sub|sup|table|"#,
        r#"tbody|td|tfoot|th|thead|tr|track|tt|u|ul|var|video)(?:\s[^<>]{0,500})?/?>|<!--.{0,2000}?-->"#
    ))
});

/// `line` without tags; what was removed is kept beside.
pub(super) fn without_tags<'t>(line: &'t str, pieces: &mut Vec<RawBlock>) -> Cow<'t, str> {
    if memchr::memchr(b'<', line.as_bytes()).is_none() {
        return Cow::Borrowed(line);
    }
    let (mut tags, mut rest, mut end) = (Vec::new(), String::new(), 0);
    for tag in TAG.find_iter(line) {
        rest.push_str(line.get(end..tag.start()).unwrap_or_default());
        end = tag.end();
        tags.push(tag.as_str());
    }
    if tags.is_empty() {
        return Cow::Borrowed(line);
    }
    pieces.push(RawBlock::removed(RemovalReason::Markup, tags.join(" ")));
    Cow::Owned(rest + line.get(end..).unwrap_or_default())
}

/// Entities that pages leave in texts.
const ENTITIES: [(&str, &str); 12] = [
    ("&nbsp;", " "),
    ("&ldquo;", "“"),
    ("&rdquo;", "”"),
    ("&lsquo;", "‘"),
    ("&rsquo;", "’"),
    ("&mdash;", "—"),
    ("&hellip;", "…"),
    ("&middot;", "·"),
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&quot;", "\""),
    ("&amp;", "&"),
];

pub(super) fn with_entities(line: &str) -> Cow<'_, str> {
    if memchr::memchr(b'&', line.as_bytes()).is_none() {
        return Cow::Borrowed(line);
    }
    let replaced = ENTITIES.iter().fold(line.to_owned(), |line, (name, c)| line.replace(name, c));
    Cow::Owned(replaced)
}

/// A line without spaces at its ends, and with one where it had several.
pub(super) fn bare(line: &str) -> Cow<'_, str> {
    let line = line.trim();
    if memchr::memchr(b'\t', line.as_bytes()).is_none() && !has_runs_of_blanks(line) {
        return Cow::Borrowed(line);
    }
    let mut out = String::with_capacity(line.len());
    for c in line.chars() {
        let blank = matches!(c, ' ' | '\t' | '\u{A0}');
        if !blank {
            out.push(c);
        } else if !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    Cow::Owned(out)
}

/// Cells that the widest line of a wrapped text has, at least and at most.
const WRAPPED: std::ops::RangeInclusive<usize> = 24..=120;
/// Cells from which on two full lines are enough to tell that a text was wrapped.
const WIDE: usize = 40;
/// Cells by which a full line may stay after the widest: one Han character and a mark.
const SLACK: usize = 6;
/// Lines that are looked at.
const SAMPLE: usize = 400;

/// The width in cells at which `text` was wrapped; `None` where a line is a paragraph. Wrapped texts
/// have lines of nearly the same width that end inside a sentence, and the paragraphs that they make
/// end with one; the lines of a list do neither.
pub(super) fn wrap_width(text: &str) -> Option<usize> {
    let (mut lines, mut widths): (Vec<&str>, Vec<usize>) = (Vec::new(), Vec::new());
    for line in self::lines(text).filter(|line| !line.trim().is_empty()).take(SAMPLE) {
        // One long line is enough to tell that the text was not wrapped.
        let width = Some(cells(line)).filter(|width| width <= WRAPPED.end())?;
        lines.push(line);
        widths.push(width);
    }
    let widest = widths.iter().copied().max().filter(|widest| WRAPPED.contains(widest))?;
    let is_full = |width: usize| width + SLACK >= widest;
    let full = widths.iter().filter(|width| is_full(**width)).count();
    let inside =
        lines.iter().zip(&widths).filter(|(line, width)| is_full(**width) && !ends_sentence(line));
    let enough = if widest >= WIDE { 2 } else { 4 };
    let is_wrapped = full >= enough && full * 3 >= lines.len() && inside.count() * 2 > full;
    (is_wrapped && makes_sentences(&lines, widest)).then_some(widest)
}

/// True where most paragraphs that wrapping made of several `lines` end as sentences do.
fn makes_sentences(lines: &[&str], width: usize) -> bool {
    let paragraphs = unwrapped(lines.iter().copied(), width);
    let joined = paragraphs.iter().filter(|paragraph| paragraph.lines > 1);
    let (mut all, mut whole) = (0, 0);
    for paragraph in joined {
        all += 1;
        whole += usize::from(ends_sentence(&paragraph.text));
    }
    whole > 0 && whole * 5 >= all * 4
}

/// Two cells for a wide character, one for any other: exact enough for whole lines.
fn cells(line: &str) -> usize {
    line.trim_end().chars().map(|c| if c > '\u{2E7F}' { 2 } else { 1 }).sum()
}

/// True where `line` fills a text that was wrapped at `width` cells.
pub(super) fn is_full(line: &str, width: usize) -> bool {
    cells(line) + SLACK >= width
}

fn ends_sentence(line: &str) -> bool {
    let line = line.trim_end();
    // Some type these marks in half width.
    let is_narrow =
        || line.strip_suffix(['.', ';', ':', ')', '?']).is_some_and(|rest| rest.ends_with(is_han));
    line.ends_with(['。', '！', '？', '：', '；', '”', '）']) || is_narrow()
}

/// The paragraphs of `text`: its lines, or what wrapped lines make together.
fn paragraphs(text: &str) -> Option<Vec<String>> {
    let width = wrap_width(text)?;
    Some(unwrapped(lines(text), width).into_iter().map(|paragraph| paragraph.text).collect())
}

/// A paragraph of wrapped lines.
struct Unwrapped {
    text: String,
    lines: usize,
}

/// Joins wrapped lines to paragraphs. A paragraph ends with a short line, or before an empty,
/// indented or numbered one.
fn unwrapped<'t>(lines: impl Iterator<Item = &'t str>, width: usize) -> Vec<Unwrapped> {
    let mut paragraphs: Vec<Unwrapped> = Vec::new();
    let mut goes_on = false;
    for line in lines {
        let bare = line.trim();
        let indented = line.starts_with(['　', '\t']) || line.starts_with("  ");
        match paragraphs.last_mut() {
            _ if bare.is_empty() => goes_on = false,
            Some(last) if goes_on && !indented && !begins_paragraph(bare) => {
                join(&mut last.text, bare);
                last.lines += 1;
            }
            _ => paragraphs.push(Unwrapped { text: bare.to_owned(), lines: 1 }),
        }
        if !bare.is_empty() {
            goes_on = is_full(line, width);
        }
    }
    paragraphs
}

/// True for a line with a number or a mark of Markdown in front.
pub(super) fn begins_paragraph(line: &str) -> bool {
    line.starts_with(['#', '|', '>', '-', '*', '+', '!', '<']) || mark_of(line).is_some()
}

/// Between Latin words a line's end is a space, next to Han it is nothing.
pub(super) fn join(paragraph: &mut String, line: &str) {
    let is_latin = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !is_han(c));
    if is_latin(paragraph.chars().next_back()) && is_latin(line.chars().next()) {
        paragraph.push(' ');
    }
    paragraph.push_str(line);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(text: &str) -> Vec<String> {
        pieces(text).into_iter().filter(RawBlock::is_kept).map(|piece| piece.text).collect()
    }

    #[test]
    fn a_line_is_a_paragraph_and_leftovers_of_markup_go() {
        assert_eq!(kept("甲\n\n  乙&nbsp;丙 \n<th id=\"a1\"></th>\n<丁>"), ["甲", "乙 丙", "<丁>"]);
    }

    #[test]
    fn wrapped_lines_are_joined_and_short_or_indented_ones_part_paragraphs() {
        let full = "推动标准化与科技创新互动发展提升产业标准";
        let text = format!("{full}\n{full}\n化水平。\n　　{full}\n{full}\n化。");
        let paragraph = format!("{full}{full}化水平。");
        assert_eq!(kept(&text), [paragraph, format!("{full}{full}化。")]);
    }

    #[test]
    fn short_paragraphs_are_not_taken_for_wrapped_lines() {
        let text = "第一条 为了规范管理，制定本办法。\n第二条 本办法适用于本市。\n第三条 坚持统一领导。\n第四条 市政府负责。\n第五条 自公布之日起施行。";
        assert_eq!(kept(text).len(), 5);
    }

    #[test]
    fn two_lines_an_article_are_enough_to_tell_a_wrapped_text() {
        for (width, stop) in [(30, "。"), (38, "。"), (30, "."), (38, ".")] {
            let article = |n: char| {
                let text: String = "为加强河堤管理保障两岸安全根据有关规定结合实际制定"
                    .chars()
                    .cycle()
                    .take(width - 4)
                    .collect();
                format!("第{n}条 {text}，\n河堤由街道管理{stop}")
            };
            let text = ['一', '二', '三'].map(article).join("\n");
            assert_eq!(kept(&text).len(), 3, "{text}");
            assert!(kept(&text)[0].ends_with(&format!("河堤由街道管理{stop}")), "{text}");
        }
    }

    #[test]
    fn lists_and_tables_of_contents_stay_lines() {
        let numbered = |form: fn(usize) -> String| (1..=8).map(form).collect::<Vec<_>>();
        let lists = [
            numbered(|n| format!("{n}. 某某省第{n}批试点示范单位名称较长公司")),
            numbered(|n| {
                format!(
                    "（{}）某某省河堤和湿地保护示范基地建设",
                    ['一', '二', '三', '四', '五', '六', '七', '八'][n - 1]
                )
            }),
            numbered(|n| {
                format!(
                    "第{}章 河堤的管理和保护………………………………{n}",
                    ['一', '二', '三', '四', '五', '六', '七', '八'][n - 1]
                )
            }),
            [
                "国家级河堤建设集群名单如下所列",
                "城东市新一代河堤建设产业集群",
                "城西市智能化河堤建设产业集群",
                "城南市节能型河堤建设产业集群",
                "城北市高效率河堤建设产业集群",
            ]
            .map(str::to_owned)
            .to_vec(),
            [
                "城东区河堤路一号，电话八八八八一一一一",
                "城西区河堤路二号，电话八八八八二二二二",
                "城南区河堤路三号，电话八八八八三三三三",
                "城北区河堤路四号，电话八八八八四四四四",
            ]
            .map(str::to_owned)
            .to_vec(),
            [
                "春眠不觉晓处处闻啼鸟夜来风雨声花落知多少",
                "床前明月光疑是地上霜举头望明月低头思故乡",
                "白日依山尽黄河入海流欲穷千里目更上一层楼",
            ]
            .map(str::to_owned)
            .to_vec(),
        ];
        for list in lists {
            assert_eq!(kept(&list.join("\n")), list);
        }
    }

    #[test]
    fn every_entity_that_pages_leave_is_read() {
        for (name, c) in ENTITIES {
            assert_eq!(with_entities(&format!("甲{name}乙")), format!("甲{c}乙"));
        }
        assert_eq!(with_entities("茅于轼&middot;甲"), "茅于轼·甲");
    }
}
