//! The title of a page by agreement of what its head states with the lines above its text. A head may
//! state the site or the column only, or cut a title at a quotation mark; then the wording that is
//! nearest to the text counts.

use crate::document::RemovalReason;
use crate::ingest::numbering::{Mark, mark_of};
use crate::ingest::page::{Align, Disposition, RawBlock, Shape};
use crate::ingest::title::{is_site, letters};
use crate::ingest::{dates, facts, metadata};
use crate::text::{has_stop, is_longer};

/// Pieces above the first sentence among which a headline is, and those among which a line that is
/// not set as one may be it.
const ABOVE: usize = 40;
const NEAR: usize = 8;
/// Letters of a headline, at least and at most.
const SHORTEST: usize = 4;
const LONGEST: usize = 80;
/// Letters of a title that may be a column's.
const COLUMN: usize = 6;
/// Percent of a line in links from which on it is no headline.
const LINK: u8 = 80;

/// The title of the page whose head states `stated` and whose text is `pieces`.
pub(super) fn agreed(stated: String, pieces: &[RawBlock]) -> String {
    let said = letters(&stated);
    let lines = above(pieces);
    let longer = |at: &&usize| {
        let own = words(pieces, **at);
        own.len() > said.len() && said.chars().count() >= SHORTEST && own.starts_with(&said)
    };
    if let Some(at) = lines.iter().find(longer) {
        return headline(pieces, *at);
    }
    let heads: fn(&RawBlock) -> bool = |piece| matches!(piece.shape, Shape::Heading(_));
    let by = |is_one: fn(&RawBlock) -> bool| {
        lines.iter().copied().find(|at| pieces.get(*at).is_some_and(is_one))
    };
    // A subtitle is centred, the headline above it is also bold.
    let is_bold: fn(&RawBlock) -> bool = |piece| piece.bold && piece.align == Align::Centre;
    let set_apart = by(heads).or_else(|| by(is_bold)).or_else(|| by(is_set_apart));
    let agrees = |at: &usize| {
        let own = words(pieces, *at);
        !own.is_empty() && (said.contains(&own) || own.contains(&said))
    };
    let doubtful = is_doubtful(&stated);
    let place = lines.iter().position(agrees).filter(|_| !said.is_empty());
    let nearer = |at: &usize| {
        let before = lines.iter().position(|one| one == at);
        // 公示 of the head is short for the headline that has it.
        let is_longer = words(pieces, *at).contains(&said)
            && words(pieces, *at) != said
            && pieces.get(*at).is_some_and(is_set_apart);
        place.is_none_or(|place| before.is_some_and(|before| before < place || is_longer))
    };
    let plain = || lines.first().copied().filter(|at| first_sentence(pieces) - at <= NEAR);
    let found = set_apart.or_else(plain).filter(|at| doubtful && nearer(at));
    found.map_or(stated, |at| headline(pieces, at))
}

/// Lines set as headlines directly below the headline, above the text: a subtitle is the article's.
pub(super) fn keep_subtitle(title: &str, pieces: &mut [RawBlock]) {
    let title = letters(title);
    let Some(first) = pieces.iter().position(RawBlock::is_kept) else { return };
    let start = first.saturating_sub(ABOVE);
    let is_title = |at: &usize| !title.is_empty() && words(pieces, *at) == title;
    let Some(headline) = (start..first).rev().find(is_title) else { return };
    let found: Vec<usize> = (headline + 1..first)
        .filter(|at| pieces.get(*at).is_none_or(|piece| !is_code(piece)))
        .take_while(|at| pieces.get(*at).is_some_and(|piece| is_set_apart(piece) && may_be(piece)))
        .collect();
    for at in found {
        if let Some(piece) = pieces.get_mut(at) {
            piece.disposition = Disposition::Kept;
        }
    }
}

fn words(pieces: &[RawBlock], at: usize) -> String {
    pieces.get(at).map(|piece| letters(&piece.text)).unwrap_or_default()
}

fn is_code(piece: &RawBlock) -> bool {
    matches!(piece.disposition, Disposition::Removed(RemovalReason::Markup | RemovalReason::Hidden))
}

/// A title that is nothing but the name of a site or a column, or the way to a page.
fn is_doubtful(stated: &str) -> bool {
    let is_trail = stated.contains(['>', '»', '|']);
    is_trail || is_site(stated.trim()) || letters(stated).chars().count() <= COLUMN
}

/// The lines that may be the headline, the nearest to the text first.
fn above(pieces: &[RawBlock]) -> Vec<usize> {
    let end = first_sentence(pieces);
    let lines = (end.saturating_sub(ABOVE)..end).rev();
    lines.filter(|at| pieces.get(*at).is_some_and(may_be)).collect()
}

fn first_sentence(pieces: &[RawBlock]) -> usize {
    let is_sentence = |piece: &RawBlock| {
        piece.is_kept() && (has_stop(&piece.text) || is_longer(&piece.text, LONGEST))
    };
    let first = pieces.iter().position(is_sentence);
    first.or_else(|| pieces.iter().position(RawBlock::is_kept)).unwrap_or_default()
}

fn is_set_apart(piece: &RawBlock) -> bool {
    matches!(piece.shape, Shape::Heading(_)) || piece.align == Align::Centre || piece.bold
}

fn may_be(piece: &RawBlock) -> bool {
    let text = piece.text.as_str();
    let length = letters(text).chars().count();
    let label = text.split(['：', ':']).next().unwrap_or_default();
    let has_label = label.len() < text.len() && !is_longer(label, 5);
    let is_part = mark_of(text).is_some_and(|(mark, _)| mark != Mark::Dash);
    let line = piece.in_simplified(text);
    (SHORTEST..=LONGEST).contains(&length)
        && !is_code(piece)
        && piece.linked < LINK
        && piece.shape != Shape::Row
        && !has_stop(text)
        && !text.ends_with(['，', '、', ','])
        && !has_label
        && !is_part
        && !text.contains(['>', '»', '|', '｜', '@'])
        && !text.starts_with(['（', '(', '【', '['])
        && !metadata::is_document_number(text)
        && !dates::ends_with_day(text)
        && facts::of(&line).is_empty()
        && dates::dated(text).is_none_or(|(range, _)| length > range.len() + SHORTEST)
        && !line.contains("http")
        && !NAMES.iter().any(|end| line.ends_with(end))
        && !["记者", "通讯员", "执笔", "发自", "编者按"].iter().any(|word| line.contains(word))
        && !["当前位置", "文件", "打印", "字体", "浏览", "收藏", "首页"]
            .iter()
            .any(|word| line.ends_with(word) || line.starts_with(word))
}

/// Endings of the names of those who wrote or issued a text, as they are between title and text.
const NAMES: [&str; 12] = [
    "课题组",
    "小组",
    "委员会",
    "办公室",
    "编辑部",
    "研究院",
    "研究所",
    "研究中心",
    "大学",
    "政府",
    "记者",
    "报社",
];

/// The line at `at`, with the lines that a `<br>` parts it from.
fn headline(pieces: &[RawBlock], at: usize) -> String {
    let mut from = at;
    while pieces.get(from).is_some_and(|piece| piece.continues)
        && from.checked_sub(1).and_then(|above| pieces.get(above)).is_some_and(may_be)
    {
        from -= 1;
    }
    let lines = pieces.get(from..=at).unwrap_or_default().iter();
    lines.map(|piece| piece.text.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> RawBlock {
        RawBlock::removed(RemovalReason::Navigation, text)
    }

    fn set(shape: Shape, text: &str) -> RawBlock {
        RawBlock { shape, ..line(text) }
    }

    #[test]
    fn what_is_nearest_to_the_text_counts_where_the_head_states_no_title() {
        let text = RawBlock::text("市里召开会议，部署工作。");
        let heading = set(Shape::Heading(2), "市里研究改造工作");
        let day = line("发布时间：2022-04-17");
        let cases = [
            ("某某局", vec![heading.clone(), day.clone()], "市里研究改造工作"),
            (
                "某某市人民政府",
                vec![line("首页 > 新闻"), heading.clone(), day.clone()],
                "市里研究改造工作",
            ),
            ("要闻", vec![line("市里研究改造工作"), day.clone()], "市里研究改造工作"),
            ("汽车 >> 动态", vec![line("市里研究改造工作"), day.clone()], "市里研究改造工作"),
            ("市里研究", vec![set(Shape::Heading(1), "市里研究“旧改”工作")], "市里研究“旧改”工作"),
            (
                "市里研究改造工作",
                vec![set(Shape::Heading(1), "某某网"), day.clone()],
                "市里研究改造工作",
            ),
            (
                "市里研究改造工作推进会",
                vec![set(Shape::Heading(3), "编者的话在此")],
                "市里研究改造工作推进会",
            ),
            ("公告", vec![set(Shape::Heading(1), "公告")], "公告"),
            ("某某局", vec![set(Shape::Heading(1), "第一章 总则")], "某某局"),
            ("某某局", vec![day], "某某局"),
        ];
        for (stated, above, title) in cases {
            let pieces: Vec<RawBlock> = above.into_iter().chain([text.clone()]).collect();
            assert_eq!(agreed(stated.to_owned(), &pieces), title, "{stated}");
        }
    }

    #[test]
    fn a_subtitle_below_the_headline_stays() {
        let mut pieces = vec![
            set(Shape::Heading(1), "市里研究改造工作"),
            RawBlock { align: Align::Centre, ..line("去年改造四千户") },
            line("分享到"),
            RawBlock::text("市里召开会议，部署工作。"),
        ];
        keep_subtitle("市里研究改造工作", &mut pieces);
        let kept: Vec<bool> = pieces.iter().map(RawBlock::is_kept).collect();
        assert_eq!(kept, [false, true, false, true]);
    }
}
