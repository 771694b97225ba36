//! The user's own data: where each document was left, marks, bookmarks, notes, and what has been
//! read. It comes after the library and belongs to the user, not to any library: a document is
//! known by its path and by a fingerprint of its text, so that what was written about it is found
//! again when the file has moved, and by the quoted words when it was edited.
//!
//! [`reading_state::Annotations`] holds all of it in memory and answers at once; every
//! [`reading_state::Change`] also goes to the [`database`], one transaction each. [`exchange`]
//! carries it to other machines.

pub mod database;
pub mod entry;
pub mod exchange;
pub mod identity;
pub mod quote;
pub mod reading_state;
