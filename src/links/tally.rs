//! From mentions to themes: how often each is mentioned where, and by which name it is listed.

use rustc_hash::FxHashMap;

use super::vocabulary::Entry;
use super::{Mention, Theme, region_name};
use crate::document::{DocIndex, Document};
use crate::text::fold::{fold_key, simplified};
use crate::text::sanitize::is_invisible;

/// Shown forms of one theme that are looked at for its name.
const FORMS_LOOKED_AT: u32 = 64;

/// What is counted of one theme.
#[derive(Default)]
struct Tally<'d> {
    mentions: u32,
    regions: FxHashMap<&'d str, u32>,
    documents: Vec<(DocIndex, u32)>,
    /// Shown forms with how often each was seen.
    forms: FxHashMap<&'d str, u32>,
}

/// The themes of `entries`, in their order, counted over the `mentions` of each document.
pub fn themes(
    entries: Vec<Entry>,
    documents: &[Document],
    mentions: &[Vec<Mention>],
) -> Vec<Theme> {
    let mut tallies: Vec<Tally<'_>> = entries.iter().map(|_| Tally::default()).collect();
    for (at, (document, mentions)) in documents.iter().zip(mentions).enumerate() {
        for mention in mentions {
            if let Some(tally) = tallies.get_mut(mention.theme.0 as usize) {
                tally.add(DocIndex(at as u32), document, mention);
            }
        }
    }
    entries.into_iter().zip(tallies).map(|(entry, tally)| tally.finish(entry)).collect()
}

impl<'d> Tally<'d> {
    fn add(&mut self, at: DocIndex, document: &'d Document, mention: &Mention) {
        self.mentions += 1;
        match self.documents.last_mut() {
            Some((last, count)) if *last == at => *count += 1,
            _ => self.documents.push((at, 1)),
        }
        if let Some(name) = region_name(document) {
            *self.regions.entry(name).or_insert(0) += 1;
        }
        let first_here = self.documents.last().is_some_and(|(_, count)| *count == 1);
        if (self.mentions <= FORMS_LOOKED_AT || first_here && self.forms.len() < 2)
            && let Some(block) = document.blocks.get(mention.block as usize)
        {
            *self.forms.entry(mention.span.of(&block.text)).or_insert(0) += 1;
        }
    }

    fn finish(self, entry: Entry) -> Theme {
        let mut forms: Vec<(&str, u32)> = self.forms.into_iter().collect();
        // Simplified first, then the commoner, then by wording.
        forms.sort_unstable_by_key(|(form, count)| {
            let traditional = form.chars().filter(|c| simplified(*c) != *c).count();
            (traditional, std::cmp::Reverse(*count), *form)
        });
        let own = entry.forms.first().map_or("", String::as_str);
        let shown = forms.iter().find(|(form, _)| fold_key(form) == own);
        let name = shown.map(|(form, _)| visible(form)).or(entry.name);
        let name = name.unwrap_or_else(|| own.to_owned());
        let mut regions: Vec<(String, u32)> =
            self.regions.into_iter().map(|(name, count)| (name.to_owned(), count)).collect();
        regions.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        Theme {
            aliases: aliases(&forms, &name),
            name,
            score: entry.score,
            mentions: self.mentions,
            regions,
            documents: self.documents,
        }
    }
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
