//! The texts of a library while its themes are chosen: what each offers, where every wording occurs,
//! and the steps from candidates to an index. Themes are chosen from scratch for a library; what a
//! document offers is found once and cached by its caller.

use std::ops::Range;

use rayon::prelude::*;

use crate::document::{Collection, DocIndex, Document};
use crate::text::script::Script;
use crate::themes::candidate_table::CandidateTable;
use crate::themes::candidates::{self, Candidate};
use crate::themes::counts::{self, Regions};
use crate::themes::draft::ThemeDraft;
use crate::themes::folded::FoldedDocument;
use crate::themes::index::ThemeIndex;
use crate::themes::mentions::{Occurrence, Owners, Wordings};
use crate::themes::neighbours::{self, Searched};
use crate::themes::ranking::Size;
use crate::themes::term_structure::TermStructures;
use crate::themes::theme::{Mention, Theme};
use crate::themes::usage::Usage;
use crate::themes::vocabulary::{self, Lexicon, MOST_CANDIDATES, Support};

/// The texts of a library with what themes are chosen from.
#[derive(Debug)]
pub struct Corpus {
    lexicon: Lexicon,
    texts: Vec<CorpusText>,
    candidates: CandidateTable,
    wordings: Wordings,
    structures: TermStructures,
    /// Candidates that were not weighed.
    left_out: usize,
}

#[derive(Debug)]
struct CorpusText {
    folded: FoldedDocument,
    /// By place; the longest first.
    occurrences: Vec<Occurrence>,
    /// The region for which it counts.
    region: Option<Box<str>>,
    year: Option<i16>,
    characters: u32,
    traditional: bool,
}

impl CorpusText {
    fn of(document: &Document) -> Self {
        let facts = &document.metadata;
        Self {
            occurrences: Vec::new(),
            folded: FoldedDocument::of(document),
            region: facts.region.as_ref().map(|region| region.name.as_str().into()),
            year: facts.date().map(|date| date.year()),
            characters: document.characters() as u32,
            traditional: document.script == Script::Hant,
        }
    }

    fn searched(&self) -> Searched<'_> {
        (&self.folded, self.occurrences.as_slice())
    }
}

/// How often what a fragment was made whole to is looked at again.
const WHOLE_ROUNDS: usize = 2;

/// Documents that are read before what they offer is pooled and dropped.
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
            candidates: CandidateTable::default(),
            wordings: Wordings::default(),
            structures: TermStructures::default(),
            left_out: 0,
        }
    }

    /// Adds `documents` after those that it has.
    pub fn add<D: Collection + ?Sized>(&mut self, documents: &D) {
        for batch in batches(documents.count()) {
            self.add_some(documents, batch, &|_| None, &|_| ());
        }
    }

    /// Adds `some` of the `documents` after those that it has, where `known` is what some of them
    /// offer. Returns what `kept` makes of what the others offer.
    pub fn add_some<D: Collection + ?Sized, T: Send>(
        &mut self,
        documents: &D,
        some: Range<u32>,
        known: &(dyn Fn(DocIndex) -> Option<Vec<Candidate>> + Sync),
        kept: &(dyn Fn(&[Candidate]) -> T + Sync),
    ) -> Vec<(DocIndex, T)> {
        let some: Vec<DocIndex> = some.map(DocIndex).collect();
        let read = documents.map_some(&some, |at, document| {
            let text = CorpusText::of(document);
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
        self.candidates.add(&offered);
        all
    }

    /// The themes that at least two of its texts share, with all their mentions. `documents` are
    /// those that were added, in the same order.
    pub fn into_index<D: Collection + ?Sized>(mut self, documents: &D) -> ThemeIndex {
        let drafts = self.drafts();
        self.candidates = CandidateTable::default();
        let drafts = self.weighed(drafts, Support::Shared);
        let forms = vocabulary::forms(&drafts);
        let themes = self.counted(drafts, documents);
        let characters = self.texts.iter().map(|text| text.characters).collect();
        ThemeIndex::new(themes, forms, characters, self.left_out)
    }

    /// The themes of `drafts`, counted over its texts, which are `documents`.
    fn counted<D: Collection + ?Sized>(
        &self,
        drafts: Vec<ThemeDraft>,
        documents: &D,
    ) -> Vec<Theme> {
        let texts = counts::Texts {
            documents,
            wordings: &self.wordings,
            occurrences: self.occurrences(),
            traditional: self.texts.iter().map(|text| text.traditional).collect(),
            regions: &self.regions(),
        };
        counts::themes(drafts, &texts)
    }

    /// The themes that its only text, which is `document`, has by itself, among the drafts that
    /// `hold`; and their mentions.
    pub(super) fn of_one(
        &mut self,
        document: &Document,
        hold: impl Fn(&ThemeDraft) -> bool,
    ) -> (Vec<Theme>, Vec<Mention>) {
        let mut drafts = self.drafts();
        drafts.retain(|draft| hold(draft));
        let mut drafts = self.weighed(drafts, Support::Single);
        // What a fragment was made whole to may be a theme that others share.
        drafts.retain(hold);
        let wordings = drafts.iter().map(|draft| draft.wordings.as_slice());
        let owners = Owners::new(self.wordings.len(), wordings);
        let occurrences = self.texts.first().map_or(&[][..], |text| &text.occurrences);
        let mentions = self.wordings.mentions_shown(document, occurrences, &owners);
        (self.counted(drafts, std::slice::from_ref(document)), mentions)
    }

    fn regions(&self) -> Regions<'_> {
        Regions::of(self.texts.iter().map(|text| text.region.as_deref()))
    }

    /// A bit for the group of each text: its region where there are several, else its year.
    fn groups(&self) -> Vec<u64> {
        let regions = self.regions();
        if regions.len() > 1 {
            return regions.bits();
        }
        let bit = |year: i16| 1 << (i32::from(year).rem_euclid(u64::BITS as i32));
        self.texts.iter().map(|text| text.year.map_or(0, bit)).collect()
    }

    fn occurrences(&self) -> Vec<&[Occurrence]> {
        self.texts.iter().map(|text| text.occurrences.as_slice()).collect()
    }

    /// Everything that could be a theme: the subjects of the lexicon and the best candidates.
    fn drafts(&mut self) -> Vec<ThemeDraft> {
        self.left_out = self.candidates.len().saturating_sub(MOST_CANDIDATES);
        let mut drafts = vocabulary::subjects(&self.lexicon);
        let texts = &self.texts;
        drafts.extend(vocabulary::candidates(&self.candidates, &self.lexicon, |pooled| {
            let first = &pooled.first;
            let text = texts.get(pooled.document as usize)?;
            Some(text.folded.slice(first.block, first.start, first.bytes))
        }));
        drafts
    }

    /// The `drafts` that are themes, best first.
    fn weighed(&mut self, mut drafts: Vec<ThemeDraft>, support: Support) -> Vec<ThemeDraft> {
        let groups = self.groups();
        self.find(&mut drafts);
        let Self { wordings, structures, texts, lexicon, .. } = self;
        let occurrences = texts.iter().map(|text| text.occurrences.as_slice()).collect();
        let usage = Usage { wordings, occurrences, groups: &groups };
        let mut drafts = vocabulary::supported(drafts, &usage, structures, support);
        let searched: Vec<Searched<'_>> = texts.iter().map(CorpusText::searched).collect();
        let owners = vocabulary::owners(&drafts, &usage);
        let beyond = neighbours::beyond(&searched, wordings, &owners, drafts.len());
        let mut new = vocabulary::take_fragments(&mut drafts, &beyond, lexicon);
        for _ in 0..WHOLE_ROUNDS {
            self.find(&mut new);
            let newer = self.take_new_fragments(&mut new, &groups);
            drafts.append(&mut new);
            new = newer;
        }
        self.texts.par_iter_mut().for_each(|text| text.folded = FoldedDocument::default());
        let Self { wordings, structures, texts, .. } = self;
        let occurrences = texts.iter().map(|text| text.occurrences.as_slice()).collect();
        let usage = Usage { wordings, occurrences, groups: &groups };
        let characters = texts.iter().map(|text| u64::from(text.characters)).sum();
        let size = Size { documents: texts.len(), characters };
        vocabulary::weighed(drafts, &usage, structures, support, size)
    }

    /// Takes out of `new`, which fragments were made whole to, what is a fragment itself.
    fn take_new_fragments(&self, new: &mut Vec<ThemeDraft>, groups: &[u64]) -> Vec<ThemeDraft> {
        let Self { wordings, texts, lexicon, .. } = self;
        let usage = Usage { wordings, occurrences: self.occurrences(), groups };
        vocabulary::count_anywhere(new, &usage);
        let searched: Vec<Searched<'_>> = texts.iter().map(CorpusText::searched).collect();
        let owners = vocabulary::owners(new, &usage);
        let beyond = neighbours::beyond(&searched, wordings, &owners, new.len());
        vocabulary::take_fragments(new, &beyond, lexicon)
    }

    /// Looks in all texts for the wordings of `drafts` that are new.
    fn find(&mut self, drafts: &mut [ThemeDraft]) {
        for draft in drafts {
            draft.wordings = draft.forms.iter().map(|form| self.wordings.number(form)).collect();
        }
        if self.wordings.seek_new() {
            let wordings = &self.wordings;
            self.texts.par_iter_mut().for_each(|text| {
                wordings.add_newest(&text.folded, &mut text.occurrences);
            });
        }
    }
}

impl ThemeIndex {
    /// Chooses the themes that `documents` share and counts all their mentions.
    pub fn build<D: Collection + ?Sized>(documents: &D, lexicon: &Lexicon) -> Self {
        let mut corpus = Corpus::new(lexicon.clone());
        corpus.add(documents);
        corpus.into_index(documents)
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
        fn mentions_are_those_of_a_plain_scan(documents in library()) {
            let index = ThemeIndex::build(&documents, &Lexicon::default());
            for (document, at) in documents.iter().zip(0..) {
                let mentions = index.mentions_in(DocIndex(at), document);
                let mut direct = Vec::new();
                let mut all = Vec::new();
                for (block, number) in document.blocks.iter().zip(0_u32..) {
                    plain_scan(&index, &block.text, None, |span, theme| direct.push((number, span, theme)));
                    for id in (0..index.themes().len() as u32).map(ThemeId) {
                        plain_scan(&index, &block.text, Some(id), |span, theme| all.push((number, span, theme)));
                    }
                }
                let mut found: Vec<_> =
                    mentions.iter().map(|one| (one.block, one.span, one.theme)).collect();
                let found_direct: Vec<_> = mentions.iter().filter(|one| one.direct)
                    .map(|one| (one.block, one.span, one.theme)).collect();
                prop_assert_eq!(found_direct, direct);
                found.sort();
                all.sort();
                prop_assert_eq!(found, all);
                for (theme, id) in index.themes().iter().zip(0..) {
                    let own = mentions.iter().filter(|one| one.theme == ThemeId(id));
                    let of = theme.documents.count(DocIndex(at)).unwrap_or(0) as usize;
                    prop_assert_eq!(of, own.clone().count());
                    let of = theme.direct_documents().count(DocIndex(at)).unwrap_or(0) as usize;
                    prop_assert_eq!(of, own.filter(|one| one.direct).count());
                }
            }
        }
    }

    /// At each character the longest form of a theme (of `only` one), by the plainest means.
    fn plain_scan(
        index: &ThemeIndex,
        text: &str,
        only: Option<ThemeId>,
        mut found: impl FnMut(crate::text::Span, ThemeId),
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
                let theme = index.forms.get(&form).filter(|_| !cut)?;
                only.is_none_or(|only| only == *theme).then_some((end, *theme))
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
    fn corpus_without_texts_has_no_themes() {
        let mut corpus = Corpus::new(Lexicon::default());
        corpus.add(&[]);
        assert!(corpus.into_index(&[]).themes().is_empty());
    }
}
