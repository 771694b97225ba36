//! Directions in which lines of text run, and pages turned so that most of theirs run to the right.

use super::{Glyph, Rule, Sheet};

/// Where a line of text runs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ingest) enum Direction {
    /// As usual.
    Right,
    /// From top to bottom.
    Down,
    /// Upside down.
    Left,
    /// From bottom to top.
    Up,
    /// As watermarks and the text of stamps.
    Aslant,
}

const UPRIGHT: [Direction; 4] = [Direction::Right, Direction::Down, Direction::Left, Direction::Up];

impl Direction {
    /// The direction of a step by `x` to the right and `y` down.
    pub(in crate::ingest) fn of(x: f32, y: f32) -> Self {
        let flat = |long: f32, short: f32| short.abs() < 0.02 * long.abs();
        match () {
            () if flat(x, y) && x > 0.0 => Self::Right,
            () if flat(x, y) => Self::Left,
            () if flat(y, x) && y > 0.0 => Self::Down,
            () if flat(y, x) => Self::Up,
            () => Self::Aslant,
        }
    }

    /// A point of a page of this width and height, turned so that lines run to the right.
    fn upright(self, (x, y): (f32, f32), (width, height): (f32, f32)) -> (f32, f32) {
        match self {
            Self::Right | Self::Aslant => (x, y),
            Self::Left => (width - x, height - y),
            Self::Down => (y, width - x),
            Self::Up => (height - y, x),
        }
    }
}

impl Sheet {
    /// A page of this width and height with the direction of most of its text as the usual one.
    pub(in crate::ingest) fn turned(
        glyphs: Vec<(Glyph, Direction)>,
        rules: Vec<Rule>,
        size: (f32, f32),
    ) -> Self {
        let count = |one: &Direction| glyphs.iter().filter(|(_, own)| own == one).count();
        let main = UPRIGHT.into_iter().rev().max_by_key(count).unwrap_or(Direction::Right);
        let is_turned = matches!(main, Direction::Up | Direction::Down);
        let mut sheet = Self { height: if is_turned { size.0 } else { size.1 }, ..Self::default() };
        let mut others: [Vec<Glyph>; 4] = Default::default();
        for (glyph, direction) in glyphs {
            let (x, y) = direction.upright((glyph.x, glyph.y), size);
            let glyph = Glyph { x, y, ..glyph };
            match UPRIGHT.iter().position(|one| *one == direction) {
                _ if direction == main => sheet.glyphs.push(glyph),
                Some(at) => others.get_mut(at).into_iter().for_each(|own| own.push(glyph)),
                None => sheet.aslant.push(glyph.c),
            }
        }
        sheet.others = others.into_iter().filter(|own| !own.is_empty()).collect();
        let sorted = |a: f32, b: f32| (a.min(b), a.max(b));
        for rule in rules {
            let a = main.upright((rule.x.0, rule.y.0), size);
            let b = main.upright((rule.x.1, rule.y.1), size);
            sheet.rules.push(Rule { x: sorted(a.0, b.0), y: sorted(a.1, b.1) });
        }
        sheet
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_turned_by_most_of_its_text_and_other_lines_are_kept() {
        let glyph = |c, x, y| Glyph { c, x, y, width: 10.0, size: 10.0 };
        let glyphs = vec![
            (glyph('a', 50.0, 10.0), Direction::Down),
            (glyph('b', 50.0, 20.0), Direction::Down),
            (glyph('c', 10.0, 10.0), Direction::Right),
            (glyph('d', 10.0, 10.0), Direction::Aslant),
        ];
        let sheet = Sheet::turned(glyphs, Vec::new(), (100.0, 200.0));
        let places: Vec<_> = sheet.glyphs.iter().map(|one| (one.c, one.x, one.y)).collect();
        assert_eq!(places, [('a', 10.0, 50.0), ('b', 20.0, 50.0)]);
        assert_eq!((sheet.height, sheet.others.len(), sheet.aslant.as_str()), (100.0, 1, "d"));
        assert_eq!(Direction::of(0.0, -3.0), Direction::Up);
        assert_eq!(Direction::of(3.0, 3.0), Direction::Aslant);
    }
}
