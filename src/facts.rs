//! What single sentences state: figures with their day, and the documents that they cite.

pub mod across;
pub mod citations;
pub mod targets;
