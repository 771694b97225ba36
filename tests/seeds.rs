//! The five compiled-in texts come out of cleaning as they were checked by hand: what is known
//! about each, and every paragraph in order (its first and last characters, and a checksum of the
//! whole).

use serde::Serialize;
use wenmai::document::{Document, RemovalReason, TitleOrigin};
use wenmai::ingest::{Options, seeds};

#[derive(Serialize)]
struct Facts<'d> {
    path: String,
    title: &'d str,
    title_origin: TitleOrigin,
    original_title: Option<&'d str>,
    region: Option<&'d wenmai::text::region::Region>,
    date: Option<String>,
    source: Option<&'d str>,
    byline: Option<&'d str>,
    editor: Option<&'d str>,
    categories: &'d [String],
    script: wenmai::text::script::Script,
    encoding: &'d wenmai::document::Encoding,
    warnings: Vec<String>,
    characters: usize,
    checksum: String,
    outline: Vec<String>,
    blocks: Vec<String>,
}

fn facts(document: &Document) -> Facts<'_> {
    let known = &document.metadata;
    let text: Vec<&str> = document.blocks.iter().map(|block| block.text.as_str()).collect();
    Facts {
        path: document.path.display().to_string(),
        title: &known.title,
        title_origin: known.title_origin,
        original_title: known.original_title.as_deref(),
        region: known.region.as_ref(),
        date: known.date().map(|date| date.to_string()),
        source: known.source.as_deref(),
        byline: known.byline.as_deref(),
        editor: known.editor.as_deref(),
        categories: &known.categories,
        script: document.script,
        encoding: &document.encoding,
        warnings: document.warnings.iter().map(ToString::to_string).collect(),
        characters: document.characters(),
        checksum: format!("{:016x}", checksum(&text.join("\n"))),
        outline: document
            .outline
            .iter()
            .map(|h| format!("{} {} {}", h.level, h.block, h.title))
            .collect(),
        blocks: document
            .blocks
            .iter()
            .map(|block| format!("{:?} {}", block.kind, ends(&block.text)))
            .collect(),
    }
}

/// FNV-1a, which stays the same on every platform.
fn checksum(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

fn ends(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    if chars.len() <= 24 {
        return text.to_owned();
    }
    let first: String = chars.iter().take(12).collect();
    let last: String = chars.iter().skip(chars.len() - 12).collect();
    format!("{first}…{last}")
}

#[test]
fn the_seeds_come_out_as_they_were_checked_by_hand() {
    let documents = seeds(&Options::default()).documents;
    let facts: Vec<Facts<'_>> = documents.iter().map(facts).collect();
    insta::assert_json_snapshot!(facts);
}

#[test]
fn the_noisy_seed_stands_once_without_a_syllable_and_all_that_left_it_is_kept() {
    let documents = seeds(&Options::default()).documents;
    let noisy = documents.iter().find(|doc| doc.id.as_str().starts_with("003")).unwrap();
    assert!(
        noisy.blocks.iter().all(|block| !block.text.chars().any(|c| matches!(c, 'a'..='z' | '(')))
    );
    let reasons = |reason| noisy.removed.iter().filter(|piece| piece.reason == reason).count();
    assert_eq!(reasons(RemovalReason::DuplicateCopy), noisy.blocks.len());
    assert_eq!(reasons(RemovalReason::InjectedPinyin), 2 * noisy.blocks.len());
}
