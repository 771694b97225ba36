//! Ids that are unique in a library. A document is called by its file's name without the
//! extension; where two would be called the same, both take the name of their folder in front, and
//! then the extension after, and at last a number.

use std::collections::HashMap;
use std::path::Path;

use crate::document::DocId;
use crate::text::sanitize::sanitize;

/// The ids of documents with these names and paths, in the same order, those that would be the same
/// made longer.
pub fn unique_ids<'d>(documents: impl Iterator<Item = (&'d DocId, &'d Path)>) -> Vec<DocId> {
    let (mut ids, paths): (Vec<DocId>, Vec<&Path>) =
        documents.map(|(id, path)| (id.clone(), path)).unzip();
    for longer in [with_folder, with_whole_path] {
        for at in clashes(&ids) {
            if let (Some(id), Some(path)) = (ids.get_mut(at), paths.get(at)) {
                *id = DocId::new(&longer(id, path));
            }
        }
    }
    let mut seen: HashMap<DocId, usize> = HashMap::new();
    for id in &mut ids {
        let count = seen.entry(id.clone()).or_default();
        *count += 1;
        if *count > 1 {
            *id = DocId::new(&format!("{id}~{count}"));
        }
    }
    ids
}

/// The documents whose id another one has too.
fn clashes(ids: &[DocId]) -> Vec<usize> {
    let mut owners: HashMap<&DocId, Vec<usize>> = HashMap::new();
    for (at, id) in ids.iter().enumerate() {
        owners.entry(id).or_default().push(at);
    }
    owners.into_values().filter(|owners| owners.len() > 1).flatten().collect()
}

/// `folder/name`.
fn with_folder(id: &DocId, path: &Path) -> String {
    let folder = path.parent().and_then(|folder| folder.file_name());
    match folder {
        Some(folder) => format!("{}/{id}", sanitize(&folder.to_string_lossy())),
        None => id.to_string(),
    }
}

/// `folder/name.txt`, and the row where it has one.
fn with_whole_path(id: &DocId, path: &Path) -> String {
    let ending = path.extension().map(|ending| sanitize(&ending.to_string_lossy()).into_owned());
    let (name, row) = match id.as_str().rsplit_once('#') {
        Some((name, row)) => (name.to_owned(), format!("#{row}")),
        None => (id.to_string(), String::new()),
    };
    match ending {
        Some(ending) => format!("{name}.{ending}{row}"),
        None => format!("{name}{row}"),
    }
}
