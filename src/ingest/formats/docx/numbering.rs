//! Automatic numbers of a Word file: which list a paragraph is counted in, how far the count is,
//! and what is written in front (一、 （一） 第一条).

use std::collections::HashMap;

use super::super::xml::{self, Node};
use crate::ingest::list_numbers::written;

/// Levels of a list.
const LEVELS: usize = 9;

#[derive(Debug, Clone)]
struct ListLevel {
    start: u32,
    format: String,
    /// `%1.%2、`
    text: String,
    /// All numbers in it are written as digits.
    is_legal: bool,
    /// The level at which it starts again, from 1; 0 for none.
    restart: Option<u8>,
    is_spaced: bool,
    /// The paragraph style that belongs to it.
    style: Option<String>,
}

impl Default for ListLevel {
    fn default() -> Self {
        Self {
            start: 1,
            format: "decimal".to_owned(),
            text: String::new(),
            is_legal: false,
            restart: None,
            is_spaced: true,
            style: None,
        }
    }
}

/// A definition that lists share, and with it the count.
#[derive(Debug, Clone, Default)]
struct Definition {
    levels: HashMap<u8, ListLevel>,
    /// The style of lists that it takes its levels from.
    link: Option<String>,
    /// The style of lists that it defines.
    style: Option<String>,
}

#[derive(Debug, Default)]
struct NumberedList {
    definition: String,
    levels: HashMap<u8, ListLevel>,
    starts: HashMap<u8, u32>,
}

/// The lists of a file and how far they are counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    definitions: HashMap<String, Definition>,
    lists: HashMap<String, NumberedList>,
    counts: HashMap<String, [Option<u32>; LEVELS]>,
    begun: std::collections::HashSet<(String, u8)>,
}

/// A paragraph's place in a list.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Numbered {
    /// What is written in front; empty for a bullet.
    pub(super) label: String,
}

impl Numbering {
    /// The lists in the part `xml`.
    pub(super) fn read(xml: &str) -> Self {
        let mut all = Self::default();
        let mut definition = None::<(String, Definition)>;
        let mut list = None::<(String, NumberedList)>;
        let mut level = None::<(u8, ListLevel)>;
        let mut overridden = 0u8;
        xml::read(xml, |node| match node {
            Node::Open(e) => {
                let value = || e.get("val").map(|value| value.into_owned());
                match e.name() {
                    "abstractNum" => {
                        let id = e.get("abstractNumId").unwrap_or_default().into_owned();
                        definition = Some((id, Definition::default()));
                    }
                    "num" => {
                        let id = e.get("numId").unwrap_or_default().into_owned();
                        list = Some((id, NumberedList::default()));
                    }
                    "abstractNumId" => {
                        if let Some((_, list)) = &mut list {
                            list.definition = value().unwrap_or_default();
                        }
                    }
                    "numStyleLink" => {
                        if let Some((_, definition)) = &mut definition {
                            definition.link = value();
                        }
                    }
                    "styleLink" => {
                        if let Some((_, definition)) = &mut definition {
                            definition.style = value();
                        }
                    }
                    "lvlOverride" => overridden = e.number("ilvl").unwrap_or(0),
                    "startOverride" => {
                        if let (Some((_, list)), Some(start)) = (&mut list, e.number("val")) {
                            list.starts.insert(overridden, start);
                        }
                    }
                    "lvl" => level = Some((e.number("ilvl").unwrap_or(0), ListLevel::default())),
                    name => {
                        if let Some((_, level)) = &mut level {
                            match name {
                                "start" => level.start = e.number("val").unwrap_or(1),
                                "numFmt" => level.format = value().unwrap_or_default(),
                                "lvlText" => level.text = value().unwrap_or_default(),
                                "pStyle" => level.style = value(),
                                "isLgl" => level.is_legal = e.is_on(),
                                "lvlRestart" => level.restart = e.number("val"),
                                "suff" => {
                                    level.is_spaced = e.get("val").is_none_or(|v| v != "nothing")
                                }
                                _ => {}
                            }
                        }
                    }
                }
            }
            Node::Close("lvl") => {
                let Some((at, level)) = level.take() else { return };
                let levels = match (&mut list, &mut definition) {
                    (Some((_, list)), _) => &mut list.levels,
                    (None, Some((_, definition))) => &mut definition.levels,
                    (None, None) => return,
                };
                levels.insert(at, level);
            }
            Node::Close("abstractNum") => all.definitions.extend(definition.take()),
            Node::Close("num") => all.lists.extend(list.take()),
            _ => {}
        });
        all
    }

    /// Counts a paragraph at `level` of the list `id`; `None` where it is in none.
    pub(super) fn count(&mut self, id: &str, level: u8) -> Option<Numbered> {
        let at = usize::from(level).min(LEVELS - 1);
        let list = self.lists.get(id)?;
        let definition = self.definition(&list.definition)?;
        let find = |level: u8| list.levels.get(&level).or_else(|| definition.levels.get(&level));
        let own = find(level).cloned().unwrap_or_default();
        let first = list.starts.get(&level).copied();
        let begins = first.is_some() && !self.begun.contains(&(id.to_owned(), level));
        let mut counts = self.counts.get(&list.definition).copied().unwrap_or_default();
        let count = match counts.get(at).copied().flatten() {
            Some(count) if !begins => count.saturating_add(1),
            _ => first.unwrap_or(own.start),
        };
        for (deeper, count) in counts.iter_mut().enumerate().skip(at + 1) {
            let restart = find(deeper as u8).and_then(|level| level.restart);
            if restart.is_none_or(|above| usize::from(above) > at) && restart != Some(0) {
                *count = None;
            }
        }
        if let Some(own) = counts.get_mut(at) {
            *own = Some(count);
        }
        let label = label(&own, |level| {
            let found = find(level as u8).cloned().unwrap_or_default();
            (counts.get(level).copied().flatten().unwrap_or(found.start), found.format)
        });
        self.counts.insert(list.definition.clone(), counts);
        self.begun.insert((id.to_owned(), level));
        Some(Numbered { label })
    }

    /// The level of the list `id` that belongs to the paragraph style `style`.
    pub(super) fn level_of(&self, id: &str, style: &str) -> Option<u8> {
        let definition = self.definition(&self.lists.get(id)?.definition)?;
        let own = |(_, level): &(&u8, &ListLevel)| level.style.as_deref() == Some(style);
        definition.levels.iter().find(own).map(|(at, _)| *at)
    }

    /// The definition called `id`, or the one whose style it names.
    fn definition(&self, id: &str) -> Option<&Definition> {
        let own = self.definitions.get(id)?;
        let Some(link) = own.link.as_ref().filter(|_| own.levels.is_empty()) else {
            return Some(own);
        };
        let linked = self.definitions.values().find(|one| one.style.as_ref() == Some(link));
        Some(linked.unwrap_or(own))
    }
}

/// What a level writes: each `%n` of its text is the count of level `n`. A letter or digit at its end
/// is parted from the text.
fn label(level: &ListLevel, count: impl Fn(usize) -> (u32, String)) -> String {
    if level.format == "bullet" {
        return String::new();
    }
    let mut text = String::new();
    let mut rest = level.text.chars().peekable();
    while let Some(c) = rest.next() {
        let digit = rest.peek().and_then(|next| next.to_digit(10)).filter(|n| *n > 0 && c == '%');
        match digit {
            Some(digit) => {
                rest.next();
                let (count, format) = count(digit as usize - 1);
                text += &written(count, if level.is_legal { "decimal" } else { &format });
            }
            None => text.push(c),
        }
    }
    let parts =
        text.ends_with(|c: char| c.is_alphanumeric()) || (level.is_spaced && text.ends_with('.'));
    if parts {
        text.push(' ');
    }
    text
}
