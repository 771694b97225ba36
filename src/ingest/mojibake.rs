//! Damage that bad conversions did to the characters, and its repair.
//!
//! A page in GBK that lost the first byte of a 。 before a 《 reads on one byte late: `?！吨腥A` is
//! `。《中華`. Put the lost byte back where the `?` is, and the run reads as it was meant, up to
//! the letter that is the last half of a character. Ideographic spaces that no one could convert
//! became `??`, and a lone one at a line's end `?`.

use crate::error::Warning;
use encoding_rs::GBK;

use super::page::Page;
use crate::text::fold::simplified;
use crate::text::is_han;

/// Repairs the kept pieces of `page`.
pub(super) fn repair(page: &mut Page) {
    let mut shifts = 0;
    for piece in page.kept_mut().filter(|piece| has_question_mark(&piece.text)) {
        let (text, count) = unshifted(&piece.text);
        if count > 0 {
            piece.text = text;
            shifts += count;
        }
    }
    if shifts > 0 {
        page.warn(Warning::ShiftedBytes(shifts));
    }
    restore_spaces(page);
}

fn has_question_mark(text: &str) -> bool {
    memchr::memchr(b'?', text.as_bytes()).is_some()
}

/// `text` with shifted runs read as they were meant, and how many there were.
fn unshifted(text: &str) -> (String, usize) {
    let mut out = String::with_capacity(text.len());
    let mut count = 0;
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('?') {
        out.push_str(before);
        match run_of(behind).and_then(|run| Some((run, meant(run)?))) {
            Some((run, meant)) => {
                out.push_str(&meant);
                rest = behind.get(run.len()..).unwrap_or_default();
                count += 1;
            }
            None => {
                out.push('?');
                rest = behind;
            }
        }
    }
    out.push_str(rest);
    (out, count)
}

/// Characters of a run that is looked at; a shift ends with the first character whose second half
/// is a letter, which in traditional texts is soon.
const LONGEST_RUN: usize = 40;

/// The shifted run at the head of `text`: a character of the full-width row (half-width, where the
/// page was folded later), wide characters, and the letter that ends it.
fn run_of(text: &str) -> Option<&str> {
    let first = text.chars().next()?;
    if !matches!(first, '!'..='~' | '\u{FF01}'..='\u{FF5E}') {
        return None;
    }
    let (at, end) = text.char_indices().take(LONGEST_RUN).skip(1).find(|(_, c)| c.is_ascii())?;
    let is_half = ('\x40'..='\x7E').contains(&end) && at > first.len_utf8();
    is_half.then(|| text.get(..at + end.len_utf8())).flatten()
}

/// The full-width form of an ASCII mark.
fn full_width(c: char) -> char {
    match c {
        '!'..='~' => char::from_u32(c as u32 + 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

/// What the bytes of `run` say with the lost byte of 。 in front.
fn meant(run: &str) -> Option<String> {
    let mut chars = run.chars();
    let run: String = chars.next().map(full_width).into_iter().chain(chars).collect();
    let (bytes, _, unmappable) = GBK.encode(&run);
    let mut whole = vec![0xA1];
    whole.extend_from_slice(&bytes);
    let decoded = GBK.decode_without_bom_handling_and_without_replacement(&whole)?;
    let believable = decoded.starts_with('。') && decoded.chars().all(is_common);
    (!unmappable && believable).then(|| decoded.into_owned())
}

/// Punctuation of Chinese texts, and characters of the first level of GB 2312 (in either script):
/// a wrong reading is full of others.
fn is_common(c: char) -> bool {
    if matches!(
        c,
        '。' | '、' | '《' | '》' | '“' | '”' | '‘' | '’' | '—' | '…' | '【' | '】' | '·'
    ) {
        return true;
    }
    let mut buffer = [0; 4];
    let simple = simplified(c);
    let (bytes, _, _) = GBK.encode(simple.encode_utf8(&mut buffer));
    is_han(c) && matches!(*bytes, [0xB0..=0xD7, 0xA1..=0xFE])
}

/// Lines that must show lost spaces before the rest is believed to have lost them too.
const SURE: usize = 1;

fn restore_spaces(page: &mut Page) {
    let is_sure = |text: &str| text.starts_with("??") || text.ends_with("。?");
    let sure = page.kept().filter(|piece| is_sure(&piece.text)).count();
    let lines = page.kept().count();
    let ending = page.kept().filter(|piece| piece.text.ends_with('?')).count();
    if sure < SURE {
        return;
    }
    // A question may end with its mark where most other lines do not.
    let all_end = ending * 5 >= lines * 4;
    let mut count = 0;
    for piece in page.kept_mut() {
        let bare = piece.text.trim_start_matches('?');
        let bare = match bare.strip_suffix('?') {
            Some(stem) if all_end || stem.ends_with(['。', '；', '：', '？']) => stem,
            _ => bare,
        };
        if bare.len() < piece.text.len() {
            count += 1;
            piece.text = bare.trim().to_owned();
        }
    }
    page.pieces.retain(|piece| !piece.text.is_empty());
    page.warn(Warning::LostSpaces(count));
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `text` as a page shows it that lost the first byte of each 。 before 《.
    fn shifted(text: &str) -> String {
        let (bytes, _, _) = GBK.encode(text);
        let mut damaged = vec![b'?'];
        damaged.extend_from_slice(&bytes[1..]);
        GBK.decode_without_bom_handling(&damaged).0.into_owned()
    }

    #[test]
    fn shifted_runs_are_read_as_they_were_meant() {
        let damaged = shifted("。《中華");
        assert_eq!(damaged, "?！吨腥A");
        let text = format!("工作{damaged}人民共和國標準化法》規定");
        let meant = ("工作。《中華人民共和國標準化法》規定".to_owned(), 1);
        assert_eq!(unshifted(&text), meant);
        assert_eq!(unshifted(&text.replace('！', "!")), meant);
    }

    #[test]
    fn questions_and_latin_are_left_alone() {
        for text in ["是什么?！", "真的?！那A股呢", "a?b", "what?", "背景是什麼?"] {
            assert_eq!(unshifted(text), (text.to_owned(), 0));
        }
    }
}
