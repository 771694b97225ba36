//! Which documents bear a title, and which of them a text can mean: the earlier ones of the nation,
//! of the text's own province or city, or of the issuer that is named before 《》; of several
//! editions the one in force on the day of the citing text.

use std::sync::LazyLock;

use regex::Regex;
use rustc_hash::FxHashMap;

use super::issuer::Named;
use crate::document::{Collection, DocIndex, Metadata, PartialDate, Summary};
use crate::text::fold::fold_key;
use crate::text::region::{Region, RegionLevel};

/// How a document bears a title, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bearing {
    /// It is its title.
    Exact,
    /// 关于印发《X》的通知.
    Issued,
    /// News of its publication.
    Published,
    /// A reading of it, or questions and answers.
    Explained,
}

/// What is known about a document that bears titles.
#[derive(Debug, Clone)]
struct KnownTitles {
    region: Option<Region>,
    date: Option<PartialDate>,
    number: Option<String>,
    issuer: String,
    /// The keys under which it is found by its own title.
    own: Vec<String>,
    /// True for a draft, which no text cites by the title of the final one.
    is_draft: bool,
}

/// The titles of a library, folded, each with the documents that bear it.
#[derive(Debug, Clone, Default)]
pub struct Titles {
    by_key: FxHashMap<String, Vec<(Bearing, DocIndex)>>,
    by_number: FxHashMap<String, Vec<DocIndex>>,
    known: Vec<Option<KnownTitles>>,
}

/// Where a title leads.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Resolved {
    pub(super) document: Option<DocIndex>,
    /// Documents that bear the title, where none of them can be meant for sure.
    pub(super) candidates: Vec<DocIndex>,
}

impl Titles {
    /// The titles of `documents`.
    pub fn of<D: Collection + ?Sized>(documents: &D) -> Self {
        let mut titles = Self::default();
        for at in (0..documents.count() as u32).map(DocIndex) {
            let known =
                documents.card(at).map(|Summary { metadata, .. }| titles.add(at, &metadata));
            titles.known.push(known);
        }
        titles
    }

    fn add(&mut self, at: DocIndex, metadata: &Metadata) -> KnownTitles {
        let mut own = Vec::new();
        let date = metadata.date();
        for title in std::iter::once(&metadata.title).chain(&metadata.original_title) {
            for (bearing, key) in keys(title) {
                if bearing == Bearing::Exact {
                    own.push(key.clone());
                }
                let bearers = self.by_key.entry(key).or_default();
                if !bearers.contains(&(bearing, at)) {
                    bearers.push((bearing, at));
                }
            }
        }
        let number = metadata.number.as_deref().map(number_key).filter(|key| !key.is_empty());
        if let Some(number) = &number {
            self.by_number.entry(number.clone()).or_default().push(at);
        }
        let issuer = fold_key(metadata.issuer.as_deref().unwrap_or_default());
        let date = date.or_else(|| date_in(&metadata.title));
        let is_draft = is_draft(&fold_key(&metadata.title));
        KnownTitles { region: metadata.region.clone(), date, number, issuer, own, is_draft }
    }

    fn known(&self, at: DocIndex) -> Option<&KnownTitles> {
        self.known.get(at.get())?.as_ref()
    }

    /// The document called `title` in any script, width or case, whoever asks.
    pub fn document(&self, title: &str) -> Option<DocIndex> {
        let bearers = self.by_key.get(&key(&fold_key(title)))?;
        bearers.iter().min_by_key(|(bearing, _)| *bearing).map(|(_, at)| *at)
    }

    /// True where `title` is that of the document itself, in whatever edition.
    pub(super) fn is_own(&self, at: DocIndex, title: &str) -> bool {
        let key = key(title);
        self.known(at).is_some_and(|known| known.own.contains(&key))
    }

    /// The document with that number, other than `from`, that can be meant.
    pub(super) fn numbered(&self, from: DocIndex, number: &str) -> Resolved {
        let key = number_key(number);
        let own = self.known(from).and_then(|known| known.number.as_ref()) == Some(&key);
        let bearers = self.by_number.get(&key).map(Vec::as_slice).unwrap_or_default();
        let others: Vec<DocIndex> = bearers.iter().copied().filter(|at| *at != from).collect();
        match others.as_slice() {
            [one] if !own && self.is_earlier(*one, from) => {
                Resolved { document: Some(*one), candidates: Vec::new() }
            }
            _ if own => Resolved::default(),
            _ => Resolved { document: None, candidates: others },
        }
    }

    /// What `from` means by the folded `title`, before which it names `issuer`, and after it a number
    /// of `year`.
    pub(super) fn resolve(
        &self,
        from: DocIndex,
        title: &str,
        (issuer, year): (&Named, Option<i16>),
    ) -> Resolved {
        let Some(bearers) = self.by_key.get(&key(title)) else { return Resolved::default() };
        let others = bearers.iter().filter(|(_, at)| *at != from).copied();
        let all: Vec<(Bearing, DocIndex)> = others.collect();
        let can = |(_, at): &&(Bearing, DocIndex)| {
            let final_or_asked = self.known(*at).is_some_and(|k| !k.is_draft || is_draft(title));
            let date = self.known(*at).and_then(|known| known.date);
            let of_year =
                year.zip(date).is_none_or(|(year, date)| (year..=year + 1).contains(&date.year()));
            self.is_earlier(*at, from)
                && self.may_cite(*at, from, issuer)
                && final_or_asked
                && of_year
        };
        let eligible: Vec<(Bearing, DocIndex)> = all.iter().filter(can).copied().collect();
        let best = eligible.iter().map(|(bearing, _)| *bearing).min();
        let best: Vec<DocIndex> =
            eligible.iter().filter(|(b, _)| Some(*b) == best).map(|(_, at)| *at).collect();
        // Several places with one common title: whose is meant is not said.
        let place = |at: &DocIndex| {
            let region = self.known(*at).and_then(|known| known.region.as_ref());
            region.map(|region| (&region.name, &region.city, &region.county))
        };
        let one_place = best.iter().all(|at| place(at) == best.first().and_then(place));
        let latest = best.iter().max_by_key(|at| {
            let date = self.known(**at).and_then(|known| known.date);
            (date, std::cmp::Reverse(**at))
        });
        match latest {
            Some(document) if one_place => {
                Resolved { document: Some(*document), candidates: Vec::new() }
            }
            _ => {
                Resolved { document: None, candidates: all.into_iter().map(|(_, at)| at).collect() }
            }
        }
    }

    /// True unless `one` is known to be later than `other`.
    fn is_earlier(&self, one: DocIndex, other: DocIndex) -> bool {
        let date = |at| self.known(at).and_then(|known| known.date);
        match (date(one), date(other)) {
            (Some(one), Some(other)) => one.first_day() <= other.last_day(),
            _ => true,
        }
    }

    /// True where `cited` is a text of the nation, of the province or city of `from`, or of the
    /// issuer that is named.
    fn may_cite(&self, cited: DocIndex, from: DocIndex, issuer: &Named) -> bool {
        let (Some(cited), Some(from)) = (self.known(cited), self.known(from)) else { return false };
        let own = from.region.as_ref();
        // Where no place is known on either side, none can be wrong.
        let Some(place) = &cited.region else {
            return own.is_none() && matches!(issuer, Named::Nobody | Named::Own);
        };
        let is_national = place.level == RegionLevel::National;
        match issuer {
            Named::National(body) => {
                // Of two national bodies with a text of one name the one that is named.
                is_national
                    && (cited.issuer.is_empty() || body.is_empty() || shares(&cited.issuer, body))
            }
            Named::Place(named) => {
                place.name == named.name && (named.city.is_none() || place.city == named.city)
            }
            Named::Own | Named::Nobody => {
                let own_place = own.is_some_and(|own| {
                    let inside = place.city.is_none() || place.city == own.city;
                    let county = place.county.is_none() || place.county == own.county;
                    place.name == own.name && inside && county
                });
                own_place || is_national && *issuer == Named::Nobody
            }
        }
    }
}

/// True where two names of bodies have four characters in a row in common, or one holds the other.
fn shares(a: &str, b: &str) -> bool {
    let b: Vec<char> = b.chars().collect();
    let run = |part: &[char]| a.contains(&part.iter().collect::<String>());
    b.windows(RUN.min(b.len()).max(1)).any(run)
}

/// Characters that names of one body have in common.
const RUN: usize = 4;

/// A folded title without spaces and marks, and without the name of the country before it.
pub(super) fn key(folded: &str) -> String {
    let letters: String = folded.chars().filter(|c| c.is_alphanumeric()).collect();
    match letters.strip_prefix("中华人民共和国") {
        Some(rest) if rest.chars().count() > 1 => rest.to_owned(),
        _ => letters,
    }
}

fn is_draft(title: &str) -> bool {
    ["征求意见", "草案", "送审稿", "讨论稿"].iter().any(|word| title.contains(word))
}

/// A number with one kind of brackets and no spaces: 国发〔2021〕23号.
fn number_key(number: &str) -> String {
    let one = |c: char| match c {
        '〔' | '[' | '(' | '【' => Some('('),
        '〕' | ']' | ')' | '】' => Some(')'),
        c if c.is_whitespace() => None,
        c => Some(c),
    };
    fold_key(number).chars().filter_map(one).collect()
}

#[expect(clippy::expect_used, reason = "built-in pattern")]
static DATE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\((20\d\d|19\d\d)-(\d\d)-(\d\d)\)").expect("pattern of dates"));

/// The day in brackets at the end of a file's name: 甲省渔业条例(2020-05-14).
fn date_in(title: &str) -> Option<PartialDate> {
    let folded = fold_key(title);
    let found = DATE.captures(&folded)?;
    let number = |n: usize| found.get(n).map(|n| n.as_str());
    format!("{}-{}-{}", number(1)?, number(2)?, number(3)?).parse().ok()
}

/// The folded forms by which a title is found, with how they are borne.
fn keys(title: &str) -> Vec<(Bearing, String)> {
    let folded = fold_key(title);
    // 【河南省】 before a title says where.
    let bare = match folded.trim().strip_prefix('【').and_then(|rest| rest.split_once('】')) {
        Some((_, rest)) if !rest.trim().is_empty() => rest.trim(),
        _ => folded.trim(),
    };
    let mut found = vec![(Bearing::Exact, key(&folded)), (Bearing::Exact, key(bare))];
    found.extend(without_brackets(bare).map(|head| (Bearing::Exact, key(head))));
    for named in outer_titles(bare) {
        let Some(bearing) = bearing(bare, &named) else { continue };
        let inner = bare.get(named.clone()).unwrap_or_default();
        found.push((bearing, key(inner)));
        found.extend(without_brackets(inner).map(|head| (bearing, key(head))));
    }
    found.retain(|(_, key)| key.chars().count() > 1);
    found.sort_unstable();
    found.dedup_by(|later, kept| later.1 == kept.1 && later.0 >= kept.0);
    found
}

/// A title without the brackets at its end: (试行), (2021年修订).
fn without_brackets(title: &str) -> Option<&str> {
    let title = title.trim_end().trim_end_matches('》');
    let (head, _) = title.strip_suffix(')')?.rsplit_once('(')?;
    Some(head)
}

/// What is between outer 《 and 》 of a folded text, in bytes.
fn outer_titles(text: &str) -> Vec<std::ops::Range<usize>> {
    let (mut open, mut depth, mut found) = (None, 0usize, Vec::new());
    for (at, c) in text.char_indices() {
        match c {
            '《' => {
                if depth == 0 {
                    open = Some(at + c.len_utf8());
                }
                depth += 1;
            }
            '》' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    found.extend(open.take().map(|start| start..at));
                }
            }
            _ => {}
        }
    }
    found
}

/// How a document whose title is `title` bears what it names at `named`; `None` where it is another
/// text: 实施《X》办法, 关于修改《X》的决定, 贯彻《X》的意见.
fn bearing(title: &str, named: &std::ops::Range<usize>) -> Option<Bearing> {
    const READING: [&str; 9] =
        ["解读", "问答", "答记者问", "图解", "一图", "起草说明", "政策说明", "释义", "看点"];
    const PUBLISHED: [&str; 9] =
        ["发布", "出台", "印发", "公布", "正式", "施行", "下发", "来了", "实行"];
    const OTHER: [&str; 15] = [
        "实施", "贯彻", "修改", "修订", "修正", "废止", "补充", "执行", "落实", "征求", "批复",
        "学习", "宣传", "适用", "根据",
    ];
    let (before, after) = (title.get(..named.start)?, title.get(named.end..)?);
    let (before, after) =
        (before.trim_end_matches('《').trim(), after.trim_start_matches('》').trim());
    let around =
        |words: &[&str]| words.iter().any(|word| before.contains(word) || after.contains(word));
    let issued = ["印发", "发布", "公布", "转发", "下发"].iter().any(|verb| before.ends_with(verb))
        && ["的通知", "的公告", "的通告", "的令", "的决定"].iter().any(|end| after.contains(end));
    match () {
        () if before.is_empty() && after.is_empty() => Some(Bearing::Exact),
        // A draft in brackets is the text itself.
        () if before.is_empty() && after.starts_with('(') && after.ends_with(')') => {
            Some(Bearing::Exact)
        }
        () if around(&READING) => Some(Bearing::Explained),
        () if issued => Some(Bearing::Issued),
        () if OTHER.iter().any(|word| {
            before.ends_with(word) || after.trim_start_matches('的').starts_with(word)
        }) =>
        {
            None
        }
        () if OTHER.iter().any(|word| before.contains(word)) => None,
        () if around(&PUBLISHED) => Some(Bearing::Published),
        // 甲市《X》: whose it is.
        () if after.is_empty() && before.chars().count() <= 12 => Some(Bearing::Published),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_borne_exactly_by_notices_by_news_and_by_readings() {
        let cases = [
            ("甲省渔业条例(2020-05-14)", "甲省渔业条例", Some(Bearing::Exact)),
            ("【甲省】《渔业发展规划》", "渔业发展规划", Some(Bearing::Exact)),
            ("《渔业发展办法(试行)》", "渔业发展办法", Some(Bearing::Exact)),
            ("关于印发《渔业规划》的通知", "渔业规划", Some(Bearing::Issued)),
            ("甲省发布《渔业规划》 十条措施来了", "渔业规划", Some(Bearing::Published)),
            ("《渔业规划》解读", "渔业规划", Some(Bearing::Explained)),
            ("甲省实施《渔业法》办法", "渔业法", None),
            ("关于修改《渔业法》的决定", "渔业法", None),
            ("关于贯彻《渔业规划》的意见", "渔业规划", None),
            ("中华人民共和国渔业法", "渔业法", Some(Bearing::Exact)),
        ];
        for (title, wanted, bearing) in cases {
            let found = keys(title).into_iter().find(|(_, key)| key == wanted);
            assert_eq!(found.map(|(bearing, _)| bearing), bearing, "{title}");
        }
    }
}
