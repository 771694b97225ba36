//! `xref`: every mention of a theme with what stands around it, in reading order.

use anyhow::bail;
use wenmai::document::DocIndex;
use wenmai::library::Library;
use wenmai::themes::Mention;

use super::passage::{Passage, print};
use super::{Outcome, is_about, one_document, output::Output};
use crate::cli::Xref;
use crate::ui::say::say;

/// Prints every mention of a theme.
pub(crate) fn run(library: &Library, args: &Xref, out: &mut Output) -> anyhow::Result<Outcome> {
    let index = library.themes();
    let Some(theme) = index.find(&args.theme) else {
        if out.json {
            out.json(&Vec::<Passage<'_>>::new())?;
        }
        crate::hint::warn(&say!("command.no_theme", args.theme));
        return Ok(Outcome::NothingMatched);
    };
    let mut passages = Vec::new();
    let known = index.theme(theme).map(|theme| &theme.documents);
    let has_one = |at: &DocIndex| known.is_some_and(|known| known.count(*at).is_some());
    for document in documents(library, args)?.into_iter().filter(has_one) {
        let Some(text) = library.document(document) else { continue };
        let mentions = index.look_in(text).into_iter().filter(|mention| mention.theme == theme);
        passages
            .extend(Passage::of(text, mentions.map(|Mention { block, span, .. }| (block, span))));
    }
    print(&passages, out)
}

/// The documents that the filters leave.
fn documents(library: &Library, args: &Xref) -> anyhow::Result<Vec<DocIndex>> {
    if let Some(name) = &args.doc {
        return Ok(vec![one_document(library, name)?.0]);
    }
    let Some(region) = &args.region else { return Ok(library.indices().collect()) };
    let inside: Vec<_> = library.indices().filter(|ix| is_about(library, *ix, region)).collect();
    if inside.is_empty() {
        bail!(say!("command.no_region", region));
    }
    Ok(inside)
}
