//! Word (.docx) and e-book (.epub) files: archives of XML, turned into simple HTML so that the rest
//! of the line reads them as any page. The XML is read by a tokeniser that forgives; what is
//! unpacked is limited, so that a small archive cannot fill the memory.

use std::cell::RefCell;
use std::collections::HashMap;
use std::io::{Cursor, Read};

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use zip::ZipArchive;

type Archive<'b> = ZipArchive<Cursor<&'b [u8]>>;

/// Bytes that are unpacked of one archive at most; the text of a long book has a few million.
const LARGEST: u64 = 64 << 20;

/// What an archive holds.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unpacked {
    /// Its text as HTML.
    pub(super) html: String,
    /// The limit in bytes at which the rest was left out.
    pub(super) cut_at: Option<u64>,
}

/// What the archive `bytes` holds, of which `limit` bytes are unpacked at most; `None` where it is
/// none of these files.
pub(super) fn unpack(bytes: &[u8], limit: u64) -> Option<Unpacked> {
    if !bytes.starts_with(b"PK\x03\x04") {
        return None;
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let limit = limit.min(LARGEST);
    let mut budget = Budget { left: limit, is_spent: false };
    let html = match part(&mut archive, "word/document.xml", &mut budget) {
        Some(document) => Some(word(&document)),
        None => book(&mut archive, &mut budget),
    };
    let html = html.filter(|html| !html.trim().is_empty())?;
    Some(Unpacked { html, cut_at: budget.is_spent.then_some(limit) })
}

/// What may still be unpacked.
struct Budget {
    /// In bytes.
    left: u64,
    /// True once something was left out.
    is_spent: bool,
}

/// One file of the archive, as text; what exceeds the budget is left out.
fn part(archive: &mut Archive<'_>, name: &str, budget: &mut Budget) -> Option<String> {
    let mut bytes = Vec::new();
    let mut file = archive.by_name(name).ok()?;
    file.by_ref().take(budget.left).read_to_end(&mut bytes).ok()?;
    budget.left = budget.left.saturating_sub(bytes.len() as u64);
    // What a file says about its own size may be wrong: only a byte more tells.
    budget.is_spent |= budget.left == 0 && file.read(&mut [0]).is_ok_and(|read| read > 0);
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// Reads the tags and text of `xml` in order.
fn tokens(xml: &str, each: impl FnMut(Token)) {
    struct Sink<F>(RefCell<F>);
    impl<F: FnMut(Token)> TokenSink for Sink<F> {
        type Handle = ();

        fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
            (self.0.borrow_mut())(token);
            TokenSinkResult::Continue
        }
    }
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from(xml));
    let tokenizer = Tokenizer::new(Sink(RefCell::new(each)), TokenizerOpts::default());
    let _ = tokenizer.feed(&queue);
    tokenizer.end();
}

fn attribute<'t>(tag: &'t Tag, name: &str) -> Option<&'t str> {
    tag.attrs.iter().find(|attr| &*attr.name.local == name).map(|attr| &*attr.value)
}

/// A paragraph of a Word file in the making.
#[derive(Default)]
struct Word {
    html: String,
    text: String,
    /// The heading level of its style, and where it is set.
    level: Option<u8>,
    align: Option<String>,
    in_text: bool,
}

/// WordprocessingML (ECMA-376, part 1, 17) as HTML: paragraphs, headings, tables.
fn word(xml: &str) -> String {
    let mut word = Word::default();
    tokens(xml, |token| match token {
        Token::TagToken(tag) => word.tag(&tag),
        Token::CharacterTokens(text) if word.in_text => word.push(&text),
        _ => {}
    });
    if !word.text.is_empty() {
        // The file is cut.
        word.end_paragraph();
    }
    word.html
}

impl Word {
    fn tag(&mut self, tag: &Tag) {
        let starts = tag.kind == TagKind::StartTag;
        match (&*tag.name, starts) {
            ("w:t", _) => self.in_text = starts && !tag.self_closing,
            ("w:tab", true) => self.text.push(' '),
            ("w:br" | "w:cr", true) => self.text.push_str("<br>"),
            ("w:pstyle", true) => self.level = attribute(tag, "w:val").and_then(level_of),
            ("w:outlinelvl", true) => {
                let level: Option<u8> =
                    attribute(tag, "w:val").and_then(|level| level.parse().ok());
                self.level = level.filter(|level| *level < 6).map(|level| level + 1);
            }
            ("w:jc", true) => self.align = attribute(tag, "w:val").map(str::to_owned),
            ("w:p", false) => self.end_paragraph(),
            ("w:tbl", _) => self.html.push_str(if starts { "<table>" } else { "</table>" }),
            ("w:tr", _) => self.html.push_str(if starts { "<tr>" } else { "</tr>" }),
            ("w:tc", _) => self.html.push_str(if starts { "<td>" } else { "</td>" }),
            _ => {}
        }
    }

    fn push(&mut self, text: &str) {
        self.text.push_str(&text.replace('&', "&amp;").replace('<', "&lt;"));
    }

    fn end_paragraph(&mut self) {
        let text = std::mem::take(&mut self.text);
        let align = self.align.take().filter(|align| align == "center" || align == "right");
        let align = align.map(|align| format!(" align=\"{align}\"")).unwrap_or_default();
        let paragraph = match self.level.take() {
            Some(level) => format!("<h{level}>{text}</h{level}>\n"),
            None => format!("<p{align}>{text}</p>\n"),
        };
        self.html.push_str(&paragraph);
    }
}

/// The level of a heading style: Heading1, 标题 2, or its number alone as Chinese Word saves it.
fn level_of(style: &str) -> Option<u8> {
    let lower = style.to_ascii_lowercase();
    if lower == "title" {
        return Some(1);
    }
    let number = lower.trim_start_matches("heading").trim_start_matches("标题").trim();
    number.parse().ok().filter(|level| (1..=6).contains(level))
}

/// The chapters of an e-book (EPUB 3, package document) in the order of its spine.
fn book(archive: &mut Archive<'_>, budget: &mut Budget) -> Option<String> {
    let container = part(archive, "META-INF/container.xml", budget)?;
    let mut package = None;
    tokens(&container, |token| {
        if let Token::TagToken(tag) = token
            && &*tag.name == "rootfile"
        {
            package = package.take().or(attribute(&tag, "full-path").map(str::to_owned));
        }
    });
    let package = package?;
    let folder =
        package.rsplit_once('/').map(|(folder, _)| format!("{folder}/")).unwrap_or_default();
    let chapters = spine(&part(archive, &package, budget)?);
    let mut html = String::new();
    for chapter in chapters {
        let Some(page) = part(archive, &format!("{folder}{chapter}"), budget) else { continue };
        html.push_str("<div>");
        html.push_str(body(&page));
        html.push_str("</div>\n");
    }
    Some(html)
}

/// The files of the chapters.
fn spine(package: &str) -> Vec<String> {
    let mut files: HashMap<String, String> = HashMap::new();
    let mut order = Vec::new();
    tokens(package, |token| {
        let Token::TagToken(tag) = token else { return };
        match (&*tag.name, attribute(&tag, "id"), attribute(&tag, "href"), attribute(&tag, "idref"))
        {
            ("item", Some(id), Some(href), _) => {
                files.insert(id.to_owned(), href.to_owned());
            }
            ("itemref", _, _, Some(id)) => order.push(id.to_owned()),
            _ => {}
        }
    });
    order.iter().filter_map(|id| files.get(id).cloned()).collect()
}

/// What stands in the body of a page.
fn body(page: &str) -> &str {
    let inside = page.split_once("<body").and_then(|(_, rest)| rest.split_once('>'));
    let inside = inside.map_or(page, |(_, inside)| inside);
    inside.rsplit_once("</body").map_or(inside, |(inside, _)| inside)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn archive(files: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in files {
            writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            writer.write_all(text.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn a_word_file_gives_headings_paragraphs_and_rows() {
        let xml = "<?xml version=\"1.0\"?><w:document><w:body><w:p><w:pPr><w:pStyle w:val=\"Heading1\"/></w:pPr>\
            <w:r><w:t>总体要求</w:t></w:r></w:p><w:p><w:r><w:t>甲</w:t></w:r><w:r><w:t xml:space=\"preserve\">&lt;乙 </w:t></w:r></w:p>\
            <w:tbl><w:tr><w:tc><w:p><w:r><w:t>丙</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>";
        let word = |limit| unpack(&archive(&[("word/document.xml", xml)]), limit).unwrap();
        assert_eq!(
            word(1 << 20).html.replace('\n', ""),
            "<h1>总体要求</h1><p>甲&lt;乙 </p><table><tr><td><p>丙</p></td></tr></table>"
        );
        let cut =
            Unpacked { html: "<h1>总体要求</h1>\n<p>甲</p>\n".to_owned(), cut_at: Some(180) };
        assert_eq!((word(1 << 20).cut_at, word(180)), (None, cut));
    }

    #[test]
    fn a_book_gives_its_chapters_in_order_and_a_limit_cuts() {
        let files = [
            ("META-INF/container.xml", "<container><rootfile full-path=\"O/c.opf\"/></container>"),
            (
                "O/c.opf",
                "<package><item id=\"a\" href=\"a.xhtml\"/><item id=\"b\" href=\"b.xhtml\"/><itemref idref=\"b\"/><itemref idref=\"a\"/></package>",
            ),
            ("O/a.xhtml", "<html><head><title>x</title></head><body><p>后</p></body></html>"),
            ("O/b.xhtml", "<html><body><p>先</p></body></html>"),
        ];
        let bytes = archive(&files);
        assert_eq!(
            unpack(&bytes, 1 << 20).unwrap().html,
            "<div><p>先</p></div>\n<div><p>后</p></div>\n"
        );
        assert_eq!(unpack(&bytes, 60), None);
        assert_eq!(unpack(b"PK\x03\x04damaged", 1 << 20), None);
    }
}
