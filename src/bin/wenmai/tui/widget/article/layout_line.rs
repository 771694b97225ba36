//! A line of an article's layout: what it shows, and the settings that it depends on.

use wenmai::document::DocIndex;
use wenmai::text::width::Ambiguous;
use wenmai::text::wrap::WrappedLine;

use crate::ui::lang::Lang;

/// Whether the pieces that cleaning took out are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Removals {
    #[default]
    Hidden,
    Shown,
}

/// What a setting depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LayoutKey {
    pub(crate) document: DocIndex,
    /// Cells of a line.
    pub(crate) cells: usize,
    pub(crate) removals: Removals,
    /// Cells before a paragraph.
    pub(crate) indent: usize,
    pub(crate) ambiguous: Ambiguous,
    pub(crate) lang: Lang,
}

/// A character of the article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) struct Spot {
    pub(crate) block: u32,
    /// Character of the block's text, from 0.
    pub(crate) character: u32,
}

/// What a line shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LineContent {
    Title,
    Facts,
    Blank,
    Block(u32),
    /// Number of the removed piece.
    Removed(u32),
    /// The line below the headings of a table.
    Rule,
}

#[derive(Debug, Clone)]
pub(super) struct LayoutLine {
    pub(super) source: LineContent,
    /// What it shows of its text; of a table row from the first cell in it to the last one.
    pub(super) row: WrappedLine,
    /// Of a table row the parts of its cells in this line.
    pub(super) cells: Vec<CellLine>,
    /// What is drawn before the text: the heading of a cell that has a line of its own.
    pub(super) label: String,
}

/// A line of a cell of a table.
#[derive(Debug, Clone)]
pub(super) struct CellLine {
    /// Cells of the terminal before it, and those of its column.
    pub(super) x: usize,
    pub(super) width: usize,
    pub(super) row: WrappedLine,
}

impl LayoutLine {
    pub(super) fn of(source: LineContent, row: WrappedLine) -> Self {
        Self { source, row, cells: Vec::new(), label: String::new() }
    }
}
