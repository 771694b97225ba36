//! Targets: what a text promises in figures, with the day by which, and of what: 到2027年，制修订国家
//! 标准400项以上. A figure is a target where the words before it set it as what is to be reached, or
//! where a deadline or a plan governs it, and where the sentence does not report what has been done,
//! set a fine, or name a condition.
//!
//! [`targets`] lists those of one document in reading order, each with its place and the theme
//! that stands nearest to it. `figures` and `deadlines` read the two halves of a target; the words
//! by which they are judged stand in `targets.toml`.

mod deadlines;
mod figures;
mod numerals;
mod words;

use std::ops::Range;

use deadlines::deadlines;
pub use figures::Bound;
use figures::{Figure, Lead, Measure, figures};
use words::{has_any, words};

use crate::document::{BlockKind, DocIndex, Document, Place};
use crate::text::fold::{Folded, fold};
use crate::text::sentences::sentences;
use crate::text::{CharCounter, Span, SpanCutter};
use crate::themes::{Mention, ThemeId, ThemeIndex};

/// The day by which a target is to be reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    /// As the text writes it, folded: 到2027年.
    pub text: String,
    /// Its year, where it names one.
    pub year: Option<u16>,
    /// Where it stands: in the sentence itself, or before the list to which the sentence belongs.
    pub place: Place,
}

/// A promised figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    /// The figure with its unit and the bound behind it.
    pub place: Place,
    /// The same as text, folded, with the bound before it: 400项以上, 不低于50%.
    pub figure: String,
    /// The figure as a number, in its unit: 3.5万亿元 is 3.5e12. Of a range the lower end.
    pub value: f64,
    /// The upper end of a range.
    pub upper: Option<f64>,
    /// The unit: 项, %, 元; 倍 for 翻一番, which is 2.
    pub unit: String,
    /// On which side of the figure the target is met.
    pub bound: Bound,
    /// What is counted or measured, folded; empty where the sentence does not say.
    pub object: String,
    /// The day by which.
    pub deadline: Option<Deadline>,
    /// The theme mentioned nearest to the figure in its sentence.
    pub theme: Option<ThemeId>,
}

/// The targets of one document, in reading order.
pub fn targets(document: &Document, at: DocIndex, index: &ThemeIndex) -> Vec<Target> {
    let mut found = Vec::new();
    let mut before: Option<Deadline> = None;
    let mentions = &index.look_in(document);
    let written = document.metadata.date().and_then(|date| u16::try_from(date.year()).ok());
    for (number, block) in (0u32..).zip(&document.blocks) {
        if matches!(block.kind, BlockKind::Heading | BlockKind::Signature | BlockKind::Note) {
            before = None;
            continue;
        }
        let folded = fold(&block.text);
        let reading = Reading { document: at, block: number, folded: &folded, mentions, written };
        // A list whose items begin with —— stands under the deadline of the sentence before it.
        let mut deadline = before.clone().filter(|_| is_item(&block.text));
        let mut cutter = SpanCutter::new(folded.as_str());
        for span in sentences(folded.as_str()) {
            deadline = reading.read((span, cutter.cut(span)), deadline, &mut found);
        }
        before = deadline.or(before.filter(|_| is_item(&block.text)));
    }
    found
}

fn is_item(text: &str) -> bool {
    text.trim_start().starts_with(['—', '－', '-', '(', '（', '●', '■', '·', '•'])
}

/// A block while it is read.
struct Reading<'r> {
    document: DocIndex,
    block: u32,
    folded: &'r Folded,
    /// All mentions of themes in the document.
    mentions: &'r [Mention],
    /// The year of the document.
    written: Option<u16>,
}

impl Reading<'_> {
    fn place(&self, folded: Span) -> Place {
        Place { document: self.document, block: self.block, span: self.folded.shown(folded) }
    }

    /// Reads the sentence `text`, which is `span` of the folded text and stands under the deadline
    /// `inherited`. Returns the deadline that governs what follows.
    fn read(
        &self,
        (span, text): (Span, &str),
        inherited: Option<Deadline>,
        found: &mut Vec<Target>,
    ) -> Option<Deadline> {
        let cited = cited(text);
        let is_cited =
            |bytes: &Range<usize>| cited.iter().any(|range| range.contains(&bytes.start));
        let mut figures = figures(text);
        figures.retain(|figure| !is_cited(&figure.bytes));
        let mut days = deadlines(text);
        // 缩短至18个月以内 is a figure, 18个月内完成 a day.
        days.retain(|day| !is_cited(&day.bytes) && !figures.iter().any(|f| f.is_reached_at(day)));
        if has_any(text, &words().report) || days.iter().any(|day| self.has_passed(day.year)) {
            return inherited.filter(|_| days.is_empty());
        }
        let sentence = Sentence { text, days: &days };
        let mut named = Named::default();
        for figure in figures {
            let day = sentence.day_of(&figure);
            let known = match day {
                Some(day) if day.year.is_some() => Some(Day::Own),
                Some(_) => Some(Day::Other),
                None => inherited.as_ref().map(|_| Day::Other),
            };
            if !sentence.is_target(&figure, known) {
                continue;
            }
            let object = sentence.object(&figure, &mut named);
            let chars = chars_of(text, figure.bytes.clone(), span.start);
            let deadline =
                day.map(|day| self.deadline((span, text), day)).or_else(|| inherited.clone());
            found.push(Target {
                place: self.place(chars),
                figure: sentence.wording(&figure),
                value: figure.value,
                upper: figure.upper,
                unit: figure.unit,
                bound: figure.bound,
                object,
                deadline,
                theme: self.nearest_theme(span, chars),
            });
        }
        days.last().map(|day| self.deadline((span, text), day)).or(inherited)
    }

    /// True for a year before the one in which the document was written.
    fn has_passed(&self, year: Option<u16>) -> bool {
        year.zip(self.written).is_some_and(|(year, written)| year < written)
    }

    fn deadline(&self, (sentence, text): (Span, &str), day: &deadlines::Deadline) -> Deadline {
        Deadline {
            text: text.get(day.bytes.clone()).unwrap_or_default().to_owned(),
            year: day.year,
            place: self.place(chars_of(text, day.bytes.clone(), sentence.start)),
        }
    }

    /// The theme mentioned nearest to `figure` inside the sentence; both are folded spans.
    fn nearest_theme(&self, sentence: Span, figure: Span) -> Option<ThemeId> {
        let (sentence, figure) = (self.folded.shown(sentence), self.folded.shown(figure));
        let mentions = self.mentions;
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

impl Figure {
    fn is_reached_at(&self, day: &deadlines::Deadline) -> bool {
        let shared = day.bytes.start < self.bytes.end && self.bytes.start < day.bytes.end;
        shared && matches!(self.lead, Lead::Reach | Lead::Limit)
    }
}

/// What stands in 《》, as bytes.
fn cited(text: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut from = None;
    for (at, c) in text.char_indices() {
        match c {
            '《' => from = from.or(Some(at)),
            '》' => ranges.extend(from.take().map(|start| start..at)),
            _ => {}
        }
    }
    ranges
}

/// The characters of `bytes` in a text that begins at character `offset`.
fn chars_of(text: &str, bytes: Range<usize>, offset: u32) -> Span {
    let mut counter = CharCounter::new(text);
    let start = counter.chars_before(bytes.start);
    Span::new(offset + start, offset + counter.chars_before(bytes.end))
}

/// A folded sentence with its deadlines.
struct Sentence<'s> {
    text: &'s str,
    days: &'s [deadlines::Deadline],
}

/// The day under which a figure stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Day {
    /// A year in its own sentence.
    Own,
    /// A span of time, or the day of a sentence before.
    Other,
}

/// What the figure before counted, for figures that follow it in one list: 达到50%、60%.
#[derive(Debug, Default)]
struct Named {
    object: String,
    end: usize,
}

const MARKS: [char; 8] = [',', ';', ':', '。', '(', ')', '|', '\t'];

impl Sentence<'_> {
    /// The last deadline before the figure, else the first behind it.
    fn day_of(&self, figure: &Figure) -> Option<&deadlines::Deadline> {
        let apart = |day: &&deadlines::Deadline| {
            day.bytes.end <= figure.bytes.start || day.bytes.start >= figure.bytes.end
        };
        let mut before = self.days.iter().filter(|day| day.bytes.end <= figure.bytes.start);
        before.next_back().or_else(|| self.days.iter().find(apart))
    }

    fn after(&self, figure: &Figure) -> &str {
        self.text.get(figure.bytes.end..).unwrap_or_default()
    }

    /// The figure with the bound before it.
    fn wording(&self, figure: &Figure) -> String {
        let led = matches!(figure.lead, Lead::Reach | Lead::Limit);
        let bound_before = led && figure.bound != Bound::Exact;
        let start = if bound_before && !figure.bounded {
            figure.lead_bytes.start
        } else {
            figure.bytes.start
        };
        self.text.get(start..figure.bytes.end).unwrap_or_default().to_owned()
    }

    fn is_target(&self, figure: &Figure, day: Option<Day>) -> bool {
        let after = self.after(figure);
        let clause = clause_behind(after);
        // 超过百分之三十的，应当……: a condition.
        let condition = clause.ends_with('的') || clause.ends_with("时") || clause.ends_with("者");
        // A day that the figure itself is part of: 18个月内.
        let within = self
            .days
            .iter()
            .any(|day| day.bytes.start < figure.bytes.end && figure.bytes.start < day.bytes.end);
        if condition || within {
            return false;
        }
        let planned = day.is_some() || has_any(self.text, &words().plan);
        let attribute = after.starts_with('的') && !planned;
        let rule = has_any(self.text, &words().rule);
        let building = has_any(self.text, &words().building);
        let dated = day == Some(Day::Own);
        match (figure.measure, figure.lead) {
            (Measure::Ratio, Lead::Reach | Lead::Limit) => !attribute,
            (Measure::Time, Lead::Reach) => !rule,
            (_, Lead::Limit) => planned && !rule,
            (Measure::Time, _) => false,
            (_, Lead::Reach) => planned || !rule && !attribute,
            (Measure::Ratio, Lead::None) => planned && !rule,
            (_, Lead::Change) => planned,
            (_, Lead::None) => {
                let plan = building && (planned || figure.bounded);
                !rule && !attribute && (dated || plan)
            }
        }
    }

    /// What the figure counts: what its clause says before it, without the verb; where it says
    /// nothing, what follows the figure; in a list of figures, what the first one counts.
    fn object(&self, figure: &Figure, named: &mut Named) -> String {
        let between = self.text.get(named.end..figure.lead_bytes.start).unwrap_or_default();
        let continues = named.end > 0
            && between.chars().all(|c| matches!(c, '、' | '和' | '及' | '与' | '以' | ' '));
        let object = match continues {
            true => named.object.clone(),
            false => self.own_object(figure, named.end),
        };
        // 到2025年渔港达到20个，到2030年达到50个: the second clause speaks of the same.
        let object = if object.is_empty() { named.object.clone() } else { object };
        *named = Named { object: object.clone(), end: figure.bytes.end };
        object
    }

    fn own_object(&self, figure: &Figure, behind: usize) -> String {
        let before = self.text.get(..figure.lead_bytes.start).unwrap_or_default();
        let mark = before.char_indices().rev().find(|(_, c)| MARKS.contains(c));
        let start = mark.map_or(0, |(at, c)| at + c.len_utf8()).max(behind.min(before.len()));
        // 渔港产值到2025年增长: what is counted may stand before the day or behind it.
        let inside = start..=before.len();
        let mut days = self.days.iter();
        let day = days.rfind(|d| inside.contains(&d.bytes.start) && inside.contains(&d.bytes.end));
        let behind_day = day.map_or(start, |day| day.bytes.end);
        let parts = [behind_day..before.len(), start..day.map_or(start, |day| day.bytes.start)];
        for part in parts {
            let named = trimmed(before.get(part).unwrap_or_default());
            // 人工智能等17个领域: what is counted follows.
            if named.chars().count() >= 2 && !is_verb(named) && !named.ends_with('等') {
                let skipped = named.chars().count().saturating_sub(OBJECT);
                return named.chars().skip(skipped).collect();
            }
        }
        let behind = clause_behind(self.after(figure));
        let behind = behind.split('、').next().unwrap_or_default().trim_start_matches('的');
        behind.chars().take(OBJECT).collect()
    }
}

/// Characters of an object, at most.
const OBJECT: usize = 36;

/// The rest of the clause.
fn clause_behind(after: &str) -> &str {
    after.split(MARKS).next().unwrap_or_default()
}

/// Adverbs and auxiliaries at the beginning of a clause, and verbs and relations at its end.
const LEADING: [&str; 12] =
    ["将", "要", "力争", "应当", "确保", "实现", "全面", "努力", "其中", "使", "到", "预期"];
const TRAILING: [&str; 12] =
    ["分别", "应当", "均", "都", "达", "为", "要", "累计", "一般", "最长", "最低", "原则上"];

/// A clause without the words that stand around the name of an object.
fn trimmed(clause: &str) -> &str {
    let mut named = clause.trim_matches(|c: char| !c.is_alphanumeric());
    if let Some((_, rest)) = named.split_once(char::is_whitespace).filter(|(l, _)| is_label(l)) {
        named = rest.trim_start();
    }
    while let Some(rest) = LEADING.iter().find_map(|word| named.strip_prefix(word)) {
        named = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
    }
    while let Some(rest) = TRAILING.iter().find_map(|word| named.strip_suffix(word)) {
        named = rest;
    }
    named.trim_matches(|c: char| !c.is_alphanumeric())
}

/// True for the number of an article: 第五十八条.
fn is_label(text: &str) -> bool {
    text.starts_with('第') && text.ends_with(['条', '章', '节'])
}

/// True for a clause that is nothing but a verb: 建成, 新增.
fn is_verb(clause: &str) -> bool {
    let table = words();
    [&table.building, &table.change, &table.plan]
        .iter()
        .any(|list| list.iter().any(|w| w == clause))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{document, index};

    fn found(paragraphs: &[&str]) -> Vec<(String, String, Option<u16>)> {
        let document = document("a", paragraphs);
        let year = |t: &Target| t.deadline.as_ref().and_then(|d| d.year);
        let all = targets(&document, DocIndex(0), &ThemeIndex::default());
        all.iter().map(|t| (t.figure.clone(), t.object.clone(), year(t))).collect()
    }

    #[test]
    fn figures_have_their_object_and_deadline() {
        let cases: [(&str, &str, &str, Option<u16>); 22] = [
            ("到2027年，將制修訂漁業標準300項以上。", "300项以上", "制修订渔业标准", Some(2027)),
            ("渔业标准转化率达到60%以上", "60%以上", "渔业标准转化率", None),
            ("成果转为渔业标准的比率达到60%以上", "60%以上", "成果转为渔业标准的比率", None),
            ("平均制定周期缩短至12个月以内", "12个月以内", "平均制定周期", None),
            ("建成一批基地，40个以上渔业创新基地", "40个以上", "渔业创新基地", None),
            ("2026年底前，建成渔港5座", "5座", "建成渔港", Some(2026)),
            ("2026年底前，建成5座渔港。", "5座", "渔港", Some(2026)),
            ("力争到2030年全县渔民不少于2万人", "不少于2万人", "全县渔民", Some(2030)),
            ("到二〇三〇年，渔港绿化率达到百分之五十", "百分之五十", "渔港绿化率", Some(2030)),
            ("三年内新增渔业企业一百家", "一百家", "新增渔业企业", None),
            ("到“十五五”末，渔业产值翻一番", "翻一番", "渔业产值", Some(2030)),
            ("渔业产值突破3.5万亿元", "突破3.5万亿元", "渔业产值", None),
            ("渔业产值年均增长8%左右", "8%左右", "渔业产值", None),
            ("到2025年，培育3至5个渔业集群", "3至5个", "渔业集群", Some(2025)),
            ("单位产值能耗到2025年下降13.5%", "13.5%", "单位产值能耗", Some(2025)),
            ("渔民满意度保持在90%以上", "90%以上", "渔民满意度", None),
            ("渔港绿地率不得低于百分之三十五。", "不得低于百分之三十五", "渔港绿地率", None),
            ("到2025年，渔业综合实力进入全国前10名", "前10名", "渔业综合实力进入全国", Some(2025)),
            ("到2027年，部署远洋捕捞等17个重点方向", "17个", "重点方向", Some(2027)),
            ("第八条 渔港绿地率不低于30%", "不低于30%", "渔港绿地率", None),
            ("捕捞总量控制在1000万吨以内", "1000万吨以内", "捕捞总量", None),
            ("在2025年前三季度之后，到2027年渔港达20个", "20个", "渔港", Some(2027)),
        ];
        for (text, figure, object, year) in cases {
            let all = found(&[text]);
            assert_eq!(all, [(figure.to_owned(), object.to_owned(), year)], "{text}");
        }
    }

    #[test]
    fn several_figures_have_each_their_own_day_and_object() {
        let all = found(&[
            "到2025年渔港达到20个，到2030年达到50个以上；远洋、近海渔船分别达到30%、40%以上。",
        ]);
        let short: Vec<_> = all.iter().map(|(f, o, y)| (f.as_str(), o.as_str(), *y)).collect();
        assert_eq!(
            short,
            [
                ("20个", "渔港", Some(2025)),
                ("50个以上", "渔港", Some(2030)),
                ("30%", "远洋、近海渔船", Some(2030)),
                ("40%以上", "远洋、近海渔船", Some(2030)),
            ]
        );
    }

    #[test]
    fn reports_fines_conditions_dates_and_citations_are_no_targets() {
        for text in [
            "截至2021年底，累计制定渔业标准115项以上。",
            "目前渔港达到20个以上。",
            "处500元以上2000元以下罚款。",
            "2022年6月10日，共有3项议程。",
            "第12条第3项以上内容",
            "依照《到2025年建成渔港50个行动计划》执行",
            "占地五百平方米以上的，应当报批。",
            "捕捞量超过百分之三十的，不予批准。",
            "应当在十五个工作日内作出决定。",
            "自收到申请之日起三十日内答复。",
            "十人以上联名可以提出。",
            "国发〔2021〕12号文件印发。",
            "第五十八条 委员会的任期一般不超过三年。",
            "控制区的范围为国道不少于二十米、省道不少于十五米。",
            "六个月内参与三次以上的，从重处理。",
            "记录保存期限不少于三年。",
            "到2025年，推进三个转变，抓好五项工作。",
            "“十四五”以来渔业同比增长8%。",
        ] {
            assert_eq!(found(&[text]), [], "{text}");
        }
    }

    #[test]
    fn a_day_that_had_passed_when_the_text_was_written_is_a_report() {
        let mut document = document("a", &["到2020年，渔港达到20个以上。到2030年，达到50个以上。"]);
        document.metadata.signed = "2024-05-01".parse().ok();
        let all = targets(&document, DocIndex(0), &ThemeIndex::default());
        assert_eq!(all.iter().map(|t| t.figure.as_str()).collect::<Vec<_>>(), ["50个以上"]);
    }

    #[test]
    fn a_list_stands_under_the_deadline_before_it() {
        let all = found(&[
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
        assert_eq!(all[0].theme, Some(ThemeId(1)));
        assert_eq!(all[0].place.span.of(&documents[0].blocks[0].text), "３００项以上");
    }
}
