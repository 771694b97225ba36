//! Formulae: wording that says nothing about who borrowed from whom, because it stands in many
//! documents (构成犯罪的，依法追究刑事责任; names of bodies) or is only a citation in 《》. It is
//! told by the number of documents that hold it, marked in the letters, and not counted.

use super::fingerprints::{Bounds, FingerprintIndex, GRAM, Spread};
use super::letters::{Letters, Weight};

/// Documents that may hold a wording. Above a tenth of the library it is a formula; a small library
/// cannot tell, and in a large one the pairs of documents would grow with the square. Above a
/// fortieth it is no borrowing where it stands alone.
fn bounds(library: usize) -> Bounds {
    Bounds { seldom: (library / 40).clamp(5, 12), often: (library / 10).clamp(20, 50) }
}

/// Marks the formulae of `letters` and indexes the fingerprints of everything else.
pub(crate) fn mark(letters: &mut Letters) -> FingerprintIndex {
    let mut common = Vec::new();
    let bounds = bounds(letters.documents());
    let index = FingerprintIndex::build(letters, bounds, |letter, spread| {
        common.push((letter, spread));
    });
    for (letter, spread) in common {
        let weight = if spread == Spread::Formula { Weight::None } else { Weight::Little };
        let gram = letter as usize..letter as usize + GRAM;
        for letter in letters.traits_mut().get_mut(gram).unwrap_or_default() {
            letter.weight = letter.weight.min(weight);
        }
    }
    index
}
