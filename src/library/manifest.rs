//! The manifest of a stored library: which texts it has, in library order, and the little that lists
//! are sorted by. It is small and read in one piece; the card of a document is read when it is asked
//! for. So a library opens as fast with a hundred thousand documents as with five.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::cache::StoredText;
use crate::document::{DocId, DocIndex, PartialDate, Summary};

/// The documents of a stored library, in library order.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Of each document the number of its text in the cache.
    texts: Vec<i64>,
    /// A hash of the contents of all texts in library order.
    contents: [u8; 32],
    /// The names of all regions.
    regions: Vec<String>,
    /// Of each document the number of its region, from 1; 0 where it has none.
    region_of: Vec<u32>,
    /// Of each document the date by which it is listed, as year, month and day in one number, month
    /// and day 0 where they are unknown; 0 where it has none.
    days: Vec<i32>,
    /// The ids that are other ones than those on the cards, by document.
    renamed: Vec<(u32, DocId)>,
}

/// What lists are sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SortKey<'l> {
    /// The name of the region for which a document counts.
    pub region: Option<&'l str>,
    /// The date by which it is listed.
    pub date: Option<PartialDate>,
}

/// A document for the manifest: its text, its summary, and its id in the library.
pub type ManifestEntry = (StoredText, Summary, DocId);

impl Manifest {
    /// The manifest of `entries`, in their order.
    pub fn new(entries: &[ManifestEntry]) -> Self {
        let mut manifest = Self::default();
        let mut contents = blake3::Hasher::new();
        let mut numbers = std::collections::HashMap::new();
        for ((text, card, id), at) in entries.iter().zip(0..) {
            let region = card.metadata.region.as_ref().map_or(0, |region| {
                *numbers.entry(region.name.clone()).or_insert_with(|| {
                    manifest.regions.push(region.name.clone());
                    manifest.regions.len() as u32
                })
            });
            manifest.texts.push(text.number);
            contents.update(&text.checksum.to_le_bytes());
            manifest.region_of.push(region);
            manifest.days.push(card.metadata.date().map_or(0, number_of));
            if card.id != *id {
                manifest.renamed.push((at, id.clone()));
            }
        }
        manifest.contents = contents.finalize().into();
        manifest
    }

    /// How many documents there are.
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// True where there is none.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// The number under which the store has the text of a document.
    pub fn text(&self, index: DocIndex) -> Option<i64> {
        self.texts.get(index.get()).copied()
    }

    /// A hash of the contents of all texts in library order.
    pub fn contents(&self) -> &[u8; 32] {
        &self.contents
    }

    /// The numbers of all texts.
    pub fn texts(&self) -> &[i64] {
        &self.texts
    }

    /// What lists are sorted by.
    pub fn brief(&self, index: DocIndex) -> Option<SortKey<'_>> {
        let region = self.region_of.get(index.get())?.checked_sub(1);
        let region = region.and_then(|number| self.regions.get(number as usize));
        let date = date_of(*self.days.get(index.get())?);
        Some(SortKey { region: region.map(String::as_str), date })
    }

    /// The id of a document in this library, where it is another one than that on its card.
    pub fn renamed(&self, index: DocIndex) -> Option<&DocId> {
        let at = self.renamed.binary_search_by_key(&index.0, |(at, _)| *at).ok()?;
        self.renamed.get(at).map(|(_, id)| id)
    }

    /// The manifest as it is stored. It is plain data, which can always be written.
    pub fn to_bytes(&self) -> Vec<u8> {
        postcard::to_allocvec(self).unwrap_or_default()
    }

    /// The manifest that was stored, or `None` where it is damaged.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let manifest: Self = postcard::from_bytes(bytes).ok()?;
        let length = manifest.texts.len();
        let whole = manifest.region_of.len() == length && manifest.days.len() == length;
        whole.then_some(manifest)
    }
}

fn number_of(date: PartialDate) -> i32 {
    let month = date.month().map_or(0, i32::from);
    let day = date.day().map_or(0, |day| i32::from(day.day()));
    i32::from(date.year()) * 10_000 + month * 100 + day
}

fn date_of(number: i32) -> Option<PartialDate> {
    let year = i16::try_from(number / 10_000).ok()?;
    let (month, day) = ((number / 100 % 100) as i8, (number % 100) as i8);
    match (month, day) {
        _ if number == 0 => None,
        (0, 0) => PartialDate::of_year(year),
        (_, 0) => PartialDate::of_month(year, month),
        _ => Date::new(year, month, day).ok().map(PartialDate::from),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::regional_document;

    #[test]
    fn what_was_stored_comes_back_and_what_is_cut_does_not() {
        let card = |id: &str, region: &str, date: &str| {
            let mut one = regional_document(id, region, &["甲"]);
            one.metadata.published = date.parse().ok();
            if region.is_empty() {
                one.metadata.region = None;
            }
            Summary::from(&one)
        };
        let text = |number| StoredText { number, checksum: 0 };
        let entries = [
            (text(7), card("a", "北京", "2022-06-10"), DocId::new("a")),
            (text(9), card("a", "", ""), DocId::new("b/a")),
            (text(8), card("c", "北京", "1996-06-29"), DocId::new("c")),
            (text(6), card("d", "北京", "1996"), DocId::new("d")),
            (text(5), card("e", "北京", "1996-06"), DocId::new("e")),
        ];
        let bytes = Manifest::new(&entries).to_bytes();
        let manifest = Manifest::from_bytes(&bytes).unwrap();
        assert_eq!(manifest, Manifest::new(&entries));
        assert_eq!(manifest.texts(), [7, 9, 8, 6, 5]);
        for (at, date) in [(3, "1996"), (4, "1996-06")] {
            let known = manifest.brief(DocIndex(at)).unwrap().date;
            assert_eq!(known, date.parse().ok(), "{date}");
        }
        let date = "1996-06-29".parse().ok();
        assert_eq!(manifest.brief(DocIndex(2)), Some(SortKey { region: Some("北京"), date }));
        assert_eq!(manifest.brief(DocIndex(1)), Some(SortKey { region: None, date: None }));
        assert_eq!(manifest.renamed(DocIndex(1)), Some(&DocId::new("b/a")));
        assert_eq!(manifest.renamed(DocIndex(2)), None);
        assert_eq!(Manifest::from_bytes(bytes.get(..bytes.len() / 2).unwrap()), None);
    }
}
