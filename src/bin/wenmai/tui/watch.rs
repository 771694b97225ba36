//! The library while it is read: what has changed on disk since the last time is read on a thread of
//! its own, and then the folders are watched. A library that has changed comes back whole, with its
//! themes, and takes the place of the one that is shown.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use notify::{RecursiveMode, Watcher};
use wenmai::document::{DocId, Summary};
use wenmai::library::Library;
use wenmai::library::archive::Archive;

use super::event::Event;

/// Changes that come together are read together: an editor writes a file in several steps.
const SETTLING: Duration = Duration::from_millis(300);

/// What is on the screen: the documents with the fingerprints of their texts; `None` while nothing is.
/// The files are compared with this and not with the cache, which another program may have brought
/// up to date.
type Shown = Option<BTreeMap<DocId, u64>>;

fn shown(library: &Library) -> Shown {
    let fingerprint = |card: Summary| (card.id, card.fingerprint);
    (!library.is_empty()).then(|| library.cards().map(fingerprint).collect())
}

/// Starts the thread; what it finds goes to `events`.
///
/// # Errors
/// The thread could not be started.
pub(crate) fn start(
    archive: Archive,
    library: Arc<Library>,
    events: Sender<Event>,
) -> std::io::Result<()> {
    thread::Builder::new().name("files".into()).spawn(move || {
        // Whoever does not listen any more has left the reader.
        let known = shown(&library);
        drop(library);
        let _ = follow(&archive, known, &events);
    })?;
    Ok(())
}

/// Nobody listens any more.
struct Left;

fn follow(archive: &Archive, mut shown: Shown, events: &Sender<Event>) -> Result<(), Left> {
    // Watched first: what changes while the files are read is not missed.
    let (sender, changes) = channel();
    let watcher = watch(archive.paths(), sender);
    loop {
        refresh(archive, &mut shown, events)?;
        if watcher.is_none() || !changed(&changes) {
            return Ok(());
        }
    }
}

/// Waits until something has changed and then has stayed as it is for a moment; false where nothing
/// can be heard any more.
fn changed(changes: &Receiver<()>) -> bool {
    if changes.recv().is_err() {
        return false;
    }
    loop {
        match changes.recv_timeout(SETTLING) {
            Ok(()) => {}
            Err(RecvTimeoutError::Timeout) => return true,
            Err(RecvTimeoutError::Disconnected) => return false,
        }
    }
}

/// Where the system cannot watch (a network disk, too many folders), the library stays as it was at
/// the start.
fn watch(paths: &[PathBuf], changes: Sender<()>) -> Option<notify::RecommendedWatcher> {
    let heard = move |event: notify::Result<notify::Event>| {
        if event.is_ok_and(|event| !event.kind.is_access()) {
            let _ = changes.send(());
        }
    };
    let mut watcher = notify::recommended_watcher(heard).ok()?;
    for path in paths {
        watcher.watch(path, RecursiveMode::Recursive).ok()?;
    }
    Some(watcher)
}

fn refresh(archive: &Archive, seen: &mut Shown, events: &Sender<Event>) -> Result<(), Left> {
    let tell = |event| events.send(event).map_err(|_| Left);
    let progress = |progress| {
        let _ = tell(Event::Indexing(Some(progress)));
    };
    let found = archive.current(&progress);
    tell(Event::Indexing(None))?;
    if let Ok(current) = &found {
        let skipped = current.library.skipped().iter().map(ToString::to_string).collect();
        tell(Event::Skipped(skipped))?;
    }
    let library = match found {
        Ok(current) if seen.is_some() && shown(&current.library) == *seen => return Ok(()),
        Ok(current) => {
            if let Some(damage) = current.damage {
                tell(Event::Trouble(damage.to_string()))?;
            }
            current.library
        }
        Err(trouble) if trouble.is_about_cache() => {
            tell(Event::Trouble(trouble.to_string()))?;
            match (&seen, archive.uncached()) {
                (Some(_), _) => return Ok(()),
                (None, Ok(library)) => library,
                (None, Err(error)) => return tell(Event::Failed(Arc::new(error))),
            }
        }
        Err(error) if seen.is_some() => return tell(Event::Trouble(error.to_string())),
        Err(error) => return tell(Event::Failed(Arc::new(error))),
    };
    if seen.is_some() {
        // The pane beside the article is not emptied for a change of one file.
        library.themes();
    }
    *seen = shown(&library);
    tell(Event::Library(Arc::new(library)))
}

/// The themes of `library`, on a thread; whether they are there is told to `events`.
///
/// # Errors
/// The thread could not be started.
pub(crate) fn choose_themes(library: Arc<Library>, events: Sender<Event>) -> std::io::Result<()> {
    thread::Builder::new().name("themes".into()).spawn(move || {
        library.themes();
        // The reader may be gone already.
        let _ = events.send(Event::ThemesReady(library));
    })?;
    Ok(())
}
