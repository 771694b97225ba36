//! Cleaning: from a page to a document. Last stage of the line. Each pass looks at the whole page
//! and changes the text of its pieces, their disposition, or what is known about the page; the order of
//! the passes is the order in which they need each other.

use std::borrow::Cow;

use super::page::{Disposition, Page, RawBlock};
use super::{
    boilerplate, duplicates, issuers, metadata, mojibake, outline, pinyin_noise, private_use,
    rescue, signature, title,
};
use crate::document::{Block, DocId, Document, Removed, Table, TitleOrigin};
use crate::text::region::{self, Clues};
use crate::text::sanitize::sanitize;
use crate::text::script::{Script, ScriptCounts};

type Pass = fn(&mut Page);

const PASSES: [Pass; 13] = [
    private_use::replace,
    sanitize_all,
    mojibake::repair,
    pinyin_noise::remove,
    tally,
    metadata::read_lines,
    boilerplate::remove,
    duplicates::remove,
    title::settle,
    signature::read,
    rescue::keep_prose,
    issuers::settle,
    settle_region,
];

/// Cleans `page`.
pub fn clean(mut page: Page) -> Document {
    for pass in PASSES {
        pass(&mut page);
    }
    document(page)
}

/// Nothing harmful passes from here on, and no piece is empty.
fn sanitize_all(page: &mut Page) {
    for piece in &mut page.pieces {
        match sanitize(&piece.text) {
            Cow::Borrowed(same) if same.trim().len() == same.len() => {}
            clean => piece.text = clean.trim().to_owned(),
        }
    }
    page.pieces.retain(|piece| !piece.text.is_empty());
    sanitize_metadata(page);
}

fn sanitize_metadata(page: &mut Page) {
    let known = &mut page.metadata;
    let optional = [
        &mut known.original_title,
        &mut known.source,
        &mut known.byline,
        &mut known.editor,
        &mut known.issuer,
        &mut known.number,
    ];
    for text in optional.into_iter().flatten().chain(&mut known.categories) {
        *text = sanitize(text).trim().to_owned();
    }
    known.title = sanitize(&known.title).trim().to_owned();
}

/// Counts once what several passes ask: most texts have no traditional character to be simplified.
fn tally(page: &mut Page) {
    for piece in page.kept_mut() {
        piece.tally = Some(ScriptCounts::of(&piece.text));
    }
}

/// Paragraphs that are asked for places.
const ASKED: usize = 200;

fn settle_region(page: &mut Page) {
    if page.metadata.region.is_some() {
        return;
    }
    let paragraphs: Vec<&str> = page.kept().map(|piece| piece.text.as_str()).take(ASKED).collect();
    let known = &page.metadata;
    let region = region::find(&Clues {
        issuer: known.issuer.as_deref(),
        number: known.number.as_deref(),
        title: if known.title_origin == TitleOrigin::Given { &known.title } else { "" },
        paragraphs: &paragraphs,
    });
    page.metadata.region = region;
}

fn document(page: Page) -> Document {
    let id = id_of(&page);
    let script = script_of(&page);
    let mut blocks: Vec<Block> = Vec::with_capacity(page.pieces.len());
    let mut removed = Vec::new();
    let (kinds, outline) = outline::of(&page);
    let tables = tables(&page);
    let mut kinds = kinds.into_iter();
    for RawBlock { text: piece, disposition, .. } in page.pieces {
        match disposition {
            Disposition::Kept => {
                let (kind, level) =
                    kinds.next().unwrap_or((crate::document::BlockKind::Paragraph, 0));
                blocks.push(Block { kind, level, text: piece });
            }
            Disposition::Removed(reason) => {
                removed.push(Removed { reason, text: piece, before: blocks.len() as u32 });
            }
        }
    }
    Document {
        id,
        path: page.path,
        metadata: page.metadata,
        blocks,
        outline,
        tables,
        removed,
        script,
        encoding: page.encoding,
        warnings: page.warnings,
    }
}

/// The tables of `page`: kept rows of one table that follow one another. What cleaning took out
/// between them does not separate them.
fn tables(page: &Page) -> Vec<Table> {
    let mut tables: Vec<Table> = Vec::new();
    let mut last = None;
    for (block, piece) in (0u32..).zip(page.kept()) {
        let Some(row) = piece.table else {
            last = None;
            continue;
        };
        match tables.last_mut().filter(|_| last == Some(row.table)) {
            Some(table) => table.rows += 1,
            None => tables.push(Table { block, rows: 1, heading_rows: 0 }),
        }
        last = Some(row.table);
        if let Some(table) = tables.last_mut()
            && row.is_heading
            && table.heading_rows + 1 == table.rows
        {
            table.heading_rows += 1;
        }
    }
    tables
}

/// The script of title and text.
fn script_of(page: &Page) -> Script {
    let pieces =
        page.kept().map(|piece| piece.tally.unwrap_or_else(|| ScriptCounts::of(&piece.text)));
    std::iter::once(ScriptCounts::of(&page.metadata.title))
        .chain(pieces)
        .sum::<ScriptCounts>()
        .script()
}

/// The file's name without its extension, and the row of a table after `#`.
fn id_of(page: &Page) -> DocId {
    let stem = page.path.file_stem().unwrap_or(page.path.as_os_str());
    let stem = sanitize(&stem.to_string_lossy()).into_owned();
    match page.row {
        Some(row) => DocId::new(&format!("{stem}#{row}")),
        None => DocId::new(&stem),
    }
}
