//! Whether the characters of a place name in a text are that name. 合作 is a city and a word, 集安 is
//! inside 汇集安全, 河南 inside 沿河南岸, 财政部 inside 财政部门, 海城市 inside 沿海城市: the words of the
//! clause around the name decide.

use std::ops::Range;

use crate::text::segment::{self, Word, WordClass};

/// How a name is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// In full, with its 省, 市 or 县.
    Full,
    /// A province without it.
    Province,
    /// A city without it.
    BareCity,
    /// A city of the level of a county without it.
    BareCounty,
    /// A body of the whole country.
    Body,
    /// A word for the whole country.
    Word,
}

impl Form {
    /// True for a place without its 省, 市 or 县.
    pub(super) fn is_bare(self) -> bool {
        matches!(self, Self::Province | Self::BareCity | Self::BareCounty)
    }
}

/// True where `name`, bytes of the simplified `text`, is a name there and not a part of other words.
pub(super) fn is_name(text: &str, name: Range<usize>, form: Form) -> bool {
    let before = text.get(..name.start).unwrap_or_default();
    let after = text.get(name.end..).unwrap_or_default();
    if form == Form::Body {
        return !is_of_body(text.get(name.clone()).unwrap_or_default(), after);
    }
    let written = text.get(name.clone()).unwrap_or_default();
    if form.is_bare() && is_street(after) || written.ends_with('区') && is_zone(after) {
        return false;
    }
    let clause = clause_around(text, &name);
    let words = segment::segment(text.get(clause.clone()).unwrap_or_default());
    let (start, end) = ((name.start - clause.start) as u32, (name.end - clause.start) as u32);
    let fits = fits(&words, start, end, form);
    fits && !(form == Form::Province && is_bank(before, after))
}

/// How the words of a clause lie to a name in it.
fn fits(words: &[Word], start: u32, end: u32, form: Form) -> bool {
    let crossing = words.iter().find(|word| word.start < start && start < word.end);
    if let Some(word) = crossing {
        // A longer name of a place has the shorter one inside; nothing else has.
        let inside = words.iter().filter(|word| word.start >= start && word.start < end);
        let singles = inside.clone().any(|word| word.class == WordClass::Part || is_single(word));
        let whole = word.end < end && singles;
        // 上海浦东 is a word of the dictionary.
        let ends_place = word.end == end && word.class == WordClass::Place;
        return form == Form::Full && whole || ends_place;
    }
    let last = words.iter().find(|word| word.start < end && end < word.end);
    match (last, form) {
        (None, Form::BareCounty) => {
            let own = words.iter().find(|word| (word.start, word.end) == (start, end));
            // Where a clause begins with it, a noun may be the name, too.
            own.is_some_and(|word| {
                is_proper(word.class) || start == 0 && word.class == WordClass::Noun
            })
        }
        (None, _) | (Some(_), Form::Full) => true,
        // 北京大学 begins with the name of its place; 大连锁 does not.
        (Some(word), _) => word.start == start && is_proper(word.class),
    }
}

fn is_single(word: &Word) -> bool {
    word.end - word.start <= 4
}

fn is_proper(class: WordClass) -> bool {
    matches!(class, WordClass::Place | WordClass::Name | WordClass::Organisation)
}

/// Marks between clauses, of which words never cross one.
const MARKS: [char; 22] = [
    '，', '。', '；', '：', '、', '！', '？', '“', '”', '《', '》', '（', '）', '(', ')', ',', ';',
    ' ', '　', '〔', '·', '—',
];

/// Characters of a clause before and after a name that are cut into words at most.
const AROUND: usize = 12;

/// The clause around `name`, as bytes, or as much of it as decides.
fn clause_around(text: &str, name: &Range<usize>) -> Range<usize> {
    let before = text.get(..name.start).unwrap_or_default();
    let after = text.get(name.end..).unwrap_or_default();
    let head = before.char_indices().rev().take(AROUND).take_while(|(_, c)| !MARKS.contains(c));
    let start = head.last().map_or(name.start, |(at, _)| at);
    let tail = after.char_indices().take(AROUND).take_while(|(_, c)| !MARKS.contains(c));
    let end = tail.last().map_or(name.end, |(at, c)| name.end + at + c.len_utf8());
    start..end
}

/// 湖南路, 南京大道: a street is named for a place and is in another one.
fn is_street(after: &str) -> bool {
    ["路", "街", "大道", "大街", "胡同"].iter().any(|end| after.starts_with(end))
}

/// 朝阳区域, 中心城区位: a district is meant by 区 alone.
fn is_zone(after: &str) -> bool {
    ["域", "间", "位", "划", "块", "别", "分"].iter().any(|end| after.starts_with(end))
}

/// 河南岸 after a river, 湖南岸 after a lake: a side and no province.
fn is_bank(before: &str, after: &str) -> bool {
    let side = ["岸", "侧", "段", "边", "堤", "线", "环"].iter().any(|end| after.starts_with(end));
    side && before.chars().next_back().is_some_and(|c| !MARKS.contains(&c))
}

/// 财政部门, 公安部队, 中央空调: no body of the whole country.
fn is_of_body(name: &str, after: &str) -> bool {
    let of_ministry = name.ends_with('部')
        && ["门", "队", "分", "属", "位", "件"].iter().any(|end| after.starts_with(end));
    let of_centre = name == "中央"
        && ["空调", "商务区", "公园", "大街", "大道", "厨房", "广场", "活动区", "处理", "控制"]
            .iter()
            .any(|end| after.starts_with(end));
    of_ministry || of_centre
}
