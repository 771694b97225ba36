//! Full text: where in the library a [`Query`] is met. A search goes once over the [`TextIndex`],
//! on every core, and keeps for each document only how often and where it was met; the places
//! themselves are looked up when a document is shown.

use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use jiff::civil::Date;
use rayon::prelude::*;

use super::filters::{Facts, Filters, Kind};
use super::needles::Needles;
use super::query::Query;
use super::tally::MatchCounts;
use super::text_index::{Lines, Shard, TextIndex, block_order};
use super::words;
use crate::document::{Collection, DocIndex, Document, Place};
use crate::text::fold::fold;
use crate::text::{CharCounter, Span};

/// How long a pattern may search before it stops with what it has.
const LONGEST_SEARCH: Duration = Duration::from_secs(2);

/// A hit in a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// Where: the shown characters that the folded match came from.
    pub place: Place,
    /// The heading it is under, as an index of the document's outline.
    pub section: Option<u32>,
}

/// A document in which a query is met.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FoundDocument {
    /// The document.
    pub document: DocIndex,
    /// Hits in its blocks: as many as [`SearchResults::hits_in`] lists.
    pub hits: u32,
    /// Hits in its title.
    pub title_hits: u32,
    /// Higher is better: how often, where, how recent.
    pub score: f64,
}

/// What a search found.
#[derive(Debug, Clone)]
pub struct SearchResults {
    /// The documents, best first.
    pub documents: Vec<FoundDocument>,
    /// What was searched; what an empty result has to say.
    pub searched: Searched,
    /// True where a pattern ran out of time and the rest was not searched.
    pub out_of_time: bool,
    needles: Needles,
    filters: Filters,
}

/// What was searched, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Searched {
    /// What was looked for, folded; a pattern as it was typed.
    pub wanted: Vec<String>,
    /// Documents that passed the filters.
    pub documents: usize,
    /// Documents of the library.
    pub of: usize,
    /// Differences that were overlooked.
    pub foldings: &'static [Folding],
}

/// A difference between characters that a search overlooks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Folding {
    /// Traditional and simplified.
    Script,
    /// Full-width and half-width.
    Width,
    /// Upper and lower case.
    Case,
    /// Radicals and compatibility forms.
    Compatibility,
}

const FOLDINGS: &[Folding] =
    &[Folding::Script, Folding::Width, Folding::Case, Folding::Compatibility];

impl SearchResults {
    /// Hits in the blocks of all documents.
    pub fn hits(&self) -> u64 {
        self.documents.iter().map(|found| u64::from(found.hits)).sum()
    }

    /// All hits in the blocks of `document`, in reading order. `documents` are those the arena was
    /// built from; any of them may be asked for, also one that was not found.
    pub fn hits_in<D: Collection + ?Sized>(
        &self,
        arena: &TextIndex,
        documents: &D,
        document: DocIndex,
    ) -> Vec<Hit> {
        let (Some(lines), Some(shown)) = (arena.lines(document), documents.document(document))
        else {
            return Vec::new();
        };
        let ranges = self.needles.ranges(lines.text);
        let mut hits = places(&lines, shown, &ranges);
        hits.retain(|(block, _)| {
            let kind = shown.blocks.get(*block as usize).map(|block| block.kind.into());
            kind.is_some_and(|kind| self.filters.admits_kind(kind))
        });
        hits.sort_unstable();
        let hit = |(block, span)| Hit {
            place: Place { document, block, span },
            section: section(shown, block),
        };
        hits.into_iter().map(hit).collect()
    }

    /// The hits in the title of `document`, as characters of the shown title.
    pub fn title_hits(&self, document: &Document) -> Vec<Span> {
        if !self.filters.admits_kind(Kind::Title) {
            return Vec::new();
        }
        // As the arena has it: a line of its own.
        let folded = fold(&document.metadata.title.replace('\n', " "));
        let mut counter = CharCounter::new(folded.as_str());
        let ranges = self.needles.ranges(folded.as_str());
        let span = |range: &Range<usize>| {
            Span::new(counter.chars_before(range.start), counter.chars_before(range.end))
        };
        ranges.iter().map(span).map(|span| folded.shown(span)).collect()
    }
}

fn section(document: &Document, block: u32) -> Option<u32> {
    let behind = document.outline.partition_point(|heading| heading.block <= block);
    u32::try_from(behind.checked_sub(1)?).ok()
}

/// The blocks and shown spans of rising `ranges` of the document's lines; those in the title are
/// left out.
fn places(lines: &Lines<'_>, document: &Document, ranges: &[Range<usize>]) -> Vec<(u32, Span)> {
    let mut places = Vec::with_capacity(ranges.len());
    let mut rest = ranges.iter().peekable();
    while rest.next_if(|range| range.start < lines.title).is_some() {}
    let mut start = lines.title;
    for (number, line) in
        block_order(document).zip(lines.text.get(start..).unwrap_or_default().split('\n'))
    {
        let end = start + line.len();
        let mut folded = None;
        let mut counter = CharCounter::new(line);
        while let Some(range) = rest.next_if(|range| range.start < end) {
            let from = counter.chars_before(range.start - start);
            let span = Span::new(from, counter.chars_before(range.end - start));
            let text = document.blocks.get(number as usize).map_or("", |block| &block.text);
            places.push((number, folded.get_or_insert_with(|| fold(text)).shown(span)));
        }
        start = end + 1;
        if rest.peek().is_none() {
            break;
        }
    }
    places
}

/// Searches all documents of `arena`, which was built from `documents`.
pub fn search<D: Collection + ?Sized>(
    arena: &TextIndex,
    documents: &D,
    query: &Query,
) -> SearchResults {
    static NEVER: AtomicBool = AtomicBool::new(false);
    search_unless(arena, documents, query, &NEVER)
}

/// Searches like [`search`], and stops early once `cancelled` is set: what it then returns is a
/// part of the answer.
pub fn search_unless<D: Collection + ?Sized>(
    arena: &TextIndex,
    documents: &D,
    query: &Query,
    cancelled: &AtomicBool,
) -> SearchResults {
    let admitted = query.filters().admitted(arena.facts());
    let scan = Scan {
        needles: Needles::new(query),
        filters: query.filters(),
        admitted: admitted.as_deref(),
        documents,
        until: query.pattern.as_ref().map(|_| Instant::now() + LONGEST_SEARCH),
        cancelled,
        late: AtomicBool::new(false),
    };
    let tallies: Vec<(DocIndex, MatchCounts)> =
        arena.pieces().par_iter().flat_map_iter(|piece| scan.piece(piece)).collect();
    let searched = Searched {
        wanted: query.wanted().into_iter().map(str::to_owned).collect(),
        documents: admitted
            .as_ref()
            .map_or(arena.documents(), |a| a.iter().filter(|a| **a).count()),
        of: arena.documents(),
        foldings: FOLDINGS,
    };
    let out_of_time = scan.late.load(Ordering::Relaxed);
    let documents = ranked(&tallies, arena.facts());
    SearchResults {
        documents,
        searched,
        out_of_time,
        needles: scan.needles,
        filters: query.filters().clone(),
    }
}

/// Found documents, best first: weight, then up to one point for the newest of them; where equal
/// the newer one, then library order.
fn ranked(tallies: &[(DocIndex, MatchCounts)], facts: &[Facts]) -> Vec<FoundDocument> {
    let day = |document: DocIndex| facts.get(document.get()).and_then(Facts::day);
    let newest = tallies.par_iter().filter_map(|(document, _)| day(*document)).max();
    let found = |(document, tally): &(DocIndex, MatchCounts)| {
        let day = day(*document);
        let score = tally.weight() + freshness(day, newest);
        let hits = tally.headings + tally.body;
        (FoundDocument { document: *document, hits, title_hits: tally.title, score }, day)
    };
    let mut all: Vec<(FoundDocument, Option<Date>)> = tallies.par_iter().map(found).collect();
    all.par_sort_unstable_by(|(a, a_day), (b, b_day)| {
        b.score.total_cmp(&a.score).then(b_day.cmp(a_day)).then(a.document.cmp(&b.document))
    });
    all.into_iter().map(|(found, _)| found).collect()
}

/// 1 for the newest day, half of it for a text four years older; 0 without a date.
fn freshness(day: Option<Date>, newest: Option<Date>) -> f64 {
    let years = |day: Date| f64::from(day.year()) + f64::from(day.day_of_year()) / 366.0;
    match (day, newest) {
        (Some(day), Some(newest)) => 4.0 / (4.0 + (years(newest) - years(day)).max(0.0)),
        _ => 0.0,
    }
}

/// One search under way.
struct Scan<'s, D: ?Sized> {
    needles: Needles,
    filters: &'s Filters,
    admitted: Option<&'s [bool]>,
    documents: &'s D,
    until: Option<Instant>,
    cancelled: &'s AtomicBool,
    late: AtomicBool,
}

impl<D: Collection + ?Sized> Scan<'_, D> {
    fn piece(&self, piece: &Shard) -> Vec<(DocIndex, MatchCounts)> {
        let words = self.needles.words().filter(|_| !self.filters.has_kinds());
        if let Some(words) = words {
            if self.is_over() {
                return Vec::new();
            }
            let met = words::met(piece, words).into_iter();
            let met = met.map(|(nth, tally)| (piece.document(nth), tally));
            return met.filter(|(document, _)| self.passes(*document)).collect();
        }
        let mut met = Vec::new();
        for (document, lines) in piece.documents() {
            if self.is_over() {
                break;
            }
            if let Some(tally) =
                self.passes(document).then(|| self.tally(document, &lines)).flatten()
            {
                met.push((document, tally));
            }
        }
        met
    }

    fn passes(&self, document: DocIndex) -> bool {
        self.admitted.is_none_or(|admitted| admitted.get(document.get()) == Some(&true))
    }

    fn is_over(&self) -> bool {
        if self.until.is_some_and(|until| Instant::now() > until) {
            self.late.store(true, Ordering::Relaxed);
        }
        self.cancelled.load(Ordering::Relaxed) || self.late.load(Ordering::Relaxed)
    }

    /// How often the document meets the query; `None` where it does not.
    fn tally(&self, document: DocIndex, lines: &Lines<'_>) -> Option<MatchCounts> {
        if !self.needles.met(lines.text) {
            return None;
        }
        let tally = count(lines, &self.needles.ranges_unless(lines.text, || self.is_over()));
        let wants_places = !self.needles.is_empty();
        if tally.is_empty() && wants_places {
            return None;
        }
        if !self.filters.has_kinds() {
            return Some(tally);
        }
        let tally = self.of_kinds(document, lines)?;
        if tally.is_empty() && wants_places { None } else { Some(tally) }
    }

    /// The tally of only those places whose kind passes.
    fn of_kinds(&self, document: DocIndex, lines: &Lines<'_>) -> Option<MatchCounts> {
        let shown = self.documents.document(document)?;
        let ranges = self.needles.ranges(lines.text);
        let mut tally = MatchCounts::default();
        if self.filters.admits_kind(Kind::Title) {
            let in_title = ranges.iter().filter(|range| range.start < lines.title);
            tally.title = in_title.count() as u32;
        }
        for (block, _) in places(lines, shown, &ranges) {
            let kind = shown.blocks.get(block as usize).map(|block| Kind::from(block.kind));
            match kind.filter(|kind| self.filters.admits_kind(*kind)) {
                Some(Kind::Heading) => tally.headings += 1,
                Some(_) => tally.body += 1,
                None => {}
            }
        }
        Some(tally)
    }
}

fn count(lines: &Lines<'_>, ranges: &[Range<usize>]) -> MatchCounts {
    let mut tally = MatchCounts::default();
    ranges.iter().for_each(|range| tally.add(lines, range.start));
    tally
}

#[cfg(test)]
mod tests {
    use super::super::query::Mode;
    use super::super::samples::{document, known};
    use super::*;
    use crate::text::fold::fold_key;
    use proptest::prelude::*;

    fn library() -> Vec<Document> {
        let national = document(
            "甲",
            "國家標準化發展綱要",
            &["# 一、總則", "標準是經濟活動的技術支撐。", "# 二、標準", "產業鏈與產業鏈標準"],
        );
        let shanghai =
            document("乙", "上海行动", &["产业链协同，开源（open source）标准。", "计量"]);
        let beijing = document("丙", "北京通知", &["标准", "人工智能"]);
        vec![
            known(national, "全国", "2021-10-10"),
            known(shanghai, "上海", "2022-02-17"),
            known(beijing, "北京", "2022-06-10"),
        ]
    }

    /// The ids of the found documents and the hits in each, as `document block start end`.
    fn found_in(documents: &[Document], input: &str, mode: Mode) -> Vec<(String, Vec<[u32; 3]>)> {
        let arena = TextIndex::build(documents);
        let found = search(&arena, documents, &Query::parse(input, mode).unwrap());
        let each = found.documents.iter().map(|one| {
            let hits = found.hits_in(&arena, documents, one.document);
            assert_eq!(hits.len(), one.hits as usize, "{input}");
            let title = found.title_hits(&documents[one.document.get()]);
            assert_eq!(title.len(), one.title_hits as usize, "{input}");
            let places = hits.iter().map(|h| [h.place.block, h.place.span.start, h.place.span.end]);
            (documents[one.document.get()].id.to_string(), places.collect())
        });
        each.collect()
    }

    fn ids(input: &str) -> String {
        found_in(&library(), input, Mode::Words).into_iter().map(|(id, _)| id).collect()
    }

    #[test]
    fn hits_are_the_same_in_both_scripts_and_in_reading_order() {
        let found = found_in(&library(), "产业链", Mode::Words);
        assert_eq!(found, found_in(&library(), "產業鏈", Mode::Words));
        assert_eq!(found[0].0, "甲");
        assert_eq!(found[0].1, [[3, 0, 3], [3, 4, 7]]);
        assert_eq!(found[1], ("乙".to_owned(), vec![[0, 0, 3]]));
    }

    #[test]
    fn operators_and_filters_choose_the_documents() {
        let cases = [
            ("标准", "甲丙乙"),
            ("标准 产业链", "甲乙"),
            ("标准 -产业链", "丙"),
            ("计量|人工智能", "丙乙"),
            ("\"open source\"", "乙"),
            ("OPEN　SOURCE", "乙"),
            ("标准 region:上海|bj", "丙乙"),
            ("标准 -region:上海", "甲丙"),
            ("标准 date:>2021", "丙乙"),
            ("标准 since:2022-03", "丙"),
            ("标准 kind:heading", "甲"),
            ("标准 kind:title", "甲"),
            ("标准 -kind:title -kind:heading", "甲丙乙"),
            ("region:上海", "乙"),
            ("算力", ""),
            ("", "丙乙甲"),
        ];
        for (input, found) in cases {
            assert_eq!(ids(input), found, "{input}");
        }
    }

    #[test]
    fn a_hit_in_title_or_heading_counts_more_than_one_in_the_text() {
        let documents = [
            document("文", "甲", &["标准"]),
            document("节", "乙", &["# 标准"]),
            document("题", "标准", &[]),
            document("多", "丙", &[&"标准".repeat(40)]),
        ];
        let order: String =
            found_in(&documents, "标准", Mode::Words).into_iter().map(|(id, _)| id).collect();
        assert_eq!(order, "多题节文");
    }

    #[test]
    fn the_newer_of_two_equal_texts_comes_first() {
        let text = |id, day| known(document(id, "甲", &["标准"]), "上海", day);
        let documents =
            [text("旧", "2015-01-01"), document("无", "甲", &["标准"]), text("新", "2023-01-01")];
        let order: String =
            found_in(&documents, "标准", Mode::Words).into_iter().map(|(id, _)| id).collect();
        assert_eq!(order, "新旧无");
    }

    #[test]
    fn a_pattern_is_met_inside_blocks_and_by_their_ends() {
        let cases = [
            ("標準.{0,3}化", "甲"),
            ("^标准$", "丙"),
            (r"\A计量\z", "乙"),
            (r"\d", ""),
            ("标准\\s+人工", ""),
            ("x*", ""),
            ("OPEN.SOURCE region:上海", "乙"),
        ];
        for (pattern, expected) in cases {
            let found = found_in(&library(), pattern, Mode::Pattern);
            let ids: String = found.into_iter().map(|(id, _)| id).collect();
            let sorted = |ids: &str| ids.chars().collect::<std::collections::BTreeSet<_>>();
            assert_eq!(sorted(&ids), sorted(expected), "{pattern}");
        }
    }

    #[test]
    fn a_pattern_that_is_still_being_typed_is_an_error_or_finds_characters() {
        // https://github.com/skim-rs/skim/issues/359
        let documents = [document("甲", "通知", &["法法a条b"])];
        let whole = "法.*b";
        let ends = whole.char_indices().map(|(byte, c)| byte + c.len_utf8());
        let prefixes = ends.filter_map(|end| whole.get(..end));
        for typed in ["a", ".", "条", "[", "("].into_iter().chain(prefixes) {
            let parsed = Query::parse(typed, Mode::Pattern);
            assert_eq!(parsed.is_err(), matches!(typed, "[" | "("), "{typed}");
        }
        let found = found_in(&documents, "a", Mode::Pattern);
        assert_eq!(found[0].1, [[0, 2, 3]]);
    }

    #[test]
    fn an_empty_result_says_what_was_searched() {
        let documents = library();
        let query = Query::parse("算力 region:上海", Mode::Words).unwrap();
        let found = search(&TextIndex::build(&documents), &documents, &query);
        assert!(found.documents.is_empty() && found.hits() == 0);
        assert_eq!(found.searched.wanted, ["算力"]);
        assert_eq!((found.searched.documents, found.searched.of), (1, 3));
        assert!(found.searched.foldings.contains(&Folding::Script));
    }

    #[test]
    fn a_line_feed_in_a_title_is_a_blank_in_both_counts() {
        let documents = [document("甲", "标\n准", &[])];
        let arena = TextIndex::build(&documents);
        let found = search(&arena, &documents, &Query::parse(".", Mode::Pattern).unwrap());
        let title_hits = found.title_hits(&documents[0]).len();
        assert_eq!((found.documents[0].title_hits, title_hits), (3, 3));
    }

    #[test]
    fn a_cancelled_search_ends_without_an_answer() {
        let documents = library();
        let arena = TextIndex::build(&documents);
        let query = Query::parse("标准", Mode::Words).unwrap();
        let found = search_unless(&arena, &documents, &query, &AtomicBool::new(true));
        assert!(found.documents.is_empty());
    }

    #[test]
    fn a_hit_knows_its_section() {
        let documents = library();
        let arena = TextIndex::build(&documents);
        let found = search(&arena, &documents, &Query::parse("产业链", Mode::Words).unwrap());
        let sections =
            |n| found.hits_in(&arena, &documents, DocIndex(n)).first().map(|h| h.section);
        assert_eq!(sections(0), Some(Some(1)));
        assert_eq!(sections(1), Some(None));
    }

    /// Every place of `word` by the plainest means: each block folded, looked through from left.
    fn naive(documents: &[Document], word: &str) -> Vec<(u32, u32, Span)> {
        let needle = fold_key(word);
        let mut places = Vec::new();
        for (document, d) in documents.iter().zip(0..) {
            for (block, b) in document.blocks.iter().zip(0..) {
                let folded = fold(&block.text);
                for (at, _) in folded.as_str().match_indices(&needle) {
                    let start = folded.as_str().chars().count();
                    let before = folded.as_str().get(at..).unwrap().chars().count();
                    let start = (start - before) as u32;
                    let span = Span::new(start, start + needle.chars().count() as u32);
                    places.push((d, b, folded.shown(span)));
                }
            }
        }
        places
    }

    proptest! {
        #[test]
        fn a_search_finds_what_a_naive_scan_finds(
            texts in prop::collection::vec(prop::collection::vec("(# )?[标準准產产ﾊﾟ㎡aAＡ, ]{0,12}", 0..4), 0..4),
            word in "[标準产ﾊﾟ㎡aＡm2]{1,3}",
        ) {
            let documents: Vec<Document> = texts
                .iter()
                .map(|blocks| document("甲", "", &blocks.iter().map(String::as_str).collect::<Vec<_>>()))
                .collect();
            let arena = TextIndex::build(&documents);
            let found = search(&arena, &documents, &Query::parse(&word, Mode::Words).unwrap());
            let mut places: Vec<_> = found
                .documents
                .iter()
                .flat_map(|one| found.hits_in(&arena, &documents, one.document))
                .map(|hit| (hit.place.document.0, hit.place.block, hit.place.span))
                .collect();
            places.sort_unstable();
            prop_assert_eq!(places, naive(&documents, &word));
        }

        #[test]
        fn any_query_over_any_text_ends_well(
            text in "(\\PC|[ab标准\n\u{0}\u{301}]){0,30}",
            input in "(\\PC|[ab標准|\"\\-.*+?\\[\\](){}^$\\\\\n\u{301}]){0,12}",
        ) {
            let documents = [document("甲", &text, &[&text, "# 标准"])];
            let arena = TextIndex::build(&documents);
            for mode in [Mode::Words, Mode::Pattern] {
                if let Ok(query) = Query::parse(&input, mode) {
                    let found = search(&arena, &documents, &query);
                    for one in &found.documents {
                        let hits = found.hits_in(&arena, &documents, one.document);
                        prop_assert_eq!(hits.len(), one.hits as usize);
                        prop_assert_eq!(found.title_hits(&documents[0]).len(), one.title_hits as usize);
                    }
                }
            }
        }
    }
}
