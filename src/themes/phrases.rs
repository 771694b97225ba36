//! Noun phrases of a folded text that could name a subject: items of 、-lists, noun compounds
//! between verbs and particles, titles in 《》, wordings in “”. Each is cut on word boundaries and
//! freed of words that no name begins or ends with; which of them are themes is not decided here.

use crate::text::segment::{Word, WordClass, segment};
use crate::themes::grammar::{WordRole, role_of};

/// The longest phrase, in words; a longer one is a sentence.
const LONGEST_PHRASE: usize = 8;
/// Marks that enclose a name.
struct Marks {
    open: char,
    close: char,
    /// Characters of the longest name.
    longest: usize,
    source: PhraseKind,
}

const TITLES: Marks = Marks { open: '《', close: '》', longest: 40, source: PhraseKind::Title };
const QUOTES: Marks = Marks { open: '“', close: '”', longest: 8, source: PhraseKind::Quote };

/// Characters with which the name of a body ends.
const BODY_CHARACTERS: &str = "局厅委署办部处科";
/// Words before a body that only refer to it.
const REFERRING: [&str; 6] = ["有关", "相关", "行政", "主管", "市", "各"];
/// What follows one who acts.
const MODALS: [&str; 9] = ["应当", "不得", "可以", "必须", "有权", "应", "须", "负责", "可"];

/// True where a text goes on with the rest of the name of a body: 主管部门, 和规划局, 厅.
pub fn goes_on_as_body(after: &str) -> bool {
    let ends = |rest: &str| {
        BODY_HEADS.iter().any(|head| rest.starts_with(head))
            || rest.starts_with(['局', '厅', '委', '部'])
                && !NO_BODIES.iter().any(|word| rest.starts_with(word))
    };
    if ends(after) {
        return true;
    }
    let filled = FILLERS.iter().filter_map(|filler| after.strip_prefix(filler)).any(ends);
    let joined = after.strip_prefix(['和', '与']).is_some_and(|rest| {
        let far = rest.char_indices().take_while(|(_, c)| crate::text::is_han(*c)).skip(2).take(3);
        far.filter_map(|(at, _)| rest.get(at..)).any(ends)
    });
    filled || joined
}

/// Words with which the name of a body goes on.
const BODY_HEADS: [&str; 4] = ["部门", "机关", "主管部门", "委员会"];
/// Words between the field of a body and what it is.
const FILLERS: [&str; 6] = ["行政", "主管", "管理", "监督管理", "行政主管", "综合执法"];
/// Words that only begin like a body.
const NO_BODIES: [&str; 9] =
    ["部分", "部署", "部件", "部位", "部队", "局面", "局部", "局限", "委托"];

/// True for a word that names a body of the state or ends the name of one.
pub fn is_body(word: &str) -> bool {
    ["部门", "机关", "委员会", "办公室", "党委", "党组", "政府", "管委会", "发改委"]
        .iter()
        .any(|end| word.ends_with(end))
}

/// The same for the last word of `words` in `text`: 政府 is one where its level or place is named (县
/// 政府, 人民政府), and a notion after any other noun (法治政府, 数字政府).
pub fn names_body(words: &[Word], text: &str) -> bool {
    let Some((last, before)) = words.split_last() else { return false };
    let notion = last.of(text) == "政府"
        && before.last().is_some_and(|word| {
            let wording = word.of(text);
            let tells = !matches!(word.class, WordClass::Verb | WordClass::Place);
            tells
                && !wording.ends_with(|c| LEVELS.contains(c))
                && !OF_GOVERNMENTS.contains(&wording)
        });
    is_body(last.of(text)) && !notion
}

/// Last characters of the level or place of a government.
const LEVELS: &str = "国省市县区乡镇州旗盟级地届";
/// Words before 政府 that only say which one.
const OF_GOVERNMENTS: [&str; 10] =
    ["人民", "地方", "中央", "基层", "联邦", "国家", "各国", "外国", "城市", "特区"];

/// Where a phrase was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PhraseKind {
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
    /// The byte after it.
    pub end: u32,
    /// Where it was found.
    pub source: PhraseKind,
    /// True where nothing of its compound comes after it.
    pub free: bool,
    /// What it names here: what a text is about, or who acts.
    pub naming: Naming,
}

/// What a phrase names where it was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Naming {
    /// What is spoken of.
    #[default]
    Subject,
    /// The field of a department, or a department: 自然资源 in 自然资源主管部门, also as an item of a
    /// list that ends like that.
    Body,
    /// Who must, may or can do something: 经营者 in 经营者应当.
    Agent,
}

/// A text cut into words with their roles.
#[derive(Debug)]
pub struct Parsed<'t> {
    text: &'t str,
    words: Vec<Word>,
    roles: Vec<WordRole>,
}

/// A maximal run of words without a break.
#[derive(Debug, Clone, Copy)]
struct Compound {
    start: usize,
    end: usize,
    naming: Naming,
}

impl<'t> Parsed<'t> {
    /// The words of the `folded` text.
    pub fn new(folded: &'t str) -> Self {
        let words = segment(folded);
        let roles = words.iter().map(|word| role_of(word, folded)).collect();
        Self { text: folded, words, roles }
    }

    /// The words with their roles.
    pub fn words(&self) -> impl ExactSizeIterator<Item = (&Word, WordRole)> + DoubleEndedIterator {
        self.words.iter().zip(self.roles.iter().copied())
    }

    /// The words with their roles, of a part of the text.
    pub fn slice(&self, from: usize, to: usize) -> Option<(&[Word], &[WordRole])> {
        Some((self.words.get(from..to)?, self.roles.get(from..to)?))
    }

    /// Maximal runs of words without a break, as ranges of word numbers.
    pub fn compounds(&self) -> impl Iterator<Item = (usize, usize)> {
        let parts = |role: &WordRole| !matches!(role, WordRole::Break | WordRole::Comma);
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
        for compound in self.named_compounds() {
            self.phrases_of_compound(compound, &mut found);
        }
        enclosed(self.text, &TITLES, &mut found);
        enclosed(self.text, &QUOTES, &mut found);
    }

    /// The compounds with what they name. The items of a list name what its last one does.
    fn named_compounds(&self) -> Vec<Compound> {
        let mut compounds: Vec<Compound> = self
            .compounds()
            .map(|(start, end)| Compound { start, end, naming: Naming::Subject })
            .collect();
        let mut next = None;
        for compound in compounds.iter_mut().rev() {
            compound.naming = self.naming(*compound, next);
            next = Some(*compound);
        }
        compounds
    }

    fn naming(&self, compound: Compound, next: Option<Compound>) -> Naming {
        let Compound { start, end, .. } = compound;
        if end.checked_sub(1).is_some_and(|last| self.is_body_head(last, start)) {
            return Naming::Body;
        }
        let after = self.words.get(end).map(|word| word.of(self.text));
        match (after, next) {
            (Some("等"), _) if self.body_after(end + 1) => Naming::Body,
            (Some(_), _) if self.is_comma(end) && self.is_organisation(end + 1) => Naming::Body,
            (Some(_), _) if self.is_organisation(end) => Naming::Body,
            (Some(modal), _) if MODALS.contains(&modal) => Naming::Agent,
            (Some(_), Some(next)) if next.start == end + 1 && self.is_comma(end) => next.naming,
            _ => Naming::Subject,
        }
    }

    /// True for a word with which the name of a body ends; a single character does so only after
    /// others of its compound.
    fn is_body_head(&self, at: usize, start: usize) -> bool {
        let Some(word) = self.words.get(at).map(|word| word.of(self.text)) else { return false };
        let single = word.chars().nth(1).is_none();
        let words = self.words.get(start..=at).unwrap_or_default();
        if single {
            at > start && BODY_CHARACTERS.contains(word)
        } else {
            names_body(words, self.text)
        }
    }

    /// True for a body that the dictionary has, other than those that texts name everywhere.
    fn is_organisation(&self, at: usize) -> bool {
        let word = self.words.get(at);
        word.is_some_and(|word| {
            word.class == WordClass::Organisation
                && word.of(self.text).ends_with(|c| BODY_CHARACTERS.contains(c))
        })
    }

    /// True where a body is named from `at` on, perhaps after a word or two (有关部门).
    fn body_after(&self, at: usize) -> bool {
        let words = self.words.get(at..).unwrap_or_default().iter().take(3);
        words
            .map(|word| word.of(self.text))
            .find(|word| !REFERRING.contains(word))
            .is_some_and(is_body)
    }

    fn phrases_of_compound(&self, compound: Compound, found: &mut impl FnMut(Phrase)) {
        let Compound { start, end, naming } = compound;
        let left = start.checked_sub(1).is_some_and(|at| self.is_comma(at));
        let right = self.is_comma(end);
        for from in self.starts(start, end) {
            for to in self.ends(from, end) {
                // A verb that was cut off leaves no item of the list after it.
                let whole = from == start || left;
                let source =
                    if (left || right) && whole { PhraseKind::List } else { PhraseKind::Compound };
                let phrase = self.phrase(from, to, source);
                // The last item of a list may share what is after it with the others.
                let free = to == end || (left && from == start);
                let phrase = phrase.map(|phrase| Phrase { free, naming, ..phrase });
                phrase.into_iter().for_each(&mut *found);
            }
        }
        self.long_words(start, end, found);
        if end == start + 1 {
            self.lone_word(start, left || right, naming, found);
        }
    }

    /// A word that the dictionary has as a verb or an adjective, alone between breaks: it may be a
    /// noun here (促进就业, 教育、就业), which many texts together show.
    fn lone_word(&self, at: usize, listed: bool, naming: Naming, found: &mut impl FnMut(Phrase)) {
        let (Some(word), Some(WordRole::Verb | WordRole::Modifier)) =
            (self.words.get(at), self.roles.get(at))
        else {
            return;
        };
        // Before another verb it is an adverb: 着力推进.
        let next = self.words.get(at + 1).map(|word| word.class);
        if matches!(next, Some(WordClass::Verb | WordClass::VerbNoun)) {
            return;
        }
        let source = if listed { PhraseKind::List } else { PhraseKind::Compound };
        let Word { start, end, .. } = *word;
        found(Phrase { start, end, source, free: true, naming });
    }

    /// True where a word parts or ends a list.
    fn is_comma(&self, at: usize) -> bool {
        self.roles.get(at) == Some(&WordRole::Comma)
            || self.words.get(at).is_some_and(|word| word.of(self.text) == "等")
    }

    /// Where a name can begin in a compound: after its weak modifiers, and after each verb or
    /// place that is first.
    fn starts(&self, start: usize, end: usize) -> impl Iterator<Item = usize> + use<> {
        let roles = self.roles.get(start..end).unwrap_or_default();
        let mut starts = Vec::new();
        for (at, role) in roles.iter().enumerate() {
            match role {
                WordRole::WeakModifier => {}
                WordRole::Verb | WordRole::Place => starts.push(start + at),
                _ => {
                    starts.push(start + at);
                    break;
                }
            }
        }
        starts.into_iter()
    }

    /// Where a name that begins at `from` can end: before its weak heads, before wide words and
    /// verbs that are last.
    fn ends(&self, from: usize, end: usize) -> impl Iterator<Item = usize> + use<> {
        let roles = self.roles.get(from..end).unwrap_or_default();
        let narrow = roles.iter().position(|role| matches!(role, WordRole::Noun | WordRole::Part));
        let mut ends = Vec::new();
        for (at, role) in roles.iter().enumerate().rev() {
            // What is only wide words stays whole: no cutting up of 国家标准化技术.
            if !ends.is_empty() && narrow.is_none_or(|narrow| narrow > at) {
                break;
            }
            match role {
                WordRole::Before if from + at + 1 == end && narrow.is_some() => ends.push(end),
                WordRole::WeakHead
                | WordRole::Before
                | WordRole::Modifier
                | WordRole::WeakModifier => {}
                WordRole::Verb if self.is_comma(end) => {
                    ends.push(from + at + 1);
                    break;
                }
                WordRole::Verb | WordRole::Wide => ends.push(from + at + 1),
                _ => {
                    ends.push(from + at + 1);
                    break;
                }
            }
        }
        ends.into_iter()
    }

    fn phrase(&self, from: usize, to: usize, source: PhraseKind) -> Option<Phrase> {
        if to <= from || to - from > LONGEST_PHRASE || !self.can_stand(from, to) {
            return None;
        }
        let (first, last) = (self.words.get(from)?, self.words.get(to - 1)?);
        let naming = Naming::Subject;
        Some(Phrase { start: first.start, end: last.end, source, free: false, naming })
    }

    /// True where the words could be a name: not one word that is too wide or not a noun.
    fn can_stand(&self, from: usize, to: usize) -> bool {
        match self.roles.get(from..to) {
            Some([WordRole::Noun]) => true,
            Some([_]) | None => false,
            Some(roles) => {
                !roles.iter().all(|role| matches!(role, WordRole::Place | WordRole::Part))
                    || to - from > 2
            }
        }
    }

    /// Words of three and more characters, but for those beside a lone character: there the text
    /// was cut wrongly (智能网 in 智能网联汽车).
    fn long_words(&self, start: usize, end: usize, found: &mut impl FnMut(Phrase)) {
        let part =
            |at: Option<usize>| at.and_then(|at| self.roles.get(at)) == Some(&WordRole::Part);
        for at in start..end {
            if let (Some(word), Some(WordRole::Noun)) = (self.words.get(at), self.roles.get(at))
                && word.of(self.text).chars().nth(2).is_some()
                && !part(at.checked_sub(1))
                && !part(Some(at + 1))
            {
                let (start, stop) = (word.start, word.end);
                let free = at + 1 == end;
                let naming = Naming::Subject;
                found(Phrase { start, end: stop, source: PhraseKind::Word, free, naming });
            }
        }
    }
}

/// Hands what is between two marks to `found`, where it is short enough and no sentence.
fn enclosed(text: &str, marks: &Marks, found: &mut impl FnMut(Phrase)) {
    let mut open = None;
    for (byte, c) in text.char_indices() {
        if c == marks.open {
            open = Some((byte + c.len_utf8(), 0));
        } else if c == marks.close {
            if let Some((start, 2..)) = open.take() {
                let (start, end) = (start as u32, byte as u32);
                let naming = Naming::Subject;
                found(Phrase { start, end, source: marks.source, free: true, naming });
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
