//! What single sentences state: figures with their day, the documents that they cite and what they do
//! to them, and from when a text is in force.

pub mod across;
pub mod binding;
pub mod citations;
pub mod first_uses;
pub mod in_force;
pub mod relations;
pub mod targets;
