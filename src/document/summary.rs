//! The card of a document: everything that is known about it but its text, so that a library can be
//! listed, sorted and filtered without reading one text.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::{DocId, Document, Encoding, Metadata};
use crate::error::Warning;
use crate::text::script::Script;

/// A document without its text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// Unique in its library.
    pub id: DocId,
    /// Where the source lies.
    #[serde(with = "super::any_path")]
    pub path: PathBuf,
    /// What is known about the article.
    pub metadata: Metadata,
    /// The script of its title and text.
    pub script: Script,
    /// How its bytes were read.
    pub encoding: Encoding,
    /// What was noticed on the way.
    pub warnings: Vec<Warning>,
    /// Characters of the article, spaces included, title not.
    pub characters: u32,
    /// Blocks of the article.
    pub blocks: u32,
    /// A fingerprint of its text ([`Document::fingerprint`]).
    pub fingerprint: u64,
}

impl From<&Document> for Summary {
    fn from(document: &Document) -> Self {
        Self {
            id: document.id.clone(),
            path: document.path.clone(),
            metadata: document.metadata.clone(),
            script: document.script,
            encoding: document.encoding.clone(),
            warnings: document.warnings.clone(),
            characters: document.characters() as u32,
            blocks: document.blocks.len() as u32,
            fingerprint: document.fingerprint(),
        }
    }
}
