//! Answers to queries: topics by a few keys, the full text, and finding in one article. All matching
//! is of folded text, and all places are of shown text.
//!
//! **Topics.** [`topics::Topics::find`] ranks themes, titles and headings for what was typed:
//! characters of either script, pinyin, initials, or a mixture. Its hits name the shown characters
//! to highlight and by what they were met. It never fails; a filter it cannot read is reported
//! beside the answer. On a thread it is ended by a flag ([`topics::Topics::find_unless`]).
//!
//! **Full text.** [`query::Query::parse`] reads what was typed (or says where it is wrong);
//! [`fulltext::search`] goes over the [`arena::TextIndex`] and returns [`fulltext::SearchResults`], documents
//! best first; [`fulltext::SearchResults::hits_in`] lists the hits of one document in reading order, each
//! with its section; [`context::line`] cuts the line around a hit to cells. A search on a thread is
//! ended by a flag ([`fulltext::search_unless`]).
//!
//! [`nearest::nearest`] offers topics where a search found nothing.
//!
//! **In an article.** [`article::FoldedArticle`] answers every keystroke of `/`.
//!
//! [`filters`] hold what both engines know about documents: `region:` (in either script, or by its
//! spelling: `region:sh`), `date:` `since:` `until:`, `issuer:`, `source:`, `kind:`. A filter with a
//! hyphen before it says what must not be, `a|b` in it means either.

pub mod context;
pub mod documents;
mod expression;
pub mod filters;
pub mod fulltext;
pub mod in_body;
mod lexer;
pub mod nearest;
mod needles;
mod pinyin_pattern;
pub mod query;
#[cfg(test)]
mod samples;
mod syllabary;
mod tally;
pub mod text_index;
pub mod topics;
pub mod uses;
mod words;
