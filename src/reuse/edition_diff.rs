//! Edition diff: what one edition of a text changed of another, provision by provision in the order
//! of the new one, with removed provisions where they were.
//!
//! A provision that only got another number, whose references only follow the new numbers or whose
//! punctuation differs is the same: its reasons say so.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;

use crate::document::Document;
use crate::reuse::pairing::{Decided, Pairing, pair};
use crate::reuse::provisions::{Provision, ProvisionKind, provisions};
use crate::reuse::redline::{
    Differs, Edit, EditKind, Ignored, Renumbering, differs, edits, is_wording,
};
use crate::text::Span;

/// What became of a provision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// The wording is the same.
    Same,
    /// The wording changed.
    Changed,
    /// Only the new text has it.
    Added,
    /// Only the old text has it.
    Removed,
    /// It is in another place among the others; its wording may have changed, too.
    Moved,
    /// One old provision became several.
    Split,
    /// Several old provisions became one.
    Merged,
}

/// Why a row has its status, and what else happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// 修改
    Changed,
    /// 新增
    Added,
    /// 删除
    Removed,
    /// 第十三条改为第十七条
    Renumbered,
    /// 一分为二
    Split,
    /// 合并
    Merged,
    /// 移至第三章
    Moved,
    /// 仅条序引用随改
    XrefOnly,
    /// 仅标点
    PunctuationOnly,
    /// 同号异文: the other text has an unrelated provision of the same number.
    SameNumber,
}

/// One row of a diff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiffRow {
    /// What became of the provision.
    pub status: Status,
    /// Why, in the order of [`Reason`].
    pub reasons: Vec<Reason>,
    /// The old provision, as an index of [`EditionDiff::old`].
    pub old: Option<usize>,
    /// The new provision, as an index of [`EditionDiff::new`].
    pub new: Option<usize>,
    /// The edit script of the two texts; empty where there is one text only.
    pub edits: Vec<Edit>,
    /// True where every edit is one of [`EditionDiff::everywhere`].
    pub only_everywhere: bool,
}

/// A replacement that was made throughout the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Everywhere {
    /// The old wording.
    pub old: String,
    /// The new wording.
    pub new: String,
    /// How many times it was replaced.
    pub times: usize,
}

/// Rows by status, and rows by reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct DiffSummary {
    /// Rows of this status, those below that only have another number among them.
    pub same: usize,
    /// Rows of this status.
    pub changed: usize,
    /// Rows of this status.
    pub added: usize,
    /// Rows of this status.
    pub removed: usize,
    /// Rows of this status.
    pub moved: usize,
    /// Rows of this status.
    pub split: usize,
    /// Rows of this status.
    pub merged: usize,
    /// Rows with another number, whatever their status.
    pub renumbered: usize,
    /// Rows in which only references follow the new numbers.
    pub xref_only: usize,
    /// Rows in which only punctuation differs.
    pub punctuation_only: usize,
}

/// What is compared, and what a reader decided.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DiffOptions {
    /// What counts as no difference.
    pub ignored: Ignored,
    /// Pairs of article numbers, old and new, that belong together.
    pub matched: Vec<(ArticleNumber, ArticleNumber)>,
    /// Pairs that do not.
    pub unmatched: Vec<(ArticleNumber, ArticleNumber)>,
}

/// 第N条之M: N and M, M being 0 where there is none.
pub type ArticleNumber = (u32, u32);

/// A number that [`DiffOptions`] names and a text lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoSuchArticle {
    /// True where it is the old text that lacks it.
    pub in_old: bool,
    /// The number.
    pub number: ArticleNumber,
}

/// What one edition changed of another.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EditionDiff {
    /// The provisions of the old text.
    pub old: Vec<Provision>,
    /// The provisions of the new text.
    pub new: Vec<Provision>,
    /// One row a provision, in the order of the new text.
    pub rows: Vec<DiffRow>,
    /// Replacements made throughout, the most frequent first.
    pub everywhere: Vec<Everywhere>,
}

impl EditionDiff {
    /// Compares two editions.
    ///
    /// # Errors
    /// `options` names an article that its text does not have.
    pub fn new(
        old: &Document,
        new: &Document,
        options: &DiffOptions,
    ) -> Result<Self, NoSuchArticle> {
        let mut options = options.clone();
        options.ignored.script = old.script != new.script;
        let (old, new) = (provisions(old), provisions(new));
        let decided = decided((&old, &new), &options)?;
        let pairing = pair(&old, &new, &decided);
        let mut building = Building::new((&old, &new), &pairing, options.ignored);
        building.add_all(&pairing);
        let mut rows = building.rows;
        let everywhere = everywhere(&mut rows, (&old, &new));
        Ok(Self { old, new, rows, everywhere })
    }

    /// True where the texts differ in nothing that counts.
    pub fn is_same(&self) -> bool {
        self.rows.iter().all(|row| row.status == Status::Same && row.reasons.is_empty())
    }

    /// Rows by status and by reason.
    pub fn summary(&self) -> DiffSummary {
        let mut summary = DiffSummary::default();
        for row in &self.rows {
            *match row.status {
                Status::Same => &mut summary.same,
                Status::Changed => &mut summary.changed,
                Status::Added => &mut summary.added,
                Status::Removed => &mut summary.removed,
                Status::Moved => &mut summary.moved,
                Status::Split => &mut summary.split,
                Status::Merged => &mut summary.merged,
            } += 1;
            for reason in &row.reasons {
                match reason {
                    Reason::Renumbered => summary.renumbered += 1,
                    Reason::XrefOnly => summary.xref_only += 1,
                    Reason::PunctuationOnly => summary.punctuation_only += 1,
                    _ => {}
                }
            }
        }
        summary
    }

    /// The old provision of a row.
    pub fn old_of(&self, row: &DiffRow) -> Option<&Provision> {
        self.old.get(row.old?)
    }

    /// The new provision of a row.
    pub fn new_of(&self, row: &DiffRow) -> Option<&Provision> {
        self.new.get(row.new?)
    }

    /// The heading above the new provision of a row.
    pub fn new_heading(&self, row: &DiffRow) -> Option<&Provision> {
        self.new.get(self.new_of(row)?.heading?)
    }
}

fn decided(
    (old, new): (&[Provision], &[Provision]),
    options: &DiffOptions,
) -> Result<Decided, NoSuchArticle> {
    let find = |side: &[Provision], number: ArticleNumber, in_old: bool| {
        let is_it = |provision: &Provision| {
            provision.kind == ProvisionKind::Article && provision.number == Some(number)
        };
        side.iter().position(is_it).ok_or(NoSuchArticle { in_old, number })
    };
    let pairs = |numbers: &[(ArticleNumber, ArticleNumber)]| -> Result<Vec<_>, NoSuchArticle> {
        numbers.iter().map(|(a, b)| Ok((find(old, *a, true)?, find(new, *b, false)?))).collect()
    };
    Ok(Decided { matched: pairs(&options.matched)?, unmatched: pairs(&options.unmatched)? })
}

/// Rows as they are made.
struct Building<'p> {
    old: &'p [Provision],
    new: &'p [Provision],
    renumbering: Renumbering,
    /// The new heading of each old one.
    headings: HashMap<usize, usize>,
    ignored: Ignored,
    rows: Vec<DiffRow>,
}

impl<'p> Building<'p> {
    fn new(
        (old, new): (&'p [Provision], &'p [Provision]),
        pairing: &Pairing,
        ignored: Ignored,
    ) -> Self {
        let pairs = pairing.in_order.iter().chain(&pairing.moved).copied();
        let both = |(a, b): (usize, usize)| Some(((a, old.get(a)?), (b, new.get(b)?)));
        let mut renumbering = Renumbering::default();
        let mut headings = HashMap::new();
        for ((a, one), (b, other)) in pairs.chain(pairing.merged.iter().copied()).filter_map(both) {
            let Some((from, to)) = one.number.zip(other.number) else { continue };
            match (one.kind, other.kind) {
                (ProvisionKind::Article, ProvisionKind::Article) => {
                    renumbering.articles.insert(from, to);
                }
                (ProvisionKind::Heading, ProvisionKind::Heading) => {
                    headings.insert(a, b);
                    let unit = one.label.as_ref().and_then(|label| label.chars().next_back());
                    renumbering.divisions.insert((unit.unwrap_or_default(), from.0), to.0);
                }
                _ => {}
            }
        }
        Self { old, new, renumbering, headings, ignored, rows: Vec::new() }
    }

    /// One row a new provision, and the removed ones after the one that they followed.
    fn add_all(&mut self, pairing: &Pairing) {
        let in_order: BTreeMap<usize, usize> = pairing.in_order.iter().copied().collect();
        let mut gone_after: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
        let paired = |a: usize| pairing.moved.iter().chain(&pairing.merged).any(|pair| pair.0 == a);
        let mut last = None;
        for a in 0..self.old.len() {
            match in_order.get(&a) {
                Some(b) => last = Some(*b),
                None if paired(a) => {}
                None => gone_after.entry(last).or_default().push(a),
            }
        }
        let turned = |pairs: &[(usize, usize)]| -> HashMap<usize, usize> {
            pairs.iter().map(|(a, b)| (*b, *a)).collect()
        };
        let (of_new, moved, split) =
            (turned(&pairing.in_order), turned(&pairing.moved), turned(&pairing.split));
        self.add_removed(gone_after.get(&None));
        for b in 0..self.new.len() {
            let old = of_new.get(&b).or(moved.get(&b)).copied();
            match (old, split.get(&b)) {
                (Some(a), _) => {
                    let status = self.status_of_pair((a, b), pairing, moved.contains_key(&b));
                    self.add_pair((a, b), status);
                }
                (None, Some(a)) => self.add_pair((*a, b), Some(Status::Split)),
                (None, None) => self.add_new(b),
            }
            for (a, _) in pairing.merged.iter().filter(|(_, into)| *into == b) {
                self.add_pair((*a, b), Some(Status::Merged));
            }
            self.add_removed(gone_after.get(&Some(b)));
        }
        self.mark_same_number();
    }

    /// The status that a pair has whatever its wording.
    fn status_of_pair(
        &self,
        (a, b): (usize, usize),
        pairing: &Pairing,
        moved: bool,
    ) -> Option<Status> {
        if pairing.split.iter().any(|part| part.0 == a) {
            return Some(Status::Split);
        }
        if pairing.merged.iter().any(|part| part.1 == b) {
            return Some(Status::Merged);
        }
        moved.then_some(Status::Moved)
    }

    fn add_pair(&mut self, (a, b): (usize, usize), status: Option<Status>) {
        let (Some(one), Some(other)) = (self.old.get(a), self.new.get(b)) else { return };
        let texts = (one.text.as_str(), other.text.as_str());
        let mut how = differs(texts, &self.renumbering, self.ignored);
        let unseen = how == Differs::Punctuation && self.ignored.punctuation
            || how == Differs::References && self.ignored.references;
        if unseen {
            how = Differs::Nothing;
        }
        let mut reasons = Vec::new();
        match how {
            Differs::Wording => reasons.push(Reason::Changed),
            Differs::References => reasons.push(Reason::XrefOnly),
            Differs::Punctuation => reasons.push(Reason::PunctuationOnly),
            Differs::Nothing => {}
        }
        if one.number.is_some() && other.number.is_some() && one.number != other.number {
            reasons.push(Reason::Renumbered);
        }
        match status {
            Some(Status::Split) => reasons.push(Reason::Split),
            Some(Status::Merged) => reasons.push(Reason::Merged),
            Some(Status::Moved) => reasons.push(Reason::Moved),
            _ if self.changes_chapter(one, other) => reasons.push(Reason::Moved),
            _ => {}
        }
        let by_wording = if how == Differs::Wording { Status::Changed } else { Status::Same };
        let status = status.unwrap_or(by_wording);
        reasons.sort_unstable();
        let edits = if unseen { whole(texts) } else { edits(texts.0, texts.1, self.ignored) };
        let row =
            DiffRow { status, reasons, old: Some(a), new: Some(b), edits, only_everywhere: false };
        self.rows.push(row);
    }

    /// True where an article left its chapter for another one that was there before.
    fn changes_chapter(&self, one: &Provision, other: &Provision) -> bool {
        if one.kind != ProvisionKind::Article {
            return false;
        }
        let (Some(from), Some(to)) = (one.heading, other.heading) else { return false };
        let became = self.headings.get(&from);
        let was_there = self.headings.values().any(|new| *new == to);
        became != Some(&to) && was_there
    }

    fn add_new(&mut self, b: usize) {
        self.rows.push(alone(Status::Added, Reason::Added, None, Some(b)));
    }

    fn add_removed(&mut self, gone: Option<&Vec<usize>>) {
        for a in gone.into_iter().flatten() {
            self.rows.push(alone(Status::Removed, Reason::Removed, Some(*a), None));
        }
    }

    /// Notes where a removed and an added article have one number.
    fn mark_same_number(&mut self) {
        let number = |row: &DiffRow| {
            let provision = match row.status {
                Status::Added => self.new.get(row.new?)?,
                Status::Removed => self.old.get(row.old?)?,
                _ => return None,
            };
            provision.number.filter(|_| provision.kind == ProvisionKind::Article)
        };
        let numbers: Vec<_> = self.rows.iter().map(|row| (row.status, number(row))).collect();
        let has = |status: Status, number| {
            numbers.iter().any(|(other, found)| *other == status && *found == Some(number))
        };
        let both: Vec<bool> = numbers
            .iter()
            .map(|(_, number)| {
                number.is_some_and(|n| has(Status::Added, n) && has(Status::Removed, n))
            })
            .collect();
        for (row, both) in self.rows.iter_mut().zip(both) {
            if both {
                row.reasons.push(Reason::SameNumber);
            }
        }
    }
}

fn alone(status: Status, reason: Reason, old: Option<usize>, new: Option<usize>) -> DiffRow {
    let reasons = vec![reason];
    DiffRow { status, reasons, old, new, edits: Vec::new(), only_everywhere: false }
}

/// The script of two texts that count as one.
fn whole((old, new): (&str, &str)) -> Vec<Edit> {
    let span = |text: &str| Span::new(0, text.chars().count() as u32);
    vec![Edit { kind: EditKind::Equal, old: span(old), new: span(new) }]
}

/// Times from which a replacement counts as made throughout.
const THROUGHOUT: usize = 3;
/// Characters after or before an insertion by which it is known for the same one.
const CONTEXT: u32 = 12;

/// A replacement in one row.
struct Replacement {
    row: usize,
    old: String,
    new: String,
    left: String,
    right: String,
}

/// Finds what was replaced throughout, and marks the rows in which nothing else changed.
fn everywhere(rows: &mut [DiffRow], (old, new): (&[Provision], &[Provision])) -> Vec<Everywhere> {
    let found = replacements(rows, (old, new));
    let mut groups: BTreeMap<(&str, &str), Vec<&Replacement>> = BTreeMap::new();
    for replacement in &found {
        groups.entry((&replacement.old, &replacement.new)).or_default().push(replacement);
    }
    let mut everywhere = Vec::new();
    let mut throughout: Vec<(&str, &str)> = Vec::new();
    for (pair, group) in groups {
        let mut rows: Vec<usize> = group.iter().map(|replacement| replacement.row).collect();
        rows.dedup();
        if group.len() < THROUGHOUT || rows.len() < 2 {
            continue;
        }
        let Some((from, to)) = named(pair, &group) else { continue };
        let times = group.len();
        if !is_throughout(&from, &to, times, new) {
            continue;
        }
        throughout.push(pair);
        everywhere.push(Everywhere { old: from, new: to, times });
    }
    let mut only: HashMap<usize, bool> = HashMap::new();
    for replacement in &found {
        let pair = (replacement.old.as_str(), replacement.new.as_str());
        *only.entry(replacement.row).or_insert(true) &= throughout.contains(&pair);
    }
    for (at, row) in rows.iter_mut().enumerate() {
        row.only_everywhere = row.status == Status::Changed && only.get(&at) == Some(&true);
    }
    everywhere.sort_by_key(|one| std::cmp::Reverse(one.times));
    everywhere
}

fn replacements(rows: &[DiffRow], (old, new): (&[Provision], &[Provision])) -> Vec<Replacement> {
    let mut found = Vec::new();
    for (at, row) in rows.iter().enumerate().filter(|(_, row)| row.status == Status::Changed) {
        let texts = row.old.and_then(|a| old.get(a)).zip(row.new.and_then(|b| new.get(b)));
        let Some((one, other)) = texts else { continue };
        for group in
            row.edits.chunk_by(|a, b| (a.kind == EditKind::Equal) == (b.kind == EditKind::Equal))
        {
            let (Some(first), Some(last)) = (group.first(), group.last()) else { continue };
            if first.kind == EditKind::Equal {
                continue;
            }
            let gone = Span::new(first.old.start, last.old.end);
            let come = Span::new(first.new.start, last.new.end);
            let (gone, come) = (gone.of(&one.text), (come, come.of(&other.text)));
            if !is_wording(gone) && !is_wording(come.1) {
                continue;
            }
            let (start, end) = (come.0.start, come.0.end);
            found.push(Replacement {
                row: at,
                old: gone.to_owned(),
                new: come.1.to_owned(),
                left: Span::new(start.saturating_sub(CONTEXT), start).of(&other.text).to_owned(),
                right: Span::new(end, end + CONTEXT).of(&other.text).to_owned(),
            });
        }
    }
    found
}

/// The replacement as a person names it: what was only inserted or deleted is named with the word
/// that follows it, or precedes it, wherever it was done.
fn named((old, new): (&str, &str), group: &[&Replacement]) -> Option<(String, String)> {
    if !old.is_empty() && !new.is_empty() {
        return Some((old.to_owned(), new.to_owned()));
    }
    let common = |contexts: Vec<Vec<char>>| -> Vec<char> {
        let first = contexts.first().cloned().unwrap_or_default();
        let same = first.iter().enumerate().take_while(|(at, c)| {
            c.is_alphanumeric() && contexts.iter().all(|other| other.get(*at) == Some(c))
        });
        same.map(|(_, c)| *c).collect()
    };
    let after = common(group.iter().map(|one| one.right.chars().collect()).collect());
    if after.len() >= 2 {
        let after: String = after.into_iter().collect();
        return Some((format!("{old}{after}"), format!("{new}{after}")));
    }
    let before = common(group.iter().map(|one| one.left.chars().rev().collect()).collect());
    let before: String = before.into_iter().rev().collect();
    let long = before.chars().count() >= 2;
    long.then(|| (format!("{before}{old}"), format!("{before}{new}")))
}

/// True where most of what the old text says so was replaced.
fn is_throughout(from: &str, to: &str, times: usize, new: &[Provision]) -> bool {
    let count = |side: &[Provision], word: &str| -> usize {
        side.iter().map(|provision| provision.text.matches(word).count()).sum()
    };
    if from.is_empty() {
        return false;
    }
    // 宪法和法律委员会 still has 法律委员会 in it.
    let inside = if to.contains(from) { count(new, to) } else { 0 };
    let left = count(new, from).saturating_sub(inside);
    left <= times / 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::document;

    fn diff(old: &[&str], new: &[&str]) -> EditionDiff {
        EditionDiff::new(&document("old", old), &document("new", new), &DiffOptions::default())
            .unwrap()
    }

    /// Status, old label and new label of each row.
    fn rows(diff: &EditionDiff) -> Vec<(Status, &str, &str)> {
        diff.rows
            .iter()
            .map(|row| {
                let old = row.old.and_then(|at| diff.old.get(at));
                let new = row.new.and_then(|at| diff.new.get(at));
                (row.status, label_of(old), label_of(new))
            })
            .collect()
    }

    fn label_of(provision: Option<&Provision>) -> &str {
        provision.map_or("", |one| one.label.as_deref().unwrap_or("¶"))
    }

    const PORT: [&str; 5] = [
        "第一条　为了加强渔港管理，保障渔业船舶停泊安全，制定本条例。",
        "第二条　县级以上人民政府渔业主管部门负责渔港监督管理工作。",
        "第三条　渔业船舶进出渔港，应当向渔港管理机构报告，并服从调度。",
        "第四条　违反第三条规定，未报告的，由渔业主管部门处五百元以下罚款。",
        "第五条　本条例自2010年1月1日起施行。",
    ];

    #[test]
    fn a_text_with_itself_has_no_difference() {
        let diff = diff(&PORT, &PORT);
        assert!(diff.is_same());
        assert_eq!(diff.summary(), DiffSummary { same: 5, ..DiffSummary::default() });
    }

    #[test]
    fn references_that_follow_a_new_article_are_no_change() {
        let inserted = "第二条　本条例所称渔港，包括天然港湾和人工港池及其陆域。";
        let new = [
            PORT[0],
            inserted,
            "第三条　县级以上人民政府渔业主管部门负责渔港监督管理工作。",
            "第四条　渔业船舶进出渔港，应当向渔港管理机构报告，并服从调度。",
            "第五条　违反第四条规定，未报告的，由渔业主管部门处五百元以下罚款。",
            "第六条　本条例自2010年1月1日起施行。",
        ];
        let diff = diff(&PORT, &new);
        let expected = [
            (Status::Same, "第一条", "第一条"),
            (Status::Added, "", "第二条"),
            (Status::Same, "第二条", "第三条"),
            (Status::Same, "第三条", "第四条"),
            (Status::Same, "第四条", "第五条"),
            (Status::Same, "第五条", "第六条"),
        ];
        assert_eq!(rows(&diff), expected);
        assert_eq!(diff.rows[4].reasons, [Reason::Renumbered, Reason::XrefOnly]);
        assert!(!diff.is_same());
    }

    #[test]
    fn removed_articles_are_where_they_were() {
        let new = [PORT[0], "第二条　渔业船舶进出渔港，应当向渔港管理机构报告，并服从调度。"];
        let diff = diff(&PORT, &new);
        let expected = [
            (Status::Same, "第一条", "第一条"),
            (Status::Removed, "第二条", ""),
            (Status::Same, "第三条", "第二条"),
            (Status::Removed, "第四条", ""),
            (Status::Removed, "第五条", ""),
        ];
        assert_eq!(rows(&diff), expected);
    }

    #[test]
    fn the_same_number_with_another_content_is_no_change() {
        let mut new = PORT;
        new[1] = "第二条　禁止向港池倾倒垃圾、污水、泥沙以及有毒有害物质。";
        let diff = diff(&PORT, &new);
        let statuses: Vec<Status> = diff.rows.iter().map(|row| row.status).collect();
        assert_eq!(statuses[1..3], [Status::Removed, Status::Added]);
        assert_eq!(diff.rows[2].reasons, [Reason::Added, Reason::SameNumber]);
    }

    #[test]
    fn an_article_that_was_split_has_both_its_parts() {
        let long = "第三条　渔业船舶进出渔港，应当向渔港管理机构报告，并服从调度。渔港管理机构发现船舶存在重大安全隐患的，可以责令其停航、改航或者在指定地点停泊。";
        let mut old = PORT;
        old[2] = long;
        let new = [
            PORT[0],
            PORT[1],
            PORT[2],
            "第四条　渔港管理机构发现船舶存在重大安全隐患的，可以责令其停航、改航或者在指定地点停泊。",
            "第五条　违反第三条规定，未报告的，由渔业主管部门处五百元以下罚款。",
            "第六条　本条例自2010年1月1日起施行。",
        ];
        let split = diff(&old, &new);
        assert_eq!(
            rows(&split)[2..4],
            [(Status::Split, "第三条", "第三条"), (Status::Split, "第三条", "第四条"),]
        );
        let merged = diff(&new, &old);
        assert_eq!(
            rows(&merged)[2..4],
            [(Status::Merged, "第三条", "第三条"), (Status::Merged, "第四条", "第三条"),]
        );
    }

    #[test]
    fn an_article_in_another_place_has_moved() {
        let new = [
            PORT[0],
            "第二条　渔业船舶进出渔港，应当向渔港管理机构报告，并服从调度。",
            "第三条　违反第二条规定，未报告的，由渔业主管部门处五百元以下罚款。",
            "第四条　县级以上人民政府渔业主管部门负责渔港监督管理工作。",
            PORT[4],
        ];
        let diff = diff(&PORT, &new);
        assert_eq!(rows(&diff)[3], (Status::Moved, "第二条", "第四条"));
        assert_eq!(diff.summary().moved, 1);
    }

    #[test]
    fn what_was_replaced_throughout_is_said_once() {
        let old: Vec<String> =
            (0..5).map(|n| format!("第{}条　渔政机关办理第{n}类帐簿登记。", n + 1)).collect();
        let new: Vec<String> = old.iter().map(|text| text.replace('帐', "账")).collect();
        let texts = |list: &[String]| list.to_vec();
        let (old, new) = (texts(&old), texts(&new));
        let diff = diff(
            &old.iter().map(String::as_str).collect::<Vec<_>>(),
            &new.iter().map(String::as_str).collect::<Vec<_>>(),
        );
        let expected = Everywhere { old: "帐".to_owned(), new: "账".to_owned(), times: 5 };
        assert_eq!(diff.everywhere, [expected]);
        assert!(diff.rows.iter().all(|row| row.only_everywhere));
        assert_eq!(diff.summary().changed, 5);
    }

    #[test]
    fn a_reader_decides_which_articles_belong_together() {
        let mut new = PORT;
        new[1] = "第二条　禁止向港池倾倒垃圾、污水、泥沙以及有毒有害物质。";
        let documents = (document("old", &PORT), document("new", &new));
        let options = DiffOptions { matched: vec![((2, 0), (2, 0))], ..DiffOptions::default() };
        let diff = EditionDiff::new(&documents.0, &documents.1, &options).unwrap();
        assert_eq!(rows(&diff)[1], (Status::Changed, "第二条", "第二条"));
        let options = DiffOptions { unmatched: vec![((3, 0), (3, 0))], ..DiffOptions::default() };
        let diff = EditionDiff::new(&documents.0, &documents.1, &options).unwrap();
        assert!(rows(&diff).contains(&(Status::Removed, "第三条", "")));
        let options = DiffOptions { matched: vec![((9, 0), (2, 0))], ..DiffOptions::default() };
        let refused = EditionDiff::new(&documents.0, &documents.1, &options);
        assert_eq!(refused, Err(NoSuchArticle { in_old: true, number: (9, 0) }));
    }
}
