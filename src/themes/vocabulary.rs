//! Which subjects are themes: the candidates of all documents are put together, those that no two
//! documents share are left out, what is a fragment is made whole or dropped, and the rest is
//! weighed and ranked.
//!
//! What is alone counts for a candidate, as in the C-value (Frantzi, Ananiadou and Mima,
//! International Journal on Digital Libraries 3, 2000); what one neighbour always accompanies is no
//! candidate ([`neighbours`](super::neighbours)).

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::ThemeId;
use crate::text::fold::fold_key;
use crate::text::segment::segment;
use crate::themes::candidate_table::{CandidateTable, Pooled};
use crate::themes::candidates::Sources;
use crate::themes::draft::{Evidence, ThemeDraft, kind_of};
pub use crate::themes::lexicon::Lexicon;
use crate::themes::lexicon::Subject;
use crate::themes::mentions::Owners;
use crate::themes::neighbours::{Beyond, Side};
use crate::themes::phrases::PhraseKind;
use crate::themes::ranking::{self, Size};
use crate::themes::term_structure::{Lacks, Stem, StructureKind, TermStructure, TermStructures};
use crate::themes::usage::{Count, Usage};

/// The most wordings that are weighed; of a larger library the best supported ones.
pub const MOST_CANDIDATES: usize = 60_000;
/// A wording that is alone less often than once in so many occurrences is a part of others.
const SELDOM_ALONE: u32 = 60;
/// Uses as a phrase by itself that make a theme of what longer themes hold everywhere.
const OFTEN_ALONE: u32 = 2;
/// Occurrences from which a neighbour of three quarters shows a fragment; of fewer all must have it.
const ENOUGH: u32 = 8;
/// Occurrences from which a neighbour of all of them shows one also after the wording.
const SOME: u32 = 4;

/// Occurrences from which a single character at an end that always goes on shows a fragment: 化发展.
const MANY: u32 = 8;
/// Documents that list an extension, and its share of lists, 1 of 3, that make a subject of it.
const LISTING: u32 = 5;
const LISTED: u32 = 3;
/// Documents that make one of an extension that half of those have that name its subject.
const SPREAD: u32 = 20;
/// The share of the documents mentioning a wording that must offer it: of one that the rest has only
/// in clauses of penalties, or inside other words, little is a theme.
const OFFERED: f64 = 0.15;

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
pub fn is_firm(draft: &ThemeDraft) -> bool {
    let named =
        Sources::of(PhraseKind::Title).and(Sources::of(PhraseKind::Quote)).and(Sources::RUN);
    draft.name.is_some()
        || draft.stats.listed > 0
        || draft.stats.alone > 1
        || draft.stats.sources.any_of(named)
}

/// The `drafts` that enough documents have and that can be subjects or bodies.
pub fn supported(
    mut drafts: Vec<ThemeDraft>,
    usage: &Usage<'_>,
    structures: &mut TermStructures,
    support: Support,
) -> Vec<ThemeDraft> {
    count_anywhere(&mut drafts, usage);
    drafts.retain(|draft| draft.anywhere.documents >= support as u32);
    structures.prepare(drafts.iter().filter_map(|draft| draft.wordings.first()), usage.wordings);
    let mut drafts: Vec<ThemeDraft> =
        drafts.into_par_iter().filter_map(|draft| with_evidence(draft, structures)).collect();
    drop_extensions(&mut drafts);
    drafts
}

/// Takes the fragments out of `drafts`: `beyond` says what goes on before and after each. Returns
/// what they are fragments of, where that can be a theme and is not among them.
pub fn take_fragments(
    drafts: &mut Vec<ThemeDraft>,
    beyond: &[[Beyond; 2]],
    lexicon: &Lexicon,
) -> Vec<ThemeDraft> {
    for (draft, [_, after]) in drafts.iter_mut().zip(beyond) {
        draft.body_names = after.bodies;
    }
    let whole = |(draft, beyond): (&ThemeDraft, &[Beyond; 2])| {
        fragment(draft, beyond).then(|| whole_of(draft, beyond, lexicon))
    };
    let found: Vec<Option<Option<ThemeDraft>>> = drafts.par_iter().zip(beyond).map(whole).collect();
    let mut fragments = found.iter().zip(drafts.iter()).map(|(found, draft)| match found {
        // With few occurrences chance is not excluded: a fragment must be one of something.
        Some(None) => draft.anywhere.all >= ENOUGH,
        Some(Some(_)) => true,
        None => false,
    });
    let fragments: Vec<bool> = fragments.by_ref().collect();
    let mut is_fragment = fragments.iter();
    drafts.retain(|_| is_fragment.next() == Some(&false));
    let known: FxHashSet<&str> =
        drafts.iter().flat_map(|draft| &draft.forms).map(String::as_str).collect();
    let mut new: FxHashMap<String, ThemeDraft> = FxHashMap::default();
    for draft in found.into_iter().flatten().flatten() {
        let form = draft.forms.first().cloned().unwrap_or_default();
        if !known.contains(form.as_str()) {
            new.entry(form).or_insert(draft);
        }
    }
    let mut new: Vec<ThemeDraft> = new.into_values().collect();
    new.sort_by(|a, b| a.forms.cmp(&b.forms));
    new
}

/// The `drafts` and those made whole of fragments, counted, best first.
pub fn weighed(
    mut drafts: Vec<ThemeDraft>,
    usage: &Usage<'_>,
    structures: &mut TermStructures,
    support: Support,
    size: Size,
) -> Vec<ThemeDraft> {
    count_anywhere(&mut drafts, usage);
    structures.prepare(drafts.iter().filter_map(|draft| draft.wordings.first()), usage.wordings);
    drafts.retain(|draft| draft.anywhere.documents >= support as u32);
    let counts = usage.direct(drafts.len(), &owners(&drafts, usage));
    for (draft, count) in drafts.iter_mut().zip(counts) {
        draft.direct = count;
        let structure = draft.wordings.first().and_then(|number| structures.of(*number));
        if let Some(structure) = structure.filter(|_| draft.name.is_none()) {
            draft.kind = kind_of(structure, draft);
        }
    }
    drafts.retain(|draft| {
        draft.name.is_some()
            || draft.direct.documents >= support as u32
            || draft.stats.alone >= OFTEN_ALONE
    });
    let counts = usage.direct(drafts.len(), &owners(&drafts, usage));
    drafts.iter_mut().zip(counts).for_each(|(draft, count)| draft.direct = count);
    ranking::rank(drafts, size)
}

/// Counts every occurrence of each of `drafts`, also inside longer ones.
pub fn count_anywhere(drafts: &mut [ThemeDraft], usage: &Usage<'_>) {
    let counts = usage.anywhere(drafts.len(), &owners(drafts, usage));
    drafts.iter_mut().zip(counts).for_each(|(draft, count)| draft.anywhere = count);
}

/// Which draft each wording belongs to.
pub fn owners(drafts: &[ThemeDraft], usage: &Usage<'_>) -> Owners {
    let wordings = drafts.iter().map(|draft| draft.wordings.as_slice());
    Owners::new(usage.wordings.len(), wordings)
}

/// True for a draft that one neighbour nearly always accompanies. Of few occurrences all must have
/// it, and before the wording: what comes after is as likely its verb.
fn fragment(draft: &ThemeDraft, [before, after]: &[Beyond; 2]) -> bool {
    let all = draft.anywhere.all;
    let [begins_loose, ends_loose] = draft.evidence.loose();
    let always = |beyond: &Beyond| all >= MANY && beyond.joined * 20 >= all * 19;
    if draft.name.is_some() {
        false
    } else if begins_loose && always(before) || ends_loose && always(after) {
        true
    } else if used_alone(draft, [before, after]) {
        false
    } else if all >= ENOUGH {
        let nominal = draft.evidence.is_nominal();
        let belongs =
            |beyond: &Beyond, side| beyond.belongs(all) && !(nominal && beyond.joins(side));
        belongs(before, Side::Before) || belongs(after, Side::After)
    } else {
        let all_have = |beyond: &Beyond| beyond.count == all && !beyond.text.is_empty();
        all_have(before) || all >= SOME && all_have(after)
    }
}

/// True for a noun of the dictionary that texts also use without its most frequent neighbour, so
/// often and in so many of them that it is a name by itself: 公积金 beside 住房公积金.
fn used_alone(draft: &ThemeDraft, beyond: [&Beyond; 2]) -> bool {
    let all = draft.anywhere.all;
    let accompanied = beyond.iter().map(|side| side.count).max().unwrap_or_default();
    let free = all.saturating_sub(accompanied);
    draft.evidence.is_long_noun() && free >= USED_ALONE.0 && free * USED_ALONE.1 >= all
}

/// Occurrences without its most frequent neighbour that make a name of a noun, and the least share
/// of all, 1 of 5.
const USED_ALONE: (u32, u32) = (20, 5);

/// What the fragment is one of: the wording with as much of what goes on around it as makes a name,
/// from word to word. `None` where nothing does, or where that is known otherwise.
fn whole_of(
    draft: &ThemeDraft,
    [before, after]: &[Beyond; 2],
    lexicon: &Lexicon,
) -> Option<ThemeDraft> {
    let all = draft.anywhere.all;
    let own = draft.forms.first()?;
    let head = if before.belongs(all) { before.text.as_str() } else { "" };
    let tail = if after.belongs(all) && all >= SOME { after.text.as_str() } else { "" };
    let full = format!("{head}{own}{tail}");
    let words = segment(&full);
    let (first, last) = (head.len(), head.len() + own.len());
    let starts = words.iter().map(|word| word.start as usize);
    let starts = starts.filter(|start| *start < first || head.is_empty() && *start == 0);
    let ends = words.iter().rev().map(|word| word.end as usize);
    let ends = ends.filter(|end| *end > last || tail.is_empty() && *end == last);
    let ends: Vec<usize> = ends.collect();
    let mut stats = draft.stats;
    stats.sources = stats.sources.and(Sources::FREE);
    for (start, end) in starts.flat_map(|start| ends.iter().map(move |end| (start, *end))) {
        let form = full.get(start..end)?;
        if lexicon.stops(form) || lexicon.subject_of(form).is_some() {
            return None;
        }
        if let Some(evidence) = Evidence::of(&Arc::new(TermStructure::of(form)), stats) {
            let forms = vec![form.to_owned()];
            return Some(ThemeDraft { forms, stats, evidence, ..ThemeDraft::default() });
        }
    }
    None
}

/// The subjects of the lexicon.
pub fn subjects(lexicon: &Lexicon) -> Vec<ThemeDraft> {
    let draft = |subject: &Subject| {
        let known = |form: &String| lexicon.subject_of(form).is_some();
        let mut forms: Vec<String> = Vec::new();
        for form in subject.forms().map(fold_key).filter(known) {
            if !forms.contains(&form) {
                forms.push(form);
            }
        }
        let some = !forms.is_empty();
        some.then(|| ThemeDraft {
            forms,
            name: Some(subject.name.clone()),
            ..ThemeDraft::default()
        })
    };
    lexicon.subjects().iter().filter_map(draft).collect()
}

/// The best candidates of the pool that the lexicon neither stops nor has; `wording` gives how one
/// of them is written.
pub fn candidates<'t>(
    pool: &CandidateTable,
    lexicon: &Lexicon,
    wording: impl Fn(&Pooled) -> Option<&'t str> + Sync,
) -> Vec<ThemeDraft> {
    let draft = |pooled: &&Pooled| {
        let wording = wording(pooled)?;
        if lexicon.stops(wording) || lexicon.subject_of(wording).is_some() {
            return None;
        }
        Some(ThemeDraft {
            forms: vec![wording.to_owned()],
            stats: pooled.stats,
            ..ThemeDraft::default()
        })
    };
    pool.best(MOST_CANDIDATES).par_iter().filter_map(draft).collect()
}

/// The forms of ranked `drafts`, each with its theme.
pub fn forms(drafts: &[ThemeDraft]) -> FxHashMap<String, ThemeId> {
    let forms = drafts
        .iter()
        .zip(0..)
        .flat_map(|(draft, at)| draft.forms.iter().map(move |form| (form.clone(), ThemeId(at))));
    forms.collect()
}

/// False for a wording that is nearly always a part of another one: what was cut off by an odd
/// line end in one document (行政主管部) occurs everywhere and is alone nowhere.
fn stands_alone(draft: &ThemeDraft, structure: &TermStructure) -> bool {
    let word = draft.stats.sources.any_of(Sources::of(PhraseKind::Word).and(Sources::RUN));
    let word = word || matches!(structure.kind, StructureKind::Noun | StructureKind::OtherWord);
    let offered = f64::from(draft.stats.documents) / f64::from(draft.anywhere.documents.max(1));
    draft.name.is_some()
        || (structure.chars == 2 || offered >= OFFERED)
            && (word || draft.stats.alone * SELDOM_ALONE >= draft.anywhere.all)
}

fn with_evidence(mut draft: ThemeDraft, structures: &TermStructures) -> Option<ThemeDraft> {
    let structure = structures.of(*draft.wordings.first()?)?;
    if !stands_alone(&draft, structure) {
        return None;
    }
    draft.evidence = match draft.name {
        Some(_) => Evidence::known(structure),
        None => Evidence::of(structure, draft.stats)?,
    };
    Some(draft)
}

/// Leaves out what only adds a wide word to a subject that is named without it far more often
/// (人工智能技术), or a verb before it (燃放烟花爆竹): such an addition is a use of the subject, and
/// would take mentions from it.
///
/// What texts list by itself (经济适用住房、公共租赁住房), and what most texts say that name the subject at
/// all (房地产市场), is one of its own.
fn drop_extensions(drafts: &mut Vec<ThemeDraft>) {
    let by_form: FxHashMap<&str, Count> = drafts
        .iter()
        .flat_map(|draft| draft.forms.iter().map(|form| (form.as_str(), draft.anywhere)))
        .collect();
    let stands = |draft: &ThemeDraft| {
        let all = draft.anywhere.all;
        let stats = draft.stats;
        let listed = stats.listing >= LISTING && stats.listed * LISTED >= stats.alone;
        let spread = |often: &Count| {
            draft.anywhere.documents >= SPREAD && draft.anywhere.documents * 2 >= often.documents
        };
        let extends = |stem: &Stem| {
            by_form.get(stem.wording.as_str()).is_some_and(|often| match stem.lacks {
                Lacks::Verb => all < often.all,
                Lacks::WideTail => all * 2 < often.all && !listed && !spread(often),
                Lacks::WideHead => all * 5 <= often.all && !listed,
            })
        };
        draft.name.is_some() || !draft.evidence.stems().iter().any(extends)
    };
    let mut stand = drafts.par_iter().map(stands).collect::<Vec<bool>>().into_iter();
    drafts.retain(|_| stand.next() == Some(true));
}
