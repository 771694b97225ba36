//! Word 97 to 2003 and WPS files (.doc, .wps; [MS-DOC]): the piece table says where the text is, and
//! the formatted disk pages which of it is a heading, a cell, hidden or deleted.

mod binary;
mod properties;
mod text;

use std::io::{Cursor, Read};

use cfb::CompoundFile;

use super::flow::{Ending, Flow, Paragraph};
use super::{Contents, limits};
use crate::document::RemovalReason;
use crate::error::Refusal;
use binary::Binary;
use properties::{Properties, Run, Setting};
use text::{Piece, pieces};

/// How compound files (OLE2) begin.
const MAGIC: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// What a compound file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A text of Word 97.
    Word,
    /// Sheets of Excel.
    Sheets,
    /// A newer file that needs a password.
    Encrypted,
    /// Slides, messages, installers.
    Other,
}

/// The kind of compound file that `bytes` are; `None` where they are none.
pub(super) fn kind_of(bytes: &[u8]) -> Option<Kind> {
    if !bytes.starts_with(MAGIC) {
        return None;
    }
    let file = CompoundFile::open(Cursor::new(bytes)).ok();
    let has = |name: &str| file.as_ref().is_some_and(|file| file.is_stream(name));
    Some(match () {
        () if has("WordDocument") => Kind::Word,
        () if has("Workbook") || has("Book") => Kind::Sheets,
        () if has("EncryptedPackage") => Kind::Encrypted,
        () if file.is_none() => Kind::Word,
        () => Kind::Other,
    })
}

/// Reads the Word file `bytes`.
pub(super) fn read(bytes: &[u8]) -> Result<Contents, Refusal> {
    let mut file = CompoundFile::open(Cursor::new(bytes)).map_err(|_| Refusal::Damaged)?;
    let main = stream(&mut file, "WordDocument").ok_or(Refusal::Damaged)?;
    let main = Binary(&main);
    let head = Head::of(main)?;
    let table = stream(&mut file, head.table).ok_or(Refusal::Damaged)?;
    let table = Binary(&table);
    let pieces = pieces(table.part(head.pieces)).ok_or(Refusal::Damaged)?;
    let properties = Properties::read(main, table, head.paragraphs, head.runs, head.styles);
    let mut reader =
        Reader { main, table, head, pieces, properties, flow: Flow::default(), notes: 0 };
    reader.furniture();
    reader.body();
    Ok(Contents { kind: "doc".into(), ..Contents::pieces(reader.flow.finish()) })
}

/// The bytes of a stream, as many as the whole file may unpack to.
fn stream(file: &mut CompoundFile<Cursor<&[u8]>>, name: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let stream = file.open_stream(name).ok()?;
    stream.take(limits::UNPACKED * 4).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

/// What the file's head says (FIB, [MS-DOC] 2.5).
#[derive(Debug, Clone, Copy)]
struct Head {
    table: &'static str,
    /// Where parts are in the table stream: offset and length.
    pieces: (usize, usize),
    paragraphs: (usize, usize),
    runs: (usize, usize),
    styles: (usize, usize),
    note_marks: (usize, usize),
    note_texts: (usize, usize),
    /// Characters of the body and of what follows it: notes, headers, comments, endnotes, boxes.
    lengths: [u32; 6],
}

/// The first version of Word 97.
const WORD_97: u16 = 0xC0;

impl Head {
    fn of(main: Binary<'_>) -> Result<Self, Refusal> {
        if main.u16(0) != Some(0xA5EC) {
            return Err(Refusal::Damaged);
        }
        if main.u16(2).is_none_or(|version| version < WORD_97) {
            return Err(Refusal::Unsupported("Word 6/95".to_owned()));
        }
        let flags = main.u16(0x0A).ok_or(Refusal::Damaged)?;
        if flags & 0x0100 != 0 {
            return Err(Refusal::NeedsPassword);
        }
        let length = |at| main.u32(at).filter(|length| *length < 1 << 30).unwrap_or(0);
        let place = |index: usize| {
            let at = 0x9A + index * 8;
            (main.u32(at).unwrap_or(0) as usize, main.u32(at + 4).unwrap_or(0) as usize)
        };
        Ok(Self {
            table: if flags & 0x0200 != 0 { "1Table" } else { "0Table" },
            pieces: place(33),
            paragraphs: place(13),
            runs: place(12),
            styles: place(1),
            note_marks: place(2),
            note_texts: place(3),
            lengths: [0x4C, 0x50, 0x54, 0x5C, 0x60, 0x64].map(length),
        })
    }

    /// Where part `index` of the text begins and ends, in characters.
    fn range(&self, index: usize) -> (u32, u32) {
        let before =
            self.lengths.iter().take(index).fold(0u32, |sum, one| sum.saturating_add(*one));
        (before, before.saturating_add(self.lengths.get(index).copied().unwrap_or(0)))
    }
}

/// Parts of the text, in the order of the file.
const BODY: usize = 0;
const NOTES: usize = 1;
const HEADERS: usize = 2;
const BOXES: usize = 5;

struct Reader<'b> {
    main: Binary<'b>,
    table: Binary<'b>,
    head: Head,
    pieces: Vec<Piece>,
    properties: Properties,
    flow: Flow,
    notes: u32,
}

impl Reader<'_> {
    /// Headers and footers, which are no part of the text.
    fn furniture(&mut self) {
        let text = self.plain(self.head.range(HEADERS), &self.pieces);
        let mut seen = std::collections::HashSet::new();
        for line in text.lines().map(str::trim) {
            if seen.insert(line) {
                self.flow.removed(RemovalReason::PageFurniture, line);
            }
        }
    }

    fn body(&mut self) {
        let (from, to) = self.head.range(BODY);
        self.paragraphs(from, to);
        let (from, to) = self.head.range(BOXES);
        self.paragraphs(from, to);
    }

    /// Reads the paragraphs among the characters `from` to `to`.
    fn paragraphs(&mut self, from: u32, to: u32) {
        let mut paragraph = Paragraph::default();
        // Inside how many fields, and in which of them before what they show.
        let mut fields: Vec<bool> = Vec::new();
        let mut runs = self.properties.runs();
        let pieces = std::mem::take(&mut self.pieces);
        let characters = text::characters(self.main, &pieces, from, to);
        for (c, offset) in characters {
            let run = runs.at(offset);
            match c {
                '\r' | '\u{7}' | '\u{C}' => {
                    let setting = self.properties.paragraph(offset);
                    self.end(std::mem::take(&mut paragraph), c, &setting);
                }
                '\u{13}' => fields.push(true),
                '\u{14}' => {
                    if let Some(hidden) = fields.last_mut() {
                        *hidden = false;
                    }
                }
                '\u{15}' => drop(fields.pop()),
                _ if run.hidden || fields.contains(&true) => {}
                '\u{2}' => self.note(&mut paragraph, &pieces),
                '\u{B}' | '\u{E}' => paragraph.push("\n", false, 0),
                '\u{1E}' => push(&mut paragraph, '-', run),
                '\u{0}'..='\u{8}' | '\u{1F}' => {}
                c => push(&mut paragraph, c, run),
            }
        }
        if !paragraph.text.trim().is_empty() {
            self.flow.paragraph(paragraph);
        }
        self.pieces = pieces;
    }

    /// The paragraph that ends with the mark `c`.
    fn end(&mut self, mut paragraph: Paragraph, c: char, setting: &Setting) {
        paragraph.align = setting.align;
        paragraph.shape = setting.shape;
        paragraph.removed = setting.removed;
        let ending = Ending {
            depth: setting.depth.into(),
            cell: c == '\u{7}' || setting.ends_cell,
            row: setting.ends_row,
        };
        self.flow.marked(paragraph, ending);
    }

    /// A mark in the text, and its note after the paragraph.
    fn note(&mut self, paragraph: &mut Paragraph, pieces: &[Piece]) {
        let texts = self.table.part(self.head.note_texts);
        let (Some(from), Some(to)) =
            (texts.u32(self.notes as usize * 4), texts.u32(self.notes as usize * 4 + 4))
        else {
            return;
        };
        let marks = self.head.note_marks.1 / 4;
        if self.notes as usize + 1 >= marks.max(1) {
            return;
        }
        let start = self.head.range(NOTES).0;
        let text = self.plain((start.saturating_add(from), start.saturating_add(to)), pieces);
        self.notes += 1;
        let mark = format!("[{}]", self.notes);
        paragraph.push(&mark, false, 0);
        let mut note = Paragraph::default();
        note.push(
            &format!("{mark} {}", text.split_whitespace().collect::<Vec<_>>().join(" ")),
            false,
            0,
        );
        self.flow.note(note);
    }

    /// The characters of a range as plain text.
    fn plain(&self, (from, to): (u32, u32), pieces: &[Piece]) -> String {
        let mut text = String::new();
        let mut fields = 0usize;
        for (c, _) in text::characters(self.main, pieces, from, to) {
            match c {
                '\u{13}' => fields += 1,
                '\u{14}' | '\u{15}' => fields = fields.saturating_sub(usize::from(c == '\u{14}')),
                _ if fields > 0 => {}
                '\r' | '\u{7}' | '\u{B}' | '\u{C}' => text.push('\n'),
                '\u{0}'..='\u{8}' => {}
                c => text.push(c),
            }
        }
        text
    }
}

fn push(paragraph: &mut Paragraph, c: char, run: Run) {
    paragraph.push(c.encode_utf8(&mut [0; 4]), run.bold, run.size);
}
