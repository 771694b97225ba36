//! Stock phrases: wording that says nothing about who borrowed from whom, because it is in many
//! documents (构成犯罪的，依法追究刑事责任; names of bodies) or is only a citation in 《》. It is
//! recognized by the number of documents that hold it; the commonest ones, which a small library
//! cannot show, are in a table beside this module. They are marked in the letters, and not counted.
//!
//! Source of the measure: document frequency, Spärck Jones, "A Statistical Interpretation of Term
//! Specificity", 1972; the cut for duplicates follows Broder, "On the Resemblance and Containment
//! of Documents", 1997, who leaves out the most common shingles.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use rayon::prelude::*;
use regex::Regex;

use crate::reuse::fingerprints::Bounds;
use crate::reuse::normalized::{LetterClass, NormalizedText};

/// Documents that may hold a wording. Above a tenth of the library it is a formula; a small library
/// cannot tell, and in a large one the pairs of documents would grow with the square. Above a
/// fortieth it is no borrowing where it is alone.
pub(crate) fn bounds(library: usize) -> Bounds {
    Bounds { seldom: (library / 40).clamp(5, 12), often: (library / 10).clamp(20, 50) }
}

/// Marks the stock phrases of the table.
pub(crate) fn mark_known(letters: &mut NormalizedText) {
    for range in known(letters) {
        lessen(letters, range, LetterClass::None);
    }
}

/// Lowers the weight of the letters of `range`.
pub(crate) fn lessen(letters: &mut NormalizedText, range: Range<u32>, weight: LetterClass) {
    let range = range.start as usize..range.end as usize;
    for letter in letters.traits_mut().get_mut(range).unwrap_or_default() {
        letter.weight = letter.weight.min(weight);
    }
}

const TABLE: &str = include_str!("stock_phrases.toml");

/// The stock phrases of the table as one pattern.
#[expect(clippy::expect_used, reason = "built-in table")]
static KNOWN: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(&pattern()).expect("patterns of stock_phrases.toml"));

#[expect(clippy::expect_used, reason = "built-in table")]
fn pattern() -> String {
    let table: BTreeMap<String, Vec<String>> = toml::from_str(TABLE).expect("stock_phrases.toml");
    let patterns: Vec<String> = table.into_values().flatten().map(|p| format!("(?:{p})")).collect();
    patterns.join("|")
}

/// Where the stock phrases of the table are.
fn known(letters: &NormalizedText) -> Vec<Range<u32>> {
    let pattern = &*KNOWN;
    let blocks = letters.all_blocks().into_par_iter();
    blocks.flat_map_iter(|block| known_in(pattern, letters, letters.range_of(block))).collect()
}

fn known_in(pattern: &Regex, letters: &NormalizedText, block: Range<u32>) -> Vec<Range<u32>> {
    let text: String = letters.of(block.clone()).iter().collect();
    let mut counter = crate::text::CharCounter::new(&text);
    let place = |found: regex::Match<'_>| {
        let start = block.start + counter.chars_before(found.start());
        start..block.start + counter.chars_before(found.end())
    };
    pattern.find_iter(&text).map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::document;

    #[test]
    fn formulae_of_the_table_are_marked_and_what_stands_around_them_is_not() {
        let cases = [
            ("本条例自2018年1月1日起施行", ""),
            ("本办法自公布之日起施行", ""),
            ("根据中华人民共和国渔业法修订渔港目录", "根据修订渔港目录"),
            ("各省、自治区、直辖市人民政府，国务院各部委、各直属机构", ""),
            ("以习近平新时代中国特色社会主义思想为指导，发展渔业", "发展渔业"),
            ("构成犯罪的，依法追究刑事责任", ""),
            ("处五百元以上二千元以下的罚款", ""),
            ("推进近海捕捞向远洋捕捞转变", "推进近海捕捞向远洋捕捞转变"),
        ];
        for (text, left) in cases {
            let mut letters = NormalizedText::read(&[document("a", &[text])]);
            mark_known(&mut letters);
            let range = letters.range_of(0);
            let pairs = letters.of(range.clone()).iter().zip(letters.traits_of(range));
            let counted: String =
                pairs.filter(|(_, t)| t.weight > LetterClass::None).map(|(c, _)| *c).collect();
            assert_eq!(counted, left, "{text}");
        }
    }
}
