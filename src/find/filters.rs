//! Field filters: the part of a query that looks at what is known about a document (`region:上海`,
//! `date:>2023`) or at what kind of place a hit is in (`kind:heading`). Both engines use them: what
//! they ask of a document is kept beside the engine as [`Facts`].

use std::collections::HashMap;

use jiff::civil::Date;

use super::pinyin_pattern::spells;
use crate::document::{BlockKind, Document, PartialDate};
use crate::text::fold::fold_key;
use crate::text::region::RegionLevel;

/// What filters ask of one document, folded once.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// Province, city, county: those that are known.
    places: Vec<String>,
    /// City and county alone.
    cities: Vec<String>,
    /// 全国, 省, 市, 区县; empty where no place is known.
    level: &'static str,
    title: String,
    date: Option<PartialDate>,
    issuer: String,
    source: String,
}

impl Facts {
    /// The facts of `document`.
    pub fn of(document: &Document) -> Self {
        let known = &document.metadata;
        let places = known.region.iter().flat_map(|region| {
            [Some(&region.name), region.city.as_ref(), region.county.as_ref()].into_iter().flatten()
        });
        let cities =
            known.region.iter().flat_map(|region| [&region.city, &region.county]).flatten();
        Self {
            places: places.map(|place| fold_key(place)).collect(),
            cities: cities.map(|place| fold_key(place)).collect(),
            level: known.region.as_ref().map_or("", |region| level_name(region.level)),
            title: fold_key(&known.title),
            date: known.date(),
            issuer: fold_key(known.issuer.as_deref().unwrap_or_default()),
            source: fold_key(known.source.as_deref().unwrap_or_default()),
        }
    }

    /// The day by which results are ordered: the first one that the document's date may be.
    pub fn day(&self) -> Option<Date> {
        self.date.map(PartialDate::first_day)
    }
}

/// A level as `level:` names it.
fn level_name(level: RegionLevel) -> &'static str {
    match level {
        RegionLevel::National => "全国",
        RegionLevel::Province => "省",
        RegionLevel::City => "市",
        RegionLevel::County => "区县",
    }
}

/// Levels with their other names.
const LEVELS: [(&str, &[&str]); 4] = [
    ("全国", &["全国", "国家", "national", "nation"]),
    ("省", &["省", "省级", "province", "provincial"]),
    ("市", &["市", "市级", "地市", "city"]),
    ("区县", &["区县", "区", "县", "县级", "county", "district"]),
];

/// What is wrong with a query.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// More than a query may have.
    #[error("the query is too long")]
    TooLong,
    /// A date filter that is no date.
    #[error("{0:?} is no date (2023, 2023-05, 2023-05-17, with < <= > >= or ..)")]
    Date(String),
    /// A kind filter that names no kind.
    #[error("{0:?} is no kind (theme, title, heading, paragraph, item, table, signature, note)")]
    Kind(String),
    /// A level filter that names no level.
    #[error("{0:?} is no level (全国, 省, 市, 区县)")]
    Level(String),
    /// A filter that does not exist.
    #[error("there is no filter {0:?} ({list})", list = FIELDS.join(", "))]
    Field(String),
    /// NOT beside other words under one OR.
    #[error("NOT must stand outside OR")]
    NotInOr,
    /// Filters of different fields under one OR.
    #[error("OR joins words, or values of one filter")]
    FilterInOr,
    /// The pattern cannot be read; the message is the regex crate's.
    #[error("{0}")]
    Pattern(String),
    /// The pattern compiles to more than the limit of size.
    #[error("the pattern is too large")]
    LargePattern,
}

/// What is wrong with a query, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("character {}: {what}", at + 1)]
pub struct QueryError {
    /// The character of the query, from 0.
    pub at: usize,
    /// What is wrong there.
    pub what: Wrong,
}

impl QueryError {
    /// The same error, `by` characters later.
    pub(super) fn moved(self, by: usize) -> Self {
        Self { at: self.at + by, ..self }
    }
}

/// The kind of a place or of an entry of the finder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A subject that texts share (finder only).
    Theme,
    /// The title of a document.
    Title,
    /// A heading.
    Heading,
    /// Running text.
    Paragraph,
    /// An item of a list.
    Item,
    /// A row of a table.
    TableRow,
    /// Who signed, and when.
    Signature,
    /// A note to the text.
    Note,
}

const KINDS: [(&str, Kind); 8] = [
    ("theme", Kind::Theme),
    ("title", Kind::Title),
    ("heading", Kind::Heading),
    ("paragraph", Kind::Paragraph),
    ("item", Kind::Item),
    ("table", Kind::TableRow),
    ("signature", Kind::Signature),
    ("note", Kind::Note),
];

impl From<BlockKind> for Kind {
    fn from(kind: BlockKind) -> Self {
        match kind {
            BlockKind::Heading => Self::Heading,
            BlockKind::Paragraph => Self::Paragraph,
            BlockKind::Item => Self::Item,
            BlockKind::TableRow => Self::TableRow,
            BlockKind::Signature => Self::Signature,
            BlockKind::Note => Self::Note,
        }
    }
}

/// The filters of one query; a document must pass all of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filters {
    conditions: Vec<Condition>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Condition {
    sign: Sign,
    test: Test,
}

/// Whether a part of a query is wanted or unwanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    Wanted,
    Unwanted,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Test {
    /// Any of these places, by name or spelled.
    Region(Vec<String>),
    /// The issuer contains any of these.
    Issuer(Vec<String>),
    /// The medium contains any of these.
    Source(Vec<String>),
    /// The title contains any of these.
    Title(Vec<String>),
    /// Any of these cities or counties, by name or spelled.
    City(Vec<String>),
    /// Any of these levels.
    Level(Vec<&'static str>),
    /// Any of these kinds.
    Kind(Vec<Kind>),
    /// From the first day to the last one, both included.
    Days(Option<Date>, Option<Date>),
}

/// The fields a query may name.
pub const FIELDS: [&str; 10] =
    ["region", "city", "level", "title", "issuer", "source", "kind", "date", "since", "until"];

impl Test {
    /// Adds the values of `other`, where both look at the same field and either may hold.
    fn join(&mut self, other: Self) -> Option<Self> {
        match (self, other) {
            (Self::Region(own), Self::Region(more))
            | (Self::Issuer(own), Self::Issuer(more))
            | (Self::Source(own), Self::Source(more))
            | (Self::Title(own), Self::Title(more))
            | (Self::City(own), Self::City(more)) => own.extend(more),
            (Self::Level(own), Self::Level(more)) => own.extend(more),
            (Self::Kind(own), Self::Kind(more)) => own.extend(more),
            (_, other) => return Some(other),
        }
        None
    }
}

/// A value of a filter that no document has, with what there is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownValue {
    pub field: &'static str,
    pub value: String,
    /// The values that documents have, the commonest first.
    pub known: Vec<String>,
}

impl Filters {
    /// True where nothing is filtered.
    pub fn is_empty(&self) -> bool {
        self.conditions.is_empty()
    }

    /// Adds the filter `field` with the alternatives of `values`. Values that are empty, as while
    /// they are being typed, filter nothing.
    pub(super) fn add(&mut self, field: &str, values: &[&str], sign: Sign) -> Result<(), Wrong> {
        let values: Vec<String> = values
            .iter()
            .map(|v| fold_key(v).trim().to_owned())
            .filter(|v| !v.is_empty())
            .collect();
        let Some(first) = values.first() else {
            return Ok(());
        };
        let test = match field {
            "region" => Test::Region(values),
            "issuer" => Test::Issuer(values),
            "source" => Test::Source(values),
            "title" => Test::Title(values),
            "city" => Test::City(values),
            "level" => Test::Level(levels(&values)?),
            "kind" => Test::Kind(kinds(&values)?),
            "since" => Test::Days(Some(Period::parse(first)?.first), None),
            "until" => Test::Days(None, Some(Period::parse(first)?.last)),
            "date" => days(first)?,
            _ => return Err(Wrong::Field(field.to_owned())),
        };
        // Two `region:` mean either.
        let mut test = Some(test);
        if sign == Sign::Wanted {
            for condition in self.conditions.iter_mut().filter(|c| c.sign == Sign::Wanted) {
                test = test.and_then(|test| condition.test.join(test));
            }
        }
        self.conditions.extend(test.map(|test| Condition { sign, test }));
        Ok(())
    }

    /// The first wanted place, issuer or source that no document has.
    pub fn unknown_value(&self, facts: &[Facts]) -> Option<UnknownValue> {
        let wanted = self.conditions.iter().filter(|condition| condition.sign == Sign::Wanted);
        let values = wanted.filter_map(|condition| match &condition.test {
            Test::Region(values) => Some(("region", values)),
            Test::City(values) => Some(("city", values)),
            Test::Issuer(values) => Some(("issuer", values)),
            Test::Source(values) => Some(("source", values)),
            _ => None,
        });
        let has = |field: &str, value: &String, facts: &Facts| match field {
            "region" => facts.places.iter().any(|place| names(place, value)),
            "city" => facts.cities.iter().any(|place| names(place, value)),
            "issuer" => facts.issuer.contains(value.as_str()),
            _ => facts.source.contains(value.as_str()),
        };
        for (field, values) in values {
            for value in values {
                if !facts.iter().any(|facts| has(field, value, facts)) {
                    return Some(UnknownValue {
                        field,
                        value: value.clone(),
                        known: known(field, facts),
                    });
                }
            }
        }
        None
    }

    /// For each document whether it passes, looking at all filters but those of kind.
    pub(super) fn admitted(&self, facts: &[Facts]) -> Option<Vec<bool>> {
        let about_documents: Vec<&Condition> =
            self.conditions.iter().filter(|c| !matches!(c.test, Test::Kind(_))).collect();
        if about_documents.is_empty() {
            return None;
        }
        let mut spelled = Spelled::default();
        let passes = facts.iter().map(|facts| {
            about_documents.iter().all(|condition| condition.holds(facts, &mut spelled))
        });
        Some(passes.collect())
    }

    /// True where kinds are filtered.
    pub(super) fn has_kinds(&self) -> bool {
        self.conditions.iter().any(|condition| matches!(condition.test, Test::Kind(_)))
    }

    /// True where a hit in a place of this kind passes.
    pub(super) fn admits_kind(&self, kind: Kind) -> bool {
        self.conditions.iter().all(|condition| match &condition.test {
            Test::Kind(kinds) => kinds.contains(&kind) == (condition.sign == Sign::Wanted),
            _ => true,
        })
    }
}

impl Condition {
    fn holds<'f>(&self, facts: &'f Facts, spelled: &mut Spelled<'f>) -> bool {
        let held = match &self.test {
            Test::Region(wanted) => facts.places.iter().any(|place| spelled.names(place, wanted)),
            Test::Issuer(wanted) => wanted.iter().any(|part| facts.issuer.contains(part.as_str())),
            Test::Source(wanted) => wanted.iter().any(|part| facts.source.contains(part.as_str())),
            // A text that names only its year passes where the whole year would.
            Test::Title(wanted) => wanted.iter().any(|part| facts.title.contains(part.as_str())),
            Test::City(wanted) => facts.cities.iter().any(|place| spelled.names(place, wanted)),
            Test::Level(wanted) => wanted.contains(&facts.level),
            Test::Days(first, last) => facts.date.is_some_and(|date| {
                first.is_none_or(|first| first <= date.first_day())
                    && last.is_none_or(|last| date.last_day() <= last)
            }),
            Test::Kind(_) => return true,
        };
        held == (self.sign == Sign::Wanted)
    }
}

/// Answers already given: libraries have many documents and few places.
#[derive(Default)]
struct Spelled<'f>(HashMap<(&'f str, usize), bool>);

impl<'f> Spelled<'f> {
    fn names(&mut self, place: &'f str, wanted: &[String]) -> bool {
        let key = (place, wanted.as_ptr() as usize);
        *self.0.entry(key).or_insert_with(|| wanted.iter().any(|typed| names(place, typed)))
    }
}

/// The values that documents have in a field, the commonest first.
fn known(field: &str, facts: &[Facts]) -> Vec<String> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for facts in facts {
        let values: Vec<&str> = match field {
            "region" => facts.places.iter().take(1).map(String::as_str).collect(),
            "city" => facts.cities.iter().map(String::as_str).collect(),
            "issuer" => vec![&facts.issuer],
            _ => vec![&facts.source],
        };
        for value in values.into_iter().filter(|value| !value.is_empty()) {
            *counts.entry(value).or_default() += 1;
        }
    }
    let mut all: Vec<(&str, usize)> = counts.into_iter().collect();
    all.sort_unstable_by_key(|(value, count)| (std::cmp::Reverse(*count), *value));
    all.into_iter().map(|(value, _)| value.to_owned()).collect()
}

fn levels(values: &[String]) -> Result<Vec<&'static str>, Wrong> {
    let level = |value: &String| {
        let found = LEVELS.iter().find(|(_, names)| names.contains(&value.as_str()));
        found.map(|(level, _)| *level).ok_or_else(|| Wrong::Level(value.clone()))
    };
    values.iter().map(level).collect()
}

/// True where `typed` means `place`: 上海, 上海市, 上, shanghai, sh.
fn names(place: &str, typed: &str) -> bool {
    place.starts_with(typed) || typed.starts_with(place) || spells(place, typed)
}

fn kinds(values: &[String]) -> Result<Vec<Kind>, Wrong> {
    values.iter().map(|value| kind(value)).collect()
}

fn kind(value: &str) -> Result<Kind, Wrong> {
    let found = KINDS.iter().find(|(name, _)| name.starts_with(value));
    found.map(|(_, kind)| *kind).ok_or_else(|| Wrong::Kind(value.to_owned()))
}

/// `>2023`, `>=2023-05`, `2023`, `2023-05..2024`, `..2024`.
fn days(value: &str) -> Result<Test, Wrong> {
    if let Some((first, last)) = value.split_once("..") {
        let first = period_unless_empty(first)?.map(|period| period.first);
        return Ok(Test::Days(first, period_unless_empty(last)?.map(|period| period.last)));
    }
    let rest = value.trim_start_matches(['<', '>', '=']);
    let operator = value.strip_suffix(rest).unwrap_or_default();
    if rest.is_empty() {
        return Ok(Test::Days(None, None));
    }
    let period = Period::parse(rest)?;
    match operator {
        "" | "=" | "==" => Ok(Test::Days(Some(period.first), Some(period.last))),
        ">=" => Ok(Test::Days(Some(period.first), None)),
        "<=" => Ok(Test::Days(None, Some(period.last))),
        ">" => Ok(Test::Days(period.last.tomorrow().ok(), None)),
        "<" => Ok(Test::Days(None, period.first.yesterday().ok())),
        _ => Err(Wrong::Date(value.to_owned())),
    }
}

fn period_unless_empty(value: &str) -> Result<Option<Period>, Wrong> {
    if value.is_empty() { Ok(None) } else { Period::parse(value).map(Some) }
}

/// A year, a month or a day, as its first and last day.
struct Period {
    first: Date,
    last: Date,
}

impl Period {
    fn parse(value: &str) -> Result<Self, Wrong> {
        Self::read(value).ok_or_else(|| Wrong::Date(value.to_owned()))
    }

    /// 2023, 2023-05, 2023/5/1, 2023.05.01, 2023年5月1日.
    fn read(value: &str) -> Option<Self> {
        let value = value.trim_end_matches(['-', '/', '.', '年', '月', '日']);
        let mut numbers = value.split(['-', '/', '.', '年', '月']);
        let year = number(numbers.next()?).filter(|_| value.len() >= 4)?;
        let month = numbers.next().map(number);
        let day = numbers.next().map(number);
        if numbers.next().is_some() || matches!(month, Some(None)) || matches!(day, Some(None)) {
            return None;
        }
        let (month, day) = (month.flatten(), day.flatten());
        let first = date(year, month.unwrap_or(1), day.unwrap_or(1))?;
        let last = match (month, day) {
            (_, Some(_)) => first,
            (Some(_), None) => first.last_of_month(),
            (None, None) => first.last_of_year(),
        };
        Some(Self { first, last })
    }
}

fn number(digits: &str) -> Option<i16> {
    let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    if plain { digits.parse().ok() } else { None }
}

fn date(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(region: &str, day: &str) -> Facts {
        Facts {
            places: vec![region.to_owned()],
            cities: Vec::new(),
            level: "省",
            title: "渔业办法".to_owned(),
            date: day.parse().ok(),
            issuer: "国务院办公厅".to_owned(),
            source: "新华社".to_owned(),
        }
    }

    fn passes(field: &str, value: &str, facts: &Facts) -> bool {
        let mut filters = Filters::default();
        filters.add(field, &[value], Sign::Wanted).unwrap();
        filters.admitted(std::slice::from_ref(facts)).is_none_or(|passed| passed[0])
    }

    #[test]
    fn a_date_filter_compares_whole_years_months_and_days() {
        let doc = facts("上海", "2023-05-17");
        let cases = [
            ("2023", true),
            (">2022", true),
            (">2023", false),
            (">=2023", true),
            ("<2023", false),
            ("<2023-06", true),
            ("<=2023-05", true),
            (">2023-05-16", true),
            (">2023-05-17", false),
            ("2022..2023", true),
            ("..2023年4月", false),
            ("2023/5/17", true),
            ("＞2022", true),
        ];
        for (value, passed) in cases {
            assert_eq!(passes("date", value, &doc), passed, "{value}");
        }
        assert!(passes("since", "2023", &doc) && passes("until", "2023", &doc));
        assert!(!passes("since", "2024", &doc) && !passes("until", "2022", &doc));
    }

    #[test]
    fn a_region_is_named_in_either_script_in_full_or_by_its_spelling() {
        let doc = facts("广东", "2023-05-17");
        for value in ["广东", "廣東", "广东省", "广", "guangdong", "gd", "GuangDong"] {
            assert!(passes("region", value, &doc), "{value}");
        }
        assert!(!passes("region", "广西", &doc) && !passes("region", "gx", &doc));
        assert!(passes("issuer", "國務院", &doc) && !passes("source", "人民日报", &doc));
    }

    #[test]
    fn titles_and_levels_are_filtered_and_unknown_values_told() {
        let doc = facts("广东", "2023-05-17");
        assert!(passes("title", "漁業", &doc) && passes("level", "province", &doc));
        assert!(!passes("title", "林业", &doc) && !passes("level", "全国", &doc));
        let mut filters = Filters::default();
        for region in ["上海", "广东"] {
            filters.add("region", &[region], Sign::Wanted).unwrap();
        }
        assert!(filters.admitted(std::slice::from_ref(&doc)).unwrap()[0], "either");
        let unknown = filters.unknown_value(std::slice::from_ref(&doc)).unwrap();
        assert_eq!((unknown.field, unknown.value.as_str()), ("region", "上海"));
        assert_eq!(unknown.known, ["广东"]);
        assert!(filters.add("level", &["州"], Sign::Wanted).is_err());
    }

    #[test]
    fn an_undated_text_passes_no_date_filter() {
        assert!(!passes("date", ">1990", &facts("上海", "")));
        assert!(!passes("until", "2099", &facts("上海", "")));
    }

    #[test]
    fn what_is_no_date_or_kind_is_an_error_and_what_is_not_yet_typed_is_none() {
        let mut filters = Filters::default();
        for (field, value) in [
            ("date", "soon"),
            ("date", "2023-13"),
            ("date", "><2023"),
            ("kind", "poem"),
            ("since", "9"),
        ] {
            assert!(filters.add(field, &[value], Sign::Wanted).is_err(), "{field}:{value}");
        }
        for (field, value) in [("date", ""), ("date", ">"), ("kind", ""), ("region", " ")] {
            assert!(filters.add(field, &[value], Sign::Wanted).is_ok(), "{field}:{value}");
        }
    }
}
