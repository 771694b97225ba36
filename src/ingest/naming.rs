//! Ids that are unique in a library. A document is called by its file's name without the
//! extension; where two would be called the same, both take the name of their folder in front, and
//! then the extension behind, and at last a number.

use std::collections::HashMap;

use crate::document::{DocId, Document};
use crate::text::sanitize::sanitize;

/// Renames the documents of `documents` that would be called the same.
pub(super) fn make_unique(documents: &mut [Document]) {
    for longer in [with_folder, with_whole_path] {
        for at in clashes(documents) {
            if let Some(document) = documents.get_mut(at) {
                document.id = DocId::new(&longer(document));
            }
        }
    }
    let mut seen: HashMap<DocId, usize> = HashMap::new();
    for document in documents {
        let count = seen.entry(document.id.clone()).or_default();
        *count += 1;
        if *count > 1 {
            document.id = DocId::new(&format!("{}~{count}", document.id));
        }
    }
}

/// The documents whose id another one has too.
fn clashes(documents: &[Document]) -> Vec<usize> {
    let mut owners: HashMap<&DocId, Vec<usize>> = HashMap::new();
    for (at, document) in documents.iter().enumerate() {
        owners.entry(&document.id).or_default().push(at);
    }
    owners.into_values().filter(|owners| owners.len() > 1).flatten().collect()
}

/// `folder/name`.
fn with_folder(document: &Document) -> String {
    let folder = document.path.parent().and_then(|folder| folder.file_name());
    match folder {
        Some(folder) => format!("{}/{}", sanitize(&folder.to_string_lossy()), document.id),
        None => document.id.to_string(),
    }
}

/// `folder/name.txt`, and the row where it has one.
fn with_whole_path(document: &Document) -> String {
    let ending =
        document.path.extension().map(|ending| sanitize(&ending.to_string_lossy()).into_owned());
    let (name, row) = match document.id.as_str().rsplit_once('#') {
        Some((name, row)) => (name.to_owned(), format!("#{row}")),
        None => (document.id.to_string(), String::new()),
    };
    match ending {
        Some(ending) => format!("{name}.{ending}{row}"),
        None => format!("{name}{row}"),
    }
}
