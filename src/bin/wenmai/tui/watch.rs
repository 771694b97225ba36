//! The library while it is read: what has changed on disk since the last time is read on a thread of
//! its own, and then the folders are watched. A library that has changed comes back whole, with its
//! themes, and takes the place of the one that is shown.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use notify::{RecursiveMode, Watcher};
use wenmai::library::Library;
use wenmai::library::archive::{Archive, Current};

use super::event::Event;

/// Changes that come together are read together: an editor writes a file in several steps.
const SETTLING: Duration = Duration::from_millis(300);

/// Whether a library is on the screen already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shown {
    /// As it was last seen.
    Known,
    /// Nothing was known of it.
    Nothing,
}

/// Starts the thread; what it finds goes to `events`.
///
/// # Errors
/// The thread could not be started.
pub(crate) fn start(archive: Archive, shown: Shown, events: Sender<Event>) -> std::io::Result<()> {
    thread::Builder::new().name("files".into()).spawn(move || {
        // Whoever does not listen any more has left the reader.
        let _ = follow(&archive, shown, &events);
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
        refresh(archive, shown, events)?;
        shown = Shown::Known;
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

fn refresh(archive: &Archive, shown: Shown, events: &Sender<Event>) -> Result<(), Left> {
    let tell = |event| events.send(event).map_err(|_| Left);
    let progress = |progress| {
        let _ = tell(Event::Indexing(Some(progress)));
    };
    let found = archive.current(&progress);
    tell(Event::Indexing(None))?;
    let library = match found {
        Ok(Current { changed: false, .. }) if shown == Shown::Known => return Ok(()),
        Ok(current) => {
            if let Some(damage) = current.damage {
                tell(Event::Trouble(damage.to_string()))?;
            }
            current.library
        }
        Err(trouble) if trouble.is_about_cache() => {
            tell(Event::Trouble(trouble.to_string()))?;
            match (shown, archive.uncached()) {
                (Shown::Known, _) => return Ok(()),
                (Shown::Nothing, Ok(library)) => library,
                (Shown::Nothing, Err(error)) => return tell(Event::Failed(Arc::new(error))),
            }
        }
        Err(error) if shown == Shown::Known => return tell(Event::Trouble(error.to_string())),
        Err(error) => return tell(Event::Failed(Arc::new(error))),
    };
    if shown == Shown::Known {
        // The pane beside the article is not emptied for a change of one file.
        library.themes();
    }
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
