//! Built-in patterns. One that does not compile is a fault of the program: it must fail in a test,
//! never quietly match nothing.

use regex::Regex;

/// The pattern `source`, which is part of the program.
#[expect(clippy::expect_used, reason = "built-in pattern; a test of its module touches it")]
pub(super) fn built_in(source: &str) -> Regex {
    Regex::new(source).expect("built-in pattern")
}

/// The same over bytes.
#[expect(clippy::expect_used, reason = "built-in pattern; a test of its module touches it")]
pub(super) fn bytes_built_in(source: &str) -> regex::bytes::Regex {
    regex::bytes::Regex::new(source).expect("built-in pattern")
}
