//! Documents in library order, wherever they are kept. What works on a whole library asks for them
//! one by one, and nothing forces all texts into memory at once.

use std::ops::Range;

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
    fn map<T: Send>(&self, of: impl Fn(DocIndex, &Document) -> T + Send + Sync) -> Vec<T> {
        self.map_some(0..self.count() as u32, of)
    }

    /// What `of` makes of some documents that stand behind one another.
    fn map_some<T: Send>(
        &self,
        some: Range<u32>,
        of: impl Fn(DocIndex, &Document) -> T + Send + Sync,
    ) -> Vec<T>;

    /// The indices of all documents.
    fn indices(&self) -> impl Iterator<Item = DocIndex> + use<Self> {
        (0..self.count() as u32).map(DocIndex)
    }
}

/// Documents in memory: a slice, a vector, an array.
impl<A: AsRef<[Document]> + Sync + ?Sized> Collection for A {
    fn count(&self) -> usize {
        self.as_ref().len()
    }

    fn document(&self, index: DocIndex) -> Option<&Document> {
        self.as_ref().get(index.get())
    }

    fn card(&self, index: DocIndex) -> Option<Card> {
        self.as_ref().get(index.get()).map(Card::from)
    }

    fn map_some<T: Send>(
        &self,
        some: Range<u32>,
        of: impl Fn(DocIndex, &Document) -> T + Send + Sync,
    ) -> Vec<T> {
        let documents = self.as_ref().get(some.start as usize..some.end as usize);
        let documents = documents.unwrap_or_default().par_iter().zip(some);
        documents.map(|(one, at)| of(DocIndex(at), one)).collect()
    }
}
