//! Text reuse: wording that documents share, exactly or nearly, and what one says otherwise than
//! another.

pub mod diff;
pub mod passages;

mod aligned_spans;
mod alignment;
mod coverage;
mod fingerprints;
pub(crate) mod normalized;
mod stock_phrases;
