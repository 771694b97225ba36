//! Files that are no plain text: office files, books, archives. Each reader turns the bytes of one
//! file into its [`Contents`]; which reader is asked is decided by the bytes, not by the name.

mod archive;
pub(super) mod databases;
mod doc;
mod docx;
mod epub;
mod flow;
pub(super) mod isolated;
mod limits;
pub(super) mod lists;
mod mail;
mod members;
pub(super) mod notes;
mod odt;
mod ofd;
mod pdf;
mod rtf;
mod sheets;
mod warc;
pub(super) mod wechat;
mod xml;

use std::borrow::Cow;
use std::path::Path;

use archive::MemberArchive;
use serde::{Deserialize, Serialize};

use super::page::{Page, RawBlock};
use super::{Options, RawFile};
use crate::document::{Encoding, EncodingEvidence, Metadata, TitleOrigin};
use crate::error::{Error, Refusal, Result, Warning};

/// What a reader made of a file.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Contents {
    /// What the file says about itself.
    metadata: Metadata,
    /// Its text.
    text: Text,
    /// What was noticed.
    warnings: Vec<Warning>,
    /// Its title where the text has none of its own.
    other_title: Option<String>,
    /// What kind of file it is: `docx`, `mhtml`; empty where its text shows that.
    kind: Cow<'static, str>,
}

/// Text as a reader gives it.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Text {
    /// In pieces.
    Pieces(Vec<RawBlock>),
    /// As a source that the rest of the pipeline parses: HTML, or plain text.
    Source(String),
}

impl Default for Text {
    fn default() -> Self {
        Self::Pieces(Vec::new())
    }
}

impl Contents {
    fn pieces(pieces: Vec<RawBlock>) -> Self {
        Self { text: Text::Pieces(pieces), ..Self::default() }
    }

    fn is_empty(&self) -> bool {
        match &self.text {
            Text::Pieces(pieces) => !pieces.iter().any(RawBlock::is_kept),
            Text::Source(text) => text.trim().is_empty(),
        }
    }

    fn source(text: String) -> Self {
        Self { text: Text::Source(text), ..Self::default() }
    }

    fn warn(&mut self, warning: Warning) {
        self.warnings.push(warning);
    }
}

/// The warning for what exceeds a limit of `limit` bytes.
fn left_out(limit: u64) -> Warning {
    Warning::TooLargeUnpacked(limit >> 20)
}

/// What may still be unpacked of one file and of the files inside it.
#[derive(Debug)]
pub(super) struct Budget {
    /// In bytes.
    left: u64,
    /// Archives that may still be inside each other.
    nested: usize,
}

impl Budget {
    /// The budget of a file of `bytes`, of which `largest` are unpacked at most.
    fn new(bytes: u64, largest: u64) -> Self {
        let left = limits::UNPACKED.saturating_add(bytes.saturating_mul(limits::UNPACKED_PER_BYTE));
        Self { left: left.min(largest), nested: limits::NESTED_ARCHIVES }
    }
}

/// A kind of file that is no plain text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Format {
    /// Word.
    Docx,
    /// An e-book.
    Epub,
    /// Word 97, WPS.
    Doc,
    /// Rich text.
    Rtf,
    /// OpenDocument text.
    Odt,
    /// Sheets of any program.
    Sheets,
    /// An office file that needs a password.
    Locked,
    /// A file of a known kind that is not read.
    Other(Unread),
    /// Files in an archive.
    Folder,
    /// A mail, or a page saved as one.
    Mail,
    /// Pages of a crawl.
    Warc,
    /// One file, packed.
    Gzip,
    /// Printed pages.
    Pdf,
    /// The same, in the national format.
    Ofd,
}

/// Kinds of files that are known and not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Unread {
    /// Slides.
    PowerPoint,
    /// Drawings, formulas and slides of OpenDocument.
    OpenDocument,
    /// Messages, installers and other compound files.
    Compound,
}

impl Unread {
    fn name(self) -> String {
        match self {
            Self::PowerPoint => "PowerPoint",
            Self::OpenDocument => "OpenDocument",
            Self::Compound => "OLE2",
        }
        .to_owned()
    }
}

/// The kind of `bytes`; `None` for text, and for what nothing is known of.
fn format_of(bytes: &[u8], budget: &Budget) -> Option<Format> {
    if bytes.starts_with(b"PK\x03\x04") {
        // What claims to be an archive and is none is refused as damaged.
        let Some(mut archive) = MemberArchive::open(bytes, budget.left) else {
            return Some(Format::Folder);
        };
        return Some(match () {
            () if archive.has("META-INF/container.xml") => Format::Epub,
            () if archive.has("OFD.xml") => Format::Ofd,
            () if archive.has("xl/workbook.xml") || archive.has("xl/workbook.bin") => {
                Format::Sheets
            }
            () if archive.has("ppt/presentation.xml") => Format::Other(Unread::PowerPoint),
            () if archive.has("mimetype") && archive.has("content.xml") => {
                open_document(&mut archive)
            }
            () if docx::main_part(&mut archive).is_some() => Format::Docx,
            () => Format::Folder,
        });
    }
    match doc::kind_of(bytes) {
        Some(doc::Kind::Word) => return Some(Format::Doc),
        Some(doc::Kind::Sheets) => return Some(Format::Sheets),
        Some(doc::Kind::Encrypted) => return Some(Format::Locked),
        Some(doc::Kind::Other) => return Some(Format::Other(Unread::Compound)),
        None => {}
    }
    match () {
        () if rtf::is_rtf(bytes) => Some(Format::Rtf),
        () if pdf::is_pdf(bytes) => Some(Format::Pdf),
        () if warc::is_warc(bytes) => Some(Format::Warc),
        () if bytes.starts_with(b"\x1F\x8B") => Some(Format::Gzip),
        () if mail::is_mail(bytes) => Some(Format::Mail),
        () => None,
    }
}

/// The kind of an OpenDocument file.
fn open_document(archive: &mut MemberArchive<'_>) -> Format {
    let kind = archive.text("mimetype").unwrap_or_default();
    match kind.trim() {
        // A damaged part says nothing, and the rest shows what is left.
        "" => Format::Odt,
        kind if kind.contains("opendocument.text") => Format::Odt,
        kind if kind.contains("opendocument.spreadsheet") => Format::Sheets,
        _ => Format::Other(Unread::OpenDocument),
    }
}

/// The pages of `raw`, where it is of a kind that is read here.
pub(super) fn pages(raw: &RawFile, options: &Options) -> Option<Result<Vec<Page>>> {
    let mut budget = Budget::new(raw.bytes.len() as u64, options.largest);
    pages_within(raw, options, &mut budget)
}

/// The same, for a file that may be inside another one.
fn pages_within(
    raw: &RawFile,
    options: &Options,
    budget: &mut Budget,
) -> Option<Result<Vec<Page>>> {
    let format = format_of(&raw.bytes, budget)?;
    let refused = |reason| Error::Refused { path: raw.path.clone(), reason };
    Some(match format {
        Format::Folder => members::pages(raw, options, budget),
        Format::Warc => crawl(raw, budget),
        Format::Gzip => unpacked(raw, options, budget),
        Format::Mail => match mail::read(&raw.bytes) {
            Ok((contents, attachments)) => {
                let mail = Some(contents).filter(|contents| !contents.is_empty());
                let mail = mail.map(|contents| page(&raw.path, contents));
                members::attached(raw, mail, attachments, options, budget)
            }
            Err(reason) => Err(refused(reason)),
        },
        Format::Locked => Err(refused(Refusal::NeedsPassword)),
        Format::Other(kind) => Err(refused(Refusal::Unsupported(kind.name()))),
        _ => {
            let answer = isolated::read(format, &raw.bytes, budget.left, options);
            match answer {
                Ok(isolated::Answer::Contents(contents)) if contents.is_empty() => {
                    Err(refused(Refusal::NoText))
                }
                Ok(isolated::Answer::Contents(contents)) => Ok(vec![page(&raw.path, *contents)]),
                Ok(isolated::Answer::Records(records)) => {
                    Ok(super::parse::rows(&raw.path, records))
                }
                Err(reason) => Err(refused(reason)),
            }
        }
    })
}

fn read(format: Format, bytes: &[u8], budget: &Budget) -> std::result::Result<Contents, Refusal> {
    let archive = || MemberArchive::open(bytes, budget.left).ok_or(Refusal::Damaged);
    match format {
        Format::Docx => {
            let mut archive = archive()?;
            let main = docx::main_part(&mut archive).ok_or(Refusal::Damaged)?;
            docx::read(&mut archive, &main)
        }
        Format::Epub => epub::read(&mut archive()?),
        Format::Pdf => pdf::read(bytes),
        Format::Doc => doc::read(bytes),
        Format::Rtf => Ok(rtf::read(bytes)),
        Format::Odt => odt::read(&mut archive()?),
        Format::Ofd => ofd::read(&mut archive()?),
        Format::Mail => mail::read(bytes).map(|(contents, _)| contents),
        Format::Folder | Format::Warc | Format::Gzip | Format::Sheets => Err(Refusal::NoText),
        Format::Locked => Err(Refusal::NeedsPassword),
        Format::Other(kind) => Err(Refusal::Unsupported(kind.name())),
    }
}

/// The pages of a web archive; where there are several, each is a row.
fn crawl(raw: &RawFile, budget: &mut Budget) -> Result<Vec<Page>> {
    let (responses, damaged) = warc::read(&raw.bytes, budget);
    let several = responses.len() > 1;
    let mut pages: Vec<Page> = (1u32..)
        .zip(responses)
        .map(|(row, warc::Response { metadata, text })| {
            let mut page = page(&raw.path, Contents { metadata, text, ..Contents::default() });
            page.row = several.then_some(row);
            page
        })
        .collect();
    match pages.first_mut() {
        Some(first) if damaged > 0 => first.warn(Warning::RecordsBreakOff(damaged)),
        Some(_) => {}
        None => return Err(Error::Refused { path: raw.path.clone(), reason: Refusal::NoText }),
    }
    Ok(pages)
}

/// The pages of the one file that `raw` packs.
fn unpacked(raw: &RawFile, options: &Options, budget: &mut Budget) -> Result<Vec<Page>> {
    let refused = |reason| Error::Refused { path: raw.path.clone(), reason };
    let Some(bytes) = warc::unzipped(&raw.bytes, budget) else {
        return Err(refused(Refusal::Damaged));
    };
    if budget.nested == 0 {
        return Err(refused(Refusal::Unsupported("gzip in gzip".to_owned())));
    }
    budget.nested -= 1;
    let inner = RawFile { path: raw.path.clone(), bytes: bytes.into() };
    let pages = match pages_within(&inner, options, budget) {
        Some(pages) => pages,
        None => {
            super::decode::decode(inner, options).and_then(|text| super::text_pages(text, options))
        }
    };
    budget.nested += 1;
    pages
}

/// The page that `contents` make.
fn page(path: &Path, contents: Contents) -> Page {
    let encoding = Encoding { name: "UTF-8".to_owned(), evidence: EncodingEvidence::Valid };
    let mut page = Page::new(path.to_owned(), encoding);
    page.metadata = contents.metadata;
    page.warnings = contents.warnings;
    page.metadata.kind_of_file = contents.kind.into_owned();
    match contents.text {
        Text::Pieces(pieces) => page.pieces = pieces,
        Text::Source(text) => super::parse::read_text(&mut page, &text),
    }
    if let Some(title) = contents.other_title.filter(|_| page.metadata.title.is_empty()) {
        page.metadata.title = title;
        page.metadata.title_origin = TitleOrigin::Given;
    }
    page
}

/// The text of `raw` for a person to look at, where it is of a kind that is read here.
pub(super) fn source(raw: &RawFile, options: &Options) -> Option<Result<String>> {
    let mut budget = Budget::new(raw.bytes.len() as u64, options.largest);
    let format = format_of(&raw.bytes, &budget)?;
    if matches!(format, Format::Folder | Format::Warc | Format::Gzip | Format::Sheets) {
        let pages = pages_within(raw, options, &mut budget)?;
        return Some(
            pages.map(|pages| pages.iter().flat_map(|page| &page.pieces).map(line).collect()),
        );
    }
    let refused = |reason| Error::Refused { path: raw.path.clone(), reason };
    let text = |contents: Contents| match contents.text {
        Text::Source(text) => text,
        Text::Pieces(pieces) => pieces.iter().map(line).collect(),
    };
    Some(read(format, &raw.bytes, &budget).map(text).map_err(refused))
}

fn line(piece: &RawBlock) -> String {
    format!("{}\n", piece.text)
}

/// Reads the member of a file that lies at `path` as if that file were a folder.
pub(super) fn member(path: &Path, options: &Options) -> Option<RawFile> {
    let (around, name) = members::inside(path)?;
    let raw = super::load::load(&around, options).ok()?;
    let limit = Budget::new(raw.bytes.len() as u64, options.largest).left;
    members::extract(&raw, &name, limit)
}
