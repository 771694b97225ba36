//! What a figure counts: the noun before it without its verb (规上工业增加值增长6%), else the noun after
//! it (建成10家以上计量机构), cut at word borders.

use super::words::{is_in, words};
use crate::text::segment::{Word, WordClass, segment};

/// Characters of an object, at most.
const LONGEST: usize = 36;
/// Bytes before a figure in which its object is looked for.
const BEFORE: usize = 180;

/// Words at the end of a name that belong to its verb.
const TRAILING: [&str; 27] = [
    "分别",
    "应当",
    "均",
    "都",
    "达",
    "为",
    "要",
    "累计",
    "一般",
    "最长",
    "最低",
    "原则上",
    "各",
    "再",
    "也",
    "共",
    "近",
    "约",
    "超",
    "逾",
    "的",
    "总共",
    "合计",
    "由",
    "拟",
    "按",
    "拟按",
];
/// Words before those for whom something is done: 为1万名儿童.
const FOR: [&str; 4] = ["为", "向", "让", "对"];
const OPENING: [char; 3] = ['“', '《', '('];
const CLOSING: [char; 3] = ['”', '》', ')'];

/// What is said before a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named<'t> {
    /// The noun, empty where there is none.
    pub(super) noun: &'t str,
    /// True where a verb is before the noun, or 为 and the like.
    pub(super) has_verb: bool,
    /// True where a verb is right before the figure (惠及616万名近亲属).
    pub(super) ends_in_verb: bool,
}

/// The noun in `before`, the part of a clause before a figure and its lead. `is_led` where a verb
/// like 达到 follows: then the verbs inside are part of the name (新增装机占比达到75%).
pub(super) fn named_before(before: &str, is_led: bool) -> Named<'_> {
    let before = tail(without_label(before));
    let cut = segment(before);
    let mut all = cut.as_slice();
    let mut has_verb = false;
    while let Some((first, rest)) = all.split_first() {
        let text = first.of(before);
        // 建设用地 is one word; 建设 alone before a noun is the verb.
        let verb = is_building(text) && (!is_led || !rest.iter().any(is_noun));
        let towards = FOR.contains(&text);
        let mark = first.class == WordClass::Mark && !text.starts_with(OPENING);
        // 制修订 is cut in two.
        let pair =
            rest.first().and_then(|next| before.get(first.start as usize..next.end as usize));
        if !verb && pair.is_some_and(is_building) && (!is_led || !rest.iter().skip(1).any(is_noun))
        {
            has_verb = true;
            all = rest.get(1..).unwrap_or_default();
            continue;
        }
        if !(verb || towards || mark || is_in(text, &words().support)) {
            break;
        }
        has_verb |= verb || towards;
        all = rest;
    }
    while let Some((last, rest)) = all.split_last() {
        let text = last.of(before);
        let mark = last.class == WordClass::Mark && !text.ends_with(CLOSING);
        if !(mark || TRAILING.contains(&text)) {
            break;
        }
        all = rest;
    }
    let ends_in_verb = !is_led && all.last().is_some_and(|last| is_building(last.of(before)));
    let noun = match (all.first(), all.last()) {
        (Some(first), Some(last)) => {
            before.get(first.start as usize..last.end as usize).unwrap_or_default()
        }
        _ => "",
    };
    // 人工智能等17个领域: what is counted follows.
    let listed = noun.ends_with('等') || before.trim_end().ends_with('等');
    Named { noun: if listed { "" } else { shortened(noun) }, has_verb, ends_in_verb }
}

/// The subject at the beginning of a clause, up to its verb.
pub(super) fn subject_of(clause: &str) -> &str {
    let cut = segment(clause);
    let named = cut.iter().take_while(|word| is_noun(word) || word.of(clause) == "和");
    match (cut.first(), named.last()) {
        (Some(first), Some(last)) => {
            shortened(clause.get(first.start as usize..last.end as usize).unwrap_or_default())
        }
        _ => "",
    }
}

/// True for a verb of what is built, or two of them (改造提升).
fn is_building(word: &str) -> bool {
    let list = &words().building;
    let two = || {
        let middle = word.char_indices().nth(2).map(|(at, _)| word.split_at(at));
        middle.is_some_and(|(a, b)| is_in(a, list) && is_in(b, list))
    };
    is_in(word, list) || two()
}

/// The noun that follows a figure, as far as its clause and the next figure.
pub(super) fn named_after(after: &str) -> &str {
    let clause = after.trim_start_matches(['的', ' ']);
    let end = clause
        .char_indices()
        .find(|(_, c)| matches!(c, ',' | ';' | ':' | '。' | '(' | '、' | '|' | '│' | '\t'))
        .map_or(clause.len(), |(at, _)| at);
    let name = clause.get(..end).unwrap_or_default().trim();
    let name = name.trim_end_matches(['等', '。']);
    let end = name.char_indices().nth(LONGEST).map_or(name.len(), |(at, _)| at);
    name.get(..end).unwrap_or_default()
}

/// True for words that can be what is counted.
fn is_noun(word: &Word) -> bool {
    matches!(
        word.class,
        WordClass::Noun
            | WordClass::VerbNoun
            | WordClass::Organisation
            | WordClass::Latin
            | WordClass::Place
            | WordClass::Name
            | WordClass::Part
            | WordClass::Attribute
    )
}

/// A clause without the number of an article before it: 第八条 渔港绿地率.
fn without_label(clause: &str) -> &str {
    let clause = clause.trim_start_matches(|c: char| !c.is_alphanumeric() && !OPENING.contains(&c));
    match clause.split_once(char::is_whitespace) {
        Some((label, rest)) if label.starts_with('第') && label.ends_with(['条', '章', '节']) => {
            rest
        }
        _ => clause,
    }
}

/// The last bytes of a long clause, from a word's beginning on.
fn tail(text: &str) -> &str {
    let from = text.len().saturating_sub(BEFORE);
    (from..=text.len()).find_map(|at| text.get(at..)).unwrap_or_default()
}

fn shortened(noun: &str) -> &str {
    let noun = noun.trim_matches(|c: char| {
        !c.is_alphanumeric() && !OPENING.contains(&c) && !CLOSING.contains(&c)
    });
    let skipped = noun.chars().count().saturating_sub(LONGEST);
    noun.char_indices().nth(skipped).and_then(|(at, _)| noun.get(at..)).unwrap_or_default()
}

/// Last characters of what is measured: 增加值, 收入, 首付比例.
const MEASURES: &str = "率额值量数例重入费资积度价款准口出";

/// The `count` objects that `object` lists; `None` where it lists another number of them. What only
/// the last one says stands for all: 城镇、农村居民收入 are 城镇居民收入 and 农村居民收入.
pub(super) fn each_of(object: &str, count: usize) -> Option<Vec<String>> {
    let object = object.split("分别").next().unwrap_or_default();
    let split = |marks: &[char]| -> Option<Vec<&str>> {
        let parts: Vec<&str> = object.split(marks).map(str::trim).collect();
        let is_list = parts.len() == count && count > 1;
        (is_list && parts.iter().all(|part| !part.is_empty())).then_some(parts)
    };
    let parts = split(&['、']).or_else(|| split(&['、', '和', '与', '及']))?;
    let (last, before) = parts.split_last()?;
    let whole = before.iter().map(|part| format!("{part}{}", shared_tail(part, last)));
    Some(whole.chain(std::iter::once((*last).to_owned())).collect())
}

/// What `last` says for `part`, too: all after its first word where `part` is a word like that one,
/// else the measure at its end.
fn shared_tail<'l>(part: &str, last: &'l str) -> &'l str {
    let words = segment(last);
    let (Some(first), Some(end), true) = (words.first(), words.last(), words.len() > 1) else {
        return "";
    };
    let cut = segment(part);
    // 近海 is a place in time to the dictionary: only verbs and adjectives are no name here.
    let names = |word: &Word| !matches!(word.class, WordClass::Verb | WordClass::Adjective);
    let is_alike = matches!(cut.as_slice(), [word]
        if names(word) && names(first) && word.end == first.end);
    if is_alike {
        return last.get(first.end as usize..).unwrap_or_default();
    }
    let is_measured = |text: &str| text.ends_with(|c| MEASURES.contains(c));
    if is_measured(last) && !is_measured(part) { end.of(last) } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_lose_their_verbs() {
        let cases = [
            ("推动建设", false, "", true),
            ("新增制造业单项冠军企业", false, "制造业单项冠军企业", true),
            ("改造提升“四好农村路”", false, "“四好农村路”", true),
            ("城镇新增就业", false, "城镇新增就业", false),
            ("全省科技创新投入", false, "科技创新投入", false),
            ("全省生产总值", true, "生产总值", false),
            ("推动渔业产值", true, "渔业产值", false),
            ("城镇和农村居民人均可支配收入分别", true, "城镇和农村居民人均可支配收入", false),
            ("第八条 渔港绿地率", true, "渔港绿地率", false),
            ("产业项目数占比", true, "产业项目数占比", false),
            ("远洋捕捞等", false, "", false),
        ];
        for (before, is_led, noun, has_verb) in cases {
            let named = named_before(before, is_led);
            assert_eq!((named.noun, named.has_verb), (noun, has_verb), "{before}");
        }
        assert!(named_before("改革惠及", false).ends_in_verb);
        assert_eq!(subject_of("全省生产总值连续跨越三个台阶"), "全省生产总值");
    }

    #[test]
    fn objects_of_a_list_share_what_its_last_one_says() {
        let all = |object, count| each_of(object, count).map(|all| all.join("|"));
        let cases = [
            ("粮食、大豆、牛奶", 3, Some("粮食|大豆|牛奶")),
            ("城镇、农村居民收入", 2, Some("城镇居民收入|农村居民收入")),
            ("城镇和农村居民收入", 2, Some("城镇居民收入|农村居民收入")),
            ("进出口总额、消费品零售总额", 2, Some("进出口总额|消费品零售总额")),
            ("黄金、白银、精炼铜产量", 3, Some("黄金产量|白银产量|精炼铜产量")),
            ("起数、死亡人数分别比上年", 2, Some("起数|死亡人数")),
            ("粮食、大豆", 3, None),
            ("粮食", 1, None),
            ("、", 2, None),
        ];
        for (object, count, wanted) in cases {
            assert_eq!(all(object, count).as_deref(), wanted, "{object}");
        }
    }

    #[test]
    fn nouns_after_a_figure_end_with_their_clause() {
        assert_eq!(named_after("制造业高水平计量机构,另行"), "制造业高水平计量机构");
        assert_eq!(named_after("计量器具和标准物质。"), "计量器具和标准物质");
        assert_eq!(named_after(",另行"), "");
    }
}
