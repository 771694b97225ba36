//! Indicator tables of plans: a row an indicator, a column a year (指标 │ 2020年 │ 2025年 │ 属性). The
//! columns of the years to come hold what is promised, those before what it was.

use std::sync::LazyLock;

use regex::Regex;

use super::figures::Bound;
use super::numerals::value;
use super::target::{Deadline, Direction, Target, TargetKind};
use crate::document::{DocIndex, Document, PartialDate, Place, Table};
use crate::text::Span;
use crate::text::fold::fold_key;
use crate::text::is_han;

/// Characters of a cell that may hold a figure.
const LONGEST_CELL: usize = 24;
/// Rows that may head a table which does not say how many do.
const HEADING_ROWS: usize = 2;

#[expect(clippy::expect_used, reason = "built-in pattern")]
static YEAR: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?P<year>20\d\d)年?|十(?P<plan>[一二三四五六七])五").expect("years of columns")
});

#[expect(clippy::expect_used, reason = "built-in pattern")]
static CELL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?P<open>[\[【(])?(?P<before>≥|≧|>=?|≤|≦|<=?|不低于|不少于|不小于|大于|高于|不超过|不高于|不大于|小于|低于|约|达到|年均)?",
        r"(?P<low>\d[\d,]*(?:\.\d+)?)(?:\s*[-—–~～至到]+\s*(?P<high>\d[\d,]*(?:\.\d+)?))?\s?",
        r"(?P<scale>[万亿]*)(?P<unit>[^\d\[\]()【】以左\s]{0,10}?)(?P<after>以上|及以上|以下|以内|左右)?[\])】]?$"
    ))
    .expect("figures of cells")
});

#[expect(clippy::expect_used, reason = "built-in pattern")]
static UNIT: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[(,]\s*(?P<unit>[^(),]{1,12})\)$").expect("unit of a name"));

/// What the columns of an indicator table hold.
struct Columns {
    name: usize,
    unit: Option<usize>,
    /// Columns of years to come, with the year.
    promised: Vec<(usize, i16)>,
    /// The column of the last year before them.
    base: Option<usize>,
    /// The column of a yearly growth.
    growth: Option<usize>,
}

/// The promises of `table` in a document written in the year `written`; none where it is no table of
/// indicators. Their themes are left open.
pub(super) fn indicators(
    document: &Document,
    at: DocIndex,
    table: Table,
    written: Option<i16>,
) -> Vec<Target> {
    let heading_rows = heading_rows(document, table);
    let headings = document.headings_of(Table { heading_rows: heading_rows as u32, ..table });
    let headings: Vec<String> = headings.iter().map(|heading| fold_key(heading)).collect();
    let Some(columns) = columns(&headings, written) else { return Vec::new() };
    let rows = table.blocks().skip(heading_rows);
    rows.flat_map(|block| row(document, at, block, &columns)).collect()
}

/// How many rows head the table: those that the source names, else those before the first figure.
fn heading_rows(document: &Document, table: Table) -> usize {
    if table.heading_rows > 0 {
        return table.heading_rows as usize;
    }
    let heads = |block: &u32| {
        document.blocks.get(*block as usize).is_some_and(|block| {
            !block.cells().any(|cell| {
                let cell = fold_key(cell);
                figure(&cell).is_some() && !YEAR.is_match(&cell)
            })
        })
    };
    table.blocks().take_while(heads).take(HEADING_ROWS).count()
}

fn columns(headings: &[String], written: Option<i16>) -> Option<Columns> {
    let position = |words: &[&str]| {
        headings.iter().position(|heading| words.iter().any(|word| heading.contains(word)))
    };
    let years: Vec<(usize, i16, bool)> = headings
        .iter()
        .enumerate()
        .filter_map(|(column, heading)| {
            let found = YEAR.captures_iter(heading).last()?;
            let year = match (found.name("year"), found.name("plan")) {
                (Some(year), _) => year.as_str().parse().ok()?,
                (_, Some(plan)) => 2005 + 5 * value(plan.as_str())? as i16,
                _ => return None,
            };
            (!is_growth(heading)).then_some((column, year, heading.contains("目标")))
        })
        .collect();
    let last = years.iter().map(|(_, year, _)| *year).max()?;
    let is_promised = |year: i16, goal: bool| match written {
        Some(written) => {
            goal || year > written || year == written && year == last && years.len() > 1
        }
        None => goal || year == last && years.len() > 1,
    };
    let promised: Vec<(usize, i16)> = years
        .iter()
        .filter(|(_, year, goal)| is_promised(*year, *goal))
        .map(|(column, year, _)| (*column, *year))
        .collect();
    let first = promised.first()?.0;
    let base = years.iter().filter(|(_, year, goal)| !is_promised(*year, *goal));
    let base = base.max_by_key(|(_, year, _)| *year).map(|(column, ..)| *column);
    let before = first.min(base.unwrap_or(first));
    let named = headings.get(..before)?.iter().rposition(|heading| {
        ["指标", "名称", "内容", "项目"].iter().any(|word| heading.contains(word))
    });
    let is_listed = position(&["指标", "属性", "预期性", "约束性"]).is_some();
    let unit = headings.iter().position(|heading| heading == "单位" || heading == "计量单位");
    Some(Columns {
        name: named?,
        unit,
        promised,
        base,
        growth: headings.iter().position(|heading| is_growth(heading)),
    })
    .filter(|_| is_listed)
}

fn is_growth(heading: &str) -> bool {
    ["年均", "增速", "累计"].iter().any(|word| heading.contains(word))
}

/// A figure of a cell.
#[derive(Debug, PartialEq)]
struct CellFigure {
    low: f64,
    high: Option<f64>,
    unit: String,
    bound: Option<Bound>,
    /// In brackets: a sum over all years.
    is_sum: bool,
}

/// The figure that a folded `cell` is.
fn figure(cell: &str) -> Option<CellFigure> {
    if cell.chars().count() > LONGEST_CELL {
        return None;
    }
    let found = CELL.captures(cell.trim())?;
    let group = |name: &str| found.name(name).map_or("", |group| group.as_str());
    let scale = match group("scale") {
        "" => 1.0,
        scale => value(&format!("1{scale}"))?,
    };
    let bound = match (group("before"), group("after")) {
        (_, "以上" | "及以上") | ("≥" | "≧" | ">" | ">=" | "大于" | "高于", _) => {
            Some(Bound::AtLeast)
        }
        (_, "以下" | "以内") | ("≤" | "≦" | "<" | "<=" | "小于" | "低于", _) => {
            Some(Bound::AtMost)
        }
        ("不低于" | "不少于" | "不小于", _) => Some(Bound::AtLeast),
        ("不超过" | "不高于" | "不大于", _) => Some(Bound::AtMost),
        ("约", _) | (_, "左右") => Some(Bound::About),
        _ => None,
    };
    let low = value(group("low"))? * scale;
    let high = value(group("high")).map(|high| high * scale).filter(|high| low < *high);
    let unit = group("unit").to_owned();
    Some(CellFigure { low, high, unit, bound, is_sum: !group("open").is_empty() })
}

fn row(document: &Document, at: DocIndex, number: u32, columns: &Columns) -> Vec<Target> {
    let Some(block) = document.blocks.get(number as usize) else { return Vec::new() };
    let cells: Vec<String> = block.cells().map(fold_key).collect();
    let spans = block.cell_spans();
    let cell = |column: usize| cells.get(column).map_or("", String::as_str);
    let (object, own_unit) = name(cell(columns.name));
    if !object.chars().any(is_han) {
        return Vec::new();
    }
    let unit_cell = columns.unit.map(cell).unwrap_or_default();
    let unit = if unit_cell.is_empty() { own_unit } else { unit_cell.to_owned() };
    let base = columns.base.and_then(|column| figure(cell(column))).filter(|base| !base.is_sum);
    let place = |span| Place { document: at, block: number, span };
    let whole = Span::new(0, block.text.chars().count() as u32);
    let target = |column: usize, year: i16, growth: bool| {
        let found = figure(cell(column)).filter(|found| !(growth && found.is_sum))?;
        let named = if growth { "%".to_owned() } else { unit.clone() };
        let (scale, unit) = scaled(if found.unit.is_empty() { &named } else { &found.unit });
        let from = base.as_ref().filter(|_| !growth && !found.is_sum).map(|base| base.low * scale);
        let low = found.low * scale;
        let direction = match from {
            _ if growth => Direction::Up,
            Some(from) if low > from => Direction::Up,
            Some(from) if low < from => Direction::Down,
            _ => Direction::Reach,
        };
        let date = PartialDate::of_year(year);
        let written = cell(column).trim();
        let figure = if found.unit.is_empty() && !found.is_sum {
            // 2.5左右 of a column in % is 2.5%左右.
            let end = written.find(['以', '左', '及']).unwrap_or(written.len());
            let (number, after) = written.split_at(end);
            format!("{number}{named}{after}")
        } else {
            written.to_owned()
        };
        Some(Target {
            place: place(*spans.get(column)?),
            statement: place(whole),
            kind: TargetKind::Promise,
            figure,
            value: low,
            upper: found.high.map(|high| high * scale),
            from,
            unit: unit.to_owned(),
            bound: found.bound,
            direction: Some(direction),
            object: object.clone(),
            deadline: Some(Deadline { text: format!("{year}年"), date, place: None }),
            theme: None,
        })
    };
    let mut found: Vec<Target> = Vec::new();
    for (column, year) in &columns.promised {
        found.extend(target(*column, *year, false));
    }
    if let (true, Some(column), Some((_, year))) =
        (found.is_empty(), columns.growth, columns.promised.last())
    {
        found.extend(target(column, *year, true));
    }
    found
}

/// The name of an indicator without its number, and the unit in brackets after it.
fn name(cell: &str) -> (String, String) {
    let unit = UNIT.captures(cell).and_then(|found| found.name("unit"));
    let unit = unit.map(|unit| unit.as_str().trim().to_owned()).unwrap_or_default();
    let name = cell.split('(').next().unwrap_or_default();
    let name = name.trim_start_matches(|c: char| {
        c.is_ascii_digit() || matches!(c, '.' | '、' | ' ' | '#' | '*' | '①'..='⑳')
    });
    (name.trim().trim_end_matches(['*', '#', ':']).to_owned(), unit)
}

/// How many of the unit one of `unit` is, and the unit: 万亿元 is 1e12 元.
fn scaled(unit: &str) -> (f64, &str) {
    let plain = unit.trim_start_matches(['万', '亿']);
    let scale = unit.strip_suffix(plain).unwrap_or_default();
    match value(&format!("1{scale}")) {
        Some(factor) if !scale.is_empty() && !plain.is_empty() => (factor, plain),
        _ => (1.0, unit),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Block, BlockKind};
    use crate::samples::document;

    fn found(written: Option<i16>, rows: &[&str]) -> Vec<Target> {
        let mut document = document("a", &[]);
        let row = |text: &&str| {
            let text = (*text).to_owned();
            Block { kind: BlockKind::TableRow, level: 0, text }
        };
        document.blocks = rows.iter().map(row).collect();
        let table = Table { block: 0, rows: rows.len() as u32, heading_rows: 0 };
        indicators(&document, DocIndex(0), table, written)
    }

    #[test]
    fn columns_of_years_to_come_are_promises() {
        let all = found(
            Some(2021),
            &[
                "序号 │ 指标 │ 2020年 │ 2025年 │ 年均增速[累计] │ 属性",
                "一 │ 渔业发展 │ 渔业发展 │ 渔业发展 │ 渔业发展 │ 渔业发展",
                "1 │ 渔业产值（万亿元） │ 1.2 │ 1.5 │ [0.3] │ 预期性",
                "2 │ 渔港绿化率（%） │ 40 │ ≥45 │ — │ 约束性",
                "3 │ 单位产值能耗降低（%） │ — │ — │ 2.5左右 │ 约束性",
                "4 │ 渔民平均受教育年限（年） │ 11 │ 11.5以上 │ — │ 预期性",
                "5 │ 完成情况 │ — │ 按国家下达任务 │ — │ 约束性",
            ],
        );
        let short: Vec<_> = all
            .iter()
            .map(|t| {
                (t.object.as_str(), t.figure.as_str(), t.value, t.from, t.unit.as_str(), t.bound)
            })
            .collect();
        let (least, about) = (Some(Bound::AtLeast), Some(Bound::About));
        assert_eq!(
            short,
            [
                ("渔业产值", "1.5万亿元", 1.5e12, Some(1.2e12), "元", None),
                ("渔港绿化率", "≥45%", 45.0, Some(40.0), "%", least),
                ("单位产值能耗降低", "2.5%左右", 2.5, None, "%", about),
                ("渔民平均受教育年限", "11.5年以上", 11.5, Some(11.0), "年", least),
            ]
        );
        assert!(all.iter().all(|t| t.deadline.as_ref().and_then(Deadline::year) == Some(2025)));
        assert_eq!(all[1].place.span, Span::new(20, 23));
    }

    #[test]
    fn unit_column_and_a_goal_without_a_base_are_read() {
        let all = found(
            None,
            &[
                "指标名称 │ 单位 │ 2025年目标值 │ 指标属性",
                "渔港 │ 个 │ 3-5 │ 预期性",
                "渔民 │ 万人 │ 2 │ 预期性",
            ],
        );
        let short: Vec<_> =
            all.iter().map(|t| (t.object.as_str(), t.value, t.upper, t.unit.as_str())).collect();
        assert_eq!(short, [("渔港", 3.0, Some(5.0), "个"), ("渔民", 2e4, None, "人")]);
    }

    #[test]
    fn other_tables_hold_no_promises() {
        for rows in [
            &["县 │ 2020年 │ 2021年", "甲 │ 1 │ 2"][..],
            &["指标 │ 2019年 │ 2020年", "渔港 │ 1 │ 2"],
            &["指标 │ 说明", "渔港 │ 12"],
            &["", "│"],
        ] {
            assert_eq!(found(Some(2021), rows), [], "{rows:?}");
        }
    }
}
