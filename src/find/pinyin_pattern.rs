//! How Chinese text is spelled on a Latin keyboard: in full (`rengong`), by initials (`rg`, with
//! `zh`, `ch`, `sh` as one), or in any mixture with the characters themselves (`人gong`). A
//! character with several readings is spelled by any of them.
//!
//! Method: a glyph takes one or more of the typed keys. What it may take is asked of a table that
//! is made once a query (keys by sets of readings), so that matching an entry is a few look-ups for
//! each of its glyphs. Positions among the keys are bits of a `u64`.

use super::syllabary::{Glyph, Syllabary};

/// The most keys of one word; what is typed beyond them is ignored.
pub(super) const MOST_KEYS: usize = 63;

/// One word as typed, ready to be matched against the glyphs of one [`Syllabary`].
#[derive(Debug, Clone)]
pub(super) struct Keys {
    keys: Vec<char>,
    /// For each key and each set of readings: bit n is set where a character with such readings
    /// may take n + 1 keys from there.
    takes: Vec<u8>,
    sets: usize,
    /// For each set of readings the positions from which it may take any key.
    any: Vec<u64>,
    /// The positions of keys that are no letters, which only the character itself takes.
    literal: u64,
}

impl Keys {
    /// The keys of `typed`. Capitals among small letters begin a syllable (`XiAn` is no 先).
    pub(super) fn new(typed: &str, syllabary: &Syllabary) -> Self {
        let (keys, starts) = read_keys(typed);
        let sets = syllabary.sets().len();
        let mut takes = Vec::with_capacity(keys.len() * sets);
        for at in 0..keys.len() {
            let rest = Rest { keys: keys.get(at..).unwrap_or_default(), starts: starts >> at };
            let of_syllables: Vec<u8> =
                syllabary.all_syllables().iter().map(|syllable| rest.lengths(syllable)).collect();
            takes.extend(syllabary.sets().iter().map(|set| {
                set.iter().fold(0, |all, id| all | of_syllables.get(usize::from(*id)).unwrap_or(&0))
            }));
        }
        let taking = |set: usize| {
            let some = |at: &usize| takes.get(at * sets + set).is_some_and(|takes| *takes != 0);
            (0..keys.len()).filter(some).fold(0, |all, at| all | 1 << at)
        };
        let any = (0..sets).map(taking).collect();
        let literal = keys.iter().enumerate().filter(|(_, key)| !key.is_ascii_lowercase());
        let literal = literal.fold(0, |all, (at, _)| all | 1 << at);
        Self { keys, takes, sets, any, literal }
    }

    /// The positions from which `glyph` might take a key: none is left out.
    fn possible(&self, glyph: Glyph) -> u64 {
        let spelled = self.any.get(usize::from(glyph.set)).copied().unwrap_or(0);
        spelled | if glyph.folded.is_ascii() { self.full() - 1 } else { self.literal }
    }

    /// True where the keys can be taken in order, with gaps.
    pub(super) fn reach(&self, glyphs: &[Glyph]) -> bool {
        let mut reached = 1;
        for glyph in glyphs {
            let from = reached & self.possible(*glyph);
            if from != 0 {
                reached |= self.step(from, *glyph);
            }
        }
        reached & self.full() != 0
    }

    /// The keys.
    pub(super) fn keys(&self) -> &[char] {
        &self.keys
    }

    fn full(&self) -> u64 {
        1 << self.keys.len()
    }

    fn lengths(&self, at: usize, glyph: Glyph) -> u8 {
        let spelled = self.takes.get(at * self.sets + usize::from(glyph.set)).copied();
        spelled.unwrap_or(0) | u8::from(self.keys.get(at) == Some(&glyph.folded))
    }

    /// Where the keys may be after `glyph` took some, from each position of `from`.
    fn step(&self, from: u64, glyph: Glyph) -> u64 {
        let (mut rest, mut to) = (from & (self.full() - 1), 0);
        while rest != 0 {
            let at = rest.trailing_zeros();
            to |= u64::from(self.lengths(at as usize, glyph)) << at << 1;
            rest &= rest - 1;
        }
        to
    }

    /// The window in which all keys are taken by glyphs that are side by side, marks between
    /// them passed over: the whole of `glyphs` where possible, else the first such window.
    pub(super) fn run(&self, glyphs: &[Glyph]) -> Option<Window> {
        let mut first = None;
        for (start, glyph) in glyphs.iter().enumerate() {
            if self.possible(*glyph) & 1 == 0 || self.step(1, *glyph) == 0 {
                continue;
            }
            match self.run_from(glyphs, start) {
                Some(window) if start == 0 => return Some(window),
                Some(window) => {
                    first = Some(window);
                    break;
                }
                None => {}
            }
        }
        first
    }

    /// The longest window from `start`, so that a word covered exactly is seen to be.
    fn run_from(&self, glyphs: &[Glyph], start: usize) -> Option<Window> {
        let (mut at, mut end) = (1, None);
        for (n, glyph) in glyphs.iter().enumerate().skip(start) {
            let next = self.step(at, *glyph);
            if next & self.full() != 0 {
                end = Some(n + 1);
            }
            at = if next == 0 && n > start && glyph.is_mark() { at } else { next };
            if at == 0 || at == self.full() {
                break;
            }
        }
        end.map(|end| Window { start, end })
    }

    /// The narrowest window in which the keys are taken in order, with gaps, and how many glyphs
    /// take them.
    pub(super) fn scattered(&self, glyphs: &[Glyph]) -> Option<(Window, usize)> {
        // For each position among the keys the latest start from which it can be reached, and the
        // glyphs taken on the way.
        let mut latest = [(0_u32, 0_u32); MOST_KEYS + 1];
        let (mut reached, mut best) = (1_u64, None);
        for (n, glyph) in glyphs.iter().enumerate() {
            // Backwards, so that one glyph takes keys once.
            let mut rest = reached & (self.full() - 1) & self.possible(*glyph);
            while rest != 0 {
                let at = 63 - rest.leading_zeros() as usize;
                rest ^= 1 << at;
                let (start, taken) = match at {
                    0 => (n as u32, 0),
                    _ => latest.get(at).copied().unwrap_or_default(),
                };
                let mut lengths = u64::from(self.lengths(at, *glyph)) << at << 1;
                while lengths != 0 {
                    let to = lengths.trailing_zeros() as usize;
                    lengths &= lengths - 1;
                    if let Some(slot) = latest.get_mut(to)
                        && (reached >> to & 1 == 0 || slot.0 < start)
                    {
                        *slot = (start, taken + 1);
                    }
                    reached |= 1 << to;
                    if to == self.keys.len() {
                        let window = Window { start: start as usize, end: n + 1 };
                        best = narrower(best, (window, taken as usize + 1));
                    }
                }
            }
        }
        best
    }

    /// Which glyphs of the window take keys, and whether every one of them took a whole reading.
    pub(super) fn taken(&self, glyphs: &[Glyph], window: Window, syllabary: &Syllabary) -> Taken {
        let inside = glyphs.get(window.start..window.end).unwrap_or_default();
        // Backwards: at which positions the rest of the glyphs can take the rest of the keys.
        let mut ends = vec![self.full()];
        for glyph in inside.iter().rev() {
            let behind = ends.last().copied().unwrap_or(0);
            let here = (0..self.keys.len())
                .filter(|at| (u64::from(self.lengths(*at, *glyph)) << at << 1) & behind != 0)
                .fold(0, |set, at| set | 1 << at);
            // The last glyph takes the last keys; any other may be passed over.
            ends.push(if ends.len() == 1 { here } else { here | behind });
        }
        ends.reverse();
        let mut taken = Taken { glyphs: Vec::new(), wholly: true, spelled: false };
        let mut at = 0;
        for (n, glyph) in inside.iter().enumerate() {
            let behind = ends.get(n + 1).copied().unwrap_or(0);
            let lengths = self.lengths(at, *glyph);
            let possible = |length: &usize| {
                lengths >> (length - 1) & 1 == 1 && (behind >> at >> length) & 1 == 1
            };
            if let Some(length) = (1..=8).rev().find(possible) {
                taken.glyphs.push(window.start + n);
                self.note(&mut taken, Step { at, length, glyph: *glyph }, syllabary);
                at += length;
            }
            if at == self.keys.len() {
                break;
            }
        }
        taken
    }

    fn note(&self, taken: &mut Taken, step: Step, syllabary: &Syllabary) {
        let keys = self.keys.get(step.at..step.at + step.length).unwrap_or_default();
        if keys == [step.glyph.folded] {
            return;
        }
        taken.spelled = true;
        let last = step.at + step.length == self.keys.len() && step.length > 2;
        let whole = |syllable: &str| {
            syllable.len() == keys.len()
                && syllable.bytes().zip(keys).all(|(letter, key)| same_key(letter, *key))
        };
        taken.wholly &= last || syllabary.syllables(step.glyph).any(whole);
    }
}

struct Step {
    at: usize,
    length: usize,
    glyph: Glyph,
}

fn narrower(best: Option<(Window, usize)>, one: (Window, usize)) -> Option<(Window, usize)> {
    match best {
        Some(best) if best.0.len() <= one.0.len() => Some(best),
        _ => Some(one),
    }
}

/// Glyphs of an entry from `start` up to, not including, `end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Window {
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Window {
    pub(super) fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }
}

/// How the glyphs of a window took the keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Taken {
    /// The glyphs that took keys, rising.
    pub(super) glyphs: Vec<usize>,
    /// True where every spelled glyph took a whole reading (the last one may be unfinished).
    pub(super) wholly: bool,
    /// True where any glyph was spelled rather than typed as itself.
    pub(super) spelled: bool,
}

/// The keys from one position on; bit n of `starts` forbids that key to be inside a syllable.
struct Rest<'k> {
    keys: &'k [char],
    starts: u64,
}

impl Rest<'_> {
    /// Bit n is set where n + 1 of the keys spell `syllable`: all of it, its initial, or at the end
    /// of what was typed any beginning of it.
    fn lengths(&self, syllable: &str) -> u8 {
        let common = syllable.bytes().zip(self.keys).take_while(|(s, key)| same_key(*s, **key));
        let inside = (self.starts >> 1).trailing_zeros() as usize + 1;
        let common = common.count().min(inside);
        let fits = |length: &usize| {
            *length == syllable.len() || *length <= initial(syllable) || *length == self.keys.len()
        };
        (1..=common.min(8)).filter(fits).fold(0, |set, length| set | 1 << (length - 1))
    }
}

/// NormalizedText of the initial as people type it: one, or two of zh, ch, sh.
fn initial(syllable: &str) -> usize {
    if ["zh", "ch", "sh"].iter().any(|two| syllable.starts_with(two)) { 2 } else { 1 }
}

fn same_key(letter: u8, key: char) -> bool {
    char::from(letter) == key || (letter == b'v' && key == 'u')
}

/// The keys of a word, folded, and at which of them a syllable must begin.
fn read_keys(typed: &str) -> (Vec<char>, u64) {
    let mixed = typed.bytes().any(|b| b.is_ascii_uppercase())
        && typed.bytes().any(|b| b.is_ascii_lowercase());
    let (mut keys, mut starts) = (Vec::new(), 0_u64);
    for c in typed.chars() {
        let upper = mixed && c.is_ascii_uppercase();
        for key in typed_key(c) {
            if keys.len() == MOST_KEYS {
                return (keys, starts);
            }
            starts |= u64::from(upper) << keys.len();
            keys.push(key);
        }
    }
    (keys, starts)
}

/// The keys that stand for `c`: `rén` is typed `ren`, `lǜ` is typed `lv`, `xi'an` is `xian`.
fn typed_key(c: char) -> Vec<char> {
    use unicode_normalization::UnicodeNormalization;
    match c {
        '\'' | '’' | '‘' => Vec::new(),
        'ü' | 'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' => vec!['v'],
        '\u{C0}'..='\u{1EF}' => std::iter::once(c)
            .nfd()
            .filter(char::is_ascii_alphabetic)
            .flat_map(char::to_lowercase)
            .collect(),
        _ => crate::text::fold::fold_key(c.encode_utf8(&mut [0; 4])).chars().collect(),
    }
}

/// True where `typed` spells the whole of `text`.
pub(super) fn spells(text: &str, typed: &str) -> bool {
    let mut syllabary = Syllabary::default();
    let folded = crate::text::fold::fold_key(text);
    let glyphs: Vec<Glyph> = folded.chars().map(|c| syllabary.glyph(c, c)).collect();
    let keys = Keys::new(typed, &syllabary);
    !keys.keys.is_empty() && keys.run(&glyphs) == Some(Window { start: 0, end: glyphs.len() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_word_is_spelled_in_full_by_initials_and_by_mixtures() {
        let cases = [
            ("人工智能", "rengongzhineng", true),
            ("人工智能", "rgzn", true),
            ("人工智能", "rgzhn", true),
            ("人工智能", "renGzn", true),
            ("人工智能", "人工zn", true),
            ("人工智能", "rengzn", true),
            ("人工智能", "rengongzhine", true),
            ("人工智能", "réngōngzhìnéng", true),
            ("人工智能", "rgzm", false),
            ("重庆", "cq", true),
            ("重庆", "chongqing", true),
            ("重庆", "zhongqing", true),
            ("重庆", "zq", true),
            ("西安", "xian", true),
            ("西安", "xi'an", true),
            ("先", "xian", true),
            ("先", "XiAn", false),
            ("绿色", "lvse", true),
            ("绿色", "luse", true),
            ("5G网络", "5gwl", true),
            ("上海", "sh", true),
            ("上海", "shh", true),
            ("上海", "h", false),
        ];
        for (text, typed, spelled) in cases {
            assert_eq!(spells(text, typed), spelled, "{text} {typed}");
        }
    }

    fn glyphs(text: &str) -> (Vec<Glyph>, Syllabary) {
        let mut syllabary = Syllabary::default();
        (text.chars().map(|c| syllabary.glyph(c, c)).collect(), syllabary)
    }

    #[test]
    fn gaps_are_found_where_they_are_narrowest() {
        let (glyphs, syllabary) = glyphs("标志和标准化与发展");
        let keys = Keys::new("bzfz", &syllabary);
        assert_eq!(keys.run(&glyphs), None);
        let (window, taken) = keys.scattered(&glyphs).unwrap();
        assert_eq!((window.start, window.end, taken), (3, 9, 4));
        let taken = keys.taken(&glyphs, window, &syllabary);
        assert_eq!(taken.glyphs, [3, 4, 7, 8]);
        assert!(taken.spelled && !taken.wholly);
    }

    #[test]
    fn marks_inside_a_word_are_passed_over() {
        let (glyphs, syllabary) = glyphs("碳达峰、碳中和");
        let keys = Keys::new("tdftzh", &syllabary);
        let window = keys.run(&glyphs).unwrap();
        assert_eq!(keys.taken(&glyphs, window, &syllabary).glyphs, [0, 1, 2, 4, 5, 6]);
    }

    proptest! {
        #[test]
        fn whatever_is_typed_takes_rising_glyphs_of_the_entry(text in "[一-龥a-c、]{0,12}", typed in "([a-z]{0,9}|\\PC{0,80})") {
            let (glyphs, syllabary) = glyphs(&text);
            let keys = Keys::new(&typed, &syllabary);
            prop_assume!(!keys.keys().is_empty());
            let run = keys.run(&glyphs);
            let scattered = keys.scattered(&glyphs).map(|(window, _)| window);
            prop_assert!(run.is_none() || scattered.is_some());
            prop_assert_eq!(scattered.is_some(), keys.reach(&glyphs));
            for window in run.into_iter().chain(scattered) {
                prop_assert!(window.end <= glyphs.len());
                let taken = keys.taken(&glyphs, window, &syllabary);
                prop_assert!(taken.glyphs.windows(2).all(|two| two[0] < two[1]));
                prop_assert!(!taken.glyphs.is_empty());
            }
        }
    }
}
