//! Small documents for the tests of this folder.

use crate::document::{
    Block, BlockKind, DocId, Document, Encoding, EncodingEvidence, Heading, Metadata,
};
use crate::text::region::{Region, RegionEvidence, RegionLevel};
use crate::text::script::script_of;

/// A document; a block that begins with `# ` is a heading.
pub(super) fn document(id: &str, title: &str, blocks: &[&str]) -> Document {
    let blocks: Vec<Block> = blocks.iter().map(|text| block(text)).collect();
    let outline = blocks.iter().zip(0..).filter(|(block, _)| block.kind == BlockKind::Heading);
    let outline = outline
        .map(|(block, n)| Heading { level: 1, title: block.text.clone(), block: n })
        .collect();
    Document {
        id: DocId::new(id),
        path: format!("{id}.txt").into(),
        metadata: Metadata { title: title.to_owned(), ..Metadata::default() },
        blocks,
        outline,
        tables: Vec::new(),
        removed: Vec::new(),
        script: script_of(title),
        encoding: Encoding { name: "UTF-8".to_owned(), evidence: EncodingEvidence::Valid },
        warnings: Vec::new(),
    }
}

fn block(text: &str) -> Block {
    match text.strip_prefix("# ") {
        Some(heading) => Block { kind: BlockKind::Heading, level: 1, text: heading.to_owned() },
        None => Block { kind: BlockKind::Paragraph, level: 0, text: text.to_owned() },
    }
}

/// The same document, known to be about `region` and of `day`.
pub(super) fn known(mut document: Document, region: &str, day: &str) -> Document {
    document.metadata.region = Some(Region {
        name: region.to_owned(),
        level: RegionLevel::Province,
        city: None,
        county: None,
        evidence: RegionEvidence::Title,
    });
    document.metadata.published = day.parse().ok();
    document
}
