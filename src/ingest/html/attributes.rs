//! The attributes of an element, of the tree or of a page that is read without one.

use scraper::node::Element;

/// The attributes of an element, wherever it comes from.
pub(super) trait Attributes {
    /// All of them, as name and value.
    fn all(&self) -> impl Iterator<Item = (&str, &str)>;
}

impl Attributes for Element {
    fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.attrs()
    }
}
