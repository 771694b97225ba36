//! How much a theme is worth for comparing texts, and in which order themes are listed.
//!
//! Sources of the measures: how much rarer a wording is in general Chinese, after the weirdness of
//! Ahmad, Gillam and Tostevin (TREC 8, 1999), here as the mean surprise of its words in jieba's
//! dictionary; in how many regions and documents it stands; how often it is an item of a list.

use std::cmp::Reverse;
use std::sync::Arc;

use rayon::prelude::*;

use crate::text::segment::{WordClass, segment, surprise};
use crate::themes::candidate_table::Found;
use crate::themes::candidates::Sources;
use crate::themes::grammar::Role;
use crate::themes::mentions::Wordings;
use crate::themes::phrases::{Parsed, Source};
use crate::themes::usage::Count;
use crate::themes::vocabulary::Entry;

/// Mean surprise in bits below which a wording is everyday language.
const EVERYDAY: f64 = 9.5;
/// A word that no dictionary holds is as surprising as a very rare one.
const MOST_SURPRISE: f64 = 19.0;
/// A single word of two characters is a subject only if it is rarer than this.
const RARE_WORD: f64 = 15.5;

/// What speaks for a wording before it is counted.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Facts {
    /// Mean surprise of its words in bits, weighted by their characters.
    pub surprise: f64,
    /// Share of its occurrences as a phrase that are items of a list, 0 to 1.
    pub listed: f64,
    /// What the words that it is made of say about it, 0 to 1.
    pub form: f64,
    makeup: Option<Arc<TermStructure>>,
}

/// What a wording is made of, wherever it occurs.
#[derive(Debug, Clone, PartialEq)]
pub struct TermStructure {
    /// Its characters.
    chars: usize,
    /// Mean surprise of its words in bits, weighted by their characters.
    surprise: f64,
    /// What kind of wording it is by its words.
    kind: MakeupKind,
    /// What its words say about it, 0 to 1.
    weight: f64,
    /// True for one that begins with a numeral.
    numeral: bool,
    /// What remains of it without the wide words at its ends.
    stems: Vec<Stem>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum MakeupKind {
    /// One noun.
    Noun,
    /// One word that is no noun.
    OtherWord,
    /// Words that make a noun phrase.
    NounPhrase,
    /// Words that make one only where marks enclose them.
    Words,
}

/// What wordings are made of, by their numbers: told once, and kept.
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
        for (number, makeup) in made.collect::<Vec<_>>() {
            self.0.get_mut(number as usize).into_iter().for_each(|place| *place = makeup.clone());
        }
    }

    /// That of a wording that was prepared.
    pub fn of(&self, number: u32) -> Option<&Arc<TermStructure>> {
        self.0.get(number as usize)?.as_ref()
    }
}

impl TermStructure {
    fn of(wording: &str) -> Self {
        let parsed = Parsed::new(wording);
        let roles: Vec<Role> = parsed.words().map(|(_, role)| role).collect();
        Self {
            chars: wording.chars().count(),
            surprise: mean_surprise(&parsed, wording),
            kind: match roles.as_slice() {
                [Role::Noun] => MakeupKind::Noun,
                [_] => MakeupKind::OtherWord,
                roles if is_noun_phrase(roles) => MakeupKind::NounPhrase,
                _ => MakeupKind::Words,
            },
            weight: words_weight(&roles, wording),
            numeral: wording.starts_with(|c| "一二三四五六七八九十两百千万亿".contains(c)),
            stems: stems(&parsed, wording),
        }
    }

    /// True for a wording that can be a subject where it was found like that.
    fn can_be_subject(&self, found: Found) -> bool {
        let enclosed = Sources::of(Source::Title).and(Sources::of(Source::Quote));
        self.surprise >= EVERYDAY
            && match self.kind {
                MakeupKind::Noun => self.chars >= 3 || self.is_rare_word(found),
                MakeupKind::OtherWord => false,
                // What never ends its compound is the head of longer names: 国家标准化 of
                // 国家标准化发展 and 国家标准化技术文件.
                MakeupKind::NounPhrase => found.sources.any_of(Sources::FREE),
                MakeupKind::Words => found.sources.any_of(enclosed),
            }
    }

    /// True for a word of two characters that is a subject: rare, an item of lists, and no number.
    fn is_rare_word(&self, found: Found) -> bool {
        self.surprise >= RARE_WORD && found.listed > 0 && !self.numeral
    }
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
    /// Wide words before it or behind it.
    WideWords,
}

impl Facts {
    /// The facts about a subject of the lexicon.
    pub fn known(makeup: &Arc<TermStructure>) -> Self {
        Self {
            surprise: makeup.surprise.max(14.0),
            listed: 0.5,
            form: 1.0,
            makeup: Some(Arc::clone(makeup)),
        }
    }

    /// The facts about a candidate, where it can be a subject at all.
    pub fn of(makeup: &Arc<TermStructure>, found: Found) -> Option<Self> {
        makeup.can_be_subject(found).then(|| Self {
            surprise: makeup.surprise,
            listed: f64::from(found.listed) / f64::from(found.alone.max(1)),
            form: length_weight(makeup.chars, found.sources) * makeup.weight,
            makeup: Some(Arc::clone(makeup)),
        })
    }

    /// What remains of the wording without the wide words at its ends.
    pub fn stems(&self) -> &[Stem] {
        self.makeup.as_ref().map_or(&[], |makeup| &makeup.stems)
    }
}

fn is_noun_phrase(roles: &[Role]) -> bool {
    let narrow = roles.iter().any(|role| matches!(role, Role::Noun | Role::Part));
    let ends = match roles.last() {
        Some(Role::WeakHead | Role::WeakModifier | Role::Modifier | Role::Place) => false,
        Some(Role::Before) => narrow,
        _ => true,
    };
    let begins = !matches!(roles.first(), Some(Role::WeakModifier | Role::WeakHead));
    begins && ends && !roles.iter().any(|role| matches!(role, Role::Break | Role::Comma))
}

fn mean_surprise(parsed: &Parsed<'_>, wording: &str) -> f64 {
    let (mut sum, mut chars) = (0.0, 0.0);
    for (word, _) in parsed.words() {
        let word = word.of(wording);
        let weight = word.chars().count() as f64;
        sum += surprise(word).min(MOST_SURPRISE) * weight;
        chars += weight;
    }
    sum / f64::max(chars, 1.0)
}

/// The shortest stem that can be a subject by itself, in characters.
const SHORTEST_STEM: usize = 3;

/// What remains without the wide words at the end, and without those or a verb at the beginning.
fn stems(parsed: &Parsed<'_>, wording: &str) -> Vec<Stem> {
    let adds = |role: Role| !matches!(role, Role::Noun | Role::Part | Role::Modifier);
    let words: Vec<_> = parsed.words().collect();
    let verb_first = words.first().is_some_and(|(_, role)| *role == Role::Verb);
    let head = words.iter().take_while(|(_, role)| adds(*role)).count();
    let tail = words.iter().rev().take_while(|(_, role)| adds(*role)).count();
    let heads = words.iter().take(head).map(|(word, _)| wording.get(word.end as usize..));
    let tails = words.iter().rev().take(tail).map(|(word, _)| wording.get(..word.start as usize));
    let heads = heads.map(|stem| (stem, if verb_first { Lacks::Verb } else { Lacks::WideWords }));
    let tails = tails.map(|stem| (stem, Lacks::WideWords));
    let object = object_of(wording).into_iter().map(|stem| (Some(stem), Lacks::Verb));
    heads
        .chain(tails)
        .chain(object)
        .filter_map(|(stem, lacks)| Some(Stem { wording: stem?.to_owned(), lacks }))
        .filter(|stem| stem.wording.chars().count() >= SHORTEST_STEM)
        .collect()
}

/// What stands behind a verb of two characters, also where the dictionary cuts elsewhere: it has
/// 燃放烟花 as a word of 燃放烟花爆竹.
fn object_of(wording: &str) -> Option<&str> {
    let (at, _) = wording.char_indices().nth(2)?;
    let (verb, object) = (wording.get(..at)?, wording.get(at..)?);
    matches!(segment(verb).as_slice(), [word] if word.class == WordClass::Verb).then_some(object)
}

/// Scores the entries and puts them in order: by score, then documents, then mentions, then
/// wording, so that the order never depends on chance.
pub fn rank(mut entries: Vec<Entry>, documents: usize) -> Vec<Entry> {
    for entry in &mut entries {
        entry.score = score(&entry.facts, entry.mentioned, documents);
    }
    let key = |n: &Count| (Reverse(n.documents), Reverse(n.all));
    entries.par_sort_unstable_by(|a, b| {
        let counts = key(&a.mentioned).cmp(&key(&b.mentioned));
        b.score.total_cmp(&a.score).then(counts).then_with(|| a.forms.cmp(&b.forms))
    });
    entries
}

/// The worth of a theme.
fn score(facts: &Facts, count: Count, documents: usize) -> f64 {
    let regions = f64::from(count.regions.count_ones());
    let spread = (1.0 + regions).log2() * (1.0 + f64::from(count.documents)).log2();
    let specific = ((facts.surprise - 9.0) / 6.0).clamp(0.1, 1.3);
    let often = (1.0 + f64::from(count.all)).log2();
    let form = facts.form * (0.7 + 0.3 * facts.listed);
    spread * specific * often * form * selectivity(count, documents)
}

fn length_weight(chars: usize, sources: Sources) -> f64 {
    if sources == Sources::of(Source::Title) {
        return 0.4;
    }
    match chars {
        0..=2 => 0.25,
        3 => 0.8,
        4..=8 => 1.0,
        9..=12 => 0.8,
        _ => 0.5,
    }
}

/// Endings of bodies that act, and of qualities: seldom what a text is about.
const ACTORS: [&str; 11] =
    ["委员会", "局", "厅", "部", "办公室", "院", "大会", "组织", "者", "员", "机构"];

fn words_weight(roles: &[Role], wording: &str) -> f64 {
    let wide = roles.iter().all(|role| matches!(role, Role::Wide | Role::Before));
    let begins = if roles.first() == Some(&Role::Verb) { 0.4 } else { 1.0 };
    let ends = if roles.len() > 1 && roles.last() == Some(&Role::Verb) { 0.4 } else { 1.0 };
    let acts = ACTORS.iter().any(|ending| wording.ends_with(ending));
    let quality = roles.len() == 1 && wording.ends_with('化');
    begins
        * ends
        * if wide { 0.4 } else { 1.0 }
        * if acts { 0.35 } else { 1.0 }
        * if quality { 0.5 } else { 1.0 }
}

/// Below 1 for what nearly every document of a larger library mentions.
fn selectivity(count: Count, documents: usize) -> f64 {
    if documents < 20 {
        return 1.0;
    }
    let share = f64::from(count.documents) / documents as f64;
    let burst = f64::from(count.all) / f64::from(count.documents.max(1));
    (1.0 - share).powi(2) * (0.5 + burst.log2().min(3.0) / 3.0)
}
