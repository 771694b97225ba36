//! Words of a folded text with their parts of speech, and how common a wording is in general
//! Chinese. This is the one place that knows jieba; its dictionary is loaded when first asked for.
//!
//! Source: the dictionary of jieba (349,046 words of news and web text with frequencies and tags of
//! the ICTCLAS set) through jieba-rs. Words that it does not hold come as single characters: its
//! guesses (HMM) join across the borders of exactly the new terms that matter here.

use std::sync::LazyLock;

use jieba_rs::Jieba;

static JIEBA: LazyLock<Jieba> = LazyLock::new(|| {
    let mut jieba = Jieba::new();
    for (word, count, tag) in folded_words() {
        jieba.add_word(word, Some(count), Some(tag));
    }
    jieba
});

/// Words of the dictionary that folding changes, as they are folded (着作权); made by `.ci/folding`.
const FOLDED_WORDS: &str = include_str!("folded_words.txt");

fn folded_words() -> impl Iterator<Item = (&'static str, usize, &'static str)> {
    let lines = FOLDED_WORDS.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| {
        let mut parts = line.split(' ');
        Some((parts.next()?, parts.next()?.parse().ok()?, parts.next()?))
    })
}

/// Loads the dictionary, which takes about a tenth of a second. Whoever knows that texts will be
/// cut calls it on a thread while they are read; what is asked meanwhile waits for it.
pub fn load() {
    LazyLock::force(&JIEBA);
}

/// The sum of all frequencies of jieba's dictionary.
const GENERAL_TOTAL: f64 = 60_101_967.0;

/// One word of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// The byte at which it begins.
    pub start: u32,
    /// The byte after it.
    pub end: u32,
    /// What it is by the dictionary, whatever is around it.
    pub class: WordClass,
}

impl Word {
    /// The word in the `text` it was cut from.
    pub fn of<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.start as usize..self.end as usize).unwrap_or_default()
    }
}

/// Parts of speech, as far as they tell what can be in a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WordClass {
    /// A noun or a fixed expression.
    Noun,
    /// An idiom of four characters (成语).
    Idiom,
    /// A place name.
    Place,
    /// A personal name, or a word that the dictionary takes for one.
    Name,
    /// An organisation.
    Organisation,
    /// A verb that is used as a noun (建设).
    VerbNoun,
    /// Any other verb.
    Verb,
    /// An adjective.
    Adjective,
    /// A word that is only before nouns (大型).
    Attribute,
    /// A time.
    Time,
    /// A number or a measure.
    Number,
    /// A word in Latin letters, with digits or without.
    Latin,
    /// A single character that is no word of its own.
    Part,
    /// A conjunction, particle, preposition, adverb, pronoun.
    Function,
    /// A mark, a space.
    Mark,
}

/// The words of `folded`, one after the other, without a gap.
pub fn segment(folded: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let (mut rest, mut before) = (folded, 0);
    while !rest.is_empty() {
        let (part, after) = rest.split_at_checked(part_of(rest)).unwrap_or((rest, ""));
        let word = |tag: jieba_rs::Tag<'_>| Word {
            start: before + tag.byte_start as u32,
            end: before + tag.byte_end as u32,
            class: class_of(tag.word, tag.tag),
        };
        words.extend(JIEBA.tag(part, false).into_iter().map(word));
        before += part.len() as u32;
        rest = after;
    }
    words
}

/// Bytes that are segmented together: the tokeniser needs about a hundred times their memory.
const PART: usize = 64 << 10;
/// Bytes before the end of a part in which a mark is sought, since no word goes over one.
const SEEK: usize = 4 << 10;

/// The bytes of `text` that are segmented together: all, or up to a mark, or where there is none any.
fn part_of(text: &str) -> usize {
    if text.len() <= PART {
        return text.len();
    }
    let end = (PART..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
    let seek = (end - SEEK..end).find(|at| text.is_char_boundary(*at)).unwrap_or(end);
    // Latin words hold these in the tokeniser.
    let is_mark = |c: char| !c.is_alphanumeric() && !"+#&._%-".contains(c);
    let window = text.get(seek..end).unwrap_or_default();
    let mark = window.rfind(is_mark).and_then(|at| {
        let mark = window.get(at..)?.chars().next()?;
        Some(seek + at + mark.len_utf8())
    });
    mark.unwrap_or(end)
}

/// The surprisal of `folded` in general Chinese, in bits: 10 for 工作, 19 for 人工智能. A wording
/// that is no word is as surprising as its words are together.
pub fn surprisal(folded: &str) -> f64 {
    (GENERAL_TOTAL / JIEBA.suggest_freq(folded).max(1) as f64).log2()
}

/// How often the texts of the dictionary have the `folded` word; 0 where it does not hold it.
#[cfg(test)]
pub fn frequency(folded: &str) -> usize {
    if JIEBA.has_word(folded) { JIEBA.suggest_freq(folded) } else { 0 }
}

fn class_of(word: &str, tag: &str) -> WordClass {
    let Some(first) = word.chars().next() else { return WordClass::Mark };
    if !super::is_han(first) {
        return class_of_other(word, first);
    }
    match tag.as_bytes() {
        [b'n', b's', ..] => WordClass::Place,
        // Names have two or three characters; the dictionary has 公共安全 among them.
        [b'n', b'r'] if word.chars().nth(3).is_some() => WordClass::Noun,
        [b'n', b'r', ..] => WordClass::Name,
        [b'n', b't', ..] => WordClass::Organisation,
        [b'v', b'n'] => WordClass::VerbNoun,
        [b'a', b'n'] | [b'n' | b'j' | b'l' | b's' | b'o', ..] => WordClass::Noun,
        [b'i', ..] => WordClass::Idiom,
        [b'v', ..] => WordClass::Verb,
        [b'a' | b'z'] | [b'a', ..] => WordClass::Adjective,
        [b'b', ..] => WordClass::Attribute,
        [b't', ..] => WordClass::Time,
        [b'm' | b'q', ..] => WordClass::Number,
        [b'g' | b'x', ..] | [b'z', b'g'] => WordClass::Part,
        _ => WordClass::Function,
    }
}

fn class_of_other(word: &str, first: char) -> WordClass {
    if !first.is_alphanumeric() {
        WordClass::Mark
    } else if word.chars().any(char::is_alphabetic) {
        WordClass::Latin
    } else {
        WordClass::Number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<(&str, WordClass)> {
        segment(text).iter().map(|word| (word.of(text), word.class)).collect()
    }

    #[test]
    fn words_cover_the_text_and_carry_their_class() {
        use WordClass::{Function, Latin, Mark, Noun, Number};
        assert_eq!(
            words("人工智能和AI、5"),
            [("人工智能", Noun), ("和", Function), ("AI", Latin), ("、", Mark), ("5", Number)]
        );
        assert_eq!(words(""), []);
    }

    #[test]
    fn words_that_folding_changes_stay_words() {
        use WordClass::{Noun, Verb};
        assert_eq!(words("着作权复盖"), [("着作权", Noun), ("复盖", Verb)]);
        let lines = FOLDED_WORDS.lines().filter(|line| !line.starts_with('#'));
        assert_eq!(folded_words().count(), lines.count());
    }

    #[test]
    fn rare_wordings_surprise_more_than_common_ones() {
        assert!(surprisal("工作") < 11.0);
        assert!(surprisal("人工智能") > 17.0);
        assert!(surprisal("工作人员") < surprisal("新能源汽车"));
    }

    #[test]
    fn long_texts_are_segmented_in_parts_as_they_are_whole() {
        let sentence = "发展人工智能产业，建设标准验证点3.5个、A-B平台；";
        let one = segment(sentence);
        let count = 2 * PART / sentence.len() + 3;
        let all = segment(&sentence.repeat(count));
        assert_eq!(all.len(), one.len() * count);
        for (nth, words) in all.chunks(one.len()).enumerate() {
            let before = (nth * sentence.len()) as u32;
            let moved: Vec<Word> = words
                .iter()
                .map(|word| Word { start: word.start - before, end: word.end - before, ..*word })
                .collect();
            assert_eq!(moved, one);
        }
        // Without a mark nothing is lost either.
        let solid = "标".repeat(PART);
        let end = segment(&solid).iter().fold(0, |end, word| {
            assert_eq!(word.start, end);
            word.end
        });
        assert_eq!(end as usize, solid.len());
    }
}
