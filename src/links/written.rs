//! Documents written for the tests of the links.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::{Mention, Theme, ThemeId, ThemeIndex};
use crate::document::{
    Block, BlockKind, DocId, DocIndex, Document, Encoding, EncodingEvidence, Metadata, TitleOrigin,
};
use crate::text::region::{Region, RegionEvidence, RegionLevel};
use crate::text::script::Script;
use crate::text::{CharCounter, Span};

/// A document of these paragraphs, named `id`.
pub(crate) fn document(id: &str, paragraphs: &[&str]) -> Document {
    let block =
        |text: &&str| Block { kind: BlockKind::Paragraph, level: 0, text: (*text).to_owned() };
    Document {
        id: DocId::new(id),
        path: PathBuf::from(id),
        metadata: Metadata {
            title: id.to_owned(),
            title_origin: TitleOrigin::Given,
            ..Metadata::default()
        },
        blocks: paragraphs.iter().map(block).collect(),
        outline: Vec::new(),
        removed: Vec::new(),
        script: Script::Hans,
        encoding: Encoding { name: "UTF-8".to_owned(), evidence: EncodingEvidence::Valid },
        warnings: Vec::new(),
    }
}

/// The document as one about a region.
pub(crate) fn about(mut document: Document, region: &str) -> Document {
    let level = if region == "全国" { RegionLevel::National } else { RegionLevel::Province };
    document.metadata.region = Some(Region {
        name: region.to_owned(),
        level,
        city: None,
        county: None,
        evidence: RegionEvidence::Title,
    });
    document
}

/// An index of these themes, whatever else the documents speak of, in this order.
pub(crate) fn index(documents: &[Document], names: &[&str]) -> ThemeIndex {
    let mut mentions = vec![Vec::new(); documents.len()];
    let mut themes = Vec::new();
    for (rank, name) in names.iter().enumerate() {
        let mut by_document = Vec::new();
        let mut regions = BTreeMap::new();
        for (at, document) in documents.iter().enumerate() {
            let found: Vec<Mention> = mentions_of(document, name, ThemeId(rank as u32));
            if !found.is_empty() {
                by_document.push((DocIndex(at as u32), found.len() as u32));
                let region = document.metadata.region.as_ref().map(|region| region.name.clone());
                region
                    .into_iter()
                    .for_each(|r| *regions.entry(r).or_insert(0) += found.len() as u32);
            }
            mentions[at].extend(found);
        }
        themes.push(Theme {
            name: (*name).to_owned(),
            aliases: Vec::new(),
            score: 1.0,
            mentions: by_document.iter().map(|(_, n)| n).sum(),
            regions: regions.into_iter().collect(),
            documents: by_document,
        });
    }
    mentions.iter_mut().for_each(|list| list.sort());
    ThemeIndex { themes, mentions, ..ThemeIndex::default() }
}

fn mentions_of(document: &Document, name: &str, theme: ThemeId) -> Vec<Mention> {
    let length = name.chars().count() as u32;
    let mut found = Vec::new();
    for (block, text) in (0u32..).zip(&document.blocks) {
        let mut counter = CharCounter::new(&text.text);
        found.extend(text.text.match_indices(name).map(|(byte, _)| {
            let start = counter.chars_before(byte);
            Mention { block, span: Span::new(start, start + length), theme }
        }));
    }
    found
}
