//! Styles of a Word file: what a paragraph or a run inherits. Style ids are arbitrary (Chinese Word
//! and WPS number them), so that headings are recognised by the style's name or outline level.

use std::collections::HashMap;

use super::super::xml::{self, Element, Node};
use crate::document::RemovalReason;
use crate::ingest::page::{Align, Shape};

/// What a style or a direct setting says; what is unset is inherited.
#[derive(Debug, Clone, Default)]
pub(super) struct Setting {
    pub(super) align: Option<Align>,
    /// 0 to 8; 9 is running text.
    pub(super) outline: Option<u8>,
    /// The list and the level in it.
    pub(super) list: Option<String>,
    pub(super) list_level: Option<u8>,
    pub(super) bold: Option<bool>,
    pub(super) hidden: Option<bool>,
    /// In half points.
    pub(super) size: Option<u16>,
}

impl Setting {
    /// Takes in what an element inside `pPr` or `rPr` says.
    pub(super) fn learn(&mut self, e: &Element<'_>) {
        match e.name() {
            "jc" => self.align = e.get("val").map(|value| align_of(&value)),
            "outlineLvl" => self.outline = e.number("val"),
            "numId" => self.list = e.get("val").map(|value| value.into_owned()),
            "ilvl" => self.list_level = e.number("val"),
            "b" => self.bold = Some(e.is_on()),
            "vanish" => self.hidden = Some(e.is_on()),
            "sz" => self.size = e.number::<f32>("val").map(|size| size.clamp(0.0, 9999.0) as u16),
            _ => {}
        }
    }

    /// Itself, with what it leaves open from `base`.
    fn over(self, base: &Self) -> Self {
        Self {
            align: self.align.or(base.align),
            outline: self.outline.or(base.outline),
            list_level: self.list_level.or(base.list_level.filter(|_| self.list.is_none())),
            list: self.list.or_else(|| base.list.clone()),
            bold: self.bold.or(base.bold),
            hidden: self.hidden.or(base.hidden),
            size: self.size.or(base.size),
        }
    }
}

fn align_of(value: &str) -> Align {
    match value {
        "center" => Align::Centre,
        "right" | "end" => Align::End,
        _ => Align::Start,
    }
}

#[derive(Debug, Default)]
struct Style {
    name: String,
    base: Option<String>,
    setting: Setting,
}

/// A style with all that it inherits.
#[derive(Debug, Clone, Default)]
pub(super) struct Inherited {
    /// What it sets.
    pub(super) setting: Setting,
    /// What a paragraph in it is.
    pub(super) shape: Shape,
    /// Set for styles whose paragraphs the program generates: entries of a table of contents.
    pub(super) removed: Option<RemovalReason>,
}

/// The styles of a file.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: HashMap<String, Style>,
    /// Of paragraphs that name none.
    usual: Option<String>,
    defaults: Setting,
    resolved: HashMap<String, Inherited>,
}

/// Styles that a style may be based on, one after the other.
const LONGEST_CHAIN: usize = 32;

impl Styles {
    /// The styles in the part `xml`.
    pub(super) fn read(xml: &str) -> Self {
        let mut styles = Self::default();
        let (mut id, mut style) = (None::<String>, Style::default());
        let mut in_defaults = false;
        xml::read(xml, |node| match node {
            Node::Open(e) => match e.name() {
                "docDefaults" => in_defaults = true,
                "style" => {
                    id = e.get("styleId").map(|id| id.into_owned());
                    style = Style::default();
                    let is_paragraph = e.get("type").is_none_or(|kind| kind == "paragraph");
                    if is_paragraph
                        && matches!(e.get("default").as_deref(), Some("1" | "true" | "on"))
                    {
                        styles.usual.clone_from(&id);
                    }
                }
                "name" if id.is_some() => {
                    style.name = e.get("val").unwrap_or_default().trim().to_lowercase();
                }
                "basedOn" => style.base = e.get("val").map(|base| base.into_owned()),
                _ if in_defaults => styles.defaults.learn(e),
                _ => style.setting.learn(e),
            },
            Node::Close("docDefaults") => in_defaults = false,
            Node::Close("style") => {
                if let Some(id) = id.take() {
                    styles.styles.insert(id, std::mem::take(&mut style));
                }
            }
            _ => {}
        });
        styles
    }

    /// The style called `id`, else that of paragraphs that name none.
    pub(super) fn paragraph(&mut self, id: Option<&str>) -> Inherited {
        let known = id.filter(|id| self.styles.contains_key(*id));
        let id = known.map(str::to_owned).or_else(|| self.usual.clone()).unwrap_or_default();
        if let Some(known) = self.resolved.get(&id) {
            return known.clone();
        }
        let mut inherited = self.chain(&id);
        inherited.setting = inherited.setting.over(&self.defaults);
        self.resolved.insert(id, inherited.clone());
        inherited
    }

    /// What the character style `id` sets.
    pub(super) fn run(&self, id: &str) -> Setting {
        self.chain(id).setting
    }

    fn chain(&self, id: &str) -> Inherited {
        let mut found = Inherited::default();
        let mut next = self.styles.get(id);
        for _ in 0..LONGEST_CHAIN {
            let Some(style) = next else { break };
            found.setting = std::mem::take(&mut found.setting).over(&style.setting);
            if found.shape == Shape::Text && found.removed.is_none() {
                (found.shape, found.removed) = kind_of(&style.name);
            }
            next = style.base.as_deref().and_then(|base| self.styles.get(base));
        }
        match found.setting.outline {
            Some(level @ 0..=8) => found.shape = Shape::Heading(level + 1),
            Some(_) => found.shape = Shape::Text,
            None => {}
        }
        found
    }
}

/// What the built-in style called `name` is for.
fn kind_of(name: &str) -> (Shape, Option<RemovalReason>) {
    let level = |rest: &str| rest.trim().parse::<u8>().ok().filter(|level| (1..=9).contains(level));
    let numbered = |prefix: &str| name.strip_prefix(prefix).and_then(level);
    if matches!(name, "title" | "标题") {
        return (Shape::Heading(1), None);
    }
    match numbered("heading").or_else(|| numbered("标题")) {
        Some(level) => (Shape::Heading(level), None),
        None if numbered("toc").or_else(|| numbered("目录")).is_some() => {
            (Shape::Text, Some(RemovalReason::Navigation))
        }
        None => (Shape::Text, None),
    }
}
