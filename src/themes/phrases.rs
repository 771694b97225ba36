//! Noun phrases of a folded text that could name a subject: items of 、-lists, noun compounds
//! between verbs and particles, titles in 《》, wordings in “”. Each is cut on word boundaries and
//! freed of words that no name begins or ends with; which of them are themes is not decided here.

use crate::text::segment::{Word, segment};
use crate::themes::grammar::{Role, role_of};

/// The longest phrase, in words; a longer one is a sentence.
const LONGEST_PHRASE: usize = 8;
/// Marks that enclose a name.
struct Marks {
    open: char,
    close: char,
    /// Characters of the longest name.
    longest: usize,
    source: Source,
}

const TITLES: Marks = Marks { open: '《', close: '》', longest: 40, source: Source::Title };
const QUOTES: Marks = Marks { open: '“', close: '”', longest: 8, source: Source::Quote };

/// Where a phrase was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Source {
    /// An item of a 、-list, alone between its marks.
    List,
    /// A compound alone between words that are in no name.
    Compound,
    /// A long word of the dictionary, also inside a compound.
    Word,
    /// Between 《 and 》.
    Title,
    /// Between “ and ”.
    Quote,
}

/// A phrase of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Phrase {
    /// The byte at which it begins.
    pub start: u32,
    /// The byte behind it.
    pub end: u32,
    /// Where it was found.
    pub source: Source,
    /// True where nothing of its compound stands behind it.
    pub free: bool,
}

/// A text cut into words with their roles.
#[derive(Debug)]
pub struct Parsed<'t> {
    text: &'t str,
    words: Vec<Word>,
    roles: Vec<Role>,
}

impl<'t> Parsed<'t> {
    /// The words of the `folded` text.
    pub fn new(folded: &'t str) -> Self {
        let words = segment(folded);
        let roles = words.iter().map(|word| role_of(word, folded)).collect();
        Self { text: folded, words, roles }
    }

    /// The words with their roles.
    pub fn words(&self) -> impl ExactSizeIterator<Item = (&Word, Role)> {
        self.words.iter().zip(self.roles.iter().copied())
    }

    /// The words with their roles, of a part of the text.
    pub fn slice(&self, from: usize, to: usize) -> Option<(&[Word], &[Role])> {
        Some((self.words.get(from..to)?, self.roles.get(from..to)?))
    }

    /// Maximal runs of words without a break, as ranges of word numbers.
    pub fn compounds(&self) -> impl Iterator<Item = (usize, usize)> {
        let parts = |role: &Role| !matches!(role, Role::Break | Role::Comma);
        let mut from = 0;
        std::iter::from_fn(move || {
            let start = from + self.roles.get(from..)?.iter().position(parts)?;
            let rest = self.roles.get(start..)?;
            let end = start + rest.iter().position(|role| !parts(role)).unwrap_or(rest.len());
            from = end;
            Some((start, end))
        })
    }

    /// Hands every phrase to `found`.
    pub fn phrases(&self, mut found: impl FnMut(Phrase)) {
        for (start, end) in self.compounds() {
            self.phrases_of_compound(start, end, &mut found);
        }
        enclosed(self.text, &TITLES, &mut found);
        enclosed(self.text, &QUOTES, &mut found);
    }

    fn phrases_of_compound(&self, start: usize, end: usize, found: &mut impl FnMut(Phrase)) {
        let left = start.checked_sub(1).is_some_and(|at| self.is_comma(at));
        let right = self.is_comma(end);
        for from in self.starts(start, end) {
            for to in self.ends(from, end) {
                // A verb that was cut off leaves no item of the list behind it.
                let whole = from == start || left;
                let source = if (left || right) && whole { Source::List } else { Source::Compound };
                let phrase = self.phrase(from, to, source);
                // The last item of a list may share what stands behind it with the others.
                let free = to == end || (left && from == start);
                let phrase = phrase.map(|phrase| Phrase { free, ..phrase });
                phrase.into_iter().for_each(&mut *found);
            }
        }
        self.long_words(start, end, found);
    }

    /// True where a word parts or ends a list.
    fn is_comma(&self, at: usize) -> bool {
        self.roles.get(at) == Some(&Role::Comma)
            || self.words.get(at).is_some_and(|word| word.of(self.text) == "等")
    }

    /// Where a name can begin in a compound: behind its weak modifiers, and behind each verb or
    /// place that stands first.
    fn starts(&self, start: usize, end: usize) -> impl Iterator<Item = usize> + use<> {
        let roles = self.roles.get(start..end).unwrap_or_default();
        let mut starts = Vec::new();
        for (at, role) in roles.iter().enumerate() {
            match role {
                Role::WeakModifier => {}
                Role::Verb | Role::Place => starts.push(start + at),
                _ => {
                    starts.push(start + at);
                    break;
                }
            }
        }
        starts.into_iter()
    }

    /// Where a name that begins at `from` can end: before its weak heads, before wide words and
    /// verbs that stand last.
    fn ends(&self, from: usize, end: usize) -> impl Iterator<Item = usize> + use<> {
        let roles = self.roles.get(from..end).unwrap_or_default();
        let narrow = roles.iter().position(|role| matches!(role, Role::Noun | Role::Part));
        let mut ends = Vec::new();
        for (at, role) in roles.iter().enumerate().rev() {
            // What is only wide words stays whole: no cutting up of 国家标准化技术.
            if !ends.is_empty() && narrow.is_none_or(|narrow| narrow > at) {
                break;
            }
            match role {
                Role::Before if from + at + 1 == end && narrow.is_some() => ends.push(end),
                Role::WeakHead | Role::Before | Role::Modifier | Role::WeakModifier => {}
                Role::Verb if self.is_comma(end) => {
                    ends.push(from + at + 1);
                    break;
                }
                Role::Verb | Role::Wide => ends.push(from + at + 1),
                _ => {
                    ends.push(from + at + 1);
                    break;
                }
            }
        }
        ends.into_iter()
    }

    fn phrase(&self, from: usize, to: usize, source: Source) -> Option<Phrase> {
        if to <= from || to - from > LONGEST_PHRASE || !self.can_stand(from, to) {
            return None;
        }
        let (first, last) = (self.words.get(from)?, self.words.get(to - 1)?);
        Some(Phrase { start: first.start, end: last.end, source, free: false })
    }

    /// True where the words could be a name: not one word that is too wide or not a noun.
    fn can_stand(&self, from: usize, to: usize) -> bool {
        match self.roles.get(from..to) {
            Some([Role::Noun]) => true,
            Some([_]) | None => false,
            Some(roles) => {
                !roles.iter().all(|role| matches!(role, Role::Place | Role::Part)) || to - from > 2
            }
        }
    }

    /// Words of three and more characters, but for those beside a lone character: there the text
    /// was cut wrongly (智能网 in 智能网联汽车).
    fn long_words(&self, start: usize, end: usize, found: &mut impl FnMut(Phrase)) {
        let part = |at: Option<usize>| at.and_then(|at| self.roles.get(at)) == Some(&Role::Part);
        for at in start..end {
            if let (Some(word), Some(Role::Noun)) = (self.words.get(at), self.roles.get(at))
                && word.of(self.text).chars().nth(2).is_some()
                && !part(at.checked_sub(1))
                && !part(Some(at + 1))
            {
                let (start, stop) = (word.start, word.end);
                let free = at + 1 == end;
                found(Phrase { start, end: stop, source: Source::Word, free });
            }
        }
    }
}

/// Hands what stands between two marks to `found`, where it is short enough and no sentence.
fn enclosed(text: &str, marks: &Marks, found: &mut impl FnMut(Phrase)) {
    let mut open = None;
    for (byte, c) in text.char_indices() {
        if c == marks.open {
            open = Some((byte + c.len_utf8(), 0));
        } else if c == marks.close {
            if let Some((start, 2..)) = open.take() {
                let (start, end) = (start as u32, byte as u32);
                found(Phrase { start, end, source: marks.source, free: true });
            }
        } else if let Some((start, chars)) = open {
            let ends = "。，；！？,;".contains(c) || chars >= marks.longest;
            open = (!ends).then_some((start, chars + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phrases(text: &str) -> Vec<&str> {
        let mut all = Vec::new();
        Parsed::new(text).phrases(|phrase| {
            all.extend(text.get(phrase.start as usize..phrase.end as usize));
        });
        all
    }

    #[test]
    fn items_of_a_list_come_whole_and_free_of_their_frame() {
        let found =
            phrases("在人工智能、具身智能、脑机接口等领域，涉及智能装备、智能网联汽车等方向");
        for item in ["人工智能", "具身智能", "脑机接口", "智能装备", "智能网联汽车"]
        {
            assert!(found.contains(&item), "{item} in {found:?}");
        }
        for fragment in ["等领域", "在人工智能", "接口等领域", "涉及智能装备"] {
            assert!(!found.contains(&fragment), "{fragment} in {found:?}");
        }
    }

    #[test]
    fn titles_and_quoted_wordings_come_whole() {
        let found =
            phrases("《国家标准化发展纲要》提出共建“一带一路”，“这是一句说得很长的话，不是名称”");
        assert!(found.contains(&"国家标准化发展纲要"));
        assert!(found.contains(&"一带一路"));
        assert!(!found.iter().any(|phrase| phrase.contains('，')));
    }

    #[test]
    fn a_wide_word_alone_is_no_phrase() {
        assert_eq!(phrases("工作、标准、重要领域、方面"), Vec::<&str>::new());
    }
}
