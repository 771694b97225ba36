//! `export` against `xref`: every report quotes the same mentions at the same places, and counts
//! them alike.

use std::collections::BTreeMap;
use std::process::{Command, Output, Stdio};

use scraper::{ElementRef, Html, Selector};
use serde_json::Value;

fn wenmai(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wenmai"));
    command
        .args(arguments)
        .env("XDG_CACHE_HOME", env!("CARGO_TARGET_TMPDIR"))
        .env_remove("WENMAI_LIBRARY")
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

fn stdout(arguments: &[&str]) -> String {
    let output = wenmai(arguments);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn xref(theme: &str) -> Vec<Value> {
    serde_json::from_str(&stdout(&["xref", theme, "--json"])).unwrap()
}

/// Where each mention stands and what it says, as `xref` gives it.
fn places(mentions: &[Value]) -> Vec<(String, u64, u64, u64, String)> {
    let place = |m: &Value| {
        let number = |field: &str| m[field].as_u64().unwrap();
        let text = |field: &str| m[field].as_str().unwrap().to_owned();
        (text("document"), number("block"), number("start"), number("end"), text("match"))
    };
    let mut places: Vec<_> = mentions.iter().map(place).collect();
    places.sort();
    places
}

fn select<'h>(of: ElementRef<'h>, css: &str) -> Vec<ElementRef<'h>> {
    of.select(&Selector::parse(css).unwrap()).collect()
}

fn text(of: ElementRef<'_>) -> String {
    of.text().collect()
}

const THEMES: [&str; 4] = ["人工智能", "智能制造", "数字化转型", "碳达峰碳中和"];

#[test]
fn the_pages_text_and_counts_are_those_of_xref() {
    let page = stdout(&[&["export"], &THEMES[..], &["--format", "html"]].concat());
    let page = Html::parse_document(&page);
    assert!(page.errors.is_empty(), "{:?}", page.errors);
    let sections = select(page.root_element(), "section");
    assert_eq!(sections.len(), THEMES.len());
    for (section, theme) in sections.into_iter().zip(THEMES) {
        let mentions = xref(theme);
        assert_eq!(select(section, "h2")[0].text().next(), Some(theme));
        let mut shown = Vec::new();
        let mut quoted = String::new();
        for quote in select(section, "blockquote") {
            for mark in select(quote, "mark") {
                let of =
                    |element: ElementRef<'_>, name: &str| element.attr(name).unwrap().to_owned();
                let number = |text: String| text.parse::<u64>().unwrap();
                shown.push((
                    of(quote, "data-document"),
                    number(of(quote, "data-block")),
                    number(of(mark, "data-start")),
                    number(of(mark, "data-end")),
                    text(mark),
                ));
            }
            quoted.push_str(&text(select(quote, "p")[0]));
            quoted.push('\n');
        }
        shown.sort();
        assert_eq!(shown, places(&mentions), "{theme}");
        let field = |m: &Value, field: &str| m[field].as_str().unwrap().to_owned();
        for mention in &mentions {
            let around = ["before", "match", "after"].map(|name| field(mention, name)).concat();
            assert!(quoted.contains(&around), "{around}\nis not in\n{quoted}");
        }
        let mut regions: BTreeMap<String, u64> = BTreeMap::new();
        for mention in &mentions {
            *regions.entry(field(mention, "region")).or_default() += 1;
        }
        let rows: BTreeMap<String, u64> = select(section, "tbody tr")
            .into_iter()
            .map(|row| {
                let cells: Vec<_> = select(row, "td").into_iter().map(text).collect();
                (cells[0].clone(), cells[1].parse().unwrap())
            })
            .collect();
        assert_eq!(rows, regions, "{theme}");
        let head = text(select(section, "h2 small")[0]);
        assert!(head.starts_with(&mentions.len().to_string()), "{head}");
    }
}

#[test]
fn json_csv_and_markdown_quote_the_same_mentions() {
    for theme in THEMES {
        let mentions = xref(theme);
        let report: Value = serde_json::from_str(&stdout(&["export", theme, "--json"])).unwrap();
        assert_eq!(report[0]["mentions"].as_u64(), Some(mentions.len() as u64));
        let mut shown = Vec::new();
        for region in report[0]["regions"].as_array().unwrap() {
            for quote in region["quotes"].as_array().unwrap() {
                for mention in quote["mentions"].as_array().unwrap() {
                    let mut place = mention.clone();
                    place["document"] = quote["document"].clone();
                    place["block"] = quote["block"].clone();
                    shown.push(place);
                }
                let path = quote["path"].as_str().unwrap();
                assert!(path.starts_with("seeds/") && quote["title"].is_string(), "{quote}");
            }
        }
        assert_eq!(places(&shown), places(&mentions), "{theme}");
        let table = stdout(&["export", theme, "--format", "csv"]);
        let rows = csv::Reader::from_reader(table.as_bytes()).records().count();
        assert_eq!(rows, mentions.len(), "{theme}");
        let page = stdout(&["export", theme, "--format", "markdown"]);
        assert_eq!(page.matches("<b>").count(), mentions.len(), "{theme}");
    }
}

#[test]
fn a_report_is_written_into_a_file_in_the_format_of_its_ending() {
    let folder = tempfile::tempdir().unwrap();
    for (name, begins) in [
        ("a.html", "<!DOCTYPE html>"),
        ("a.csv", "\u{FEFF}theme,"),
        ("a.json", "["),
        ("a.md", "# "),
    ] {
        let path = folder.path().join(name);
        let path = path.to_str().unwrap();
        let printed = stdout(&["export", "人工智能", "--bom", "-o", path]);
        assert_eq!(printed, format!("{path}\n"));
        let written = std::fs::read_to_string(path).unwrap();
        assert!(written.starts_with(begins), "{name}: {written}");
    }
    let output = wenmai(&["export", "人工智能", "-o", "no such folder/a.md"]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_region_narrows_the_report_and_an_unknown_theme_is_named() {
    let report = stdout(&["export", "人工智能", "量子养殖", "--region", "上海", "--json"]);
    let report: Value = serde_json::from_str(&report).unwrap();
    assert_eq!((report.as_array().unwrap().len(), report[0]["mentions"].as_u64()), (1, Some(2)));
    let nothing = wenmai(&["export", "量子养殖"]);
    assert_eq!(nothing.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&nothing.stderr).contains("量子养殖"));
    assert_eq!(wenmai(&["export", "人工智能", "--region", "火星"]).status.code(), Some(2));
}

/// Every region, quote and citation of the page is drawn by a browser, where one is installed.
#[test]
fn a_browser_shows_the_page() {
    let names = ["chromium", "chromium-browser", "google-chrome", "chrome-headless-shell"];
    let found = names.iter().find(|name| {
        Command::new(name).arg("--version").output().is_ok_and(|output| output.status.success())
    });
    let Some(browser) = found else { return };
    let folder = tempfile::tempdir().unwrap();
    let (page, picture) = (folder.path().join("a.html"), folder.path().join("a.png"));
    stdout(&["export", "人工智能", "-o", page.to_str().unwrap()]);
    let output = Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--window-size=1000,1400"])
        .arg(format!("--user-data-dir={}", folder.path().join("profile").display()))
        .arg(format!("--screenshot={}", picture.display()))
        .arg(&page)
        .output()
        .unwrap();
    let drawn = std::fs::metadata(&picture).map(|file| file.len());
    assert!(drawn.is_ok_and(|bytes| bytes > 10_000), "{}", String::from_utf8_lossy(&output.stderr));
}
