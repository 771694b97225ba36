//! Colours, by what they mean. At most three roles are coloured at a time: the active theme, hits of
//! a search, wording taken from elsewhere; the rest is weight and brightness. Without colour every
//! role is still told apart, by reverse, bold, underline and dim.

use ratatui::style::{Color, Modifier, Style};

/// A set of colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Palette {
    /// Running text.
    pub(crate) text: Style,
    /// Facts, counts, hints, blank borders.
    pub(crate) faint: Style,
    /// Titles and headings.
    pub(crate) heading: Style,
    /// Borders.
    pub(crate) border: Style,
    /// Borders of the pane with the focus.
    pub(crate) focus: Style,
    /// The title of the pane with the focus.
    pub(crate) focus_title: Style,
    /// The chosen row of the pane with the focus.
    pub(crate) chosen: Style,
    /// The chosen row of another pane.
    pub(crate) marked: Style,
    /// Mentions of the active theme.
    pub(crate) theme: Style,
    /// The mention that was jumped to.
    pub(crate) here: Style,
    /// Hits of a search.
    pub(crate) hit: Style,
    /// The hit that was jumped to.
    pub(crate) hit_here: Style,
    /// What cleaning took out.
    pub(crate) removed: Style,
    /// What a key is called, in hints and help.
    pub(crate) key: Style,
}

const PLAIN: Style = Style::new();
const BOLD: Style = Style::new().add_modifier(Modifier::BOLD);
const DIM: Style = Style::new().add_modifier(Modifier::DIM);
const REVERSED: Style = Style::new().add_modifier(Modifier::REVERSED);
const BOLD_REVERSED: Style = BOLD.add_modifier(Modifier::REVERSED);
const UNDERLINED: Style = Style::new().add_modifier(Modifier::UNDERLINED);
const BOLD_UNDERLINED: Style = BOLD.add_modifier(Modifier::UNDERLINED);

impl Palette {
    /// No colour at all.
    pub(crate) const PLAIN: Self = Self {
        text: PLAIN,
        faint: DIM,
        heading: BOLD,
        border: DIM,
        focus: BOLD,
        focus_title: BOLD_REVERSED,
        chosen: REVERSED,
        marked: BOLD,
        theme: BOLD_UNDERLINED,
        here: BOLD_REVERSED,
        hit: UNDERLINED,
        hit_here: BOLD_REVERSED,
        removed: DIM.add_modifier(Modifier::CROSSED_OUT),
        key: BOLD,
    };

    /// The sixteen colours that every terminal has, on whatever ground it is.
    pub(crate) const SIXTEEN: Self = Self {
        focus: Style::new().fg(Color::Cyan).add_modifier(Modifier::BOLD),
        focus_title: Style::new()
            .fg(Color::Cyan)
            .add_modifier(Modifier::BOLD)
            .add_modifier(Modifier::REVERSED),
        theme: BOLD.fg(Color::Black).bg(Color::Yellow),
        here: BOLD.fg(Color::Black).bg(Color::LightYellow).add_modifier(Modifier::UNDERLINED),
        hit: Style::new().fg(Color::Black).bg(Color::Green),
        hit_here: BOLD.fg(Color::Black).bg(Color::LightGreen).add_modifier(Modifier::UNDERLINED),
        ..Self::PLAIN
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_that_meet_on_one_screen_are_told_apart_without_colour() {
        let Palette { text, theme, here, chosen, marked, removed, .. } = Palette::PLAIN;
        let styles = [text, theme, here, chosen, marked, removed];
        for (at, style) in styles.iter().enumerate() {
            assert!(!styles[at + 1..].contains(style), "{at}");
        }
    }
}
