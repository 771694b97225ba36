//! Reading markup in order: elements begin and end lines, text fills them. No recursion, so that
//! no nesting is too deep.

use ego_tree::NodeId;
use ego_tree::iter::Edge;
use scraper::{Html, Node};

use super::attributes::Attributes;
use super::content::Content;
use super::grid::Grid;
use super::inner_text::{lines_of, words_of};
use super::line::{Ink, LineBuilder};
use super::numbers::Numbers;
use super::survey::may_set;
use super::table::Rows;
use super::tag::{ElementRole, role_of};
use crate::document::RemovalReason;
use crate::ingest::numbering::mark_of;
use crate::ingest::page::{Align, Disposition, RawBlock, Shape};
use crate::ingest::plain;

/// The pieces of `tree` in reading order; `guide` says what was found out about it before.
pub(super) fn pieces(tree: &Html, guide: &Content) -> Vec<RawBlock> {
    let mut walker = Walker { outside: guide.main.is_some(), ..Walker::default() };
    // The element that is read as a whole.
    let mut whole = None;
    for edge in tree.tree.root().traverse() {
        match edge {
            Edge::Open(_) if whole.is_some() => {}
            Edge::Close(node) if whole.is_some() => {
                if whole == Some(node.id()) {
                    whole = None;
                }
            }
            // The guide knows nothing of texts and comments, which are most nodes.
            Edge::Open(node) => match node.value() {
                Node::Text(text) => walker.text(text),
                Node::Comment(text) => walker.keep_code(text, LONGEST_CODE),
                Node::Element(_) if guide.hidden.contains(&node.id()) => {
                    walker.keep_hidden(&words_of(node));
                    whole = Some(node.id());
                }
                Node::Element(element) if element.name() == "pre" && walker.tables == 0 => {
                    walker.enter(node.id(), guide);
                    walker.preformatted(&lines_of(node));
                    walker.leave(node.id(), guide);
                    whole = Some(node.id());
                }
                Node::Element(element) => {
                    walker.enter(node.id(), guide);
                    walker.open(element.name(), element);
                }
                _ => walker.enter(node.id(), guide),
            },
            Edge::Close(node) => match node.value() {
                Node::Text(_) | Node::Comment(_) => {}
                Node::Element(element) => {
                    walker.close(element.name());
                    walker.leave(node.id(), guide);
                }
                _ => walker.leave(node.id(), guide),
            },
        }
    }
    walker.finish()
}

/// The state of reading.
#[derive(Default)]
pub(super) struct Walker {
    pieces: Vec<RawBlock>,
    line: LineBuilder,
    /// What the blocks around say, outermost first.
    shapes: Vec<Shape>,
    /// How every open element sets its text.
    set: Vec<OpenStyle>,
    /// How many of them set bold type, and keep the line ends of the source.
    bold: usize,
    preserving: usize,
    /// Inside how many links.
    links: usize,
    /// Inside how many elements that are no text, and whether the outermost holds code.
    code: usize,
    is_script: bool,
    /// After a `<br>` of the same block.
    behind_break: bool,
    /// Inside how many data tables; their rows are lines.
    tables: usize,
    /// The rows of those tables.
    rows: Rows,
    grid: Grid,
    /// The numbers of the ordered lists around.
    numbers: Numbers,
    /// Outside the element that holds the article.
    outside: bool,
    /// Why the elements around are none of the article.
    asides: Vec<RemovalReason>,
}

/// What an open element says of the text inside it.
#[derive(Clone, Copy, Default)]
struct OpenStyle {
    bold: bool,
    preserving: bool,
}

impl Walker {
    fn enter(&mut self, node: NodeId, guide: &Content) {
        if guide.main == Some(node) {
            self.end_line();
            self.outside = false;
        }
        if guide.data_tables.contains(&node) {
            self.end_line();
            self.tables += 1;
            self.rows.open_table();
        }
        if let Some(reason) = guide.asides.get(&node) {
            self.end_line();
            self.asides.push(*reason);
        }
    }

    fn leave(&mut self, node: NodeId, guide: &Content) {
        if guide.main == Some(node) {
            self.end_line();
            self.outside = true;
        }
        if guide.data_tables.contains(&node) {
            self.end_line();
            self.tables = self.tables.saturating_sub(1);
            self.rows.close_table();
        }
        if guide.asides.contains_key(&node) {
            self.end_line();
            self.asides.pop();
        }
    }

    /// Text as the source has it.
    pub(super) fn text(&mut self, text: &str) {
        if self.code > 0 {
            let most = if self.is_script { LONGEST_CODE } else { usize::MAX };
            return self.keep_code(text, most);
        }
        let ink = Ink { bold: self.bold > 0, linked: self.links > 0 };
        if self.preserving > 0 && self.tables == 0 {
            let mut lines = text.split('\n');
            self.line.push(lines.next().unwrap_or_default(), ink);
            for line in lines {
                self.end_line();
                self.line.push(line, ink);
            }
            return;
        }
        // After a newline, two ideographic spaces begin a paragraph even without a tag.
        let mut rest = text;
        while let Some(at) = memchr::memmem::find(rest.as_bytes(), INDENT.as_bytes()) {
            let (part, behind) = rest.split_at_checked(at).unwrap_or_default();
            self.line.push(part, ink);
            if self.tables == 0 {
                self.end_line();
            }
            rest = behind.strip_prefix(INDENT).unwrap_or_default();
        }
        self.line.push(rest, ink);
    }

    /// A start tag.
    pub(super) fn open(&mut self, name: &str, attributes: &impl Attributes) {
        let role = role_of(name);
        if self.tables > 0 {
            self.rows.open(name);
        }
        match role {
            ElementRole::Code | ElementRole::Reading => {
                self.is_script = if self.code == 0 { is_script(name) } else { self.is_script };
                self.code += 1;
            }
            ElementRole::Break if self.tables > 0 => self.line.push(" ", Ink::default()),
            ElementRole::Break => self.break_line(),
            ElementRole::Inline => self.links += usize::from(name == "a"),
            ElementRole::Heading(level) => self.open_block(Some(Shape::Heading(level))),
            ElementRole::Item => {
                self.open_block(Some(Shape::Item));
                self.numbers.item(attributes);
            }
            ElementRole::Cell if self.tables > 0 => {
                self.open_block(None);
                self.grid.open_cell(&mut self.line, attributes);
            }
            ElementRole::Table | ElementRole::Cell | ElementRole::Block => {
                self.open_block(None);
                self.numbers.open(name, attributes);
            }
            ElementRole::Row => {
                self.end_line();
                self.grid.open_row();
            }
        }
        let setting = InheritedStyle::of(name, attributes);
        if role != ElementRole::Break {
            let own = OpenStyle { bold: setting.bold, preserving: setting.preserving };
            self.set.push(own);
            self.bold += usize::from(own.bold);
            self.preserving += usize::from(own.preserving);
        }
        if self.tables == 0 && role != ElementRole::Code {
            self.line.align = setting.align().unwrap_or(self.line.align);
        }
    }

    fn open_block(&mut self, shape: Option<Shape>) {
        if self.tables > 0 {
            self.line.push(" ", Ink::default());
        } else {
            self.end_line();
        }
        self.shapes.extend(shape);
    }

    /// An end tag.
    pub(super) fn close(&mut self, name: &str) {
        match role_of(name) {
            ElementRole::Code | ElementRole::Reading => self.code = self.code.saturating_sub(1),
            ElementRole::Break => return,
            ElementRole::Inline => self.links = self.links.saturating_sub((name == "a").into()),
            ElementRole::Heading(_) | ElementRole::Item => {
                self.open_block(None);
                self.shapes.pop();
            }
            ElementRole::Cell if self.tables > 0 => self.grid.close_cell(&mut self.line),
            ElementRole::Row => {
                if self.tables > 0 {
                    self.grid.close_row(&mut self.line);
                }
                self.end_line();
            }
            ElementRole::Cell | ElementRole::Table | ElementRole::Block => {
                self.open_block(None);
                self.numbers.close(name);
            }
        }
        let own = self.set.pop().unwrap_or_default();
        self.bold = self.bold.saturating_sub(own.bold.into());
        self.preserving = self.preserving.saturating_sub(own.preserving.into());
    }

    /// Ends a line that goes on after a `<br>`, set as before. Inside a heading it goes on at once.
    fn break_line(&mut self) {
        if matches!(self.shapes.last(), Some(Shape::Heading(_))) {
            return self.line.push("\n", Ink::default());
        }
        let align = self.line.align;
        let was_empty = self.line.is_empty();
        self.end_line();
        self.line.align = align;
        self.behind_break |= !was_empty;
    }

    fn end_line(&mut self) {
        let continues = std::mem::take(&mut self.behind_break);
        let (align, bold, linked) = (self.line.align, self.line.is_bold(), self.line.linked());
        let mut text = self.line.take();
        if text.is_empty() {
            return;
        }
        let shape = match self.tables {
            0 => self.shapes.last().copied().unwrap_or_default(),
            _ => Shape::Row,
        };
        // A list of links that is numbered is a ranking.
        if let Some(number) = self.numbers.take()
            && mark_of(&text).is_none()
            && linked < LINK
        {
            text.insert_str(0, &number);
        }
        let disposition = self.disposition();
        let table = (self.tables > 0).then(|| self.rows.place());
        let piece = RawBlock {
            text,
            shape,
            align,
            bold,
            continues,
            linked,
            table,
            disposition,
            ..RawBlock::default()
        };
        self.pieces.push(piece);
    }

    fn disposition(&self) -> Disposition {
        match self.asides.last() {
            Some(reason) => Disposition::Removed(*reason),
            None if self.outside => Disposition::Removed(RemovalReason::Navigation),
            None => Disposition::Kept,
        }
    }

    /// Text in lines of its own, as `<pre>` has it.
    fn preformatted(&mut self, text: &str) {
        self.end_line();
        let disposition = self.disposition();
        let bold = self.bold > 0;
        let lines = plain::pieces(text.trim_matches(['\n', '\r']));
        self.pieces.extend(lines.into_iter().map(|piece| match piece.is_kept() {
            true => RawBlock { disposition, bold, ..piece },
            false => piece,
        }));
    }

    /// Keeps what is no text beside the article, `most` characters of it.
    pub(super) fn keep_code(&mut self, text: &str, most: usize) {
        let text: String = text.trim().chars().take(most).collect();
        if !text.is_empty() {
            self.pieces.push(RawBlock::removed(RemovalReason::Markup, text));
        }
    }

    fn keep_hidden(&mut self, text: &str) {
        if !text.is_empty() {
            self.pieces.push(RawBlock::removed(RemovalReason::Hidden, text));
        }
    }

    /// The pieces, when all is read.
    pub(super) fn finish(mut self) -> Vec<RawBlock> {
        self.end_line();
        self.pieces
    }
}

/// What begins a paragraph inside a text.
const INDENT: &str = "\n　　";

/// Characters that are kept of a script, a style sheet or a comment.
pub(super) const LONGEST_CODE: usize = 200;

/// Percent of a line in links from which on it is one.
const LINK: u8 = 90;

/// True for elements whose text is a program and no words.
fn is_script(name: &str) -> bool {
    matches!(name, "script" | "style" | "head")
}

/// How an element sets its text.
#[derive(Default)]
struct InheritedStyle {
    bold: bool,
    centre: bool,
    end: bool,
    start: bool,
    preserving: bool,
}

impl InheritedStyle {
    fn of(name: &str, attributes: &impl Attributes) -> Self {
        let mut setting = Self {
            bold: matches!(name, "b" | "strong"),
            centre: name == "center",
            ..Self::default()
        };
        for (name, value) in attributes.all() {
            // Of styles the survey has left those only.
            let is_one = matches!(name, "style" | "align" | "class" | "cms-style");
            if is_one && (name == "style" || may_set(value.as_bytes())) {
                setting.read(name, value);
            }
        }
        setting
    }

    fn read(&mut self, name: &str, value: &str) {
        let says = |words: &[&str]| words.iter().any(|word| value.contains(word));
        self.bold |= says(&["bold", "Bold", "font-weight:700", "font-weight: 700"]);
        self.centre |= says(&["center", "Center"]);
        self.end |= says(&["align:right", "align: right"]) || (name == "align" && value == "right");
        self.start |= says(&["align:left", "align: left", "justify"]);
        self.preserving |= name == "style"
            && says(&["white-space:pre", "white-space: pre"])
            && !says(&["white-space:pre-line", "white-space: pre-line"]);
    }

    fn align(&self) -> Option<Align> {
        match (self.centre, self.end, self.start) {
            (true, ..) => Some(Align::Centre),
            (_, true, _) => Some(Align::End),
            (.., true) => Some(Align::Start),
            _ => None,
        }
    }
}
