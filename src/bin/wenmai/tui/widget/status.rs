//! The two lines at the bottom: where the reader is and what Enter will do, and the keys that help
//! here, from the live key map.

use ratatui::layout::Rect;

use crate::tui::canvas::{Canvas, inset};
use crate::ui::action::{Action, ActionSpec, entry};
use crate::ui::keymap::{Keymap, Mode};

/// Draws the parts of a status line one after the other, the last one cut where room ends.
pub(crate) fn draw(area: Rect, parts: &[String], canvas: &mut Canvas<'_>) {
    let palette = canvas.look.palette;
    let mut rest = inset(area, 1, 1);
    for part in parts.iter().filter(|part| !part.is_empty()) {
        rest = canvas.write_cut(rest, part, palette.text);
        rest = inset(rest, 3, 0);
    }
}

/// Draws hints for `actions`, with the keys that they have in `keymap`; those with the same short
/// form share it.
pub(crate) fn hints(
    area: Rect,
    keymap: &Keymap,
    mode: Mode,
    actions: &[Action],
    canvas: &mut Canvas<'_>,
) {
    let palette = canvas.look.palette;
    let lang = canvas.look.lang;
    let mut rest = inset(area, 1, 1);
    let entries: Vec<&ActionSpec> = actions.iter().filter_map(|action| entry(*action)).collect();
    for same in entries.chunk_by(|a, b| a.hint(lang) == b.hint(lang)) {
        let keys: Vec<&str> =
            same.iter().filter_map(|entry| first_key(entry, keymap, mode)).collect();
        let (keys, hint) = (keys.join(" "), same.first().map_or("", |entry| entry.hint(lang)));
        let cells = canvas.look.cells(&keys) + 1 + canvas.look.cells(hint);
        if keys.is_empty() {
            continue;
        }
        if cells > rest.width.into() {
            return;
        }
        rest = canvas.write(rest, &keys, palette.key);
        rest = canvas.write(rest, &format!(" {hint}  "), palette.faint);
    }
}

fn first_key<'k>(entry: &ActionSpec, keymap: &'k Keymap, mode: Mode) -> Option<&'k str> {
    let mode = if mode == Mode::Letter { Mode::Typing } else { mode };
    keymap.names(mode, entry.action).first().map(String::as_str)
}
