//! Text written in a format with markup of its own: HTML, Markdown, the XML of Word, CSV. Foreign
//! text gets in by one way for each format, on which it loses what the format would take for markup
//! and what would steer a terminal; markup itself can only be written in the program's own source.
//! So no writer of a report can forget to escape: a raw text does not compile.

use std::fmt;
use std::marker::PhantomData;

use serde::Serialize;

use super::sanitize::{is_harmful, sanitize};
use super::web_address::WebAddress;

/// A format, as [`Markup`] writes it.
pub trait Format: Sized {
    /// What separates the lines of a text within one paragraph.
    const LINE_BREAK: &'static str;

    /// Writes one line of foreign text after `written`. It is sanitised already.
    fn push_text(written: &mut String, line: &str);

    /// Writes an address where the format wants one.
    fn push_address(written: &mut String, href: &str);
}

/// HTML, in an element or in an attribute in quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct HtmlFormat;
/// Markdown (CommonMark and GitHub's tables).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MarkdownFormat;
/// XML, in an element or in an attribute in quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct XmlFormat;

/// A text in HTML.
pub type Html = Markup<HtmlFormat>;
/// A text in Markdown.
pub type Markdown = Markup<MarkdownFormat>;
/// A text in XML.
pub type Xml = Markup<XmlFormat>;

/// A text in the format `F`.
#[derive(Clone, PartialEq, Eq)]
pub struct Markup<F> {
    written: String,
    format: PhantomData<F>,
}

/// A part of a text in the format `F`.
#[derive(Debug)]
pub enum Part<'p, F> {
    /// Markup, which only the source of the program can hold.
    Own(&'static str),
    /// Foreign text in one line.
    Text(&'p str),
    /// Foreign text that may have several lines, which stay in one paragraph.
    Lines(&'p str),
    /// A number.
    Number(usize),
    /// An address that a reader may follow.
    Address(&'p WebAddress),
    /// Something that is written in the format already.
    Written(&'p Markup<F>),
}

pub use Part::{Address, Lines, Number, Own, Text, Written};

impl<F: Format> Markup<F> {
    /// The text of these parts.
    pub fn of<'p>(parts: impl IntoIterator<Item = Part<'p, F>>) -> Self
    where
        F: 'p,
    {
        let mut markup = Self::default();
        markup.push(parts);
        markup
    }

    /// Adds `parts` at the end.
    pub fn push<'p>(&mut self, parts: impl IntoIterator<Item = Part<'p, F>>)
    where
        F: 'p,
    {
        for part in parts {
            match part {
                Own(markup) => self.written.push_str(markup),
                Text(text) => F::push_text(&mut self.written, &sanitize(text)),
                Lines(text) => {
                    for (nth, line) in text.split('\n').enumerate() {
                        if nth > 0 {
                            self.written.push_str(F::LINE_BREAK);
                        }
                        F::push_text(&mut self.written, &sanitize(line));
                    }
                }
                Number(number) => self.written.push_str(&number.to_string()),
                Address(address) => F::push_address(&mut self.written, &address.href()),
                Written(markup) => self.written.push_str(&markup.written),
            }
        }
    }

    /// What was written.
    pub fn as_str(&self) -> &str {
        &self.written
    }

    /// True where nothing was written.
    pub fn is_empty(&self) -> bool {
        self.written.is_empty()
    }
}

impl<F> Default for Markup<F> {
    fn default() -> Self {
        Self { written: String::new(), format: PhantomData }
    }
}

impl<F> fmt::Display for Markup<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

impl<F> fmt::Debug for Markup<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.written, f)
    }
}

impl<F> From<Markup<F>> for String {
    fn from(markup: Markup<F>) -> Self {
        markup.written
    }
}

impl Format for HtmlFormat {
    const LINE_BREAK: &'static str = "<br>";

    fn push_text(written: &mut String, line: &str) {
        push_entities(written, line);
    }

    fn push_address(written: &mut String, href: &str) {
        push_entities(written, href);
    }
}

impl Format for XmlFormat {
    const LINE_BREAK: &'static str = "\n";

    fn push_text(written: &mut String, line: &str) {
        push_entities(written, line);
    }

    fn push_address(written: &mut String, href: &str) {
        push_entities(written, href);
    }
}

fn push_entities(written: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => written.push_str("&amp;"),
            '<' => written.push_str("&lt;"),
            '>' => written.push_str("&gt;"),
            '"' => written.push_str("&quot;"),
            '\'' => written.push_str("&#39;"),
            _ => written.push(c),
        }
    }
}

impl Format for MarkdownFormat {
    const LINE_BREAK: &'static str = "<br>";

    fn push_text(written: &mut String, line: &str) {
        let before = number_before(written);
        // A blank at the beginning of a line would be code or a continuation.
        let line = if before == Some(0) { line.trim_start() } else { line };
        let block = before.and_then(|digits| block_marker(line, digits));
        for (at, c) in line.char_indices() {
            match c {
                '<' => written.push_str("&lt;"),
                '&' => written.push_str("&amp;"),
                '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' | '!' | '$' => {
                    written.extend(['\\', c]);
                }
                _ if block == Some(at) => written.extend(['\\', c]),
                _ => written.push(c),
            }
        }
    }

    fn push_address(written: &mut String, href: &str) {
        written.push('<');
        // A bar would end a cell of a table.
        written.push_str(&href.replace('|', "%7C"));
        written.push('>');
    }
}

/// Where what comes next begins a block of Markdown, also inside a quotation, the digits that its
/// line has already.
fn number_before(written: &str) -> Option<usize> {
    let line = written.rsplit('\n').next().unwrap_or_default();
    let number = line.trim_start_matches(['>', ' ']);
    number.chars().all(|c| c.is_ascii_digit()).then_some(number.len())
}

/// The byte of the character by which `line` would be a list, an underline or a quotation, after
/// `digits` digits.
fn block_marker(line: &str, digits: usize) -> Option<usize> {
    let at = line.find(|c: char| !c.is_ascii_digit()).unwrap_or(line.len());
    let mut rest = line.get(at..)?.chars();
    let (mark, next) = (rest.next()?, rest.next());
    let is_alone = next.is_none_or(char::is_whitespace);
    let is_marker = match at + digits {
        0 => match mark {
            '>' | '=' => true,
            '-' => is_alone || next == Some('-'),
            '+' => is_alone,
            _ => false,
        },
        // A list has at most nine digits.
        number => number <= 9 && is_alone && matches!(mark, '.' | ')'),
    };
    is_marker.then_some(at)
}

impl Markdown {
    /// A link to a page whose text is `text`.
    pub fn push_link(&mut self, text: &Self, address: &WebAddress) {
        self.push([Own("["), Written(text), Own("]("), Address(address), Own(")")]);
    }

    /// A link to a file whose text is `text`.
    pub fn push_file_link(&mut self, text: &Self, path: &str) {
        // What stands before a colon would be a scheme.
        let has_scheme = path.split('/').next().is_some_and(|first| first.contains(':'));
        let is_drive = path.get(1..3).is_some_and(|rest| matches!(rest, ":\\" | ":/"));
        self.push([Own("["), Written(text), Own("](<")]);
        if has_scheme && !is_drive {
            self.push([Own("./")]);
        }
        let odd = |c: char| matches!(c, '<' | '>' | '|' | '%');
        for c in sanitize(path).chars() {
            match c {
                '\\' => self.written.push_str("\\\\"),
                _ if odd(c) => self.written.push_str(&format!("%{:02X}", u32::from(c))),
                _ => self.written.push(c),
            }
        }
        self.push([Own(">)")]);
    }

    /// Data in a comment that a reader does not see and no text can end.
    ///
    /// # Errors
    /// The data cannot be written as JSON.
    pub fn push_comment(
        &mut self,
        name: &'static str,
        data: &impl Serialize,
    ) -> serde_json::Result<()> {
        let json = serde_json::to_string(data)?;
        self.push([Own("<!-- "), Own(name), Own(" ")]);
        let mut last = ' ';
        for c in json.chars() {
            // Outside of strings JSON has none of these but single signs of minus.
            if matches!(c, '<' | '>') || (c == '-' && last == '-') || is_harmful(c) {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    self.written.push_str(&format!("\\u{unit:04x}"));
                }
            } else {
                self.written.push(c);
            }
            last = c;
        }
        self.push([Own(" -->\n")]);
        Ok(())
    }
}

/// Tables as CSV (RFC 4180).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Csv(String);

impl Csv {
    /// Adds a row.
    pub fn push_row<C: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = C>) {
        let cells: Vec<_> = cells.into_iter().map(|cell| csv_cell(cell.as_ref())).collect();
        self.0.push_str(&cells.join(","));
        self.0.push_str("\r\n");
    }

    /// Adds an empty row, which separates two tables.
    pub fn push_gap(&mut self) {
        self.0.push_str("\r\n");
    }

    /// The tables after a byte order mark, by which spreadsheets know UTF-8.
    #[must_use]
    pub fn with_mark(self) -> Self {
        Self(format!("\u{FEFF}{}", self.0))
    }

    /// What was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Csv {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What makes a spreadsheet take a cell for a formula (OWASP, "CSV Injection"); full-width forms
/// too.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// A cell of CSV. One that would begin a formula, also after blanks, begins with an apostrophe
/// unless it is a plain number.
fn csv_cell(cell: &str) -> String {
    let clean: Vec<_> = cell.lines().map(sanitize).collect();
    let clean = clean.join("\n");
    let number = clean.parse::<f64>().is_ok();
    let guard = if clean.trim_start().starts_with(FORMULA) && !number { "'" } else { "" };
    let text = format!("{guard}{clean}");
    // A semicolon separates cells where the comma is the decimal mark.
    match text.contains(['"', ',', ';', '\n', '\r']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn html(text: &str) -> String {
        Html::of([Text(text)]).into()
    }

    fn markdown(text: &str) -> String {
        Markdown::of([Text(text)]).into()
    }

    #[test]
    fn no_text_is_markup() {
        let attack = "<script>alert('1')</script>&\"\u{1b}[2J\u{202e}x\ny";
        let safe = "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;&quot;x y";
        assert_eq!(html(attack), safe);
        assert_eq!(Xml::of([Text(attack)]).as_str(), safe);
        assert_eq!(markdown(attack), "&lt;script>alert('1')&lt;/script>&amp;\"x y");
        assert_eq!(
            markdown("![x](http://a) *b* `c` |"),
            "\\!\\[x\\](http://a) \\*b\\* \\`c\\` \\|"
        );
    }

    #[test]
    fn a_text_begins_no_block_of_markdown() {
        let cases = [
            ("- 一", "\\- 一"),
            ("+ 一", "\\+ 一"),
            ("1. 一", "1\\. 一"),
            ("12) 一", "12\\) 一"),
            ("# 一", "\\# 一"),
            ("> 一", "\\> 一"),
            ("===", "\\==="),
            ("    code", "code"),
            ("---", "\\---"),
            ("1.5亿元", "1.5亿元"),
            ("-5%", "-5%"),
            ("2025年 - 2027年", "2025年 - 2027年"),
        ];
        for (text, written) in cases {
            assert_eq!(markdown(text), written);
            assert_eq!(Markdown::of([Own("> "), Text(text)]).as_str(), format!("> {written}"));
        }
        assert_eq!(Markdown::of([Text("1"), Text(". 一")]).as_str(), "1\\. 一");
        // Within a line they are what they are.
        assert_eq!(Markdown::of([Own("| "), Text("- 一")]).as_str(), "| - 一");
    }

    #[test]
    fn lines_stay_in_their_paragraph_and_addresses_are_links() {
        let address = WebAddress::parse("http://a.cn/?q=a_b|'x'&y=1").unwrap();
        assert_eq!(Html::of([Lines("一\n<二>")]).as_str(), "一<br>&lt;二&gt;");
        assert_eq!(Html::of([Address(&address)]).as_str(), "http://a.cn/?q=a_b|%27x%27&amp;y=1");
        assert_eq!(
            Markdown::of([Address(&address)]).as_str(),
            "<http://a.cn/?q=a_b%7C%27x%27&y=1>"
        );
    }

    #[test]
    fn a_link_to_a_file_has_no_scheme_and_ends_at_its_end() {
        let link = |path: &str| {
            let mut text = Markdown::default();
            text.push_file_link(&Markdown::of([Text("甲]")]), path);
            String::from(text)
        };
        assert_eq!(link("/texts/a b.txt"), "[甲\\]](</texts/a b.txt>)");
        assert_eq!(link("javascript:alert(1)"), "[甲\\]](<./javascript:alert(1)>)");
        assert_eq!(link("a>) [x](y\n"), "[甲\\]](<a%3E) [x](y >)");
        assert_eq!(link("C:\\文\\a.txt"), "[甲\\]](<C:\\\\文\\\\a.txt>)");
    }

    #[test]
    fn a_comment_ends_only_at_its_end() {
        let data = ["--> <!-- x", "a---b", "\u{1b}[2J", "-1"];
        let mut text = Markdown::default();
        text.push_comment("wenmai", &data).unwrap();
        assert_eq!(text.as_str().matches("--").count(), 2, "{text}");
        let json = text.as_str().trim().strip_prefix("<!-- wenmai ").unwrap();
        let json = json.strip_suffix(" -->").unwrap();
        assert!(!json.contains(is_harmful));
        assert_eq!(serde_json::from_str::<[String; 4]>(json).unwrap(), data);
    }

    #[test]
    fn a_csv_cell_is_quoted_and_begins_no_formula() {
        let cases = [
            ("一,二", "\"一,二\""),
            ("一;二", "\"一;二\""),
            ("他说\"好\"", "\"他说\"\"好\"\"\""),
            ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
            (" @x", "' @x"),
            ("\t=1+1", "' =1+1"),
            ("\r=1+1", "' =1+1"),
            ("\n=1+1", "\"'\n=1+1\""),
            ("＝1+1", "'＝1+1"),
            ("\u{200B}=1+1", "'=1+1"),
            ("-3.5", "-3.5"),
            ("一\n二", "\"一\n二\""),
            ("a\x1B[2Jb", "ab"),
        ];
        for (cell, written) in cases {
            assert_eq!(csv_cell(cell), written, "{cell:?}");
        }
    }

    proptest! {
        #[test]
        fn a_spreadsheet_reads_back_the_cells_and_finds_no_formula(
            cells in prop::collection::vec("[-=+@＝\t\r\n ;,\"'甲a1]{0,6}", 1..4)
        ) {
            let mut table = Csv::default();
            table.push_row(&cells);
            let mut reader = csv::ReaderBuilder::new()
                .has_headers(false)
                .flexible(true)
                .from_reader(table.as_str().as_bytes());
            let read = reader.records().next().and_then(Result::ok).unwrap_or_default();
            prop_assert!(read.len() == cells.len() || cells.concat().trim().is_empty());
            for cell in &read {
                prop_assert!(!cell.starts_with(FORMULA) || cell.parse::<f64>().is_ok(), "{cell}");
                prop_assert!(!cell.starts_with(['\t', '\r']));
            }
        }

        #[test]
        fn a_page_reads_back_the_text_and_nothing_else(text in "[<>&\"'a-z/=! 甲]{0,30}") {
            let page = Html::of([Own("<p title=\""), Text(&text), Own("\">"), Text(&text)]);
            let page = scraper::Html::parse_fragment(page.as_str());
            let all = scraper::Selector::parse("p").unwrap();
            let paragraph = page.select(&all).next().unwrap();
            prop_assert_eq!(paragraph.attr("title"), Some(&*text));
            prop_assert_eq!(paragraph.text().collect::<String>(), text);
            prop_assert_eq!(page.root_element().descendants().filter(|n| n.value().is_element()).count(), 2);
        }
    }
}
