//! How the documents stand in the pane: by region, the whole country first, then the provinces in the
//! order of their official codes; by year; by who issued them; by title. In a group the newest first.

use std::borrow::Cow;

use wenmai::document::DocIndex;
use wenmai::library::Library;
use wenmai::text::fold::fold_key;
use wenmai::text::region::order_of;

use crate::ui::messages::Message;

/// GroupBy what the documents stand in groups and in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum GroupBy {
    #[default]
    Region,
    /// GroupBy year, the newest first.
    Date,
    /// GroupBy issuer, else by medium.
    Source,
    /// GroupBy title, without groups.
    Title,
}

impl GroupBy {
    /// The next one, going round.
    pub(crate) fn next(self) -> Self {
        match self {
            Self::Region => Self::Date,
            Self::Date => Self::Source,
            Self::Source => Self::Title,
            Self::Title => Self::Region,
        }
    }

    /// What it is called.
    pub(crate) fn message(self) -> Message {
        match self {
            Self::Region => Message::ByRegion,
            Self::Date => Message::ByDate,
            Self::Source => Message::BySource,
            Self::Title => Message::ByTitle,
        }
    }

    /// What a group is called whose name nobody knows.
    pub(super) fn unknown(self) -> Message {
        match self {
            Self::Region => Message::RegionUnknown,
            Self::Date => Message::Undated,
            Self::Source | Self::Title => Message::SourceUnknown,
        }
    }

    /// The group of a document. Only what the catalogue does not know is read from its card.
    pub(super) fn group(self, library: &Library, document: DocIndex) -> Option<Cow<'_, str>> {
        let brief = library.brief(document)?;
        match self {
            Self::Region => brief.region.map(Cow::Borrowed),
            Self::Date => brief.date.map(|date| date.year().to_string().into()),
            Self::Source => {
                let metadata = library.card(document)?.metadata;
                metadata.issuer.or(metadata.source).map(Cow::Owned)
            }
            Self::Title => None,
        }
    }

    /// GroupBy this a document finds its place: its group, then its date, newest first and undated last.
    pub(super) fn key(self, library: &Library, document: DocIndex) -> impl Ord + use<'_> {
        let group = self.group(library, document);
        let number = match (self, &group) {
            (Self::Region, Some(name)) => order_of(name),
            (Self::Region | Self::Source, None) => usize::MAX,
            _ => 0,
        };
        let title = || library.card(document).map(|card| fold_key(&card.metadata.title));
        let title = if self == Self::Title { title() } else { None };
        let group = group.filter(|_| self != Self::Date);
        let date = library.brief(document).and_then(|brief| brief.date);
        (number, group, title, date.is_none(), std::cmp::Reverse(date))
    }
}
