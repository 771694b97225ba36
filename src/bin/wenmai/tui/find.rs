//! What is looked for, and where it stands in the open document: a text typed after `/`, or the
//! results of a search through the library, which lead on to other documents.

use std::sync::Arc;

use wenmai::document::DocIndex;
use wenmai::find::fulltext::SearchResults;
use wenmai::find::in_body::FoldedArticle;
use wenmai::text::Span;
use wenmai::themes::Mention;

use super::context::ScreenContext;

/// A place that stands out in the open document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Hit {
    pub(crate) block: u32,
    pub(crate) span: Span,
}

impl Hit {
    /// The place of a mention.
    pub(crate) fn of(mention: &Mention) -> Self {
        Self { block: mention.block, span: mention.span }
    }
}

/// What is looked for.
#[derive(Debug)]
pub(crate) struct Find {
    pub(crate) wanted: String,
    /// Its places in the document, in reading order.
    pub(crate) hits: Vec<Hit>,
    document: DocIndex,
    source: Source,
}

#[derive(Debug)]
enum Source {
    /// In this document as one types.
    Article(FoldedArticle),
    /// Everywhere.
    Library(Arc<SearchResults>),
}

impl Find {
    /// Looks for nothing yet in `document`.
    pub(crate) fn typed(document: DocIndex, context: &ScreenContext) -> Self {
        let article = context.document(document).map(FoldedArticle::new).unwrap_or_default();
        let source = Source::Article(article);
        Self { wanted: String::new(), hits: Vec::new(), document, source }
    }

    /// The results of a search for `wanted`, of which those in `document` come first.
    pub(crate) fn walk(
        wanted: String,
        found: Arc<SearchResults>,
        document: DocIndex,
        context: &ScreenContext,
    ) -> Self {
        let hits = hits_in(&found, document, context);
        Self { wanted, hits, document, source: Source::Library(found) }
    }

    /// Looks for `wanted`.
    pub(crate) fn look_for(&mut self, wanted: &str) {
        self.wanted = wanted.to_owned();
        if let Source::Article(article) = &self.source {
            let places = article.find(wanted).into_iter();
            self.hits = places.map(|(block, span)| Hit { block, span }).collect();
        }
    }

    /// Looks for the same in another document.
    pub(crate) fn move_to(&mut self, document: DocIndex, context: &ScreenContext) {
        if self.document == document {
            return;
        }
        self.document = document;
        match &mut self.source {
            Source::Article(article) => {
                *article = context.document(document).map(FoldedArticle::new).unwrap_or_default();
                let wanted = std::mem::take(&mut self.wanted);
                self.look_for(&wanted);
            }
            Source::Library(found) => self.hits = hits_in(found, document, context),
        }
    }

    /// The document `by` places further among those with hits, going round; `None` where there is
    /// no other one.
    pub(crate) fn next_document(&self, by: isize) -> Option<DocIndex> {
        let Source::Library(found) = &self.source else { return None };
        let with_hits: Vec<DocIndex> =
            found.documents.iter().filter(|d| d.hits > 0).map(|d| d.document).collect();
        let at = with_hits.iter().position(|document| *document == self.document);
        let count = with_hits.len() as isize;
        let next = at.map_or(0, |at| (at as isize + by).rem_euclid(count.max(1)));
        with_hits.get(next as usize).copied().filter(|next| *next != self.document)
    }

    /// The documents with results, where the whole library was searched.
    pub(crate) fn documents(&self) -> Option<impl Iterator<Item = DocIndex>> {
        let Source::Library(found) = &self.source else { return None };
        Some(found.documents.iter().filter(|one| one.hits > 0).map(|one| one.document))
    }

    /// All places, and how many of them stand in documents before this one.
    pub(crate) fn totals(&self) -> (usize, usize) {
        match &self.source {
            Source::Article(_) => (self.hits.len(), 0),
            Source::Library(found) => {
                let before = found.documents.iter().take_while(|d| d.document != self.document);
                (found.hits() as usize, before.map(|d| d.hits as usize).sum())
            }
        }
    }
}

/// Those of `hits`, which are in reading order, that reach into a part of a block.
pub(crate) fn within(hits: &[Hit], block: u32, part: Span) -> impl Iterator<Item = &Hit> {
    let from = hits.partition_point(|hit| (hit.block, hit.span.end) <= (block, part.start));
    let rest = hits.get(from..).unwrap_or_default().iter();
    rest.take_while(move |hit| hit.block == block && hit.span.start < part.end)
}

fn hits_in(found: &SearchResults, document: DocIndex, context: &ScreenContext) -> Vec<Hit> {
    let hits = found.hits_in(context.library.arena(), context.library.documents(), document);
    hits.iter().map(|hit| Hit { block: hit.place.block, span: hit.place.span }).collect()
}
