//! What was typed into the finder, matched against one list of topics: which entries it meets, how
//! well, and at which characters.

use super::entries::{Entry, Topics};
use super::face::{Face, LabelKind, Met, QueryWord, Stretch};
use super::hit::{Tier, TopicHit, Via};
use crate::document::DocIndex;
use crate::find::filters::QueryError;
use crate::find::filters::{Filters, Kind, Sign};
use crate::find::lexer::{Part, tokens};
use crate::text::fold::fold_key;
use crate::text::strait::other_side;
use crate::themes::ThemeId;

/// The most words of a query; more are not looked at.
const MOST_WORDS: usize = 16;

/// What was typed, matched against one list of topics.
pub(super) struct FinderQuery<'t> {
    topics: &'t Topics,
    /// Each must be met by one of its words.
    clauses: Vec<Vec<QueryWord>>,
    /// All words in one, where there are several.
    joined: Option<QueryWord>,
    unwanted: Vec<QueryWord>,
    filters: Filters,
    /// For each document whether it passes the filters; `None` where all do.
    admitted: Option<Vec<bool>>,
    /// A filter that was left out.
    pub(super) ignored: Option<QueryError>,
}

impl<'t> FinderQuery<'t> {
    pub(super) fn new(typed: &str, topics: &'t Topics) -> Self {
        let (mut filters, mut ignored) = (Filters::default(), None);
        let (mut clauses, mut unwanted, mut joined) = (Vec::new(), Vec::new(), String::new());
        for token in tokens(typed).into_iter().take(MOST_WORDS) {
            if let Some((field, values)) = token.field() {
                let added = filters.add(field, &values, token.sign);
                ignored = ignored.or(added.err().map(|what| QueryError { at: token.at, what }));
                continue;
            }
            let words: Vec<QueryWord> =
                token.parts.iter().flat_map(|part| words_of(part, topics)).collect();
            match token.sign {
                _ if words.is_empty() => {}
                Sign::Unwanted => unwanted.extend(words),
                Sign::Wanted => {
                    joined.extend(token.parts.iter().map(|part| part.text.as_str()));
                    clauses.push(words);
                }
            }
        }
        let joined =
            (clauses.len() > 1).then(|| QueryWord::new(&joined, &topics.syllabary)).flatten();
        let admitted = filters.admitted(&topics.facts);
        Self { topics, clauses, joined, unwanted, filters, admitted, ignored }
    }

    /// The rank of the entry of `face`, or `None` where it does not match.
    pub(super) fn score(&self, face: &Face, stretch: Stretch) -> Option<i64> {
        let entry = self.topics.entries.get(face.entry as usize)?;
        if !self.filters.admits_kind(entry.kind) || !self.admits(entry, face.entry) {
            return None;
        }
        if self.unwanted.iter().any(|word| face.contains(word)) {
            return None;
        }
        let met = self.meet(face, stretch)?;
        Some(rank(entry, face, met))
    }

    fn admits(&self, entry: &Entry, number: u32) -> bool {
        let Some(admitted) = &self.admitted else {
            return true;
        };
        let passes = |document: DocIndex| admitted.get(document.get()) == Some(&true);
        match entry.document {
            Some(document) => passes(document),
            None => {
                let mentioned_in = self.topics.mentioned_in.get(number as usize);
                mentioned_in.is_some_and(|documents| documents.documents().any(passes))
            }
        }
    }

    /// How the face meets the query as a whole.
    fn meet(&self, face: &Face, stretch: Stretch) -> Option<Quality> {
        let apart = self.meet_apart(face, stretch);
        let joined = self.joined.as_ref().and_then(|word| face.meet(word, stretch));
        apart.max(joined.map(|met| Quality::from(&met)))
    }

    fn meet_apart(&self, face: &Face, stretch: Stretch) -> Option<Quality> {
        let mut quality = Quality::default();
        for (n, words) in self.clauses.iter().enumerate() {
            let best = words
                .iter()
                .filter_map(|word| Some(Quality::from(&face.meet(word, stretch)?)))
                .max()?;
            quality = if n == 0 { best } else { quality.with(best) };
        }
        Some(quality)
    }

    /// The hit of a face, with the characters that met the query.
    pub(super) fn hit(&self, score: i64, number: u32) -> Option<TopicHit> {
        let face = self.topics.faces.get(number as usize)?;
        let quality = self.meet(face, Stretch::Scattered)?;
        let (mut matched, mut via) = (Vec::new(), Via::Text);
        for (word, met) in self.meeting(face, quality) {
            let (more, by) = face.matched(word, met, &self.topics.syllabary);
            matched.extend(more);
            via = via.max(if word.is_alias { Via::Alias } else { by });
        }
        matched.sort_unstable();
        matched.dedup();
        let is_alias = face.role == LabelKind::Alias;
        Some(TopicHit {
            entry: face.entry as usize,
            score,
            tier: quality.tier,
            matched: if is_alias { Vec::new() } else { matched },
            via: if is_alias { Via::Alias } else { via },
            alias: is_alias.then(|| face.shown.to_string()),
        })
    }

    /// The words by which the face reached that quality.
    fn meeting(&self, face: &Face, quality: Quality) -> Vec<(&QueryWord, Met)> {
        if let Some(word) = &self.joined
            && let Some(met) =
                face.meet(word, Stretch::Scattered).filter(|met| Quality::from(met) == quality)
        {
            return vec![(word, met)];
        }
        let best = |words: &'_ Vec<QueryWord>| -> Option<usize> {
            let met = |n: &usize| {
                words
                    .get(*n)
                    .and_then(|w| face.meet(w, Stretch::Scattered))
                    .map(|m| Quality::from(&m))
            };
            (0..words.len()).max_by_key(met)
        };
        let words = self.clauses.iter().filter_map(|words| words.get(best(words)?));
        words.filter_map(|word| Some((word, face.meet(word, Stretch::Scattered)?))).collect()
    }
}

/// The words that a part asks for: itself, and what the other side of the strait says for it.
fn words_of(part: &Part, topics: &Topics) -> impl Iterator<Item = QueryWord> {
    let other = other_side(&fold_key(&part.text));
    let other = other
        .and_then(|other| QueryWord::new(&other, &topics.syllabary))
        .map(QueryWord::into_alias);
    QueryWord::new(&part.text, &topics.syllabary).into_iter().chain(other)
}

/// What of a match decides its rank.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Quality {
    tier: Tier,
    worth: i64,
    closeness: i64,
}

impl Default for Quality {
    fn default() -> Self {
        Self { tier: Tier::Any, worth: 0, closeness: 0 }
    }
}

impl From<&Met> for Quality {
    fn from(met: &Met) -> Self {
        Self { tier: met.tier, worth: met.worth(), closeness: met.closeness }
    }
}

impl Quality {
    /// Of two words the weaker; two of them never are the whole.
    fn with(self, other: Self) -> Self {
        Self {
            tier: self.tier.min(other.tier).min(Tier::Prefix),
            worth: self.worth.min(other.worth),
            closeness: (self.closeness + other.closeness).min(1000),
        }
    }
}

/// One number for the order described at the head: tier, kind, means, then what is left.
fn rank(entry: &Entry, face: &Face, quality: Quality) -> i64 {
    let kind = match entry.kind {
        Kind::Theme => 2,
        Kind::Title => 1,
        _ => 0,
    };
    let rest = match entry.theme {
        Some(ThemeId(rank)) => 9_999_999 - i64::from(rank).min(9_999_999),
        None => quality.closeness * 1000 + entry.freshness,
    };
    let alias = i64::from(face.role == LabelKind::Shown);
    let means = quality.worth * 2 + alias;
    ((quality.tier as i64 * 10 + kind) * 10 + means) * 10_000_000 + rest
}
