//! What is said about a document in a line below its title, and about a piece that cleaning took
//! out.

use wenmai::document::{Document, RemovalReason, TitleOrigin};
use wenmai::text::sanitize::sanitize;

use crate::ui::lang::Lang;
use crate::ui::messages::Message;

/// The line of facts: where, who, when, how long, what was noticed.
pub(super) fn facts(document: &Document, lang: Lang) -> String {
    let data = &document.metadata;
    let place = data.region.as_ref().map(|region| {
        let city = region.city.iter().filter(|city| **city != region.name);
        std::iter::once(&region.name).chain(city).cloned().collect::<String>()
    });
    let count = |message, n: usize| lang.tell(message, &[&n.to_string()]);
    let removed = document.removed.len();
    let facts = [
        place,
        data.issuer.clone().or_else(|| data.source.clone()),
        data.number.clone(),
        data.date().map(|date| date.to_string()),
        Some(count(Message::Characters, document.characters())),
        (removed > 0).then(|| count(Message::RemovedPieces, removed)),
        (data.title_origin == TitleOrigin::Derived)
            .then(|| lang.say(Message::TitleDerived).to_owned()),
        data.incomplete.then(|| lang.say(Message::Incomplete).to_owned()),
    ];
    let facts: Vec<String> = facts.into_iter().flatten().collect();
    sanitize(&facts.join(" · ")).into_owned()
}

/// Why a piece was removed, as the reader says it.
pub(super) fn reason_message(reason: RemovalReason) -> Message {
    match reason {
        RemovalReason::Navigation => Message::RemovedNavigation,
        RemovalReason::Promotion => Message::RemovedPromotion,
        RemovalReason::EditorLine => Message::RemovedEditorLine,
        RemovalReason::Byline => Message::RemovedByline,
        RemovalReason::OriginalTitle => Message::RemovedOriginalTitle,
        RemovalReason::RepeatedTitle => Message::RemovedRepeatedTitle,
        RemovalReason::MetadataLine => Message::RemovedMetadataLine,
        RemovalReason::Disclaimer => Message::RemovedDisclaimer,
        RemovalReason::RelatedList => Message::RemovedRelatedList,
        RemovalReason::Registration => Message::RemovedRegistration,
        RemovalReason::Hidden => Message::RemovedUnseen,
        RemovalReason::DuplicateCopy => Message::RemovedDuplicateCopy,
        RemovalReason::InjectedPinyin => Message::RemovedInjectedPinyin,
        RemovalReason::LoginWall => Message::RemovedLoginWall,
        RemovalReason::Markup => Message::RemovedMarkup,
        RemovalReason::PageFurniture => Message::RemovedPageFurniture,
    }
}

/// Region, title and date of a document, in one line.
pub(crate) fn headline(document: &Document) -> String {
    let region = document.metadata.region.as_ref().map(|region| region.name.clone());
    let date = document.metadata.date().map(|date| date.to_string());
    let title = Some(document.metadata.title.clone());
    [region, title, date].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
