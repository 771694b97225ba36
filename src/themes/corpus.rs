//! The texts from which themes are chosen, and all that is known of them so far: the candidates of
//! each and of all, where every wording occurs, what the words of a wording say. A document more is
//! cut and searched alone, and the others only for wordings that are new with it; then the themes
//! are weighed again from the numbers, so that they are those of a corpus made at once.

use std::ops::Range;

use rayon::prelude::*;

use super::{Mention, Theme, ThemeIndex, counts};
use crate::document::{Collection, DocIndex, Document};
use crate::text::script::Script;
use crate::themes::candidate_table::CandidateTable;
use crate::themes::candidates::{self, Candidate};
use crate::themes::counts::Regions;
use crate::themes::folded::FoldedDocument;
use crate::themes::mentions::Owners;
use crate::themes::mentions::{Occurrence, Wordings};
use crate::themes::ranking::TermStructures;
use crate::themes::usage::Usage;
use crate::themes::vocabulary::{self, Entry, Lexicon, Support};

/// The texts of a library with what themes are chosen from.
#[derive(Debug)]
pub struct Corpus {
    lexicon: Lexicon,
    texts: Vec<Text>,
    pool: CandidateTable,
    wordings: Wordings,
    makeups: TermStructures,
}

#[derive(Debug)]
struct Text {
    folded: FoldedDocument,
    /// By place; the longest first.
    occurrences: Vec<Occurrence>,
    /// The region for which it counts.
    region: Option<Box<str>>,
    characters: u32,
    traditional: bool,
}

impl Text {
    fn of(document: &Document, wordings: &Wordings) -> Self {
        let folded = FoldedDocument::of(document);
        let region = document.metadata.region.as_ref();
        Self {
            occurrences: wordings.occurrences(&folded),
            folded,
            region: region.map(|region| region.name.as_str().into()),
            characters: document.characters() as u32,
            traditional: document.script == Script::Hant,
        }
    }
}

/// Whether texts are added later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Later {
    /// They are.
    More,
    /// They are not: what is no longer needed is let go on the way.
    None,
}

/// Documents that are read before what they offer is pooled and let go.
const BATCH: usize = 4096;

/// The places of `count` documents in parts that are added one after another.
pub fn batches(count: usize) -> impl Iterator<Item = Range<u32>> {
    let starts = (0..count).step_by(BATCH);
    starts.map(move |start| start as u32..count.min(start + BATCH) as u32)
}

impl Corpus {
    /// A corpus of no text.
    pub fn new(lexicon: Lexicon) -> Self {
        Self {
            lexicon,
            texts: Vec::new(),
            pool: CandidateTable::default(),
            wordings: Wordings::default(),
            makeups: TermStructures::default(),
        }
    }

    /// Adds `documents` behind those that it has.
    pub fn add<D: Collection + ?Sized>(&mut self, documents: &D) {
        for batch in batches(documents.count()) {
            self.add_some((documents, batch), &|_| None, &|_| ());
        }
    }

    /// Adds `some` of the `documents` behind those that it has, where `known` is what some of them
    /// offer. Returns what `kept` makes of what the others offer.
    pub fn add_some<D: Collection + ?Sized, T: Send>(
        &mut self,
        (documents, some): (&D, Range<u32>),
        known: &(dyn Fn(DocIndex) -> Option<Vec<Candidate>> + Sync),
        kept: &(dyn Fn(&[Candidate]) -> T + Sync),
    ) -> Vec<(DocIndex, T)> {
        let wordings = &self.wordings;
        let some: Vec<DocIndex> = some.map(DocIndex).collect();
        let read = documents.map_some(&some, |at, document| {
            let text = Text::of(document, wordings);
            match known(at) {
                Some(known) => {
                    let known = candidates::with_keys(known, &text.folded);
                    (text, known, None)
                }
                None => {
                    let offered = candidates::of(&text.folded);
                    let kept = kept(&offered);
                    (text, offered, Some((at, kept)))
                }
            }
        });
        let mut offered = Vec::with_capacity(read.len());
        let mut all = Vec::new();
        for (text, candidates, kept) in read {
            self.texts.push(text);
            offered.push(candidates);
            all.extend(kept);
        }
        self.pool.add(&offered);
        all
    }

    /// The themes that at least two of its texts share, with all their mentions. `documents` are
    /// those that were added, in the same order.
    pub fn index<D: Collection + ?Sized>(&mut self, documents: &D) -> ThemeIndex {
        let entries = self.shared(Later::More);
        self.indexed(entries, documents)
    }

    /// What [`Corpus::index`] gives, where nothing will be added: what is no longer needed is let
    /// go on the way.
    pub fn into_index<D: Collection + ?Sized>(mut self, documents: &D) -> ThemeIndex {
        let entries = self.shared(Later::None);
        self.indexed(entries, documents)
    }

    fn shared(&mut self, later: Later) -> Vec<Entry> {
        let entries = self.entries();
        if later == Later::None {
            self.pool = CandidateTable::default();
        }
        self.weighed(entries, &self.regions().bits(), (Support::Shared, later))
    }

    fn indexed<D: Collection + ?Sized>(&self, entries: Vec<Entry>, documents: &D) -> ThemeIndex {
        let forms = vocabulary::forms(&entries);
        let themes = self.tallied(entries, documents);
        let characters = self.texts.iter().map(|text| text.characters).collect();
        ThemeIndex::new(themes, forms, characters)
    }

    /// The themes of `entries`, counted over its texts, which are `documents`.
    fn tallied<D: Collection + ?Sized>(&self, entries: Vec<Entry>, documents: &D) -> Vec<Theme> {
        let texts = counts::Texts {
            documents,
            wordings: &self.wordings,
            occurrences: self.occurrences(),
            traditional: self.texts.iter().map(|text| text.traditional).collect(),
            regions: &self.regions(),
        };
        counts::themes(entries, &texts)
    }

    /// The themes that its only text, which is `document`, has by itself, among the entries that
    /// `hold`; and their mentions.
    pub(super) fn of_one(
        &mut self,
        document: &Document,
        hold: impl Fn(&Entry) -> bool,
    ) -> (Vec<Theme>, Vec<Mention>) {
        let mut entries = self.entries();
        entries.retain(hold);
        let entries = self.weighed(entries, &[1], (Support::Single, Later::None));
        let wordings = entries.iter().map(|entry| entry.wordings.as_slice());
        let owners = Owners::new(self.wordings.len(), wordings);
        let occurrences = self.texts.first().map_or(&[][..], |text| &text.occurrences);
        let mentions = self.wordings.mentions_shown(document, occurrences, &owners);
        (self.tallied(entries, std::slice::from_ref(document)), mentions)
    }

    fn regions(&self) -> Regions<'_> {
        Regions::of(self.texts.iter().map(|text| text.region.as_deref()))
    }

    fn occurrences(&self) -> Vec<&[Occurrence]> {
        self.texts.iter().map(|text| text.occurrences.as_slice()).collect()
    }

    /// Everything that could be a theme: the subjects of the lexicon and the best candidates.
    fn entries(&self) -> Vec<Entry> {
        let mut entries = vocabulary::subjects(&self.lexicon);
        let texts = &self.texts;
        entries.extend(vocabulary::candidates(&self.pool, &self.lexicon, |pooled| {
            texts.get(pooled.document as usize).map(|text| text.folded.wording(&pooled.first))
        }));
        entries
    }

    /// The `entries` that hold once they are counted, best first.
    fn weighed(
        &mut self,
        mut entries: Vec<Entry>,
        regions: &[u64],
        (support, later): (Support, Later),
    ) -> Vec<Entry> {
        for entry in &mut entries {
            entry.wordings = entry.forms.iter().map(|form| self.wordings.number(form)).collect();
        }
        self.find_new(later);
        let usage = Usage {
            wordings: &self.wordings,
            occurrences: self.texts.iter().map(|text| text.occurrences.as_slice()).collect(),
            regions,
        };
        vocabulary::weighed(entries, &usage, &mut self.makeups, support)
    }

    /// Looks in all texts for the wordings that are new.
    fn find_new(&mut self, later: Later) {
        if self.wordings.seek_new() {
            let wordings = &self.wordings;
            self.texts.par_iter_mut().for_each(|text| {
                wordings.add_newest(&text.folded, &mut text.occurrences);
                if later == Later::None {
                    text.folded = FoldedDocument::default();
                }
            });
            self.wordings.join_automata();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::regional_document;
    use crate::text::fold::fold;
    use crate::text::is_han;
    use crate::themes::ThemeId;
    use proptest::prelude::*;

    /// A text as policies are written: lists of subjects in frames.
    fn text() -> impl Strategy<Value = Vec<String>> {
        let subject = prop::sample::select(vec![
            "人工智能",
            "脑机接口",
            "新能源汽车",
            "新能源",
            "智能网联汽车",
            "AI",
            "產業鏈",
            "产业链",
            "工业互联网",
            "数字化转型",
            "绿色低碳",
            "碳达峰、碳中和",
            "标准",
        ]);
        let list = prop::collection::vec(subject, 1..4);
        let frame = prop::sample::select(vec![
            ("加快推进", "等领域发展。"),
            ("重点支持", "，"),
            ("", "标准体系"),
            ("建立", "服务平台。"),
        ]);
        let clause = (frame, list).prop_map(|((a, b), list)| format!("{a}{}{b}", list.join("、")));
        let block = prop::collection::vec(clause, 1..4).prop_map(|clauses| clauses.concat());
        prop::collection::vec(block, 0..4)
    }

    fn library() -> impl Strategy<Value = Vec<Document>> {
        prop::collection::vec(text(), 0..6).prop_map(|texts| {
            let of = |(at, blocks): (usize, Vec<String>)| {
                let blocks: Vec<&str> = blocks.iter().map(String::as_str).collect();
                regional_document(&at.to_string(), ["北京", "上海", "浙江"][at % 3], &blocks)
            };
            texts.into_iter().enumerate().map(of).collect()
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn a_corpus_that_grew_has_the_themes_of_one_made_at_once(documents in library()) {
            let mut grown = Corpus::new(Lexicon::default());
            for at in 0..documents.len() {
                grown.add(&documents[at..=at]);
                let so_far = grown.index(&documents[..=at]);
                let at_once = ThemeIndex::build(&documents[..=at], &Lexicon::default());
                prop_assert_eq!(so_far.themes(), at_once.themes());
                prop_assert_eq!(&so_far.forms, &at_once.forms);
            }
        }

        #[test]
        fn the_mentions_of_a_library_are_those_of_a_plain_scan(documents in library()) {
            let index = ThemeIndex::build(&documents, &Lexicon::default());
            for (document, at) in documents.iter().zip(0..) {
                let mut expected = Vec::new();
                for (block, number) in document.blocks.iter().zip(0_u32..) {
                    plain_scan(&index, &block.text, |span, theme| expected.push((number, span, theme)));
                }
                let mentions = index.mentions_in(DocIndex(at), document);
                let found: Vec<_> =
                    mentions.iter().map(|one| (one.block, one.span, one.theme)).collect();
                prop_assert_eq!(found, expected);
                for (theme, id) in index.themes().iter().zip(0..) {
                    let counted = mentions.iter().filter(|one| one.theme == ThemeId(id)).count();
                    let of = theme.documents.count(DocIndex(at));
                    prop_assert_eq!(of.unwrap_or(0) as usize, counted);
                }
            }
        }
    }

    /// At each character the longest form of a theme, by the plainest means.
    fn plain_scan(
        index: &ThemeIndex,
        text: &str,
        mut found: impl FnMut(crate::text::Span, crate::themes::ThemeId),
    ) {
        let folded = fold(text);
        let chars: Vec<char> = folded.as_str().chars().collect();
        let latin = |at: Option<usize>| {
            at.and_then(|at| chars.get(at)).is_some_and(|c| c.is_alphanumeric() && !is_han(*c))
        };
        let mut at = 0;
        while at < chars.len() {
            let longest = (at + 1..=chars.len()).rev().find_map(|end| {
                let form: String = chars.get(at..end)?.iter().collect();
                let cut = (latin(at.checked_sub(1)) && latin(Some(at)))
                    || (latin(Some(end - 1)) && latin(Some(end)));
                index.forms.get(&form).filter(|_| !cut).map(|theme| (end, *theme))
            });
            if let Some((end, theme)) = longest {
                found(folded.shown(crate::text::Span::new(at as u32, end as u32)), theme);
                at = end;
            } else {
                at += 1;
            }
        }
    }

    #[test]
    fn a_corpus_without_texts_has_no_themes() {
        let mut corpus = Corpus::new(Lexicon::default());
        corpus.add(&[]);
        assert!(corpus.index(&[]).themes().is_empty());
    }
}
