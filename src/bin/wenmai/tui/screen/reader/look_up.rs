//! A wording as a query: what is selected is searched for in the whole library, highlighted and
//! counted, and followed from text to text and from region to region as a theme is.

use std::sync::Arc;

use wenmai::find::fulltext::SearchResults;
use wenmai::text::Span;

use super::Reader;
use super::wording::{LONGEST_SHOWN, WordingQuery};
use crate::tui::context::ScreenContext;
use crate::tui::find::Hit;
use crate::tui::screen::JumpTarget;
use crate::ui::messages::Message;

impl Reader {
    /// Searches the library for what is selected, else for the hit that was jumped to.
    pub(super) fn look_up_selection(&mut self, context: &ScreenContext) {
        let Some(document) = context.document(self.pane.document) else { return };
        let selected = self.selection.map(|selection| selection.extent(document));
        let hit = match selected {
            Some(extent) if extent.from.block != extent.to.block => {
                self.notice = Some(context.say(Message::WordingOneBlock).to_owned());
                return;
            }
            Some(extent) => {
                let block = extent.from.block;
                extent.part_of(block).map(|span| Hit { block, span })
            }
            None => self.pane.here,
        };
        match hit {
            Some(hit) => self.look_up(hit, context),
            None => self.notice = Some(context.say(Message::WordingNothing).to_owned()),
        }
    }

    /// Searches the library for the words at a place of the open document.
    pub(crate) fn look_up(&mut self, hit: Hit, context: &ScreenContext) {
        let document = self.pane.document;
        let block = context.document(document).and_then(|text| text.blocks.get(hit.block as usize));
        let text = block.map_or("", |block| hit.span.of(&block.text)).trim();
        if text.is_empty() {
            return;
        }
        self.selection = None;
        let target = JumpTarget { document, block: Some(hit.block), span: Some(hit.span) };
        self.wording = Some(WordingQuery { text: text.to_owned(), target, number: None });
    }

    /// Takes the answer to query `number`; one to another query is too late.
    pub(super) fn looked_up(
        &mut self,
        number: u64,
        found: &Arc<SearchResults>,
        context: &ScreenContext,
    ) {
        let Some(query) = self.wording.take_if(|query| query.number == Some(number)) else {
            return;
        };
        // Whoever has gone elsewhere meanwhile is not called back.
        let mut target = query.target;
        if target.document != self.pane.document {
            return;
        }
        let documents = found.documents.iter().filter(|one| one.hits > 0).count().to_string();
        let counts = [documents, found.hits().to_string()];
        let shown: String = query.text.chars().take(LONGEST_SHOWN).collect();
        target.span = hit_at(found, target, context).or(target.span);
        self.walk(query.text, Arc::clone(found), target, context);
        let told = context.tell(Message::WordingFound, &[&shown, &counts[0], &counts[1]]);
        self.notice = Some(told);
    }
}

/// The hit that the selected words are.
fn hit_at(found: &SearchResults, target: JumpTarget, context: &ScreenContext) -> Option<Span> {
    let (library, span) = (&context.library, target.span?);
    let hits = found.hits_in(library.arena(), library.documents(), target.document);
    let hit = hits
        .iter()
        .find(|hit| Some(hit.place.block) == target.block && hit.place.span.overlaps(span))?;
    Some(hit.place.span)
}

#[cfg(test)]
mod tests {
    use crate::tui::testing::Reading;
    use crate::ui::palette::Palette;

    /// 人工智能 selected by characters in the first text, and searched for.
    fn searched() -> Reading {
        let mut reading = Reading::new(120, 36);
        reading.press("} v v v l l l l l Tab l l *");
        reading
    }

    #[test]
    fn a_selection_is_found_counted_and_walked_through_the_library() {
        let mut reading = searched();
        assert!(reading.row(34).contains("“人工智能”：5 篇 6 处"), "{}", reading.row(34));
        assert_eq!(reading.drawn_in(Palette::PLAIN.hit_here), "人工智能");
        assert_eq!(reading.drawn_in(Palette::PLAIN.hit).matches("人工智能").count(), 2);
        assert!(reading.press("n").row(34).contains("/人工智能 2/6"), "{}", reading.row(34));
        // The other texts follow as the search has them.
        reading.press("n");
        assert!(!reading.screen().contains("北京 · 新华网"), "{}", reading.screen());
        assert!(reading.row(34).contains("/人工智能 3/6"), "{}", reading.row(34));
        reading.press("Esc");
        assert_eq!(reading.drawn_in(Palette::PLAIN.hit), "");
    }

    #[test]
    fn brackets_lead_a_wording_to_other_documents_and_regions() {
        let mut reading = searched();
        assert!(reading.press("]").screen().contains("上海 · 新华网"), "{}", reading.screen());
        assert_eq!(reading.drawn_in(Palette::PLAIN.hit_here), "人工智能");
        assert!(reading.press("[").screen().contains("北京 · 新华网"));
        assert!(reading.press("<").screen().contains("全国 · 新华网"), "{}", reading.screen());
        let list = reading.press("K").screen();
        assert!(list.contains("\"人工智能\"") && list.contains("5 篇 6 处"), "{list}");
    }

    #[test]
    fn nothing_selected_and_two_paragraphs_are_refused() {
        let mut reading = Reading::new(120, 36);
        assert!(reading.press("*").row(34).contains("先按 v"), "{}", reading.row(34));
        reading.press("v v j *");
        assert!(reading.row(34).contains("一段之内"), "{}", reading.row(34));
    }
}
