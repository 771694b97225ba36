//! Queries that take longer than a key press: a thread answers them one after the other, always the
//! newest one, and gives up an old one as soon as a newer one is asked.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use wenmai::compare::comparison::Comparison;
use wenmai::compare::concordance::{Order, places};
use wenmai::compare::matrix::{By, Matrix};
use wenmai::document::{DocIndex, Place};
use wenmai::find::fulltext::{Found, search_unless};
use wenmai::find::nearest::nearest;
use wenmai::find::query::{Mode, Query, QueryError};
use wenmai::find::topics::TopicsFound;
use wenmai::library::Library;
use wenmai::themes::ThemeId;

use super::event::Event;
use super::screen::command::Report;
use super::shared_text::SharedWording;

/// Topics that an answer holds at most; the number of all is in it, too.
const MOST_TOPICS: usize = 500;

/// A query, with the number by which its answer is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Job {
    pub(crate) number: u64,
    pub(crate) asked: Asked,
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Asked {
    /// Topics for what was typed.
    Topics(String),
    /// The full text.
    Text(String, Mode),
    /// Every theme in every column.
    Matrix(By),
    /// What these documents have in common.
    Comparison(Vec<DocIndex>),
    /// The mentions of a theme, in all documents or in one.
    Mentions(ThemeId, Option<DocIndex>, Order),
    /// The wording that a document shares with others.
    Wording(DocIndex),
    /// A report, written into its file.
    Report(Report),
}

/// An answer.
#[derive(Debug, Clone)]
pub(crate) enum Answer {
    Topics(TopicsFound),
    /// What was found; where that is nothing, the topics nearest to it.
    Text(Arc<Found>, Vec<String>),
    Matrix(Arc<Matrix>),
    Comparison(Arc<Comparison>),
    Mentions(Arc<[Place]>),
    Wording(DocIndex, Arc<SharedWording>),
    /// The file of a report, or why there is none.
    Report(Result<PathBuf, String>),
    /// The query cannot be read; what is wrong with it.
    Wrong(QueryError),
}

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
            Asked::Matrix(_) | Asked::Comparison(_) | Asked::Mentions(..) | Asked::Report(_) => {
                self.counts.ask(job);
            }
            Asked::Topics(_) | Asked::Text(..) => self.queries.ask(job),
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

/// Topics that are offered where the full text has nothing.
const OFFERED: usize = 5;

fn offered(library: &Library, typed: &str) -> Vec<String> {
    let topics = library.topics();
    let hits = nearest(topics, typed, OFFERED);
    hits.iter().filter_map(|hit| topics.entry(hit)).map(|entry| entry.text.clone()).collect()
}

/// The answer to what is asked; a part of it where `cancelled` is set meanwhile.
pub(crate) fn answer(library: &Library, asked: &Asked, cancelled: &AtomicBool) -> Answer {
    match asked {
        Asked::Topics(typed) => {
            Answer::Topics(library.topics().find_unless(typed, MOST_TOPICS, cancelled))
        }
        Asked::Matrix(by) => {
            let matrix = Matrix::new(library.documents(), library.themes(), *by);
            Answer::Matrix(Arc::new(matrix))
        }
        Asked::Comparison(chosen) => {
            let comparison = Comparison::new(library.documents(), library.themes(), chosen);
            Answer::Comparison(Arc::new(comparison))
        }
        Asked::Mentions(theme, only, order) => {
            let theme = (library.themes(), *theme);
            Answer::Mentions(places(theme, library.documents(), *only, *order).into())
        }
        Asked::Report(report) => Answer::Report(report.write(library)),
        Asked::Wording(document) => {
            Answer::Wording(*document, Arc::new(SharedWording::find(library, *document)))
        }
        Asked::Text(typed, mode) => match Query::parse(typed, *mode) {
            Err(wrong) => Answer::Wrong(wrong),
            Ok(query) => {
                let documents = library.documents();
                let found = search_unless(library.arena(), documents, &query, cancelled);
                let offered = if found.hits() == 0 { offered(library, typed) } else { Vec::new() };
                Answer::Text(Arc::new(found), offered)
            }
        },
    }
}
