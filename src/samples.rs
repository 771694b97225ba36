//! Small documents and theme indexes for the tests of every room.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::themes::postings::Postings;
use crate::themes::{Theme, ThemeId, ThemeIndex, ThemeKind};
use rustc_hash::FxHashMap;

use crate::document::{
    Block, BlockKind, DocId, DocIndex, Document, Encoding, EncodingEvidence, Metadata, TitleOrigin,
};
use crate::text::fold::fold_key;
use crate::text::region::{Region, RegionEvidence, RegionLevel};
use crate::text::script::{Script, script_of};

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
        tables: Vec::new(),
        removed: Vec::new(),
        script: Script::Hans,
        encoding: Encoding { name: "UTF-8".to_owned(), evidence: EncodingEvidence::Valid },
        warnings: Vec::new(),
    }
}

/// A document of these paragraphs, named `id`, about a region.
pub(crate) fn regional_document(id: &str, region: &str, paragraphs: &[&str]) -> Document {
    let mut document = about(document(id, paragraphs), region);
    document.script = script_of(&paragraphs.concat());
    document
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
    let forms = names.iter().zip(0..).map(|(name, rank)| (fold_key(name), ThemeId(rank)));
    let forms: FxHashMap<String, ThemeId> = forms.collect();
    let characters: Vec<u32> =
        documents.iter().map(|document| document.characters() as u32).collect();
    let finder = ThemeIndex::new(Vec::new(), forms.clone(), characters.clone(), 0);
    let theme = |name: &&str| Theme {
        name: (*name).to_owned(),
        aliases: Vec::new(),
        kind: ThemeKind::Subject,
        score: 1.0,
        mentions: 0,
        direct: 0,
        regions: Vec::new(),
        documents: Postings::default(),
        direct_documents: None,
    };
    let mut counts: BTreeMap<(usize, u32), u32> = BTreeMap::new();
    let mut themes: Vec<Theme> = names.iter().map(theme).collect();
    let mut regions: BTreeMap<(usize, String), u32> = BTreeMap::new();
    for (document, at) in documents.iter().zip(0..) {
        for mention in finder.look_in(document) {
            let theme = &mut themes[mention.theme.0 as usize];
            theme.mentions += 1;
            theme.direct += u32::from(mention.direct);
            *counts.entry((mention.theme.0 as usize, at)).or_insert(0) += 1;
            if let Some(region) = &document.metadata.region {
                let key = (mention.theme.0 as usize, region.name.clone());
                *regions.entry(key).or_insert(0) += 1;
            }
        }
    }
    for ((theme, at), count) in counts {
        themes[theme].documents.push(DocIndex(at), count);
    }
    for ((theme, name), count) in regions {
        themes[theme].regions.push((name, count));
    }
    ThemeIndex::new(themes, forms, characters, 0)
}
