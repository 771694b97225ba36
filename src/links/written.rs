//! Documents written for the tests of the links.

use std::path::PathBuf;

use crate::document::{
    Block, BlockKind, DocId, Document, Encoding, EncodingEvidence, Metadata, TitleOrigin,
};
use crate::text::script::Script;

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
