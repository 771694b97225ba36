//! Lines that sites print around an article, told by how they read: patterns (`boilerplate.tsv`),
//! menus (`site_words.tsv`), and the wall that asks for a login. Each line that goes keeps its
//! reason.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::LazyLock;

use regex::{Regex, RegexSet, RegexSetBuilder};

use super::page::Page;
use crate::document::RemovalReason;
use crate::text::fold::simplified;

/// Characters of a line that a `short` pattern may take.
const SHORT: usize = 60;

/// Takes such lines out of `page`. What stands behind a login wall is the site's, and so are the
/// titles below a heading of related articles.
pub(super) fn remove(page: &mut Page) {
    let mut walled = false;
    let mut listing = false;
    for piece in page.kept_mut() {
        let line = in_simplified(&piece.text);
        let reason = reason_of(&line);
        walled |= reason == Some(RemovalReason::LoginWall);
        listing = match reason {
            Some(RemovalReason::RelatedList) => true,
            Some(_) => listing,
            None => listing && is_entry(&line),
        };
        let behind = (walled && !is_prose(&line)).then_some(RemovalReason::Navigation);
        let listed = listing.then_some(RemovalReason::RelatedList);
        if let Some(reason) = reason.or(behind).or(listed) {
            piece.remove(reason);
        }
    }
    if walled {
        page.metadata.incomplete = true;
        page.warn("the source stops at a login wall; the end of the article is missing");
    }
}

/// Why `line`, in simplified characters, is no part of an article; `None` for what may be one.
fn reason_of(line: &str) -> Option<RemovalReason> {
    let table = TABLE.as_ref()?;
    let is_short = line.chars().nth(SHORT).is_none();
    if !is_short {
        return table.anchored.reason_of(line);
    }
    if WALL.as_ref().is_some_and(|pattern| pattern.is_match(line)) {
        return Some(RemovalReason::LoginWall);
    }
    let reason = table.short.reason_of(line).or_else(|| table.anchored.reason_of(line));
    reason.or_else(|| is_menu(line).then_some(RemovalReason::Navigation))
}

fn in_simplified(line: &str) -> Cow<'_, str> {
    if line.chars().all(|c| simplified(c) == c) {
        Cow::Borrowed(line)
    } else {
        line.chars().map(simplified).collect()
    }
}

/// A sentence of an article: it has a stop, or runs long.
fn is_prose(line: &str) -> bool {
    line.contains(['。', '；']) || line.chars().nth(SHORT).is_some()
}

/// A title in a list of related articles.
fn is_entry(line: &str) -> bool {
    !is_prose(line) && line.chars().nth(SHORT).is_none()
}

/// Between the words of a menu.
const BETWEEN: [char; 16] =
    ['|', '｜', '·', '>', '»', '/', '、', '【', '】', '[', ']', '◆', '：', ':', '　', ' '];

/// True for a line of nothing but words of a menu, in brackets or parted.
fn is_menu(line: &str) -> bool {
    let mut words = line.split(BETWEEN).filter(|word| !word.is_empty()).peekable();
    words.peek().is_some() && words.all(|word| SITE_WORDS.contains(word))
}

static SITE_WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    include_str!("site_words.tsv").lines().filter(|l| !l.starts_with('#')).collect()
});

static WALL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"继续阅读\s*[（(]|剩余\s*[:：]?\s*\d|^[\s【]*请?(先)?(登录|登陆|注册|付费|购买|订阅|开通会员)",
        r".{0,10}(阅读|查看|权限|全文|浏览|下载)|(试读|试看)(已)?结束|登录后(可)?(继续)?(查看|阅读)",
        r"|^(点击)?(展开|查看|阅读)(剩余)?全文$|^成为会员.{0,12}阅读"
    ))
    .ok()
});

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
        assert!(WALL.is_some());
    }

    #[test]
    fn lines_of_the_site_go_and_lines_of_the_article_stay() {
        use RemovalReason as R;
        let gone = [
            ("海量资讯、精准解读，尽在某某APP", R::Promotion),
            ("扫一扫在手机打开当前页", R::Promotion),
            ("【打印】 【关闭】", R::Navigation),
            ("关于我们 | English | 网站地图", R::Navigation),
            ("当前位置：首页 > 新闻", R::Navigation),
            ("相关阅读：", R::RelatedList),
            ("免责声明：本文内容与数据仅供参考，不构成投资建议，使用前请核实。", R::Disclaimer),
            ("京ICP备12345678号-1", R::Registration),
            ("继续阅读(剩余:50%)", R::LoginWall),
            ("请登录后查看全文", R::LoginWall),
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
            "附件：1.目录",
        ];
        for line in stays {
            assert_eq!(reason_of(line), None, "{line}");
        }
    }
}
