//! Themes that one document alone mentions, or that it names in a way no other does. They are
//! matched apart from the shared ones and take no mention from them.

use rustc_hash::FxHashMap;

use super::{Mention, Theme, ThemeId, ThemeIndex};
use crate::document::{Collection, DocIndex, Document};
use crate::text::fold::fold_key;
use crate::themes::corpus::Corpus;
use crate::themes::draft::ThemeDraft;
use crate::themes::vocabulary::{Lexicon, is_firm};

/// The themes of one document that it shares with no other.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Private {
    /// Best first; their scores are comparable only inside the document.
    pub themes: Vec<Theme>,
    /// In reading order; the ids count the themes above.
    pub mentions: Vec<Mention>,
}

/// The private themes of `document`, which is at `at` in the library of `index`.
pub fn of_document(
    index: &ThemeIndex,
    document: &Document,
    at: DocIndex,
    lexicon: &Lexicon,
) -> Private {
    let mut corpus = Corpus::new(lexicon.clone());
    corpus.add(std::slice::from_ref(document));
    let is_shared =
        |draft: &ThemeDraft| draft.forms.iter().any(|form| index.forms.contains_key(form));
    let (mut themes, mentions) =
        corpus.of_one(document, |draft| is_firm(draft) && !is_shared(draft));
    for theme in &mut themes {
        theme.documents = theme.documents.iter().map(|(_, count)| (at, count)).collect();
    }
    Private { themes, mentions }
}

/// The private themes of all `documents` of `index`, those of the same name as one, with most
/// mentions first, then by name.
pub fn of_library<D: Collection + ?Sized>(
    index: &ThemeIndex,
    documents: &D,
    lexicon: &Lexicon,
) -> Vec<Theme> {
    let all = documents.map(|at, document| of_document(index, document, at, lexicon));
    let mut places: FxHashMap<String, usize> = FxHashMap::default();
    let mut themes: Vec<Theme> = Vec::new();
    for theme in all.into_iter().flat_map(|private| private.themes) {
        let next = themes.len();
        match *places.entry(fold_key(&theme.name)).or_insert(next) {
            at if at == next => themes.push(theme),
            at => themes.get_mut(at).into_iter().for_each(|known| join(known, &theme)),
        }
    }
    themes.sort_by(|a, b| {
        b.mentions.cmp(&a.mentions).then(b.score.total_cmp(&a.score)).then(a.name.cmp(&b.name))
    });
    themes
}

/// Adds the counts of a theme of the same name in a later document.
fn join(known: &mut Theme, other: &Theme) {
    let direct = known.direct_documents().iter().chain(other.direct_documents().iter()).collect();
    known.mentions += other.mentions;
    known.direct += other.direct;
    known.direct_documents = (known.direct < known.mentions).then_some(direct);
    known.score = known.score.max(other.score);
    known.documents.extend(other.documents.iter());
    for (region, count) in &other.regions {
        match known.regions.iter_mut().find(|(name, _)| name == region) {
            Some((_, sum)) => *sum += count,
            None => known.regions.push((region.clone(), *count)),
        }
    }
    known.regions.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
}

impl Private {
    /// The mentions of one private theme.
    pub fn mentions_of(&self, theme: ThemeId) -> impl Iterator<Item = &Mention> {
        self.mentions.iter().filter(move |mention| mention.theme == theme)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::regional_document;
    use crate::themes::ThemeKind;

    #[test]
    fn private_themes_are_those_that_no_other_document_shares() {
        let documents = [
            regional_document(
                "a",
                "北京",
                &["围绕人工智能、具身智能、脑机接口、新质生产力、标准验证点等方面。"],
            ),
            regional_document("b", "上海", &["围绕人工智能、智能网联汽车等方面。智能网联汽车。"]),
        ];
        let lexicon = Lexicon::default();
        let index = ThemeIndex::build(&documents, &lexicon);
        let names = |at: usize| -> Vec<String> {
            let private = of_document(&index, &documents[at], DocIndex(at as u32), &lexicon);
            private.themes.iter().map(|theme| theme.name.clone()).collect()
        };
        for name in ["具身智能", "脑机接口", "新质生产力", "标准验证点"] {
            assert!(names(0).contains(&name.to_owned()), "{name} in {:?}", names(0));
        }
        assert_eq!(names(1), ["智能网联汽车"]);
        let all = of_library(&index, &documents, &lexicon);
        assert_eq!((all[0].name.as_str(), all[0].mentions), ("智能网联汽车", 2));
        assert_eq!(all[0].documents.iter().collect::<Vec<_>>(), [(DocIndex(1), 2)]);
        assert!(!all.iter().any(|theme| theme.name == "人工智能"));
    }

    #[test]
    fn a_private_theme_of_two_documents_is_one() {
        let theme = |count: u32, at: u32| Theme {
            name: "甲".to_owned(),
            aliases: Vec::new(),
            kind: ThemeKind::Subject,
            score: 1.0,
            direct: count,
            direct_documents: None,
            mentions: count,
            regions: vec![("北京".to_owned(), count)],
            documents: std::iter::once((DocIndex(at), count)).collect(),
        };
        let mut known = theme(1, 0);
        join(&mut known, &theme(2, 1));
        assert_eq!((known.mentions, known.documents.len()), (3, 2));
        assert_eq!(known.regions, [("北京".to_owned(), 3)]);
    }
}
