//! The opened library: its documents, the themes they share, and the questions a reader asks.

use std::sync::OnceLock;

use crate::document::{DocId, DocIndex, Document};
use crate::error::{Error, Warning};
use crate::find::arena::Arena;
use crate::find::topics::Topics;
use crate::links::passages::{Passages, Scope};
use crate::links::vocabulary::Lexicon;
use crate::links::{Theme, ThemeIndex, private};

/// The documents of one reading, in library order (by id), and what is known about them together.
#[derive(Debug, Default)]
pub struct Library {
    documents: Vec<Document>,
    /// What could not be opened, with the reason.
    skipped: Vec<Error>,
    lexicon: Lexicon,
    themes: OnceLock<ThemeIndex>,
    arena: OnceLock<Arena>,
    topics: OnceLock<Topics>,
    passages: OnceLock<Passages>,
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
        Self { documents, skipped, lexicon, ..Self::default() }
    }

    /// All documents in library order.
    pub fn documents(&self) -> &[Document] {
        &self.documents
    }

    /// The document at `index`.
    pub fn document(&self, index: DocIndex) -> Option<&Document> {
        self.documents.get(index.get())
    }

    /// The indices of all documents.
    pub fn indices(&self) -> impl Iterator<Item = DocIndex> + use<> {
        (0..self.documents.len() as u32).map(DocIndex)
    }

    /// What could not be opened.
    pub fn skipped(&self) -> &[Error] {
        &self.skipped
    }

    /// The warnings of all documents with the document's id.
    pub fn warnings(&self) -> impl Iterator<Item = (&DocId, &Warning)> {
        self.documents.iter().flat_map(|doc| doc.warnings.iter().map(|warning| (&doc.id, warning)))
    }

    /// The shared themes and their mentions, built when first asked for.
    pub fn themes(&self) -> &ThemeIndex {
        self.themes.get_or_init(|| ThemeIndex::build(&self.documents, &self.lexicon))
    }

    /// The folded text of all documents, built when first searched.
    pub fn arena(&self) -> &Arena {
        self.arena.get_or_init(|| Arena::build(&self.documents))
    }

    /// What the finder offers, built when first asked for.
    pub fn topics(&self) -> &Topics {
        self.topics.get_or_init(|| Topics::new(&self.documents, self.themes()))
    }

    /// The wording that documents share, sought when first asked for. A large library takes a
    /// while: seconds for a thousand documents.
    pub fn passages(&self) -> &Passages {
        self.passages.get_or_init(|| Passages::find(&self.documents, &Scope::Library))
    }

    /// The themes that only one document speaks of, of one document or of all; most worth comparing
    /// first. They are chosen anew with every call.
    pub fn private_themes(&self, document: Option<DocIndex>) -> Vec<Theme> {
        let index = self.themes();
        match document.and_then(|at| Some((at, self.document(at)?))) {
            Some((at, text)) => private::of_document(index, text, at, &self.lexicon).themes,
            None => private::of_library(index, &self.documents, &self.lexicon),
        }
    }

    /// The document that `name` means: an id, a path, a prefix of an id, or a part of a title, in
    /// this order.
    pub fn lookup(&self, name: &str) -> Lookup {
        let by = |test: &dyn Fn(&Document) -> bool| -> Vec<DocIndex> {
            self.indices().filter(|ix| self.document(*ix).is_some_and(test)).collect()
        };
        let path = std::path::Path::new(name);
        let tests: [&dyn Fn(&Document) -> bool; 4] = [
            &|doc| doc.id.as_str() == name,
            &|doc| doc.path == path,
            &|doc| !name.is_empty() && doc.id.as_str().starts_with(name),
            &|doc| !name.is_empty() && doc.metadata.title.contains(name),
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
