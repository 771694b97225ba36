//! Readings of Chinese characters in Hanyu pinyin, all of them for a character that has several.
//! Source: the Unihan readings, through the pinyin crate.

use pinyin::{Pinyin, ToPinyin, ToPinyinMulti};

/// A reading in lower case, without tone (`zhong`) and with it (`zhòng`). ü stays ü in both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// Without tone.
    pub plain: &'static str,
    /// With the tone mark.
    pub toned: &'static str,
}

impl From<Pinyin> for Reading {
    fn from(pinyin: Pinyin) -> Self {
        Self { plain: pinyin.plain(), toned: pinyin.with_tone() }
    }
}

/// All readings of `c`, the usual one first; none for what is no Chinese character.
pub fn readings(c: char) -> Vec<Reading> {
    each_reading(c).collect()
}

/// The same one after the other, for those who ask for many characters and keep none.
pub fn each_reading(c: char) -> impl Iterator<Item = Reading> + Clone {
    let several = c.to_pinyin_multi();
    let single = if several.is_none() { c.to_pinyin() } else { None };
    let each =
        several.into_iter().flat_map(|all| (0..all.count()).filter_map(move |n| all.get_opt(n)));
    each.chain(single).map(Reading::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_has_all_its_readings_in_both_scripts() {
        let plain = |c| readings(c).into_iter().map(|r| r.plain).collect::<Vec<_>>();
        assert!(plain('重').contains(&"zhong") && plain('重').contains(&"chong"));
        assert!(readings('產').iter().any(|r| r.toned == "chǎn"));
        assert!(plain('a').is_empty());
    }
}
