//! Rich Text Format (1.9.1): control words, groups and text in code pages or UTF-16 units. What a
//! reader does not know is marked so that it can be skipped.

use std::collections::HashMap;

use encoding_rs::{BIG5, EUC_KR, Encoding, GB18030, SHIFT_JIS, UTF_8, WINDOWS_1252};

use super::Contents;
use super::flow::{Ending, Flow, Paragraph};
use crate::document::RemovalReason;
use crate::ingest::page::{Align, Shape};

/// True for the beginning of such a file.
pub(super) fn is_rtf(bytes: &[u8]) -> bool {
    bytes.trim_ascii_start().starts_with(b"{\\rtf")
}

/// Reads the file `bytes`.
pub(super) fn read(bytes: &[u8]) -> Contents {
    let mut reader = RtfReader::default();
    let mut tokens = Tokens { bytes, at: 0 };
    while let Some(token) = tokens.next() {
        match token {
            Token::Open => reader.open(),
            Token::Close => reader.close(),
            Token::Word(word, value) => reader.word(word, value, &mut tokens),
            Token::Symbol(symbol) => reader.symbol(symbol),
            Token::Byte(byte) => reader.byte(byte),
        }
    }
    reader.finish();
    Contents { kind: "rtf".into(), ..Contents::pieces(reader.flow.finish()) }
}

enum Token<'b> {
    Open,
    Close,
    /// A control word and its number.
    Word(&'b str, Option<i32>),
    /// A control symbol.
    Symbol(u8),
    /// A byte of text.
    Byte(u8),
}

struct Tokens<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Tokens<'b> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn next(&mut self) -> Option<Token<'b>> {
        loop {
            let byte = self.peek()?;
            self.at += 1;
            return Some(match byte {
                b'{' => Token::Open,
                b'}' => Token::Close,
                b'\r' | b'\n' | 0 => continue,
                b'\\' => self.control()?,
                byte => Token::Byte(byte),
            });
        }
    }

    fn control(&mut self) -> Option<Token<'b>> {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_alphabetic()) {
            self.at += 1;
        }
        if self.at == start {
            let symbol = self.peek()?;
            self.at += 1;
            if symbol != b'\'' {
                return Some(Token::Symbol(symbol));
            }
            let code = self.bytes.get(self.at..self.at + 2);
            self.at += 2;
            let code = code.and_then(|code| std::str::from_utf8(code).ok());
            return Some(Token::Byte(
                code.and_then(|code| u8::from_str_radix(code, 16).ok()).unwrap_or(b'?'),
            ));
        }
        let name = std::str::from_utf8(self.bytes.get(start..self.at)?).ok()?;
        let number = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        let value = std::str::from_utf8(self.bytes.get(number..self.at)?).ok()?.parse().ok();
        if self.peek() == Some(b' ') {
            self.at += 1;
        }
        Some(Token::Word(name, value))
    }
}

/// Where the text of a group goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Destination {
    #[default]
    Body,
    /// Nowhere.
    Skipped,
    Fonts,
    Styles,
    Note,
    Furniture,
}

/// What a group inherits from the one around it.
#[derive(Debug, Clone, Copy)]
struct RtfState {
    destination: Destination,
    hidden: bool,
    bold: bool,
    size: u16,
    font: i32,
    /// Characters of the fallback after a Unicode character.
    fallback: u8,
}

impl Default for RtfState {
    fn default() -> Self {
        Self {
            destination: Destination::Body,
            hidden: false,
            bold: false,
            size: 0,
            font: 0,
            fallback: 1,
        }
    }
}

/// How the open paragraph is set.
#[derive(Debug, Clone, Copy, Default)]
struct RtfStyle {
    align: Align,
    shape: Option<Shape>,
    style: i32,
    depth: usize,
}

#[derive(Default)]
struct RtfReader {
    flow: Flow,
    state: RtfState,
    stack: Vec<RtfState>,
    paragraph: Paragraph,
    setting: RtfStyle,
    /// Bytes of text that are not decoded yet.
    bytes: Vec<u8>,
    /// Half of a character beyond the first plane.
    surrogate: Option<u16>,
    /// Bytes or characters of a fallback that are still to be skipped.
    skip: usize,
    page: Option<&'static Encoding>,
    fonts: HashMap<i32, &'static Encoding>,
    styles: HashMap<i32, (Shape, Option<RemovalReason>)>,
    /// The style or font whose definition is being read, and its name so far.
    defined: i32,
    outline: Option<i32>,
    name: String,
    note: String,
    furniture: String,
    notes: usize,
    optional: bool,
}

/// Groups inside each other that are counted.
const DEEPEST: usize = 1000;

impl RtfReader {
    fn open(&mut self) {
        self.flush();
        if self.stack.len() < DEEPEST {
            self.stack.push(self.state);
        }
        self.optional = false;
    }

    fn close(&mut self) {
        self.flush();
        let ended = self.state.destination;
        self.state = self.stack.pop().unwrap_or_default();
        match ended {
            Destination::Note if self.state.destination != Destination::Note => self.end_note(),
            Destination::Furniture if self.state.destination != Destination::Furniture => {
                let text = std::mem::take(&mut self.furniture);
                self.flow.removed(RemovalReason::PageFurniture, &text);
            }
            Destination::Styles => self.end_style(),
            _ => {}
        }
    }

    fn end_note(&mut self) {
        self.notes += 1;
        let mark = format!("[{}]", self.notes);
        self.paragraph.push(&mark, false, 0);
        let text = std::mem::take(&mut self.note);
        let mut note = Paragraph::default();
        note.push(&format!("{mark} {}", text.trim()), false, 0);
        self.flow.note(note);
    }

    fn end_style(&mut self) {
        let name = std::mem::take(&mut self.name).trim_end_matches(';').trim().to_lowercase();
        let outline = self.outline.take();
        let level =
            |rest: &str| rest.trim().parse::<u8>().ok().filter(|level| (1..=9).contains(level));
        let numbered = |prefix: &str| name.strip_prefix(prefix).and_then(level);
        let kind = match outline {
            Some(level @ 0..=8) => (Shape::Heading(level as u8 + 1), None),
            _ if numbered("toc").is_some() => (Shape::Text, Some(RemovalReason::Navigation)),
            _ if name == "title" || name == "标题" => (Shape::Heading(1), None),
            _ => match numbered("heading").or_else(|| numbered("标题")) {
                Some(level) => (Shape::Heading(level), None),
                None => return,
            },
        };
        self.styles.insert(self.defined, kind);
    }

    fn word(&mut self, word: &str, value: Option<i32>, tokens: &mut Tokens<'_>) {
        if word != "u" {
            self.flush();
        }
        let optional = std::mem::take(&mut self.optional);
        let on = value != Some(0);
        let number = value.unwrap_or(0);
        match word {
            "bin" => tokens.at = tokens.at.saturating_add(number.max(0) as usize),
            "u" => self.unicode(number),
            "uc" => self.state.fallback = number.clamp(0, 16) as u8,
            "ansicpg" => self.page = page_called(number),
            "fonttbl" => self.state.destination = Destination::Fonts,
            "stylesheet" => self.state.destination = Destination::Styles,
            "footnote" | "ftnalt" => self.state.destination = Destination::Note,
            "header" | "headerl" | "headerr" | "headerf" | "footer" | "footerl" | "footerr"
            | "footerf" => {
                self.state.destination = Destination::Furniture;
            }
            "colortbl" | "info" | "pict" | "object" | "fldinst" | "shprslt" | "sp"
            | "nonshppict" | "pnseclvl" | "pntxta" | "pntxtb" | "template" | "revtbl"
            | "annotation" => {
                self.state.destination = Destination::Skipped;
            }
            "result" | "fldrslt" | "shptxt"
                if optional || self.state.destination == Destination::Skipped =>
            {
                self.state.destination = Destination::Body;
            }
            "shpinst" | "shptxt" | "cs" | "s" | "ts" => self.defined_style(word, number),
            _ if optional => self.state.destination = Destination::Skipped,
            "f" if self.state.destination == Destination::Fonts => self.defined = number,
            "f" => self.state.font = number,
            "fcharset" => {
                if let Some(encoding) = charset(number) {
                    self.fonts.insert(self.defined, encoding);
                }
            }
            "v" | "deleted" => self.state.hidden = on,
            "b" => self.state.bold = on,
            "fs" => self.state.size = number.clamp(0, 9999) as u16,
            "plain" => (self.state.hidden, self.state.bold, self.state.size) = (false, false, 0),
            _ => self.layout(word, value),
        }
    }

    fn defined_style(&mut self, word: &str, number: i32) {
        match self.state.destination {
            Destination::Styles => {
                self.defined = if word == "s" { number } else { i32::MIN };
                self.name.clear();
            }
            _ if word == "s" => self.setting.style = number,
            _ => {}
        }
    }

    /// Words that set paragraphs and stand for characters.
    fn layout(&mut self, word: &str, value: Option<i32>) {
        match word {
            "pard" => self.setting = RtfStyle::default(),
            "qc" => self.setting.align = Align::Centre,
            "qr" => self.setting.align = Align::End,
            "ql" | "qj" | "qd" => self.setting.align = Align::Start,
            "outlinelevel" if self.state.destination == Destination::Styles => self.outline = value,
            "outlinelevel" => {
                self.setting.shape = Some(match value {
                    Some(level @ 0..=8) => Shape::Heading(level as u8 + 1),
                    _ => Shape::Text,
                });
            }
            "intbl" => self.setting.depth = self.setting.depth.max(1),
            "itap" => self.setting.depth = value.unwrap_or(0).clamp(0, 100) as usize,
            "par" | "sect" | "page" => self.end_paragraph(Ending::default()),
            "cell" | "nestcell" => self.end_paragraph(Ending { cell: true, ..Ending::default() }),
            "row" | "nestrow" => {
                let depth = self.setting.depth.max(if word == "row" { 1 } else { 2 });
                self.flow
                    .marked(Paragraph::default(), Ending { depth, row: true, ..Ending::default() });
            }
            "line" => self.text("\n"),
            "tab" => self.text("\t"),
            "emdash" => self.text("—"),
            "endash" => self.text("–"),
            "lquote" => self.text("‘"),
            "rquote" => self.text("’"),
            "ldblquote" => self.text("“"),
            "rdblquote" => self.text("”"),
            "bullet" => self.text("•"),
            "emspace" | "enspace" | "qmspace" => self.text(" "),
            _ => {}
        }
    }

    fn symbol(&mut self, symbol: u8) {
        self.flush();
        match symbol {
            b'*' => self.optional = true,
            b'~' => self.text("\u{A0}"),
            b'_' => self.text("-"),
            b'\\' | b'{' | b'}' => self.byte(symbol),
            b'\r' | b'\n' => self.end_paragraph(Ending::default()),
            _ => {}
        }
    }

    fn byte(&mut self, byte: u8) {
        if self.skip > 0 {
            self.skip -= 1;
            return;
        }
        self.bytes.push(byte);
    }

    fn unicode(&mut self, number: i32) {
        if !self.bytes.is_empty() {
            self.flush();
        }
        let unit = number as u16;
        let decoded = match self.surrogate.take() {
            Some(first) => char::decode_utf16([first, unit]).next(),
            None if (0xD800..0xDC00).contains(&unit) => {
                self.surrogate = Some(unit);
                None
            }
            None => char::decode_utf16([unit]).next(),
        };
        if let Some(c) = decoded {
            let c = c.unwrap_or('\u{FFFD}');
            self.put(c.encode_utf8(&mut [0; 4]));
        }
        self.skip = self.state.fallback.into();
    }

    /// Text that is no fallback.
    fn text(&mut self, text: &str) {
        if self.skip > 0 {
            self.skip -= 1;
            return;
        }
        self.put(text);
    }

    fn put(&mut self, text: &str) {
        match self.state.destination {
            Destination::Skipped | Destination::Fonts => {}
            Destination::Styles => self.name.push_str(text),
            Destination::Note => self.note.push_str(text),
            Destination::Furniture => self.furniture.push_str(text),
            Destination::Body if self.state.hidden => {}
            Destination::Body => self.paragraph.push(text, self.state.bold, self.state.size),
        }
    }

    /// Decodes the bytes of text so far in the encoding of their font.
    fn flush(&mut self) {
        // What a fallback has less than was said ends with it.
        self.skip = 0;
        if self.bytes.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.bytes);
        let own = self.fonts.get(&self.state.font).copied();
        let encoding = own.or(self.page).unwrap_or(WINDOWS_1252);
        let (text, damaged) = encoding.decode_without_bom_handling(&bytes);
        let (text, _) = match self.page.filter(|_| damaged) {
            Some(page) => page.decode_without_bom_handling(&bytes),
            None => (text, damaged),
        };
        self.put(&text);
    }

    fn end_paragraph(&mut self, ending: Ending) {
        if self.state.destination != Destination::Body {
            return self.put(" ");
        }
        let style = self.styles.get(&self.setting.style).copied();
        let mut paragraph = std::mem::take(&mut self.paragraph);
        paragraph.align = self.setting.align;
        (paragraph.shape, paragraph.removed) = style.unwrap_or_default();
        paragraph.shape = self.setting.shape.unwrap_or(paragraph.shape);
        let depth = if ending.cell { self.setting.depth.max(1) } else { self.setting.depth };
        self.flow.marked(paragraph, Ending { depth, ..ending });
    }

    fn finish(&mut self) {
        self.flush();
        if !self.paragraph.text.trim().is_empty() {
            self.state = RtfState::default();
            self.end_paragraph(Ending::default());
        }
    }
}

fn page_called(number: i32) -> Option<&'static Encoding> {
    Some(match number {
        936 | 54936 => GB18030,
        950 | 10002 => BIG5,
        932 => SHIFT_JIS,
        949 => EUC_KR,
        65001 => UTF_8,
        number => Encoding::for_label(format!("windows-{number}").as_bytes())?,
    })
}

/// The encoding of a font's character set; `None` for that of the whole file.
fn charset(number: i32) -> Option<&'static Encoding> {
    match number {
        134 => Some(GB18030),
        136 => Some(BIG5),
        128 => Some(SHIFT_JIS),
        129 => Some(EUC_KR),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::Text;
    use super::*;

    fn pieces(source: &str) -> Vec<crate::ingest::RawBlock> {
        assert!(is_rtf(source.as_bytes()));
        match read(source.as_bytes()).text {
            Text::Pieces(pieces) => pieces,
            Text::Source(_) => unreachable!(),
        }
    }

    fn shown(source: &str) -> Vec<String> {
        pieces(source).into_iter().filter(|piece| piece.is_kept()).map(|piece| piece.text).collect()
    }

    #[test]
    fn bytes_of_a_code_page_and_units_become_characters() {
        let source = "{\\rtf1\\ansi\\ansicpg936{\\fonttbl{\\f0\\fcharset134 SimSun;}{\\f1 Times;}}\
            \\f0\\'b9\\'d8\\'d3\\'da\\u21152?\\u24555 ?\\f1 a\\{b\\}\\par\\u-10179?\\u-8704?{\\v \\'d2\\'fe}.\\par}";
        assert_eq!(shown(source), ["关于加快a{b}", "\u{1F600}."]);
    }

    #[test]
    fn unknown_destinations_fields_and_headers_stay_out() {
        let source = "{\\rtf1\\uc1{\\*\\generator X;}{\\info{\\title T}}{\\header H\\par}{\\stylesheet{\\s1 heading 1;}}\
            \\pard\\s1 A\\par\\pard{\\field{\\*\\fldinst PAGE}{\\fldrslt 1}}B{\\footnote N}\\par\
            {\\shp{\\*\\shpinst{\\sp{\\sn n}{\\sv v}}{\\shptxt\\pard C\\par}}{\\shprslt C\\par}}}";
        assert_eq!(shown(source), ["A", "1B[1]", "[1] N", "C"]);
        assert_eq!(pieces(source)[1].shape, Shape::Heading(1));
        assert!(!pieces(source)[0].is_kept());
    }

    #[test]
    fn rows_of_tables_are_rows() {
        let source = "{\\rtf1 x\\par\\trowd\\cellx1\\cellx2\\pard\\intbl a\\cell b\\par c\\cell\\row\
            \\trowd\\pard\\intbl d\\cell e\\cell\\row\\pard y\\par}";
        assert_eq!(shown(source), ["x", "a │ b c", "d │ e", "y"]);
    }

    #[test]
    fn cut_files_are_read_up_to_the_cut() {
        let source = "{\\rtf1\\ansi\\ansicpg936 \\'b9\\'d8\\par\\'d3\\'da";
        for end in 0..source.len() {
            let _ = read(&source.as_bytes()[..end]);
        }
        assert_eq!(shown(source), ["关", "于"]);
    }
}
