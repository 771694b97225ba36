//! A list that is filtered by what is typed above it: the prompt, the chosen row, and the number of
//! the query whose answer fills the list. Finder, search, chooser, bookmarks, help and the filters
//! of the panes are pickers; what their rows say is their own.

use ratatui::layout::{Position, Rect};

use super::canvas::{Canvas, Focused, inset, inside, line_of};
use super::context::ScreenContext;
use super::cursor::{Cursor, Step};
use super::event::Mouse;
use super::geometry::body;
use super::widget::list::{self, Pointed, WHEEL, step_of};
use super::widget::prompt::Prompt;
use crate::ui::action::Action;
use crate::ui::keymap::Mode;
use crate::ui::messages::Message;

/// When the prompt has the cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Typing {
    /// From the first key on, until the list closes.
    Always,
    /// Not yet; the find key gives it the cursor.
    #[default]
    Off,
    On,
}

/// A prompt over a list.
#[derive(Debug, Default)]
pub(crate) struct Picker {
    prompt: Prompt,
    pub(crate) cursor: Cursor,
    typing: Typing,
    /// Number of the query that was asked last.
    number: u64,
    /// Whether what is typed is still to be asked.
    unasked: bool,
    /// Whether the answer is still to come.
    awaited: bool,
    /// Whether the next character replaces what is typed.
    replaces: bool,
}

/// What is left to do after an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Picked {
    /// Nothing.
    Done,
    /// What is typed has changed.
    Typed,
    /// The chosen row is opened.
    Open,
    /// The list closes.
    Close,
    /// An action that is not the picker's.
    Other(Action),
}

impl Picker {
    /// A prompt that always has the cursor.
    pub(crate) fn typing() -> Self {
        Self { typing: Typing::Always, ..Self::default() }
    }

    /// The same with a first query: for everything.
    pub(crate) fn asking() -> Self {
        Self { unasked: true, ..Self::typing() }
    }

    /// What is typed, without spaces around it.
    pub(crate) fn text(&self) -> &str {
        self.prompt.text().trim()
    }

    /// True where something is typed, or the prompt has the cursor.
    pub(crate) fn is_open(&self) -> bool {
        self.is_typing() || !self.prompt.text().is_empty()
    }

    pub(crate) fn is_typing(&self) -> bool {
        self.typing != Typing::Off
    }

    pub(crate) fn mode(&self) -> Mode {
        if self.is_typing() { Mode::Typing } else { Mode::Reading }
    }

    /// Gives the prompt the cursor.
    pub(crate) fn start(&mut self) {
        if self.typing == Typing::Off {
            self.typing = Typing::On;
        }
    }

    /// Takes the cursor from the prompt; what is typed stays.
    pub(crate) fn stop(&mut self) {
        if self.typing == Typing::On {
            self.typing = Typing::Off;
        }
    }

    /// Empties the prompt and takes the cursor from it. An answer that is on its way is too late.
    pub(crate) fn clear(&mut self) {
        self.stop();
        self.prompt = Prompt::default();
        (self.number, self.unasked, self.awaited) = (0, false, false);
    }

    /// Answers an action in a list of `len` rows, of which `height` are in view.
    pub(crate) fn act(&mut self, action: Action, len: usize, height: usize) -> Picked {
        self.replaces = false;
        let before = self.prompt.text().len();
        if self.is_typing() && self.prompt.act(action) {
            let typed = self.prompt.text().len() != before;
            self.unasked |= typed;
            return if typed { Picked::Typed } else { Picked::Done };
        }
        if let Some(step) = step_of(action) {
            self.cursor.step(step, len, height);
            return Picked::Done;
        }
        match action {
            Action::Find => self.start(),
            Action::Open => {
                self.stop();
                return Picked::Open;
            }
            Action::Cancel if self.typing != Typing::Always && self.is_open() => {
                self.clear();
                return Picked::Typed;
            }
            Action::Cancel | Action::Quit => return Picked::Close,
            other => return Picked::Other(other),
        }
        Picked::Done
    }

    /// Takes typed or pasted text.
    pub(crate) fn type_text(&mut self, text: &str) {
        if std::mem::take(&mut self.replaces) {
            self.prompt = Prompt::default();
        }
        self.prompt.insert(text);
        self.unasked = true;
    }

    /// Lets the next character replace what is typed: it was typed long ago.
    pub(crate) fn replace_next(&mut self) {
        self.replaces = true;
    }

    /// Replaces what is typed.
    pub(crate) fn set_text(&mut self, text: &str) {
        self.prompt = Prompt::default();
        self.type_text(text);
    }

    /// What is to be asked now as query `number`, exactly as typed; `None` where that was asked.
    pub(crate) fn take_query(&mut self, number: u64) -> Option<String> {
        if !std::mem::take(&mut self.unasked) {
            return None;
        }
        self.number = number;
        self.awaited = true;
        Some(self.prompt.text().to_owned())
    }

    /// Nothing is asked after all.
    pub(crate) fn ask_nothing(&mut self) {
        self.awaited = false;
    }

    /// Asks the same again.
    pub(crate) fn ask_again(&mut self) {
        self.unasked = true;
    }

    /// True for the answer that is awaited, after which the first row is chosen; one to an older
    /// query is too late.
    pub(crate) fn takes(&mut self, number: u64) -> bool {
        let takes = number == self.number;
        if takes {
            self.awaited = false;
            self.cursor = Cursor::default();
        }
        takes
    }

    /// True while the rows are not those for what is typed.
    pub(crate) fn awaits(&self) -> bool {
        self.unasked || self.awaited
    }

    /// Brings the chosen row into a window of `height` lines over `len` rows.
    pub(crate) fn show(&mut self, len: usize, height: usize) {
        self.cursor.show(len, height, 1);
    }

    /// Answers the mouse over a list of `len` rows in `area`: the wheel moves, a click chooses.
    pub(crate) fn point(
        &mut self,
        mouse: Mouse,
        cell: Position,
        area: Rect,
        len: usize,
    ) -> Pointed {
        list::point(mouse, cell, area, len, &mut self.cursor)
    }

    /// Draws the prompt after `label`; where the terminal's cursor is, if the prompt has it.
    pub(crate) fn draw_prompt(
        &self,
        line: Rect,
        label: &str,
        canvas: &mut Canvas<'_>,
    ) -> Option<Position> {
        let cursor = self.prompt.draw(line, label, canvas);
        self.is_typing().then_some(cursor)
    }
}

/// The areas of a picker that fills the screen, with a preview beside its list where there is room.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PickerAreas {
    pub(crate) body: Rect,
    left: Rect,
    pub(crate) prompt: Rect,
    pub(crate) list: Rect,
    pub(crate) count: Rect,
    preview: Option<Rect>,
}

/// Columns from which on there is room for a preview.
const WITH_PREVIEW: u16 = 72;

impl PickerAreas {
    /// The areas on a screen of `area`.
    pub(crate) fn of(area: Rect) -> Self {
        let body = body(area);
        let beside = body.width >= WITH_PREVIEW;
        let width = if beside { (body.width * 9 / 20).max(34) } else { body.width };
        let left = Rect { width, ..body };
        let preview = Rect { x: body.x + width - 1, width: body.width - width + 1, ..body };
        let inner = inside(left);
        let count = line_of(inner, inner.height.saturating_sub(1).into());
        let list = Rect {
            y: inner.y + 2.min(inner.height),
            height: inner.height.saturating_sub(3),
            ..inner
        };
        let prompt = line_of(inner, 0);
        Self { body, left, prompt, list, count, preview: beside.then_some(preview) }
    }

    /// Where the preview is drawn, a margin left out.
    pub(crate) fn preview(&self) -> Option<Rect> {
        self.preview.map(|preview| inset(inside(preview), 1, 1))
    }

    /// Clears the screen and draws the borders.
    pub(crate) fn draw_frame(&self, title: &str, context: &ScreenContext, canvas: &mut Canvas<'_>) {
        canvas.clear(self.body);
        let palette = canvas.look.palette;
        if let Some(preview) = self.preview {
            let title = context.say(Message::PreviewTitle);
            canvas.border(preview, title, palette.border_of(Focused::No));
        }
        canvas.border(self.left, title, palette.border_of(Focused::Yes));
        if self.preview.is_some() {
            let [above, below, ..] = canvas.look.glyphs.tees;
            let x = self.left.right() - 1;
            canvas.join(x, self.left.y, above);
            canvas.join(x, self.left.bottom().saturating_sub(1), below);
        }
    }
}

/// The rows of a picker in a popup, below its prompt.
pub(crate) fn popup_rows(area: Rect) -> Rect {
    let body = list::body(area);
    Rect { y: body.y + 1.min(body.height), height: body.height.saturating_sub(1), ..body }
}

/// The way that the wheel moves a list.
pub(crate) fn wheel_step(mouse: Mouse) -> Option<Step> {
    match mouse {
        Mouse::WheelDown => Some(Step::Rows(WHEEL)),
        Mouse::WheelUp => Some(Step::Rows(-WHEEL)),
        Mouse::Click | Mouse::Drag => None,
    }
}
