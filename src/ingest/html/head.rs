//! What a page's head says about it: its title, and the meta tags that news and government sites
//! use (the names of GB/T government page headers, Open Graph, and common ones).

use std::sync::LazyLock;

use scraper::{Html, Selector};

use crate::document::{Metadata, TitleOrigin};
use crate::ingest::{dates, title};

/// The metadata of `tree`'s head.
pub(super) fn metadata(tree: &Html) -> Metadata {
    let meta = |names: &[&str]| named(tree, names);
    let headings = texts(tree, &HEADING);
    let stated = meta(&["ArticleTitle", "og:title"]);
    let title = title::chosen(texts(tree, &TITLE).first().map(String::as_str), stated, &headings);
    let published = meta(&[
        "PubDate",
        "publishdate",
        "article:published_time",
        "publishtime",
        "pubdate",
        "weibo: article:create_at",
    ]);
    Metadata {
        title_origin: TitleOrigin::Given,
        title,
        published: published.and_then(|date| dates::beijing_day(&date)),
        source: meta(&["ContentSource", "source", "mediaid", "article:source"])
            .map(|source| without_label(&source).to_owned()),
        byline: meta(&["article:author"]).filter(|author| !author.contains("://")),
        url: meta(&["og:url"]),
        ..Metadata::default()
    }
}

/// 某某网 of 来源：某某网.
fn without_label(source: &str) -> &str {
    let name = ["来源：", "来源:"].iter().find_map(|label| source.strip_prefix(label));
    name.unwrap_or(source).trim()
}

type Selection = LazyLock<Option<Selector>>;

static META: Selection = LazyLock::new(|| Selector::parse("meta[content]").ok());
static TITLE: Selection = LazyLock::new(|| Selector::parse("title").ok());
static HEADING: Selection = LazyLock::new(|| Selector::parse("h1, h2").ok());

fn named(tree: &Html, names: &[&str]) -> Option<String> {
    let metas = || META.as_ref().into_iter().flat_map(|selector| tree.select(selector));
    names.iter().find_map(|wanted| {
        let found = metas().find(|meta| {
            [meta.attr("name"), meta.attr("property")]
                .into_iter()
                .flatten()
                .any(|name| name.eq_ignore_ascii_case(wanted))
        })?;
        let content = found.attr("content")?.trim();
        (!content.is_empty()).then(|| content.to_owned())
    })
}

fn texts(tree: &Html, selection: &Selection) -> Vec<String> {
    let elements = selection.as_ref().into_iter().flat_map(|selector| tree.select(selector));
    elements
        .map(|element| element.text().flat_map(str::split_whitespace).collect::<Vec<_>>().join(" "))
        .filter(|text| !text.is_empty())
        .collect()
}
