//! The themes of a stored library, kept beside its texts: they are chosen once for the same texts,
//! the same lexicon and the same version of the program. What each text offers is kept, too, so that
//! a library of which one text has changed cuts that text alone into words.

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
    let known = |at: DocIndex| postcard::from_bytes(known.get(at.get())?.as_deref()?).ok();
    // Candidates are plain data; they can always be written.
    let packed = |offered: &[Candidate]| postcard::to_allocvec(offered).unwrap_or_default();
    let terms = corpus.add_known(holdings, &known, &packed);
    let index = std::thread::scope(|scope| {
        // A full disk costs the next start its time, and nothing else.
        scope.spawn(|| keep_terms(stored, terms));
        corpus.into_index()
    });
    let packed = postcard::to_extend(&index, mark.to_vec()).unwrap_or_default();
    let _ = stored.store().keep(&[(THEMES, &packed)]);
    Some(index)
}

fn kept(stored: &Stored, mark: &[u8; 32]) -> Option<ThemeIndex> {
    let packed = stored.store().kept(THEMES).ok()??;
    let (own, index) = packed.split_at_checked(mark.len())?;
    (own == mark).then(|| postcard::from_bytes(index).ok()).flatten()
}

/// What is known that the texts offer, packed, in library order.
fn terms(stored: &Stored) -> Vec<Option<Vec<u8>>> {
    let choice = stored.store().kept(CHOICE).ok().flatten();
    if choice.is_none_or(|choice| choice != THIS_CHOICE.as_bytes()) {
        return Vec::new();
    }
    stored.store().terms(stored.catalogue().texts()).unwrap_or_default()
}

fn keep_terms(stored: &Stored, terms: Vec<(DocIndex, Vec<u8>)>) -> Result<()> {
    let numbered = terms
        .iter()
        .filter_map(|(at, packed)| Some((stored.catalogue().text(*at)?, packed.as_slice())));
    stored.store().keep_terms(numbered)?;
    stored.store().keep(&[(CHOICE, THIS_CHOICE.as_bytes())])
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
