//! Places of China in a text: which province, city or county it is about. `gazetteer` knows the
//! names; here the clues are weighed: the issuing body first, then the title, the lead, and last
//! the places that the whole text names.
//!
//! A text of a national body is about 全国, unless its title names one province: the reply of
//! 国务院 to 河北 is about 河北.

mod gazetteer;
mod level;
mod words;

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::fold::in_simplified;
use gazetteer::{AdminUnit, GAZETTEER, NamedPlace};
pub use level::RegionLevel;

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

/// Where a region was found, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RegionEvidence {
    /// The source states it, as a column of a table does.
    Stated,
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

/// The region that `clues` tell of; `None` where they prove none. Unknown is better than wrong.
pub fn find(clues: &Clues<'_>) -> Option<Region> {
    let issuer = Votes::of(&[clues.issuer.unwrap_or_default()]);
    let title = Votes::of(&[without_brackets(clues.title)]);
    let head = clues.paragraphs.get(..HEAD.min(clues.paragraphs.len())).unwrap_or_default();
    let lead = clues.paragraphs.get(..LEAD.min(clues.paragraphs.len())).unwrap_or_default();
    let mut said = clues.paragraphs.iter().chain([&clues.title]);
    let is_local = said.any(|text| speaks_of_own_place(text));
    tag_of(clues.title)
        .or_else(|| issuer.best_place(RegionEvidence::Issuer))
        .or_else(|| title.leading_place(RegionEvidence::Title))
        .or_else(|| addressed_to_all(head).then(|| nation(RegionEvidence::Lead)))
        .or_else(|| title.only_place(RegionEvidence::Title))
        .or_else(|| by_number(clues.number?))
        .or_else(|| issuer.nation(RegionEvidence::Issuer))
        .or_else(|| title.nation(RegionEvidence::Title))
        .or_else(|| title.best_place(RegionEvidence::Title))
        .or_else(|| {
            let lead = Votes::of(lead);
            if is_local {
                lead.best_place(RegionEvidence::Lead)
            } else {
                lead.winner(RegionEvidence::Lead)
            }
        })
        .or_else(|| {
            let body = clues.paragraphs.get(..BODY.min(clues.paragraphs.len()))?;
            let body = Votes::of(body);
            body.main_place(RegionEvidence::Body)
        })
        .or_else(|| {
            let lead = Votes::of(lead);
            (!is_local && lead.country > 0).then(|| nation(RegionEvidence::Lead))
        })
}

/// The region that `text` names and nothing else: 上海市, 广东省广州市, 全国.
pub fn stated(text: &str) -> Option<Region> {
    let text = in_simplified(text.trim());
    if matches!(&*text, "全国" | "国家" | "中央" | "国家级" | "全国性") {
        return Some(nation(RegionEvidence::Stated));
    }
    Votes::of(&[&text]).only_place(RegionEvidence::Stated)
}

/// The region that a title has in front of it as a tag: 【全国】, 【上海】.
fn tag_of(title: &str) -> Option<Region> {
    let inside = title.trim_start().strip_prefix(['【', '[', '［'])?;
    let (tag, _) = inside.split_once(['】', ']', '］'])?;
    let tag = tag.trim();
    let is_place = matches!(tag, "全国" | "国家" | "中央")
        || GAZETTEER.names(tag).iter().any(|(range, _)| *range == (0..tag.len()));
    let region = stated(tag).filter(|_| is_place)?;
    Some(Region { evidence: RegionEvidence::Title, ..region })
}

/// Paragraphs of the lead, those in which the addressee is, and those that are read at most.
const LEAD: usize = 3;
const HEAD: usize = 6;
const BODY: usize = 200;

/// `title` without 《》 around all of it.
fn without_brackets(title: &str) -> &str {
    let inside = title.trim().strip_prefix('《').and_then(|rest| rest.strip_suffix('》'));
    inside.filter(|inside| !inside.contains('》')).unwrap_or(title)
}

/// 各省、自治区、直辖市人民政府： in the first line that ends as an addressee does.
fn addressed_to_all(head: &[&str]) -> bool {
    let addressee = head.iter().find(|line| {
        line.trim_end().ends_with(['：', ':'])
            && line.trim_start().starts_with(['各', '國', '国', '中', '有'])
    });
    addressee.is_some_and(|line| {
        let line = in_simplified(line);
        ALL_PROVINCES.iter().any(|all| line.contains(all))
    })
}

/// How papers address all provinces; 各省辖市 and 各省直部门 are those of one.
const ALL_PROVINCES: [&str; 8] = [
    "省、自治区",
    "省（自治区",
    "省(自治区",
    "省、市、自治区",
    "各省区市",
    "各省市自治区",
    "各省（区、市）",
    "各省(区、市)",
];

/// True for a text that mentions 我省 or 本市: it is not about the whole country.
fn speaks_of_own_place(paragraph: &str) -> bool {
    const OWN: [&str; 6] = ["我省", "我市", "我县", "我区", "本市", "本省"];
    OWN.iter().any(|own| memchr::memmem::find(paragraph.as_bytes(), own.as_bytes()).is_some())
}

/// The province whose one-character name begins a document number: 浙政发〔2020〕3号.
fn by_number(number: &str) -> Option<Region> {
    let number = in_simplified(number);
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
    places: Vec<(usize, &'g AdminUnit)>,
    /// Places whose organs are named: they decide between places.
    organs: Vec<&'g AdminUnit>,
    /// True where the first paragraph begins with the first place.
    leads: bool,
    nation: usize,
    /// Weight of words for the whole country that are no body of it.
    country: usize,
}

impl Votes<'static> {
    fn of(paragraphs: &[&str]) -> Self {
        let mut votes = Self::default();
        for (at, paragraph) in paragraphs.iter().enumerate() {
            let weight = LEAD.saturating_sub(at).max(1);
            let text = in_simplified(paragraph);
            let titles = titles_of(&text);
            for (range, named) in GAZETTEER.names(&text) {
                let title = titles.iter().find(|title| title.contains(&range.start));
                match named {
                    NamedPlace::Place(_)
                        if title.is_some_and(|title| is_national(&text, title)) => {}
                    NamedPlace::Place(_) if at_work(&text, &range) => {}
                    NamedPlace::Place(place) => {
                        if is_organ(&text, range.end) {
                            votes.organs.push(place);
                        }
                        votes.leads |= votes.places.is_empty() && at == 0 && range.start == 0;
                        votes.places.push((weight, place));
                    }
                    _ if title
                        .is_some_and(|title| is_national(&text, title) && says(&text, title)) =>
                    {
                        votes.country += weight;
                    }
                    _ if title.is_some() => {}
                    NamedPlace::Nation | NamedPlace::Country if !acts(&text, range.start) => {}
                    NamedPlace::Nation => votes.nation += weight,
                    NamedPlace::Country => votes.country += weight,
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
        let organs = |name: &str| {
            self.organs.iter().filter(|place| GAZETTEER.province(place) == name).count()
        };
        sums.into_iter().rev().max_by_key(|(name, sum)| sum + organs(name))
    }

    /// The place with which the first paragraph begins, as the name of a local body does.
    fn leading_place(&self, evidence: RegionEvidence) -> Option<Region> {
        let (_, first) = self.places.first().filter(|_| self.leads)?;
        let province = GAZETTEER.province(first);
        let alone = self.places.iter().all(|(_, place)| GAZETTEER.province(place) == province);
        (alone && self.nation == 0).then(|| self.region(province, evidence))
    }

    /// The place of a text that names no other one as often: at least twice, or in full.
    fn main_place(&self, evidence: RegionEvidence) -> Option<Region> {
        let (province, votes) = self.province()?;
        let all: usize = self.places.iter().map(|(weight, _)| weight).sum();
        let named = self.places.iter().filter(|(_, place)| GAZETTEER.province(place) == province);
        (named.count() > 1 && votes * 3 > all * 2).then(|| self.region(province, evidence))
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

    /// The place that a lead is about, or the nation. Of several provinces that are named alike
    /// none is, unless the text begins with it: 成都、苏州、天津等城市 are examples.
    fn winner(&self, evidence: RegionEvidence) -> Option<Region> {
        let (province, votes) = self.province().unwrap_or(("", 0));
        let all: usize = self.places.iter().map(|(weight, _)| weight).sum();
        let is_first = || {
            self.leads
                && self
                    .places
                    .first()
                    .is_some_and(|(_, place)| GAZETTEER.province(place) == province)
        };
        let is_organ = self.organs.iter().any(|place| GAZETTEER.province(place) == province);
        let is_main = votes * 2 > all || is_organ || is_first();
        match () {
            () if votes > 0 && is_main && votes >= self.nation => {
                Some(self.region(province, evidence))
            }
            () if self.nation > 0 => Some(nation(evidence)),
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

/// True where the place before `end` is an organ of power there: 雄安新区党工委.
fn is_organ(text: &str, end: usize) -> bool {
    const ORGANS: [&str; 11] = [
        "人民政府",
        "政府",
        "省政府",
        "市政府",
        "省委",
        "市委",
        "党委",
        "党工委",
        "管委会",
        "人大",
        "管理委员会",
    ];
    let after = text.get(end..).unwrap_or_default();
    ORGANS.iter().any(|organ| after.starts_with(organ))
}

/// True for a place that is part of the name of a company or an exchange, which works everywhere
/// (上海银行, 上海证券交易所), and for the place at which news are written.
fn at_work(text: &str, name: &Range<usize>) -> bool {
    const COMPANIES: [&str; 5] = ["银行", "证券交易所", "期货交易所", "证券", "联合产权交易所"];
    let (written, after) = (text.get(name.clone()), text.get(name.end..).unwrap_or_default());
    let is_bare = written.is_some_and(|name| !name.ends_with(['省', '市', '区', '县', '州']));
    // 新华社北京7月28日电: news of the whole country are written there.
    let before = text.get(..name.start).unwrap_or_default();
    let is_dateline = written == Some("北京")
        && before.ends_with(['社', '报', '网', '台'])
        && after.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '电' | '讯' | '专'));
    is_dateline || is_bare && COMPANIES.iter().any(|company| after.starts_with(company))
}

/// The bytes of each 《》 of `text`.
fn titles_of(text: &str) -> Vec<Range<usize>> {
    let mut titles = Vec::new();
    let mut open = None;
    for (at, c) in text.char_indices().filter(|(_, c)| matches!(c, '《' | '》')) {
        match (c, open) {
            ('《', None) => open = Some(at + c.len_utf8()),
            ('》', Some(start)) => {
                titles.push(start..at);
                open = None;
            }
            _ => {}
        }
    }
    titles
}

/// Regions in the order of GB/T 2260 (administrative division codes), the whole country before.
const ORDER: [&str; 35] = [
    "全国",
    "北京",
    "天津",
    "河北",
    "山西",
    "内蒙古",
    "辽宁",
    "吉林",
    "黑龙江",
    "上海",
    "江苏",
    "浙江",
    "安徽",
    "福建",
    "江西",
    "山东",
    "河南",
    "湖北",
    "湖南",
    "广东",
    "广西",
    "海南",
    "重庆",
    "四川",
    "贵州",
    "云南",
    "西藏",
    "陕西",
    "甘肃",
    "青海",
    "宁夏",
    "新疆",
    "台湾",
    "香港",
    "澳门",
];

/// The place of a region in lists: the whole country, then the provinces by their official codes;
/// a name that is none of these comes last.
pub fn order_of(name: &str) -> usize {
    ORDER.iter().position(|known| *known == name).unwrap_or(ORDER.len())
}

/// True for the title of a law or a paper of the whole country: the places that it names are not
/// those of who cites it.
fn is_national(text: &str, title: &Range<usize>) -> bool {
    const NATIONAL: [&str; 7] =
        ["中华人民共和国", "国务院", "中共中央", "全国", "国家", "最高人民", "中央"];
    let title = text.get(title.clone()).unwrap_or_default();
    NATIONAL.iter().any(|start| title.starts_with(start))
}

/// True where a text speaks for itself: 《国家标准化发展纲要》提出…. What is named beside it is the work of
/// others.
fn says(text: &str, title: &Range<usize>) -> bool {
    const VERBS: [&str; 6] = ["提出", "明确", "指出", "强调", "要求", "规定"];
    let after = text.get(title.end..).unwrap_or_default().trim_start_matches('》');
    acts(text, title.start) && VERBS.iter().any(|verb| after.starts_with(verb))
}

/// True where the body whose name begins at `at` does something itself. What is 贯彻落实, 根据 or 转发
/// is the work of others.
fn acts(text: &str, at: usize) -> bool {
    const OF_OTHERS: [&str; 17] = [
        "贯彻", "落实", "按照", "根据", "依据", "依照", "遵照", "学习", "传达", "转发", "执行",
        "围绕", "响应", "对照", "对标", "结合", "符合",
    ];
    const WITH_OTHERS: [&str; 9] = ["经", "报", "与", "向", "受", "由", "为", "被", "对"];
    let before = text.get(..at).unwrap_or_default();
    let marks = ['，', '。', '；', '：', ',', ':', ';'];
    let clause = before.rsplit(marks).next().unwrap_or_default().trim_start();
    let is_with = |word: &&str| clause.starts_with(*word) || clause.ends_with(*word);
    !OF_OTHERS.iter().any(|verb| clause.contains(verb)) && !WITH_OTHERS.iter().any(is_with)
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

    fn name(title: &str, paragraphs: &[&str]) -> Option<String> {
        find(&Clues { title, paragraphs, ..Clues::default() }).map(|region| region.name)
    }

    #[test]
    fn places_are_words_and_never_letters_inside_others() {
        let none = [
            "关于加强校企合作的办法",
            "关于开展汇集安全信息的公告",
            "关于顺延安置工作的公告",
            "关于东西安放位置的说明",
            "关于适宜春播作物的目录",
            "关于普通化工产品的目录",
            "关于延长日照时间的研究",
            "关于沿河南岸步道的公告",
            "关于环湖南路封闭的公告",
            "关于出海口航道的公告",
            "关于两大连锁企业的公告",
            "关于高密度建筑的规定",
            "关于隆重庆祝节日的公告",
            "关于造福建设者的办法",
            "关于推广东西协作的办法",
            "关于振兴城市经济的办法",
            "关于沿海城市防潮的办法",
            "关于推广安全阀门的公告",
            "关于复兴城市中心的办法",
            "关于国际合作项目的办法",
            "关于文山会海整治的公告",
            "关于改善开封食品的规定",
            "关于财政部门预算的说明",
            "关于教育部门职责的规定",
            "关于朝阳区域规划的说明",
            "关于阿里云的公告",
        ];
        for title in none {
            assert_eq!(name(title, &[]), None, "{title}");
        }
        let some = [
            ("合作市河道管理办法", "甘肃"),
            ("集安市河道管理办法", "吉林"),
            ("延安苹果产业规划", "陕西"),
            ("西安城墙保护条例", "陕西"),
            ("宜春市河道管理办法", "江西"),
            ("通化市河道管理办法", "吉林"),
            ("日照市河道管理办法", "山东"),
            ("河南黄河河道管理办法", "河南"),
            ("湖南湘江保护条例", "湖南"),
            ("海口市湿地保护规定", "海南"),
            ("大连市湿地保护条例", "辽宁"),
            ("高密市河道管理办法", "山东"),
            ("重庆市河道管理条例", "重庆"),
            ("福建土楼保护条例", "福建"),
            ("广东沿海湿地保护条例", "广东"),
            ("兴城市河道管理办法", "辽宁"),
            ("在建德市建设湿地公园的批复", "浙江"),
            ("关于合肥湿地的公告", "安徽"),
            ("聚集安徽制造", "安徽"),
            ("义乌小商品市场条例", "浙江"),
            ("文山州河道管理办法", "云南"),
            ("北京大学章程", "北京"),
            ("北京市朝阳区规划", "北京"),
            ("遵义市赤水河保护条例", "贵州"),
        ];
        for (title, region) in some {
            assert_eq!(name(title, &[]).as_deref(), Some(region), "{title}");
        }
    }

    #[test]
    fn titles_of_national_laws_name_no_place_and_no_nation() {
        let cases = [
            ("北京市实施《中华人民共和国渔业法》办法", Some("北京")),
            ("河南省实施《中华人民共和国台湾同胞投资保护法》细则", Some("河南")),
            ("关于执行《中华人民共和国香港特别行政区驻军法》的说明", None),
            ("关于学习《国务院关于支持福建发展的意见》的体会", None),
            ("《国务院关于支持福建发展的意见》", Some("福建")),
            ("《国务院关于渔业的意见》", Some("全国")),
            ("关于修改《浙江省渔业条例》的说明", Some("浙江")),
            ("中华人民共和国渔业法", Some("全国")),
        ];
        for (title, region) in cases {
            assert_eq!(name(title, &[]).as_deref(), region, "{title}");
        }
    }

    #[test]
    fn a_lead_is_about_the_place_that_acts_and_not_about_examples() {
        for (lead, region) in [
            ("春节前后，成都、苏州、天津等城市的成交量较高。", None),
            ("据不完全统计，江西景德镇、河南郑州、湖北武汉等地出现停工。", None),
            ("工商银行、上海银行今天发布公告。", None),
            ("上海证券交易所昨天召开会议。", None),
            ("新华社北京7月28日电 渔业会议昨天召开。", None),
            ("新华社杭州7月28日电 渔业会议昨天召开。", Some("浙江")),
            ("为服务北京的企业，经雄安新区管委会批准，现通知如下。", Some("河北")),
            ("成都、苏州两地互学互鉴，成都市政府今天总结了经验。", Some("四川")),
            ("成都今天学习苏州的经验。", Some("四川")),
            ("为落实国家关于渔业的政策，各单位要加强检查。", None),
            ("国家鼓励渔业发展。", Some("全国")),
        ] {
            assert_eq!(name("渔业工作", &[lead]).as_deref(), region, "{lead}");
        }
        for (title, region) in [
            ("【全国】住房部门在福建省福州市召开现场会", Some("全国")),
            ("【北京】渔业办法", Some("北京")),
            ("[海南省]渔业办法", Some("海南")),
            ("【上海证券】渔业办法", None),
            ("关于支持我市渔业的措施", None),
        ] {
            let lead = "国家鼓励渔业发展。";
            let found = name(title, &[lead]);
            let expected = region.or((!title.contains("我市")).then_some("全国"));
            assert_eq!(found.as_deref(), expected, "{title}");
        }
    }

    #[test]
    fn districts_that_are_called_new_areas_are_districts() {
        for (title, county) in [
            ("浦东新区湿地保护办法", Some("浦东新区")),
            ("上海浦东开发条例", Some("浦东新区")),
            ("滨海新区湿地保护办法", Some("滨海新区")),
            ("雄安新区湿地保护办法", None),
        ] {
            let region = find(&Clues { title, ..Clues::default() }).unwrap();
            let level = if county.is_some() { RegionLevel::County } else { RegionLevel::Province };
            assert_eq!((region.county.as_deref(), region.level), (county, level), "{title}");
            assert_eq!(region.city, None, "{title}");
        }
    }

    #[test]
    fn an_addressee_of_all_provinces_proves_the_nation() {
        let all = [
            "各省、自治区、直辖市党委网信办，新疆生产建设兵团党委网信办：",
            "各省、自治区、直辖市人民政府，国务院各部委、各直属机构：",
            "各省（区、市）教育厅（教委）：",
            "各省（自治区、直辖市）水利厅：",
            "各省、自治區、直轄市人民政府：",
        ];
        for line in all {
            assert_eq!(
                name("关于做好防汛的通知", &[line, "请认真落实。"]).as_deref(),
                Some("全国"),
                "{line}"
            );
        }
        let others = [
            "各市、县（市、区）人民政府：",
            "各单位：",
            "各设区市水利局，省属各单位：",
            "各省辖市人民政府，各省直管县（市）人民政府：",
            "各省直部门，各省级示范区：",
            "各省属企业负责人，请按时参加。",
            "与各省、自治区、直辖市比较。",
        ];
        for line in others {
            assert_eq!(name("关于做好防汛的通知", &[line, "请认真落实。"]), None, "{line}");
        }
        let lines = ["各省、自治区、直辖市人民政府："];
        assert_eq!(name("浙江省转发关于做好防汛的通知", &lines).as_deref(), Some("浙江"));
    }

    #[test]
    fn speaking_of_the_nation_proves_nothing_for_a_local_text() {
        let none = [
            "为贯彻落实党中央、国务院决策部署，现就防汛工作通知如下。",
            "根据国务院和国家发展改革委的要求，现通知如下。",
            "为加快我省水利发展，按照国家有关规定，制定本措施。",
            "为促进我市渔业发展，结合全国会议精神，制定本措施。",
            "经国务院同意，本市自今年起试行。",
            "各级财政部门、教育部门要加强检查。",
            "按照《国务院关于渔业的意见》，各单位要加强检查。",
        ];
        for lead in none {
            assert_eq!(name("关于做好防汛的通知", &[lead]), None, "{lead}");
        }
        let nation = [
            "近日，国家发展改革委印发通知，部署防汛工作。",
            "国务院今天召开常务会议，部署防汛工作。",
            "水利部日前发布公告，对防汛作出部署。",
            "记者从教育部获悉，今年招生规模扩大。",
            "日前，商务部、财政部联合印发通知。",
        ];
        assert_eq!(
            name("新方案解读", &["《国家防汛纲要》提出新的要求。"]).as_deref(),
            Some("全国")
        );
        assert_eq!(name("新方案解读", &["本方案与《国家防汛纲要》配套。"]), None);
        for lead in nation {
            assert_eq!(name("防汛工作部署", &[lead]).as_deref(), Some("全国"), "{lead}");
        }
    }
}
