//! The tags of a page looked through before a tree is built of them: how deep they nest, and the
//! page without what no later stage asks for. Most bytes of a saved page are addresses, styles and
//! scripts; to leave them out here costs a tenth of what it costs to parse them.
//!
//! Linear whatever the page is, where tree builders take time with the square of the nesting and
//! tokenisers with that of the attributes of a tag. Tags are read as the HTML standard's tokeniser
//! reads them (13.2.5), so that both see the same ones.

use std::sync::LazyLock;

use memchr::{memchr, memmem};
use regex::bytes::Regex;

use super::name::{Content, Name};
use crate::ingest::pattern::bytes_built_in;

/// What the tags of a page say.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Survey {
    /// The deepest nesting. Elements that their own kind ends (`<p>`, `<li>`, cells) do not count,
    /// nor do scripts and comments.
    pub(super) depth: usize,
    /// Elements that a tree builder may have to make: it begins every `<font>`, `<b>` or their like
    /// that is left open anew in each block after it.
    pub(super) reopened: usize,
    /// The page: of attributes those that [`is_asked_for`], of scripts and comments the head.
    pub(super) slim: String,
}

/// Looks through `source`.
pub(super) fn survey(source: &str) -> Survey {
    let mut reader = TagScanner {
        source,
        slim: String::with_capacity(source.len()),
        all_styles: HIDING.is_match(source.as_bytes()),
        ..TagScanner::default()
    };
    reader.read();
    let reopened = reader.reopened * reader.tags;
    Survey { depth: reader.deepest, reopened, slim: reader.slim }
}

/// Elements closed by `/>` that are not yet held for a nest: drawings have thousands.
const CLOSED: usize = 5000;

#[derive(Default)]
struct TagScanner<'s> {
    source: &'s str,
    slim: String,
    /// Bytes of the source that are copied or left out.
    done: usize,
    depth: usize,
    deepest: usize,
    tags: usize,
    closed: usize,
    /// Formatting elements that are open.
    reopened: usize,
    /// Every style is asked for: some type may have no size or no colour.
    all_styles: bool,
}

impl TagScanner<'_> {
    fn read(&mut self) {
        // A comment may end with this, which nobody writes on purpose; then all comments stay.
        let odd = memmem::find(self.source.as_bytes(), b"--!>").is_some();
        let mut at = 0;
        while let Some(open) = self.source.as_bytes().get(at..).and_then(|rest| memchr(b'<', rest))
        {
            let start = at + open + 1;
            let tag = self.source.as_bytes().get(start..).unwrap_or_default();
            at = match tag {
                [b'!', b'-', b'-', ..] if odd => start + 3,
                [b'!', b'-', b'-', ..] => self.comment(start),
                [b'!' | b'?', ..] => start + memchr(b'>', tag).unwrap_or(tag.len()),
                [b'/', name @ ..] => {
                    self.end(&Name::of(name));
                    start + 1
                }
                [first, ..] if first.is_ascii_alphabetic() => self.start(start),
                _ => start,
            };
        }
        self.copy_to(self.source.len());
    }

    fn copy_to(&mut self, end: usize) {
        self.slim.push_str(self.source.get(self.done..end).unwrap_or_default());
        self.done = self.done.max(end);
    }

    /// Leaves out what is between `from` and `to` but its head.
    fn cut(&mut self, from: usize, to: usize) {
        let mut head = from + HEAD.min(to - from);
        while !self.source.is_char_boundary(head) {
            head += 1;
        }
        self.copy_to(head);
        self.done = self.done.max(to);
    }

    fn comment(&mut self, start: usize) -> usize {
        let tag = self.source.as_bytes().get(start..).unwrap_or_default();
        let end = memmem::find(tag, b"-->").map_or(self.source.len(), |length| start + length);
        self.cut(start, end);
        end
    }

    fn end(&mut self, name: &Name) {
        self.depth = self.depth.saturating_sub(name.counts().into());
        self.reopened = self.reopened.saturating_sub(name.is_reopened().into());
    }

    /// Reads the start tag whose name begins at `start`; where the next thing may begin.
    fn start(&mut self, start: usize) -> usize {
        let tag = self.source.as_bytes().get(start..).unwrap_or_default();
        let length = tag.iter().position(|b| ends_name(*b)).unwrap_or(tag.len());
        self.copy_to(start + length);
        let (end, closing) = self.attributes(start + length);
        if closing == Closing::Closed {
            self.slim.push('/');
        }
        self.done = end;
        let name = Name::of(tag);
        self.count(&name, closing);
        let content = name.content();
        if content == Content::Markup {
            return end;
        }
        let inside = self.source.as_bytes().get(end..).unwrap_or_default();
        let length = end_of_raw(inside, name.bytes());
        let close = end + length;
        match content {
            Content::Code => self.cut(end, close),
            _ => self.copy_to(close),
        }
        close
    }

    fn count(&mut self, name: &Name, closing: Closing) {
        self.tags += 1;
        self.reopened += usize::from(name.is_reopened());
        let is_drawn = closing == Closing::Closed && !name.nests();
        self.closed += usize::from(is_drawn);
        if name.counts() && (!is_drawn || self.closed > CLOSED) {
            self.depth += 1;
            self.deepest = self.deepest.max(self.depth);
        }
    }

    /// Copies the attributes that are asked for, the first of them at `at`; where the tag's `>` is,
    /// and whether a `/` is before it.
    fn attributes(&mut self, mut at: usize) -> (usize, Closing) {
        let bytes = self.source.as_bytes();
        let byte = |at: usize| bytes.get(at).copied();
        let mut kept = 0;
        loop {
            let before = at;
            while byte(at).is_some_and(|b| b.is_ascii_whitespace() || b == b'/') {
                at += 1;
            }
            let name = at;
            match byte(at) {
                None | Some(b'>') => {
                    let is_closed = at > before && byte(at - 1) == Some(b'/');
                    return (at, if is_closed { Closing::Closed } else { Closing::Open });
                }
                Some(_) => {}
            }
            let name_end;
            (name_end, at) = end_of_attribute(bytes, at);
            let whole = bytes.get(name..at).unwrap_or_default();
            let name_part = bytes.get(name..name_end).unwrap_or_default();
            if kept < MOST && self.is_asked_for(name_part, whole) {
                kept += 1;
                self.slim.push(' ');
                self.slim.push_str(self.source.get(name..at).unwrap_or_default());
            }
        }
    }
}

impl TagScanner<'_> {
    /// True for what later stages read: what an element is called, how it sets its text and whether
    /// it shows it, cells that span others, numbers of lists, moments, and the facts of meta tags.
    fn is_asked_for(&self, name: &[u8], whole: &[u8]) -> bool {
        match Name::of_attribute(name).bytes() {
            b"style" => self.all_styles || may_set(whole),
            b"href" => names_a_file(whole),
            b"class" | b"id" | b"align" | b"name" | b"content" | b"property" | b"cms-style"
            | b"hidden" | b"aria-hidde" | b"type" | b"color" | b"bgcolor" | b"background"
            | b"rowspan" | b"colspan" | b"start" | b"value" | b"datetime" | b"itemprop" => true,
            _ => false,
        }
    }
}

/// True for an address of a file as texts have them as annexes.
fn names_a_file(whole: &[u8]) -> bool {
    let end = whole.len().saturating_sub(6);
    let end = whole.get(end..).unwrap_or_default().to_ascii_lowercase();
    [".doc", ".docx", ".pdf", ".xls", ".xlsx", ".zip", ".rar", ".wps", ".ofd"]
        .iter()
        .any(|ending| memmem::find(&end, ending.as_bytes()).is_some())
}

/// Whether a start tag says that its element is empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Closing {
    Open,
    Closed,
}

/// Bytes that are kept of a script, a style sheet or a comment.
const HEAD: usize = 800;
/// Attributes that are kept of a tag.
const MOST: usize = 16;

fn ends_name(byte: u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>')
}

fn blanks(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|b| b.is_ascii_whitespace()).count()
}

/// Bytes of the value at the head of `bytes`, its quotation marks included.
fn value_length(bytes: &[u8]) -> usize {
    match bytes.first() {
        Some(quote @ (b'"' | b'\'')) => {
            let inside = bytes.get(1..).unwrap_or_default();
            memchr(*quote, inside).map_or(bytes.len(), |length| length + 2)
        }
        _ => {
            bytes.iter().position(|b| b.is_ascii_whitespace() || *b == b'>').unwrap_or(bytes.len())
        }
    }
}

/// Words of a style that say how a text is set, or whether it is seen; as a pattern, they are
/// searched for all at once.
static SET: LazyLock<Regex> = LazyLock::new(|| {
    bytes_built_in("old|700|enter|right|left|justify|none|hidden|collapse|white-space")
});

/// Type without a size, or as white as paper. Then the styles of all elements are asked for.
static HIDING: LazyLock<Regex> = LazyLock::new(|| {
    bytes_built_in(
        r"(?i)font-size:\s*0*\.?[01]?(?:px|pt|em)?\s*[;\x22'!}]|color[:=]\s*[\x22']?(?:#fff|white|rgba?\(255)",
    )
});

/// True for a style or class that may say how a text is set.
pub(super) fn may_set(value: &[u8]) -> bool {
    SET.is_match(value)
}

/// Bytes before the end tag of the raw element `name`.
fn end_of_raw(inside: &[u8], name: &[u8]) -> usize {
    let mut at = 0;
    while let Some(found) = inside.get(at..).and_then(|rest| memmem::find(rest, b"</")) {
        let tag = inside.get(at + found + 2..).unwrap_or_default();
        if tag.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name)) {
            return at + found;
        }
        at += found + 2;
    }
    inside.len()
}

/// The bytes after the name and after the value of the attribute that begins at `start`.
fn end_of_attribute(bytes: &[u8], start: usize) -> (usize, usize) {
    // A `=` that begins a name is part of it.
    let inside = bytes.get(start + 1..).unwrap_or_default();
    let length = inside.iter().take_while(|b| !ends_name(**b) && **b != b'=').count();
    let name = start + 1 + length;
    let equals = name + blanks(bytes.get(name..).unwrap_or_default());
    if bytes.get(equals) != Some(&b'=') {
        return (name, name);
    }
    let value = equals + 1 + blanks(bytes.get(equals + 1..).unwrap_or_default());
    (name, value + value_length(bytes.get(value..).unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_encloses_counts() {
        let cases = [
            ("<div><div><p>甲<p>乙</div></div>", 2),
            ("<ul><li>甲<li>乙<li>丙</ul>", 1),
            ("<!-- <div><div><div> --><b>甲</b>", 1),
            ("<script>'<div><div>'</script><b>", 1),
            ("<b title='<i><i>'>甲</b>", 1),
            ("<a href=\"a>b<i>\"><i>甲</i>", 2),
            ("<svg><path/><path/></svg>", 1),
            ("甲<乙", 0),
            ("", 0),
        ];
        for (source, depth) in cases {
            assert_eq!(survey(source).depth, depth, "{source}");
        }
        assert_eq!(survey(&"<div>".repeat(1000)).depth, 1000);
        assert_eq!(survey("<font><b><p>甲<p>乙</b>").reopened, 4);
    }

    #[test]
    fn what_no_stage_asks_for_is_left_out() {
        let cases = [
            ("<p title=\"a>b\" CLASS='x' data-a>甲</p>", "<p CLASS='x'>甲</p>"),
            (
                "<p style=\"color:red\">甲<p style='text-align: center'>",
                "<p>甲<p style='text-align: center'>",
            ),
            ("<a href=x/y/>甲</a>", "<a>甲</a>"),
            ("<br/><path d = 'M 1' />", "<br/><path/>"),
            ("<p id=a=b class = c>", "<p id=a=b class = c>"),
            (
                "<title>a<b class=x href=y></title><i href=z>",
                "<title>a<b class=x href=y></title><i>",
            ),
            ("<a href=\"未完>甲", "<a"),
            ("a < b <> <1> </p x=\">", "a < b <> <1> </p x=\">"),
            (
                "<!DOCTYPE html><?xml a='<b href=c>'?><!-- <a href=b> -->",
                "<!DOCTYPE html><?xml a='<b href=c>'?><!-- <a href=b> -->",
            ),
        ];
        for (source, slim) in cases {
            assert_eq!(survey(source).slim, slim, "{source}");
        }
        let code = "码".repeat(HEAD);
        let slim = survey(&format!("<script>{code}</script>甲<!--{code}-->乙")).slim;
        assert!(slim.ends_with("-->乙") && slim.len() < 2 * HEAD + 100, "{slim}");
        let crowd = format!("<p{}>甲", " class='a' b".repeat(2 * MOST));
        assert!(survey(&crowd).slim.len() < 12 * MOST + 20);
    }
}
