//! `themes`: the subjects that texts share, best first.

use std::collections::BTreeMap;

use serde::Serialize;
use wenmai::document::DocIndex;
use wenmai::library::Library;
use wenmai::themes::Theme;

use super::{Outcome, distinctive, one_document, output::Output};
use crate::cli::Themes;
use crate::ui::say::say;

#[derive(Serialize)]
struct Record<'t> {
    theme: &'t str,
    aliases: &'t [String],
    documents: usize,
    mentions: u32,
    regions: BTreeMap<&'t str, u32>,
    by_document: BTreeMap<&'t str, u32>,
    score: f64,
}

/// Prints the themes of the library, or of one of its documents.
pub(crate) fn run(library: &Library, args: &Themes, out: &mut Output) -> anyhow::Result<Outcome> {
    let one = args.document.as_deref().map(|name| one_document(library, name)).transpose()?;
    let one = one.map(|(index, _)| index);
    if let Some(document) = one.filter(|_| args.distinctive) {
        return distinctive::run(library, document, out);
    }
    let private = if args.all { library.private_themes(one) } else { Vec::new() };
    let themes: Vec<&Theme> = shared(library, one).into_iter().chain(&private).collect();
    if out.json {
        out.json(&themes.iter().map(|theme| record(library, theme)).collect::<Vec<_>>())?;
    } else {
        let rows: Vec<_> = themes.iter().map(|theme| row(theme)).collect();
        out.table(&rows, &[1, 2])?;
    }
    Ok(if themes.is_empty() { Outcome::NothingMatched } else { Outcome::Done })
}

fn shared(library: &Library, document: Option<DocIndex>) -> Vec<&Theme> {
    let index = library.themes();
    match document {
        None => index.themes().iter().collect(),
        Some(at) => index.themes_of(at).into_iter().filter_map(|(id, _)| index.theme(id)).collect(),
    }
}

fn record<'t>(library: &'t Library, theme: &'t Theme) -> Record<'t> {
    let by_document = theme.documents.iter().filter_map(|(document, mentions)| {
        Some((library.document(document)?.id.as_str(), mentions))
    });
    Record {
        theme: &theme.name,
        aliases: &theme.aliases,
        documents: theme.documents.len(),
        mentions: theme.mentions,
        regions: theme.regions.iter().map(|(region, n)| (region.as_str(), *n)).collect(),
        by_document: by_document.collect(),
        score: theme.score,
    }
}

fn row(theme: &Theme) -> Vec<String> {
    let regions: Vec<_> =
        theme.regions.iter().map(|(region, mentions)| format!("{region} {mentions}")).collect();
    vec![
        theme.name.clone(),
        say!("command.documents", theme.documents.len()),
        say!("command.mentions", theme.mentions),
        regions.join(" · "),
    ]
}
