//! A line that is typed: its text, and a caret that moves by what a reader calls one character.
//! Whatever is typed or pasted, the text stays one printable line.

use ratatui::layout::{Position, Rect};
use wenmai::text::sanitize::sanitize;
use wenmai::text::width::clusters;

use crate::tui::canvas::Canvas;
use crate::ui::action::Action;

/// The longest text that is kept, in characters: a paste of a whole file is no query.
const LONGEST: usize = 1000;

/// Text with a caret.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Prompt {
    text: String,
    /// Byte before which the caret stands.
    caret: usize,
    /// Whether it may have several lines.
    lines: bool,
}

/// What is drawn for the end of a line.
const LINE_END: &str = "⏎";

impl Prompt {
    /// One that takes several lines, however long.
    pub(crate) fn of_lines() -> Self {
        Self { lines: true, ..Self::default() }
    }

    /// What was typed.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Puts `typed` in at the caret; control characters and line ends become blanks or go.
    pub(crate) fn insert(&mut self, typed: &str) {
        let clean = if self.lines {
            let lines: Vec<_> = typed.lines().map(sanitize).collect();
            lines.join("\n") + if typed.ends_with('\n') { "\n" } else { "" }
        } else {
            let room = LONGEST.saturating_sub(self.text.chars().count());
            sanitize(typed).chars().take(room).collect()
        };
        self.text.insert_str(self.caret, &clean);
        self.caret += clean.len();
    }

    /// Moves the caret or erases; true where the action was one for a line.
    pub(crate) fn act(&mut self, action: Action) -> bool {
        match action {
            Action::CaretLeft => self.caret = self.before(),
            Action::CaretRight => self.caret = self.behind(),
            Action::CaretStart => self.caret = 0,
            Action::CaretEnd => self.caret = self.text.len(),
            Action::EraseBack => self.erase_from(self.before()),
            Action::DeleteChar => self.erase_to(self.behind()),
            Action::EraseWord => self.erase_from(self.word_before()),
            Action::EraseLine => self.erase_from(0),
            Action::NewLine if self.lines => self.insert("\n"),
            _ => return false,
        }
        true
    }

    /// Draws the prompt into the first row of `area` behind `label`; where the caret stands.
    pub(crate) fn draw(&self, area: Rect, label: &str, canvas: &mut Canvas<'_>) -> Position {
        let palette = canvas.look.palette;
        let field = canvas.write(area, label, palette.key);
        let (left, right) = self.text.split_at_checked(self.caret).unwrap_or((&self.text, ""));
        let (left, right) = (left.replace('\n', LINE_END), right.replace('\n', LINE_END));
        // The text slides to the left so that the caret stays in the field.
        let room = usize::from(field.width).saturating_sub(1);
        let mut shown = left.as_str();
        while canvas.look.cells(shown) > room {
            let next = clusters(shown).nth(1).map_or(shown.len(), |(byte, _)| byte);
            shown = shown.get(next..).unwrap_or_default();
        }
        let rest = canvas.write(field, shown, palette.text);
        canvas.write(rest, &right, palette.text);
        let last = field.right().saturating_sub(1).max(field.x);
        Position::new(rest.x.min(last), area.y)
    }

    fn before(&self) -> usize {
        let left = self.text.get(..self.caret).unwrap_or_default();
        clusters(left).last().map_or(0, |(byte, _)| byte)
    }

    fn behind(&self) -> usize {
        let right = self.text.get(self.caret..).unwrap_or_default();
        clusters(right).next().map_or(self.caret, |(_, cluster)| self.caret + cluster.len())
    }

    fn word_before(&self) -> usize {
        let left = self.text.get(..self.caret).unwrap_or_default();
        left.trim_end().rfind(char::is_whitespace).map_or(0, |byte| {
            byte + left.get(byte..).and_then(|t| t.chars().next()).map_or(0, char::len_utf8)
        })
    }

    fn erase_from(&mut self, start: usize) {
        let caret = self.caret;
        self.caret = start;
        self.erase_to(caret);
    }

    fn erase_to(&mut self, end: usize) {
        if self.text.is_char_boundary(self.caret) && self.text.is_char_boundary(end) {
            self.text.replace_range(self.caret..end.max(self.caret), "");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::canvas::{LINES, Look, TextOptions};
    use crate::ui::lang::Lang;
    use crate::ui::palette::Palette;
    use proptest::prelude::*;
    use ratatui::buffer::Buffer;
    use wenmai::text::width::Ambiguous;

    fn caret(prompt: &Prompt, width: u16) -> u16 {
        let look = Look {
            lang: Lang::English,
            palette: Palette::PLAIN,
            ambiguous: Ambiguous::Narrow,
            glyphs: &LINES,
            page: TextOptions::default(),
        };
        let area = Rect::new(0, 0, width, 1);
        let mut buffer = Buffer::empty(area);
        prompt.draw(area, "> ", &mut Canvas::new(&mut buffer, &look)).x
    }

    #[test]
    fn the_caret_moves_by_characters_and_stands_by_cells() {
        // https://github.com/skim-rs/skim/issues/929
        let mut prompt = Prompt::default();
        prompt.insert("中文测试");
        assert_eq!(caret(&prompt, 40), 2 + 8);
        prompt.act(Action::CaretLeft);
        prompt.act(Action::CaretLeft);
        assert_eq!(caret(&prompt, 40), 2 + 4);
        prompt.act(Action::EraseBack);
        assert_eq!(caret(&prompt, 40), 2 + 2);
        assert_eq!(prompt.text(), "中测试");
    }

    #[test]
    fn a_paste_becomes_one_printable_line() {
        let mut prompt = Prompt::default();
        prompt.insert("标准\r\n\u{1b}[31m验证\t点\u{202e}");
        assert_eq!(prompt.text(), "标准  验证 点");
        prompt.act(Action::EraseWord);
        assert_eq!(prompt.text(), "标准  验证 ");
        prompt.act(Action::EraseLine);
        assert_eq!(prompt, Prompt::default());
    }

    proptest! {
        #[test]
        fn no_editing_leaves_the_line_or_the_field(
            typed in proptest::collection::vec("\\PC{0,4}|[\u{300}-\u{302}]|\u{200d}", 0..8),
            steps in proptest::collection::vec(0usize..8, 0..20),
            width in 0u16..20,
        ) {
            let actions = [
                Action::CaretLeft, Action::CaretRight, Action::CaretStart, Action::CaretEnd,
                Action::EraseBack, Action::DeleteChar, Action::EraseWord, Action::EraseLine,
            ];
            let mut prompt = Prompt::default();
            for (at, piece) in typed.iter().enumerate() {
                prompt.insert(piece);
                if let Some(action) = steps.get(at).and_then(|step| actions.get(*step)) {
                    prompt.act(*action);
                }
                prop_assert!(prompt.text.is_char_boundary(prompt.caret));
                prop_assert!(caret(&prompt, width) <= width);
            }
        }
    }
}
