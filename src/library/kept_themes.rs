//! The themes of a stored library, kept beside its texts: they are chosen once for the same texts,
//! the same lexicon and the same version of the program. What each text offers is kept, too, so that
//! a library of which one text has changed cuts that text alone into words.

use rayon::prelude::*;

use super::holdings::{Holdings, Stored};
use crate::document::DocIndex;
use crate::links::ThemeIndex;
use crate::links::candidates::Candidate;
use crate::links::corpus::Corpus;
use crate::links::vocabulary::Lexicon;
use crate::store::Result;

/// The name under which a store keeps them.
const THEMES: &str = "themes";
/// The name under which a store keeps the way in which its terms were found.
const CHOICE: &str = "choice";
/// The number of the program's way to choose; it changes with the sources of `links`.
const THIS_CHOICE: &str = env!("WENMAI_CHOOSING");

/// The themes of a stored library: those that are kept for exactly these texts, else chosen anew
/// and kept from then on if the store takes them. `None` for a library that is not stored.
pub(super) fn of(holdings: &Holdings, lexicon: &Lexicon) -> Option<ThemeIndex> {
    let Holdings::Stored(stored) = holdings else { return None };
    let mark = mark(stored, lexicon);
    if let Some(known) = kept(stored, &mark) {
        return Some(known);
    }
    let known = terms(stored);
    let mut corpus = Corpus::new(lexicon.clone());
    corpus.add_known(holdings, &|at| known.get(at.get())?.clone());
    let index = corpus.index();
    // A full disk costs the next start its time, and nothing else.
    let _ = keep((stored, &mark), &index, (&corpus, &known));
    Some(index)
}

fn kept(stored: &Stored, mark: &[u8; 32]) -> Option<ThemeIndex> {
    let packed = stored.store().kept(THEMES).ok()??;
    let (own, index) = packed.split_at_checked(mark.len())?;
    (own == mark).then(|| postcard::from_bytes(index).ok()).flatten()
}

/// What is known that the texts offer, in library order.
fn terms(stored: &Stored) -> Vec<Option<Vec<Candidate>>> {
    let choice = stored.store().kept(CHOICE).ok().flatten();
    if choice.is_none_or(|choice| choice != THIS_CHOICE.as_bytes()) {
        return Vec::new();
    }
    let packed = stored.store().terms(stored.catalogue().texts()).unwrap_or_default();
    packed.into_par_iter().map(|one| postcard::from_bytes(&one?).ok()).collect()
}

fn keep(
    (stored, mark): (&Stored, &[u8; 32]),
    index: &ThemeIndex,
    (corpus, known): (&Corpus, &[Option<Vec<Candidate>>]),
) -> Result<()> {
    let offered: Vec<(i64, &[Candidate])> = corpus
        .offered()
        .zip(stored.catalogue().texts())
        .zip(0..)
        .filter(|(_, at)| known.get(DocIndex(*at).get()).is_none_or(Option::is_none))
        .map(|((candidates, text), _)| (*text, candidates))
        .collect();
    // Candidates and themes are plain data; they can always be written.
    let terms: Vec<(i64, Vec<u8>)> = offered
        .par_iter()
        .map(|(text, candidates)| (*text, postcard::to_allocvec(candidates).unwrap_or_default()))
        .collect();
    stored.store().keep_terms(terms.iter().map(|(text, packed)| (*text, packed.as_slice())))?;
    let packed = postcard::to_extend(index, mark.to_vec()).unwrap_or_default();
    stored.store().keep(&[(THEMES, &packed), (CHOICE, THIS_CHOICE.as_bytes())])
}

/// What the themes depend on. A text's number in the store stands for its words: a text that
/// changes gets another one.
fn mark(stored: &Stored, lexicon: &Lexicon) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(THIS_CHOICE.as_bytes()).update(&lexicon.fingerprint());
    for text in stored.catalogue().texts() {
        hasher.update(&text.to_le_bytes());
    }
    hasher.finalize().into()
}
