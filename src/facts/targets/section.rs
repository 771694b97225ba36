//! Whether a part of a text looks back or ahead, and over which year: by the kind of the text, by its
//! headings (一、2025年工作回顾; 三、2026年重点工作), and by how a paragraph of a report begins (过去一年,
//! 今年是).

use std::sync::LazyLock;

use regex::Regex;

use super::words::{has_any, words};
use crate::document::{Block, BlockKind, Document, PartialDate};
use crate::text::fold::fold_key;

/// What a text is, by its title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Genre {
    /// A work report: first what was done, then what is planned.
    Report,
    /// A plan, opinions, measures: what is to be done.
    Plan,
    /// Regulations: what must be.
    Rule,
    /// Anything else: only what a sentence says itself counts.
    Other,
}

/// Whether figures were reached or are to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    Plan,
    Unknown,
}

/// What holds for the figures of a part that name no day themselves.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Section {
    pub(super) tense: Tense,
    /// The year of the part: that of 2026年重点工作.
    pub(super) year: Option<PartialDate>,
    /// True under a heading of goals, whose deadline goes on from statement to statement.
    pub(super) goals: bool,
}

/// Levels of headings that are distinguished: 一、 （一） 1.
const LEVELS: usize = 3;
/// Characters of a paragraph that may be a heading.
const HEADING: usize = 45;

/// The parts of a text while it is read from its beginning.
pub(super) struct Sections {
    pub(super) genre: Genre,
    /// The year in which the text was written.
    pub(super) written: Option<i16>,
    default: Section,
    levels: [Option<Section>; LEVELS],
}

#[expect(clippy::expect_used, reason = "built-in pattern")]
static YEAR: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?P<year>20\d\d)年?|十(?P<plan>[一二三四五六七])五").expect("pattern of years")
});

#[expect(clippy::expect_used, reason = "built-in pattern")]
static OPENER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^[^,。:;]{0,12}?(?:(?P<past>(?:过去|刚刚过去)的?[一二三四五]年|[一五]年来|回顾)",
        r"|(?P<plan>今年是|今年(?:的)?工作|今年.{0,24}(?:预期目标|总体要求|重点)|(?P<year>20\d\d)年(?:是|.{0,16}(?:预期目标|总体要求|重点工作|主要目标))))"
    ))
    .expect("pattern of openers")
});

impl Sections {
    pub(super) fn of(document: &Document) -> Self {
        let title = fold_key(&document.metadata.title);
        let genre = genre_of(&title);
        let year = document.metadata.date().map(PartialDate::year);
        let in_title = YEAR.captures(&title).and_then(|c| c.name("year")?.as_str().parse().ok());
        let written = match genre {
            Genre::Report => in_title.or(year),
            _ => year.or(in_title),
        };
        let year = |by: i16| written.and_then(|written| PartialDate::of_year(written + by));
        let default = match genre {
            Genre::Report => Section { tense: Tense::Past, year: year(-1), goals: false },
            Genre::Plan => Section { tense: Tense::Plan, year: None, goals: false },
            _ => Section { tense: Tense::Unknown, year: None, goals: false },
        };
        Self { genre, written, default, levels: [None; LEVELS] }
    }

    /// What holds where the text has been read to.
    pub(super) fn current(&self) -> Section {
        self.levels.iter().rev().flatten().next().copied().unwrap_or(self.default)
    }

    /// Takes note of a block, of the text `folded`, before its statements are read. True where it is
    /// nothing but a heading.
    pub(super) fn enter(&mut self, block: &Block, folded: &str) -> bool {
        let is_heading = block.kind == BlockKind::Heading;
        let first = folded.split(['。', '!', ';']).next().unwrap_or_default();
        let level = level_of(folded.trim_start());
        let short = first.chars().count() <= HEADING;
        if is_heading || short && level.is_some() {
            let level = level.unwrap_or(usize::from(block.level.saturating_sub(1)).min(LEVELS - 1));
            self.head(first, level);
            return is_heading;
        }
        if self.genre == Genre::Report {
            self.open(folded);
        }
        false
    }

    fn head(&mut self, heading: &str, level: usize) {
        for below in self.levels.iter_mut().skip(level) {
            *below = None;
        }
        let section = self.read(heading);
        if let (Some(slot), Some(section)) = (self.levels.get_mut(level), section) {
            *slot = Some(section);
        }
    }

    /// What a heading says of the part below it.
    fn read(&self, heading: &str) -> Option<Section> {
        let words = words();
        let goals = heading.contains("目标");
        let years: Vec<i16> = YEAR
            .captures_iter(heading)
            .filter_map(|found| {
                let plan = || {
                    Some(2005 + 5 * super::numerals::value(found.name("plan")?.as_str())? as i16)
                };
                found.name("year").and_then(|year| year.as_str().parse().ok()).or_else(plan)
            })
            .collect();
        let of_year = |year: Option<i16>| year.and_then(PartialDate::of_year);
        let last = years.iter().max().copied();
        // Regulations and other texts look back or ahead sentence by sentence.
        if !matches!(self.genre, Genre::Report | Genre::Plan) {
            return None;
        }
        let passed = |year: i16| self.written.is_some_and(|written| year < written);
        if has_any(heading, &words.review) || last.is_some_and(passed) {
            // 2025年主要工作和“十四五”发展成就: the first year named is the year of the report.
            let first = years.first().copied().filter(|year| passed(*year));
            let year = of_year(first.or(last))
                .or(self.default.year.filter(|_| self.genre == Genre::Report));
            return Some(Section { tense: Tense::Past, year, goals: false });
        }
        let ahead = last.is_some() || heading.contains("今年") || has_any(heading, &words.outlook);
        if !ahead {
            return None;
        }
        let this = heading.contains("今年").then_some(self.written).flatten();
        let year = of_year(last.or(this)).or(self.planned());
        Some(Section { tense: Tense::Plan, year, goals })
    }

    /// The year of what a report plans where its heading names none.
    fn planned(&self) -> Option<PartialDate> {
        match self.current() {
            Section { tense: Tense::Plan, year, .. } => year,
            _ => None,
        }
    }

    /// How a paragraph of a report begins.
    fn open(&mut self, folded: &str) {
        let Some(found) = OPENER.captures(folded) else { return };
        let named = found.name("year").and_then(|year| year.as_str().parse::<i16>().ok());
        let back = found.name("past").is_some()
            || named.is_some_and(|year| self.written.is_some_and(|written| year < written));
        let section = if back {
            Section { ..self.default }
        } else {
            let year = named.or(self.written).and_then(PartialDate::of_year);
            Section { tense: Tense::Plan, year, goals: false }
        };
        self.levels = [Some(section), None, None];
    }
}

/// The level of the number before a heading.
fn level_of(text: &str) -> Option<usize> {
    let mut chars = text.chars();
    let first = chars.next()?;
    let rest = |c: char| {
        text.trim_start_matches(['第', '(']).trim_start_matches(is_numeral).starts_with(c)
    };
    match first {
        '第' if rest('章') || rest('部') || rest('篇') => Some(0),
        '第' if rest('节') => Some(1),
        '(' if rest(')') => Some(1),
        c if is_numeral(c) && rest('、') => Some(if c.is_ascii_digit() { 2 } else { 0 }),
        c if c.is_ascii_digit() && rest('.') => Some(2),
        _ => None,
    }
}

fn is_numeral(c: char) -> bool {
    c.is_ascii_digit() || "〇零一二三四五六七八九十百".contains(c)
}

fn genre_of(title: &str) -> Genre {
    // 关于印发《…行动计划》的通知 is about the plan.
    let named = title.rsplit_once('《').map_or(title, |(_, named)| named);
    let named = named.split('》').next().unwrap_or_default();
    let named = named.split(['(', '_']).next().unwrap_or_default().trim_end();
    const RULES: [&str; 6] = ["条例", "办法", "规定", "细则", "规则", "法"];
    const PLANS: [&str; 11] = [
        "计划",
        "规划",
        "纲要",
        "方案",
        "意见",
        "措施",
        "行动",
        "若干政策",
        "要点",
        "通知",
        "决定",
    ];
    match () {
        () if title.contains("工作报告") => Genre::Report,
        () if RULES.iter().any(|word| named.ends_with(word)) => Genre::Rule,
        () if PLANS.iter().any(|word| named.contains(word)) => Genre::Plan,
        () => Genre::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::document;

    fn sections(title: &str) -> Sections {
        let mut document = document("a", &[]);
        title.clone_into(&mut document.metadata.title);
        Sections::of(&document)
    }

    fn block(text: &str) -> Block {
        Block { kind: BlockKind::Paragraph, level: 0, text: text.to_owned() }
    }

    #[test]
    fn genre_is_that_of_the_named_text() {
        let cases = [
            ("2026年甲省政府工作报告", Genre::Report),
            ("关于印发《甲省渔业发展行动计划(2024-2027年)》的通知", Genre::Plan),
            ("甲省渔港管理条例", Genre::Rule),
            ("甲省渔业闻名全国", Genre::Other),
        ];
        for (title, genre) in cases {
            assert_eq!(sections(title).genre, genre, "{title}");
        }
    }

    #[test]
    fn headings_of_a_report_look_back_or_ahead() {
        let mut report = sections("2026年甲省政府工作报告");
        let year = |section: Section| section.year.map(|year| year.to_string());
        assert_eq!(report.current().tense, Tense::Past);
        let cases = [
            ("一、2025年工作回顾", Tense::Past, Some("2025")),
            ("(一)渔业稳步发展。产值增长5%。", Tense::Past, Some("2025")),
            ("二、“十五五”时期主要目标", Tense::Plan, Some("2030")),
            ("三、2026年重点工作", Tense::Plan, Some("2026")),
            ("(二)加强渔港建设。新建渔港5座。", Tense::Plan, Some("2026")),
            ("过去一年,我们加强了自身建设。", Tense::Past, Some("2025")),
            ("今年是“十五五”开局之年。", Tense::Plan, Some("2026")),
        ];
        for (text, tense, wanted) in cases {
            report.enter(&block(text), text);
            assert_eq!(report.current().tense, tense, "{text}");
            assert_eq!(year(report.current()).as_deref(), wanted, "{text}");
        }
    }

    #[test]
    fn a_plan_looks_back_under_its_foundations_only() {
        let mut plan = sections("甲省渔业发展规划");
        for (text, tense) in [
            ("一、发展基础", Tense::Past),
            ("二、发展目标", Tense::Plan),
            ("三、保障", Tense::Plan),
        ] {
            plan.enter(&block(text), text);
            assert_eq!(plan.current().tense, tense, "{text}");
        }
    }
}
