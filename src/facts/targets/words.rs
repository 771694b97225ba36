//! The words of targets: units, verbs, bounds and cues from the table beside this module.

use std::sync::LazyLock;

use serde::{Deserialize, Deserializer};

use crate::text::fold::fold_key;

const TABLE: &str = include_str!("targets.toml");

/// The table as lists of words.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    #[serde(deserialize_with = "list")]
    pub(super) ratio: Vec<String>,
    #[serde(deserialize_with = "list")]
    pub(super) time: Vec<String>,
    #[serde(deserialize_with = "list")]
    pub(super) measure: Vec<String>,
    #[serde(deserialize_with = "list")]
    pub(super) count: Vec<String>,
    #[serde(deserialize_with = "list")]
    pub(super) least: Vec<String>,
    #[serde(deserialize_with = "list")]
    pub(super) most: Vec<String>,
    #[serde(deserialize_with = "list")]
    pub(super) beyond: Vec<String>,
    #[serde(deserialize_with = "list")]
    pub(super) within: Vec<String>,
    #[serde(deserialize_with = "list")]
    pub(super) reach: Vec<String>,
    #[serde(deserialize_with = "list")]
    pub(super) adjust: Vec<String>,
    #[serde(deserialize_with = "list")]
    pub(super) change: Vec<String>,
    #[serde(deserialize_with = "list")]
    pub(super) building: Vec<String>,
    #[serde(deserialize_with = "list")]
    pub(super) support: Vec<String>,
    #[serde(deserialize_with = "list")]
    pub(super) plan: Vec<String>,
    #[serde(deserialize_with = "list")]
    pub(super) past: Vec<String>,
    #[serde(deserialize_with = "list")]
    pub(super) penal: Vec<String>,
    #[serde(deserialize_with = "list")]
    pub(super) grant: Vec<String>,
    #[serde(deserialize_with = "list")]
    pub(super) rule: Vec<String>,
    #[serde(deserialize_with = "list")]
    pub(super) review: Vec<String>,
    #[serde(deserialize_with = "list")]
    pub(super) outlook: Vec<String>,
}

fn list<'d, D: Deserializer<'d>>(text: D) -> Result<Vec<String>, D::Error> {
    Ok(String::deserialize(text)?.split_whitespace().map(fold_key).collect())
}

#[expect(clippy::expect_used, reason = "built-in table")]
static WORDS: LazyLock<Words> = LazyLock::new(|| toml::from_str(TABLE).expect("targets.toml"));

/// The words, read once.
pub(super) fn words() -> &'static Words {
    &WORDS
}

/// True where `text` has one of the words.
pub(super) fn has_any(text: &str, list: &[String]) -> bool {
    list.iter().any(|word| text.contains(word.as_str()))
}

/// True where `word` is one of the words.
pub(super) fn is_in(word: &str, list: &[String]) -> bool {
    list.iter().any(|other| other == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded() {
        assert!(words().count.len() > 30 && !words().adjust.is_empty());
        assert!(is_in("复盖", &words().building) && has_any("截至年底", &words().past));
    }
}
