//! The text inside a node of a tree: as words, as lines, or its beginning.

use ego_tree::NodeRef;
use scraper::Node;

use super::tag::{ElementRole, role_of};

/// The text of `node` without spaces, up to `most` characters.
pub(super) fn text_of(node: NodeRef<'_, Node>, most: usize) -> String {
    let chars = texts_of(node).flat_map(|text| text.chars()).filter(|c| !c.is_whitespace());
    chars.take(most).collect()
}

/// The texts inside `node`, programs and fields left out.
fn texts_of(node: NodeRef<'_, Node>) -> impl Iterator<Item = &str> {
    let is_code = |node: &NodeRef<'_, Node>| {
        node.value()
            .as_element()
            .is_some_and(|element| role_of(element.name()) == ElementRole::Code)
    };
    node.descendants().filter_map(move |node| {
        let text = node.value().as_text()?;
        (!node.parent().is_some_and(|around| is_code(&around))).then_some(&**text)
    })
}

/// The first text of `node`, spaces at its ends cut.
pub(super) fn first_line(node: NodeRef<'_, Node>) -> Option<String> {
    texts_of(node).map(str::trim).find(|text| !text.is_empty()).map(str::to_owned)
}

/// The text inside `node`, its words separated by a space.
pub(super) fn words_of(node: NodeRef<'_, Node>) -> String {
    let texts = node.descendants().filter_map(|node| node.value().as_text());
    let words: Vec<&str> = texts.flat_map(|text| text.split_whitespace()).collect();
    words.join(" ")
}

/// The text inside `node` with its own line ends.
pub(super) fn lines_of(node: NodeRef<'_, Node>) -> String {
    let mut text = String::new();
    for inside in node.descendants() {
        match inside.value() {
            Node::Text(part) => text.push_str(part),
            Node::Element(element) if role_of(element.name()) == ElementRole::Break => {
                text.push('\n')
            }
            _ => {}
        }
    }
    text
}
