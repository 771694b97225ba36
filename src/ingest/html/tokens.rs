//! A surveyed page handed to the tree builder. html5ever's tokeniser goes on character by character,
//! which takes longer than to build the tree; but nearly all tags are written simply, and such a tag
//! and the text before it are read here at once. Whatever is written otherwise (entities, scripts,
//! comments, odd attributes) goes to the tokeniser as it stands, from the text before it to the end
//! of the tag, where the tokeniser is again between two tags. A page in which that end cannot be
//! told goes to it as a whole ([`Writing::Odd`]).

use html5ever::driver::Parser;
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink};
use html5ever::{Attribute, LocalName, QualName, ns};
use memchr::{memchr, memchr2, memmem};
use scraper::{Html, HtmlTreeSink};

use super::name::{Content, Name};
use super::survey::{Survey, Writing, blanks, end_of_raw, end_of_tag, ends_name};

/// The tree that `parser` makes of the page.
pub(super) fn tree(survey: &Survey, parser: Parser<HtmlTreeSink>) -> Html {
    let source = survey.slim.as_str();
    // Nothing of these is in a page that came by file; the tokeniser treats them apart.
    let has_odd = memchr2(b'\r', 0, source.as_bytes()).is_some() || source.contains('\u{FEFF}');
    if survey.writing == Writing::Odd || has_odd {
        return parser.one(source);
    }
    let mut feeder = Feeder { source, whole: StrTendril::from(source), parser, done: 0 };
    feeder.feed();
    feeder.parser.finish()
}

struct Feeder<'s> {
    source: &'s str,
    /// The source once more, of which texts and values are parts.
    whole: StrTendril,
    parser: Parser<HtmlTreeSink>,
    /// Bytes that are handed on.
    done: usize,
}

/// What a `<` begins.
enum Markup {
    /// A tag that is written simply, and the byte behind it.
    Tag(Tag, usize),
    /// Anything else that ends before this byte.
    Other(usize),
    /// Text.
    Text,
}

impl Feeder<'_> {
    fn feed(&mut self) {
        let bytes = self.source.as_bytes();
        let mut at = 0;
        let mut simple = true;
        while let Some(found) = bytes.get(at..).and_then(|rest| memchr(b'<', rest)) {
            let open = at + found;
            at = match self.markup(open) {
                Markup::Tag(tag, end) if simple && self.is_plain(self.done, open) => {
                    self.hand_on(tag, open, end);
                    end
                }
                Markup::Tag(_, end) | Markup::Other(end) => {
                    self.leave_to_tokenizer(end);
                    simple = true;
                    end
                }
                Markup::Text => {
                    simple = false;
                    open + 1
                }
            };
        }
        self.leave_to_tokenizer(bytes.len());
    }

    /// True where no entity stands between the two bytes.
    fn is_plain(&self, from: usize, to: usize) -> bool {
        let part = self.source.as_bytes().get(from..to).unwrap_or_default();
        memchr(b'&', part).is_none()
    }

    /// Hands on the text before `open` and the tag from there to `end`.
    fn hand_on(&mut self, tag: Tag, open: usize, end: usize) {
        let text = self.part(self.done, open);
        self.done = end;
        let builder = &self.parser.tokenizer.sink;
        // The answers only steer a tokeniser: what is written simply asks nothing of it.
        if !text.is_empty() {
            let _ = builder.process_token(Token::CharacterTokens(text), 1);
        }
        let _ = builder.process_token(Token::TagToken(tag), 1);
    }

    fn leave_to_tokenizer(&mut self, end: usize) {
        let part = self.part(self.done, end);
        self.done = end;
        self.parser.process(part);
    }

    /// The bytes from `from` to `to`, shared and not copied.
    fn part(&self, from: usize, to: usize) -> StrTendril {
        let length = to.saturating_sub(from);
        self.whole.try_subtendril(from as u32, length as u32).unwrap_or_default()
    }

    fn markup(&self, open: usize) -> Markup {
        let bytes = self.source.as_bytes();
        let inside = bytes.get(open + 1..).unwrap_or_default();
        match inside {
            [b'!', b'-', b'-', ..] => {
                // The first dashes may be the last ones.
                let close = inside.get(1..).and_then(|rest| memmem::find(rest, b"-->"));
                Markup::Other(close.map_or(bytes.len(), |close| open + 2 + close + 3))
            }
            [b'/', first, ..] if first.is_ascii_alphabetic() => self.end_tag(open),
            [b'!' | b'?' | b'/', ..] => {
                Markup::Other(memchr(b'>', inside).map_or(bytes.len(), |end| open + end + 2))
            }
            [first, ..] if first.is_ascii_alphabetic() => self.start_tag(open),
            _ => Markup::Text,
        }
    }

    fn end_tag(&self, open: usize) -> Markup {
        let inside = self.source.as_bytes().get(open + 2..).unwrap_or_default();
        let length = inside.iter().position(|b| ends_name(*b)).unwrap_or(inside.len());
        match (inside.get(length), self.name(open + 2, length)) {
            (Some(b'>'), Some(name)) => {
                Markup::Tag(tag(TagKind::EndTag, name), open + 2 + length + 1)
            }
            _ => Markup::Other(self.behind_tag(open + 2 + length)),
        }
    }

    fn start_tag(&self, open: usize) -> Markup {
        let inside = self.source.as_bytes().get(open + 1..).unwrap_or_default();
        let length = inside.iter().position(|b| ends_name(*b)).unwrap_or(inside.len());
        let content = Name::of(inside).content();
        let simple = || {
            let mut tag = tag(TagKind::StartTag, self.name(open + 1, length)?);
            let end = self.attributes(open + 1 + length, &mut tag)?;
            Some(Markup::Tag(tag, end))
        };
        if content == Content::Markup
            && let Some(simple) = simple()
        {
            return simple;
        }
        let end = self.behind_tag(open + 1 + length);
        if content == Content::Markup {
            return Markup::Other(end);
        }
        // What stands in it, and its end tag.
        let raw = self.source.as_bytes().get(end..).unwrap_or_default();
        let close = end + end_of_raw(raw, Name::of(inside).bytes());
        Markup::Other(self.behind_tag(close + 2))
    }

    /// The byte behind the tag in which `at` stands.
    fn behind_tag(&self, at: usize) -> usize {
        let bytes = self.source.as_bytes();
        (end_of_tag(bytes, at) + 1).min(bytes.len())
    }

    /// Reads the attributes from `at` on into `tag`; the byte behind it. `None` where they are not
    /// written simply.
    fn attributes(&self, mut at: usize, tag: &mut Tag) -> Option<usize> {
        let bytes = self.source.as_bytes();
        loop {
            at += blanks(bytes.get(at..)?);
            match bytes.get(at..)? {
                [b'>', ..] => return Some(at + 1),
                [b'/', b'>', ..] => {
                    tag.self_closing = true;
                    return Some(at + 2);
                }
                _ => {}
            }
            let name = bytes.get(at..)?.iter().position(|b| ends_name(*b) || *b == b'=')?;
            let local = self.name(at, name)?;
            if tag.attrs.iter().any(|known| known.name.local == local) {
                return None;
            }
            let (value, end) = self.value(at + name)?;
            let name = QualName::new(None, ns!(), local);
            tag.attrs.push(Attribute { name, value });
            at = end;
        }
    }

    /// The name of `length` bytes at `at`, as the tokeniser gives it; `None` where it has more than
    /// letters, digits and marks.
    fn name(&self, at: usize, length: usize) -> Option<LocalName> {
        let name = self.source.get(at..at + length).filter(|name| !name.is_empty())?;
        let is_simple = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b':' | b'_');
        let (mut simple, mut upper) = (true, false);
        for b in name.bytes() {
            simple &= is_simple(b);
            upper |= b.is_ascii_uppercase();
        }
        match upper {
            _ if !simple => None,
            true => Some(LocalName::from(name.to_ascii_lowercase())),
            false => Some(LocalName::from(name)),
        }
    }

    /// The value of the attribute whose name ends at `at`, and the byte behind it.
    fn value(&self, at: usize) -> Option<(StrTendril, usize)> {
        let bytes = self.source.as_bytes();
        let equals = at + blanks(bytes.get(at..)?);
        if bytes.get(equals) != Some(&b'=') {
            return Some((StrTendril::new(), at));
        }
        let start = equals + 1 + blanks(bytes.get(equals + 1..)?);
        let quote = *bytes.get(start).filter(|byte| matches!(byte, b'"' | b'\''))?;
        let length = memchr(quote, bytes.get(start + 1..)?)?;
        let end = start + 1 + length;
        self.is_plain(start, end).then(|| (self.part(start + 1, end), end + 1))
    }
}

fn tag(kind: TagKind, name: LocalName) -> Tag {
    Tag { kind, name, self_closing: false, attrs: Vec::new(), had_duplicate_attributes: false }
}

#[cfg(test)]
mod tests {
    use html5ever::driver::{self, ParseOpts};
    use html5ever::local_name;
    use proptest::prelude::*;

    use super::super::survey::survey;
    use super::*;

    /// The tree of `source` as it is read here, and as the tokeniser alone reads it.
    fn trees(source: &str) -> [String; 2] {
        let survey = survey(source);
        let sink = HtmlTreeSink::new(Html::new_document());
        let parser = driver::parse_document(sink, ParseOpts::default());
        [tree(&survey, parser).html(), Html::parse_document(&survey.slim).html()]
    }

    fn fragments(source: &str) -> [String; 2] {
        let survey = survey(source);
        let sink = HtmlTreeSink::new(Html::new_fragment());
        let body = QualName::new(None, ns!(html), local_name!("body"));
        let parser = driver::parse_fragment(sink, ParseOpts::default(), body, Vec::new(), false);
        [tree(&survey, parser).html(), Html::parse_fragment(&survey.slim).html()]
    }

    #[test]
    fn trees_are_those_of_the_tokeniser() {
        let cases = [
            "",
            "甲<b>乙</b>丙",
            "<!DOCTYPE html><html><head><title>甲&amp;<b></title></head><body class=\"a\">乙",
            "<p id='a' class = \"b c\">甲&nbsp;乙<br/>丙<p>丁",
            "甲 < 乙 &lt; 丙<i>丁</i>",
            "&am<b>p;&amp",
            "<script>if (a<b && '</p>') {}</script><p>甲</p>",
            "<script><!-- <script> </script> --></script><p>甲",
            "<textarea>\n甲</textarea><pre>\n乙</pre>",
            "<!-- 甲 --><!--><!---><p>乙</p><!-- 丙",
            "<table>甲<tr><td>乙<td>丙</table>丁",
            "<svg><title><b>甲</title><![CDATA[x>y]]></svg>乙",
            "<select><title><b title='</title>'>甲</select>",
            "<a id=x id=y>甲</a></ p></>乙</p x='>'>丙",
            "<DIV Class='A'><o:p>甲</o:p></DIV >",
            "<p class=\"a&quot;b\" id=\"&\">甲<p class=x>乙<p class>丙<p =a>丁<p a/b>",
            "<title>甲</titlex></title>乙",
            "<p class='未完>甲",
            "<p",
            "甲</",
            "\u{FEFF}<p>甲\r\n乙\0丙",
            "<plaintext>甲</p>",
            "<font><b><p>甲</font>乙</p></b>丙",
        ];
        for source in cases {
            let [ours, theirs] = trees(source);
            assert_eq!(ours, theirs, "{source:?}");
            let [ours, theirs] = fragments(source);
            assert_eq!(ours, theirs, "{source:?}");
        }
    }

    proptest! {
        #[test]
        fn whatever_a_page_is_its_tree_is_that_of_the_tokeniser(parts in prop::collection::vec(
            prop::sample::select(vec![
                "<p>", "</p>", "<b>", "</b>", "<a id=x>", "</a>", "<table>", "<tr>", "<td>", "</table>",
                "<title>", "</title>", "<script>", "</script>", "<style>", "</style>", "<!--", "-->",
                "--!>", "<select>", "</select>", "<svg>", "</svg>", "<textarea>", "</textarea>", "<!",
                "<?", "</", "<", ">", "&amp;", "&am", "p;", "&", "\"", "'", "=", "/", " ", "\n", "甲", "a",
                "<p class=\"", "<div id='", "<br/>", "<noscript>", "</noscript>", "<html>", "<head>",
                "<body>", "</body>", "<iframe>", "</iframe>", "<li>", "<ul>", "</ul>", "<pre>", "<P CLASS=x>",
                "<font>", "</font>", "<template>", "</template>", "<frameset>", "<!DOCTYPE html>", "</p ",
            ]), 0..25))
        {
            let source = parts.concat();
            let [ours, theirs] = trees(&source);
            prop_assert_eq!(ours, theirs);
            let [ours, theirs] = fragments(&source);
            prop_assert_eq!(ours, theirs);
        }
    }
}
