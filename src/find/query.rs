//! What a person asks of the full text, parsed: words that must all be there, phrases in quotation
//! marks, `-word` for what must not be there, `a|b` for either, AND, OR, NOT and brackets, and
//! field filters, of which two of one field mean either. Or one pattern.
//!
//! Everything that an input method types is understood as well: spaces, quotation marks, colons,
//! bars and hyphens of full width. An unclosed quotation mark or an empty filter is a query still
//! being typed and no error.

use regex::{Regex, RegexBuilder};
use regex_syntax::hir::Look;

use super::expression::{Expression, Literal};
use super::filters::{FIELDS, Filters, Sign};
pub use super::filters::{QueryError, Wrong};
use super::lexer::{Lexeme, Part, Token, lexemes, tokens};
use crate::text::fold::{blanks_vanish, fold_key};
use crate::text::is_han;
use crate::text::strait::other_side;

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

    /// The query for `text` exactly as it is written: no sign in it is an operator.
    pub fn of_wording(text: &str) -> Self {
        let word = needle(text);
        let clause = Clause { sign: Sign::Wanted, any: vec![word.clone()] };
        let clauses = if word.is_empty() { Vec::new() } else { vec![clause] };
        Self { clauses, ..Self::default() }
    }

    fn parse_words(input: &str) -> Result<Self, QueryError> {
        let mut parser = QueryParser { lexemes: lexemes(input)?, at: 0, query: Self::default() };
        let expression = parser.any(true)?;
        let mut query = parser.query;
        let end = input.chars().count();
        let clauses = expression.clauses(MOST_CLAUSES);
        let clauses = clauses.map_err(|what| QueryError { at: end.saturating_sub(1), what })?;
        for literals in clauses {
            let negated = literals.iter().any(|literal| literal.negated);
            if negated && literals.len() > 1 {
                return Err(QueryError { at: 0, what: Wrong::NotInOr });
            }
            let sign = if negated { Sign::Unwanted } else { Sign::Wanted };
            let any = literals.into_iter().map(|literal| literal.word).collect();
            query.clauses.push(Clause { sign, any });
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

/// Reads lexemes into an expression of words; filters go into the query.
struct QueryParser {
    lexemes: Vec<(usize, Lexeme)>,
    at: usize,
    query: Query,
}

impl QueryParser {
    fn peek(&self) -> Option<&Lexeme> {
        self.lexemes.get(self.at).map(|(_, lexeme)| lexeme)
    }

    /// Parts of which one must hold. `is_top` where filters may be in it.
    fn any(&mut self, is_top: bool) -> Result<Expression, QueryError> {
        let first = self.fields_or();
        let mut parts = match first {
            Some(result) => {
                result?;
                vec![self.all(is_top)?]
            }
            None => vec![self.all(is_top && !self.has_or())?],
        };
        while self.peek() == Some(&Lexeme::Or) {
            self.at += 1;
            parts.push(self.all(false)?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Expression::Any(parts) })
    }

    /// True where an OR follows before the bracket closes.
    fn has_or(&self) -> bool {
        let mut depth = 0usize;
        for (_, lexeme) in self.lexemes.get(self.at..).unwrap_or_default() {
            match lexeme {
                Lexeme::Open => depth += 1,
                Lexeme::Close if depth == 0 => return false,
                Lexeme::Close => depth -= 1,
                Lexeme::Or if depth == 0 => return true,
                _ => {}
            }
        }
        false
    }

    /// region:上海 OR region:北京, with nothing else beside: one filter.
    fn fields_or(&mut self) -> Option<Result<(), QueryError>> {
        let mut end = self.at;
        let mut names = Vec::new();
        loop {
            let Some((_, Lexeme::Token(token))) = self.lexemes.get(end) else { return None };
            names.push(token.field()?.0);
            end += 1;
            match self.lexemes.get(end) {
                Some((_, Lexeme::Or)) => end += 1,
                None | Some((_, Lexeme::Close | Lexeme::And)) => break,
                _ => return None,
            }
        }
        let same = names.iter().all(|name| Some(name) == names.first());
        if names.len() < 2 || !same {
            return None;
        }
        while self.at < end {
            if let Some((_, Lexeme::Token(token))) = self.lexemes.get(self.at).cloned()
                && let Err(error) = self.filter(&token, false)
            {
                return Some(Err(error));
            }
            self.at += 1;
        }
        Some(Ok(()))
    }

    /// Parts that must all hold.
    fn all(&mut self, is_top: bool) -> Result<Expression, QueryError> {
        let mut parts = Vec::new();
        loop {
            match self.peek() {
                None | Some(Lexeme::Or | Lexeme::Close) => return Ok(Expression::All(parts)),
                Some(Lexeme::And) => self.at += 1,
                Some(_) => parts.push(self.one(is_top, false)?),
            }
        }
    }

    fn one(&mut self, is_top: bool, negated: bool) -> Result<Expression, QueryError> {
        let Some((at, lexeme)) = self.lexemes.get(self.at).cloned() else {
            return Ok(Expression::All(Vec::new()));
        };
        self.at += 1;
        match lexeme {
            Lexeme::Not => Ok(self.one(is_top, !negated)?),
            Lexeme::Open => {
                let inside = self.any(is_top && !negated)?;
                // A bracket that is still open is a query being typed.
                self.at += usize::from(self.peek() == Some(&Lexeme::Close));
                Ok(if negated { inside.negated() } else { inside })
            }
            Lexeme::Token(token) if token.field().is_some() => {
                if !is_top {
                    return Err(QueryError { at, what: Wrong::FilterInOr });
                }
                self.filter(&token, negated)?;
                Ok(Expression::All(Vec::new()))
            }
            Lexeme::Token(token) => {
                let negated = negated != (token.sign == Sign::Unwanted);
                let words = token.parts.iter().flat_map(needles);
                let words = words.filter(|word| !word.is_empty());
                let words: Vec<_> =
                    words.map(|word| Expression::Word(Literal { word, negated: false })).collect();
                let any =
                    if words.is_empty() { Expression::All(words) } else { Expression::Any(words) };
                Ok(if negated { any.negated() } else { any })
            }
            // An operator with nothing beside it is a query being typed.
            Lexeme::And | Lexeme::Or | Lexeme::Close => Ok(Expression::All(Vec::new())),
        }
    }

    fn filter(&mut self, token: &Token, negated: bool) -> Result<(), QueryError> {
        let Some((field, values)) = token.field() else { return Ok(()) };
        let unwanted = negated != (token.sign == Sign::Unwanted);
        let sign = if unwanted { Sign::Unwanted } else { Sign::Wanted };
        self.query.add(field, &values, (sign, token.at))
    }
}

/// The folded form of a part, and what the other side of the strait says for it (軟體, 软件). What is
/// in quotation marks is meant as it is.
fn needles(part: &Part) -> Vec<String> {
    let word = needle(&part.text);
    let other = if part.plain.is_none() { other_side(&word) } else { None };
    std::iter::once(word).chain(other).collect()
}

/// The folded form of a word or phrase. What was pasted over a line end is joined, as a source's
/// line end is: to nothing between Chinese characters, to a space elsewhere.
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
/// affair, and `\D` must not become `\d`. What is beside a hyphen may end a range and is kept.
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
            // The other side of the strait says it otherwise; in quotation marks it is as it is.
            ("軟體 \"軟體\"", vec![all(&["软体", "软件"]), all(&["软体"])]),
            ("-信息安全", vec![none(&["信息安全"]), none(&["资讯安全"])]),
            ("档案|智慧", vec![all(&["档案", "智慧"])]),
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
    fn operators_and_brackets_are_read() {
        let all = |input: &str| {
            let query = Query::parse(input, Mode::Words).unwrap();
            let shown = |clause: &Clause| {
                let sign = if clause.sign == Sign::Wanted { "" } else { "-" };
                format!("{sign}{}", clause.any.join("|"))
            };
            query.clauses.iter().map(shown).collect::<Vec<_>>().join(" ")
        };
        for (input, clauses) in [
            ("标准 AND 计量", "标准 计量"),
            ("标准 OR 计量", "标准|计量"),
            ("(标准 OR 计量) 检测", "标准|计量 检测"),
            ("标准 AND (计量 OR 检测 认证)", "标准 计量|检测 计量|认证"),
            ("标准 NOT 计量", "标准 -计量"),
            ("标准 NOT (计量 OR 检测)", "标准 -计量 -检测"),
            ("（标准 OR “计量 检测”）", "标准|计量 检测"),
            ("标准(试行)", "标准(试行)"),
            ("\"AND\" or", "and or"),
            ("标准 OR", "标准"),
            ("(标准", "标准"),
        ] {
            assert_eq!(all(input), clauses, "{input}");
        }
        for (input, what) in [
            ("标准 OR NOT 计量", Wrong::NotInOr),
            ("标准 OR region:上海", Wrong::FilterInOr),
            ("标准 colour:red", Wrong::Field("colour".to_owned())),
            ("level:州", Wrong::Level("州".to_owned())),
        ] {
            assert_eq!(Query::parse(input, Mode::Words).unwrap_err().what, what, "{input}");
        }
        let either = Query::parse("标准 AND (region:上海 OR region:北京)", Mode::Words).unwrap();
        assert_eq!(
            either.filters(),
            Query::parse("region:上海 region:北京", Mode::Words).unwrap().filters()
        );
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
