//! The words of targets: units, verbs and bounds from the table beside this module, and the tests
//! that the judgement asks of a sentence.

use std::sync::LazyLock;

use serde::{Deserialize, Deserializer};

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
    pub(super) change: Vec<String>,
    #[serde(deserialize_with = "list")]
    pub(super) building: Vec<String>,
    #[serde(deserialize_with = "list")]
    pub(super) plan: Vec<String>,
    #[serde(deserialize_with = "list")]
    pub(super) report: Vec<String>,
    #[serde(deserialize_with = "list")]
    pub(super) rule: Vec<String>,
}

fn list<'d, D: Deserializer<'d>>(text: D) -> Result<Vec<String>, D::Error> {
    Ok(String::deserialize(text)?.split_whitespace().map(str::to_owned).collect())
}

// A broken table is caught by a test; without it there are no targets.
static WORDS: LazyLock<Words> = LazyLock::new(|| toml::from_str(TABLE).unwrap_or_default());

/// The words, read once.
pub(super) fn words() -> &'static Words {
    &WORDS
}

/// True where `text` has one of the words.
pub(super) fn has_any(text: &str, list: &[String]) -> bool {
    list.iter().any(|word| text.contains(word.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_well_formed() {
        assert!(toml::from_str::<Words>(TABLE).is_ok());
        assert!(words().count.len() > 30);
    }
}
