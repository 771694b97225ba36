//! From occurrences to themes: how often each is mentioned where, and by which name it is listed.

use std::cmp::Reverse;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::Theme;
use crate::document::{Collection, DocIndex, Document};
use crate::text::fold::{fold_key, simplified};
use crate::text::sanitize::is_invisible;
use crate::text::{Span, SpanCutter};
use crate::themes::draft::ThemeDraft;
use crate::themes::mentions::{Occurrence, Owners, Wordings};
use crate::themes::postings::Postings;

/// Mentions of one form that are looked at in the texts of each script, for how it is written.
const LOOKED_AT: usize = 8;

/// The texts over which themes are counted.
pub struct Texts<'t, D: ?Sized> {
    /// The texts.
    pub documents: &'t D,
    /// What occurs in them.
    pub wordings: &'t Wordings,
    /// The occurrences in each, by their places, the longest of each place first.
    pub occurrences: Vec<&'t [Occurrence]>,
    /// Which of them are written in traditional script.
    pub traditional: Vec<bool>,
    /// The regions for which they count.
    pub regions: &'t Regions<'t>,
}

/// What is counted of one theme.
#[derive(Default)]
struct ThemeCounts {
    /// All mentions, also inside longer themes.
    all: Mentions,
    /// Those that no longer theme covers.
    direct: Mentions,
}

/// Mentions by document.
#[derive(Default)]
struct Mentions {
    count: u32,
    documents: Postings,
    /// The document that is being counted, with what was counted there.
    open: Option<(DocIndex, u32)>,
    /// Where in it the last mention ends, in bytes.
    end: u32,
}

/// What is counted of one form of a theme.
#[derive(Default)]
struct FormCounts {
    mentions: u32,
    /// The first places, in simplified texts and in traditional ones.
    looked_at: [Vec<(DocIndex, Occurrence)>; 2],
}

/// The themes of `entries`, in their order, counted over `texts`.
pub fn themes<D: Collection + ?Sized>(
    entries: Vec<ThemeDraft>,
    texts: &Texts<'_, D>,
) -> Vec<Theme> {
    let (tallies, forms) = Counter::new(&entries, texts).counts();
    let mut forms = texts.as_shown(&forms).into_iter();
    let written: Vec<Vec<Option<(String, u32)>>> =
        entries.iter().map(|entry| forms.by_ref().take(entry.forms.len()).collect()).collect();
    let themes = entries.into_par_iter().zip(tallies).zip(written);
    themes.map(|((entry, counts), written)| texts.theme(entry, counts, written)).collect()
}

/// Counts entries and their forms; the forms of all entries are numbered one after the other.
struct Counter<'c, D: ?Sized> {
    texts: &'c Texts<'c, D>,
    owners: Owners,
    /// The entry of each form.
    entries: Vec<usize>,
    count: usize,
}

/// The counts of all entries and of all forms.
type Counts = (Vec<ThemeCounts>, Vec<FormCounts>);

impl<'c, D: Collection + ?Sized> Counter<'c, D> {
    fn new(entries: &[ThemeDraft], texts: &'c Texts<'c, D>) -> Self {
        let forms = entries.iter().flat_map(|entry| entry.wordings.chunks(1));
        let owned = entries.iter().enumerate();
        let owned = owned.flat_map(|(at, entry)| entry.wordings.iter().map(move |_| at));
        Self {
            texts,
            owners: Owners::new(texts.wordings.len(), forms),
            entries: owned.collect(),
            count: entries.len(),
        }
    }

    /// Each core counts some of the documents, and what it has counted is put after what was
    /// counted in those before.
    fn counts(&self) -> Counts {
        let all = &self.texts.occurrences;
        let share = all.len().div_ceil(rayon::current_num_threads()).max(1);
        let shares = all.par_chunks(share).zip((0..all.len()).into_par_iter().step_by(share));
        let parts: Vec<Counts> = shares.map(|(texts, first)| self.share(texts, first)).collect();
        parts.into_iter().reduce(joined).unwrap_or_else(|| self.none())
    }

    fn none(&self) -> Counts {
        let forms = self.entries.iter().map(|_| FormCounts::default()).collect();
        ((0..self.count).map(|_| ThemeCounts::default()).collect(), forms)
    }

    fn share(&self, texts: &[&[Occurrence]], first: usize) -> Counts {
        let (mut tallies, mut forms) = self.none();
        for (occurrences, at) in texts.iter().zip(first..) {
            let script = usize::from(self.texts.traditional.get(at) == Some(&true));
            let at = DocIndex(at as u32);
            let mut direct_end = 0;
            for one in *occurrences {
                let Some(number) = self.owners.of(one.wording) else { continue };
                let entry = self.entries.get(number as usize);
                let Some(counts) = entry.and_then(|entry| tallies.get_mut(*entry)) else {
                    continue;
                };
                let end = one.at + self.texts.wordings.bytes(one.wording);
                if counts.all.free_at(at, one.at) {
                    counts.all.add(at, end);
                    let form = forms.get_mut(number as usize);
                    form.into_iter().for_each(|form| form.add(at, *one, script));
                    if one.at >= direct_end {
                        direct_end = end;
                        counts.direct.add(at, end);
                    }
                }
            }
        }
        tallies.iter_mut().for_each(ThemeCounts::close);
        (tallies, forms)
    }
}

impl ThemeCounts {
    fn close(&mut self) {
        self.all.close();
        self.direct.close();
    }

    fn join(&mut self, other: Self) {
        self.all.join(&other.all);
        self.direct.join(&other.direct);
    }
}

impl Mentions {
    /// True where no mention in this document goes beyond the byte `at`.
    fn free_at(&self, document: DocIndex, at: u32) -> bool {
        self.open.is_none_or(|(open, _)| open != document) || at >= self.end
    }

    fn add(&mut self, at: DocIndex, end: u32) {
        self.count += 1;
        self.end = end;
        match &mut self.open {
            Some((open, count)) if *open == at => *count += 1,
            _ => {
                self.close();
                self.open = Some((at, 1));
            }
        }
    }

    fn close(&mut self) {
        self.documents.extend(self.open.take());
    }

    fn join(&mut self, other: &Self) {
        self.count += other.count;
        self.documents.extend(other.documents.iter());
    }

    fn postings(self) -> Postings {
        let mut documents = self.documents;
        documents.shrink_to_fit();
        documents
    }
}

impl FormCounts {
    fn add(&mut self, at: DocIndex, one: Occurrence, script: usize) {
        self.mentions += 1;
        let looked_at = self.looked_at.get_mut(script).filter(|places| places.len() < LOOKED_AT);
        looked_at.into_iter().for_each(|places| places.push((at, one)));
    }
}

/// The counts of documents and of those after them.
fn joined((mut before, mut forms): Counts, (behind, more_forms): Counts) -> Counts {
    before.par_iter_mut().zip(behind).for_each(|(counts, more)| counts.join(more));
    forms.iter_mut().zip(more_forms).for_each(|(form, more)| {
        form.mentions += more.mentions;
        for (places, more) in form.looked_at.iter_mut().zip(more.looked_at) {
            let room = LOOKED_AT.saturating_sub(places.len());
            places.extend(more.into_iter().take(room));
        }
    });
    (before, forms)
}

impl<D: Collection + ?Sized> Texts<'_, D> {
    /// How each form is written, with its mentions: simplified where a text that was looked at
    /// writes it so, then as most of them write it. `None` for one that no text mentions.
    fn as_shown(&self, forms: &[FormCounts]) -> Vec<Option<(String, u32)>> {
        let mut places: Vec<(DocIndex, u32, usize, Occurrence)> = Vec::new();
        for (form, number) in forms.iter().zip(0..) {
            let looked_at = form.looked_at.iter().flatten();
            places.extend(looked_at.map(|(document, one)| (*document, one.at, number, *one)));
        }
        places.sort_unstable_by_key(|(document, at, ..)| (*document, *at));
        let mut documents: Vec<DocIndex> = places.iter().map(|place| place.0).collect();
        documents.dedup();
        let shown = self.documents.map_some(&documents, |at, document| {
            let first = places.partition_point(|(other, ..)| *other < at);
            let own = places.get(first..).unwrap_or_default().iter();
            let own = own.take_while(|(other, ..)| *other == at);
            let shown = self.wordings.shown(document, own.clone().map(|(.., one)| *one));
            let shown: Vec<_> = shown.into_iter().zip(own.map(|(.., number, _)| *number)).collect();
            cut(document, &shown)
        });
        let mut variants: Vec<FxHashMap<String, u32>> =
            forms.iter().map(|_| FxHashMap::default()).collect();
        for (number, form) in shown.into_iter().flatten() {
            if let Some(counts) = variants.get_mut(number) {
                *counts.entry(form).or_insert(0) += 1;
            }
        }
        let best = |variants: FxHashMap<String, u32>| {
            let key =
                |(form, count): &(String, u32)| (traditional(form), Reverse(*count), form.clone());
            variants.into_iter().min_by_key(key).map(|(form, _)| form)
        };
        let all = variants.into_iter().zip(forms);
        all.map(|(variants, form)| Some((best(variants)?, form.mentions))).collect()
    }

    /// The theme of an `entry`, whose forms are `written` like this.
    fn theme(
        &self,
        entry: ThemeDraft,
        counts: ThemeCounts,
        written: Vec<Option<(String, u32)>>,
    ) -> Theme {
        let own = entry.forms.first().map_or("", String::as_str);
        let as_written = written.first().and_then(Option::as_ref).map(|(form, _)| visible(form));
        let name = as_written.or(entry.name).unwrap_or_else(|| own.to_owned());
        let mut forms: Vec<(String, u32)> = written.into_iter().flatten().collect();
        forms.sort_unstable_by(|a, b| {
            let key = |(form, count): &(String, u32)| (traditional(form), Reverse(*count));
            key(a).cmp(&key(b)).then_with(|| a.0.cmp(&b.0))
        });
        let (mentions, direct) = (counts.all.count, counts.direct.count);
        let documents = counts.all.postings();
        Theme {
            aliases: aliases(&forms, &name),
            name,
            kind: entry.kind,
            score: entry.score,
            mentions,
            direct,
            regions: self.regions.counted(&documents),
            // Most themes are part of no longer one: their postings are the same.
            direct_documents: (direct < mentions).then(|| counts.direct.postings()),
            documents,
        }
    }
}

/// The regions of some documents, by number.
#[derive(Debug, Default)]
pub struct Regions<'n> {
    names: Vec<&'n str>,
    /// By document.
    numbers: Vec<Option<u32>>,
}

impl<'n> Regions<'n> {
    /// Those of documents that have these regions.
    pub fn of(names: impl Iterator<Item = Option<&'n str>>) -> Self {
        let mut known: FxHashMap<&str, u32> = FxHashMap::default();
        let mut regions = Self::default();
        for name in names {
            let number = name.map(|name| {
                *known.entry(name).or_insert_with(|| {
                    regions.names.push(name);
                    regions.names.len() as u32 - 1
                })
            });
            regions.numbers.push(number);
        }
        regions
    }

    /// How many regions there are.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// True where there is none.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// A bit for the region of each document, 0 where it has none. Beyond 64 regions bits are
    /// shared.
    pub fn bits(&self) -> Vec<u64> {
        let bit = |number: &Option<u32>| number.map_or(0, |number| 1 << (number % u64::BITS));
        self.numbers.iter().map(bit).collect()
    }
}

/// The wordings at these places of `document`, which are in reading order, each with its number.
fn cut(document: &Document, places: &[((u32, Span), usize)]) -> Vec<(usize, String)> {
    let mut wordings = Vec::with_capacity(places.len());
    for some in places.chunk_by(|((a, _), _), ((b, _), _)| a == b) {
        let block = some.first().and_then(|((block, _), _)| document.blocks.get(*block as usize));
        let mut cutter = SpanCutter::new(block.map_or("", |block| &block.text));
        wordings.extend(some.iter().map(|((_, span), of)| (*of, cutter.cut(*span).to_owned())));
    }
    wordings
}

impl Regions<'_> {
    /// Mentions by region, most first, then by name.
    fn counted(&self, documents: &Postings) -> Vec<(String, u32)> {
        let mut counts = vec![0_u32; self.names.len()];
        for (at, count) in documents.iter() {
            let number = self.numbers.get(at.get()).copied().flatten();
            let sum = number.and_then(|number| counts.get_mut(number as usize));
            sum.into_iter().for_each(|sum| *sum += count);
        }
        let named = self.names.iter().zip(counts).filter(|(_, count)| *count > 0);
        let mut regions: Vec<(String, u32)> =
            named.map(|(name, count)| ((*name).to_owned(), count)).collect();
        regions.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        regions
    }
}

/// Characters of a form that simplified script writes otherwise.
fn traditional(form: &str) -> usize {
    form.chars().filter(|c| simplified(*c) != *c).count()
}

/// The shown forms that differ from the name by more than script, width or case.
fn aliases(forms: &[(String, u32)], name: &str) -> Vec<String> {
    let mut seen = vec![fold_key(name)];
    let mut aliases = Vec::new();
    for (form, _) in forms {
        let key = fold_key(form);
        if !seen.contains(&key) {
            aliases.push(visible(form));
            seen.push(key);
        }
    }
    aliases
}

fn visible(shown: &str) -> String {
    shown.chars().filter(|c| !is_invisible(*c)).collect()
}
