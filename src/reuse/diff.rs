//! Difference: what one text says otherwise than another, character by character. Chinese is
//! compared by single characters, Latin words and numbers whole; clauses that only changed place
//! have moved and are not removed and added; a single character that happens to be between two
//! changes on both sides belongs to the change.
//!
//! [`difference`] gives the marks of both sides, so that each column of a screen draws its own; a
//! mark knows its partner on the other side.
//!
//! Source: edit scripts come from the crate `similar` (Myers 1986); what has moved is what is not
//! in the longest increasing subsequence of the paired clauses.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use serde::Serialize;
use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::reuse::alignment::{common_letters, likeness};
use crate::reuse::normalized::is_letter;
use crate::text::Span;
use crate::text::fold::fold_key;

/// What became of a stretch of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MarkKind {
    /// The other text has it in the same order; width, case and script may differ.
    Same,
    /// The other text says something else here, or nothing.
    Changed,
    /// The other text has it in another place.
    Moved,
}

/// A stretch of one text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct DiffSpan {
    /// What became of it.
    pub kind: MarkKind,
    /// Its characters.
    pub span: Span,
    /// The characters of the other text that are the same, or that have moved; `None` for a change.
    pub partner: Option<Span>,
}

/// The marks of two texts. On either side they lie in order and cover the text.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Difference {
    /// Of the old text: what is changed was removed.
    pub old: Vec<DiffSpan>,
    /// Of the new text: what is changed was added.
    pub new: Vec<DiffSpan>,
}

/// The difference between `old` and `new`, of one block or of a whole text without line ends.
pub fn difference(old: &str, new: &str) -> Difference {
    let (old, new) = (DiffInput::of(old), DiffInput::of(new));
    let mut marking = Marking::new(&old, &new);
    let (in_place, moved) = pairs(&old, &new);
    let gone_elsewhere: HashSet<usize> = moved.iter().map(|pair| pair.0).collect();
    let come_from_elsewhere: HashSet<usize> = moved.iter().map(|pair| pair.1).collect();
    let mut behind = (0, 0);
    for pair in in_place.iter().copied().chain([(old.clauses.len(), new.clauses.len())]) {
        let free = |side: Range<usize>, elsewhere: &HashSet<usize>| -> Vec<usize> {
            side.filter(|at| !elsewhere.contains(at)).collect()
        };
        let gone = free(behind.0..pair.0, &gone_elsewhere);
        let come = free(behind.1..pair.1, &come_from_elsewhere);
        marking.compare(&old.positions(&gone), &new.positions(&come), MarkKind::Same);
        marking.compare(&old.positions(&[pair.0]), &new.positions(&[pair.1]), MarkKind::Same);
        behind = (pair.0 + 1, pair.1 + 1);
    }
    for (from, to) in moved {
        marking.compare(&old.positions(&[from]), &new.positions(&[to]), MarkKind::Moved);
    }
    marking.finish()
}

/// A text as folded characters and as clauses.
struct DiffInput {
    /// For every shown character its folded form, a space for what folds to nothing.
    characters: Vec<char>,
    clauses: Vec<Clause>,
}

struct Clause {
    range: Range<usize>,
    letters: Vec<char>,
}

impl DiffInput {
    fn of(text: &str) -> Self {
        let characters: Vec<char> = text.chars().map(folded).collect();
        let clauses = clauses(&characters);
        Self { characters, clauses }
    }

    /// The positions of all characters of these clauses.
    fn positions(&self, clauses: &[usize]) -> Vec<usize> {
        let ranges = clauses.iter().filter_map(|at| self.clauses.get(*at));
        ranges.flat_map(|clause| clause.range.clone()).collect()
    }

    fn at(&self, position: usize) -> char {
        self.characters.get(position).copied().unwrap_or(' ')
    }
}

/// The folded form of one shown character.
fn folded(shown: char) -> char {
    let mut buffer = [0; 4];
    fold_key(shown.encode_utf8(&mut buffer)).chars().next().unwrap_or(' ')
}

fn ends_clause(c: char) -> bool {
    matches!(c, '。' | ',' | ';' | ':' | '!' | '?' | '…')
}

fn clauses(characters: &[char]) -> Vec<Clause> {
    let mut start = 0;
    let parts = characters.chunk_by(|a, b| !ends_clause(*a) || ends_clause(*b));
    let clause = |part: &[char]| {
        let range = start..start + part.len();
        start = range.end;
        Clause { range, letters: part.iter().copied().filter(|c| is_letter(*c)).collect() }
    };
    parts.map(clause).collect()
}

/// Clauses of both sides that belong together, by their numbers.
type Pairs = Vec<(usize, usize)>;

/// Letters of the shortest clause that is searched for elsewhere.
const SOUGHT: usize = 4;
/// Likeness from which on a changed clause is still the same clause.
const SAME_CLAUSE: f64 = 0.6;
/// Clauses left on both sides, multiplied, above which only unchanged ones are paired.
const NEARLY: usize = 10_000;

/// The pairs in the same order on both sides, and those that have moved.
fn pairs(old: &DiffInput, new: &DiffInput) -> (Pairs, Pairs) {
    let letters = |side: &DiffInput| -> Vec<Vec<char>> {
        side.clauses.iter().map(|clause| clause.letters.clone()).collect()
    };
    let ops = capture_diff_slices(Algorithm::Myers, &letters(old), &letters(new));
    let mut pairs: Pairs = Vec::new();
    let (mut gone, mut come) = (Vec::new(), Vec::new());
    for op in &ops {
        if matches!(op, DiffOp::Equal { .. }) {
            pairs.extend(op.old_range().zip(op.new_range()));
        } else {
            gone.extend(op.old_range().filter(|at| is_sought(old, *at)));
            come.extend(op.new_range().filter(|at| is_sought(new, *at)));
        }
    }
    pairs.extend(alike(old, new, (gone, come)));
    pairs.sort_unstable();
    longest_in_order(&pairs)
}

fn is_sought(side: &DiffInput, at: usize) -> bool {
    side.clauses.get(at).is_some_and(|clause| clause.letters.len() >= SOUGHT)
}

/// Pairs among the clauses that have no equal in place: the same ones, then the most alike.
fn alike(
    old: &DiffInput,
    new: &DiffInput,
    (mut gone, mut come): (Vec<usize>, Vec<usize>),
) -> Pairs {
    let letters = |side: &'_ DiffInput, at: usize| -> Vec<char> {
        side.clauses.get(at).map(|clause| clause.letters.clone()).unwrap_or_default()
    };
    let mut free: HashMap<Vec<char>, Vec<usize>> = HashMap::new();
    for at in come.iter().rev() {
        free.entry(letters(new, *at)).or_default().push(*at);
    }
    let same = |from: &usize| Some((*from, free.get_mut(&letters(old, *from))?.pop()?));
    let mut pairs: Pairs = gone.iter().filter_map(same).collect();
    let mut taken_old: HashSet<usize> = pairs.iter().map(|pair| pair.0).collect();
    let mut taken_new: HashSet<usize> = pairs.iter().map(|pair| pair.1).collect();
    gone.retain(|at| !taken_old.contains(at));
    come.retain(|at| !taken_new.contains(at));
    if gone.len() * come.len() > NEARLY {
        return pairs;
    }
    let like = |from: usize, to: usize| {
        let (a, b) = (letters(old, from), letters(new, to));
        likeness(a.len(), b.len(), common_letters(&a, &b))
    };
    let all = gone.iter().flat_map(|from| come.iter().map(|to| (like(*from, *to), *from, *to)));
    let mut near: Vec<_> = all.filter(|(like, ..)| *like >= SAME_CLAUSE).collect();
    near.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    for (_, from, to) in near {
        if !taken_old.contains(&from) && !taken_new.contains(&to) {
            taken_old.insert(from);
            taken_new.insert(to);
            pairs.push((from, to));
        }
    }
    pairs
}

/// The longest part of `pairs`, ordered by their first, that is also in order by their second; and
/// the rest. (Patience sorting: piles of the smallest ends.)
fn longest_in_order(pairs: &Pairs) -> (Pairs, Pairs) {
    let mut piles: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    let second = |at: usize| pairs.get(at).map_or(0, |pair| pair.1);
    for (at, pair) in pairs.iter().enumerate() {
        let pile = piles.partition_point(|top| second(*top) < pair.1);
        before.push(pile.checked_sub(1).and_then(|under| piles.get(under).copied()));
        match piles.get_mut(pile) {
            Some(top) => *top = at,
            None => piles.push(at),
        }
    }
    let mut chain = vec![false; pairs.len()];
    let mut next = piles.last().copied();
    while let Some(at) = next {
        if let Some(inside) = chain.get_mut(at) {
            *inside = true;
        }
        next = before.get(at).copied().flatten();
    }
    let chosen = |inside: bool| {
        pairs.iter().zip(&chain).filter(move |(_, c)| **c == inside).map(|(pair, _)| *pair)
    };
    (chosen(true).collect(), chosen(false).collect())
}

/// Characters on both sides together above which a stretch is not compared by characters.
const LARGEST: usize = 40_000;

/// For every character what became of it, and where it is on the other side.
type Fates = Vec<(MarkKind, Option<usize>)>;

struct Marking<'s> {
    old: &'s DiffInput,
    new: &'s DiffInput,
    old_fates: Fates,
    new_fates: Fates,
}

impl<'s> Marking<'s> {
    fn new(old: &'s DiffInput, new: &'s DiffInput) -> Self {
        let fates = |side: &DiffInput| vec![(MarkKind::Changed, None); side.characters.len()];
        Self { old, new, old_fates: fates(old), new_fates: fates(new) }
    }

    /// Compares the characters at these positions; those in common are of `kind`.
    fn compare(&mut self, gone: &[usize], come: &[usize], kind: MarkKind) {
        if gone.is_empty() || come.is_empty() || gone.len() + come.len() > LARGEST {
            return;
        }
        let (a, b) = (tokens(self.old, gone), tokens(self.new, come));
        let words = |tokens: &[DiffToken]| -> Vec<Vec<char>> {
            tokens.iter().map(|token| token.characters.clone()).collect()
        };
        let ops = capture_diff_slices(Algorithm::Myers, &words(&a), &words(&b));
        for (at, op) in ops.iter().enumerate() {
            if matches!(op, DiffOp::Equal { .. }) && !is_chance(&ops, at) {
                for (a, b) in op.old_range().zip(op.new_range()).map(|(o, n)| (a.get(o), b.get(n)))
                {
                    self.pair(a, b, kind);
                }
            }
        }
    }

    fn pair(&mut self, a: Option<&DiffToken>, b: Option<&DiffToken>, kind: MarkKind) {
        let (Some(a), Some(b)) = (a, b) else { return };
        for (old, new) in a.positions.iter().zip(&b.positions) {
            set(&mut self.old_fates, *old, (kind, Some(*new)));
            set(&mut self.new_fates, *new, (kind, Some(*old)));
        }
    }

    fn finish(self) -> Difference {
        Difference { old: marks(&self.old_fates), new: marks(&self.new_fates) }
    }
}

fn set(fates: &mut Fates, at: usize, fate: (MarkKind, Option<usize>)) {
    if let Some(slot) = fates.get_mut(at) {
        *slot = fate;
    }
}

/// True for one character in common between two replacements.
fn is_chance(ops: &[DiffOp], at: usize) -> bool {
    let replaced = |op: Option<&DiffOp>| matches!(op, Some(DiffOp::Replace { .. }));
    let before = at.checked_sub(1).and_then(|at| ops.get(at));
    let single = ops.get(at).is_some_and(|op| op.old_range().len() == 1);
    single && replaced(before) && replaced(ops.get(at + 1))
}

/// One Chinese character or mark, one Latin word, one number.
struct DiffToken {
    characters: Vec<char>,
    positions: Vec<usize>,
}

fn tokens(side: &DiffInput, positions: &[usize]) -> Vec<DiffToken> {
    let of_one_word = |a: &usize, b: &usize| {
        let (x, y) = (side.at(*a), side.at(*b));
        a + 1 == *b
            && (x.is_ascii_digit() && y.is_ascii_digit()
                || x.is_ascii_alphabetic() && y.is_ascii_alphabetic())
    };
    let token = |part: &[usize]| DiffToken {
        characters: part.iter().map(|at| side.at(*at)).collect(),
        positions: part.to_vec(),
    };
    positions.chunk_by(of_one_word).map(token).collect()
}

fn marks(fates: &Fates) -> Vec<DiffSpan> {
    let mut start = 0;
    let follows = |a: &(MarkKind, Option<usize>), b: &(MarkKind, Option<usize>)| {
        a.0 == b.0 && a.1.map(|at| at + 1) == b.1
    };
    let mark = |part: &[(MarkKind, Option<usize>)]| {
        let span = Span::new(start, start + part.len() as u32);
        start = span.end;
        let first = part.first().copied().unwrap_or((MarkKind::Changed, None));
        let partner = first.1.map(|at| Span::new(at as u32, at as u32 + part.len() as u32));
        DiffSpan { kind: first.0, span, partner }
    };
    fates.chunk_by(follows).map(mark).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of_kind<'t>(text: &'t str, marks: &[DiffSpan], kind: MarkKind) -> Vec<&'t str> {
        marks.iter().filter(|mark| mark.kind == kind).map(|mark| mark.span.of(text)).collect()
    }

    #[test]
    fn only_what_differs_is_marked() {
        let cases: [(&str, &str, &[&str], &[&str]); 6] = [
            ("创新应用先导区", "创新发展试验区", &["应用先导"], &["发展试验"]),
            ("到2025年建成", "到2027年建成", &["2025"], &["2027"]),
            ("推廣應用標準", "推广应用标准", &[], &[]),
            ("甲乙丙", "", &["甲乙丙"], &[]),
            ("", "甲", &[], &["甲"]),
            ("支持AI平台", "支持ＡＩ大平台", &[], &["大"]),
        ];
        for (old, new, gone, come) in cases {
            let marks = difference(old, new);
            assert_eq!(of_kind(old, &marks.old, MarkKind::Changed), gone, "{old} {new}");
            assert_eq!(of_kind(new, &marks.new, MarkKind::Changed), come, "{old} {new}");
        }
    }

    #[test]
    fn a_sentence_that_only_stands_elsewhere_has_moved() {
        let old = "加强组织领导。完善配套政策，鼓励先行先试。强化监督考核。";
        let new = "强化监督考核。加强组织领导。完善配套政策，鼓励先行探索。";
        let marks = difference(old, new);
        assert_eq!(of_kind(old, &marks.old, MarkKind::Moved), ["强化监督考核。"]);
        assert_eq!(of_kind(new, &marks.new, MarkKind::Moved), ["强化监督考核。"]);
        assert_eq!(of_kind(old, &marks.old, MarkKind::Changed), ["先试"]);
        let moved = marks.old.iter().find(|mark| mark.kind == MarkKind::Moved).unwrap();
        assert_eq!(moved.partner, Some(Span::new(0, 7)));
    }

    #[test]
    fn a_moved_and_changed_sentence_shows_both() {
        let old = "建设一批应用先导示范基地；甲乙丙丁戊己庚辛；子丑寅卯辰巳。";
        let new = "甲乙丙丁戊己庚辛；子丑寅卯辰巳；建设两批应用先导示范基地。";
        let marks = difference(old, new);
        assert_eq!(of_kind(old, &marks.old, MarkKind::Moved), ["建设", "批应用先导示范基地"]);
        assert!(of_kind(new, &marks.new, MarkKind::Changed).contains(&"两"));
    }

    proptest! {
        #[test]
        fn marks_cover_both_texts_and_partners_agree(old in "[甲乙丙，。a1]{0,40}", new in "[甲乙丙，。a1]{0,40}") {
            let marks = difference(&old, &new);
            for (side, text) in [(&marks.old, &old), (&marks.new, &new)] {
                let mut at = 0;
                for mark in side {
                    prop_assert_eq!(mark.span.start, at);
                    at = mark.span.end;
                }
                prop_assert_eq!(at as usize, text.chars().count());
            }
            for mark in &marks.old {
                if let Some(partner) = mark.partner {
                    prop_assert_eq!(mark.span.of(&old), partner.of(&new));
                }
            }
        }
    }
}
