//! Sizes of a fingerprint (winnowing; Schleimer, Wilkerson and Aiken 2003).

/// Letters of one fingerprint.
pub(crate) const GRAM: usize = 5;
/// Neighbouring grams of which one is chosen. GRAM + WINDOW − 1 is the shortest exact run.
pub(crate) const WINDOW: usize = 4;
