//! What single sentences state: targets with their day, and the documents that they cite.

pub mod citations;
pub mod targets;
