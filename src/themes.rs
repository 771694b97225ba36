//! What ties documents together: the themes that they share, and every mention of them. The index
//! is built from cleaned documents in two steps: a [`vocabulary`] of themes is chosen, then their
//! [`mentions`] are found in the folded text.

pub mod candidate_table;
pub mod candidates;
pub mod corpus;
pub mod counts;
pub mod dispersion;
pub mod draft;
pub mod folded;
pub mod grammar;
pub mod keyness;
pub mod lexicon;
pub mod mentions;
pub mod neighbours;
pub mod penalties;
pub mod phrases;
pub mod postings;
pub mod private;
pub mod ranking;
pub mod related;
pub mod term_structure;
pub mod trends;
pub mod usage;
pub mod vocabulary;
pub mod wording;

#[cfg(test)]
mod robustness;

use std::sync::OnceLock;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::document::{Collection, DocIndex, Document};
use crate::text::Span;
use crate::text::fold::fold_key;
use corpus::Corpus;
pub use draft::ThemeKind;
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
    /// Subject or body.
    pub kind: ThemeKind,
    /// Worth for comparison; higher is better, comparable only inside one index.
    pub score: f64,
    /// Mentions in all documents, also inside longer themes (人工智能 in 生成式人工智能).
    pub mentions: u32,
    /// Those of them that no longer theme covers.
    pub direct: u32,
    /// Mentions by the region of their document, most first, then by name; documents without a
    /// region are left out.
    pub regions: Vec<(String, u32)>,
    /// The documents that mention it, in library order, with the number of mentions in each.
    pub documents: Postings,
    /// The same for direct mentions; `None` where all mentions are direct.
    pub direct_documents: Option<Postings>,
}

impl Theme {
    /// The documents with direct mentions, in library order, with their number in each.
    pub fn direct_documents(&self) -> &Postings {
        self.direct_documents.as_ref().unwrap_or(&self.documents)
    }
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
    /// True where no longer mention of another theme covers it: direct mentions never overlap.
    pub direct: bool,
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
    /// Chooses the themes that `documents` share and counts all their mentions.
    pub fn build<D: Collection + ?Sized>(documents: &D, lexicon: &Lexicon) -> Self {
        let mut corpus = Corpus::new(lexicon.clone());
        corpus.add(documents);
        corpus.into_index(documents)
    }

    pub(crate) fn new(
        themes: Vec<Theme>,
        forms: FxHashMap<String, ThemeId>,
        characters: Vec<u32>,
        left_out: usize,
    ) -> Self {
        let lengths = related::lengths(&themes, characters.len());
        Self { themes, forms, characters, lengths, left_out, ..Self::default() }
    }

    /// How many wordings were not weighed because the library offers more than
    /// [`vocabulary::MOST_CANDIDATES`].
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

    // 非物质文化遗产 was listed as 物质文化遗产, 元宇宙 as 宇宙产业, 关键信息基础设施 as 基础设施.
    #[test]
    fn theme_never_begins_a_character_late() {
        let text = "加强非物质文化遗产保护，发展元宇宙产业，完善关键信息基础设施。";
        let list = "支持非物质文化遗产、元宇宙、关键信息基础设施等领域。";
        let documents = [
            regional_document("a", "北京", &[text, list]),
            regional_document("b", "上海", &[list, text]),
        ];
        let index = ThemeIndex::build(&documents, &Lexicon::default());
        for name in ["非物质文化遗产", "元宇宙", "关键信息基础设施"] {
            assert!(index.find(name).is_some(), "{name} in {:?}", names(&index));
        }
        for fragment in ["物质文化遗产", "宇宙产业", "宇宙", "基础设施", "信息基础设施"]
        {
            assert_eq!(index.find(fragment), None, "{fragment} in {:?}", names(&index));
        }
    }

    #[test]
    fn broader_theme_counts_its_narrower_ones_with_direct_counts_beside() {
        let texts = ["人工智能、生成式人工智能服务。", "生成式人工智能服务、区块链。"];
        let documents = [
            regional_document("a", "北京", &texts),
            regional_document("b", "上海", &["生成式人工智能服务、区块链、人工智能。"]),
            regional_document("c", "浙江", &["生成式人工智能服务、区块链。"]),
        ];
        let index = ThemeIndex::build(&documents, &Lexicon::default());
        let id = index.find("人工智能").unwrap();
        let theme = index.theme(id).unwrap();
        assert_eq!((theme.mentions, theme.documents.len()), (6, 3));
        assert_eq!((theme.direct, theme.direct_documents().len()), (2, 2));
        let narrower: Vec<&str> =
            index.narrower(id).iter().map(|id| index.theme(*id).unwrap().name.as_str()).collect();
        assert_eq!(narrower, ["生成式人工智能"]);
        let mentions = index.look_in(&documents[0]);
        assert_eq!(mentions.iter().filter(|one| one.theme == id).count(), 3);
        assert_eq!(mentions.iter().filter(|one| one.theme == id && one.direct).count(), 1);
    }

    #[test]
    fn fields_of_departments_are_bodies_and_penalties_offer_nothing() {
        let text = [
            "县级以上自然资源主管部门应当保护湿地、河道、野生动物。",
            "自然资源、住房城乡建设等部门按照职责做好湿地、河道、野生动物保护。",
            "玩忽职守、滥用职权、徇私舞弊的，依法给予处分。",
            "自然资源主管部门负责湿地、河道管理。联系电话：010-62345678，湿地处。",
        ];
        let documents = [
            regional_document("a", "北京", &text),
            regional_document("b", "上海", &text),
            regional_document("c", "浙江", &text),
        ];
        let index = ThemeIndex::build(&documents, &Lexicon::default());
        let subjects: Vec<&str> =
            index.subjects().iter().map(|theme| theme.name.as_str()).collect();
        let bodies: Vec<&str> = index.bodies().iter().map(|theme| theme.name.as_str()).collect();
        for subject in ["湿地", "河道", "野生动物"] {
            assert!(subjects.contains(&subject), "{subject} in {subjects:?}");
        }
        assert!(bodies.contains(&"自然资源"), "{bodies:?}");
        for none in ["自然资源", "玩忽职守", "滥用职权", "徇私舞弊", "联系电话"]
        {
            assert!(!subjects.contains(&none), "{none} in {subjects:?}");
        }
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
