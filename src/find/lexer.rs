//! The lexer of queries: words with their alternatives and signs, quotation marks, operators and
//! brackets, each with its place. The full text and the finder read what people type by it.

use super::filters::{FIELDS, QueryError, Sign, Wrong};

/// The most brackets inside each other.
const MOST_DEPTH: usize = 32;

/// One part of a query with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Lexeme {
    Open,
    Close,
    And,
    Or,
    Not,
    Token(Token),
}

/// The parts of `input`. Brackets are operators where they begin a word, or close one that did.
pub(super) fn lexemes(input: &str) -> Result<Vec<(usize, Lexeme)>, QueryError> {
    let mut reader = Reader { chars: input.chars().collect(), at: 0, depth: 0 };
    let mut found = Vec::new();
    loop {
        reader.skip_blanks();
        let at = reader.at;
        match reader.peek() {
            None => return Ok(found),
            Some('(' | '（') => {
                if reader.depth == MOST_DEPTH {
                    return Err(QueryError { at, what: Wrong::TooLong });
                }
                reader.at += 1;
                reader.depth += 1;
                found.push((at, Lexeme::Open));
            }
            Some(')' | '）') if reader.depth > 0 => {
                reader.at += 1;
                reader.depth -= 1;
                found.push((at, Lexeme::Close));
            }
            Some(_) => {
                let Some(token) = reader.token() else { return Ok(found) };
                let lexeme = match token.operator() {
                    Some(operator) => operator,
                    None => {
                        token.refuse_unknown_field()?;
                        Lexeme::Token(token)
                    }
                };
                found.push((at, lexeme));
            }
        }
    }
}

/// What is between two spaces of a query.
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
    pub(super) plain: Option<usize>,
}

impl Token {
    /// The operator that an unquoted word is.
    fn operator(&self) -> Option<Lexeme> {
        let [Part { text, plain: None }] = self.parts.as_slice() else { return None };
        match text.as_str() {
            "AND" | "&&" => Some(Lexeme::And),
            "OR" => Some(Lexeme::Or),
            "NOT" => Some(Lexeme::Not),
            _ => None,
        }
    }

    /// An error for a filter that does not exist: a Latin word, a colon, and a value.
    fn refuse_unknown_field(&self) -> Result<(), QueryError> {
        let Some(first) = self.parts.first().filter(|part| part.plain != Some(0)) else {
            return Ok(());
        };
        let Some((name, value)) = first.text.split_once([':', '：']) else { return Ok(()) };
        let is_name = name.len() > 1 && name.bytes().all(|b| b.is_ascii_lowercase());
        let is_address = value.starts_with("//") || matches!(name, "http" | "https");
        if is_name && !is_address && !value.is_empty() && !FIELDS.contains(&name) {
            return Err(QueryError { at: self.at, what: Wrong::Field(name.to_owned()) });
        }
        Ok(())
    }

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
    let mut reader = Reader { chars: input.chars().collect(), at: 0, depth: 0 };
    std::iter::from_fn(|| reader.token()).collect()
}

struct Reader {
    chars: Vec<char>,
    at: usize,
    /// Brackets that are open; 0 where brackets are no operators.
    depth: usize,
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

    /// A hyphen with something after it says no; alone it is a word.
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
            } else if is_blank(c) || is_bar(c) || self.depth > 0 && matches!(c, ')' | '）') {
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

    /// Passes a bar and the spaces around it.
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
