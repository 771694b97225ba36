//! Places of China in a text: which province, city or county it is about.

use serde::{Deserialize, Serialize};

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
