//! `citations`: the titles and document numbers that texts name, in reading order, with the document
//! of the library that each leads to and what the text does to it; or, the other way round, the texts
//! that name one.

use serde::Serialize;
use wenmai::document::{DocIndex, Document};
use wenmai::facts::citations::{Citation, Relation, Titles, citations};
use wenmai::facts::in_force::{InForce, in_force};
use wenmai::library::Library;

use super::output::{DIM, Output};
use super::{Outcome, one_document, report};
use crate::cli;
use crate::ui::lang::Lang;
use crate::ui::locales::text;

/// One element of `citations --json`.
#[derive(Debug, Serialize)]
struct CitationJson<'l> {
    document: &'l str,
    block: u32,
    start: u32,
    end: u32,
    title: String,
    number: Option<String>,
    relation: Relation,
    /// The document that is meant, null where the library has none or more than one can be.
    cited: Option<String>,
    /// Documents that bear the title, where none is linked.
    candidates: Vec<String>,
    sentence: &'l str,
    section: Option<&'l str>,
    in_force_from: Option<String>,
    in_force_until: Option<String>,
}

impl<'l> CitationJson<'l> {
    fn new(
        library: &'l Library,
        document: &'l Document,
        citation: Citation,
        force: &InForce,
    ) -> Self {
        let id = |at: DocIndex| library.card(at).map(|card| card.id.as_str().to_owned());
        let sentence = citation.sentence;
        let block = document.blocks.get(sentence.block as usize);
        Self {
            document: document.id.as_str(),
            block: citation.place.block,
            start: citation.place.span.start,
            end: citation.place.span.end,
            title: citation.title,
            number: citation.number,
            relation: citation.relation,
            cited: citation.document.and_then(id),
            candidates: citation.candidates.into_iter().filter_map(id).collect(),
            sentence: block.map_or("", |block| sentence.span.of(&block.text)),
            section: document
                .section_of(citation.place.block)
                .map(|heading| heading.title.as_str()),
            in_force_from: force.from.map(|day| day.to_string()),
            in_force_until: force.until.map(|day| day.to_string()),
        }
    }

    fn line(&self, lang: Lang) -> String {
        let relation = text(lang, relation_key(self.relation));
        let number = self.number.as_ref().filter(|number| **number != self.title);
        let number = number.map(|number| format!("（{number}）")).unwrap_or_default();
        let title = match self.number.as_ref() == Some(&self.title) {
            true => self.title.clone(),
            false => format!("《{}》", self.title),
        };
        let cited = match (&self.cited, self.candidates.as_slice()) {
            (Some(id), _) => format!(" → {id}"),
            (None, []) => String::new(),
            (None, several) => format!(" ? {}", several.join(" · ")),
        };
        let mut line =
            format!("{DIM}{:>4}{DIM:#}  {relation} {title}{number}{cited}\n", self.block);
        if self.relation != Relation::Cites {
            line.push_str(&format!("      {DIM}{}{DIM:#}\n", report::clean(self.sentence)));
        }
        line
    }
}

fn relation_key(relation: Relation) -> &'static str {
    match relation {
        Relation::Cites => "print.cites",
        Relation::Implements => "print.implements",
        Relation::Amends => "print.amends",
        Relation::Repeals => "print.repeals",
        Relation::Replaces => "print.replaces",
    }
}

/// Prints the citations of the library, or of one of its documents, or those that lead to it.
pub(crate) fn run(
    library: &Library,
    (args, lang): (&cli::Citations, Lang),
    out: &mut Output,
) -> anyhow::Result<Outcome> {
    let one = args.document.as_deref().map(|name| one_document(library, name)).transpose()?;
    let titles = Titles::of(library.documents());
    let cited = one.as_ref().map(|(at, _)| *at).filter(|_| args.citing);
    let asked: Vec<DocIndex> = match &one {
        Some((at, _)) if !args.citing => vec![*at],
        _ => library.indices().collect(),
    };
    let mut found = Vec::new();
    let mut in_force_of = Vec::new();
    for at in asked {
        let Some(document) = library.document(at) else { continue };
        let all = citations(at, document, &titles).into_iter().filter(|citation| {
            let leads = cited.is_none_or(|cited| citation.document == Some(cited));
            leads && (!args.linked || citation.document.is_some())
        });
        let all: Vec<Citation> = all.collect();
        if all.is_empty() && (one.is_none() || args.citing) {
            continue;
        }
        let force = in_force(document, at);
        found.extend(all.into_iter().map(|one| CitationJson::new(library, document, one, &force)));
        in_force_of.push((document.id.as_str(), force));
    }
    if out.json {
        out.json(&found)?;
    } else {
        for (id, force) in &in_force_of {
            let mut page = format!("{id}{}\n", force_line(force, lang));
            let own = found.iter().filter(|one| one.document == *id);
            page.extend(own.map(|one| one.line(lang)));
            out.print(&page)?;
        }
    }
    Ok(if found.is_empty() { Outcome::NothingMatched } else { Outcome::Done })
}

/// From when and until when a text is in force, where it says so.
fn force_line(force: &InForce, lang: Lang) -> String {
    let from =
        force.from.map(|day| text(lang, "print.in_force_from").replace("{}", &day.to_string()));
    let until =
        force.until.map(|day| text(lang, "print.in_force_until").replace("{}", &day.to_string()));
    from.into_iter().chain(until).map(|part| format!("  {DIM}{part}{DIM:#}")).collect()
}
