//! What a page prints about itself: the other title, who wrote and edited it, tables and lines of
//! facts. Each such piece becomes metadata and leaves the article. What the text's own signature
//! and title say comes last.

use std::sync::LazyLock;

use regex::Regex;

use super::dates;
use super::facts::{self, Fact, Stated};
use super::numbering::{Mark, mark_of};
use super::page::{Disposition, Page, RawBlock, Shape};
use super::pattern::built_in;
use crate::document::{CELL, Metadata, RemovalReason};
use crate::text::{has_stop, is_longer};

/// Reads such pieces of `page`.
pub(super) fn read_lines(page: &mut Page) {
    read_tables(page);
    read_paired_lines(page);
    read_head(page);
    let Page { metadata, pieces, .. } = page;
    let edges = edges(pieces);
    let is_prose = |piece: &RawBlock| piece.is_kept() && has_stop(&piece.text);
    let first = pieces.iter().position(is_prose).unwrap_or(pieces.len());
    let last = pieces.iter().rposition(is_prose).unwrap_or_default();
    for at in edges {
        let Some(piece) = pieces.get_mut(at) else { continue };
        if at > first && piece.is_kept() && is_own_label(piece, at < last) {
            continue;
        }
        if let Some(reason) = read(piece, metadata)
            && piece.is_kept()
        {
            piece.remove(reason);
        }
    }
}

/// A label that says nothing about the page, between two sentences of the text, and what the figures of
/// a text come from: 数据来源：市统计局.
fn is_own_label(piece: &RawBlock, is_between: bool) -> bool {
    let line = piece.in_simplified(&piece.text);
    let is_source = line.starts_with("数据来源") || line.starts_with("资料来源");
    let facts = if is_between || is_source { facts::of(&line) } else { return false };
    !facts.is_empty() && facts.iter().all(|(fact, _)| *fact == Fact::Other)
}

/// Pieces around the article, before its head, that may be between title and text.
const ABOVE: usize = 12;

/// Pieces between title and text: backwards the title, where it is on the page, to the first
/// sentence.
fn head(page: &Page) -> std::ops::Range<usize> {
    let pieces = &page.pieces;
    let is_title = |piece: &RawBlock| {
        let (title, text) = (page.metadata.title.as_str(), piece.text.as_str());
        !title.is_empty() && is_longer(text, 4) && (title.contains(text) || text.contains(title))
    };
    let is_prose = |piece: &RawBlock| {
        piece.is_kept() && (has_stop(&piece.text) || is_longer(&piece.text, LONGEST_HEAD))
    };
    let Some(first) = pieces.iter().position(RawBlock::is_kept) else { return 0..0 };
    let last = pieces.iter().rposition(RawBlock::is_kept).unwrap_or_default();
    let prose = pieces.iter().skip(first).position(is_prose).map(|at| first + at);
    // Without a sentence the last lines may be a signature.
    let end = prose.unwrap_or(last.min(first + SHORT_HEAD)).min(first + EDGE);
    let above = first.saturating_sub(2 * EDGE);
    let title = (above..end).rev().find(|at| pieces.get(*at).is_some_and(is_title));
    title.unwrap_or(first.saturating_sub(ABOVE))..end
}

/// Pieces between title and text where the text has no sentence.
const SHORT_HEAD: usize = 6;

/// Characters of the longest piece between title and text.
const LONGEST_HEAD: usize = 100;

/// The day that a line between title and text states, where the page does not state one otherwise. A
/// day in round brackets is when a report was given or a text signed.
fn read_head(page: &mut Page) {
    let head = head(page);
    let Page { metadata, pieces, .. } = page;
    let above = head.start.saturating_sub(ABOVE)..head.start;
    let issue = pieces.get(above).unwrap_or_default().iter().rev();
    let issue = issue.filter(|piece| {
        matches!(piece.disposition, Disposition::Removed(RemovalReason::Navigation))
    });
    let issue =
        issue.map(|piece| piece.in_simplified(&piece.text)).find_map(|l| facts::issue_day(&l));
    for piece in pieces.get_mut(head).unwrap_or_default() {
        if !matches!(
            piece.disposition,
            Disposition::Kept | Disposition::Removed(RemovalReason::Navigation)
        ) {
            continue;
        }
        if let Some(day) = day_given(&piece.text) {
            metadata.signed = metadata.signed.or(Some(day));
            continue;
        }
        let line = &*piece.in_simplified(&piece.text);
        // What its labels say is read with the other lines.
        if !dates::is_vague(metadata.published)
            || !facts::of(line).is_empty() && !dates::is_date_line(line)
        {
            continue;
        }
        let month = dates::date_line(line).map(|date| (date, Stated::Alone));
        let stated = facts::day_of_page(line).map(|(day, how)| (day.into(), how)).or(month);
        let Some((day, how)) = stated else { continue };
        metadata.published = Some(day);
        if how != Stated::Named && piece.is_kept() {
            piece.remove(RemovalReason::MetadataLine);
        }
    }
    metadata.published = metadata.published.or(issue.map(Into::into));
}

/// The day on which a report was given or a speech held, as it is under its title: in round
/// brackets, or after a dash with the meeting.
fn day_given(line: &str) -> Option<crate::document::PartialDate> {
    let line = line.trim();
    let inside = line.strip_prefix(['（', '(']).and_then(|rest| rest.strip_suffix(['）', ')']));
    if let Some(inside) = inside {
        return dates::date_line(inside);
    }
    let rest = line.trim_start_matches(['—', '-', '─', '－']);
    let at_meeting = rest.len() < line.len() && rest.contains("会") && !has_stop(rest);
    let (range, day) = dates::dated(rest).filter(|_| at_meeting)?;
    (range.start == 0).then(|| day.into())
}

/// Pieces at head and tail of the article that are looked at, and of the page around it.
const EDGE: usize = 25;

/// Where lines about the page are: the article's head and tail, and what is around it.
fn edges(pieces: &[RawBlock]) -> Vec<usize> {
    let readable = |at: &usize| {
        pieces.get(*at).is_some_and(|piece| {
            matches!(
                piece.disposition,
                Disposition::Kept | Disposition::Removed(RemovalReason::Navigation)
            )
        })
    };
    let kept: Vec<usize> =
        (0..pieces.len()).filter(|at| pieces.get(*at).is_some_and(RawBlock::is_kept)).collect();
    let (Some(first), Some(last)) = (kept.first(), kept.last()) else { return Vec::new() };
    let head_end = kept.get(EDGE).copied().unwrap_or(*last + 1);
    let tail_start = kept.len().checked_sub(EDGE).and_then(|at| kept.get(at)).copied();
    let before = first.saturating_sub(2 * EDGE);
    let head: Vec<usize> = (before..head_end).filter(readable).collect();
    let tail_start = tail_start.unwrap_or(head_end).max(head_end);
    let tail = (tail_start..(last + EDGE).min(pieces.len())).filter(readable);
    head.into_iter().chain(tail).collect()
}

/// Characters of the longest line that is looked at.
const LONGEST: usize = 150;

fn read(piece: &RawBlock, known: &mut Metadata) -> Option<RemovalReason> {
    let shown = piece.text.as_str();
    // A numbered line is the text's, whatever it is about.
    let is_numbered = mark_of(shown).is_some_and(|(mark, _)| mark != Mark::Dash);
    if is_longer(shown, LONGEST) || is_numbered {
        return None;
    }
    // A sentence is no fact; only the other title may be one.
    if has_stop(shown) && !shown.contains("原") {
        return None;
    }
    let line = &*piece.in_simplified(shown);
    let posted = facts::posted(line);
    known.published = known.published.or(posted.as_ref().map(|(_, day)| (*day).into()));
    // What is left of 原标题：【甲】是某某在2005年8月12日16:10:13发表.
    let line = posted.and_then(|(before, _)| line.get(before)).unwrap_or(line);
    let may_credit =
        line.contains(|c: char| c == '/' || c.is_whitespace() || facts::is_behind_label(c));
    let (reason, field, value) = match () {
        // To look for what every such line has is faster than the patterns.
        () if line.contains('原')
            && let Some(title) = captured(&ORIGINAL_TITLE, line, shown) =>
        {
            (RemovalReason::OriginalTitle, &mut known.original_title, title)
        }
        () if may_credit
            && line.contains('编')
            && let Some(editor) = captured(&EDITOR, line, shown) =>
        {
            (RemovalReason::EditorLine, &mut known.editor, editor)
        }
        () if may_credit && STAFF.is_match(line) => {
            return Some(RemovalReason::EditorLine);
        }
        () if (line.contains("记者") || line.contains("通讯员")) && BYLINE.is_match(line) => {
            (RemovalReason::Byline, &mut known.byline, shown)
        }
        () => return read_facts(line, known),
    };
    if field.is_none() && !value.is_empty() {
        *field = Some(value.to_owned());
    }
    Some(reason)
}

fn read_facts(line: &str, known: &mut Metadata) -> Option<RemovalReason> {
    let found = facts::of(line);
    if found.is_empty() || dates::is_date_line(line) {
        // A date line alone may be the signature's.
        return None;
    }
    for (fact, value) in found {
        learn(known, fact, value);
    }
    Some(RemovalReason::MetadataLine)
}

/// Takes a fact into `known`, where it is not known yet.
fn learn(known: &mut Metadata, fact: Fact, value: &str) {
    let value = value.trim();
    if value.is_empty() {
        return;
    }
    let field = match fact {
        Fact::Signed => return known.signed = known.signed.or(dates::beijing_date(value)),
        Fact::Published => return known.published = known.published.or(dates::beijing_date(value)),
        Fact::Effective => return known.effective = known.effective.or(dates::beijing_date(value)),
        Fact::Force => return known.in_force = known.in_force.or(force(value)),
        Fact::Category | Fact::Keywords => return learn_categories(known, value),
        Fact::Title if known.title.is_empty() => return value.clone_into(&mut known.title),
        Fact::Title | Fact::Other | Fact::Count => return,
        Fact::Issuer => &mut known.issuer,
        Fact::Number => &mut known.number,
        Fact::Source => &mut known.source,
        Fact::Byline => &mut known.byline,
        Fact::Editor => &mut known.editor,
    };
    if field.is_none() {
        *field = Some(value.to_owned());
    }
}

/// Whether a text is in force, as a register says it; `None` where it says neither.
pub(super) fn force(value: &str) -> Option<bool> {
    const NOT: [&str; 6] = ["失效", "废止", "无效", "尚未", "未施行", "撤销"];
    const IS: [&str; 6] = ["有效", "生效", "现行", "施行", "已修改", "修订"];
    let says = |words: &[&str]| words.iter().any(|word| value.contains(word));
    (says(&NOT) || says(&IS)).then(|| !says(&NOT))
}

/// Takes the parts of `value` that are not known yet: a page may have 主题分类 and 主题词.
fn learn_categories(known: &mut Metadata, value: &str) {
    let parts = value.split(['\\', ',', '，', '/', '、', ';', '；', ' ', '　']).map(str::trim);
    for part in parts.filter(|part| !part.is_empty()) {
        if !known.categories.iter().any(|category| category == part) {
            known.categories.push(part.to_owned());
        }
    }
}

/// Rows at the head of a page that may be its table of facts.
const TABLE: usize = 20;

/// 索引号 │ … │ 发文机关 │ …: rows whose cells are labels and values in turn.
fn read_tables(page: &mut Page) {
    let Page { metadata, pieces, .. } = page;
    for piece in pieces.iter_mut().filter(|piece| piece.shape == Shape::Row).take(TABLE) {
        let cells: Vec<&str> = piece.text.split(CELL.trim()).map(str::trim).collect();
        let pairs: Vec<(Fact, &str)> = cells
            .chunks(2)
            .filter_map(|pair| Some((facts::label(pair.first()?)?, *pair.get(1).unwrap_or(&""))))
            .collect();
        if cells.first().is_none_or(|cell| facts::label(cell).is_none()) {
            continue;
        }
        // The table's title is the document's, whatever the page's head says.
        if let Some((_, title)) =
            pairs.iter().find(|(fact, title)| *fact == Fact::Title && !title.is_empty())
        {
            metadata.title.clear();
            metadata.title.push_str(title);
        }
        for (fact, value) in pairs {
            learn(metadata, fact, value);
        }
        piece.remove(RemovalReason::MetadataLine);
    }
}

/// A table of facts whose cells became lines: a label, its value on the next line.
fn read_paired_lines(page: &mut Page) {
    let Page { metadata, pieces, .. } = page;
    let kept: Vec<usize> = (0..pieces.len())
        .filter(|at| pieces.get(*at).is_some_and(RawBlock::is_kept))
        .take(2 * EDGE)
        .collect();
    let text = |n: usize| kept.get(n).and_then(|at| pieces.get(*at)).map(|p| p.text.as_str());
    let lone = |n: usize| text(n).is_some_and(facts::is_lone_label);
    let Some(first) = (0..kept.len()).find(|n| lone(*n)) else { return };
    let (mut gone, mut learned) = (Vec::new(), Vec::new());
    let mut n = first;
    // Between two labels is a value; the last label may have none, and the text follows.
    while lone(n) {
        let fact = text(n).and_then(facts::label).unwrap_or(Fact::Other);
        let value = text(n + 1).filter(|_| !lone(n + 1));
        gone.push(n);
        match value {
            Some(value)
                if lone(n + 2)
                    || (!matches!(fact, Fact::Other | Fact::Keywords)
                        && value.chars().count() < LONGEST) =>
            {
                learned.push((fact, value));
                gone.push(n + 1);
                n += 2;
            }
            _ => n += 1,
        }
    }
    let is_table = gone.len() >= 3;
    for (fact, value) in learned {
        match fact {
            // One label alone may have no value, and the text follows.
            Fact::Category | Fact::Keywords | Fact::Title if !is_table => continue,
            Fact::Title => metadata.title.clear(),
            _ => {}
        }
        learn(metadata, fact, value);
    }
    if !is_table {
        return;
    }
    for at in gone.into_iter().filter_map(|n| kept.get(n)) {
        if let Some(piece) = pieces.get_mut(*at) {
            piece.remove(RemovalReason::MetadataLine);
        }
    }
}

type Pattern = LazyLock<Regex>;

static ORIGINAL_TITLE: Pattern = LazyLock::new(|| {
    built_in(r"^[（(【\[]?\s*原(?:标?题)(?:[为是]?\s*[:：]\s*|[为是]\s*)《?(.+?)》?\s*[)）】\]]?$")
});

/// What people who made a page did, longer names first.
const CREDITS: &str = concat!(
    "责任编辑|责任校对|责编|本文编辑|值班编辑|文字编辑|网络编辑|新媒体编辑|实习编辑|执行编辑|图文编辑|",
    "视频编辑|美术编辑|本期编辑|编辑|校对|审核|审校|审读|审签|总监制|监制|初审|复审|终审|一审|二审|三审|",
    "一校|二校|三校|统筹|总策划|策划|副主编|主编|值班主任|值班主编|值班编委|值班总编|编审|编委|制图|制作|",
    "设计|美编|排版|剪辑|摄像|摄影|供图|图片|撰文|撰稿|采写|供稿|通讯员|记者|实习生|出品人|出品|签发|",
    "文字|海报|配音|文|图|来源"
);

/// 责任编辑：某某 and its like, alone or before other credits.
static EDITOR: Pattern = LazyLock::new(|| {
    built_in(&format!(
        "{}{}",
        r"^(?:【纠错】)?[（(【\[]?\s*(?:责任编辑|责编|本文编辑|值班编辑|文字编辑|网络编辑|新媒体编辑|编辑)\s*[:：|｜丨]\s*",
        format_args!(
            r"([^。]{{0,40}}?)(?:_[\w]{{0,12}})?\s*(?:(?:[\s;；|]|　)(?:{CREDITS})\s*[:：|｜丨][^。]{{0,60}})?[)）】\]]?$"
        )
    ))
});

/// Credits one after the other: 文/图 某某 编辑：某某 校对：某某.
static STAFF: Pattern = LazyLock::new(|| {
    let name = r"[\p{Han}·A-Za-z]{2,9}";
    let names = format!(r"{name}(?:\s*[、，,/\s　]\s*{name}){{0,6}}");
    let role = format!(r"(?:{CREDITS})(?:\s*[/、&]\s*(?:{CREDITS}))*");
    let labelled = format!(r"{role}\s*[:：|｜丨/]\s*{names}");
    let spaced =
        r"(?:责任编辑|责编|编辑|校对|审核|监制)[\s　]+\p{Han}{2,3}(?:[\s、　]+\p{Han}{2,3}){0,3}";
    let photo = format!(r"文[/、]图[\s　:：]*(?:本报)?(?:记者|通讯员)?[\s　]*{names}");
    built_in(&format!(r"^[（(【\[]?\s*(?:(?:{labelled}[\s　;；|]*)+|{spaced}|{photo})[)）】\]]?$"))
});

/// 本报记者 王五 赵六: names after a space or a colon, or directly after where the first begins as
/// names of persons do (记者现场见闻 is a heading).
static BYLINE: Pattern = LazyLock::new(|| {
    let who =
        r"^(?:[（(]\s*)?(?:[^\s，。：:]{0,10}\s*)?(?:见习|实习|本报|特约|首席)?(?:记者|通讯员)";
    let others = r"(?:[\s　、，/|]+[\p{Han}·]{1,5}){0,6}(?:[\s　]*[)）])?(?:\s*(?:综合)?(?:报道|文|摄|图))?$";
    let parted = r"(?:[\s　]*[:：][\s　]*|[\s　]+)[\p{Han}·]{1,5}";
    let medium = r"^(?:[（(]\s*)?[^\s，。：:]{0,8}(?:新闻|网|报|社|台|刊|见习|实习|特约|首席)(?:记者|通讯员)";
    let name = format!(r"[{SURNAMES}][\p{{Han}}·]{{1,2}}");
    built_in(&format!(r"(?:{who}(?:{parted}|{name})|{medium}[\p{{Han}}·]{{2,3}}){others}"))
});

/// Family names that nine in ten persons have.
const SURNAMES: &str = concat!(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈",
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤",
    "樊殷施洪翟安颜倪牛温芦季俞章鲁葛伍申毕聂焦柳邢岳齐梅庄辛管祝左涂"
);

/// In half-width or full-width digits, in either script.
static NUMBER: Pattern = LazyLock::new(|| {
    let year = "(?:19|20|１９|２０)[0-9０-９]{2}";
    built_in(&format!(
        r"^[\p{{Han}}（）()]{{1,20}}[〔\[［﹝（(【]\s*{year}\s*[〕\]］﹞）)】]\s*第?\s*[0-9０-９]{{1,5}}\s*[号號]$"
    ))
});

/// True for a line that is a 发文字号 and nothing else: 国发〔2019〕5号.
pub(super) fn is_document_number(line: &str) -> bool {
    let line = line.trim();
    line.ends_with(['号', '號']) && NUMBER.is_match(line)
}

/// What `pattern` takes out of `line`, as it is `shown`: both have the same characters.
fn captured<'t>(pattern: &Pattern, line: &str, shown: &'t str) -> Option<&'t str> {
    let found = pattern.captures(line)?.get(1)?;
    // Simplifying may change the length in bytes, never the number of characters.
    let start = line.get(..found.start())?.chars().count();
    let length = found.as_str().chars().count();
    let span = crate::text::Span::new(start as u32, (start + length) as u32);
    Some(span.of(shown))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn posts_and_issues_have_days_and_keywords_are_categories() {
        let mut known = Metadata::default();
        let line = "原标题:【甲和乙】是大卫在2005年8月12日16:10:13发表";
        assert_eq!(
            super::read(&RawBlock::text(line), &mut known),
            Some(RemovalReason::OriginalTitle)
        );
        assert_eq!(known.published.map(|day| day.to_string()).as_deref(), Some("2005-08-12"));
        assert_eq!(known.original_title.as_deref(), Some("【甲和乙"));
        learn(&mut known, Fact::Category, "城乡建设\\水利、防汛");
        learn(&mut known, Fact::Category, "水利 河堤　通知");
        assert_eq!(known.categories, ["城乡建设", "水利", "防汛", "河堤", "通知"]);
    }

    #[test]
    fn lines_about_the_page_become_metadata() {
        let mut known = Metadata::default();
        let mut read = |line: &str| read(&RawBlock::text(line), &mut known);
        assert_eq!(read("（原标题：甲与乙）"), Some(RemovalReason::OriginalTitle));
        assert_eq!(read("責任編輯：張三"), Some(RemovalReason::EditorLine));
        assert_eq!(read("见习记者 李四"), Some(RemovalReason::Byline));
        assert_eq!(read("本报记者 王五 赵六"), Some(RemovalReason::Byline));
        assert_eq!(read("记者从市场监管局获悉，今年将修订标准。"), None);
        assert_eq!(read("编辑出版工作要点"), None);
        assert_eq!(read("编辑：王五 校对：赵六"), Some(RemovalReason::EditorLine));
        for staff in ["一审：王强 二审：李明 三审：赵刚", "编辑 赵六", "编辑 | 赵六", "撰文：赵六"]
        {
            assert!(read(staff).is_some(), "{staff}");
        }
        assert_eq!(read("审核：按照规定程序对材料的完整性、真实性进行审核。"), None);
        assert_eq!(known.original_title.as_deref(), Some("甲与乙"));
        assert_eq!(known.editor.as_deref(), Some("張三"));
        assert_eq!(known.byline.as_deref(), Some("见习记者 李四"));
    }
}
