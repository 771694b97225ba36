//! Files of formats that others made, whatever their bytes: no panic, nothing harmful in a document,
//! places of its own, the same twice. The first byte chooses the format; where that is an archive the
//! rest is the part that holds the text.
#![no_main]

use std::io::{Cursor, Write};

use libfuzzer_sys::fuzz_target;
use wenmai::document::Document;
use wenmai::ingest::{Options, RawFile, documents};
use wenmai::text::sanitize::is_harmful;

fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let stored = zip::write::SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Stored);
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(*name, stored).expect("a part begins");
        writer.write_all(bytes).expect("a part is written");
    }
    writer.finish().expect("an archive ends").into_inner()
}

/// The file that `bytes` stand for.
fn file(bytes: &[u8]) -> Option<(&'static str, Vec<u8>)> {
    let (choice, rest) = bytes.split_first()?;
    Some(match choice {
        b'd' => ("a.docx", packed(&[("word/document.xml", rest)])),
        b'n' => {
            let document = b"<w:p><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>a</w:t></w:r></w:p>";
            let relations = b"<Relationships><Relationship Type=\"x/numbering\" Target=\"numbering.xml\"/>\
                <Relationship Type=\"x/styles\" Target=\"numbering.xml\"/></Relationships>";
            let parts: [(&str, &[u8]); 3] = [
                ("word/document.xml", document),
                ("word/_rels/document.xml.rels", relations),
                ("word/numbering.xml", rest),
            ];
            ("a.docx", packed(&parts))
        }
        b'o' => {
            let root = b"<OFD><DocBody><DocRoot>D/D.xml</DocRoot></DocBody></OFD>";
            let document = b"<Document><Pages><Page BaseLoc=\"P.xml\"/></Pages></Document>";
            let parts: [(&str, &[u8]); 3] =
                [("OFD.xml", root), ("D/D.xml", document), ("D/P.xml", rest)];
            ("a.ofd", packed(&parts))
        }
        b't' => {
            let kind = b"application/vnd.oasis.opendocument.text";
            ("a.odt", packed(&[("mimetype", kind), ("content.xml", rest)]))
        }
        b'r' => ("a.rtf", [b"{\\rtf1", rest].concat()),
        b'm' => ("a.mht", [b"MIME-Version: 1.0\r\nContent-Type: ", rest].concat()),
        b'w' => ("a.warc", [b"WARC/1.0\r\n", rest].concat()),
        // Pages of text: the joiner of printed pages.
        b'p' => ("a.txt", rest.to_vec()),
        // A compound file, a PDF or any other as it is.
        _ => ("a.bin", rest.to_vec()),
    })
}

fn read(path: &str, bytes: &[u8]) -> Vec<Document> {
    let raw = RawFile { path: path.into(), bytes: bytes.to_vec().into() };
    documents(raw, &Options::default()).unwrap_or_default()
}

fuzz_target!(|bytes: &[u8]| {
    let Some((path, bytes)) = file(bytes) else { return };
    let documents = read(path, &bytes);
    for document in &documents {
        let blocks = document.blocks.iter().map(|block| block.text.as_str());
        let removed = document.removed.iter().map(|piece| piece.text.as_str());
        for text in blocks.chain(removed) {
            assert!(!text.chars().any(is_harmful), "{text:?}");
        }
        let last = document.blocks.len() as u32;
        assert!(document.outline.iter().all(|heading| heading.block < last));
        assert!(document.removed.iter().all(|piece| piece.before <= last));
    }
    assert_eq!(documents, read(path, &bytes));
});
