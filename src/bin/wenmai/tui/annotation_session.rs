//! What the user keeps, as the reader sees it: the documents of this library in it, and the changes
//! that are still to be written. Nothing is written here; the loop does that.

use std::collections::BTreeSet;

use wenmai::annotations::entry::{Annotation, Extent, Kind, Point, Uid, now};
use wenmai::annotations::identity::{Identity, Origin, path_of};
use wenmai::annotations::quote;
use wenmai::annotations::reading_state::{
    Annotations, Change, DocumentStatus, ReadStatus, ReadingState,
};
use wenmai::document::{DocId, DocIndex, Document, Summary};
use wenmai::find::documents::State;
use wenmai::library::Library;
use wenmai::text::Span;
use wenmai::text::fold::fold_key;

use super::widget::article::Spot;

/// What is kept, and how the documents of the open library are known in it.
#[derive(Debug, Default)]
pub(crate) struct AnnotationSession {
    kept: Annotations,
    origin: Origin,
    /// The library's name: its paths.
    library: String,
    pending: Vec<Change>,
    version: u64,
    seen: u64,
    /// The open document.
    identity: Option<(DocIndex, Identity)>,
    /// Where the open document was said to be left last.
    left: Option<(DocIndex, u32, ReadStatus)>,
}

/// Characters of a paragraph by which its place is found again.
const QUOTED: u32 = 40;

impl AnnotationSession {
    /// `kept`, for a library of `origin` that is called `library`.
    pub(crate) fn new(kept: Annotations, origin: Origin, library: String) -> Self {
        Self { kept, origin, library, ..Self::default() }
    }

    /// Goes on with another library: documents have other numbers there.
    pub(crate) fn begin_anew(&mut self) {
        self.identity = None;
        self.left = None;
        self.version += 1;
        self.seen += 1;
    }

    /// Everything.
    pub(crate) fn kept(&self) -> &Annotations {
        &self.kept
    }

    /// A number that is another one after every change.
    pub(crate) fn version(&self) -> u64 {
        self.version
    }

    /// A number that is another one after every change to what was read.
    pub(crate) fn seen(&self) -> u64 {
        self.seen
    }

    /// Changes what is kept; it is still to be written.
    pub(crate) fn change(&mut self, change: Change) {
        match &change {
            Change::Left(known) => {
                let before = self.kept.known(&known.path);
                let same = |known: &ReadingState| (known.reading, known.fingerprint);
                self.seen += u64::from(before.map(same) != Some(same(known)));
            }
            Change::Put(_) | Change::Remove(_) | Change::Moved(..) | Change::Query(..) => {
                self.version += 1;
            }
            Change::Last(..) => {}
        }
        self.kept.apply(change.clone());
        self.pending.push(change);
    }

    /// What is to be written.
    pub(crate) fn take_pending(&mut self) -> Vec<Change> {
        std::mem::take(&mut self.pending)
    }

    /// The path by which a document is known.
    pub(crate) fn path(&self, document: &Document) -> String {
        path_of(&document.id, &document.path, self.origin)
    }

    /// The path by which the document of a summary is known.
    pub(crate) fn path_of(&self, card: &Summary) -> String {
        path_of(&card.id, &card.path, self.origin)
    }

    /// How a document stands.
    pub(crate) fn standing(&self, card: &Summary) -> DocumentStatus {
        let path = path_of(&card.id, &card.path, self.origin);
        self.kept.standing(&path, card.fingerprint)
    }

    /// True for a document with a mark, a bookmark or a note.
    pub(crate) fn is_annotated(&self, card: &Summary) -> bool {
        let path = path_of(&card.id, &card.path, self.origin);
        self.kept.entries_of(&path).next().is_some()
    }

    /// The tags of a document, each once.
    pub(crate) fn tags(&self, card: &Summary) -> BTreeSet<&str> {
        let path = path_of(&card.id, &card.path, self.origin);
        let of_path: Vec<&Annotation> = self.kept.entries_of(&path).collect();
        of_path.into_iter().flat_map(Annotation::tags).collect()
    }

    /// The tag itself of a document that has it, unless a note puts it on.
    pub(crate) fn tag_of(&self, tag: &str, card: &Summary) -> Option<Uid> {
        let path = path_of(&card.id, &card.path, self.origin);
        let is_it = |entry: &&Annotation| entry.kind == Kind::Tag(tag.to_owned());
        self.kept.entries_of(&path).find(is_it).map(|entry| entry.uid.clone())
    }

    /// True where a document is as a filter wants it.
    pub(crate) fn is_so(&self, card: &Summary, state: &State) -> bool {
        match state {
            State::Unread => {
                matches!(self.standing(card), DocumentStatus::New | DocumentStatus::Changed)
            }
            State::Annotated => self.is_annotated(card),
            State::Tagged(tag) => {
                self.tags(card).into_iter().any(|own| fold_key(own).starts_with(tag.as_str()))
            }
        }
    }

    /// The change that makes a document read, or unread where it was read or opened.
    pub(crate) fn turn_read(&self, document: &Document) -> (Change, bool) {
        let identity = Identity::of(document, self.origin);
        let standing = self.kept.standing(&identity.path, identity.fingerprint);
        let unread = matches!(standing, DocumentStatus::New | DocumentStatus::Changed);
        let reading = if unread { ReadStatus::Read } else { ReadStatus::Unread };
        let known = self.kept.known(&identity.path).cloned();
        let Identity { path, fingerprint, title } = identity;
        let place = known.as_ref().map(|known| known.place).unwrap_or_default();
        let quote = known.map(|known| known.quote).unwrap_or_default();
        let state = ReadingState { path, fingerprint, title, reading, place, quote, left: now() };
        (Change::Left(state), unread)
    }

    /// The entries about a document, each where it stands now.
    pub(crate) fn entries(&self, document: &Document) -> Vec<(&Annotation, Extent)> {
        let place = |entry: &Annotation| quote::find(document, entry.extent, &entry.quote).extent();
        let path = self.path(document);
        let entries = self.kept.entries_of(&path);
        let of_places = entries.filter(|entry| !matches!(entry.kind, Kind::Tag(_)));
        of_places.map(|entry| (entry, place(entry))).collect()
    }

    /// The document of the library that was open last.
    pub(crate) fn last(&self, library: &Library) -> Option<DocIndex> {
        library.position(&DocId::new(self.kept.last(&self.library)?))
    }

    /// Where a document was left; `None` at its beginning, too.
    pub(crate) fn place(&self, document: &Document) -> Option<Spot> {
        let path = self.path(document);
        let known = self.kept.known(&path).or_else(|| self.moved_from(document))?;
        let span = Span::new(known.place.character, known.place.character);
        let extent = Extent::in_block(known.place.block, span);
        let start = Extent::in_block(known.place.block, Span::new(0, QUOTED));
        let found = match quote::find(document, start, &known.quote) {
            // The paragraph is where it was, and so is the character.
            quote::Reanchored::Same(there) if there.from.block == start.from.block => extent.from,
            found => found.extent().from,
        };
        (found != Point::default())
            .then_some(Spot { block: found.block, character: found.character })
    }

    fn moved_from(&self, document: &Document) -> Option<&ReadingState> {
        match self.kept.moved(&Identity::of(document, self.origin))? {
            Change::Moved(from, _) => self.kept.known(&from),
            _ => None,
        }
    }

    /// Remembers where the open document stands, if it stands elsewhere than before.
    pub(crate) fn leave(&mut self, index: DocIndex, document: &Document, spot: Spot, read: bool) {
        let before = self.left.filter(|(of, ..)| *of == index);
        let reading = match before {
            Some((.., ReadStatus::Read)) => ReadStatus::Read,
            _ if read => ReadStatus::Read,
            _ => ReadStatus::Opened,
        };
        if before == Some((index, spot.block, reading)) {
            return;
        }
        let identity = match self.identity.take().filter(|(of, _)| *of == index) {
            Some((_, identity)) => identity,
            None => Identity::of(document, self.origin),
        };
        self.identity = Some((index, identity.clone()));
        if before.is_none() {
            self.enter(&identity, document);
        }
        let known = self.kept.known(&identity.path);
        let was_read = known.is_some_and(|known| {
            known.reading == ReadStatus::Read && known.fingerprint == identity.fingerprint
        });
        let reading = if was_read { ReadStatus::Read } else { reading };
        self.left = Some((index, spot.block, reading));
        let text = document.blocks.get(spot.block as usize).map_or("", |block| &block.text);
        let quote = Span::new(0, QUOTED).of(text).to_owned();
        let Identity { path, fingerprint, title } = identity;
        let place = Point { block: spot.block, character: spot.character };
        self.change(Change::Left(ReadingState {
            path,
            fingerprint,
            title,
            reading,
            place,
            quote,
            left: now(),
        }));
    }

    /// A document is open that was not before.
    fn enter(&mut self, identity: &Identity, document: &Document) {
        if let Some(moved) = self.kept.moved(identity) {
            self.change(moved);
        }
        let id = document.id.to_string();
        if self.kept.last(&self.library) != Some(&id) {
            self.change(Change::Last(self.library.clone(), id));
        }
    }

    /// The document of `library` that is known as `path`.
    pub(crate) fn find(&self, path: &str, library: &Library) -> Option<DocIndex> {
        let is_it = |index: &DocIndex| {
            let card = library.card(*index);
            card.is_some_and(|card| path_of(&card.id, &card.path, self.origin) == path)
        };
        let (file, row) = match path.rsplit_once('#') {
            Some((file, row)) if row.chars().all(|c| c.is_ascii_digit()) => (file, Some(row)),
            _ => (path, None),
        };
        let stem = std::path::Path::new(file).file_stem()?.to_str()?;
        let id = row.map_or_else(|| stem.to_owned(), |row| format!("{stem}#{row}"));
        let called_so = library.position(&DocId::new(&id)).filter(is_it);
        called_so.or_else(|| library.indices().find(is_it))
    }

    /// The entry with `letter` that `'` goes to, and its document: the newest one in `library`.
    pub(crate) fn mark(&self, letter: char, library: &Library) -> Option<(&Annotation, DocIndex)> {
        self.kept.marks(letter).find_map(|entry| Some((entry, self.find(&entry.path, library)?)))
    }
}
