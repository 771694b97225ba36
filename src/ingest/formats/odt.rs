//! OpenDocument texts (.odt, .ott, .fodt; ISO 26300): paragraphs and headings with the styles that
//! set them, lists with their numbers, tables, notes.

use std::collections::HashMap;

use super::archive::MemberArchive;
use super::flow::{Flow, Paragraph};
use super::xml::{self, Element, Node};
use super::{Contents, left_out};
use crate::document::RemovalReason;
use crate::error::{Refusal, Warning};
use crate::ingest::list_numbers::written;
use crate::ingest::page::{Align, Shape};

/// Reads the text `archive`.
pub(super) fn read(archive: &mut MemberArchive<'_>) -> Result<Contents, Refusal> {
    let manifest = archive.text("META-INF/manifest.xml").unwrap_or_default();
    if manifest.contains("encryption-data") {
        return Err(Refusal::NeedsPassword);
    }
    let styles = archive.text("styles.xml").unwrap_or_default();
    let content = archive.text("content.xml").ok_or(Refusal::Damaged)?;
    let mut contents = text(&[&styles, &content]);
    contents.warnings.extend(archive.cut_at().map(left_out));
    Ok(contents)
}

fn text(parts: &[&str]) -> Contents {
    let mut styles = Styles::default();
    for part in parts {
        xml::read(part, |node| styles.node(node));
    }
    let mut body = Body { styles, ..Body::default() };
    let whole = parts.last().is_some_and(|content| xml::read(content, |node| body.node(node)));
    while !body.open.is_empty() {
        body.end_paragraph();
    }
    let mut contents = Contents { kind: "odt".into(), ..Contents::pieces(body.flow.finish()) };
    if !whole {
        contents.warn(Warning::BreaksOff);
    }
    contents
}

#[derive(Debug, Clone, Default)]
struct Style {
    base: Option<String>,
    align: Option<Align>,
    bold: Option<bool>,
    hidden: Option<bool>,
    /// In half points.
    size: Option<u16>,
    outline: Option<u8>,
    list: Option<String>,
}

#[derive(Debug, Clone, Default)]
struct Level {
    format: String,
    prefix: String,
    suffix: String,
    start: u32,
    /// How many levels above are shown with it.
    levels: u8,
}

#[derive(Debug, Default)]
struct Styles {
    styles: HashMap<String, Style>,
    lists: HashMap<String, HashMap<u8, Level>>,
    open: Option<String>,
    list: Option<String>,
}

/// Styles that a style may be based on, one after the other.
const LONGEST_CHAIN: usize = 32;

impl Styles {
    fn node(&mut self, node: Node<'_>) {
        match node {
            Node::Open(e) => self.begin(e),
            Node::Close("style" | "default-style") => self.open = None,
            Node::Close("list-style" | "outline-style") => self.list = None,
            _ => {}
        }
    }

    fn begin(&mut self, e: &Element<'_>) {
        let text = |name: &str| e.get(name).map(|value| value.into_owned());
        match e.name() {
            "style" | "default-style" => {
                let name = text("name").unwrap_or_default();
                let family = text("family").unwrap_or_default();
                let name = format!("{family}/{name}");
                let base = text("parent-style-name").map(|base| format!("{family}/{base}"));
                let style = Style {
                    base: base.or_else(|| (e.name() == "style").then(|| format!("{family}/"))),
                    outline: e.number::<u8>("default-outline-level"),
                    list: text("list-style-name").filter(|name| !name.is_empty()),
                    ..Style::default()
                };
                self.styles.insert(name.clone(), style);
                self.open = Some(name);
            }
            "paragraph-properties" => {
                if let Some(style) = self.open.as_ref().and_then(|name| self.styles.get_mut(name)) {
                    style.align = e.get("text-align").map(|value| align_of(&value));
                }
            }
            "text-properties" => {
                if let Some(style) = self.open.as_ref().and_then(|name| self.styles.get_mut(name)) {
                    style.bold = e.get("font-weight").map(|weight| weight != "normal");
                    style.hidden = e.get("display").map(|display| display == "none");
                    style.size = e.get("font-size").and_then(|size| half_points(&size));
                }
            }
            "list-style" | "outline-style" => {
                let name = text("name").unwrap_or_default();
                self.lists.insert(name.clone(), HashMap::new());
                self.list = Some(name);
            }
            "list-level-style-number" | "outline-level-style" | "list-level-style-bullet" => {
                let level = Level {
                    format: text("num-format")
                        .map_or_else(|| "bullet".to_owned(), |own| format_of(&own)),
                    prefix: text("num-prefix").unwrap_or_default(),
                    suffix: text("num-suffix").unwrap_or_default(),
                    start: e.number("start-value").unwrap_or(1),
                    levels: e.number("display-levels").unwrap_or(1),
                };
                let list = self.list.as_ref().and_then(|name| self.lists.get_mut(name));
                if let (Some(list), Some(at)) = (list, e.number("level")) {
                    list.insert(at, level);
                }
            }
            _ => {}
        }
    }

    /// A style of `family` with all that it inherits.
    fn whole(&self, family: &str, name: &str) -> Style {
        let mut found = Style::default();
        let mut next = self.styles.get(&format!("{family}/{name}"));
        for _ in 0..LONGEST_CHAIN {
            let Some(style) = next else { break };
            found.align = found.align.or(style.align);
            found.bold = found.bold.or(style.bold);
            found.hidden = found.hidden.or(style.hidden);
            found.size = found.size.or(style.size);
            found.outline = found.outline.or(style.outline);
            found.list = found.list.or_else(|| style.list.clone());
            next = style.base.as_ref().and_then(|base| self.styles.get(base));
        }
        found
    }
}

fn align_of(value: &str) -> Align {
    match value {
        "center" => Align::Centre,
        "end" | "right" => Align::End,
        _ => Align::Start,
    }
}

fn half_points(size: &str) -> Option<u16> {
    let points: f32 = size.strip_suffix("pt")?.parse().ok()?;
    Some((points * 2.0).clamp(0.0, 9999.0) as u16)
}

/// OpenDocument writes a format by its first numbers.
fn format_of(own: &str) -> String {
    match own.trim() {
        "" => "none",
        "1" => "decimal",
        "a" => "lowerLetter",
        "A" => "upperLetter",
        "i" => "lowerRoman",
        "I" => "upperRoman",
        own if own.starts_with('一') => "chineseCountingThousand",
        own if own.starts_with('壹') => "chineseLegalSimplified",
        own if own.starts_with('甲') => "ideographTraditional",
        own if own.starts_with('子') => "ideographZodiac",
        own if own.starts_with('①') => "decimalEnclosedCircle",
        own if own.starts_with('１') => "decimalFullWidth",
        _ => "decimal",
    }
    .to_owned()
}

#[derive(Default)]
struct Open {
    paragraph: Paragraph,
    style: Style,
    /// Styles of the spans that are open.
    spans: Vec<Style>,
    in_heading: bool,
}

#[derive(Default)]
struct Body {
    styles: Styles,
    flow: Flow,
    open: Vec<Open>,
    skipped: usize,
    /// Style and counts of the lists that are open.
    lists: Vec<(String, bool)>,
    counts: HashMap<String, [u32; 10]>,
    note: Option<String>,
    in_citation: bool,
    contents: usize,
}

impl Body {
    fn node(&mut self, node: Node<'_>) {
        match node {
            Node::Open(_) if self.skipped > 0 => self.skipped += 1,
            Node::Close(_) if self.skipped > 0 => self.skipped -= 1,
            Node::Open(e) => self.begin(e),
            Node::Close(name) => self.end(name),
            Node::Text(text) if self.skipped == 0 => self.text(text),
            Node::Text(_) => {}
        }
    }

    fn begin(&mut self, e: &Element<'_>) {
        let style = || e.get("style-name").unwrap_or_default().into_owned();
        match e.name() {
            "tracked-changes" | "annotation" | "forms" | "automatic-styles" | "styles"
            | "master-styles" | "font-face-decls" | "scripts" | "ruby-text" | "desc"
            | "settings" | "meta" => self.skipped = 1,
            "table-of-content" | "alphabetical-index" => self.contents += 1,
            "table" => self.flow.open_table(),
            "table-row" => self.flow.open_row(),
            "table-cell" | "covered-table-cell" => self.flow.open_cell(),
            "list" => {
                let above = self.lists.last().map(|(name, _)| name.clone());
                let own =
                    e.get("style-name").map(|name| name.into_owned()).or(above).unwrap_or_default();
                let depth = self.lists.len();
                if e.get("continue-numbering").is_none_or(|value| value != "true")
                    && let Some(counts) = self.counts.get_mut(&own)
                    && let Some(count) = counts.get_mut(depth)
                {
                    *count = 0;
                }
                self.lists.push((own, false));
            }
            "list-item" => {
                if let Some((_, begins)) = self.lists.last_mut() {
                    *begins = true;
                }
            }
            "p" | "h" => {
                let mut style = self.styles.whole("paragraph", &style());
                let in_heading = e.name() == "h";
                if in_heading {
                    style.outline = e.number("outline-level").or(style.outline).or(Some(1));
                }
                self.open.push(Open { style, in_heading, ..Open::default() });
            }
            "span" => {
                let style = self.styles.whole("text", &style());
                if let Some(open) = self.open.last_mut() {
                    open.spans.push(style);
                }
            }
            "note" => self.note = Some(String::new()),
            "note-citation" => self.in_citation = true,
            "tab" => self.push("\t"),
            "line-break" => self.push("\n"),
            "s" => {
                let count = e.number::<usize>("c").unwrap_or(1).min(100);
                self.push(&" ".repeat(count));
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "table-of-content" | "alphabetical-index" => {
                self.contents = self.contents.saturating_sub(1)
            }
            "table" => self.flow.close_table(),
            "list" => drop(self.lists.pop()),
            "p" | "h" => self.end_paragraph(),
            "span" => {
                if let Some(open) = self.open.last_mut() {
                    open.spans.pop();
                }
            }
            "note-citation" => self.in_citation = false,
            "note" => {
                let text = self.note.take().unwrap_or_default();
                let mut note = Paragraph::default();
                note.push(text.trim(), false, 0);
                self.flow.note(note);
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        // White space of the source is one space.
        let mut words = String::new();
        for c in text.chars() {
            match c.is_ascii_whitespace() {
                true if words.ends_with(' ') => {}
                true => words.push(' '),
                false => words.push(c),
            }
        }
        if self.in_citation {
            let mark = format!("[{}]", words.trim());
            self.push(&mark);
            if let Some(note) = &mut self.note {
                note.insert_str(0, &format!("{mark} "));
            }
            return;
        }
        self.push(&words);
    }

    fn push(&mut self, text: &str) {
        if let Some(note) = self.note.as_mut().filter(|_| !self.in_citation) {
            return note.push_str(text);
        }
        let Some(open) = self.open.last_mut() else { return };
        let spans = || open.spans.iter().rev();
        let of = |get: fn(&Style) -> Option<bool>| spans().find_map(get).or(get(&open.style));
        if of(|style| style.hidden) == Some(true) {
            return;
        }
        let bold = of(|style| style.bold).unwrap_or(false);
        let size = spans().find_map(|style| style.size).or(open.style.size).unwrap_or(0);
        open.paragraph.push(text, bold, size);
    }

    fn end_paragraph(&mut self) {
        let Some(Open { mut paragraph, style, in_heading, .. }) = self.open.pop() else { return };
        if self.note.is_some() {
            return;
        }
        paragraph.align = style.align.unwrap_or_default();
        paragraph.removed = (self.contents > 0).then_some(RemovalReason::Navigation);
        if let Some(level @ 1..=10) = style.outline.filter(|_| in_heading) {
            paragraph.shape = Shape::Heading(level);
        }
        let depth = self.lists.len();
        if let Some((name, begins)) = self.lists.last_mut()
            && std::mem::take(begins)
        {
            let own = style.list.clone().unwrap_or_else(|| name.clone());
            let label = self.label(&own, depth);
            if label.is_empty() && paragraph.shape == Shape::Text {
                paragraph.shape = Shape::Item;
            }
            paragraph.text.insert_str(0, &label);
        }
        self.flow.paragraph(paragraph);
    }

    /// Counts an item of the list `name` at `depth`, from 1, and writes its number.
    fn label(&mut self, name: &str, depth: usize) -> String {
        let Some(levels) = self.styles.lists.get(name) else { return String::new() };
        let Some(level) = levels.get(&(depth as u8)) else { return String::new() };
        let counts = self.counts.entry(name.to_owned()).or_default();
        let Some(count) = counts.get_mut(depth.saturating_sub(1)) else { return String::new() };
        *count = if *count == 0 { level.start.max(1) } else { count.saturating_add(1) };
        counts.iter_mut().skip(depth).for_each(|deeper| *deeper = 0);
        let from = depth.saturating_sub(usize::from(level.levels.max(1))) + 1;
        let numbers: Vec<String> = (from..=depth)
            .filter_map(|at| {
                let count = counts.get(at.checked_sub(1)?)?;
                Some(written(*count, &levels.get(&(at as u8))?.format))
            })
            .filter(|number| !number.is_empty())
            .collect();
        if numbers.is_empty() {
            return String::new();
        }
        let label = format!("{}{}{}", level.prefix, numbers.join("."), level.suffix);
        let parts = label.ends_with(|c: char| c.is_alphanumeric() || c == '.');
        if parts { label + " " } else { label }
    }
}

#[cfg(test)]
mod tests {
    use super::super::archive::packed;
    use super::*;

    #[test]
    fn headings_lists_tables_and_notes_are_read() {
        let content = "<office:document-content><office:automatic-styles>\
            <style:style style:name=\"P1\" style:family=\"paragraph\"><style:paragraph-properties fo:text-align=\"center\"/></style:style>\
            <text:list-style style:name=\"L1\"><text:list-level-style-number text:level=\"1\" style:num-format=\"一, 二, 三, ...\" style:num-suffix=\"、\"/></text:list-style>\
            </office:automatic-styles><office:body><office:text>\
            <text:tracked-changes><text:p>删</text:p></text:tracked-changes>\
            <text:p text:style-name=\"P1\">标题</text:p><text:h text:outline-level=\"1\">总则</text:h>\
            <text:list text:style-name=\"L1\"><text:list-item><text:p>甲</text:p></text:list-item><text:list-item><text:p>乙</text:p></text:list-item></text:list>\
            <text:p>有\n  注<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>注文</text:p></text:note-body></text:note>的话</text:p>\
            <table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table>\
            </office:text></office:body></office:document-content>";
        let bytes = packed(&[("content.xml", content.as_bytes())]);
        let contents = read(&mut MemberArchive::open(&bytes, 1 << 20).unwrap()).unwrap();
        let super::super::Text::Pieces(pieces) = contents.text else { unreachable!() };
        let shown: Vec<&str> = pieces.iter().map(|piece| piece.text.as_str()).collect();
        assert_eq!(
            shown,
            ["标题", "总则", "一、甲", "二、乙", "有 注[1]的话", "[1] 注文", "a │ b"]
        );
        assert_eq!((pieces[0].align, pieces[1].shape), (Align::Centre, Shape::Heading(1)));
    }
}
