//! The finder: themes, titles and headings in one list, found by a few keys.
//!
//! Entries are ranked by the quality of the match ([`Tier`]) first: exactly what was typed, then
//! what begins with it, then what contains it, then what has its characters scattered. Where that
//! is equal themes come before titles and titles before headings; then the text itself before its
//! folded form and before its spelling; then themes in the order of their index, the others by how
//! much of them was met and how recent they are.

mod asked;
mod entries;
mod face;
mod hit;

use std::cmp::Reverse;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::query::QueryError;
use asked::FinderQuery;
pub use entries::{Entry, Topics};
use face::Stretch;
pub use hit::{Tier, TopicHit, Via};

/// Faces between two looks at the flag that ends a search.
const CHUNK: usize = 1024;

/// The answer to a query.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TopicsFound {
    /// The best entries, best first.
    pub hits: Vec<TopicHit>,
    /// All entries that match, also those beyond the limit. Where the limit is reached without
    /// them, those that have the characters scattered are not counted: they would be last.
    pub total: usize,
    /// A filter that could not be read and was left out.
    pub ignored: Option<QueryError>,
}

impl Topics {
    /// The best `limit` entries for what was typed: words that must all be met (`a|b` either, `-a`
    /// not), in any order or, where that is better, as if no space were between them; and filters.
    /// Nothing typed is met by every entry. What cannot be read is left out and said.
    pub fn find(&self, typed: &str, limit: usize) -> TopicsFound {
        self.find_unless(typed, limit, &AtomicBool::new(false))
    }

    /// Finds like [`Self::find`], and stops early once `cancelled` is set: what it then returns is
    /// to be thrown away.
    pub fn find_unless(&self, typed: &str, limit: usize, cancelled: &AtomicBool) -> TopicsFound {
        let asked = FinderQuery::new(typed, self);
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
        asked: &FinderQuery<'_>,
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

    /// Faces of one entry are side by side; the best of them speaks for it.
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
    use crate::document::DocIndex;
    use crate::themes::{Theme, ThemeId, ThemeIndex};
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
        let across = first("人工智慧");
        assert_eq!(
            (across.via, across.alias, across.matched),
            (Via::Alias, None, vec![0, 1, 2, 3])
        );
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
