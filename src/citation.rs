//! Where a quote is, in the words by which a person finds it again: title, document number,
//! date, region, section, paragraph, source, and the address or path of the text. What is cited is
//! exactly what is shown at its place.

use jiff::civil::Date;
use serde::Serialize;

use crate::annotations::entry::Extent;
use crate::document::Document;
use crate::text::markup::{Markdown, Own, Text};
use crate::text::web_address::WebAddress;

/// Where a quote is. What is unknown is `None` and left out of every line.
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
    pub url: Option<WebAddress>,
}

impl Citation {
    /// Where `block` of `document` is.
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
            url: facts.url.clone(),
        }
    }

    /// Everything after the title that is known, in the order of a citation: number, date, region,
    /// section.
    pub fn facts(&self) -> impl Iterator<Item = &str> {
        [&self.number, &self.date, &self.region, &self.section].into_iter().flatten().map(|s| &**s)
    }

    /// The address, or the path where there is none.
    pub fn source(&self) -> &str {
        self.url.as_ref().map_or(&self.path, WebAddress::as_str)
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

/// How a citation is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Style {
    /// A block quote, and a line with a link.
    #[default]
    Markdown,
    /// One paragraph of plain text.
    Plain,
    /// The quote, and a reference as GB/T 7714-2015 writes electronic sources.
    GbT7714,
}

impl Style {
    /// Every style, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Markdown, Self::Plain, Self::GbT7714];

    /// What it is called in settings and messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Markdown => "markdown",
            Self::Plain => "plain",
            Self::GbT7714 => "gbt7714",
        }
    }

    /// The next one, going round.
    pub fn next(self) -> Self {
        match self {
            Self::Markdown => Self::Plain,
            Self::Plain => Self::GbT7714,
            Self::GbT7714 => Self::Markdown,
        }
    }
}

/// A place to be cited.
#[derive(Debug, Clone, Copy)]
pub struct Cited<'d> {
    /// The text.
    pub document: &'d Document,
    /// The characters that are quoted.
    pub extent: Extent,
    /// The path of its file.
    pub path: &'d str,
    /// The day of the quotation, which GB/T 7714 asks for.
    pub today: Date,
}

impl Cited<'_> {
    /// The quote with its citation.
    pub fn write(&self, style: Style) -> String {
        match style {
            Style::Markdown => self.markdown(),
            Style::Plain => self.plain(),
            Style::GbT7714 => self.gbt7714(),
        }
    }

    fn quote(&self) -> String {
        self.extent.text(self.document)
    }

    fn title(&self) -> &str {
        &self.document.metadata.title
    }

    /// Where it is.
    fn citation(&self) -> Citation {
        let path = self.path.to_owned();
        Citation { path, ..Citation::of(self.document, self.extent.from.block) }
    }

    /// The paragraphs that are quoted, from 1.
    fn paragraphs(&self) -> String {
        let (first, last) =
            (u64::from(self.extent.from.block) + 1, u64::from(self.extent.to.block) + 1);
        if last > first { format!("第{first}至{last}段") } else { format!("第{first}段") }
    }

    /// Number, source, date, region, section and paragraphs, as far as they are known.
    fn facts(&self) -> String {
        let Citation { number, issuer, date, region, section, .. } = self.citation();
        let source = issuer.or_else(|| self.document.metadata.source.clone());
        let facts = [number, source, date, region, section, Some(self.paragraphs())];
        let known = facts.into_iter().flatten().filter(|fact| !fact.is_empty());
        known.collect::<Vec<_>>().join("，")
    }

    fn markdown(&self) -> String {
        let mut text = Markdown::default();
        for (nth, line) in self.quote().lines().enumerate() {
            text.push([Own(if nth > 0 { "\n>\n> " } else { "> " }), Text(line)]);
        }
        text.push([Own("\n\n——")]);
        let title = Markdown::of([Own("《"), Text(self.title()), Own("》")]);
        let citation = self.citation();
        match &citation.url {
            Some(url) => text.push_link(&title, url),
            None => text.push_file_link(&title, &citation.path),
        }
        text.push([Own("，"), Text(&self.facts()), Own("\n")]);
        text.into()
    }

    fn plain(&self) -> String {
        let quote = self.quote().replace('\n', "");
        let (facts, citation) = (self.facts(), self.citation());
        format!("“{quote}”（《{}》，{facts}，{}）\n", self.title(), citation.source())
    }

    /// Author. Title: number[EB/OL]. (date)[quoted]. address.
    fn gbt7714(&self) -> String {
        let data = &self.document.metadata;
        let author = [&data.issuer, &data.byline, &data.source].into_iter().flatten().next();
        let author = author.map_or_else(String::new, |author| format!("{author}. "));
        let citation = self.citation();
        let number = citation.number.as_ref().map_or_else(String::new, |n| format!(": {n}"));
        let date = citation.date.as_ref().map_or_else(String::new, |date| format!("({date})"));
        let kind = if citation.url.is_some() { "EB/OL" } else { "A/OL" };
        let (quote, title, today) = (self.quote().replace('\n', ""), self.title(), self.today);
        format!(
            "“{quote}”（{}）\n{author}{title}{number}[{kind}]. {date}[{today}]. {}.\n",
            self.paragraphs(),
            citation.source()
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Heading;
    use crate::samples::{about, document};
    use crate::text::Span;

    fn cited(document: &Document) -> Cited<'_> {
        let extent = Extent::in_block(1, Span::new(2, 9));
        let today = Date::constant(2026, 11, 25);
        Cited { document, extent, path: "/texts/a.txt", today }
    }

    fn text() -> Document {
        let mut text =
            about(document("a", &["一、总则", "建设国家标准验证点，完善体系。"]), "北京");
        text.metadata.title = "验证点[2022]通知".to_owned();
        text.metadata.number = Some("京政发〔2022〕1号".to_owned());
        text.metadata.issuer = Some("北京市人民政府".to_owned());
        text.metadata.published = "2022-06-10".parse().ok();
        text.outline = vec![Heading { level: 1, title: "一、总则".to_owned(), block: 0 }];
        text
    }

    #[test]
    fn a_quote_is_cited_in_three_styles() {
        let mut text = text();
        let facts = "京政发〔2022〕1号，北京市人民政府，2022-06-10，北京，一、总则，第2段";
        assert_eq!(
            cited(&text).write(Style::Markdown),
            format!("> 国家标准验证点\n\n——[《验证点\\[2022\\]通知》](</texts/a.txt>)，{facts}\n")
        );
        assert_eq!(
            cited(&text).write(Style::Plain),
            format!("“国家标准验证点”（《验证点[2022]通知》，{facts}，/texts/a.txt）\n")
        );
        text.metadata.url = WebAddress::parse("https://example.org/1");
        assert_eq!(
            cited(&text).write(Style::GbT7714),
            "“国家标准验证点”（第2段）\n北京市人民政府. 验证点[2022]通知: 京政发〔2022〕1号[EB/OL]. \
             (2022-06-10)[2026-11-25]. https://example.org/1.\n"
        );
    }

    #[test]
    fn what_is_not_known_is_left_out() {
        let text = document("a", &["甲", "建设国家标准验证点。"]);
        let plain = cited(&text).write(Style::Plain);
        assert_eq!(plain, "“国家标准验证点”（《a》，第2段，/texts/a.txt）\n");
    }

    #[test]
    fn a_citation_names_what_is_known_and_follows_only_addresses_of_the_web() {
        let mut text = about(document("a", &["总则", "加快人工智能发展。"]), "上海");
        text.metadata.number = Some("沪府〔2022〕1号".to_owned());
        text.metadata.published = "2022-02-17".parse().ok();
        text.outline = vec![Heading { level: 1, title: "总则".to_owned(), block: 0 }];
        let citation = Citation::of(&text, 1);
        assert_eq!(citation.line(), "《a》，沪府〔2022〕1号，2022-02-17，上海，总则，a");
        text.metadata.url = WebAddress::parse("https://a.cn/1.html");
        assert_eq!(Citation::of(&text, 1).source(), "https://a.cn/1.html");
    }
}
