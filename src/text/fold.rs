//! Folding: the form of a text in which matching happens. Traditional becomes simplified,
//! full-width half-width, upper case lower case, Kangxi radicals and compatibility forms the
//! ordinary characters, and what has no width vanishes. Folding is by single characters, so that a
//! word folds the same way wherever it stands; it is many-to-one (乾 and 干) and never shown.
//!
//! Sources: the table `TSCharacters` of OpenCC (through hanconv) and Unicode NFKC (UAX #15).

use std::borrow::Cow;
use std::sync::LazyLock;

use unicode_normalization::{UnicodeNormalization, char::compose};

use super::{Span, sanitize::is_invisible};

/// A folded text that knows for each of its characters the shown character it came from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Folded {
    text: String,
    origins: Origins,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
enum Origins {
    /// Character n of the folded text came from character n of the shown one.
    #[default]
    Same,
    /// One entry a folded character, and one behind the last: its shown character.
    Each(Box<[u32]>),
}

impl Folded {
    /// The folded text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The shown characters from which the folded characters of `span` came.
    pub fn shown(&self, span: Span) -> Span {
        match &self.origins {
            Origins::Same => span,
            Origins::Each(origins) => {
                let start = shown_char(origins, span.start);
                // The last character's own origin, so that a mark composed into it is covered.
                let last = span.end.saturating_sub(1).max(span.start);
                let end = if span.is_empty() { start } else { next_origin(origins, last) };
                Span::new(start, end)
            }
        }
    }
}

fn shown_char(origins: &[u32], folded: u32) -> u32 {
    origins.get(folded as usize).or(origins.last()).copied().unwrap_or_default()
}

/// The shown character behind those that `folded` came from: the next origin that differs.
fn next_origin(origins: &[u32], folded: u32) -> u32 {
    let own = shown_char(origins, folded);
    let later = origins.get(folded as usize..).unwrap_or_default();
    later.iter().copied().find(|origin| *origin > own).unwrap_or(own + 1)
}

/// Folds `shown`, keeping the way back.
pub fn fold(shown: &str) -> Folded {
    let mut folding = Folding::with_capacity(shown.len());
    for (at, c) in shown.chars().enumerate() {
        folding.push(c, at as u32);
    }
    folding.finish(shown.chars().count() as u32)
}

/// Folds `shown` where no way back is needed: queries, keys of a table.
pub fn fold_key(shown: &str) -> String {
    let mut key = String::with_capacity(shown.len());
    fold_onto(shown, &mut key);
    key
}

/// Folds `shown` behind what `out` holds; nothing of `out` is changed.
pub fn fold_onto(shown: &str, out: &mut String) {
    let start = out.len();
    for c in shown.chars() {
        match c {
            '\0'..='\x7F' => out.push(c.to_ascii_lowercase()),
            '\u{4E00}'..='\u{9FFF}' => out.push(simplified(c)),
            '。' | '、' | '“' | '”' | '《' | '》' | '—' => out.push(c),
            _ if is_invisible(c) => {}
            _ => fold_compatible(c, start, out),
        }
    }
}

fn fold_compatible(c: char, start: usize, out: &mut String) {
    for (nth, part) in std::iter::once(c).nfkc().flat_map(char::to_lowercase).enumerate() {
        let composed = if nth == 0 { composed_with_last(out.get(start..), part) } else { None };
        if let Some(whole) = composed {
            out.pop();
            out.push(whole);
            return;
        }
        out.push(simplified(part));
    }
}

/// The one character that the last one of `text` and `mark` make: ﾊ and ﾟ are two, パ is one.
fn composed_with_last(text: Option<&str>, mark: char) -> Option<char> {
    if !matches!(mark, '\u{3099}' | '\u{309A}') {
        return None;
    }
    text?.chars().next_back().and_then(|last| compose(last, mark))
}

/// The simplified form of a traditional character, and every other character itself.
pub fn simplified(c: char) -> char {
    match c {
        '\u{4E00}'..='\u{9FFF}' => {
            let folded = COMMON.get(c as usize - COMMON_START).copied().unwrap_or_default();
            char::from_u32(u32::from(folded))
                .filter(|to| *to != '\0')
                .unwrap_or_else(|| in_table(c))
        }
        '\u{3400}'..='\u{4DBF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{2FFFF}' => {
            in_table(c)
        }
        _ => c,
    }
}

/// `text` with every traditional character simplified: as many characters, and the same text where
/// none is.
pub fn in_simplified(text: &str) -> Cow<'_, str> {
    if !has_traditional(text) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    out.extend(text.chars().map(simplified));
    Cow::Owned(out)
}

/// True where [`simplified`] changes a character of `text`.
pub(super) fn has_traditional(text: &str) -> bool {
    let traditional: &[u64] = &TRADITIONAL;
    text.chars().any(|c| match c {
        '\u{4E00}'..='\u{9FFF}' => {
            let at = c as usize - COMMON_START;
            traditional.get(at / 64).is_some_and(|bits| bits >> (at % 64) & 1 == 1)
        }
        ..'\u{3400}' => false,
        _ => simplified(c) != c,
    })
}

fn in_table(c: char) -> char {
    SIMPLIFIED
        .binary_search_by_key(&c, |pair| pair.0)
        .map_or(c, |at| SIMPLIFIED.get(at).map_or(c, |pair| pair.1))
}

const COMMON_START: usize = 0x4E00;

/// The table once more for the block that texts are made of, one step a character: folding a large
/// library is mostly this. Zero, which no character folds to, stands for those outside 16 bits.
static COMMON: LazyLock<Vec<u16>> = LazyLock::new(|| {
    let folded = |c: char| u16::try_from(u32::from(in_table(c))).unwrap_or_default();
    ('\u{4E00}'..='\u{9FFF}').map(folded).collect()
});

/// A bit for each character of the same block that is folded to another one: whole libraries are
/// asked whether they have any, and so few bytes stay in the processor's first cache.
static TRADITIONAL: LazyLock<Vec<u64>> = LazyLock::new(|| {
    let mut bits = vec![0; (0xA000 - COMMON_START) / 64];
    for (at, c) in ('\u{4E00}'..='\u{9FFF}').enumerate() {
        if let Some(word) = bits.get_mut(at / 64) {
            *word |= u64::from(simplified(c) != c) << (at % 64);
        }
    }
    bits
});

/// Traditional characters that simplified texts use in their own right far more often than
/// traditional texts use them for the simplified one: 著作 must stay a word.
const KEPT: [char; 4] = ['著', '覆', '藉', '瞭'];

static SIMPLIFIED: LazyLock<Vec<(char, char)>> = LazyLock::new(|| {
    let mut table: Vec<(char, char)> = hanconv::RawDictionary::TSCharacters
        .iter()
        .filter_map(|(from, to)| Some((from.chars().next()?, to.chars().next()?)))
        .filter(|(from, to)| from != to && !KEPT.contains(from))
        .collect();
    table.sort_unstable();
    // A few forms are simplified in two steps; one look-up must do both.
    let chained = table.clone();
    for (_, to) in &mut table {
        if let Ok(at) = chained.binary_search_by_key(to, |pair| pair.0) {
            *to = chained.get(at).map_or(*to, |pair| pair.1);
        }
    }
    table
});

struct Folding {
    text: String,
    origins: Vec<u32>,
    one_to_one: bool,
}

impl Folding {
    fn with_capacity(bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes), origins: Vec::new(), one_to_one: true }
    }

    fn push(&mut self, c: char, at: u32) {
        match c {
            '\0'..='\x7F' => self.keep(c.to_ascii_lowercase(), at),
            '\u{4E00}'..='\u{9FFF}' => self.keep(simplified(c), at),
            '。' | '、' | '“' | '”' | '《' | '》' | '—' => self.keep(c, at),
            _ if is_invisible(c) => self.one_to_one = false,
            _ => self.push_compatible(c, at),
        }
    }

    fn push_compatible(&mut self, c: char, at: u32) {
        let mut pushed = 0;
        for part in std::iter::once(c).nfkc().flat_map(char::to_lowercase) {
            if pushed == 0 && self.compose_with_last(part) {
                self.one_to_one = false;
                return;
            }
            self.keep(simplified(part), at);
            pushed += 1;
        }
        self.one_to_one &= pushed == 1;
    }

    fn compose_with_last(&mut self, mark: char) -> bool {
        let Some(whole) = composed_with_last(Some(&self.text), mark) else {
            return false;
        };
        self.text.pop();
        self.text.push(whole);
        true
    }

    fn keep(&mut self, c: char, at: u32) {
        self.text.push(c);
        self.origins.push(at);
    }

    fn finish(mut self, shown_chars: u32) -> Folded {
        if self.one_to_one {
            return Folded { text: self.text, origins: Origins::Same };
        }
        self.origins.push(shown_chars);
        Folded { text: self.text, origins: Origins::Each(self.origins.into_boxed_slice()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    // https://github.com/BYVoid/OpenCC/issues/179, https://github.com/yfedoseev/pdf_oxide/issues/123,
    // https://github.com/unicode-rs/unicode-width/pull/89
    fn both_scripts_widths_cases_and_radicals_fold_to_one_form() {
        let pairs = [
            ("國際論壇", "国际论坛"),
            ("ＡＩ　２０２２", "ai 2022"),
            ("⾮法集资⽴案", "非法集资立案"),
            ("ﾊﾟﾌﾞﾘｯｸ", "パブリック"),
            ("乾清宮", "干清宫"),
            ("著作权", "著作权"),
            ("人\u{200B}工", "人工"),
            ("㎡①", "m21"),
        ];
        for (shown, folded) in pairs {
            assert_eq!(fold_key(shown), folded, "{shown}");
        }
    }

    #[test]
    fn a_text_is_simplified_by_single_characters_or_left_alone() {
        for text in ["國際A論壇", "国际论坛", "a。𠀀", "㑮", "𠁞", ""] {
            let each: String = text.chars().map(simplified).collect();
            assert_eq!(in_simplified(text), each);
            assert_eq!(has_traditional(text), each != text, "{text}");
        }
        for c in '\0'..=char::MAX {
            assert_eq!(has_traditional(c.encode_utf8(&mut [0; 4])), simplified(c) != c, "{c}");
        }
    }

    #[test]
    fn a_folded_span_covers_the_glyphs_it_came_from() {
        let folded = fold("ﾊﾟ㎡人\u{200B}工");
        assert_eq!(folded.as_str(), "パm2人工");
        assert_eq!(folded.shown(Span::new(0, 1)), Span::new(0, 2));
        assert_eq!(folded.shown(Span::new(1, 2)), Span::new(2, 3));
        assert_eq!(folded.shown(Span::new(3, 5)), Span::new(3, 6));
    }

    #[test]
    fn every_character_is_folded_in_one_step() {
        for c in '\u{3400}'..='\u{9FFF}' {
            assert_eq!(simplified(simplified(c)), simplified(c), "{c}");
        }
    }

    proptest! {
        #[test]
        fn every_folded_span_lies_in_the_shown_text(shown in "\\PC{0,40}", a in 0u32..50, b in 0u32..50) {
            let folded = fold(&shown);
            let chars = folded.as_str().chars().count() as u32;
            let (start, end) = (a.min(b).min(chars), a.max(b).min(chars));
            let span = folded.shown(Span::new(start, end));
            prop_assert!(span.start <= span.end);
            prop_assert!(span.end as usize <= shown.chars().count());
        }

        #[test]
        fn a_key_is_the_folded_text(shown in "(\\PC|[ｱ-ﾟ]|[一-龥]){0,40}") {
            let folded = fold(&shown);
            prop_assert_eq!(fold_key(&shown), folded.as_str());
        }

        #[test]
        fn folding_twice_is_folding_once(shown in "[一-龥Ａ-ｚa-zA-Z0-9，。“”]{0,40}") {
            let once = fold_key(&shown);
            prop_assert_eq!(fold_key(&once), once);
        }
    }
}
