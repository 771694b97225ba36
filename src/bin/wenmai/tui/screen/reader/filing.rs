//! Filing documents: read or unread, tags, and queries that are saved under a name.

use wenmai::annotations::entry::Annotation;
use wenmai::annotations::reading_state::Change;
use wenmai::document::DocIndex;

use super::{Outcome, Reader};
use crate::tui::context::ScreenContext;
use crate::tui::geometry::Pane;
use crate::ui::messages::Message;

impl Reader {
    /// The chosen document of the documents pane, elsewhere the open one.
    fn document_here(&self) -> DocIndex {
        let chosen = self.documents.chosen().filter(|_| self.focus == Pane::Documents);
        chosen.unwrap_or(self.pane.document)
    }

    /// Makes the document read, or unread where it was read.
    pub(super) fn turn_read(&mut self, context: &ScreenContext) -> Outcome {
        let document = self.document_here();
        let Some(text) = context.document(document) else { return Outcome::Done };
        let (change, is_read) = context.keeping.turn_read(text);
        let message = if is_read { Message::NowRead } else { Message::NowUnread };
        self.notice = Some(context.tell(message, &[&text.metadata.title]));
        Outcome::Annotate(vec![change])
    }

    /// Puts a tag on documents, or takes it off where all of them have it: on all that the documents
    /// pane shows, else on the picked ones, else on the one that is chosen or open.
    pub(crate) fn tag(&mut self, tag: &str, all: bool, context: &ScreenContext) -> Outcome {
        let tag = tag.trim_start_matches('#');
        let documents = match all {
            true => self.documents.passing(),
            false if context.marks.is_empty() => vec![self.document_here()],
            false => context.marks.clone(),
        };
        let cards: Vec<_> = documents.iter().filter_map(|one| context.card(*one)).collect();
        let own: Vec<_> = cards.iter().map(|card| context.keeping.tag_of(tag, card)).collect();
        let removes = own.iter().all(Option::is_some);
        let changes: Vec<Change> = if removes {
            own.into_iter().flatten().map(Change::Remove).collect()
        } else {
            let lacking = cards.iter().zip(&own).filter(|(_, own)| own.is_none());
            let put = |card| Change::Put(Annotation::tag(tag, &context.keeping.path_of(card)));
            lacking.map(|(card, _)| put(card)).collect()
        };
        let message = if removes { Message::TagRemoved } else { Message::TagPut };
        self.notice = Some(context.tell(message, &[tag, &changes.len().to_string()]));
        Outcome::Annotate(changes)
    }

    /// Saves what filters the documents pane as `name`.
    pub(crate) fn save_query(&mut self, name: &str, context: &ScreenContext) -> Outcome {
        let Some(query) = self.documents.filter_text().map(str::to_owned) else {
            self.notice = Some(context.say(Message::NoFilter).to_owned());
            return Outcome::Done;
        };
        self.notice = Some(context.tell(Message::QuerySaved, &[name, &query]));
        Outcome::Annotate(vec![Change::Query(name.to_owned(), Some(query))])
    }

    /// Shows in the documents pane what a query finds.
    pub(crate) fn show_query(&mut self, query: &str, context: &ScreenContext) {
        self.documents.set_filter(query, context);
        self.focus = Pane::Documents;
    }
}

#[cfg(test)]
mod tests {
    use crate::tui::testing::Reading;

    #[test]
    fn unread_is_counted_gone_to_and_turned() {
        let mut reading = Reading::new(120, 36);
        assert!(!reading.row(0).contains("未读"), "{}", reading.row(0));
        reading.press("1 g R");
        assert!(reading.row(0).contains("文本 5 · 未读 1"), "{}", reading.row(0));
        reading.press("2 J");
        assert!(reading.screen().contains("全国计量规划 "), "{}", reading.screen());
        assert!(!reading.row(0).contains("未读"), "{}", reading.row(0));
        assert!(reading.press("J").row(34).contains("没有未读"), "{}", reading.row(34));
    }

    #[test]
    fn tags_are_put_filtered_by_undone_and_taken_off() {
        let mut reading = Reading::new(120, 36);
        reading.press(":").type_text("tag 待核").press("Enter");
        assert!(reading.row(34).contains("#待核：1 篇"), "{}", reading.row(34));
        reading.press("1 /").type_text("tag:待").press("Enter");
        assert!(reading.row(0).contains("文本 1/5"), "{}", reading.row(0));
        reading.press("1 Esc /").type_text("region:全国").press("Enter 1 :");
        reading.type_text("tag-shown 国家").press("Enter");
        assert!(reading.row(34).contains("#国家：2 篇"), "{}", reading.row(34));
        assert!(reading.press("B").screen().contains("#国家"), "{}", reading.screen());
        reading.press("Esc Z 1 /").press("Ctrl-u").type_text("tag:国家");
        assert!(reading.row(0).contains("文本 0/5"), "{}", reading.row(0));
        reading.press("Esc 2 :").type_text("tag 重要").press("Enter :");
        reading.type_text("tag 重要").press("Enter");
        assert!(reading.row(34).contains("去掉 #重要：1 篇"), "{}", reading.row(34));
    }

    #[test]
    fn a_query_is_saved_listed_with_its_count_and_shown_again() {
        let mut reading = Reading::new(120, 36);
        reading.press(":").type_text("save-query 空").press("Enter");
        assert!(reading.row(34).contains("没有筛选"), "{}", reading.row(34));
        reading.press("1 /").type_text("region:全国").press("Enter :");
        reading.type_text("save-query 国家").press("Enter 1 Esc F");
        let screen = reading.screen();
        assert!(screen.contains("国家") && screen.contains("region:全国"), "{screen}");
        assert!(screen.contains("2 篇"), "{screen}");
        reading.press("j j j Enter");
        assert!(reading.row(0).contains("文本 2/5"), "{}", reading.row(0));
        // The filter itself stays above the documents.
        let shown = |reading: &Reading| reading.screen().matches("region:全国").count();
        reading.press("F j j j X");
        assert_eq!(shown(&reading), 1, "{}", reading.screen());
        reading.press("Z");
        assert_eq!(shown(&reading), 2, "{}", reading.screen());
    }
}
