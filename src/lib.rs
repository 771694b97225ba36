//! wenmai (文脉) reads Chinese policy texts and finds what ties them together.
//!
//! The pipeline is one straight line. [`ingest`] loads a saved file, decodes it, parses it and
//! cleans it into a [`document::Document`]. [`text`] folds and segments what the documents say.
//! [`links`] chooses the themes that documents share and finds every mention of them. [`find`]
//! answers queries, and [`library`] holds the whole. [`keep`] holds what the user sets down about
//! documents, [`acquire`] brings pages from elsewhere into a folder, and [`export`] writes what was
//! found. The terminal is not known here.

mod database;
pub mod error;
pub mod text;

pub mod document;
pub mod ingest;

pub mod themes;

pub mod compare;
pub mod facts;
pub mod reuse;

pub mod find;

pub mod annotations;
pub mod cache;
pub mod library;

pub mod citation;
pub mod expected;
pub mod export;
pub mod fetch;
pub mod folder;

#[cfg(test)]
pub(crate) mod samples;
