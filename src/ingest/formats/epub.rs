//! E-books (EPUB 3 and 2): the chapters in the order of the spine. Addresses are percent-encoded and
//! relative; chapters that are missing are named, encrypted ones refused.

use std::collections::{HashMap, HashSet};

use super::archive::{MemberArchive, Unreadable, resolved};
use super::xml::{self, Node};
use super::{Contents, left_out};
use crate::document::TitleOrigin;
use crate::error::{Refusal, Warning};
use crate::ingest::{dates, decode};

/// Reads the book `archive`.
pub(super) fn read(archive: &mut MemberArchive<'_>) -> Result<Contents, Refusal> {
    let package = package_of(archive).ok_or(Refusal::Damaged)?;
    let source = archive.text(&package).ok_or(Refusal::Damaged)?;
    let Package { chapters, title, creator, publisher, date, unnamed } = package_parts(&source);
    let encrypted = encrypted(archive);
    let mut html = String::new();
    let (mut missing, mut read) = (Vec::new(), 0);
    for address in &chapters {
        let name = member_of(&package, address);
        if encrypted.contains(&name) {
            return Err(Refusal::Encrypted);
        }
        match archive.part(&name) {
            Ok(Some(bytes)) => {
                read += 1;
                html.push_str("<div>");
                html.push_str(body(&decode::text_of(&bytes)));
                html.push_str("</div>\n");
            }
            Err(Unreadable::Password) => return Err(Refusal::NeedsPassword),
            Ok(None) | Err(Unreadable::Damaged) => missing.push(name),
        }
    }
    if read == 0 {
        return Err(Refusal::Damaged);
    }
    let mut contents = Contents { kind: "epub".into(), ..Contents::source(html) };
    contents.warnings.extend(archive.cut_at().map(left_out));
    if !missing.is_empty() {
        let first = missing.iter().take(3).cloned().collect::<Vec<_>>().join(", ");
        contents.warn(Warning::ChaptersMissing(missing.len(), first.clone()));
    }
    if unnamed > 0 {
        contents.warn(Warning::ChaptersUnnamed(unnamed));
    }
    if let Some(title) = title {
        contents.metadata.title = title;
        contents.metadata.title_origin = TitleOrigin::Given;
    }
    contents.metadata.byline = creator;
    contents.metadata.source = publisher;
    contents.metadata.published = date.and_then(|date| dates::beijing_date(&date));
    Ok(contents)
}

fn package_of(archive: &mut MemberArchive<'_>) -> Option<String> {
    let container = archive.text("META-INF/container.xml")?;
    let mut package = None;
    xml::read(&container, |node| {
        if let Node::Open(e) = node
            && e.name() == "rootfile"
            && package.is_none()
        {
            package = e.get("full-path").map(|path| path.into_owned());
        }
    });
    package
}

/// What the package document says.
#[derive(Debug, Default)]
struct Package {
    /// Addresses of the chapters in reading order.
    chapters: Vec<String>,
    title: Option<String>,
    creator: Option<String>,
    publisher: Option<String>,
    date: Option<String>,
    /// Entries of the spine that name nothing in the manifest.
    unnamed: usize,
}

fn package_parts(source: &str) -> Package {
    let mut package = Package::default();
    let mut files: HashMap<String, String> = HashMap::new();
    let mut order = Vec::new();
    let mut text = String::new();
    xml::read(source, |node| match node {
        Node::Open(e) => {
            text.clear();
            match e.name() {
                "item" => {
                    if let (Some(id), Some(href)) = (e.get("id"), e.get("href")) {
                        files.insert(id.into_owned(), href.into_owned());
                    }
                }
                "itemref" => order.extend(e.get("idref").map(|id| id.into_owned())),
                _ => {}
            }
        }
        Node::Text(part) => text.push_str(part),
        Node::Close(name) => {
            let field = match name {
                "title" => &mut package.title,
                "creator" => &mut package.creator,
                "publisher" => &mut package.publisher,
                "date" => &mut package.date,
                _ => return,
            };
            let value = text.trim();
            if field.is_none() && !value.is_empty() {
                *field = Some(value.to_owned());
            }
        }
    });
    package.unnamed = order.iter().filter(|id| !files.contains_key(*id)).count();
    package.chapters = order.iter().filter_map(|id| files.get(id).cloned()).collect();
    package
}

/// The member at an address of the package: relative, percent-encoded, perhaps with a fragment.
fn member_of(package: &str, address: &str) -> String {
    let path = address.split(['#', '?']).next().unwrap_or_default();
    resolved(package, &percent_decoded(path))
}

/// `text` with the bytes that its `%XX` name.
pub(super) fn percent_decoded(text: &str) -> String {
    percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// Members that only an authorised reader can decrypt; fonts are often among them.
fn encrypted(archive: &mut MemberArchive<'_>) -> HashSet<String> {
    let mut members = HashSet::new();
    let Some(source) = archive.text("META-INF/encryption.xml") else { return members };
    xml::read(&source, |node| {
        if let Node::Open(e) = node
            && e.name() == "CipherReference"
        {
            members.extend(e.get("URI").map(|uri| resolved("", &percent_decoded(&uri))));
        }
    });
    members
}

/// What is in the body of a page.
fn body(page: &str) -> &str {
    let inside = page.split_once("<body").and_then(|(_, rest)| rest.split_once('>'));
    let inside = inside.map_or(page, |(_, inside)| inside);
    inside.rsplit_once("</body").map_or(inside, |(inside, _)| inside)
}

#[cfg(test)]
mod tests {
    use super::super::archive::packed;
    use super::*;

    const CONTAINER: &[u8] = b"<container><rootfile full-path=\"O/c.opf\"/></container>";

    fn book(package: &str, files: &[(&str, &[u8])]) -> Result<Contents, Refusal> {
        let mut all: Vec<(&str, &[u8])> =
            vec![("META-INF/container.xml", CONTAINER), ("O/c.opf", package.as_bytes())];
        all.extend_from_slice(files);
        read(&mut MemberArchive::open(&packed(&all), 1 << 20).unwrap())
    }

    const PACKAGE: &str = "<package><dc:title>书名</dc:title><item id=\"a\" href=\"%E7%AC%AC1.xhtml\"/>\
        <item id=\"b\" href=\"./x/../b%202.xhtml#p\"/><item id=\"c\" href=\"none.xhtml\"/>\
        <itemref idref=\"b\"/><itemref idref=\"a\"/><itemref idref=\"c\"/></package>";

    #[test]
    fn chapters_are_found_by_encoded_addresses_and_missing_ones_named() {
        let (gbk, ..) = encoding_rs::GB18030.encode(
            "<?xml version=\"1.0\" encoding=\"gb2312\"?><html><body><p>后面的章节</p></body></html>",
        );
        let found = book(
            PACKAGE,
            &[
                ("O/第1.xhtml", &*gbk),
                ("O/b 2.xhtml", "<html><body><p>先</p></body></html>".as_bytes()),
            ],
        )
        .unwrap();
        let super::super::Text::Source(html) = found.text else { unreachable!() };
        assert_eq!(html, "<div><p>先</p></div>\n<div><p>后面的章节</p></div>\n");
        assert_eq!(found.metadata.title, "书名");
        assert_eq!(found.warnings.len(), 1);
        assert!(found.warnings[0].to_string().contains("O/none.xhtml"));
    }

    #[test]
    fn encrypted_chapters_are_refused_and_encrypted_fonts_are_not() {
        let names = |name: &str| {
            format!("<encryption><CipherReference URI=\"O/{name}\"/></encryption>").into_bytes()
        };
        let read = |name: &str| {
            book(
                PACKAGE,
                &[("O/b 2.xhtml", b"<p>a</p>"), ("META-INF/encryption.xml", &names(name))],
            )
        };
        assert_eq!(read("b%202.xhtml").unwrap_err(), Refusal::Encrypted);
        assert!(read("font.otf").is_ok());
    }
}
