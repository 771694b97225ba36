//! How noun phrases of policy prose are built: the role that a word can play in the name of a
//! subject. Comes between the words of `text::segment` and the [`super::phrases`] cut from them.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::text::fold::fold_key;
use crate::text::segment::{Word, WordClass};

/// What a word can do in a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WordRole {
    /// It ends the phrase before it and is in none.
    Break,
    /// It parts the items of a list (、 和 与 及), and is in none.
    Comma,
    /// A noun that can be anywhere.
    Noun,
    /// A noun too wide to be a subject alone.
    Wide,
    /// A wide word that is only before others (国家).
    Before,
    /// A verb that may be a noun here, or govern what follows.
    Verb,
    /// Something before a noun: an adjective, 大型.
    Modifier,
    /// A place.
    Place,
    /// A lone character, a Latin word, a personal name: only with others.
    Part,
    /// A word that a name drops at its beginning.
    WeakModifier,
    /// A word that a name drops at its end.
    WeakHead,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Tables {
    verbs: String,
    heads: String,
    modifiers: String,
    wide: String,
    before: String,
    nouns: String,
}

static ROLES: LazyLock<FxHashMap<String, WordRole>> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "built-in table, touched by a test")]
    let tables: Tables =
        toml::from_str(include_str!("grammar.toml")).expect("grammar.toml is well formed");
    let mut roles = FxHashMap::default();
    // A word that is in several tables has the role of the last one.
    for (words, role) in [
        (&tables.wide, WordRole::Wide),
        (&tables.before, WordRole::Before),
        (&tables.nouns, WordRole::Noun),
        (&tables.modifiers, WordRole::WeakModifier),
        (&tables.heads, WordRole::WeakHead),
        (&tables.verbs, WordRole::Break),
    ] {
        roles.extend(words.split_whitespace().map(|word| (fold_key(word), role)));
    }
    for comma in ["、", "和", "与", "及", "以及", "或", "或者", "暨"] {
        roles.insert(comma.to_owned(), WordRole::Comma);
    }
    roles
});

/// The role of `word`, which was cut from `text`.
pub fn role_of(word: &Word, text: &str) -> WordRole {
    let wording = word.of(text);
    if let Some(role) = ROLES.get(wording) {
        return *role;
    }
    let single = wording.chars().nth(1).is_none();
    if let Some(role) = role_by_parts(wording) {
        return role;
    }
    match word.class {
        WordClass::Noun | WordClass::VerbNoun => WordRole::Noun,
        WordClass::Verb if single => WordRole::Part,
        WordClass::Verb => WordRole::Verb,
        WordClass::Adjective | WordClass::Attribute | WordClass::Idiom => WordRole::Modifier,
        WordClass::Place => WordRole::Place,
        WordClass::Name | WordClass::Latin | WordClass::Part => WordRole::Part,
        WordClass::Organisation
        | WordClass::Time
        | WordClass::Number
        | WordClass::Function
        | WordClass::Mark => WordRole::Break,
    }
}

/// True for a word that the tables have as a noun, whatever the dictionary says.
pub fn is_listed_noun(word: &str) -> bool {
    ROLES.get(word) == Some(&WordRole::Noun)
}

/// Last characters of long words that are qualities or places in time: 一致性, 固定式, 期限内.
const QUALITIES: &str = "性型式内中外下上时后间";
/// First characters of long words that point at something: 本行业.
const POINTERS: &str = "本该各其此某每";

/// The role of a long dictionary word that is itself a phrase: 积极参与 is a verb with its adverb,
/// 管理人员 a kind of 人员, 一致性 a quality.
fn role_by_parts(wording: &str) -> Option<WordRole> {
    let chars = wording.chars().count();
    let byte = |at: usize| wording.char_indices().nth(at).map(|(byte, _)| byte);
    let third = byte(2)?;
    let role = |part: Option<&str>| part.and_then(|part| ROLES.get(part)).copied();
    let head = role(wording.get(..third));
    let tail = role(byte(chars - 2).and_then(|at| wording.get(at..)));
    let governed =
        head == Some(WordRole::Break) || chars > 3 && head == Some(WordRole::WeakModifier);
    if governed || wording.starts_with(|c| POINTERS.contains(c)) {
        return Some(WordRole::Break);
    }
    if wording.ends_with(|c| QUALITIES.contains(c)) {
        return Some(WordRole::Modifier);
    }
    let kind = chars > 3 && matches!(tail, Some(WordRole::WeakHead | WordRole::Break));
    kind.then_some(WordRole::WeakHead)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::segment::segment;

    #[test]
    fn the_tables_are_well_formed() {
        let tables: Tables = toml::from_str(include_str!("grammar.toml")).unwrap();
        assert!(tables.verbs.split_whitespace().count() > 300);
    }

    #[test]
    fn words_have_the_role_of_their_table_or_of_their_class() {
        let text = "推进人工智能和重要领域标准";
        let roles: Vec<WordRole> = segment(text).iter().map(|word| role_of(word, text)).collect();
        use WordRole::{Break, Comma, Noun, WeakHead, WeakModifier, Wide};
        assert_eq!(roles, [Break, Noun, Comma, WeakModifier, WeakHead, Wide]);
    }
}
