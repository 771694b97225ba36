//! Selecting: characters, sentences or paragraphs, from where the selection was started to where it
//! has been led, by keys or by the mouse; and copying what is selected with its citation.

use wenmai::annotations::entry::{Extent, Point};
use wenmai::citation::Cited;
use wenmai::document::Document;
use wenmai::text::Span;
use wenmai::text::sentences::sentences;

use super::find::Hit;
use super::{Outcome, Reader, ScreenContext};
use crate::tui::effect::Effect;
use crate::tui::widget::article::{Anchor, ArticleLayout, Spot};
use crate::ui::action::Action;
use crate::ui::messages::Message;

/// What is selected as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Unit {
    #[default]
    Sentence,
    Paragraph,
    Character,
}

impl Unit {
    fn next(self) -> Self {
        match self {
            Self::Sentence => Self::Paragraph,
            Self::Paragraph => Self::Character,
            Self::Character => Self::Sentence,
        }
    }

    fn message(self) -> Message {
        match self {
            Self::Sentence => Message::SelectSentences,
            Self::Paragraph => Message::SelectParagraphs,
            Self::Character => Message::SelectCharacters,
        }
    }
}

/// Two characters, and all units from the one to the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Selection {
    unit: Unit,
    anchor: Spot,
    head: Spot,
}

impl Selection {
    /// The characters from `anchor` to `head`.
    pub(super) fn characters(anchor: Spot, head: Spot) -> Self {
        Self { unit: Unit::Character, anchor, head }
    }

    /// What is selected.
    pub(super) fn extent(&self, document: &Document) -> Extent {
        let (first, last) = (self.anchor.min(self.head), self.anchor.max(self.head));
        let (from, to) = (self.unit_at(first, document), self.unit_at(last, document));
        let point = |spot: Spot, character| Point { block: spot.block, character };
        Extent { from: point(first, from.start), to: point(last, to.end) }
    }

    /// The characters of the unit in which `spot` is.
    fn unit_at(&self, spot: Spot, document: &Document) -> Span {
        let text = document.blocks.get(spot.block as usize).map_or("", |block| &block.text);
        let length = text.chars().count() as u32;
        match self.unit {
            Unit::Paragraph => Span::new(0, length),
            Unit::Character => {
                let start = spot.character.min(length.saturating_sub(1));
                Span::new(start, (start + 1).min(length))
            }
            Unit::Sentence => sentence_at(text, spot.character),
        }
    }

    /// Leads the head on by units, or back.
    fn step(&mut self, by: isize, document: &Document) {
        let here = self.unit_at(self.head, document);
        let Spot { block, .. } = self.head;
        let next = if by > 0 {
            let length = length_of(document, block);
            (here.end < length).then_some(Spot { block, character: here.end })
        } else {
            here.start.checked_sub(1).map(|character| Spot { block, character })
        };
        let next = next.or_else(|| beyond(block, by, document));
        if let Some(next) = next {
            self.head = Spot { character: self.unit_at(next, document).start, ..next };
        }
    }
}

/// The sentence of `text` that holds a character, or the last one.
fn sentence_at(text: &str, character: u32) -> Span {
    let all = sentences(text);
    let at = all.partition_point(|span| span.end <= character);
    let last = || all.last().copied().unwrap_or(Span::new(0, 0));
    all.get(at).copied().unwrap_or_else(last)
}

fn length_of(document: &Document, block: u32) -> u32 {
    document.blocks.get(block as usize).map_or(0, |block| block.text.chars().count() as u32)
}

/// The first character of the next block, or the last one of the block before.
fn beyond(block: u32, by: isize, document: &Document) -> Option<Spot> {
    let next = if by > 0 { block.checked_add(1)? } else { block.checked_sub(1)? };
    let length = document.blocks.get(next as usize).map(|_| length_of(document, next))?;
    let character = if by > 0 { 0 } else { length.saturating_sub(1) };
    Some(Spot { block: next, character })
}

impl Reader {
    /// Starts to select, where the reader stands; or goes on to the next unit.
    pub(super) fn select(&mut self, context: &ScreenContext) {
        let selection = match self.selection {
            Some(selection) => Selection { unit: selection.unit.next(), ..selection },
            None => {
                let Some(spot) = self.standing_on() else { return };
                Selection { unit: Unit::default(), anchor: spot, head: spot }
            }
        };
        self.selection = Some(selection);
        self.tell_selection(context);
    }

    /// The hit, if it is in view, else what is on top.
    fn standing_on(&self) -> Option<Spot> {
        let here = self.column.here.map(|hit| Spot { block: hit.block, character: hit.span.start });
        let top = self.column.spot()?;
        here.filter(|here| *here >= top).or(Some(top))
    }

    /// Answers an action while something is selected; `None` where it is none for a selection.
    pub(super) fn act_selecting(
        &mut self,
        action: Action,
        context: &ScreenContext,
    ) -> Option<Outcome> {
        let mut selection = self.selection?;
        let document = context.document(self.column.document)?;
        let typeset = self.column.typeset.as_ref()?;
        let page = self.height(context).saturating_sub(1).max(1) as isize;
        let characters = selection.unit == Unit::Character;
        let rows = |rows: isize| in_row(typeset, selection.head, rows, document);
        match action {
            Action::Cancel | Action::Quit => {
                self.selection = None;
                return Some(Outcome::Done);
            }
            Action::FocusNext => std::mem::swap(&mut selection.anchor, &mut selection.head),
            Action::Down if characters => selection.head = rows(1),
            Action::Up if characters => selection.head = rows(-1),
            Action::Down | Action::Right => selection.step(1, document),
            Action::Up | Action::Left => selection.step(-1, document),
            Action::HalfDown => selection.head = rows(page / 2),
            Action::HalfUp => selection.head = rows(-page / 2),
            Action::PageDown => selection.head = rows(page),
            Action::PageUp => selection.head = rows(-page),
            Action::ParagraphOn | Action::ParagraphBack => {
                let by = if action == Action::ParagraphOn { 1 } else { -1 };
                if let Some(spot) = beyond(selection.head.block, by, document) {
                    selection.head = Spot { character: 0, ..spot };
                }
            }
            Action::Top => selection.head = Spot::default(),
            Action::Bottom => {
                let last = (document.blocks.len() as u32).saturating_sub(1);
                let character = length_of(document, last).saturating_sub(1);
                selection.head = Spot { block: last, character };
            }
            _ => return None,
        }
        let unit = selection.unit_at(selection.head, document);
        let end = Span::new(unit.start, unit.end.min(unit.start + 1));
        self.selection = Some(selection);
        self.column.look_at(Hit { block: selection.head.block, span: end }, self.height(context));
        self.tell_selection(context);
        Some(Outcome::Done)
    }

    fn tell_selection(&mut self, context: &ScreenContext) {
        let Some((selection, document)) =
            self.selection.zip(context.document(self.column.document))
        else {
            return;
        };
        let words = selection.extent(document).text(document);
        let count = words.chars().filter(|c| *c != '\n').count().to_string();
        self.notice = Some(context.tell(selection.unit.message(), &[&count]));
    }

    /// What is selected, else the paragraph that is being read.
    pub(super) fn chosen_extent(&self, context: &ScreenContext) -> Option<Extent> {
        let document = context.document(self.column.document)?;
        if let Some(selection) = self.selection {
            return Some(selection.extent(document));
        }
        let block = self.reading_block(self.column.typeset.as_ref()?);
        document.blocks.get(block as usize)?;
        Some(Extent::of_block(document, block))
    }

    /// Copies what is selected, else the paragraph, with its citation.
    pub(super) fn copy(&mut self, context: &ScreenContext) -> Outcome {
        let chosen = self.chosen_extent(context).zip(context.document(self.column.document));
        let Some((extent, document)) = chosen else { return Outcome::Done };
        let path = context.keeping.path(document);
        let cited = Cited { document, extent, path: &path, today: context.today };
        self.selection = None;
        Outcome::Effect(Effect::Copy(cited.write(self.citation)))
    }

    /// The styles of what is selected in a part of a block.
    pub(super) fn selected_in(&self, block: u32, document: &Document) -> Option<Span> {
        self.selection?.extent(document).part_of(block)
    }
}

/// The character above or below `spot`, so many rows away.
fn in_row(typeset: &ArticleLayout, spot: Spot, rows: isize, document: &Document) -> Spot {
    let line = typeset.line(Anchor::Text(spot));
    let cell = typeset.cell_of(line, spot, document);
    let mut wanted = line.saturating_add_signed(rows).min(typeset.len().saturating_sub(1));
    // Lines without text are passed over.
    loop {
        if let Some(found) = typeset.spot_at(wanted, cell, document) {
            return found;
        }
        match wanted.checked_add_signed(rows.signum()).filter(|next| *next < typeset.len()) {
            Some(next) if rows != 0 => wanted = next,
            _ => return spot,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::tui::effect::Effect;
    use crate::tui::event::{Event, Mouse};
    use crate::tui::testing::{Reading, document};
    use crate::ui::palette::Palette;
    use ratatui::layout::Position;
    use wenmai::library::Library;
    use wenmai::themes::vocabulary::Lexicon;

    const FIRST: &str = "甲一二三。甲四五六七。";

    fn reading() -> Reading {
        let only =
            document("a", Some("北京"), "2022-06-10", &["通知", FIRST, "乙一二三。", "丙一二三。"]);
        Reading::of(Library::new(vec![only], Vec::new(), Lexicon::default()), 120, 24)
    }

    fn selected(reading: &Reading) -> String {
        reading.drawn_in(Palette::PLAIN.chosen)
    }

    #[test]
    fn v_selects_sentences_then_paragraphs_then_characters_and_keys_lead_it_on() {
        let mut reading = reading();
        assert_eq!(selected(reading.press("v")), "甲一二三。");
        assert_eq!(selected(reading.press("j")), FIRST);
        assert_eq!(selected(reading.press("j k k")), "甲一二三。");
        assert_eq!(selected(reading.press("v j")), format!("{FIRST}乙一二三。"));
        assert_eq!(selected(reading.press("k v l l")), "甲一二");
        assert_eq!(selected(reading.press("G")), format!("{FIRST}乙一二三。丙一二三。"));
        assert_eq!(selected(reading.press("Tab g")), format!("{FIRST}乙一二三。丙一二三。"));
        assert_eq!(selected(reading.press("Esc")), "");
    }

    #[test]
    fn y_copies_what_is_selected_with_what_is_shown_of_its_place() {
        let mut reading = reading();
        reading.press("v j j v y");
        let Effect::Copy(text) = &reading.effect else { panic!("{:?}", reading.effect) };
        assert!(text.starts_with(&format!("> {FIRST}\n>\n> 乙一二三。\n")), "{text}");
        assert!(text.contains("《通知》") && text.contains("第1至2段"), "{text}");
        assert!(text.contains("2022-06-10") && text.contains("北京"), "{text}");
        assert_eq!(selected(&reading), "");
        reading.press("Y");
        let Effect::Copy(text) = &reading.effect else { panic!("{:?}", reading.effect) };
        assert!(text.starts_with(&format!("“{FIRST}”（《通知》")), "{text}");
    }

    #[test]
    fn the_mouse_selects_what_it_is_drawn_over() {
        let mut reading = reading();
        let row = reading.screen().lines().position(|row| row.contains(FIRST)).unwrap() as u16;
        let line = reading.row(row.into());
        let start = line.find("一二三").and_then(|byte| line.get(..byte)).unwrap();
        let x = wenmai::text::width::cells(start, Default::default()) as u16;
        reading.send(Event::Mouse(Mouse::Click, Position::new(x, row)));
        assert_eq!(selected(&reading), "");
        reading.send(Event::Mouse(Mouse::Drag, Position::new(x + 5, row)));
        assert_eq!(selected(&reading), "一二三");
        reading.send(Event::Mouse(Mouse::Drag, Position::new(x - 2, row + 2)));
        assert_eq!(selected(&reading), "一二三。甲四五六七。乙");
        reading.send(Event::Mouse(Mouse::Click, Position::new(x, row)));
        assert_eq!(selected(&reading), "");
    }
}
