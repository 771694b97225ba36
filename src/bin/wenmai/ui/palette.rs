//! Colours, by what they mean. At most three roles are coloured at a time: the active theme, hits of
//! a search, shared passages; the rest is weight and brightness. Without colour every
//! role is still distinguished, by reverse, bold, underline and dim.

use ratatui::style::{Color, Modifier, Style};

use super::lang::Lang;
use super::locales::text;

/// A set of colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Palette {
    /// What it is called in the settings.
    pub(crate) name: &'static str,
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
    /// What was searched for, in the chosen row.
    pub(crate) chosen_match: Style,
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
    /// Wording that another text has, too.
    pub(crate) shared: Style,
    /// Passages shared with national documents, dimmed.
    pub(crate) taken: Style,
    /// What cleaning took out.
    pub(crate) removed: Style,
    /// What a key is called, in hints and help.
    pub(crate) key: Style,
    /// Grounds of a number, for few to many; no grounds where a palette has no greys of its own.
    pub(crate) shades: [Style; 4],
}

const PLAIN: Style = Style::new();
const BOLD: Style = Style::new().add_modifier(Modifier::BOLD);
const DIM: Style = Style::new().add_modifier(Modifier::DIM);
const REVERSED: Style = Style::new().add_modifier(Modifier::REVERSED);
const BOLD_REVERSED: Style = BOLD.add_modifier(Modifier::REVERSED);
/// Lies over a whole row: whatever colours its parts have, the bar is of one piece.
const CHOSEN: Style = REVERSED.fg(Color::Reset).bg(Color::Reset).remove_modifier(Modifier::DIM);
const UNDERLINED: Style = Style::new().add_modifier(Modifier::UNDERLINED);
const BOLD_UNDERLINED: Style = BOLD.add_modifier(Modifier::UNDERLINED);

/// The coloured roles of a palette: background and ink of each.
struct Inks {
    name: &'static str,
    faint: Color,
    border: Color,
    focus: Color,
    /// Ink of shared passages.
    shared: Color,
    /// Background and ink of the theme, of the mention jumped to, of hits, of the hit jumped to.
    marks: [(Color, Color); 4],
    /// Grounds of numbers, for few to many, and ink on them.
    shades: ([u8; 4], [u8; 4]),
}

const fn on(ground: u8, ink: u8) -> Style {
    PLAIN.bg(Color::Indexed(ground)).fg(Color::Indexed(ink))
}

impl Palette {
    /// No colour at all.
    pub(crate) const PLAIN: Self = Self {
        name: "none",
        text: PLAIN,
        faint: DIM,
        heading: BOLD,
        border: DIM,
        focus: BOLD,
        focus_title: BOLD_REVERSED,
        chosen: CHOSEN,
        chosen_match: BOLD_UNDERLINED,
        marked: BOLD,
        theme: BOLD_UNDERLINED,
        here: BOLD_REVERSED,
        hit: UNDERLINED,
        hit_here: BOLD_REVERSED,
        shared: UNDERLINED,
        taken: DIM,
        removed: DIM.add_modifier(Modifier::CROSSED_OUT),
        key: BOLD,
        shades: [PLAIN; 4],
    };

    /// The sixteen colours that every terminal has, on whatever background.
    pub(crate) const SIXTEEN: Self = Self {
        name: "sixteen",
        focus: BOLD.fg(Color::Cyan),
        focus_title: BOLD_REVERSED.fg(Color::Cyan),
        theme: BOLD.fg(Color::Black).bg(Color::Yellow),
        here: BOLD_UNDERLINED.fg(Color::Black).bg(Color::LightYellow),
        hit: PLAIN.fg(Color::Black).bg(Color::Green),
        hit_here: BOLD_UNDERLINED.fg(Color::Black).bg(Color::LightGreen),
        shared: UNDERLINED.fg(Color::Magenta),
        ..Self::PLAIN
    };

    /// For dark grounds.
    pub(crate) const DARK: Self = Self::of(&Inks {
        name: "dark",
        faint: Color::Indexed(245),
        border: Color::Indexed(240),
        focus: Color::Indexed(110),
        shared: Color::Indexed(182),
        marks: [
            (Color::Indexed(58), Color::Indexed(230)),
            (Color::Indexed(220), Color::Indexed(16)),
            (Color::Indexed(23), Color::Indexed(195)),
            (Color::Indexed(80), Color::Indexed(16)),
        ],
        shades: ([235, 237, 240, 244], [252, 254, 255, 16]),
    });

    /// For light grounds.
    pub(crate) const LIGHT: Self = Self::of(&Inks {
        name: "light",
        faint: Color::Indexed(241),
        border: Color::Indexed(248),
        focus: Color::Indexed(25),
        shared: Color::Indexed(90),
        marks: [
            (Color::Indexed(229), Color::Indexed(16)),
            (Color::Indexed(214), Color::Indexed(16)),
            (Color::Indexed(195), Color::Indexed(16)),
            (Color::Indexed(45), Color::Indexed(16)),
        ],
        shades: ([255, 253, 250, 246], [16, 16, 16, 16]),
    });

    /// Black, white and pure colours, nothing faint.
    const CONTRAST: Self = Self {
        removed: UNDERLINED.add_modifier(Modifier::CROSSED_OUT),
        taken: PLAIN.fg(Color::Indexed(245)),
        ..Self::of(&Inks {
            name: "high-contrast",
            faint: Color::Reset,
            border: Color::Reset,
            focus: Color::Reset,
            shared: Color::Indexed(201),
            marks: [
                (Color::Indexed(226), Color::Indexed(16)),
                (Color::Indexed(196), Color::Indexed(231)),
                (Color::Indexed(51), Color::Indexed(16)),
                (Color::Indexed(21), Color::Indexed(231)),
            ],
            shades: ([16, 238, 250, 231], [231, 231, 16, 16]),
        })
    };

    /// Every palette, in the order in which they are offered.
    pub(crate) const ALL: [Self; 5] =
        [Self::SIXTEEN, Self::DARK, Self::LIGHT, Self::CONTRAST, Self::PLAIN];

    const fn of(inks: &Inks) -> Self {
        let [theme, here, hit, hit_here] = inks.marks;
        let ([few, some, more, many], inked) = inks.shades;
        Self {
            name: inks.name,
            faint: PLAIN.fg(inks.faint),
            border: PLAIN.fg(inks.border),
            focus: BOLD.fg(inks.focus),
            focus_title: BOLD_REVERSED.fg(inks.focus),
            theme: BOLD.bg(theme.0).fg(theme.1),
            here: BOLD_UNDERLINED.bg(here.0).fg(here.1),
            hit: PLAIN.bg(hit.0).fg(hit.1),
            hit_here: BOLD_UNDERLINED.bg(hit_here.0).fg(hit_here.1),
            shared: UNDERLINED.fg(inks.shared),
            taken: PLAIN.fg(inks.faint),
            removed: PLAIN.fg(inks.faint).add_modifier(Modifier::CROSSED_OUT),
            shades: [on(few, inked[0]), on(some, inked[1]), on(more, inked[2]), on(many, inked[3])],
            ..Self::PLAIN
        }
    }

    /// The palette that is called `name`.
    pub(crate) fn called(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|palette| palette.name == name)
    }

    /// What it is called in messages.
    pub(crate) fn title(&self, lang: Lang) -> &'static str {
        text(lang, &format!("palette.{}", self.name))
    }

    /// True where numbers have grounds; elsewhere a bar beside them says the same.
    pub(crate) fn has_shades(&self) -> bool {
        self.shades.iter().any(|shade| shade.bg.is_some())
    }

    /// The next palette, going round.
    pub(crate) fn next(&self) -> Self {
        let at = Self::ALL.iter().position(|palette| palette == self).unwrap_or_default();
        Self::ALL.get((at + 1) % Self::ALL.len()).copied().unwrap_or(Self::PLAIN)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_that_meet_on_one_screen_are_told_apart_in_every_palette() {
        for palette in Palette::ALL {
            let Palette { name, text, theme, here, hit, hit_here, shared, taken, .. } = palette;
            let Palette { chosen, marked, removed, .. } = palette;
            // While something is looked for, shared passages are not highlighted.
            for styles in [
                vec![text, theme, here, chosen, marked, removed, shared, taken],
                vec![text, theme, hit, hit_here, chosen, removed],
            ] {
                for (at, style) in styles.iter().enumerate() {
                    assert!(!styles[at + 1..].contains(style), "{name:?} {at}");
                }
            }
        }
    }

    #[test]
    fn all_palettes_come_round() {
        let mut palette = Palette::SIXTEEN;
        (0..Palette::ALL.len()).for_each(|_| palette = palette.next());
        assert_eq!(palette, Palette::SIXTEEN);
    }
}
