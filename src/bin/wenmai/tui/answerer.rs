//! The threads that answer queries: always the newest one, giving up an old one as soon as a newer one
//! is asked.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use wenmai::library::Library;

use super::event::Event;
use super::query::{Asked, Job, answer};

/// The threads that answer: one for what is typed, one for what is counted and compared, and one
/// for the wording of documents. The latter take longer, and typing must not wait for them.
#[derive(Debug)]
pub(crate) struct Answerer {
    queries: Lane,
    counts: Lane,
    wording: Lane,
}

impl Answerer {
    /// Starts the threads; answers go to `events`.
    ///
    /// # Errors
    /// A thread could not be started.
    pub(crate) fn open(library: &Arc<Library>, events: &Sender<Event>) -> std::io::Result<Self> {
        let lane = |name| Lane::open(name, Arc::clone(library), events.clone());
        Ok(Self { queries: lane("queries")?, counts: lane("counts")?, wording: lane("wording")? })
    }

    /// Asks; what was asked before of the same kind is given up.
    pub(crate) fn ask(&self, job: Job) {
        match job.asked {
            Asked::Wording(_) => self.wording.ask(job),
            Asked::Lineage(_)
            | Asked::Relations(_)
            | Asked::Figures(_)
            | Asked::Lists(_)
            | Asked::Matrix(_)
            | Asked::Comparison(_)
            | Asked::Mentions(..)
            | Asked::Report(_) => {
                self.counts.ask(job);
            }
            Asked::Topics(_) | Asked::Documents(_) | Asked::Text(..) | Asked::Phrase(_) => {
                self.queries.ask(job);
            }
        }
    }
}

/// A thread, and the way to it.
#[derive(Debug)]
struct Lane {
    jobs: Sender<(Job, Arc<AtomicBool>)>,
    /// The flag that ends the query being answered.
    last: Mutex<Arc<AtomicBool>>,
}

impl Lane {
    fn open(name: &str, library: Arc<Library>, events: Sender<Event>) -> std::io::Result<Self> {
        let (jobs, asked) = channel();
        thread::Builder::new()
            .name(name.into())
            .spawn(move || answer_all(&library, &asked, &events))?;
        Ok(Self { jobs, last: Mutex::default() })
    }

    fn ask(&self, job: Job) {
        let flag = Arc::new(AtomicBool::new(false));
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        last.store(true, Ordering::Relaxed);
        *last = Arc::clone(&flag);
        // Where the thread is gone, the program is about to end.
        let _ = self.jobs.send((job, flag));
    }
}

fn answer_all(library: &Library, asked: &Receiver<(Job, Arc<AtomicBool>)>, events: &Sender<Event>) {
    while let Ok((job, cancelled)) = asked.recv() {
        if cancelled.load(Ordering::Relaxed) {
            continue;
        }
        let answer = answer(library, &job.asked, &cancelled);
        let given_up = cancelled.load(Ordering::Relaxed);
        if !given_up && events.send(Event::Answered(job.number, answer)).is_err() {
            return;
        }
    }
}
