//! Which script a Chinese text is written in, told by the characters that only one of them has.

use std::collections::HashSet;
use std::sync::LazyLock;

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
    script_of_parts([text])
}

/// The script of a text that is kept in parts.
pub fn script_of_parts<'t>(parts: impl IntoIterator<Item = &'t str>) -> Script {
    // Counted without a branch, which would be guessed wrong at every third character.
    let (mut traditional, mut only_simplified) = (0u32, 0u32);
    let common: &[Told] = &COMMON;
    for c in parts.into_iter().flat_map(str::chars) {
        let told = told_by(c, common);
        traditional += u32::from(told == TRADITIONAL);
        only_simplified += u32::from(told == SIMPLIFIED);
    }
    let [traditional, only_simplified] = [traditional, only_simplified].map(f64::from);
    let share = traditional / (traditional + only_simplified).max(1.0);
    match share {
        s if s >= CLEAR => Script::Hant,
        s if s <= 1.0 - CLEAR => Script::Hans,
        _ => Script::Mixed,
    }
}

/// What a character tells: nothing, that the text is traditional, that it is simplified.
type Told = u8;
const TRADITIONAL: Told = 1;
const SIMPLIFIED: Told = 2;

/// What `c` tells; `common` is [`COMMON`], looked up once for a whole text.
fn told_by(c: char, common: &[Told]) -> Told {
    match c {
        '\u{4E00}'..='\u{9FFF}' => {
            common.get(c as usize - COMMON_START).copied().unwrap_or_default()
        }
        ..'\u{3400}' => 0,
        _ if simplified(c) != c => TRADITIONAL,
        _ => 0,
    }
}

const COMMON_START: usize = 0x4E00;

/// The answer for every character of the block that texts are made of: whole libraries are asked.
static COMMON: LazyLock<Vec<Told>> = LazyLock::new(|| {
    let only_simplified = only_simplified();
    let told = |c: char| match () {
        () if simplified(c) != c => TRADITIONAL,
        () if only_simplified.contains(&c) => SIMPLIFIED,
        () => 0,
    };
    ('\u{4E00}'..='\u{9FFF}').map(told).collect()
});

/// The characters that traditional texts write otherwise in every word: 国, not 后.
fn only_simplified() -> HashSet<char> {
    hanconv::RawDictionary::STCharacters
        .var_iter()
        .filter_map(|(from, to)| Some((from.chars().next()?, to)))
        .filter(|(from, to)| !to.iter().any(|t| t.starts_with(*from)))
        .map(|(from, _)| from)
        .collect()
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
