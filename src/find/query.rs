//! What a person asks of the full text, parsed: words that must all be there, phrases in quotation
//! marks, `-word` for what must not be there, `a|b` for either, and field filters. Or one pattern.
//!
//! Everything that an input method types is understood as well: blanks, quotation marks, colons,
//! bars and hyphens of full width. An unclosed quotation mark or an empty filter is a query still
//! being typed and no error.

use regex::{Regex, RegexBuilder};
use regex_syntax::hir::Look;

use super::filters::{FIELDS, Filters, Sign};
use crate::text::fold::{blanks_vanish, fold_key};
use crate::text::is_han;

/// The most characters of a query.
const LONGEST: usize = 4000;
/// The most words of a query.
const MOST_CLAUSES: usize = 64;
/// Bytes that a compiled pattern may take; `.{1000}` of Chinese stays below.
const LARGEST_PATTERN: usize = 16 << 20;

/// How the text of a query is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Mode {
    /// Words, phrases and operators.
    #[default]
    Words,
    /// A regular expression of the regex crate, matched inside blocks.
    Pattern,
}

/// A parsed query.
#[derive(Debug, Clone, Default)]
pub struct Query {
    pub(super) clauses: Vec<Clause>,
    pub(super) pattern: Option<Pattern>,
    filters: Filters,
}

/// Alternatives of which a text must have one, or none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Clause {
    pub(super) sign: Sign,
    /// Folded, none of them empty.
    pub(super) any: Vec<String>,
}

/// A compiled pattern for folded text.
#[derive(Debug, Clone)]
pub(super) struct Pattern {
    pub(super) shown: String,
    pub(super) regex: Regex,
    /// True where `\A` or `\z` mean the ends of a block, so that only blocks can be asked.
    pub(super) by_block_only: bool,
}

/// What is wrong with a query, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("character {}: {what}", at + 1)]
pub struct QueryError {
    /// The character of the query, from 0.
    pub at: usize,
    /// What is wrong there.
    pub what: Wrong,
}

/// What can be wrong with a query.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// More than [`Query::parse`] reads.
    #[error("the query is too long")]
    TooLong,
    /// A date filter that is no date.
    #[error("{0:?} is no date (2023, 2023-05, 2023-05-17, with < <= > >= or ..)")]
    Date(String),
    /// A kind filter that names no kind.
    #[error("{0:?} is no kind (theme, title, heading, paragraph, item, table, signature, note)")]
    Kind(String),
    /// A filter that does not exist.
    #[error("there is no filter {0:?} (region, date, since, until, issuer, kind, source)")]
    Field(String),
    /// The pattern cannot be read; the message is the regex crate's.
    #[error("{0}")]
    Pattern(String),
    /// The pattern compiles to more than the limit of size.
    #[error("the pattern is too large")]
    LargePattern,
}

impl Query {
    /// Reads `input`.
    ///
    /// # Errors
    /// A filter that cannot be read, a pattern that cannot, a query above the limits of size.
    pub fn parse(input: &str, mode: Mode) -> Result<Self, QueryError> {
        if let Some((at, _)) = input.chars().enumerate().nth(LONGEST) {
            return Err(QueryError { at, what: Wrong::TooLong });
        }
        match mode {
            Mode::Words => Self::parse_words(input),
            Mode::Pattern => Self::parse_pattern(input),
        }
    }

    fn parse_words(input: &str) -> Result<Self, QueryError> {
        let mut query = Self::default();
        for token in tokens(input) {
            if let Some((field, values)) = token.field() {
                query.add(field, &values, (token.sign, token.at))?;
                continue;
            }
            let any = token.parts.iter().map(|part| needle(&part.text)).filter(|n| !n.is_empty());
            let clause = Clause { sign: token.sign, any: any.collect() };
            if !clause.any.is_empty() {
                query.clauses.push(clause);
            }
            if query.clauses.len() > MOST_CLAUSES {
                return Err(QueryError { at: token.at, what: Wrong::TooLong });
            }
        }
        Ok(query)
    }

    fn parse_pattern(input: &str) -> Result<Self, QueryError> {
        let mut query = Self::default();
        let (mut pattern, mut at, mut start) = (String::new(), 0, None);
        for piece in input.split_inclusive(char::is_whitespace) {
            let token = tokens(piece).into_iter().next();
            match token.as_ref().and_then(Token::field) {
                Some((field, values)) => {
                    let sign = token.as_ref().map_or(Sign::Wanted, |token| token.sign);
                    query.add(field, &values, (sign, at))?;
                }
                None if pattern.is_empty() && piece.trim().is_empty() => {}
                None => {
                    start = start.or(Some(at));
                    pattern.push_str(piece);
                }
            }
            at += piece.chars().count();
        }
        let pattern = pattern.trim_end();
        if !pattern.is_empty() {
            let compiled = Pattern::new(pattern);
            query.pattern = Some(compiled.map_err(|error| error.moved(start.unwrap_or(0)))?);
        }
        Ok(query)
    }

    fn add(
        &mut self,
        field: &str,
        values: &[&str],
        (sign, at): (Sign, usize),
    ) -> Result<(), QueryError> {
        self.filters.add(field, values, sign).map_err(|what| QueryError { at, what })
    }

    /// Adds the filter `field:value`, as a command's option does.
    ///
    /// # Errors
    /// An unknown field or a value that cannot be read; the place is 0.
    pub fn filter(mut self, field: &str, value: &str) -> Result<Self, QueryError> {
        if !FIELDS.contains(&field) {
            return Err(QueryError { at: 0, what: Wrong::Field(field.to_owned()) });
        }
        self.add(field, &[value], (Sign::Wanted, 0))?;
        Ok(self)
    }

    /// The filters.
    pub fn filters(&self) -> &Filters {
        &self.filters
    }

    /// True where nothing is asked for: no wanted word and no pattern. Filters and unwanted words
    /// alone find documents, but no place in them.
    pub fn is_empty(&self) -> bool {
        self.pattern.is_none() && !self.clauses.iter().any(|clause| clause.sign == Sign::Wanted)
    }

    /// The words, phrases or the pattern that are looked for, as they are looked for: folded. A
    /// pattern is given as it was typed.
    pub fn wanted(&self) -> Vec<&str> {
        let words = self.clauses.iter().filter(|clause| clause.sign == Sign::Wanted);
        let words = words.flat_map(|clause| clause.any.iter().map(String::as_str));
        words.chain(self.pattern.iter().map(|pattern| pattern.shown.as_str())).collect()
    }
}

impl QueryError {
    fn moved(self, by: usize) -> Self {
        Self { at: self.at + by, ..self }
    }
}

/// The folded form of a word or phrase. What was pasted over a line end is joined, as a source's
/// line end is: to nothing between Chinese characters, to a blank elsewhere.
fn needle(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    for line in text.split(char::is_control).filter(|line| !line.is_empty()) {
        let between_han = joined.chars().next_back().is_none_or(is_han)
            || line.chars().next().is_some_and(is_han);
        if !between_han {
            joined.push(' ');
        }
        joined.push_str(line);
    }
    fold_key(&joined)
}

impl Pattern {
    fn new(shown: &str) -> Result<Self, QueryError> {
        regex_syntax::ast::parse::Parser::new().parse(shown).map_err(|error| QueryError {
            at: shown.get(..error.span().start.offset).map_or(0, |head| head.chars().count()),
            what: Wrong::Pattern(error.kind().to_string()),
        })?;
        let folded = fold_pattern(shown);
        let wrong = |what| QueryError { at: 0, what };
        let regex = RegexBuilder::new(&folded)
            .case_insensitive(true)
            .multi_line(true)
            .size_limit(LARGEST_PATTERN)
            .dfa_size_limit(LARGEST_PATTERN)
            .build()
            .map_err(|error| wrong(pattern_error(&error)))?;
        Ok(Self { shown: shown.to_owned(), regex, by_block_only: asks_for_ends(&folded) })
    }
}

fn pattern_error(error: &regex::Error) -> Wrong {
    match error {
        regex::Error::CompiledTooBig(_) => Wrong::LargePattern,
        // The last line of the message says what; the lines before it draw the place.
        _ => {
            let message = error.to_string();
            let last = message.lines().last().unwrap_or_default();
            Wrong::Pattern(last.trim_start_matches("error: ").to_owned())
        }
    }
}

fn asks_for_ends(pattern: &str) -> bool {
    let parsed = regex_syntax::ParserBuilder::new().multi_line(true).build().parse(pattern);
    parsed.is_ok_and(|hir| {
        let looks = hir.properties().look_set();
        looks.contains(Look::Start) || looks.contains(Look::End)
    })
}

/// The pattern for folded text. Only characters outside ASCII are folded: case is the engine's
/// affair, and `\D` must not become `\d`. What stands beside a hyphen may end a range and is kept.
/// Blanks between Han and Latin are left out, as folded text has none.
fn fold_pattern(shown: &str) -> String {
    let chars: Vec<char> = shown.chars().collect();
    let mut folded = String::with_capacity(shown.len());
    for (at, c) in chars.iter().enumerate() {
        let neighbours = (at.checked_sub(1).and_then(|n| chars.get(n)), chars.get(at + 1));
        if *c == ' ' && blanks_vanish(neighbours.0.copied(), neighbours.1.copied()) {
            continue;
        }
        let beside = |n: Option<usize>| n.and_then(|n| chars.get(n)) == Some(&'-');
        let single = fold_key(c.encode_utf8(&mut [0; 4]));
        if c.is_ascii() || single.is_empty() || beside(at.checked_sub(1)) || beside(Some(at + 1)) {
            folded.push(*c);
        } else {
            folded.push_str(&regex::escape(&single));
        }
    }
    folded
}

/// What stands between two blanks of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    /// Its first character, from 0.
    pub(super) at: usize,
    pub(super) sign: Sign,
    /// The alternatives between bars.
    pub(super) parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Part {
    pub(super) text: String,
    /// Characters before the first quotation mark, if there is one.
    plain: Option<usize>,
}

impl Token {
    /// The field and its values, where the token is a filter.
    pub(super) fn field(&self) -> Option<(&'static str, Vec<&str>)> {
        let (first, more) = self.parts.split_first()?;
        let (name, value) = first.text.split_once([':', '：'])?;
        let quoted_name = first.plain.is_some_and(|plain| plain <= name.chars().count());
        let field = FIELDS.iter().find(|field| field.eq_ignore_ascii_case(name))?;
        let values = std::iter::once(value).chain(more.iter().map(|part| part.text.as_str()));
        if quoted_name { None } else { Some((field, values.collect())) }
    }
}

/// The tokens of `input`.
pub(super) fn tokens(input: &str) -> Vec<Token> {
    let mut reader = Reader { chars: input.chars().collect(), at: 0 };
    std::iter::from_fn(|| reader.token()).collect()
}

struct Reader {
    chars: Vec<char>,
    at: usize,
}

impl Reader {
    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn skip_blanks(&mut self) {
        while self.peek().is_some_and(is_blank) {
            self.at += 1;
        }
    }

    fn token(&mut self) -> Option<Token> {
        self.skip_blanks();
        let at = self.at;
        let sign = self.sign()?;
        let mut parts = vec![self.part()];
        while self.bar() {
            parts.push(self.part());
        }
        Some(Token { at, sign, parts })
    }

    /// A hyphen with something behind it says no; alone it is a word.
    fn sign(&mut self) -> Option<Sign> {
        let behind = self.chars.get(self.at + 1).copied();
        if is_hyphen(self.peek()?) && behind.is_some_and(|c| !is_blank(c) && !is_hyphen(c)) {
            self.at += 1;
            return Some(Sign::Unwanted);
        }
        Some(Sign::Wanted)
    }

    fn part(&mut self) -> Part {
        let mut part = Part::default();
        while let Some(c) = self.peek() {
            if is_quote(c) {
                part.plain = part.plain.or(Some(part.text.chars().count()));
                self.quoted(&mut part.text);
            } else if is_blank(c) || is_bar(c) {
                break;
            } else {
                part.text.push(c);
                self.at += 1;
            }
        }
        part
    }

    fn quoted(&mut self, text: &mut String) {
        self.at += 1;
        while let Some(c) = self.peek() {
            self.at += 1;
            if is_quote(c) {
                return;
            }
            text.push(c);
        }
    }

    /// Passes a bar and the blanks around it.
    fn bar(&mut self) -> bool {
        let before = self.at;
        self.skip_blanks();
        if !self.peek().is_some_and(is_bar) {
            self.at = before;
            return false;
        }
        self.at += 1;
        self.skip_blanks();
        true
    }
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control()
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '＂')
}

fn is_bar(c: char) -> bool {
    matches!(c, '|' | '｜')
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '－')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn clauses(input: &str) -> Vec<(bool, Vec<String>)> {
        let query = Query::parse(input, Mode::Words).unwrap();
        query.clauses.into_iter().map(|c| (c.sign == Sign::Wanted, c.any)).collect()
    }

    #[test]
    fn words_phrases_alternatives_and_unwanted_words_are_told_apart() {
        let strings = |words: &[&str]| words.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>();
        let (all, none) = (|words| (true, strings(words)), |words| (false, strings(words)));
        let cases = [
            ("標準　產業鏈", vec![all(&["标准"]), all(&["产业链"])]),
            ("\"open source\" ＡＩ", vec![all(&["open source"]), all(&["ai"])]),
            ("“上海 标准”", vec![all(&["上海 标准"])]),
            ("标准 -计量", vec![all(&["标准"]), none(&["计量"])]),
            ("－\"a b\"", vec![none(&["a b"])]),
            ("标准|規範｜指南", vec![all(&["标准", "规范", "指南"])]),
            ("标准 | 规范", vec![all(&["标准", "规范"])]),
            ("标准|", vec![all(&["标准"])]),
            ("\"没有 说完", vec![all(&["没有 说完"])]),
            ("- -- |", vec![all(&["-"]), all(&["--"])]),
            ("\u{200B} \"\"", vec![]),
        ];
        for (input, expected) in cases {
            assert_eq!(clauses(input), expected, "{input}");
        }
        assert_eq!(clauses("\"碳达峰\n碳中和\""), [all(&["碳达峰碳中和"])]);
        assert_eq!(clauses("\"open\nsource\""), [all(&["open source"])]);
    }

    #[test]
    fn filters_are_known_by_their_names_and_other_colons_are_text() {
        let query = Query::parse("region：上海|北京 标准 date:>2023", Mode::Words).unwrap();
        assert_eq!(query.wanted(), ["标准"]);
        assert!(!query.filters().is_empty());
        let text = Query::parse("\"region:上海\" 附件:1", Mode::Words).unwrap();
        assert_eq!(text.wanted(), ["region:上海", "附件:1"]);
        assert!(text.filters().is_empty() && !text.is_empty());
        assert!(Query::parse("region:上海 -标准", Mode::Words).unwrap().is_empty());
    }

    #[test]
    fn an_error_says_where_and_what() {
        let error = Query::parse("标准 date:soon", Mode::Words).unwrap_err();
        assert_eq!((error.at, error.what), (3, Wrong::Date("soon".to_owned())));
        let error = Query::parse("region:上海 标准(化", Mode::Pattern).unwrap_err();
        assert_eq!((error.at, error.to_string()), (12, "character 13: unclosed group".to_owned()));
        let error = Query::parse(r"(\w{200}){200}", Mode::Pattern).unwrap_err();
        assert_eq!(error.what, Wrong::LargePattern);
        let error = Query::parse(&"长".repeat(9999), Mode::Words).unwrap_err();
        assert_eq!(error.what, Wrong::TooLong);
        assert!(Query::default().filter("colour", "red").is_err());
    }

    #[test]
    fn a_pattern_is_folded_without_changing_what_it_asks() {
        let cases = [
            ("標準.{0,4}化", "标准.{0,4}化"),
            (r"\D+ＡＩ", r"\D+ai"),
            ("（一）", r"\(一\)"),
            ("[一-龥]", "[一-龥]"),
            ("[標準]", "[标准]"),
            ("5G 網絡", "5G网络"),
        ];
        for (shown, folded) in cases {
            assert_eq!(fold_pattern(shown), folded, "{shown}");
        }
    }

    proptest! {
        #[test]
        fn any_input_is_read_or_refused_with_a_place_inside_it(input in "(\\PC|[\"“”|:：\\-\\[(*\\\\{ \n]|region:|date:|kind:){0,30}") {
            for mode in [Mode::Words, Mode::Pattern] {
                if let Err(error) = Query::parse(&input, mode) {
                    prop_assert!(error.at <= input.chars().count());
                }
            }
        }
    }
}
