//! A document as the printing commands write it in JSON: the fields of `list`.

use serde::Serialize;
use wenmai::document::{EncodingEvidence, PartialDate, Precision, Summary, TitleOrigin};
use wenmai::text::region::{RegionEvidence, RegionLevel};
use wenmai::text::script::Script;
use wenmai::text::web_address::WebAddress;

use crate::hint;

/// One element of `list --json`.
#[derive(Debug, Serialize)]
pub(crate) struct DocumentJson<'d> {
    id: &'d str,
    path: String,
    title: &'d str,
    title_origin: TitleOrigin,
    original_title: Option<&'d str>,
    region: Option<&'d str>,
    level: Option<&'static str>,
    city: Option<&'d str>,
    county: Option<&'d str>,
    region_evidence: Option<RegionEvidence>,
    date: Option<String>,
    date_precision: Option<Precision>,
    signed: Option<String>,
    published: Option<String>,
    effective: Option<String>,
    in_force: Option<bool>,
    source: Option<&'d str>,
    byline: Option<&'d str>,
    editor: Option<&'d str>,
    issuer: Option<&'d str>,
    issuers: &'d [String],
    number: Option<&'d str>,
    categories: &'d [String],
    url: Option<&'d str>,
    kind_of_file: &'d str,
    characters: u32,
    blocks: u32,
    script: Script,
    encoding: &'d str,
    encoding_evidence: EncodingEvidence,
    incomplete: bool,
    warnings: Vec<String>,
}

impl<'d> From<&'d Summary> for DocumentJson<'d> {
    fn from(document: &'d Summary) -> Self {
        let facts = &document.metadata;
        let region = facts.region.as_ref();
        Self {
            id: document.id.as_str(),
            path: document.path.display().to_string(),
            title: &facts.title,
            title_origin: facts.title_origin,
            original_title: facts.original_title.as_deref(),
            region: region.map(|region| region.name.as_str()),
            level: region.map(|region| level_name(region.level)),
            city: region.and_then(|region| region.city.as_deref()),
            county: region.and_then(|region| region.county.as_deref()),
            region_evidence: region.map(|region| region.evidence),
            date: facts.date().map(|date| date.to_string()),
            date_precision: facts.date().map(PartialDate::precision),
            signed: facts.signed.map(|date| date.to_string()),
            published: facts.published.map(|date| date.to_string()),
            effective: facts.effective.map(|date| date.to_string()),
            in_force: facts.in_force,
            source: facts.source.as_deref(),
            byline: facts.byline.as_deref(),
            editor: facts.editor.as_deref(),
            issuer: facts.issuer.as_deref(),
            issuers: &facts.issuers,
            number: facts.number.as_deref(),
            categories: &facts.categories,
            url: facts.url.as_ref().map(WebAddress::as_str),
            kind_of_file: &facts.kind_of_file,
            characters: document.characters,
            blocks: document.blocks,
            script: document.script,
            encoding: &document.encoding.name,
            encoding_evidence: document.encoding.evidence,
            incomplete: facts.incomplete,
            warnings: document.warnings.iter().map(hint::of_warning).collect(),
        }
    }
}

/// The level of a region as the texts call it.
fn level_name(level: RegionLevel) -> &'static str {
    match level {
        RegionLevel::National => "全国",
        RegionLevel::Province => "省",
        RegionLevel::City => "市",
        RegionLevel::County => "区县",
    }
}
