//! The themes of a library, with the documents that mention each. Built by [`corpus`](super::corpus)
//! from a vocabulary.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::document::{DocIndex, Document};
use crate::text::fold::fold_key;
use crate::text::strait::other_side;
use crate::themes::mentions::MentionFinder;
use crate::themes::theme::{Mention, Theme, ThemeId, ThemeKind};

/// The themes of a library. In which documents each is mentioned is counted; where, is found in a
/// document when it is looked at.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct ThemeIndex {
    themes: Vec<Theme>,
    /// Folded names and aliases.
    pub(super) forms: FxHashMap<String, ThemeId>,
    /// Characters of each document.
    characters: Vec<u32>,
    /// The length of each document as a vector of themes.
    lengths: Vec<f64>,
    #[serde(skip)]
    finder: OnceLock<MentionFinder>,
    /// The mentions in the documents that were looked at, in reading order.
    #[serde(skip)]
    found: OnceLock<Box<[DocMentions]>>,
    #[serde(skip)]
    narrower: OnceLock<Narrower>,
    /// Wordings that were not weighed because the library offers too many.
    left_out: usize,
}

/// The mentions in a document, once it was looked at.
type DocMentions = OnceLock<Box<[Mention]>>;

impl ThemeIndex {
    pub(crate) fn new(
        themes: Vec<Theme>,
        forms: FxHashMap<String, ThemeId>,
        characters: Vec<u32>,
        left_out: usize,
    ) -> Self {
        let lengths = lengths(&themes, characters.len());
        Self { themes, forms, characters, lengths, left_out, ..Self::default() }
    }

    /// How many wordings were not weighed because the library offers more than
    /// [`MOST_CANDIDATES`](super::vocabulary::MOST_CANDIDATES).
    pub fn left_out(&self) -> usize {
        self.left_out
    }

    /// Makes what looks for mentions, so that the first document that is looked at does not wait.
    pub fn prepare(&self) {
        self.finder();
    }

    fn finder(&self) -> &MentionFinder {
        self.finder.get_or_init(|| {
            MentionFinder::new(self.forms.iter().map(|(form, theme)| (form.as_str(), *theme)))
        })
    }

    /// All themes: subjects, best first, then bodies.
    pub fn themes(&self) -> &[Theme] {
        &self.themes
    }

    /// The themes that are subjects, best first.
    pub fn subjects(&self) -> &[Theme] {
        let end = self.themes.partition_point(|theme| theme.kind == ThemeKind::Subject);
        self.themes.get(..end).unwrap_or_default()
    }

    /// The themes that are bodies or act like them, best first.
    pub fn bodies(&self) -> &[Theme] {
        self.themes.get(self.subjects().len()..).unwrap_or_default()
    }

    /// The next narrower themes of `theme`, most mentions first: those whose name holds it, without
    /// those that hold another one of them.
    pub fn narrower(&self, theme: ThemeId) -> &[ThemeId] {
        self.narrower.get_or_init(|| Narrower::of(self)).of_theme(theme)
    }

    /// The theme of that rank.
    pub fn theme(&self, id: ThemeId) -> Option<&Theme> {
        self.themes.get(id.0 as usize)
    }

    /// The theme called `name`, or one of whose aliases is, in any script, width or case.
    pub fn find(&self, name: &str) -> Option<ThemeId> {
        let folded = fold_key(name.trim());
        let other = || self.forms.get(&other_side(&folded)?);
        self.forms.get(&folded).or_else(other).copied()
    }

    /// The number of documents.
    pub fn documents(&self) -> usize {
        self.characters.len()
    }

    /// Characters of a document; 0 for one that is not there.
    pub fn characters(&self, document: DocIndex) -> u32 {
        self.characters.get(document.get()).copied().unwrap_or_default()
    }

    /// Characters of all documents.
    pub fn all_characters(&self) -> u64 {
        self.characters.iter().map(|chars| u64::from(*chars)).sum()
    }

    /// The length of a document as a vector of themes.
    pub(super) fn length(&self, document: DocIndex) -> f64 {
        self.lengths.get(document.get()).copied().unwrap_or_default()
    }

    /// All mentions in `document`, in reading order, of each place the longest first: also those
    /// inside mentions of longer themes, so that the mentions of one theme are all of them. They are
    /// searched without being cached, as is right for many documents.
    pub fn look_in(&self, document: &Document) -> Vec<Mention> {
        self.finder().mentions(document)
    }

    /// The same for the `document` at `at`, cached, as is right for a document on the screen.
    pub fn mentions_in(&self, at: DocIndex, document: &Document) -> &[Mention] {
        let found = self
            .found
            .get_or_init(|| (0..self.documents()).map(|_| OnceLock::new()).collect())
            .get(at.get());
        found.map_or(&[], |found| found.get_or_init(|| self.look_in(document).into()))
    }

    /// The subjects of a document with the number of mentions there, best first.
    pub fn themes_of(&self, document: DocIndex) -> Vec<(ThemeId, u32)> {
        let counted =
            |(theme, id): (&Theme, u32)| Some((ThemeId(id), theme.documents.count(document)?));
        self.subjects().iter().zip(0..).filter_map(counted).collect()
    }

    /// The bodies of a document with the number of mentions there, best first.
    pub fn bodies_of(&self, document: DocIndex) -> Vec<(ThemeId, u32)> {
        let counted =
            |(theme, id): (&Theme, u32)| Some((ThemeId(id), theme.documents.count(document)?));
        let bodies = self.themes.iter().zip(0..).skip(self.subjects().len());
        bodies.filter_map(counted).collect()
    }
}

/// The length of each document as a vector of themes.
fn lengths(themes: &[Theme], documents: usize) -> Vec<f64> {
    let mut squares = vec![0.0; documents];
    for theme in themes.iter().filter(|theme| theme.kind == ThemeKind::Subject) {
        for (document, count) in theme.direct_documents().iter() {
            if let Some(square) = squares.get_mut(document.get()) {
                *square += theme.weight(count, documents).powi(2);
            }
        }
    }
    squares.into_iter().map(f64::sqrt).collect()
}

/// The next narrower themes of each theme.
#[derive(Debug)]
struct Narrower(FxHashMap<ThemeId, Box<[ThemeId]>>);

impl Narrower {
    fn of(index: &ThemeIndex) -> Self {
        // Of each theme those that it holds, by wording.
        let broader: Vec<Vec<ThemeId>> = index
            .themes
            .iter()
            .zip(0..)
            .map(|(theme, id)| index.finder().themes_within(&fold_key(&theme.name), ThemeId(id)))
            .collect();
        let mut narrower: FxHashMap<ThemeId, Vec<ThemeId>> = FxHashMap::default();
        for (held, id) in broader.iter().zip(0..) {
            let nearest = held.iter().filter(|one| {
                !held.iter().any(|other| {
                    let within = broader.get(other.0 as usize);
                    within.is_some_and(|within| within.contains(one))
                })
            });
            nearest.for_each(|one| narrower.entry(*one).or_default().push(ThemeId(id)));
        }
        let sorted = narrower.into_iter().map(|(theme, mut themes)| {
            let mentions = |id: &ThemeId| index.theme(*id).map_or(0, |theme| theme.mentions);
            themes.sort_by_key(|id| (std::cmp::Reverse(mentions(id)), *id));
            (theme, themes.into_boxed_slice())
        });
        Self(sorted.collect())
    }

    fn of_theme(&self, theme: ThemeId) -> &[ThemeId] {
        self.0.get(&theme).map_or(&[], |themes| themes)
    }
}
