//! Which subjects are themes: the candidates of all documents are put together, those that no two
//! documents share are left out, and what remains is weighed and ranked.
//!
//! Where a candidate occurs only inside longer ones, the longer one stands; what counts is its
//! occurrences outside of them, as in the C-value (Frantzi, Ananiadou and Mima, International
//! Journal on Digital Libraries 3, 2000).

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::ThemeId;
use crate::text::fold::fold_key;
use crate::themes::candidate_table::{CandidateTable, Found, Pooled};
use crate::themes::candidates::Sources;
pub use crate::themes::lexicon::Lexicon;
use crate::themes::lexicon::Subject;
use crate::themes::mentions::Owners;
use crate::themes::phrases::Source;
use crate::themes::ranking::{self, Facts, Lacks, Stem, TermStructures};
use crate::themes::usage::{Count, Usage};

/// The most wordings that are weighed; of a larger library the best supported ones.
const MOST_CANDIDATES: usize = 60_000;
/// A wording that stands alone less often than once in so many occurrences is a part of others.
const SELDOM_ALONE: u32 = 25;

/// A theme before its mentions are found.
#[derive(Debug, Clone, Default)]
pub struct Entry {
    /// The folded wordings that are mentions of it; the first is its name.
    pub forms: Vec<String>,
    /// Their numbers.
    pub wordings: Vec<u32>,
    /// Its name, where the lexicon prescribes one.
    pub name: Option<String>,
    /// Where it was found, and how often it stands alone.
    pub found: Found,
    /// What speaks for it.
    pub facts: Facts,
    /// How often it occurs, also inside longer entries.
    pub anywhere: Count,
    /// How often it is mentioned: of entries that overlap only the leftmost, longest one.
    pub mentioned: Count,
    /// Its worth.
    pub score: f64,
}

/// How many documents must mention a theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Support {
    /// Those of a single document count too.
    Single = 1,
    /// At least two.
    Shared = 2,
}

/// True for a wording that a single document uses as a name: an item of a list, a title, or more
/// than once.
pub fn is_firm(entry: &Entry) -> bool {
    let named = Sources::of(Source::Title).and(Sources::of(Source::Quote)).and(Sources::RUN);
    entry.name.is_some()
        || entry.found.listed > 0
        || entry.found.alone > 1
        || entry.found.sources.any_of(named)
}

/// The `entries` that hold once they are counted, best first.
pub fn weighed(
    mut entries: Vec<Entry>,
    usage: &Usage<'_>,
    makeups: &mut TermStructures,
    support: Support,
) -> Vec<Entry> {
    let counts = usage.anywhere(entries.len(), &owners(&entries, usage));
    for (entry, count) in entries.iter_mut().zip(counts) {
        entry.anywhere = count;
    }
    entries.retain(|entry| entry.anywhere.documents >= support as u32 && stands_alone(entry));
    makeups.prepare(entries.iter().filter_map(|entry| entry.wordings.first()), usage.wordings);
    entries = entries.into_par_iter().filter_map(|entry| with_facts(entry, makeups)).collect();
    drop_extensions(&mut entries);
    loop {
        let counts = usage.mentioned(entries.len(), &owners(&entries, usage));
        for (entry, count) in entries.iter_mut().zip(counts) {
            entry.mentioned = count;
        }
        let before = entries.len();
        entries.retain(|entry| entry.mentioned.documents >= support as u32);
        if entries.len() == before {
            return ranking::rank(entries, usage.occurrences.len());
        }
    }
}

fn owners(entries: &[Entry], usage: &Usage<'_>) -> Owners {
    let wordings = entries.iter().map(|entry| entry.wordings.as_slice());
    Owners::new(usage.wordings.len(), wordings)
}

/// The subjects of the lexicon.
pub fn subjects(lexicon: &Lexicon) -> Vec<Entry> {
    let entry = |subject: &Subject| {
        let known = |form: &String| lexicon.subject_of(form).is_some();
        let mut forms: Vec<String> = Vec::new();
        for form in subject.forms().map(fold_key).filter(known) {
            if !forms.contains(&form) {
                forms.push(form);
            }
        }
        let some = !forms.is_empty();
        some.then(|| Entry { forms, name: Some(subject.name.clone()), ..Entry::default() })
    };
    lexicon.subjects().iter().filter_map(entry).collect()
}

/// The best candidates of the pool that the lexicon neither stops nor has; `wording` tells how one
/// of them is written.
pub fn candidates<'t>(
    pool: &CandidateTable,
    lexicon: &Lexicon,
    wording: impl Fn(&Pooled) -> Option<&'t str> + Sync,
) -> Vec<Entry> {
    let entry = |pooled: &&Pooled| {
        let wording = wording(pooled)?;
        if lexicon.stops(wording) || lexicon.subject_of(wording).is_some() {
            return None;
        }
        Some(Entry { forms: vec![wording.to_owned()], found: pooled.found, ..Entry::default() })
    };
    pool.best(MOST_CANDIDATES).par_iter().filter_map(entry).collect()
}

/// The forms of ranked `entries`, each with its theme.
pub fn forms(entries: &[Entry]) -> FxHashMap<String, ThemeId> {
    let forms = entries
        .iter()
        .zip(0..)
        .flat_map(|(entry, at)| entry.forms.iter().map(move |form| (form.clone(), ThemeId(at))));
    forms.collect()
}

/// False for a wording that is nearly always a part of another one: what was cut off by an odd
/// line end in one document (行政主管部) occurs everywhere and stands alone nowhere.
fn stands_alone(entry: &Entry) -> bool {
    let word = entry.found.sources.any_of(Sources::of(Source::Word).and(Sources::RUN));
    entry.name.is_some() || word || entry.found.alone * SELDOM_ALONE >= entry.anywhere.all
}

fn with_facts(mut entry: Entry, makeups: &TermStructures) -> Option<Entry> {
    let makeup = makeups.of(*entry.wordings.first()?)?;
    entry.facts = match entry.name {
        Some(_) => Facts::known(makeup),
        None => Facts::of(makeup, entry.found)?,
    };
    Some(entry)
}

/// Leaves out what only adds a wide word to a subject that is named without it far more often
/// (人工智能技术), or a verb before it (燃放烟花爆竹): such an addition is a use of the subject, and
/// would take mentions from it.
fn drop_extensions(entries: &mut Vec<Entry>) {
    let by_form: FxHashMap<&str, u32> = entries
        .iter()
        .flat_map(|entry| entry.forms.iter().map(|form| (form.as_str(), entry.anywhere.all)))
        .collect();
    let stands = |entry: &Entry| {
        let all = entry.anywhere.all;
        let extends = |stem: &Stem| {
            by_form.get(stem.wording.as_str()).is_some_and(|often| match stem.lacks {
                Lacks::Verb => all < *often,
                Lacks::WideWords => all * 2 < *often,
            })
        };
        entry.name.is_some() || !entry.facts.stems().iter().any(extends)
    };
    let mut stand = entries.par_iter().map(stands).collect::<Vec<bool>>().into_iter();
    entries.retain(|_| stand.next() == Some(true));
}
