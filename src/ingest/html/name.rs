//! Names of tags and attributes as the survey of a page sees them: their heads in lower case, and what
//! a tag of that name means for what is after it.

/// Bytes of the longest name that is told from others.
const LONGEST: usize = 10;

/// The head of a name in lower case.
pub(super) struct Name {
    letters: [u8; LONGEST],
    length: usize,
}

/// What is inside an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    /// Text and elements.
    Markup,
    /// Text in which `<` begins no tag.
    Text,
    /// No text that anybody reads.
    Code,
}

impl Name {
    /// The name of the tag whose name begins `tag`.
    pub(super) fn of(tag: &[u8]) -> Self {
        let length = tag.iter().take(LONGEST).take_while(|b| b.is_ascii_alphanumeric()).count();
        Self::of_attribute(tag.get(..length).unwrap_or_default())
    }

    pub(super) fn of_attribute(name: &[u8]) -> Self {
        let mut letters = [0; LONGEST];
        for (to, from) in letters.iter_mut().zip(name) {
            *to = from.to_ascii_lowercase();
        }
        Self { letters, length: name.len().min(LONGEST) }
    }

    pub(super) fn bytes(&self) -> &[u8] {
        self.letters.get(..self.length).unwrap_or_default()
    }

    /// False for elements that hold none, that their own kind ends, or that hold no markup.
    pub(super) fn counts(&self) -> bool {
        let is_flat = matches!(
            self.bytes(),
            b"p" | b"li"
                | b"dt"
                | b"dd"
                | b"tr"
                | b"td"
                | b"th"
                | b"tbody"
                | b"thead"
                | b"option"
                | b"br"
                | b"img"
                | b"hr"
                | b"meta"
                | b"link"
                | b"input"
                | b"base"
                | b"area"
                | b"col"
                | b"embed"
                | b"param"
                | b"source"
                | b"wbr"
                | b"rt"
                | b"rp"
        );
        self.length > 0 && !is_flat && self.content() == Content::Markup
    }

    pub(super) fn content(&self) -> Content {
        match self.bytes() {
            b"script" | b"style" => Content::Code,
            b"title" | b"textarea" | b"xmp" | b"iframe" | b"noscript" | b"noframes"
            | b"noembed" => Content::Text,
            _ => Content::Markup,
        }
    }

    /// True for elements that nest although a `/` closes them: browsers ignore it.
    pub(super) fn nests(&self) -> bool {
        let holds = matches!(
            self.bytes(),
            b"div"
                | b"span"
                | b"table"
                | b"ul"
                | b"ol"
                | b"section"
                | b"article"
                | b"center"
                | b"blockquote"
        );
        holds || self.is_reopened()
    }

    /// True for the formatting elements of the standard (13.2.4.3).
    pub(super) fn is_reopened(&self) -> bool {
        matches!(
            self.bytes(),
            b"a" | b"b"
                | b"big"
                | b"code"
                | b"em"
                | b"font"
                | b"i"
                | b"nobr"
                | b"s"
                | b"small"
                | b"strike"
                | b"strong"
                | b"tt"
                | b"u"
        )
    }
}
