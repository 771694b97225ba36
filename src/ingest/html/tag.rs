//! What a tag means for the text inside it.

/// What becomes of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Its text runs on in the line around it.
    Inline,
    /// Its text stands on lines of its own.
    Block,
    /// It ends a line.
    Break,
    /// A heading of this level.
    Heading(u8),
    /// An item of a list.
    Item,
    /// A table.
    Table,
    /// A row of a table.
    Row,
    /// A cell of a row.
    Cell,
    /// It is no text: code, controls, graphics.
    Code,
    /// The reading above a character; its base stays.
    Reading,
}

/// The role of the element `name` (lower case).
pub(super) fn role_of(name: &str) -> Role {
    match name {
        "br" => Role::Break,
        "h1" => Role::Heading(1),
        "h2" => Role::Heading(2),
        "h3" => Role::Heading(3),
        "h4" => Role::Heading(4),
        "h5" => Role::Heading(5),
        "h6" => Role::Heading(6),
        "li" | "dt" | "dd" => Role::Item,
        "table" => Role::Table,
        "tr" => Role::Row,
        "td" | "th" => Role::Cell,
        "rt" | "rp" => Role::Reading,
        "script" | "style" | "noscript" | "noframes" | "noembed" | "template" | "iframe"
        | "object" | "svg" | "textarea" | "select" | "button" | "canvas" | "audio" | "video"
        | "map" | "head" | "math" => Role::Code,
        "p" | "div" | "section" | "article" | "header" | "footer" | "main" | "aside" | "nav"
        | "ul" | "ol" | "dl" | "tbody" | "thead" | "tfoot" | "caption" | "blockquote" | "pre"
        | "hr" | "form" | "fieldset" | "figure" | "figcaption" | "center" | "address" | "body"
        | "html" | "details" | "summary" | "legend" | "hgroup" | "dir" | "menu" => Role::Block,
        _ => Role::Inline,
    }
}
