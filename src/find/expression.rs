//! Boolean expressions of words, and their conjunctive normal form: clauses that must all hold,
//! each a choice of words.

use super::filters::Wrong;

/// A word that must be there, or must not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Literal {
    /// Folded, not empty.
    pub(super) word: String,
    pub(super) negated: bool,
}

/// Words joined by AND, OR and NOT.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Expression {
    Word(Literal),
    /// Holds where all of it does; of nothing always.
    All(Vec<Self>),
    /// Holds where any of it does.
    Any(Vec<Self>),
}

impl Expression {
    /// What holds where this does not (De Morgan).
    pub(super) fn negated(self) -> Self {
        let each = |parts: Vec<Self>| parts.into_iter().map(Self::negated).collect();
        match self {
            Self::Word(literal) => {
                Self::Word(Literal { negated: !literal.negated, word: literal.word })
            }
            Self::All(parts) if parts.is_empty() => Self::All(parts),
            Self::All(parts) => Self::Any(each(parts)),
            Self::Any(parts) => Self::All(each(parts)),
        }
    }

    /// The clauses, `most` of them.
    ///
    /// # Errors
    /// [`Wrong::TooLong`] where there are more.
    pub(super) fn clauses(self, most: usize) -> Result<Vec<Vec<Literal>>, Wrong> {
        match self {
            Self::Word(literal) => Ok(vec![vec![literal]]),
            Self::All(parts) => {
                let mut all = Vec::new();
                for part in parts {
                    all.extend(part.clauses(most)?);
                    if all.len() > most {
                        return Err(Wrong::TooLong);
                    }
                }
                Ok(all)
            }
            Self::Any(parts) => {
                let mut all: Option<Vec<Vec<Literal>>> = None;
                for part in parts {
                    let more = part.clauses(most)?;
                    // An operator with nothing beside it chooses nothing.
                    if more.is_empty() {
                        continue;
                    }
                    all = Some(match all {
                        None => more,
                        Some(before) if before.len() * more.len() > most => {
                            return Err(Wrong::TooLong);
                        }
                        Some(before) => before
                            .iter()
                            .flat_map(|one| {
                                more.iter().map(move |other| [one.as_slice(), other].concat())
                            })
                            .collect(),
                    });
                }
                Ok(all.unwrap_or_default())
            }
        }
    }
}
