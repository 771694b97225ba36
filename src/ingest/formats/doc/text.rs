//! The piece table of a Word file ([MS-DOC] 2.8.35): runs of characters, each in one place and
//! encoding of the main stream.

use encoding_rs::WINDOWS_1252;

use super::binary::Binary;

/// A run of characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece {
    /// The first character and the one after the last.
    from: u32,
    to: u32,
    /// Where the first is in the main stream.
    offset: u32,
    /// True for characters of one byte, else they have two.
    is_narrow: bool,
}

/// The pieces that a table part (CLX) lists, in the order of the text.
pub(super) fn pieces(table: Binary<'_>) -> Option<Vec<Piece>> {
    let mut at = 0;
    // Properties come before the piece table.
    while table.u8(at)? == 1 {
        at += 3 + usize::from(table.u16(at + 1)?);
    }
    if table.u8(at)? != 2 {
        return None;
    }
    let length = table.u32(at + 1)? as usize;
    let list = table.part((at + 5, length.min(table.0.len().saturating_sub(at + 5))));
    let count = list.0.len().checked_sub(4)? / 12;
    let mut pieces = Vec::with_capacity(count);
    for index in 0..count {
        let (from, to) = (list.u32(index * 4)?, list.u32(index * 4 + 4)?);
        let place = list.u32((count + 1) * 4 + index * 8 + 2)?;
        let is_narrow = place & 0x4000_0000 != 0;
        let offset = place & 0x3FFF_FFFF;
        if from < to {
            let offset = if is_narrow { offset / 2 } else { offset };
            pieces.push(Piece { from, to, offset, is_narrow });
        }
    }
    Some(pieces)
}

/// The characters `from` to `to` with their offsets in the main stream; those that the stream does
/// not have are left out.
pub(super) fn characters<'b>(
    main: Binary<'b>,
    pieces: &'b [Piece],
    from: u32,
    to: u32,
) -> impl Iterator<Item = (char, u32)> + use<'b> {
    let within = move |piece: &&Piece| piece.to > from && piece.from < to;
    pieces.iter().filter(within).flat_map(move |piece| {
        let (first, last) = (piece.from.max(from), piece.to.min(to));
        let width = if piece.is_narrow { 1 } else { 2 };
        let start = piece.offset.saturating_add((first - piece.from).saturating_mul(width));
        let end =
            start.saturating_add((last - first).saturating_mul(width)).min(main.0.len() as u32);
        let is_narrow = piece.is_narrow;
        let mut at = start;
        std::iter::from_fn(move || {
            let offset = at;
            if offset >= end {
                return None;
            }
            if is_narrow {
                at += 1;
                return Some((narrow(main.u8(offset as usize)?), offset));
            }
            at += 2;
            let unit = main.u16(offset as usize)?;
            let pair = main.u16(offset as usize + 2).filter(|_| (0xD800..0xDC00).contains(&unit));
            let mut decoded = char::decode_utf16([unit].into_iter().chain(pair));
            let c = decoded.next()?.unwrap_or('\u{FFFD}');
            at += if c > '\u{FFFF}' { 2 } else { 0 };
            Some((c, offset))
        })
    })
}

/// The character of a byte in the Western code page.
fn narrow(byte: u8) -> char {
    if byte < 0x80 {
        return char::from(byte);
    }
    let bytes = [byte];
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(&bytes);
    text.chars().next().unwrap_or('\u{FFFD}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_give_characters_in_either_width() {
        let mut table = vec![1, 2, 0, 9, 9, 2];
        table.extend(28u32.to_le_bytes());
        for position in [0u32, 2, 4] {
            table.extend(position.to_le_bytes());
        }
        for place in [0u32, 0x4000_0000 | 8] {
            table.extend([0, 0]);
            table.extend(place.to_le_bytes());
            table.extend([0, 0]);
        }
        let pieces = pieces(Binary(&table)).unwrap();
        let main: Vec<u8> =
            [0x7532u16, 0x4E59].iter().flat_map(|c| c.to_le_bytes()).chain(*b"a\x93").collect();
        let all: String = characters(Binary(&main), &pieces, 0, 9).map(|(c, _)| c).collect();
        assert_eq!(all, "甲乙a“");
        let some: String = characters(Binary(&main), &pieces, 1, 3).map(|(c, _)| c).collect();
        assert_eq!(some, "乙a");
        assert_eq!(characters(Binary(&main[..3]), &pieces, 0, 9).count(), 1);
        assert_eq!(super::pieces(Binary(&table[..12])), None);
    }
}
