//! All annotations, in memory: it answers while the reader draws. A change is applied here and
//! written by the [`super::database::AnnotationStore`]; both do the same with it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

use super::entry::{Annotation, Kind, Point, Uid};
use super::identity::{Identity, is_there};

/// How far a document was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReadStatus {
    /// It was open.
    #[default]
    Opened,
    /// Its end was in view, or the user says so.
    Read,
    /// The user says that it is to be read again.
    Unread,
}

/// A document that was open once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadingState {
    /// The path by which it is known.
    pub path: String,
    /// The fingerprint of its text when it was open last.
    pub fingerprint: u64,
    /// Its title.
    pub title: String,
    /// How far it was read.
    pub reading: ReadStatus,
    /// The character that stood on top when it was left.
    pub place: Point,
    /// The beginning of the paragraph there.
    pub quote: String,
    /// When it was left, in seconds since 1970.
    pub left: i64,
}

/// What the annotations know of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DocumentStatus {
    /// It was never open.
    New,
    /// It was open, and its text is another one since.
    Changed,
    /// It was open.
    Opened,
    /// It was read to its end.
    Read,
}

/// A change to the annotations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A document was open, and is left at a place.
    Left(ReadingState),
    /// An entry is new, or replaces the one of its name.
    Put(Annotation),
    /// An entry is removed.
    Remove(Uid),
    /// A document's file has moved from one path to another.
    Moved(String, String),
    /// A query for documents is saved under a name, or no longer.
    Query(String, Option<String>),
    /// Of a library, known by its paths, the id of the document that was open last.
    Last(String, String),
}

/// All annotations.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Annotations {
    documents: BTreeMap<String, ReadingState>,
    by_fingerprint: HashMap<u64, BTreeSet<String>>,
    entries: BTreeMap<Uid, Annotation>,
    of_path: HashMap<String, BTreeSet<Uid>>,
    last: BTreeMap<String, String>,
    queries: BTreeMap<String, String>,
}

impl Annotations {
    /// Does what `change` says.
    pub fn apply(&mut self, change: Change) {
        match change {
            Change::Left(known) => self.put_known(known),
            Change::Put(entry) => self.put(entry),
            Change::Remove(uid) => self.remove(&uid),
            Change::Moved(from, to) => self.rename(&from, &to),
            Change::Query(name, Some(query)) => {
                self.queries.insert(name, query);
            }
            Change::Query(name, None) => {
                self.queries.remove(&name);
            }
            Change::Last(library, id) => {
                self.last.insert(library, id);
            }
        }
    }

    /// The documents, by path.
    pub fn documents(&self) -> impl Iterator<Item = &ReadingState> {
        self.documents.values()
    }

    /// The saved queries: names and what was typed, by name.
    pub fn queries(&self) -> impl Iterator<Item = (&str, &str)> {
        self.queries.iter().map(|(name, query)| (name.as_str(), query.as_str()))
    }

    /// All entries, in the order in which they were made.
    pub fn entries(&self) -> impl Iterator<Item = &Annotation> {
        self.entries.values()
    }

    /// The entry called `uid`.
    pub fn entry(&self, uid: &Uid) -> Option<&Annotation> {
        self.entries.get(uid)
    }

    /// The entries about the document known as `path`, in the order in which they were made.
    pub fn entries_of(&self, path: &str) -> impl Iterator<Item = &Annotation> {
        let uids = self.of_path.get(path).into_iter().flatten();
        uids.filter_map(|uid| self.entries.get(uid))
    }

    /// The marks with `letter`, the newest first.
    pub fn marks(&self, letter: char) -> impl Iterator<Item = &Annotation> {
        self.entries.values().rev().filter(move |entry| entry.kind == Kind::Mark(letter))
    }

    /// What is known of the document at `path`.
    pub fn known(&self, path: &str) -> Option<&ReadingState> {
        self.documents.get(path)
    }

    /// Of the library known by `library`, the id of the document that was open last.
    pub fn last(&self, library: &str) -> Option<&str> {
        self.last.get(library).map(String::as_str)
    }

    /// The status of the document at `path` that has this fingerprint.
    pub fn standing(&self, path: &str, fingerprint: u64) -> DocumentStatus {
        match self.known(path) {
            None => DocumentStatus::New,
            Some(known) if known.reading == ReadStatus::Unread => DocumentStatus::New,
            Some(known) if known.fingerprint != fingerprint => DocumentStatus::Changed,
            Some(known) if known.reading == ReadStatus::Read => DocumentStatus::Read,
            Some(_) => DocumentStatus::Opened,
        }
    }

    /// The move by which a document that is not known at its path becomes known: from the path of
    /// one with the same text whose file is not there any more.
    pub fn moved(&self, identity: &Identity) -> Option<Change> {
        if self.documents.contains_key(&identity.path) {
            return None;
        }
        let same = self.by_fingerprint.get(&identity.fingerprint)?;
        let from = same.iter().find(|path| !is_there(path))?;
        Some(Change::Moved(from.clone(), identity.path.clone()))
    }

    fn put_known(&mut self, known: ReadingState) {
        self.forget_fingerprint(&known.path);
        self.by_fingerprint.entry(known.fingerprint).or_default().insert(known.path.clone());
        self.documents.insert(known.path.clone(), known);
    }

    fn forget_fingerprint(&mut self, path: &str) -> Option<ReadingState> {
        let known = self.documents.remove(path)?;
        if let Some(paths) = self.by_fingerprint.get_mut(&known.fingerprint) {
            paths.remove(path);
        }
        Some(known)
    }

    fn put(&mut self, entry: Annotation) {
        self.remove(&entry.uid);
        self.of_path.entry(entry.path.clone()).or_default().insert(entry.uid.clone());
        self.entries.insert(entry.uid.clone(), entry);
    }

    fn remove(&mut self, uid: &Uid) {
        let Some(entry) = self.entries.remove(uid) else { return };
        if let Some(uids) = self.of_path.get_mut(&entry.path) {
            uids.remove(uid);
        }
    }

    fn rename(&mut self, from: &str, to: &str) {
        if let Some(known) = self.forget_fingerprint(from) {
            self.put_known(ReadingState { path: to.to_owned(), ..known });
        }
        for uid in self.of_path.remove(from).unwrap_or_default() {
            if let Some(entry) = self.entries.get_mut(&uid) {
                to.clone_into(&mut entry.path);
            }
            self.of_path.entry(to.to_owned()).or_default().insert(uid);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotations::entry::Extent;
    use crate::annotations::identity::Origin;
    use crate::samples::document;

    fn known(path: &str, fingerprint: u64) -> ReadingState {
        let (title, quote) = (String::new(), String::new());
        let (reading, place) = (ReadStatus::Opened, Point::default());
        ReadingState { path: path.to_owned(), fingerprint, title, reading, place, quote, left: 0 }
    }

    #[test]
    fn a_document_is_new_then_opened_then_read_and_changed_when_its_text_is() {
        let mut kept = Annotations::default();
        assert_eq!(kept.standing("a", 1), DocumentStatus::New);
        kept.apply(Change::Left(known("a", 1)));
        assert_eq!(kept.standing("a", 1), DocumentStatus::Opened);
        kept.apply(Change::Left(ReadingState { reading: ReadStatus::Read, ..known("a", 1) }));
        assert_eq!(kept.standing("a", 1), DocumentStatus::Read);
        assert_eq!(kept.standing("a", 2), DocumentStatus::Changed);
    }

    #[test]
    fn what_was_written_about_a_file_comes_along_when_it_moves() {
        let text = document("new", &["甲乙丙"]);
        let identity = Identity::of(&text, Origin::Seeds);
        let mut kept = Annotations::default();
        kept.apply(Change::Left(known("no/such/file", identity.fingerprint)));
        let extent = Extent::of_block(&text, 0);
        kept.apply(Change::Put(Annotation::new(Kind::Bookmark, "no/such/file", &text, extent)));
        let moved = kept.moved(&identity).expect("a move");
        kept.apply(moved);
        assert_eq!(kept.entries_of("new").count(), 1);
        assert_eq!(kept.entries_of("no/such/file").count(), 0);
        assert_eq!(kept.known("new").map(|known| known.fingerprint), Some(identity.fingerprint));
        assert_eq!(kept.moved(&identity), None);
    }

    #[test]
    fn a_copy_of_a_file_that_is_still_there_is_a_document_of_its_own() {
        let text = document("copy", &["甲乙丙"]);
        let identity = Identity::of(&text, Origin::Seeds);
        let mut kept = Annotations::default();
        let here = env!("CARGO_MANIFEST_DIR").to_owned() + "/Cargo.toml";
        kept.apply(Change::Left(known(&here, identity.fingerprint)));
        assert_eq!(kept.moved(&identity), None);
    }

    #[test]
    fn the_newest_mark_of_a_letter_comes_first() {
        let text = document("a", &["甲", "乙"]);
        let mut kept = Annotations::default();
        for block in [0, 1] {
            let mut entry =
                Annotation::new(Kind::Mark('q'), "a", &text, Extent::of_block(&text, block));
            entry.uid = Uid(format!("{block}"));
            kept.apply(Change::Put(entry));
        }
        let quotes: Vec<_> = kept.marks('q').map(|entry| entry.quote.as_str()).collect();
        assert_eq!(quotes, ["乙", "甲"]);
    }
}
