//! Queries that take longer than a key press, and their answers. The threads that answer them are in
//! `answerer`.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use wenmai::compare::comparison::Comparison;
use wenmai::compare::concordance::{ContextOrder, places};
use wenmai::compare::matrix::{Axis, Matrix};
use wenmai::document::{DocIndex, Place};
use wenmai::facts::across::{FigureIn, ObjectPattern, figures_across};
use wenmai::facts::relations::Relations;
use wenmai::facts::targets::{TargetKind, targets};
use wenmai::find::documents::DocumentFilter;
use wenmai::find::fulltext::{SearchResults, search_unless};
use wenmai::find::nearest::nearest;
use wenmai::find::query::{Mode, Query, QueryError};
use wenmai::find::topics::TopicsFound;
use wenmai::library::Library;
use wenmai::reuse::lineage::Lineage;
use wenmai::themes::ThemeId;

use super::report::ReportRequest;
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
    /// The documents that a filter lets through, whatever the user did with them.
    Documents(DocumentFilter),
    /// The same for several filters.
    Lists(Vec<DocumentFilter>),
    /// The full text.
    Text(String, Mode),
    /// The full text, for a wording exactly as it is written.
    Phrase(String),
    /// Every theme in every column.
    Matrix(Axis),
    /// What these documents have in common.
    Comparison(Vec<DocIndex>),
    /// The mentions of a theme, in all documents or in one.
    Mentions(ThemeId, Option<DocIndex>, ContextOrder),
    /// The wording that a document shares with others.
    Wording(DocIndex),
    /// The texts that have each of these wordings.
    Lineage(Vec<String>),
    /// What a document cites, and what cites it.
    Relations(DocIndex),
    /// The promises and results of an object, or of a document.
    Figures(FiguresOf),
    /// A report, written into its file.
    Report(ReportRequest),
}

/// Whose figures are asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum FiguresOf {
    Object(ObjectPattern),
    Document(DocIndex),
}

/// An answer.
#[derive(Debug, Clone)]
pub(crate) enum Answer {
    Topics(TopicsFound),
    Documents(Vec<DocIndex>),
    Lists(Vec<Vec<DocIndex>>),
    /// What was found; where that is nothing, the topics nearest to it.
    Text(Arc<SearchResults>, Vec<String>),
    Matrix(Arc<Matrix>),
    Comparison(Arc<Comparison>),
    Mentions(Arc<[Place]>),
    Wording(DocIndex, Arc<SharedWording>),
    /// A lineage for each wording.
    Lineage(Arc<[Lineage]>),
    Relations(Arc<Relations>),
    Figures(Arc<[FigureIn]>),
    /// The file of a report, or why there is none.
    Report(Result<PathBuf, String>),
    /// The query cannot be read; what is wrong with it.
    Wrong(QueryError),
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
        Asked::Documents(filter) => {
            let all = library.indices().filter_map(|at| Some((at, library.card(at)?)));
            Answer::Documents(filter.find(all))
        }
        Asked::Lists(filters) => {
            let all = || library.indices().filter_map(|at| Some((at, library.card(at)?)));
            Answer::Lists(filters.iter().map(|filter| filter.find(all())).collect())
        }
        Asked::Matrix(by) => {
            let matrix = Matrix::new(library.documents(), library.themes(), *by);
            Answer::Matrix(Arc::new(matrix))
        }
        Asked::Comparison(chosen) => {
            let comparison =
                Comparison::new(library.documents(), library.themes(), chosen, |scope| {
                    library.passages_in(scope)
                });
            Answer::Comparison(Arc::new(comparison))
        }
        Asked::Mentions(theme, only, order) => {
            let (themes, documents) = (library.themes(), library.documents());
            Answer::Mentions(places(themes, *theme, documents, *only, *order).into())
        }
        Asked::Lineage(wordings) => {
            let each = |wording: &String| Lineage::of(library.documents(), wording);
            Answer::Lineage(wordings.iter().map(each).collect())
        }
        Asked::Relations(document) => {
            Answer::Relations(Arc::new(Relations::of(library.documents(), *document)))
        }
        Asked::Figures(FiguresOf::Object(object)) => {
            let found = figures_across(library.documents(), library.themes(), object);
            Answer::Figures(found.into())
        }
        Asked::Figures(FiguresOf::Document(at)) => {
            let all = library.document(*at).map(|text| targets(text, *at, library.themes()));
            let all = all.into_iter().flatten().filter(|one| one.kind != TargetKind::Limit);
            Answer::Figures(all.map(|target| FigureIn { document: *at, target }).collect())
        }
        Asked::Report(report) => Answer::Report(report.write(library)),
        Asked::Wording(document) => {
            Answer::Wording(*document, Arc::new(SharedWording::find(library, *document)))
        }
        Asked::Phrase(wording) => {
            let query = Query::of_wording(wording);
            let found = search_unless(library.arena(), library.documents(), &query, cancelled);
            Answer::Text(Arc::new(found), Vec::new())
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
