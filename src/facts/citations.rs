//! Which documents of a library name one another: the titles in 《》 of each text, and the document
//! that bears the title. A short title that the text itself introduces (《国家标准化发展纲要》，以下
//! 简称《纲要》) leads to the same document as the full one.

use rustc_hash::FxHashMap;

use crate::document::{Collection, DocIndex, Document, Place, Summary};
use crate::text::fold::{Folded, fold, fold_key};
use crate::text::{CharCounter, Span};

/// A title in 《》.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// The title without its marks.
    pub place: Place,
    /// The title as shown, the full one where a short one stands for it.
    pub title: String,
    /// The document that bears it, where the library has one other than the citing.
    pub document: Option<DocIndex>,
}

/// Characters between a full title and the short one that it is given.
const INTRODUCTION: usize = 14;

/// Titles of a library, folded, with the first document that bears each.
#[derive(Debug, Clone, Default)]
pub struct Titles(FxHashMap<String, DocIndex>);

impl Titles {
    /// The titles of `documents`: each whole, without a bracket at its end, and the one that it
    /// names in 《》 where it names only one.
    pub fn of<D: Collection + ?Sized>(documents: &D) -> Self {
        let mut titles = FxHashMap::default();
        for at in (0..documents.count() as u32).map(DocIndex) {
            let Some(Summary { metadata, .. }) = documents.card(at) else { continue };
            for title in std::iter::once(&metadata.title).chain(&metadata.original_title) {
                for key in keys(title) {
                    titles.entry(key).or_insert(at);
                }
            }
        }
        Self(titles)
    }

    /// The document called `title`, in any script, width or case.
    pub fn document(&self, title: &str) -> Option<DocIndex> {
        self.0.get(&key(&fold_key(title))).copied()
    }
}

/// The citations of one document, in reading order.
pub fn citations(at: DocIndex, document: &Document, titles: &Titles) -> Vec<Citation> {
    let mut short = FxHashMap::default();
    let mut found = Vec::new();
    for (block, text) in document.blocks.iter().enumerate() {
        let folded = fold(&text.text);
        let mut last: Option<Cited> = None;
        for cited in cited_in(&folded) {
            if let Some(full) = last.as_ref().filter(|full| introduces(&folded, full, &cited)) {
                short.insert(cited.title.clone(), full.clone().title);
            }
            let title = short.get(&cited.title).unwrap_or(&cited.title);
            let place = Place { document: at, block: block as u32, span: cited.shown };
            let shown = if *title == cited.title { cited.shown.of(&text.text) } else { title };
            let document = titles.document(title).filter(|other| *other != at);
            found.push(Citation { place, title: shown.to_owned(), document });
            last = Some(cited);
        }
    }
    found
}

/// A title in a folded block.
#[derive(Debug, Clone)]
struct Cited {
    title: String,
    /// Bytes of the folded block.
    bytes: std::ops::Range<usize>,
    shown: Span,
}

fn cited_in(folded: &Folded) -> Vec<Cited> {
    let text = folded.as_str();
    let mut counter = CharCounter::new(text);
    let mut open = None;
    let mut found = Vec::new();
    for (byte, c) in text.char_indices() {
        match c {
            '《' => open = Some(byte + c.len_utf8()),
            '》' => {
                let Some(start) = open.take().filter(|start| *start < byte) else { continue };
                let span = Span::new(counter.chars_before(start), counter.chars_before(byte));
                let title = text.get(start..byte).unwrap_or_default().to_owned();
                found.push(Cited { title, bytes: start..byte, shown: folded.shown(span) });
            }
            _ => {}
        }
    }
    found
}

/// True where `short` is given to `full`: 《…》(以下简称《…》).
fn introduces(folded: &Folded, full: &Cited, short: &Cited) -> bool {
    let between = folded.as_str().get(full.bytes.end..short.bytes.start).unwrap_or_default();
    let near = between.chars().count() <= INTRODUCTION;
    near && ["简称", "下称"].iter().any(|word| between.contains(word))
}

/// The folded forms by which a title is found.
fn keys(title: &str) -> Vec<String> {
    let folded = fold(title);
    let mut keys = vec![key(folded.as_str())];
    if let Some((head, _)) =
        folded.as_str().trim_end().strip_suffix(')').and_then(|t| t.rsplit_once('('))
    {
        keys.push(key(head));
    }
    if let [only] = cited_in(&folded).as_slice() {
        keys.push(key(&only.title));
    }
    keys.retain(|key| !key.is_empty());
    keys
}

/// A folded title without blanks and marks.
fn key(folded: &str) -> String {
    folded.chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::regional_document;

    fn titled(id: &str, title: &str, text: &str) -> Document {
        let mut document = regional_document(id, "北京", &[text]);
        title.clone_into(&mut document.metadata.title);
        document
    }

    #[test]
    fn titles_in_marks_lead_to_the_document_that_bears_them() {
        let documents = [
            titled(
                "a",
                "甲市供水条例（2020-01-01）",
                "依据《節水辦法》《甲市供水条例》《无此文件》。",
            ),
            titled("b", "节水办法", "见《甲市供水条例》（以下简称《条例》）。《条例》规定了。"),
            titled("c", "国务院印发《绿色发展纲要》", "《条例》"),
        ];
        let titles = Titles::of(&documents);
        let all = |at: u32| citations(DocIndex(at), &documents[at as usize], &titles);
        let targets = |at| all(at).iter().map(|c| c.document.map(|d| d.0)).collect::<Vec<_>>();
        assert_eq!(targets(0), [Some(1), None, None]);
        assert_eq!(targets(1), [Some(0), Some(0), Some(0)]);
        assert_eq!(targets(2), [None]);
        assert_eq!(all(0)[0].title, "節水辦法");
        assert_eq!(all(0)[0].place.span, Span::new(3, 7));
        assert_eq!(titles.document("绿色发展纲要"), Some(DocIndex(2)));
    }

    #[test]
    fn marks_out_of_order_are_no_citation() {
        let documents = [titled("a", "", "》《》《甲《乙》》")];
        let found = citations(DocIndex(0), &documents[0], &Titles::of(&documents));
        assert_eq!(found.iter().map(|c| c.title.as_str()).collect::<Vec<_>>(), ["乙"]);
    }
}
