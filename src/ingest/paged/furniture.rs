//! What is printed on every page and belongs to none: headers and footers, which say the same but
//! for digits on many pages, and page numbers.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use regex::Regex;

use super::{GlyphRow, usual};

/// Share of a page's height, at its top and bottom, in which furniture is looked for.
const EDGE: f32 = 0.125;
/// Share of pages that say the same, and how many at least.
const SHARE: f32 = 0.4;
const LEAST: usize = 3;

/// The rows that are furniture, by their index.
pub(super) fn find(rows: &[GlyphRow], heights: &[f32]) -> HashSet<usize> {
    let largest = rows.iter().filter(|row| row.page == 0).map(|row| row.size).fold(0.0, f32::max);
    let usual = usual(rows.iter().map(|row| (row.size, row.characters())), 0.5).unwrap_or(0.0);
    let is_title =
        |row: &GlyphRow| row.page == 0 && row.size >= largest * 0.99 && row.size > usual * 1.05;
    let at_edge = |row: &GlyphRow| {
        let height = heights.get(row.page as usize).copied().unwrap_or(0.0);
        row.table.is_none() && (row.y < height * EDGE || row.y - row.size > height * (1.0 - EDGE))
    };
    let edge: Vec<usize> = (0..rows.len())
        .filter(|at| rows.get(*at).is_some_and(|row| at_edge(row) && !is_title(row)))
        .collect();
    let mut pages: HashMap<String, HashSet<u32>> = HashMap::new();
    for row in edge.iter().filter_map(|at| rows.get(*at)) {
        pages.entry(without_digits(&row.text())).or_default().insert(row.page);
    }
    let enough = ((heights.len() as f32 * SHARE).ceil() as usize).max(LEAST);
    let repeats = |text: &str| pages.get(text).is_some_and(|pages| pages.len() >= enough);
    let numbers = numbers(rows, &edge);
    let is_furniture = |at: &usize| {
        rows.get(*at)
            .is_some_and(|row| numbers.contains(at) || repeats(&without_digits(&row.text())))
    };
    edge.into_iter().filter(is_furniture).collect()
}

/// A line without what differs from page to page.
fn without_digits(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| if c.is_numeric() { '0' } else { c })
        .collect()
}

static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "built-in pattern")]
    Regex::new(
        r"^(?:[-—–－·•\s]*(\d{1,4})[-—–－·•\s]*|第\s*(\d{1,4})\s*页.{0,12}|(\d{1,4})\s*[/／]\s*\d{1,4})$",
    )
    .expect("the pattern of page numbers compiles")
});

/// Page numbers: dressed ones wherever a page has them first or last; bare ones where they count the
/// pages.
fn numbers(rows: &[GlyphRow], edge: &[usize]) -> HashSet<usize> {
    let ends = |at: usize| {
        let page = |at: usize| rows.get(at).map(|row| row.page);
        at == 0 || page(at) != page(at - 1) || page(at) != page(at + 1)
    };
    let mut found = HashSet::new();
    let mut bare: HashMap<i64, Vec<usize>> = HashMap::new();
    for at in edge.iter().copied().filter(|at| ends(*at)) {
        let Some(row) = rows.get(at) else { continue };
        let text = row.text();
        let Some(number) = NUMBER.captures(&text) else { continue };
        let digits = (1..4).find_map(|group| number.get(group)).map(|digits| digits.as_str());
        if digits.is_some_and(|digits| digits.len() < text.trim().len()) {
            found.insert(at);
        } else if let Some(number) = digits.and_then(|digits| digits.parse::<i64>().ok()) {
            bare.entry(number - i64::from(row.page)).or_default().push(at);
        }
    }
    // A page that is numbered alone is numbered 1.
    let counts = bare.into_iter().filter(|(first, all)| all.len() > 1 || *first == 1);
    found.extend(counts.flat_map(|(_, all)| all));
    found
}

#[cfg(test)]
mod tests {
    use super::super::GlyphCell;
    use super::*;

    fn row(page: u32, y: f32, text: &str, size: f32) -> GlyphRow {
        let cell = GlyphCell { text: text.to_owned(), left: 0.0, right: 100.0 };
        GlyphRow { cells: vec![cell], y, size, page, column: 0, table: None }
    }

    #[test]
    fn repeated_lines_and_page_numbers_are_furniture_and_the_title_is_not() {
        let mut rows = Vec::new();
        for page in 0..5u32 {
            rows.push(row(page, 50.0, &format!("某市条例 第{page}版"), 16.0));
            rows.push(row(page, 400.0, "正文", 16.0));
            rows.push(row(page, 780.0, &format!("— {} —", page + 1), 12.0));
        }
        rows[0].size = 22.0;
        let found = find(&rows, &[800.0; 5]);
        let mut kept: Vec<usize> = (0..rows.len()).filter(|at| !found.contains(at)).collect();
        kept.sort_unstable();
        assert_eq!(kept, [0, 1, 4, 7, 10, 13]);
    }

    #[test]
    fn a_year_alone_at_the_end_is_no_page_number() {
        let rows = [row(0, 400.0, "正文", 16.0), row(0, 780.0, "2024", 16.0)];
        assert!(find(&rows, &[800.0]).is_empty());
        let rows = [row(0, 400.0, "正文", 16.0), row(0, 780.0, "1", 16.0)];
        assert_eq!(find(&rows, &[800.0]).len(), 1);
    }
}
