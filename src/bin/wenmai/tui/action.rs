//! The table of everything that a key can do: its name, its keys, what help says about it in both
//! languages, and its short form for the hint bar. Key map, help screen, hint bar and the key table
//! of the README are all made from it.

use super::messages::Lang;

/// What a key asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Action {
    Down,
    Up,
    HalfDown,
    HalfUp,
    PageDown,
    PageUp,
    Top,
    Bottom,
    ParagraphOn,
    ParagraphBack,
    FocusNext,
    FocusPrevious,
    FocusDocuments,
    FocusArticle,
    FocusThemes,
    Left,
    Right,
    Open,
    NextHit,
    PreviousHit,
    NextDocument,
    PreviousDocument,
    NextRegion,
    PreviousRegion,
    Back,
    Forward,
    Find,
    Finder,
    Search,
    Pattern,
    Outline,
    Concordance,
    Scope,
    Mark,
    Compare,
    Lock,
    Passages,
    NextShared,
    SharedElsewhere,
    Taken,
    Matrix,
    Select,
    Copy,
    CopyOther,
    SetMark,
    GoMark,
    Bookmark,
    Bookmarks,
    Note,
    Remove,
    Align,
    Palette,
    Removed,
    TextOnly,
    Wider,
    Narrower,
    Sort,
    Help,
    Commands,
    Redraw,
    Suspend,
    Cancel,
    Quit,
    QuitNow,
    CaretLeft,
    CaretRight,
    CaretStart,
    CaretEnd,
    EraseBack,
    EraseOn,
    EraseWord,
    EraseLine,
}

/// The parts of the help.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Group {
    Move,
    Follow,
    Find,
    Compare,
    Keep,
    View,
    Program,
    Line,
}

impl Group {
    /// Its heading.
    pub(crate) fn title(self, lang: Lang) -> &'static str {
        lang.choose(match self {
            Self::Move => ["Moving", "移动"],
            Self::Follow => ["Following a theme", "沿主题走"],
            Self::Find => ["Finding", "查找"],
            Self::Compare => ["Comparing", "对照"],
            Self::Keep => ["Quoting and keeping", "摘录与留存"],
            Self::View => ["The view", "显示"],
            Self::Program => ["The program", "程序"],
            Self::Line => ["In a line that is typed", "输入时"],
        })
    }
}

/// One row of the table.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry {
    pub(crate) action: Action,
    /// The name by which the action is called.
    pub(crate) name: &'static str,
    pub(crate) group: Group,
    /// Its keys while reading.
    pub(crate) keys: &'static [&'static str],
    /// Its keys while a prompt has the caret.
    pub(crate) typing: &'static [&'static str],
    /// What help says, in English and in Chinese.
    pub(crate) help: [&'static str; 2],
    /// What the hint bar says, in English and in Chinese; empty where it is no hint.
    pub(crate) hint: [&'static str; 2],
}

impl Entry {
    /// The keys of the action, those for reading first, as one text.
    pub(crate) fn all_keys(&self) -> String {
        let keys = if self.keys.is_empty() { self.typing } else { self.keys };
        keys.join(" ")
    }
}

/// The row of `action`.
pub(crate) fn entry(action: Action) -> Option<&'static Entry> {
    TABLE.iter().find(|entry| entry.action == action)
}

const NO_HINT: [&str; 2] = ["", ""];

macro_rules! entries {
    ($($action:ident $name:literal $group:ident $keys:tt $typing:tt $help:tt $hint:expr;)*) => {
        /// Every action, in the order of the help.
        pub(crate) const TABLE: &[Entry] = &[$(Entry {
            action: Action::$action,
            name: $name,
            group: Group::$group,
            keys: &$keys,
            typing: &$typing,
            help: $help,
            hint: $hint,
        }),*];
    };
}

entries! {
    Down "down" Move ["j", "Down"] ["Down", "Ctrl-n"]
        ["a row down", "下移一行"] ["move", "移动"];
    Up "up" Move ["k", "Up"] ["Up", "Ctrl-p"]
        ["a row up", "上移一行"] ["move", "移动"];
    HalfDown "half-down" Move ["Ctrl-d"] []
        ["half a screen down", "下移半屏"] NO_HINT;
    HalfUp "half-up" Move ["Ctrl-u"] []
        ["half a screen up", "上移半屏"] NO_HINT;
    PageDown "page-down" Move ["Space", "PgDn", "Ctrl-f"] ["PgDn"]
        ["a screen down", "下移一屏"] NO_HINT;
    PageUp "page-up" Move ["PgUp", "Ctrl-b"] ["PgUp"]
        ["a screen up", "上移一屏"] NO_HINT;
    Top "top" Move ["g", "Home"] []
        ["to the beginning", "到开头"] NO_HINT;
    Bottom "bottom" Move ["G", "End"] []
        ["to the end", "到末尾"] NO_HINT;
    ParagraphOn "paragraph-on" Move ["}"] []
        ["to the next paragraph", "下一段"] NO_HINT;
    ParagraphBack "paragraph-back" Move ["{"] []
        ["to the paragraph before", "上一段"] NO_HINT;
    FocusNext "focus-next" Move ["Tab"] []
        ["to the next pane; when comparing: the next column leads", "下一栏"] ["next column", "换栏"];
    FocusPrevious "focus-previous" Move ["Shift-Tab"] []
        ["to the pane before", "上一栏"] NO_HINT;
    FocusDocuments "focus-documents" Move ["1"] []
        ["to the documents", "到文本栏"] NO_HINT;
    FocusArticle "focus-article" Move ["2"] []
        ["to the article", "到正文栏"] NO_HINT;
    FocusThemes "focus-themes" Move ["3"] []
        ["to the themes", "到主题栏"] NO_HINT;
    Left "left" Move ["h", "Left"] []
        ["in the matrix: a column to the left; when comparing: the shared theme before", "矩阵中：左移一列；对照中：上一共同主题"] ["choose", "左右"];
    Right "right" Move ["l", "Right"] []
        ["in the matrix: a column to the right; when comparing: the next shared theme", "矩阵中：右移一列；对照中：下一共同主题"] ["choose", "左右"];

    Open "open" Follow ["Enter"] ["Enter"]
        ["open the document; on a theme: its next mention in another document",
            "打开文本；在主题上：跳到另一文本中的下一处"] ["open", "打开"];
    NextDocument "next-document" Follow ["]"] []
        ["the theme in the next document", "下一文本中的同一主题"] ["document", "换文本"];
    PreviousDocument "previous-document" Follow ["["] []
        ["the theme in the document before", "上一文本中的同一主题"] ["document", "换文本"];
    NextRegion "next-region" Follow [">"] []
        ["the theme in the next region", "下一地区中的同一主题"] ["region", "换地区"];
    PreviousRegion "previous-region" Follow ["<"] []
        ["the theme in the region before", "上一地区中的同一主题"] ["region", "换地区"];
    NextHit "next-hit" Follow ["n"] []
        ["the next mention or hit in this document", "本文中的下一处"] ["hit", "本文各处"];
    PreviousHit "previous-hit" Follow ["N"] []
        ["the mention or hit before in this document", "本文中的上一处"] ["hit", "本文各处"];
    Back "back" Follow ["Ctrl-o", "Backspace", "Alt-Left"] []
        ["back to where the jump started", "返回跳转前的位置"] ["back", "返回"];
    Forward "forward" Follow ["Ctrl-i", "Alt-Right"] []
        ["forward again (Ctrl-i is Tab on many terminals: there it works straight after Ctrl-o)",
            "再向前（许多终端上 Ctrl-i 就是 Tab：紧接 Ctrl-o 之后有效）"] NO_HINT;

    Find "find" Find ["/"] []
        ["find in this document as you type; in the themes pane: filter them",
            "在本文中边输入边查找；在主题栏：筛选主题"] ["find", "查找"];
    Finder "finder" Find ["t", "Ctrl-p"] []
        ["themes, titles and headings by characters, pinyin or initials",
            "按汉字、拼音或首字母找主题、标题、小标题"] ["themes", "找主题"];
    Search "search" Find ["s"] []
        ["search the full text of the library", "检索全库全文"] ["full text", "全文"];
    Pattern "pattern" Find [] ["Ctrl-r"]
        ["in the full text: search for a regular expression", "全文检索中：改用正则表达式"] ["pattern", "正则"];
    Outline "outline" Find ["o"] []
        ["the headings of the document", "本文提纲"] ["outline", "提纲"];
    Concordance "concordance" Find ["K"] []
        ["every mention of the theme in a line each", "逐行列出主题的每一处"]
        ["concordance", "逐行对照"];
    Scope "scope" Find ["W"] []
        ["in the concordance: this document or the whole library; in the matrix: by region, document, year, issuer",
            "逐行对照中：本文或全库；矩阵中：按地区、文本、年份、发文机关"] ["scope", "范围"];

    Mark "mark" Compare ["M"] ["Tab"]
        ["mark the text for comparing, or take the mark off", "标记文本以便对照，或取消标记"] ["mark", "标记"];
    Compare "compare" Compare ["c"] []
        ["compare the text with one to three others, marked ones first", "与一至三篇文本对照，已标记的在前"]
        ["compare", "对照"];
    Lock "lock" Compare ["L"] []
        ["when comparing: the other columns follow the theme under the cursor, or stay",
            "对照中：其他栏跟随光标处的主题，或不动"] ["lock", "锁定"];
    Passages "passages" Compare ["p"] []
        ["wording that the document shares with others", "本文与其他文本相同的文字"] ["shared wording", "同文"];
    NextShared "next-shared" Compare ["u"] []
        ["the next underlined wording, which other texts have, too", "本文中下一处与他文相同的文字（下划线）"] NO_HINT;
    SharedElsewhere "shared-elsewhere" Compare ["U"] []
        ["the same wording in another text", "同一段文字在另一文本中的位置"] NO_HINT;
    Taken "taken" Compare ["D"] []
        ["wording taken from a national text stands back, and comes forward again",
            "淡化取自全国文本的文字，再按恢复"] NO_HINT;
    Matrix "matrix" Compare ["x"] []
        ["themes by region: where each is spoken of, and what a region lacks", "主题与地区的矩阵，以及各地的缺口"]
        ["matrix", "矩阵"];
    Align "align" Compare ["="] []
        ["when comparing: the other columns to the wording nearest to this paragraph; in the matrix: measure gaps against this column; in the reader: wider lines",
            "对照中：其他栏对准与本段最相近的文字；矩阵中：以本列为缺口的基准；阅读时：加宽版心"] ["align", "对准"];

    Select "select" Keep ["v"] []
        ["select sentences, paragraphs, characters; in the matrix: mentions, documents, or mentions in 10,000 characters",
            "按句、段、字选择；矩阵中：处、篇、处/万字"] ["unit", "处/篇/万字"];
    Copy "copy" Keep ["y"] []
        ["copy the selection, or the paragraph, with its citation", "复制选中的文字或本段，附出处"] ["copy", "复制"];
    CopyOther "copy-other" Keep ["Y"] []
        ["the same, cited in the next style: Markdown, plain, GB/T 7714", "同上，换引用格式：Markdown、纯文本、GB/T 7714"] NO_HINT;
    SetMark "set-mark" Keep ["m"] []
        ["and a letter: set a mark here", "加字母：在此设标记"] NO_HINT;
    GoMark "go-mark" Keep ["'", "`"] []
        ["and a letter: go to that mark", "加字母：前往该标记"] NO_HINT;
    Bookmark "bookmark" Keep ["b"] []
        ["bookmark the selection or the paragraph, or take the bookmark off", "为选中的文字或本段加书签，或取消书签"] NO_HINT;
    Bookmarks "bookmarks" Keep ["B"] []
        ["list marks, bookmarks and notes", "列出标记、书签、笔记"] ["bookmarks", "书签"];
    Note "note" Keep ["a"] []
        ["note on the selection or the paragraph; an empty one is taken off", "为选中的文字或本段写笔记；留空则删除"] ["note", "笔记"];
    Remove "remove" Keep ["X", "Delete"] []
        ["in the list of bookmarks: take off the chosen one", "书签列表中：删除所选"] ["take off", "删除"];

    Removed "removed" View ["r"] []
        ["show what cleaning took out, in place", "原位显示清理掉的内容"] NO_HINT;
    TextOnly "text-only" View ["z"] []
        ["only the text, and all panes again", "只看正文，再按恢复各栏"] NO_HINT;
    Wider "wider" View ["+"] []
        ["wider lines", "加宽版心"] NO_HINT;
    Narrower "narrower" View ["-"] []
        ["narrower lines", "缩窄版心"] NO_HINT;
    Sort "sort" View ["S"] []
        ["sort the themes by rank, count, spread, name; the concordance by place, before, after; the matrix by the column",
            "排序：主题按综合、次数、分布、名称；逐行对照按原文、前文、后文；矩阵按所在列"] ["sort", "排序"];
    Palette "palette" View ["T"] []
        ["other colours: for dark and light grounds, high contrast, sixteen, none",
            "换配色：深色、浅色、高对比、十六色、无色"] NO_HINT;

    Help "help" Program ["?", "F1"] ["F1"]
        ["this help; / searches it, Enter does what the row says", "本帮助；/ 查找，回车执行该行"]
        ["help", "帮助"];
    Commands "commands" Program [":"] []
        ["a command by its name", "按名称执行命令"] NO_HINT;
    Redraw "redraw" Program ["Ctrl-l"] []
        ["draw the screen anew", "重绘屏幕"] NO_HINT;
    Suspend "suspend" Program ["Ctrl-z"] ["Ctrl-z"]
        ["back to the shell; fg returns", "回到命令行；fg 返回"] NO_HINT;
    Cancel "cancel" Program ["Esc"] ["Esc", "Ctrl-g"]
        ["close, or put the highlight away", "关闭，或取消高亮"] ["close", "关闭"];
    Quit "quit" Program ["q"] []
        ["close what is open; else leave", "关闭当前窗口；否则退出"] ["quit", "退出"];
    QuitNow "quit-now" Program ["Q", "Ctrl-c"] ["Ctrl-c"]
        ["leave at once", "立即退出"] NO_HINT;

    CaretLeft "caret-left" Line [] ["Left", "Ctrl-b"]
        ["caret to the left", "光标左移"] NO_HINT;
    CaretRight "caret-right" Line [] ["Right", "Ctrl-f"]
        ["caret to the right", "光标右移"] NO_HINT;
    CaretStart "caret-start" Line [] ["Home", "Ctrl-a"]
        ["caret to the start", "光标到行首"] NO_HINT;
    CaretEnd "caret-end" Line [] ["End", "Ctrl-e"]
        ["caret to the end", "光标到行尾"] NO_HINT;
    EraseBack "erase-back" Line [] ["Backspace", "Ctrl-h"]
        ["erase the character before", "删除前一字"] NO_HINT;
    EraseOn "erase-on" Line [] ["Delete", "Ctrl-d"]
        ["erase the character under the caret", "删除后一字"] NO_HINT;
    EraseWord "erase-word" Line [] ["Ctrl-w", "Alt-Backspace"]
        ["erase the word before", "删除前一词"] NO_HINT;
    EraseLine "erase-line" Line [] ["Ctrl-u"]
        ["erase up to the start", "删除到行首"] NO_HINT;
}

/// The key table of the README, in Markdown.
pub(crate) fn markdown(lang: Lang) -> String {
    let head = lang
        .choose(["| keys | what they do |\n| --- | --- |\n", "| 按键 | 作用 |\n| --- | --- |\n"]);
    let rows = TABLE.iter().filter(|entry| !entry.keys.is_empty()).map(|entry| {
        let keys: Vec<String> = entry.keys.iter().map(|key| format!("`{key}`")).collect();
        format!("| {} | {} |\n", keys.join(" "), lang.choose(entry.help))
    });
    format!("{head}{}", rows.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_action_is_named_once_and_says_what_it_does_in_both_languages() {
        let names: HashSet<_> = TABLE.iter().map(|entry| entry.name).collect();
        assert_eq!(names.len(), TABLE.len());
        for entry in TABLE {
            assert!(entry.help.iter().all(|help| !help.is_empty()), "{}", entry.name);
            assert!(!entry.keys.is_empty() || !entry.typing.is_empty(), "{}", entry.name);
            assert_eq!(entry.hint[0].is_empty(), entry.hint[1].is_empty(), "{}", entry.name);
        }
    }

    #[test]
    fn the_readme_has_the_key_table_as_it_is() {
        let readme = include_str!("../../../../README.md").replace("\r\n", "\n");
        let table = readme.split("<!-- keys -->\n").nth(1).unwrap_or_default();
        assert_eq!(table, markdown(Lang::English), "cargo run -- --lang en keys prints it");
    }

    #[test]
    fn the_key_table_lists_every_key_of_the_reader() {
        let table = markdown(Lang::English);
        for entry in TABLE {
            for key in entry.keys {
                assert!(table.contains(&format!("`{key}`")), "{key}");
            }
        }
    }
}
