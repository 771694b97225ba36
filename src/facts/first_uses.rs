//! First uses: who used a wording first in this library, who followed and after how many days, and
//! how its use went by year. The uses come from a search; here they are put in order of time.
//!
//! A date of which only the year is known is no first and has no days. The same day is no order.
//! Regions that never use the wording are named with how many texts they have: few texts say little.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::{DocIndex, PartialDate, Precision, Summary};
use crate::text::Span;
use crate::text::region::RegionLevel;
use crate::text::segment::segment;

/// What one document says: its first use of the wording and how many there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UseIn {
    /// The document.
    pub document: DocIndex,
    /// The block of the first use, from 0.
    pub block: u32,
    /// Its characters in the block.
    pub span: Span,
    /// Uses in the document.
    pub times: u32,
}

/// By what uses are grouped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Grouping {
    /// By province, and 全国.
    #[default]
    Region,
    /// By city; what is of a province as a whole is a group of its own.
    City,
    /// By issuer.
    Issuer,
    /// By level: nation, province, city, county.
    Level,
}

/// The first use in a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The group: a region, a city, an issuer, a level.
    pub group: String,
    /// Region and city of the document, as far as they are known.
    pub place: String,
    /// The use.
    pub first: UseIn,
    /// The date of its document.
    pub date: PartialDate,
    /// Days since the first use of all; `None` where a date is no day.
    pub days: Option<i64>,
    /// Documents of the group that use it.
    pub documents: usize,
}

/// The uses of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YearOfUse {
    /// The year.
    pub year: i16,
    /// Documents of the library; 0 for a year without a text.
    pub texts: usize,
    /// Documents that use the wording.
    pub documents: usize,
    /// Uses.
    pub mentions: u64,
    /// Characters of all documents of the year.
    pub characters: u64,
}

impl YearOfUse {
    /// Uses by 10,000 characters; `None` for a year without a text.
    pub fn per_10k(&self) -> Option<f64> {
        (self.characters > 0).then(|| self.mentions as f64 * 1e4 / self.characters as f64)
    }

    /// Share of the documents that use it, 0 to 1; `None` for a year without a text.
    pub fn share(&self) -> Option<f64> {
        (self.texts > 0).then(|| self.documents as f64 / self.texts as f64)
    }
}

/// The history of a wording.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FirstUses {
    /// The first use in each group, the earliest first.
    pub steps: Vec<Step>,
    /// Every year from the first to the last of the library.
    pub series: Vec<YearOfUse>,
    /// Groups that never use it, with how many documents they have, most first.
    pub silent: Vec<(String, usize)>,
    /// Uses in documents without a date.
    pub undated: Vec<UseIn>,
    /// Documents that use it.
    pub documents: usize,
    /// Uses in all of them.
    pub mentions: u64,
}

/// Name of the group of what has no place, issuer or level.
pub const UNKNOWN: &str = "不明";

impl FirstUses {
    /// Puts `uses` in order of time, among the documents of `cards`, which are all that were searched.
    pub fn new(uses: &[UseIn], cards: &[(DocIndex, Summary)], by: Grouping) -> Self {
        let by_index: BTreeMap<DocIndex, &Summary> =
            cards.iter().map(|(at, card)| (*at, card)).collect();
        let known = |one: &UseIn| by_index.get(&one.document).map(|card| (*one, *card));
        let uses: Vec<(UseIn, &Summary)> = uses.iter().filter_map(known).collect();
        let mut groups: BTreeMap<String, Vec<(UseIn, &Summary)>> = BTreeMap::new();
        for (one, card) in &uses {
            groups.entry(group_of(card, by)).or_default().push((*one, card));
        }
        let mut steps: Vec<Step> =
            groups.iter().filter_map(|(group, uses)| step(group, uses)).collect();
        steps.sort_by(|x, y| {
            let key =
                |step: &Step| (step.date.first_day(), step.date.precision() != Precision::Day);
            key(x).cmp(&key(y)).then(x.group.cmp(&y.group))
        });
        let first = steps.iter().find_map(|step| step.date.day());
        for step in &mut steps {
            let both = first.zip(step.date.day());
            step.days = both.map(|(first, day)| i64::from((day - first).get_days()));
        }
        let mut texts: BTreeMap<String, usize> = BTreeMap::new();
        for (_, card) in cards {
            *texts.entry(group_of(card, by)).or_default() += 1;
        }
        let said: BTreeSet<&String> = groups.keys().collect();
        let mut silent: Vec<(String, usize)> = texts
            .into_iter()
            .filter(|(group, _)| !said.contains(group) && group != UNKNOWN)
            .collect();
        silent.sort_by(|x, y| y.1.cmp(&x.1).then(x.0.cmp(&y.0)));
        let undated = uses.iter().filter(|(_, card)| card.metadata.date().is_none());
        Self {
            steps,
            series: series(&uses, cards),
            silent,
            undated: undated.map(|(one, _)| *one).collect(),
            documents: uses.len(),
            mentions: uses.iter().map(|(one, _)| u64::from(one.times)).sum(),
        }
    }

    /// The first use of all whose day is known.
    pub fn first(&self) -> Option<&Step> {
        self.steps.iter().find(|step| step.date.day().is_some())
    }
}

/// The group to which a document belongs.
pub fn group_of(card: &Summary, by: Grouping) -> String {
    let facts = &card.metadata;
    let group = match by {
        Grouping::Region => facts.region.as_ref().map(|region| region.name.clone()),
        Grouping::City => facts.region.as_ref().map(|_| place_of(card)),
        Grouping::Issuer => facts.issuer.clone(),
        Grouping::Level => facts.region.as_ref().map(|region| {
            let level = match region.level {
                RegionLevel::National => "全国",
                RegionLevel::Province => "省",
                RegionLevel::City => "市",
                RegionLevel::County => "区县",
            };
            level.to_owned()
        }),
    };
    group.unwrap_or_else(|| UNKNOWN.to_owned())
}

/// Region, city and county of a document, as far as they are known.
pub fn place_of(card: &Summary) -> String {
    let Some(region) = &card.metadata.region else { return UNKNOWN.to_owned() };
    let parts = [Some(&region.name), region.city.as_ref(), region.county.as_ref()];
    parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" ")
}

/// The earliest use of a group. Of a day and a year that may be the same, the day is taken.
fn step(group: &str, uses: &[(UseIn, &Summary)]) -> Option<Step> {
    let dated = uses.iter().filter_map(|(one, card)| Some((one, card, card.metadata.date()?)));
    let (first, card, date) = dated.min_by_key(|(one, _, date)| {
        (date.precision() != Precision::Day, date.first_day(), one.document)
    })?;
    Some(Step {
        group: group.to_owned(),
        place: place_of(card),
        first: *first,
        date,
        days: None,
        documents: uses.len(),
    })
}

fn series(uses: &[(UseIn, &Summary)], cards: &[(DocIndex, Summary)]) -> Vec<YearOfUse> {
    let year = |card: &Summary| card.metadata.date().map(PartialDate::year);
    let years: Vec<i16> = cards.iter().filter_map(|(_, card)| year(card)).collect();
    let (Some(first), Some(last)) = (years.iter().min(), years.iter().max()) else {
        return Vec::new();
    };
    // A library with one stray date of another century has a column for each decade between: no.
    let span = i32::from(*last) - i32::from(*first);
    let all: Vec<i16> = if span > LONGEST_SERIES {
        years.iter().copied().collect::<BTreeSet<_>>().into_iter().collect()
    } else {
        (*first..=*last).collect()
    };
    let mut found: BTreeMap<i16, YearOfUse> = all
        .into_iter()
        .map(|year| (year, YearOfUse { year, texts: 0, documents: 0, mentions: 0, characters: 0 }))
        .collect();
    for (_, card) in cards {
        if let Some(slot) = year(card).and_then(|year| found.get_mut(&year)) {
            slot.texts += 1;
            slot.characters += u64::from(card.characters);
        }
    }
    for (one, card) in uses {
        if let Some(slot) = year(card).and_then(|year| found.get_mut(&year)) {
            slot.documents += 1;
            slot.mentions += u64::from(one.times);
        }
    }
    found.into_values().collect()
}

/// Years beyond which only those with a text are listed.
const LONGEST_SERIES: i32 = 200;

/// Characters around a use that are segmented.
const AROUND: usize = 10;

/// True where the characters `start..end` of `folded` begin or end inside a word: 保交房 in 确保交房.
pub fn crosses_word(folded: &str, start: usize, end: usize) -> bool {
    let chars: Vec<char> = folded.chars().collect();
    let from = start.saturating_sub(AROUND);
    let to = (end + AROUND).min(chars.len());
    let Some(window) = chars.get(from..to) else { return false };
    let window: String = window.iter().collect();
    let byte = |at: usize| crate::text::byte_of_char(&window, at - from) as u32;
    let (first, last) = (byte(start), byte(end));
    segment(&window).iter().any(|word| {
        let cuts = |at: u32| word.start < at && at < word.end;
        // A word that holds the whole wording is a longer term, not another one.
        let holds = word.start <= first && last <= word.end;
        (cuts(first) || cuts(last)) && !holds
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::samples::{document, regional_document};

    fn dated(id: &str, region: &str, date: &str) -> Document {
        let mut text = regional_document(id, region, &["推行渔港码头联勤。"]);
        text.metadata.published = Some(date.parse().unwrap());
        text
    }

    fn uses(documents: &[Document], of: &[u32]) -> FirstUses {
        let cards: Vec<_> = (0..).map(DocIndex).zip(documents.iter().map(Summary::from)).collect();
        let one =
            |at: &u32| UseIn { document: DocIndex(*at), block: 0, span: Span::new(2, 6), times: 1 };
        let uses: Vec<UseIn> = of.iter().map(one).collect();
        FirstUses::new(&uses, &cards, Grouping::Region)
    }

    #[test]
    fn followers_come_in_order_of_days_and_the_silent_with_their_number() {
        let documents = [
            dated("a", "浙江", "2023-01-20"),
            dated("b", "四川", "2022-09-26"),
            dated("c", "四川", "2022-12-01"),
            dated("d", "全国", "2023-03-30"),
            dated("e", "青海", "2023-04-01"),
        ];
        let found = uses(&documents, &[0, 1, 2, 3]);
        let steps: Vec<_> = found.steps.iter().map(|s| (s.group.as_str(), s.days)).collect();
        assert_eq!(steps, [("四川", Some(0)), ("浙江", Some(116)), ("全国", Some(185))]);
        assert_eq!(found.silent, [("青海".to_owned(), 1)]);
        assert_eq!(found.steps[0].documents, 2);
    }

    #[test]
    fn a_year_is_no_first_and_has_no_days() {
        let documents = [dated("a", "浙江", "2023"), dated("b", "四川", "2023-05-01")];
        let found = uses(&documents, &[0, 1]);
        assert_eq!(found.first().unwrap().group, "四川");
        let days: Vec<_> = found.steps.iter().map(|step| step.days).collect();
        assert_eq!(days, [None, Some(0)]);
    }

    #[test]
    fn a_year_without_texts_differs_from_one_without_the_term() {
        let documents =
            [dated("a", "全国", "2018"), dated("b", "全国", "2019"), dated("c", "全国", "2021")];
        let found = uses(&documents, &[1, 2]);
        let shares: Vec<_> = found.series.iter().map(|year| year.share()).collect();
        assert_eq!(shares, [Some(0.0), Some(1.0), None, Some(1.0)]);
    }

    #[test]
    fn a_wording_across_a_word_is_not_the_wording() {
        let at = |text: &str, term: &str| {
            let byte = text.find(term).unwrap();
            let start = text.get(..byte).unwrap().chars().count();
            crosses_word(text, start, start + term.chars().count())
        };
        assert!(at("确保交房即交证", "保交房"));
        assert!(!at("扎实做好保交房工作", "保交房"));
        assert!(!at("促进房地产市场止跌回稳", "止跌回稳"));
    }

    #[test]
    fn nothing_found_is_an_empty_history() {
        let found = uses(&[document("a", &["甲"])], &[]);
        assert_eq!(found, FirstUses { series: Vec::new(), ..found.clone() });
        assert!(found.first().is_none() && found.steps.is_empty());
    }
}
