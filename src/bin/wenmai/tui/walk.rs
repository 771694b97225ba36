//! The key table, walked: every key of every action does what the action's line says. An action without
//! a case does not compile.

use std::sync::{Arc, OnceLock};

use ratatui::layout::Rect;
use ratatui::style::Modifier;
use wenmai::library::Library;
use wenmai::themes::vocabulary::Lexicon;

use super::effect::Effect;
use super::testing::{Reading, document, plans, shared_library, sharing};
use crate::ui::action::{Action, TABLE};
use crate::ui::palette::Palette;

/// A screen before a key and the one after it.
struct Seen<'r> {
    before: String,
    after: &'r Reading,
}

impl Seen<'_> {
    fn shows(&self, text: &str) -> bool {
        self.after.screen().contains(text)
    }

    /// True for what is shown now and was not before.
    fn opens(&self, text: &str) -> bool {
        !self.before.contains(text) && self.shows(text)
    }

    fn row(&self, row: usize) -> (String, String) {
        let before = self.before.lines().nth(row).unwrap_or_default().to_owned();
        (before, self.after.row(row))
    }

    /// Another document is open: its title stands in the upper edge.
    fn other_document(&self) -> bool {
        let (before, after) = self.row(0);
        let title = |row: &str| row.split('┬').nth(1).unwrap_or_default().to_owned();
        title(&before) != title(&after)
    }

    /// The paragraph on top, by the number in it, before and after.
    fn items(&self) -> (u32, u32) {
        let item = |screen: &str| {
            let row = screen.lines().find(|row| row.contains('项')).unwrap_or_default();
            let number = row.split('第').nth(1).and_then(|rest| rest.split('项').next());
            number.and_then(|number| number.parse().ok()).unwrap_or_default()
        };
        (item(&self.before), item(&self.after.screen()))
    }

    /// The pane with the focus, by its title.
    fn focus(&self) -> String {
        let area = Rect { height: 1, ..self.after.buffer.area };
        let cells = area.positions().filter_map(|at| self.after.buffer.cell(at));
        let focused = cells.filter(|cell| cell.modifier.contains(Modifier::REVERSED));
        focused.map(|cell| cell.symbol()).filter(|symbol| *symbol != " ").collect()
    }

    fn status(&self) -> (String, String) {
        self.row(28)
    }
}

/// What is open, what is pressed before, and what must be seen afterwards.
type Case = (fn() -> Reading, &'static str, fn(&Seen<'_>) -> bool);

fn over(library: &OnceLock<Arc<Library>>, make: fn() -> Library) -> Reading {
    Reading::over(Arc::clone(library.get_or_init(|| Arc::new(make()))), 120, 30)
}

fn small() -> Reading {
    Reading::over(shared_library(), 120, 30)
}

fn planned() -> Reading {
    static LIBRARY: OnceLock<Arc<Library>> = OnceLock::new();
    over(&LIBRARY, plans)
}

fn shared() -> Reading {
    static LIBRARY: OnceLock<Arc<Library>> = OnceLock::new();
    over(&LIBRARY, sharing)
}

fn long() -> Reading {
    static LIBRARY: OnceLock<Arc<Library>> = OnceLock::new();
    over(&LIBRARY, || {
        let texts: Vec<String> =
            (1..60).map(|n| format!("第{n}项，抓好落实，及时报告。")).collect();
        let texts = ["通知"].into_iter().chain(texts.iter().map(String::as_str));
        let only = document("a", Some("全国"), "2022-01-01", &texts.collect::<Vec<_>>());
        Library::new(vec![only], Vec::new(), Lexicon::default())
    })
}

fn further(seen: &Seen<'_>) -> bool {
    let (before, after) = seen.items();
    after > before
}

fn back(seen: &Seen<'_>) -> bool {
    let (before, after) = seen.items();
    after < before
}

/// The case of an action; none for those of a line that is typed, which the prompt tests.
#[rustfmt::skip]
fn case(action: Action) -> Option<Case> {
    Some(match action {
        Action::Down => (long, "", |s| s.before.lines().nth(2).map(part) == Some(part(&s.after.row(1)))),
        Action::Up => (long, "j", |s| s.before.lines().nth(1).map(part) == Some(part(&s.after.row(2)))),
        Action::HalfDown | Action::PageDown => (long, "", further),
        Action::HalfUp | Action::PageUp => (long, "G", back),
        Action::Top => (long, "G", |s| s.shows("第1项") && back(s)),
        Action::Bottom => (long, "", |s| s.opens("第59项") && s.shows("100%")),
        Action::NextParagraph => (long, "}", |s| s.items().1 == s.items().0 + 1),
        Action::PreviousParagraph => (long, "} } }", |s| s.items().1 + 1 == s.items().0),
        Action::FocusNext => (small, "2", |s| s.focus().starts_with("共同主题")),
        Action::FocusPrevious => (small, "2", |s| s.focus().starts_with("文本")),
        Action::FocusDocuments => (small, "3", |s| s.focus().starts_with("文本")),
        Action::FocusArticle => (small, "3", |s| s.focus().starts_with("北京发布")),
        Action::FocusThemes => (small, "2", |s| s.focus().starts_with("共同主题")),
        Action::Left => (small, "x l l", |s| s.status().0 != s.status().1),
        Action::Right => (small, "x", |s| s.status().0 != s.status().1),
        Action::Open => (small, "1 g", |s| s.other_document() && s.shows("推动集成电路")),
        Action::NextDocument | Action::PreviousDocument => (small, "3 Enter 2", |s| s.other_document()),
        Action::NextRegion | Action::PreviousRegion => (small, "3 Enter 2", |s| {
            let region = |row: (String, String)| (part(&row.0), part(&row.1));
            let (before, after) = region(s.row(2));
            s.other_document() && before.split('·').next() != after.split('·').next()
        }),
        Action::NextHit | Action::PreviousHit => (small, "3 2", |s| ["人工智能", "AI"].contains(&s.after.drawn_in(Palette::PLAIN.here).as_str())),
        Action::Back => (small, "1 g Enter", |s| s.other_document() && s.shows("先行先试")),
        Action::Forward => (small, "1 g Enter Ctrl-o", |s| s.other_document() && s.shows("推动集成电路")),
        Action::Find => (small, "2", |s| s.after.caret.is_some() && s.opens("查找：")),
        Action::Finder => (small, "", |s| s.opens("主题、标题、小标题")),
        Action::Search => (small, "", |s| s.opens("─ 全文检索 ─")),
        Action::Outline => (small, "", |s| s.opens("─ 大纲 ─")),
        Action::Concordance => (small, "", |s| s.opens("全库，按原文顺序")),
        Action::Scope => (small, "K", |s| s.opens("本文，按原文顺序")),
        Action::Pick => (small, "", |s| s.opens("✓")),
        Action::Compare => (small, "", |s| s.opens("与哪些文本对照")),
        Action::Diff => (small, "M 1 g Enter", |s| s.opens("修改") || s.opens("新增")),
        Action::Trace => (small, "3 Enter 2", |s| s.opens("本库最早")),
        Action::Relations => (small, "", |s| s.opens("未引用其他文本")),
        Action::Promises => (small, "", |s| s.opens("没有目标或成效的数")),
        Action::Lineage => (small, "", |s| s.opens("种写法")),
        Action::ScrollLock => (planned, "c Tab Enter", |s| s.opens("未联动")),
        Action::Passages => (shared, "", |s| s.opens("与其他文本相同的文字")),
        Action::NextShared => (shared, "", |s| s.opens("另见")),
        Action::SharedElsewhere => (shared, "u", |s| s.other_document()),
        Action::DimNational => (shared, "", |s| s.opens("已淡化与全国性文本相同的")),
        Action::Shared => (shared, "", |s| s.opens("不再标出") && s.after.drawn_in(Palette::PLAIN.shared).is_empty()),
        Action::Undo => (small, "b", |s| s.opens("已撤销") && !s.shows("◆")),
        Action::Unread => (small, "", |s| s.opens("未读入的文件")),
        Action::Queries => (small, "", |s| s.opens("保存的筛选") && s.shows("is:unread")),
        Action::NextUnread => (small, "1 G R 2", |s| s.other_document() && s.shows("與會者")),
        Action::TurnRead => (small, "1 g", |s| s.opens("未读：")),
        Action::Matrix => (small, "", |s| s.opens("主题 × 地区")),
        Action::Select => (small, "", |s| s.opens("按句选中")),
        Action::Copy => (small, "v", |s| matches!(&s.after.effect, Effect::Copy(text) if text.starts_with("> "))),
        Action::CopyOther => (small, "v", |s| matches!(&s.after.effect, Effect::Copy(text) if text.starts_with('“'))),
        Action::SetMark => (small, "", |s| s.opens("记号：请按字母")),
        Action::GoMark => (small, "m a", |s| s.opens("前往记号")),
        Action::Bookmark => (small, "", |s| s.opens("书签：") && s.opens("◆")),
        Action::Bookmarks => (small, "", |s| s.opens("记号、书签、批注")),
        Action::Wording => (small, "v v v l l l", |s| s.opens("1 篇 1 处") && s.after.drawn_in(Palette::PLAIN.hit_here).chars().count() == 4),
        Action::NoteEditor => (small, "", |s| s.after.effect == Effect::EditText(String::new())),
        Action::Note => (small, "", |s| s.after.caret.is_some() && s.opens("批注：")),
        Action::Remove => (small, "b B", |s| s.opens("记号、书签、批注 0")),
        Action::Align => (planned, "c Tab Enter L } } }", |s| s.opens("已按文字对齐")),
        Action::ShowRemoved => (small, "", |s| s.opens("扫码下载客户端")),
        Action::TextOnly => (small, "", |s| !s.shows("│") && s.shows("聚焦人工智能")),
        Action::Wider => (small, "", |s| s.opens("本栏每行最多 30 字")),
        Action::Narrower => (small, "", |s| s.opens("每行 28 字")),
        Action::Sort => (small, "3", |s| s.opens("排序：次数")),
        Action::Palette => (small, "", |s| s.opens("配色：")),
        Action::Help => (small, "", |s| s.opens("─ 帮助 ─")),
        Action::Commands => (small, "", |s| s.after.caret.is_some() && s.after.row(28).starts_with(':')),
        Action::EditSource => (small, "", |s| matches!(s.after.effect, Effect::Edit(_))),
        Action::Browse => (small, "", |s| matches!(s.after.effect, Effect::Browse(_))),
        Action::Redraw => (small, "", |s| s.after.effect == Effect::Redraw),
        Action::Suspend => (small, "", |s| s.after.effect == Effect::Suspend),
        Action::Cancel => (small, "o", |s| !s.shows("─ 大纲 ─")),
        Action::Quit | Action::QuitNow => (small, "", |s| s.after.effect == Effect::Quit),
        Action::Pattern
        | Action::CaretLeft
        | Action::CaretRight
        | Action::CaretStart
        | Action::CaretEnd
        | Action::EraseBack
        | Action::DeleteChar
        | Action::EraseWord
        | Action::EraseLine
        | Action::NewLine => return None,
    })
}

/// What stands in a row between the side panes.
fn part(row: &str) -> String {
    row.split('│').nth(2).unwrap_or_default().to_owned()
}

#[test]
fn every_key_of_the_table_does_what_its_line_says() {
    let mut failed = Vec::new();
    for entry in TABLE {
        let Some((open, before, seen)) = case(entry.action) else {
            assert!(entry.keys.is_empty(), "{} has keys and no case", entry.name);
            continue;
        };
        for key in entry.keys {
            let mut reading = open();
            if !before.is_empty() {
                reading.press(before);
            }
            let screen = reading.screen();
            reading.press(key);
            let after = Seen { before: screen, after: &reading };
            let told = format!("{key}\n{}\n{}", after.before, reading.screen());
            if !seen(&after) {
                failed.push(format!("{}: {told}", entry.name));
            }
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn keys_that_the_user_has_bound_take_the_place_of_the_old_ones_everywhere() {
    use crate::ui::keymap::{Keymap, Mode, Patch, PatchedKey, chord};
    let key = |name: &str| PatchedKey {
        chord: chord(name).expect(name),
        name: name.to_owned(),
        place: 0,
    };
    let mut keymap = Keymap::default();
    let patch = Patch { mode: Mode::Reading, action: Action::Outline, keys: vec![key("g o")] };
    keymap.patch(&[patch]).expect("no clash");
    let mut reading = Reading::with_keys(&shared_library(), keymap, (120, 30));
    assert!(!reading.press("o").screen().contains("─ 大纲 ─"));
    reading.press("g");
    assert!(reading.row(28).contains('g'), "{}", reading.row(28));
    assert!(reading.press("o").screen().contains("─ 大纲 ─"));
    let help = reading.press("q ?").screen();
    assert!(help.contains("─ 帮助 ─"), "{help}");
    assert!(reading.press("/").type_text("outline").screen().contains("g o  "));
}
