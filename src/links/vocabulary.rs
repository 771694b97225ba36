//! Which subjects are themes: the candidates of all documents are put together, those that no two
//! documents share are left out, and what remains is weighed and ranked.
//!
//! Where a candidate occurs only inside longer ones, the longer one stands; what counts is its
//! occurrences outside of them, as in the C-value (Frantzi, Ananiadou and Mima, International
//! Journal on Digital Libraries 3, 2000).

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::candidates::{Candidate, DocumentTerms, Sources};
pub use super::lexicon::Lexicon;
use super::lexicon::Subject;
use super::phrases::Source;
use super::ranking::{self, Facts, Lacks, Stem};
use super::usage::{self, Count};
use crate::text::fold::fold_key;

/// The most wordings that are weighed; of a larger library the best supported ones.
const MOST_CANDIDATES: usize = 60_000;
/// A wording that stands alone less often than once in so many occurrences is a part of others.
const SELDOM_ALONE: u32 = 25;
/// Parts in which the tables are merged side by side.
const SHARDS: u64 = 64;

/// A theme before its mentions are found.
#[derive(Debug, Clone, Default)]
pub struct Entry {
    /// The folded wordings that are mentions of it; the first is its name.
    pub forms: Vec<String>,
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

/// How a wording was found in all documents together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Found {
    /// Where.
    pub sources: Sources,
    /// Occurrences as a whole phrase.
    pub alone: u32,
    /// Those of them that are items of a list.
    pub listed: u32,
    /// Documents that offer it.
    pub documents: u32,
}

/// The themes that at least two documents share, best first. `regions` holds for each document the
/// bit of its region, or 0.
pub fn choose(terms: &[DocumentTerms], regions: &[u64], lexicon: &Lexicon) -> Vec<Entry> {
    let mut entries = lexicon_entries(lexicon);
    entries.extend(candidate_entries(terms, lexicon));
    weighed(entries, terms, regions, Support::Shared)
}

/// The themes of one document that are no shared ones, best first.
pub fn choose_private(
    terms: &DocumentTerms,
    lexicon: &Lexicon,
    is_shared: impl Fn(&str) -> bool,
) -> Vec<Entry> {
    let terms = std::slice::from_ref(terms);
    let mut entries = lexicon_entries(lexicon);
    entries.extend(candidate_entries(terms, lexicon).into_iter().filter(is_firm));
    entries.retain(|entry| !entry.forms.iter().any(|form| is_shared(form)));
    weighed(entries, terms, &[1], Support::Single)
}

/// True for a wording that a single document uses as a name: an item of a list, a title, or more
/// than once.
fn is_firm(entry: &Entry) -> bool {
    let named = Sources::of(Source::Title).and(Sources::of(Source::Quote)).and(Sources::RUN);
    entry.found.listed > 0 || entry.found.alone > 1 || entry.found.sources.any_of(named)
}

/// How many documents must mention a theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Support {
    Single = 1,
    Shared = 2,
}

/// The `entries` that hold once they are counted, best first.
fn weighed(
    mut entries: Vec<Entry>,
    terms: &[DocumentTerms],
    regions: &[u64],
    support: Support,
) -> Vec<Entry> {
    let counts = usage::anywhere(&entries, terms, regions);
    for (entry, count) in entries.iter_mut().zip(counts) {
        entry.anywhere = count;
    }
    entries.retain(|entry| entry.anywhere.documents >= support as u32 && stands_alone(entry));
    entries = entries.into_par_iter().filter_map(with_facts).collect();
    drop_extensions(&mut entries);
    loop {
        let counts = usage::mentioned(&entries, terms, regions);
        for (entry, count) in entries.iter_mut().zip(counts) {
            entry.mentioned = count;
        }
        let before = entries.len();
        entries.retain(|entry| entry.mentioned.documents >= support as u32);
        if entries.len() == before {
            return ranking::rank(entries, terms.len());
        }
    }
}

fn lexicon_entries(lexicon: &Lexicon) -> Vec<Entry> {
    let entry = |subject: &Subject| {
        let known = |form: &String| lexicon.subject_of(form).is_some();
        let forms: Vec<String> = subject.forms().map(fold_key).filter(known).collect();
        let some = !forms.is_empty();
        some.then(|| Entry { forms, name: Some(subject.name.clone()), ..Entry::default() })
    };
    lexicon.subjects().iter().filter_map(entry).collect()
}

fn candidate_entries(terms: &[DocumentTerms], lexicon: &Lexicon) -> Vec<Entry> {
    let shards = (0..SHARDS).into_par_iter();
    let mut merged: Vec<Merged> = shards.flat_map_iter(|s| merge_shard(terms, s)).collect();
    merged.par_sort_unstable_by_key(|m| (std::cmp::Reverse(m.support()), m.first.key));
    merged.truncate(MOST_CANDIDATES);
    let entry = |merged: &Merged| {
        let wording = terms.get(merged.document as usize)?.wording(&merged.first);
        if lexicon.stops(wording) || lexicon.subject_of(wording).is_some() {
            return None;
        }
        Some(Entry { forms: vec![wording.to_owned()], found: merged.found, ..Entry::default() })
    };
    merged.par_iter().filter_map(entry).collect()
}

/// False for a wording that is nearly always a part of another one: what was cut off by an odd
/// line end in one document (行政主管部) occurs everywhere and stands alone nowhere.
fn stands_alone(entry: &Entry) -> bool {
    let word = entry.found.sources.any_of(Sources::of(Source::Word).and(Sources::RUN));
    entry.name.is_some() || word || entry.found.alone * SELDOM_ALONE >= entry.anywhere.all
}

fn with_facts(mut entry: Entry) -> Option<Entry> {
    let form = entry.forms.first()?;
    entry.facts =
        if entry.name.is_some() { Facts::known(form) } else { Facts::of(form, entry.found)? };
    Some(entry)
}

/// One candidate with its occurrences in all documents.
struct Merged {
    /// As the first document offers it.
    first: Candidate,
    /// That document.
    document: u32,
    found: Found,
}

impl Merged {
    /// How much speaks for weighing it: documents first.
    fn support(&self) -> (u32, u32, u32) {
        (self.found.documents, self.found.listed, self.found.alone)
    }
}

fn merge_shard(terms: &[DocumentTerms], shard: u64) -> impl Iterator<Item = Merged> + use<> {
    let width = u64::MAX / SHARDS + 1;
    let (from, to) = (shard * width, (shard * width).checked_add(width));
    let mut merged: FxHashMap<u64, Merged> = FxHashMap::default();
    for (document, terms) in terms.iter().enumerate() {
        let all = terms.candidates();
        let start = all.partition_point(|candidate| candidate.key < from);
        let own = all.get(start..).unwrap_or_default();
        for candidate in own.iter().take_while(|c| to.is_none_or(|to| c.key < to)) {
            let known = merged.entry(candidate.key).or_insert(Merged {
                first: *candidate,
                document: document as u32,
                found: Found::default(),
            });
            known.found.add(candidate);
        }
    }
    merged.into_values()
}

impl Found {
    fn add(&mut self, candidate: &Candidate) {
        self.documents += 1;
        self.alone += u32::from(candidate.count);
        self.listed += u32::from(candidate.listed);
        self.sources = self.sources.and(candidate.sources);
    }
}

/// Leaves out what only adds a wide word to a subject that is named without it far more often
/// (人工智能技术), or a verb before it (燃放烟花爆竹): such an addition is a use of the subject, and
/// would take mentions from it.
fn drop_extensions(entries: &mut Vec<Entry>) {
    let by_form: FxHashMap<String, u32> = entries
        .iter()
        .flat_map(|entry| entry.forms.iter().map(|form| (form.clone(), entry.anywhere.all)))
        .collect();
    entries.retain(|entry| {
        let all = entry.anywhere.all;
        let extends = |stem: &Stem| {
            by_form.get(&stem.wording).is_some_and(|often| match stem.lacks {
                Lacks::Verb => all < *often,
                Lacks::WideWords => all * 2 < *often,
            })
        };
        entry.name.is_some() || !entry.facts.stems.iter().any(extends)
    });
}
