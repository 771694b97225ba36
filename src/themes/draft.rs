//! A theme before its mentions are counted in every document: its forms, and what speaks for it.

use std::sync::Arc;

use crate::themes::candidate_table::CandidateStats;
use crate::themes::candidates::Sources;
use crate::themes::phrases::PhraseKind;
use crate::themes::term_structure::{Names, Stem, StructureKind, TermStructure};
use crate::themes::theme::ThemeKind;
use crate::themes::usage::Count;

/// Mean surprisal in bits below which a wording is everyday language.
const EVERYDAY: f64 = 9.5;
/// From so many bits on a word of two characters is rare, or at least uncommon, in general Chinese.
const RARE_WORD: f64 = 15.5;
const UNCOMMON_WORD: f64 = 13.0;
/// Documents that must have a word of two characters in a title or heading.
const CARRIED: u32 = 2;
/// The least share of the documents that have a verb in a heading, and of its uses as an item of a
/// list, that make a noun of it.
const HEADED_VERB: f64 = 0.1;
const LISTED_VERB: f64 = 0.12;
/// A wording is a body where so large a share of its occurrences names one,
const BODY_SHARE: f64 = 0.4;
/// or of its uses as a phrase, if that is also so large a share of its occurrences.
const BODY_PHRASES: (f64, f64) = (0.5, 0.25);
/// The share of its uses as a phrase from which a person is one who acts.
const ACTING: f64 = 0.04;

/// A theme before its mentions are found.
#[derive(Debug, Clone, Default)]
pub struct ThemeDraft {
    /// The folded wordings that are mentions of it; the first is its name.
    pub forms: Vec<String>,
    /// Their numbers.
    pub wordings: Vec<u32>,
    /// Its name, where the lexicon prescribes one.
    pub name: Option<String>,
    /// How texts offer it.
    pub stats: CandidateStats,
    /// What speaks for it.
    pub evidence: Evidence,
    /// Occurrences that go on as the name of a body.
    pub body_names: u32,
    /// Subject or body.
    pub kind: ThemeKind,
    /// How often it occurs, also inside longer drafts.
    pub anywhere: Count,
    /// How often it is mentioned directly: of drafts that overlap only the leftmost, longest one.
    pub direct: Count,
    /// Its worth.
    pub score: f64,
}

/// What speaks for a wording before it is counted.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Evidence {
    /// Mean surprisal of its words in bits, weighted by their characters.
    pub surprisal: f64,
    /// Share of its occurrences as a phrase that are items of a list, 0 to 1.
    pub listed: f64,
    /// Share of the documents offering it that have it in a title or heading, 0 to 1.
    pub headed: f64,
    /// What the words that it is made of say about it, 0 to 1.
    pub form: f64,
    /// Its surprisal in bits where it is one word of the dictionary.
    pub word_surprisal: Option<f64>,
    /// Share of the documents offering it that list it, where it is a noun of two characters.
    pub listing: f64,
    structure: Option<Arc<TermStructure>>,
}

impl Evidence {
    /// What speaks for a subject of the lexicon.
    pub fn known(structure: &Arc<TermStructure>) -> Self {
        Self {
            surprisal: structure.surprisal.max(14.0),
            listed: 0.5,
            headed: 1.0,
            form: 1.0,
            word_surprisal: None,
            listing: 0.0,
            structure: Some(Arc::clone(structure)),
        }
    }

    /// What speaks for a candidate, where it can be a subject at all.
    pub fn of(structure: &Arc<TermStructure>, stats: CandidateStats) -> Option<Self> {
        can_be_subject(structure, stats).then(|| Self {
            surprisal: structure.surprisal,
            listed: f64::from(stats.listed) / f64::from(stats.alone.max(1)),
            headed: f64::from(stats.headed) / f64::from(stats.documents.max(1)),
            form: length_weight(structure.chars, stats.sources)
                * structure.weight
                * headed_verb(structure, stats)
                * wide_pair(structure, stats),
            word_surprisal: structure.word_surprisal,
            listing: if structure.plain_noun && structure.chars == 2 {
                f64::from(stats.listing) / f64::from(stats.documents.max(1))
            } else {
                0.0
            },
            structure: Some(Arc::clone(structure)),
        })
    }

    /// Whether the wording begins, and whether it ends, with a single character.
    pub fn loose(&self) -> [bool; 2] {
        self.structure.as_ref().map_or([false; 2], |structure| structure.loose)
    }

    /// True for one noun of the dictionary, of three characters or more.
    pub fn is_long_noun(&self) -> bool {
        self.structure
            .as_ref()
            .is_some_and(|structure| structure.kind == StructureKind::Noun && structure.chars > 2)
    }

    /// True for what ends in a noun that names a thing.
    pub fn is_nominal(&self) -> bool {
        self.structure.as_ref().is_some_and(|structure| structure.ends_as_noun)
    }

    /// What remains of the wording without the wide words at its ends.
    pub fn stems(&self) -> &[Stem] {
        self.structure.as_ref().map_or(&[], |structure| &structure.stems)
    }
}

/// Subject or body, by the last word of the wording and by what comes after it in the texts.
pub fn kind_of(structure: &TermStructure, draft: &ThemeDraft) -> ThemeKind {
    let (stats, all) = (draft.stats, draft.anywhere.all);
    let share = |count: u32, of: u32| f64::from(count) / f64::from(of.max(1));
    let of_all = share(stats.bodies, all);
    let of_phrases = share(stats.bodies, stats.alone);
    let body = match structure.names {
        Names::Body => true,
        Names::Person => share(stats.agents, stats.alone) >= ACTING,
        _ if of_all.max(share(draft.body_names, all)) >= BODY_SHARE => true,
        // Two characters name a field with its department, and the field more often.
        _ => structure.chars > 2 && of_phrases >= BODY_PHRASES.0 && of_all >= BODY_PHRASES.1,
    };
    if body { ThemeKind::Body } else { ThemeKind::Subject }
}

/// True for a wording that can be a subject or a body where it was found like that.
fn can_be_subject(structure: &TermStructure, stats: CandidateStats) -> bool {
    let enclosed = Sources::of(PhraseKind::Title).and(Sources::of(PhraseKind::Quote));
    let long = structure.chars >= 3;
    structure.surprisal >= EVERYDAY
        && !matches!(structure.names, Names::Form | Names::Place)
        && match structure.kind {
            StructureKind::Noun => long || is_carried(structure, stats),
            StructureKind::OtherWord => is_carried_verb(structure, stats),
            StructureKind::NoName => false,
            // What never ends its compound is the head of longer names: 国家标准化 of
            // 国家标准化发展 and 国家标准化技术文件.
            StructureKind::NounPhrase => stats.sources.any_of(Sources::FREE),
            StructureKind::Words => stats.sources.any_of(enclosed),
        }
}

/// True for a word of two characters that texts carry as a subject: in titles and headings, or as an
/// item of their lists, the more of them the more common the word is. A word that begins with a
/// numeral must be quoted (“三农”).
fn is_carried(structure: &TermStructure, stats: CandidateStats) -> bool {
    let listing = match structure.surprisal {
        RARE_WORD.. => 1,
        UNCOMMON_WORD.. => 2,
        _ => 3,
    };
    let quoted = stats.sources.any_of(Sources::of(PhraseKind::Quote));
    (!structure.numeral || quoted)
        && (stats.headed >= CARRIED || stats.listing >= listing || quoted)
}

/// The same for a word that the dictionary has as a verb or an adjective: as many texts must list it
/// as a common noun.
fn is_carried_verb(structure: &TermStructure, stats: CandidateStats) -> bool {
    let share = |count: u32, of: u32| f64::from(count) / f64::from(of.max(1));
    !structure.numeral
        && structure.surprisal >= UNCOMMON_WORD
        && (stats.headed >= CARRIED && share(stats.headed, stats.documents) >= HEADED_VERB
            || stats.listing > CARRIED && share(stats.listed, stats.alone) >= LISTED_VERB)
}

/// What headings make of a word that the dictionary has as a verb: 就业 heads chapters, 拆除 does not.
fn headed_verb(structure: &TermStructure, stats: CandidateStats) -> f64 {
    if structure.kind != StructureKind::OtherWord {
        return 1.0;
    }
    let headed = f64::from(stats.headed) / f64::from(stats.documents.max(1));
    1.0 + HEADED_VERBS * (headed / HEADED_VERB).min(1.0)
}

/// How much more a verb is worth that headings have.
const HEADED_VERBS: f64 = 1.5;

/// What two wide words in one are worth: headings and lists tell the subject (城市更新, 行业标准) from
/// what texts only use (工程项目).
fn wide_pair(structure: &TermStructure, stats: CandidateStats) -> f64 {
    if !structure.wide_pair {
        return 1.0;
    }
    let headed = f64::from(stats.headed) / f64::from(stats.documents.max(1));
    let listed = f64::from(stats.listed) / f64::from(stats.alone.max(1));
    let subject = headed / HEADED_PAIR + listed / LISTED_PAIR;
    BARE_PAIR + (1.0 - BARE_PAIR) * subject.min(1.0)
}

/// What such a pair is worth that no heading and no list has, and the shares that make all of it.
const BARE_PAIR: f64 = 0.3;
const HEADED_PAIR: f64 = 0.15;
const LISTED_PAIR: f64 = 0.5;

fn length_weight(chars: usize, sources: Sources) -> f64 {
    if sources == Sources::of(PhraseKind::Title) {
        return 0.4;
    }
    match chars {
        0..=2 => 0.5,
        3 => 0.8,
        4..=8 => 1.0,
        9..=12 => 0.8,
        _ => 0.5,
    }
}
