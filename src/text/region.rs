//! Places of China in a text: which province, city or county it is about. `gazetteer` knows the
//! names; here the clues are weighed: the issuing body first, then the title, the lead, and last
//! the places that the whole text names.
//!
//! A text of a national body is about 全国, unless its title names one province: the reply of
//! 国务院 to 河北 is about 河北.

mod gazetteer;

use serde::{Deserialize, Serialize};

use gazetteer::{GAZETTEER, Named, Place};

/// A place, counted for its province.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Region {
    /// The province in its short form (浙江), or 全国.
    pub name: String,
    /// How deep the place lies.
    pub level: RegionLevel,
    /// The city in its short form (温州), where one is named.
    pub city: Option<String>,
    /// The county or district, where one is named.
    pub county: Option<String>,
    /// Where it was found.
    pub evidence: RegionEvidence,
}

/// The level of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RegionLevel {
    /// 全国.
    National,
    /// 省、自治区、直辖市、特别行政区.
    Province,
    /// 市、州、盟.
    City,
    /// 区、县.
    County,
}

/// Where a region was found, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RegionEvidence {
    /// The issuing body.
    Issuer,
    /// The title.
    Title,
    /// The first paragraphs.
    Lead,
    /// The places that the whole text names.
    Body,
}

/// What tells the region of a text.
#[derive(Debug, Clone, Copy, Default)]
pub struct Clues<'t> {
    /// 发文机关.
    pub issuer: Option<&'t str>,
    /// 发文字号: 浙政发 comes from 浙江.
    pub number: Option<&'t str>,
    /// The title.
    pub title: &'t str,
    /// The paragraphs, in order.
    pub paragraphs: &'t [&'t str],
}

/// The region that `clues` tell of; `None` where they name no place at all.
pub fn find(clues: &Clues<'_>) -> Option<Region> {
    let issuer = Votes::of(&[clues.issuer.unwrap_or_default()]);
    let title = Votes::of(&[clues.title]);
    issuer
        .best_place(RegionEvidence::Issuer)
        .or_else(|| title.only_place(RegionEvidence::Title))
        .or_else(|| by_number(clues.number?))
        .or_else(|| issuer.nation(RegionEvidence::Issuer))
        .or_else(|| title.nation(RegionEvidence::Title))
        .or_else(|| title.best_place(RegionEvidence::Title))
        .or_else(|| {
            let lead = clues.paragraphs.get(..LEAD.min(clues.paragraphs.len()))?;
            Votes::of(lead).winner(RegionEvidence::Lead)
        })
        .or_else(|| {
            let body = clues.paragraphs.get(..BODY.min(clues.paragraphs.len()))?;
            Votes::of(body).winner(RegionEvidence::Body)
        })
}

/// Paragraphs of the lead, and those that are read at most.
const LEAD: usize = 3;
const BODY: usize = 200;

/// The province whose one-character name begins a document number: 浙政发〔2020〕3号.
fn by_number(number: &str) -> Option<Region> {
    let first = number.chars().next()?;
    let province = gazetteer::province_abbreviated(first)?;
    let issuer_like = number.chars().nth(1).is_some_and(|c| "政府办委市发人科经工".contains(c));
    issuer_like.then(|| Region {
        name: province.to_owned(),
        level: RegionLevel::Province,
        city: None,
        county: None,
        evidence: RegionEvidence::Issuer,
    })
}

/// The places of some paragraphs, weighed: the earlier the paragraph, the heavier.
#[derive(Debug, Default)]
struct Votes<'g> {
    places: Vec<(usize, &'g Place)>,
    nation: usize,
    /// Weight of words for the whole country that are no body of it.
    country: usize,
}

impl Votes<'static> {
    fn of(paragraphs: &[&str]) -> Self {
        let mut votes = Self::default();
        for (at, paragraph) in paragraphs.iter().enumerate() {
            let weight = LEAD.saturating_sub(at).max(1);
            for named in GAZETTEER.names(paragraph) {
                match named {
                    Named::Place(place) => votes.places.push((weight, place)),
                    Named::Nation => votes.nation += weight,
                    Named::Country => votes.country += weight,
                }
            }
        }
        votes
    }

    /// The province with most votes, the first one of several; its votes.
    fn province(&self) -> Option<(&'static str, usize)> {
        let mut sums: Vec<(&'static str, usize)> = Vec::new();
        for (weight, place) in &self.places {
            let name = GAZETTEER.province(place);
            match sums.iter_mut().find(|(known, _)| *known == name) {
                Some((_, sum)) => *sum += weight,
                None => sums.push((name, *weight)),
            }
        }
        sums.into_iter().rev().max_by_key(|(_, sum)| *sum)
    }

    fn best_place(&self, evidence: RegionEvidence) -> Option<Region> {
        self.province().map(|(province, _)| self.region(province, evidence))
    }

    /// The best place where all are in one province.
    fn only_place(&self, evidence: RegionEvidence) -> Option<Region> {
        let (province, _) = self.province()?;
        let alone = self.places.iter().all(|(_, place)| GAZETTEER.province(place) == province);
        alone.then(|| self.region(province, evidence))
    }

    fn nation(&self, evidence: RegionEvidence) -> Option<Region> {
        (self.nation > 0).then(|| nation(evidence))
    }

    fn winner(&self, evidence: RegionEvidence) -> Option<Region> {
        let (province, votes) = self.province().unwrap_or(("", 0));
        match () {
            () if votes > 0 && votes >= self.nation => Some(self.region(province, evidence)),
            () if self.nation > 0 || self.country > 0 => Some(nation(evidence)),
            () => None,
        }
    }

    /// `province` with the first city and county in it that were named.
    fn region(&self, province: &'static str, evidence: RegionEvidence) -> Region {
        let within = || {
            let places = self.places.iter().map(|(_, place)| *place);
            places.filter(|place| GAZETTEER.province(place) == province)
        };
        let county = within().find(|place| place.level == RegionLevel::County);
        let city = match county {
            Some(county) => GAZETTEER.city(county),
            None => within().find_map(|place| GAZETTEER.city(place)),
        };
        let level = match (county, city) {
            (Some(_), _) => RegionLevel::County,
            (None, Some(_)) => RegionLevel::City,
            (None, None) => RegionLevel::Province,
        };
        Region {
            name: province.to_owned(),
            level,
            city: city.map(str::to_owned),
            county: county.map(|place| place.name.clone()),
            evidence,
        }
    }
}

fn nation(evidence: RegionEvidence) -> Region {
    Region {
        name: "全国".to_owned(),
        level: RegionLevel::National,
        city: None,
        county: None,
        evidence,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(title: &str, lead: &str) -> Option<(String, RegionLevel, Option<String>)> {
        let region = find(&Clues { title, paragraphs: &[lead], ..Clues::default() })?;
        Some((region.name, region.level, region.city))
    }

    #[test]
    fn title_and_lead_tell_the_region() {
        use RegionLevel::{City, County, National, Province};
        let cases = [
            ("北京启动国家标准验证点征集", "", "北京", Province, None),
            ("国务院关于河北雄安新区总体规划的批复", "", "河北", Province, None),
            ("市场监管总局：加强计量方法研究", "", "全国", National, None),
            ("", "9月,浙江省推進會在溫州舉行,全國首批", "浙江", City, Some("温州")),
            ("义乌市市场条例", "", "浙江", County, Some("金华")),
            ("恩施土家族苗族自治州条例", "", "湖北", City, Some("恩施")),
            ("深圳经济特区数据条例", "", "广东", City, Some("深圳")),
            ("", "我国标准化发展蓝图正式出炉", "全国", National, None),
        ];
        for (title, lead, name, level, city) in cases {
            let expected = Some((name.to_owned(), level, city.map(str::to_owned)));
            assert_eq!(found(title, lead), expected, "{title}{lead}");
        }
        assert_eq!(found("数据要素市场", "数据是生产要素。"), None);
    }

    #[test]
    fn the_issuer_comes_before_the_title_and_a_number_names_its_province() {
        let clues = Clues {
            issuer: Some("山东省人民政府"),
            title: "关于学习北京经验的通知",
            ..Clues::default()
        };
        let region = find(&clues).unwrap();
        assert_eq!((region.name.as_str(), region.evidence), ("山东", RegionEvidence::Issuer));
        let clues =
            Clues {
                number: Some("浙政发〔2020〕3号"), title: "行动计划", ..Clues::default()
            };
        assert_eq!(find(&clues).unwrap().name, "浙江");
    }
}
