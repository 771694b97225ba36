//! `list`: one row a document.

use wenmai::document::Summary;
use wenmai::library::Library;

use super::{Outcome, output::Output, record::DocumentJson};
use crate::cli::List;
use crate::hint;

/// Prints every document of the library: id, date, region, characters, title.
pub(crate) fn run(library: &Library, args: &List, out: &mut Output) -> anyhow::Result<Outcome> {
    for (id, warning) in library.warnings() {
        hint::warn(&format!("{id}: {}", hint::of_warning(&warning)));
    }
    if out.json {
        let cards: Vec<Summary> = args.rows.of(library.cards()).collect();
        out.json(&cards.iter().map(DocumentJson::from).collect::<Vec<_>>())?;
    } else {
        let rows: Vec<_> = args.rows.of(library.cards()).map(row).collect();
        out.table(&rows, &[3])?;
    }
    Ok(Outcome::Done)
}

fn row(document: Summary) -> Vec<String> {
    let facts = &document.metadata;
    vec![
        document.id.to_string(),
        facts.date().map_or_else(|| "—".to_owned(), |date| date.to_string()),
        facts.region.as_ref().map_or("—", |region| &region.name).to_owned(),
        document.characters.to_string(),
        facts.title.clone(),
    ]
}
