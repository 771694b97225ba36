//! What the finder offers: themes, titles and headings, each with the texts by which it is known.

use super::face::{Face, LabelKind};
use super::hit::TopicHit;
use crate::document::{Collection, DocIndex, Document, Heading};
use crate::find::filters::{Facts, Kind};
use crate::find::syllabary::Syllabary;
use crate::themes::postings::Postings;
use crate::themes::{Theme, ThemeId, ThemeIndex};

/// Everything that the finder offers.
#[derive(Debug, Default)]
pub struct Topics {
    pub(super) entries: Vec<Entry>,
    pub(super) faces: Vec<Face>,
    pub(super) syllabary: Syllabary,
    pub(super) facts: Vec<Facts>,
    /// For the entries that are themes the documents that mention them.
    pub(super) mentioned_in: Vec<Postings>,
}

/// One line of the finder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// [`Kind::Theme`], [`Kind::Title`] or [`Kind::Heading`].
    pub kind: Kind,
    /// As shown.
    pub text: String,
    /// The document of a title or heading.
    pub document: Option<DocIndex>,
    /// The theme.
    pub theme: Option<ThemeId>,
    /// The block of a heading.
    pub block: Option<u32>,
    /// Documents that mention the theme; 1 for a title or heading.
    pub documents: u32,
    /// Mentions of the theme; 0 for a title or heading.
    pub mentions: u32,
    /// What orders entries that are otherwise equal, from 0 to 999: the newer text first.
    pub(super) freshness: i64,
}

/// What the finder takes of a document.
struct Headed {
    facts: Facts,
    title: String,
    original_title: Option<String>,
    outline: Vec<Heading>,
}

impl Headed {
    fn of(document: &Document) -> Self {
        Self {
            facts: Facts::of(document),
            title: document.metadata.title.clone(),
            original_title: document.metadata.original_title.clone(),
            outline: document.outline.clone(),
        }
    }
}

impl Topics {
    /// The topics of `documents` and of their `themes`: the themes in their order, then the titles,
    /// then the headings, each in library order.
    pub fn new<D: Collection + ?Sized>(documents: &D, themes: &ThemeIndex) -> Self {
        let read = documents.map(|_, document| Headed::of(document));
        let facts = read.iter().map(|one| one.facts.clone()).collect();
        let mut topics = Self { facts, ..Self::default() };
        for (theme, id) in themes.themes().iter().zip(0..) {
            topics.add_theme(theme, ThemeId(id));
        }
        for (document, at) in read.iter().zip(0..) {
            topics.add_title(document, DocIndex(at));
        }
        for (document, at) in read.iter().zip(0..) {
            topics.add_headings(document, DocIndex(at));
        }
        topics
    }

    pub(super) fn add_theme(&mut self, theme: &Theme, id: ThemeId) {
        self.mentioned_in.push(theme.documents.clone());
        self.add(
            Entry {
                kind: Kind::Theme,
                text: theme.name.clone(),
                document: None,
                theme: Some(id),
                block: None,
                documents: theme.documents.len() as u32,
                mentions: theme.mentions,
                freshness: 0,
            },
            &theme.aliases,
        );
    }

    fn add_title(&mut self, document: &Headed, at: DocIndex) {
        let original = document.original_title.as_slice();
        self.add(self.of_document(Kind::Title, &document.title, at), original);
    }

    fn add_headings(&mut self, document: &Headed, at: DocIndex) {
        for heading in &document.outline {
            let entry = self.of_document(Kind::Heading, &heading.title, at);
            self.add(Entry { block: Some(heading.block), ..entry }, &[]);
        }
    }

    fn of_document(&self, kind: Kind, text: &str, document: DocIndex) -> Entry {
        let day = self.facts.get(document.get()).and_then(Facts::day);
        let months =
            day.map_or(0, |day| (i64::from(day.year()) - 1980) * 12 + i64::from(day.month()));
        Entry {
            kind,
            text: text.to_owned(),
            document: Some(document),
            theme: None,
            block: None,
            documents: 1,
            mentions: 0,
            freshness: months.clamp(0, 999),
        }
    }

    pub(super) fn add(&mut self, entry: Entry, aliases: &[String]) {
        let number = self.entries.len() as u32;
        let texts = std::iter::once((LabelKind::Shown, &entry.text))
            .chain(aliases.iter().map(|alias| (LabelKind::Alias, alias)));
        for (role, text) in texts {
            self.faces.push(Face::new(number, role, text, &mut self.syllabary));
        }
        self.entries.push(entry);
    }

    /// All entries.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entry a hit names.
    pub fn entry(&self, hit: &TopicHit) -> Option<&Entry> {
        self.entries.get(hit.entry)
    }
}
