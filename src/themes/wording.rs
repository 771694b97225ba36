//! Any wording as a theme: an index of the wordings that were asked for, counted and found over a
//! library as its own themes are, so that whatever takes a theme takes a wording.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::{Theme, ThemeId, ThemeIndex, ThemeKind};
use crate::document::{Collection, DocIndex};
use crate::text::fold::fold_key;
use crate::text::strait::other_side;
use crate::themes::mentions::MentionFinder;
use crate::themes::postings::Postings;

impl ThemeIndex {
    /// An index of these `wordings` alone, each a theme with its number as rank, whatever else
    /// `documents` mention. Of wordings that overlap every one counts. One that is empty once it is
    /// folded is never mentioned.
    pub fn of_wordings<D: Collection + ?Sized>(documents: &D, wordings: &[&str]) -> Self {
        let mut forms: FxHashMap<String, ThemeId> = FxHashMap::default();
        for (wording, id) in wordings.iter().zip(0..) {
            let folded = fold_key(wording.trim());
            if let Some(other) = other_side(&folded) {
                forms.entry(other).or_insert(ThemeId(id));
            }
            forms.insert(folded, ThemeId(id));
        }
        forms.remove("");
        let finder = MentionFinder::new(forms.iter().map(|(form, id)| (form.as_str(), *id)));
        let counted = documents.map(|_, document| {
            let mut counts: BTreeMap<ThemeId, [u32; 2]> = BTreeMap::new();
            for mention in finder.mentions(document) {
                let [all, direct] = counts.entry(mention.theme).or_default();
                *all += 1;
                *direct += u32::from(mention.direct);
            }
            let region = document.metadata.region.as_ref().map(|region| region.name.clone());
            (counts, region, document.characters() as u32)
        });
        let mut drafts: Vec<Counted> = wordings.iter().map(|_| Counted::default()).collect();
        for ((counts, region, _), at) in counted.iter().zip(0..) {
            for (theme, counts) in counts {
                if let Some(draft) = drafts.get_mut(theme.0 as usize) {
                    draft.add(DocIndex(at), *counts, region.as_deref());
                }
            }
        }
        let themes = wordings.iter().zip(drafts);
        let themes = themes.map(|(wording, counted)| counted.theme(wording.trim())).collect();
        let characters = counted.iter().map(|(_, _, characters)| *characters).collect();
        Self::new(themes, forms, characters, 0)
    }
}

#[derive(Default)]
struct Counted {
    all: u32,
    direct: u32,
    documents: Postings,
    direct_documents: Postings,
    regions: BTreeMap<String, u32>,
}

impl Counted {
    fn add(&mut self, at: DocIndex, [all, direct]: [u32; 2], region: Option<&str>) {
        self.all += all;
        self.direct += direct;
        self.documents.push(at, all);
        if direct > 0 {
            self.direct_documents.push(at, direct);
        }
        if let Some(region) = region {
            *self.regions.entry(region.to_owned()).or_default() += all;
        }
    }

    fn theme(self, name: &str) -> Theme {
        let mut regions: Vec<(String, u32)> = self.regions.into_iter().collect();
        regions.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        Theme {
            name: name.to_owned(),
            aliases: Vec::new(),
            kind: ThemeKind::Subject,
            score: 0.0,
            mentions: self.all,
            direct: self.direct,
            regions,
            documents: self.documents,
            direct_documents: (self.direct < self.all).then_some(self.direct_documents),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::regional_document;

    #[test]
    fn wording_is_counted_and_found_like_a_theme() {
        let documents = [
            regional_document("a", "北京", &["推进標準化，标准化工作。", "AI与MAIL"]),
            regional_document("b", "上海", &["沒有。"]),
        ];
        let index = ThemeIndex::of_wordings(&documents, &["标准化", "ai", "没有", ""]);
        let counts: Vec<(u32, usize)> =
            index.themes().iter().map(|theme| (theme.mentions, theme.documents.len())).collect();
        assert_eq!(counts, [(2, 1), (1, 1), (1, 1), (0, 0)]);
        assert_eq!(index.themes()[0].regions, [("北京".to_owned(), 2)]);
        let found = index.look_in(&documents[0]);
        assert_eq!(found.iter().filter(|one| one.theme == ThemeId(0)).count(), 2);
        assert_eq!(index.find("標準化"), Some(ThemeId(0)));
    }

    #[test]
    fn wording_counts_with_the_word_of_the_other_side_of_the_strait() {
        let documents = [
            regional_document("a", "北京", &["开发软件和资讯安全软件。"]),
            regional_document("b", "台湾", &["發展軟體，資訊安全。"]),
        ];
        let index = ThemeIndex::of_wordings(&documents, &["軟體", "信息安全"]);
        let counts: Vec<u32> = index.themes().iter().map(|theme| theme.mentions).collect();
        assert_eq!(counts, [3, 2]);
        assert_eq!(index.find("软件"), Some(ThemeId(0)));
    }

    #[test]
    fn wording_inside_another_one_counts_for_both() {
        let documents = [regional_document("a", "北京", &["生成式人工智能，人工智能"])];
        let index = ThemeIndex::of_wordings(&documents, &["人工智能", "生成式人工智能"]);
        let counts: Vec<[u32; 2]> =
            index.themes().iter().map(|theme| [theme.mentions, theme.direct]).collect();
        assert_eq!(counts, [[2, 1], [1, 1]]);
    }
}
