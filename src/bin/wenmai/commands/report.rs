//! What the printing commands that offer several formats have in common: which writer a format
//! means, and text made fit for a terminal.

use std::borrow::Cow;

use wenmai::export::{self, Report};
use wenmai::text::sanitize::sanitize;

use crate::cli::{Format, Written};
use crate::ui::export_file::ExportFile;

/// The report in the format, Markdown for those that no report is written in.
pub(crate) fn write(report: &Report, written: &Written) -> ExportFile {
    match written.format {
        Format::Csv if written.bom => export::csv(report).with_mark().into(),
        Format::Csv => export::csv(report).into(),
        Format::Html => export::html(report).into(),
        Format::Markdown | Format::Text | Format::Json => export::markdown(report).into(),
    }
}

/// A text of a document, fit for a terminal.
pub(crate) fn clean(text: &str) -> Cow<'_, str> {
    sanitize(text)
}
