//! A document as themes are searched in it: its folded blocks in one string, because those of a
//! whole library are in memory together while themes are chosen, with what each block may offer.

use crate::document::{Block, BlockKind, Document};
use crate::text::fold::{fold_key, fold_onto};

/// The folded blocks of a document.
#[derive(Debug, Clone, Default)]
pub struct FoldedDocument {
    text: Box<str>,
    /// Where each block ends, in bytes.
    ends: Box<[u32]>,
    /// What each block may offer; [`Offer::Text`] beyond its end.
    offers: Box<[Offer]>,
    title: Box<str>,
}

/// What a block may offer as candidates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Offer {
    /// What running text offers.
    Text,
    /// The same, as a heading.
    Heading,
    /// Nothing: a signature, a contact line, a clause of penalties.
    Nothing,
}

impl FoldedDocument {
    /// Folds `document`.
    pub fn of(document: &Document) -> Self {
        let blocks = document.blocks.iter().map(|block| block.text.as_str());
        Self {
            offers: offers(document),
            title: fold_key(&document.metadata.title).into_boxed_str(),
            ..Self::of_blocks(blocks)
        }
    }

    /// Folds these blocks.
    pub fn of_blocks<'b>(blocks: impl Iterator<Item = &'b str> + Clone) -> Self {
        let mut text = String::with_capacity(blocks.clone().map(str::len).sum());
        let ends = blocks.map(|block| {
            fold_onto(block, &mut text);
            text.len() as u32
        });
        Self { ends: ends.collect(), text: text.into_boxed_str(), ..Self::default() }
    }

    /// The folded blocks.
    pub fn blocks(&self) -> impl Iterator<Item = &str> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        let ranges = starts.zip(&self.ends).map(|(start, end)| start as usize..*end as usize);
        ranges.map(|range| self.text.get(range).unwrap_or_default())
    }

    /// The folded blocks, each with what it may offer.
    pub fn offering(&self) -> impl Iterator<Item = (&str, Offer)> {
        let offers = self.offers.iter().copied().chain(std::iter::repeat(Offer::Text));
        self.blocks().zip(offers)
    }

    /// The folded title.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The text at these bytes of the `block`; empty where there is none.
    pub fn slice(&self, block: u32, start: u32, bytes: u16) -> &str {
        let before = (block as usize).checked_sub(1);
        let block = before.and_then(|before| self.ends.get(before)).copied().unwrap_or_default();
        let start = (block + start) as usize;
        self.text.get(start..start + usize::from(bytes)).unwrap_or_default()
    }

    /// The text before and after these bytes, counted through all blocks, within their block.
    pub fn around(&self, start: u32, end: u32) -> (&str, &str) {
        let block = self.ends.partition_point(|block_end| *block_end <= start);
        let first = block.checked_sub(1).and_then(|at| self.ends.get(at)).copied();
        let last = self.ends.get(block).copied().unwrap_or(end);
        let text = |from: u32, to: u32| self.text.get(from as usize..to as usize);
        (
            text(first.unwrap_or_default(), start).unwrap_or_default(),
            text(end, last).unwrap_or_default(),
        )
    }
}

/// Names of chapters that hold penalties and nothing else.
const PENALTY_CHAPTERS: [&str; 2] = ["法律责任", "罚则"];

fn offers(document: &Document) -> Box<[Offer]> {
    let mut headings = document.outline.iter().peekable();
    // The level of the heading under which everything is about penalties.
    let mut penalties: Option<u8> = None;
    let mut offers = Vec::with_capacity(document.blocks.len());
    for (block, number) in document.blocks.iter().zip(0_u32..) {
        while let Some(heading) = headings.next_if(|heading| heading.block <= number) {
            if PENALTY_CHAPTERS.iter().any(|name| heading.title.trim_end().ends_with(name)) {
                penalties = Some(heading.level);
            } else if penalties.is_some_and(|level| heading.level <= level) {
                penalties = None;
            }
        }
        offers.push(if penalties.is_some() { Offer::Nothing } else { offer(block) });
    }
    offers.into()
}

fn offer(block: &Block) -> Offer {
    match block.kind {
        BlockKind::Signature | BlockKind::Note => Offer::Nothing,
        _ if is_contact(&block.text) => Offer::Nothing,
        BlockKind::Heading => Offer::Heading,
        _ => Offer::Text,
    }
}

/// Labels of an address line or a list of contacts.
const CONTACTS: [&str; 9] =
    ["电话", "邮编", "邮政编码", "传真", "邮箱", "联系人", "联系方式", "通讯地址", "网址"];

/// True for a line of addresses and contacts: a label with a colon or a long number after it.
fn is_contact(text: &str) -> bool {
    let labelled = |label: &&str| {
        text.split_once(*label).is_some_and(|(_, after)| {
            let near: String = after.chars().take(24).collect();
            near.contains([':', '：']) || near.chars().filter(char::is_ascii_digit).count() >= 7
        })
    };
    CONTACTS.iter().any(labelled)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::document;

    #[test]
    fn blocks_are_folded_apart_from_one_another() {
        let folded = FoldedDocument::of_blocks(["產業ﾊ", "ﾟ鏈", "", "ＡＩ"].into_iter());
        assert_eq!(folded.blocks().collect::<Vec<_>>(), ["产业ハ", "\u{309A}链", "", "ai"]);
        assert_eq!(folded.around(3, 6), ("产", "ハ"));
    }

    #[test]
    fn contact_lines_and_penalty_chapters_offer_nothing() {
        let mut text = document(
            "a",
            &["第一章 湿地", "保护湿地。", "第二章 法律责任", "毁湿地。", "联系电话：010-1234567"],
        );
        let heading = |block, title: &str| crate::document::Heading {
            level: 1,
            title: title.to_owned(),
            block,
        };
        text.outline = vec![heading(0, "第一章 湿地"), heading(2, "第二章 法律责任")];
        let folded = FoldedDocument::of(&text);
        let offers: Vec<Offer> = folded.offering().map(|(_, offer)| offer).collect();
        use Offer::{Nothing, Text};
        assert_eq!(offers, [Text, Text, Nothing, Nothing, Nothing]);
    }
}
