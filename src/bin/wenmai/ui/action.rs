//! The table of everything that a key can do: its name and its keys. What help says about it, and its
//! short form for the hint bar, are under its name in the locale files. Key map, help
//! screen, hint bar and the key table of the README are all made from it.

use super::lang::Lang;
use super::locales::text;

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
    NextParagraph,
    PreviousParagraph,
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
    Wording,
    Scope,
    Pick,
    Compare,
    Diff,
    Trace,
    Lineage,
    Relations,
    Promises,
    ScrollLock,
    Passages,
    NextShared,
    SharedElsewhere,
    DimNational,
    Shared,
    Matrix,
    Select,
    Copy,
    CopyOther,
    SetMark,
    GoMark,
    Bookmark,
    Bookmarks,
    Note,
    NoteEditor,
    NewLine,
    Remove,
    Undo,
    Align,
    Palette,
    ShowRemoved,
    TextOnly,
    Wider,
    Narrower,
    Sort,
    Help,
    Commands,
    Unread,
    Queries,
    NextUnread,
    TurnRead,
    EditSource,
    Browse,
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
    DeleteChar,
    EraseWord,
    EraseLine,
}

impl Action {
    /// Returns `true` for a movement that a count before it repeats.
    pub(crate) fn repeats(self) -> bool {
        matches!(
            self,
            Self::Down
                | Self::Up
                | Self::HalfDown
                | Self::HalfUp
                | Self::PageDown
                | Self::PageUp
                | Self::NextParagraph
                | Self::PreviousParagraph
                | Self::Left
                | Self::Right
                | Self::NextHit
                | Self::PreviousHit
                | Self::NextDocument
                | Self::PreviousDocument
                | Self::NextRegion
                | Self::PreviousRegion
                | Self::NextShared
                | Self::Back
                | Self::Forward
        )
    }

    /// Returns `true` for what a prompt does with the list below it, as opposed to editing.
    pub(crate) fn uses_list(self) -> bool {
        let edits = matches!(
            self,
            Self::CaretLeft
                | Self::CaretRight
                | Self::CaretStart
                | Self::CaretEnd
                | Self::EraseBack
                | Self::DeleteChar
                | Self::EraseWord
                | Self::EraseLine
                | Self::NewLine
        );
        !edits && !matches!(self, Self::Cancel | Self::QuitNow | Self::Suspend | Self::Redraw)
    }
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
    /// Every part.
    #[cfg(test)]
    pub(crate) const ALL: [Self; 8] = [
        Self::Move,
        Self::Follow,
        Self::Find,
        Self::Compare,
        Self::Keep,
        Self::View,
        Self::Program,
        Self::Line,
    ];

    /// The key of its heading in the files of the languages.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Move => "group.Move",
            Self::Follow => "group.Follow",
            Self::Find => "group.Find",
            Self::Compare => "group.Compare",
            Self::Keep => "group.Keep",
            Self::View => "group.View",
            Self::Program => "group.Program",
            Self::Line => "group.Line",
        }
    }

    /// Its heading.
    pub(crate) fn title(self, lang: Lang) -> &'static str {
        text(lang, self.key())
    }
}

/// One row of the table.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ActionSpec {
    pub(crate) action: Action,
    /// The name by which the action is called.
    pub(crate) name: &'static str,
    pub(crate) group: Group,
    /// Its keys while reading.
    pub(crate) keys: &'static [&'static str],
    /// Its keys while a prompt has the caret.
    pub(crate) typing: &'static [&'static str],
}

impl ActionSpec {
    /// What help says.
    pub(crate) fn help(&self, lang: Lang) -> &'static str {
        text(lang, &format!("action.{}", self.name))
    }

    /// What the hint bar says; empty where it is no hint.
    pub(crate) fn hint(&self, lang: Lang) -> &'static str {
        text(lang, &format!("hint.{}", self.name))
    }
}

/// Names that actions had in earlier versions; settings files may still contain them.
const FORMER_NAMES: [(&str, Action); 7] = [
    ("paragraph-on", Action::NextParagraph),
    ("paragraph-back", Action::PreviousParagraph),
    ("taken", Action::DimNational),
    ("removed", Action::ShowRemoved),
    ("erase-on", Action::DeleteChar),
    ("lock", Action::ScrollLock),
    ("mark", Action::Pick),
];

/// The row of the action called `name`, by its present name or a former one.
pub(crate) fn called(name: &str) -> Option<&'static ActionSpec> {
    let former = || FORMER_NAMES.iter().find(|(former, _)| *former == name);
    let now = TABLE.iter().find(|entry| entry.name == name);
    now.or_else(|| former().and_then(|(_, action)| entry(*action)))
}

/// The row of `action`.
pub(crate) fn entry(action: Action) -> Option<&'static ActionSpec> {
    TABLE.iter().find(|entry| entry.action == action)
}

macro_rules! entries {
    ($($action:ident $name:literal $group:ident $keys:tt $typing:tt;)*) => {
        /// Every action, in the order of the help.
        pub(crate) const TABLE: &[ActionSpec] = &[$(ActionSpec {
            action: Action::$action,
            name: $name,
            group: Group::$group,
            keys: &$keys,
            typing: &$typing,
        }),*];
    };
}

entries! {
    Down "down" Move ["j", "Down"] ["Down", "Ctrl-n", "Ctrl-j"];
    Up "up" Move ["k", "Up"] ["Up", "Ctrl-p", "Ctrl-k"];
    HalfDown "half-down" Move ["Ctrl-d"] [];
    HalfUp "half-up" Move ["Ctrl-u"] [];
    PageDown "page-down" Move ["Space", "PgDn", "Ctrl-f"] ["PgDn"];
    PageUp "page-up" Move ["PgUp", "Ctrl-b"] ["PgUp"];
    Top "top" Move ["g", "Home"] [];
    Bottom "bottom" Move ["G", "End"] [];
    NextParagraph "next-paragraph" Move ["}"] [];
    PreviousParagraph "previous-paragraph" Move ["{"] [];
    FocusNext "focus-next" Move ["Tab"] [];
    FocusPrevious "focus-previous" Move ["Shift-Tab"] [];
    FocusDocuments "focus-documents" Move ["1"] [];
    FocusArticle "focus-article" Move ["2"] [];
    FocusThemes "focus-themes" Move ["3"] [];
    Left "left" Move ["h", "Left"] [];
    Right "right" Move ["l", "Right"] [];

    Open "open" Follow ["Enter"] ["Enter"];
    NextDocument "next-document" Follow ["]"] [];
    PreviousDocument "previous-document" Follow ["["] [];
    NextRegion "next-region" Follow [">"] [];
    PreviousRegion "previous-region" Follow ["<"] [];
    NextUnread "next-unread" Follow ["J"] [];
    NextHit "next-hit" Follow ["n"] [];
    PreviousHit "previous-hit" Follow ["N"] [];
    Back "back" Follow ["Ctrl-o", "Backspace", "Alt-Left"] [];
    Forward "forward" Follow ["Ctrl-i", "Alt-Right"] [];

    Find "find" Find ["/"] [];
    Finder "finder" Find ["t", "Ctrl-p"] [];
    Search "search" Find ["s"] [];
    Queries "saved-queries" Find ["F"] [];
    Pattern "pattern" Find [] ["Ctrl-r"];
    Outline "outline" Find ["o"] [];
    Wording "wording" Find ["*"] [];
    Concordance "concordance" Find ["K"] [];
    Scope "scope" Find ["W"] [];

    Pick "pick" Compare ["M"] ["Tab"];
    Compare "compare" Compare ["c"] [];
    Diff "diff" Compare ["d"] [];
    Trace "trace" Compare ["w"] [];
    Lineage "lineage" Compare ["f"] [];
    Relations "relations" Compare ["C"] [];
    Promises "promises" Compare ["P"] [];
    ScrollLock "scroll-lock" Compare ["L"] [];
    Passages "passages" Compare ["p"] [];
    NextShared "next-shared" Compare ["u"] [];
    SharedElsewhere "shared-elsewhere" Compare ["U"] [];
    DimNational "dim-national" Compare ["D"] [];
    Shared "shared" Compare ["V"] [];
    Matrix "matrix" Compare ["x"] [];
    Align "align" Compare ["="] [];

    Select "select" Keep ["v"] [];
    Copy "copy" Keep ["y"] ["Alt-y"];
    CopyOther "copy-other" Keep ["Y"] [];
    SetMark "set-mark" Keep ["m"] [];
    GoMark "go-mark" Keep ["'", "`"] [];
    Bookmark "bookmark" Keep ["b"] ["Alt-b"];
    Bookmarks "bookmarks" Keep ["B"] [];
    Note "note" Keep ["a"] ["Alt-a"];
    NoteEditor "note-editor" Keep ["A"] ["Alt-e"];
    Remove "remove" Keep ["X", "Delete"] [];
    TurnRead "turn-read" Keep ["R"] [];
    Undo "undo" Keep ["Z"] [];

    ShowRemoved "show-removed" View ["r"] [];
    TextOnly "text-only" View ["z"] [];
    Wider "wider" View ["+"] [];
    Narrower "narrower" View ["-"] [];
    Sort "sort" View ["S"] [];
    Palette "palette" View ["T"] [];

    Help "help" Program ["?", "F1"] ["F1"];
    Commands "commands" Program [":"] [];
    Unread "unread-files" Program ["E"] [];
    EditSource "edit-source" Program ["e"] [];
    Browse "browse" Program ["O"] [];
    Redraw "redraw" Program ["Ctrl-l"] [];
    Suspend "suspend" Program ["Ctrl-z"] ["Ctrl-z"];
    Cancel "cancel" Program ["Esc"] ["Esc", "Ctrl-g"];
    Quit "quit" Program ["q"] [];
    QuitNow "quit-now" Program ["Q", "Ctrl-c"] ["Ctrl-c"];

    CaretLeft "caret-left" Line [] ["Left", "Ctrl-b"];
    CaretRight "caret-right" Line [] ["Right", "Ctrl-f"];
    CaretStart "caret-start" Line [] ["Home", "Ctrl-a"];
    CaretEnd "caret-end" Line [] ["End", "Ctrl-e"];
    EraseBack "erase-back" Line [] ["Backspace", "Ctrl-h"];
    DeleteChar "delete-char" Line [] ["Delete", "Ctrl-d"];
    EraseWord "erase-word" Line [] ["Ctrl-w", "Alt-Backspace"];
    EraseLine "erase-line" Line [] ["Ctrl-u"];
    NewLine "new-line" Line [] ["Alt-Enter"];
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_action_is_named_once_and_has_a_key() {
        let names: HashSet<_> = TABLE.iter().map(|entry| entry.name).collect();
        assert_eq!(names.len(), TABLE.len());
        for entry in TABLE {
            assert!(!entry.keys.is_empty() || !entry.typing.is_empty(), "{}", entry.name);
        }
    }

    #[test]
    fn former_names_find_their_action_and_shadow_none() {
        for (former, action) in FORMER_NAMES {
            assert_eq!(called(former).map(|entry| entry.action), Some(action), "{former}");
            assert!(TABLE.iter().all(|entry| entry.name != former), "{former}");
        }
        assert!(called("paragraph").is_none());
    }
}
