//! The file of the annotations: opened before the first frame, written after every change.
//! Where it cannot be, the reader goes on without it and says so once.

use std::path::PathBuf;

use wenmai::annotations::database::AnnotationStore;
use wenmai::annotations::identity::Origin;
use wenmai::annotations::reading_state::{Annotations, Change};
use wenmai::folder;

use super::annotation_session::AnnotationSession;

/// The file, as long as it can be written.
#[derive(Debug, Default)]
pub(crate) struct AnnotationWriter {
    store: Option<AnnotationStore>,
    /// Why nothing is written, until it was said.
    trouble: Option<String>,
    /// Whether that was said.
    told: bool,
}

impl AnnotationWriter {
    /// Opens the file in the user's data folder, and what it holds for a library read from `paths`,
    /// or for the texts that come with the program; in `private` neither is read nor written.
    pub(crate) fn open(paths: &[PathBuf], private: bool) -> (Self, AnnotationSession) {
        // To open the file is to create it.
        let opened = if private { None } else { Some(open()) };
        let (keeper, kept) = match opened {
            None => (Self::default(), Annotations::default()),
            Some(Ok((store, kept))) => (Self { store: Some(store), ..Self::default() }, kept),
            Some(Err(why)) => {
                (Self { trouble: Some(why), ..Self::default() }, Annotations::default())
            }
        };
        let origin = if paths.is_empty() { Origin::Seeds } else { Origin::Files };
        (keeper, AnnotationSession::new(kept, origin, name(paths)))
    }

    /// Writes `changes`; why they are not written, where that was not said yet.
    pub(crate) fn write(&mut self, changes: &[Change]) -> Option<String> {
        if let Some(store) = self.store.as_mut().filter(|_| !changes.is_empty())
            && let Err(error) = store.write(changes)
        {
            // The next one may be written again: another reader may have had the file.
            return Some(error.to_string());
        }
        // Said once at the start, and again whenever an annotation of the user is lost.
        let lost =
            changes.iter().any(|change| matches!(change, Change::Put(_) | Change::Remove(_)));
        if lost && self.store.is_none() {
            return self.trouble.clone();
        }
        let first = !std::mem::replace(&mut self.told, true);
        self.trouble.clone().filter(|_| first)
    }
}

fn open() -> Result<(AnnotationStore, Annotations), String> {
    let folder = folder::data().ok_or("no home folder (HOME, XDG_DATA_HOME)")?;
    let store = AnnotationStore::open(&folder).map_err(|error| error.to_string())?;
    let kept = store.load().map_err(|error| error.to_string())?;
    Ok((store, kept))
}

/// The name of a library: its paths in full.
fn name(paths: &[PathBuf]) -> String {
    let full = |path: &PathBuf| {
        let path = std::fs::canonicalize(path).unwrap_or_else(|_| path.clone());
        path.display().to_string()
    };
    let mut paths: Vec<String> = paths.iter().map(full).collect();
    paths.sort_unstable();
    if paths.is_empty() { "seeds".to_owned() } else { paths.join("\n") }
}
