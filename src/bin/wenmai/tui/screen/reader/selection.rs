//! A selection: all sentences, paragraphs or characters from one place to another.

use wenmai::annotations::entry::{Extent, Point};
use wenmai::document::Document;
use wenmai::text::Span;
use wenmai::text::sentences::sentence_at;

use crate::tui::widget::article::{Anchor, ArticleLayout, Spot};
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
    pub(super) fn next(self) -> Self {
        match self {
            Self::Sentence => Self::Paragraph,
            Self::Paragraph => Self::Character,
            Self::Character => Self::Sentence,
        }
    }

    pub(super) fn message(self) -> Message {
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
    pub(super) unit: Unit,
    pub(super) anchor: Spot,
    pub(super) head: Spot,
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
    pub(super) fn unit_at(&self, spot: Spot, document: &Document) -> Span {
        let text = document.blocks.get(spot.block as usize).map_or("", |block| &block.text);
        let length = text.chars().count() as u32;
        match self.unit {
            Unit::Paragraph => Span::new(0, length),
            Unit::Character => {
                let start = spot.character.min(length.saturating_sub(1));
                Span::new(start, (start + 1).min(length))
            }
            Unit::Sentence => sentence_at(text, spot.character).unwrap_or(Span::new(0, 0)),
        }
    }

    /// Leads the head on by units, or back.
    pub(super) fn step(&mut self, by: isize, document: &Document) {
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

pub(super) fn length_of(document: &Document, block: u32) -> u32 {
    document.blocks.get(block as usize).map_or(0, |block| block.text.chars().count() as u32)
}

/// The first character of the next block, or the last one of the block before.
pub(super) fn beyond(block: u32, by: isize, document: &Document) -> Option<Spot> {
    let next = if by > 0 { block.checked_add(1)? } else { block.checked_sub(1)? };
    let length = document.blocks.get(next as usize).map(|_| length_of(document, next))?;
    let character = if by > 0 { 0 } else { length.saturating_sub(1) };
    Some(Spot { block: next, character })
}

/// The character above or below `spot`, so many rows away.
pub(super) fn in_row(
    typeset: &ArticleLayout,
    spot: Spot,
    rows: isize,
    document: &Document,
) -> Spot {
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
