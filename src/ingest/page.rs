//! A parsed page: what the source says about itself, and its text in pieces, each with what the
//! markup said about it. Parsers make it, the passes of cleaning edit it, and `clean` turns it into
//! a document. A pass takes nothing away: it gives a piece another disposition.

use std::borrow::Cow;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::document::{Encoding, Metadata, RemovalReason};
use crate::error::Warning;
use crate::text::fold::in_simplified;
use crate::text::script::ScriptCounts;

/// One article before and during cleaning.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// Where the source lies.
    pub path: PathBuf,
    /// The row of a file that holds one document a row, from 1.
    pub row: Option<u32>,
    /// How its bytes were read.
    pub encoding: Encoding,
    /// What the source says about itself; an empty title is none.
    pub metadata: Metadata,
    /// The text in reading order, removed pieces in their place.
    pub pieces: Vec<RawBlock>,
    /// What a reader should know.
    pub warnings: Vec<Warning>,
}

/// A line, paragraph, cell row or other whole of a page.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RawBlock {
    /// Its text: one line, spaces at its ends cut.
    pub text: String,
    /// What the markup calls it.
    pub shape: Shape,
    /// Where it is set on its line.
    pub align: Align,
    /// True where all of it is set in bold.
    pub bold: bool,
    /// Its size in percent of the text's usual one; 0 where the source does not say.
    pub size: u16,
    /// True where only a `<br>` parts it from the piece before.
    pub continues: bool,
    /// Of an item: how many lists are around its own.
    pub depth: u8,
    /// Of a row: the table that it belongs to.
    pub table: Option<TableRow>,
    /// Of its characters those in links, in percent.
    pub linked: u8,
    /// What becomes of it.
    pub disposition: Disposition,
    /// The characters of its text that tell a script, once they are counted; nothing changes the
    /// text after that.
    #[serde(skip)]
    pub tally: Option<ScriptCounts>,
}

/// What the markup says a piece is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Shape {
    /// Text.
    #[default]
    Text,
    /// A heading, with its level in the markup from 1.
    Heading(u8),
    /// A line of the title, as the document itself has it on top.
    Title,
    /// An item of a list.
    Item,
    /// A row of a table, cells separated by [`crate::document::CELL`].
    Row,
    /// A note to the text, as footnotes are.
    Note,
}

/// The place of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableRow {
    /// The number of its table in the page.
    pub table: u32,
    /// True where it heads the columns.
    pub is_heading: bool,
}

/// Where a piece is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Align {
    /// As usual.
    #[default]
    Start,
    /// Centred.
    Centre,
    /// To the right, as signatures are.
    End,
}

/// What becomes of a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Disposition {
    /// It is part of the article.
    #[default]
    Kept,
    /// It is not, and this is why.
    Removed(RemovalReason),
}

impl RawBlock {
    /// A piece of running text.
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// A piece that is no part of the article.
    pub fn removed(reason: RemovalReason, text: impl Into<String>) -> Self {
        Self { text: text.into(), disposition: Disposition::Removed(reason), ..Self::default() }
    }

    /// `part` of its text in simplified characters.
    pub(super) fn in_simplified<'t>(&self, part: &'t str) -> Cow<'t, str> {
        match self.tally {
            Some(ScriptCounts { traditional: 0, .. }) => Cow::Borrowed(part),
            _ => in_simplified(part),
        }
    }

    /// True while it is part of the article.
    pub fn is_kept(&self) -> bool {
        self.disposition == Disposition::Kept
    }

    /// Takes it out of the article.
    pub fn remove(&mut self, reason: RemovalReason) {
        self.disposition = Disposition::Removed(reason);
    }
}

impl Page {
    /// A page without text.
    pub fn new(path: PathBuf, encoding: Encoding) -> Self {
        Self {
            path,
            row: None,
            encoding,
            metadata: Metadata::default(),
            pieces: Vec::new(),
            warnings: Vec::new(),
        }
    }

    /// The pieces that are part of the article.
    pub fn kept(&self) -> impl Iterator<Item = &RawBlock> {
        self.pieces.iter().filter(|piece| piece.is_kept())
    }

    /// The same, to edit them.
    pub fn kept_mut(&mut self) -> impl Iterator<Item = &mut RawBlock> {
        self.pieces.iter_mut().filter(|piece| piece.is_kept())
    }

    /// Notes something that a reader should know.
    pub fn warn(&mut self, warning: Warning) {
        self.warnings.push(warning);
    }
}
