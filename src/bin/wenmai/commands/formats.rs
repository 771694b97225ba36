//! `formats`: which kinds of files are read, and by what.

use serde::Serialize;

use super::{Outcome, output::Output};
use crate::ui::lang::Lang;
use crate::ui::locales;

/// A kind of file.
struct Kind {
    /// Its name in the texts of the interface.
    key: &'static str,
    /// Usual endings of names; what a file is depends on its bytes.
    endings: &'static str,
    /// The crate that reads it, or none where the program itself does.
    by: &'static str,
}

const KINDS: [Kind; 17] = [
    Kind { key: "html", endings: ".html .htm .shtml .jsp", by: "html5ever" },
    Kind { key: "markdown", endings: ".md .markdown", by: "wenmai" },
    Kind { key: "text", endings: ".txt", by: "wenmai" },
    Kind { key: "pdf", endings: ".pdf", by: "hayro-interpret" },
    Kind { key: "ofd", endings: ".ofd", by: "zip, quick-xml" },
    Kind { key: "docx", endings: ".docx .docm", by: "zip, quick-xml" },
    Kind { key: "doc", endings: ".doc .wps", by: "cfb" },
    Kind { key: "rtf", endings: ".rtf", by: "wenmai" },
    Kind { key: "odt", endings: ".odt .ott", by: "zip, quick-xml" },
    Kind { key: "epub", endings: ".epub", by: "zip, quick-xml" },
    Kind { key: "mhtml", endings: ".mht .mhtml", by: "mail-parser" },
    Kind { key: "eml", endings: ".eml", by: "mail-parser" },
    Kind { key: "warc", endings: ".warc .warc.gz", by: "flate2" },
    Kind { key: "sheet", endings: ".xlsx .xls .xlsb .ods", by: "calamine" },
    Kind { key: "csv", endings: ".csv .tsv", by: "csv" },
    Kind { key: "json", endings: ".json .jsonl", by: "serde_json" },
    Kind { key: "zip", endings: ".zip .gz", by: "zip, flate2" },
];

/// A kind of file as `--json` prints it.
#[derive(Serialize)]
struct Row {
    format: &'static str,
    endings: Vec<&'static str>,
    by: &'static str,
    what: &'static str,
}

/// Prints the kinds of files that are read.
pub(crate) fn run(lang: Lang, out: &mut Output) -> anyhow::Result<Outcome> {
    let rows = KINDS.iter().map(|kind| Row {
        format: kind.key,
        endings: kind.endings.split(' ').collect(),
        by: kind.by,
        what: locales::text(lang, &format!("format.{}", kind.key)),
    });
    let rows: Vec<Row> = rows.collect();
    if out.json {
        out.json(&rows)?;
    } else {
        let cells = |row: &Row| {
            let texts = [row.format, &row.endings.join(" "), row.by, row.what];
            texts.map(str::to_owned).to_vec()
        };
        out.table(&rows.iter().map(cells).collect::<Vec<_>>(), &[])?;
    }
    Ok(Outcome::Done)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_described_in_both_languages() {
        for kind in &KINDS {
            for lang in [Lang::English, Lang::Chinese] {
                let text = locales::text(lang, &format!("format.{}", kind.key));
                assert!(!text.is_empty(), "{}", kind.key);
            }
        }
    }
}
