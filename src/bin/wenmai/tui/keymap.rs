//! From a key to an action. Keys are written as people write them (`Ctrl-o`, `PgDn`, `Shift-Tab`);
//! which key does what stands in the table of actions.

use std::collections::HashMap;
use std::fmt;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::action::{Action, TABLE};

/// A key as it was pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct KeyPress {
    code: KeyCode,
    modifiers: KeyModifiers,
}

/// The keys that have names.
const NAMED: [(&str, KeyCode); 16] = [
    ("Enter", KeyCode::Enter),
    ("Esc", KeyCode::Esc),
    ("Tab", KeyCode::Tab),
    ("Backspace", KeyCode::Backspace),
    ("Delete", KeyCode::Delete),
    ("Space", KeyCode::Char(' ')),
    ("Up", KeyCode::Up),
    ("Down", KeyCode::Down),
    ("Left", KeyCode::Left),
    ("Right", KeyCode::Right),
    ("PgUp", KeyCode::PageUp),
    ("PgDn", KeyCode::PageDown),
    ("Home", KeyCode::Home),
    ("End", KeyCode::End),
    ("F1", KeyCode::F(1)),
    ("Insert", KeyCode::Insert),
];

impl KeyPress {
    /// The key called `name`; `None` where no key is called like that.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        let mut modifiers = KeyModifiers::NONE;
        let mut rest = name;
        for (prefix, modifier) in [
            ("Ctrl-", KeyModifiers::CONTROL),
            ("Alt-", KeyModifiers::ALT),
            ("Shift-", KeyModifiers::SHIFT),
        ] {
            if let Some(behind) = rest.strip_prefix(prefix).filter(|behind| !behind.is_empty()) {
                modifiers |= modifier;
                rest = behind;
            }
        }
        let named = NAMED.iter().find(|(known, _)| *known == rest).map(|(_, code)| *code);
        let mut chars = rest.chars();
        let code = match (named, chars.next(), chars.next()) {
            (Some(code), ..) => code,
            (None, Some(c), None) => KeyCode::Char(c),
            _ => return None,
        };
        Some(Self { code, modifiers }.normal())
    }

    /// One form for keys that terminals report in several: the shift of a character is in the
    /// character, Shift-Tab has a code of its own, AltGr comes as Ctrl with Alt.
    fn normal(self) -> Self {
        let Self { code, mut modifiers } = self;
        modifiers &= KeyModifiers::CONTROL | KeyModifiers::ALT | KeyModifiers::SHIFT;
        let code = match code {
            KeyCode::BackTab => KeyCode::Tab,
            KeyCode::Char(c) if modifiers.contains(KeyModifiers::CONTROL) => {
                KeyCode::Char(c.to_ascii_lowercase())
            }
            other => other,
        };
        if self.code == KeyCode::BackTab {
            modifiers |= KeyModifiers::SHIFT;
        }
        if matches!(code, KeyCode::Char(_)) {
            modifiers.remove(KeyModifiers::SHIFT);
        }
        Self { code, modifiers }
    }

    /// The character that the key types, if it types one.
    pub(crate) fn character(self) -> Option<char> {
        let graphic = KeyModifiers::CONTROL | KeyModifiers::ALT;
        match self.code {
            KeyCode::Char(c) if self.modifiers.is_empty() || self.modifiers == graphic => Some(c),
            _ => None,
        }
    }

    /// True for the key that legacy terminals send for Ctrl-i, too.
    pub(crate) fn is_tab(self) -> bool {
        self.code == KeyCode::Tab && self.modifiers.is_empty()
    }
}

impl From<KeyEvent> for KeyPress {
    fn from(event: KeyEvent) -> Self {
        Self { code: event.code, modifiers: event.modifiers }.normal()
    }
}

impl fmt::Display for KeyPress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (modifier, prefix) in [
            (KeyModifiers::CONTROL, "Ctrl-"),
            (KeyModifiers::ALT, "Alt-"),
            (KeyModifiers::SHIFT, "Shift-"),
        ] {
            if self.modifiers.contains(modifier) {
                f.write_str(prefix)?;
            }
        }
        match (NAMED.iter().find(|(_, code)| *code == self.code), self.code) {
            (Some((name, _)), _) => f.write_str(name),
            (None, KeyCode::Char(c)) => write!(f, "{c}"),
            (None, _) => f.write_str("?"),
        }
    }
}

/// What the keys mean where they are pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Mode {
    /// Keys are commands.
    Reading,
    /// A prompt has the caret: characters are typed.
    Typing,
    /// One letter is awaited, whatever it does otherwise.
    Letter,
}

/// Which key does what.
#[derive(Debug, Clone)]
pub(crate) struct Keymap {
    keys: HashMap<(Mode, KeyPress), Action>,
}

impl Default for Keymap {
    fn default() -> Self {
        let mut keys = HashMap::new();
        for entry in TABLE {
            for (mode, names) in [(Mode::Reading, entry.keys), (Mode::Typing, entry.typing)] {
                let pressed = names.iter().filter_map(|name| KeyPress::parse(name));
                keys.extend(pressed.map(|key| ((mode, key), entry.action)));
            }
        }
        // What is not typed gives the letter up.
        let cancel = TABLE.iter().filter(|entry| entry.action == Action::Cancel);
        let names = cancel.flat_map(|entry| entry.typing.iter().chain(entry.keys));
        let pressed = names.filter_map(|name| KeyPress::parse(name));
        keys.extend(pressed.map(|key| ((Mode::Letter, key), Action::Cancel)));
        Self { keys }
    }
}

impl Keymap {
    /// What `key` does in `mode`.
    pub(crate) fn action(&self, mode: Mode, key: KeyPress) -> Option<Action> {
        self.keys.get(&(mode, key)).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_name_is_read_and_written_back() {
        for name in ["j", "G", "Ctrl-o", "Alt-Left", "Shift-Tab", "Space", "PgDn", "]", "-", "F1"] {
            let key = KeyPress::parse(name).expect(name);
            assert_eq!(key.to_string(), name);
        }
        assert_eq!(KeyPress::parse("Hyper-x"), None);
        assert_eq!(KeyPress::parse(""), None);
    }

    #[test]
    fn what_terminals_report_differently_is_one_key() {
        let event = |code, modifiers| KeyPress::from(KeyEvent::new(code, modifiers));
        let shift_tab = KeyPress::parse("Shift-Tab").unwrap();
        assert_eq!(event(KeyCode::BackTab, KeyModifiers::SHIFT), shift_tab);
        assert_eq!(event(KeyCode::BackTab, KeyModifiers::NONE), shift_tab);
        assert_eq!(event(KeyCode::Char('G'), KeyModifiers::SHIFT), KeyPress::parse("G").unwrap());
    }

    #[test]
    fn every_key_of_the_table_is_a_key_and_none_is_bound_twice() {
        let mut seen = HashMap::new();
        for entry in TABLE {
            for (mode, names) in [(Mode::Reading, entry.keys), (Mode::Typing, entry.typing)] {
                for name in names {
                    let key = KeyPress::parse(name).expect(name);
                    let before = seen.insert((mode, key), entry.name);
                    assert_eq!(before, None, "{name} is bound twice");
                }
            }
        }
    }
}
