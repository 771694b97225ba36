//! Tables that hold data, told from tables that lay out a page. A data table has no table inside,
//! several rows of several cells, and no cell that holds most of its text.

use ego_tree::NodeId;
use ego_tree::iter::Edge;
use rustc_hash::FxHashSet;
use scraper::{Html, Node};

use super::tag::{Role, role_of};

/// The data tables of `tree`.
pub(super) fn data_tables(tree: &Html) -> FxHashSet<NodeId> {
    let mut open: Vec<Shape> = Vec::new();
    let mut found = FxHashSet::default();
    for edge in tree.tree.root().traverse() {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Text(text) => count(&mut open, text),
                Node::Element(element) => enter(&mut open, role_of(element.name())),
                _ => {}
            },
            Edge::Close(node) => {
                let Node::Element(element) = node.value() else { continue };
                let role = role_of(element.name());
                if role == Role::Table && open.pop().is_some_and(|table| table.is_data()) {
                    found.insert(node.id());
                }
            }
        }
    }
    found
}

/// What is known of an open table.
#[derive(Debug, Default)]
struct Shape {
    rows: usize,
    cells: usize,
    /// Most cells in a row, and those of the row that is open.
    widest: usize,
    width: usize,
    /// Characters of the table, of its longest cell, and of the cell that is open.
    chars: usize,
    longest: usize,
    cell: usize,
    has_tables: bool,
}

fn enter(open: &mut Vec<Shape>, role: Role) {
    if role == Role::Table {
        if let Some(around) = open.last_mut() {
            around.has_tables = true;
        }
        open.push(Shape::default());
    }
    let Some(table) = open.last_mut() else { return };
    match role {
        Role::Row => {
            table.rows += 1;
            table.width = 0;
        }
        Role::Cell => {
            table.cells += 1;
            table.width += 1;
            table.widest = table.widest.max(table.width);
            table.cell = 0;
        }
        _ => {}
    }
}

fn count(open: &mut [Shape], text: &str) {
    if let Some(table) = open.last_mut() {
        let chars = text.chars().filter(|c| !c.is_whitespace()).count();
        table.chars += chars;
        table.cell += chars;
        table.longest = table.longest.max(table.cell);
    }
}

/// Characters that a cell of data seldom has when it holds most of its table.
const LONG_CELL: usize = 200;

impl Shape {
    fn is_data(&self) -> bool {
        let is_frame = self.longest > LONG_CELL && self.longest * 2 > self.chars;
        !self.has_tables && self.rows > 1 && self.widest > 1 && !is_frame
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_are_no_data() {
        let long = "文".repeat(300);
        let cases = [
            ("<table><tr><td>甲<td>乙<tr><td>丙<td>丁</table>".to_owned(), 1),
            ("<table><tr><td>甲<td>乙</table>".to_owned(), 0),
            (format!("<table><tr><td>甲<td>乙<tr><td>丙<td>{long}</table>"), 0),
            ("<table><tr><td><table><tr><td>甲<td>乙<tr><td>丙<td>丁</table><td>戊<tr><td>己</table>".to_owned(), 1),
        ];
        for (source, count) in cases {
            assert_eq!(data_tables(&Html::parse_fragment(&source)).len(), count, "{source}");
        }
    }
}
