//! Which documents a filter lets through: by everything that a list shows of them (title, place,
//! issuer, medium, document number, date), in either script, by pinyin and by initials.
//!
//! Words must all match, in any field; `-word` must not, `a|b` is either, `"two words"` are one.
//! `field:word` looks in one field ([`FIELDS`]); `is:unread`, `is:read`, `has:note` and
//! `tag:word` ask for what the user did, which the caller knows.

use jiff::civil::Date;
use jiff::{Span as Days, ToSpan};

use super::pinyin_pattern::Keys;
use super::syllabary::{Glyph, Syllabary};
use crate::document::{DocIndex, PartialDate, Summary};
use crate::text::fold::fold_key;

/// The fields that a filter may name.
pub const FIELDS: [&str; 11] =
    ["title", "region", "issuer", "source", "number", "date", "since", "until", "is", "has", "tag"];

/// A filter that was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DocumentFilter {
    terms: Vec<Term>,
    states: Vec<(State, bool)>,
}

/// What the user did with a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// Never opened, or not read to its end.
    Unread,
    /// With a bookmark, a mark or a note.
    Annotated,
    /// With a tag that begins so; folded.
    Tagged(String),
}

/// A field, or a value of one, that does not exist; as it was typed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct UnknownField(pub String);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Term {
    wanted: bool,
    test: Test,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Test {
    /// Any of these, folded, in this field, or in any.
    Text(Option<Field>, Vec<String>),
    Since(Date),
    Until(Date),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Title,
    Region,
    Issuer,
    Source,
    Number,
    Date,
}

const TEXTS: [(&str, Field); 6] = [
    ("title", Field::Title),
    ("region", Field::Region),
    ("issuer", Field::Issuer),
    ("source", Field::Source),
    ("number", Field::Number),
    ("date", Field::Date),
];

impl DocumentFilter {
    /// The filter that `typed` means on the day `today`. A field without a value, as while it is
    /// being typed, filters nothing.
    ///
    /// # Errors
    /// There is no such field, or no such value of a field that has few.
    pub fn parse(typed: &str, today: Date) -> Result<Self, UnknownField> {
        let mut filter = Self::default();
        for word in words(typed) {
            filter.push(&word, today)?;
        }
        Ok(filter)
    }

    fn push(&mut self, word: &str, today: Date) -> Result<(), UnknownField> {
        let (wanted, rest) = match word.strip_prefix(['-', '－']) {
            Some(rest) if !rest.is_empty() => (false, rest),
            _ => (true, word),
        };
        if let "unread" | "未读" = rest {
            self.states.push((State::Unread, wanted));
            return Ok(());
        }
        let Some((name, value)) = rest.split_once([':', '：']).filter(|(name, _)| is_name(name))
        else {
            self.push_text(None, rest, wanted);
            return Ok(());
        };
        let unknown = || UnknownField(rest.to_owned());
        if let Some((_, field)) = TEXTS.iter().find(|(known, _)| *known == name) {
            self.push_text(Some(*field), value, wanted);
            return Ok(());
        }
        if !FIELDS.contains(&name) {
            return Err(unknown());
        }
        if value.is_empty() {
            return Ok(());
        }
        match (name, value) {
            ("is", "unread") => self.states.push((State::Unread, wanted)),
            ("is", "read") => self.states.push((State::Unread, !wanted)),
            ("tag", tag) => self.states.push((State::Tagged(fold_key(tag)), wanted)),
            ("has", "note") => self.states.push((State::Annotated, wanted)),
            ("since", value) => {
                let day = day(value, today).ok_or_else(unknown)?.0;
                self.terms.push(Term { wanted, test: Test::Since(day) });
            }
            ("until", value) => {
                let day = day(value, today).ok_or_else(unknown)?.1;
                self.terms.push(Term { wanted, test: Test::Until(day) });
            }
            _ => return Err(unknown()),
        }
        Ok(())
    }

    fn push_text(&mut self, field: Option<Field>, value: &str, wanted: bool) {
        let any: Vec<String> = value
            .split(['|', '｜'])
            .map(|one| fold_key(one.trim_matches(['"', '“', '”'])).trim().to_owned())
            .filter(|one| !one.is_empty())
            .collect();
        if !any.is_empty() {
            self.terms.push(Term { wanted, test: Test::Text(field, any) });
        }
    }

    /// True where nothing is filtered.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty() && self.states.is_empty()
    }

    /// What the user must have done, or must not.
    pub fn states(&self) -> &[(State, bool)] {
        &self.states
    }

    /// Those of `documents` that match, whatever the user did: first those with all words in the
    /// title, otherwise in their order.
    pub fn find(&self, documents: impl Iterator<Item = (DocIndex, Summary)>) -> Vec<DocIndex> {
        let mut syllabary = Syllabary::default();
        let spelled = self.terms.iter().any(Term::is_spelled);
        let cards: Vec<(DocIndex, Card)> = documents
            .map(|(at, summary)| (at, Card::of(&summary, spelled.then_some(&mut syllabary))))
            .collect();
        let terms: Vec<(&Term, Vec<Option<Keys>>)> =
            self.terms.iter().map(|term| (term, term.keys(&syllabary))).collect();
        let mut found: Vec<(bool, DocIndex)> = cards
            .iter()
            .filter(|(_, card)| terms.iter().all(|(term, keys)| term.holds(card, keys)))
            .map(|(at, card)| {
                let in_title = terms.iter().all(|(term, keys)| term.is_in_title(card, keys));
                (!in_title, *at)
            })
            .collect();
        found.sort_by_key(|(elsewhere, _)| *elsewhere);
        found.into_iter().map(|(_, at)| at).collect()
    }
}

/// The words of `typed`: separated by spaces, but not within quotation marks.
fn words(typed: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for c in typed.chars() {
        match c {
            '"' | '“' | '”' => quoted = !quoted,
            c if c.is_whitespace() && !quoted => words.push(String::new()),
            c => words.last_mut().into_iter().for_each(|word| word.push(c)),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// True for what may be the name of a field: a time (10:30) is none.
fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase())
}

/// The first and the last day of `value`: a year, a month, a day, or so many days ago (`30d`).
fn day(value: &str, today: Date) -> Option<(Date, Date)> {
    if let Some(days) = value.strip_suffix('d').and_then(|days| days.parse::<i32>().ok()) {
        let ago: Days = days.days();
        let day = today.checked_sub(ago).ok()?;
        return Some((day, day));
    }
    let date: PartialDate = value.parse().ok()?;
    Some((date.first_day(), date.last_day()))
}

/// What a list shows of a document, folded once.
struct Card {
    fields: Vec<(Field, String, Vec<Glyph>)>,
    date: Option<PartialDate>,
}

impl Card {
    /// The fields of `summary`; with a syllabary those that can be spelled, too.
    fn of(summary: &Summary, mut syllabary: Option<&mut Syllabary>) -> Self {
        let known = &summary.metadata;
        let region = known.region.as_ref().map(|region| {
            let parts = [Some(&region.name), region.city.as_ref(), region.county.as_ref()];
            parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" ")
        });
        let date = known.date();
        let texts = [
            (Field::Title, Some(known.title.clone())),
            (Field::Region, region),
            (Field::Issuer, known.issuer.clone()),
            (Field::Source, known.source.clone()),
            (Field::Number, known.number.clone()),
            (Field::Date, date.map(|date| date.to_string())),
        ];
        let fields = texts.into_iter().filter_map(|(field, text)| {
            let folded = fold_key(&text?);
            let glyphs = match &mut syllabary {
                Some(known) => folded.chars().map(|c| known.glyph(c, c)).collect(),
                None => Vec::new(),
            };
            Some((field, folded, glyphs))
        });
        Self { fields: fields.collect(), date }
    }
}

/// The shortest word that is tried as pinyin: a single letter spells nearly everything.
const SHORTEST_SPELLED: usize = 2;

impl Term {
    fn texts(&self) -> &[String] {
        match &self.test {
            Test::Text(_, any) => any,
            Test::Since(_) | Test::Until(_) => &[],
        }
    }

    fn is_spelled(&self) -> bool {
        self.texts().iter().any(|text| is_spelling(text))
    }

    /// For each text its keys, where it may be a spelling.
    fn keys(&self, syllabary: &Syllabary) -> Vec<Option<Keys>> {
        let keys = |text: &String| is_spelling(text).then(|| Keys::new(text, syllabary));
        self.texts().iter().map(keys).collect()
    }

    fn holds(&self, card: &Card, keys: &[Option<Keys>]) -> bool {
        let holds = match &self.test {
            Test::Text(field, any) => card.fields.iter().any(|(of, text, glyphs)| {
                field.is_none_or(|field| field == *of) && is_in(text, glyphs, any, keys)
            }),
            Test::Since(first) => card.date.is_some_and(|date| *first <= date.first_day()),
            Test::Until(last) => card.date.is_some_and(|date| date.last_day() <= *last),
        };
        holds == self.wanted
    }

    fn is_in_title(&self, card: &Card, keys: &[Option<Keys>]) -> bool {
        let Test::Text(_, any) = &self.test else { return true };
        let title = card.fields.iter().find(|(field, ..)| *field == Field::Title);
        !self.wanted || title.is_some_and(|(_, text, glyphs)| is_in(text, glyphs, any, keys))
    }
}

fn is_spelling(text: &str) -> bool {
    text.len() >= SHORTEST_SPELLED && text.chars().any(|c| c.is_ascii_lowercase())
}

fn is_in(text: &str, glyphs: &[Glyph], any: &[String], keys: &[Option<Keys>]) -> bool {
    let spelled =
        |keys: &Option<Keys>| keys.as_ref().is_some_and(|keys| keys.run(glyphs).is_some());
    any.iter().zip(keys).any(|(wanted, keys)| text.contains(wanted.as_str()) || spelled(keys))
}

#[cfg(test)]
mod tests {
    use super::super::samples::{document, known};
    use super::*;

    const TODAY: Date = Date::constant(2026, 11, 25);

    fn found(typed: &str) -> Vec<usize> {
        let documents = [
            known(document("甲", "国家标准化发展纲要", &["文"]), "全国", "2021-10-10"),
            known(document("乙", "产业链標準行动", &["文"]), "上海", "2022-02-17"),
            known(document("丙", "关于上海做法的通知", &["文"]), "山东", "2026-11-20"),
        ];
        let filter = DocumentFilter::parse(typed, TODAY).expect(typed);
        let all = documents.iter().enumerate();
        let all = all.map(|(at, text)| (DocIndex(at as u32), Summary::from(text)));
        filter.find(all).into_iter().map(DocIndex::get).collect()
    }

    #[test]
    fn every_field_that_is_shown_is_searched_titles_first() {
        for (typed, expected) in [
            ("", &[0, 1, 2][..]),
            ("上海", &[2, 1]),
            ("山东", &[2]),
            ("标准", &[0, 1]),
            ("标准 上海", &[1]),
            ("2022-02", &[1]),
            ("shandong", &[2]),
            ("sd", &[2]),
            ("biaozhun", &[0, 1]),
            ("标准 -上海", &[0]),
            ("全国|山东", &[0, 2]),
            ("region:上海", &[1]),
            ("title:上海", &[2]),
            ("since:2022", &[1, 2]),
            ("until:2022", &[0, 1]),
            ("since:30d", &[2]),
            ("region:", &[0, 1, 2]),
            ("\"上海做法\"", &[2]),
            ("没有", &[]),
        ] {
            assert_eq!(found(typed), expected, "{typed}");
        }
    }

    #[test]
    fn unknown_fields_and_values_are_refused_and_states_are_told() {
        for typed in ["nosuch:1", "is:old", "since:soon"] {
            assert_eq!(DocumentFilter::parse(typed, TODAY), Err(UnknownField(typed.to_owned())));
        }
        let filter =
            DocumentFilter::parse("未读 -has:note tag:待核 10：30", TODAY).expect("known fields");
        assert_eq!(
            filter.states(),
            [
                (State::Unread, true),
                (State::Annotated, false),
                (State::Tagged("待核".to_owned()), true)
            ]
        );
        assert!(!filter.is_empty());
    }
}
