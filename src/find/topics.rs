//! The finder: themes, titles and headings in one list, found by a few keys.
//!
//! Entries are ranked by the quality of the match ([`Tier`]) first: exactly what was typed, then
//! what begins with it, then what contains it, then what has its characters scattered. Where that is
//! equal themes stand before titles and titles before headings; then the text itself before its
//! folded form and before its spelling; then themes in the order of their index, the others by how
//! much of them was met and how recent they are.

mod asked;
mod face;

use std::cmp::Reverse;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;
use serde::Serialize;

use super::filters::{Facts, Kind};
use super::query::QueryError;
use super::syllabary::Syllabary;
use crate::document::{Collection, DocIndex, Document, Heading};
use crate::themes::postings::Postings;
use crate::themes::{Theme, ThemeId, ThemeIndex};
use asked::Asked;
use face::{Face, Role, Stretch};

/// Faces between two looks at the flag that ends a search.
const CHUNK: usize = 1024;

/// Everything that the finder offers.
#[derive(Debug, Default)]
pub struct Topics {
    entries: Vec<Entry>,
    faces: Vec<Face>,
    syllabary: Syllabary,
    facts: Vec<Facts>,
    /// For the entries that are themes the documents that mention them.
    mentioned_in: Vec<Postings>,
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
    freshness: i64,
}

/// How good a match is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// Nothing was typed.
    Any,
    /// Scattered over a wide stretch.
    Far,
    /// Scattered, but near each other.
    Near,
    /// In one piece, somewhere.
    Within,
    /// At the beginning, a number or a mark passed over.
    Prefix,
    /// The whole.
    Exact,
}

/// By what an entry was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Via {
    /// Its characters.
    Text,
    /// Its characters in the other script, width or form.
    Script,
    /// Another name of the theme, or the original title.
    Alias,
    /// Whole readings.
    Pinyin,
    /// Initials, or a mixture with them.
    Initials,
}

/// An entry that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopicHit {
    /// Its number, for [`Topics::entry`].
    pub entry: usize,
    /// Higher is better; comparable only inside one answer.
    pub score: i64,
    /// How good the match is.
    pub tier: Tier,
    /// The characters of the shown text that met the query, rising. Empty where an alias did.
    pub matched: Vec<u32>,
    /// By what it was found; of several words the weakest.
    pub via: Via,
    /// The alias that met the query.
    pub alias: Option<String>,
}

/// The answer to a query.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TopicsFound {
    /// The best entries, best first.
    pub hits: Vec<TopicHit>,
    /// All entries that match, also those beyond the limit. Where the limit is reached without
    /// them, those that have the characters scattered are not counted: they would stand last.
    pub total: usize,
    /// A filter that could not be read and was left out.
    pub ignored: Option<QueryError>,
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

    fn add_theme(&mut self, theme: &Theme, id: ThemeId) {
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

    fn add(&mut self, entry: Entry, aliases: &[String]) {
        let number = self.entries.len() as u32;
        let texts = std::iter::once((Role::Shown, &entry.text))
            .chain(aliases.iter().map(|alias| (Role::Alias, alias)));
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

    /// The best `limit` entries for what was typed: words that must all be met (`a|b` either, `-a`
    /// not), in any order or, where that is better, as if no blank stood between them; and filters.
    /// Nothing typed is met by every entry. What cannot be read is left out and said.
    pub fn find(&self, typed: &str, limit: usize) -> TopicsFound {
        self.find_unless(typed, limit, &AtomicBool::new(false))
    }

    /// Finds like [`Self::find`], and stops early once `cancelled` is set: what it then returns is
    /// to be thrown away.
    pub fn find_unless(&self, typed: &str, limit: usize, cancelled: &AtomicBool) -> TopicsFound {
        let asked = Asked::new(typed, self);
        let mut scored = self.scores(&asked, Stretch::Whole, cancelled);
        if scored.len() < limit {
            scored = self.scores(&asked, Stretch::Scattered, cancelled);
        }
        let total = scored.len();
        let order = |one: &(i64, u32)| (Reverse(one.0), one.1);
        if limit < total {
            scored.select_nth_unstable_by_key(limit, order);
            scored.truncate(limit);
        }
        scored.sort_unstable_by_key(order);
        let hits = scored.iter().filter_map(|(score, face)| asked.hit(*score, *face)).collect();
        TopicsFound { hits, total, ignored: asked.ignored }
    }

    /// The entries that match, each by its best face, in their order.
    fn scores(
        &self,
        asked: &Asked<'_>,
        stretch: Stretch,
        cancelled: &AtomicBool,
    ) -> Vec<(i64, u32)> {
        let chunks = self.faces.par_chunks(CHUNK).enumerate();
        let mut scored: Vec<(i64, u32)> = chunks
            .filter(|_| !cancelled.load(Ordering::Relaxed))
            .flat_map_iter(|(chunk, faces)| {
                let score = move |(face, n)| Some((asked.score(face, stretch)?, n));
                faces.iter().zip((chunk * CHUNK) as u32..).filter_map(score)
            })
            .collect();
        self.keep_best_face(&mut scored);
        scored
    }

    /// Faces of one entry stand side by side; the best of them speaks for it.
    fn keep_best_face(&self, scored: &mut Vec<(i64, u32)>) {
        let entry = |face: u32| self.faces.get(face as usize).map(|face| face.entry);
        scored.dedup_by(|later, kept| {
            let same = entry(later.1) == entry(kept.1);
            if same && later.0 > kept.0 {
                *kept = *later;
            }
            same
        });
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{document, known};
    use super::*;
    use proptest::prelude::*;

    fn topics() -> Topics {
        let national = document(
            "甲",
            "国家标准化发展纲要",
            &["# 一、总体要求", "文", "# 人工智能、量子信息", "# 重庆行动"],
        );
        let shanghai = document("乙", "上海产业链標準行动", &["# 人工智能应用"]);
        let documents =
            [known(national, "全国", "2021-10-10"), known(shanghai, "上海", "2022-02-17")];
        let mut topics = Topics::new(&documents, &ThemeIndex::default());
        let mut themes = Topics { facts: topics.facts.clone(), ..Topics::default() };
        for (name, id) in
            ["标准化", "人工智能", "新一代人工智能", "产业链", "数字化转型", "产业链标准"]
                .iter()
                .zip(0..)
        {
            let aliases = if *name == "人工智能" { vec!["AI".to_owned()] } else { Vec::new() };
            let theme = Theme {
                name: (*name).to_owned(),
                aliases,
                kind: crate::themes::ThemeKind::Subject,
                score: 1.0,
                mentions: 2,
                direct: 2,
                direct_documents: None,
                regions: Vec::new(),
                documents: std::iter::once((DocIndex(id % 2), 2)).collect(),
            };
            themes.add_theme(&theme, ThemeId(id));
        }
        for entry in std::mem::take(&mut topics.entries) {
            themes.add(entry, &[]);
        }
        themes
    }

    fn texts(typed: &str) -> Vec<String> {
        let topics = topics();
        let found = topics.find(typed, 20);
        assert_eq!(found.total, found.hits.len());
        found.hits.iter().map(|hit| topics.entry(hit).unwrap().text.clone()).collect()
    }

    #[test]
    fn a_theme_covered_exactly_comes_first_however_it_is_typed() {
        let cases = [
            ("rgzn", "人工智能"),
            ("rengongzhineng", "人工智能"),
            ("ren gong zhi neng", "人工智能"),
            ("renGzn", "人工智能"),
            ("人工zn", "人工智能"),
            ("ai", "人工智能"),
            ("cyl", "产业链"),
            ("產業鏈", "产业链"),
            ("szhzx", "数字化转型"),
            ("cq", "重庆行动"),
            ("zhongqing", "重庆行动"),
            ("ztyq", "一、总体要求"),
            ("化 标准", "标准化"),
        ];
        for (typed, text) in cases {
            assert_eq!(texts(typed).first().map(String::as_str), Some(text), "{typed}");
        }
    }

    #[test]
    fn better_matches_come_first_and_themes_before_titles_before_headings() {
        assert_eq!(
            texts("rgzn"),
            ["人工智能", "人工智能应用", "人工智能、量子信息", "新一代人工智能"]
        );
        assert_eq!(
            texts("标准"),
            ["标准化", "产业链标准", "国家标准化发展纲要", "上海产业链標準行动"]
        );
    }

    #[test]
    fn filters_and_unwanted_words_narrow_the_list() {
        assert_eq!(texts("rgzn kind:heading"), ["人工智能应用", "人工智能、量子信息"]);
        assert_eq!(texts("rgzn kind:heading region:上海"), ["人工智能应用"]);
        assert_eq!(texts("人工智能 -新一代 -kind:heading"), ["人工智能"]);
        assert_eq!(texts("kind:title"), ["上海产业链標準行动", "国家标准化发展纲要"]);
        assert_eq!(texts("标准 date:>2021 kind:theme|title"), ["产业链标准", "上海产业链標準行动"]);
    }

    #[test]
    fn a_hit_says_by_what_it_was_found() {
        let topics = topics();
        let first = |typed: &str| topics.find(typed, 1).hits.remove(0);
        assert_eq!(first("ai").via, Via::Alias);
        assert_eq!((first("ai").alias.as_deref(), first("ai").matched), (Some("AI"), vec![]));
        assert_eq!((first("rgzn").via, first("rgzn").matched), (Via::Initials, vec![0, 1, 2, 3]));
        assert_eq!(first("chanyelian").via, Via::Pinyin);
        assert_eq!(first("產業").via, Via::Script);
        assert_eq!((first("zx sz").via, first("zx sz").matched), (Via::Initials, vec![0, 1, 3, 4]));
    }

    #[test]
    fn a_filter_that_cannot_be_read_is_left_out_and_said() {
        let topics = topics();
        let found = topics.find("rgzn date:soon", 5);
        assert_eq!(found.total, 4);
        assert_eq!(found.ignored.unwrap().at, 5);
        assert_eq!(topics.find("rgzn date:", 5).ignored, None);
    }

    #[test]
    fn the_limit_cuts_the_list_and_not_the_count() {
        let topics = topics();
        let found = topics.find("", 3);
        assert_eq!((found.hits.len(), found.total), (3, topics.entries().len()));
        assert_eq!(topics.entry(&found.hits[0]).unwrap().text, "标准化");
        assert_eq!(topics.find("rgzn", 0).hits, []);
    }

    proptest! {
        #[test]
        fn anything_typed_is_answered(typed in "(\\PC|[ 人工a-z\"|:\\-\n\u{301}\u{0}]|region:|date:|kind:){0,20}") {
            let topics = topics();
            let found = topics.find(&typed, 5);
            for hit in &found.hits {
                let length = topics.entry(hit).unwrap().text.chars().count();
                prop_assert!(hit.matched.iter().all(|n| (*n as usize) < length));
            }
        }
    }
}
