//! Documents in library order, wherever they are kept. What works on a whole library asks for them
//! one by one, and nothing forces all texts into memory at once.

use rayon::prelude::*;

use super::{DocIndex, Document, Summary};

/// Documents that are looked up by their position.
pub trait Collection: Sync {
    /// How many there are.
    fn count(&self) -> usize;

    /// The document at `index`; it is kept in memory from then on.
    fn document(&self, index: DocIndex) -> Option<&Document>;

    /// What is known about the document at `index`, without its text.
    fn card(&self, index: DocIndex) -> Option<Summary>;

    /// What `of` makes of each document, in library order, on every core. Each is read once.
    fn map<T: Send>(&self, of: impl Fn(DocIndex, &Document) -> T + Send + Sync) -> Vec<T> {
        self.map_some(&self.indices().collect::<Vec<_>>(), of)
    }

    /// What `of` makes of `some` documents, in their order; those that are not there are left out.
    fn map_some<T: Send>(
        &self,
        some: &[DocIndex],
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

    fn card(&self, index: DocIndex) -> Option<Summary> {
        self.as_ref().get(index.get()).map(Summary::from)
    }

    fn map_some<T: Send>(
        &self,
        some: &[DocIndex],
        of: impl Fn(DocIndex, &Document) -> T + Send + Sync,
    ) -> Vec<T> {
        let documents = some.par_iter().filter_map(|at| Some((*at, self.document(*at)?)));
        documents.map(|(at, one)| of(at, one)).collect()
    }
}
