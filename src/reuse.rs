//! Text reuse: wording that documents share, exactly or nearly, and what one says otherwise than
//! another.

pub mod borrowed;
pub mod diff;
pub mod edition_diff;
pub mod editions;
pub mod fingerprint_table;
pub mod lineage;
pub mod passages;
pub mod provisions;
pub mod redline;
pub mod telling;

mod aligned_spans;
mod alignment;
mod coverage;
mod fingerprints;
mod gram;
pub(crate) mod normalized;
mod pairing;
mod stock_phrases;
mod word_borders;
