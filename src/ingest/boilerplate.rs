//! Lines that sites print around an article, told by how they read: patterns (`boilerplate.tsv`),
//! menus (`site_words.tsv`), and the wall that asks for a login. Each line that goes keeps its
//! reason.

mod beginnings;
mod hints;
mod stops;

use std::sync::LazyLock;

use regex::{Regex, RegexBuilder};
use rustc_hash::FxHashSet;

use hints::{Hints, Rows};

use super::dates;
use super::numbering::{Mark, mark_of};
use super::page::{Fate, Page, Piece, Shape};
use crate::document::RemovalReason;
use crate::text::fold::{in_simplified, simplified};
use crate::text::{byte_of_char, has_stop, is_longer};

/// Characters of a line that a `short` pattern may take.
const SHORT: usize = 60;
/// Characters of a line that is looked at with the patterns of the edges.
const EDGE_LINE: usize = 200;
/// Lines at the head and tail of an article among which the site puts its own.
const HEAD: usize = 8;
const TAIL: usize = 25;

/// Takes such lines out of `page`. What stands behind a login wall is the site's, and so are the
/// titles below a heading of related articles.
pub(super) fn remove(page: &mut Page) {
    let kept: Vec<usize> = (0..page.pieces.len())
        .filter(|at| page.pieces.get(*at).is_some_and(Piece::is_kept))
        .collect();
    remove_trail(&mut page.pieces, &kept);
    let mut reading = Reading::default();
    for (n, at) in kept.iter().enumerate() {
        let Some(piece) = page.pieces.get_mut(*at).filter(|piece| piece.is_kept()) else {
            continue;
        };
        let place = if n < HEAD || n + TAIL >= kept.len() { Place::Edge } else { Place::Middle };
        if let Some(reason) = reading.reason_of(piece, place) {
            piece.remove(reason);
        }
    }
    remove_footer(&mut page.pieces, &kept);
    if reading.walled {
        page.metadata.incomplete = true;
        page.warn("the source stops at a login wall; the end of the article is missing");
    }
}

/// Lines at the head among which a trail of channels stands, and characters of one of its names.
const TRAIL: usize = 20;
const CHANNEL: usize = 15;

/// Takes out 首页 > 某部 > 某司 where each name and each mark between them has a line of its own.
fn remove_trail(pieces: &mut [Piece], kept: &[usize]) {
    let text = |n: usize| kept.get(n).and_then(|at| pieces.get(*at)).map(|p| p.text.as_str());
    let is_mark = |n: usize| text(n).is_some_and(|text| text.chars().all(|c| ">＞»›→".contains(c)));
    let is_channel = |n: usize| text(n).is_some_and(|text| !is_longer(text, CHANNEL));
    let beside_mark = |n: &usize| is_mark(n + 1) || n.checked_sub(1).is_some_and(is_mark);
    let trail: Vec<usize> = (0..kept.len().min(TRAIL))
        .filter(|n| is_mark(*n) || (is_channel(*n) && beside_mark(n)))
        .collect();
    for at in trail.into_iter().filter_map(|n| kept.get(n)) {
        if let Some(piece) = pieces.get_mut(*at) {
            piece.remove(RemovalReason::Navigation);
        }
    }
}

/// Where in its article a line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Among the first or last lines.
    Edge,
    /// Between them.
    Middle,
}

/// What was met on the way down a page.
#[derive(Default)]
struct Reading {
    /// A login wall.
    walled: bool,
    /// The heading of a list of related articles, and nothing but titles since.
    listing: bool,
}

impl Reading {
    fn reason_of(&mut self, piece: &Piece, place: Place) -> Option<RemovalReason> {
        if is_paragraph(&piece.text, place) {
            self.listing = false;
            return None;
        }
        let line = piece.in_simplified(head_of(&piece.text));
        // A row of a table is data, whatever a cell of it is called.
        let is_row = piece.shape == Shape::Row;
        let reason = reason_of(&line, place).filter(|_| !is_row || place == Place::Edge);
        self.walled |= reason == Some(RemovalReason::LoginWall);
        self.listing = match reason {
            Some(RemovalReason::RelatedList) => true,
            Some(_) => self.listing,
            None => self.listing && is_entry(&line),
        };
        let behind = (self.walled && !is_prose(&line)).then_some(RemovalReason::Navigation);
        let listed = self.listing.then_some(RemovalReason::RelatedList);
        reason.or(behind).or(listed)
    }
}

/// Takes out the lines of a site's footer that a notice may have as well (its address, a telephone
/// number): those that stand at the end and touch a line that only a footer has.
fn remove_footer(pieces: &mut [Piece], kept: &[usize]) {
    let tail = kept.get(kept.len().saturating_sub(TAIL)..).unwrap_or_default();
    let marks_footer = |piece: &Piece| {
        matches!(piece.fate, Fate::Removed(RemovalReason::Registration | RemovalReason::Disclaimer))
    };
    let mut down: Vec<usize> = tail.to_vec();
    for _ in 0..2 {
        let mut touches = false;
        for at in &down {
            let Some(piece) = pieces.get_mut(*at) else { continue };
            touches = match touches && piece.is_kept() && is_footer(&piece.text) {
                true => {
                    piece.remove(RemovalReason::Registration);
                    true
                }
                false => marks_footer(piece),
            };
        }
        down.reverse();
    }
}

fn is_footer(text: &str) -> bool {
    let short = !is_longer(text, 2 * SHORT);
    let takes = |table: &Table| table.first(table.footer, &in_simplified(text)).is_some();
    short && TABLE.as_ref().is_some_and(takes)
}

/// True for a line that no pattern can take, told without simplifying it: it is long, not looked at
/// with the patterns of the edges, and begins as no other pattern does.
fn is_paragraph(text: &str, place: Place) -> bool {
    let long = is_longer(text, SHORT) && (place == Place::Middle || is_longer(text, EDGE_LINE));
    let first = text.chars().next().map(simplified);
    let begins = |c: char, table: &Table| table.hints.beginning_with(c) & table.anchored != 0;
    let may_begin = |c: char| TABLE.as_ref().is_none_or(|table| begins(c, table));
    long && !first.is_some_and(may_begin)
}

/// Why `line`, in simplified characters, is no part of an article; `None` for what may be one.
fn reason_of(line: &str, place: Place) -> Option<RemovalReason> {
    let table = TABLE.as_ref()?;
    let long = is_longer(line, SHORT);
    let is_telling = || TELLING.as_ref().is_some_and(|words| words.is_match(line));
    let is_edge = place == Place::Edge && (!long || (!is_longer(line, EDGE_LINE) && is_telling()));
    let asked = match (long, is_edge) {
        (true, false) => table.anchored,
        (false, false) => table.anchored | table.short,
        (true, true) => table.anchored | table.edge,
        (false, true) => table.anchored | table.short | table.edge,
    };
    let rows = table.hints.of_line(line, asked);
    let at_edge = || {
        let asked = rows & table.edge;
        let prose = asked & !table.with_stop != 0 && has_stop_inside(line);
        table.first(if prose { asked & table.with_stop } else { asked }, line)
    };
    let anchored = || table.first(rows & table.anchored, line);
    if long {
        return anchored().or_else(at_edge);
    }
    let menu = || is_menu(line, place).then_some(RemovalReason::Navigation);
    table.first(rows & table.short, line).or_else(anchored).or_else(at_edge).or_else(menu)
}

fn has_stop_inside(line: &str) -> bool {
    let mut before = line.chars();
    before.next_back();
    has_stop(before.as_str())
}

/// As much of a line as any pattern looks at; beyond it is a paragraph in any case.
fn head_of(line: &str) -> &str {
    match line.len() > EDGE_LINE {
        true => line.get(..byte_of_char(line, EDGE_LINE + 1)).unwrap_or(line),
        false => line,
    }
}

/// A sentence of an article: it has a stop, or runs long.
fn is_prose(line: &str) -> bool {
    has_stop(line) || is_longer(line, SHORT)
}

/// A title in a list of related articles; what has a number or waits for something is the text's.
fn is_entry(line: &str) -> bool {
    !is_prose(line)
        && !line.ends_with(['：', ':'])
        && mark_of(line).is_none_or(|(mark, _)| mark == Mark::Dash)
        && !dates::is_date_line(line)
        && !line.starts_with(['（', '('])
}

/// Between the words of a menu.
const BETWEEN: [char; 16] =
    ['|', '｜', '·', '>', '»', '/', '、', '【', '】', '[', ']', '◆', '：', ':', '　', ' '];

/// Characters of a word that alone in the middle of an article is a menu's.
const LONG_WORD: usize = 4;

/// True for a line of nothing but words of a menu, in brackets or parted.
fn is_menu(line: &str, place: Place) -> bool {
    let mut words = line.split(BETWEEN).filter(|word| !word.is_empty());
    let Some(first) = words.next().filter(|word| SITE_WORDS.contains(word)) else { return false };
    let alone = first.len() == line.len() && first.chars().count() < LONG_WORD;
    (place == Place::Edge || !alone) && words.all(|word| SITE_WORDS.contains(word))
}

static SITE_WORDS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    include_str!("site_words.tsv").lines().filter(|l| !l.starts_with('#')).collect()
});

/// Words without which a long line at an edge is the article's.
static TELLING: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        "本网|本站|本平台|本公众号|我们|版权|著作权|转载|来源|来自|侵权|投资|风险|举报|二维码|公众号|微信",
        "|客户端|(?i:app)|ICP|网友|报料|爆料|许可证|仅供参考|标签|关键|邮箱|热线|评论|主办|承办|点击|扫"
    ))
    .ok()
});

struct Table {
    /// The pattern of each row, and its reason.
    rows: Vec<(Regex, RemovalReason)>,
    /// What tells the rows that may take a line.
    hints: Hints,
    /// Rows whose pattern begins with the line.
    anchored: Rows,
    /// Rows that are sought in it.
    short: Rows,
    /// Rows of whole lines at head and tail only.
    edge: Rows,
    /// Those of them that may have a stop inside.
    with_stop: Rows,
    /// Rows of whole lines of a footer that other texts have too.
    footer: Rows,
}

impl Table {
    /// The reason of the first of `rows` that takes `line`.
    fn first(&self, rows: Rows, line: &str) -> Option<RemovalReason> {
        let mut left = rows;
        while left != 0 {
            let number = left.trailing_zeros() as usize;
            left &= left - 1;
            if let Some((pattern, reason)) = self.rows.get(number)
                && pattern.is_match(line)
            {
                return Some(*reason);
            }
        }
        None
    }
}

static TABLE: LazyLock<Option<Table>> = LazyLock::new(|| {
    let all: Vec<Row<'_>> = rows(include_str!("boilerplate.tsv")).collect();
    let those = |is_one: &dyn Fn(&Row<'_>) -> bool| {
        let numbered = all.iter().enumerate().filter(|(_, row)| is_one(row));
        numbered.fold(0, |rows, (number, _)| rows | 1 << number)
    };
    let expressions: Vec<String> = all.iter().map(Row::expression).collect();
    Some(Table {
        rows: all.iter().map(Row::compiled).collect::<Option<_>>()?,
        hints: Hints::of(&expressions),
        anchored: those(&|row| matches!(row.scope, "whole" | "start")),
        short: those(&|row| row.scope == "short"),
        edge: those(&|row| row.scope == "edge"),
        with_stop: those(&|row| stops::may_hold_stop(row.pattern)),
        footer: those(&|row| row.scope == "footer"),
    })
});

/// Bytes that a compiled row may take; large classes of Han characters need more than usual.
const COMPILED: usize = 64 << 20;

struct Row<'t> {
    reason: RemovalReason,
    scope: &'t str,
    pattern: &'t str,
}

impl Row<'_> {
    fn compiled(&self) -> Option<(Regex, RemovalReason)> {
        let mut builder = RegexBuilder::new(&self.expression());
        let pattern = builder.size_limit(COMPILED).dfa_size_limit(COMPILED).build();
        Some((pattern.ok()?, self.reason))
    }

    /// The pattern, bound to the ends of the line as its scope says.
    fn expression(&self) -> String {
        let pattern = self.pattern;
        match self.scope {
            "short" => pattern.to_owned(),
            "start" => format!("^(?:{pattern})"),
            _ => format!("^(?:{pattern})$"),
        }
    }
}

fn rows(table: &str) -> impl Iterator<Item = Row<'_>> {
    let lines = table.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| {
        let mut cells = line.splitn(3, '\t');
        let (reason, scope, pattern) = (cells.next()?, cells.next()?, cells.next()?);
        Some(Row { reason: reason_called(reason)?, scope, pattern })
    })
}

fn reason_called(name: &str) -> Option<RemovalReason> {
    serde_json::from_value(serde_json::Value::String(name.to_owned())).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_is_compiled() {
        let lines = include_str!("boilerplate.tsv").lines().filter(|l| !l.starts_with('#'));
        let table = TABLE.as_ref().unwrap();
        let scopes = table.anchored | table.short | table.edge | table.footer;
        assert_eq!(table.rows.len(), lines.count());
        assert_eq!(scopes.count_ones() as usize, table.rows.len());
        assert!(TELLING.is_some());
        assert_eq!(table.hints.of_line("健全标准体系，完善工作机制。", !table.footer), 0);
    }

    #[test]
    fn a_trail_of_channels_set_in_lines_goes() {
        let encoding = crate::document::Encoding {
            name: "UTF-8".into(),
            evidence: crate::document::EncodingEvidence::Valid,
        };
        let mut page = Page::new("a.txt".into(), encoding);
        let lines = ["题", "首页", ">", "某部", ">", "文件", "各有关单位：", "文。", "a > b"];
        page.pieces = lines.map(Piece::text).to_vec();
        remove(&mut page);
        let kept: Vec<&str> = page.kept().map(|piece| piece.text.as_str()).collect();
        assert_eq!(kept, ["题", "各有关单位：", "文。", "a > b"]);
    }

    #[test]
    fn lines_of_the_site_go_and_lines_of_the_article_stay() {
        use RemovalReason as R;
        let gone = [
            ("海量资讯、精准解读，尽在某某APP", R::Promotion),
            ("扫一扫在手机打开当前页", R::Promotion),
            ("【打印】 【关闭】", R::Navigation),
            ("关于我们 | English | 网站地图", R::Navigation),
            ("当前位置：首页 > 新闻", R::Navigation),
            ("相关阅读：", R::RelatedList),
            ("免责声明：本文内容与数据仅供参考，不构成投资建议，使用前请核实。", R::Disclaimer),
            ("京ICP备12345678号-1", R::Registration),
            ("继续阅读(剩余:50%)", R::LoginWall),
            ("请登录后查看全文", R::LoginWall),
            ("play 某某发布新品", R::Navigation),
            ("08-31 06:30 某某 EnRA+A-", R::Navigation),
            ("文档简介", R::Navigation),
        ];
        for (line, reason) in gone {
            assert_eq!(reason_of(line, Place::Edge), Some(reason), "{line}");
        }
        let stays = [
            "推动相关阅读活动进校园。",
            "（此件公开发布）",
            "加强版权保护，完善版权声明制度，规范网站ICP备案管理，未经许可不得转载的作品目录由国家版权局另行公布并定期更新，各地要做好衔接。",
            "关闭落后产能",
            "韩　震",
            "附件：1.目录",
        ];
        for line in stays {
            assert_eq!(reason_of(line, Place::Edge), None, "{line}");
        }
    }
}
