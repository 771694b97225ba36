//! What ties documents together: the themes that they share, and every mention of them. The index
//! is built from cleaned documents in two steps: a [`vocabulary`] of themes is chosen, then their
//! [`mentions`] are found in the folded text.

pub mod candidate_table;
pub mod candidates;
pub mod corpus;
pub mod counts;
pub mod dispersion;
pub mod folded;
pub mod grammar;
pub mod keyness;
pub mod lexicon;
pub mod mentions;
pub mod phrases;
pub mod postings;
pub mod private;
pub mod ranking;
pub mod related;
pub mod usage;
pub mod vocabulary;

#[cfg(test)]
mod robustness;

use std::sync::OnceLock;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::document::{Collection, DocIndex, Document};
use crate::text::Span;
use crate::text::fold::fold_key;
use corpus::Corpus;
use mentions::MentionFinder;
use postings::Postings;
use vocabulary::Lexicon;

/// The rank of a theme in its index, from 0: the best theme first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ThemeId(pub u32);

/// A subject that at least two texts speak of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Theme {
    /// As the texts write it, in simplified script where any of them does.
    pub name: String,
    /// Other forms that count as mentions, as shown.
    pub aliases: Vec<String>,
    /// Worth for comparison; higher is better, comparable only inside one index.
    pub score: f64,
    /// Mentions in all documents.
    pub mentions: u32,
    /// Mentions by the region of their document, most first, then by name; documents without a
    /// region are left out.
    pub regions: Vec<(String, u32)>,
    /// The documents that mention it, in library order, with the number of mentions in each.
    pub documents: Postings,
}

/// One mention of a theme in a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Mention {
    /// The block, from 0.
    pub block: u32,
    /// Characters of the block's shown text.
    pub span: Span,
    /// The theme.
    pub theme: ThemeId,
}

/// The themes of a library. In which documents each is mentioned is counted; where, is found in a
/// document when it is looked at.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct ThemeIndex {
    themes: Vec<Theme>,
    /// Folded names and aliases.
    forms: FxHashMap<String, ThemeId>,
    /// Characters of each document.
    characters: Vec<u32>,
    /// The length of each document as a vector of themes.
    lengths: Vec<f64>,
    #[serde(skip)]
    seeker: OnceLock<MentionFinder>,
    /// The mentions in the documents that were looked at, in reading order.
    #[serde(skip)]
    found: OnceLock<Box<[Found]>>,
}

/// The mentions in a document, once it was looked at.
type Found = OnceLock<Box<[Mention]>>;

impl ThemeIndex {
    /// Chooses the themes that `documents` share and finds all their mentions. Where documents are
    /// added later, a [`corpus::Corpus`] spares doing all of it again.
    pub fn build<D: Collection + ?Sized>(documents: &D, lexicon: &Lexicon) -> Self {
        let mut corpus = Corpus::new(lexicon.clone());
        corpus.add(documents);
        corpus.into_index(documents)
    }

    pub(crate) fn new(
        themes: Vec<Theme>,
        forms: FxHashMap<String, ThemeId>,
        characters: Vec<u32>,
    ) -> Self {
        let lengths = related::lengths(&themes, characters.len());
        Self { themes, forms, characters, lengths, ..Self::default() }
    }

    /// Makes what looks for mentions, so that the first document that is looked at does not wait.
    pub fn prepare(&self) {
        self.seeker();
    }

    fn seeker(&self) -> &MentionFinder {
        self.seeker.get_or_init(|| {
            MentionFinder::new(self.forms.iter().map(|(form, theme)| (form.as_str(), *theme)))
        })
    }

    /// All themes, best first.
    pub fn themes(&self) -> &[Theme] {
        &self.themes
    }

    /// The theme of that rank.
    pub fn theme(&self, id: ThemeId) -> Option<&Theme> {
        self.themes.get(id.0 as usize)
    }

    /// The theme called `name`, or one of whose aliases is, in any script, width or case.
    pub fn find(&self, name: &str) -> Option<ThemeId> {
        self.forms.get(&fold_key(name.trim())).copied()
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

    fn length(&self, document: DocIndex) -> f64 {
        self.lengths.get(document.get()).copied().unwrap_or_default()
    }

    /// All mentions in `document`, in reading order; they never overlap. They are looked for
    /// without being kept, as is right for many documents.
    pub fn look_in(&self, document: &Document) -> Vec<Mention> {
        self.seeker().mentions(document)
    }

    /// All mentions in the `document` that stands at `at`, in reading order. They are kept for the
    /// next time, as is right for a document on the screen.
    pub fn mentions_in(&self, at: DocIndex, document: &Document) -> &[Mention] {
        let found = self
            .found
            .get_or_init(|| (0..self.documents()).map(|_| OnceLock::new()).collect())
            .get(at.get());
        found.map_or(&[], |found| found.get_or_init(|| self.look_in(document).into()))
    }

    /// The themes of a document with the number of mentions there, best first.
    pub fn themes_of(&self, document: DocIndex) -> Vec<(ThemeId, u32)> {
        let counted =
            |(theme, id): (&Theme, u32)| Some((ThemeId(id), theme.documents.count(document)?));
        self.themes.iter().zip(0..).filter_map(counted).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::regional_document;

    fn names(index: &ThemeIndex) -> Vec<&str> {
        index.themes().iter().map(|theme| theme.name.as_str()).collect()
    }

    #[test]
    fn themes_are_what_two_texts_share_with_their_mentions_by_region() {
        let documents = [
            regional_document(
                "a",
                "北京",
                &["重点支持人工智能、脑机接口、智能网联汽车等领域。", "人工智能是重点。"],
            ),
            regional_document(
                "b",
                "上海",
                &["在人工智能、区块链、脑机接口、智能网联汽车等方面加快布局。"],
            ),
        ];
        let index = ThemeIndex::build(&documents, &Lexicon::default());
        let theme = index.theme(index.find("人工智能").unwrap()).unwrap();
        assert_eq!((theme.mentions, theme.documents.len()), (3, 2));
        assert_eq!(theme.regions, [("北京".to_owned(), 2), ("上海".to_owned(), 1)]);
        for name in ["脑机接口", "智能网联汽车"] {
            assert!(index.find(name).is_some(), "{name} in {:?}", names(&index));
        }
        for name in ["区块链", "领域", "等领域", "重点", "方面"] {
            assert_eq!(index.find(name), None, "{name}");
        }
    }

    // https://github.com/meilisearch/charabia/issues/331
    #[test]
    fn the_same_text_in_both_scripts_has_the_same_themes_and_counts() {
        let texts = ["国际论坛推动人工智能、集成电路、知识产权等领域合作。"];
        let traditional = ["國際論壇推動人工智能、集成電路、知識產權等領域合作。"];
        let build = |a: &[&str], b: &[&str]| {
            let documents = [regional_document("a", "北京", a), regional_document("b", "上海", b)];
            ThemeIndex::build(&documents, &Lexicon::default())
        };
        let (same, mixed) = (build(&texts, &texts), build(&texts, &traditional));
        assert_eq!(same.themes(), mixed.themes());
        assert!(names(&build(&traditional, &traditional)).contains(&"知識產權"));
        assert!(mixed.find("知識產權").is_some());
    }

    #[test]
    fn aliases_count_for_their_theme_and_latin_ones_only_as_words() {
        let documents = [
            regional_document("a", "北京", &["实现碳达峰、碳中和。发展AI技术，与MAIL无关。"]),
            regional_document("b", "上海", &["推进“双碳”工作。人工智能赋能。"]),
        ];
        let index = ThemeIndex::build(&documents, &Lexicon::default());
        let counts = |name: &str| {
            let theme = index.theme(index.find(name).unwrap()).unwrap();
            (theme.name.clone(), theme.mentions)
        };
        assert_eq!(counts("双碳"), ("碳达峰碳中和".to_owned(), 2));
        assert_eq!(counts("ai"), ("人工智能".to_owned(), 2));
    }

    // https://github.com/voyanttools/Voyant/issues/42
    #[test]
    fn texts_that_share_only_marks_and_particles_share_no_theme() {
        let documents = [
            regional_document("a", "北京", &["，、“”\u{3000}的，了的"]),
            regional_document("b", "上海", &["的、“”，\u{3000}的"]),
        ];
        assert!(ThemeIndex::build(&documents, &Lexicon::default()).themes().is_empty());
        assert!(ThemeIndex::build(&[], &Lexicon::empty()).themes().is_empty());
    }
}
