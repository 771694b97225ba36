//! What a page's head says about it: its title, and the meta tags that news and government sites
//! use (the names of GB/T government page headers, Open Graph, and common ones).

use scraper::node::Element;
use scraper::{ElementRef, Html};

use crate::document::{Metadata, PartialDate, TitleOrigin};
use crate::ingest::origin::origin;
use crate::ingest::{dates, title};
use crate::text::web_address::WebAddress;

/// The metadata of `tree`'s head, and of the comment that the software of papers writes into `source`.
pub(super) fn metadata(tree: &Html, source: &str) -> Metadata {
    let paper = Paper::of(source);
    let said = Said::by(tree);
    let meta = |names: &[&str]| said.named(names);
    let stated = meta(&["ArticleTitle", "og:title"]).map(|title| without_tags(&title));
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
        published: published
            .and_then(|date| dates::beijing_date(&date))
            .or_else(|| said.day())
            .or_else(|| dates::beijing_date(paper.field("date")?)),
        source: meta(&["ContentSource", "source", "mediaid", "article:source"])
            .map(|source| without_label(&source).to_owned()),
        byline: meta(&["article:author"])
            .filter(|author| !author.contains("://"))
            .or_else(|| paper.field("author").map(str::to_owned)),
        url: meta(&["og:url"])
            .and_then(|address| WebAddress::parse(&address))
            .or_else(|| said_by_browser(tree)),
        ..Metadata::default()
    }
}

/// The address in the comment with which a browser marks a page that it saves.
fn said_by_browser(tree: &Html) -> Option<WebAddress> {
    let top = tree.tree.root().children().chain(tree.root_element().children());
    let mut comments = top.filter_map(|node| node.value().as_comment());
    comments.find_map(|comment| origin(comment))
}

/// What the software of most digital papers says of an article in a comment:
/// `<!--enpproperty <date>…</date><author>…</author>…/enpproperty-->`.
struct Paper<'t>(&'t str);

impl<'t> Paper<'t> {
    fn of(source: &'t str) -> Self {
        let own = memchr::memmem::find(source.as_bytes(), b"<!--enpproperty");
        let comment = own.and_then(|at| source.get(at..)?.split_once("-->"));
        Self(comment.map_or("", |(comment, _)| comment))
    }

    fn field(&self, name: &str) -> Option<&'t str> {
        let (_, rest) = self.0.split_once(&format!("<{name}>"))?;
        let (value, _) = rest.split_once("</")?;
        // 2022-02-13 00:00:00:0 has a part more than moments have.
        let value = value.split_once(" 00:00:00").map_or(value, |(day, _)| day).trim();
        (!value.is_empty()).then_some(value)
    }
}

/// A title that was stated with the tags that set it.
fn without_tags(title: &str) -> String {
    let mut out = String::with_capacity(title.len());
    let mut rest = title;
    while let Some((before, behind)) = rest.split_once('<') {
        out.push_str(before);
        rest = behind.split_once('>').map_or("", |(_, behind)| behind);
    }
    out.push_str(rest);
    out.trim().to_owned()
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
    /// What elements say of the day of publication: `<time>`, and itemprop datePublished.
    times: Vec<&'t str>,
    stated_day: Option<&'t str>,
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
                "time" => said.times.extend(element.attr("datetime")),
                _ => {}
            }
            if element.attr("itemprop") == Some("datePublished") && said.stated_day.is_none() {
                let stated = ["datetime", "content"].iter().find_map(|name| element.attr(name));
                said.stated_day = stated.or_else(|| element.text().next());
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

    /// The day of publication that an element states. Of several `<time>` each may be another
    /// article's: only where they agree, or one is alone, it is this one's.
    fn day(&self) -> Option<PartialDate> {
        let stated = self.stated_day.and_then(dates::beijing_date);
        stated.or_else(|| {
            let mut days: Vec<_> =
                self.times.iter().filter_map(|t| dates::beijing_date(t)).collect();
            days.dedup();
            days.pop().filter(|_| days.is_empty())
        })
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
