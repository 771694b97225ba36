//! Redline: the edit script between two wordings of one provision, and whether what differs is
//! wording, punctuation or only references that follow a new numbering.
//!
//! Characters are compared one by one; a number, 第N条, a Latin word and a title in 《》 are compared
//! and marked whole. Blanks and line ends count for nothing, half- and full-width punctuation is
//! the same.
//!
//! Source: Myers 1986 through the crate `similar`; small agreements between two changes are taken
//! into the change, as diff-match-patch's semantic cleanup does.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;
use serde::Serialize;
use similar::{Algorithm, DiffOp, DiffTag, capture_diff_slices};

use crate::reuse::provisions::ordinal;
use crate::text::Span;
use crate::text::fold::{fold_key, simplified};

/// What an edit does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EditKind {
    /// Both texts say it.
    Equal,
    /// Only the old text says it.
    Delete,
    /// Only the new text says it.
    Insert,
}

/// One step of an edit script. The steps cover both texts in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edit {
    /// What it does.
    pub kind: EditKind,
    /// Characters of the old text; empty for an insertion.
    pub old: Span,
    /// Characters of the new text; empty for a deletion.
    pub new: Span,
}

/// How two wordings differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Differs {
    /// Blanks and line ends at most.
    Nothing,
    /// Punctuation and the width of characters.
    Punctuation,
    /// References that follow the new numbers, and punctuation at most.
    References,
    /// Wording.
    Wording,
}

/// The new number of every old article and chapter, by kind and number.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Renumbering {
    pub(crate) articles: HashMap<(u32, u32), (u32, u32)>,
    pub(crate) divisions: HashMap<(char, u32), u32>,
}

/// What the comparison of two texts leaves out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ignored {
    /// Punctuation and width.
    pub punctuation: bool,
    /// References to articles of the text that follow its new numbers.
    pub references: bool,
    /// Traditional and simplified forms: for texts in two scripts.
    pub script: bool,
}

/// How `old` and `new` differ.
pub(crate) fn differs(
    (old, new): (&str, &str),
    renumbering: &Renumbering,
    ignored: Ignored,
) -> Differs {
    if without_blanks(old) == without_blanks(new) {
        return Differs::Nothing;
    }
    let (a, b) = (letters(old, ignored.script), letters(new, ignored.script));
    if a == b {
        return Differs::Punctuation;
    }
    let followed = letters(&renumbering.follow(old), ignored.script);
    if followed == letters(&renumbering.canonical(new), ignored.script) {
        return Differs::References;
    }
    Differs::Wording
}

fn without_blanks(text: &str) -> String {
    text.chars().filter(|c| !is_blank(*c)).collect()
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200B}'..='\u{200F}' | '\u{FEFF}' | '\u{2060}')
}

/// Signs that mean something and are no punctuation.
fn says_something(c: char) -> bool {
    c.is_alphanumeric()
        || matches!(
            c,
            '%' | '‰' | '℃' | '°' | '+' | '=' | '<' | '>' | '≤' | '≥' | '×' | '±' | '$' | '¥'
        )
}

fn letters(text: &str, script: bool) -> Vec<char> {
    folded(text, script).filter(|c| says_something(*c)).collect()
}

/// Width and case folded, and the script where the texts have two.
fn folded(text: &str, script: bool) -> impl Iterator<Item = char> {
    text.chars().flat_map(move |c| fold_char(c, script))
}

/// A character in the form in which it is compared. [`fold_key`] would also make one of 帐 and 账's
/// traditional forms, which editions of one script write on purpose.
fn fold_char(c: char, script: bool) -> impl Iterator<Item = char> {
    let is_han = matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}');
    let mut out = String::new();
    match (is_han, script) {
        (true, true) => out.push(simplified(c)),
        (true, false) => out.push(c),
        (false, _) => out = fold_key(c.encode_utf8(&mut [0; 4])),
    }
    out.chars().collect::<Vec<_>>().into_iter()
}

#[expect(clippy::expect_used, reason = "a built-in pattern, compiled by a test")]
static REFERENCE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"第([一二三四五六七八九十百千零〇0-9]{1,9})(条|章|节|编)(?:之([一二三四五六七八九十]{1,3}))?",
    )
    .expect("pattern of references")
});

impl Renumbering {
    /// `old` with the references to articles of its own text under their new numbers.
    fn follow(&self, old: &str) -> String {
        self.rewritten(old, true)
    }

    /// `new` with its references written as [`Renumbering::follow`] writes them.
    fn canonical(&self, new: &str) -> String {
        self.rewritten(new, false)
    }

    fn rewritten(&self, text: &str, follow: bool) -> String {
        let mut out = String::with_capacity(text.len());
        let mut end = 0;
        let mut foreign_until = None;
        for found in REFERENCE.captures_iter(text) {
            let (Some(whole), Some(number), Some(unit)) =
                (found.get(0), found.get(1), found.get(2))
            else {
                continue;
            };
            let before = text.get(..whole.start()).unwrap_or_default();
            out.push_str(text.get(end..whole.start()).unwrap_or_default());
            end = whole.end();
            let between = foreign_until.and_then(|until: usize| text.get(until..whole.start()));
            let is_foreign = names_another(before) || between.is_some_and(is_list);
            foreign_until = is_foreign.then_some(whole.end());
            let sub = found.get(3).and_then(|sub| ordinal(sub.as_str())).unwrap_or(0);
            let target = ordinal(number.as_str()).filter(|_| !is_foreign);
            match target.map(|number| self.target((number, sub), unit.as_str(), follow)) {
                Some(((number, sub), unit)) => out.push_str(&format!("第{number}{unit}{sub}")),
                None => out.push_str(whole.as_str()),
            }
        }
        out.push_str(text.get(end..).unwrap_or_default());
        out
    }

    fn target<'u>(&self, number: (u32, u32), unit: &'u str, follow: bool) -> ((u32, u32), &'u str) {
        if !follow {
            return (number, unit);
        }
        if unit == "条" {
            return (self.articles.get(&number).copied().unwrap_or(number), unit);
        }
        let first = unit.chars().next().unwrap_or_default();
        (self.divisions.get(&(first, number.0)).map_or(number, |new| (*new, 0)), unit)
    }
}

/// True where what is before a reference names another text: 《某法》第三条, 某某法第三条; 本法, 该条例
/// and a mere 依照 do not.
fn names_another(before: &str) -> bool {
    let before = before.trim_end();
    if before.ends_with(['》', '〉', '»']) {
        return true;
    }
    let kinds = ["法", "条例", "办法", "规定", "规则", "细则", "决定", "解释", "章程", "公约"];
    let Some(kind) = kinds.iter().find(|kind| before.ends_with(**kind)) else { return false };
    let stem = before.strip_suffix(kind).unwrap_or_default();
    !stem.ends_with(['本', '该', '依', '违', '合', '照', '据', '反', '按', '用'])
}

/// True where only 、 和 and the like are between two references, so that the second belongs to the
/// text that the first names.
fn is_list(between: &str) -> bool {
    let words = ["第一款", "第二款", "第三款", "第四款", "第五款"];
    let mut rest = between.trim();
    loop {
        let next = rest.trim_start_matches(['、', '，', ',', '和', '至', '或', '及', '与', ' ']);
        let next = words.iter().find_map(|word| next.strip_prefix(word)).unwrap_or(next);
        if next.len() == rest.len() {
            return rest.is_empty();
        }
        rest = next;
    }
}

/// True where `text` says something: more than punctuation and spaces.
pub(crate) fn is_wording(text: &str) -> bool {
    folded(text, false).any(says_something)
}

/// A unit of comparison.
#[derive(Debug, Clone)]
struct RedlineToken {
    /// What it is compared by.
    key: String,
    /// Characters of its text.
    span: Span,
    /// True where it has a letter.
    speaks: bool,
}

#[expect(clippy::expect_used, reason = "a built-in pattern, compiled by a test")]
static WHOLE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"《[^《》\n]{1,60}》|«[^«»\n]{1,60}»",
        r"|第[一二三四五六七八九十百千零〇两0-9]{1,9}[条章节编款项](?:之[一二三四五六七八九十]{1,3})?",
        r"|[0-9０-９]+(?:[.．,，][0-9０-９]+)*[%％‰]?|[A-Za-zＡ-Ｚａ-ｚ]+",
        r"|[（(][一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十百千万亿零〇两]{2,}",
    ))
    .expect("pattern of what is never cut")
});

fn tokens(text: &str, ignored: Ignored) -> Vec<RedlineToken> {
    let mut tokens = Vec::new();
    let (mut byte, mut at) = (0, 0u32);
    for found in WHOLE.find_iter(text) {
        single(text.get(byte..found.start()).unwrap_or_default(), &mut at, ignored, &mut tokens);
        let length = found.as_str().chars().count() as u32;
        let key: String = folded(found.as_str(), ignored.script)
            .filter(|c| !is_blank(*c))
            .map(|c| same_mark(c).unwrap_or(c))
            .collect();
        tokens.push(RedlineToken { key, span: Span::new(at, at + length), speaks: true });
        at += length;
        byte = found.end();
    }
    single(text.get(byte..).unwrap_or_default(), &mut at, ignored, &mut tokens);
    tokens
}

fn single(text: &str, at: &mut u32, ignored: Ignored, tokens: &mut Vec<RedlineToken>) {
    for c in text.chars() {
        let span = Span::new(*at, *at + 1);
        *at += 1;
        if is_blank(c) {
            continue;
        }
        let key: String = fold_char(c, ignored.script).map(|c| same_mark(c).unwrap_or(c)).collect();
        let speaks = key.chars().any(says_something);
        if speaks || !ignored.punctuation {
            tokens.push(RedlineToken { key, span, speaks });
        }
    }
}

/// One form for marks that differ by width or by what a keyboard has.
fn same_mark(c: char) -> Option<char> {
    Some(match c {
        '。' | '．' | '｡' => '.',
        '“' | '”' | '「' | '」' | '『' | '』' | '＂' => '"',
        '‘' | '’' | '＇' => '\'',
        '《' | '〈' | '«' | '‹' => '«',
        '》' | '〉' | '»' | '›' => '»',
        '－' | '–' | '—' | '―' | '─' | '~' | '～' => '-',
        '·' | '•' | '・' | '‧' => '·',
        _ => return None,
    })
}

/// Tokens on both sides above which sentences are compared before characters.
const LARGE: usize = 3_000;

/// The edit script from `old` to `new`.
pub(crate) fn edits(old: &str, new: &str, ignored: Ignored) -> Vec<Edit> {
    let (a, b) = (tokens(old, ignored), tokens(new, ignored));
    let mut matched = Vec::new();
    if a.len() + b.len() > LARGE {
        by_sentences(&a, &b, &mut matched);
    } else {
        by_tokens((&a, 0..a.len()), (&b, 0..b.len()), &mut matched);
    }
    script(&matched, (&a, &b), (old.chars().count() as u32, new.chars().count() as u32))
}

/// The edit script from `old` to `new`, of any two texts.
pub fn edits_between(old: &str, new: &str, ignored: Ignored) -> Vec<Edit> {
    edits(old, new, ignored)
}

/// Ranges of tokens that are equal on both sides: first old, first new, length.
type Matched = Vec<(usize, usize, usize)>;

/// A list of tokens and the range of it that is compared.
type Range<'t> = (&'t [RedlineToken], std::ops::Range<usize>);

fn by_tokens((a, range_a): Range<'_>, (b, range_b): Range<'_>, matched: &mut Matched) {
    let keys = |tokens: &[RedlineToken], range: std::ops::Range<usize>| -> Vec<String> {
        let range = tokens.get(range).unwrap_or_default();
        range.iter().map(|token| token.key.clone()).collect()
    };
    let (from_a, from_b) = (range_a.start, range_b.start);
    let (keys_a, keys_b) = (keys(a, range_a), keys(b, range_b));
    if keys_a.len() + keys_b.len() > 8 * LARGE {
        return;
    }
    let ops = cleaned(&capture_diff_slices(Algorithm::Myers, &keys_a, &keys_b), a, from_a);
    for op in ops.iter().filter(|op| op.tag() == DiffTag::Equal) {
        let (old, new) = (op.old_range(), op.new_range());
        matched.push((from_a + old.start, from_b + new.start, old.len()));
    }
}

/// The script without agreements that say less than the changes on both sides of them.
fn cleaned(ops: &[DiffOp], a: &[RedlineToken], from: usize) -> Vec<DiffOp> {
    let mut kept: Vec<DiffOp> = ops.to_vec();
    loop {
        let size =
            |op: Option<&DiffOp>| op.map_or(0, |op| op.old_range().len().max(op.new_range().len()));
        let chance = (0..kept.len()).find(|at| {
            let Some(op) = kept.get(*at).filter(|op| op.tag() == DiffTag::Equal) else {
                return false;
            };
            let before = at.checked_sub(1).and_then(|at| kept.get(at));
            let after = kept.get(at + 1);
            if before.is_none() || after.is_none() {
                return false;
            }
            let range = op.old_range();
            let tokens = a.get(from + range.start..from + range.end).unwrap_or_default();
            let speaking = tokens.iter().filter(|token| token.speaks).count();
            let (before, after) = (size(before), size(after));
            let least = before.min(after);
            match speaking {
                0 => range.len() <= 1 && least >= 2,
                1 => least >= 2,
                2 => least >= 2 && before + after >= 6,
                3 => least >= 6,
                _ => false,
            }
        });
        let Some(at) = chance else { return kept };
        let around = kept.get(at - 1..=at + 1).unwrap_or_default();
        let (Some(first), Some(last)) = (around.first(), around.last()) else { return kept };
        let merged = DiffOp::Replace {
            old_index: first.old_range().start,
            old_len: last.old_range().end - first.old_range().start,
            new_index: first.new_range().start,
            new_len: last.new_range().end - first.new_range().start,
        };
        kept.splice(at - 1..=at + 1, [merged]);
    }
}

/// Long texts: sentences first, then the characters of those that differ.
fn by_sentences(a: &[RedlineToken], b: &[RedlineToken], matched: &mut Matched) {
    let (sentences_a, sentences_b) = (sentences(a), sentences(b));
    let text = |tokens: &[RedlineToken], range: &std::ops::Range<usize>| -> String {
        let range = tokens.get(range.clone()).unwrap_or_default();
        range.iter().map(|token| token.key.as_str()).collect()
    };
    let keys_a: Vec<String> = sentences_a.iter().map(|range| text(a, range)).collect();
    let keys_b: Vec<String> = sentences_b.iter().map(|range| text(b, range)).collect();
    for op in capture_diff_slices(Algorithm::Patience, &keys_a, &keys_b) {
        let whole = |sentences: &[std::ops::Range<usize>], range: std::ops::Range<usize>, end| {
            let start = sentences.get(range.start).map_or(end, |first| first.start);
            let end = range.end.checked_sub(1).and_then(|last| sentences.get(last));
            start..end.map_or(start, |last| last.end).max(start)
        };
        let old = whole(&sentences_a, op.old_range(), a.len());
        let new = whole(&sentences_b, op.new_range(), b.len());
        match op.tag() {
            DiffTag::Equal => matched.push((old.start, new.start, old.len())),
            DiffTag::Replace => by_tokens((a, old), (b, new), matched),
            DiffTag::Delete | DiffTag::Insert => {}
        }
    }
}

fn sentences(tokens: &[RedlineToken]) -> Vec<std::ops::Range<usize>> {
    let mut start = 0;
    let ends = |token: &RedlineToken| matches!(token.key.as_str(), "." | ";" | "!" | "?" | ":");
    let parts = tokens.chunk_by(|a, _| !ends(a));
    parts
        .map(|part| {
            let range = start..start + part.len();
            start = range.end;
            range
        })
        .collect()
}

/// The matched ranges of tokens as edits of characters that cover both texts.
fn script(
    matched: &Matched,
    (a, b): (&[RedlineToken], &[RedlineToken]),
    lengths: (u32, u32),
) -> Vec<Edit> {
    let mut edits: Vec<Edit> = Vec::new();
    let mut so_far = (0, 0);
    let span = |tokens: &[RedlineToken], from: usize, length: usize| {
        let start = tokens.get(from).map_or(0, |token| token.span.start);
        let end =
            tokens.get((from + length).saturating_sub(1)).map_or(start, |token| token.span.end);
        Span::new(start, end)
    };
    let mut push = |edit: Edit| {
        if edit.old.is_empty() && edit.new.is_empty() {
            return;
        }
        match edits.last_mut() {
            Some(last) if last.kind == edit.kind => {
                last.old.end = edit.old.end;
                last.new.end = edit.new.end;
            }
            _ => edits.push(edit),
        }
    };
    let ends = std::iter::once((a.len(), b.len(), 0));
    for (from_a, from_b, length) in matched.iter().copied().chain(ends) {
        let is_end = length == 0;
        let (old, new) = if is_end {
            (Span::new(lengths.0, lengths.0), Span::new(lengths.1, lengths.1))
        } else {
            (span(a, from_a, length), span(b, from_b, length))
        };
        let gap_a = has_token(a, so_far.0, old.start);
        let gap_b = has_token(b, so_far.1, new.start);
        if gap_a {
            let here = Span::new(so_far.1, so_far.1);
            push(Edit { kind: EditKind::Delete, old: Span::new(so_far.0, old.start), new: here });
        }
        if gap_b {
            let at = if gap_a { old.start } else { so_far.0 };
            let here = Span::new(at, at);
            push(Edit { kind: EditKind::Insert, old: here, new: Span::new(so_far.1, new.start) });
        }
        // What lies between without a token is spaces, or punctuation that is ignored.
        let old_start = if gap_a { old.start } else { so_far.0 };
        let new_start = if gap_b { new.start } else { so_far.1 };
        let equal = (Span::new(old_start, old.end), Span::new(new_start, new.end));
        push(Edit { kind: EditKind::Equal, old: equal.0, new: equal.1 });
        so_far = (old.end, new.end);
    }
    edits
}

fn has_token(tokens: &[RedlineToken], from: u32, to: u32) -> bool {
    let first = tokens.partition_point(|token| token.span.start < from);
    tokens.get(first).is_some_and(|token| token.span.start < to)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The script as [-old-]{+new+}.
    fn shown(old: &str, new: &str) -> String {
        let mut text = String::new();
        for edit in edits(old, new, Ignored::default()) {
            match edit.kind {
                EditKind::Equal => text.push_str(edit.new.of(new)),
                EditKind::Delete => text.push_str(&format!("[-{}-]", edit.old.of(old))),
                EditKind::Insert => text.push_str(&format!("{{+{}+}}", edit.new.of(new))),
            }
        }
        text
    }

    #[test]
    fn marks_cut_no_number_no_article_and_no_title() {
        let cases = [
            ("罚款三十元", "罚款六十元", "罚款[-三十-]{+六十+}元"),
            ("到2025年", "到2027年", "到[-2025-]{+2027+}年"),
            ("依照第十二条办理", "依照第十三条办理", "依照[-第十二条-]{+第十三条+}办理"),
            ("依照《渔业法》办理", "依照《林业法》办理", "依照[-《渔业法》-]{+《林业法》+}办理"),
            ("增长3.5%以上", "增长3.8％以上", "增长[-3.5%-]{+3.8％+}以上"),
            ("会计帐簿", "会计账簿", "会计[-帐-]{+账+}簿"),
        ];
        for (old, new, marked) in cases {
            assert_eq!(shown(old, new), marked);
        }
    }

    #[test]
    fn blanks_and_width_of_punctuation_are_no_edit() {
        let script = edits("甲，乙.\n丙", "甲,乙。 丙", Ignored::default());
        assert_eq!(script.len(), 1, "{script:?}");
        assert_eq!((script[0].old, script[0].new), (Span::new(0, 6), Span::new(0, 6)));
    }

    #[test]
    fn what_differs_is_named() {
        let mut renumbering = Renumbering::default();
        renumbering.articles.insert((16, 0), (15, 0));
        renumbering.divisions.insert(('章', 3), 2);
        let cases = [
            ("甲 乙", "甲乙", Differs::Nothing),
            ("甲，乙", "甲、乙", Differs::Punctuation),
            ("增长8％", "增长8%", Differs::Punctuation),
            ("增长8%", "增长8", Differs::Wording),
            ("依照本法第十六条办理", "依照本法第十五条办理", Differs::References),
            ("依照第三章、第十六条办理", "依照第二章、第15条办理", Differs::References),
            ("依照《渔业法》第十六条办理", "依照《渔业法》第十五条办理", Differs::Wording),
            ("依照渔业法第三条、第十六条", "依照渔业法第三条、第十五条", Differs::Wording),
            ("依照第十六条办理", "依照第十四条办理", Differs::Wording),
            ("会计帐簿", "会计账簿", Differs::Wording),
        ];
        for (old, new, how) in cases {
            let found = differs((old, new), &renumbering, Ignored::default());
            assert_eq!(found, how, "{old} {new}");
        }
    }

    #[test]
    fn a_long_text_is_compared_by_sentences_first() {
        let old: String = (0..900).map(|n| format!("第{n}号渔港停泊船只。")).collect();
        let new = old.replace("第500号渔港停泊", "第500号渔港禁止停泊");
        let script = edits(&old, &new, Ignored::default());
        let inserted: Vec<&str> = script
            .iter()
            .filter(|edit| edit.kind == EditKind::Insert)
            .map(|edit| edit.new.of(&new))
            .collect();
        assert_eq!(inserted, ["禁止"]);
    }

    proptest! {
        #[test]
        fn edits_cover_both_texts(old in "[甲乙丙，。a1 《》第条十]{0,40}", new in "[甲乙丙，。a1 《》第条十]{0,40}") {
            let (mut at_old, mut at_new) = (0, 0);
            for edit in edits(&old, &new, Ignored::default()) {
                prop_assert_eq!((edit.old.start, edit.new.start), (at_old, at_new));
                (at_old, at_new) = (edit.old.end, edit.new.end);
            }
            prop_assert_eq!(at_old as usize, old.chars().count());
            prop_assert_eq!(at_new as usize, new.chars().count());
        }
    }
}
