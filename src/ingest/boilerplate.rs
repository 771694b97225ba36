//! Lines that sites print around an article, recognized by how they read: patterns
//! (`boilerplate.tsv`), menus (`site_words.tsv`), and the wall that asks for a login. Each line
//! that goes keeps its reason.

mod beginnings;
mod hints;

use crate::error::Warning;
use std::sync::LazyLock;

use regex::{Regex, RegexBuilder};
use rustc_hash::FxHashSet;

use hints::{Hints, RuleBits};

use super::dates;
use super::numbering::{Mark, mark_of};
use super::page::{Disposition, Page, RawBlock, Shape};
use crate::document::RemovalReason;
use crate::text::{byte_of_char, has_stop, is_longer};

/// Characters of a line that a `short` pattern may take.
const SHORT: usize = 60;
/// Characters of a line that is looked at with the patterns of whole lines.
const WHOLE: usize = 200;

/// Takes such lines out of `page`. What is after a login wall is the site's, and so are the
/// titles below a heading of related articles.
pub(super) fn remove(page: &mut Page) {
    let kept: Vec<usize> = (0..page.pieces.len())
        .filter(|at| page.pieces.get(*at).is_some_and(RawBlock::is_kept))
        .collect();
    remove_trail(&mut page.pieces, &kept);
    let (Some(first), Some(last)) = (kept.first(), kept.last()) else { return };
    // What other passes took out between them tells where the article ends.
    let mut lines: Vec<Line> =
        (*first..=*last).filter_map(|at| Line::of(at, page.pieces.get(at)?)).collect();
    own_rows(&mut lines, &page.pieces);
    let mut reading = CleanState { lines, out: Vec::new() };
    let is_walled = reading.remove_behind_wall();
    reading.remove_lists(&page.pieces);
    reading.remove_head();
    reading.remove_tail(&page.pieces);
    reading.remove_between();
    let goes: FxHashSet<usize> = reading.out.iter().map(|(at, _)| *at).collect();
    let stays = |at: &&usize| {
        !goes.contains(*at)
            && page
                .pieces
                .get(**at)
                .is_some_and(|p| p.is_kept() && p.text.chars().any(char::is_alphanumeric))
    };
    // What is left alone on a page is what it says, however it reads.
    if !is_walled && !kept.iter().any(|at| stays(&at)) {
        return;
    }
    for (at, reason) in reading.out {
        if let Some(piece) = page.pieces.get_mut(at).filter(|piece| piece.is_kept()) {
            piece.remove(reason);
        }
    }
    if is_walled {
        page.metadata.incomplete = true;
        page.warn(Warning::LoginWall);
    }
}

/// Lines at the head among which a trail of channels is, and characters of one of its names.
const TRAIL: usize = 20;
const CHANNEL: usize = 15;

/// Takes out 首页 > 某部 > 某司 where each name and each mark between them has a line of its own.
fn remove_trail(pieces: &mut [RawBlock], kept: &[usize]) {
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

/// A line of the article as it was parsed, and how it reads.
struct Line {
    /// Its place among the pieces.
    at: usize,
    reads: Reads,
    /// It has a stop, or is long.
    is_sentence: bool,
    /// Hardly anything but a link.
    is_link: bool,
}

/// How a line reads, whatever is around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reads {
    /// As the article's own: a sentence, a number in front, a day, an annex, a row of data.
    Own,
    /// As a short line of anything.
    Neutral,
    /// As the site's, and as nothing else.
    Site(RemovalReason),
    /// As the site's at the head or tail of an article.
    Edge(RemovalReason),
    /// As the site's beside other lines of the site.
    Weak(RemovalReason),
    /// As what only sites say of themselves, after the article.
    Tail(RemovalReason),
    /// It has gone already, and an article ends with it: 责任编辑.
    Ended,
}

impl Line {
    fn of(at: usize, piece: &RawBlock) -> Option<Self> {
        let line = |reads| Self { at, reads, is_sentence: false, is_link: false };
        match piece.disposition {
            Disposition::Kept => {}
            Disposition::Removed(
                RemovalReason::EditorLine
                | RemovalReason::RelatedList
                | RemovalReason::Navigation
                | RemovalReason::Promotion
                | RemovalReason::Disclaimer
                | RemovalReason::Registration,
            ) => return Some(line(Reads::Ended)),
            Disposition::Removed(_) => return None,
        }
        let text = piece.text.as_str();
        let is_link = piece.linked >= LINK;
        let ends = has_stop(text) || text.ends_with(['！', '!']);
        let is_sentence = ends || is_longer(text, SHORT) || text.ends_with(['？', '?']);
        let is_numbered =
            mark_of(text).is_some_and(|(mark, rest)| mark != Mark::Dash && !rest.trim().is_empty());
        let reads = match () {
            () if is_longer(text, WHOLE) && !may_begin_as_a_site(text) => Reads::Own,
            () if is_numbered && !is_footnote_of_site(text) => Reads::Own,
            () => reads(piece, is_sentence, ends),
        };
        Some(Self { at, reads, is_sentence, is_link })
    }
}

/// A table with a row of the article is the article's: 1 │ 某某公司 is an entry of its list.
fn own_rows(lines: &mut [Line], pieces: &[RawBlock]) {
    let table = |line: &Line| pieces.get(line.at).and_then(|piece| piece.table);
    let own: FxHashSet<u32> = lines
        .iter()
        .filter(|line| line.reads == Reads::Own)
        .filter_map(|line| Some(table(line)?.table))
        .collect();
    for line in lines.iter_mut().filter(|line| matches!(line.reads, Reads::Edge(_))) {
        if table(line).is_some_and(|row| own.contains(&row.table)) {
            line.reads = Reads::Own;
        }
    }
}

/// Percent of a line in links from which on it is one.
const LINK: u8 = 80;

/// ① 凡本网注明… is numbered and the site's all the same.
fn is_footnote_of_site(text: &str) -> bool {
    ["本网", "本站", "本平台", "转载"].iter().any(|word| text.contains(word))
}

/// True for a paragraph that may be a long disclaimer.
fn may_begin_as_a_site(text: &str) -> bool {
    let head = head_of(text);
    head.contains("声明") || is_footnote_of_site(head) || head.contains("责任")
}

fn reads(piece: &RawBlock, is_sentence: bool, ends: bool) -> Reads {
    let line = piece.in_simplified(head_of(&piece.text));
    let found = rule_of(&line);
    let is_row = piece.shape == Shape::Row;
    let has_label = || {
        let label = line.split(['：', ':']).next().unwrap_or_default();
        label.len() < line.len() && !label.ends_with(|c: char| c.is_ascii_digit())
    };
    match found {
        Some((_, RemovalReason::LoginWall)) => Reads::Site(RemovalReason::LoginWall),
        // A row of a table is data, whatever a cell of it is called.
        Some((_, reason)) if is_row => Reads::Edge(reason),
        Some((Scope::Tail, reason)) => Reads::Tail(reason),
        Some((Scope::Footer, reason)) => Reads::Weak(reason),
        Some((_, reason)) if ends => Reads::Weak(reason),
        Some((Scope::Edge, reason)) if has_label() => Reads::Weak(reason),
        Some((Scope::Edge, reason)) => Reads::Edge(reason),
        Some((Scope::Anywhere, reason)) => Reads::Site(reason),
        None if is_row => Reads::Own,
        None => match menu_of(&line) {
            Some(Menu::Words) => Reads::Site(RemovalReason::Navigation),
            Some(Menu::Word | Menu::Form) => Reads::Edge(RemovalReason::Navigation),
            None if is_sentence || is_own(&line) => Reads::Own,
            None => Reads::Neutral,
        },
    }
}

/// A day, an annex or a note: what an article ends with.
fn is_own(line: &str) -> bool {
    dates::ends_with_day(line)
        || line.starts_with(['（', '('])
        || line.starts_with("附")
        || line.ends_with(['：', ':'])
}

/// The lines of a page on the way to what is left of them.
struct CleanState {
    lines: Vec<Line>,
    /// The places of pieces that go.
    out: Vec<(usize, RemovalReason)>,
}

impl CleanState {
    fn take(&mut self, n: usize, reason: RemovalReason) {
        if let Some(line) = self.lines.get_mut(n).filter(|line| line.reads != Reads::Ended) {
            self.out.push((line.at, reason));
            line.reads = Reads::Ended;
        }
    }

    fn reads(&self, n: usize) -> Reads {
        self.lines.get(n).map_or(Reads::Own, |line| line.reads)
    }

    /// True for a sentence of the article.
    fn is_prose(&self, n: usize) -> bool {
        self.lines.get(n).is_some_and(|line| line.reads == Reads::Own && line.is_sentence)
    }

    /// After the wall that asks for a login all but sentences is the site's.
    fn remove_behind_wall(&mut self) -> bool {
        let is_wall = |line: &Line| line.reads == Reads::Site(RemovalReason::LoginWall);
        let Some(wall) = self.lines.iter().position(is_wall) else { return false };
        for n in wall..self.lines.len() {
            let is_kept = n > wall && self.lines.get(n).is_some_and(|line| line.is_sentence);
            if !is_kept {
                let again = self.lines.get(n).is_some_and(is_wall);
                let reason =
                    if again { RemovalReason::LoginWall } else { RemovalReason::Navigation };
                self.take(n, reason);
            }
        }
        true
    }

    /// Headings of related articles with the titles below them. A heading over prose is the text's.
    fn remove_lists(&mut self, pieces: &[RawBlock]) {
        let last = (0..self.lines.len()).rev().find(|n| self.is_prose(*n));
        let knows_links = pieces.iter().any(|piece| piece.linked > 0);
        for n in 0..self.lines.len() {
            if !is_heading(self.reads(n)) {
                continue;
            }
            let is_behind = last.is_none_or(|last| n > last);
            let entries = (n + 1..self.lines.len())
                .take_while(|n| self.is_entry(*n, pieces, is_behind || !knows_links))
                .count();
            let needed = if is_behind { 0 } else { 1 };
            if entries >= needed {
                for n in n..=n + entries {
                    self.take(n, RemovalReason::RelatedList);
                }
            }
        }
    }

    /// A title in a list of related articles; what has a number or waits for something is the
    /// text's.
    fn is_entry(&self, n: usize, pieces: &[RawBlock], unlinked: bool) -> bool {
        let Some(line) = self.lines.get(n) else { return false };
        let text = pieces.get(line.at).map_or("", |piece| piece.text.as_str());
        let is_dated = || is_longer(text, TITLE + DAY - 1) && ends_with_dashed_day(text);
        let is_title = !line.is_sentence
            && (line.reads != Reads::Own || is_dated())
            && !text.starts_with(['（', '(']);
        // Numbered links are a ranking.
        let is_ranked = line.is_link && !line.is_sentence && !dates::is_date_line(text);
        line.reads != Reads::Ended && (is_ranked || (unlinked && is_title))
    }

    /// Before the first sentence.
    fn remove_head(&mut self) {
        let count = self.lines.len();
        let end = (0..count).find(|n| self.is_prose(*n)).unwrap_or(HEAD.min(count / 2));
        let is_site = |reads: Reads| matches!(reads, Reads::Site(_) | Reads::Edge(_));
        for n in 0..end {
            let beside = |other: Option<usize>| {
                other
                    .filter(|n| *n < end)
                    .is_some_and(|n| is_site(self.reads(n)) || self.reads(n) == Reads::Ended)
            };
            match self.reads(n) {
                // A heading that was not followed by links is a heading.
                Reads::Site(RemovalReason::RelatedList)
                | Reads::Edge(RemovalReason::RelatedList) => {}
                Reads::Site(reason) | Reads::Edge(reason) | Reads::Tail(reason) => {
                    self.take(n, reason);
                }
                Reads::Weak(reason) if beside(n.checked_sub(1)) => self.take(n, reason),
                _ => {}
            }
        }
    }

    /// After the last line of the article: from the first line that only a site has on, all of it,
    /// and what reads so beside it.
    fn remove_tail(&mut self, pieces: &[RawBlock]) {
        let count = self.lines.len();
        let start = (0..count).rev().find(|n| self.reads(*n) == Reads::Own).map_or(0, |n| n + 1);
        let is_end = |reads: Reads| {
            matches!(reads, Reads::Site(_) | Reads::Edge(_) | Reads::Tail(_) | Reads::Ended)
        };
        let Some(first) = (start..count).find(|n| is_end(self.reads(*n))) else { return };
        for n in first..count {
            match self.reads(n) {
                Reads::Own | Reads::Ended => {}
                Reads::Site(reason)
                | Reads::Edge(reason)
                | Reads::Tail(reason)
                | Reads::Weak(reason) => {
                    self.take(n, reason);
                }
                Reads::Neutral => self.take(n, RemovalReason::Navigation),
            }
        }
        for n in (start..first).rev() {
            match self.reads(n) {
                Reads::Weak(reason) => self.take(n, reason),
                // The words above a list that has gone.
                Reads::Neutral if self.is_above_list(n, pieces) => {
                    self.take(n, RemovalReason::RelatedList);
                }
                _ => break,
            }
        }
    }

    fn is_above_list(&self, n: usize, pieces: &[RawBlock]) -> bool {
        let piece = |n: usize| self.lines.get(n).and_then(|line| pieces.get(line.at));
        let goes = piece(n + 1).is_some_and(|piece| {
            piece.disposition == Disposition::Removed(RemovalReason::RelatedList)
        });
        goes && piece(n).is_some_and(|piece| !is_longer(&piece.text, HEADING))
    }

    /// Between two lines of the article only what reads as nothing else.
    fn remove_between(&mut self) {
        for n in 0..self.lines.len() {
            match self.reads(n) {
                Reads::Site(RemovalReason::RelatedList) => {}
                Reads::Site(reason) => self.take(n, reason),
                _ => {}
            }
        }
    }
}

/// Lines at the top of a text without a sentence among which the site puts its own.
const HEAD: usize = 8;
/// Characters of the words above a list of other articles.
const HEADING: usize = 14;

/// Characters of the shortest title with a day after it, and of the day.
const TITLE: usize = 4;
const DAY: usize = 10;

/// 2019-09-01 after a title in a list; signatures write 2019年9月1日.
fn ends_with_dashed_day(text: &str) -> bool {
    let behind =
        text.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '/' | ':' | ' '));
    text.len() - behind.len() >= DAY && dates::ends_with_day(text)
}

fn is_heading(reads: Reads) -> bool {
    matches!(
        reads,
        Reads::Site(RemovalReason::RelatedList) | Reads::Edge(RemovalReason::RelatedList)
    )
}

/// As much of a line as any pattern looks at; beyond it is a paragraph in any case.
fn head_of(line: &str) -> &str {
    match line.len() > WHOLE {
        true => line.get(..byte_of_char(line, WHOLE + 1)).unwrap_or(line),
        false => line,
    }
}

/// Between the words of a menu.
const BETWEEN: [char; 16] =
    ['|', '｜', '·', '>', '»', '/', '、', '【', '】', '[', ']', '◆', '：', ':', '　', ' '];

/// Characters of a word that alone in the middle of an article is a menu's.
const LONG_WORD: usize = 4;

/// How a line is a menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Menu {
    /// Nothing but words of menus.
    Words,
    /// One short word that texts have too.
    Word,
    /// Short words in brackets or between bars, one of them a word of menus.
    Form,
}

/// Parts of a line that make it a menu by its form, and characters of the longest.
const PARTS: usize = 3;
const LONGEST_PART: usize = 10;

fn menu_of(line: &str) -> Option<Menu> {
    let mut words = line.split(BETWEEN).filter(|word| !word.is_empty());
    let first = words.next()?;
    let is_word = |word: &str| SITE_WORDS.contains(word);
    if is_word(first) && words.all(is_word) {
        let alone = first.len() == line.len() && first.chars().count() < LONG_WORD;
        return Some(if alone { Menu::Word } else { Menu::Words });
    }
    let bars = |c: char| matches!(c, '|' | '｜' | '【' | '】' | '[' | ']' | '◆') || c == '-';
    let parts: Vec<&str> =
        line.split(bars).map(str::trim).filter(|part| !part.is_empty()).collect();
    let is_short = |part: &&str| !is_longer(part, LONGEST_PART);
    let has_word =
        || line.split(BETWEEN).flat_map(|part| part.split('-')).any(|p| is_word(p.trim()));
    (parts.len() >= PARTS && parts.iter().all(is_short) && has_word()).then_some(Menu::Form)
}

static SITE_WORDS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    include_str!("site_words.tsv").lines().filter(|l| !l.starts_with('#')).collect()
});

/// Where a line must be for a rule to take it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scope {
    /// Anywhere: `whole`, `start` and `short`.
    Anywhere,
    Edge,
    Tail,
    Footer,
}

/// The rules of `boilerplate.tsv`.
struct RuleSet {
    rules: Vec<(Regex, Scope, RemovalReason)>,
    /// What tells the rules that may take a line.
    hints: Hints,
    /// Rules that are searched for in lines of any length, and those of short ones.
    long: RuleBits,
    short: RuleBits,
}

/// What the first rule that takes `line`, in simplified characters, says of it.
fn rule_of(line: &str) -> Option<(Scope, RemovalReason)> {
    let rules = &*RULES;
    let asked = if is_longer(line, SHORT) { rules.long } else { rules.long | rules.short };
    let mut left = rules.hints.of_line(line, asked);
    while left != 0 {
        let number = left.trailing_zeros() as usize;
        left &= left - 1;
        if let Some((pattern, scope, reason)) = rules.rules.get(number)
            && pattern.is_match(line)
        {
            return Some((*scope, *reason));
        }
    }
    None
}

static RULES: LazyLock<RuleSet> = LazyLock::new(|| {
    let all: Vec<Rule<'_>> = rules(TABLE).collect();
    let those = |is_one: &dyn Fn(&Rule<'_>) -> bool| {
        let numbered = all.iter().enumerate().filter(|(_, rule)| is_one(rule));
        numbered.fold(0, |bits: RuleBits, (number, _)| bits | 1 << number)
    };
    let expressions: Vec<String> = all.iter().map(Rule::expression).collect();
    RuleSet {
        rules: all.iter().map(Rule::compiled).collect(),
        hints: Hints::of(&expressions),
        long: those(&|rule| rule.scope != "short"),
        short: those(&|rule| rule.scope == "short"),
    }
});

const TABLE: &str = include_str!("boilerplate.tsv");

/// A rule is a bit of a number; a table of more must not wrap around.
const _: () = assert!(lines_of(TABLE) <= RuleBits::BITS, "boilerplate.tsv has too many rules");

const fn lines_of(table: &str) -> u32 {
    let bytes = table.as_bytes();
    let (mut at, mut lines) = (0, 0);
    while at < bytes.len() {
        if bytes[at] == b'\n' && at + 1 < bytes.len() && bytes[at + 1] != b'#' {
            lines += 1;
        }
        at += 1;
    }
    lines
}

/// Bytes that a compiled rule may take; large classes of Han characters need more than usual.
const COMPILED: usize = 64 << 20;

struct Rule<'t> {
    reason: RemovalReason,
    scope: &'t str,
    pattern: &'t str,
}

impl Rule<'_> {
    fn compiled(&self) -> (Regex, Scope, RemovalReason) {
        let mut builder = RegexBuilder::new(&self.expression());
        let pattern = builder.size_limit(COMPILED).dfa_size_limit(COMPILED).build();
        #[expect(clippy::expect_used, reason = "built-in table, compiled by a test")]
        let pattern = pattern.expect("a rule of boilerplate.tsv is a pattern");
        let scope = match self.scope {
            "edge" => Scope::Edge,
            "tail" => Scope::Tail,
            "footer" => Scope::Footer,
            _ => Scope::Anywhere,
        };
        (pattern, scope, self.reason)
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

fn rules(table: &str) -> impl Iterator<Item = Rule<'_>> {
    let lines = table.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| {
        let mut cells = line.splitn(3, '\t');
        let mut cell = || cells.next().unwrap_or_default();
        let (reason, scope, pattern) = (cell(), cell(), cell());
        let reason = serde_json::from_value(serde_json::Value::String(reason.to_owned()));
        #[expect(clippy::expect_used, reason = "built-in table, read by a test")]
        let reason = reason.expect("a rule of boilerplate.tsv names a reason");
        Rule { reason, scope, pattern }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::samples;

    #[test]
    fn every_rule_of_the_table_is_compiled() {
        let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
        assert_eq!(RULES.rules.len(), lines.count());
        let sentence = "健全标准体系，完善工作机制。";
        assert_eq!(RULES.hints.of_line(sentence, RULES.long & RULES.short), 0);
        let scopes = ["whole", "start", "short", "edge", "tail", "footer"];
        assert!(rules(TABLE).all(|rule| scopes.contains(&rule.scope)));
    }

    #[test]
    fn a_trail_of_channels_set_in_lines_goes() {
        let lines = ["题", "首页", ">", "某部", ">", "文件", "各有关单位：", "文。", "a > b"];
        assert_eq!(kept(&lines), ["题", "各有关单位：", "文。", "a > b"]);
    }

    fn kept(lines: &[&str]) -> Vec<String> {
        let mut page = samples::page_of(lines);
        remove(&mut page);
        samples::kept_of(&page)
    }

    #[test]
    fn lines_of_the_site_go_at_the_edges() {
        let gone = [
            "海量资讯、精准解读，尽在某某APP",
            "扫一扫在手机打开当前页",
            "【打印】 【关闭】",
            "关于我们 | English | 网站地图",
            "当前位置：首页 > 新闻",
            "首页 > 时政新闻 > 题",
            "免责声明：本文内容与数据仅供参考，不构成投资建议，使用前请核实。",
            "【免责声明】本文仅代表作者本人观点，与本网无关。",
            "京ICP备12345678号-1",
            "play 某某发布新品",
            "文档简介",
        ];
        let article = "推进会召开，部署工作。";
        for line in gone {
            assert_eq!(kept(&[article, line]), [article], "{line}");
        }
        for line in ["当前位置：首页 > 新闻", "文档简介", "【打印】 【关闭】"]
        {
            assert_eq!(kept(&[line, article]), [article], "{line}");
        }
        for wall in ["继续阅读(剩余:50%)", "请登录后查看全文"] {
            assert_eq!(kept(&[article, wall, "热榜"]), [article], "{wall}");
        }
    }

    #[test]
    fn lists_of_other_articles_go_with_their_headings() {
        let article = "推进会召开，部署工作。";
        for heading in ["相关阅读：", "你可能会喜欢", "热门新闻排行榜", "■相关连接", "作者最近文章"]
        {
            let lines = [article, heading, "东城新建公园", "西城修路2019-09-01"];
            assert_eq!(kept(&lines), [article], "{heading}");
        }
        let over_prose = ["相关文件", "市里印发了文件，要求落实。", "落款"];
        assert_eq!(kept(&over_prose), over_prose);
    }

    #[test]
    fn sentences_and_labels_of_a_notice_stay() {
        let stays = [
            "公示期内如有异议，请与市人力资源社会保障局联系。",
            "凡非本市户籍人员申请入学的，应当提供居住证。",
            "未经权利人许可，不得复制、使用其作品。",
            "请下载“个人所得税”APP进行申报。",
            "扫描二维码加入报名咨询群。",
            "服务热线：12345",
            "建立健全知识产权侵权举报投诉、维权援助机制，建设快速维权中心。",
            "侵权举报电话：12315",
            "主办单位：市住房城乡建设局",
            "请使用谷歌浏览器登录报名系统。",
            "账号：62220000000000",
            "一、记者站的设立",
            "推动相关阅读活动进校园。",
            "（此件公开发布）",
            "关闭落后产能",
            "韩　震",
            "附件：1.目录",
        ];
        for line in stays {
            let before = ["一段正文，说明事项。", "又一段正文，说明要求。"];
            for behind in [vec!["请各单位遵照执行。"], vec!["请遵照执行。", "某某局"], vec![]]
            {
                let lines: Vec<&str> = before.iter().copied().chain([line]).chain(behind).collect();
                assert_eq!(kept(&lines), lines, "{line}");
            }
        }
    }

    #[test]
    fn contact_lines_go_beside_a_line_that_only_sites_have() {
        let article = "请遵照执行。";
        let footer = ["主办单位：某某局", "地址：城东路八号", "版权所有：某某网", "京ICP备1号"];
        let lines: Vec<&str> = [article].into_iter().chain(footer).collect();
        assert_eq!(kept(&lines), [article]);
    }
}
