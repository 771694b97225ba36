//! A surveyed page handed to the tree builder. html5ever's tokeniser goes on character by character,
//! which takes longer than to build the tree; but nearly all tags, comments and scripts are written
//! simply, and such a one and the text before it are read here at once. Whatever is written otherwise
//! (rare entities, odd attributes) goes to the tokeniser as it stands, from the text before it to the
//! end of the tag, where the tokeniser is again between two tags. A page in which that end cannot be
//! told goes to it as a whole ([`Writing::Odd`]).

use std::ops::Range;

use html5ever::driver::Parser;
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult};
use html5ever::tree_builder::TreeSink;
use html5ever::{Attribute, LocalName, QualName, ns};
use memchr::{memchr, memchr2, memmem};
use rustc_hash::FxHashMap;
use scraper::{Html, HtmlTreeSink};

use super::name::{Content, Name};
use super::references::resolved;
use super::survey::{Survey, Writing, blanks, end_of_raw, end_of_tag, ends_name};

/// The tree that `parser` makes of the page.
pub(super) fn tree(survey: &Survey, parser: Parser<HtmlTreeSink>) -> Html {
    let source = survey.slim.as_str();
    // Nothing of these is in a page that came by file; the tokeniser treats them apart.
    let has_odd = memchr2(b'\r', 0, source.as_bytes()).is_some() || source.contains('\u{FEFF}');
    if survey.writing == Writing::Odd || has_odd {
        return parser.one(source);
    }
    let whole = StrTendril::from(source);
    let mut feeder = Feeder { source, whole, parser, done: 0, names: FxHashMap::default() };
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
    /// The names that were met: to find one here is quicker than in the table of all.
    names: FxHashMap<&'s str, LocalName>,
}

/// What a `<` begins.
enum Markup {
    /// Something that is written simply, and the byte behind it.
    Simple(Simple, usize),
    /// Anything else that ends before this byte.
    Other(usize),
    /// Text.
    Text,
}

enum Simple {
    Tag(Tag),
    Comment(StrTendril),
    /// An element in which `<` begins no tag: its start tag, the byte behind that, its text, and its
    /// end tag.
    Raw(Tag, usize, StrTendril, Tag),
}

impl<'s> Feeder<'s> {
    fn feed(&mut self) {
        let bytes = self.source.as_bytes();
        let mut at = 0;
        let mut simple = true;
        while let Some(found) = bytes.get(at..).and_then(|rest| memchr(b'<', rest)) {
            let open = at + found;
            at = match self.markup(open) {
                Markup::Text => {
                    simple = false;
                    open + 1
                }
                Markup::Other(end) => self.leave_to_tokenizer(end),
                Markup::Simple(markup, end) => {
                    match simple.then(|| self.text(self.done, open)).flatten() {
                        Some(text) => self.hand_on(text, markup, end),
                        None => self.leave_to_tokenizer(end),
                    }
                }
            };
            simple |= at == self.done;
        }
        self.leave_to_tokenizer(bytes.len());
    }

    /// The text between the two bytes; `None` where a reference in it is not written in the usual way.
    fn text(&self, from: usize, to: usize) -> Option<StrTendril> {
        let text = self.source.get(from..to)?;
        match memchr(b'&', text.as_bytes()) {
            Some(_) => resolved(text).map(StrTendril::from),
            None => Some(self.part(from, to)),
        }
    }

    /// Hands on `text` and the `markup` behind it, which ends at `end`; where to go on.
    fn hand_on(&mut self, text: StrTendril, markup: Simple, end: usize) -> usize {
        self.emit_text(text);
        self.done = end;
        match markup {
            Simple::Tag(tag) => {
                // The answer only steers a tokeniser: what is written simply asks nothing of it.
                let _ = self.emit(Token::TagToken(tag));
            }
            Simple::Comment(text) => {
                let _ = self.emit(Token::CommentToken(text));
            }
            Simple::Raw(start, behind_start, text, end) => {
                let answer = self.emit(Token::TagToken(start));
                if !matches!(answer, TokenSinkResult::RawData(_)) {
                    // Where such an element means nothing, what stands in it is markup.
                    self.done = behind_start;
                    return behind_start;
                }
                self.emit_text(text);
                let _ = self.emit(Token::TagToken(end));
            }
        }
        end
    }

    fn emit_text(&self, text: StrTendril) {
        if !text.is_empty() {
            let _ = self.emit(Token::CharacterTokens(text));
        }
    }

    fn emit(&self, token: Token) -> TokenSinkResult<<HtmlTreeSink as TreeSink>::Handle> {
        self.parser.tokenizer.sink.process_token(token, 1)
    }

    /// Leaves everything up to `end` to the tokeniser; where to go on.
    fn leave_to_tokenizer(&mut self, end: usize) -> usize {
        let part = self.part(self.done, end);
        self.done = end;
        self.parser.process(part);
        end
    }

    /// The bytes from `from` to `to`, shared and not copied.
    fn part(&self, from: usize, to: usize) -> StrTendril {
        let length = to.saturating_sub(from);
        self.whole.try_subtendril(from as u32, length as u32).unwrap_or_default()
    }

    fn markup(&mut self, open: usize) -> Markup {
        let bytes = self.source.as_bytes();
        let inside = bytes.get(open + 1..).unwrap_or_default();
        match inside {
            [b'!', b'-', b'-', ..] => self.comment(open),
            [b'/', first, ..] if first.is_ascii_alphabetic() => self.end_tag(open),
            [b'!' | b'?' | b'/', ..] => {
                Markup::Other(memchr(b'>', inside).map_or(bytes.len(), |end| open + end + 2))
            }
            [first, ..] if first.is_ascii_alphabetic() => self.start_tag(open),
            _ => Markup::Text,
        }
    }

    fn comment(&self, open: usize) -> Markup {
        let start = open + 4;
        let inside = self.source.as_bytes().get(start..).unwrap_or_default();
        // Its first dashes may be its last ones.
        let is_short = inside.starts_with(b">") || inside.starts_with(b"->");
        match memmem::find(inside, b"-->") {
            Some(_) if is_short => Markup::Other(start + 1 + usize::from(inside.starts_with(b"-"))),
            Some(length) => {
                let text = self.part(start, start + length);
                Markup::Simple(Simple::Comment(text), start + length + 3)
            }
            None => Markup::Other(self.source.len()),
        }
    }

    fn end_tag(&mut self, open: usize) -> Markup {
        match self.simple_end_tag(open) {
            Some((tag, end)) => Markup::Simple(Simple::Tag(tag), end),
            None => Markup::Other(self.behind_tag(open + 2)),
        }
    }

    /// The end tag at `open`, and the byte behind it; `None` where it has more than a name.
    fn simple_end_tag(&mut self, open: usize) -> Option<(Tag, usize)> {
        let inside = self.source.as_bytes().get(open + 2..)?;
        let length = name_length(inside);
        let name = self.name(open + 2, length)?;
        (inside.get(length) == Some(&b'>')).then(|| (tag(TagKind::EndTag, name), open + length + 3))
    }

    fn start_tag(&mut self, open: usize) -> Markup {
        let inside = self.source.as_bytes().get(open + 1..).unwrap_or_default();
        let name = Name::of(inside);
        let simple = self.simple_start_tag(open, name_length(inside));
        let content = name.content();
        if content == Content::Markup {
            return match simple {
                Some((tag, end)) => Markup::Simple(Simple::Tag(tag), end),
                None => Markup::Other(self.behind_tag(open + 1)),
            };
        }
        let end = self.behind_tag(open + 1);
        let raw = self.source.as_bytes().get(end..).unwrap_or_default();
        let close = end + end_of_raw(raw, name.bytes());
        let whole = simple.and_then(|(start, _)| self.raw(start, end..close, content));
        whole.unwrap_or_else(|| Markup::Other(self.behind_tag(close + 2)))
    }

    /// The element that `start` begins, with the text `inside` it and its end tag behind that.
    fn raw(&mut self, start: Tag, inside: Range<usize>, content: Content) -> Option<Markup> {
        let (end_tag, end) =
            self.simple_end_tag(inside.end).filter(|(end, _)| end.name == start.name)?;
        let text = match content {
            Content::Text => self.text(inside.start, inside.end)?,
            _ => self.part(inside.start, inside.end),
        };
        Some(Markup::Simple(Simple::Raw(start, inside.start, text, end_tag), end))
    }

    /// The start tag at `open`, and the byte behind it; `None` where it is not written simply.
    fn simple_start_tag(&mut self, open: usize, name: usize) -> Option<(Tag, usize)> {
        let mut tag = tag(TagKind::StartTag, self.name(open + 1, name)?);
        let end = self.attributes(open + 1 + name, &mut tag)?;
        Some((tag, end))
    }

    /// The byte behind the tag whose name begins at `at`.
    fn behind_tag(&self, at: usize) -> usize {
        let bytes = self.source.as_bytes();
        let name = name_length(bytes.get(at..).unwrap_or_default());
        (end_of_tag(bytes, at + name) + 1).min(bytes.len())
    }

    /// Reads the attributes from `at` on into `tag`; the byte behind it. `None` where they are not
    /// written simply.
    fn attributes(&mut self, mut at: usize, tag: &mut Tag) -> Option<usize> {
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
    fn name(&mut self, at: usize, length: usize) -> Option<LocalName> {
        let name = self.source.get(at..at + length).filter(|name| !name.is_empty())?;
        if let Some(known) = self.names.get(name) {
            return Some(known.clone());
        }
        let is_simple = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b':' | b'_');
        if !name.bytes().all(is_simple) {
            return None;
        }
        let local = LocalName::from(name.to_ascii_lowercase());
        self.names.insert(name, local.clone());
        Some(local)
    }

    /// The value of the attribute whose name ends at `at`, and the byte behind it.
    fn value(&self, at: usize) -> Option<(StrTendril, usize)> {
        let bytes = self.source.as_bytes();
        let equals = at + blanks(bytes.get(at..)?);
        if bytes.get(equals) != Some(&b'=') {
            return Some((StrTendril::new(), at));
        }
        let start = equals + 1 + blanks(bytes.get(equals + 1..)?);
        let (from, to, end) = match *bytes.get(start)? {
            b'>' => return None,
            quote @ (b'"' | b'\'') => {
                let from = start + 1;
                let to = from + memchr(quote, bytes.get(from..)?)?;
                (from, to, to + 1)
            }
            _ => {
                let ends = |b: &u8| b.is_ascii_whitespace() || *b == b'>';
                let to = start + bytes.get(start..)?.iter().position(ends)?;
                (start, to, to)
            }
        };
        let has_reference = memchr(b'&', bytes.get(from..to)?).is_some();
        (!has_reference).then(|| (self.part(from, to), end))
    }
}

/// Bytes of the name at the head of `bytes`.
fn name_length(bytes: &[u8]) -> usize {
    bytes.iter().position(|b| ends_name(*b)).unwrap_or(bytes.len())
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
            "<p align=center class=a/b>甲<p class=>乙<p id=a\"b>丙",
            "甲&ldquo;乙&rdquo;&#12288;<b>丙 & 丁&</b>&nbsp<i>&#0;</i>",
            "<!----><!--a--->甲<!--<!--b-->乙<!--->丙-->",
            "<svg viewbox=\"0 0\"><path d='M'/><g></svg><title>甲</title>",
            "<svg><style><b>甲</style></svg>乙",
            "<select><option>甲<title>乙</title></select><style>丙</style>",
            "<title>甲&nbsp;&copy;</TITLE ><textarea>&notit;</textarea>",
            "<frameset></frameset><noframes><p>甲</noframes>",
            "<script>甲</script x>乙<style>丙",
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
                "<font>", "</font>", "<br/ >", "&nbsp;", "<svg>", "<g>", "<desc>", "<p id=", "<!-->", "<template>", "</template>", "<frameset>", "<!DOCTYPE html>", "</p ",
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
