//! The level of a place, from the country down to the county.

use serde::{Deserialize, Serialize};

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
