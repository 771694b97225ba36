//! The catalogue of a stored library: the card of every document and where its text is, in one run
//! of bytes. It is read in one piece, and a card is unpacked only when it is asked for, so that a
//! library opens as fast with a hundred thousand documents as with five.

use serde::{Deserialize, Serialize};

use crate::document::{Card, DocIndex};

/// The cards of all documents, in library order.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Catalogue {
    /// Of each document the end of its card in `cards`, in bytes.
    ends: Vec<u32>,
    /// Of each document the number of its text in the store.
    texts: Vec<i64>,
    #[serde(with = "serde_bytes")]
    cards: Vec<u8>,
}

impl Catalogue {
    /// The catalogue of cards, each with the number of its text, in their order.
    pub fn new<'c>(cards: impl Iterator<Item = (i64, &'c Card)>) -> Self {
        let mut catalogue = Self::default();
        for (text, card) in cards {
            // A card is plain data; it can always be written.
            let packed = postcard::to_allocvec(card).unwrap_or_default();
            catalogue.cards.extend_from_slice(&packed);
            catalogue.ends.push(catalogue.cards.len() as u32);
            catalogue.texts.push(text);
        }
        catalogue
    }

    /// How many documents there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// True where there is none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The card of a document.
    pub fn card(&self, index: DocIndex) -> Option<Card> {
        let end = *self.ends.get(index.get())? as usize;
        let before = index.get().checked_sub(1).and_then(|before| self.ends.get(before));
        let start = before.map_or(0, |end| *end as usize);
        postcard::from_bytes(self.cards.get(start..end)?).ok()
    }

    /// The number under which the store has the text of a document.
    pub fn text(&self, index: DocIndex) -> Option<i64> {
        self.texts.get(index.get()).copied()
    }

    /// The numbers of all texts.
    pub fn texts(&self) -> &[i64] {
        &self.texts
    }

    /// The catalogue as it is stored.
    pub fn to_bytes(&self) -> Vec<u8> {
        postcard::to_allocvec(self).unwrap_or_default()
    }

    /// The catalogue that was stored, or `None` where it is damaged.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let catalogue: Self = postcard::from_bytes(bytes).ok()?;
        (catalogue.ends.len() == catalogue.texts.len()).then_some(catalogue)
    }
}
