//! XML of office files and books, read in order. Names lose their prefix, entities become
//! characters, and a document that breaks off is read up to there.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};

/// What a document is made of.
#[derive(Debug)]
pub(super) enum Node<'x> {
    /// An element begins; an empty one is closed at once.
    Open(&'x Element<'x>),
    /// The element with this name, without prefix, ends.
    Close(&'x str),
    /// Characters.
    Text(&'x str),
}

/// A start tag.
#[derive(Debug)]
pub(super) struct Element<'x> {
    tag: BytesStart<'x>,
}

impl Element<'_> {
    /// Its name without prefix.
    pub(super) fn name(&self) -> &str {
        self.tag.local_name().into_inner()
    }

    /// The value of an attribute, by its name without prefix.
    pub(super) fn get(&self, name: &str) -> Option<Cow<'_, str>> {
        let mut attributes = self.tag.html_attributes();
        let mut attributes = attributes.with_checks(false).flatten();
        let found = attributes.find(|one| one.key.local_name().into_inner() == name)?;
        let value = found.normalized_value(XmlVersion::Implicit1_0).ok();
        Some(value.unwrap_or(found.value))
    }

    /// The same as a number.
    pub(super) fn number<N: std::str::FromStr>(&self, name: &str) -> Option<N> {
        self.get(name)?.trim().parse().ok()
    }

    /// A switch of WordprocessingML: on where it is there, unless its value says otherwise.
    pub(super) fn is_on(&self) -> bool {
        !matches!(self.get("val").as_deref(), Some("0" | "false" | "off" | "none"))
    }
}

/// Reads `source` in order; false where it breaks off.
pub(super) fn read(source: &str, mut each: impl FnMut(Node<'_>)) -> bool {
    let mut reader = Reader::from_str(source);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => each(Node::Open(&Element { tag })),
            Ok(Event::Empty(tag)) => {
                let element = Element { tag };
                each(Node::Open(&element));
                each(Node::Close(element.name()));
            }
            Ok(Event::End(tag)) => each(Node::Close(tag.local_name().into_inner())),
            Ok(Event::Text(text)) => each(Node::Text(&text.into_inner())),
            Ok(Event::CData(text)) => each(Node::Text(&text.into_inner())),
            Ok(Event::GeneralRef(name)) => {
                let character = name.resolve_char_ref().ok().flatten();
                let text = character.map(String::from).unwrap_or_else(|| named(&name));
                each(Node::Text(&text));
            }
            Ok(Event::Eof) => return true,
            Ok(Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_)) => {}
            Err(_) => return false,
        }
    }
}

/// The character that an entity names; the reference itself where it names none.
fn named(name: &str) -> String {
    match quick_xml::escape::resolve_predefined_entity(name) {
        Some(text) => text.to_owned(),
        None if name == "nbsp" => "\u{A0}".to_owned(),
        None => format!("&{name};"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(source: &str) -> (String, bool) {
        let mut all = String::new();
        let whole = read(source, |node| match node {
            Node::Open(e) => {
                all += &format!("<{} {:?}>", e.name(), e.get("val").as_deref().unwrap_or(""))
            }
            Node::Close(name) => all += &format!("</{name}>"),
            Node::Text(text) => all += text,
        });
        (all, whole)
    }

    #[test]
    fn names_lose_prefixes_and_entities_become_characters() {
        let source = "<?xml version=\"1.0\"?><w:a w:val=\"甲&amp;乙\"><b/>丙&lt;&#x4E01;</w:a>";
        assert_eq!(told(source), ("<a \"甲&乙\"><b \"\"></b>丙<丁</a>".to_owned(), true));
    }

    #[test]
    fn broken_documents_are_read_up_to_the_break() {
        assert_eq!(told("<a>甲<b"), ("<a \"\">甲".to_owned(), false));
        assert_eq!(told("<a>甲</c>乙"), ("<a \"\">甲</c>乙".to_owned(), true));
    }
}
