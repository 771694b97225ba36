//! Selecting in the open document by keys, and copying what is selected with its citation.

use wenmai::annotations::entry::Extent;
use wenmai::citation::Cited;
use wenmai::document::Document;
use wenmai::text::Span;

use super::selection::{Selection, Unit, beyond, in_row, length_of};
use super::{Outcome, Reader};
use crate::tui::context::ScreenContext;
use crate::tui::effect::Effect;
use crate::tui::find::Hit;
use crate::tui::widget::article::Spot;
use crate::ui::action::Action;

impl Reader {
    /// Starts to select, where the reader is; or goes on to the next unit.
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

    /// Where a selection starts: at the hit in the paragraph of the cursor, or else at its first
    /// character in view.
    fn standing_on(&self) -> Option<Spot> {
        let cursor = self.pane.cursor;
        let here = self.pane.here.filter(|hit| hit.block == cursor.block);
        if let Some(hit) = here {
            return Some(Spot { block: hit.block, character: hit.span.start });
        }
        let top = self.pane.spot()?;
        Some(if top.block == cursor.block { top } else { cursor })
    }

    /// Answers an action while something is selected; `None` where it is none for a selection.
    pub(super) fn act_selecting(
        &mut self,
        action: Action,
        context: &ScreenContext,
    ) -> Option<Outcome> {
        let mut selection = self.selection?;
        let document = context.document(self.pane.document)?;
        let typeset = self.pane.typeset.as_ref()?;
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
            Action::NextParagraph | Action::PreviousParagraph => {
                let by = if action == Action::NextParagraph { 1 } else { -1 };
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
        self.pane.cursor_on(selection.head.block);
        self.pane.look_at(Hit { block: selection.head.block, span: end }, self.height(context));
        self.tell_selection(context);
        Some(Outcome::Done)
    }

    fn tell_selection(&mut self, context: &ScreenContext) {
        let Some((selection, document)) = self.selection.zip(context.document(self.pane.document))
        else {
            return;
        };
        let words = selection.extent(document).text(document);
        let count = words.chars().filter(|c| *c != '\n').count().to_string();
        self.notice = Some(context.tell(selection.unit.message(), &[&count]));
    }

    /// What is selected, else the paragraph that is being read.
    pub(super) fn chosen_extent(&self, context: &ScreenContext) -> Option<Extent> {
        let document = context.document(self.pane.document)?;
        if let Some(selection) = self.selection {
            return Some(selection.extent(document));
        }
        let block = self.pane.cursor.block;
        document.blocks.get(block as usize)?;
        Some(Extent::of_block(document, block))
    }

    /// Copies what is selected, else the paragraph, with its citation.
    pub(super) fn copy(&mut self, context: &ScreenContext) -> Outcome {
        let chosen = self.chosen_extent(context).zip(context.document(self.pane.document));
        let Some((extent, document)) = chosen else { return Outcome::Done };
        let path = context.keeping.path(document);
        let cited = Cited { document, extent, path: &path, today: context.today };
        self.selection = None;
        let headings = headings_above(document, extent);
        Outcome::Effect(Effect::Copy(format!("{headings}{}", cited.write(self.citation))))
    }

    /// The styles of what is selected in a part of a block.
    pub(super) fn selected_in(&self, block: u32, document: &Document) -> Option<Span> {
        self.selection?.extent(document).part_of(block)
    }
}

/// The heading rows of the table of a row that is copied as a whole, a line each.
fn headings_above(document: &Document, extent: Extent) -> String {
    let block = extent.from.block;
    let table = document.table_of(block).filter(|table| !table.is_heading(block));
    let Some(table) = table.filter(|_| Extent::of_block(document, block) == extent) else {
        return String::new();
    };
    let rows = table.blocks().take(table.heading_rows as usize);
    let rows = rows.filter_map(|at| document.blocks.get(at as usize));
    rows.map(|row| format!("> {}\n", row.text)).collect()
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
        assert!(text.starts_with("“乙一二三。”（《通知》"), "{text}");
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
