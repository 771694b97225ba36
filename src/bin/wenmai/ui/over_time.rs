//! The words of the answers over time: differences of editions, histories of terms, flows of wording.
//! Their texts are in `locales/over_time.en.toml` and `locales/over_time.zh.toml`.

use super::lang::Lang;
use super::locales::{filled, text};

macro_rules! words {
    ($($name:ident),* $(,)?) => {
        /// The name of a word or a sentence.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum OverTime { $($name),* }

        impl OverTime {
            /// Its key in the files of the languages.
            pub(crate) fn key(self) -> &'static str {
                match self { $(Self::$name => concat!("over_time.", stringify!($name))),* }
            }

            /// Every word.
            #[cfg(test)]
            pub(crate) const ALL: &'static [Self] = &[$(Self::$name),*];
        }
    };
}

words! {
    // Counts of a diff.
    Same, Changed, Added, Removed, Moved, Split, Merged, Renumbered, XrefOnly, PunctuationOnly,
    // Remarks beside a row.
    RemarkChanged, RemarkAdded, RemarkRemoved, RemarkRenumbered, RemarkSplit, RemarkMerged,
    RemarkMovedTo, RemarkMoved, RemarkXref, RemarkPunctuation, RemarkSameNumber,
    // Around the rows.
    // Stages of a text.
    Draft, Edition, Successor,
    // Histories of terms.
    TraceHead, Year, TextsHere, TextsWithIt, Share, Days, Silent, SilentOne, Rejected,
    // Flows of wording.
    LineageHead, SameTextAs, TakenFrom, Text, RegionHead, NationalSource, OfText, OfSource, OtherSource,
    // Texts side by side.
    ByWording, BySection, ByThemes, OnlyHere, SideBySideHead, NothingPaired,
    LineageSentence,
    // Relations of a text.
    RelationsHead, RelationsOwn, RelationsOther, CitedBy, ImplementedBy, AmendedBy, RepealedBy,
    ReplacedBy, NotHere, CandidatesAre, NoRelation, Times,
    // Figures across texts.
    BindingName, BindingShare, Duty, Ban, Encouragement, Permission,
    PromisesHead, PromisesOf, NoPromise, Done, Promised, SortRegion, SortYear, SortValue,
    NoEdition, NoDifference, Everywhere, EverywhereOnly, OldText, NewText, Remark, ListSeparator,
}

impl OverTime {
    /// Its text.
    pub(crate) fn say(self, lang: Lang) -> &'static str {
        text(lang, self.key())
    }

    /// Its text with `parts` in the places of its `{}`.
    pub(crate) fn tell(self, lang: Lang, parts: &[&str]) -> String {
        filled(self.say(lang), parts)
    }
}
