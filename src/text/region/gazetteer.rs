//! The names of provinces, cities and counties, in full and in the short forms that people write,
//! and of the bodies of the whole country. The short forms are made by rule; short forms that are
//! ordinary words are left out (`ambiguous.tsv`), and so are those of counties.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};

use super::level::RegionLevel;
use super::words::{Form, is_name};

/// A province, city or county.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct AdminUnit {
    /// Its full name.
    pub name: String,
    /// Its level.
    pub level: RegionLevel,
    short: String,
    code: u32,
}

/// What a name in a text stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NamedPlace<'g> {
    /// A place.
    Place(&'g AdminUnit),
    /// A body of the whole country.
    Nation,
    /// A word for the whole country.
    Country,
}

impl NamedPlace<'_> {
    fn form(self, written: &str) -> Form {
        match self {
            Self::Place(place)
                if place.name == written
                    || written.ends_with(['州', '县']) && written != place.short =>
            {
                Form::Full
            }
            Self::Place(place) => match place.level {
                RegionLevel::County if written == place.short => Form::BareCounty,
                RegionLevel::City => Form::BareCity,
                _ => Form::Province,
            },
            Self::Nation => Form::Body,
            Self::Country => Form::Word,
        }
    }
}

/// All names, and the machine that finds them.
pub(super) struct Gazetteer {
    places: Vec<AdminUnit>,
    by_code: HashMap<u32, usize>,
    finder: CharwiseDoubleArrayAhoCorasick<u32>,
}

/// The gazetteer of the program.
pub(super) static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(Gazetteer::embedded);

/// Values of the finder that are no index of a place.
const NATION: u32 = u32::MAX;
const COUNTRY: u32 = u32::MAX - 1;
const NOWHERE: u32 = u32::MAX - 2;

impl Gazetteer {
    #[expect(clippy::expect_used, reason = "built-in names; a test touches them")]
    fn embedded() -> Self {
        let places: Vec<AdminUnit> = rows(include_str!("gazetteer.tsv"))
            .filter_map(|(code, name)| Some(AdminUnit::new(code.parse().ok()?, name)))
            .collect();
        let by_code = places.iter().enumerate().map(|(at, place)| (place.code, at)).collect();
        let finder = CharwiseDoubleArrayAhoCorasickBuilder::new()
            .match_kind(MatchKind::LeftmostLongest)
            .build_with_values(names(&places))
            .expect("built-in names");
        Self { places, by_code, finder }
    }

    /// What `text`, in simplified characters, names, in order, each with its bytes.
    pub(super) fn names(&self, text: &str) -> Vec<(Range<usize>, NamedPlace<'_>)> {
        let (mut names, mut from) = (Vec::new(), 0);
        while let Some(rest) = text.get(from..)
            && let Some(found) = self.finder.leftmost_find_iter(rest).next()
        {
            let name = from + found.start()..from + found.end();
            let written = text.get(name.clone()).unwrap_or_default();
            let named = self.named(found.value());
            let form = named.map(|named| named.form(written));
            if form.is_some_and(|form| !is_name(text, name.clone(), form)) {
                // Another name may begin inside these words: 聚集安徽.
                from = name.start + written.chars().next().map_or(1, char::len_utf8);
                continue;
            }
            from = name.end;
            names.extend(named.map(|named| (name, named)));
        }
        names
    }

    fn named(&self, value: u32) -> Option<NamedPlace<'_>> {
        match value {
            NATION => Some(NamedPlace::Nation),
            COUNTRY => Some(NamedPlace::Country),
            at => self.places.get(at as usize).map(NamedPlace::Place),
        }
    }

    /// The short name of the province of `place`.
    pub(super) fn province<'g>(&'g self, place: &AdminUnit) -> &'g str {
        self.coded(place.code / 10_000 * 10_000).map_or("", |province| &province.short)
    }

    /// The short name of the city that `place` is or lies in.
    pub(super) fn city<'g>(&'g self, place: &AdminUnit) -> Option<&'g str> {
        let code = place.code / 100 * 100;
        let is_city = !code.is_multiple_of(10_000);
        self.coded(code).filter(|_| is_city).map(|city| city.short.as_str())
    }

    fn coded(&self, code: u32) -> Option<&AdminUnit> {
        self.by_code.get(&code).and_then(|at| self.places.get(*at))
    }
}

/// Every name with what it stands for. A name of several places stands for none.
fn names(places: &[AdminUnit]) -> Vec<(String, u32)> {
    let ambiguous: HashSet<&str> = lines(include_str!("ambiguous.tsv")).collect();
    let mut names: HashMap<String, Option<u32>> = HashMap::new();
    let mut add = |name: &str, at: u32| {
        names.entry(name.to_owned()).and_modify(|known| *known = None).or_insert(Some(at));
    };
    for (at, place) in places.iter().enumerate() {
        let short = place.short.as_str();
        if !is_direction(place) {
            add(&place.name, at as u32);
        }
        if short != place.name && place.has_short_form() && !ambiguous.contains(short) {
            add(short, at as u32);
        }
        // 恩施州 of 恩施土家族苗族自治州.
        if let Some(ending) = ["自治州", "自治县"].iter().find(|end| place.name.ends_with(*end))
        {
            add(&format!("{short}{}", ending.trim_start_matches("自治")), at as u32);
        }
    }
    // A province is meant where a city or county bears its name (吉林).
    for (at, place) in places.iter().enumerate().filter(|(_, p)| p.level == RegionLevel::Province) {
        names.insert(place.short.clone(), Some(at as u32));
    }
    names.extend(special(places));
    names.extend(nation());
    names.extend(NO_PLACES.iter().map(|name| ((*name).to_owned(), Some(NOWHERE))));
    names.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}

/// Districts whose names other texts write for something larger: 河北区域, 海南区位.
fn is_direction(place: &AdminUnit) -> bool {
    matches!(place.name.as_str(), "河北区" | "海南区" | "城区" | "郊区" | "矿区" | "新区")
}

/// Names of zones that are no unit of administration: name, code of the place they lie in.
const SPECIAL: [(&str, u32); 7] = [
    ("雄安新区", 130_000),
    ("雄安", 130_000),
    ("浦东", 310_115),
    ("横琴", 440_400),
    ("前海", 440_300),
    ("新疆生产建设兵团", 650_000),
    ("两江新区", 500_000),
];

/// Words that hold the name of a place and name none.
const NO_PLACES: [&str; 6] =
    ["北京时间", "上海合作组织", "延安精神", "遵义会议", "阿里巴巴", "北海道"];

fn special(places: &[AdminUnit]) -> impl Iterator<Item = (String, Option<u32>)> + '_ {
    SPECIAL.iter().map(|(name, code)| {
        let at = places.iter().position(|place| place.code == *code).map(|at| at as u32);
        ((*name).to_owned(), at)
    })
}

fn nation() -> impl Iterator<Item = (String, Option<u32>)> {
    rows(include_str!("nation.tsv"))
        .map(|(weight, name)| (name.to_owned(), Some(if weight == "2" { NATION } else { COUNTRY })))
}

fn lines(table: &str) -> impl Iterator<Item = &str> {
    table.lines().filter(|line| !line.starts_with('#') && !line.is_empty())
}

fn rows(table: &str) -> impl Iterator<Item = (&str, &str)> {
    lines(table).filter_map(|line| line.split_once('\t'))
}

impl AdminUnit {
    fn new(code: u32, name: &str) -> Self {
        let level = match code {
            _ if code.is_multiple_of(10_000) => RegionLevel::Province,
            _ if code.is_multiple_of(100) => RegionLevel::City,
            _ => RegionLevel::County,
        };
        Self { name: name.to_owned(), level, short: short_form(name), code }
    }

    /// Counties and districts are called by their full names; cities of any level by short ones.
    fn has_short_form(&self) -> bool {
        let long_enough = self.short.chars().count() >= 2;
        long_enough && (self.level != RegionLevel::County || self.name.ends_with('市'))
    }
}

/// Peoples that names of autonomous places carry.
const PEOPLES: [&str; 33] = [
    "维吾尔",
    "土家",
    "哈萨克",
    "柯尔克孜",
    "蒙古",
    "朝鲜",
    "布依",
    "哈尼",
    "傈僳",
    "景颇",
    "仡佬",
    "拉祜",
    "纳西",
    "仫佬",
    "锡伯",
    "达斡尔",
    "毛南",
    "撒拉",
    "布朗",
    "塔吉克",
    "壮",
    "回",
    "苗",
    "彝",
    "藏",
    "侗",
    "瑶",
    "白",
    "黎",
    "傣",
    "羌",
    "佤",
    "水",
];

/// 浙江 of 浙江省, 温州 of 温州市, 恩施 of 恩施土家族苗族自治州.
fn short_form(name: &str) -> String {
    const ENDINGS: [&str; 8] =
        ["特别行政区", "自治区", "自治州", "自治县", "地区", "省", "市", "盟"];
    let Some((ending, mut stem)) =
        ENDINGS.iter().find_map(|ending| Some((*ending, name.strip_suffix(ending)?)))
    else {
        return name.to_owned();
    };
    while ending.starts_with("自治") {
        let people = PEOPLES.iter().find_map(|people| {
            let rest = stem.strip_suffix('族').unwrap_or(stem).strip_suffix(people)?;
            // 内蒙古 is no 内 of the Mongols.
            (rest.chars().count() >= 2).then_some(rest)
        });
        let Some(rest) = people else { break };
        stem = rest;
    }
    stem.to_owned()
}

/// The province that a document number abbreviates.
pub(super) fn province_abbreviated(c: char) -> Option<&'static str> {
    const SHORT: [(char, &str); 34] = [
        ('京', "北京"),
        ('津', "天津"),
        ('冀', "河北"),
        ('晋', "山西"),
        ('内', "内蒙古"),
        ('辽', "辽宁"),
        ('吉', "吉林"),
        ('黑', "黑龙江"),
        ('沪', "上海"),
        ('苏', "江苏"),
        ('浙', "浙江"),
        ('皖', "安徽"),
        ('闽', "福建"),
        ('赣', "江西"),
        ('鲁', "山东"),
        ('豫', "河南"),
        ('鄂', "湖北"),
        ('湘', "湖南"),
        ('粤', "广东"),
        ('桂', "广西"),
        ('琼', "海南"),
        ('渝', "重庆"),
        ('川', "四川"),
        ('黔', "贵州"),
        ('贵', "贵州"),
        ('云', "云南"),
        ('滇', "云南"),
        ('藏', "西藏"),
        ('陕', "陕西"),
        ('甘', "甘肃"),
        ('青', "青海"),
        ('宁', "宁夏"),
        ('新', "新疆"),
        ('蒙', "内蒙古"),
    ];
    SHORT.iter().find(|(short, _)| *short == c).map(|(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_forms_follow_from_the_names() {
        let cases = [
            ("浙江省", "浙江"),
            ("内蒙古自治区", "内蒙古"),
            ("新疆维吾尔自治区", "新疆"),
            ("宁夏回族自治区", "宁夏"),
            ("广西壮族自治区", "广西"),
            ("香港特别行政区", "香港"),
            ("温州市", "温州"),
            ("延边朝鲜族自治州", "延边"),
            ("黔东南苗族侗族自治州", "黔东南"),
            ("大兴安岭地区", "大兴安岭"),
            ("余杭区", "余杭区"),
        ];
        for (name, short) in cases {
            assert_eq!(short_form(name), short);
        }
    }

    #[test]
    fn all_provinces_are_there_and_a_name_of_several_places_is_none() {
        let provinces = GAZETTEER.places.iter().filter(|p| p.level == RegionLevel::Province);
        assert_eq!(provinces.count(), 34);
        assert!(GAZETTEER.names("鼓楼区").is_empty());
        assert_eq!(GAZETTEER.names("吉林与浙江").len(), 2);
    }
}
