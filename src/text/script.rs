//! Which script a Chinese text is written in, told by the characters that only one of them has.

use serde::{Deserialize, Serialize};

use super::fold::simplified;

/// The script of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Script {
    /// Simplified.
    Hans,
    /// Traditional.
    Hant,
    /// Both in earnest.
    Mixed,
}

/// Share of one-script characters above which a text belongs to that script.
const CLEAR: f64 = 0.9;

/// The script of `text`. A text without any character that tells is simplified.
pub fn script_of(text: &str) -> Script {
    let traditional = text.chars().filter(|c| simplified(*c) != *c).count();
    let only_simplified = text.chars().filter(|c| is_only_simplified(*c)).count();
    let share = traditional as f64 / (traditional + only_simplified).max(1) as f64;
    match share {
        s if s >= CLEAR => Script::Hant,
        s if s <= 1.0 - CLEAR => Script::Hans,
        _ => Script::Mixed,
    }
}

/// True for a character that traditional texts write otherwise in every word: 国, not 后.
fn is_only_simplified(c: char) -> bool {
    use std::collections::HashSet;
    use std::sync::LazyLock;
    static ONLY: LazyLock<HashSet<char>> = LazyLock::new(|| {
        hanconv::RawDictionary::STCharacters
            .var_iter()
            .filter_map(|(from, to)| Some((from.chars().next()?, to)))
            .filter(|(from, to)| !to.iter().any(|t| t.starts_with(*from)))
            .map(|(from, _)| from)
            .collect()
    });
    ONLY.contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_are_told_by_the_characters_that_only_one_has() {
        let cases = [
            ("國家標準化發展綱要", Script::Hant),
            ("国家标准化发展纲要", Script::Hans),
            ("中文", Script::Hans),
            ("国家标准 國家標準", Script::Mixed),
            ("", Script::Hans),
        ];
        for (text, script) in cases {
            assert_eq!(script_of(text), script, "{text}");
        }
    }
}
