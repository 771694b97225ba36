//! Quotes of themes as a person takes them away: Markdown, one HTML page, or CSV with a row a
//! mention.

use super::escape::{csv_row, html_text, markdown_text};
use super::page::page;
use super::quotes::{Quote, Quotes, RegionQuotes, ThemeQuotes};
use crate::text::Span;

/// The language of headings and counts. Quotes stay as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// Chinese.
    #[default]
    Chinese,
    /// English.
    English,
}

impl Language {
    fn code(self) -> &'static str {
        match self {
            Self::Chinese => "zh",
            Self::English => "en",
        }
    }

    /// The title of a report on some themes.
    fn title(self, themes: &[ThemeQuotes]) -> String {
        let names: Vec<_> = themes.iter().map(|theme| theme.theme.as_str()).collect();
        match self {
            Self::Chinese => format!("主题摘录：{}", names.join("、")),
            Self::English => format!("Quotes on {}", names.join(", ")),
        }
    }

    fn counts(self, mentions: usize, documents: usize) -> String {
        let (one, few) = (mentions == 1, documents == 1);
        let (mention, text) =
            (if one { "mention" } else { "mentions" }, if few { "text" } else { "texts" });
        match self {
            Self::Chinese => format!("{mentions} 处，{documents} 篇"),
            Self::English => format!("{mentions} {mention} in {documents} {text}"),
        }
    }

    fn region(self, region: &RegionQuotes) -> &str {
        region.region.as_deref().unwrap_or(match self {
            Self::Chinese => "地区不明",
            Self::English => "region unknown",
        })
    }

    fn heads(self) -> [&'static str; 3] {
        match self {
            Self::Chinese => ["地区", "处", "篇"],
            Self::English => ["region", "mentions", "texts"],
        }
    }
}

/// The quotes as Markdown: a heading a theme, one a region, a quotation with its citation each.
/// Mentions stand in `<b>`: asterisks beside Chinese marks are not read as emphasis.
pub fn quotes_markdown(quotes: &Quotes, language: Language) -> String {
    let mut text = format!("# {}\n", markdown_text(&language.title(&quotes.themes)));
    for theme in &quotes.themes {
        let counts = language.counts(theme.mentions, theme.documents);
        text.push_str(&format!("\n## {} ({counts})\n", markdown_text(&theme.theme)));
        for region in &theme.regions {
            let counts = language.counts(region.mentions, region.documents);
            let name = markdown_text(language.region(region));
            text.push_str(&format!("\n### {name} ({counts})\n"));
            for quote in &region.quotes {
                let said = marked(quote, markdown_text, |_| "<b>".to_owned(), "</b>");
                text.push_str(&format!("\n> {said}\n>\n> — {}\n", markdown_citation(quote)));
            }
        }
    }
    text
}

fn markdown_citation(quote: &Quote) -> String {
    let citation = &quote.citation;
    let mut line = format!("《{}》", markdown_text(&citation.title));
    for fact in citation.facts() {
        line.push('，');
        line.push_str(&markdown_text(fact));
    }
    match &citation.url {
        Some(url) => line.push_str(&format!("，<{}>", link(url))),
        None => line.push_str(&format!("，{}", markdown_text(&citation.path))),
    }
    line
}

/// An address without what could end it early.
fn link(url: &str) -> String {
    url.replace('<', "%3C").replace('>', "%3E").replace('"', "%22")
}

/// The quoted text with each mention inside an element.
fn marked(
    quote: &Quote,
    write: impl Fn(&str) -> String,
    open: impl Fn(Span) -> String,
    close: &str,
) -> String {
    let (before, pieces) = quote.pieces();
    let mut text = write(before);
    for (mention, matched, after) in pieces {
        text.push_str(&open(mention.span));
        text.push_str(&write(matched));
        text.push_str(close);
        text.push_str(&write(after));
    }
    text
}

/// The quotes as one HTML page that needs no other file and runs nothing. Every `<mark>` is a
/// mention; its `data-start` and `data-end`, with the `data-document` and `data-block` of its
/// `<blockquote>`, say where.
pub fn quotes_html(quotes: &Quotes, language: Language) -> String {
    let mut body = String::new();
    for (at, theme) in quotes.themes.iter().enumerate() {
        body.push_str(&format!("<section id=\"theme-{at}\">\n<h2>{}", html_text(&theme.theme)));
        let counts = language.counts(theme.mentions, theme.documents);
        body.push_str(&format!("<small>{counts}</small></h2>\n"));
        push_summary(&mut body, theme, language);
        for region in &theme.regions {
            push_region(&mut body, region, language);
        }
        body.push_str("</section>\n");
    }
    page(language.code(), &language.title(&quotes.themes), &body)
}

/// The regions of a theme with their counts.
fn push_summary(body: &mut String, theme: &ThemeQuotes, language: Language) {
    let [region, mentions, documents] = language.heads();
    body.push_str(&format!(
        "<table class=\"counts\">\n<thead>\n<tr><th>{region}</th><th class=\"n\">{mentions}</th>\
         <th class=\"n\">{documents}</th></tr>\n</thead>\n<tbody>\n"
    ));
    for of in &theme.regions {
        body.push_str(&format!(
            "<tr><td>{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td></tr>\n",
            html_text(language.region(of)),
            of.mentions,
            of.documents
        ));
    }
    body.push_str("</tbody>\n</table>\n");
}

fn push_region(body: &mut String, region: &RegionQuotes, language: Language) {
    let counts = language.counts(region.mentions, region.documents);
    let name = html_text(language.region(region));
    body.push_str(&format!("<h3>{name}<small>{counts}</small></h3>\n"));
    for quote in &region.quotes {
        let open = |at: crate::text::Span| {
            format!("<mark data-start=\"{}\" data-end=\"{}\">", at.start, at.end)
        };
        body.push_str(&format!(
            "<blockquote data-document=\"{}\" data-block=\"{}\">\n<p lang=\"zh\">{}</p>\n\
             <footer>— {}</footer>\n</blockquote>\n",
            html_text(&quote.citation.document),
            quote.block,
            marked(quote, html_text, open, "</mark>"),
            html_citation(quote)
        ));
    }
}

fn html_citation(quote: &Quote) -> String {
    let citation = &quote.citation;
    let mut line = format!("<cite>《{}》</cite>", html_text(&citation.title));
    for fact in citation.facts() {
        line.push('，');
        line.push_str(&html_text(fact));
    }
    let source = html_text(citation.source());
    match citation.url {
        Some(_) => {
            line.push_str(&format!("，<a href=\"{source}\" rel=\"noreferrer\">{source}</a>"));
        }
        None => line.push_str(&format!("，{source}")),
    }
    line
}

/// The columns of [`quotes_csv`].
const COLUMNS: [&str; 15] = [
    "theme", "region", "document", "title", "number", "issuer", "date", "section", "path", "url",
    "block", "start", "end", "match", "quote",
];

/// The quotes as CSV: a row a mention, with the whole quote behind it.
pub fn quotes_csv(quotes: &Quotes) -> String {
    let mut text = csv_row(COLUMNS);
    for theme in &quotes.themes {
        for quote in theme.regions.iter().flat_map(|region| &region.quotes) {
            for mention in &quote.mentions {
                let of = &quote.citation;
                let known = |fact: &Option<String>| fact.clone().unwrap_or_default();
                text.push_str(&csv_row([
                    theme.theme.clone(),
                    known(&of.region),
                    of.document.clone(),
                    of.title.clone(),
                    known(&of.number),
                    known(&of.issuer),
                    known(&of.date),
                    known(&of.section),
                    of.path.clone(),
                    known(&of.url),
                    quote.block.to_string(),
                    mention.span.start.to_string(),
                    mention.span.end.to_string(),
                    mention.matched.clone(),
                    quote.text.clone(),
                ]));
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::quotes::quotes;
    use super::*;
    use crate::library::Library;
    use crate::samples::regional_document;
    use crate::themes::vocabulary::Lexicon;
    use scraper::{Html, Selector};

    /// Two texts whose words are markup, formulae and escapes wherever a report prints them.
    fn hostile() -> Quotes {
        let said = "<b>在人工智能、</b><script>alert(1)</script>脑机接口等领域，\"a\" & 'b' *c*。";
        let mut a = regional_document("<a>&\"'", "=北京<i>", &[said]);
        a.metadata.url = Some("https://a.cn/?q=\"><script>&x=1".to_owned());
        a.metadata.number = Some("+1号\u{1b}[2J".to_owned());
        let mut b = regional_document("b", "上海", &["在人工智能、脑机接口等领域。"]);
        b.metadata.region = None;
        b.metadata.url = Some("javascript:alert(1)".to_owned());
        let library = Library::new(vec![a, b], Vec::new(), Lexicon::default());
        let theme = library.themes().find("人工智能").unwrap();
        quotes(&library, &[theme], |_| true)
    }

    fn select<'h>(page: &'h Html, css: &str) -> Vec<scraper::ElementRef<'h>> {
        page.select(&Selector::parse(css).unwrap()).collect()
    }

    #[test]
    fn no_markup_of_a_text_gets_into_the_page_and_all_its_words_do() {
        let written = quotes_html(&hostile(), Language::Chinese);
        let page = Html::parse_document(&written);
        assert_eq!(page.errors, Vec::<std::borrow::Cow<'_, str>>::new(), "{written}");
        assert_eq!(select(&page, "script, b, i, img, link, iframe").len(), 0, "{written}");
        let said: Vec<String> =
            select(&page, "blockquote p").iter().map(|p| p.text().collect()).collect();
        assert_eq!(
            said[0],
            "<b>在人工智能、</b><script>alert(1)</script>脑机接口等领域，\"a\" & 'b' *c*。"
        );
        let links: Vec<_> = select(&page, "a").iter().filter_map(|a| a.attr("href")).collect();
        assert_eq!(links, ["https://a.cn/?q=\"><script>&x=1"]);
        assert!(written.contains("地区不明"));
    }

    #[test]
    fn a_page_fetches_nothing() {
        let written = quotes_html(&hostile(), Language::English);
        let page = Html::parse_document(&written);
        assert_eq!(select(&page, "[src], link, object, embed, style[src]").len(), 0);
        assert!(!written.contains("url(") && !written.contains("@import"));
        let policy = select(&page, "meta[http-equiv]");
        assert!(policy[0].attr("content").unwrap().starts_with("default-src 'none'"));
    }

    #[test]
    fn markdown_quotes_with_counts_and_citations() {
        let written = quotes_markdown(&hostile(), Language::English);
        assert!(written.contains("## 人工智能 (2 mentions in 2 texts)"), "{written}");
        assert!(written.contains("### region unknown (1 mention in 1 text)"));
        assert!(written.contains("> 在<b>人工智能</b>、脑机接口等领域。"), "{written}");
        assert!(written.contains("&lt;script>alert(1)&lt;/script>"));
        assert!(!written.contains("<script"));
        assert!(written.contains("，<https://a.cn/?q=%22%3E%3Cscript%3E&x=1>"), "{written}");
    }

    #[test]
    fn csv_has_a_row_a_mention_and_no_formula() {
        let written = quotes_csv(&hostile());
        let mut rows = csv::Reader::from_reader(written.as_bytes());
        let rows: Vec<_> = rows.records().map(Result::unwrap).collect();
        assert_eq!(rows.len(), 2);
        assert_eq!(&rows[0][1], "'=北京<i>");
        assert_eq!(&rows[0][4], "'+1号");
        assert_eq!((&rows[0][13], &rows[1][9]), ("人工智能", ""));
    }
}
