//! Files that are no plain text: office files, books, archives. Each reader turns the bytes of one
//! file into its [`Contents`]; which reader is asked is decided by the bytes, not by the name.

mod archive;
mod docx;
mod epub;
mod flow;
mod limits;
mod list_numbers;
mod xml;

use std::path::Path;

use archive::Archive;

use super::page::{Page, Piece};
use super::{Options, RawFile};
use crate::document::{Encoding, EncodingEvidence, Metadata};
use crate::error::{Error, Refusal, Result, Warning};

/// What a reader made of a file.
#[derive(Debug, Default)]
pub(super) struct Contents {
    /// What the file says about itself.
    metadata: Metadata,
    /// Its text.
    text: Text,
    /// What was noticed.
    warnings: Vec<Warning>,
}

/// Text as a reader gives it.
#[derive(Debug)]
enum Text {
    /// In pieces.
    Pieces(Vec<Piece>),
    /// As a source that the rest of the pipeline parses: HTML, or plain text.
    Source(String),
}

impl Default for Text {
    fn default() -> Self {
        Self::Pieces(Vec::new())
    }
}

impl Contents {
    fn pieces(pieces: Vec<Piece>) -> Self {
        Self { text: Text::Pieces(pieces), ..Self::default() }
    }

    fn source(text: String) -> Self {
        Self { text: Text::Source(text), ..Self::default() }
    }

    fn warn(&mut self, warning: impl Into<String>) {
        self.warnings.push(Warning(warning.into()));
    }
}

/// The warning for what exceeds a limit of `limit` bytes.
fn left_out(limit: u64) -> Warning {
    Warning(format!("unpacked, it is larger than {} MB; the rest is left out", limit >> 20))
}

/// A kind of file that is no plain text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// Word, by its main part.
    Docx,
    /// An e-book.
    Epub,
}

/// The kind of `raw`; `None` for text, and for what nothing is known of.
fn format_of(raw: &RawFile, options: &Options) -> Option<Format> {
    let mut archive = Archive::open(&raw.bytes, options.largest)?;
    if archive.has("META-INF/container.xml") {
        return Some(Format::Epub);
    }
    docx::main_part(&mut archive).map(|_| Format::Docx)
}

/// The pages of `raw`, where it is of a kind that is read here.
pub(super) fn pages(raw: &RawFile, options: &Options) -> Option<Result<Vec<Page>>> {
    let format = format_of(raw, options)?;
    let contents = read(format, raw, options);
    let refused = |reason| Error::Refused { path: raw.path.clone(), reason };
    Some(contents.map(|contents| vec![page(&raw.path, contents)]).map_err(refused))
}

fn read(format: Format, raw: &RawFile, options: &Options) -> std::result::Result<Contents, Refusal> {
    let contents = match format {
        Format::Docx => {
            let mut archive = opened(raw, options)?;
            let main = docx::main_part(&mut archive).ok_or(Refusal::Damaged)?;
            docx::read(&mut archive, &main)?
        }
        Format::Epub => epub::read(&mut opened(raw, options)?)?,
    };
    let is_empty = match &contents.text {
        Text::Pieces(pieces) => !pieces.iter().any(Piece::is_kept),
        Text::Source(text) => text.trim().is_empty(),
    };
    if is_empty { Err(Refusal::NoText) } else { Ok(contents) }
}

fn opened<'r>(raw: &'r RawFile, options: &Options) -> std::result::Result<Archive<'r>, Refusal> {
    Archive::open(&raw.bytes, options.largest).ok_or(Refusal::Damaged)
}

/// The page that `contents` make.
fn page(path: &Path, contents: Contents) -> Page {
    let encoding = Encoding { name: "UTF-8".to_owned(), evidence: EncodingEvidence::Valid };
    let mut page = Page::new(path.to_owned(), encoding);
    page.metadata = contents.metadata;
    page.warnings = contents.warnings;
    match contents.text {
        Text::Pieces(pieces) => page.pieces = pieces,
        Text::Source(text) => super::parse::read_text(&mut page, &text),
    }
    page
}

/// The text of `raw` for a person to look at, where it is of a kind that is read here.
pub(super) fn source(raw: &RawFile, options: &Options) -> Option<Result<String>> {
    let format = format_of(raw, options)?;
    let refused = |reason| Error::Refused { path: raw.path.clone(), reason };
    let text = |contents: Contents| match contents.text {
        Text::Source(text) => text,
        Text::Pieces(pieces) => {
            pieces.iter().map(|piece| format!("{}\n", piece.text)).collect()
        }
    };
    Some(read(format, raw, options).map(text).map_err(refused))
}
