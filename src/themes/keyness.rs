//! Which themes set a document apart from the rest of its library: those that it uses more often
//! than its length explains.
//!
//! Source: the log-likelihood ratio G² of Dunning (Computational Linguistics 19, 1993) for two
//! corpora, in the form of Rayson and Garside (Workshop on Comparing Corpora, 2000).

use super::{ThemeId, ThemeIndex};
use crate::document::DocIndex;

/// The G² above which an over-use happens by chance less than once in a hundred times.
const SIGNIFICANT: f64 = 6.63;

/// A theme that a document over-uses.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Distinctive {
    /// The theme.
    pub theme: ThemeId,
    /// Its mentions in the document.
    pub mentions: u32,
    /// G²: how sure the over-use is.
    pub log_likelihood: f64,
    /// How many times as often as in the rest of the library, by characters; infinite where the
    /// rest has none.
    pub ratio: f64,
}

/// The themes that `document` over-uses against the rest of the library, the surest first.
pub fn distinctive(index: &ThemeIndex, document: DocIndex) -> Vec<Distinctive> {
    let own = index.characters(document) as f64;
    let rest = index.all_characters() as f64 - own;
    let measure = |(theme, mentions): (ThemeId, u32)| {
        let all = index.theme(theme)?.mentions;
        let (here, there) = (f64::from(mentions), f64::from(all.saturating_sub(mentions)));
        let ratio = (here / own) / (there / rest);
        let log_likelihood = log_likelihood((here, own), (there, rest));
        let over_used = ratio > 1.0 && log_likelihood >= SIGNIFICANT;
        over_used.then_some(Distinctive { theme, mentions, log_likelihood, ratio })
    };
    let mut found: Vec<Distinctive> =
        index.themes_of(document).into_iter().filter_map(measure).collect();
    found.sort_by(|a, b| b.log_likelihood.total_cmp(&a.log_likelihood).then(a.theme.cmp(&b.theme)));
    found
}

/// G² of two counts in corpora of two sizes.
fn log_likelihood((here, own): (f64, f64), (there, rest): (f64, f64)) -> f64 {
    let rate = (here + there) / (own + rest).max(1.0);
    let term = |seen: f64, expected: f64| {
        if seen > 0.0 && expected > 0.0 { seen * (seen / expected).ln() } else { 0.0 }
    };
    2.0 * (term(here, own * rate) + term(there, rest * rate))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::regional_document;
    use crate::themes::vocabulary::Lexicon;

    #[test]
    fn the_log_likelihood_is_that_of_rayson_and_garside() {
        // 10 in 1000 words against 5 in 2000, by hand: 2 (10 ln 2 - 5 ln 2).
        assert!((log_likelihood((10.0, 1000.0), (5.0, 2000.0)) - 6.93).abs() < 0.01);
        assert_eq!(log_likelihood((5.0, 100.0), (5.0, 100.0)), 0.0);
        assert_eq!(log_likelihood((0.0, 0.0), (0.0, 0.0)), 0.0);
    }

    #[test]
    fn what_one_text_speaks_of_most_is_distinctive_for_it() {
        let filler = "会议在这里召开，大家都来了，说了很多话，一直说到很晚才回去。";
        let digital = "区块链、大数据。区块链、物联网。区块链、大数据。区块链。";
        let texts = [
            regional_document("a", "北京", &[digital, digital, digital, "知识产权、集成电路。"]),
            regional_document(
                "b",
                "上海",
                &["区块链、大数据、物联网、知识产权、集成电路。", filler, filler],
            ),
        ];
        let index = ThemeIndex::build(&texts, &Lexicon::default());
        let found = distinctive(&index, DocIndex(0));
        let name = |d: &Distinctive| index.theme(d.theme).unwrap().name.clone();
        assert_eq!(found.first().map(name).as_deref(), Some("区块链"));
        assert!(!found.iter().map(name).any(|name| name == "知识产权"));
        assert!(distinctive(&index, DocIndex(9)).is_empty());
    }
}
