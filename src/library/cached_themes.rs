//! The themes of a stored library, kept beside its texts: they are chosen once for the same texts,
//! the same lexicon and the same version of the program. What each text offers is kept, too, so that
//! a library of which one text has changed cuts that text alone into words.

use std::ops::Range;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use super::document_source::{DocumentSource, Stored};
use crate::cache::Cache;
use crate::document::DocIndex;
use crate::error::Result;
use crate::themes::ThemeIndex;
use crate::themes::candidates::Candidate;
use crate::themes::corpus::{self, Corpus};
use crate::themes::vocabulary::Lexicon;

/// The name under which a store keeps them.
const THEMES: &str = "themes";
/// The name under which a store keeps the way in which its terms were found.
const CHOICE: &str = "choice";
/// The number of the program's way to choose; it changes with all that decides it (`cache/version.rs`).
const THIS_CHOICE: &str = env!("WENMAI_THEMES");

/// The themes of a stored library: those that are kept for exactly these texts, else chosen again
/// and kept from then on if the store takes them. `None` for a library that is not stored.
pub(super) fn of(holdings: &DocumentSource, lexicon: &Lexicon) -> Option<ThemeIndex> {
    let DocumentSource::Stored(stored) = holdings else { return None };
    let mark = mark(stored, lexicon);
    if let Some(known) = cached(stored, &mark) {
        return Some(known);
    }
    log::info!("themes: choosing");
    let index = corpus(holdings, stored, lexicon).into_index(holdings);
    match postcard::to_extend(&index, mark.to_vec()) {
        Ok(packed) => drop(stored.cache().set_values(&[(THEMES, &packed)])),
        Err(error) => log::error!("themes: cannot be cached: {error}"),
    }
    Some(index)
}

/// Terms of some texts, packed, each with its text's place in the library.
type Terms = Vec<(DocIndex, Vec<u8>)>;

/// The texts of a library with what they offer. While some are looked at, what is known of the next
/// is fetched and what is new of those before is written: a full disk costs the next start its time,
/// and nothing else.
fn corpus(holdings: &DocumentSource, stored: &Stored, lexicon: &Lexicon) -> Corpus {
    let mut corpus = Corpus::new(lexicon.clone());
    let (fetcher, fetched) = sync_channel(1);
    let (writer, written) = sync_channel::<Terms>(1);
    std::thread::scope(|scope| {
        scope.spawn(move || fetch_terms(stored, &fetcher));
        scope.spawn(move || set_terms(stored, written));
        for (batch, known) in fetched {
            let first = batch.start;
            let known = |at: DocIndex| {
                let packed = known.get((at.0 - first) as usize)?.as_deref()?;
                postcard::from_bytes(packed).ok()
            };
            let packed = |offered: &[Candidate]| postcard::to_allocvec(offered).ok();
            let new = corpus.add_some(holdings, batch, &known, &packed);
            // What cannot be encoded is found again at the next start.
            let _ =
                writer.send(new.into_iter().filter_map(|(at, terms)| Some((at, terms?))).collect());
        }
        drop(writer);
    });
    corpus
}

fn cached(stored: &Stored, mark: &[u8; 32]) -> Option<ThemeIndex> {
    let packed = stored.cache().value(THEMES).ok()??;
    let (own, index) = packed.split_at_checked(mark.len())?;
    (own == mark).then(|| postcard::from_bytes(index).ok()).flatten()
}

/// Terms that are known of some consecutive documents.
type KnownTerms = (Range<u32>, Vec<Option<Vec<u8>>>);

/// Fetches what is known that the texts offer, some at a time.
fn fetch_terms(stored: &Stored, to: &SyncSender<KnownTerms>) {
    let choice = stored.cache().value(CHOICE).ok().flatten();
    let own = choice.is_some_and(|choice| choice == THIS_CHOICE.as_bytes());
    let all = stored.manifest().texts();
    for batch in corpus::batches(all.len()) {
        let texts = all.get(batch.start as usize..batch.end as usize).filter(|_| own);
        let known = texts.and_then(|texts| stored.cache().terms(texts).ok()).unwrap_or_default();
        if to.send((batch, known)).is_err() {
            return;
        }
    }
}

/// Writes new terms, through a connection of its own so that reading goes on meanwhile.
fn set_terms(stored: &Stored, new: Receiver<Terms>) -> Result<()> {
    let cache = Cache::open(stored.cache().path())?;
    cache.remove_old_terms()?;
    for terms in new {
        let numbered = terms
            .iter()
            .filter_map(|(at, packed)| Some((stored.manifest().text(*at)?, packed.as_slice())));
        cache.set_terms(numbered)?;
    }
    cache.set_values(&[(CHOICE, THIS_CHOICE.as_bytes())])
}

/// What the themes depend on: the version of the program, the lexicon, and what the texts say.
fn mark(stored: &Stored, lexicon: &Lexicon) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(THIS_CHOICE.as_bytes()).update(&lexicon.fingerprint());
    hasher.update(stored.manifest().contents());
    hasher.finalize().into()
}
