//! The letters of a library: its folded text without spaces and marks, block after block, each
//! letter knowing whether a clause begins with it and whether a citation in 《》 holds it. Shared
//! wording is searched for here, so that another comma or another width hides nothing; every letter
//! leads back to the shown text.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::document::{Collection, DocIndex, Place};
use crate::reuse::gram::GRAM;
use crate::text::Span;
use crate::text::fold::fold;

/// What is before a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Joint {
    /// Another letter of the same clause.
    Within,
    /// A comma, colon or semicolon.
    Clause,
    /// The end of a sentence, or the beginning of the block.
    Sentence,
}

/// What is known about one letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Trait {
    /// What is before it.
    pub(crate) joint: Joint,
    /// How much it says about who shares wording with whom.
    pub(crate) weight: LetterClass,
}

/// How much a letter says about who shares wording with whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum LetterClass {
    /// Nothing: it is in 《》, or in a stock phrase of very many documents.
    None,
    /// Little: several documents have this wording. It counts in a long passage only.
    Little,
    /// All.
    Full,
}

/// A block as a range of letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct BlockLetters {
    pub(crate) document: DocIndex,
    pub(crate) block: u32,
    /// Its first letter.
    pub(crate) start: u32,
}

/// The letters of all blocks of a library, in library order.
#[derive(Debug, Default)]
pub(crate) struct NormalizedText {
    chars: Vec<char>,
    traits: Vec<Trait>,
    /// Blocks without a letter are among them, with nothing between their start and the next.
    blocks: Vec<BlockLetters>,
    /// The documents that were read, in order.
    documents: Vec<DocIndex>,
    /// By document that was read, the number of its first block; one more after the last.
    first_block: Vec<usize>,
}

impl NormalizedText {
    /// The letters of `documents`. A library of more than 2³² letters is read as far as that.
    pub(crate) fn read<D: Collection + ?Sized>(documents: &D) -> Self {
        Self::read_some(documents, &documents.indices().collect::<Vec<_>>())
    }

    /// The letters of `some` of the documents, which are in order.
    pub(crate) fn read_some<D: Collection + ?Sized>(documents: &D, some: &[DocIndex]) -> Self {
        let mut letters = Self::default();
        // Folding is the work, on every core; the appending is not.
        let read = documents.map_some(some, |at, document| {
            (at, document.blocks.iter().map(|b| BlockReading::of(&b.text)).collect::<Vec<_>>())
        });
        for (at, blocks) in read {
            letters.push_document(at, blocks);
        }
        letters.first_block.push(letters.blocks.len());
        letters
    }

    fn push_document(&mut self, document: DocIndex, blocks: Vec<BlockReading>) {
        self.documents.push(document);
        self.first_block.push(self.blocks.len());
        for (block, reading) in blocks.into_iter().enumerate() {
            if self.chars.len() + reading.chars.len() > u32::MAX as usize {
                return;
            }
            let start = self.chars.len() as u32;
            self.blocks.push(BlockLetters { document, block: block as u32, start });
            self.chars.extend(reading.chars);
            self.traits.extend(reading.traits);
        }
    }

    /// The letters of `range`.
    pub(crate) fn of(&self, range: Range<u32>) -> &[char] {
        self.chars.get(range.start as usize..range.end as usize).unwrap_or_default()
    }

    /// What is known about the letters of `range`.
    pub(crate) fn traits_of(&self, range: Range<u32>) -> &[Trait] {
        self.traits.get(range.start as usize..range.end as usize).unwrap_or_default()
    }

    /// What is known about every letter, to be changed.
    pub(crate) fn traits_mut(&mut self) -> &mut [Trait] {
        &mut self.traits
    }

    /// True where no letter of the gram that begins at `letter` says anything.
    pub(crate) fn is_void(&self, letter: u32) -> bool {
        let gram = self.traits_of(letter..letter + GRAM as u32);
        gram.iter().all(|letter| letter.weight == LetterClass::None)
    }

    /// Share of the letters of `range` that have at least that weight, 0 to 1.
    pub(crate) fn share(&self, range: Range<u32>, weight: LetterClass) -> f64 {
        let traits = self.traits_of(range);
        let heavy = traits.iter().filter(|t| t.weight >= weight).count();
        heavy as f64 / traits.len().max(1) as f64
    }

    /// The numbers of the blocks of a document; none if it was not read.
    pub(crate) fn blocks_of(&self, document: DocIndex) -> Range<usize> {
        let Ok(at) = self.documents.binary_search(&document) else { return 0..0 };
        self.blocks_at(at)
    }

    fn blocks_at(&self, at: usize) -> Range<usize> {
        let start = self.first_block.get(at).copied().unwrap_or_default();
        start..self.first_block.get(at + 1).copied().unwrap_or(start)
    }

    /// The letters of the document in which a letter is.
    pub(crate) fn document_range(&self, letter: u32) -> Range<u32> {
        let start = |blocks: usize| self.range_of(blocks).start;
        let after = |at: usize| self.first_block.get(at).map(|block| start(*block));
        let (mut low, mut high) = (0, self.documents.len());
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            if after(middle).is_some_and(|start| start <= letter) {
                low = middle
            } else {
                high = middle
            }
        }
        let blocks = self.blocks_at(low);
        start(blocks.start)..start(blocks.end)
    }

    /// The numbers of all blocks.
    pub(crate) fn all_blocks(&self) -> Range<usize> {
        0..self.blocks.len()
    }

    /// The block of that number.
    pub(crate) fn block(&self, number: usize) -> Option<BlockLetters> {
        self.blocks.get(number).copied()
    }

    /// The letters of the block of that number.
    pub(crate) fn range_of(&self, number: usize) -> Range<u32> {
        let at = |n: usize| self.blocks.get(n).map_or(self.chars.len() as u32, |b| b.start);
        at(number)..at(number + 1)
    }

    /// The number of the block in which a letter is.
    pub(crate) fn block_at(&self, letter: u32) -> usize {
        self.blocks.partition_point(|block| block.start <= letter).saturating_sub(1)
    }

    /// True where two letters are in wording that is worth a closer look: the letters around
    /// them, at the same distance on both sides and inside their documents, agree well beyond the
    /// gram that begins there.
    pub(crate) fn agree_around(
        &self,
        a: u32,
        b: u32,
        own: &Range<u32>,
        other: &Range<u32>,
    ) -> bool {
        let before = AROUND.min(a - own.start).min(b - other.start);
        let after = (AROUND + GRAM as u32).min(own.end - a).min(other.end - b);
        let around = |at: u32| self.of(at - before..at + after).iter();
        around(a).zip(around(b)).filter(|(a, b)| a == b).count() >= AGREED
    }

    /// The place whose shown text runs from the first to the last letter of `range`, which lies in
    /// one block.
    pub(crate) fn place<D: Collection + ?Sized>(
        &self,
        documents: &D,
        range: Range<u32>,
    ) -> Option<Place> {
        let block = self.block(self.block_at(range.start))?;
        let text = &documents.document(block.document)?.blocks.get(block.block as usize)?.text;
        let span = shown_span(text, range.start - block.start..range.end - block.start);
        Some(Place { document: block.document, block: block.block, span })
    }
}

/// Letters before and after a gram that are looked at.
const AROUND: u32 = 12;
/// NormalizedText there that must be the same, the gram among them.
const AGREED: usize = GRAM + 3;

/// True for the characters that are compared: Han, other letters, digits.
pub(crate) fn is_letter(folded: char) -> bool {
    folded.is_alphanumeric()
}

#[expect(clippy::expect_used, reason = "built-in pattern")]
static LABEL: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(LABEL_PATTERN).expect("pattern of labels"));

const LABEL_PATTERN: &str = r"^\s*(?:第[〇零一二三四五六七八九十百千\d]{1,7}[条章节款编]|\([〇零一二三四五六七八九十\d]{1,4}\)|[一二三四五六七八九十]{1,3}[、.]|\d{1,3}(?:[、.]\s*))";

/// Folded characters of the number before a block: 第三条, (一), 二、. It is no wording, and shared
/// wording begins after it.
fn label(folded: &str) -> usize {
    let found = LABEL.find(folded);
    let is_decimal = |end: usize| folded.get(end..).is_some_and(|rest| rest.starts_with(is_digit));
    let found = found.filter(|label| !(label.as_str().ends_with('.') && is_decimal(label.end())));
    found.map_or(0, |label| label.as_str().chars().count())
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

/// The characters of `text` that its letters `range` stand for.
fn shown_span(text: &str, range: Range<u32>) -> Span {
    let folded = fold(text);
    let wording = (0u32..).zip(folded.as_str().chars()).skip(label(folded.as_str()));
    let mut places = wording.filter(|(_, c)| is_letter(*c)).map(|(at, _)| at);
    let start = places.nth(range.start as usize).unwrap_or_default();
    let last = match range.len() {
        0 | 1 => start,
        more => places.nth(more - 2).unwrap_or(start),
    };
    with_marks(text, folded.shown(Span::new(start, last + 1)))
}

/// Marks that are in pairs.
const PAIRS: [(char, char); 6] =
    [('（', '）'), ('《', '》'), ('“', '”'), ('「', '」'), ('〈', '〉'), ('(', ')')];

/// The span with the opening or closing mark beside it whose partner is inside.
fn with_marks(text: &str, span: Span) -> Span {
    let inside = span.of(text);
    let before = Span::new(span.start.saturating_sub(1), span.start).of(text).chars().next();
    let after = Span::new(span.end, span.end + 1).of(text).chars().next();
    let count = |mark: char| inside.chars().filter(|c| *c == mark).count();
    let mut wider = span;
    for (open, close) in PAIRS {
        let (opened, closed) = (count(open), count(close));
        wider.start -= u32::from(before == Some(open) && closed > opened);
        wider.end += u32::from(after == Some(close) && opened > closed);
    }
    wider
}

/// The letters of one block with what is known about them.
#[derive(Debug, Default)]
struct BlockReading {
    chars: Vec<char>,
    traits: Vec<Trait>,
}

impl BlockReading {
    fn of(text: &str) -> Self {
        let mut reading = Self::default();
        let mut joint = Joint::Sentence;
        let mut cited_from = None;
        let folded = fold(text);
        for c in folded.as_str().chars().skip(label(folded.as_str())) {
            if is_letter(c) {
                reading.chars.push(c);
                reading.traits.push(Trait { joint, weight: LetterClass::Full });
                joint = Joint::Within;
                continue;
            }
            joint = joint.max(joint_of(c));
            match c {
                '《' => cited_from = Some(reading.chars.len()),
                '》' => reading.cite(cited_from.take()),
                _ => {}
            }
        }
        reading
    }

    /// Marks what is between 《 and 》. A 《 that nothing closes marks nothing.
    fn cite(&mut self, from: Option<usize>) {
        let cited = from.and_then(|from| self.traits.get_mut(from..)).unwrap_or_default();
        for letter in cited {
            letter.weight = LetterClass::None;
        }
    }
}

/// What a mark means for the letter after it. The enumeration comma 、 parts no clauses.
fn joint_of(folded: char) -> Joint {
    match folded {
        '。' | '!' | '?' => Joint::Sentence,
        ',' | ';' | ':' | '…' => Joint::Clause,
        _ => Joint::Within,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_leave_out_marks_and_fold_both_scripts() {
        let reading = BlockReading::of("（一）標準，　ＡＩ。《纲要》甲");
        assert_eq!(reading.chars.iter().collect::<String>(), "标准ai纲要甲");
        let joints: Vec<_> = reading.traits.iter().map(|t| t.joint).collect();
        assert_eq!(joints.first(), Some(&Joint::Sentence));
        assert_eq!(joints.get(2), Some(&Joint::Clause));
        assert_eq!(joints.get(4), Some(&Joint::Sentence));
        let weights: Vec<_> = reading.traits.iter().map(|t| t.weight).collect();
        let (full, none) = (LetterClass::Full, LetterClass::None);
        assert_eq!(weights, [full, full, full, full, none, none, full]);
    }

    #[test]
    fn the_number_of_an_article_or_item_is_no_wording() {
        let cases = [
            ("第二十八条　本市加强", "本市加强"),
            ("（三）本市加强", "本市加强"),
            ("三、本市加强", "本市加强"),
            ("3.本市加强", "本市加强"),
            ("12、本市加强", "本市加强"),
            ("3.5万元", "35万元"),
            ("三大工程", "三大工程"),
            ("2025年", "2025年"),
        ];
        for (text, letters) in cases {
            assert_eq!(BlockReading::of(text).chars.iter().collect::<String>(), letters, "{text}");
        }
        assert_eq!(
            shown_span("第二条　本市加强监督。", 0..4).of("第二条　本市加强监督。"),
            "本市加强"
        );
    }

    #[test]
    fn an_unclosed_citation_hides_nothing() {
        assert!(
            BlockReading::of("《纲要提出").traits.iter().all(|t| t.weight == LetterClass::Full)
        );
    }

    #[test]
    fn the_way_back_covers_the_glyphs_from_first_to_last_letter() {
        let text = "到2025年，實現“標準”供給。";
        assert_eq!(shown_span(text, 6..10).of(text), "實現“標準”");
        assert_eq!(shown_span(text, 6..6), Span::new(7, 8));
        let text = "（三）加强“标准”（甲）";
        assert_eq!(shown_span(text, 0..3).of(text), "加强“标");
        assert_eq!(shown_span(text, 0..5).of(text), "加强“标准”（甲）");
    }
}
