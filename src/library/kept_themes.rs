//! The themes of a stored library, kept beside its texts: they are chosen once for the same texts,
//! the same lexicon and the same version of the program.

use super::holdings::Stored;
use crate::links::ThemeIndex;
use crate::links::vocabulary::Lexicon;

/// The name under which a store keeps them.
const THEMES: &str = "themes";
/// The number of the program's way to choose; it changes with the sources of `links`.
const THIS_CHOICE: &str = env!("WENMAI_CHOOSING");

/// The themes that are kept for exactly this library, else those that `build` chooses, which are
/// kept from then on if the store takes them.
pub(super) fn of(
    stored: &Stored,
    lexicon: &Lexicon,
    build: impl FnOnce() -> ThemeIndex,
) -> ThemeIndex {
    let mark = mark(stored, lexicon);
    if let Some(known) = kept(stored, &mark) {
        return known;
    }
    let index = build();
    if let Ok(packed) = postcard::to_extend(&index, mark.to_vec()) {
        // A full disk costs the next start its time, and nothing else.
        let _ = stored.store().keep(&[(THEMES, &packed)]);
    }
    index
}

fn kept(stored: &Stored, mark: &[u8; 32]) -> Option<ThemeIndex> {
    let packed = stored.store().kept(THEMES).ok()??;
    let (own, index) = packed.split_at_checked(mark.len())?;
    (own == mark).then(|| postcard::from_bytes(index).ok()).flatten()
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
