//! Lines that sites print around an article, told by how they read. The table is
//! `boilerplate.tsv`; each line that goes keeps its reason.

use std::sync::LazyLock;

use regex::{RegexSet, RegexSetBuilder};

use super::page::Page;
use crate::document::RemovalReason;

/// Characters of a line that a `short` pattern may take.
const SHORT: usize = 60;

/// Takes such lines out of `page`.
pub(super) fn remove(page: &mut Page) {
    for piece in page.kept_mut() {
        if let Some(reason) = reason_of(&piece.text) {
            piece.remove(reason);
        }
    }
}

/// Why `line` is no part of an article; `None` for what may be one.
pub(super) fn reason_of(line: &str) -> Option<RemovalReason> {
    let table = TABLE.as_ref()?;
    let is_short = line.chars().nth(SHORT).is_none();
    let short = is_short.then(|| table.short.reason_of(line)).flatten();
    short.or_else(|| table.anchored.reason_of(line))
}

struct Table {
    /// Patterns that begin with the line; they cost nothing on other lines.
    anchored: Patterns,
    /// Patterns that are sought in it.
    short: Patterns,
}

struct Patterns {
    set: RegexSet,
    reasons: Vec<RemovalReason>,
}

impl Patterns {
    fn reason_of(&self, line: &str) -> Option<RemovalReason> {
        let first = self.set.matches(line).iter().next()?;
        self.reasons.get(first).copied()
    }
}

static TABLE: LazyLock<Option<Table>> = LazyLock::new(|| {
    let rows = || rows(include_str!("boilerplate.tsv"));
    let anchored = rows().filter_map(|row| {
        let pattern = match row.scope {
            "whole" => format!("^(?:{})$", row.pattern),
            "start" => format!("^(?:{})", row.pattern),
            _ => return None,
        };
        Some((row.reason, pattern))
    });
    let short = rows().filter(|row| row.scope == "short");
    let short = short.map(|row| (row.reason, row.pattern.to_owned()));
    Some(Table { anchored: patterns(anchored)?, short: patterns(short)? })
});

/// Bytes that the compiled table may take; large classes of Han characters need more than usual.
const COMPILED: usize = 64 << 20;

fn patterns(rows: impl Iterator<Item = (RemovalReason, String)>) -> Option<Patterns> {
    let (reasons, patterns): (Vec<_>, Vec<_>) = rows.unzip();
    let set = RegexSetBuilder::new(patterns).size_limit(COMPILED).dfa_size_limit(COMPILED).build();
    Some(Patterns { set: set.ok()?, reasons })
}

struct Row<'t> {
    reason: RemovalReason,
    scope: &'t str,
    pattern: &'t str,
}

fn rows(table: &str) -> impl Iterator<Item = Row<'_>> {
    table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut cells = line.splitn(3, '\t');
        let (reason, scope, pattern) = (cells.next()?, cells.next()?, cells.next()?);
        Some(Row { reason: reason_called(reason)?, scope, pattern })
    })
}

fn reason_called(name: &str) -> Option<RemovalReason> {
    serde_json::from_value(serde_json::Value::String(name.to_owned())).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_is_compiled() {
        let lines = include_str!("boilerplate.tsv").lines().filter(|l| !l.starts_with('#'));
        let table = TABLE.as_ref().unwrap();
        assert_eq!(table.anchored.reasons.len() + table.short.reasons.len(), lines.count());
    }

    #[test]
    fn lines_of_the_site_go_and_lines_of_the_article_stay() {
        use RemovalReason as R;
        let gone = [
            ("海量资讯、精准解读，尽在某某APP", R::Promotion),
            ("扫一扫在手机打开当前页", R::Promotion),
            ("【打印】 【关闭】", R::Navigation),
            ("当前位置：首页 > 新闻", R::Navigation),
            ("相关阅读：", R::RelatedList),
            ("免责声明：本文内容与数据仅供参考，不构成投资建议，使用前请核实。", R::Disclaimer),
            ("京ICP备12345678号-1", R::Registration),
        ];
        for (line, reason) in gone {
            assert_eq!(reason_of(line), Some(reason), "{line}");
        }
        let stays = [
            "推动相关阅读活动进校园。",
            "（此件公开发布）",
            "加强版权保护，完善版权声明制度，规范网站ICP备案管理，未经许可不得转载的作品目录由国家版权局另行公布并定期更新，各地要做好衔接。",
            "关闭落后产能",
            "韩　震",
        ];
        for line in stays {
            assert_eq!(reason_of(line), None, "{line}");
        }
    }
}
