//! Properties of a Word file: what its formatted disk pages ([MS-DOC] 2.9.33, 2.9.174) and styles say
//! of paragraphs and runs, by the offset of their characters.

use super::binary::Binary;
use crate::document::RemovalReason;
use crate::ingest::page::{Align, Shape};

/// What a paragraph is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Setting {
    pub(super) align: Align,
    pub(super) shape: Shape,
    pub(super) removed: Option<RemovalReason>,
    /// Inside how many tables.
    pub(super) depth: u8,
    /// Its mark ends a cell of an inner table, or a row.
    pub(super) ends_cell: bool,
    pub(super) ends_row: bool,
}

/// How a run of characters is set.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Run {
    /// Hidden or deleted.
    pub(super) hidden: bool,
    pub(super) bold: bool,
    /// In half points; 0 where only the style says.
    pub(super) size: u16,
}

/// Properties by the offsets of characters in the main stream.
#[derive(Debug, Default)]
pub(super) struct Properties {
    /// First offset and the one after the last.
    paragraphs: Vec<(u32, u32, Setting)>,
    runs: Vec<(u32, u32, Run)>,
}

/// Bytes of a formatted disk page.
const PAGE: usize = 512;

impl Properties {
    pub(super) fn read(
        main: Binary<'_>,
        table: Binary<'_>,
        paragraphs: (usize, usize),
        runs: (usize, usize),
        styles: (usize, usize),
    ) -> Self {
        let styles = styles_in(table.part(styles));
        let mut all = Self::default();
        for page in pages(main, table.part(paragraphs)) {
            each(page, 13, |from, to, at| {
                all.paragraphs.push((from, to, paragraph(page, at, &styles)));
            });
        }
        for page in pages(main, table.part(runs)) {
            each(page, 1, |from, to, at| all.runs.push((from, to, run(page, at))));
        }
        all.paragraphs.sort_by_key(|(from, ..)| *from);
        all.runs.sort_by_key(|(from, ..)| *from);
        all
    }

    /// What the paragraph is whose mark is at `offset`.
    pub(super) fn paragraph(&self, offset: u32) -> Setting {
        found(&self.paragraphs, offset).map_or_else(Setting::default, |(_, _, setting)| *setting)
    }

    /// Runs, for offsets that mostly grow.
    pub(super) fn runs(&self) -> Runs {
        Runs { runs: self.runs.clone(), last: (0, 0, Run::default()) }
    }
}

/// Looks runs up, the same one for the characters of one run.
pub(super) struct Runs {
    runs: Vec<(u32, u32, Run)>,
    last: (u32, u32, Run),
}

impl Runs {
    /// How the character at `offset` is set.
    pub(super) fn at(&mut self, offset: u32) -> Run {
        if !(self.last.0..self.last.1).contains(&offset) {
            self.last =
                found(&self.runs, offset).copied().unwrap_or((offset, offset + 1, Run::default()));
        }
        self.last.2
    }
}

fn found<T>(all: &[(u32, u32, T)], offset: u32) -> Option<&(u32, u32, T)> {
    let after = all.partition_point(|(from, ..)| *from <= offset);
    all.get(after.checked_sub(1)?).filter(|(_, to, _)| offset < *to)
}

/// The formatted disk pages that `list` numbers.
fn pages<'b>(main: Binary<'b>, list: Binary<'b>) -> impl Iterator<Item = Binary<'b>> {
    let count = list.0.len().saturating_sub(4) / 8;
    (0..count).filter_map(move |index| {
        let number = list.u32((count + 1) * 4 + index * 4)? & 0x003F_FFFF;
        let page = main.part((number as usize * PAGE, PAGE));
        (page.0.len() == PAGE).then_some(page)
    })
}

/// Each run of `page`: its offsets and where in the page its properties are, 0 for nowhere. An entry
/// of the list of places has `width` bytes.
fn each(page: Binary<'_>, width: usize, mut each: impl FnMut(u32, u32, usize)) {
    let count = usize::from(page.u8(PAGE - 1).unwrap_or(0));
    for index in 0..count {
        let (Some(from), Some(to)) = (page.u32(index * 4), page.u32(index * 4 + 4)) else { return };
        let place = page.u8((count + 1) * 4 + index * width).unwrap_or(0);
        if from < to {
            each(from, to, usize::from(place) * 2);
        }
    }
}

fn paragraph(page: Binary<'_>, at: usize, styles: &[Style]) -> Setting {
    let mut setting = Setting::default();
    if at == 0 {
        return setting;
    }
    let words = usize::from(page.u8(at).unwrap_or(0));
    let (start, length) = match words {
        0 => (at + 2, usize::from(page.u8(at + 1).unwrap_or(0)) * 2),
        words => (at + 1, words * 2 - 1),
    };
    let own = page.part((start, length.min(PAGE - start.min(PAGE))));
    let style = own.u16(0).and_then(|style| styles.get(usize::from(style)));
    if let Some(style) = style {
        (setting.shape, setting.removed) = (style.shape, style.removed);
        setting.align = style.align;
    }
    let mut in_table = false;
    modifiers(Binary(own.0.get(2..).unwrap_or_default()), |code, value| match code {
        0x2403 | 0x2461 => setting.align = align_of(value.u8(0).unwrap_or(0)),
        0x2416 => in_table = value.u8(0) == Some(1),
        0x2417 | 0x244C => setting.ends_row |= value.u8(0) == Some(1),
        0x244B => setting.ends_cell = value.u8(0) == Some(1),
        0x6649 => setting.depth = value.u32(0).unwrap_or(0).min(u32::from(u8::MAX)) as u8,
        0x2640 => {
            setting.shape = match value.u8(0) {
                Some(level @ 0..=8) => Shape::Heading(level + 1),
                _ => Shape::Text,
            }
        }
        _ => {}
    });
    setting.depth = if in_table { setting.depth.max(1) } else { setting.depth };
    setting
}

fn run(page: Binary<'_>, at: usize) -> Run {
    let mut run = Run::default();
    if at == 0 {
        return run;
    }
    let length = usize::from(page.u8(at).unwrap_or(0)).min(PAGE.saturating_sub(at + 1));
    modifiers(page.part((at + 1, length)), |code, value| match code {
        0x0800 | 0x083C => run.hidden |= value.u8(0) == Some(1),
        0x0835 => run.bold = value.u8(0) == Some(1),
        0x4A43 => run.size = value.u16(0).unwrap_or(0),
        _ => {}
    });
    run
}

/// Reads property modifiers ([MS-DOC] 2.2.5): a code, whose upper bits say how long its value is.
fn modifiers(list: Binary<'_>, mut each: impl FnMut(u16, Binary<'_>)) {
    let mut at = 0;
    while let Some(code) = list.u16(at) {
        at += 2;
        let length = match code >> 13 {
            0 | 1 => 1,
            2 | 4 | 5 => 2,
            3 => 4,
            7 => 3,
            _ if code == 0xD608 => 1 + usize::from(list.u16(at).unwrap_or(0)),
            _ => 1 + usize::from(list.u8(at).unwrap_or(0)),
        };
        each(code, list.part((at, length.min(list.0.len().saturating_sub(at)))));
        at += length;
    }
}

fn align_of(code: u8) -> Align {
    match code {
        1 => Align::Centre,
        2 => Align::End,
        _ => Align::Start,
    }
}

#[derive(Debug, Clone, Default)]
struct Style {
    shape: Shape,
    removed: Option<RemovalReason>,
    align: Align,
}

/// The styles of a file, by their index ([MS-DOC] 2.9.271): built-in ones by their number, which does
/// not depend on the language of the program.
fn styles_in(part: Binary<'_>) -> Vec<Style> {
    let mut styles = Vec::new();
    let head = usize::from(part.u16(0).unwrap_or(0));
    let count = part.u16(2).unwrap_or(0);
    let mut at = 2 + head;
    for _ in 0..count {
        let Some(length) = part.u16(at) else { break };
        let own = part.part((at + 2, usize::from(length)));
        styles.push(style(own));
        at += 2 + usize::from(length) + usize::from(length % 2);
    }
    styles
}

fn style(own: Binary<'_>) -> Style {
    let mut style = Style::default();
    match own.u16(0).map(|word| word & 0x0FFF) {
        Some(number @ 1..=9) => style.shape = Shape::Heading(number as u8),
        Some(62) => style.shape = Shape::Heading(1),
        Some(19..=27) => style.removed = Some(RemovalReason::Navigation),
        _ => {}
    }
    style
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modifiers_are_read_by_the_length_in_their_code() {
        let list = [0x03, 0x24, 1, 0x43, 0x4A, 44, 0, 0x15, 0xC6, 2, 9, 9, 0x16, 0x24, 1];
        let mut codes = Vec::new();
        modifiers(Binary(&list), |code, value| codes.push((code, value.0.len())));
        assert_eq!(codes, [(0x2403, 1), (0x4A43, 2), (0xC615, 3), (0x2416, 1)]);
    }

    #[test]
    fn built_in_styles_are_known_by_number() {
        let of = |number: u16| style(Binary(&number.to_le_bytes()));
        assert_eq!(of(0x1002).shape, Shape::Heading(2));
        assert_eq!(of(0).shape, Shape::Text);
        assert_eq!(of(19).removed, Some(RemovalReason::Navigation));
    }
}
