//! From a key to an action. Keys are written as people write them (`Ctrl-o`, `PgDn`, `Shift-Tab`);
//! which key does what is in the table of actions.

use std::collections::{HashMap, HashSet};
use std::fmt;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::action::{Action, ActionSpec, TABLE};

/// A key as it was pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct KeyPress {
    code: KeyCode,
    modifiers: KeyModifiers,
}

/// The keys that have names.
const NAMED: [(&str, KeyCode); 15] = [
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
            (None, Some('F'), Some(_)) => {
                let number = rest.get(1..)?.parse().ok();
                KeyCode::F(number.filter(|number| (1..=24).contains(number))?)
            }
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
            (None, KeyCode::F(number)) => write!(f, "F{number}"),
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

/// Keys pressed in sequence.
pub(crate) type Chord = Vec<KeyPress>;

/// The keys that are written as `name`, separated by spaces; `None` if one of them is no key.
pub(crate) fn chord(name: &str) -> Option<Chord> {
    let keys: Option<Chord> = name.split_whitespace().map(KeyPress::parse).collect();
    keys.filter(|keys| !keys.is_empty())
}

/// Which key does what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Keymap {
    /// Of every action its keys, as they are written.
    names: HashMap<(Mode, Action), Vec<String>>,
    bound: HashMap<(Mode, Chord), Action>,
    /// What longer chords begin with.
    begun: HashSet<(Mode, Chord)>,
}

/// What keys pressed in sequence mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// They do this.
    Does(Action),
    /// More keys must follow.
    Begins,
    /// Nothing.
    Nothing,
}

/// The keys that a user gives an action.
#[derive(Debug, Clone)]
pub(crate) struct Patch {
    pub(crate) mode: Mode,
    pub(crate) action: Action,
    pub(crate) keys: Vec<PatchedKey>,
}

/// A key that a user gives an action, and where: a byte of the file.
#[derive(Debug, Clone)]
pub(crate) struct PatchedKey {
    pub(crate) chord: Chord,
    pub(crate) name: String,
    pub(crate) place: usize,
}

/// A key that a user gives two actions, at two places of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Clash {
    pub(crate) first: usize,
    pub(crate) second: usize,
    pub(crate) name: String,
}

impl Default for Keymap {
    fn default() -> Self {
        let of = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let modes = |entry: &ActionSpec| {
            let reading = ((Mode::Reading, entry.action), of(entry.keys));
            [reading, ((Mode::Typing, entry.action), of(entry.typing))]
        };
        let names = TABLE.iter().flat_map(modes).collect();
        let mut keymap = Self { names, bound: HashMap::new(), begun: HashSet::new() };
        keymap.bind();
        keymap
    }
}

impl Keymap {
    /// What keys pressed in sequence mean in `mode`.
    pub(crate) fn meaning(&self, mode: Mode, pressed: &[KeyPress]) -> Meaning {
        let keys = (mode, pressed.to_vec());
        match self.bound.get(&keys) {
            Some(action) => Meaning::Does(*action),
            None if self.begun.contains(&keys) => Meaning::Begins,
            None => Meaning::Nothing,
        }
    }

    /// The keys of `action` in `mode`, as they are written.
    pub(crate) fn names(&self, mode: Mode, action: Action) -> &[String] {
        self.names.get(&(mode, action)).map_or(&[], Vec::as_slice)
    }

    /// Gives actions the keys of `patches`, which take them from whatever had them.
    ///
    /// # Errors
    /// Two patches want the same key, or one a key with which the chord of another begins.
    pub(crate) fn patch(&mut self, patches: &[Patch]) -> Result<(), Clash> {
        let all: Vec<(&Patch, &PatchedKey)> = patches
            .iter()
            .flat_map(|patch| patch.keys.iter().map(move |key| (patch, key)))
            .collect();
        let mut sorted = all.clone();
        sorted.sort_by_key(|(_, key)| key.place);
        for (at, (patch, key)) in sorted.iter().enumerate() {
            let before = sorted.iter().take(at);
            let mut same = before.filter(|(one, _)| one.mode == patch.mode);
            if let Some((_, first)) = same.find(|(_, first)| meet(&first.chord, &key.chord)) {
                let (first, second) = (first.place, key.place);
                return Err(Clash { first, second, name: key.name.clone() });
            }
        }
        for (patch, key) in all {
            self.free(patch.mode, &key.chord);
        }
        for Patch { mode, action, keys } in patches {
            let names = keys.iter().map(|key| key.name.clone()).collect();
            self.names.insert((*mode, *action), names);
        }
        self.bind();
        Ok(())
    }

    /// Takes keys away from what has them.
    fn free(&mut self, mode: Mode, keys: &Chord) {
        let of_mode = self.names.iter_mut().filter(|((of, _), _)| *of == mode);
        for (_, names) in of_mode {
            names.retain(|name| chord(name).is_none_or(|had| !meet(&had, keys)));
        }
    }

    fn bind(&mut self) {
        self.bound.clear();
        self.begun.clear();
        let all = self.names.iter().flat_map(|(of, names)| names.iter().map(move |n| (*of, n)));
        for ((mode, action), name) in all {
            let Some(keys) = chord(name) else { continue };
            let begins = (1..keys.len()).filter_map(|length| keys.get(..length));
            self.begun.extend(begins.map(|begin| (mode, begin.to_vec())));
            // What does not type a letter gives it up.
            let types = keys.first().is_some_and(|key| key.character().is_some());
            if action == Action::Cancel && !types {
                self.bound.insert((Mode::Letter, keys.clone()), action);
            }
            self.bound.insert((mode, keys), action);
        }
    }
}

/// True where two chords cannot both be bound: they are the same, or one begins with the other.
fn meet(a: &[KeyPress], b: &[KeyPress]) -> bool {
    a.starts_with(b) || b.starts_with(a)
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
