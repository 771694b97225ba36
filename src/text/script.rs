//! Which script a Chinese text is written in, by the characters that only one of them has.

use std::iter::Sum;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;
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
    parts.into_iter().map(ScriptCounts::of).sum::<ScriptCounts>().script()
}

/// How many characters of a text tell its script.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ScriptCounts {
    /// Those that are traditional: [`simplified`] changes them.
    pub traditional: u32,
    /// Those that only simplified texts have.
    pub simplified: u32,
}

impl ScriptCounts {
    /// The tally of `text`. Counted without a branch, which would be guessed wrong at every third
    /// character.
    pub fn of(text: &str) -> Self {
        let told: &[Told] = &TOLD;
        let mut tally = Self::default();
        for c in text.chars() {
            let told =
                told.get(c as usize).copied().unwrap_or_else(|| told_by(c, &FxHashSet::default()));
            tally.traditional += u32::from(told & TRADITIONAL);
            tally.simplified += u32::from(told >> 1);
        }
        tally
    }

    /// What the two numbers say. A text without any character that tells is simplified.
    pub fn script(self) -> Script {
        let [traditional, simplified] = [self.traditional, self.simplified].map(f64::from);
        let share = traditional / (traditional + simplified).max(1.0);
        match share {
            s if s >= CLEAR => Script::Hant,
            s if s <= 1.0 - CLEAR => Script::Hans,
            _ => Script::Mixed,
        }
    }
}

impl Sum for ScriptCounts {
    fn sum<I: Iterator<Item = Self>>(tallies: I) -> Self {
        tallies.fold(Self::default(), |a, b| Self {
            traditional: a.traditional + b.traditional,
            simplified: a.simplified + b.simplified,
        })
    }
}

/// What a character tells: nothing, that the text is traditional, that it is simplified.
type Told = u8;
const TRADITIONAL: Told = 1;
const SIMPLIFIED: Told = 2;

fn told_by(c: char, only_simplified: &FxHashSet<char>) -> Told {
    match () {
        () if simplified(c) != c => TRADITIONAL,
        () if ('\u{4E00}'..='\u{9FFF}').contains(&c) && only_simplified.contains(&c) => SIMPLIFIED,
        () => 0,
    }
}

/// The answer for every character of the first plane: whole libraries are asked.
static TOLD: LazyLock<Vec<Told>> = LazyLock::new(|| {
    let only_simplified = only_simplified();
    let told = |c: u32| char::from_u32(c).map_or(0, |c| told_by(c, &only_simplified));
    (0..0x1_0000).map(told).collect()
});

/// The characters that traditional texts write otherwise in every word: 国, not 后.
fn only_simplified() -> FxHashSet<char> {
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
