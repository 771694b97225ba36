//! The documents of an opened library: in memory, or in a store from which each is read when it is
//! first asked for. What is known about all of them lies in the manifest, which is always there.

use std::ops::Range;
use std::path::PathBuf;
use std::sync::mpsc::sync_channel;
use std::sync::{Arc, OnceLock};

use super::manifest::{Manifest, SortKey};
use super::refresh;
use super::roots::Roots;
use crate::cache::Cache;
use crate::document::{
    Collection, DocId, DocIndex, Document, Encoding, EncodingEvidence, Metadata, Summary,
};
use crate::error::Warning;
use crate::ingest::{self, LibraryKind, Options};
use crate::text::script::script_of;

/// Documents in library order.
#[derive(Debug)]
pub enum DocumentSource {
    /// All texts are in memory.
    Memory(Memory),
    /// The texts are in a store.
    Stored(Box<Stored>),
}

/// Documents in memory, with their cards once these are asked for.
#[derive(Debug, Default)]
pub struct Memory {
    documents: Vec<Document>,
    cards: Vec<OnceLock<Summary>>,
}

impl Memory {
    /// These documents, in library order.
    pub fn new(documents: Vec<Document>) -> Self {
        let cards = documents.iter().map(|_| OnceLock::new()).collect();
        Self { documents, cards }
    }

    fn card(&self, index: DocIndex) -> Option<Summary> {
        let (slot, document) = (self.cards.get(index.get())?, self.documents.get(index.get())?);
        Some(slot.get_or_init(|| Summary::from(document)).clone())
    }
}

/// Documents that are read when they are asked for.
#[derive(Debug)]
pub struct Stored {
    manifest: Manifest,
    /// For what asks for many texts, and for what is written.
    cache: Arc<Cache>,
    /// For what is shown: drawing does not wait for a batch that another thread reads or writes.
    quick: Option<Cache>,
    /// How a source is read again, where the store fails.
    source: LibraryKind,
    options: Options,
    roots: Roots,
    read: Vec<OnceLock<Option<Box<Document>>>>,
}

/// Documents of a store that are read in one go, for what looks at all of them.
const BATCH: usize = 512;
/// The number that no text of a store has.
const NO_TEXT: i64 = -1;

impl Default for DocumentSource {
    fn default() -> Self {
        Self::Memory(Memory::default())
    }
}

impl Stored {
    /// The documents of `manifest`, whose texts are in `store`.
    pub fn new(
        manifest: Manifest,
        cache: Arc<Cache>,
        source: LibraryKind,
        options: Options,
        roots: Roots,
    ) -> Self {
        let read = (0..manifest.len()).map(|_| OnceLock::new()).collect();
        let quick = Cache::open(cache.path()).ok();
        Self { manifest, cache, quick, source, options, roots, read }
    }

    /// What is known about all documents.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Where they are.
    pub fn cache(&self) -> &Arc<Cache> {
        &self.cache
    }

    fn document(&self, index: DocIndex) -> Option<&Document> {
        let slot = self.read.get(index.get())?;
        slot.get_or_init(|| self.fetch(index).map(Box::new)).as_deref()
    }

    /// What is known about a document.
    pub fn card(&self, index: DocIndex) -> Option<Summary> {
        let text = self.manifest.text(index)?;
        let card = self.quick().summaries_of(&[text]).ok().and_then(|mut one| one.pop()?);
        if card.is_none() {
            refresh::distrust(&self.cache);
        }
        Some(self.under_its_id(index, card.unwrap_or_else(lost_card)))
    }

    fn under_its_id(&self, index: DocIndex, card: Summary) -> Summary {
        let card = Summary { path: self.roots.as_given(&card.path), ..card };
        match self.manifest.renamed(index) {
            Some(id) => Summary { id: id.clone(), ..card },
            None => card,
        }
    }

    /// What is known about some consecutive documents.
    fn cards(&self, documents: Range<u32>) -> Vec<Summary> {
        let all: Vec<DocIndex> = documents.map(DocIndex).collect();
        let texts: Vec<i64> = all.iter().filter_map(|at| self.manifest.text(*at)).collect();
        let cards = self.cache.summaries_of(&texts).unwrap_or_else(|_| vec![None; texts.len()]);
        let cards = all.into_iter().zip(cards);
        cards.map(|(at, card)| self.under_its_id(at, card.unwrap_or_else(lost_card))).collect()
    }

    fn quick(&self) -> &Cache {
        self.quick.as_ref().unwrap_or(&self.cache)
    }

    fn fetch(&self, index: DocIndex) -> Option<Document> {
        let text = self.manifest.text(index)?;
        let body = self.quick().bodies(&[text]).ok().and_then(|mut one| one.pop()?);
        Some(self.finish(index, body))
    }

    /// The document that `body` is the store's form of; where the store no longer has it, or not as
    /// it was, the source is read again; and where that has gone, too, the text is empty and says so.
    fn finish(&self, index: DocIndex, body: Option<Vec<u8>>) -> Document {
        let kept = body.and_then(|body| postcard::from_bytes::<Document>(&body).ok());
        if kept.is_none() {
            refresh::distrust(&self.cache);
        }
        let known = kept.map(|kept| Document { path: self.roots.as_given(&kept.path), ..kept });
        let document = known.or_else(|| self.read_again(index)).unwrap_or_else(lost);
        match self.manifest.renamed(index) {
            Some(id) => Document { id: id.clone(), ..document },
            None => document,
        }
    }

    fn read_again(&self, index: DocIndex) -> Option<Document> {
        let card = self.card(index)?;
        let raw = self.source.load(&card.path, &self.options);
        let mut documents = raw.and_then(|raw| ingest::documents(raw, &self.options));
        let documents = documents.as_mut().ok()?;
        let same = documents.iter().position(|one| one.metadata.title == card.metadata.title);
        let at = same.or((documents.len() == 1).then_some(0))?;
        Some(documents.swap_remove(at))
    }

    /// While some texts are looked at, the next are fetched.
    fn map_some<T: Send>(
        &self,
        some: &[DocIndex],
        of: impl Fn(DocIndex, &Document) -> T + Send + Sync,
    ) -> Vec<T> {
        use rayon::prelude::*;

        let mut made = Vec::with_capacity(some.len());
        let (sender, fetched) = sync_channel(1);
        std::thread::scope(|scope| {
            scope.spawn(move || {
                for batch in some.chunks(BATCH) {
                    if sender.send((batch, self.bodies(batch))).is_err() {
                        return;
                    }
                }
            });
            for (batch, bodies) in fetched {
                made.par_extend(batch.par_iter().zip(bodies).map(|(at, body)| {
                    match self.read.get(at.get()).and_then(OnceLock::get) {
                        Some(Some(known)) => of(*at, known),
                        _ => of(*at, &self.finish(*at, body)),
                    }
                }));
            }
        });
        made
    }

    /// The store's form of each of these texts.
    fn bodies(&self, batch: &[DocIndex]) -> Vec<Option<Vec<u8>>> {
        let texts = batch.iter().map(|at| self.manifest.text(*at));
        let texts: Vec<i64> = texts.map(|text| text.unwrap_or(NO_TEXT)).collect();
        self.cache.bodies(&texts).unwrap_or_else(|_| vec![None; texts.len()])
    }
}

/// A text that neither the store nor its source has any more.
fn lost() -> Document {
    Document {
        id: DocId::new("?"),
        path: PathBuf::new(),
        metadata: Metadata::default(),
        blocks: Vec::new(),
        outline: Vec::new(),
        tables: Vec::new(),
        removed: Vec::new(),
        script: script_of(""),
        encoding: Encoding { name: String::new(), evidence: EncodingEvidence::Doubtful },
        warnings: vec![Warning::Lost],
    }
}

fn lost_card() -> Summary {
    Summary::from(&lost())
}

impl DocumentSource {
    /// What lists are sorted by, without reading a card.
    pub fn brief(&self, index: DocIndex) -> Option<SortKey<'_>> {
        match self {
            Self::Stored(stored) => stored.manifest.brief(index),
            Self::Memory(memory) => {
                let metadata = &memory.documents.get(index.get())?.metadata;
                let region = metadata.region.as_ref().map(|region| region.name.as_str());
                Some(SortKey { region, date: metadata.date() })
            }
        }
    }

    /// The cards of all documents, in library order.
    pub fn cards(&self) -> impl Iterator<Item = Summary> {
        let count = self.count() as u32;
        let starts = (0..count).step_by(BATCH);
        starts.flat_map(move |start| {
            let batch = start..count.min(start + BATCH as u32);
            match self {
                Self::Stored(stored) => stored.cards(batch),
                Self::Memory(memory) => batch.filter_map(|at| memory.card(DocIndex(at))).collect(),
            }
        })
    }
}

impl Collection for DocumentSource {
    fn count(&self) -> usize {
        match self {
            Self::Memory(memory) => memory.documents.len(),
            Self::Stored(stored) => stored.manifest.len(),
        }
    }

    fn document(&self, index: DocIndex) -> Option<&Document> {
        match self {
            Self::Memory(memory) => memory.documents.get(index.get()),
            Self::Stored(stored) => stored.document(index),
        }
    }

    fn card(&self, index: DocIndex) -> Option<Summary> {
        match self {
            Self::Memory(memory) => memory.card(index),
            Self::Stored(stored) => stored.card(index),
        }
    }

    fn map_some<T: Send>(
        &self,
        some: &[DocIndex],
        of: impl Fn(DocIndex, &Document) -> T + Send + Sync,
    ) -> Vec<T> {
        match self {
            Self::Memory(memory) => memory.documents.map_some(some, of),
            Self::Stored(stored) => stored.map_some(some, of),
        }
    }
}
