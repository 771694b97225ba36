//! The quotes of themes: what the texts of each region say of a theme, with where they say it. A
//! quote is the whole sentences around a mention; mentions whose sentences meet share one quote.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::citation::Citation;
use crate::compare::matrix::NATIONAL;
use crate::document::{DocIndex, Document};
use crate::library::Library;
use crate::text::Span;
use crate::text::sentences::sentences;
use crate::themes::{Mention, ThemeId, ThemeIndex};

/// Characters on either side of a mention that its quote has at least, where the block has them: as
/// many as `xref` prints.
const CONTEXT: u32 = 30;

/// What the texts say of some themes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(transparent)]
pub struct Quotes {
    /// In the order in which they were asked for.
    pub themes: Vec<ThemeQuotes>,
}

/// What the texts say of a theme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ThemeQuotes {
    /// Its name.
    pub theme: String,
    /// Other forms that count as it.
    pub aliases: Vec<String>,
    /// Mentions that are quoted here.
    pub mentions: usize,
    /// Documents that are quoted here.
    pub documents: usize,
    /// The national texts first, then the regions with most mentions; texts of no known region
    /// last.
    pub regions: Vec<RegionQuotes>,
}

/// What the texts of one region say of a theme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RegionQuotes {
    /// The region; `None` for texts whose region is unknown.
    pub region: Option<String>,
    /// Mentions in them.
    pub mentions: usize,
    /// How many they are.
    pub documents: usize,
    /// In library order, and in reading order inside a document.
    pub quotes: Vec<Quote>,
}

/// Some sentences of one block with the mentions in them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Quote {
    /// Where it is.
    #[serde(flatten)]
    pub citation: Citation,
    /// The block, from 0.
    pub block: u32,
    /// The characters of the block that are quoted.
    #[serde(flatten)]
    pub span: Span,
    /// The quoted text.
    pub text: String,
    /// The mentions in it, in reading order; at least one.
    pub mentions: Vec<MentionQuoted>,
}

/// A mention inside a quote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MentionQuoted {
    /// Characters of the block, as `xref` gives them.
    #[serde(flatten)]
    pub span: Span,
    /// The characters as they are there.
    #[serde(rename = "match")]
    pub matched: String,
}

impl Quote {
    /// The text cut at its mentions: what is before the first one, then for each mention itself
    /// and what follows it.
    pub fn pieces(&self) -> (&str, Vec<(&MentionQuoted, &str, &str)>) {
        let inside = |at: u32| at.saturating_sub(self.span.start);
        let mut cut = QuoteCut::new(&self.text);
        let before = cut.up_to(self.mentions.first().map_or(u32::MAX, |m| inside(m.span.start)));
        let mut pieces = Vec::with_capacity(self.mentions.len());
        for (at, mention) in self.mentions.iter().enumerate() {
            let next = self.mentions.get(at + 1).map_or(u32::MAX, |next| inside(next.span.start));
            let matched = cut.up_to(inside(mention.span.end));
            pieces.push((mention, matched, cut.up_to(next)));
        }
        (before, pieces)
    }
}

/// A text that is cut from left to right at rising characters, each cut costing only what lies
/// between it and the last one.
struct QuoteCut<'t> {
    rest: &'t str,
    at: u32,
}

impl<'t> QuoteCut<'t> {
    fn new(text: &'t str) -> Self {
        Self { rest: text, at: 0 }
    }

    /// What lies between the last cut and character `end`.
    fn up_to(&mut self, end: u32) -> &'t str {
        let chars = end.saturating_sub(self.at) as usize;
        let byte = self.rest.char_indices().nth(chars).map_or(self.rest.len(), |(byte, _)| byte);
        let (piece, rest) = self.rest.split_at_checked(byte).unwrap_or((self.rest, ""));
        self.rest = rest;
        self.at = self.at.max(end);
        piece
    }
}

/// What the documents for which `wanted` holds say of `themes`.
pub fn quotes(library: &Library, themes: &[ThemeId], wanted: impl Fn(DocIndex) -> bool) -> Quotes {
    let of = |id: &ThemeId| quotes_of(library, library.themes(), *id, &wanted);
    Quotes { themes: themes.iter().filter_map(of).collect() }
}

/// What the documents for which `wanted` holds say of the theme `id` of `index`: that of the library,
/// or one of wordings.
pub fn quotes_of(
    library: &Library,
    index: &ThemeIndex,
    id: ThemeId,
    wanted: impl Fn(DocIndex) -> bool,
) -> Option<ThemeQuotes> {
    let theme = index.theme(id)?;
    let mut regions: BTreeMap<Option<String>, RegionQuotes> = BTreeMap::new();
    for at in theme.documents.documents().filter(|at| wanted(*at)) {
        let Some(document) = library.document(at) else { continue };
        // The next theme asks the same documents.
        let mentions = index.mentions_in(at, document).iter();
        let mentions: Vec<_> = mentions.filter(|mention| mention.theme == id).copied().collect();
        let region = document.metadata.region.as_ref().map(|region| region.name.clone());
        let entry = regions.entry(region.clone()).or_insert_with(|| RegionQuotes {
            region,
            mentions: 0,
            documents: 0,
            quotes: Vec::new(),
        });
        entry.mentions += mentions.len();
        entry.documents += usize::from(!mentions.is_empty());
        entry.quotes.extend(of_document(document, &mentions));
    }
    let mut regions: Vec<_> = regions.into_values().collect();
    regions.sort_by_key(|of| {
        let name = of.region.clone();
        (name.is_none(), name.as_deref() != Some(NATIONAL), usize::MAX - of.mentions, name)
    });
    Some(ThemeQuotes {
        theme: theme.name.clone(),
        aliases: theme.aliases.clone(),
        mentions: regions.iter().map(|of| of.mentions).sum(),
        documents: regions.iter().map(|of| of.documents).sum(),
        regions,
    })
}

fn of_document(document: &Document, mentions: &[Mention]) -> Vec<Quote> {
    let mut quotes = Vec::new();
    for group in mentions.chunk_by(|a, b| a.block == b.block) {
        let Some(block) = group.first().map(|mention| mention.block) else { continue };
        let Some(text) = document.blocks.get(block as usize).map(|block| &block.text) else {
            continue;
        };
        let citation = Citation::of(document, block);
        let spans: Vec<_> = group.iter().map(|mention| mention.span).collect();
        let mut cut = QuoteCut::new(text);
        let length = text.chars().count() as u32;
        for (span, mentions) in quoted(length, &sentences(text), &spans) {
            cut.up_to(span.start);
            let text = cut.up_to(span.end).to_owned();
            let mut inner = QuoteCut::new(&text);
            let mut mention = |of: &Span| {
                inner.up_to(of.start - span.start);
                let matched = inner.up_to(of.end - span.start).to_owned();
                MentionQuoted { span: *of, matched }
            };
            let mentions = mentions.iter().map(&mut mention).collect();
            quotes.push(Quote { citation: citation.clone(), block, span, text, mentions });
        }
    }
    quotes
}

/// What is quoted of a block of `length` characters with these sentences for these mentions, both in
/// reading order: whole sentences, apart from each other, with the mentions in each.
fn quoted(length: u32, sentences: &[Span], mentions: &[Span]) -> Vec<(Span, Vec<Span>)> {
    let mut quotes: Vec<(Span, Vec<Span>)> = Vec::new();
    let mut first = 0;
    for mention in mentions {
        let start = mention.start.saturating_sub(CONTEXT);
        let end = mention.end.saturating_add(CONTEXT).min(length);
        while sentences.get(first).is_some_and(|sentence| sentence.end <= start) {
            first += 1;
        }
        let touched = sentences.get(first..).unwrap_or_default();
        let touched = touched.iter().take_while(|sentence| sentence.start < end);
        let span = touched.fold(Span::new(start, end), |whole, sentence| {
            Span::new(whole.start.min(sentence.start), whole.end.max(sentence.end))
        });
        match quotes.last_mut().filter(|(last, _)| span.start <= last.end) {
            Some((last, mentions)) => {
                last.end = last.end.max(span.end);
                mentions.push(*mention);
            }
            None => quotes.push((span, vec![*mention])),
        }
    }
    quotes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::regional_document;
    use crate::themes::vocabulary::Lexicon;
    use proptest::prelude::*;

    fn library() -> Library {
        let far =
            "其他事项按照有关规定办理，各地结合实际抓好落实并及时总结上报有关情况。".repeat(3);
        let long = format!("加快发展人工智能。{far}完善人工智能标准。人工智能要用好。");
        let documents = vec![
            regional_document("a", "北京", &["支持人工智能、脑机接口等领域。", &long]),
            regional_document("b", "全国", &["在人工智能、区块链、脑机接口等方面布局。"]),
        ];
        Library::new(documents, Vec::new(), Lexicon::default())
    }

    #[test]
    fn quotes_stand_by_region_with_counts_and_whole_sentences() {
        let library = library();
        let theme = library.themes().find("人工智能").unwrap();
        let quotes = quotes(&library, &[theme], |_| true);
        let [of] = quotes.themes.as_slice() else { panic!("{quotes:?}") };
        assert_eq!((of.mentions, of.documents), (5, 2));
        let regions: Vec<_> =
            of.regions.iter().map(|r| (r.region.as_deref(), r.mentions, r.quotes.len())).collect();
        assert_eq!(regions, [(Some("全国"), 1, 1), (Some("北京"), 4, 3)]);
        let last = &of.regions[1].quotes[2];
        assert!(last.text.ends_with("完善人工智能标准。人工智能要用好。"), "{}", last.text);
        assert_eq!(last.mentions.len(), 2);
        let (before, pieces) = last.pieces();
        assert!(before.ends_with("完善"), "{before}");
        assert_eq!((pieces[0].1, pieces[0].2), ("人工智能", "标准。"));
        assert_eq!((pieces[1].1, pieces[1].2), ("人工智能", "要用好。"));
    }

    proptest! {
        #[test]
        fn every_mention_is_quoted_once_with_its_context(
            lengths in prop::collection::vec(1u32..60, 1..20),
            starts in prop::collection::btree_set(0u32..600, 0..20),
        ) {
            let mut at = 0;
            let sentences: Vec<_> = lengths.iter().map(|length| {
                at += length;
                Span::new(at - length, at)
            }).collect();
            let mentions: Vec<_> = starts.iter().filter(|start| **start < at)
                .map(|start| Span::new(*start, start + 1)).collect();
            let quotes = quoted(at, &sentences, &mentions);
            let all: Vec<_> = quotes.iter().flat_map(|(_, mentions)| mentions.clone()).collect();
            prop_assert_eq!(all, mentions);
            for (span, mentions) in &quotes {
                for mention in mentions {
                    prop_assert!(span.start <= mention.start.saturating_sub(CONTEXT));
                    prop_assert!(span.end >= (mention.end + CONTEXT).min(at));
                }
            }
            prop_assert!(quotes.windows(2).all(|pair| pair[0].0.end < pair[1].0.start));
        }
    }
}
