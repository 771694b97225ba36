//! The redline report as a Word document: three columns on A4 landscape in 宋体, deleted text struck
//! and inserted text underlined; or the running text with tracked changes, which Word and WPS can
//! accept and reject.
//!
//! The four parts that such a document needs are written here and packed by `zip`, which is there for
//! reading: a crate for Word documents would bring fonts, images and a model of all of OOXML.
//!
//! Source: ECMA-376, part 1 (WordprocessingML), sections 17.3, 17.4 and 17.13.5.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::redline::{RedlineReport, RedlineRow, RedlineRun};
use crate::reuse::redline::EditKind;
use crate::text::markup::{Number, Own, Text, Written, Xml};

/// A .docx file, whose every text went through [`Xml`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Docx(Vec<u8>);

impl Docx {
    /// The bytes of the file.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

/// A .docx file with the table of `report`.
///
/// # Errors
/// The archive cannot be written.
pub fn redline_docx(report: &RedlineReport) -> std::io::Result<Docx> {
    let mut body = head(report);
    if !report.rows.is_empty() {
        push_table(&mut body, report);
    }
    pack(&body)
}

/// A .docx file with the new text of `report` and every edit as a tracked change.
///
/// # Errors
/// The archive cannot be written.
pub fn tracked_docx(report: &RedlineReport) -> std::io::Result<Docx> {
    let mut body = head(report);
    let mut revision = 1;
    for row in &report.rows {
        push_tracked(&mut body, row, &mut revision);
    }
    pack(&body)
}

fn pack(body: &Xml) -> std::io::Result<Docx> {
    let document = Xml::of([
        Own(XML),
        Own("<w:document xmlns:w=\""),
        Own(WORD),
        Own("\"><w:body>"),
        Written(body),
        Own(SECTION),
        Own("</w:body></w:document>"),
    ]);
    let styles = Xml::of([Own(XML), Own("<w:styles xmlns:w=\""), Own(WORD), Own(STYLES)]);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    // No day in the archive: the same diff is the same file.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let parts = [
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", RELATIONS),
        ("word/_rels/document.xml.rels", DOCUMENT_RELATIONS),
        ("word/styles.xml", styles.as_str()),
        ("word/document.xml", document.as_str()),
    ];
    for (name, text) in parts {
        archive.start_file(name, options).map_err(std::io::Error::other)?;
        archive.write_all(text.as_bytes())?;
    }
    Ok(Docx(archive.finish().map_err(std::io::Error::other)?.into_inner()))
}

const SECTION: &str = "<w:sectPr>\
    <w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/>\
    <w:pgMar w:top=\"1134\" w:right=\"1134\" w:bottom=\"1134\" w:left=\"1134\" \
    w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/></w:sectPr>";

const STYLES: &str = "\"><w:docDefaults><w:rPrDefault><w:rPr>\
    <w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"宋体\" \
    w:cs=\"Times New Roman\"/><w:sz w:val=\"21\"/><w:szCs w:val=\"21\"/>\
    <w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>\
    <w:spacing w:line=\"300\" w:lineRule=\"auto\"/></w:pPr></w:pPrDefault></w:docDefaults></w:styles>";

const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

const TYPES: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
    <Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
    <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
    <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
    <Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>\
    <Override PartName=\"/word/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/>\
    </Types>";

const RELATIONS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
    <Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
    <Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/>\
    </Relationships>";

const DOCUMENT_RELATIONS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
    <Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
    <Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/>\
    </Relationships>";

fn head(report: &RedlineReport) -> Xml {
    let title = run(&report.title, &["<w:b/><w:sz w:val=\"32\"/>"], LIVE);
    let mut text = Xml::of([
        Own("<w:p><w:pPr><w:spacing w:after=\"120\"/><w:jc w:val=\"center\"/></w:pPr>"),
        Written(&title),
        Own("</w:p>"),
    ]);
    for note in &report.notes {
        text.push([Own("<w:p>"), Written(&run(note, &[], LIVE)), Own("</w:p>")]);
    }
    text
}

/// Widths of the columns in twentieths of a point; 16838 less the margins.
const WIDTHS: [usize; 3] = [6200, 6200, 2170];

fn push_table(text: &mut Xml, report: &RedlineReport) {
    text.push([Own("<w:tbl><w:tblPr><w:tblW w:w=\""), Number(WIDTHS.iter().sum())]);
    text.push([Own("\" w:type=\"dxa\"/><w:tblBorders>")]);
    for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
        text.push([Own("<w:"), Own(side)]);
        text.push([Own(" w:val=\"single\" w:sz=\"4\" w:color=\"808080\"/>")]);
    }
    text.push([Own("</w:tblBorders><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>")]);
    for width in WIDTHS {
        text.push([Own("<w:gridCol w:w=\""), Number(width), Own("\"/>")]);
    }
    text.push([Own("</w:tblGrid><w:tr><w:trPr><w:tblHeader/></w:trPr>")]);
    for (column, width) in report.columns.iter().zip(WIDTHS) {
        let name = run(column, &["<w:b/>"], LIVE);
        let centred = Own("<w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr>");
        push_cell(text, width, &Xml::of([centred, Written(&name), Own("</w:p>")]));
    }
    text.push([Own("</w:tr>")]);
    for row in &report.rows {
        text.push([Own("<w:tr>")]);
        let remark = [RedlineRun { kind: EditKind::Equal, text: row.remark.clone() }];
        for (pieces, width) in [&row.old[..], &row.new[..], &remark[..]].into_iter().zip(WIDTHS) {
            push_cell(text, width, &paragraphs(pieces, row.heading));
        }
        text.push([Own("</w:tr>")]);
    }
    text.push([Own("</w:tbl>")]);
}

fn push_cell(text: &mut Xml, width: usize, content: &Xml) {
    text.push([Own("<w:tc><w:tcPr><w:tcW w:w=\""), Number(width)]);
    text.push([Own("\" w:type=\"dxa\"/></w:tcPr>"), Written(content), Own("</w:tc>")]);
}

/// Pieces as paragraphs, one a line.
fn paragraphs(pieces: &[RedlineRun], heading: bool) -> Xml {
    let mut text = Xml::of([Own("<w:p>")]);
    let bold = if heading { "<w:b/>" } else { "" };
    for piece in pieces {
        let edit = match piece.kind {
            EditKind::Equal => "",
            EditKind::Delete => "<w:strike/><w:color w:val=\"B00020\"/>",
            EditKind::Insert => "<w:color w:val=\"0A5A8A\"/><w:u w:val=\"single\"/>",
        };
        for (nth, line) in piece.text.split('\n').enumerate() {
            if nth > 0 {
                text.push([Own("</w:p><w:p>")]);
            }
            text.push([Written(&run(line, &[bold, edit], LIVE))]);
        }
    }
    text.push([Own("</w:p>")]);
    text
}

/// A provision as paragraphs whose edits are tracked. `revision` is the id of the last change.
fn push_tracked(text: &mut Xml, row: &RedlineRow, revision: &mut usize) {
    let style = if row.heading { "<w:b/>" } else { "" };
    // The mark of a paragraph that is wholly new or gone is tracked, too.
    let first = row.both.first().map(|piece| piece.kind);
    let whole = first.filter(|kind| row.both.iter().all(|piece| piece.kind == *kind));
    push_start(text, whole, revision);
    for piece in &row.both {
        for (nth, line) in piece.text.split('\n').enumerate() {
            if nth > 0 {
                text.push([Own("</w:p>")]);
                push_start(text, Some(piece.kind), revision);
            }
            let tag = if piece.kind == EditKind::Delete { DELETED } else { LIVE };
            let run = run(line, &[style], tag);
            match change(piece.kind) {
                _ if run.is_empty() => {}
                None => text.push([Written(&run)]),
                Some([open, close]) => {
                    push_change(text, open, revision);
                    text.push([Own(">"), Written(&run), Own(close)]);
                }
            }
        }
    }
    text.push([Own("</w:p>")]);
}

/// The beginning and the end of the element of a change.
fn change(kind: EditKind) -> Option<[&'static str; 2]> {
    match kind {
        EditKind::Delete => Some(["<w:del", "</w:del>"]),
        EditKind::Insert => Some(["<w:ins", "</w:ins>"]),
        EditKind::Equal => None,
    }
}

/// The beginning of the element of a change with its id, up to its end.
fn push_change(text: &mut Xml, open: &'static str, revision: &mut usize) {
    *revision += 1;
    text.push([Own(open), Own(" w:id=\""), Number(*revision), Own("\" w:author=\"wenmai\"")]);
}

/// The beginning of a paragraph whose mark an edit of `kind` made or removed.
fn push_start(text: &mut Xml, kind: Option<EditKind>, revision: &mut usize) {
    let Some([open, _]) = kind.and_then(change) else {
        return text.push([Own("<w:p>")]);
    };
    text.push([Own("<w:p><w:pPr><w:rPr>")]);
    push_change(text, open, revision);
    text.push([Own("/></w:rPr></w:pPr>")]);
}

/// The element of text that is there.
const LIVE: [&str; 2] = ["<w:t", "</w:t>"];
/// The element of text that was deleted.
const DELETED: [&str; 2] = ["<w:delText", "</w:delText>"];

/// A run of one line with its properties, in the order of the schema.
fn run(line: &str, properties: &[&'static str], [open, close]: [&'static str; 2]) -> Xml {
    let mut text = Xml::default();
    if line.is_empty() {
        return text;
    }
    text.push([Own("<w:r>")]);
    if properties.iter().any(|property| !property.is_empty()) {
        text.push([Own("<w:rPr>")]);
        text.push(properties.iter().map(|property| Own(property)));
        text.push([Own("</w:rPr>")]);
    }
    text.push([Own(open), Own(" xml:space=\"preserve\">"), Text(line), Own(close)]);
    text.push([Own("</w:r>")]);
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    fn report() -> RedlineReport {
        let piece = |kind, text: &str| RedlineRun { kind, text: text.to_owned() };
        let row = RedlineRow {
            old: vec![piece(EditKind::Equal, "第一条　每"), piece(EditKind::Delete, "年")],
            new: vec![
                piece(EditKind::Equal, "第一条　每"),
                piece(EditKind::Insert, "半年\n<报告>&"),
            ],
            both: vec![
                piece(EditKind::Equal, "第一条　每"),
                piece(EditKind::Delete, "年"),
                piece(EditKind::Insert, "半年\n<报告>&"),
            ],
            remark: "修改".to_owned(),
            heading: false,
        };
        RedlineReport {
            lang: "zh",
            title: "渔港条例".to_owned(),
            notes: vec!["修改 1".to_owned()],
            columns: ["修订前", "修订后", "说明"].map(str::to_owned),
            rows: vec![row],
        }
    }

    /// The main part of a document, read with a parser that refuses what is not well-formed.
    fn main_part(file: &Docx) -> String {
        let mut archive = zip::ZipArchive::new(Cursor::new(file.as_bytes())).unwrap();
        let mut text = String::new();
        archive.by_name("word/document.xml").unwrap().read_to_string(&mut text).unwrap();
        text
    }

    /// Checks that every element that begins also ends, in order.
    fn assert_nested(xml: &str) {
        let mut open: Vec<&str> = Vec::new();
        for tag in xml.split('<').skip(1).map(|rest| rest.split('>').next().unwrap()) {
            if tag.starts_with('?') || tag.ends_with('/') {
                continue;
            }
            match tag.strip_prefix('/') {
                Some(name) => assert_eq!(open.pop(), Some(name), "{xml}"),
                None => open.push(tag.split(' ').next().unwrap()),
            }
        }
        assert!(open.is_empty());
    }

    #[test]
    fn the_table_strikes_and_underlines() {
        let xml = main_part(&redline_docx(&report()).unwrap());
        assert_nested(&xml);
        assert!(xml.contains("<w:strike/>") && xml.contains("w:orient=\"landscape\""), "{xml}");
        assert!(xml.contains("&lt;报告&gt;&amp;"), "{xml}");
        assert_eq!(xml.matches("<w:tr>").count(), 2);
    }

    #[test]
    fn tracked_changes_have_ids_of_their_own() {
        let xml = main_part(&tracked_docx(&report()).unwrap());
        assert_nested(&xml);
        assert!(xml.contains("<w:delText xml:space=\"preserve\">年</w:delText>"), "{xml}");
        let ids: Vec<&str> =
            xml.split("w:id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let distinct: std::collections::BTreeSet<&&str> = ids.iter().collect();
        assert_eq!(distinct.len(), ids.len());
    }

    #[test]
    fn the_same_diff_is_the_same_file() {
        assert_eq!(redline_docx(&report()).unwrap(), redline_docx(&report()).unwrap());
    }
}
