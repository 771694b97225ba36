//! The data that every later stage reads: a cleaned article with what is known about it. A document
//! is made once, by `ingest`, and never changed.

mod collection;
mod partial_date;
mod summary;
mod table;

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use collection::Collection;
pub use partial_date::{NoDate, PartialDate, Precision};
pub use summary::Summary;
pub use table::{CELL, Table};

use crate::error::Warning;
use crate::text::region::Region;
use crate::text::script::Script;
use crate::text::web_address::WebAddress;
use crate::text::{Span, SpanCutter};

/// The name by which a person calls a document: its file's name without the extension.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DocId(Arc<str>);

impl DocId {
    /// The id `name`.
    pub fn new(name: &str) -> Self {
        Self(name.into())
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for DocId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// The position of a document in its library, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DocIndex(pub u32);

impl DocIndex {
    /// The position as an index of a slice.
    pub fn get(self) -> usize {
        self.0 as usize
    }
}

/// A place in a library: characters of one block of one document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// The document.
    pub document: DocIndex,
    /// Its block, from 0.
    pub block: u32,
    /// Characters of the block's text.
    pub span: Span,
}

/// Paths as the system has them: a name need not be UTF-8.
mod any_path {
    use std::ffi::OsString;
    use std::path::{Path, PathBuf};

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(super) fn serialize<S: Serializer>(path: &Path, to: S) -> Result<S::Ok, S::Error> {
        path.as_os_str().serialize(to)
    }

    pub(super) fn deserialize<'d, D: Deserializer<'d>>(from: D) -> Result<PathBuf, D::Error> {
        OsString::deserialize(from).map(PathBuf::from)
    }
}

/// A cleaned article.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// Unique in its library.
    pub id: DocId,
    /// Where the source lies; for a text compiled into the program its path under `seeds/`.
    #[serde(with = "any_path")]
    pub path: PathBuf,
    /// What is known about the article.
    pub metadata: Metadata,
    /// The article in reading order.
    pub blocks: Vec<Block>,
    /// Its headings, run-in headings among them, in reading order.
    pub outline: Vec<Heading>,
    /// Its tables, in reading order: which blocks are the rows of one table, and which of them head
    /// its columns.
    pub tables: Vec<Table>,
    /// What cleaning took out, in reading order.
    pub removed: Vec<Removed>,
    /// The script of its title and text.
    pub script: Script,
    /// How its bytes were read.
    pub encoding: Encoding,
    /// What was noticed on the way.
    pub warnings: Vec<Warning>,
}

impl Document {
    /// Characters of the article, spaces included, title not.
    pub fn characters(&self) -> usize {
        self.blocks.iter().map(|block| block.text.chars().count()).sum()
    }

    /// A fingerprint of its text: FNV-1a of the blocks, 64 bits (Fowler, Noll and Vo).
    pub fn fingerprint(&self) -> u64 {
        const PRIME: u64 = 0x0000_0100_0000_01B3;
        let bytes = self.blocks.iter().flat_map(|block| block.text.bytes().chain([b'\n']));
        bytes.fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME))
    }

    /// The heading under which `block` is, the nearest one at or before it.
    pub fn section_of(&self, block: u32) -> Option<&Heading> {
        let behind = self.outline.partition_point(|heading| heading.block <= block);
        self.outline.get(behind.checked_sub(1)?)
    }

    /// The characters `span` of `block` with at most `chars` characters on either side, or `None`
    /// where the document has no such block.
    pub fn context(&self, block: u32, span: Span, chars: u32) -> Option<Context<'_>> {
        Contexts::new(self).around(block, span, chars)
    }
}

/// Contexts of one document, each quickly where the places come in reading order.
#[derive(Debug)]
pub struct Contexts<'d> {
    document: &'d Document,
    block: Option<u32>,
    cutter: SpanCutter<'d>,
}

impl<'d> Contexts<'d> {
    /// Contexts of `document`.
    pub fn new(document: &'d Document) -> Self {
        Self { document, block: None, cutter: SpanCutter::new("") }
    }

    /// What [`Document::context`] gives.
    pub fn around(&mut self, block: u32, span: Span, chars: u32) -> Option<Context<'d>> {
        let text = self.document.blocks.get(block as usize)?.text.as_str();
        if self.block != Some(block) {
            (self.block, self.cutter) = (Some(block), SpanCutter::new(text));
        }
        let [before, matched, after] = self.cutter.cut_around(span, chars);
        Some(Context { before, matched, after })
    }

    /// The byte of its block at which the last place begins.
    pub fn byte(&self) -> usize {
        self.cutter.byte()
    }
}

/// A place with what is around it in its block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Context<'d> {
    /// The characters before it.
    pub before: &'d str,
    /// The place itself.
    pub matched: &'d str,
    /// The characters after it.
    pub after: &'d str,
}

/// One paragraph, heading, row: what is set as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Of a heading its level from 1; of an item how many lists are around its own list; of
    /// anything else 0.
    pub level: u8,
    /// Its text: no line end, no control character. Of a row its cells ([`Block::cells`]).
    pub text: String,
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    /// A heading on a line of its own.
    Heading,
    /// Running text, also with a run-in heading.
    Paragraph,
    /// An item of a list.
    Item,
    /// A row of a table, its cells separated by [`CELL`]. All rows of a [`Table`] that the markup
    /// describes have the same number of cells, empty ones included.
    TableRow,
    /// 落款: who signed, and the date line below.
    Signature,
    /// A note to the text: （此件公开发布）, the list of annexes.
    Note,
}

/// An entry of the outline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// From 1 (chapter) downwards.
    pub level: u8,
    /// The heading, of a run-in heading only its own part.
    pub title: String,
    /// The block that is the heading or begins with it.
    pub block: u32,
}

/// What is known about an article. `None` is unknown.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Metadata {
    /// The title as shown.
    pub title: String,
    /// Where the title comes from.
    pub title_origin: TitleOrigin,
    /// 原标题, where the page names another one.
    pub original_title: Option<String>,
    /// What the text is about or who issued it, as a place.
    pub region: Option<Region>,
    /// 成文日期: when it was signed, adopted, or given as a report.
    pub signed: Option<PartialDate>,
    /// 发布日期: when it was published, in Beijing.
    pub published: Option<PartialDate>,
    /// 施行日期: from when it is in force.
    pub effective: Option<PartialDate>,
    /// True where the source says that it is in force, false where it says that it no longer is.
    pub in_force: Option<bool>,
    /// The medium or site.
    pub source: Option<String>,
    /// 记者 and the like, as printed.
    pub byline: Option<String>,
    /// 责任编辑.
    pub editor: Option<String>,
    /// 发文机关, as printed.
    pub issuer: Option<String>,
    /// Each body of a joint issue under its full name; one where it is not joint, none where it is
    /// unknown.
    pub issuers: Vec<String>,
    /// 发文字号.
    pub number: Option<String>,
    /// Categories of the front matter.
    pub categories: Vec<String>,
    /// Where the page was saved from.
    pub url: Option<WebAddress>,
    /// True where the source stops before the article's end (a login wall).
    pub incomplete: bool,
    /// What kind of file it was read from: "html", "markdown", "text", "docx", "csv". Empty where
    /// nothing was read.
    pub kind_of_file: String,
}

impl Metadata {
    /// The date by which the text is listed: signed, else published.
    pub fn date(&self) -> Option<PartialDate> {
        self.signed.or(self.published)
    }
}

/// Where a title comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TitleOrigin {
    /// The source names it.
    Given,
    /// The source has none: made from its lead.
    #[default]
    Derived,
}

/// The encoding a file was read in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Encoding {
    /// Its WHATWG name.
    pub name: String,
    /// How it was found.
    pub evidence: EncodingEvidence,
}

/// How an encoding was found, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EncodingEvidence {
    /// The user named it.
    Forced,
    /// A byte order mark.
    Mark,
    /// Every byte is valid UTF-8.
    Valid,
    /// The page declares it, and its bytes agree.
    Declared,
    /// Guessed from all its bytes.
    Detected,
    /// Nothing fits; some characters could not be read.
    Doubtful,
}

/// A piece that cleaning took out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removed {
    /// Why.
    pub reason: RemovalReason,
    /// What, as it stood there.
    pub text: String,
    /// The block before which it stood; the number of blocks for what stood at the end.
    pub before: u32,
}

/// Why cleaning took something out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RemovalReason {
    /// Menus, breadcrumbs, share and print bars, footers of the site.
    Navigation,
    /// App slogans, QR codes, calls to subscribe.
    Promotion,
    /// 责任编辑 and the like, now in the metadata.
    EditorLine,
    /// 记者 and the like, now in the metadata.
    Byline,
    /// 原标题, now in the metadata.
    OriginalTitle,
    /// The title once more inside the body.
    RepeatedTitle,
    /// Date, source and number lines and tables, now in the metadata.
    MetadataLine,
    /// Disclaimers and copyright notices.
    Disclaimer,
    /// Related articles and rankings.
    RelatedList,
    /// Registration numbers of the site.
    Registration,
    /// What the page itself hides from its readers.
    Hidden,
    /// The same article again.
    DuplicateCopy,
    /// Pinyin injected between the characters.
    InjectedPinyin,
    /// 请登录 and what stands for the missing rest.
    LoginWall,
    /// Leftover markup, scripts, styles.
    Markup,
    /// Headers, footers and page numbers of printed pages.
    PageFurniture,
}
