//! `compare`: two to four documents side by side. For a person columns of equal width, every row
//! divided at the same cells, the sentences about one theme beginning in the same row.

use std::collections::BTreeMap;

use anyhow::bail;
use serde::Serialize;
use wenmai::compare::comparison::{Comparison, Excerpt};
use wenmai::compare::side_by_side::{PairKind, RowCounterpart, SideBySideRow, side_by_side};
use wenmai::document::{DocIndex, Document};
use wenmai::export::{Report, Table};
use wenmai::library::Library;
use wenmai::text::width::{Ambiguous, cells, pad};
use wenmai::text::wrap::{Measure, wrap};
use wenmai::themes::{ThemeId, ThemeIndex};

use super::output::Output;
use super::passages::PassageJson as PassageRecord;
use super::wording::Named;
use super::{Outcome, one_document, report};
use crate::cli;
use crate::ui::lang::Lang;
use crate::ui::over_time::OverTime;
use crate::ui::say::{say, word};

/// `compare --json`.
#[derive(Debug, Serialize)]
struct ComparisonJson<'l> {
    documents: Vec<&'l str>,
    themes: Vec<ThemeRecord<'l>>,
    only: BTreeMap<&'l str, Vec<&'l str>>,
    aligned: Vec<AlignedRecord<'l>>,
    passages: Vec<PassageRecord<'l>>,
    rows: Vec<RowRecord<'l>>,
    /// By text other than the first: its blocks without a counterpart there.
    alone: BTreeMap<&'l str, Vec<BlockRecord<'l>>>,
}

/// A block of the first text with its counterparts in the others.
#[derive(Debug, Serialize)]
struct RowRecord<'l> {
    lead: BlockRecord<'l>,
    counterparts: BTreeMap<&'l str, CounterpartRecord<'l>>,
    themes: Vec<&'l str>,
}

#[derive(Debug, Serialize)]
struct BlockRecord<'l> {
    block: u32,
    text: &'l str,
}

#[derive(Debug, Serialize)]
struct CounterpartRecord<'l> {
    block: u32,
    text: &'l str,
    ground: PairKind,
    similarity: f64,
}

#[derive(Debug, Serialize)]
struct ThemeRecord<'l> {
    theme: &'l str,
    mentions: BTreeMap<&'l str, u32>,
}

#[derive(Debug, Serialize)]
struct AlignedRecord<'l> {
    theme: &'l str,
    passages: BTreeMap<&'l str, Vec<ExcerptRecord<'l>>>,
}

#[derive(Debug, Serialize)]
struct ExcerptRecord<'l> {
    block: u32,
    start: u32,
    end: u32,
    text: &'l str,
}

/// Prints the comparison.
pub(crate) fn run(
    library: &Library,
    (args, lang): (&cli::Compare, Lang),
    out: &mut Output,
) -> anyhow::Result<Outcome> {
    let mut chosen = Vec::new();
    for name in &args.documents {
        let (index, document) = one_document(library, name)?;
        if chosen.contains(&index) {
            bail!(say!("command.named_twice", name, document.id));
        }
        chosen.push(index);
    }
    let named = args.theme.as_deref().map(|name| Named::of(library, name));
    let view = View::new(library, &chosen, (named.as_ref(), lang));
    if out.json || args.written.format == cli::Format::Json {
        out.json(&view.record())?;
    } else if args.written.format == cli::Format::Text {
        let width = args.width.or(out.terminal_width()).unwrap_or(100);
        out.print(&view.columns(usize::from(width), out.ambiguous)?)?;
    } else {
        out.export(&report::write(&view.report(args.written.format), &args.written))?;
    }
    Ok(view.outcome())
}

/// A comparison with the names that it is printed with.
struct View<'l> {
    library: &'l Library,
    index: &'l ThemeIndex,
    documents: Vec<&'l Document>,
    found: Comparison,
    rows: Vec<SideBySideRow>,
    /// True where what the texts say of one theme is asked for.
    of_theme: bool,
    lang: Lang,
}

impl<'l> View<'l> {
    fn new(
        library: &'l Library,
        chosen: &[DocIndex],
        (named, lang): (Option<&'l Named<'_>>, Lang),
    ) -> Self {
        let index = named.map_or(library.themes(), Named::index);
        let mut found =
            Comparison::new(library.documents(), index, chosen, |scope| library.passages_in(scope));
        if let Some(theme) = named.map(Named::theme) {
            found.themes.retain(|counted| counted.theme == theme);
            found.aligned.retain(|aligned| aligned.theme == theme);
        }
        let documents = found.documents.iter().filter_map(|ix| library.document(*ix)).collect();
        let rows = side_by_side(library.documents(), index, &found.documents);
        Self { library, index, documents, found, rows, of_theme: named.is_some(), lang }
    }

    fn outcome(&self) -> Outcome {
        let nothing = self.found.themes.is_empty() && self.found.passages.is_empty();
        if nothing {
            crate::hint::warn(&say!("command.nothing_shared"));
            return Outcome::NothingMatched;
        }
        Outcome::Done
    }

    fn ids(&self) -> impl Iterator<Item = &'l str> {
        self.documents.iter().map(|document| document.id.as_str())
    }

    fn theme(&self, theme: ThemeId) -> &'l str {
        self.index.theme(theme).map_or("", |theme| theme.name.as_str())
    }

    fn themes(&self, themes: &[ThemeId]) -> Vec<&'l str> {
        themes.iter().map(|theme| self.theme(*theme)).collect()
    }

    fn record(&self) -> ComparisonJson<'l> {
        let themes = self.found.themes.iter().map(|counted| ThemeRecord {
            theme: self.theme(counted.theme),
            mentions: self.ids().zip(counted.mentions.iter().copied()).collect(),
        });
        let aligned = self.found.aligned.iter().map(|aligned| AlignedRecord {
            theme: self.theme(aligned.theme),
            passages: self.documents.iter().zip(&aligned.passages).map(excerpts).collect(),
        });
        let passages = &self.found.passages;
        ComparisonJson {
            documents: self.ids().collect(),
            themes: themes.collect(),
            only: self.ids().zip(self.found.only.iter().map(|only| self.themes(only))).collect(),
            aligned: aligned.collect(),
            passages: passages.iter().filter_map(|p| PassageRecord::new(self.library, p)).collect(),
            rows: self.row_records(),
            alone: self.alone(),
        }
    }

    fn block(&self, document: &'l Document, block: u32) -> Option<BlockRecord<'l>> {
        let text = document.blocks.get(block as usize)?.text.as_str();
        Some(BlockRecord { block, text })
    }

    fn row_records(&self) -> Vec<RowRecord<'l>> {
        let Some((lead, others)) = self.documents.split_first() else { return Vec::new() };
        let row = |row: &SideBySideRow| {
            let counterparts = others.iter().zip(&row.counterparts);
            let counterparts = counterparts.filter_map(|(document, counterpart)| {
                let found = (*counterpart)?;
                let own = self.block(document, found.block)?;
                let (block, text) = (own.block, own.text);
                let RowCounterpart { kind, similarity, .. } = found;
                let record = CounterpartRecord { block, text, ground: kind, similarity };
                Some((document.id.as_str(), record))
            });
            Some(RowRecord {
                lead: self.block(lead, row.lead?)?,
                counterparts: counterparts.collect(),
                themes: self.themes(&row.themes),
            })
        };
        self.rows.iter().filter_map(row).collect()
    }

    fn alone(&self) -> BTreeMap<&'l str, Vec<BlockRecord<'l>>> {
        let others = self.documents.iter().skip(1).enumerate();
        let own = |(column, document): (usize, &&'l Document)| {
            let alone = self.rows.iter().filter(|row| row.lead.is_none());
            let blocks = alone.filter_map(|row| {
                let own = row.counterparts.get(column).copied().flatten()?;
                self.block(document, own.block)
            });
            (document.id.as_str(), blocks.collect())
        };
        others.map(own).collect()
    }

    /// The texts in the reading order of the first, each block beside its counterparts.
    fn reading_rows(&self) -> Vec<Vec<String>> {
        let mut rows = vec![self.documents.iter().map(|document| heading(document)).collect()];
        for row in &self.rows {
            let text = |document: Option<&&'l Document>, block: Option<u32>| {
                let block = document.zip(block).and_then(|(doc, at)| self.block(doc, at));
                block.map_or_else(String::new, |block| block.text.to_owned())
            };
            let mut cells = vec![text(self.documents.first(), row.lead)];
            for (at, counterpart) in row.counterparts.iter().enumerate() {
                let block = counterpart.map(|one| one.block);
                cells.push(text(self.documents.get(at + 1), block));
            }
            rows.push(Vec::new());
            if let Some(label) = self.label(row) {
                rows.push(vec![label]);
            }
            rows.push(cells);
        }
        rows
    }

    /// Why the blocks of a row are beside one another, and the themes that they share.
    fn label(&self, row: &SideBySideRow) -> Option<String> {
        row.lead?;
        let mut said: Vec<String> = Vec::new();
        for counterpart in row.counterparts.iter().flatten() {
            let percent = format!("{:.0}", counterpart.similarity * 100.0);
            let word = match counterpart.kind {
                PairKind::Wording => OverTime::ByWording.tell(self.lang, &[&percent]),
                PairKind::Section => OverTime::BySection.say(self.lang).to_owned(),
                PairKind::Themes => OverTime::ByThemes.say(self.lang).to_owned(),
            };
            if !said.contains(&word) {
                said.push(word);
            }
        }
        if said.is_empty() {
            return None;
        }
        said.extend(self.themes(&row.themes).iter().take(LABELS).map(|name| format!("【{name}】")));
        Some(said.join(" "))
    }

    /// What is side by side, from top to bottom: each row one text a document.
    fn rows(&self) -> Vec<Vec<String>> {
        let mut rows = vec![self.documents.iter().map(|document| heading(document)).collect()];
        for (counted, aligned) in self.found.themes.iter().zip(&self.found.aligned) {
            rows.push(Vec::new());
            let name = self.theme(counted.theme);
            rows.push(
                counted
                    .mentions
                    .iter()
                    .map(|n| format!("【{name}】 {}", say!("command.mentions", n)))
                    .collect(),
            );
            rows.extend(excerpts_side_by_side(&self.documents, &aligned.passages));
        }
        let only = |themes: &Vec<ThemeId>| match self.themes(themes).join(" ") {
            names if names.is_empty() => String::new(),
            names => say!("command.only_here", names),
        };
        rows.extend([Vec::new(), self.found.only.iter().map(only).collect()]);
        for passage in &self.found.passages {
            let text = |document: &DocIndex| {
                let place = [passage.a, passage.b].into_iter().find(|p| p.document == *document);
                let record = place.map(|p| Excerpt { block: p.block, span: p.span });
                let document = self.library.document(*document);
                document.zip(record).map_or_else(String::new, |(d, e)| text_of(d, e).to_owned())
            };
            let percent = format!("{:.0}", passage.similarity * 100.0);
            let like = say!("command.similar", percent);
            rows.push(Vec::new());
            rows.push(vec![like]);
            rows.push(self.found.documents.iter().map(text).collect());
        }
        rows
    }

    /// The rows in columns of equal width, `width` cells in all at most.
    fn columns(&self, width: usize, ambiguous: Ambiguous) -> anyhow::Result<String> {
        let count = self.documents.len();
        let divider = if ambiguous == Ambiguous::Wide { " | " } else { " │ " };
        let dividers = cells(divider, ambiguous) * count.saturating_sub(1);
        let column = width.saturating_sub(dividers) / count.max(1);
        if column < NARROWEST {
            let least = NARROWEST * count + dividers;
            bail!(say!("command.too_narrow", width, count, least));
        }
        let measure = Measure { ambiguous, ..Measure::new(column) };
        let mut text = String::new();
        let rows = if self.of_theme { self.rows() } else { self.reading_rows() };
        for row in rows {
            let filled = row.into_iter().chain(std::iter::repeat_with(String::new)).take(count);
            let set: Vec<Vec<String>> = filled.map(|cell| lines(&cell, measure)).collect();
            for at in 0..set.iter().map(Vec::len).max().unwrap_or(1) {
                let cell = |lines: &Vec<String>| {
                    pad(lines.get(at).map_or("", String::as_str), column, ambiguous)
                };
                let line: Vec<_> = set.iter().map(cell).collect();
                text.push_str(line.join(divider).trim_end_matches(' '));
                text.push('\n');
            }
        }
        Ok(text)
    }

    fn report(&self, format: cli::Format) -> Report {
        let title = self.documents.iter().map(|d| d.metadata.title.as_str()).collect::<Vec<_>>();
        let tables = match format {
            cli::Format::Csv => vec![self.list()],
            _ => self.tables(),
        };
        Report { title: title.join(" · "), tables }
    }

    /// One table a theme, one column a document.
    fn tables(&self) -> Vec<Table> {
        let columns: Vec<String> =
            self.documents.iter().map(|document| heading(document)).collect();
        let table = |heading: &str, rows| Table::plain(heading, columns.clone(), rows);
        let mut tables = Vec::new();
        for aligned in &self.found.aligned {
            let rows = excerpts_side_by_side(&self.documents, &aligned.passages);
            tables.push(table(self.theme(aligned.theme), rows));
        }
        let only = self.found.only.iter().map(|themes| self.themes(themes).join(" ")).collect();
        tables.push(table(word("command.only_here_head"), vec![only]));
        let records =
            self.found.passages.iter().filter_map(|p| PassageRecord::new(self.library, p));
        tables.push(super::passages::readable(
            word("command.shared_text"),
            &records.collect::<Vec<_>>(),
        ));
        tables
    }

    /// One row an excerpt, for a spreadsheet.
    fn list(&self) -> Table {
        let columns = ["theme", "document", "block", "start", "end", "text"];
        let mut rows = Vec::new();
        for aligned in &self.found.aligned {
            for (document, excerpts) in self.documents.iter().zip(&aligned.passages) {
                rows.extend(excerpts.iter().map(|excerpt| {
                    let mut row = vec![self.theme(aligned.theme).to_owned()];
                    row.push(document.id.to_string());
                    let Excerpt { block, span } = *excerpt;
                    row.extend([block, span.start, span.end].map(|n| n.to_string()));
                    row.push(text_of(document, *excerpt).to_owned());
                    row
                }));
            }
        }
        Table::plain("", columns.map(str::to_owned).into(), rows)
    }
}

/// Themes that are named above a row.
const LABELS: usize = 4;
/// Cells of the narrowest column that is printed.
const NARROWEST: usize = 8;

/// A text in rows; an empty one is one empty row.
fn lines(text: &str, measure: Measure) -> Vec<String> {
    let clean = report::clean(text);
    wrap(&clean, measure).iter().map(|row| row.text(&clean).to_owned()).collect()
}

/// Region, date and title of a document, its id where nothing is known.
fn heading(document: &Document) -> String {
    let facts = &document.metadata;
    let region = facts.region.as_ref().map(|region| region.name.clone());
    let date = facts.date().map(|date| date.to_string());
    let title = if facts.title.is_empty() { document.id.to_string() } else { facts.title.clone() };
    region.into_iter().chain(date).chain([title]).collect::<Vec<_>>().join(" · ")
}

fn text_of(document: &Document, excerpt: Excerpt) -> &str {
    let block = document.blocks.get(excerpt.block as usize);
    block.map_or("", |block| excerpt.span.of(&block.text))
}

fn excerpts<'l>(
    (document, list): (&&'l Document, &Vec<Excerpt>),
) -> (&'l str, Vec<ExcerptRecord<'l>>) {
    let document: &'l Document = document;
    let record = |excerpt: &Excerpt| ExcerptRecord {
        block: excerpt.block,
        start: excerpt.span.start,
        end: excerpt.span.end,
        text: text_of(document, *excerpt),
    };
    (document.id.as_str(), list.iter().map(record).collect())
}

/// The first excerpts of all documents in one row, then the second ones, and so on.
fn excerpts_side_by_side(documents: &[&Document], passages: &[Vec<Excerpt>]) -> Vec<Vec<String>> {
    let rows = passages.iter().map(Vec::len).max().unwrap_or_default();
    let cell = |at: usize, (document, list): (&&Document, &Vec<Excerpt>)| {
        list.get(at).map_or_else(String::new, |excerpt| text_of(document, *excerpt).to_owned())
    };
    let row = |at: usize| documents.iter().zip(passages).map(|pair| cell(at, pair)).collect();
    (0..rows).map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use wenmai::ingest::{Options, seeds};
    use wenmai::themes::vocabulary::Lexicon;

    fn library() -> Library {
        let read = seeds(&Options::default());
        Library::new(read.documents, read.skipped, Lexicon::default())
    }
    /// What is in a row from that cell on; `None` where a glyph lies across it.
    fn from_cell(row: &str, cell: usize, ambiguous: Ambiguous) -> Option<&str> {
        let mut before = 0;
        for (byte, c) in row.char_indices() {
            if before >= cell {
                return (before == cell).then(|| row.get(byte..)).flatten();
            }
            before += cells(c.encode_utf8(&mut [0; 4]), ambiguous);
        }
        Some("")
    }

    #[test]
    fn every_row_is_parted_at_the_same_cells_at_every_width() {
        let library = library();
        for count in 2..=4 {
            let chosen: Vec<_> = (0..count as u32).rev().map(DocIndex).collect();
            let view = View::new(&library, &chosen, (None, Lang::Chinese));
            for (width, ambiguous) in (44..=200)
                .step_by(39)
                .chain([100])
                .flat_map(|width| [(width, Ambiguous::Narrow), (width, Ambiguous::Wide)])
            {
                let divider = if ambiguous == Ambiguous::Wide { " | " } else { " │ " };
                let column = (width - 3 * (count - 1)) / count;
                let text = view.columns(width, ambiguous).unwrap();
                assert!(text.lines().count() > 10);
                for row in text.lines() {
                    assert!(cells(row, ambiguous) <= width, "{width}: {row}");
                    for border in 1..count {
                        let at = border * column + 3 * (border - 1);
                        let rest = from_cell(row, at, ambiguous);
                        assert!(
                            rest.is_some_and(|r| r.is_empty()
                                || r.starts_with(divider)
                                || r == divider.trim_end()),
                            "{count} columns, {width} cells: {row}"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn texts_about_one_theme_begin_in_the_same_row() {
        let library = library();
        let mut view = View::new(&library, &[DocIndex(0), DocIndex(1)], (None, Lang::Chinese));
        view.of_theme = true;
        let text = view.columns(100, Ambiguous::Narrow).unwrap();
        let mut rows = text.lines().skip_while(|row| !row.starts_with("【人工智能】"));
        assert_eq!(rows.next().map(|row| row.matches("【人工智能】").count()), Some(2));
        let both = rows.next().unwrap();
        assert!(both.split(" │ ").all(|side| !side.trim().is_empty()), "{both}");
    }

    #[test]
    fn a_terminal_too_narrow_for_its_columns_says_how_many_cells_it_takes() {
        let library = library();
        let chosen: Vec<_> = (0..4).map(DocIndex).collect();
        let view = View::new(&library, &chosen, (None, Lang::Chinese));
        let error = view.columns(30, Ambiguous::Narrow).unwrap_err().to_string();
        assert!(error.contains("41"), "{error}");
        let two = View::new(&library, &chosen[..2], (None, Lang::Chinese));
        assert!(two.columns(30, Ambiguous::Narrow).is_ok());
        for width in 0..30 {
            let _ = two.columns(width, Ambiguous::Narrow);
        }
    }
}
