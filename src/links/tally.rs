//! From mentions to themes: how often each is mentioned where, and by which name it is listed.

use std::cmp::Reverse;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::vocabulary::Entry;
use super::{Mention, Theme};
use crate::document::DocIndex;
use crate::text::SpanCutter;
use crate::text::fold::{fold_key, simplified};
use crate::text::sanitize::is_invisible;

/// Mentions of one theme that are looked at for its name.
const LOOKED_AT: usize = 8;

/// What is counted of one theme.
#[derive(Default)]
struct Tally {
    mentions: u32,
    documents: Vec<(DocIndex, u32)>,
    /// The first mentions; of a theme with several forms all.
    looked_at: Vec<(DocIndex, Mention)>,
}

/// The themes of `entries`, in their order, counted over the mentions in `texts`.
pub fn themes<'t, S>(entries: Vec<Entry>, texts: &Texts<'t, S>) -> Vec<Theme>
where
    S: Fn(DocIndex, u32) -> Option<&'t str> + Sync,
{
    let tallies = tallies(&entries, texts.mentions);
    let themes = entries.into_par_iter().zip(tallies);
    themes.map(|(entry, tally)| texts.theme(entry, tally)).collect()
}

/// The tallies of all entries. Each core counts some of the documents, and what it has counted is
/// put behind what was counted in those before.
fn tallies(entries: &[Entry], mentions: &[Vec<Mention>]) -> Vec<Tally> {
    let none = || entries.iter().map(|_| Tally::default()).collect::<Vec<_>>();
    let share = mentions.len().div_ceil(rayon::current_num_threads()).max(1);
    let counted =
        mentions.par_chunks(share).zip((0..mentions.len()).into_par_iter().step_by(share));
    let counted = counted.map(|(texts, first)| {
        let mut tallies = none();
        for (mentions, at) in texts.iter().zip(first as u32..) {
            for mention in mentions {
                let number = mention.theme.0 as usize;
                if let (Some(tally), Some(entry)) = (tallies.get_mut(number), entries.get(number)) {
                    tally.add(DocIndex(at), *mention, entry);
                }
            }
        }
        tallies
    });
    let parts: Vec<Vec<Tally>> = counted.collect();
    parts.into_iter().reduce(|before, behind| joined(entries, before, behind)).unwrap_or_else(none)
}

/// The counts of documents and of those behind them.
fn joined(entries: &[Entry], mut before: Vec<Tally>, behind: Vec<Tally>) -> Vec<Tally> {
    before.par_iter_mut().zip(behind).zip(entries).for_each(|((tally, more), entry)| {
        tally.mentions += more.mentions;
        tally.documents.extend(more.documents);
        let room = LOOKED_AT.saturating_sub(tally.looked_at.len());
        let room = if entry.forms.len() > 1 { more.looked_at.len() } else { room };
        tally.looked_at.extend(more.looked_at.into_iter().take(room));
    });
    before
}

impl Tally {
    fn add(&mut self, at: DocIndex, mention: Mention, entry: &Entry) {
        self.mentions += 1;
        match self.documents.last_mut() {
            Some((last, count)) if *last == at => *count += 1,
            _ => self.documents.push((at, 1)),
        }
        if self.looked_at.len() < LOOKED_AT || entry.forms.len() > 1 {
            self.looked_at.push((at, mention));
        }
    }
}

/// What must be known of documents to tell their themes.
pub struct Texts<'t, S> {
    /// The mentions in each.
    pub mentions: &'t [Vec<Mention>],
    /// A block of a document as it is shown.
    pub shown: S,
    /// The regions for which the documents count.
    pub regions: &'t Regions<'t>,
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

    /// A bit for the region of each document, 0 where it has none. Beyond 64 regions bits are
    /// shared.
    pub fn bits(&self) -> Vec<u64> {
        let bit = |number: &Option<u32>| number.map_or(0, |number| 1 << (number % u64::BITS));
        self.numbers.iter().map(bit).collect()
    }
}

impl<'t, S> Texts<'t, S>
where
    S: Fn(DocIndex, u32) -> Option<&'t str> + Sync,
{
    fn theme(&self, entry: Entry, tally: Tally) -> Theme {
        let forms = self.shown_forms(&tally);
        let own = entry.forms.first().map_or("", String::as_str);
        let shown = forms.iter().find(|(form, _)| fold_key(form) == own);
        let name = shown.map(|(form, _)| visible(form)).or(entry.name);
        let name = name.unwrap_or_else(|| own.to_owned());
        Theme {
            aliases: aliases(&forms, &name),
            name,
            score: entry.score,
            mentions: tally.mentions,
            regions: self.regions.counted(&tally.documents),
            documents: tally.documents,
        }
    }

    /// The forms in which texts write a theme: simplified first, then the commoner, then by
    /// wording.
    fn shown_forms(&self, tally: &Tally) -> Vec<(&'t str, u32)> {
        let mut counts: FxHashMap<&str, u32> = FxHashMap::default();
        let same_block =
            |a: &(DocIndex, Mention), b: &(DocIndex, Mention)| (a.0, a.1.block) == (b.0, b.1.block);
        for group in tally.looked_at.chunk_by(same_block) {
            let text = group.first().and_then(|(at, one)| (self.shown)(*at, one.block));
            let mut cutter = SpanCutter::new(text.unwrap_or_default());
            for (_, mention) in group {
                *counts.entry(cutter.cut(mention.span)).or_insert(0) += 1;
            }
        }
        // Where all that was looked at is traditional, a later text may have the simplified form.
        if counts.keys().all(|form| traditional(form) > 0) {
            let theme = tally.looked_at.first().map(|(_, mention)| mention.theme);
            let later = tally.documents.iter().filter_map(|(at, _)| {
                let mentions = self.mentions.get(at.get())?;
                let first = mentions.iter().find(|one| Some(one.theme) == theme)?;
                Some(first.span.of((self.shown)(*at, first.block)?))
            });
            if let Some(form) = later.into_iter().find(|form| traditional(form) == 0) {
                counts.insert(form, 1);
            }
        }
        let mut forms: Vec<(&str, u32)> = counts.into_iter().collect();
        forms.sort_unstable_by_key(|(form, count)| (traditional(form), Reverse(*count), *form));
        forms
    }
}

impl Regions<'_> {
    /// Mentions by region, most first, then by name.
    fn counted(&self, documents: &[(DocIndex, u32)]) -> Vec<(String, u32)> {
        let mut counts = vec![0_u32; self.names.len()];
        for (at, count) in documents {
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
fn aliases(forms: &[(&str, u32)], name: &str) -> Vec<String> {
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
