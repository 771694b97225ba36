//! `themes`: the subjects that texts share, best first; bodies; what rises and falls.

use std::collections::BTreeMap;

use serde::Serialize;
use wenmai::document::DocIndex;
use wenmai::library::Library;
use wenmai::themes::trends::{Trend, Years, trends};
use wenmai::themes::{Theme, ThemeId, ThemeKind};

use super::{Outcome, distinctive, one_document, output::Output};
use crate::cli::Themes;
use crate::hint;
use crate::ui::say::say;

#[derive(Serialize)]
struct ThemeJson<'t> {
    theme: &'t str,
    aliases: &'t [String],
    kind: ThemeKind,
    documents: usize,
    mentions: u32,
    /// Mentions that no longer theme covers.
    direct: u32,
    /// The next longer themes that hold it, most mentions first.
    narrower: Vec<NarrowerRecord<'t>>,
    regions: BTreeMap<&'t str, u32>,
    by_document: BTreeMap<&'t str, u32>,
    direct_by_document: BTreeMap<&'t str, u32>,
    score: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    trend: Option<TrendRecord>,
}

#[derive(Serialize)]
struct NarrowerRecord<'t> {
    theme: &'t str,
    documents: usize,
    mentions: u32,
}

#[derive(Serialize, Clone, Copy)]
struct TrendRecord {
    /// Change of the share of documents by year.
    slope: f64,
    /// Kendall's tau of years and shares.
    tau: f64,
}

/// A theme that is printed.
struct Listed<'t> {
    theme: &'t Theme,
    /// `None` for one of a single document.
    id: Option<ThemeId>,
    trend: Option<Trend>,
}

/// Prints the themes of the library, or of one of its documents.
pub(crate) fn run(library: &Library, args: &Themes, out: &mut Output) -> anyhow::Result<Outcome> {
    let one = args.document.as_deref().map(|name| one_document(library, name)).transpose()?;
    let one = one.map(|(index, _)| index);
    if let Some(document) = one.filter(|_| args.distinctive) {
        return distinctive::run(library, document, out);
    }
    let left_out = library.themes().left_out();
    if left_out > 0 {
        hint::warn(&say!("command.left_out", left_out));
    }
    let private = if args.all { library.private_themes(one) } else { Vec::new() };
    let mut themes = if args.rising || args.falling {
        let years = Years::of(library.documents());
        if !years.are_enough() {
            hint::warn(&say!("command.no_trend", years.len()));
        }
        moving(library, &years, args.rising)
    } else {
        shared(library, one, args.bodies)
    };
    let private = private.iter().filter(|theme| (theme.kind == ThemeKind::Body) == args.bodies);
    themes.extend(private.map(|theme| Listed { theme, id: None, trend: None }));
    let is_any = !themes.is_empty();
    let themes: Vec<_> = args.rows.of(themes.into_iter()).collect();
    if out.json {
        out.json(&themes.iter().map(|theme| record(library, theme)).collect::<Vec<_>>())?;
    } else {
        let rows: Vec<_> = themes.iter().map(|theme| row(theme)).collect();
        out.table(&rows, &[1, 2])?;
    }
    Ok(if is_any { Outcome::Done } else { Outcome::NothingMatched })
}

fn shared(library: &Library, document: Option<DocIndex>, bodies: bool) -> Vec<Listed<'_>> {
    let index = library.themes();
    let subjects = index.subjects().len() as u32;
    let ids: Vec<ThemeId> = match (document, bodies) {
        (None, false) => (0..subjects).map(ThemeId).collect(),
        (None, true) => (subjects..index.themes().len() as u32).map(ThemeId).collect(),
        (Some(at), false) => index.themes_of(at).into_iter().map(|(id, _)| id).collect(),
        (Some(at), true) => index.bodies_of(at).into_iter().map(|(id, _)| id).collect(),
    };
    let listed = |id: ThemeId| Some(Listed { theme: index.theme(id)?, id: Some(id), trend: None });
    ids.into_iter().filter_map(listed).collect()
}

/// The themes that rise, the steepest first, or those that fall.
fn moving<'l>(library: &'l Library, years: &Years, rising: bool) -> Vec<Listed<'l>> {
    let index = library.themes();
    let mut found = trends(index, years);
    if !rising {
        found.reverse();
    }
    let wanted = found.into_iter().filter(|trend| (trend.slope > 0.0) == rising);
    let listed = |trend: Trend| {
        let theme = index.theme(trend.theme)?;
        Some(Listed { theme, id: Some(trend.theme), trend: Some(trend) })
    };
    wanted.filter_map(listed).collect()
}

fn record<'t>(library: &'t Library, listed: &Listed<'t>) -> ThemeJson<'t> {
    let Listed { theme, id, trend } = *listed;
    let index = library.themes();
    let by_document = |documents: &wenmai::themes::postings::Postings| {
        let id = |at| Some(library.document(at)?.id.as_str());
        documents.iter().filter_map(|(at, n)| Some((id(at)?, n))).collect()
    };
    let narrower = id.map_or(&[][..], |id| index.narrower(id)).iter();
    let narrower = narrower.filter_map(|id| index.theme(*id)).map(|narrower| NarrowerRecord {
        theme: &narrower.name,
        documents: narrower.documents.len(),
        mentions: narrower.mentions,
    });
    ThemeJson {
        theme: &theme.name,
        aliases: &theme.aliases,
        kind: theme.kind,
        documents: theme.documents.len(),
        mentions: theme.mentions,
        direct: theme.direct,
        narrower: narrower.collect(),
        regions: theme.regions.iter().map(|(region, n)| (region.as_str(), *n)).collect(),
        by_document: by_document(&theme.documents),
        direct_by_document: by_document(theme.direct_documents()),
        score: theme.score,
        trend: trend.map(|Trend { slope, tau, .. }| TrendRecord { slope, tau }),
    }
}

fn row(listed: &Listed<'_>) -> Vec<String> {
    let theme = listed.theme;
    let regions: Vec<_> =
        theme.regions.iter().map(|(region, mentions)| format!("{region} {mentions}")).collect();
    let mut row = vec![
        theme.name.clone(),
        say!("command.documents", theme.documents.len()),
        say!("command.mentions", theme.mentions),
    ];
    row.extend(listed.trend.map(|trend| format!("{:+.1} %/a", trend.slope * 100.0)));
    row.push(regions.join(" · "));
    row
}
