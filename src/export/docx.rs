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
use crate::text::sanitize::sanitize;

/// The bytes of a .docx file: the table of `report`.
///
/// # Errors
/// The archive cannot be written.
pub fn redline_docx(report: &RedlineReport) -> std::io::Result<Vec<u8>> {
    let mut body = head(report);
    if !report.rows.is_empty() {
        body.push_str(&table(report));
    }
    pack(&body)
}

/// The bytes of a .docx file: the new text of `report` with every edit as a tracked change.
///
/// # Errors
/// The archive cannot be written.
pub fn tracked_docx(report: &RedlineReport) -> std::io::Result<Vec<u8>> {
    let mut body = head(report);
    let mut revision = 1;
    for row in &report.rows {
        body.push_str(&tracked(row, &mut revision));
    }
    pack(&body)
}

fn pack(body: &str) -> std::io::Result<Vec<u8>> {
    let document = format!(
        "{XML}<w:document xmlns:w=\"{WORD}\"><w:body>{body}<w:sectPr>\
         <w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/>\
         <w:pgMar w:top=\"1134\" w:right=\"1134\" w:bottom=\"1134\" w:left=\"1134\" \
         w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>"
    );
    let styles = format!(
        "{XML}<w:styles xmlns:w=\"{WORD}\"><w:docDefaults><w:rPrDefault><w:rPr>\
         <w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"宋体\" \
         w:cs=\"Times New Roman\"/><w:sz w:val=\"21\"/><w:szCs w:val=\"21\"/>\
         <w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>\
         <w:spacing w:line=\"300\" w:lineRule=\"auto\"/></w:pPr></w:pPrDefault></w:docDefaults></w:styles>"
    );
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    // No day in the archive: the same diff is the same file.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let parts = [
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", RELATIONS),
        ("word/_rels/document.xml.rels", DOCUMENT_RELATIONS),
        ("word/styles.xml", &styles),
        ("word/document.xml", &document),
    ];
    for (name, text) in parts {
        archive.start_file(name, options).map_err(std::io::Error::other)?;
        archive.write_all(text.as_bytes())?;
    }
    Ok(archive.finish().map_err(std::io::Error::other)?.into_inner())
}

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

fn head(report: &RedlineReport) -> String {
    let mut text = format!(
        "<w:p><w:pPr><w:spacing w:after=\"120\"/><w:jc w:val=\"center\"/></w:pPr>{}</w:p>",
        run(&report.title, "<w:b/><w:sz w:val=\"32\"/>", "w:t")
    );
    for note in &report.notes {
        text.push_str(&format!("<w:p>{}</w:p>", run(note, "", "w:t")));
    }
    text
}

/// Widths of the columns in twentieths of a point; 16838 less the margins.
const WIDTHS: [u32; 3] = [6200, 6200, 2170];

fn table(report: &RedlineReport) -> String {
    let border = |side: &str| format!("<w:{side} w:val=\"single\" w:sz=\"4\" w:color=\"808080\"/>");
    let borders: String =
        ["top", "left", "bottom", "right", "insideH", "insideV"].map(border).concat();
    let grid: String = WIDTHS.map(|width| format!("<w:gridCol w:w=\"{width}\"/>")).concat();
    let mut text = format!(
        "<w:tbl><w:tblPr><w:tblW w:w=\"{}\" w:type=\"dxa\"/><w:tblBorders>{borders}</w:tblBorders>\
         <w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>",
        WIDTHS.iter().sum::<u32>()
    );
    text.push_str("<w:tr><w:trPr><w:tblHeader/></w:trPr>");
    for (column, width) in report.columns.iter().zip(WIDTHS) {
        let cell = format!(
            "<w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr>{}</w:p>",
            run(column, "<w:b/>", "w:t")
        );
        text.push_str(&cell_of(width, &cell));
    }
    text.push_str("</w:tr>");
    for row in &report.rows {
        text.push_str("<w:tr>");
        let remark = [RedlineRun { kind: EditKind::Equal, text: row.remark.clone() }];
        for (pieces, width) in [&row.old[..], &row.new[..], &remark[..]].into_iter().zip(WIDTHS) {
            text.push_str(&cell_of(width, &paragraphs(pieces, row.heading)));
        }
        text.push_str("</w:tr>");
    }
    text.push_str("</w:tbl>");
    text
}

fn cell_of(width: u32, content: &str) -> String {
    format!("<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr>{content}</w:tc>")
}

/// Pieces as paragraphs, one a line.
fn paragraphs(pieces: &[RedlineRun], heading: bool) -> String {
    let mut text = String::from("<w:p>");
    for piece in pieces {
        let edit = match piece.kind {
            EditKind::Equal => "",
            EditKind::Delete => "<w:strike/><w:color w:val=\"B00020\"/>",
            EditKind::Insert => "<w:color w:val=\"0A5A8A\"/><w:u w:val=\"single\"/>",
        };
        let style = format!("{}{edit}", if heading { "<w:b/>" } else { "" });
        for (nth, line) in piece.text.split('\n').enumerate() {
            if nth > 0 {
                text.push_str("</w:p><w:p>");
            }
            text.push_str(&run(line, &style, "w:t"));
        }
    }
    text.push_str("</w:p>");
    text
}

/// A provision as paragraphs whose edits are tracked. `revision` is the id of the last change.
fn tracked(row: &RedlineRow, revision: &mut u32) -> String {
    let style = if row.heading { "<w:b/>" } else { "" };
    let mut attributes = || {
        *revision += 1;
        format!("w:id=\"{revision}\" w:author=\"wenmai\"")
    };
    // The mark of a paragraph that is wholly new or gone is tracked, too.
    let first = row.both.first().map(|piece| piece.kind);
    let whole = first.filter(|kind| row.both.iter().all(|piece| piece.kind == *kind));
    let mut text = start(whole, &mut attributes);
    for piece in &row.both {
        for (nth, line) in piece.text.split('\n').enumerate() {
            if nth > 0 {
                text.push_str("</w:p>");
                text.push_str(&start(Some(piece.kind), &mut attributes));
            }
            let (tag, element) = match piece.kind {
                EditKind::Equal => ("w:t", ""),
                EditKind::Delete => ("w:delText", "w:del"),
                EditKind::Insert => ("w:t", "w:ins"),
            };
            let run = run(line, style, tag);
            match element {
                _ if run.is_empty() => {}
                "" => text.push_str(&run),
                _ => text.push_str(&format!("<{element} {}>{run}</{element}>", attributes())),
            }
        }
    }
    text.push_str("</w:p>");
    text
}

/// The beginning of a paragraph whose mark an edit of `kind` made or removed.
fn start(kind: Option<EditKind>, attributes: &mut impl FnMut() -> String) -> String {
    let element = match kind {
        Some(EditKind::Delete) => "w:del",
        Some(EditKind::Insert) => "w:ins",
        Some(EditKind::Equal) | None => return "<w:p>".to_owned(),
    };
    format!("<w:p><w:pPr><w:rPr><{element} {}/></w:rPr></w:pPr>", attributes())
}

/// A run of one line with its properties, in the order of the schema.
fn run(line: &str, properties: &str, tag: &str) -> String {
    if line.is_empty() {
        return String::new();
    }
    let clean = sanitize(line).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let properties = match properties {
        "" => String::new(),
        _ => format!("<w:rPr>{properties}</w:rPr>"),
    };
    format!("<w:r>{properties}<{tag} xml:space=\"preserve\">{clean}</{tag}></w:r>")
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
    fn main_part(bytes: Vec<u8>) -> String {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
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
        let xml = main_part(redline_docx(&report()).unwrap());
        assert_nested(&xml);
        assert!(xml.contains("<w:strike/>") && xml.contains("w:orient=\"landscape\""), "{xml}");
        assert!(xml.contains("&lt;报告&gt;&amp;"), "{xml}");
        assert_eq!(xml.matches("<w:tr>").count(), 2);
    }

    #[test]
    fn tracked_changes_have_ids_of_their_own() {
        let xml = main_part(tracked_docx(&report()).unwrap());
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
