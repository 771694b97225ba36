//! The documents of an opened library: in memory, or in a store from which each is read when it is
//! first asked for. What is known about all of them lies in the catalogue, which is always there.

use std::sync::{Arc, OnceLock};

use super::catalogue::Catalogue;
use crate::document::{Card, Collection, DocIndex, Document};
use crate::ingest::{self, Options};
use crate::store::Store;

/// Documents in library order.
#[derive(Debug)]
pub enum Holdings {
    /// All texts are in memory.
    Memory(Memory),
    /// The texts are in a store.
    Stored(Box<Stored>),
}

/// Documents in memory, with their cards once these are asked for.
#[derive(Debug, Default)]
pub struct Memory {
    documents: Vec<Document>,
    cards: Vec<OnceLock<Card>>,
}

impl Memory {
    /// These documents, in library order.
    pub fn new(documents: Vec<Document>) -> Self {
        let cards = documents.iter().map(|_| OnceLock::new()).collect();
        Self { documents, cards }
    }

    fn card(&self, index: DocIndex) -> Option<Card> {
        let (slot, document) = (self.cards.get(index.get())?, self.documents.get(index.get())?);
        Some(slot.get_or_init(|| Card::from(document)).clone())
    }
}

/// Documents that are read when they are asked for.
#[derive(Debug)]
pub struct Stored {
    catalogue: Catalogue,
    store: Arc<Store>,
    /// How a source is read again, where the store fails.
    options: Options,
    read: Vec<OnceLock<Option<Box<Document>>>>,
}

/// Documents of a store that are read in one go, for what looks at all of them.
const BATCH: usize = 512;

impl Default for Holdings {
    fn default() -> Self {
        Self::Memory(Memory::default())
    }
}

impl Stored {
    /// The documents of `catalogue`, whose texts are in `store`.
    pub fn new(catalogue: Catalogue, store: Arc<Store>, options: Options) -> Self {
        let read = (0..catalogue.len()).map(|_| OnceLock::new()).collect();
        Self { catalogue, store, options, read }
    }

    /// What is known about all documents.
    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// Where they are.
    pub fn store(&self) -> &Arc<Store> {
        &self.store
    }

    fn document(&self, index: DocIndex) -> Option<&Document> {
        let slot = self.read.get(index.get())?;
        slot.get_or_init(|| self.fetch(index).map(Box::new)).as_deref()
    }

    fn fetch(&self, index: DocIndex) -> Option<Document> {
        let text = self.catalogue.text(index)?;
        self.finish(index, self.store.bodies(&[text]).ok()?.pop().flatten())
    }

    /// The document that `body` is the store's form of; where the store no longer has it, or not as
    /// it was, the source is read again.
    fn finish(&self, index: DocIndex, body: Option<Vec<u8>>) -> Option<Document> {
        let id = self.catalogue.card(index)?.id;
        let kept = body.and_then(|body| postcard::from_bytes::<Document>(&body).ok());
        let mut document = kept.or_else(|| self.read_again(index))?;
        document.id = id;
        Some(document)
    }

    fn read_again(&self, index: DocIndex) -> Option<Document> {
        let card = self.catalogue.card(index)?;
        let raw = ingest::load(&card.path, &self.options).ok()?;
        let mut documents = ingest::documents(raw, &self.options).ok()?;
        let same = documents.iter().position(|one| one.metadata.title == card.metadata.title);
        let at = same.or((documents.len() == 1).then_some(0))?;
        Some(documents.swap_remove(at))
    }

    fn map<T: Send>(&self, of: impl Fn(DocIndex, &Document) -> T + Send + Sync) -> Vec<T> {
        use rayon::prelude::*;

        let all: Vec<DocIndex> = (0..self.read.len() as u32).map(DocIndex).collect();
        let mut made = Vec::with_capacity(all.len());
        for batch in all.chunks(BATCH) {
            let texts: Vec<i64> = batch.iter().filter_map(|at| self.catalogue.text(*at)).collect();
            let bodies = self.store.bodies(&texts).unwrap_or_else(|_| vec![None; texts.len()]);
            made.par_extend(batch.par_iter().zip(bodies).filter_map(|(at, body)| {
                match self.read.get(at.get()).and_then(OnceLock::get) {
                    Some(known) => known.as_deref().map(|document| of(*at, document)),
                    None => self.finish(*at, body).map(|document| of(*at, &document)),
                }
            }));
        }
        made
    }
}

impl Collection for Holdings {
    fn count(&self) -> usize {
        match self {
            Self::Memory(memory) => memory.documents.len(),
            Self::Stored(stored) => stored.catalogue.len(),
        }
    }

    fn document(&self, index: DocIndex) -> Option<&Document> {
        match self {
            Self::Memory(memory) => memory.documents.get(index.get()),
            Self::Stored(stored) => stored.document(index),
        }
    }

    fn card(&self, index: DocIndex) -> Option<Card> {
        match self {
            Self::Memory(memory) => memory.card(index),
            Self::Stored(stored) => stored.catalogue.card(index),
        }
    }

    fn map<T: Send>(&self, of: impl Fn(DocIndex, &Document) -> T + Send + Sync) -> Vec<T> {
        match self {
            Self::Memory(memory) => memory.documents.map(of),
            Self::Stored(stored) => stored.map(of),
        }
    }
}
