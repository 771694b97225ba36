//! `export`: a report of what the texts say of themes, by theme and region, with counts and
//! citations; to standard output or into a file.

use std::path::Path;

use anyhow::bail;
use wenmai::document::DocIndex;
use wenmai::export::{Language, Quotes, quotes_csv, quotes_html, quotes_markdown, quotes_of};
use wenmai::library::Library;
use wenmai::text::fold::fold_key;

use super::output::Output;
use super::wording::Named;
use super::{Outcome, is_about};
use crate::cli::{Export, ReportFormat};
use crate::hint;
use crate::ui::export_file::ExportFile;
use crate::ui::lang::Lang;
use crate::ui::say::say;

/// Writes the report.
pub(crate) fn run(
    library: &Library,
    (args, lang): (&Export, Lang),
    out: &mut Output,
) -> anyhow::Result<Outcome> {
    let mut quotes = Quotes::default();
    for named in named(library, args) {
        let wanted = documents(library, args)?;
        quotes.themes.extend(quotes_of(library, named.index(), named.theme(), wanted));
    }
    let format = format(args, out);
    let report = written(&quotes, format, (args, lang))?;
    match &args.output {
        Some(path) => {
            report.save(path)?;
            out.print(&format!("{}\n", super::report::clean(&path.display().to_string())))?;
        }
        None => out.export(&report)?,
    }
    let nothing = quotes.themes.iter().all(|theme| theme.mentions == 0);
    Ok(if nothing { Outcome::NothingMatched } else { Outcome::Done })
}

/// The themes and wordings that are asked for, each once; those that no text has are left out.
fn named<'l>(library: &'l Library, args: &Export) -> Vec<Named<'l>> {
    let mut found: Vec<Named<'l>> = Vec::new();
    let mut seen = Vec::new();
    for name in &args.subjects {
        let named = Named::of(library, name);
        let shown = named.index().theme(named.theme()).map(|theme| fold_key(&theme.name));
        if named.is_nowhere() {
            hint::warn(&say!("command.nowhere", name));
        } else if !seen.contains(&shown) {
            seen.push(shown);
            found.push(named);
        }
    }
    found
}

/// Which documents are quoted.
fn documents<'l>(
    library: &'l Library,
    args: &'l Export,
) -> anyhow::Result<impl Fn(DocIndex) -> bool + use<'l>> {
    if let Some(region) = &args.region
        && !library.indices().any(|ix| is_about(library, ix, region))
    {
        bail!(say!("command.no_region", region));
    }
    Ok(|ix| args.region.as_ref().is_none_or(|region| is_about(library, ix, region)))
}

/// The format that was asked for, else that of the file's ending, else Markdown.
fn format(args: &Export, out: &Output) -> ReportFormat {
    let ending =
        args.output.as_deref().and_then(Path::extension).and_then(|ending| ending.to_str());
    let of_file = match ending.map(str::to_ascii_lowercase).as_deref() {
        Some("csv") => Some(ReportFormat::Csv),
        Some("json") => Some(ReportFormat::Json),
        Some("html" | "htm") => Some(ReportFormat::Html),
        _ => None,
    };
    let asked = args.format.or(out.json.then_some(ReportFormat::Json));
    asked.or(of_file).unwrap_or(ReportFormat::Markdown)
}

fn written(
    quotes: &Quotes,
    format: ReportFormat,
    (args, lang): (&Export, Lang),
) -> anyhow::Result<ExportFile> {
    let language = match lang {
        Lang::English => Language::English,
        Lang::Chinese => Language::Chinese,
    };
    Ok(match format {
        ReportFormat::Markdown => quotes_markdown(quotes, language).into(),
        ReportFormat::Html => quotes_html(quotes, language).into(),
        ReportFormat::Csv if args.bom => quotes_csv(quotes).with_mark().into(),
        ReportFormat::Csv => quotes_csv(quotes).into(),
        ReportFormat::Json => ExportFile::json(quotes)?,
    })
}
