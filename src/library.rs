//! The opened library: its documents, the themes they share, and the questions a reader asks.

pub mod archive;
mod cached_themes;
pub mod document_source;
pub mod manifest;
pub mod refresh;
mod roots;
mod shared_text;

use std::cmp::Ordering;
use std::sync::OnceLock;

use crate::document::{Collection, DocId, DocIndex, Document, Summary};
use crate::error::{Error, Warning};
use crate::find::text_index::TextIndex;
use crate::find::topics::Topics;
use crate::reuse::passages::{Passages, Scope};
use crate::themes::vocabulary::Lexicon;
use crate::themes::{Theme, ThemeIndex, private};
use document_source::{DocumentSource, Memory, Stored};
use manifest::SortKey;
use shared_text::SharedText;

/// The documents of one reading, in library order (by id), and what is known about them together.
#[derive(Debug, Default)]
pub struct Library {
    holdings: DocumentSource,
    /// What could not be opened, with the reason.
    skipped: Vec<Error>,
    lexicon: Lexicon,
    themes: OnceLock<ThemeIndex>,
    arena: OnceLock<TextIndex>,
    topics: OnceLock<Topics>,
    passages: OnceLock<Passages>,
    shared_text: OnceLock<SharedText>,
}

/// The answer to a name that should mean one document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lookup {
    /// It does.
    One(DocIndex),
    /// It could mean any of these.
    Several(Vec<DocIndex>),
    /// No document is called like that.
    None,
}

impl Library {
    /// A library of `documents`, given in library order.
    pub fn new(documents: Vec<Document>, skipped: Vec<Error>, lexicon: Lexicon) -> Self {
        Self {
            holdings: DocumentSource::Memory(Memory::new(documents)),
            skipped,
            lexicon,
            ..Self::default()
        }
    }

    /// A library whose texts are `stored`.
    pub fn stored(stored: Stored, skipped: Vec<Error>, lexicon: Lexicon) -> Self {
        let holdings = DocumentSource::Stored(Box::new(stored));
        Self { holdings, skipped, lexicon, ..Self::default() }
    }

    /// All documents, for what works on a whole library.
    pub fn documents(&self) -> &DocumentSource {
        &self.holdings
    }

    /// How many documents there are.
    pub fn len(&self) -> usize {
        self.holdings.count()
    }

    /// True where there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The document at `index`, read when it is first asked for.
    pub fn document(&self, index: DocIndex) -> Option<&Document> {
        self.holdings.document(index)
    }

    /// What is known about the document at `index`, without reading its text.
    pub fn card(&self, index: DocIndex) -> Option<Summary> {
        self.holdings.card(index)
    }

    /// What lists are sorted by.
    pub fn brief(&self, index: DocIndex) -> Option<SortKey<'_>> {
        self.holdings.brief(index)
    }

    /// The cards of all documents, in library order.
    pub fn cards(&self) -> impl Iterator<Item = Summary> {
        self.holdings.cards()
    }

    /// The indices of all documents.
    pub fn indices(&self) -> impl Iterator<Item = DocIndex> + use<> {
        (0..self.len() as u32).map(DocIndex)
    }

    /// What could not be opened.
    pub fn skipped(&self) -> &[Error] {
        &self.skipped
    }

    /// The warnings of all documents with the document's id.
    pub fn warnings(&self) -> impl Iterator<Item = (DocId, Warning)> {
        self.cards().flat_map(|card| {
            let Summary { id, warnings, .. } = card;
            warnings.into_iter().map(move |warning| (id.clone(), warning))
        })
    }

    /// The shared themes and their mentions, built when first asked for.
    pub fn themes(&self) -> &ThemeIndex {
        self.themes.get_or_init(|| {
            let index = cached_themes::of(&self.holdings, &self.lexicon)
                .unwrap_or_else(|| ThemeIndex::build(&self.holdings, &self.lexicon));
            index.prepare();
            index
        })
    }

    /// The shared themes, if they are there already.
    pub fn known_themes(&self) -> Option<&ThemeIndex> {
        self.themes.get()
    }

    /// Where the document called `id` is.
    pub fn position(&self, id: &DocId) -> Option<DocIndex> {
        let (mut from, mut to) = (0, self.len() as u32);
        while from < to {
            let middle = from + (to - from) / 2;
            match self.card(DocIndex(middle))?.id.cmp(id) {
                Ordering::Less => from = middle + 1,
                Ordering::Equal => return Some(DocIndex(middle)),
                Ordering::Greater => to = middle,
            }
        }
        None
    }

    /// The folded text of all documents, built when first searched.
    pub fn arena(&self) -> &TextIndex {
        self.arena.get_or_init(|| TextIndex::build(&self.holdings))
    }

    /// What the finder offers, built when first asked for.
    pub fn topics(&self) -> &Topics {
        self.topics.get_or_init(|| Topics::new(&self.holdings, self.themes()))
    }

    /// The wording that documents share, computed when first asked for. A large library takes a
    /// while: seconds for a thousand documents.
    pub fn passages(&self) -> &Passages {
        self.passages.get_or_init(|| self.passages_in(&Scope::Library))
    }

    /// The wording that the documents of `scope` share. Between some documents, or of one, it is found
    /// in a moment once the shared text of the library was indexed; see
    /// [`Library::has_shared_text`].
    pub fn passages_in(&self, scope: &Scope) -> Passages {
        self.shared_text().passages(&self.holdings, scope)
    }

    /// True if the shared text was indexed.
    pub fn has_shared_text(&self) -> bool {
        self.shared_text.get().is_some() || SharedText::is_cached(&self.holdings)
    }

    /// Indexes the shared text of the library, unless it was indexed before.
    pub fn index_shared_text(&self) {
        self.shared_text();
    }

    fn shared_text(&self) -> &SharedText {
        self.shared_text.get_or_init(|| SharedText::of(&self.holdings))
    }

    /// The themes that only one document mentions, of one document or of all; most worth comparing
    /// first. They are chosen again with every call.
    pub fn private_themes(&self, document: Option<DocIndex>) -> Vec<Theme> {
        let index = self.themes();
        match document.and_then(|at| Some((at, self.document(at)?))) {
            Some((at, text)) => private::of_document(index, text, at, &self.lexicon).themes,
            None => private::of_library(index, &self.holdings, &self.lexicon),
        }
    }

    /// The document that `name` means: an id, a path, a prefix of an id, or a part of a title, in
    /// this order.
    pub fn lookup(&self, name: &str) -> Lookup {
        if let Some(index) = self.position(&DocId::new(name)) {
            return Lookup::One(index);
        }
        let cards: Vec<(DocIndex, Summary)> = self.indices().zip(self.cards()).collect();
        let by = |test: &dyn Fn(&Summary) -> bool| -> Vec<DocIndex> {
            cards.iter().filter(|(_, card)| test(card)).map(|(ix, _)| *ix).collect()
        };
        let path = std::path::Path::new(name);
        let tests: [&dyn Fn(&Summary) -> bool; 3] = [
            &|card| card.path == path,
            &|card| !name.is_empty() && card.id.as_str().starts_with(name),
            &|card| !name.is_empty() && card.metadata.title.contains(name),
        ];
        for test in tests {
            match by(test).as_slice() {
                [] => {}
                [one] => return Lookup::One(*one),
                several => return Lookup::Several(several.to_vec()),
            }
        }
        Lookup::None
    }
}
