//! What a tag means for the text inside it.

/// What becomes of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ElementRole {
    /// Its text runs on in the line around it.
    Inline,
    /// Its text is on lines of its own.
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
pub(super) fn role_of(name: &str) -> ElementRole {
    // As bytes, which are compared all at once and not name by name.
    match name.as_bytes() {
        b"br" => ElementRole::Break,
        b"h1" => ElementRole::Heading(1),
        b"h2" => ElementRole::Heading(2),
        b"h3" => ElementRole::Heading(3),
        b"h4" => ElementRole::Heading(4),
        b"h5" => ElementRole::Heading(5),
        b"h6" => ElementRole::Heading(6),
        b"li" | b"dt" | b"dd" => ElementRole::Item,
        b"table" => ElementRole::Table,
        b"tr" => ElementRole::Row,
        b"td" | b"th" => ElementRole::Cell,
        b"rt" | b"rp" => ElementRole::Reading,
        b"script" | b"style" | b"noscript" | b"noframes" | b"noembed" | b"template" | b"iframe"
        | b"object" | b"svg" | b"textarea" | b"select" | b"button" | b"canvas" | b"audio"
        | b"video" | b"map" | b"head" | b"math" | b"title" => ElementRole::Code,
        b"p" | b"div" | b"section" | b"article" | b"header" | b"footer" | b"main" | b"aside"
        | b"nav" | b"ul" | b"ol" | b"dl" | b"tbody" | b"thead" | b"tfoot" | b"caption"
        | b"blockquote" | b"pre" | b"hr" | b"form" | b"fieldset" | b"figure" | b"figcaption"
        | b"center" | b"address" | b"body" | b"html" | b"details" | b"summary" | b"legend"
        | b"hgroup" | b"dir" | b"menu" => ElementRole::Block,
        _ => ElementRole::Inline,
    }
}
