//! Reading markup in order: elements begin and end lines, text fills them. No recursion, so that
//! no nesting is too deep.

use ego_tree::NodeId;
use ego_tree::iter::Edge;
use scraper::node::Element;
use scraper::{Html, Node};

use super::content::Content;
use super::line::{Line, Weight};
use super::survey::may_set;
use super::table::Rows;
use super::tag::{Role, role_of};
use crate::document::{CELL, RemovalReason};
use crate::ingest::page::{Align, Fate, Piece, Shape};

/// The pieces of `tree` in reading order; `guide` says what was found out about it before.
pub(super) fn pieces(tree: &Html, guide: &Content) -> Vec<Piece> {
    let mut walker = Walker { outside: guide.main.is_some(), ..Walker::default() };
    for edge in tree.tree.root().traverse() {
        match edge {
            // The guide knows nothing of texts and comments, which are most nodes.
            Edge::Open(node) => match node.value() {
                Node::Text(text) => walker.text(text),
                Node::Comment(text) => walker.keep_code(text),
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

/// The attributes of an element, wherever it comes from.
pub(super) trait Attributes {
    /// All of them, as name and value.
    fn all(&self) -> impl Iterator<Item = (&str, &str)>;
}

impl Attributes for Element {
    fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.attrs()
    }
}

/// The state of reading.
#[derive(Default)]
pub(super) struct Walker {
    pieces: Vec<Piece>,
    line: Line,
    /// What the blocks around say, outermost first.
    shapes: Vec<Shape>,
    /// For every open element whether it sets bold type.
    bold: Vec<bool>,
    bold_depth: usize,
    /// Inside how many elements that are no text.
    code: usize,
    /// Behind a `<br>` of the same block.
    behind_break: bool,
    /// Inside how many data tables; their rows are lines.
    tables: usize,
    /// The rows of those tables.
    rows: Rows,
    /// Outside the element that holds the article.
    outside: bool,
    /// Why the elements around are none of the article.
    asides: Vec<RemovalReason>,
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
            return self.keep_code(text);
        }
        let weight = if self.bold_depth > 0 { Weight::Bold } else { Weight::Plain };
        // Behind a newline, two ideographic spaces begin a paragraph even without a tag.
        let mut rest = text;
        while let Some(at) = memchr::memmem::find(rest.as_bytes(), INDENT.as_bytes()) {
            let (part, behind) = rest.split_at_checked(at).unwrap_or_default();
            self.line.push(part, weight);
            if self.tables == 0 {
                self.end_line();
            }
            rest = behind.strip_prefix(INDENT).unwrap_or_default();
        }
        self.line.push(rest, weight);
    }

    /// A start tag.
    pub(super) fn open(&mut self, name: &str, attributes: &impl Attributes) {
        let role = role_of(name);
        if self.tables > 0 {
            self.rows.open(name);
        }
        match role {
            Role::Code | Role::Reading => self.code += 1,
            Role::Break if self.tables > 0 => self.line.push(" ", Weight::Plain),
            Role::Break => self.break_line(),
            Role::Inline => {}
            Role::Heading(level) => self.open_block(Some(Shape::Heading(level))),
            Role::Item => self.open_block(Some(Shape::Item)),
            Role::Table | Role::Cell | Role::Block => self.open_block(None),
            Role::Row => self.end_line(),
        }
        let setting = Setting::of(name, attributes);
        if role != Role::Break {
            self.bold.push(setting.bold);
            self.bold_depth += usize::from(setting.bold);
        }
        if self.tables == 0 && role != Role::Code {
            self.line.align = setting.align().unwrap_or(self.line.align);
        }
    }

    fn open_block(&mut self, shape: Option<Shape>) {
        if self.tables > 0 {
            self.line.push(" ", Weight::Plain);
        } else {
            self.end_line();
        }
        self.shapes.extend(shape);
    }

    /// An end tag.
    pub(super) fn close(&mut self, name: &str) {
        match role_of(name) {
            Role::Code | Role::Reading => self.code = self.code.saturating_sub(1),
            Role::Break => return,
            Role::Inline => {}
            Role::Heading(_) | Role::Item => {
                self.open_block(None);
                self.shapes.pop();
            }
            Role::Cell if self.tables > 0 => self.line.end_cell(CELL),
            Role::Row => self.end_line(),
            Role::Cell | Role::Table | Role::Block => self.open_block(None),
        }
        let bold = self.bold.pop().unwrap_or_default();
        self.bold_depth = self.bold_depth.saturating_sub(usize::from(bold));
    }

    /// Ends a line that goes on behind a `<br>`, set as before. Inside a heading it goes on at once.
    fn break_line(&mut self) {
        if matches!(self.shapes.last(), Some(Shape::Heading(_))) {
            return self.line.push("\n", Weight::Plain);
        }
        let align = self.line.align;
        let was_empty = self.line.is_empty();
        self.end_line();
        self.line.align = align;
        self.behind_break |= !was_empty;
    }

    fn end_line(&mut self) {
        let continues = std::mem::take(&mut self.behind_break);
        let (align, bold) = (self.line.align, self.line.is_bold());
        let text = self.line.take();
        if text.is_empty() {
            return;
        }
        let shape = match self.tables {
            0 => self.shapes.last().copied().unwrap_or_default(),
            _ => Shape::Row,
        };
        let fate = match self.asides.last() {
            Some(reason) => Fate::Removed(*reason),
            None if self.outside => Fate::Removed(RemovalReason::Navigation),
            None => Fate::Kept,
        };
        let table = (self.tables > 0).then(|| self.rows.place());
        let piece = Piece { text, shape, align, bold, continues, table, fate, ..Piece::default() };
        self.pieces.push(piece);
    }

    /// Keeps what is no text beside the article, its head at least.
    pub(super) fn keep_code(&mut self, text: &str) {
        let text: String = text.trim().chars().take(LONGEST_CODE).collect();
        if !text.is_empty() {
            self.pieces.push(Piece::removed(RemovalReason::Markup, text));
        }
    }

    /// The pieces, when all is read.
    pub(super) fn finish(mut self) -> Vec<Piece> {
        self.end_line();
        self.pieces
    }
}

/// What begins a paragraph inside a text.
const INDENT: &str = "\n　　";

/// Characters that are kept of a script, a style sheet or a comment.
const LONGEST_CODE: usize = 200;

/// How an element sets its text.
#[derive(Default)]
struct Setting {
    bold: bool,
    centre: bool,
    end: bool,
    start: bool,
}

impl Setting {
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
