//! `editions`: texts that are drafts, editions or successors of one another, oldest first.

use serde::Serialize;
use wenmai::document::Precision;
use wenmai::library::Library;
use wenmai::reuse::editions::{StageKind, editions};

use super::output::Output;
use super::{Outcome, one_document};
use crate::cli;
use crate::ui::lang::Lang;
use crate::ui::over_time::OverTime;

/// One element of `editions --json`.
#[derive(Debug, Serialize)]
struct EditionsJson {
    title: String,
    members: Vec<MemberRecord>,
}

#[derive(Debug, Serialize)]
struct MemberRecord {
    document: String,
    title: String,
    date: Option<String>,
    precision: Option<Precision>,
    kind: StageKind,
}

/// Prints the groups.
pub(crate) fn run(
    library: &Library,
    (args, lang): (&cli::Editions, Lang),
    out: &mut Output,
) -> anyhow::Result<Outcome> {
    let asked = match &args.document {
        Some(name) => Some(one_document(library, name)?.0),
        None => None,
    };
    let mut groups = editions(library.documents());
    groups.retain(|group| {
        asked.is_none_or(|asked| group.members.iter().any(|member| member.document == asked))
    });
    let records: Vec<EditionsJson> = groups
        .into_iter()
        .map(|group| EditionsJson {
            title: group.title,
            members: group
                .members
                .iter()
                .filter_map(|member| {
                    let card = library.card(member.document)?;
                    Some(MemberRecord {
                        document: card.id.to_string(),
                        title: card.metadata.title,
                        date: member.date.map(|date| date.to_string()),
                        precision: member.date.map(|date| date.precision()),
                        kind: member.kind,
                    })
                })
                .collect(),
        })
        .collect();
    if out.json {
        out.json(&records)?;
    } else {
        let mut rows = Vec::new();
        for record in &records {
            if !rows.is_empty() {
                rows.push(Vec::new());
            }
            for member in &record.members {
                let kind = match member.kind {
                    StageKind::Draft => OverTime::Draft,
                    StageKind::Edition => OverTime::Edition,
                    StageKind::Successor => OverTime::Successor,
                };
                let date = member.date.clone().unwrap_or_else(|| "—".to_owned());
                let kind = kind.say(lang).to_owned();
                rows.push(vec![date, kind, member.document.clone(), member.title.clone()]);
            }
        }
        out.table(&rows, &[])?;
    }
    Ok(if records.is_empty() { Outcome::NothingMatched } else { Outcome::Done })
}
