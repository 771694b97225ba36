//! The arguments of the commands over time: editions, trace, lineage, borrowed, binding.

use clap::{Args, ValueEnum};

use super::arguments::TextFilter;

/// `editions`.
#[derive(Debug, Args)]
pub(crate) struct Editions {
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
    Level,
}

/// `trace`.
#[derive(Debug, Args)]
pub(crate) struct Trace {
    #[arg(value_name = "TERM")]
    pub(crate) term: String,
    #[arg(long)]
    pub(crate) regex: bool,
    #[arg(long, value_name = "TERM", conflicts_with = "regex")]
    pub(crate) alias: Vec<String>,
    #[arg(long, value_enum, default_value_t)]
    pub(crate) by: UsesBy,
    #[command(flatten)]
    pub(crate) texts: TextFilter,
    #[arg(long = "not", value_name = "DOC")]
    pub(crate) without: Vec<String>,
}

/// `lineage`.
#[derive(Debug, Args)]
pub(crate) struct Lineage {
    #[arg(value_name = "DOC[#BLOCK] or TEXT")]
    pub(crate) of: Option<String>,
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(crate) limit: usize,
}

/// `borrowed`.
#[derive(Debug, Args)]
pub(crate) struct Borrowed {
    #[arg(value_name = "DOC")]
    pub(crate) documents: Vec<String>,
}

/// What is counted together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum BindingBy {
    #[default]
    Document,
    Region,
}

/// `binding`.
#[derive(Debug, Args)]
pub(crate) struct Binding {
    #[arg(value_name = "DOC")]
    pub(crate) document: Option<String>,
    #[arg(long, value_enum, default_value_t)]
    pub(crate) by: BindingBy,
    #[arg(long)]
    pub(crate) region: Option<String>,
    #[arg(long, value_name = "THEME")]
    pub(crate) theme: Option<String>,
    #[arg(long)]
    pub(crate) lines: bool,
}
