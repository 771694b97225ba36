//! What the commands over time take: editions, trace, lineage, borrowed.

use clap::{Args, ValueEnum};

/// `editions`.
#[derive(Debug, Args)]
pub(crate) struct Editions {
    /// Only the group of this document
    #[arg(value_name = "DOC")]
    pub(crate) document: Option<String>,
}

/// By what uses are grouped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum UsesBy {
    #[default]
    Region,
    City,
    Issuer,
    /// Nation, province, city, county
    Level,
}

/// `trace`.
#[derive(Debug, Args)]
pub(crate) struct Trace {
    /// A wording, in either script
    #[arg(value_name = "TERM")]
    pub(crate) term: String,
    /// The term is a regular expression
    #[arg(long)]
    pub(crate) regex: bool,
    /// Another name of the same thing; may be repeated
    #[arg(long, value_name = "TERM", conflicts_with = "regex")]
    pub(crate) alias: Vec<String>,
    /// By what the uses are grouped
    #[arg(long, value_enum, default_value_t)]
    pub(crate) by: UsesBy,
    /// Only in texts of this region
    #[arg(long)]
    pub(crate) region: Option<String>,
    /// Only in texts of this day or later: 2023, 2023-05, 2023-05-17
    #[arg(long, value_name = "DATE")]
    pub(crate) since: Option<String>,
    /// Only in texts of this day or earlier
    #[arg(long, value_name = "DATE")]
    pub(crate) until: Option<String>,
    /// A document that does not use it in this sense; may be repeated
    #[arg(long = "not", value_name = "DOC")]
    pub(crate) without: Vec<String>,
}

/// `lineage`.
#[derive(Debug, Args)]
pub(crate) struct Lineage {
    /// A wording, a document, or one of its paragraphs: DOC#12; without it the library
    #[arg(value_name = "DOC[#BLOCK] or TEXT")]
    pub(crate) of: Option<String>,
    /// The most wordings of a document or of the library
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(crate) limit: usize,
}

/// `borrowed`.
#[derive(Debug, Args)]
pub(crate) struct Borrowed {
    /// Documents [default: all of the library]
    #[arg(value_name = "DOC")]
    pub(crate) documents: Vec<String>,
}
