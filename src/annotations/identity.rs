//! What makes a document the same one in another library, at another time: its path, and the
//! fingerprint of its text where the path is another one.

use std::path::Path;

use crate::document::{DocId, Document};

/// Where the documents of a library come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Origin {
    /// The texts compiled into the program: their paths are names, wherever the program is run.
    Seeds,
    /// Files.
    #[default]
    Files,
}

/// A document, known without its library.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Identity {
    /// Its path in full, links followed; for one row of a table followed by `#` and its number.
    pub path: String,
    /// A fingerprint of its text: FNV-1a of the blocks, 64 bits (Fowler, Noll and Vo).
    pub fingerprint: u64,
    /// Its title.
    pub title: String,
}

impl Identity {
    /// The identity of `document`.
    pub fn of(document: &Document, origin: Origin) -> Self {
        Self {
            path: path_of(&document.id, &document.path, origin),
            fingerprint: document.fingerprint(),
            title: document.metadata.title.clone(),
        }
    }
}

/// The path by which a document is known. A path that is not there any more stays as it is.
pub fn path_of(id: &DocId, path: &Path, origin: Origin) -> String {
    let path = match origin {
        Origin::Seeds => path.to_owned(),
        Origin::Files => std::fs::canonicalize(path)
            .or_else(|_| std::path::absolute(path))
            .unwrap_or_else(|_| path.to_owned()),
    };
    let row = row_of(id, &path).map_or_else(String::new, |row| format!("#{row}"));
    format!("{}{row}", path.display())
}

/// The number of the row that a document is in a file of several.
fn row_of<'d>(id: &'d DocId, path: &Path) -> Option<&'d str> {
    let stem = path.file_stem()?.to_str()?;
    let (_, row) = id.as_str().rsplit_once('#')?;
    let is_row = !row.is_empty() && row.chars().all(|c| c.is_ascii_digit());
    (is_row && !stem.ends_with(&format!("#{row}"))).then_some(row)
}

/// True where the file of a path that was kept is there.
pub fn is_there(path: &str) -> bool {
    let file = path.rsplit_once('#').map_or(path, |(file, _)| file);
    Path::new(path).exists() || Path::new(file).exists()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::document;

    #[test]
    fn a_row_of_a_table_is_known_by_its_number_and_a_sign_in_a_name_is_none() {
        let mut one = document("a", &["甲"]);
        one.path = "seeds/table.csv".into();
        one.id = crate::document::DocId::new("table#3");
        assert_eq!(path_of(&one.id, &one.path, Origin::Seeds), "seeds/table.csv#3");
        one.path = "seeds/note#3.txt".into();
        one.id = crate::document::DocId::new("note#3");
        assert_eq!(path_of(&one.id, &one.path, Origin::Seeds), "seeds/note#3.txt");
    }

    #[test]
    fn a_fingerprint_changes_with_the_text_and_with_where_its_blocks_end() {
        let of = |texts: &[&str]| document("a", texts).fingerprint();
        assert_eq!(of(&["甲乙", "丙"]), of(&["甲乙", "丙"]));
        assert_ne!(of(&["甲乙", "丙"]), of(&["甲", "乙丙"]));
    }
}
