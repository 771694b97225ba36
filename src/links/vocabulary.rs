//! Which subjects are themes.

/// Subjects that are known beforehand, with their aliases, and words that never are one.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {}
