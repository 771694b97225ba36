//! Word files (.docx, .docm; ECMA-376). The main part and what belongs to it are found by the
//! relationships of the package, whatever their names; `styles` says what a paragraph is,
//! `numbering` counts its lists, and `body` reads the text.

mod body;
mod numbering;
mod styles;

use std::collections::HashMap;

use super::archive::{MemberArchive, resolved};
use super::xml::{self, Node};
use super::{Contents, left_out};
use crate::error::{Refusal, Warning};
use numbering::Numbering;
use styles::Styles;

/// The parts that the reading of a text needs.
#[derive(Default)]
struct Parts {
    styles: Styles,
    numbering: Numbering,
    notes: body::Notes,
}

/// The main part of an office file, by the package's relationships.
pub(super) fn main_part(archive: &mut MemberArchive<'_>) -> Option<String> {
    let relations = archive.text("_rels/.rels").map(|xml| targets(&xml, "")).unwrap_or_default();
    let named = relations.into_iter().find(|one| one.kind == "officeDocument");
    let named = named.map(|one| one.target).filter(|name| archive.has(name));
    let usual = || Some("word/document.xml".to_owned()).filter(|name| archive.has(name));
    named.or_else(usual)
}

/// The text of the Word file `archive`, whose main part is `main`.
pub(super) fn read(archive: &mut MemberArchive<'_>, main: &str) -> Result<Contents, Refusal> {
    let document = archive.text(main).ok_or(Refusal::Damaged)?;
    let (folder, name) = main.rsplit_once('/').unwrap_or(("", main));
    let relations = archive.text(&format!("{folder}/_rels/{name}.rels"));
    let relations = relations.map(|xml| targets(&xml, main)).unwrap_or_default();
    let all = |kind: &'static str| relations.iter().filter(move |one| one.kind == kind);
    let mut part = |kind| all(kind).find_map(|one| archive.text(&one.target)).unwrap_or_default();
    let mut parts = Parts {
        styles: Styles::read(&part("styles")),
        numbering: Numbering::read(&part("numbering")),
        ..Parts::default()
    };
    for (kind, element) in [("footnotes", "footnote"), ("endnotes", "endnote")] {
        parts.notes.insert(element, notes(&part(kind), element));
    }
    let mut flow = super::flow::Flow::default();
    let mut seen = std::collections::HashSet::new();
    for kind in ["header", "footer"] {
        for one in all(kind) {
            let text = archive.text(&one.target).map(|xml| body::plain(&xml)).unwrap_or_default();
            if seen.insert(text.clone()) {
                flow.removed(crate::document::RemovalReason::PageFurniture, &text);
            }
        }
    }
    let whole = body::read(&document, &mut parts, &mut flow);
    let mut contents = Contents { kind: "docx".into(), ..Contents::pieces(flow.finish()) };
    contents.warnings.extend(archive.cut_at().map(left_out));
    if !whole && archive.cut_at().is_none() {
        contents.warn(Warning::BreaksOff);
    }
    Ok(contents)
}

/// The text of each note by its id.
fn notes(xml: &str, element: &str) -> HashMap<String, String> {
    let mut notes = HashMap::new();
    let mut id = None::<String>;
    let mut text = String::new();
    let mut in_text = false;
    xml::read(xml, |node| match node {
        Node::Open(e) if e.name() == element => {
            // Separators are notes, too, of a type of their own.
            let is_note = e.get("type").is_none_or(|kind| kind == "normal");
            id = e.get("id").filter(|_| is_note).map(|id| id.into_owned());
            text.clear();
        }
        Node::Open(e) if e.name() == "t" => in_text = true,
        Node::Open(e) if matches!(e.name(), "tab" | "br") => text.push(' '),
        Node::Text(part) if in_text => text.push_str(part),
        Node::Close("t") => in_text = false,
        Node::Close("p") => text.push(' '),
        Node::Close(name) if name == element => {
            if let Some(id) = id.take() {
                notes.insert(id, text.trim().to_owned());
            }
        }
        _ => {}
    });
    notes
}

/// A relationship of a part.
struct Relation {
    /// The end of its type: `styles`, `footnotes`.
    kind: String,
    /// The part it leads to.
    target: String,
}

/// The relationships in `xml`, those of the part `base`.
fn targets(xml: &str, base: &str) -> Vec<Relation> {
    let mut all = Vec::new();
    xml::read(xml, |node| {
        let Node::Open(e) = node else { return };
        let (Some(kind), Some(target)) = (e.get("Type"), e.get("Target")) else { return };
        if e.get("TargetMode").is_none_or(|mode| mode != "External") {
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            all.push(Relation { kind, target: resolved(base, &target) });
        }
    });
    all
}
