//! Targets: the figures of a text, each with what it counts, the day, and whether it is promised (到
//! 2027年，制修订国家标准400项以上), was reached (2025年增长5.5%), or must be kept (不得低于百分之三十五).
//!
//! [`targets`] lists those of one document in reading order. `figures` and `deadlines` read the
//! halves of a target, `section` what the parts of the text say about time, `object` what is
//! counted; the words by which all are judged are in `targets.toml`. Everything looks at a bounded
//! part of the text around a figure, so that a statement of many figures takes linear time.

mod deadlines;
mod figures;
mod numerals;
mod object;
mod section;
mod words;

use std::ops::Range;

use serde::Serialize;

use deadlines::{Day, Role, Scope, days};
pub use figures::Bound;
use figures::{Figure, Lead, Measure, figures};
pub(super) use numerals::value as numeral;
use object::{Named, named_after, named_before, subject_of};
use section::{Genre, Section, Sections, Tense};
use words::{has_any, words};

use crate::document::{BlockKind, DocIndex, Document, PartialDate, Place};
use crate::text::fold::{Folded, fold};
use crate::text::{CharCounter, Span};
use crate::themes::{Mention, ThemeId, ThemeIndex};

/// What a figure is to its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum TargetKind {
    /// It is to be reached.
    Promise,
    /// It was reached.
    Result,
    /// It must be kept, whatever the day.
    Limit,
}

/// Which way a figure goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// It grows, or grows by that much.
    Up,
    /// It falls, or falls by that much.
    Down,
    /// It comes to that value.
    Reach,
}

/// The day by which a target is to be reached, or in which it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    /// As the text writes it, folded: 到2027年. The year where only a heading names it.
    pub text: String,
    /// As much of the day as is named.
    pub date: Option<PartialDate>,
    /// Where it is, `None` where a heading or the text's own year says it.
    pub place: Option<Place>,
}

impl Deadline {
    /// Its year, where it names one.
    pub fn year(&self) -> Option<i16> {
        self.date.map(PartialDate::year)
    }
}

/// A figure of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    /// The figure with its unit and the bound after it.
    pub place: Place,
    /// The clauses up to the full stop around it, at most [`STATEMENT`] characters on either side.
    pub statement: Place,
    pub kind: TargetKind,
    /// The figure as text, folded, with the bound before it: 400项以上, 不低于50%.
    pub figure: String,
    /// The figure as a number, in its unit: 3.5万亿元 is 3.5e12. Of a range the lower end.
    pub value: f64,
    /// The upper end of a range.
    pub upper: Option<f64>,
    /// What it was before, where the same clause says so: 由30%调整为20%.
    pub from: Option<f64>,
    /// The unit: 项, %, 元; 倍 for 翻一番, which is 2.
    pub unit: String,
    /// On which side of the figure the target is met; `None` where it is the figure as it is.
    pub bound: Option<Bound>,
    pub direction: Option<Direction>,
    /// What is counted or measured, folded; empty where the statement does not say.
    pub object: String,
    pub deadline: Option<Deadline>,
    /// The theme mentioned nearest to the figure in its statement.
    pub theme: Option<ThemeId>,
}

/// The figures of one document, in reading order.
pub fn targets(document: &Document, at: DocIndex, index: &ThemeIndex) -> Vec<Target> {
    let mut found = Vec::new();
    let mut sections = Sections::of(document);
    let mentions = &index.look_in(document);
    let mut carried: Option<Deadline> = None;
    for (number, block) in (0u32..).zip(&document.blocks) {
        let folded = fold(&block.text);
        if sections.enter(block, folded.as_str()) {
            carried = None;
            continue;
        }
        if matches!(block.kind, BlockKind::Signature | BlockKind::Note | BlockKind::TableRow) {
            carried = None;
            continue;
        }
        let reading = BlockReading {
            document: at,
            block: number,
            folded: &folded,
            mentions,
            sections: &sections,
            is_item: is_item(&block.text),
        };
        // A list whose items begin with —— is governed by the deadline of the statement before it.
        let mut deadline = carried.clone().filter(|_| reading.is_item);
        for span in statements(folded.as_str()) {
            deadline = reading.read(span, deadline, &mut found);
        }
        carried = deadline.or(carried.filter(|_| reading.is_item));
    }
    found
}

fn is_item(text: &str) -> bool {
    text.trim_start().starts_with(['—', '－', '-', '(', '（', '●', '■', '·', '•'])
}

/// Parts of a folded block up to a full stop.
fn statements(folded: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, c) in folded.char_indices() {
        if matches!(c, '。' | '!' | '?' | '！' | '？') {
            found.push(start..at + c.len_utf8());
            start = at + c.len_utf8();
        }
    }
    if start < folded.len() {
        found.push(start..folded.len());
    }
    found
}

/// A block while it is read.
struct BlockReading<'r> {
    document: DocIndex,
    block: u32,
    folded: &'r Folded,
    /// All mentions of themes in the document.
    mentions: &'r [Mention],
    sections: &'r Sections,
    /// True for an item of a list.
    is_item: bool,
}

impl BlockReading<'_> {
    fn place(&self, folded: Span) -> Place {
        Place { document: self.document, block: self.block, span: self.folded.shown(folded) }
    }

    /// Reads the statement at `bytes`, governed by `inherited` where it names no day. Returns the
    /// deadline that governs what follows.
    fn read(
        &self,
        bytes: Range<usize>,
        inherited: Option<Deadline>,
        found: &mut Vec<Target>,
    ) -> Option<Deadline> {
        let text = self.folded.as_str().get(bytes.clone()).unwrap_or_default();
        if has_any(text, &words().penal) {
            return inherited;
        }
        let quoted = quoted(text);
        let is_quoted = |at: usize| quoted_at(&quoted, at);
        let mut figures = figures(text);
        figures.retain(|figure| !is_quoted(figure.bytes.start));
        let mut days = days(text, self.sections.written);
        // 缩短至18个月以内 is a figure, 18个月内完成 a day.
        days.retain(|day| !cited_at(&quoted, day.bytes.start) && !is_figure(day, &figures));
        // The other way round, 三年 of 三年内 is no figure.
        figures.retain(|figure| {
            let at = days.partition_point(|day| day.bytes.end <= figure.bytes.start);
            days.get(at).is_none_or(|day| day.bytes.start >= figure.bytes.end)
        });
        let offset =
            self.folded.as_str().get(..bytes.start).map_or(0, |t| t.chars().count()) as u32;
        let section = self.sections.current();
        let statement = Statement::new(text, &days, (section, self.sections), inherited.is_some());
        let mut counter = CharCounter::new(text);
        let statement_end = offset + text.chars().count() as u32;
        let whole = self.place(Span::new(offset, statement_end));
        let mut previous: Option<Previous<'_>> = None;
        let mut last_day: Option<(&Day, Deadline)> = None;
        for (nth, figure) in figures.iter().enumerate() {
            let next = figures.get(nth + 1).map(|next| next.bytes.start);
            let before = nth.checked_sub(1).and_then(|before| figures.get(before));
            let read = statement.figure(figure, Around { before, next }, previous.as_ref());
            let Some(read) = read else { continue };
            let way = direction(figure, &read);
            let object = read.object.clone();
            previous =
                Some(Previous { object, end: figure.bytes.end, at: figure, kind: read.kind, way });
            let Some(kind) = read.kind else { continue };
            let start = offset + counter.chars_before(figure.bytes.start);
            let chars = Span::new(start, offset + counter.chars_before(figure.bytes.end));
            // Most figures of a statement have the same day.
            let deadline = match (&last_day, read.day) {
                (Some((known, deadline)), Some(day)) if *known == day => {
                    Some(Deadline::clone(deadline))
                }
                _ => self.deadline_of(&read, &inherited, section, (text, offset)),
            };
            last_day = read.day.zip(deadline.clone());
            found.push(Target {
                place: self.place(chars),
                statement: self.place(Span::new(
                    offset.max(chars.start.saturating_sub(STATEMENT)),
                    statement_end.min(chars.end + STATEMENT),
                )),
                kind,
                figure: statement.wording(figure),
                value: figure.value,
                upper: figure.upper,
                from: read.from,
                unit: figure.unit.clone(),
                bound: figure.bound,
                direction: way,
                object: read.object,
                deadline,
                theme: self.nearest_theme(whole.span, self.folded.shown(chars)),
            });
        }
        let governs = |day: &&Day| day.role == Role::By && day.scope == Scope::Statement;
        let last = days.iter().rfind(governs).map(|day| self.deadline((text, offset), day));
        let goes_on = section.goals || self.is_item || text.ends_with([':', ';']);
        last.or(inherited.filter(|_| goes_on))
    }

    /// The day of a figure: its own, that of the list it is in, or the year of its part.
    fn deadline_of(
        &self,
        read: &FigureReading<'_>,
        inherited: &Option<Deadline>,
        section: Section,
        (text, offset): (&str, u32),
    ) -> Option<Deadline> {
        if let Some(day) = read.day {
            return Some(self.deadline((text, offset), day));
        }
        if read.kind == Some(TargetKind::Promise) && inherited.is_some() {
            return inherited.clone();
        }
        let fits = match read.kind {
            Some(TargetKind::Promise) => section.tense == Tense::Plan,
            Some(TargetKind::Result) => section.tense == Tense::Past,
            _ => false,
        };
        let date = section.year.filter(|_| fits)?;
        Some(Deadline { text: format!("{date}年"), date: Some(date), place: None })
    }

    fn deadline(&self, (text, offset): (&str, u32), day: &Day) -> Deadline {
        let wording = text.get(day.bytes.clone()).unwrap_or_default();
        let start = offset + text.get(..day.bytes.start).map_or(0, |t| t.chars().count()) as u32;
        let span = Span::new(start, start + wording.chars().count() as u32);
        Deadline { text: wording.to_owned(), date: day.date, place: Some(self.place(span)) }
    }

    /// The theme mentioned nearest to `figure` inside the statement; both are shown spans.
    fn nearest_theme(&self, statement: Span, figure: Span) -> Option<ThemeId> {
        let at =
            self.mentions.partition_point(|m| (m.block, m.span.start) < (self.block, figure.start));
        let near = self.mentions.get(at.saturating_sub(1)..).unwrap_or_default().iter().take(2);
        let inside = near.filter(|m| {
            m.block == self.block && m.span.start >= statement.start && m.span.end <= statement.end
        });
        let distance = |span: Span| {
            span.start.saturating_sub(figure.end).max(figure.start.saturating_sub(span.end))
        };
        inside.min_by_key(|m| distance(m.span)).map(|m| m.theme)
    }
}

/// True for what joins two figures of one list.
fn is_joint(c: char) -> bool {
    matches!(c, '、' | '和' | '及' | '与' | '以' | ' ' | ',' | ';')
}

/// True for a day that is the end of a figure: 缩短至18个月以内.
fn is_figure(day: &Day, figures: &[Figure]) -> bool {
    let at = figures.partition_point(|figure| figure.bytes.end <= day.bytes.start);
    figures.get(at).is_some_and(|figure| {
        let shared = figure.bytes.start < day.bytes.end;
        shared && matches!(figure.lead, Lead::Reach | Lead::Limit)
    })
}

/// A part of a statement in marks, in bytes.
struct Quoted {
    bytes: Range<usize>,
    /// In 《》, not in “”.
    is_title: bool,
}

/// What is in 《》 or “”, in order.
fn quoted(text: &str) -> Vec<Quoted> {
    let mut found = Vec::new();
    let (mut title, mut quote) = (None, None);
    for (at, c) in text.char_indices() {
        let closed = match c {
            '《' => {
                title = title.or(Some(at));
                None
            }
            '“' => {
                quote = Some(at);
                None
            }
            '》' => title.take().map(|start| (start, true)),
            '”' => quote.take().map(|start| (start, false)),
            _ => None,
        };
        found.extend(closed.map(|(start, is_title)| Quoted { bytes: start..at, is_title }));
    }
    found
}

fn quoted_at(quoted: &[Quoted], at: usize) -> bool {
    let end = quoted.partition_point(|one| one.bytes.end <= at);
    quoted.get(end).is_some_and(|one| one.bytes.contains(&at))
}

fn cited_at(quoted: &[Quoted], at: usize) -> bool {
    let end = quoted.partition_point(|one| one.bytes.end <= at);
    quoted.get(end).is_some_and(|one| one.is_title && one.bytes.contains(&at))
}

/// Which way a figure goes: by the words before it, else by the verb of its clause.
fn direction(figure: &Figure, read: &FigureReading<'_>) -> Option<Direction> {
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
struct Around<'f> {
    before: Option<&'f Figure>,
    /// The byte at which the next one begins.
    next: Option<usize>,
}

/// The figure read before, which one after it may go on from: 达到50%、60%.
struct Previous<'f> {
    object: String,
    end: usize,
    at: &'f Figure,
    kind: Option<TargetKind>,
    way: Option<Direction>,
}

/// What a statement says of one figure.
struct FigureReading<'s> {
    /// `None` where the figure is no target.
    kind: Option<TargetKind>,
    object: String,
    day: Option<&'s Day>,
    from: Option<f64>,
    /// The words right before it.
    lead: &'s str,
    /// Its clause before it.
    clause: &'s str,
    /// The direction of the figure that it goes on from.
    way: Option<Direction>,
}

/// A folded statement.
struct Statement<'s> {
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
    fn new(
        text: &'s str,
        days: &'s [Day],
        (section, sections): (Section, &Sections),
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
    fn figure(
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
            });
        }
        let object = self.object(figure, &named, after, (start, previous));
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
        (start, previous): (usize, Option<&Previous<'_>>),
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
    fn wording(&self, figure: &Figure) -> String {
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
        let granted = has_any(clause.before, &words().grant) || has_any(rest, &words().grant);
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
/// Characters that may stand before the day of a clause that is nothing else: 力争.
const HEAD: usize = 6;
/// Characters of a statement on either side of a figure that are shown with it.
const STATEMENT: u32 = 200;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{document, index};

    fn in_text(title: &str, year: i16, paragraphs: &[&str]) -> Vec<Target> {
        let mut document = document("a", paragraphs);
        title.clone_into(&mut document.metadata.title);
        document.metadata.signed = PartialDate::of_year(year);
        targets(&document, DocIndex(0), &ThemeIndex::default())
    }

    /// Figure, object and year of each promise in a plan of 2021.
    fn promised(paragraphs: &[&str]) -> Vec<(String, String, Option<i16>)> {
        let all = in_text("甲县渔业发展行动计划", 2021, paragraphs);
        let promises = all.into_iter().filter(|t| t.kind == TargetKind::Promise);
        let year = |t: &Target| t.deadline.as_ref().and_then(Deadline::year);
        promises.map(|t| (t.figure.clone(), t.object.clone(), year(&t))).collect()
    }

    #[test]
    fn figures_have_their_object_and_deadline() {
        let cases: [(&str, &str, &str, Option<i16>); 25] = [
            ("到2027年，將制修訂漁業標準300項以上。", "300项以上", "渔业标准", Some(2027)),
            ("渔业标准转化率达到60%以上", "60%以上", "渔业标准转化率", None),
            ("成果转为渔业标准的比率达到60%以上", "60%以上", "成果转为渔业标准的比率", None),
            ("平均制定周期缩短至12个月以内", "12个月以内", "平均制定周期", None),
            ("建成一批基地，40个以上渔业创新基地", "40个以上", "渔业创新基地", None),
            ("2026年底前，建成渔港5座", "5座", "渔港", Some(2026)),
            ("2026年底前，建成5座渔港。", "5座", "渔港", Some(2026)),
            ("力争到2030年渔民不少于2万人", "不少于2万人", "渔民", Some(2030)),
            ("到二〇三〇年，渔港绿化率达到百分之五十", "百分之五十", "渔港绿化率", Some(2030)),
            ("三年内新增渔业企业一百家", "一百家", "渔业企业", None),
            ("到“十五五”末，渔业产值翻一番", "翻一番", "渔业产值", Some(2030)),
            ("渔业产值突破3.5万亿元", "突破3.5万亿元", "渔业产值", None),
            ("渔业产值年均增长8%左右", "8%左右", "渔业产值", None),
            ("到2025年，培育3至5个渔业集群", "3至5个", "渔业集群", Some(2025)),
            ("单位产值能耗到2025年下降13.5%", "13.5%", "单位产值能耗", Some(2025)),
            ("渔民满意度保持在90%以上", "90%以上", "渔民满意度", None),
            ("到2027年，部署远洋捕捞等17个重点方向", "17个", "重点方向", Some(2027)),
            ("捕捞总量控制在1000万吨以内", "1000万吨以内", "捕捞总量", None),
            ("在2025年前三季度之后，到2027年渔港达20个", "20个", "渔港", Some(2027)),
            ("推动建设10家以上渔业计量机构。", "10家以上", "渔业计量机构", None),
            ("研制100台/套以上渔用器具和标准物质", "100台/套以上", "渔用器具和标准物质", None),
            ("为1万名渔民开展培训", "1万名", "渔民开展培训", None),
            ("今年新建渔港3座", "3座", "渔港", Some(2021)),
            ("改造提升渔港码头1.5万个", "1.5万个", "渔港码头", None),
            ("渔民子女入托人数23万人以上", "23万人以上", "渔民子女入托人数", None),
        ];
        for (text, figure, object, year) in cases {
            assert_eq!(promised(&[text]), [(figure.to_owned(), object.to_owned(), year)], "{text}");
        }
    }

    #[test]
    fn figures_of_a_list_have_their_own_object_and_direction() {
        let all = in_text(
            "2026年甲省政府工作报告",
            2026,
            &[
                "三、2026年重点工作",
                "今年主要预期目标是：渔业产值增长5%左右；城镇新增就业20万人以上，调查失业率5.5%左右；鱼价涨幅3%左右；单位能耗降低2.5%左右。",
                "赤字率拟按3%安排。新建渔港5座、码头12个，远洋、近海渔船产量分别增长3%、4%。",
            ],
        );
        use Direction::{Down, Up};
        let found: Vec<_> =
            all.iter().map(|t| (t.figure.as_str(), t.object.as_str(), t.direction)).collect();
        assert_eq!(
            found,
            [
                ("5%左右", "渔业产值", Some(Up)),
                ("20万人以上", "城镇新增就业", Some(Up)),
                ("5.5%左右", "调查失业率", None),
                ("3%左右", "鱼价", Some(Up)),
                ("2.5%左右", "单位能耗", Some(Down)),
                ("3%", "赤字率", None),
                ("5座", "渔港", Some(Up)),
                ("12个", "码头", Some(Up)),
                ("3%", "远洋、近海渔船产量", Some(Up)),
                ("4%", "远洋、近海渔船产量", Some(Up)),
            ]
        );
        assert!(all.iter().all(|t| t.kind == TargetKind::Promise));
        assert!(all.iter().all(|t| t.deadline.as_ref().and_then(Deadline::year) == Some(2026)));
    }

    #[test]
    fn several_days_govern_each_their_own_figures() {
        let all = promised(&[
            "到2025年渔港达到20个，到2030年达到50个以上；远洋、近海渔船分别达到30%、40%以上。",
            "2023年底前完成清查，推广新型渔船50艘。",
        ]);
        let short: Vec<_> = all.iter().map(|(f, o, y)| (f.as_str(), o.as_str(), *y)).collect();
        assert_eq!(
            short,
            [
                ("20个", "渔港", Some(2025)),
                ("50个以上", "渔港", Some(2030)),
                ("30%", "远洋、近海渔船", Some(2030)),
                ("40%以上", "远洋、近海渔船", Some(2030)),
                ("50艘", "新型渔船", None),
            ]
        );
    }

    #[test]
    fn an_old_and_a_new_figure_are_one_target() {
        let all = in_text(
            "关于调整渔船贷款政策的通知",
            2024,
            &[
                "渔船贷款最低首付款比例由30%调整为20%。",
                "到2027年，渔港绿化率由2023年的10%提高到25%。",
            ],
        );
        let found: Vec<_> =
            all.iter().map(|t| (t.kind, t.object.as_str(), t.from, t.value, t.direction)).collect();
        assert_eq!(
            found,
            [
                (
                    TargetKind::Limit,
                    "渔船贷款最低首付款比例",
                    Some(30.0),
                    20.0,
                    Some(Direction::Down)
                ),
                (TargetKind::Promise, "渔港绿化率", Some(10.0), 25.0, Some(Direction::Up)),
            ]
        );
    }

    #[test]
    fn what_has_been_reached_is_a_result() {
        let all = in_text(
            "2026年甲省政府工作报告",
            2026,
            &[
                "一、2025年工作回顾",
                "渔业产值增长5.5%，新增渔港3座。",
                "二、2026年重点工作",
                "渔业产值达到300亿元，在去年新增2座的基础上，再建渔港4座。截至目前，渔民已达5万人。",
            ],
        );
        use TargetKind::{Promise, Result};
        let found: Vec<_> = all
            .iter()
            .map(|t| (t.figure.as_str(), t.kind, t.deadline.as_ref().and_then(Deadline::year)))
            .collect();
        assert_eq!(
            found[..3],
            [
                ("5.5%", Result, Some(2025)),
                ("3座", Result, Some(2025)),
                ("300亿元", Promise, Some(2026)),
            ]
        );
        assert_eq!(found.last(), Some(&("5万人", Result, None)));
    }

    #[test]
    fn fines_conditions_dates_and_attributes_are_no_targets() {
        for text in [
            "处500元以上2000元以下罚款。",
            "2022年6月10日，共有3项议程。",
            "第12条第3项以上内容",
            "依照《到2025年建成渔港50个行动计划》执行",
            "占地五百平方米以上的，应当报批。",
            "捕捞量超过百分之三十的，不予批准。",
            "应当在十五个工作日内作出决定。",
            "自收到申请之日起三十日内答复。",
            "国发〔2021〕12号文件印发。",
            "六个月内参与三次以上的，从重处理。",
            "记录保存期限不少于三年。",
            "到2025年，推进三个转变，抓好五项工作。",
            "把渔业开放提高到一个新的水平，突破一批技术。",
            "28号楼11层，100846，某人",
            "全面落实“渔业32条”，建设“15分钟生活圈”。",
            "30万吨级航道建成投运。",
        ] {
            assert_eq!(promised(&[text]), [], "{text}");
        }
    }

    #[test]
    fn what_must_be_kept_is_a_limit() {
        let limit = |title: &str, text: &str| {
            in_text(title, 2021, &[text])
                .iter()
                .map(|t| (t.kind, t.figure.clone()))
                .collect::<Vec<_>>()
        };
        for (title, text, figure) in [
            ("甲县渔港条例", "渔港绿地率不得低于百分之三十五。", "不得低于百分之三十五"),
            ("关于征集渔业项目的通知", "2021年9月1日前申报，每家单位申报不超过5项。", "不超过5项"),
            ("关于渔船贷款的意见", "首付款比例不低于20%。", "不低于20%"),
        ] {
            assert_eq!(limit(title, text), [(TargetKind::Limit, figure.to_owned())], "{text}");
        }
    }

    #[test]
    fn a_list_stands_under_the_deadline_before_it() {
        let all = promised(&[
            "到2025年，实现渔业转型。",
            "——基础更加牢固。转化率达到85%以上。",
            "其他事项另行规定，渔港建成10个以上。",
        ]);
        let years: Vec<_> = all.iter().map(|t| t.2).collect();
        assert_eq!(years, [Some(2025), None]);
    }

    #[test]
    fn a_target_knows_its_place_and_the_nearest_theme() {
        let documents = [document("a", &["开头。林业之外，到2027年渔业标准３００项以上。"])];
        let index = index(&documents, &["林业", "渔业"]);
        let all = targets(&documents[0], DocIndex(0), &index);
        let text = &documents[0].blocks[0].text;
        assert_eq!(all[0].theme, Some(ThemeId(1)));
        assert_eq!(all[0].place.span.of(text), "３００项以上");
        assert_eq!(all[0].statement.span.of(text), "林业之外，到2027年渔业标准３００项以上。");
    }
}
