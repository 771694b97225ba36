//! An entry that the finder found, how good the match is, and by what it was found.

use serde::Serialize;

/// How good a match is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// Nothing was typed.
    Any,
    /// Scattered over a wide stretch.
    Far,
    /// Scattered, but near each other.
    Near,
    /// In one piece, somewhere.
    Within,
    /// At the beginning, a number or a mark passed over.
    Prefix,
    /// The whole.
    Exact,
}

/// By what an entry was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Via {
    /// Its characters.
    Text,
    /// Its characters in the other script, width or form.
    Script,
    /// Another name of the theme, or the original title.
    Alias,
    /// Whole readings.
    Pinyin,
    /// Initials, or a mixture with them.
    Initials,
}

/// An entry that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopicHit {
    /// Its number, for [`Topics::entry`](super::Topics::entry).
    pub entry: usize,
    /// Higher is better; comparable only inside one answer.
    pub score: i64,
    /// How good the match is.
    pub tier: Tier,
    /// The characters of the shown text that met the query, rising. Empty where an alias did.
    pub matched: Vec<u32>,
    /// By what it was found; of several words the weakest.
    pub via: Via,
    /// The alias that met the query.
    pub alias: Option<String>,
}
