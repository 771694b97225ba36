//! The readings of the characters that a library has, each set of them once, so that a character is
//! two small numbers to the matcher.

use std::collections::HashMap;

use crate::text::pinyin::readings;

/// One character of an entry, as the matcher sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Glyph {
    /// The folded character.
    pub(super) folded: char,
    /// The number of its set of readings in the [`Syllabary`]; 0 is the empty set.
    pub(super) set: u16,
}

impl Glyph {
    /// True for what is passed over between two characters of a word: marks and spaces.
    pub(super) fn is_mark(self) -> bool {
        self.set == 0 && !self.folded.is_alphanumeric()
    }
}

/// The readings that the characters of a library have.
#[derive(Debug, Clone)]
pub(super) struct Syllabary {
    syllables: Vec<String>,
    /// Each a list of syllables; the first is empty.
    sets: Vec<Vec<u16>>,
    by_character: HashMap<(char, char), u16>,
    by_set: HashMap<Vec<u16>, u16>,
    by_syllable: HashMap<String, u16>,
}

impl Default for Syllabary {
    fn default() -> Self {
        Self {
            syllables: Vec::new(),
            sets: vec![Vec::new()],
            by_character: HashMap::new(),
            by_set: HashMap::from([(Vec::new(), 0)]),
            by_syllable: HashMap::new(),
        }
    }
}

impl Syllabary {
    /// The glyph of a character that is shown as `shown` and folds to `folded`; 乾 is read like 干
    /// and by its own readings.
    pub(super) fn glyph(&mut self, shown: char, folded: char) -> Glyph {
        if folded.is_ascii() {
            return Glyph { folded, set: 0 };
        }
        let set = match self.by_character.get(&(shown, folded)) {
            Some(set) => *set,
            None => self.learn(shown, folded),
        };
        Glyph { folded, set }
    }

    fn learn(&mut self, shown: char, folded: char) -> u16 {
        let mut plain: Vec<String> = readings(folded)
            .into_iter()
            .chain(readings(shown))
            .map(|r| as_typed(r.plain))
            .collect();
        plain.sort_unstable();
        plain.dedup();
        let set: Vec<u16> = plain.into_iter().map(|syllable| self.syllable(syllable)).collect();
        let id = self.set(set);
        self.by_character.insert((shown, folded), id);
        id
    }

    fn syllable(&mut self, plain: String) -> u16 {
        if let Some(id) = self.by_syllable.get(&plain) {
            return *id;
        }
        let id = self.syllables.len() as u16;
        self.syllables.push(plain.clone());
        self.by_syllable.insert(plain, id);
        id
    }

    fn set(&mut self, set: Vec<u16>) -> u16 {
        if let Some(id) = self.by_set.get(&set) {
            return *id;
        }
        // Beyond sixteen bits of different sets a character is matched as itself only.
        let Ok(id) = u16::try_from(self.sets.len()) else {
            return 0;
        };
        self.sets.push(set.clone());
        self.by_set.insert(set, id);
        id
    }

    /// Each set as numbers of syllables; the first is empty.
    pub(super) fn sets(&self) -> &[Vec<u16>] {
        &self.sets
    }

    /// Every syllable that any character has.
    pub(super) fn all_syllables(&self) -> &[String] {
        &self.syllables
    }

    /// The syllables of `glyph`.
    pub(super) fn syllables(&self, glyph: Glyph) -> impl Iterator<Item = &str> {
        let set = self.sets.get(usize::from(glyph.set)).map_or(&[][..], Vec::as_slice);
        set.iter().filter_map(|id| self.syllables.get(usize::from(*id))).map(String::as_str)
    }
}

/// ü is typed `v`; `u` is taken for it too.
fn as_typed(plain: &str) -> String {
    plain.replace('ü', "v").replace('ê', "e")
}
