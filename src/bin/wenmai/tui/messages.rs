//! Every sentence that the reader shows of its own, in English and in Chinese. A message is a name
//! here and text nowhere else; `{}` stands for what the caller fills in.

/// The language of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Lang {
    /// English.
    #[default]
    English,
    /// 中文.
    Chinese,
}

impl Lang {
    /// The language of the locale.
    pub(crate) fn of_locale() -> Self {
        let locale = sys_locale::get_locale().unwrap_or_default();
        if locale.starts_with("zh") { Self::Chinese } else { Self::English }
    }

    /// The one of the two forms, English and Chinese, that this language shows.
    pub(crate) fn choose<T>(self, forms: [T; 2]) -> T {
        let [english, chinese] = forms;
        match self {
            Self::English => english,
            Self::Chinese => chinese,
        }
    }

    /// The text of `message`.
    pub(crate) fn say(self, message: Message) -> &'static str {
        self.choose(message.forms())
    }

    /// The text of `message` with `parts` in the places of its `{}`.
    pub(crate) fn tell(self, message: Message, parts: &[&str]) -> String {
        let mut pieces = self.say(message).split("{}");
        let mut told = pieces.next().unwrap_or_default().to_owned();
        for (at, piece) in pieces.enumerate() {
            told.push_str(parts.get(at).copied().unwrap_or_default());
            told.push_str(piece);
        }
        told
    }
}

macro_rules! messages {
    ($($name:ident $english:literal $chinese:literal;)*) => {
        /// The name of a message.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Message { $($name),* }

        impl Message {
            fn forms(self) -> [&'static str; 2] {
                match self { $(Self::$name => [$english, $chinese]),* }
            }

            #[cfg(test)]
            const ALL: &'static [Self] = &[$(Self::$name),*];
        }
    };
}

messages! {
    Documents "Documents {}" "文本 {}";
    SharedThemes "Shared themes {}" "共同主题 {}";
    FilteredThemes "Themes {}/{}" "主题 {}/{}";
    Indexing "reading the themes …" "正在整理主题…";
    LookingAtFiles "looking at the files …" "正在查看文件…";
    ReadingFiles "indexing {} / {}" "正在读入 {} / {}";
    NoThemes "No theme of this document is in another one. Open more texts: wenmai FOLDER"
        "本文没有与其他文本共同的主题。可打开更多文本：wenmai 文件夹";
    NoThemeFits "No theme fits the filter. Esc clears it." "没有主题符合筛选。Esc 取消。";
    NoDocuments "No document. Open some: wenmai FOLDER" "没有文本。请打开：wenmai 文件夹";
    EmptyDocument "This text is empty: nothing but navigation was found. r shows what was taken out."
        "本文没有正文。按 r 查看清理掉的内容。";
    RegionUnknown "region unknown" "地区不详";
    DateUnknown "—" "—";
    Characters "{} characters" "{} 字";
    RemovedPieces "{} pieces taken out" "清理 {} 处";
    Incomplete "incomplete" "不完整";
    TitleDerived "title derived" "标题自拟";
    ThemeCounts "{} docs {}x" "{} 篇 {} 处";
    Paragraph "¶ {} · {}%" "第 {} 段 · {}%";
    NextPlace "Enter next: {}" "⏎ 下一处：{}";
    NowhereElse "in no other document" "其他文本中没有";
    EnterOpens "Enter opens it" "⏎ 打开";
    NoActiveTheme "No theme is chosen: 3 goes to the themes." "尚未选主题：按 3 到主题栏。";
    NoMentionHere "{} is not mentioned here." "本文没有提到{}。";
    NoOtherDocument "{} is in no other document." "其他文本中没有{}。";
    NoOtherRegion "{} is in no other region." "其他地区没有{}。";
    NothingBehind "No jump to go back to." "没有可返回的位置。";
    NothingAhead "No jump ahead." "前面没有跳转。";
    WentRound "round to the first one" "已回到第一处";
    WentRoundBack "round to the last one" "已到最后一处";
    NotFound "not found: {}" "没有找到：{}";
    NoHeadings "This text has no headings." "本文没有小标题。";
    NothingRemoved "Cleaning took nothing out of this text." "本文没有清理掉的内容。";
    RemovedShown "{} pieces that cleaning took out are shown" "显示清理掉的 {} 处内容";
    RemovedHidden "what cleaning took out is hidden" "隐藏清理掉的内容";
    MeasureIs "{} characters a line" "每行 {} 字";
    SortedBy "sorted by {}" "排序：{}";
    SortRank "rank" "综合";
    SortCount "count" "次数";
    SortSpread "spread" "分布";
    SortName "name" "名称";
    Find "find: " "查找：";
    Filter "filter: " "筛选：";
    FinderTitle "Themes, titles, headings" "主题、标题、小标题";
    PreviewTitle "Preview" "预览";
    SearchTitle "Full text" "全文检索";
    ConcordanceTitle "{}: {} mentions in {}, {}" "{}：{} 处，{}，{}";
    OrderReading "in reading order" "按原文顺序";
    OrderBefore "by what stands before" "按前文";
    OrderAfter "by what stands after" "按后文";
    ScopeLibrary "the library" "全库";
    ScopeDocument "this document" "本文";
    SelectSentences "{} characters in sentences: j k lead on, v takes paragraphs, y copies, a notes"
        "按句选中 {} 字：j k 增减，v 按段，y 复制，a 笔记";
    SelectParagraphs "{} characters in paragraphs: j k lead on, v takes characters, y copies, a notes"
        "按段选中 {} 字：j k 增减，v 按字，y 复制，a 笔记";
    SelectCharacters "{} characters: h l j k lead on, v takes sentences, y copies, a notes"
        "按字选中 {} 字：h l j k 增减，v 按句，y 复制，a 笔记";
    MarkWhich "mark: press a letter" "标记：请按字母";
    GoWhich "go to a mark: press its letter" "前往标记：请按字母";
    MarkSet "mark {}: {}" "标记 {}：{}";
    NoSuchMark "No mark {} in this library. B lists all of them." "本库没有标记 {}。B 列出全部。";
    BookmarkSet "bookmark: {}" "书签：{}";
    BookmarkRemoved "bookmark taken off" "已取消书签";
    NoteLine "note: " "笔记：";
    NoteKept "note kept" "已存笔记";
    NoteRemoved "note taken off" "已删笔记";
    NoteSays "note: {}" "笔记：{}";
    BookmarksTitle "Marks, bookmarks, notes {}" "标记、书签、笔记 {}";
    NoBookmarks "Nothing yet: m and a letter marks, b bookmarks, a writes a note."
        "还没有：m 加字母设标记，b 加书签，a 写笔记。";
    NotInLibrary "not in this library: {}" "不在本库：{}";
    CopiedDesktop "copied to the clipboard" "已复制到剪贴板";
    CopiedTerminal "handed to the terminal's clipboard (OSC 52), and kept in {}"
        "已交给终端剪贴板（OSC 52），并存入 {}";
    CopiedTerminalOnly "handed to the terminal's clipboard (OSC 52)" "已交给终端剪贴板（OSC 52）";
    CopiedFile "no clipboard takes it here: kept in {}" "此处没有剪贴板：已存入 {}";
    CopiedNowhere "could not be copied: {}" "无法复制：{}";
    NotKept "places and notes are kept only until you leave: {}" "位置与笔记仅在退出前有效：{}";
    Related "Related texts" "相近的文本";
    SharedCount "{} shared" "{} 题";
    PaletteIs "colours: {}" "配色：{}";
    NoTopic "Nothing like it. Fewer letters, pinyin or initials may do; s searches the full text."
        "没有相近的条目。可少输几个字，或用拼音、首字母；s 检索全文。";
    ViaScript "script" "简繁";
    ViaAlias "alias" "别名";
    ViaPinyin "pinyin" "拼音";
    ViaInitials "initials" "首字母";
    KindTitle "title" "标题";
    KindHeading "heading" "小标题";
    SearchSummary "{} docs {}x" "{} 篇 {} 处";
    SearchHelp "Type words: all of them must occur. \"…\" a phrase, -word not, a|b either, region:上海 date:>2023 filters; Ctrl-r for a pattern."
        "输入词语，须全部出现。\"…\" 短语，-词 排除，甲|乙 任一，region:上海 date:>2023 筛选；Ctrl-r 用正则。";
    NothingFound "Nothing found for {} in {} documents, whatever the {}. t finds topics by pinyin."
        "没有找到“{}”：已查 {} 篇文本，不分{}。t 可按拼音找主题。";
    NearestTopics "The nearest topics: {}" "相近的主题：{}";
    FoldScript "script" "简繁";
    FoldWidth "width" "全半角";
    FoldCase "case" "大小写";
    FoldCompatibility "form" "异体";
    ChooserTitle "Compare with" "与哪些文本对照";
    OpenText "this text" "本文";
    NoTitle "No title like it." "没有这样的标题。";
    ChooseSome "Tab chooses up to three, Enter starts" "Tab 选一至三篇，回车开始";
    ChosenTexts "{} chosen, Enter starts" "已选 {} 篇，回车开始";
    EnoughColumns "At most {} texts stand side by side." "最多对照 {} 篇。";
    Marked "marked: {}" "已标记：{}";
    Unmarked "mark taken off: {}" "取消标记：{}";
    InCommon "in common {}: " "共同 {}：";
    OnlyIn "only in {} {}: " "只在{} {}：";
    Comparing "comparing …" "正在对照…";
    EmptyColumn "{} has no text." "{}没有正文。";
    SameTexts "All columns show one and the same text." "各栏是同一篇文本。";
    NothingShared "No theme is shared." "没有共同的主题。";
    Locked "locked: {}" "锁定：{}";
    Unlocked "not locked; L locks" "未锁定，L 锁定";
    GroundWording "the same wording" "相同的文字";
    GroundNearWording "nearly the same wording" "相近的文字";
    GroundSection "a section of the same name" "同名章节";
    GroundSame "the same text" "同一文本";
    GroundNone "nothing like it there" "他栏无对应";
    Aligned "brought together by wording: {} of {}" "已按文字对齐 {}/{} 栏";
    FewerColumns "{} of {} columns, Tab turns" "显示 {}/{} 栏，Tab 换栏";
    PassagesTitle "Wording shared with other texts {}" "与他文相同的文字 {}";
    Seeking "comparing the wording of all texts …" "正在比对全库文字…";
    NoPassages "No wording of eight characters or more is shared with another text. x shows the shared themes."
        "没有与其他文本相同的文字（八字以上）。x 看共同主题。";
    SharedWith "in {} more, U goes there: {}" "另见 {} 篇，U 前往：{}";
    NothingTaken "No wording here is taken from a national text." "本文没有取自全国文本的文字。";
    TakenDimmed "{} pieces taken from national texts stand back" "淡化取自全国文本的 {} 处文字";
    TakenUnderlined "{} pieces taken from national texts are underlined" "取自全国文本的 {} 处文字恢复下划线";
    BothSides "Both sides" "两处对照";
    Places "{}x" "{} 处";
    ThisText "This text ¶ {}: {}" "本文第 {} 段 · {}";
    OtherText "There ¶ {}: {}" "彼处第 {} 段 · {}";
    Likeness "{} characters the same, likeness {}%" "相同 {} 字，相似 {}%";
    MatrixTitle "Themes by {}: {}" "主题 × {}：{}";
    MatrixTitleAll "Themes by {}: {}, {}" "主题 × {}：{}，{}";
    ByRegion "region" "地区";
    ByDocument "document" "文本";
    ByYear "year" "年份";
    ByIssuer "issuer" "发文机关";
    UnitMentions "mentions" "处";
    UnitDocuments "documents" "篇";
    UnitRate "in 10,000 characters" "处/万字";
    RowsSorted "sorted by {}" "按{}排序";
    RowsShown "{} of {} themes" "{} / {} 题";
    MatrixCell "{}, {}: {} mentions in {} documents, {} in 10,000 characters"
        "{} · {}：{} 处，{} 篇，{} 处/万字";
    GapsTitle "Gaps" "缺口";
    Lacks "{} has, {} lacks {}: " "{}有而{}无 {}：";
    TheOthers "every other column" "其余各列";
    NoMatrix "No theme is shared by texts whose {} is known. W counts by something else."
        "没有{}可考的共同主题。W 换一种分列。";
    NoMention "{} does not mention {}." "{}没有提到{}。";
    Counting "counting …" "正在统计…";
    HelpTitle "Help" "帮助";
    OutlineTitle "Outline" "提纲";
    NothingFits "Nothing fits. Esc clears what was typed." "没有符合的条目。Esc 取消输入。";
    RemovedNavigation "navigation" "导航";
    RemovedPromotion "promotion" "推广";
    RemovedEditorLine "editor" "编辑";
    RemovedByline "byline" "作者";
    RemovedOriginalTitle "original title" "原标题";
    RemovedRepeatedTitle "repeated title" "重复标题";
    RemovedMetadataLine "facts" "元信息";
    RemovedDisclaimer "disclaimer" "声明";
    RemovedRelatedList "related list" "相关列表";
    RemovedRegistration "registration" "备案";
    RemovedDuplicateCopy "copy" "重复正文";
    RemovedInjectedPinyin "pinyin" "注入拼音";
    RemovedLoginWall "login wall" "登录提示";
    RemovedMarkup "markup" "标记";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_message_is_there_in_both_languages_with_the_same_holes() {
        for message in Message::ALL {
            let [english, chinese] = message.forms();
            assert!(!english.is_empty() && !chinese.is_empty(), "{message:?}");
            let holes = |text: &str| text.matches("{}").count();
            assert_eq!(holes(english), holes(chinese), "{message:?}");
        }
    }

    #[test]
    fn parts_fill_the_holes_in_order_and_a_missing_one_is_empty() {
        assert_eq!(Lang::Chinese.tell(Message::ThemeCounts, &["5", "12"]), "5 篇 12 处");
        assert_eq!(Lang::English.tell(Message::FilteredThemes, &["5"]), "Themes 5/");
    }
}
