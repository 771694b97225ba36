//! Counterparts: where another document mentions what is at a place of this one. Two columns that
//! scroll together follow them: the same wording first, then the block that belongs to this one (see
//! `side_by_side`), then a theme that both mention, then a section of the same name. (Scrolling by
//! percent or by line drifts apart after a page.)

use crate::compare::comparison::{Comparison, Excerpt, nearest_excerpt};
use crate::compare::side_by_side::PairKind;
use crate::document::{Collection, DocIndex, Document};
use crate::text::Span;
use crate::text::sentences::{self, sentences};
use crate::themes::{ThemeId, ThemeIndex};

/// Why a place is the counterpart of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CounterpartKind {
    /// It is the same document.
    Same,
    /// Both say the same.
    Wording,
    /// Both say nearly the same.
    NearWording,
    /// Both mention this theme.
    Theme(ThemeId),
    /// Both are under headings that are alike.
    Section,
}

/// A place in another document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counterpart {
    /// Why it belongs there.
    pub kind: CounterpartKind,
    /// The sentence, the shared wording or the heading.
    pub excerpt: Excerpt,
}

/// Documents that are read together.
#[derive(Debug, Clone, Copy)]
pub struct Together<'l, D: ?Sized> {
    /// All documents of the library.
    pub documents: &'l D,
    /// The themes of the library.
    pub index: &'l ThemeIndex,
    /// The comparison of the documents that are read.
    pub comparison: &'l Comparison,
}

/// Similarity of two blocks from which their wording is the ground, whatever they speak of.
const NEAR_WORDING: f64 = 0.75;
/// Likeness of two headings from which on their sections belong together.
const SAME_SECTION: f64 = 0.5;

impl<'l, D: Collection + ?Sized> Together<'l, D> {
    /// The counterpart in `to` of the sentence `at` of `from`. A `preferred` theme that the
    /// sentence mentions goes before everything else.
    pub fn counterpart(
        &self,
        from: DocIndex,
        at: Excerpt,
        to: DocIndex,
        preferred: Option<ThemeId>,
    ) -> Option<Counterpart> {
        if from == to {
            return Some(Counterpart { kind: CounterpartKind::Same, excerpt: at });
        }
        let chosen = preferred.filter(|theme| self.mentions(from, at).any(|one| one == *theme));
        let by_theme = |theme| self.by_theme(from, at, to, theme);
        chosen
            .and_then(by_theme)
            .or_else(|| self.by_wording(from, at, to))
            .or_else(|| self.by_blocks(from, at, to))
            .or_else(|| self.mentions(from, at).find_map(by_theme))
            .or_else(|| {
                let block = self.block_of(from, at)?;
                self.mentions(from, block).find_map(by_theme)
            })
            .or_else(|| self.by_section(from, at.block, to))
    }

    /// The themes mentioned in an excerpt, best first.
    fn mentions(&self, from: DocIndex, at: Excerpt) -> impl Iterator<Item = ThemeId> + use<D> {
        let inside = |mention: &&crate::themes::Mention| {
            mention.block == at.block && mention.span.overlaps(at.span)
        };
        let document = self.documents.document(from);
        let mentions = document.map_or(&[][..], |document| self.index.mentions_in(from, document));
        let mentions = mentions.iter().filter(inside);
        let mut themes: Vec<ThemeId> = mentions.map(|mention| mention.theme).collect();
        themes.sort_unstable();
        themes.dedup();
        themes.into_iter()
    }

    fn by_wording(&self, from: DocIndex, at: Excerpt, to: DocIndex) -> Option<Counterpart> {
        let passages = self.comparison.passages.iter();
        let mut seen = passages.filter_map(|passage| {
            let turned = passage.turned();
            let seen = if passage.a.document == from { *passage } else { turned };
            let here = seen.a.document == from && seen.a.block == at.block;
            (here && seen.b.document == to && seen.a.span.overlaps(at.span)).then_some(seen)
        });
        let passage = seen.next()?;
        let excerpt = Excerpt { block: passage.b.block, span: passage.b.span };
        let kind = if passage.similarity >= 1.0 {
            CounterpartKind::Wording
        } else {
            CounterpartKind::NearWording
        };
        Some(Counterpart { kind, excerpt })
    }

    /// The sentence nearest in wording of the block that belongs to this one.
    fn by_blocks(&self, from: DocIndex, at: Excerpt, to: DocIndex) -> Option<Counterpart> {
        let mut alignments = self.comparison.blocks.iter();
        let pair = alignments.find_map(|one| one.counterpart((from, at.block), to))?;
        let document = self.document(to)?;
        let spans = sentences(&document.blocks.get(pair.b as usize)?.text);
        let excerpts = spans.into_iter().map(|span| Excerpt { block: pair.b, span });
        let (excerpt, _) = nearest_excerpt(self.text(from, at)?, document, excerpts)?;
        // What the sentence speaks of says more than that half of its letters are there, too.
        let spoken = pair.theme.filter(|theme| {
            pair.similarity < NEAR_WORDING && self.mentions(from, at).any(|one| one == *theme)
        });
        let kind = match (pair.kind, pair.theme) {
            (PairKind::Wording, _) => {
                spoken.map_or(CounterpartKind::NearWording, CounterpartKind::Theme)
            }
            (PairKind::Themes, Some(theme)) => CounterpartKind::Theme(theme),
            (PairKind::Section | PairKind::Themes, _) => CounterpartKind::Section,
        };
        Some(Counterpart { kind, excerpt })
    }

    /// Of the sentences of `to` that mention `theme` the one nearest in wording.
    fn by_theme(
        &self,
        from: DocIndex,
        at: Excerpt,
        to: DocIndex,
        theme: ThemeId,
    ) -> Option<Counterpart> {
        let column = self.comparison.documents.iter().position(|document| *document == to)?;
        let aligned = self.comparison.aligned.iter().find(|aligned| aligned.theme == theme)?;
        let sentences = aligned.passages.get(column)?.iter().copied();
        let (excerpt, _) = nearest_excerpt(self.text(from, at)?, self.document(to)?, sentences)?;
        Some(Counterpart { kind: CounterpartKind::Theme(theme), excerpt })
    }

    fn by_section(&self, from: DocIndex, block: u32, to: DocIndex) -> Option<Counterpart> {
        let title = &self.document(from)?.section_of(block)?.title;
        let document = self.document(to)?;
        let headings = document.outline.iter().map(|heading| {
            let length = heading.title.chars().count() as u32;
            Excerpt { block: heading.block, span: Span::new(0, length) }
        });
        let (excerpt, share) = nearest_excerpt(title, document, headings)?;
        (share >= SAME_SECTION).then_some(Counterpart { kind: CounterpartKind::Section, excerpt })
    }

    fn document(&self, document: DocIndex) -> Option<&'l Document> {
        self.documents.document(document)
    }

    fn text(&self, document: DocIndex, at: Excerpt) -> Option<&'l str> {
        let block = self.document(document)?.blocks.get(at.block as usize)?;
        Some(at.span.of(&block.text))
    }

    fn block_of(&self, document: DocIndex, at: Excerpt) -> Option<Excerpt> {
        let block = self.document(document)?.blocks.get(at.block as usize)?;
        Some(Excerpt { block: at.block, span: Span::new(0, block.text.chars().count() as u32) })
    }
}

/// The sentence of `document` in which a character of a block is.
pub fn sentence_at(document: &Document, block: u32, character: u32) -> Option<Excerpt> {
    let span = sentences::sentence_at(&document.blocks.get(block as usize)?.text, character)?;
    Some(Excerpt { block, span })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Heading;
    use crate::reuse::passages::Passages;
    use crate::samples::{document, index};

    fn library() -> (Vec<Document>, ThemeIndex) {
        let mut documents = vec![
            document(
                "a",
                &[
                    "渔业增产。保护林业资源。",
                    "推进近海捕捞向远洋捕捞转变，开展试点。",
                    "组织实施",
                    "各县照办。",
                ],
            ),
            document(
                "b",
                &[
                    "组织实施",
                    "另行公布。",
                    "林业与牧业。渔业与牧业。",
                    "推进近海捕捞向远洋捕捞转变。",
                    "渔业要增产。",
                ],
            ),
        ];
        for (at, block) in [(0, 2), (1, 0)] {
            let heading = Heading { level: 1, title: "组织实施".to_owned(), block };
            documents[at].outline = vec![heading];
        }
        let index = index(&documents, &["渔业", "牧业", "林业"]);
        (documents, index)
    }

    fn counterpart(block: u32, character: u32, preferred: Option<ThemeId>) -> Option<Counterpart> {
        let (documents, index) = library();
        let comparison =
            Comparison::new(&documents, &index, &[DocIndex(0), DocIndex(1)], |scope| {
                Passages::find(&documents, scope)
            });
        let together = Together { documents: &documents, index: &index, comparison: &comparison };
        let at = sentence_at(&documents[0], block, character).unwrap();
        together.counterpart(DocIndex(0), at, DocIndex(1), preferred)
    }

    #[test]
    fn the_same_wording_goes_first_then_a_theme_then_a_section() {
        let found = counterpart(1, 0, None).unwrap();
        assert_eq!((found.kind, found.excerpt.block), (CounterpartKind::Wording, 3));
        let found = counterpart(0, 6, None).unwrap();
        assert!(matches!(found.kind, CounterpartKind::Theme(_)), "{found:?}");
        assert_eq!((found.excerpt.block, found.excerpt.span), (2, Span::new(0, 6)));
        let found = counterpart(3, 0, None).unwrap();
        assert_eq!((found.kind, found.excerpt.block), (CounterpartKind::Section, 0));
    }

    #[test]
    fn of_the_sentences_on_a_theme_the_nearest_in_wording_is_taken() {
        let found = counterpart(0, 0, None).unwrap();
        assert_eq!(found.excerpt.block, 4, "{found:?}");
    }

    #[test]
    fn a_document_is_its_own_counterpart_and_an_empty_one_has_none() {
        let (mut documents, index) = library();
        documents.push(document("c", &[]));
        let chosen = [DocIndex(0), DocIndex(2)];
        let comparison =
            Comparison::new(&documents, &index, &chosen, |scope| Passages::find(&documents, scope));
        let together = Together { documents: &documents, index: &index, comparison: &comparison };
        let at = sentence_at(&documents[0], 1, 3).unwrap();
        let own = together.counterpart(DocIndex(0), at, DocIndex(0), None).unwrap();
        assert_eq!((own.kind, own.excerpt), (CounterpartKind::Same, at));
        assert_eq!(together.counterpart(DocIndex(0), at, DocIndex(2), None), None);
        assert_eq!(sentence_at(&documents[2], 0, 0), None);
    }
}
