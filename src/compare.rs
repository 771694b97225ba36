//! What documents say of one subject, set side by side: themes by region, document, year or issuer;
//! every mention of one in its context; and which place of one document answers to a place of
//! another.

pub mod comparison;
pub mod concordance;
pub mod counterpart;
mod letter_pairs;
pub mod matrix;
pub mod side_by_side;
