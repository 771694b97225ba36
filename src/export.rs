//! Export: what the library found, as a person or another program takes it away: Markdown, CSV, JSON
//! and HTML. The writers return the whole text and know nothing of where it goes.
//!
//! All text is foreign text and goes through the types of [`crate::text::markup`].

mod docx;
mod page;
mod quotes;
mod redline;
mod table;
mod written;

pub use docx::{Docx, redline_docx, tracked_docx};
pub use quotes::{MentionQuoted, Quote, Quotes, RegionQuotes, ThemeQuotes, quotes, quotes_of};
pub use redline::{
    RedlineReport, RedlineRow, RedlineRun, plain_redline, redline_csv, redline_html,
    redline_markdown,
};
pub use table::{Cell, Report, Table, csv, html, markdown};
pub use written::{Language, quotes_csv, quotes_html, quotes_markdown};
