//! Quotes of themes as a person takes them away: Markdown, one HTML page, or CSV with a row a
//! mention.

use super::page::page;
use super::quotes::{Quote, Quotes, RegionQuotes, ThemeQuotes};
use crate::text::Span;
use crate::text::markup::{
    Address, Csv, Format, Html, Markdown, Markup, Number, Own, Text, Written,
};

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
/// Mentions are in `<b>`: asterisks beside Chinese marks are not read as emphasis.
pub fn quotes_markdown(quotes: &Quotes, language: Language) -> Markdown {
    let mut text = Markdown::of([Own("# "), Text(&language.title(&quotes.themes)), Own("\n")]);
    for theme in &quotes.themes {
        push_heading(&mut text, "\n## ", &theme.theme, (theme.mentions, theme.documents), language);
        for region in &theme.regions {
            let counts = (region.mentions, region.documents);
            push_heading(&mut text, "\n### ", language.region(region), counts, language);
            for quote in &region.quotes {
                text.push([Own("\n> ")]);
                text.push([Written(&marked(quote, |_| Markdown::of([Own("<b>")]), "</b>"))]);
                text.push([Own("\n>\n> — "), Written(&markdown_citation(quote)), Own("\n")]);
            }
        }
    }
    text
}

fn push_heading(
    text: &mut Markdown,
    level: &'static str,
    name: &str,
    (mentions, documents): (usize, usize),
    language: Language,
) {
    let counts = language.counts(mentions, documents);
    text.push([Own(level), Text(name), Own(" ("), Text(&counts), Own(")\n")]);
}

fn markdown_citation(quote: &Quote) -> Markdown {
    let citation = &quote.citation;
    let mut line = Markdown::of([Own("《"), Text(&citation.title), Own("》")]);
    for fact in citation.facts() {
        line.push([Own("，"), Text(fact)]);
    }
    match &citation.url {
        Some(url) => line.push([Own("，"), Address(url)]),
        None => line.push([Own("，"), Text(&citation.path)]),
    }
    line
}

/// The quoted text with each mention inside an element.
fn marked<F: Format>(
    quote: &Quote,
    open: impl Fn(Span) -> Markup<F>,
    close: &'static str,
) -> Markup<F> {
    let (before, pieces) = quote.pieces();
    let mut text = Markup::of([Text(before)]);
    for (mention, matched, after) in pieces {
        text.push([Written(&open(mention.span)), Text(matched), Own(close), Text(after)]);
    }
    text
}

/// The quotes as one HTML page that needs no other file and runs nothing. Every `<mark>` is a
/// mention; its `data-start` and `data-end`, with the `data-document` and `data-block` of its
/// `<blockquote>`, say where.
pub fn quotes_html(quotes: &Quotes, language: Language) -> Html {
    let mut body = Html::default();
    for (at, theme) in quotes.themes.iter().enumerate() {
        let counts = language.counts(theme.mentions, theme.documents);
        body.push([Own("<section id=\"theme-"), Number(at), Own("\">\n<h2>"), Text(&theme.theme)]);
        body.push([Own("<small>"), Text(&counts), Own("</small></h2>\n")]);
        push_summary(&mut body, theme, language);
        for region in &theme.regions {
            push_region(&mut body, region, language);
        }
        body.push([Own("</section>\n")]);
    }
    page(language.code(), &language.title(&quotes.themes), &body)
}

/// The regions of a theme with their counts.
fn push_summary(body: &mut Html, theme: &ThemeQuotes, language: Language) {
    let [region, mentions, documents] = language.heads();
    body.push([
        Own("<table class=\"counts\">\n<thead>\n<tr><th>"),
        Text(region),
        Own("</th><th class=\"n\">"),
        Text(mentions),
        Own("</th><th class=\"n\">"),
        Text(documents),
        Own("</th></tr>\n</thead>\n<tbody>\n"),
    ]);
    for of in &theme.regions {
        body.push([Own("<tr><td>"), Text(language.region(of)), Own("</td><td class=\"n\">")]);
        body.push([Number(of.mentions), Own("</td><td class=\"n\">"), Number(of.documents)]);
        body.push([Own("</td></tr>\n")]);
    }
    body.push([Own("</tbody>\n</table>\n")]);
}

fn push_region(body: &mut Html, region: &RegionQuotes, language: Language) {
    let counts = language.counts(region.mentions, region.documents);
    body.push([Own("<h3>"), Text(language.region(region)), Own("<small>"), Text(&counts)]);
    body.push([Own("</small></h3>\n")]);
    for quote in &region.quotes {
        body.push([
            Own("<blockquote data-document=\""),
            Text(&quote.citation.document),
            Own("\" data-block=\""),
            Number(quote.block as usize),
            Own("\">\n<p lang=\"zh\">"),
            Written(&marked(quote, html_mark, "</mark>")),
            Own("</p>\n<footer>— "),
            Written(&html_citation(quote)),
            Own("</footer>\n</blockquote>\n"),
        ]);
    }
}

fn html_mark(at: Span) -> Html {
    let (start, end) = (Number(at.start as usize), Number(at.end as usize));
    Html::of([Own("<mark data-start=\""), start, Own("\" data-end=\""), end, Own("\">")])
}

fn html_citation(quote: &Quote) -> Html {
    let citation = &quote.citation;
    let mut line = Html::of([Own("<cite>《"), Text(&citation.title), Own("》</cite>")]);
    for fact in citation.facts() {
        line.push([Own("，"), Text(fact)]);
    }
    match &citation.url {
        Some(url) => line.push([
            Own("，<a href=\""),
            Address(url),
            Own("\" rel=\"noreferrer\">"),
            Text(url.as_str()),
            Own("</a>"),
        ]),
        None => line.push([Own("，"), Text(citation.source())]),
    }
    line
}

/// The columns of [`quotes_csv`].
const COLUMNS: [&str; 15] = [
    "theme", "region", "document", "title", "number", "issuer", "date", "section", "path", "url",
    "block", "start", "end", "match", "quote",
];

/// The quotes as CSV: a row a mention, each with the whole quote.
pub fn quotes_csv(quotes: &Quotes) -> Csv {
    let mut text = Csv::default();
    text.push_row(COLUMNS);
    for theme in &quotes.themes {
        for quote in theme.regions.iter().flat_map(|region| &region.quotes) {
            for mention in &quote.mentions {
                let of = &quote.citation;
                let known = |fact: &Option<String>| fact.clone().unwrap_or_default();
                text.push_row([
                    theme.theme.clone(),
                    known(&of.region),
                    of.document.clone(),
                    of.title.clone(),
                    known(&of.number),
                    known(&of.issuer),
                    known(&of.date),
                    known(&of.section),
                    of.path.clone(),
                    of.url.as_ref().map(ToString::to_string).unwrap_or_default(),
                    quote.block.to_string(),
                    mention.span.start.to_string(),
                    mention.span.end.to_string(),
                    mention.matched.clone(),
                    quote.text.clone(),
                ]);
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
    use crate::text::web_address::WebAddress;
    use crate::themes::vocabulary::Lexicon;
    use scraper::{Html, Selector};

    /// Two texts whose words are markup, stock phrases and escapes wherever a report prints them.
    fn hostile() -> Quotes {
        let said = "<b>在人工智能、</b><script>alert(1)</script>脑机接口等领域，\"a\" & 'b' *c*。";
        let mut a = regional_document("<a>&\"'", "=北京<i>", &[said]);
        a.metadata.url = WebAddress::parse("https://a.cn/?q='(a_b)&x=1");
        a.metadata.number = Some("+1号\u{1b}[2J".to_owned());
        let mut b = regional_document("b", "上海", &["在人工智能、脑机接口等领域。"]);
        b.metadata.region = None;
        let library = Library::new(vec![a, b], Vec::new(), Lexicon::default());
        let theme = library.themes().find("人工智能").unwrap();
        quotes(&library, &[theme], |_| true)
    }

    fn select<'h>(page: &'h Html, css: &str) -> Vec<scraper::ElementRef<'h>> {
        page.select(&Selector::parse(css).unwrap()).collect()
    }

    #[test]
    fn no_markup_of_a_text_gets_into_the_page_and_all_its_words_do() {
        let written = String::from(quotes_html(&hostile(), Language::Chinese));
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
        assert_eq!(links, ["https://a.cn/?q=%27%28a_b%29&x=1"]);
        assert!(written.contains("地区不明"));
    }

    #[test]
    fn a_page_fetches_nothing() {
        let written = String::from(quotes_html(&hostile(), Language::English));
        let page = Html::parse_document(&written);
        assert_eq!(select(&page, "[src], link, object, embed, style[src]").len(), 0);
        assert!(!written.contains("url(") && !written.contains("@import"));
        let policy = select(&page, "meta[http-equiv]");
        assert!(policy[0].attr("content").unwrap().starts_with("default-src 'none'"));
    }

    #[test]
    fn markdown_quotes_with_counts_and_citations() {
        let written = String::from(quotes_markdown(&hostile(), Language::English));
        assert!(written.contains("## 人工智能 (2 mentions in 2 texts)"), "{written}");
        assert!(written.contains("### region unknown (1 mention in 1 text)"));
        assert!(written.contains("> 在<b>人工智能</b>、脑机接口等领域。"), "{written}");
        assert!(written.contains("&lt;script>alert(1)&lt;/script>"));
        assert!(!written.contains("<script"));
        assert!(written.contains("，<https://a.cn/?q=%27%28a_b%29&x=1>"), "{written}");
    }

    #[test]
    fn csv_has_a_row_a_mention_and_no_formula() {
        let written = quotes_csv(&hostile());
        let mut rows = csv::Reader::from_reader(written.as_str().as_bytes());
        let rows: Vec<_> = rows.records().map(Result::unwrap).collect();
        assert_eq!(rows.len(), 2);
        assert_eq!(&rows[0][1], "'=北京<i>");
        assert_eq!(&rows[0][4], "'+1号");
        assert_eq!((&rows[0][13], &rows[1][9]), ("人工智能", ""));
    }
}
