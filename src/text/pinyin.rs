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
    let Some(multi) = c.to_pinyin_multi() else {
        return c.to_pinyin().map(Reading::from).into_iter().collect();
    };
    (0..multi.count()).filter_map(|n| multi.get_opt(n)).map(Reading::from).collect()
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
