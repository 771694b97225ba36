//! A face is one text by which an entry of the finder is known: its own, or an alias. Here a face
//! is matched against a typed word: by its characters (fuzzy-matcher, on the shown and on the
//! folded text) and by their spelling.

use std::sync::LazyLock;

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use memchr::memmem::Finder;

use super::hit::{Tier, Via};
use crate::find::pinyin_pattern::{Keys, MOST_KEYS, Window};
use crate::find::syllabary::{Glyph, Syllabary};
use crate::text::fold::{Folded, fold, fold_key};
use crate::text::{Span, byte_of_char};

/// Characters of a text that are looked at; no title or heading is longer.
const LONGEST: usize = 512;
/// Scattered characters may be this many times as far apart as side by side, and are then near.
const NEAR: usize = 2;
/// Above this they are no match at all.
const FAR: usize = 4;
/// Keys below which scattered initials say nothing.
const FEWEST_SCATTERED: usize = 3;

static SKIM: LazyLock<SkimMatcherV2> = LazyLock::new(|| SkimMatcherV2::default().ignore_case());

/// One text of an entry, ready to be matched.
#[derive(Debug, Clone)]
pub(super) struct Face {
    /// The entry.
    pub(super) entry: u32,
    pub(super) role: LabelKind,
    /// As shown, at most [`LONGEST`] characters.
    pub(super) shown: Box<str>,
    /// `None` where it equals `shown`.
    folded: Option<Box<Folded>>,
    /// Of the folded text.
    glyphs: Box<[Glyph]>,
    signature: Signature,
    /// Glyphs before the words begin: 一、 or a quotation mark.
    lead: usize,
    /// Glyphs up to the last that is no mark.
    end: usize,
}

/// Whether a face is what the entry shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LabelKind {
    Shown,
    Alias,
}

/// Whether the characters of a match may have others between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stretch {
    Whole,
    Scattered,
}

/// Bits that tell quickly that a word cannot be met.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Signature {
    /// Bits 0 to 25 letters that begin a reading, 26 to 51 letters inside one, 52 up characters.
    spelled: u64,
    /// Latin letters of the text itself.
    latin: u32,
}

/// These begin syllables and are never inside one.
const ONLY_INITIAL: &str = "bpmfdtljqxkzcsyw";

impl Signature {
    fn of(glyphs: &[Glyph], syllabary: &Syllabary) -> Self {
        let mut signature = Self::default();
        for glyph in glyphs {
            signature.spelled |= character_bit(glyph.folded);
            for syllable in syllabary.syllables(*glyph) {
                for (nth, letter) in syllable.chars().enumerate() {
                    signature.add(letter, nth == 0 || ONLY_INITIAL.contains(letter));
                }
            }
            if glyph.folded.is_ascii_lowercase() {
                signature.add(glyph.folded, true);
                signature.latin |= 1 << (glyph.folded as u32 - 'a' as u32);
            }
        }
        signature
    }

    fn add(&mut self, letter: char, begins: bool) {
        let bit = letter_bit(letter) | if letter == 'v' { letter_bit('u') } else { 0 };
        self.spelled |= bit << 26 | if begins { bit } else { 0 };
    }

    /// What a face must have at least to meet `keys`.
    fn needed(keys: &[char]) -> Self {
        let mut signature = Self::default();
        let mut before = None::<char>;
        for key in keys {
            if key.is_ascii_lowercase() {
                let begins = before.is_none_or(|c| !c.is_ascii_lowercase());
                signature.add(*key, begins || ONLY_INITIAL.contains(*key));
                signature.latin |= 1 << (*key as u32 - 'a' as u32);
            } else {
                signature.spelled |= character_bit(*key);
            }
            before = Some(*key);
        }
        signature
    }
}

fn letter_bit(letter: char) -> u64 {
    if letter.is_ascii_lowercase() { 1 << (letter as u32 - 'a' as u32) } else { 0 }
}

fn character_bit(c: char) -> u64 {
    if c.is_ascii_lowercase() { 0 } else { 1 << (52 + u32::from(c).wrapping_mul(0x9E37_79B1) % 12) }
}

/// A word as typed, ready to be matched against faces.
#[derive(Debug)]
pub(super) struct QueryWord {
    raw: String,
    folded: String,
    finder: Finder<'static>,
    keys: Keys,
    needed: Signature,
    /// Characters of the folded word.
    length: usize,
    /// True for what the other side of the strait says for what was typed.
    pub(super) is_alias: bool,
}

impl QueryWord {
    /// The word `typed`, or `None` where nothing of it can be matched.
    pub(super) fn new(typed: &str, syllabary: &Syllabary) -> Option<Self> {
        let raw = typed.get(..byte_of_char(typed, MOST_KEYS))?;
        let folded = fold_key(raw);
        let keys = Keys::new(raw, syllabary);
        if folded.is_empty() || keys.keys().is_empty() {
            return None;
        }
        Some(Self {
            raw: raw.to_owned(),
            finder: Finder::new(&folded).into_owned(),
            needed: Signature::needed(keys.keys()),
            length: folded.chars().count(),
            keys,
            folded,
            is_alias: false,
        })
    }

    /// The same as another word for what was typed.
    pub(super) fn into_alias(self) -> Self {
        Self { is_alias: true, ..self }
    }
}

/// How a face met a word.
#[derive(Debug, Clone, Copy)]
pub(super) struct Met {
    pub(super) tier: Tier,
    means: Means,
    window: Window,
    /// From 0 to 1000 how good the match is among those of its tier.
    pub(super) closeness: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Means {
    Spelled,
    Folded,
    Shown,
}

impl Met {
    /// How much the means of the match is worth, from 0 to 2: the text itself most.
    pub(super) fn worth(&self) -> i64 {
        self.means as i64
    }
}

impl Face {
    /// The face of `entry` that is written `text`.
    pub(super) fn new(entry: u32, role: LabelKind, text: &str, syllabary: &mut Syllabary) -> Self {
        let shown = text.get(..byte_of_char(text, LONGEST)).unwrap_or_default();
        let folded = fold(shown);
        let glyphs: Box<[Glyph]> = glyphs(shown, &folded, syllabary);
        let lead = lead(&glyphs);
        let end =
            glyphs.iter().rposition(|glyph| !glyph.is_mark()).map_or(glyphs.len(), |at| at + 1);
        Self {
            entry,
            role,
            shown: shown.into(),
            signature: Signature::of(&glyphs, syllabary),
            folded: (folded.as_str() != shown).then(|| Box::new(folded)),
            glyphs,
            lead,
            end,
        }
    }

    fn folded(&self) -> &str {
        self.folded.as_ref().map_or(&self.shown, |folded| folded.as_str())
    }

    /// True where the folded text has `word` in one piece.
    pub(super) fn contains(&self, word: &QueryWord) -> bool {
        word.finder.find(self.folded().as_bytes()).is_some()
    }

    /// How the face meets `word`, in the best way it can and `stretch` allows.
    pub(super) fn meet(&self, word: &QueryWord, stretch: Stretch) -> Option<Met> {
        if word.needed.spelled & !self.signature.spelled != 0 {
            return None;
        }
        let can_literally = word.needed.latin & !self.signature.latin == 0;
        let can_spell = word.needed.latin != 0;
        let literal = if can_literally { self.in_one_piece(word) } else { None };
        if literal.is_some_and(|met| met.tier >= Tier::Prefix) {
            return literal;
        }
        let spelled = if can_spell { self.spelled(word) } else { None };
        let whole = better(literal, spelled);
        if whole.is_some() || stretch == Stretch::Whole || !word.keys.reach(&self.glyphs) {
            return whole;
        }
        let literal = if can_literally { self.scattered(word) } else { None };
        literal.or_else(|| if can_spell { self.scattered_spelled(word) } else { None })
    }

    fn in_one_piece(&self, word: &QueryWord) -> Option<Met> {
        let folded = self.folded();
        let byte = word.finder.find(folded.as_bytes())?;
        let start = folded.get(..byte)?.chars().count();
        let window = Window { start, end: start + word.length };
        Some(self.met(window, self.means(window, word), word.length))
    }

    fn spelled(&self, word: &QueryWord) -> Option<Met> {
        let window = word.keys.run(&self.glyphs)?;
        Some(self.met(window, Means::Spelled, window.len()))
    }

    fn scattered(&self, word: &QueryWord) -> Option<Met> {
        if word.length < 2 {
            return None;
        }
        let shown = SKIM.fuzzy_indices(&self.shown, &word.raw).map(|found| (found, Means::Shown));
        let ((score, at), means) = shown.or_else(|| {
            self.folded.as_ref()?;
            SKIM.fuzzy_indices(self.folded(), &word.folded).map(|found| (found, Means::Folded))
        })?;
        let window = Window { start: *at.first()?, end: *at.last()? + 1 };
        let tier = scattered_tier(window, word.length)?;
        // Sixteen points a character and as much again for what is together.
        let closeness = (score * 1000 / (word.length as i64 * 32)).clamp(0, 1000);
        Some(Met { tier, means, window, closeness })
    }

    fn scattered_spelled(&self, word: &QueryWord) -> Option<Met> {
        if word.keys.keys().len() < FEWEST_SCATTERED {
            return None;
        }
        let (window, taken) = word.keys.scattered(&self.glyphs)?;
        let tier = scattered_tier(window, taken)?;
        let closeness = (taken * 1000 / window.len().max(1)) as i64;
        Some(Met { tier, means: Means::Spelled, window, closeness })
    }

    fn met(&self, window: Window, means: Means, taken: usize) -> Met {
        let tier = match (window.start <= self.lead, window.end >= self.end) {
            (true, true) => Tier::Exact,
            (true, false) => Tier::Prefix,
            (false, _) => Tier::Within,
        };
        let closeness = (taken * 1000 / self.glyphs.len().max(1)).min(1000) as i64;
        Met { tier, means, window, closeness }
    }

    /// Whether the text itself has the word, or only its folded form.
    fn means(&self, window: Window, word: &QueryWord) -> Means {
        let Some(folded) = &self.folded else {
            return if word.raw.eq_ignore_ascii_case(&word.folded) {
                Means::Shown
            } else {
                Means::Folded
            };
        };
        let span = folded.shown(Span::new(window.start as u32, window.end as u32));
        if span.of(&self.shown).eq_ignore_ascii_case(&word.raw) {
            Means::Shown
        } else {
            Means::Folded
        }
    }

    /// The shown characters that met `word`, rising, and by what they did.
    pub(super) fn matched(
        &self,
        word: &QueryWord,
        met: Met,
        syllabary: &Syllabary,
    ) -> (Vec<u32>, Via) {
        let in_a_piece = met.tier >= Tier::Within;
        match met.means {
            Means::Spelled => {
                let taken = word.keys.taken(&self.glyphs, met.window, syllabary);
                let via = match (taken.spelled, taken.wholly) {
                    (false, _) => Via::Text,
                    (true, true) => Via::Pinyin,
                    (true, false) => Via::Initials,
                };
                (self.shown_characters(taken.glyphs), via)
            }
            means if in_a_piece => {
                (self.shown_characters(met.window.start..met.window.end), means.via())
            }
            Means::Shown => {
                let found = SKIM.fuzzy_indices(&self.shown, &word.raw);
                (
                    found.map_or_else(Vec::new, |(_, at)| {
                        at.into_iter().map(|n| n as u32).collect()
                    }),
                    Via::Text,
                )
            }
            Means::Folded => {
                let found = SKIM.fuzzy_indices(self.folded(), &word.folded);
                (self.shown_characters(found.map_or_else(Vec::new, |(_, at)| at)), Via::Script)
            }
        }
    }

    fn shown_characters(&self, glyphs: impl IntoIterator<Item = usize>) -> Vec<u32> {
        let glyphs = glyphs.into_iter().map(|n| n as u32);
        let Some(folded) = &self.folded else {
            return glyphs.collect();
        };
        let spans = glyphs.map(|n| folded.shown(Span::new(n, n + 1)));
        let mut shown: Vec<u32> = spans.flat_map(|span| span.start..span.end).collect();
        shown.dedup();
        shown
    }
}

impl Means {
    fn via(self) -> Via {
        if self == Self::Shown { Via::Text } else { Via::Script }
    }
}

fn better(a: Option<Met>, b: Option<Met>) -> Option<Met> {
    match (a, b) {
        (Some(a), Some(b)) if (b.tier, b.means) > (a.tier, a.means) => Some(b),
        (a, b) => a.or(b),
    }
}

fn scattered_tier(window: Window, taken: usize) -> Option<Tier> {
    match window.len() {
        length if length <= taken * NEAR => Some(Tier::Near),
        length if length <= taken * FAR => Some(Tier::Far),
        _ => None,
    }
}

fn glyphs(shown: &str, folded: &Folded, syllabary: &mut Syllabary) -> Box<[Glyph]> {
    let shown: Vec<char> = shown.chars().collect();
    let pairs = folded.as_str().chars().take(LONGEST).zip(0_u32..).map(|(c, n)| {
        let origin = folded.shown(Span::new(n, n + 1)).start as usize;
        (shown.get(origin).copied().unwrap_or(c), c)
    });
    pairs.map(|(shown, folded)| syllabary.glyph(shown, folded)).collect()
}

/// Glyphs before the first word: marks, and a number as headings have it (一、 （二） 3. 第四章).
fn lead(glyphs: &[Glyph]) -> usize {
    let at = |n: usize| glyphs.get(n).map(|glyph| glyph.folded);
    let marks = |from: usize| {
        let rest = glyphs.get(from..).unwrap_or_default();
        from + rest.iter().take_while(|glyph| glyph.is_mark()).count()
    };
    let start = marks(0);
    let ordinal = usize::from(at(start) == Some('第'));
    let digits = glyphs.get(start + ordinal..).unwrap_or_default();
    let behind =
        start + ordinal + digits.iter().take_while(|glyph| is_numeral(glyph.folded)).count();
    let numbered = behind > start + ordinal;
    let closed = match at(behind) {
        Some('章' | '节' | '条' | '编' | '部' | '篇') => ordinal == 1,
        Some('、' | '.' | ')' | '．') => ordinal == 0,
        _ => false,
    };
    let words = if numbered && closed { marks(behind + 1) } else { start };
    if words < glyphs.len() { words } else { 0 }
}

fn is_numeral(c: char) -> bool {
    c.is_ascii_digit() || "〇零一二三四五六七八九十百".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn meet(text: &str, typed: &str) -> Option<(Tier, Via, Vec<u32>)> {
        let mut syllabary = Syllabary::default();
        let face = Face::new(0, LabelKind::Shown, text, &mut syllabary);
        let word = QueryWord::new(typed, &syllabary)?;
        let met = face.meet(&word, Stretch::Scattered)?;
        let (matched, via) = face.matched(&word, met, &syllabary);
        Some((met.tier, via, matched))
    }

    #[test]
    fn a_word_is_met_by_text_script_pinyin_and_initials_where_it_is_shown() {
        let cases = [
            ("人工智能", "人工", Tier::Prefix, Via::Text, vec![0, 1]),
            ("國家標準", "国家标准", Tier::Exact, Via::Script, vec![0, 1, 2, 3]),
            ("国家标准", "標準", Tier::Within, Via::Script, vec![2, 3]),
            ("人工智能", "rgzn", Tier::Exact, Via::Initials, vec![0, 1, 2, 3]),
            ("人工智能", "rengong", Tier::Prefix, Via::Pinyin, vec![0, 1]),
            ("人工智能", "人工zn", Tier::Exact, Via::Initials, vec![0, 1, 2, 3]),
            ("一、總體要求", "zongti", Tier::Prefix, Via::Pinyin, vec![2, 3]),
            ("第三章 保障", "bz", Tier::Exact, Via::Initials, vec![4, 5]),
            ("“5G”应用", "5g", Tier::Prefix, Via::Text, vec![1, 2]),
            ("计算能力", "算力", Tier::Near, Via::Text, vec![1, 3]),
            ("計算能力", "计力", Tier::Near, Via::Script, vec![0, 3]),
            ("标准化发展纲要", "bzfz", Tier::Near, Via::Initials, vec![0, 1, 3, 4]),
            ("ＡＩ應用", "ai", Tier::Prefix, Via::Script, vec![0, 1]),
            ("AI应用", "ai", Tier::Prefix, Via::Text, vec![0, 1]),
        ];
        for (text, typed, tier, via, matched) in cases {
            assert_eq!(meet(text, typed), Some((tier, via, matched)), "{text} {typed}");
        }
    }

    #[test]
    fn what_is_not_there_is_not_met() {
        for (text, typed) in [("人工智能", "rgzm"), ("标准", "标谁"), ("", "a"), ("保障措施", "准")]
        {
            assert_eq!(meet(text, typed), None, "{text} {typed}");
        }
    }

    proptest! {
        #[test]
        fn the_signature_never_rules_out_what_would_match(text in "([一-龥]|[a-c绿女5]){0,8}", typed in "[a-z绿女5]{1,5}") {
            let mut syllabary = Syllabary::default();
            let face = Face::new(0, LabelKind::Shown, &text, &mut syllabary);
            let word = QueryWord::new(&typed, &syllabary).unwrap();
            let reached = word.keys.scattered(&face.glyphs).is_some();
            let ruled_out = word.needed.spelled & !face.signature.spelled != 0;
            prop_assert!(!(reached && ruled_out));
        }

        #[test]
        fn matched_characters_are_rising_and_inside_the_text(text in "(\\PC|[人工智能產㎡ﾊﾟ]){0,20}", typed in "(\\PC|[a-z]|[人工产]){0,6}") {
            if let Some((_, _, matched)) = meet(&text, &typed) {
                prop_assert!(matched.windows(2).all(|two| two[0] < two[1]));
                prop_assert!(matched.iter().all(|n| (*n as usize) < text.chars().count()));
            }
        }
    }
}
