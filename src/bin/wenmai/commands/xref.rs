//! `xref`: every mention of a theme or a wording with its context, in reading order.

use anyhow::bail;
use wenmai::document::DocIndex;
use wenmai::library::Library;
use wenmai::themes::Mention;

use super::passage::{Passage, print};
use super::wording::Named;
use super::{Outcome, is_about, one_document, output::Output};
use crate::cli::Xref;
use crate::ui::say::say;

/// Prints every mention of a theme, or of a wording.
pub(crate) fn run(library: &Library, args: &Xref, out: &mut Output) -> anyhow::Result<Outcome> {
    let named = Named::of(library, &args.theme);
    let known = named.index().theme(named.theme()).map(|theme| &theme.documents);
    let has_one = |at: &DocIndex| known.is_some_and(|known| known.count(*at).is_some());
    let texts = documents(library, args)?.into_iter().filter(has_one);
    let passages = texts.filter_map(|document| library.document(document)).flat_map(|text| {
        let mentions = named.index().look_in(text).into_iter();
        let mentions = mentions.filter(|mention| mention.theme == named.theme());
        Passage::of(text, mentions.map(|Mention { block, span, .. }| (block, span)))
    });
    let mut passages = passages.peekable();
    let is_any = passages.peek().is_some();
    print(&args.rows.of(passages).collect::<Vec<_>>(), out)?;
    Ok(if is_any { Outcome::Done } else { Outcome::NothingMatched })
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
