//! What the open text cites, rests on, amends, repeals and replaces, which texts do so with it, and since
//! when it is in force: each with the sentence that says so. Enter opens the other text; where the
//! library has none, and with the key for the other place, the sentence.

use std::sync::Arc;

use ratatui::layout::{Position, Rect};
use wenmai::document::DocIndex;
use wenmai::facts::citations::{Citation, Relation};
use wenmai::facts::relations::{Related, Relations};

use super::{JumpTarget, Outcome, Screen};
use crate::tui::canvas::{Canvas, inset};
use crate::tui::context::ScreenContext;
use crate::tui::cursor::Cursor;
use crate::tui::event::Mouse;
use crate::tui::query::{Answer, Asked, Job};
use crate::tui::widget::wrapped::draw_wrapped;
use crate::tui::widget::{kwic, list, list_frame};
use crate::ui::action::Action;
use crate::ui::lang::Lang;
use crate::ui::locales::{filled, text};
use crate::ui::messages::Message;
use crate::ui::over_time::OverTime;

/// Cells of the relation.
const RELATION: u16 = 12;
/// Cells of the other text, at most.
const OTHER: u16 = 44;

/// A row of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Row {
    /// What the following rows are, and how many.
    Head(OverTime, usize),
    /// From when until when the text is in force, with the place that says so.
    InForce(Option<JumpTarget>),
    /// A text that this one names.
    Names(Related),
    /// A text that names this one.
    NamedBy(Related),
}

impl Row {
    fn related(&self) -> Option<&Related> {
        match self {
            Self::Names(related) | Self::NamedBy(related) => Some(related),
            Self::Head(..) | Self::InForce(_) => None,
        }
    }

    /// The other text, if the library has it.
    fn other(&self) -> Option<DocIndex> {
        match self {
            Self::Names(related) => related.citation.document,
            Self::NamedBy(related) => Some(related.citation.place.document),
            Self::Head(..) | Self::InForce(_) => None,
        }
    }
}

/// The relations that are open.
#[derive(Debug)]
pub(crate) struct RelationsScreen {
    document: DocIndex,
    number: u64,
    unasked: bool,
    found: Option<Arc<Relations>>,
    rows: Vec<Row>,
    cursor: Cursor,
}

impl RelationsScreen {
    /// The relations of `document`.
    pub(crate) fn new(document: DocIndex) -> Self {
        Self {
            document,
            number: 0,
            unasked: true,
            found: None,
            rows: Vec::new(),
            cursor: Cursor::default(),
        }
    }

    fn take(&mut self, found: Arc<Relations>) {
        let force = &found.in_force;
        if force.from.is_some() || force.until.is_some() {
            let place = force.sentences.first();
            self.rows.push(Row::InForce(place.map(|place| JumpTarget {
                document: place.document,
                block: Some(place.block),
                span: Some(place.span),
            })));
        }
        let parts = [
            (OverTime::RelationsOwn, &found.cites, Row::Names as fn(Related) -> Row),
            (OverTime::RelationsOther, &found.cited_by, Row::NamedBy),
        ];
        for (head, related, row) in parts {
            if !related.is_empty() {
                self.rows.push(Row::Head(head, related.len()));
                self.rows.extend(related.iter().cloned().map(row));
            }
        }
        self.found = Some(found);
        self.step_off_heads(1);
    }

    fn row(&self) -> Option<&Row> {
        self.rows.get(self.cursor.chosen)
    }

    /// A head is never chosen.
    fn step_off_heads(&mut self, by: isize) {
        let is_head = |at: usize| matches!(self.rows.get(at), Some(Row::Head(..)));
        let mut at = self.cursor.chosen;
        while is_head(at) {
            let next = at.saturating_add_signed(by);
            if next == at || next >= self.rows.len() {
                // At an end: the other way.
                at = (0..self.rows.len()).find(|row| !is_head(*row)).unwrap_or(at);
                break;
            }
            at = next;
        }
        self.cursor.chosen = at;
    }

    /// The sentence of the chosen row.
    fn sentence(&self) -> Option<JumpTarget> {
        match self.row()? {
            Row::Head(..) => None,
            Row::InForce(place) => *place,
            row => {
                let place = row.related()?.citation.place;
                let (block, span) = (Some(place.block), Some(place.span));
                Some(JumpTarget { document: place.document, block, span })
            }
        }
    }

    /// The other text, or the sentence where it is not in the library.
    fn place(&self) -> Option<JumpTarget> {
        match self.row()? {
            Row::Names(related) => match related.citation.document {
                Some(document) => Some(JumpTarget { document, block: None, span: None }),
                None => self.sentence(),
            },
            _ => self.sentence(),
        }
    }

    fn title(&self, context: &ScreenContext) -> String {
        let card = context.card(self.document);
        let title = card.map_or_else(String::new, |card| card.metadata.title);
        let Some(found) = &self.found else { return title };
        let counts = [found.cites.len(), found.cited_by.len()].map(|count| count.to_string());
        let room = usize::from(context.area.width).saturating_sub(34);
        let ambiguous = context.look.ambiguous;
        let title = wenmai::text::width::ellipsize(&title, room.max(8), ambiguous).to_string();
        OverTime::RelationsHead.tell(context.look.lang, &[&title, &counts[0], &counts[1]])
    }

    fn draw_row(&self, line: Rect, row: &Row, context: &ScreenContext, canvas: &mut Canvas<'_>) {
        let (lang, palette) = (context.look.lang, canvas.look.palette);
        match row {
            Row::Head(word, count) => {
                canvas.write_cut(line, &word.tell(lang, &[&count.to_string()]), palette.heading);
            }
            Row::InForce(_) => {
                canvas.write_cut(line, &self.in_force(lang), palette.text);
            }
            Row::Names(related) | Row::NamedBy(related) => {
                let citation = &related.citation;
                let word = relation_word(row, citation.relation, lang);
                let width = RELATION.min(line.width / 3);
                canvas.write_cut(Rect { width, ..line }, word, palette.key);
                let rest = inset(line, width, 0);
                let other =
                    if rest.width > 60 { OTHER.min(rest.width * 2 / 5) } else { rest.width };
                let style = if row.other().is_some() { palette.text } else { palette.faint };
                let name = other_text(row, citation, context);
                canvas.write_cut(Rect { width: other.saturating_sub(1), ..rest }, &name, style);
                self.draw_sentence(inset(rest, other, 0), citation, context, canvas);
            }
        }
    }

    /// The line that says so, the title in it marked.
    fn draw_sentence(
        &self,
        area: Rect,
        citation: &Citation,
        context: &ScreenContext,
        canvas: &mut Canvas<'_>,
    ) {
        let place = citation.place;
        let block = context
            .document(place.document)
            .and_then(|document| document.blocks.get(place.block as usize));
        if let Some(block) = block.filter(|_| area.width > 8) {
            kwic::draw(area, &block.text, place.span, canvas.look.palette.theme, canvas);
        }
    }

    fn in_force(&self, lang: Lang) -> String {
        let Some(found) = &self.found else { return String::new() };
        let force = &found.in_force;
        let days = [(force.from, "print.in_force_from"), (force.until, "print.in_force_until")];
        let said = days.iter().filter_map(|(day, key)| {
            let day = (*day)?.to_string();
            Some(filled(text(lang, key), &[&day]))
        });
        said.collect::<Vec<_>>().join(OverTime::ListSeparator.say(lang))
    }

    /// The sentence of the chosen row, and which texts a title may mean.
    fn status(&self, context: &ScreenContext) -> String {
        let Some(related) = self.row().and_then(Row::related) else { return String::new() };
        let lang = context.look.lang;
        let citation = &related.citation;
        let mut said: Vec<String> = Vec::new();
        if self.row().and_then(Row::other).is_none() {
            let names = citation.candidates.iter().filter_map(|at| context.card(*at));
            let names: Vec<String> = names.map(|card| card.metadata.title).collect();
            said.push(match names.len() {
                0 => OverTime::NotHere.say(lang).to_owned(),
                count => {
                    let names = names.join(OverTime::ListSeparator.say(lang));
                    OverTime::CandidatesAre.tell(lang, &[&count.to_string(), &names])
                }
            });
        }
        if related.times > 1 {
            said.push(OverTime::Times.tell(lang, &[&related.times.to_string()]));
        }
        let place = citation.sentence;
        let block = context
            .document(place.document)
            .and_then(|document| document.blocks.get(place.block as usize));
        said.extend(block.map(|block| place.span.of(&block.text).trim().to_owned()));
        said.join(" · ")
    }
}

/// What the one text does to the other, from either side.
fn relation_word(row: &Row, relation: Relation, lang: Lang) -> &'static str {
    let key = match relation {
        Relation::Cites => "print.cites",
        Relation::Implements => "print.implements",
        Relation::Amends => "print.amends",
        Relation::Repeals => "print.repeals",
        Relation::Replaces => "print.replaces",
    };
    let other = match relation {
        Relation::Cites => OverTime::CitedBy,
        Relation::Implements => OverTime::ImplementedBy,
        Relation::Amends => OverTime::AmendedBy,
        Relation::Repeals => OverTime::RepealedBy,
        Relation::Replaces => OverTime::ReplacedBy,
    };
    if matches!(row, Row::NamedBy(_)) { other.say(lang) } else { text(lang, key) }
}

/// Date, region and title of the other text, or the title and number as they are cited.
fn other_text(row: &Row, citation: &Citation, context: &ScreenContext) -> String {
    let card = row.other().and_then(|at| context.card(at));
    let number = citation.number.as_ref().filter(|number| **number != citation.title);
    let number = number.map(|number| format!("（{number}）")).unwrap_or_default();
    let Some(card) = card else { return format!("{}{number}", citation.title) };
    let date = card.metadata.date().map(|date| date.to_string());
    let region = card.metadata.region.map(|region| region.name);
    let parts = [date, region, Some(card.metadata.title)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

impl Screen for RelationsScreen {
    fn hints(&self) -> &'static [Action] {
        &[Action::Open, Action::SharedElsewhere, Action::Cancel]
    }

    fn take_job(&mut self, number: u64) -> Option<Job> {
        if !std::mem::take(&mut self.unasked) {
            return None;
        }
        self.number = number;
        Some(Job { number, asked: Asked::Relations(self.document) })
    }

    fn answered(&mut self, number: u64, answer: Answer) {
        if let (true, Answer::Relations(found)) = (number == self.number, answer) {
            self.take(found);
        }
    }

    fn act(&mut self, action: Action, context: &ScreenContext) -> Outcome {
        if let Some(step) = list::step_of(action) {
            let before = self.cursor.chosen;
            self.cursor.step(step, self.rows.len(), list_frame::inner(context.area).height.into());
            self.step_off_heads(if self.cursor.chosen < before { -1 } else { 1 });
            return Outcome::Done;
        }
        match action {
            Action::Open => self.place().map_or(Outcome::Done, Outcome::Land),
            Action::SharedElsewhere => self.sentence().map_or(Outcome::Done, Outcome::Land),
            Action::Cancel | Action::Quit | Action::Relations => Outcome::Close,
            _ => Outcome::Ignored,
        }
    }

    fn target(&self, _context: &ScreenContext) -> Option<JumpTarget> {
        self.sentence()
    }

    fn mouse(&mut self, mouse: Mouse, cell: Position, context: &ScreenContext) -> Outcome {
        let (area, len) = (list_frame::inner(context.area), self.rows.len());
        let opened = list_frame::is_opened(mouse, cell, area, len, &mut self.cursor);
        self.step_off_heads(1);
        if opened { self.place().map_or(Outcome::Done, Outcome::Land) } else { Outcome::Done }
    }

    fn lay_out(&mut self, context: &ScreenContext) {
        self.cursor.show(self.rows.len(), list_frame::inner(context.area).height.into(), 1);
    }

    fn draw(&self, context: &ScreenContext, canvas: &mut Canvas<'_>) -> Option<Position> {
        list_frame::draw(context.area, &self.title(context), canvas);
        let area = list_frame::inner(context.area);
        if self.rows.is_empty() {
            let said = match &self.found {
                Some(_) => OverTime::NoRelation.say(context.look.lang),
                None => context.say(Message::Seeking),
            };
            draw_wrapped(inset(area, 1, 1), said, canvas);
        }
        list_frame::draw_rows(area, self.cursor, self.rows.len(), canvas, |line, at, canvas| {
            if let Some(row) = self.rows.get(at) {
                self.draw_row(line, row, context, canvas);
            }
        });
        list_frame::draw_status(context.area, &self.status(context), canvas);
        None
    }
}

#[cfg(test)]
mod tests {
    use wenmai::library::Library;
    use wenmai::text::region::RegionLevel;
    use wenmai::themes::vocabulary::Lexicon;

    use crate::tui::testing::{Reading, document};

    fn library() -> Library {
        let own = [
            "浙江省渔港管理办法",
            "根据《中华人民共和国渔业法》，制定本办法。",
            "按照《港口岸线规则》执行。",
            "本办法自2016年1月1日起施行。",
        ];
        let next = [
            "浙江省渔港和渔船管理规定",
            "本规定自2020年5月1日起施行，《浙江省渔港管理办法》同时废止。",
        ];
        let law = ["中华人民共和国渔业法", "为了发展渔业，制定本法。"];
        let mut documents = vec![
            document("a", Some("浙江"), "2015-12-01", &own),
            document("b", Some("浙江"), "2020-04-01", &next),
            document("c", Some("全国"), "2000-01-01", &law),
        ];
        for region in documents.iter_mut().filter_map(|one| one.metadata.region.as_mut()) {
            if region.name == "全国" {
                region.level = RegionLevel::National;
            }
        }
        Library::new(documents, Vec::new(), Lexicon::default())
    }

    #[test]
    fn relations_are_listed_from_both_sides_with_their_line() {
        let mut reading = Reading::of(library(), 120, 30);
        let screen = reading.press("C").screen();
        for said in ["自 2016-01-01 起施行", "本文引用 2", "引用本文 1", "依据", "被废止"]
        {
            assert!(screen.contains(said), "{said}\n{screen}");
        }
        assert!(screen.contains("同时废止"), "{screen}");
        // The heads are passed over; the law is the first that it names.
        reading.press("j Enter");
        assert!(reading.screen().contains("为了发展渔业"), "{}", reading.screen());
    }

    #[test]
    fn a_title_that_the_library_lacks_leads_to_its_sentence() {
        let mut reading = Reading::of(library(), 80, 24);
        let screen = reading.press("C j j").screen();
        assert!(screen.contains("不在本库"), "{screen}");
        reading.press("Enter");
        assert!(reading.screen().contains("按照《港口岸线规则》"), "{}", reading.screen());
    }

    #[test]
    fn tiny_terminals_show_relation_and_title() {
        let screen = Reading::of(library(), 30, 8).press("C").screen();
        assert!(screen.contains("依据") && screen.contains("被废止"), "{screen}");
    }
}
