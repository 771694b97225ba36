//! Targets: the figures of a text, each with what it counts, the day, and whether it is promised (到
//! 2027年，制修订国家标准400项以上), was reached (2025年增长5.5%), or must be kept (不得低于百分之三十五).
//!
//! [`targets`] lists those of one document in reading order. `figures` and `deadlines` read the
//! halves of a target, `section` what the parts of the text say about time, `object` what is
//! counted, `statement` brings them together; the words by which all are judged are in
//! `targets.toml`. Everything looks at a bounded
//! part of the text around a figure, so that a statement of many figures takes linear time.

mod deadlines;
mod figures;
mod indicators;
mod numerals;
mod object;
mod quoted;
#[cfg(test)]
mod read_by_hand;
mod section;
mod statement;
mod target;
mod words;

use std::ops::Range;

use deadlines::{Day, Role, Scope, days};
pub use figures::Bound;
use figures::{Figure, Lead, figures};
use indicators::indicators;
pub(super) use numerals::value as numeral;
use object::each_of;
use quoted::{cited_at, quoted, quoted_at};
use section::{Section, Sections, Tense};
use statement::{Around, FigureReading, Previous, Statement, direction};
pub use target::{Deadline, Direction, Target, TargetKind};
use words::{has_any, words};

use crate::document::{BlockKind, DocIndex, Document, Place};
use crate::text::fold::{Folded, fold};
use crate::text::{CharCounter, Span};
use crate::themes::{Mention, ThemeId, ThemeIndex};

/// Characters of a statement on either side of a figure that are shown with it.
const STATEMENT: u32 = 200;

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
            let table = document.table_of(number).filter(|table| table.block == number);
            if let Some(table) = table {
                let rows = indicators(document, at, table, sections.written);
                found.extend(rows.into_iter().map(|target| with_theme(target, mentions)));
            }
            continue;
        }
        let reading = TargetParser {
            document: at,
            block: number,
            folded: &folded,
            mentions,
            sections: &sections,
            is_item: is_item(&block.text),
        };
        // A list whose items begin with —— is governed by the deadline of the paragraph before it,
        // also where its last sentence is no longer about it.
        let mut deadline = carried.clone().filter(|_| reading.is_item);
        let mut named = None;
        for span in statements(folded.as_str()) {
            let read = reading.read(span, deadline, &mut found);
            named = read.named.or(named);
            deadline = read.governs;
        }
        let leads = !starts_with_number(&block.text);
        carried = match reading.is_item {
            true if is_bullet(&block.text) => carried.or(deadline),
            true => deadline.or(carried),
            false => deadline.or(named.filter(|_| leads)),
        };
    }
    found
}

/// `target` of a table row with the first theme that its row mentions.
fn with_theme(mut target: Target, mentions: &[Mention]) -> Target {
    let block = target.place.block;
    let first = mentions.partition_point(|mention| mention.block < block);
    let own = mentions.get(first).filter(|mention| mention.block == block);
    target.theme = own.map(|mention| mention.theme);
    target
}

/// True for an item that a dash or a dot opens, not a number.
fn is_bullet(text: &str) -> bool {
    is_item(text) && !starts_with_number(text)
}

fn starts_with_number(text: &str) -> bool {
    text.trim_start().starts_with(['(', '（'])
}

/// What a statement says about the deadline of what follows it.
struct StatementDeadline {
    /// The deadline that governs the next statement.
    governs: Option<Deadline>,
    /// The last one that it names for all that follows.
    named: Option<Deadline>,
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
struct TargetParser<'r> {
    document: DocIndex,
    block: u32,
    folded: &'r Folded,
    /// All mentions of themes in the document.
    mentions: &'r [Mention],
    sections: &'r Sections,
    /// True for an item of a list.
    is_item: bool,
}

impl TargetParser<'_> {
    fn place(&self, folded: Span) -> Place {
        Place { document: self.document, block: self.block, span: self.folded.shown(folded) }
    }

    /// Reads the statement at `bytes`, governed by `inherited` where it names no day.
    fn read(
        &self,
        bytes: Range<usize>,
        inherited: Option<Deadline>,
        found: &mut Vec<Target>,
    ) -> StatementDeadline {
        let text = self.folded.as_str().get(bytes.clone()).unwrap_or_default();
        if has_any(text, &words().penal) {
            return StatementDeadline { governs: inherited, named: None };
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
        let statement = Statement::new(text, &days, section, self.sections, inherited.is_some());
        let mut counter = CharCounter::new(text);
        let statement_end = offset + text.chars().count() as u32;
        let whole = self.place(Span::new(offset, statement_end));
        let mut previous: Option<Previous<'_>> = None;
        let mut last_day: Option<(&Day, Deadline)> = None;
        // Where in `found` the figures begin that 分别 deals out.
        let mut dealt: Option<usize> = None;
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
            if !read.joined {
                deal_out(found, dealt.take());
                dealt = read.clause.contains("分别").then_some(found.len());
            }
            let start = offset + counter.chars_before(figure.bytes.start);
            let chars = Span::new(start, offset + counter.chars_before(figure.bytes.end));
            // Most figures of a statement have the same day.
            let deadline = match (&last_day, read.day) {
                (Some((known, deadline)), Some(day)) if *known == day => {
                    Some(Deadline::clone(deadline))
                }
                _ => self.deadline_of(&read, &inherited, section, text, offset),
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
        deal_out(found, dealt);
        let governs = |day: &&Day| day.role == Role::By && day.scope == Scope::Statement;
        let last = days.iter().rfind(governs).map(|day| self.deadline(text, offset, day));
        let goes_on = section.goals || self.is_item || text.ends_with([':', ';']);
        StatementDeadline { governs: last.clone().or(inherited.filter(|_| goes_on)), named: last }
    }

    /// The day of a figure: its own, that of the list it is in, or the year of its part.
    fn deadline_of(
        &self,
        read: &FigureReading<'_>,
        inherited: &Option<Deadline>,
        section: Section,
        text: &str,
        offset: u32,
    ) -> Option<Deadline> {
        if let Some(day) = read.day {
            return Some(self.deadline(text, offset, day));
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

    fn deadline(&self, text: &str, offset: u32, day: &Day) -> Deadline {
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

/// Gives each target from the one at `start` on its own object of those that their common one
/// lists, where there are as many: 远洋、近海渔船分别增长3%、4%.
fn deal_out(found: &mut [Target], start: Option<usize>) {
    let Some(targets) = start.and_then(|start| found.get_mut(start..)) else { return };
    let Some(first) = targets.first() else { return };
    if let Some(objects) = each_of(&first.object, targets.len()) {
        targets.iter_mut().zip(objects).for_each(|(target, object)| target.object = object);
    }
}

/// True for a day that is the end of a figure: 缩短至18个月以内.
fn is_figure(day: &Day, figures: &[Figure]) -> bool {
    let at = figures.partition_point(|figure| figure.bytes.end <= day.bytes.start);
    figures.get(at).is_some_and(|figure| {
        let shared = figure.bytes.start < day.bytes.end;
        shared && matches!(figure.lead, Lead::Reach | Lead::Limit)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::PartialDate;
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
                ("3%", "远洋渔船产量", Some(Up)),
                ("4%", "近海渔船产量", Some(Up)),
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
                ("30%", "远洋渔船", Some(2030)),
                ("40%以上", "近海渔船", Some(2030)),
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
            "到2025年，实现渔业转型。渔业更加有效推动发展。",
            "——基础更加牢固。转化率达到85%以上。",
            "——渔港更多。2024年底前完成清查，渔港达到20个以上。",
            "其他事项另行规定，渔港建成10个以上。",
        ]);
        let years: Vec<_> = all.iter().map(|t| t.2).collect();
        assert_eq!(years, [Some(2025), Some(2025), None]);
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
