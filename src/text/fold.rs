//! Folding: the form of a text in which matching happens. Traditional and variant characters become
//! the ordinary simplified ones, full-width half-width, upper case lower case, Kangxi radicals and
//! compatibility forms the ordinary characters; what has no width vanishes, and so do spaces
//! between Han and Latin (5G 网络). Folding is by single characters, so that a word folds the same
//! way wherever it is; it is many-to-one (乾 and 干, 著 and 着) and never shown.
//!
//! Sources: the table `TSCharacters` of OpenCC (through hanconv), completed by `variants.txt` from
//! Unihan (UAX #38) and OpenCC's regional tables; Unicode NFKC (UAX #15).

use std::borrow::Cow;
use std::sync::LazyLock;

use unicode_normalization::{UnicodeNormalization, char::compose};

use super::{Span, is_han, sanitize::is_invisible};

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
    Each {
        /// One entry a folded character, and one after the last: its shown character.
        origins: Box<[u32]>,
        /// Shown characters that left nothing, rising.
        dropped: Box<[u32]>,
    },
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
            Origins::Each { origins, dropped } => {
                let start = shown_char(origins, span.start);
                if span.is_empty() {
                    return Span::new(start, start);
                }
                // The last character's own origin, so that a mark composed into it is covered.
                let last = span.end.saturating_sub(1).max(span.start);
                let mut end = next_origin(origins, last);
                while end > start + 1 && dropped.binary_search(&(end - 1)).is_ok() {
                    end -= 1;
                }
                Span::new(start, end)
            }
        }
    }
}

fn shown_char(origins: &[u32], folded: u32) -> u32 {
    origins.get(folded as usize).or(origins.last()).copied().unwrap_or_default()
}

/// The shown character after those that `folded` came from: the next origin that differs.
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

/// Appends the folded `shown` to `out`; nothing of `out` is changed.
pub fn fold_onto(shown: &str, out: &mut String) {
    let start = out.len();
    let mut after_blank = false;
    for c in shown.chars() {
        let from = out.len();
        match c {
            '\0'..='\x7F' => out.push(c.to_ascii_lowercase()),
            '\u{4E00}'..='\u{9FFF}' => out.push(folded_char(c)),
            '。' | '、' | '“' | '”' | '《' | '》' | '—' => out.push(c),
            _ if is_invisible(c) => continue,
            _ => fold_compatible(c, start, out),
        }
        if after_blank {
            drop_blanks(out, start, from);
        }
        after_blank = out.ends_with(' ');
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
        out.push(folded_char(part));
    }
}

/// The one character that the last one of `text` and `mark` make: ﾊ and ﾟ are two, パ is one.
fn composed_with_last(text: Option<&str>, mark: char) -> Option<char> {
    if !matches!(mark, '\u{3099}' | '\u{309A}') {
        return None;
    }
    text?.chars().next_back().and_then(|last| compose(last, mark))
}

/// Removes the spaces before byte `from` of `out`, where the part that begins at `start` has a Han
/// character on one side of them and a Latin one on the other.
fn drop_blanks(out: &mut String, start: usize, from: usize) {
    let Some((before, after)) = out.get(start..).and_then(|o| o.split_at_checked(from - start))
    else {
        return;
    };
    let words = before.trim_end_matches(' ');
    if blanks_vanish(words.chars().next_back(), after.chars().next()) {
        out.replace_range(start + words.len()..from, "");
    }
}

/// True for spaces that part no words: those between Han and Latin letters or digits.
pub(crate) fn blanks_vanish(before: Option<char>, after: Option<char>) -> bool {
    let (Some(before), Some(after)) = (before, after) else { return false };
    is_han(before) && after.is_ascii_alphanumeric()
        || before.is_ascii_alphanumeric() && is_han(after)
}

/// The character to which `c` is folded by itself: the ordinary simplified form of a traditional
/// character or of a variant, and every other character itself.
fn folded_char(c: char) -> char {
    FOLDED.of(c)
}

/// The simplified form of a traditional character, and every other character itself. Characters of
/// ordinary simplified words (著, 覆) are left alone.
pub fn simplified(c: char) -> char {
    SIMPLIFIED.of(c)
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

const COMMON_START: usize = 0x4E00;

/// What single characters become.
struct CharTable {
    /// Every pair that differs, in order.
    pairs: Vec<(char, char)>,
    /// The same for the block that texts are made of, one step a character: folding a large library
    /// is mostly this. Zero, which no character becomes, marks what is outside 16 bits.
    common: Vec<u16>,
}

impl CharTable {
    fn new(pairs: impl Iterator<Item = (char, char)>) -> Self {
        let mut pairs: Vec<_> = pairs.filter(|(from, to)| from != to).collect();
        pairs.sort_unstable();
        pairs.dedup_by_key(|pair| pair.0);
        // Some forms take several steps (a variant of a traditional character); one look-up must
        // do.
        let one_step = pairs.clone();
        for (_, to) in &mut pairs {
            while let Ok(at) = one_step.binary_search_by_key(to, |pair| pair.0) {
                *to = one_step.get(at).map_or(*to, |pair| pair.1);
            }
        }
        let mut table = Self { pairs, common: Vec::new() };
        let common = |c: char| u16::try_from(u32::from(table.look_up(c))).unwrap_or_default();
        table.common = ('\u{4E00}'..='\u{9FFF}').map(common).collect();
        table
    }

    fn of(&self, c: char) -> char {
        match c {
            '\u{4E00}'..='\u{9FFF}' => {
                let to = self.common.get(c as usize - COMMON_START).copied().unwrap_or_default();
                char::from_u32(u32::from(to))
                    .filter(|to| *to != '\0')
                    .unwrap_or_else(|| self.look_up(c))
            }
            '\u{3400}'..='\u{4DBF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{2FFFF}' => {
                self.look_up(c)
            }
            _ => c,
        }
    }

    fn look_up(&self, c: char) -> char {
        let at = self.pairs.binary_search_by_key(&c, |pair| pair.0);
        at.ok().and_then(|at| self.pairs.get(at)).map_or(c, |pair| pair.1)
    }
}

/// A bit for each character of the common block that is traditional: whole libraries are asked
/// whether they have any, and so few bytes stay in the processor's first cache.
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
/// traditional texts use them for the simplified one; they say nothing about the script.
const AMBIGUOUS: [char; 4] = ['著', '覆', '藉', '瞭'];

static SIMPLIFIED: LazyLock<CharTable> = LazyLock::new(|| {
    let first = |values: Vec<&str>| values.first().and_then(|to| to.chars().next());
    let pairs = hanconv::RawDictionary::TSCharacters.var_iter();
    let pairs = pairs.filter_map(|(from, to)| Some((from.chars().next()?, first(to)?)));
    CharTable::new(pairs.filter(|(from, _)| !AMBIGUOUS.contains(from)))
});

/// Variants that OpenCC's table leaves alone, a pair a line; made by `.ci/folding`.
const VARIANTS: &str = include_str!("variants.txt");

static FOLDED: LazyLock<CharTable> = LazyLock::new(|| {
    // Of several simplified forms one that differs: 瞭 is 瞭 or 了.
    let other = |from: char, values: Vec<&str>| {
        values.iter().filter_map(|to| to.chars().next()).find(|to| *to != from)
    };
    let traditional = hanconv::RawDictionary::TSCharacters.var_iter().filter_map(|(from, to)| {
        let from = from.chars().next()?;
        Some((from, other(from, to)?))
    });
    CharTable::new(traditional.chain(variants()))
});

fn variants() -> impl Iterator<Item = (char, char)> {
    let lines = VARIANTS.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| {
        let mut chars = line.chars();
        Some((chars.next()?, chars.next()?))
    })
}

struct Folding {
    text: String,
    origins: Vec<u32>,
    dropped: Vec<u32>,
    one_to_one: bool,
    after_blank: bool,
}

impl Folding {
    fn with_capacity(bytes: usize) -> Self {
        Self {
            text: String::with_capacity(bytes),
            origins: Vec::new(),
            dropped: Vec::new(),
            one_to_one: true,
            after_blank: false,
        }
    }

    fn push(&mut self, c: char, at: u32) {
        let from = self.text.len();
        match c {
            '\0'..='\x7F' => self.keep(c.to_ascii_lowercase(), at),
            '\u{4E00}'..='\u{9FFF}' => self.keep(folded_char(c), at),
            '。' | '、' | '“' | '”' | '《' | '》' | '—' => self.keep(c, at),
            _ if is_invisible(c) => {
                self.one_to_one = false;
                return self.dropped.push(at);
            }
            _ => self.push_compatible(c, at),
        }
        if self.after_blank {
            self.drop_blanks(from);
        }
        self.after_blank = self.text.ends_with(' ');
    }

    fn push_compatible(&mut self, c: char, at: u32) {
        let mut pushed = 0;
        for part in std::iter::once(c).nfkc().flat_map(char::to_lowercase) {
            if pushed == 0 && self.compose_with_last(part) {
                self.one_to_one = false;
                return;
            }
            self.keep(folded_char(part), at);
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

    /// Removes the spaces before byte `from` where they part no words.
    fn drop_blanks(&mut self, from: usize) {
        let after = self.text.get(from..).unwrap_or_default().chars().count();
        let bytes = self.text.len();
        drop_blanks(&mut self.text, 0, from);
        let blanks = bytes - self.text.len();
        if blanks > 0 {
            let end = self.origins.len() - after;
            self.dropped.extend(self.origins.drain(end - blanks..end));
            self.one_to_one = false;
        }
    }

    fn finish(mut self, shown_chars: u32) -> Folded {
        if self.one_to_one {
            return Folded { text: self.text, origins: Origins::Same };
        }
        self.origins.push(shown_chars);
        self.dropped.sort_unstable();
        let origins = Origins::Each {
            origins: self.origins.into_boxed_slice(),
            dropped: self.dropped.into_boxed_slice(),
        };
        Folded { text: self.text, origins }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    // https://github.com/BYVoid/OpenCC/issues/179,
    // https://github.com/yfedoseev/pdf_oxide/issues/123,
    // https://github.com/unicode-rs/unicode-width/pull/89
    fn both_scripts_widths_cases_and_radicals_fold_to_one_form() {
        let pairs = [
            ("國際論壇", "国际论坛"),
            ("ＡＩ　２０２２", "ai 2022"),
            ("⾮法集资⽴案", "非法集资立案"),
            ("ﾊﾟﾌﾞﾘｯｸ", "パブリック"),
            ("乾清宮", "干清宫"),
            ("著作权与著力", "着作权与着力"),
            ("答覆", "答复"),
            ("瞭解憑藉", "了解凭借"),
            ("妳牠擡幷逕舖", "你它抬并径铺"),
            ("迳行谘询", "径行咨询"),
            ("産業衆國", "产业众国"),
            ("加快 5G 网络 建设", "加快5g网络 建设"),
            ("AI  時代　２０２５ 年", "ai时代2025年"),
            ("open source 10 20", "open source 10 20"),
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
        let folded = fold("加快 5G 网络\u{200B} AI");
        assert_eq!(folded.as_str(), "加快5g网络ai");
        assert_eq!(folded.shown(Span::new(2, 6)), Span::new(3, 8));
        assert_eq!(folded.shown(Span::new(0, 2)), Span::new(0, 2));
        assert_eq!(folded.shown(Span::new(5, 7)), Span::new(7, 11));
    }

    #[test]
    fn every_line_of_the_variants_is_a_pair() {
        let lines = VARIANTS.lines().filter(|line| !line.starts_with('#'));
        assert_eq!(variants().count(), lines.count());
        assert!(variants().count() > 900);
        for (from, to) in variants() {
            assert_eq!(folded_char(from), folded_char(to), "{from}");
        }
    }

    #[test]
    fn ambiguous_characters_say_nothing_about_the_script() {
        assert!(!has_traditional("著作权覆盖"));
        assert_eq!(in_simplified("著名覆蓋"), "著名覆盖");
    }

    #[test]
    fn every_character_is_folded_in_one_step() {
        for c in '\u{3400}'..='\u{9FFF}' {
            assert_eq!(simplified(simplified(c)), simplified(c), "{c}");
            assert_eq!(folded_char(folded_char(c)), folded_char(c), "{c}");
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
        fn a_key_is_the_folded_text(shown in "(\\PC|[ｱ-ﾟ]|[一-龥]|[a 　]){0,40}") {
            let folded = fold(&shown);
            prop_assert_eq!(fold_key(&shown), folded.as_str());
        }

        #[test]
        fn folding_twice_is_folding_once(shown in "[一-龥Ａ-ｚa-zA-Z0-9，。“”　 ]{0,40}") {
            let once = fold_key(&shown);
            prop_assert_eq!(fold_key(&once), once);
        }
    }
}
