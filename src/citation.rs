//! A quote with where it stands: title, document number, date, region, section, paragraph, source,
//! and the address or path of the text. What is cited is exactly what is shown at its place.

use jiff::civil::Date;

use crate::document::Document;
use crate::keep::entry::Extent;

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

    /// The address of the page, else the path of the file.
    fn address(&self) -> &str {
        self.document.metadata.url.as_deref().unwrap_or(self.path)
    }

    /// Number, date, region, section, paragraph and source, as far as they are known.
    fn facts(&self) -> Vec<String> {
        let data = &self.document.metadata;
        let block = self.extent.from.block;
        let section = self.document.section_of(block).map(|heading| heading.title.clone());
        let last = self.extent.to.block;
        let paragraph = match last > block {
            true => format!("第{}至{}段", block + 1, last + 1),
            false => format!("第{}段", block + 1),
        };
        let region = data.region.as_ref().map(|region| region.name.clone());
        let date = data.date().map(|date| date.to_string());
        let source = data.issuer.clone().or_else(|| data.source.clone());
        let facts = [data.number.clone(), source, date, region, section, Some(paragraph)];
        facts.into_iter().flatten().filter(|fact| !fact.is_empty()).collect()
    }

    fn markdown(&self) -> String {
        let quote: Vec<String> = self.quote().lines().map(|line| format!("> {line}")).collect();
        let title = escape(self.title());
        // In angle brackets an address may hold blanks and parentheses.
        let address = self.address().replace(['<', '>', '\n'], "");
        let facts = escape(&self.facts().join("，"));
        format!("{}\n\n——[《{title}》](<{address}>)，{facts}\n", quote.join("\n>\n"))
    }

    fn plain(&self) -> String {
        let quote = self.quote().replace('\n', "");
        let facts = self.facts().join("，");
        format!("“{quote}”（《{}》，{facts}，{}）\n", self.title(), self.address())
    }

    /// Author. Title: number[EB/OL]. (date)[quoted]. address.
    fn gbt7714(&self) -> String {
        let data = &self.document.metadata;
        let author = [&data.issuer, &data.byline, &data.source].into_iter().flatten().next();
        let author = author.map_or_else(String::new, |author| format!("{author}. "));
        let number = data.number.as_ref().map_or_else(String::new, |number| format!(": {number}"));
        let date = data.date().map_or_else(String::new, |date| format!("({date})"));
        let quote = self.quote().replace('\n', "");
        let (title, today) = (self.title(), self.today);
        let (kind, address) = match &data.url {
            Some(url) => ("EB/OL", url.as_str()),
            None => ("A/OL", self.path),
        };
        let facts = self.facts();
        let place = facts.last().cloned().unwrap_or_default();
        format!(
            "“{quote}”（{place}）\n{author}{title}{number}[{kind}]. {date}[{today}]. {address}.\n"
        )
    }
}

/// Text in which Markdown sees no markup of its own.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '[' | ']' | '*' | '_' | '`' | '<' | '>' | '\\' | '#') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Heading;
    use crate::links::written::{about, document};
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
        text.metadata.published = Some(Date::constant(2022, 6, 10));
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
        text.metadata.url = Some("https://example.org/1".to_owned());
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
}
