//! The text of a Word file in reading order: what is deleted, moved away or hidden stays out, a text
//! box that is stored twice is read once, and notes follow the paragraph that has their mark.

use std::collections::HashMap;

use super::super::flow::{Flow, Paragraph};
use super::super::xml::{self, Element, Node};
use super::Parts;
use super::styles::{Inherited, Setting};
use crate::ingest::page::Shape;

/// Notes by their element (`footnote`, `endnote`) and id.
pub(super) type Notes = HashMap<&'static str, HashMap<String, String>>;

/// Reads the main part `xml` into `flow`; false where it breaks off.
pub(super) fn read(xml: &str, parts: &mut Parts, flow: &mut Flow) -> bool {
    let mut body = Body {
        parts,
        flow,
        open: Vec::new(),
        skipped: 0,
        alternatives: Vec::new(),
        carried: None,
        hides_content: false,
        notes: 0,
    };
    let whole = xml::read(xml, |node| body.node(node));
    while !body.open.is_empty() {
        body.end_paragraph();
    }
    whole
}

/// The text of a header or footer in one line.
pub(super) fn plain(xml: &str) -> String {
    let (mut text, mut in_text) = (String::new(), false);
    xml::read(xml, |node| match node {
        Node::Open(e) if e.name() == "t" => in_text = true,
        Node::Close("t") => in_text = false,
        Node::Close("p") => text.push(' '),
        Node::Text(part) if in_text => text.push_str(part),
        _ => {}
    });
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A paragraph that is not yet closed; those of text boxes lie inside others.
#[derive(Default)]
struct Open {
    paragraph: Paragraph,
    style_id: Option<String>,
    inherited: Inherited,
    direct: Setting,
    /// What the open run sets.
    run: Setting,
    /// Inside the paragraph's properties, and those of its mark.
    in_properties: bool,
    in_mark: bool,
    in_run_properties: bool,
    in_text: bool,
    /// Its mark is deleted: it goes on in the next one.
    goes_on: bool,
}

struct Body<'b> {
    parts: &'b mut Parts,
    flow: &'b mut Flow,
    open: Vec<Open>,
    /// Depth inside an element that is left out.
    skipped: usize,
    /// For each choice around, whether an alternative was taken.
    alternatives: Vec<bool>,
    carried: Option<Paragraph>,
    hides_content: bool,
    notes: usize,
}

impl Body<'_> {
    fn node(&mut self, node: Node<'_>) {
        match node {
            Node::Open(_) if self.skipped > 0 => self.skipped += 1,
            Node::Close(_) if self.skipped > 0 => self.skipped -= 1,
            Node::Open(e) if self.is_left_out(e) => self.skipped = 1,
            Node::Open(e) => self.begin(e),
            Node::Close(name) => self.end(name),
            Node::Text(text) if self.skipped == 0 => self.text(text),
            Node::Text(_) => {}
        }
    }

    /// What was deleted or moved away, former settings, readings above characters, and the second
    /// copy of what is stored for older programs.
    fn is_left_out(&mut self, e: &Element<'_>) -> bool {
        match e.name() {
            "del" | "moveFrom" => !self.is_in_properties(),
            "rt" | "sectPr" | "delText" | "instrText" | "delInstrText" => true,
            "Choice" | "Fallback" => {
                let taken = self.alternatives.last_mut();
                taken.is_some_and(|taken| std::mem::replace(taken, true))
            }
            "sdtContent" => std::mem::take(&mut self.hides_content),
            name => name.ends_with("Change"),
        }
    }

    fn is_in_properties(&self) -> bool {
        self.open.last().is_some_and(|open| open.in_properties || open.in_run_properties)
    }

    fn begin(&mut self, e: &Element<'_>) {
        match e.name() {
            "AlternateContent" => self.alternatives.push(false),
            "showingPlcHdr" => self.hides_content = e.is_on(),
            "tbl" => self.flow.open_table(),
            "tr" => self.flow.open_row(),
            "tc" => self.flow.open_cell(),
            "p" => {
                let inherited = self.parts.styles.paragraph(None);
                self.open.push(Open { inherited, ..Open::default() });
            }
            "footnoteReference" => self.note("footnote", e),
            "endnoteReference" => self.note("endnote", e),
            _ => self.inside(e),
        }
    }

    /// An element inside a paragraph.
    fn inside(&mut self, e: &Element<'_>) {
        let Some(open) = self.open.last_mut() else { return };
        match e.name() {
            "pPr" => open.in_properties = true,
            "rPr" if open.in_properties => open.in_mark = true,
            "rPr" => open.in_run_properties = true,
            "del" if open.in_mark => open.goes_on = true,
            _ if open.in_mark => {}
            "pStyle" if open.in_properties => {
                open.style_id = e.get("val").map(|id| id.into_owned());
                open.inherited = self.parts.styles.paragraph(open.style_id.as_deref());
            }
            _ if open.in_properties => open.direct.learn(e),
            "rStyle" if open.in_run_properties => {
                let style = self.parts.styles.run(&e.get("val").unwrap_or_default());
                open.run.bold = open.run.bold.or(style.bold);
                open.run.hidden = open.run.hidden.or(style.hidden);
                open.run.size = open.run.size.or(style.size);
            }
            _ if open.in_run_properties => open.run.learn(e),
            "r" => open.run = Setting::default(),
            "t" => open.in_text = true,
            "tab" | "ptab" => open.push("\t"),
            "br" | "cr" => open.push("\n"),
            "noBreakHyphen" => open.push("-"),
            "sym" => {
                let code = e.get("char").and_then(|code| u32::from_str_radix(&code, 16).ok());
                let drawn = code.map(symbol).unwrap_or('\u{FFFD}');
                open.push(drawn.encode_utf8(&mut [0; 4]));
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "AlternateContent" => drop(self.alternatives.pop()),
            "tbl" => self.flow.close_table(),
            "p" => self.end_paragraph(),
            _ => {
                let Some(open) = self.open.last_mut() else { return };
                match name {
                    "pPr" => (open.in_properties, open.in_mark) = (false, false),
                    "rPr" if open.in_properties => open.in_mark = false,
                    "rPr" => open.in_run_properties = false,
                    "r" => open.run = Setting::default(),
                    "t" => open.in_text = false,
                    _ => {}
                }
            }
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(open) = self.open.last_mut().filter(|open| open.in_text) {
            open.push(text);
        }
    }

    /// A mark in the text, and its note after the paragraph.
    fn note(&mut self, kind: &str, e: &Element<'_>) {
        let Some(open) = self.open.last_mut() else { return };
        let id = e.get("id").unwrap_or_default();
        let Some(text) = self.parts.notes.get(kind).and_then(|notes| notes.get(&*id)) else {
            return;
        };
        self.notes += 1;
        let mark = format!("[{}]", self.notes);
        open.push(&mark);
        let mut note = Paragraph::default();
        note.push(&format!("{mark} {text}"), false, 0);
        self.flow.note(note);
    }

    fn end_paragraph(&mut self) {
        let Some(open) = self.open.pop() else { return };
        let Open { mut paragraph, style_id, inherited, direct, goes_on, .. } = open;
        paragraph.align = direct.align.or(inherited.setting.align).unwrap_or_default();
        paragraph.removed = inherited.removed;
        paragraph.shape = match direct.outline {
            Some(level @ 0..=8) => Shape::Heading(level + 1),
            Some(_) => Shape::Text,
            None => inherited.shape,
        };
        if let Some(before) = self.carried.take() {
            paragraph = before.followed_by(paragraph);
        }
        if goes_on {
            self.carried = Some(paragraph);
            return;
        }
        if let Some(list) = direct.list.as_ref().or(inherited.setting.list.as_ref()) {
            let level = direct.list_level.or(inherited.setting.list_level);
            let numbering = &mut self.parts.numbering;
            let level = level.or_else(|| numbering.level_of(list, style_id.as_deref()?));
            match numbering.count(list, level.unwrap_or(0)) {
                Some(numbered) if !paragraph.text.trim().is_empty() => {
                    if numbered.label.is_empty() && paragraph.shape == Shape::Text {
                        paragraph.shape = Shape::Item;
                    }
                    paragraph.text.insert_str(0, &numbered.label);
                }
                _ => {}
            }
        }
        self.flow.paragraph(paragraph);
    }
}

impl Open {
    fn push(&mut self, text: &str) {
        let inherited = &self.inherited.setting;
        if self.run.hidden.or(inherited.hidden).unwrap_or(false) {
            return;
        }
        let bold = self.run.bold.or(inherited.bold).unwrap_or(false);
        let size = self.run.size.or(inherited.size).unwrap_or(0);
        self.paragraph.push(text, bold, size);
    }
}

/// The character that a symbol font draws: boxes and ticks of forms; others stay as they are.
fn symbol(code: u32) -> char {
    match code & 0xFF {
        0xA8 | 0x6F | 0x71 | 0xA3 if code >= 0xF000 => '□',
        0xFE | 0x52 if code >= 0xF000 => '☑',
        0xFD | 0x54 if code >= 0xF000 => '☒',
        0x6C | 0xB7 if code >= 0xF000 => '●',
        _ => char::from_u32(code).unwrap_or('\u{FFFD}'),
    }
}
