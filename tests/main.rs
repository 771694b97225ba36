//! What needs the whole program: the printing commands, the reader in a pseudo-terminal, the order of
//! rooms, and what the documents promise. One binary, because each one more is linked again.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first surprise")]

mod add;
mod annotations;
mod cache;
mod commands;
mod documents;
mod export;
mod languages;
mod layering;
mod passages_of_the_seeds;
mod planted_passages;
mod safety;
mod seeds;
mod terminal;
mod themes_of_the_seeds;
mod tutorial;
