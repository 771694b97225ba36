//! What a page's head says about it: its title, and the meta tags that news and government sites
//! use (the names of GB/T government page headers, Open Graph, and common ones).

use scraper::node::Element;
use scraper::{ElementRef, Html};

use crate::document::{Metadata, TitleOrigin};
use crate::ingest::origin::origin;
use crate::ingest::{dates, title};

/// The metadata of `tree`'s head.
pub(super) fn metadata(tree: &Html) -> Metadata {
    let said = Said::by(tree);
    let meta = |names: &[&str]| said.named(names);
    let stated = meta(&["ArticleTitle", "og:title"]);
    let title = title::chosen(said.title.as_deref(), stated, &said.headings);
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
        published: published.and_then(|date| dates::beijing_date(&date)),
        source: meta(&["ContentSource", "source", "mediaid", "article:source"])
            .map(|source| without_label(&source).to_owned()),
        byline: meta(&["article:author"]).filter(|author| !author.contains("://")),
        url: meta(&["og:url"]).or_else(|| said_by_browser(tree)),
        ..Metadata::default()
    }
}

/// The address in the comment with which a browser marks a page that it saves.
fn said_by_browser(tree: &Html) -> Option<String> {
    let top = tree.tree.root().children().chain(tree.root_element().children());
    let mut comments = top.filter_map(|node| node.value().as_comment());
    comments.find_map(|comment| origin(comment)).map(str::to_owned)
}

/// 某某网 of 来源：某某网.
fn without_label(source: &str) -> &str {
    let name = ["来源：", "来源:"].iter().find_map(|label| source.strip_prefix(label));
    name.unwrap_or(source).trim()
}

/// What was found in one walk over a page.
#[derive(Default)]
struct Said<'t> {
    title: Option<String>,
    headings: Vec<String>,
    /// Name and content of its meta tags.
    metas: Vec<(&'t str, &'t str)>,
}

/// Headings that are looked at for the title.
const HEADINGS: usize = 50;

impl<'t> Said<'t> {
    fn by(tree: &'t Html) -> Self {
        let mut said = Self::default();
        for element in tree.tree.root().descendants().filter_map(ElementRef::wrap) {
            match element.value().name() {
                "title" if said.title.is_none() => said.title = text(element),
                "h1" | "h2" if said.headings.len() < HEADINGS => {
                    said.headings.extend(text(element));
                }
                "meta" => said.add_meta(element.value()),
                _ => {}
            }
        }
        said
    }

    fn add_meta(&mut self, element: &'t Element) {
        let mut content = None;
        let mut names = [None, None];
        for (name, value) in element.attrs() {
            match name {
                "content" => content = Some(value.trim()),
                "name" => names[0] = Some(value),
                "property" => names[1] = Some(value),
                _ => {}
            }
        }
        if let Some(content) = content.filter(|content| !content.is_empty()) {
            self.metas.extend(names.into_iter().flatten().map(|name| (name, content)));
        }
    }

    /// The content of the first of `names` that the page has.
    fn named(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|wanted| {
            let found = self.metas.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted))?;
            Some(found.1.to_owned())
        })
    }
}

fn text(element: ElementRef<'_>) -> Option<String> {
    let words: Vec<&str> = element.text().flat_map(str::split_whitespace).collect();
    (!words.is_empty()).then(|| words.join(" "))
}
