//! Which themes set a document apart from the rest of its library: those that it uses more often
//! than its length explains.
//!
//! Source: the log-likelihood ratio G² of Dunning (Computational Linguistics 19, 1993) for two
//! corpora, in the form of Rayson and Garside (Workshop on Comparing Corpora, 2000).

use super::{Theme, ThemeId, ThemeIndex, ThemeKind};
use crate::document::DocIndex;

/// The G² above which an over-use happens by chance less than once in a hundred times.
const SIGNIFICANT: f64 = 6.63;
/// The fewest mentions that set a document apart.
const FEWEST: u32 = 3;

/// A theme that a document over-uses.
#[derive(Debug, Clone, PartialEq)]
pub struct Distinctive {
    /// Its name.
    pub name: String,
    /// Its number, where the library shares it.
    pub theme: Option<ThemeId>,
    /// Its mentions in the document.
    pub mentions: u32,
    /// G²: how sure the over-use is.
    pub log_likelihood: f64,
    /// How many times as often as in the rest of the library, by characters; infinite where the
    /// rest has none.
    pub ratio: f64,
}

/// The themes that `document` over-uses against the rest of the library, the surest first: of those
/// that the library shares, and of its `private` ones, which no other document mentions.
pub fn distinctive(index: &ThemeIndex, document: DocIndex, private: &[Theme]) -> Vec<Distinctive> {
    let own = index.characters(document) as f64;
    let rest = index.all_characters() as f64 - own;
    let measure = |theme: &Theme, id: Option<ThemeId>, mentions: u32, all: u32| {
        let (here, there) = (f64::from(mentions), f64::from(all.saturating_sub(mentions)));
        let ratio = (here / own) / (there / rest);
        let log_likelihood = log_likelihood((here, own), (there, rest));
        let over_used = mentions >= FEWEST && ratio > 1.0 && log_likelihood >= SIGNIFICANT;
        let name = theme.name.clone();
        over_used.then_some(Distinctive { name, theme: id, mentions, log_likelihood, ratio })
    };
    let shared = index.themes_of(document).into_iter().filter_map(|(id, mentions)| {
        let theme = index.theme(id)?;
        measure(theme, Some(id), mentions, theme.mentions)
    });
    let only_here = private.iter().filter(|theme| theme.kind == ThemeKind::Subject);
    let only_here =
        only_here.filter_map(|theme| measure(theme, None, theme.mentions, theme.mentions));
    let mut found: Vec<Distinctive> = shared.chain(only_here).collect();
    found.sort_by(|a, b| b.log_likelihood.total_cmp(&a.log_likelihood).then(a.name.cmp(&b.name)));
    without_parts(found)
}

/// Leaves out what longer ones of them account for: four of five mentions are in theirs.
fn without_parts(found: Vec<Distinctive>) -> Vec<Distinctive> {
    let is_part = |one: &Distinctive| {
        let longer =
            found.iter().filter(|other| other.name != one.name && other.name.contains(&one.name));
        longer.map(|other| other.mentions).sum::<u32>() * 5 >= one.mentions * 4
    };
    let parts: Vec<bool> = found.iter().map(is_part).collect();
    let mut parts = parts.into_iter();
    found.into_iter().filter(|_| parts.next() == Some(false)).collect()
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
        let found = distinctive(&index, DocIndex(0), &[]);
        assert_eq!(found.first().map(|one| one.name.as_str()), Some("区块链"));
        assert!(!found.iter().any(|one| one.name == "知识产权"));
        assert!(distinctive(&index, DocIndex(9), &[]).is_empty());
    }

    // A text on 人脸识别 is set apart by it although no other text has the word.
    #[test]
    fn theme_of_this_text_alone_is_distinctive() {
        let filler = "会议在这里召开，大家都来了，说了很多话，一直说到很晚才回去。";
        let own = "规范人脸识别、人脸信息。人脸识别、人脸信息。人脸识别、人脸信息。人脸识别。";
        let texts = [
            regional_document("a", "北京", &[own, own, "知识产权、集成电路。"]),
            regional_document("b", "上海", &["知识产权、集成电路。", filler, filler, filler]),
        ];
        let lexicon = Lexicon::default();
        let index = ThemeIndex::build(&texts, &lexicon);
        let private = crate::themes::private::of_document(&index, &texts[0], DocIndex(0), &lexicon);
        let found = distinctive(&index, DocIndex(0), &private.themes);
        let names: Vec<&str> = found.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["人脸识别", "人脸信息"]);
        assert!(found.iter().all(|one| one.ratio.is_infinite() && one.theme.is_none()));
    }
}
