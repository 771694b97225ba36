//! Reading the tree in order: elements begin and end lines, text fills them. No recursion, so that
//! no nesting is too deep.

use ego_tree::NodeRef;
use ego_tree::iter::Edge;
use scraper::node::Element;
use scraper::{Html, Node};

use super::line::{Line, Weight};
use super::tag::{Role, role_of};
use crate::document::RemovalReason;
use crate::ingest::page::{Align, Piece, Shape};

/// The pieces of `tree` in reading order.
pub(super) fn pieces(tree: &Html) -> Vec<Piece> {
    let mut walker = Walker::default();
    for edge in tree.tree.root().traverse() {
        match edge {
            Edge::Open(node) => walker.open(node),
            Edge::Close(node) => walker.close(node),
        }
    }
    walker.end_line();
    walker.pieces
}

#[derive(Default)]
struct Walker {
    pieces: Vec<Piece>,
    line: Line,
    /// What the blocks around say, outermost first.
    shapes: Vec<Shape>,
    /// How many elements around set bold type.
    bold: usize,
    /// Inside how many elements that are no text.
    code: usize,
    /// True behind a `<br>` of the same block.
    behind_break: bool,
}

impl Walker {
    fn open(&mut self, node: NodeRef<'_, Node>) {
        match node.value() {
            Node::Text(text) if self.code > 0 => self.keep_code(text),
            Node::Text(text) => self.push_text(text),
            Node::Comment(text) => self.keep_code(text),
            Node::Element(element) => self.open_element(element),
            _ => {}
        }
    }

    fn push_text(&mut self, text: &str) {
        let weight = if self.bold > 0 { Weight::Bold } else { Weight::Plain };
        self.line.push(text, weight);
    }

    fn open_element(&mut self, element: &Element) {
        match role_of(element.name()) {
            Role::Code | Role::Reading => self.code += 1,
            Role::Break => self.break_line(),
            Role::Inline => {}
            Role::Heading(level) => self.open_block(Some(Shape::Heading(level))),
            Role::Item => self.open_block(Some(Shape::Item)),
            Role::Row | Role::Cell | Role::Table | Role::Block => self.open_block(None),
        }
        self.bold += usize::from(sets_bold(element));
        self.line.align = align_of(element).unwrap_or(self.line.align);
    }

    fn open_block(&mut self, shape: Option<Shape>) {
        self.end_line();
        self.shapes.extend(shape);
    }

    fn close(&mut self, node: NodeRef<'_, Node>) {
        let Node::Element(element) = node.value() else { return };
        match role_of(element.name()) {
            Role::Code | Role::Reading => self.code = self.code.saturating_sub(1),
            Role::Break | Role::Inline => {}
            Role::Heading(_) | Role::Item => {
                self.end_line();
                self.shapes.pop();
            }
            Role::Row | Role::Cell | Role::Table | Role::Block => self.end_line(),
        }
        self.bold = self.bold.saturating_sub(usize::from(sets_bold(element)));
    }

    /// Ends a line that goes on behind a `<br>`, set as before.
    fn break_line(&mut self) {
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
        if !text.is_empty() {
            let shape = self.shapes.last().copied().unwrap_or_default();
            self.pieces.push(Piece { text, shape, align, bold, continues, ..Piece::default() });
        }
    }

    /// Keeps what is no text beside the article, its head at least.
    fn keep_code(&mut self, text: &str) {
        let text: String = text.trim().chars().take(LONGEST_CODE).collect();
        if !text.is_empty() {
            self.pieces.push(Piece::removed(RemovalReason::Markup, text));
        }
    }
}

/// Characters that are kept of a script, a style sheet or a comment.
const LONGEST_CODE: usize = 200;

fn sets_bold(element: &Element) -> bool {
    matches!(element.name(), "b" | "strong")
        || attribute_says(element, &["bold", "Bold"])
        || attribute_says(element, &["font-weight:700", "font-weight: 700"])
}

fn align_of(element: &Element) -> Option<Align> {
    if element.name() == "center" || attribute_says(element, &["center", "Center"]) {
        Some(Align::Centre)
    } else if attribute_says(element, &["align:right", "align: right"])
        || element.attr("align") == Some("right")
    {
        Some(Align::End)
    } else {
        None
    }
}

/// True where one of the attributes that set type contains one of `words`.
fn attribute_says(element: &Element, words: &[&str]) -> bool {
    ["style", "align", "class", "cms-style"]
        .iter()
        .filter_map(|name| element.attr(name))
        .any(|value| words.iter().any(|word| value.contains(word)))
}
