//! Where wordings occur in folded texts, also inside one another, and which of the occurrences are
//! mentions: of those that overlap the leftmost counts, and of those that begin together the
//! longest. While themes are chosen, occurrences are looked for once and kept; which of them are
//! mentions is decided again whenever the list of themes changes, without the texts. Once they are
//! chosen, a [`MentionFinder`] finds the mentions of a document in the document itself.
//!
//! A wording that begins or ends with a Latin letter or a digit occurs only where no other one
//! is beside it. Method: double-array Aho-Corasick automata over characters (daachorse).

use std::cmp::Reverse;
use std::sync::Arc;

use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};
use rustc_hash::FxHashMap;

use super::{Mention, ThemeId};
use crate::document::Document;
use crate::text::fold::fold;
use crate::text::{CharCounter, Span};
use crate::themes::folded::FoldedDocument;

/// Wordings with their numbers, which never change, and the automata that look for them.
#[derive(Default)]
pub struct Wordings {
    numbers: FxHashMap<Arc<str>, u32>,
    all: Vec<Arc<str>>,
    /// Each looks for wordings that none of the others does.
    automata: Vec<Automaton>,
    /// Wordings that an automaton looks for: those with a number below this one.
    sought: usize,
}

/// The value of a wording is its number and, as the lowest bit, whether it has a Latin end.
type Automaton = CharwiseDoubleArrayAhoCorasick<u32>;

/// One occurrence of a wording in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Occurrence {
    /// The byte at which it begins, counted through all folded blocks of the text.
    pub at: u32,
    /// The number of the wording.
    pub wording: u32,
}

impl std::fmt::Debug for Wordings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Wordings").field("all", &self.all.len()).finish_non_exhaustive()
    }
}

impl Wordings {
    /// The number of a folded `wording`, which is remembered.
    pub fn number(&mut self, wording: &str) -> u32 {
        if let Some(number) = self.numbers.get(wording) {
            return *number;
        }
        let (number, wording) = (self.all.len() as u32, Arc::<str>::from(wording));
        self.all.push(Arc::clone(&wording));
        self.numbers.insert(wording, number);
        number
    }

    /// The wording of a number.
    pub fn get(&self, number: u32) -> Option<&str> {
        self.all.get(number as usize).map(Arc::as_ref)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// True where there are none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The length of a wording in bytes.
    pub fn bytes(&self, number: u32) -> u32 {
        self.get(number).map_or(0, |wording| wording.len() as u32)
    }

    /// Makes the automaton for wordings that none looks for yet; false where all are looked for.
    pub fn seek_new(&mut self) -> bool {
        let new = self.all.get(self.sought..).unwrap_or_default();
        if new.is_empty() {
            return false;
        }
        let made = automaton(new, self.sought);
        self.sought = self.all.len();
        self.automata.extend(made);
        true
    }

    /// All occurrences in a text, by their places, the longest of each place first.
    pub fn occurrences(&self, text: &FoldedDocument) -> Vec<Occurrence> {
        let mut found = Vec::new();
        for automaton in &self.automata {
            find(automaton, text, &mut found);
        }
        self.sort(&mut found);
        found
    }

    /// Adds the occurrences of what the newest automaton looks for to those `found` before.
    pub fn add_newest(&self, text: &FoldedDocument, found: &mut Vec<Occurrence>) {
        let before = found.len();
        if let Some(newest) = self.automata.last() {
            find(newest, text, found);
        }
        if found.len() > before {
            self.sort(found);
        }
    }

    fn sort(&self, occurrences: &mut Vec<Occurrence>) {
        occurrences.sort_unstable_by_key(|one| (one.at, Reverse(self.bytes(one.wording))));
        occurrences.shrink_to_fit();
    }

    /// Those `occurrences` that are mentions where `owners` says which wordings are looked at, each
    /// with its owner.
    pub fn mentions<'o>(
        &'o self,
        occurrences: &'o [Occurrence],
        owners: &'o Owners,
    ) -> impl Iterator<Item = (Occurrence, u32)> + 'o {
        let mut end = 0;
        occurrences.iter().filter_map(move |one| {
            let owner = owners.of(one.wording).filter(|_| one.at >= end)?;
            end = one.at + self.bytes(one.wording);
            Some((*one, owner))
        })
    }

    /// Where these `occurrences` in `document` are shown: the block, and characters of it. They are
    /// given by their places.
    pub fn shown(
        &self,
        document: &Document,
        occurrences: impl Iterator<Item = Occurrence>,
    ) -> Vec<(u32, Span)> {
        let mut occurrences = occurrences.peekable();
        let mut shown = Vec::new();
        let mut start = 0;
        for (block, number) in document.blocks.iter().zip(0..) {
            if occurrences.peek().is_none() {
                break;
            }
            let folded = fold(&block.text);
            let behind = start + folded.as_str().len() as u32;
            let mut counter = CharCounter::new(folded.as_str());
            while let Some(one) = occurrences.next_if(|one| one.at < behind) {
                let (from, bytes) = ((one.at - start) as usize, self.bytes(one.wording) as usize);
                let first = counter.chars_before(from);
                let span = Span::new(first, counter.chars_before(from + bytes));
                shown.push((number, folded.shown(span)));
            }
            start = behind;
        }
        shown
    }

    /// All mentions in `document`, whose `occurrences` are known; each owner is a theme. Those of
    /// one theme do not overlap; of those that overlap the leftmost, longest one is direct.
    pub fn mentions_shown(
        &self,
        document: &Document,
        occurrences: &[Occurrence],
        owners: &Owners,
    ) -> Vec<Mention> {
        let mentions: Vec<Claim> = self.claims(occurrences, owners).collect();
        let shown = self.shown(document, mentions.iter().map(|claim| claim.occurrence));
        let mention = |((block, span), claim): ((u32, Span), &Claim)| Mention {
            block,
            span,
            theme: ThemeId(claim.owner),
            direct: claim.direct,
        };
        shown.into_iter().zip(&mentions).map(mention).collect()
    }

    /// Those `occurrences` that are mentions of their owner, also inside longer ones of others.
    pub fn claims<'o>(
        &'o self,
        occurrences: &'o [Occurrence],
        owners: &'o Owners,
    ) -> impl Iterator<Item = Claim> + 'o {
        let mut ends: FxHashMap<u32, u32> = FxHashMap::default();
        let mut direct_end = 0;
        occurrences.iter().filter_map(move |one| {
            let owner = owners.of(one.wording)?;
            let end = one.at + self.bytes(one.wording);
            let own_end = ends.entry(owner).or_insert(0);
            if one.at < *own_end {
                return None;
            }
            *own_end = end;
            let direct = one.at >= direct_end;
            if direct {
                direct_end = end;
            }
            Some(Claim { occurrence: *one, owner, direct })
        })
    }
}

/// An occurrence that is a mention of its owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim {
    /// The occurrence.
    pub occurrence: Occurrence,
    /// The entry that owns the wording.
    pub owner: u32,
    /// True where no longer mention of another owner covers it.
    pub direct: bool,
}

/// Finds the mentions of chosen themes in a document.
#[derive(Debug)]
pub struct MentionFinder {
    wordings: Wordings,
    owners: Owners,
}

impl MentionFinder {
    /// One for themes that are written in these folded `forms`.
    pub fn new<'f>(forms: impl Iterator<Item = (&'f str, ThemeId)>) -> Self {
        let mut wordings = Wordings::default();
        let owned: Vec<(u32, u32)> =
            forms.map(|(form, theme)| (wordings.number(form), theme.0)).collect();
        wordings.seek_new();
        let mut owners = Owners::of_none(wordings.len());
        owned.into_iter().for_each(|(wording, theme)| owners.set(wording, theme));
        Self { wordings, owners }
    }

    /// The mentions in `document`, in reading order, of each place the longest first.
    pub fn mentions(&self, document: &Document) -> Vec<Mention> {
        let occurrences = self.wordings.occurrences(&FoldedDocument::of(document));
        self.wordings.mentions_shown(document, &occurrences, &self.owners)
    }
}

impl MentionFinder {
    /// The themes other than `theme` that a folded `wording` holds, each once.
    pub fn themes_within(&self, wording: &str, theme: ThemeId) -> Vec<ThemeId> {
        let text = FoldedDocument::of_blocks(std::iter::once(wording));
        let occurrences = self.wordings.occurrences(&text);
        let mut themes: Vec<ThemeId> = occurrences
            .iter()
            .filter_map(|one| self.owners.of(one.wording).map(ThemeId))
            .filter(|one| *one != theme)
            .collect();
        themes.sort_unstable();
        themes.dedup();
        themes
    }
}

/// Which entry of a list each wording belongs to; one that belongs to none is not looked at.
#[derive(Debug, Clone)]
pub struct Owners(Vec<u32>);

impl Owners {
    const NONE: u32 = u32::MAX;

    /// For `wordings` numbers, with the numbers of the wordings of each entry in turn.
    pub fn new<'e>(wordings: usize, entries: impl Iterator<Item = &'e [u32]>) -> Self {
        let mut owners = Self::of_none(wordings);
        for (numbers, entry) in entries.zip(0..) {
            numbers.iter().for_each(|number| owners.set(*number, entry));
        }
        owners
    }

    /// For `wordings` numbers, none of which belongs to an entry.
    fn of_none(wordings: usize) -> Self {
        Self(vec![Self::NONE; wordings])
    }

    fn set(&mut self, wording: u32, entry: u32) {
        self.0.get_mut(wording as usize).into_iter().for_each(|owner| *owner = entry);
    }

    /// The entry of a wording.
    pub fn of(&self, wording: u32) -> Option<u32> {
        self.0.get(wording as usize).copied().filter(|owner| *owner != Self::NONE)
    }
}

fn automaton(wordings: &[Arc<str>], first: usize) -> Option<Automaton> {
    let value =
        |at: usize, wording: &str| ((first + at) as u32) << 1 | u32::from(has_latin_end(wording));
    let pairs = wordings.iter().enumerate().filter(|(_, wording)| !wording.is_empty());
    let pairs: Vec<(&str, u32)> =
        pairs.map(|(at, wording)| (wording.as_ref(), value(at, wording))).collect();
    if pairs.is_empty() {
        return None;
    }
    let builder = CharwiseDoubleArrayAhoCorasickBuilder::new().match_kind(MatchKind::Standard);
    builder.build_with_values(pairs).ok()
}

fn find(automaton: &Automaton, folded: &FoldedDocument, found: &mut Vec<Occurrence>) {
    let mut start = 0;
    for text in folded.blocks() {
        let hits = automaton.find_overlapping_iter(text);
        found.extend(
            hits.filter(|hit| stands_free(text, hit.start()..hit.end(), hit.value())).map(|hit| {
                Occurrence { at: start + hit.start() as u32, wording: hit.value() >> 1 }
            }),
        );
        start += text.len() as u32;
    }
}

fn is_latin(c: char) -> bool {
    c.is_alphanumeric() && !crate::text::is_han(c)
}

fn has_latin_end(wording: &str) -> bool {
    wording.chars().next().is_some_and(is_latin)
        || wording.chars().next_back().is_some_and(is_latin)
}

/// False where a Latin word goes on beyond the wording that was found.
fn stands_free(text: &str, bytes: std::ops::Range<usize>, value: u32) -> bool {
    if value & 1 == 0 {
        return true;
    }
    let (head, tail) = (text.get(..bytes.start), text.get(bytes.end..));
    let wording = text.get(bytes).unwrap_or_default();
    let both =
        |a: Option<char>, b: Option<char>| a.is_some_and(is_latin) && b.is_some_and(is_latin);
    !both(head.unwrap_or_default().chars().next_back(), wording.chars().next())
        && !both(wording.chars().next_back(), tail.unwrap_or_default().chars().next())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::regional_document;
    use proptest::prelude::*;

    /// The mentions of `wordings` in blocks, as block, characters and number of the wording.
    fn found(wordings: &[&str], blocks: &[&str]) -> Vec<(u32, Span, u32)> {
        let numbered = wordings.iter().zip(0..).map(|(one, number)| (*one, ThemeId(number)));
        let mentions =
            MentionFinder::new(numbered).mentions(&regional_document("a", "北京", blocks));
        let direct = mentions.into_iter().filter(|one| one.direct);
        direct.map(|one| (one.block, one.span, one.theme.0)).collect()
    }

    /// The rule without an automaton: at each character the longest wording that is free there, if
    /// it overlaps no mention of its own and no direct one.
    fn scanned(wordings: &[&str], text: &str) -> Vec<(u32, Span, u32)> {
        let mut all = Vec::new();
        let mut direct_end = 0;
        let mut ends = vec![0; wordings.len()];
        for (nth, (start, _)) in text.char_indices().enumerate() {
            let number =
                |wording: &str| wordings.iter().rposition(|other| *other == wording).unwrap();
            let mut here: Vec<&str> = wordings
                .iter()
                .copied()
                .filter(|wording| {
                    let end = start + wording.len();
                    !wording.is_empty()
                        && text.get(start..end) == Some(*wording)
                        && stands_free(text, start..end, u32::from(has_latin_end(wording)))
                })
                .collect();
            here.sort_by_key(|wording| std::cmp::Reverse(wording.len()));
            here.dedup();
            for wording in here {
                let (number, end) = (number(wording), start + wording.len());
                if start < ends[number] {
                    continue;
                }
                ends[number] = end;
                if start >= direct_end {
                    direct_end = end;
                    let span = Span::new(nth as u32, (nth + wording.chars().count()) as u32);
                    all.push((0, span, number as u32));
                }
            }
        }
        all
    }

    #[test]
    fn the_longest_wording_counts_and_latin_ones_only_as_words() {
        let span = Span::new;
        assert_eq!(
            found(&["新能源", "新能源汽车"], &["新能源汽车、新能源"]),
            [(0, span(0, 5), 1), (0, span(6, 9), 0)]
        );
        assert_eq!(found(&["ai"], &["ai、mail、AI"]), [(0, span(0, 2), 0), (0, span(8, 10), 0)]);
        assert_eq!(
            found(&["ai技术", "ai", "技术"], &["", "xai技术ai"]),
            [(1, span(3, 5), 2), (1, span(5, 7), 1)]
        );
        assert_eq!(found(&[], &["甲"]), []);
        assert_eq!(found(&["", "甲"], &[""]), []);
    }

    proptest! {
        #[test]
        fn mentions_are_those_of_a_plain_scan(
            wordings in proptest::collection::vec("[甲乙丙ab]{1,4}", 0..12),
            text in "[甲乙丙ab、1]{0,80}",
        ) {
            let wordings: Vec<&str> = wordings.iter().map(String::as_str).collect();
            prop_assert_eq!(found(&wordings, &[&text]), scanned(&wordings, &text));
        }

        #[test]
        fn what_is_sought_later_is_found_as_if_it_had_been_sought_at_once(
            wordings in proptest::collection::vec("[甲乙丙a]{1,4}", 0..12),
            text in "[甲乙丙a、]{0,80}",
        ) {
            let folded = FoldedDocument::of_blocks([text.as_str()].into_iter());
            let (mut at_once, mut later) = (Wordings::default(), Wordings::default());
            let mut kept = Vec::new();
            for wording in &wordings {
                at_once.number(wording);
                later.number(wording);
                if later.seek_new() {
                    later.add_newest(&folded, &mut kept);
                }
            }
            at_once.seek_new();
            prop_assert_eq!(&kept, &at_once.occurrences(&folded));
            prop_assert_eq!(&kept, &later.occurrences(&folded));
        }
    }
}
