//! A statement, the folded clauses up to a full stop, and what it says of each of its figures: what
//! is counted, the day that governs it, its tense and so its kind.

use std::ops::Range;

use super::deadlines::{Day, Role, Scope};
use super::figures::{Bound, Figure, Lead, Measure};
use super::object::{Named, named_after, named_before, subject_of};
use super::section::{Genre, Section, Sections, Tense};
use super::target::{Direction, TargetKind};
use super::words::{has_any, words};

/// Which way a figure goes: by the words before it, else by the verb of its clause.
pub(super) fn direction(figure: &Figure, read: &FigureReading<'_>) -> Option<Direction> {
    const DOWN: [char; 7] = ['降', '减', '缩', '压', '低', '下', '削'];
    const UP: [char; 10] = ['增', '升', '高', '扩', '拓', '延', '涨', '番', '翻', '倍'];
    if read.way.is_some() {
        return read.way;
    }
    if let Some(from) = read.from {
        return Some(if figure.value < from { Direction::Down } else { Direction::Up });
    }
    let led = read.lead;
    let by = |text: &str| match () {
        () if text.contains(DOWN) => Some(Direction::Down),
        () if text.contains(UP) => Some(Direction::Up),
        () => None,
    };
    match figure.lead {
        Lead::Limit => None,
        _ if figure.whole && figure.unit == "倍" => Some(Direction::Up),
        Lead::Change => by(led),
        Lead::Reach => {
            by(led).or((figure.bound != Some(Bound::AtMost)).then_some(Direction::Reach))
        }
        Lead::Adjust => by(led),
        Lead::None => {
            let verb = |words: &[&str]| words.iter().any(|word| read.clause.contains(word));
            match () {
                () if verb(&["减少", "压减", "降低", "淘汰", "化解", "关闭", "缩减"]) => {
                    Some(Direction::Down)
                }
                () if verb(&["新增", "增加", "净增", "扩大", "增设", "新建", "新开"]) => {
                    Some(Direction::Up)
                }
                () => None,
            }
        }
    }
}

/// The figures beside one.
pub(super) struct Around<'f> {
    pub(super) before: Option<&'f Figure>,
    /// The byte at which the next one begins.
    pub(super) next: Option<usize>,
}

/// The figure read before, which one after it may go on from: 达到50%、60%.
pub(super) struct Previous<'f> {
    pub(super) object: String,
    pub(super) end: usize,
    pub(super) at: &'f Figure,
    pub(super) kind: Option<TargetKind>,
    pub(super) way: Option<Direction>,
}

/// What a statement says of one figure.
pub(super) struct FigureReading<'s> {
    /// `None` where the figure is no target.
    pub(super) kind: Option<TargetKind>,
    pub(super) object: String,
    pub(super) day: Option<&'s Day>,
    pub(super) from: Option<f64>,
    /// The words right before it.
    pub(super) lead: &'s str,
    /// Its clause before it.
    pub(super) clause: &'s str,
    /// The direction of the figure that it goes on from.
    pub(super) way: Option<Direction>,
    /// True for one of a list of figures, but the first: the 4% of 增长3%、4%.
    pub(super) joined: bool,
}

/// A folded statement.
pub(super) struct Statement<'s> {
    text: &'s str,
    days: &'s [Day],
    /// Where clauses begin, in bytes.
    clauses: Vec<usize>,
    section: Section,
    genre: Genre,
    written: Option<i16>,
    /// Where the statement begins to say what has been done, in bytes.
    past_from: Option<usize>,
    /// True where it says that it looks ahead, or a deadline before it says so.
    plans: bool,
    is_rule: bool,
}

const MARKS: [char; 7] = [',', ';', ':', '。', '|', '│', '\t'];

impl<'s> Statement<'s> {
    pub(super) fn new(
        text: &'s str,
        days: &'s [Day],
        section: Section,
        sections: &Sections,
        is_governed: bool,
    ) -> Self {
        let mut clauses = vec![0];
        let mut last = ' ';
        let mut chars = text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let next = chars.peek().map_or(' ', |(_, c)| *c);
            // 3,500 is one number.
            let in_number = c == ',' && last.is_ascii_digit() && next.is_ascii_digit();
            if MARKS.contains(&c) && !in_number {
                clauses.push(at + c.len_utf8());
            }
            last = c;
        }
        let past_from = words().past.iter().filter_map(|word| text.find(word.as_str())).min();
        Self {
            text,
            days,
            clauses,
            section,
            genre: sections.genre,
            written: sections.written,
            past_from,
            plans: is_governed || has_any(text, &words().plan),
            is_rule: has_any(text, &words().rule),
        }
    }

    /// The bytes of the clause that holds the byte `at`.
    fn clause(&self, at: usize) -> Range<usize> {
        let after = self.clauses.partition_point(|start| *start <= at);
        let start = after.checked_sub(1).and_then(|n| self.clauses.get(n)).copied().unwrap_or(0);
        start..self.clauses.get(after).copied().unwrap_or(self.text.len())
    }

    fn part(&self, bytes: Range<usize>) -> &'s str {
        self.text.get(bytes).unwrap_or_default()
    }

    /// The last bytes of a part, at most [`NEAR`] and a character.
    fn part_from(&self, start: usize, end: usize) -> &'s str {
        let from = start.max(end.saturating_sub(NEAR));
        (from..=end).find_map(|at| self.text.get(at..end)).unwrap_or_default()
    }

    /// The first bytes of a part, at most [`NEAR`].
    fn part_to(&self, start: usize, end: usize) -> &'s str {
        let to = end.min(start + NEAR);
        (start..=to).rev().find_map(|at| self.text.get(start..at)).unwrap_or_default()
    }

    /// The day that governs a figure: the last one before it in its clause, or one before that
    /// governs more than its clause.
    fn day_of(&self, figure: &Figure) -> Option<&'s Day> {
        let clause = self.clause(figure.bytes.start);
        let before = self.days.partition_point(|day| day.bytes.end <= figure.bytes.start);
        let earlier = self.days.get(..before).unwrap_or_default().iter().rev();
        let governing = |day: &&Day| {
            let own = day.bytes.start >= clause.start;
            own || self.governs_on(day)
        };
        // A statement of very many days is no prose.
        earlier.take(DAYS).find(governing)
    }

    /// True for a day that governs the clauses after its own.
    fn governs_on(&self, day: &Day) -> bool {
        let clause = self.clause(day.bytes.start);
        let head = self.part(clause.start..day.bytes.start);
        let rest = self.part(day.bytes.end..clause.end);
        let has_at_most = |text: &str, chars: usize| text.chars().nth(chars).is_none();
        // 在去年新增2座的基础上,再建4座: the year is that of the old figure.
        if rest.trim_end_matches(MARKS).ends_with("基础上") {
            return false;
        }
        let is_whole = has_at_most(rest.trim_end_matches(MARKS), 1) && has_at_most(head, HEAD);
        day.scope == Scope::Statement && has_at_most(head, HEAD * 4) || is_whole
    }

    /// True where the statement has said, before the byte `at`, that it looks back.
    fn looks_back(&self, at: usize) -> bool {
        self.past_from.is_some_and(|from| from < at)
    }

    fn tense(&self, figure: &Figure, day: Option<&Day>) -> Tense {
        let at = figure.bytes.start;
        if let Some(day) = day {
            let past = |year: i16| self.written.is_some_and(|written| year < written);
            // A plan of 2024 may set 2024: the year itself is still to come.
            let back_after =
                self.past_from.is_some_and(|from| from < at && from >= day.bytes.start);
            return match (day.role, day.year()) {
                (Role::Since, _) => Tense::Past,
                (_, Some(year)) if past(year) => Tense::Past,
                _ if back_after => Tense::Past,
                (Role::By, _) => Tense::Plan,
                (Role::In, Some(year)) if self.written.is_some_and(|w| w < year) => Tense::Plan,
                (Role::In, Some(_)) if self.section.tense == Tense::Plan => Tense::Plan,
                (Role::In, _) => self.section.tense,
            };
        }
        match () {
            () if self.looks_back(at) => Tense::Past,
            () if self.plans && self.section.tense != Tense::Past => Tense::Plan,
            () => self.section.tense,
        }
    }

    /// What the statement says of `figure`; `None` where it is the old value of the next one, or
    /// part of another word.
    pub(super) fn figure(
        &self,
        figure: &Figure,
        around: Around<'_>,
        previous: Option<&Previous<'_>>,
    ) -> Option<FigureReading<'s>> {
        let clause = self.clause(figure.bytes.start);
        let led = self.part(figure.lead_bytes.clone());
        let start =
            previous.map_or(clause.start, |p| p.end.max(clause.start)).min(figure.lead_bytes.start);
        let day = self.day_of(figure);
        let named = self.named(figure, start);
        // Of a clause of very many figures only what is near one counts.
        let after = self.part_to(figure.bytes.end, clause.end.max(figure.bytes.end));
        if self.is_old_value(figure, around.next, &clause) {
            return None;
        }
        let from = around.before.filter(|old| {
            old.unit == figure.unit
                && old.bytes.start >= clause.start
                && self.is_old_value(old, Some(figure.bytes.start), &clause)
        });
        let before = self.part_from(clause.start, figure.bytes.start);
        // 分别增长4.3%、5.5%: the second is what the first is.
        let bare = figure.lead == Lead::None && previous.is_some_and(|p| p.at.unit == figure.unit);
        let between = self.part(previous.map_or(start, |p| p.end)..figure.bytes.start);
        if let Some(first) = previous.filter(|_| bare && between.chars().all(is_joint)) {
            let object = first.object.clone();
            let (kind, way) = (first.kind, first.way);
            return Some(FigureReading {
                kind,
                object,
                day,
                from: None,
                lead: led,
                clause: before,
                way,
                joined: true,
            });
        }
        let object = self.object(figure, &named, after, start, previous);
        let kind =
            self.kind(figure, day, &Clause { before, after, named: &named, next: around.next });
        let object = match from {
            Some(old) => {
                let start = clause.start.min(old.lead_bytes.start);
                let old_named = named_before(self.before_from(start, old), true).noun.to_owned();
                if old_named.is_empty() { object } else { old_named }
            }
            None => object,
        };
        Some(FigureReading {
            kind,
            object,
            day,
            from: from.map(|old| old.value),
            lead: led,
            clause: before,
            way: None,
            joined: false,
        })
    }

    /// What is said before an old value, without 由 or 从.
    fn before_from(&self, start: usize, old: &Figure) -> &'s str {
        let before = self.part(start..old.lead_bytes.start);
        let end = before.rfind(['由', '从']).unwrap_or(before.len());
        before.get(..end).unwrap_or_default()
    }

    /// True for the 30% of 由30%调整为20%.
    fn is_old_value(&self, figure: &Figure, next: Option<usize>, clause: &Range<usize>) -> bool {
        let before = self.part_from(clause.start, figure.bytes.start);
        let tail = before.char_indices().rev().nth(FROM).map_or(0, |(at, _)| at);
        let near = before.get(tail..).unwrap_or_default();
        let from = near.ends_with(['由', '从'])
            || near.contains(['由', '从']) && near.ends_with(['的', '约', '近']);
        let Some(next) = next.filter(|next| from && *next <= clause.end) else { return false };
        let between = self.part(figure.bytes.end..next);
        between.chars().count() <= FROM && between.contains(['到', '至', '为', '升', '降'])
    }

    /// The noun before a figure: after the day in its clause, else before it.
    fn named(&self, figure: &Figure, start: usize) -> Named<'s> {
        // 新增企业超6000家 counts companies as 新增企业6000家 does.
        let led = self.part(figure.lead_bytes.clone());
        let counts = figure.measure != Measure::Ratio && matches!(led, "超" | "超过" | "逾");
        let is_led = figure.lead != Lead::None && !counts || figure.whole;
        let end = figure.lead_bytes.start;
        let before = self.days.partition_point(|day| day.bytes.end <= end);
        let day =
            before.checked_sub(1).and_then(|n| self.days.get(n)).filter(|d| d.bytes.start >= start);
        let Some(day) = day else { return named_before(self.part(start..end), is_led) };
        let named = named_before(self.part(day.bytes.end..end), is_led);
        if named.noun.chars().count() >= 2 || named.has_verb {
            return named;
        }
        // 渔港产值到2025年增长8%.
        let earlier = named_before(self.part(start..day.bytes.start), true);
        Named { has_verb: named.has_verb, ..earlier }
    }

    fn object(
        &self,
        figure: &Figure,
        named: &Named<'_>,
        after: &str,
        start: usize,
        previous: Option<&Previous<'_>>,
    ) -> String {
        let between = self.part(start..figure.lead_bytes.start);
        let continues = previous.filter(|previous| {
            // 科技投入7232亿元、增长5.6%; 渔港达到20个,到2030年达到50个.
            let adjacent = start.saturating_sub(previous.end) <= MARK_BYTES;
            let led = matches!(figure.lead, Lead::Change | Lead::Reach);
            adjacent && led && between.chars().all(is_joint)
        });
        if let Some(previous) = continues {
            return previous.object.clone();
        }
        let behind = named_after(after);
        let counts = figure.lead == Lead::None && !figure.whole || figure.measure == Measure::Count;
        let verbal = named.ends_in_verb || named.noun.chars().count() < 2;
        let object = if counts && verbal && !behind.is_empty() { behind } else { named.noun };
        match object.is_empty() {
            true if previous.is_some() => previous.map(|p| p.object.clone()).unwrap_or_default(),
            true => self.subject_before(figure).to_owned(),
            false => object.to_owned(),
        }
    }

    /// The subject of the clause before that of a figure: 产值跨越三个台阶,年均增长5.9%.
    fn subject_before(&self, figure: &Figure) -> &'s str {
        let clause = self.clause(figure.bytes.start);
        let Some(end) = clause.start.checked_sub(1).filter(|_| figure.lead == Lead::Change) else {
            return "";
        };
        let before = self.clause(end);
        let near = before.end.min(before.start + SUBJECT_BYTES);
        let near = (before.start..=near)
            .rev()
            .find(|at| self.text.is_char_boundary(*at))
            .unwrap_or(before.start);
        subject_of(self.part(before.start..near))
    }

    /// The figure with the bound before it.
    pub(super) fn wording(&self, figure: &Figure) -> String {
        let led = matches!(figure.lead, Lead::Reach | Lead::Limit);
        let bound_before = led && matches!(figure.bound, Some(Bound::AtLeast | Bound::AtMost));
        let start = if bound_before && !figure.bounded {
            figure.lead_bytes.start
        } else {
            figure.bytes.start
        };
        self.part(start..figure.bytes.end).to_owned()
    }

    fn kind(&self, figure: &Figure, day: Option<&Day>, clause: &Clause<'_>) -> Option<TargetKind> {
        let rest = clause.after.trim_end_matches(MARKS);
        // 超过百分之三十的,应当……: a condition.
        let condition = rest.ends_with(['的', '时', '者']) && rest.chars().count() > 0;
        let attribute = clause.is_attribute(figure);
        if condition && figure.lead != Lead::Change || attribute {
            return None;
        }
        let tense = self.tense(figure, day);
        let strong = figure.lead != Lead::None || figure.bounded || figure.whole;
        let dated = day.is_some_and(|day| day.role == Role::By);
        // A report says what loans and grants come to, a notice how much one may have.
        let granted = self.genre != Genre::Report
            && (has_any(clause.before, &words().grant) || has_any(rest, &words().grant));
        let is_norm = figure.lead == Lead::Limit && figure.measure != Measure::Time;
        if figure.measure == Measure::Time {
            let shortened = figure.lead == Lead::Reach && !self.is_rule && !granted;
            return if shortened { self.of_tense(tense, true) } else { None };
        }
        if self.genre == Genre::Rule || figure.lead == Lead::Adjust && !dated {
            return match figure.lead {
                Lead::Adjust => Some(TargetKind::Limit),
                _ if dated && tense == Tense::Plan && !self.is_rule => Some(TargetKind::Promise),
                Lead::Limit | Lead::Reach if figure.measure == Measure::Ratio => {
                    Some(TargetKind::Limit)
                }
                _ => None,
            };
        }
        if granted && tense != Tense::Past && !dated {
            return is_norm.then_some(TargetKind::Limit);
        }
        if is_norm
            && tense != Tense::Past
            && !dated
            && (self.is_rule || !self.plans && self.section.year.is_none())
        {
            return Some(TargetKind::Limit);
        }
        if self.is_rule && tense != Tense::Past && !strong {
            return None;
        }
        let verbal = clause.named.has_verb || clause.named.ends_in_verb;
        let bare = clause.named.noun.chars().count() >= 2
            && (rest.is_empty() || rest.starts_with(['、', '和', '(', '以']) || rest == "安排");
        let counted = figure.measure != Measure::Ratio && (verbal || bare);
        if !(strong || counted || figure.measure == Measure::Ratio && bare) {
            return None;
        }
        let reaches = matches!(figure.lead, Lead::Reach | Lead::Limit) || figure.whole;
        self.of_tense(
            tense,
            figure.bounded && (reaches || verbal) || figure.measure == Measure::Ratio && reaches,
        )
    }

    /// A figure in that tense; where nothing says when, a bound to be reached is a promise.
    fn of_tense(&self, tense: Tense, reaches_bound: bool) -> Option<TargetKind> {
        match tense {
            Tense::Past => Some(TargetKind::Result),
            Tense::Plan => Some(TargetKind::Promise),
            Tense::Unknown => reaches_bound.then_some(TargetKind::Promise),
        }
    }
}

/// Days before a figure that are looked at.
const DAYS: usize = 8;
/// Characters that may be before the day of a clause that is nothing else: 力争.
const HEAD: usize = 6;
/// Bytes of a clause before and after a figure that are looked at.
const NEAR: usize = 240;
/// Characters between 由 and the old value, and between the old and the new one.
const FROM: usize = 10;
/// Bytes of a clause in which its subject is looked for.
const SUBJECT_BYTES: usize = 90;
/// Bytes of the mark between a figure and the next clause.
const MARK_BYTES: usize = 3;

/// A clause around a figure.
struct Clause<'c> {
    before: &'c str,
    after: &'c str,
    named: &'c Named<'c>,
    /// The byte at which the next figure begins.
    next: Option<usize>,
}

impl Clause<'_> {
    /// True where the figure only says which things are meant: 50万元以上的行政村, 亿元以上项目100个,
    /// 30万吨级, 总投资100亿元的项目.
    fn is_attribute(&self, figure: &Figure) -> bool {
        let rest = self.after.trim_end_matches(MARKS);
        if rest.starts_with('级') || rest.starts_with("及以") {
            return true;
        }
        let led = matches!(figure.lead, Lead::Change | Lead::Reach);
        if rest.starts_with('的') {
            // 达到50%的目标, 增长5%的速度 are goals all the same.
            return !(led
                && ["的目标", "的水平", "的要求"].iter().any(|goal| rest.starts_with(goal)));
        }
        let next_in_clause = self.next.is_some_and(|next| {
            let gap = next.saturating_sub(figure.bytes.end);
            gap < rest.len()
                && rest
                    .get(..gap)
                    .is_some_and(|part| !part.is_empty() && !part.contains(['、', '和', '及', '(']))
        });
        next_in_clause
            && figure.measure == Measure::Quantity
            && !led
            && !self.named.has_verb
            && figure.bounded
    }
}

/// True for what joins two figures of one list.
fn is_joint(c: char) -> bool {
    matches!(c, '、' | '和' | '及' | '与' | '以' | ' ' | ',' | ';')
}
