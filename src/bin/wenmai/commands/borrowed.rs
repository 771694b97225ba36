//! `borrowed`: how much of each text is wording of an earlier national one, and of others without it.

use serde::Serialize;
use wenmai::document::DocIndex;
use wenmai::library::Library;
use wenmai::reuse::borrowed::{BorrowedFrom, borrowed};

use super::output::Output;
use super::{Outcome, one_document};
use crate::cli;
use crate::ui::lang::Lang;
use crate::ui::over_time::OverTime;

/// One element of `borrowed --json`.
#[derive(Debug, Serialize)]
struct BorrowedJson {
    document: String,
    title: String,
    region: Option<String>,
    date: Option<String>,
    letters: usize,
    national: Option<SourceRecord>,
    others: Vec<SourceRecord>,
}

#[derive(Debug, Serialize)]
struct SourceRecord {
    document: String,
    region: Option<String>,
    date: Option<String>,
    of_text: f64,
    of_source: f64,
}

/// Prints the shares.
pub(crate) fn run(
    library: &Library,
    (args, lang): (&cli::Borrowed, Lang),
    out: &mut Output,
) -> anyhow::Result<Outcome> {
    let chosen: Vec<DocIndex> = if args.documents.is_empty() {
        library.indices().collect()
    } else {
        let one = |name: &String| one_document(library, name).map(|(index, _)| index);
        args.documents.iter().map(one).collect::<anyhow::Result<_>>()?
    };
    let found = borrowed(library.documents(), &chosen);
    let source = |from: &BorrowedFrom| {
        let card = library.card(from.source)?;
        Some(SourceRecord {
            document: card.id.to_string(),
            region: card.metadata.region.as_ref().map(|region| region.name.clone()),
            date: card.metadata.date().map(|date| date.to_string()),
            of_text: from.of_text,
            of_source: from.of_source,
        })
    };
    let mut records: Vec<BorrowedJson> = found
        .iter()
        .filter_map(|one| {
            let card = library.card(one.document)?;
            Some(BorrowedJson {
                document: card.id.to_string(),
                title: card.metadata.title.clone(),
                region: card.metadata.region.as_ref().map(|region| region.name.clone()),
                date: card.metadata.date().map(|date| date.to_string()),
                letters: one.letters,
                national: one.national.as_ref().and_then(source),
                others: one.others.iter().filter_map(source).collect(),
            })
        })
        .collect();
    records.sort_by(|x, y| {
        let share =
            |record: &BorrowedJson| record.national.as_ref().map_or(0.0, |from| from.of_text);
        share(y).total_cmp(&share(x))
    });
    if out.json {
        out.json(&records)?;
    } else {
        out.table(&rows(&records, lang), &[3, 4, 6, 7])?;
    }
    let nothing = records.iter().all(|one| one.national.is_none() && one.others.is_empty());
    Ok(if nothing { Outcome::NothingMatched } else { Outcome::Done })
}

/// Sources of one text that are printed.
const SOURCES: usize = 3;

fn rows(records: &[BorrowedJson], lang: Lang) -> Vec<Vec<String>> {
    let heads = [
        OverTime::Text,
        OverTime::RegionHead,
        OverTime::NationalSource,
        OverTime::OfText,
        OverTime::OfSource,
        OverTime::OtherSource,
        OverTime::OfText,
        OverTime::OfSource,
    ];
    let mut rows = vec![heads.map(|head| head.say(lang).to_owned()).to_vec()];
    let percent = |share: f64| format!("{:.1}%", share * 100.0);
    let dash = || "—".to_owned();
    for record in records {
        let region = record.region.clone().unwrap_or_else(dash);
        let national = match &record.national {
            Some(from) => [from.document.clone(), percent(from.of_text), percent(from.of_source)],
            None => [dash(), dash(), dash()],
        };
        let mut row = vec![record.document.clone(), region];
        row.extend(national);
        let mut others = record.others.iter().take(SOURCES);
        let cells = |from: &SourceRecord| {
            let region = from.region.as_deref().unwrap_or("—");
            let name = format!("{} {region}", from.document);
            [name, percent(from.of_text), percent(from.of_source)]
        };
        row.extend(others.next().map_or([dash(), dash(), dash()], cells));
        rows.push(row);
        for from in others {
            let mut row = vec![String::new(); 5];
            row.extend(cells(from));
            rows.push(row);
        }
    }
    rows
}
