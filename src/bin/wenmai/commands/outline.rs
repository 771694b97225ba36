//! `outline`: the headings of a document.

use wenmai::library::Library;

use super::{Outcome, one_document, output::Output};
use crate::cli::OneDocument;

/// Prints the headings, indented by level, each with its block.
pub(crate) fn run(
    library: &Library,
    args: &OneDocument,
    out: &mut Output,
) -> anyhow::Result<Outcome> {
    let (_, document) = one_document(library, &args.document)?;
    if out.json {
        out.json(&document.outline)?;
    } else {
        let rows: Vec<_> = document
            .outline
            .iter()
            .map(|heading| {
                let indent = "  ".repeat(usize::from(heading.level.saturating_sub(1)));
                vec![heading.block.to_string(), format!("{indent}{}", heading.title)]
            })
            .collect();
        out.table(&rows, &[0])?;
    }
    Ok(if document.outline.is_empty() { Outcome::NothingMatched } else { Outcome::Done })
}
