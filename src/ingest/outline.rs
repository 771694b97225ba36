//! Structure: what each piece is (heading, paragraph, item, row, signature, note), and the outline
//! that the headings make. Told by the numbers that policy texts put in front, by the markup, and
//! by where a line is.
//!
//! A heading that runs into its paragraph ((三)加强…。 and then the text) is a paragraph with an
//! entry in the outline.

use super::dates;
use super::numbering::{Mark, mark_of};
use super::page::{Align, Page, RawBlock, Shape};
use crate::document::{BlockKind, Heading};
use crate::text::{has_stop, is_longer};

/// Kind and heading level of every kept piece of `page`, and the outline.
pub(super) fn of(page: &Page) -> (Vec<(BlockKind, u8)>, Vec<Heading>) {
    let pieces: Vec<&RawBlock> = page.kept().collect();
    let has_articles =
        pieces.iter().any(|p| mark_of(&p.text).is_some_and(|m| m.0 == Mark::Article));
    let mut drafts: Vec<Draft> = pieces.iter().map(|piece| draft(piece, has_articles)).collect();
    unhead_lists(&pieces, &mut drafts);
    sign(&pieces, &mut drafts);
    let levels = Levels::of(&drafts);
    let outline = outline(&drafts, &levels);
    let kinds = pieces.iter().zip(&drafts).map(|(piece, draft)| draft.settled(&levels, piece));
    let kinds = kinds.collect();
    (kinds, outline)
}

/// What a piece is, before it is known how deep its kind of heading lies.
struct Draft {
    kind: BlockKind,
    heading: Option<(Rank, String)>,
}

impl Draft {
    fn plain(kind: BlockKind) -> Self {
        Self { kind, heading: None }
    }

    fn settled(&self, levels: &Levels, piece: &RawBlock) -> (BlockKind, u8) {
        match (&self.kind, &self.heading) {
            (BlockKind::Heading, Some((rank, _))) => (self.kind, levels.level(*rank)),
            // The title is above the outline.
            (BlockKind::Heading, None) => (self.kind, 1),
            (BlockKind::Item, _) => (self.kind, piece.depth),
            _ => (self.kind, 0),
        }
    }
}

/// How deep a kind of heading lies among all kinds; the kinds that a text has are its levels.
type Rank = u8;

fn rank_of(mark: Mark) -> Rank {
    match mark {
        Mark::Part => 10,
        Mark::Chapter => 20,
        Mark::Section => 30,
        Mark::Article => 40,
        Mark::Numeral => 60,
        Mark::NumeralInBrackets => 70,
        Mark::Number => 80,
        Mark::NumberInBrackets => 90,
        Mark::Decimal(depth) => 60 + depth.saturating_mul(5).min(60),
        Mark::Dash => 100,
    }
}

/// Rank of headings that only the markup tells: above the numbered ones.
const MARKED_UP: Rank = 50;

/// Characters of a heading that is alone, and of one that runs into its paragraph.
const LONGEST_HEADING: usize = 50;
const LONGEST_RUN_IN: usize = 40;

fn draft(piece: &RawBlock, has_articles: bool) -> Draft {
    match piece.shape {
        Shape::Row => return Draft::plain(BlockKind::TableRow),
        Shape::Title => return Draft::plain(BlockKind::Heading),
        Shape::Note => return Draft::plain(BlockKind::Note),
        _ => {}
    }
    if let Some((mark, rest)) = mark_of(&piece.text) {
        return marked(piece, mark, rest, has_articles);
    }
    match piece.shape {
        Shape::Heading(level) => heading(MARKED_UP - 7 + level.min(6), &piece.text),
        _ if is_note(&piece.text) => Draft::plain(BlockKind::Note),
        _ if is_set_as_heading(piece) => heading(MARKED_UP, &piece.text),
        Shape::Item => Draft::plain(BlockKind::Item),
        _ => Draft::plain(BlockKind::Paragraph),
    }
}

/// Numbered lines one below the other are a list; a heading has text below it.
fn unhead_lists(pieces: &[&RawBlock], drafts: &mut [Draft]) {
    let mark =
        |at: usize| pieces.get(at).and_then(|piece| mark_of(&piece.text)).map(|(mark, _)| mark);
    // Items of a list inside are between two items of the outer one.
    let is_inner =
        |at: &usize| pieces.get(*at).is_some_and(|p| p.shape == Shape::Item && p.depth > 0);
    let next = |at: usize| (at + 1..pieces.len()).find(|at| !is_inner(at)).and_then(mark);
    let previous = |at: usize| (0..at).rev().find(|at| !is_inner(at));
    // 附件：1.… and 2.… below it.
    let is_annex = |at: usize| {
        pieces.get(at).is_some_and(|piece| {
            piece.text.starts_with("附件") && piece.text.contains(|c: char| c.is_ascii_digit())
        })
    };
    let is_listed = |at: usize| match mark(at) {
        Some(own @ (Mark::Number | Mark::NumberInBrackets)) => {
            next(at) == Some(own)
                || previous(at).and_then(mark) == Some(own)
                || at.checked_sub(1).is_some_and(is_annex)
        }
        _ => false,
    };
    for (at, draft) in drafts.iter_mut().enumerate() {
        if draft.kind == BlockKind::Heading && is_listed(at) {
            *draft = Draft::plain(BlockKind::Item);
        }
    }
}

fn heading(rank: Rank, title: &str) -> Draft {
    Draft { kind: BlockKind::Heading, heading: Some((rank, title.to_owned())) }
}

/// A piece that begins with a number; `rest` is what follows the number.
fn marked(piece: &RawBlock, mark: Mark, rest: &str, has_articles: bool) -> Draft {
    let rank = rank_of(mark);
    let text = piece.text.as_str();
    let below_articles = has_articles && rank > rank_of(Mark::Article);
    match mark {
        Mark::Article => {
            Draft { kind: BlockKind::Paragraph, heading: Some((rank, article(text, rest))) }
        }
        Mark::Dash => Draft::plain(BlockKind::Item),
        _ if below_articles => Draft::plain(BlockKind::Item),
        _ if stands_alone(text) && is_short(text, LONGEST_HEADING) => heading(rank, text),
        Mark::Number | Mark::NumberInBrackets => run_in(text, rank, BlockKind::Item),
        _ => run_in(text, rank, BlockKind::Paragraph),
    }
}

/// A paragraph whose first sentence is its heading, or a plain one.
fn run_in(text: &str, rank: Rank, kind: BlockKind) -> Draft {
    let first = text.split_inclusive('。').next().unwrap_or_default();
    let title = first.trim_end_matches('。');
    let is_heading = first.len() < text.len() && is_short(title, LONGEST_RUN_IN);
    match is_heading && !title.contains(['；', ';']) {
        true => Draft { kind, heading: Some((rank, title.to_owned())) },
        false => Draft::plain(kind),
    }
}

/// 第三条, with its own title where it has one in brackets.
fn article(text: &str, rest: &str) -> String {
    let number = text.len() - rest.len();
    let number = text.get(..number).unwrap_or_default().trim_end();
    let titled = ['【', '（', '('].iter().zip(['】', '）', ')']).find_map(|(open, close)| {
        let (inside, _) = rest.trim_start().strip_prefix(*open)?.split_once(close)?;
        is_short(inside, LONGEST_RUN_IN).then_some(inside)
    });
    match titled {
        Some(title) => format!("{number} {title}"),
        None => number.to_owned(),
    }
}

/// True for a line that does not end as a sentence or a list does; one closing 。 may be there
/// (（一）统筹建设平台。).
fn stands_alone(text: &str) -> bool {
    let stem = text.strip_suffix('。').unwrap_or(text);
    !has_stop(stem) && !stem.ends_with(['，', ',', '、', '：', ':', '？', '?'])
}

fn is_short(text: &str, limit: usize) -> bool {
    !is_longer(text, limit)
}

/// A short line of its own in bold or centred; captions, dates and numbers are set so too.
fn is_set_as_heading(piece: &RawBlock) -> bool {
    let text = piece.text.as_str();
    let limit = if piece.bold { LONGEST_HEADING } else { LONGEST_CENTRED };
    let caption = text.ends_with(['）', ')', '摄', '图']) || text.starts_with(['图', '（', '(']);
    let set_apart = (piece.bold || piece.align == Align::Centre) && piece.align != Align::End;
    let is_line =
        !text.ends_with(['。', '；', '，', '：', ':', '？', '、']) && !text.contains('。');
    let told_otherwise =
        || caption || dates::is_date_line(text) || super::metadata::is_document_number(text);
    set_apart && is_line && is_short(text, limit) && !told_otherwise() || is_full_text_line(piece)
}

/// Characters of a heading that is only centred.
const LONGEST_CENTRED: usize = 30;

/// （全文）…印发《…》 above a document inside a report.
fn is_full_text_line(piece: &RawBlock) -> bool {
    piece.bold && piece.text.starts_with("（全文）") && is_short(&piece.text, LONGEST_HEADING)
}

/// （此件公开发布） and the list of annexes.
fn is_note(text: &str) -> bool {
    let in_brackets = text.starts_with(['（', '(']) && text.ends_with(['）', ')']);
    (in_brackets
        && is_short(text, LONGEST_HEADING)
        && !dates::is_date_line(text)
        && !text.contains('。'))
        && !text.contains("全文")
        || ((text.starts_with("附件") || text.starts_with("附：") || text.starts_with("附:"))
            && is_short(text, 100))
}

/// Pieces at the end in which a signature is looked for.
const TAIL: usize = 8;

/// Marks the signature: the last date line, and the short lines without a stop above it.
fn sign(pieces: &[&RawBlock], drafts: &mut [Draft]) {
    let tail = pieces.len().saturating_sub(TAIL);
    let Some(date) = (tail..pieces.len())
        .rev()
        .find(|at| pieces.get(*at).is_some_and(|piece| dates::ends_with_day(&piece.text)))
    else {
        return;
    };
    let signers = (tail..date).rev().take_while(|at| pieces.get(*at).is_some_and(|p| is_signer(p)));
    for at in signers.collect::<Vec<_>>().into_iter().chain([date]) {
        if let Some(draft) = drafts.get_mut(at) {
            *draft = Draft::plain(BlockKind::Signature);
        }
    }
}

/// A body's or person's name on a line of its own.
fn is_signer(piece: &RawBlock) -> bool {
    let ends = ['。', '；', '，', '：', ':', '？', '！'];
    piece.shape == Shape::Text
        && is_short(&piece.text, 40)
        && !piece.text.contains(ends)
        && !is_note(&piece.text)
        && !is_paper(&piece.text)
        && mark_of(&piece.text).is_none()
}

/// Characters of the longest name of a person.
const LONGEST_PERSON: usize = 6;

/// True for the name of a table, list or plan, as annexes have: those are above signatures too.
fn is_paper(text: &str) -> bool {
    let ends = ['表', '况', '录', '单', '案', '法', '划', '图', '册', '见', '则', '准', '书', '点'];
    !is_short(text, LONGEST_PERSON) && text.trim_end_matches(['》', '”']).ends_with(ends)
}

/// The ranks that a text has, in order: the first is level 1.
struct Levels(Vec<Rank>);

impl Levels {
    fn of(drafts: &[Draft]) -> Self {
        let mut ranks: Vec<Rank> = drafts
            .iter()
            .filter_map(|draft| draft.heading.as_ref())
            .map(|(rank, _)| *rank)
            .collect();
        ranks.sort_unstable();
        ranks.dedup();
        Self(ranks)
    }

    fn level(&self, rank: Rank) -> u8 {
        self.0.binary_search(&rank).map_or(1, |at| at as u8 + 1)
    }
}

fn outline(drafts: &[Draft], levels: &Levels) -> Vec<Heading> {
    let entry = |(block, draft): (usize, &Draft)| {
        let (rank, title) = draft.heading.as_ref()?;
        Some(Heading { level: levels.level(*rank), title: title.clone(), block: block as u32 })
    };
    drafts.iter().enumerate().filter_map(entry).collect()
}
