//! Every sentence that the reader shows of its own. A message is a name here, and text in the files of
//! the languages (`locales/`); the caller fills `{}`.

use wenmai::compare::matrix::UNKNOWN;

use super::lang::Lang;
use super::locales::{filled, text};

impl Lang {
    /// The name of a region, year or issuer as it is shown: that of the unknown is a word.
    pub(crate) fn place(self, name: &str) -> &str {
        if name == UNKNOWN { text(self, "print.unknown") } else { name }
    }

    /// The text of `message`.
    pub(crate) fn say(self, message: Message) -> &'static str {
        text(self, message.key())
    }

    /// The text of `message` with `parts` in the places of its `{}`.
    pub(crate) fn tell(self, message: Message, parts: &[&str]) -> String {
        filled(self.say(message), parts)
    }
}

macro_rules! messages {
    ($($name:ident),* $(,)?) => {
        /// The name of a message.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Message { $($name),* }

        impl Message {
            /// Its key in the files of the languages.
            pub(crate) fn key(self) -> &'static str {
                match self { $(Self::$name => concat!("message.", stringify!($name))),* }
            }

            /// Every message.
            #[cfg(test)]
            pub(crate) const ALL: &'static [Self] = &[$(Self::$name),*];
        }
    };
}

messages! {
    // In the reader.* files.
    WordingFound, WordingOneBlock, WordingNothing, UnreadCount, NothingUnread, NowRead, NowUnread, TagPut, TagRemoved, NoFilter, QuerySaved, QueryUnread, QueryNoted, QueryNew, QueriesTitle, QueryCounts, SettingKept, TagHelp, TagShownHelp, SaveQueryHelp, SetHelp,
    Documents, SharedThemes, FilteredThemes, Indexing, LookingAtFiles, ReadingFiles, NoThemes, NoThemeFits, NoDocuments, EmptyDocument, RegionUnknown, DateUnknown, Characters, RemovedPieces, Incomplete, TitleDerived, ThemeCounts, Paragraph, NextPlace, NowhereElse, EnterOpens, NoActiveTheme, NoMentionHere, NoOtherDocument, NoOtherRegion, NothingBehind, NothingAhead, WentRound, WentRoundBack, NotFound, NoHeadings, NothingRemoved, RemovedShown, RemovedHidden, MeasureIs, SortedBy, FilteredDocuments, ByDate, BySource, ByTitle, Undated, SourceUnknown,
    NoSuchCommand, ExportHelp, ReportWritten, NotDone, SortRank, SortCount, SortSpread, SortName, Find, Filter, FinderTitle, PreviewTitle, SearchTitle, ConcordanceTitle, OrderReading, OrderBefore, OrderAfter, ScopeLibrary, ScopeDocument, SelectSentences, SelectParagraphs, SelectCharacters, MarkWhich, GoWhich, MarkSet, NoSuchMark, BookmarkSet, BookmarkRemoved, NoteLine, NoteKept, NoteRemoved, NoteSays, BookmarksTitle, NoBookmarks, NotInLibrary, CopiedDesktop, CopiedTerminal, CopiedTerminalOnly, CopiedFile, CopiedNowhere, NotKept, Related, SharedCount, PaletteIs, NoTopic, ViaScript, ViaAlias, ViaPinyin, ViaInitials, KindTitle, KindHeading, SearchSummary, SearchHelp, NothingFound, NearestTopics, FoldScript, FoldWidth, FoldCase, FoldCompatibility, ChooserTitle, NoTitle, UnknownField, NotHere, ChooseSome, ChosenTexts, EnoughColumns, Marked, Unmarked, InCommon, OnlyIn, Comparing, EmptyColumn, SameTexts, NothingShared, Locked, Unlocked, GroundWording, GroundNearWording, GroundSection, GroundSame, GroundNone, Aligned, FewerColumns, PassagesTitle, Seeking, NoPassages, SharedWith, NothingTaken, TakenDimmed, TakenUnderlined, BothSides, Places, ThisText, OtherText, Likeness, MatrixTitle, MatrixTitleAll, ByRegion, ByDocument, ByYear, ByIssuer, UnitMentions, UnitDocuments, UnitRate, RowsSorted, RowsShown, MatrixCell, GapsTitle, Lacks, TheOthers, NoMatrix, NoMention, Counting, HelpTitle, HelpHere, SharedShown, SharedHidden, Undone, NothingToUndo, UnreadFilesTitle, NoUnreadFiles, FilesSkipped, MeasureIsMost, NoSuchPlace, WrongValue, WrongFormat, NoSuchTheme, Opens, OutlineTitle, NothingFits, RemovedNavigation, RemovedPromotion, RemovedEditorLine, RemovedByline, RemovedOriginalTitle, RemovedRepeatedTitle, RemovedMetadataLine, RemovedDisclaimer, RemovedRelatedList, RemovedRegistration, RemovedUnseen, RemovedDuplicateCopy, RemovedInjectedPinyin, RemovedLoginWall, RemovedMarkup, RemovedPageFurniture
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_fill_the_holes_in_order_and_a_missing_one_is_empty() {
        assert_eq!(Lang::Chinese.tell(Message::ThemeCounts, &["5", "12"]), "5 篇 12 次");
        assert_eq!(Lang::English.tell(Message::FilteredThemes, &["5"]), "Themes 5/");
    }

    #[test]
    fn what_is_unknown_has_a_word_in_each_language() {
        // The trace and the matrix of the library share the name.
        assert_eq!(UNKNOWN, wenmai::facts::first_uses::UNKNOWN);
        assert_eq!(Lang::English.place(UNKNOWN), "unknown");
        assert_eq!(Lang::Chinese.place(UNKNOWN), "不明");
        assert_eq!(Lang::English.place("上海"), "上海");
    }
}
