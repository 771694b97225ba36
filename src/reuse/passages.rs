//! Passages: wording that two documents share, exactly or nearly, found for a whole library. An
//! exact run has at least eight letters (punctuation and spaces do not interrupt it, nor count); a
//! near passage has at least twelve in common, and most of its letters in the same order. What very
//! many documents say, and citations in 《》, are not counted. A place that repeats another place of
//! its own document is counted once between two documents.
//!
//! [`Passages::find`] does the work; a screen asks [`Passages::of_document`] for what to underline
//! in one document and [`Passages::between`] for two of them. How it is done: `fingerprints`
//! (candidates), `aligned_spans` (from candidate to passage), `stock_phrases`, and `word_borders`
//! (a passage ends with its words). `telling` puts the most telling first.

use std::ops::Range;

use rayon::prelude::*;

use crate::document::{Collection, DocIndex, Place};
use crate::reuse::aligned_spans::{AlignedSpans, BlockPair, EXACT, NEAR, Seed, regions};
use crate::reuse::alignment::{common_letters, likeness};
use crate::reuse::coverage::Coverage;
use crate::reuse::fingerprint_table::{
    Blocks, MemoryTable, documents_with, look_up_common, mark_common,
};
use crate::reuse::fingerprints::{FingerprintIndex, Spread, winnow};
use crate::reuse::normalized::NormalizedText;
use crate::reuse::stock_phrases;
use crate::reuse::word_borders::within_words;
use crate::text::fold::fold_key;

/// Two places that say the same.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Passage {
    /// The place in the document that comes first in the library, or in the document asked for.
    pub a: Place,
    /// The place in the other document.
    pub b: Place,
    /// Twice the characters in common by the characters of both, spaces not counted: 1 where both
    /// are the same once folded.
    pub similarity: f64,
    /// Folded characters that both have in the same order, spaces not counted.
    pub characters: usize,
}

impl Passage {
    /// The passage seen from its other side.
    pub fn turned(self) -> Self {
        Self { a: self.b, b: self.a, ..self }
    }
}

/// Between which documents passages are searched for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// Every two documents of the library.
    Library,
    /// This document and every other.
    Document(DocIndex),
    /// Every two of these.
    Among(Vec<DocIndex>),
}

impl Scope {
    fn asks_from(&self, document: DocIndex) -> bool {
        match self {
            Self::Library => true,
            Self::Document(one) => *one == document,
            Self::Among(several) => several.contains(&document),
        }
    }

    fn asks_to(&self, from: DocIndex, to: DocIndex) -> bool {
        match self {
            Self::Library => from <= to,
            Self::Document(_) => true,
            Self::Among(several) => from <= to && several.contains(&to),
        }
    }
}

/// The shared wording of a library.
#[derive(Debug, Clone, Default)]
pub struct Passages {
    shared: Vec<Passage>,
    echoes: Vec<Passage>,
    repeats: Vec<Passage>,
}

impl Passages {
    /// Finds what the documents of `scope` share, seen in the whole library: what is a stock phrase
    /// is decided by all `documents`. A library that is asked more than once keeps the `table` and
    /// calls [`Passages::look_up`].
    pub fn find<D: Collection + ?Sized>(documents: &D, scope: &Scope) -> Self {
        Self::look_up(documents, &MemoryTable::build(documents), scope)
    }

    /// Finds what the documents of `scope` share, with the fingerprint table of all `documents`.
    /// Only documents that may share something are read.
    pub fn look_up<D: Collection + ?Sized, B: Blocks + ?Sized>(
        documents: &D,
        table: &B,
        scope: &Scope,
    ) -> Self {
        let mut all = Self::default();
        match scope {
            Scope::Library => {
                let every: Vec<DocIndex> = documents.indices().collect();
                all.add_among(documents, table, &every, scope);
            }
            Scope::Among(chosen) => {
                let mut chosen = chosen.clone();
                chosen.sort_unstable();
                chosen.dedup();
                all.add_among(documents, table, &chosen, scope);
            }
            Scope::Document(document) => {
                // In parts, so that memory does not grow with the documents that may share
                // something.
                for part in candidates(documents, table, *document).chunks(CANDIDATES) {
                    let mut some = part.to_vec();
                    some.push(*document);
                    some.sort_unstable();
                    some.dedup();
                    all.add_among(documents, table, &some, scope);
                }
            }
        }
        all.shared.sort_by(longest_first);
        all.echoes.sort_by(longest_first);
        all.repeats.sort_by(longest_first);
        all.repeats.dedup();
        all
    }

    /// Adds what `some` documents, in order, share as far as `scope` asks.
    fn add_among<D: Collection + ?Sized, B: Blocks + ?Sized>(
        &mut self,
        documents: &D,
        table: &B,
        some: &[DocIndex],
        scope: &Scope,
    ) {
        let mut letters = NormalizedText::read_some(documents, some);
        stock_phrases::mark_known(&mut letters);
        let hashes = |blocks: Range<usize>| -> Vec<u32> {
            let all = blocks.into_par_iter();
            let all = all.flat_map_iter(|block| winnow(&letters, letters.range_of(block)));
            all.map(|fingerprint| fingerprint.hash()).collect()
        };
        let mut entries = match scope {
            Scope::Document(document) => {
                look_up_common(table, hashes(letters.blocks_of(*document)))
            }
            _ => look_up_common(table, hashes(letters.all_blocks())),
        };
        let spread = |hash: u32| entries.get(&hash).map_or(Spread::Seldom, |entry| entry.spread);
        let index = FingerprintIndex::build(&letters, spread);
        let search = PassageFinder { documents, letters: &letters, index: &index, scope };
        let asked = some.par_iter().filter(|document| scope.asks_from(**document));
        let seeds: Vec<Vec<Shared>> =
            asked.map(|document| search.fingerprints_of(*document)).collect();
        // Only blocks that have a seed need to know what is common in them.
        let mut blocks: Vec<usize> = match scope {
            Scope::Document(_) => {
                seeds.iter().flatten().flat_map(|seed| [seed.block_a, seed.block_b]).collect()
            }
            _ => letters.all_blocks().collect(),
        };
        blocks.sort_unstable();
        blocks.dedup();
        if matches!(scope, Scope::Document(_)) {
            let hashes = blocks.par_iter().flat_map_iter(|block| {
                winnow(&letters, letters.range_of(*block)).into_iter().map(|f| f.hash())
            });
            entries = look_up_common(table, hashes.collect());
        }
        mark_common(&mut letters, &blocks, &entries);
        let search = PassageFinder { documents, letters: &letters, index: &index, scope };
        let found: Vec<Self> =
            seeds.into_par_iter().map(|seeds| search.passages_of(seeds)).collect();
        for one in found {
            self.shared.extend(one.shared);
            self.echoes.extend(one.echoes);
            self.repeats.extend(one.repeats);
        }
    }

    /// What documents share, longest first. No place occurs twice between the same two documents.
    pub fn shared(&self) -> &[Passage] {
        &self.shared
    }

    /// Further places of what documents share: the same wording where one of them says it again.
    pub fn echoes(&self) -> &[Passage] {
        &self.echoes
    }

    /// Where a document repeats itself: a summary before the full text. Longest first; `a` comes
    /// before `b`.
    pub fn repeats(&self) -> &[Passage] {
        &self.repeats
    }

    /// What a document shares with others, `a` being the place in it; longest first.
    pub fn of_document(&self, document: DocIndex) -> impl Iterator<Item = Passage> + '_ {
        self.shared.iter().filter_map(move |passage| from_side(passage, document))
    }

    /// What two documents share, `a` being the place in the first; longest first.
    pub fn between(&self, first: DocIndex, second: DocIndex) -> impl Iterator<Item = Passage> + '_ {
        self.of_document(first).filter(move |passage| passage.b.document == second)
    }
}

/// Documents that may share something with one, read together.
const CANDIDATES: usize = 256;

/// The documents that have a fingerprint of `document`, itself among them.
fn candidates<D: Collection + ?Sized, B: Blocks + ?Sized>(
    documents: &D,
    table: &B,
    document: DocIndex,
) -> Vec<DocIndex> {
    let mut letters = NormalizedText::read_some(documents, &[document]);
    stock_phrases::mark_known(&mut letters);
    let fingerprints =
        letters.all_blocks().flat_map(|block| winnow(&letters, letters.range_of(block)));
    let mut found = documents_with(table, fingerprints.map(|f| f.hash()).collect());
    if let Err(at) = found.binary_search(&document) {
        found.insert(at, document);
    }
    found
}

fn from_side(passage: &Passage, document: DocIndex) -> Option<Passage> {
    match (passage.a.document == document, passage.b.document == document) {
        (true, _) => Some(*passage),
        (false, true) => Some(passage.turned()),
        (false, false) => None,
    }
}

fn longest_first(one: &Passage, other: &Passage) -> std::cmp::Ordering {
    let rank = |passage: &Passage| (std::cmp::Reverse(passage.characters), passage.a, passage.b);
    rank(one).cmp(&rank(other))
}

/// What a search needs to know.
struct PassageFinder<'l, D: ?Sized> {
    documents: &'l D,
    letters: &'l NormalizedText,
    index: &'l FingerprintIndex,
    scope: &'l Scope,
}

/// A fingerprint in a document and in another place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Shared {
    to: DocIndex,
    block_a: usize,
    block_b: usize,
    seed: Seed,
}

impl<D: Collection + ?Sized> PassageFinder<'_, D> {
    fn passages_of(&self, mut shared: Vec<Shared>) -> Passages {
        shared.sort_unstable();
        let mut found = Passages::default();
        for group in shared.chunk_by(|x, y| x.to == y.to) {
            let Some(first) = group.first() else { continue };
            let (counted, echoes) = once(self.regions_of(group));
            let passages = |regions| self.passages(regions);
            let from = self.letters.block(first.block_a).map(|block| block.document);
            if from == Some(first.to) {
                found.repeats.extend(passages(counted).filter(|p| p.characters >= NEAR));
            } else {
                found.shared.extend(passages(counted));
                found.echoes.extend(passages(echoes));
            }
        }
        found
    }

    fn fingerprints_of(&self, document: DocIndex) -> Vec<Shared> {
        let mut shared = Vec::new();
        let blocks = self.letters.blocks_of(document);
        let start = self.letters.range_of(blocks.start).start;
        let own_range = self.letters.document_range(start);
        for block in blocks {
            for fingerprint in winnow(self.letters, self.letters.range_of(block)) {
                let own = fingerprint.letter();
                let places = self.index.places(fingerprint.hash()).iter();
                shared.extend(places.filter_map(|place| {
                    let seed = Seed { a: own, b: place.letter() };
                    self.shared(document, (block, &own_range), seed)
                }));
            }
        }
        shared
    }

    fn shared(
        &self,
        from: DocIndex,
        (block_a, own): (usize, &Range<u32>),
        seed: Seed,
    ) -> Option<Shared> {
        let in_order = !matches!(self.scope, Scope::Document(_));
        if in_order && seed.b <= seed.a {
            return None;
        }
        let other = self.letters.document_range(seed.b);
        if !self.letters.agree_around(seed.a, seed.b, own, &other) {
            return None;
        }
        let block_b = self.letters.block_at(seed.b);
        let to = self.letters.block(block_b)?.document;
        // Inside a document each pair is wanted once, and no place with itself.
        let wanted = self.scope.asks_to(from, to) && (from != to || seed.a < seed.b);
        wanted.then_some(Shared { to, block_a, block_b, seed })
    }

    /// The regions between two documents, whose fingerprints are in order.
    fn regions_of(&self, shared: &[Shared]) -> Vec<AlignedSpans> {
        let mut found = Vec::new();
        for pair in shared.chunk_by(|x, y| (x.block_a, x.block_b) == (y.block_a, y.block_b)) {
            let Some(Shared { block_a, block_b, .. }) = pair.first() else { continue };
            let blocks = BlockPair {
                a: self.letters.range_of(*block_a),
                b: self.letters.range_of(*block_b),
            };
            let seeds: Vec<_> = pair.iter().map(|shared| shared.seed).collect();
            found.extend(regions(self.letters, &blocks, &seeds));
        }
        found
    }

    fn passages(&self, regions: Vec<AlignedSpans>) -> impl Iterator<Item = Passage> {
        regions.into_iter().filter_map(|region| self.passage(&region))
    }

    fn passage(&self, region: &AlignedSpans) -> Option<Passage> {
        let a = self.letters.place(self.documents, region.a.clone())?;
        let b = self.letters.place(self.documents, region.b.clone())?;
        let is_run = self.characters(a)? == self.characters(b)?;
        let (a, b) = (self.within_words(a)?, self.within_words(b)?);
        let (shown_a, shown_b) = (self.characters(a)?, self.characters(b)?);
        let characters = common_letters(&shown_a, &shown_b);
        let similarity = likeness(shown_a.len(), shown_b.len(), characters);
        // A short run whose marks differ is two names that happen to follow each other. What is
        // left of a run between its words may be too short to be one.
        let counts = similarity >= 1.0 || characters >= NEAR || is_run && similarity >= RUN;
        (counts && characters >= EXACT).then_some(Passage { a, b, similarity, characters })
    }

    /// The place without parts of words at its ends.
    fn within_words(&self, place: Place) -> Option<Place> {
        let block = self.documents.document(place.document)?.blocks.get(place.block as usize)?;
        Some(Place { span: within_words(&block.text, place.span), ..place })
    }

    /// The folded characters of a place, without spaces.
    fn characters(&self, place: Place) -> Option<Vec<char>> {
        let block = self.documents.document(place.document)?.blocks.get(place.block as usize)?;
        let folded = fold_key(place.span.of(&block.text));
        Some(folded.chars().filter(|c| !c.is_whitespace()).collect())
    }
}

/// Similarity of a run of equal letters after the words at its ends were cut differently on both
/// sides.
const RUN: f64 = 0.8;

/// Share of a region that must be new on both sides for it to be counted.
const NEW: f64 = 0.5;

/// The regions of which each says something new on both sides, the longest first, and the rest:
/// what one of two documents says again is shared only once.
fn once(mut regions: Vec<AlignedSpans>) -> (Vec<AlignedSpans>, Vec<AlignedSpans>) {
    // An exact run goes before a longer stretch that is only like it.
    let worth = |region: &AlignedSpans| (region.matched as f64 * region.likeness()) as usize;
    regions.sort_by_key(|region| (std::cmp::Reverse(worth(region)), region.a.start));
    let (mut a, mut b) = (Coverage::default(), Coverage::default());
    regions.into_iter().partition(|region| {
        let is_new = |cover: &Coverage, range: &Range<u32>| {
            cover.covered(range) as f64 <= (1.0 - NEW) * range.len() as f64
        };
        let counted = is_new(&a, &region.a) && is_new(&b, &region.b);
        if counted {
            a.cover(&region.a);
            b.cover(&region.b);
        }
        counted
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::samples::document;
    use crate::text::Span;

    fn find(documents: &[Document]) -> Passages {
        Passages::find(documents, &Scope::Library)
    }

    fn text<'d>(documents: &'d [Document], place: &Place) -> &'d str {
        place.span.of(&documents[place.document.get()].blocks[place.block as usize].text)
    }

    fn texts<'d>(documents: &'d [Document], found: &Passages) -> Vec<(&'d str, &'d str, f64)> {
        let shown = |p: &Passage| (text(documents, &p.a), text(documents, &p.b), p.similarity);
        found.shared().iter().map(shown).collect()
    }

    #[test]
    fn an_exact_run_is_found_whole_and_a_shorter_one_is_not() {
        let documents = [
            document("a", &["山高水长，推动产业由大到强转变，鸟语花香。", "七个相同的字符号"]),
            document("b", &["春去秋来推动产业由大到强转变；草长莺飞。", "有七个相同的字母"]),
        ];
        let found = find(&documents);
        assert_eq!(
            texts(&documents, &found),
            [("推动产业由大到强转变", "推动产业由大到强转变", 1.0)]
        );
        assert_eq!(found.shared()[0].characters, 10);
        assert_eq!(found.shared()[0].a.span, Span::new(5, 15));
    }

    #[test]
    fn parts_of_a_library_share_what_the_whole_says() {
        let phrase = "所需经费纳入同级财政预算予以保障";
        let said = [
            "推进近海捕捞向远洋捕捞转变",
            "沿江岸线实行生态保护修复优先",
            "完善乡村道路管护长效机制",
        ];
        let documents: Vec<_> = (0..60)
            .map(|n| {
                let own: String =
                    (0..9).filter_map(|i| char::from_u32(0x5000 + 97 * n + i)).collect();
                let at = n as usize;
                let first = format!("{own}，{}。{phrase}", said[at % 3]);
                let second = format!("{}，{own}；{}", said[(at / 3) % 3], said[at % 2]);
                let blocks: &[&str] = if at < 9 { &[&first, &second] } else { &[&own, phrase] };
                document(&format!("{n:02}"), blocks)
            })
            .collect();
        let whole = find(&documents);
        assert!(whole.shared().len() > 20, "{}", whole.shared().len());
        for (a, b) in [(0, 1), (2, 7), (3, 40)].map(|(a, b)| (DocIndex(a), DocIndex(b))) {
            let part = Passages::find(&documents, &Scope::Among(vec![b, a]));
            assert_eq!(part.shared(), whole.between(a, b).collect::<Vec<_>>());
        }
        let first = Passages::find(&documents, &Scope::Document(DocIndex(0)));
        assert_eq!(first.shared(), whole.of_document(DocIndex(0)).collect::<Vec<_>>());
    }

    #[test]
    fn both_scripts_and_widths_share_wording() {
        let documents = [
            document("a", &["建立ＡＩ与産業深度融合標準體系。"]),
            document("b", &["将建立AI与产业深度融合标准体系的任务"]),
        ];
        // 産 is a variant of 產; the letters around it carry the run.
        assert!(!find(&documents).shared().is_empty());
    }

    #[test]
    fn a_sentence_with_changes_is_one_near_passage() {
        let documents = [
            document(
                "a",
                &["到本世纪中叶，渔业供给由近海捕捞为主向近海与远洋并重转变，其余从略。"],
            ),
            document(
                "b",
                &["今后，水产品供给由近海捕捞为主向远洋捕捞和人工养殖并重转变，另行公布。"],
            ),
        ];
        let found = find(&documents);
        let [(a, b, similarity)] = texts(&documents, &found)[..] else { panic!("{found:?}") };
        assert!(a.ends_with("并重转变") && b.ends_with("并重转变"), "{a} {b}");
        assert!((0.6..1.0).contains(&similarity), "{similarity}");
    }

    #[test]
    fn a_clause_left_out_does_not_part_a_passage() {
        let documents = [
            document(
                "a",
                &[
                    "结构合理、门类齐全的林业体系更加健全，富有山区特点的管护制度更加完善，村民参与、开放共享的林业格局全面形成。",
                ],
            ),
            document(
                "b",
                &["结构合理、门类齐全的渔业体系更加健全，村民参与、开放共享的渔业格局全面形成。"],
            ),
        ];
        let found = find(&documents);
        let [(a, b, _)] = texts(&documents, &found)[..] else { panic!("{found:?}") };
        assert!(a.starts_with("结构合理") && a.ends_with("全面形成"), "{a}");
        assert!(b.starts_with("结构合理") && b.ends_with("全面形成"), "{b}");
    }

    #[test]
    fn a_cited_title_is_not_shared_wording() {
        let documents = [
            document("a", &["根据《关于加强山区道路养护工作的指导意见》的要求办理"]),
            document("b", &["依照《关于加强山区道路养护工作的指导意见》执行"]),
        ];
        assert!(find(&documents).shared().is_empty());
    }

    #[test]
    fn what_very_many_documents_say_is_a_formula() {
        let formula = "构成犯罪的，依法追究刑事责任。";
        let mut documents: Vec<_> =
            (0..30).map(|n| document(&format!("{n:02}"), &[formula])).collect();
        documents.push(document("x", &["沿江岸线实行生态保护修复优先。", formula]));
        documents.push(document("y", &["坚持沿江岸线实行生态保护修复优先。", formula]));
        let found = find(&documents);
        assert_eq!(found.shared().len(), 1, "{found:?}");
    }

    #[test]
    fn a_document_that_repeats_itself_is_counted_once_and_the_repetition_is_known() {
        let said = "推动渔业供给由近海捕捞为主向远洋捕捞转变";
        let documents = [
            document("a", &[&format!("摘要：{said}。"), &format!("全文如下。{said}，逐步推进。")]),
            document("b", &[&format!("本县{said}。")]),
        ];
        let found = find(&documents);
        assert_eq!(found.shared().len(), 1);
        assert_eq!(found.echoes().len(), 1);
        assert_eq!(found.repeats().len(), 1);
        assert_eq!(found.of_document(DocIndex(1)).count(), 1);
    }

    #[test]
    fn a_scope_finds_its_part_of_the_whole() {
        let said = "推动渔业供给由近海捕捞为主向远洋捕捞转变";
        let documents: Vec<_> = ["a", "b", "c"].map(|id| document(id, &[said])).into();
        let count = |scope| Passages::find(&documents, &scope).shared().len();
        assert_eq!(count(Scope::Library), 3);
        assert_eq!(count(Scope::Document(DocIndex(1))), 2);
        assert_eq!(count(Scope::Among(vec![DocIndex(0), DocIndex(2)])), 1);
        let one = Passages::find(&documents, &Scope::Document(DocIndex(1)));
        assert!(one.shared().iter().all(|p| p.a.document == DocIndex(1)));
    }

    #[test]
    fn empty_and_endlessly_repeating_texts_do_no_harm() {
        let periodic = "标准".repeat(3000);
        let documents = [
            document("a", &[]),
            document("b", &["", "　", "，。"]),
            document("c", &[&periodic, &periodic]),
            document("d", &[&periodic]),
        ];
        assert!(find(&documents).shared().len() < 20);
    }
}
