//! Targets: what a text promises in figures, with the day by which, and of what: 到2027年，制修订国家
//! 标准400项以上. A figure is a target where a bound (以上, 不低于) or a deadline says so, and where
//! the sentence does not report what has been done or set a fine.
//!
//! [`targets`] lists those of one document in reading order, each with its place and the theme
//! that stands nearest to it.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::sentences::sentences;
use super::{ThemeId, ThemeIndex};
use crate::document::{BlockKind, DocIndex, Document, Place};
use crate::text::fold::{Folded, fold};
use crate::text::{CharCounter, Span};

/// The day by which a target is to be reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    /// As the text writes it, simplified: 到2027年.
    pub text: String,
    /// Its year, where it names one.
    pub year: Option<u16>,
    /// Where it stands: in the sentence itself, or before the list to which the sentence belongs.
    pub place: Place,
}

/// A promised figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The figure with its unit and bound.
    pub place: Place,
    /// The same as text, simplified: 400项以上.
    pub figure: String,
    /// What is counted or measured, simplified; empty where the sentence does not say.
    pub object: String,
    /// The day by which.
    pub deadline: Option<Deadline>,
    /// The theme mentioned nearest to the figure in its sentence.
    pub theme: Option<ThemeId>,
}

// The patterns are of folded text: simplified, half-width, lower case.
macro_rules! pattern {
    ($name:ident, $pattern:literal) => {
        /// `None` only if the pattern above were wrong, which a test rules out.
        static $name: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new($pattern).ok());
    };
}

pattern!(
    FIGURE,
    r"(?P<low>不低于|不少于|不超过|不高于|超过|突破|达到|达|控制在|提高到|提升到|缩短至|缩短到|降至|降到|增加到|增至|力争|至少)?(?P<figure>\d[\d,]*(?:\.\d+)?\s?(?:万|亿|千|百)?(?:%|‰|个百分点|个工作日|个月|平方公里|公里|立方米|吨标准煤|吨|千瓦|兆瓦|万元|亿元|元|万人|人次|人|项|个|家|条|件|户|所|座|种|类|批|套|台|辆|名|倍|亩|公顷|天|小时|分钟|次)(?:以上|以内|以下|左右)?)"
);
pattern!(
    DEADLINE,
    r"(?:力争)?(?:到|至|在)?(?P<year>20\d\d)年(?:\d{1,2}月)?(?:底|末)?(?:前|之前|以前)|(?:力争)?到(?P<by>20\d\d)年(?:底|末)?|到?“?十[四五六]五”?(?:期)?末"
);
pattern!(REPORTED, r"截至|已经|累计|目前|罚款|处以|拘役|有期徒刑|同比|罚金");
pattern!(
    VERBS,
    r"(?:的?比率|的?比例)?(?:应当|应|要|将)?(?:不低于|不少于|不超过|超过|突破|达到|达|控制在|提高到|提高至|提升到|提升至|缩短至|缩短到|降至|降到|增加到|增至|增加|增长|为|至|到|约|近)?$"
);

/// The targets of one document, in reading order.
pub fn targets(document: &Document, at: DocIndex, index: &ThemeIndex) -> Vec<Target> {
    let mut found = Vec::new();
    let mut heading_deadline: Option<Deadline> = None;
    for (number, block) in (0u32..).zip(&document.blocks) {
        if block.kind == BlockKind::Heading {
            heading_deadline = None;
        }
        let folded = fold(&block.text);
        let reading = Reading { document: at, block: number, folded: &folded, index };
        // A list whose items begin with —— stands under the deadline of the sentence before it.
        let mut deadline = heading_deadline.clone().filter(|_| is_item(&block.text));
        for span in sentences(folded.as_str()) {
            deadline = reading.deadline(span).or(deadline);
            reading.push_targets(span, deadline.as_ref(), &mut found);
        }
        heading_deadline = deadline.or(heading_deadline.filter(|_| is_item(&block.text)));
    }
    found
}

fn is_item(text: &str) -> bool {
    text.trim_start().starts_with(['—', '－', '-', '(', '（'])
}

/// A block while it is read.
struct Reading<'r> {
    document: DocIndex,
    block: u32,
    folded: &'r Folded,
    index: &'r ThemeIndex,
}

impl Reading<'_> {
    fn place(&self, folded: Span) -> Place {
        Place { document: self.document, block: self.block, span: self.folded.shown(folded) }
    }

    /// The last deadline of the sentence `span` of the folded text.
    fn deadline(&self, span: Span) -> Option<Deadline> {
        let sentence = span.of(self.folded.as_str());
        let captures = DEADLINE.as_ref()?.captures_iter(sentence).last()?;
        let whole = captures.get(0)?;
        let year = captures.name("year").or(captures.name("by"));
        Some(Deadline {
            text: whole.as_str().to_owned(),
            year: year.and_then(|year| year.as_str().parse().ok()),
            place: self.place(chars_of(sentence, whole.range(), span.start)),
        })
    }

    fn push_targets(&self, span: Span, deadline: Option<&Deadline>, found: &mut Vec<Target>) {
        let sentence = span.of(self.folded.as_str());
        let (Some(figures), Some(reported)) = (FIGURE.as_ref(), REPORTED.as_ref()) else { return };
        if reported.is_match(sentence) {
            return;
        }
        for captures in figures.captures_iter(sentence) {
            let Some(figure) = captures.name("figure") else { continue };
            let bounded = captures.name("low").is_some() || has_bound(figure.as_str());
            if !bounded && deadline.is_none() || is_date(sentence, figure.range()) {
                continue;
            }
            let chars = chars_of(sentence, figure.range(), span.start);
            found.push(Target {
                place: self.place(chars),
                figure: figure.as_str().to_owned(),
                object: object(sentence, figure.range()),
                deadline: deadline.cloned(),
                theme: self.nearest_theme(span, chars),
            });
        }
    }

    /// The theme mentioned nearest to `figure` inside the sentence; both are folded spans.
    fn nearest_theme(&self, sentence: Span, figure: Span) -> Option<ThemeId> {
        let (sentence, figure) = (self.folded.shown(sentence), self.folded.shown(figure));
        let mentions = self.index.mentions_in(self.document);
        let start =
            mentions.partition_point(|m| (m.block, m.span.start) < (self.block, sentence.start));
        let inside = mentions.get(start..).unwrap_or_default().iter();
        let inside = inside.take_while(|m| m.block == self.block && m.span.end <= sentence.end);
        let distance = |span: Span| {
            span.start.saturating_sub(figure.end).max(figure.start.saturating_sub(span.end))
        };
        inside.min_by_key(|m| distance(m.span)).map(|m| m.theme)
    }
}

fn has_bound(figure: &str) -> bool {
    ["以上", "以内", "以下", "左右"].iter().any(|bound| figure.ends_with(bound))
}

/// True for the number of a year or a month, and of an article.
fn is_date(sentence: &str, figure: Range<usize>) -> bool {
    let before = sentence.get(..figure.start).unwrap_or_default();
    before.ends_with(['第', '年', '月', '-', '/'])
}

/// The characters of `bytes` in a text that begins at character `offset`.
fn chars_of(text: &str, bytes: Range<usize>, offset: u32) -> Span {
    let mut counter = CharCounter::new(text);
    let start = counter.chars_before(bytes.start);
    Span::new(offset + start, offset + counter.chars_before(bytes.end))
}

/// Characters of an object, at most.
const OBJECT: usize = 24;

/// What the figure counts: what its clause says before it, without the verb; where it says nothing,
/// what follows the figure.
fn object(sentence: &str, figure: Range<usize>) -> String {
    const MARKS: [char; 6] = [',', ';', ':', '。', '(', ')'];
    let before = sentence.get(..figure.start).unwrap_or_default();
    let clause = before.rsplit(MARKS).next().unwrap_or_default();
    let clause = DEADLINE.as_ref().map_or(clause, |deadline| {
        deadline
            .find_iter(clause)
            .last()
            .map_or(clause, |d| clause.get(d.end()..).unwrap_or(clause))
    });
    let verb =
        VERBS.as_ref().and_then(|verbs| verbs.find(clause)).map_or(clause.len(), |v| v.start());
    let object = clause.get(..verb).unwrap_or(clause).trim_matches(|c: char| !c.is_alphanumeric());
    if object.chars().count() >= 2 {
        let skipped = object.chars().count().saturating_sub(OBJECT);
        return object.chars().skip(skipped).collect();
    }
    let after = sentence.get(figure.end..).unwrap_or_default();
    after.split(MARKS).next().unwrap_or_default().chars().take(OBJECT).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::links::written::{document, index};

    fn found(paragraphs: &[&str]) -> Vec<(String, String, Option<u16>)> {
        let document = document("a", paragraphs);
        let year = |t: &Target| t.deadline.as_ref().and_then(|d| d.year);
        let all = targets(&document, DocIndex(0), &ThemeIndex::default());
        all.iter().map(|t| (t.figure.clone(), t.object.clone(), year(t))).collect()
    }

    #[test]
    fn the_patterns_are_right() {
        for pattern in [&FIGURE, &DEADLINE, &REPORTED, &VERBS] {
            assert!(pattern.is_some());
        }
    }

    #[test]
    fn figures_have_their_object_and_deadline() {
        let cases: [(&str, &str, &str, Option<u16>); 6] = [
            ("到2027年，將制修訂漁業標準300項以上。", "300项以上", "将制修订渔业标准", Some(2027)),
            ("渔业标准转化率达到60%以上", "60%以上", "渔业标准转化率", None),
            ("平均制定周期缩短至12个月以内", "12个月以内", "平均制定周期", None),
            ("建成一批基地，40个以上渔业创新基地", "40个以上", "渔业创新基地", None),
            ("2026年底前，建成渔港5座", "5座", "建成渔港", Some(2026)),
            ("力争到2030年全县渔民不少于2万人", "2万人", "全县渔民", Some(2030)),
        ];
        for (text, figure, object, year) in cases {
            let all = found(&[text]);
            assert_eq!(all, [(figure.to_owned(), object.to_owned(), year)], "{text}");
        }
    }

    #[test]
    fn a_report_a_fine_and_a_date_are_no_targets() {
        for text in [
            "截至2021年底，累计制定渔业标准115项以上。",
            "处500元以上2000元以下罚款。",
            "2022年6月10日，共有3项议程。",
            "第12条第3项以上内容",
        ] {
            assert_eq!(found(&[text]), [], "{text}");
        }
    }

    #[test]
    fn a_list_stands_under_the_deadline_before_it() {
        let all = found(&[
            "到2025年，实现渔业转型。",
            "——基础更加牢固。转化率达到85%以上。",
            "其他事项另行规定，数量在10个以上。",
        ]);
        let years: Vec<_> = all.iter().map(|t| t.2).collect();
        assert_eq!(years, [Some(2025), None]);
    }

    #[test]
    fn a_target_knows_its_place_and_the_nearest_theme() {
        let documents = [document("a", &["开头。林业之外，到2027年渔业标准３００项以上。"])];
        let index = index(&documents, &["林业", "渔业"]);
        let all = targets(&documents[0], DocIndex(0), &index);
        assert_eq!(all[0].theme, Some(ThemeId(1)));
        assert_eq!(all[0].place.span.of(&documents[0].blocks[0].text), "３００项以上");
    }
}
