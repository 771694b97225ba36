//! What a user sets down about a place in a document: a mark with a letter, a bookmark, a note. Each
//! quotes the words it is about, by which it is found again in a text that was edited.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use crate::document::Document;
use crate::text::Span;

/// The name of an entry, the same on every machine.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Uid(pub String);

impl Uid {
    /// A name that no other entry has: the time in microseconds, the process, and a count.
    pub fn fresh() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let time = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_micros());
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        Self(format!("{time:x}-{:x}-{count:x}", process()))
    }
}

/// A number that two processes hardly share: the standard library seeds its maps with one.
fn process() -> u32 {
    static NUMBER: OnceLock<u32> = OnceLock::new();
    *NUMBER.get_or_init(|| RandomState::new().hash_one(0u8) as u32)
}

/// Seconds since 1970.
pub fn now() -> i64 {
    let time = SystemTime::now().duration_since(UNIX_EPOCH);
    time.map_or(0, |time| i64::try_from(time.as_secs()).unwrap_or(i64::MAX))
}

/// A character of a document: its block, and the character of the block's text, both from 0.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub struct Point {
    /// The block.
    pub block: u32,
    /// The character of its text.
    pub character: u32,
}

/// Characters of a document from one up to, not including, another; it may reach over blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Extent {
    /// The first character.
    pub from: Point,
    /// The one after the last, in the block of the last.
    pub to: Point,
}

impl Extent {
    /// The characters `span` of one block.
    pub fn in_block(block: u32, span: Span) -> Self {
        let point = |character| Point { block, character };
        Self { from: point(span.start), to: point(span.end) }
    }

    /// All of a block.
    pub fn of_block(document: &Document, block: u32) -> Self {
        let text = document.blocks.get(block as usize).map_or("", |block| &block.text);
        Self::in_block(block, Span::new(0, text.chars().count() as u32))
    }

    /// The characters of `block` that it holds.
    pub fn part_of(&self, block: u32) -> Option<Span> {
        if block < self.from.block || block > self.to.block {
            return None;
        }
        let start = if block == self.from.block { self.from.character } else { 0 };
        let end = if block == self.to.block { self.to.character } else { u32::MAX };
        Some(Span::new(start, end.max(start)))
    }

    /// Its words in `document`, a line for each block.
    pub fn text(&self, document: &Document) -> String {
        let blocks = (self.from.block..=self.to.block.max(self.from.block)).map_while(|block| {
            let text = document.blocks.get(block as usize)?.text.as_str();
            Some(self.part_of(block)?.of(text))
        });
        blocks.collect::<Vec<_>>().join("\n")
    }
}

/// What an entry is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A mark that is gone to by its letter.
    Mark(char),
    /// A place to find again.
    Bookmark,
    /// Words of the user's own.
    Note(String),
    /// A word that the document as a whole is filed under.
    Tag(String),
}

/// An entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Annotation {
    /// Its name.
    pub uid: Uid,
    /// The path by which its document is known.
    pub path: String,
    /// What it is.
    pub kind: Kind,
    /// Where it is.
    pub extent: Extent,
    /// The words it is about, up to [`QUOTED`] characters, a line for each block.
    pub quote: String,
    /// When it was made, in seconds since 1970.
    pub made: i64,
}

/// Characters that are quoted at most.
pub const QUOTED: u32 = 2000;

impl Annotation {
    /// A new entry about `extent` of `document`, which is known as `path`.
    pub fn new(kind: Kind, path: &str, document: &Document, extent: Extent) -> Self {
        let words = extent.text(document);
        let quote = Span::new(0, QUOTED).of(&words).to_owned();
        let path = path.to_owned();
        Self { uid: Uid::fresh(), path, kind, extent, quote, made: now() }
    }

    /// A tag of the document known as `path`.
    pub fn tag(tag: &str, path: &str) -> Self {
        let extent = Extent { from: Point::default(), to: Point::default() };
        let quote = String::new();
        let (path, kind) = (path.to_owned(), Kind::Tag(tag.to_owned()));
        Self { uid: Uid::fresh(), path, kind, extent, quote, made: now() }
    }

    /// The tags that it puts on its document: its own, or in a note each word after `#`.
    pub fn tags(&self) -> Vec<&str> {
        match &self.kind {
            Kind::Tag(tag) => vec![tag],
            Kind::Note(words) => tags_in(words),
            Kind::Mark(_) | Kind::Bookmark => Vec::new(),
        }
    }

    /// The user's words, if it is a note.
    pub fn note(&self) -> Option<&str> {
        match &self.kind {
            Kind::Note(words) => Some(words),
            Kind::Mark(_) | Kind::Bookmark | Kind::Tag(_) => None,
        }
    }
}

/// The words after `#` where it begins a word, as far as letters, digits, - and _ go.
fn tags_in(words: &str) -> Vec<&str> {
    let begins = |at: usize| {
        let before = words.get(..at).and_then(|before| before.chars().next_back());
        before.is_none_or(|c| !c.is_alphanumeric() && c != '#')
    };
    let tag = |at: usize| {
        let rest = words.get(at + 1..)?;
        let end = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_')));
        rest.get(..end.unwrap_or(rest.len())).filter(|tag| !tag.is_empty())
    };
    words.match_indices('#').map(|(at, _)| at).filter(|at| begins(*at)).filter_map(tag).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::document;
    use std::collections::HashSet;

    #[test]
    fn names_are_never_given_twice() {
        let names: HashSet<Uid> = (0..10_000).map(|_| Uid::fresh()).collect();
        assert_eq!(names.len(), 10_000);
    }

    #[test]
    fn a_note_tags_its_document_by_the_words_after_a_hash() {
        let tags = |words: &str| {
            let note =
                Annotation { kind: Kind::Note(words.to_owned()), ..Annotation::tag("", "a") };
            note.tags().into_iter().map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(tags("#待核 数字，见 #产业-链。C#8 ## # "), ["待核", "产业-链"]);
        assert_eq!(Annotation::tag("重要", "a").tags(), ["重要"]);
    }

    #[test]
    fn an_extent_over_blocks_quotes_a_line_of_each() {
        let text = document("a", &["一二三", "四五", "六七八"]);
        let point = |block, character| Point { block, character };
        let extent = Extent { from: point(0, 1), to: point(2, 2) };
        assert_eq!(extent.text(&text), "二三\n四五\n六七");
        assert_eq!(extent.part_of(1).map(|span| span.start), Some(0));
        assert_eq!(extent.part_of(3), None);
        assert_eq!(Extent { from: point(9, 0), to: point(9, 9) }.text(&text), "");
    }
}
