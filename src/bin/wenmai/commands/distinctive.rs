//! `themes DOC --distinctive`: what sets a document apart from the rest of its library.

use serde::Serialize;
use wenmai::document::DocIndex;
use wenmai::library::Library;
use wenmai::themes::keyness::{Distinctive, distinctive};

use super::{Outcome, output::Output};
use crate::ui::say::say;

/// One element of `themes DOC --distinctive --json`.
#[derive(Debug, Serialize)]
struct DistinctiveJson<'t> {
    theme: &'t str,
    /// False for one that no other document mentions.
    shared: bool,
    mentions: u32,
    /// G² of the over-use.
    log_likelihood: f64,
    /// How many times as often as in the rest; null where the rest has none.
    ratio: Option<f64>,
}

impl<'t> DistinctiveJson<'t> {
    fn new(found: &'t Distinctive) -> Self {
        Self {
            theme: &found.name,
            shared: found.theme.is_some(),
            mentions: found.mentions,
            log_likelihood: found.log_likelihood,
            ratio: Some(found.ratio).filter(|ratio| ratio.is_finite()),
        }
    }

    fn row(&self) -> Vec<String> {
        vec![
            self.theme.to_owned(),
            say!("command.mentions", self.mentions),
            format!("G² {:.1}", self.log_likelihood),
            self.ratio.map_or_else(|| "×∞".to_owned(), |ratio| format!("×{ratio:.1}")),
        ]
    }
}

/// Prints the themes that `document` over-uses, the surest first.
pub(super) fn run(
    library: &Library,
    document: DocIndex,
    out: &mut Output,
) -> anyhow::Result<Outcome> {
    let found = distinctive(library.themes(), document, &library.private_themes(Some(document)));
    let records: Vec<DistinctiveJson<'_>> = found.iter().map(DistinctiveJson::new).collect();
    if out.json {
        out.json(&records)?;
    } else {
        out.table(&records.iter().map(DistinctiveJson::row).collect::<Vec<_>>(), &[1, 2, 3])?;
    }
    Ok(if records.is_empty() { Outcome::NothingMatched } else { Outcome::Done })
}
