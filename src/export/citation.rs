//! A citation: where a quote stands, in the words by which a person finds it again.

use serde::Serialize;

use crate::document::Document;
use crate::text::sanitize::sanitize;

/// Where a quote stands. What is unknown is `None` and left out of every line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Citation {
    /// The document's id.
    pub document: String,
    /// Its title.
    pub title: String,
    /// Its 文号.
    pub number: Option<String>,
    /// Who issued it.
    pub issuer: Option<String>,
    /// Its day, YYYY-MM-DD.
    pub date: Option<String>,
    /// Its region.
    pub region: Option<String>,
    /// The heading above the quote.
    pub section: Option<String>,
    /// The file that was read.
    pub path: String,
    /// Where the page was saved from; only addresses of the web.
    pub url: Option<String>,
}

impl Citation {
    /// Where `block` of `document` stands.
    pub fn of(document: &Document, block: u32) -> Self {
        let facts = &document.metadata;
        Self {
            document: document.id.to_string(),
            title: facts.title.clone(),
            number: facts.number.clone(),
            issuer: facts.issuer.clone(),
            date: facts.date().map(|date| date.to_string()),
            region: facts.region.as_ref().map(|region| region.name.clone()),
            section: document.section_of(block).map(|heading| heading.title.clone()),
            path: document.path.display().to_string(),
            url: facts.url.clone().filter(|url| is_web(url)),
        }
    }

    /// Everything behind the title that is known, in the order of a citation: number, date, region,
    /// section.
    pub fn facts(&self) -> impl Iterator<Item = &str> {
        [&self.number, &self.date, &self.region, &self.section].into_iter().flatten().map(|s| &**s)
    }

    /// The address, or the path where there is none.
    pub fn source(&self) -> &str {
        self.url.as_deref().unwrap_or(&self.path)
    }

    /// The citation in one line of plain text: 《title》，number，date，region，section，source.
    pub fn line(&self) -> String {
        let mut line = format!("《{}》", self.title);
        for fact in self.facts().chain([self.source()]) {
            line.push('，');
            line.push_str(fact);
        }
        line
    }
}

/// True for an address that a browser may follow from a page: nothing that runs.
fn is_web(url: &str) -> bool {
    let scheme = url.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
    matches!(scheme.as_deref(), Some("http" | "https"))
        && !url.contains(char::is_whitespace)
        && sanitize(url) == url
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Heading;
    use crate::links::samples::document;

    #[test]
    fn a_citation_names_what_is_known_and_follows_only_addresses_of_the_web() {
        let mut text = document("a", "上海", &["总则", "加快人工智能发展。"]);
        text.metadata.number = Some("沪府〔2022〕1号".to_owned());
        text.metadata.published = "2022-02-17".parse().ok();
        text.metadata.url = Some("javascript:alert(1)".to_owned());
        text.outline = vec![Heading { level: 1, title: "总则".to_owned(), block: 0 }];
        let citation = Citation::of(&text, 1);
        assert_eq!(citation.line(), "《a》，沪府〔2022〕1号，2022-02-17，上海，总则，a");
        text.metadata.url = Some("https://a.cn/1.html".to_owned());
        assert_eq!(Citation::of(&text, 1).source(), "https://a.cn/1.html");
    }
}
