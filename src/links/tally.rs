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
pub fn themes<'t, S, R>(entries: Vec<Entry>, texts: &Texts<'t, S, R>) -> Vec<Theme>
where
    S: Fn(DocIndex, u32) -> Option<&'t str> + Sync,
    R: Fn(DocIndex) -> Option<&'t str> + Sync,
{
    let tallies = tallies(&entries, texts.mentions);
    let themes = entries.into_par_iter().zip(tallies);
    themes.map(|(entry, tally)| texts.theme(entry, tally)).collect()
}

/// The tallies of all entries. Each core goes over all mentions and counts those of its own entries.
fn tallies(entries: &[Entry], mentions: &[Vec<Mention>]) -> Vec<Tally> {
    let mut tallies: Vec<Tally> = entries.iter().map(|_| Tally::default()).collect();
    let share = entries.len().div_ceil(rayon::current_num_threads()).max(1);
    let shares = tallies.par_chunks_mut(share).zip(entries.par_chunks(share)).enumerate();
    shares.for_each(|(nth, (tallies, entries))| {
        let first = nth * share;
        for (mentions, at) in mentions.iter().zip(0..) {
            for mention in mentions {
                let own = (mention.theme.0 as usize).checked_sub(first);
                let counted = own.and_then(|own| Some((tallies.get_mut(own)?, entries.get(own)?)));
                if let Some((tally, entry)) = counted {
                    tally.add(DocIndex(at), *mention, entry);
                }
            }
        }
    });
    tallies
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
pub struct Texts<'t, S, R> {
    /// The mentions in each.
    pub mentions: &'t [Vec<Mention>],
    /// A block of a document as it is shown.
    pub shown: S,
    /// The region for which a document counts.
    pub region: R,
}

impl<'t, S, R> Texts<'t, S, R>
where
    S: Fn(DocIndex, u32) -> Option<&'t str> + Sync,
    R: Fn(DocIndex) -> Option<&'t str> + Sync,
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
            regions: self.regions(&tally.documents),
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

    /// Mentions by region, most first, then by name.
    fn regions(&self, documents: &[(DocIndex, u32)]) -> Vec<(String, u32)> {
        let mut counts: FxHashMap<&str, u32> = FxHashMap::default();
        for (at, count) in documents {
            if let Some(name) = (self.region)(*at) {
                *counts.entry(name).or_insert(0) += count;
            }
        }
        let mut regions: Vec<(String, u32)> =
            counts.into_iter().map(|(name, count)| (name.to_owned(), count)).collect();
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
