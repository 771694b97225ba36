//! Wording that the open document shares with others: it is underlined, keys go from piece to piece
//! and to the other place, and what a national text says as well can be dimmed.

use ratatui::style::Style;
use wenmai::document::Place;
use wenmai::text::Span;

use super::Reader;
use crate::tui::context::ScreenContext;
use crate::tui::find::Hit;
use crate::tui::screen::JumpTarget;
use crate::tui::shared_text::{NationalStyle, Shared, SharedWording};
use crate::ui::locales::text;
use crate::ui::messages::Message;

impl Reader {
    /// The styles of shared wording in a part of a block.
    pub(super) fn shared_marks(
        &self,
        block: u32,
        part: Span,
        context: &ScreenContext,
    ) -> Vec<(Span, Style)> {
        let palette = context.look.palette;
        if self.national == NationalStyle::Hidden {
            return Vec::new();
        }
        let Some(shared) = context.wording.of(self.pane.document) else { return Vec::new() };
        let least = context.look.page.shared;
        let is_long = |piece: &&Shared| piece.passage.characters >= least;
        let mut pieces: Vec<&Shared> = shared.within(block, part).filter(is_long).collect();
        // What is dimmed lies over what is underlined.
        pieces.sort_by_key(|piece| piece.national);
        let style = |piece: &Shared| match self.national {
            NationalStyle::Dimmed if piece.national => palette.taken,
            _ => palette.shared,
        };
        pieces.iter().map(|piece| (piece.passage.a.span, style(piece))).collect()
    }

    /// Goes to the next piece in this document, and says where else it is.
    pub(super) fn next_shared(&mut self, context: &ScreenContext) {
        let Some(shared) = self.shared(context) else { return };
        let mut hits: Vec<Hit> = shared.pieces().iter().map(|p| hit(p.passage.a)).collect();
        hits.dedup();
        let next = self.pane.step_among(&hits, 1, self.height(context));
        let Some(hit) = hits.get(next as usize).or(hits.first()) else { return };
        self.pane.find = None;
        self.pane.stand_on(*hit, self.height(context));
        self.notice = Some(told(*hit, &shared, context));
    }

    /// Goes to another place of the piece that the reader is on, or of the next one.
    pub(super) fn go_elsewhere(&mut self, context: &ScreenContext) {
        let Some(shared) = self.shared(context) else { return };
        let Some(from) = self.piece_here(&shared) else { return };
        let Some(there) = self.next_place_of(from, &shared) else { return };
        self.pane.find = None;
        self.pane.stand_on(from, self.height(context));
        self.jump(there, context);
    }

    /// Dims what a national text says as well, or brings it forward again.
    pub(super) fn toggle_taken(&mut self, context: &ScreenContext) {
        let Some(shared) = self.shared(context) else { return };
        let national = shared.pieces().iter().filter(|piece| piece.national).count();
        let (national_style, message) = match self.national {
            _ if national == 0 => (NationalStyle::Underlined, Message::NothingTaken),
            NationalStyle::Underlined => (NationalStyle::Dimmed, Message::TakenDimmed),
            NationalStyle::Dimmed | NationalStyle::Hidden => {
                (NationalStyle::Underlined, Message::TakenUnderlined)
            }
        };
        self.national = national_style;
        self.notice = Some(context.tell(message, &[&national.to_string()]));
    }

    /// Shows which wording other texts have as well, or hides it.
    pub(super) fn toggle_shared(&mut self, context: &ScreenContext) {
        let (style, message) = match self.national {
            NationalStyle::Hidden => (NationalStyle::Underlined, Message::SharedShown),
            _ => (NationalStyle::Hidden, Message::SharedHidden),
        };
        self.national = style;
        self.notice = Some(context.say(message).to_owned());
    }

    /// What the open document shares; a notice where it is not known yet, or nothing.
    fn shared(&mut self, context: &ScreenContext) -> Option<std::sync::Arc<SharedWording>> {
        let shared = context.wording.of(self.pane.document).cloned();
        let message = match &shared {
            None => Message::Seeking,
            Some(shared) if shared.pieces().is_empty() => Message::NoPassages,
            Some(_) => return shared,
        };
        self.notice = Some(context.say(message).to_owned());
        None
    }

    /// The piece under the place that was jumped to, or the first one at or below the top.
    fn piece_here(&self, shared: &SharedWording) -> Option<Hit> {
        let mut hits = shared.pieces().iter().map(|piece| hit(piece.passage.a));
        let all: Vec<Hit> = hits.clone().collect();
        let here = self.pane.here;
        let under = |hit: &Hit| {
            here.is_some_and(|here| hit.block == here.block && hit.span.overlaps(here.span))
        };
        let exactly = hits.clone().find(|hit| Some(*hit) == here);
        exactly
            .or_else(|| hits.find(under))
            .or_else(|| all.get(self.pane.first_from(&all, 1)).copied())
            .or_else(|| all.first().copied())
    }

    /// The place to which a piece leads: going round the documents in their order.
    fn next_place_of(&self, from: Hit, shared: &SharedWording) -> Option<JumpTarget> {
        let own = self.documents.place(self.pane.document);
        let places = shared.within(from.block, from.span).map(|piece| piece.passage.b);
        let rank = |place: &Place| {
            let at = self.documents.place(place.document);
            (at < own, at, place.block, place.span.start)
        };
        places.min_by_key(rank).map(|place| JumpTarget {
            document: place.document,
            block: Some(place.block),
            span: Some(place.span),
        })
    }
}

fn hit(place: Place) -> Hit {
    Hit { block: place.block, span: place.span }
}

/// Where else a piece is.
fn told(hit: Hit, shared: &SharedWording, context: &ScreenContext) -> String {
    let mut others: Vec<_> =
        shared.within(hit.block, hit.span).map(|piece| piece.passage.b.document).collect();
    others.sort_unstable();
    others.dedup();
    let names = others.iter().filter_map(|other| {
        let title = context.document(*other)?.metadata.title.as_str();
        let region = context.region(*other);
        Some(region.map_or_else(|| title.to_owned(), |region| format!("{region} {title}")))
    });
    let names: Vec<String> = names.collect();
    let comma = text(context.look.lang, "page.semicolon");
    context.tell(Message::SharedWith, &[&others.len().to_string(), &names.join(comma)])
}

#[cfg(test)]
mod tests {
    use crate::tui::testing::{Reading, sharing};
    use crate::ui::palette::Palette;

    #[test]
    fn shared_wording_is_underlined_and_a_key_goes_from_piece_to_piece() {
        let mut reading = Reading::of(sharing(), 120, 36);
        let underlined = reading.drawn_in(Palette::PLAIN.shared);
        assert!(underlined.contains("由数量规模型向质量效益型转变"), "{underlined}");
        assert!(!underlined.contains("山水相依"), "{underlined}");
        reading.press("u");
        assert!(reading.row(34).contains("全国 国家纲要"), "{}", reading.row(34));
        reading.press("u");
        assert!(reading.row(34).contains("上海 上海方案"), "{}", reading.row(34));
        reading.press("u");
        assert!(reading.row(34).contains("全国 国家纲要"), "{}", reading.row(34));
    }

    #[test]
    fn a_key_goes_to_the_other_place_and_from_there_back_again() {
        let mut reading = Reading::of(sharing(), 120, 36);
        let start = reading.press("u").screen();
        reading.press("U");
        assert!(reading.screen().contains("全国 · 新华网"), "{}", reading.screen());
        let here = reading.drawn_in(Palette::PLAIN.here);
        assert!(here.contains("由数量规模型向质量效益型转变"), "{here}");
        reading.press("U");
        assert!(reading.screen().contains("北京 · 新华网"), "{}", reading.screen());
        reading.press("Ctrl-o Ctrl-o");
        assert_eq!(reading.screen().lines().nth(6), start.lines().nth(6));
    }

    #[test]
    fn what_a_national_text_says_stands_back_and_the_local_part_stays() {
        let mut reading = Reading::of(sharing(), 120, 36);
        reading.press("D");
        assert!(reading.row(34).contains("与全国性文本相同"), "{}", reading.row(34));
        let panes = crate::tui::geometry::Panes::of(
            reading.buffer.area,
            crate::tui::geometry::Pane::Article,
            crate::tui::geometry::Around::Everything,
        );
        let dim = reading.drawn_in_area(panes.text(), Palette::PLAIN.taken);
        assert!(dim.contains("由数量规模型向质量效益型转变"), "{dim}");
        assert!(!dim.contains("以企业为主体"), "{dim}");
        reading.press("D");
        assert!(reading.drawn_in(Palette::PLAIN.shared).contains("由数量规模型"));
        reading.press("1 g Enter D");
        assert!(reading.row(34).contains("没有与全国性文本相同的文字"), "{}", reading.row(34));
    }

    #[test]
    fn while_something_is_looked_for_only_its_hits_stand_out() {
        let mut reading = Reading::of(sharing(), 120, 36);
        reading.press("/").type_text("大数据").press("Enter");
        let marked = reading.drawn_in(Palette::PLAIN.shared);
        assert!(!marked.contains("数量规模型"), "{marked}");
        reading.press("Esc");
        assert!(reading.drawn_in(Palette::PLAIN.shared).contains("数量规模型"));
    }

    #[test]
    fn a_text_without_shared_wording_says_so() {
        let mut reading = Reading::of(sharing(), 120, 36);
        reading.press("1 G Enter u");
        assert!(reading.row(34).contains("没有与其他文本相同的文字"), "{}", reading.row(34));
        reading.press("U D");
    }
}
