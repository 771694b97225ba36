//! What a wording is made of by its words: a noun phrase or not, how rare its words are in general
//! Chinese, and what remains without the wide words at its ends. Between the
//! [`phrases`](super::phrases) that are cut from texts and the ranking of themes.

use std::sync::Arc;

use rayon::prelude::*;

use crate::text::segment::{Word, WordClass, segment, surprisal};
use crate::themes::grammar::{WordRole, is_listed_noun, role_of};
use crate::themes::mentions::Wordings;
use crate::themes::phrases::{Parsed, names_body};

/// A word that no dictionary holds is as surprising as a very rare one, in bits.
const HIGHEST_SURPRISAL: f64 = 19.0;
/// The shortest stem that can be a subject by itself, in characters.
const SHORTEST_STEM: usize = 3;

/// What a wording is made of, wherever it occurs.
#[derive(Debug, Clone, PartialEq)]
pub struct TermStructure {
    /// Its characters.
    pub chars: usize,
    /// Mean surprisal of its words in bits, weighted by their characters.
    pub surprisal: f64,
    /// What kind of wording it is by its words.
    pub kind: StructureKind,
    /// What it names by its last word.
    pub names: Names,
    /// What its words say about it, 0 to 1.
    pub weight: f64,
    /// True for one that begins with a numeral.
    pub numeral: bool,
    /// Whether it begins, and whether it ends, with a single character that is no word of its own.
    pub loose: [bool; 2],
    /// True for one noun of the dictionary that is no deed, as 农业 and unlike 指导.
    pub plain_noun: bool,
    /// True where the last word is a noun that names a thing, no quality (刚性) and no deed.
    pub ends_as_noun: bool,
    /// True for one rare word of the dictionary that is made of two wide ones: 管理体制, 城市更新.
    pub wide_pair: bool,
    /// Surprisal of the whole in bits where it is one word of the dictionary.
    pub word_surprisal: Option<f64>,
    /// What remains of it without the wide words at its ends.
    pub stems: Vec<Stem>,
}

/// What kind of wording it is by its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StructureKind {
    /// One noun.
    Noun,
    /// One word that is no noun by the dictionary, but may be one here: 就业, 湿地.
    OtherWord,
    /// One word that is in no name alone.
    NoName,
    /// Words that make a noun phrase.
    NounPhrase,
    /// Words that make one only where marks enclose them.
    Words,
}

/// What the last word of a wording names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Names {
    /// What can be a subject.
    Subject,
    /// A body: 委员会, 主管部门, 局.
    Body,
    /// Who acts or is acted upon: 经营者, 申请人.
    Person,
    /// A paper: 申请表, 许可证.
    Form,
    /// A place.
    Place,
}

/// What remains of a wording without words at its ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stem {
    /// What remains.
    pub wording: String,
    /// What was taken away.
    pub lacks: Lacks,
}

/// What a stem lacks of its wording.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lacks {
    /// A verb before it.
    Verb,
    /// Wide words before it.
    WideHead,
    /// Wide words after it.
    WideTail,
}

/// The structures of wordings, by their numbers.
#[derive(Debug, Default)]
pub struct TermStructures(Vec<Option<Arc<TermStructure>>>);

impl TermStructures {
    /// Makes those of the wordings of these `numbers` that are not there yet.
    pub fn prepare<'n>(&mut self, numbers: impl Iterator<Item = &'n u32>, wordings: &Wordings) {
        self.0.resize(wordings.len(), None);
        let is_new = |number: &&u32| self.0.get(**number as usize).is_some_and(Option::is_none);
        let new: Vec<u32> = numbers.filter(is_new).copied().collect();
        let made = new.par_iter().map(|number| {
            (*number, wordings.get(*number).map(|wording| Arc::new(TermStructure::of(wording))))
        });
        for (number, structure) in made.collect::<Vec<_>>() {
            let slot = self.0.get_mut(number as usize);
            slot.into_iter().for_each(|slot| *slot = structure.clone());
        }
    }

    /// That of a wording that was prepared.
    pub fn of(&self, number: u32) -> Option<&Arc<TermStructure>> {
        self.0.get(number as usize)?.as_ref()
    }
}

impl TermStructure {
    /// That of a folded `wording`.
    pub fn of(wording: &str) -> Self {
        let parsed = Parsed::new(wording);
        let mut roles: Vec<WordRole> = parsed.words().map(|(_, role)| role).collect();
        // Only a wording that was made whole begins like that: 非物质文化遗产, 元宇宙.
        if let ([role, _, ..], true) = (roles.as_mut_slice(), begins_with_prefix(&parsed, wording))
        {
            *role = WordRole::Part;
        }
        Self {
            chars: wording.chars().count(),
            surprisal: mean_surprisal(&parsed, wording),
            kind: match roles.as_slice() {
                [WordRole::Noun] => StructureKind::Noun,
                [WordRole::Verb | WordRole::Modifier] => StructureKind::OtherWord,
                [_] => StructureKind::NoName,
                roles if is_noun_phrase(roles) => StructureKind::NounPhrase,
                [WordRole::WeakHead, ..] => StructureKind::NoName,
                _ => StructureKind::Words,
            },
            names: names(&parsed, wording),
            weight: words_weight(&parsed, &roles, wording),
            loose: [
                loose(parsed.words().next(), wording),
                loose(parsed.words().next_back(), wording),
            ],
            plain_noun: matches!(
                (roles.as_slice(), parsed.words().next()),
                ([WordRole::Noun], Some((word, _)))
                    if word.class == WordClass::Noun || is_listed_noun(wording)
            ),
            ends_as_noun: matches!(roles.last(), Some(WordRole::Noun | WordRole::Wide))
                && !wording.ends_with(['性', '型', '式']),
            wide_pair: roles.len() == 1
                && is_made_of_two(wording)
                && halves(wording).is_some_and(|halves| halves.iter().all(|half| half.is_wide)),
            word_surprisal: (roles.len() == 1).then(|| surprisal(wording)),
            numeral: wording.starts_with(|c| "一二三四五六七八九十两百千万亿".contains(c)),
            stems: stems(&parsed, wording),
        }
    }
}

/// Characters that make a new word of the one after them.
const PREFIXES: &str = "非不反无未元超多微高低亚准";

fn begins_with_prefix(parsed: &Parsed<'_>, wording: &str) -> bool {
    let first = parsed.words().next().map(|(word, _)| word.of(wording));
    first.is_some_and(|first| PREFIXES.contains(first))
}

/// True for a single character among other words.
fn loose(word: Option<(&Word, WordRole)>, wording: &str) -> bool {
    word.is_some_and(|(word, _)| {
        let word = word.of(wording);
        word.len() < wording.len()
            && word.chars().nth(1).is_none()
            && !(wording.starts_with(word) && PREFIXES.contains(word))
    })
}

fn is_noun_phrase(roles: &[WordRole]) -> bool {
    let narrow = roles.iter().any(|role| matches!(role, WordRole::Noun | WordRole::Part));
    let ends = match roles.last() {
        Some(
            WordRole::WeakHead | WordRole::WeakModifier | WordRole::Modifier | WordRole::Place,
        ) => false,
        Some(WordRole::Before) => narrow,
        _ => true,
    };
    let begins = !matches!(roles.first(), Some(WordRole::WeakModifier | WordRole::WeakHead));
    begins && ends && !roles.iter().any(|role| matches!(role, WordRole::Break | WordRole::Comma))
}

/// Characters with which the name of a body ends, after another word of it.
const BODIES: &str = "局厅委署办部";
/// Words with which the name of a body ends.
const BODY_WORDS: [&str; 12] = [
    "政协",
    "人大",
    "省委",
    "市委",
    "区委",
    "县委",
    "工商联",
    "联合会",
    "管理中心",
    "管理处",
    "监会",
    "会议",
];
/// Posts: who holds one acts for a body.
const POSTS: [&str; 14] = [
    "书记",
    "主席",
    "主任",
    "省长",
    "市长",
    "部长",
    "局长",
    "院长",
    "检察长",
    "同志",
    "人士",
    "官兵",
    "干警",
    "各界",
];
/// Endings of those who act.
const PERSONS: [&str; 4] = ["者", "人", "员", "代表"];
/// Endings of papers, of single characters and of words of three and more.
const FORMS: [&str; 5] = ["证", "书", "表", "照", "件"];
/// Papers that are one word.
const PAPERS: [&str; 8] = ["证件", "证书", "执照", "附件", "原件", "复印件", "信件", "文件"];
/// Words of two characters that name a body, with which the name of one ends.
const BODY_TAILS: [&str; 10] =
    ["分局", "总局", "支局", "书局", "支部", "总部", "公署", "军委", "党委", "工委"];

fn names(parsed: &Parsed<'_>, wording: &str) -> Names {
    let cut: Vec<Word> = parsed.words().map(|(word, _)| *word).collect();
    let words: Vec<_> = parsed.words().map(|(word, role)| (word.of(wording), role)).collect();
    let Some(((last, role), before)) = words.split_last() else { return Names::Subject };
    let chars = last.chars().count();
    let long_or_part = chars >= 3 || chars == 1 && !before.is_empty();
    // 突发事件 is a 事件, 战略部署 a 部署: of a long word its last word counts, not its last character.
    let own = last_word(last).filter(|_| chars >= 3);
    let ends = |endings: &[&str]| endings.iter().any(|ending| last.ends_with(ending));
    let body_end = long_or_part
        && last.ends_with(|c| BODIES.contains(c))
        && own.is_none_or(|own| BODY_TAILS.contains(&own));
    let named = |endings: &[&str]| endings.iter().any(|ending| wording.ends_with(ending));
    if names_body(&cut, wording) || body_end || named(&BODY_WORDS) || named(&POSTS) {
        Names::Body
    } else if ends(&PERSONS) && (long_or_part || chars == 2 && !before.is_empty()) {
        Names::Person
    } else if is_paper(last, own, long_or_part) {
        Names::Form
    } else if *role == WordRole::Place {
        Names::Place
    } else {
        Names::Subject
    }
}

/// The noun of two characters with which a long word ends, where the dictionary has one.
fn last_word(word: &str) -> Option<&str> {
    let (at, _) = word.char_indices().rev().nth(1)?;
    let last = word.get(at..)?;
    let is_noun = |word: &Word| matches!(word.class, WordClass::Noun | WordClass::VerbNoun);
    matches!(segment(last).as_slice(), [word] if is_noun(word)).then_some(last)
}

/// True for a word that names a paper, which a `long` one does by its last character: but 突发事件
/// and 软件 are none.
fn is_paper(word: &str, own: Option<&str>, long: bool) -> bool {
    let thing = word.ends_with('件') && own.is_some_and(|own| !PAPERS.contains(&own));
    PAPERS.contains(&word) || long && !thing && FORMS.iter().any(|ending| word.ends_with(ending))
}

fn mean_surprisal(parsed: &Parsed<'_>, wording: &str) -> f64 {
    let (mut sum, mut chars) = (0.0, 0.0);
    for (word, _) in parsed.words() {
        let word = word.of(wording);
        let weight = word.chars().count() as f64;
        sum += surprisal(word).min(HIGHEST_SURPRISAL) * weight;
        chars += weight;
    }
    sum / f64::max(chars, 1.0)
}

/// What remains without the wide words at the end, and without those or a verb at the beginning.
fn stems(parsed: &Parsed<'_>, wording: &str) -> Vec<Stem> {
    let adds =
        |role: WordRole| !matches!(role, WordRole::Noun | WordRole::Part | WordRole::Modifier);
    let words: Vec<_> = parsed.words().collect();
    let verb_first = words.first().is_some_and(|(_, role)| *role == WordRole::Verb);
    let head = words.iter().take_while(|(_, role)| adds(*role)).count();
    let tail = words.iter().rev().take_while(|(_, role)| adds(*role)).count();
    let heads = words.iter().take(head).map(|(word, _)| wording.get(word.end as usize..));
    let tails = words.iter().rev().take(tail).map(|(word, _)| wording.get(..word.start as usize));
    let heads = heads.map(|stem| (stem, if verb_first { Lacks::Verb } else { Lacks::WideHead }));
    let tails = tails.map(|stem| (stem, Lacks::WideTail));
    let object = object_of(wording).into_iter().map(|stem| (Some(stem), Lacks::Verb));
    heads
        .chain(tails)
        .chain(object)
        .filter_map(|(stem, lacks)| Some(Stem { wording: stem?.to_owned(), lacks }))
        .filter(|stem| stem.wording.chars().count() >= SHORTEST_STEM)
        .collect()
}

/// What follows a verb of two characters, also where the dictionary cuts elsewhere: it has
/// 燃放烟花 as a word of 燃放烟花爆竹.
fn object_of(wording: &str) -> Option<&str> {
    let (at, _) = wording.char_indices().nth(2)?;
    let (verb, object) = (wording.get(..at)?, wording.get(at..)?);
    let is_verb = matches!(segment(verb).as_slice(), [word] if word.class == WordClass::Verb);
    // 性住房 is no object of 保障 in 保障性住房.
    let whole =
        segment(object).first().is_some_and(|word| word.of(object).chars().nth(1).is_some());
    (is_verb && whole).then_some(object)
}

/// Endings of bodies that act, and of qualities: seldom what a text is about.
const ACTORS: [&str; 11] =
    ["委员会", "局", "厅", "部", "办公室", "院", "大会", "组织", "者", "员", "机构"];

/// First characters of attributes: 高质量, 新一轮, 全链条.
const ATTRIBUTES: &str = "高新全多低";
/// Below so many bits of surprisal a word after one of them is a common one.
const COMMON: f64 = 14.0;

fn words_weight(parsed: &Parsed<'_>, roles: &[WordRole], wording: &str) -> f64 {
    let words: Vec<&Word> = parsed.words().map(|(word, _)| word).collect();
    let factor = |is: bool, weight: f64| if is { weight } else { 1.0 };
    let first_char = words.first().map_or("", |word| word.of(wording));
    let single = first_char.chars().nth(1).is_none();
    let deed = |word: &&Word| matches!(word.class, WordClass::Verb | WordClass::VerbNoun);
    // 高质量, 全链条: more often an attribute than a subject.
    let attribute = wording.chars().count() == 3
        && wording.strip_prefix(|c| ATTRIBUTES.contains(c)).is_some_and(|rest| {
            surprisal(rest) < COMMON
                || rest.starts_with(['一', '个'])
                || Parsed::new(rest).words().all(|(_, r)| r == WordRole::Wide)
        });
    // 稳预期: a verb and its object.
    let verb_object = single && words.len() > 1 && words.first().is_some_and(deed);
    factor(roles.len() > 1 && roles.first() == Some(&WordRole::Verb), 0.4)
        * factor(roles.len() > 1 && roles.last() == Some(&WordRole::Verb), 0.4)
        * factor(roles.len() > 1 && roles.iter().all(|role| *role == WordRole::Wide), 0.3)
        * factor(
            matches!(roles, [WordRole::Verb | WordRole::Modifier]),
            if wording.chars().count() > 2 { 0.12 } else { 0.24 },
        )
        * factor(ACTORS.iter().any(|ending| wording.ends_with(ending)), 0.35)
        * factor(roles.len() == 1 && wording.ends_with('化'), 0.4)
        * factor(words.len() > 1 && words.iter().all(deed), 0.5)
        * factor(attribute, 0.3)
        * factor(verb_object, 0.4)
        * factor(roles.len() == 1 && is_made_of_two(wording) && is_manner(wording), 0.3)
}

/// From so many bits on a word of four characters was put into the dictionary by a machine, with a
/// tag that says nothing: 统筹安排 as a noun.
const RARE_ENTRY: f64 = 20.0;

fn is_made_of_two(wording: &str) -> bool {
    wording.chars().count() == 4 && surprisal(wording) >= RARE_ENTRY
}

/// One of the two words of which a word of four characters is made.
struct Half {
    class: Option<WordClass>,
    is_wide: bool,
}

/// The two words of a word of four characters.
fn halves(wording: &str) -> Option<[Half; 2]> {
    let (at, _) = wording.char_indices().nth(2)?;
    let (first, second) = wording.split_at(at);
    Some([first, second].map(|half| {
        let words = segment(half);
        let word = words.first().filter(|_| words.len() == 1);
        Half {
            class: word.map(|word| word.class),
            is_wide: word.is_some_and(|word| role_of(word, half) == WordRole::Wide),
        }
    }))
}

/// True for a word of four characters that says how something is done: 统筹安排, 正确处理.
fn is_manner(wording: &str) -> bool {
    use WordClass::{Adjective, Function, Verb};
    halves(wording).is_some_and(|[first, second]| {
        matches!(first.class, Some(Adjective | Function | Verb)) && second.class == Some(Verb)
    })
}
