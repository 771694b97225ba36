//! The title: as the source gives it, without the site's name; else the headline at the top of the
//! text; and where there is none, one made from the lead and marked as derived. A body that repeats
//! its title loses it, however many lines it is set in.

use super::dates;
use super::metadata::is_document_number;
use super::numbering::mark_of;
use super::page::{Align, Page, RawBlock, Shape};
use crate::document::{RemovalReason, TitleOrigin};
use crate::error::Warning;
use crate::text::{is_han, is_longer};

/// Settles the title of `page`.
pub(super) fn settle(page: &mut Page) {
    let given = std::mem::take(&mut page.metadata.title);
    let title = if letters(&given).is_empty() { headline(page) } else { Some(given) };
    page.metadata.title_origin = match title {
        Some(_) => TitleOrigin::Given,
        None => TitleOrigin::Derived,
    };
    page.metadata.title = match title {
        Some(title) => within(&title, page).unwrap_or(title),
        None => derived(page),
    };
    if page.metadata.title_origin == TitleOrigin::Given {
        remove_repeated(page);
    }
}

/// The headline on the page with which a `title` begins that has more after it: 标题 东区办事处.
fn within(title: &str, page: &Page) -> Option<String> {
    let above = page.pieces.iter().take_while(|piece| !piece.is_kept());
    let is_headline = |piece: &&RawBlock| {
        let behind = title.strip_prefix(piece.text.as_str()).unwrap_or_default();
        let own = piece.text.chars().count();
        let parted = behind.starts_with(char::is_whitespace) || behind.starts_with(SEPARATORS);
        parted && own >= 2 * SHORTEST && own > behind.chars().count()
    };
    let head = page.kept().take(1);
    above.chain(head).find(is_headline).map(|piece| piece.text.clone())
}

/// True for 河堤管理要点 in 水利局-河堤管理要点: behind a mark that parts names of sites from titles.
fn is_behind_site(full: &str, heading: &str) -> bool {
    let before = full.strip_suffix(heading).map(str::trim_end).unwrap_or_default();
    let name = before.trim_end_matches(['-', '_', '|', '｜', '>', ' ']);
    letters(heading).chars().count() >= SHORTEST
        && name.len() < before.len()
        && !is_longer(name, LONGEST_SITE)
}

/// Characters of the longest name of a site or channel before a title.
const LONGEST_SITE: usize = 12;

/// The title that a page's head means: one that a meta tag or a heading states, or its `<title>`
/// without the names of site and channel.
pub(super) fn chosen(title: Option<&str>, stated: Option<String>, headings: &[String]) -> String {
    let full = stated.as_deref().or(title).unwrap_or_default().trim();
    let folded = letters(full);
    let heading = headings.iter().find(|heading| {
        let heading = letters(heading);
        heading.chars().count() >= SHORTEST && folded.starts_with(&heading)
    });
    let heading = heading.or_else(|| headings.iter().find(|heading| is_behind_site(full, heading)));
    match heading {
        Some(heading) => heading.clone(),
        None if full.is_empty() => {
            let fits = |heading: &&String| letters(heading).chars().count() >= SHORTEST;
            headings.iter().find(fits).cloned().unwrap_or_default()
        }
        None => without_site(full).to_owned(),
    }
}

/// Characters of the shortest heading that is believed to be a title.
const SHORTEST: usize = 5;
/// The same where only the name of a site is cut from it: 公告_某某网.
const SHORTEST_BESIDE_SITE: usize = 2;

/// `title` up to what is only the site's or channel's name: `标题_频道_某某网`, `标题-新华网`.
pub(super) fn without_site(title: &str) -> &str {
    let mut rest = title.trim();
    while let Some((at, separator)) =
        rest.char_indices().rev().find(|(_, c)| SEPARATORS.contains(c))
    {
        let (head, tail) = rest.split_at(at);
        let tail = tail.trim_start_matches(SEPARATORS).trim();
        let head = head.trim_end_matches(SEPARATORS).trim_end();
        let cuts = separator == '_' || separator == '|' || separator == '｜' || is_site(tail);
        let least = if is_site(tail) { SHORTEST_BESIDE_SITE } else { SHORTEST };
        if head.chars().filter(|c| c.is_alphanumeric()).count() < least || !cuts {
            break;
        }
        rest = head;
    }
    rest
}

const SEPARATORS: [char; 7] = ['_', '|', '｜', '-', '—', '–', '－'];

/// Endings of the names of sites and channels.
const SITES: [&str; 21] = [
    "网",
    "網",
    "网站",
    "报",
    "報",
    "社",
    "台",
    "新闻",
    "频道",
    "门户",
    "客户端",
    "政府",
    "委员会",
    "中心",
    "财经",
    "Paper",
    "News",
    "厅",
    "局",
    "在线",
    "办公室",
];

pub(super) fn is_site(name: &str) -> bool {
    let short = name.chars().count() <= 20;
    short
        && (SITES.iter().any(|site| name.ends_with(site)) || name.contains('.') || name.is_empty())
}

/// Pieces at the head in which the title may be once more.
const HEAD: usize = 12;
/// Lines in which a title is set at most.
const LINES: usize = 4;

fn remove_repeated(page: &mut Page) {
    let title = letters(&page.metadata.title);
    let head: Vec<usize> = (0..page.pieces.len())
        .filter(|at| page.pieces.get(*at).is_some_and(RawBlock::is_kept))
        .take(HEAD)
        .collect();
    // A paragraph is no part of a title.
    let longest = 2 * page.metadata.title.len() + LONGEST;
    let text = |at: &usize| {
        let piece = page.pieces.get(*at).filter(|piece| piece.text.len() <= longest);
        piece.map_or_else(|| PARAGRAPH.to_owned(), |piece| letters(&piece.text))
    };
    let parts: Vec<String> = head.iter().map(text).collect();
    let mut repeated = 0;
    for run in runs_equal_to(&title, &parts) {
        let own = is_own_headline(page, head.get(run.start..).unwrap_or_default(), run.len());
        repeated += usize::from(!own);
        for at in head.get(run).unwrap_or_default() {
            match page.pieces.get_mut(*at) {
                Some(piece) if own => piece.shape = Shape::Title,
                Some(piece) => piece.remove(RemovalReason::RepeatedTitle),
                None => {}
            }
        }
    }
    // Once it is the page's headline.
    if repeated > 1 {
        page.warn(Warning::TitleRepeated(repeated));
    }
}

/// True where the first `lines` of `below` are the headline that an official document itself has
/// (红头 and title, centred, the number below): it is part of the document as printed, where a news
/// page only says its title again.
fn is_own_headline(page: &Page, below: &[usize], lines: usize) -> bool {
    let piece = |n: usize| below.get(n).and_then(|at| page.pieces.get(*at));
    let is_set = |p: &RawBlock| p.shape == Shape::Text && (p.align == Align::Centre || p.bold);
    let numbered = || {
        (lines..lines + 2).filter_map(piece).any(|piece| is_document_number(&piece.text))
            || (page.metadata.number.is_some() && page.metadata.issuer.is_some())
    };
    (0..lines).all(|n| piece(n).is_some_and(is_set)) && numbered()
}

/// Runs of `parts` that make up `title` when joined.
fn runs_equal_to(title: &str, parts: &[String]) -> Vec<std::ops::Range<usize>> {
    let mut runs = Vec::new();
    let mut start = 0;
    while start < parts.len() {
        let mut rest = title;
        let mut end = start;
        while let Some(behind) = parts.get(end).and_then(|part| rest.strip_prefix(part.as_str())) {
            end += 1;
            rest = behind;
            if rest.is_empty() || end - start == LINES {
                break;
            }
        }
        if rest.is_empty() && end > start {
            runs.push(start..end);
            start = end;
        } else {
            start += 1;
        }
    }
    runs
}

/// What two spellings of a title have in common: letters and digits.
pub(super) fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Characters of the longest headline.
const LONGEST: usize = 80;
/// Stands for a paragraph among the letters of lines.
const PARAGRAPH: &str = "¶";

/// The headline above the text, its lines joined: the first piece where it is set as one, or is
/// short and no sentence and something longer is below it.
fn headline(page: &Page) -> Option<String> {
    let kept: Vec<&RawBlock> = page.kept().take(HEAD).collect();
    let first = below_red_head(&kept).or_else(|| largest(&kept));
    let first = first.or_else(|| kept.iter().position(|p| !is_document_number(&p.text)))?;
    let top = kept.get(first)?;
    let longer_below =
        || kept.iter().skip(first + 1).any(|p| p.text.chars().count() > top.text.chars().count());
    if !may_be_headline(top) || (!is_set_apart(top) && !longer_below()) {
        return None;
    }
    let mut title = top.text.clone();
    for line in kept.iter().skip(first + 1).take(LINES - 1) {
        let goes_on = is_same_setting(top, line) && (line.continues || ends_open(&title, line));
        if !goes_on || !may_be_headline(line) || is_document_number(&line.text) {
            break;
        }
        let joins = title.ends_with(is_han) || line.text.starts_with(is_han);
        title.push_str(if joins { "" } else { " " });
        title.push_str(&line.text);
    }
    Some(title)
}

/// The title below the head of an official document, which names the body in larger type and then
/// the number: 某市人民政府文件, 某政发〔2024〕1号.
fn below_red_head(kept: &[&RawBlock]) -> Option<usize> {
    let number = kept.iter().take(RED_HEAD).position(|piece| is_document_number(&piece.text))?;
    let is_large = |piece: &&&RawBlock| piece.size >= LARGE || piece.align == Align::Centre;
    let above = number > 0 && kept.get(..number)?.iter().all(|piece| is_large(&piece));
    kept.get(number + 1).filter(|title| above && is_large(title) && may_be_headline(title))?;
    Some(number + 1)
}

/// Pieces of such a head, the number among them.
const RED_HEAD: usize = 5;
/// Size of a title in percent of the text's, at least.
const LARGE: u16 = 120;

/// The first of the largest lines, where the source says sizes and one is larger than the text.
fn largest(kept: &[&RawBlock]) -> Option<usize> {
    let fits = |piece: &&&RawBlock| piece.size >= LARGE && may_be_headline(piece);
    let largest = kept.iter().filter(fits).map(|piece| piece.size).max()?;
    kept.iter().position(|piece| piece.size == largest && may_be_headline(piece))
}

fn is_set_apart(piece: &RawBlock) -> bool {
    matches!(piece.shape, Shape::Heading(_))
        || piece.align == Align::Centre
        || piece.bold
        || piece.size >= LARGE
}

fn is_same_setting(top: &RawBlock, line: &RawBlock) -> bool {
    is_set_apart(top)
        && (top.align, top.bold, top.shape) == (line.align, line.bold, line.shape)
        && top.size.abs_diff(line.size) <= 5
}

/// 国务院办公厅 over 关于…的通知: the first line alone is no title.
fn ends_open(title: &str, line: &RawBlock) -> bool {
    !title.contains("关于") && line.text.starts_with("关于")
}

fn may_be_headline(piece: &RawBlock) -> bool {
    let text = piece.text.as_str();
    let long = is_longer(text, LONGEST);
    let sentence = text.ends_with(['。', '；', '，', ':', '：', '、']) || text.contains('。');
    let numbered = mark_of(text).is_some();
    // 公告 alone on top is a title as well.
    let shortest = match piece.shape {
        Shape::Heading(_) => SHORTEST_BESIDE_SITE,
        _ if text.chars().all(is_han) => SHORTEST_BESIDE_SITE,
        _ => SHORTEST,
    };
    !long
        && !sentence
        && !numbered
        && !dates::is_date_line(text)
        && piece.shape != Shape::Row
        && letters(text).chars().count() >= shortest
}

/// Characters of a derived title, at least and at most.
const LENGTH: std::ops::RangeInclusive<usize> = 6..=40;

/// Paragraphs of the lead.
const LEAD: usize = 3;

/// The document that the lead names in 《》, else the event of its first sentence.
fn derived(page: &Page) -> String {
    let lead = || page.kept().take(LEAD);
    lead().find_map(named).or_else(|| lead().find_map(event)).unwrap_or_default()
}

fn named(piece: &RawBlock) -> Option<String> {
    let fits = |name: &&str| LENGTH.contains(&name.chars().count());
    let names = piece.text.split('《').skip(1).filter_map(|rest| rest.split_once('》'));
    names.map(|(name, _)| name).find(fits).map(str::to_owned)
}

fn event(piece: &RawBlock) -> Option<String> {
    let sentence = piece.text.split(['。', '！', '？', '；']).next()?;
    let mut title = String::new();
    for clause in sentence.split_inclusive(['，', ',', '：']) {
        if title.chars().count() + clause.chars().count() > *LENGTH.end() && !title.is_empty() {
            break;
        }
        title.push_str(clause);
    }
    let title: String = title.chars().take(*LENGTH.end()).collect();
    Some(title.trim_end_matches(['，', ',', '：']).to_owned()).filter(|title| !title.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::samples;

    #[test]
    fn a_title_is_made_from_the_document_named_or_the_event_told() {
        let cases = [
            ("会议在甲市举行,发布《甲省标准升级行动计划》,并成立委员会。", "甲省标准升级行动计划"),
            ("甲市今日召开大会。市长讲话。", "甲市今日召开大会"),
            ("《甲》说", "《甲》说"),
        ];
        for (lead, title) in cases {
            let piece = RawBlock::text(lead);
            assert_eq!(named(&piece).or_else(|| event(&piece)).as_deref(), Some(title));
        }
    }

    #[test]
    fn a_heading_behind_the_name_of_a_site_is_the_title() {
        for (full, heading, title) in [
            ("水利局-河堤管理要点", "河堤管理要点", "河堤管理要点"),
            ("水利局 | 河堤管理要点", "河堤管理要点", "河堤管理要点"),
            ("标准化之路——写在会议前面", "写在会议前面", "标准化之路——写在会议前面"),
            ("做好河堤管理", "河堤管理", "做好河堤管理"),
            ("河堤管理要点", "水利局", "河堤管理要点"),
        ] {
            assert_eq!(chosen(Some(full), None, &[heading.to_owned()]), title, "{full}");
        }
    }

    #[test]
    fn names_of_sites_are_cut_and_dashes_of_the_title_are_not() {
        let cases = [
            ("标准化工作推进会召开_要闻_证券时报网", "标准化工作推进会召开"),
            ("标准化工作推进会召开-新华网", "标准化工作推进会召开"),
            ("标准化工作推进会召开--某省人民政府", "标准化工作推进会召开"),
            ("总体规划（2018—2035年）的批复", "总体规划（2018—2035年）的批复"),
            ("标准化之路——写在前面", "标准化之路——写在前面"),
            ("标准化工作|标准|推进_新浪网", "标准化工作"),
            ("公告_某某政府网", "公告"),
        ];
        for (full, title) in cases {
            assert_eq!(without_site(full), title);
        }
    }

    #[test]
    fn a_doubled_title_goes_and_is_counted() {
        for (lines, warnings) in [(1, 0), (2, 1)] {
            let mut page = samples::empty_page();
            page.metadata.title = "标准化工作推进会召开".to_owned();
            page.pieces = vec![RawBlock::text("标准化工作推进会召开"); lines];
            page.pieces.push(RawBlock::text("今日，推进会召开。"));
            settle(&mut page);
            assert_eq!(page.metadata.title, "标准化工作推进会召开");
            assert_eq!((page.kept().count(), page.warnings.len()), (1, warnings));
        }
    }

    #[test]
    fn a_title_set_in_lines_is_found_in_the_body() {
        let parts: Vec<String> = ["甲乙", "甲", "乙丙", "丁", "甲乙丙"].map(String::from).to_vec();
        assert_eq!(runs_equal_to("甲乙丙", &parts), [1..3, 4..5]);
    }
}
