//! Redline report: the rows of a diff as a table of old text, new text and remark (修订对照表), in
//! Markdown, CSV and HTML. The Word document is in [`super::docx`].

use super::page::page;
use super::table::push_markdown_row;
use crate::reuse::provisions::Provision;
use crate::reuse::redline::{Edit, EditKind};
use crate::text::SpanCutter;
use crate::text::markup::{Csv, Format, Html, Lines, Markdown, Markup, Own, Text, Written};

/// A diff as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RedlineReport {
    /// `zh` or `en`: of the words around the texts.
    pub lang: &'static str,
    /// Its title.
    pub title: String,
    /// Lines below the title: the counts, what was replaced throughout.
    pub notes: Vec<String>,
    /// The heads of the three columns.
    pub columns: [String; 3],
    /// Its rows.
    pub rows: Vec<RedlineRow>,
}

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RedlineRow {
    /// The old text in pieces, equal or deleted; none where there is no old text.
    pub old: Vec<RedlineRun>,
    /// The new text in pieces, equal or inserted.
    pub new: Vec<RedlineRun>,
    /// Both in one, in the order of the edit script.
    pub both: Vec<RedlineRun>,
    /// What is said of the change.
    pub remark: String,
    /// True for a chapter or another heading.
    pub heading: bool,
}

/// A piece of text, and what an edit does with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RedlineRun {
    /// What becomes of it.
    pub kind: EditKind,
    /// The text; it may have several lines.
    pub text: String,
}

impl RedlineRun {
    fn new(kind: EditKind, text: &str) -> Self {
        Self { kind, text: text.to_owned() }
    }
}

impl RedlineRow {
    /// The row of two provisions with their edit script, or of one alone.
    pub fn new(
        (old, new): (Option<&Provision>, Option<&Provision>),
        edits: &[Edit],
        remark: String,
    ) -> Self {
        let heading = new
            .or(old)
            .is_some_and(|one| one.kind == crate::reuse::provisions::ProvisionKind::Heading);
        let (old, new, both) = match (old, new) {
            (Some(old), Some(new)) => paired(old, new, edits),
            (Some(old), None) => {
                let pieces = alone(old, EditKind::Delete);
                (pieces.clone(), Vec::new(), pieces)
            }
            (None, Some(new)) => {
                let pieces = alone(new, EditKind::Insert);
                (Vec::new(), pieces.clone(), pieces)
            }
            (None, None) => Default::default(),
        };
        Self { old, new, both, remark, heading }
    }

    /// Two texts in one with their edit script.
    pub fn pieces((old, new): (&str, &str), edits: &[Edit]) -> Vec<RedlineRun> {
        let (mut of_old, mut of_new) = (SpanCutter::new(old), SpanCutter::new(new));
        let piece = |edit: &Edit| match edit.kind {
            EditKind::Delete => RedlineRun::new(edit.kind, of_old.cut(edit.old)),
            EditKind::Equal | EditKind::Insert => RedlineRun::new(edit.kind, of_new.cut(edit.new)),
        };
        edits.iter().map(piece).collect()
    }
}

fn alone(provision: &Provision, kind: EditKind) -> Vec<RedlineRun> {
    let label = provision.label.as_ref().map(|label| RedlineRun::new(kind, &headed(label)));
    label.into_iter().chain([RedlineRun::new(kind, &provision.text)]).collect()
}

/// A label with the space that is set after it.
fn headed(label: &str) -> String {
    match label.ends_with(['、', '）', ')', '.', '．']) {
        true => label.to_owned(),
        false => format!("{label}　"),
    }
}

type Pieces = Vec<RedlineRun>;

fn paired(old: &Provision, new: &Provision, edits: &[Edit]) -> (Pieces, Pieces, Pieces) {
    let (mut olds, mut news, mut both) = (Vec::new(), Vec::new(), Vec::new());
    let label = |provision: &Provision| provision.label.as_deref().map(headed).unwrap_or_default();
    let (from, to) = (label(old), label(new));
    if from == to {
        for list in [&mut olds, &mut news, &mut both] {
            list.push(RedlineRun::new(EditKind::Equal, &from));
        }
    } else {
        // Another number is said in the remark; in the running text it is an edit like others.
        olds.push(RedlineRun::new(EditKind::Equal, &from));
        news.push(RedlineRun::new(EditKind::Equal, &to));
        both.extend([
            RedlineRun::new(EditKind::Delete, &from),
            RedlineRun::new(EditKind::Insert, &to),
        ]);
    }
    let (mut of_old, mut of_new) = (SpanCutter::new(&old.text), SpanCutter::new(&new.text));
    for edit in edits {
        let (gone, come) = (of_old.cut(edit.old), of_new.cut(edit.new));
        match edit.kind {
            EditKind::Equal => {
                olds.push(RedlineRun::new(EditKind::Equal, gone));
                news.push(RedlineRun::new(EditKind::Equal, come));
                both.push(RedlineRun::new(EditKind::Equal, come));
            }
            EditKind::Delete => {
                olds.push(RedlineRun::new(EditKind::Delete, gone));
                both.push(RedlineRun::new(EditKind::Delete, gone));
            }
            EditKind::Insert => {
                news.push(RedlineRun::new(EditKind::Insert, come));
                both.push(RedlineRun::new(EditKind::Insert, come));
            }
        }
    }
    for list in [&mut olds, &mut news, &mut both] {
        list.retain(|piece| !piece.text.is_empty());
    }
    (olds, news, both)
}

/// Pieces with their lines separated by a break, edits in `<del>` and `<ins>`.
fn marked_up<F: Format>(pieces: &[RedlineRun]) -> Markup<F> {
    let mut text = Markup::default();
    for piece in pieces {
        let [open, close] = match piece.kind {
            EditKind::Equal => ["", ""],
            EditKind::Delete => ["<del>", "</del>"],
            EditKind::Insert => ["<ins>", "</ins>"],
        };
        text.push([Own(open), Lines(&piece.text), Own(close)]);
    }
    text
}

/// Pieces as plain text with `[-…-]` and `{+…+}`, as git's word diff writes them.
pub fn plain_redline(pieces: &[RedlineRun]) -> String {
    let piece = |piece: &RedlineRun| match piece.kind {
        EditKind::Equal => piece.text.clone(),
        EditKind::Delete => format!("[-{}-]", piece.text),
        EditKind::Insert => format!("{{+{}+}}", piece.text),
    };
    pieces.iter().map(piece).collect()
}

/// The report as a Markdown table. Deleted and inserted text is in `<del>` and `<ins>`.
pub fn redline_markdown(report: &RedlineReport) -> Markdown {
    let mut text = Markdown::of([Own("# "), Text(&report.title), Own("\n")]);
    for note in &report.notes {
        text.push([Own("\n"), Text(note), Own("\n")]);
    }
    if report.rows.is_empty() {
        return text;
    }
    text.push([Own("\n")]);
    push_markdown_row(&mut text, report.columns.iter().map(|name| Markdown::of([Text(name)])));
    push_markdown_row(&mut text, report.columns.iter().map(|_| Markdown::of([Own("---")])));
    for row in &report.rows {
        let remark = Markdown::of([Lines(&row.remark)]);
        let cells = [marked_up(&row.old), marked_up(&row.new), remark];
        push_markdown_row(&mut text, cells.into_iter());
    }
    text
}

/// The rows as CSV with `[-…-]` and `{+…+}`.
pub fn redline_csv(report: &RedlineReport) -> Csv {
    let mut text = Csv::default();
    text.push_row(&report.columns);
    for row in &report.rows {
        text.push_row([&plain_redline(&row.old), &plain_redline(&row.new), &row.remark]);
    }
    text
}

/// The report as one HTML page that needs no other file, set for printing on A4 landscape.
pub fn redline_html(report: &RedlineReport) -> Html {
    let mut body = Html::of([Own("<style>"), Own(STYLE), Own("</style>\n")]);
    for note in &report.notes {
        body.push([Own("<p class=\"note\">"), Text(note), Own("</p>\n")]);
    }
    if !report.rows.is_empty() {
        body.push([Own(
            "<table class=\"redline\">\n<colgroup><col><col><col></colgroup>\n<thead>\n<tr>",
        )]);
        for column in &report.columns {
            body.push([Own("<th>"), Text(column), Own("</th>")]);
        }
        body.push([Own("</tr>\n</thead>\n<tbody>\n")]);
        for row in &report.rows {
            let class = if row.heading { " class=\"heading\"" } else { "" };
            body.push([
                Own("<tr"),
                Own(class),
                Own("><td>"),
                Written(&marked_up(&row.old)),
                Own("</td><td>"),
                Written(&marked_up(&row.new)),
                Own("</td><td>"),
                Lines(&row.remark),
                Own("</td></tr>\n"),
            ]);
        }
        body.push([Own("</tbody>\n</table>\n")]);
    }
    page(report.lang, &report.title, &body)
}

const STYLE: &str = "table.redline{table-layout:fixed}table.redline col:nth-child(1),\
    table.redline col:nth-child(2){width:43%}table.redline td,table.redline th{border:1px solid #999;\
    line-height:1.6}table.redline th{text-align:center}tr.heading td{font-weight:bold}\
    del{color:#b00020;text-decoration:line-through}ins{color:#0a5a8a;text-decoration:underline}\
    p.note{margin:.4em 0}@media(prefers-color-scheme:dark){del{color:#ff8a93}ins{color:#8cc8ff}}\
    @page{size:A4 landscape;margin:15mm}@media print{body{font-size:10.5pt;padding:0;color:#000;\
    background:#fff;font-family:SimSun,Songti SC,Noto Serif CJK SC,serif}del{color:#b00020}\
    ins{color:#0a5a8a}table.redline tr{break-inside:auto}table.redline td{orphans:2;widows:2}}";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reuse::edition_diff::{DiffOptions, EditionDiff};
    use crate::samples::document;

    fn report(old: &[&str], new: &[&str]) -> RedlineReport {
        let documents = (document("old", old), document("new", new));
        let diff = EditionDiff::new(&documents.0, &documents.1, &DiffOptions::default()).unwrap();
        let rows = diff.rows.iter().map(|row| {
            let both = (diff.old_of(row), diff.new_of(row));
            RedlineRow::new(both, &row.edits, "修改".to_owned())
        });
        RedlineReport {
            lang: "zh",
            title: "渔港条例".to_owned(),
            notes: vec!["修改 1".to_owned()],
            columns: ["修订前", "修订后", "说明"].map(str::to_owned),
            rows: rows.collect(),
        }
    }

    fn changed() -> RedlineReport {
        report(
            &["第一条　渔港<管理>机构每年报告。", "第二条　本条例自公布之日起施行。"],
            &["第一条　渔港<管理>机构每半年报告。", "第二条　本条例自公布之日起施行。"],
        )
    }

    #[test]
    fn edits_are_marked_and_texts_are_escaped() {
        let report = changed();
        let page = String::from(redline_html(&report));
        assert!(page.contains("渔港&lt;管理&gt;机构每<ins>半</ins>年报告"), "{page}");
        let text = String::from(redline_markdown(&report));
        assert!(text.contains("渔港&lt;管理>机构每<ins>半</ins>年报告"), "{text}");
        let rows = redline_csv(&report).to_string();
        assert!(rows.contains("机构每{+半+}年报告"), "{rows}");
        assert_eq!(rows.lines().count(), 3);
    }

    #[test]
    fn the_page_is_well_formed() {
        let page = String::from(redline_html(&changed()));
        let read = scraper::Html::parse_document(&page);
        // The style of the table is in the body.
        let cells = scraper::Selector::parse("table.redline > tbody > tr > td").unwrap();
        assert_eq!(read.select(&cells).count(), 6, "{page}");
    }

    #[test]
    fn another_number_is_an_edit_of_the_running_text_only() {
        let last = "第二条　本办法自公布之日起施行，旧办法同时废止。";
        let report = report(
            &[
                "第一条　甲乙丙丁戊己庚辛壬癸，子丑寅卯。",
                "第二条　渔港由渔业主管部门管理。",
                &last.replace('二', "三"),
            ],
            &["第一条　渔港由渔业主管部门管理。", last],
        );
        let row =
            report.rows.iter().find(|row| !row.old.is_empty() && !row.new.is_empty()).unwrap();
        assert_eq!(plain_redline(&row.both), "[-第二条　-]{+第一条　+}渔港由渔业主管部门管理。");
        assert_eq!(plain_redline(&row.new), "第一条　渔港由渔业主管部门管理。");
    }
}
