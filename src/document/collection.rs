//! Documents in library order, wherever they are kept. What works on a whole library asks for them
//! one by one, and nothing forces all texts into memory at once.

use rayon::prelude::*;

use super::{Card, DocIndex, Document};

/// Documents that are looked up by their position.
pub trait Collection: Sync {
    /// How many there are.
    fn count(&self) -> usize;

    /// The document at `index`; it is kept in memory from then on.
    fn document(&self, index: DocIndex) -> Option<&Document>;

    /// What is known about the document at `index`, without its text.
    fn card(&self, index: DocIndex) -> Option<Card>;

    /// What `of` makes of each document, in library order, on every core. Each is read once.
    fn map<T: Send>(&self, of: impl Fn(DocIndex, &Document) -> T + Send + Sync) -> Vec<T>;

    /// The indices of all documents.
    fn indices(&self) -> impl Iterator<Item = DocIndex> + use<Self> {
        (0..self.count() as u32).map(DocIndex)
    }
}

impl Collection for [Document] {
    fn count(&self) -> usize {
        self.len()
    }

    fn document(&self, index: DocIndex) -> Option<&Document> {
        self.get(index.get())
    }

    fn card(&self, index: DocIndex) -> Option<Card> {
        self.get(index.get()).map(Card::from)
    }

    fn map<T: Send>(&self, of: impl Fn(DocIndex, &Document) -> T + Send + Sync) -> Vec<T> {
        self.par_iter().enumerate().map(|(at, one)| of(DocIndex(at as u32), one)).collect()
    }
}

impl<const N: usize> Collection for [Document; N] {
    fn count(&self) -> usize {
        N
    }

    fn document(&self, index: DocIndex) -> Option<&Document> {
        self.as_slice().document(index)
    }

    fn card(&self, index: DocIndex) -> Option<Card> {
        self.as_slice().card(index)
    }

    fn map<T: Send>(&self, of: impl Fn(DocIndex, &Document) -> T + Send + Sync) -> Vec<T> {
        self.as_slice().map(of)
    }
}

impl Collection for Vec<Document> {
    fn count(&self) -> usize {
        self.len()
    }

    fn document(&self, index: DocIndex) -> Option<&Document> {
        self.as_slice().document(index)
    }

    fn card(&self, index: DocIndex) -> Option<Card> {
        self.as_slice().card(index)
    }

    fn map<T: Send>(&self, of: impl Fn(DocIndex, &Document) -> T + Send + Sync) -> Vec<T> {
        self.as_slice().map(of)
    }
}
