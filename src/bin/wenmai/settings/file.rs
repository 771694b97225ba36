//! Reading the file of settings: every fault with its line and column, and what would be right.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::{DeTable, DeValue};
use wenmai::error::{Error, Malformation, place_of};

use super::Settings;
use super::table::{Given, Kind, SECTIONS, Setting, TABLE};
use crate::ui::action::{TABLE as ACTIONS, called};
use crate::ui::keymap::{Clash, Keymap, Mode, Patch, PatchedKey, chord};
use crate::ui::say::{say, word};

/// What is wrong, and where.
#[derive(Debug)]
struct Fault {
    message: Malformation,
    bytes: Range<usize>,
}

type Read<T> = Result<T, Fault>;

fn fault<T>(message: String, bytes: Range<usize>) -> Read<T> {
    Err(Fault { message: Malformation::Setting(message), bytes })
}

/// The settings of `text`, the contents of the file `path`.
pub(super) fn read(path: &Path, text: &str) -> Result<Settings, Error> {
    let folder = path.parent().unwrap_or(Path::new(""));
    settings(text, folder)
        .map(|settings| Settings { path: Some(path.to_owned()), ..settings })
        .map_err(|fault| {
            let (line, column) = place_of(text, fault.bytes.start);
            Error::Malformed { path: path.to_owned(), line, column, message: fault.message }
        })
}

fn settings(text: &str, folder: &Path) -> Read<Settings> {
    let table = DeTable::parse(text).map_err(|error| Fault {
        message: Malformation::Toml(error.message().to_owned()),
        bytes: error.span().unwrap_or_default(),
    })?;
    let mut settings = Settings::default();
    for (key, value) in table.get_ref() {
        let name = key.get_ref().as_ref();
        match (TABLE.iter().find(|row| row.key == name), name) {
            (Some(row), _) => {
                settings.given.insert(row.name, given(row, value)?);
            }
            (None, "libraries") => settings.libraries = libraries(value, folder)?,
            (None, "keys") => settings.keymap = keymap(value, text)?,
            (None, _) => {
                let known = TABLE.iter().map(|row| row.key).chain(SECTIONS);
                return fault(unknown(What::Setting, name, known), key.span());
            }
        }
    }
    Ok(settings)
}

fn given(row: &Setting, value: &Spanned<DeValue<'_>>) -> Read<Given> {
    let read = match (row.kind, value.get_ref()) {
        (Kind::Choice(values), DeValue::String(text)) => {
            values.iter().find(|value| *value == text).map(|value| Given::Choice(value))
        }
        (Kind::Number(_, least, most), DeValue::Integer(number)) => {
            let number = u16::from_str_radix(number.as_str(), number.radix()).ok();
            number.filter(|number| (least..=most).contains(number)).map(Given::Number)
        }
        (Kind::Switch(_), DeValue::Boolean(on)) => Some(Given::Switch(*on)),
        _ => None,
    };
    let wrong = || say!("settings_file.not_allowed", row.key, row.kind.allowed());
    read.map_or_else(|| fault(wrong(), value.span()), Ok)
}

fn libraries(value: &Spanned<DeValue<'_>>, folder: &Path) -> Read<BTreeMap<String, Vec<PathBuf>>> {
    let example = "beijing = \"~/notices/beijing\"";
    let Some(table) = value.get_ref().as_table() else {
        return fault(say!("settings_file.libraries", example), value.span());
    };
    let mut libraries = BTreeMap::new();
    for (name, paths) in table {
        let paths = strings(paths, "settings_file.paths")?;
        let paths = paths.iter().map(|path| full(path.get_ref(), folder)).collect();
        libraries.insert(name.get_ref().to_string(), paths);
    }
    Ok(libraries)
}

/// A path of the file: `~` is the home folder, and what is not from the root is from the file's own.
fn full(path: &str, folder: &Path) -> PathBuf {
    let home = etcetera::home_dir().ok();
    match (path.strip_prefix('~'), home) {
        (Some(""), Some(home)) => home,
        (Some(rest), Some(home)) if rest.starts_with('/') => {
            home.join(rest.trim_start_matches('/'))
        }
        _ => folder.join(path),
    }
}

/// One text, or several; `fault_key` names what is said of anything else.
fn strings<'v>(value: &'v Spanned<DeValue<'_>>, fault_key: &str) -> Read<Vec<Spanned<&'v str>>> {
    let text = |value: &'v Spanned<DeValue<'_>>| match value.get_ref().as_str() {
        Some(text) => Ok(Spanned::new(value.span(), text)),
        None => fault(word(fault_key).to_owned(), value.span()),
    };
    match value.get_ref().as_array() {
        Some(all) => all.iter().map(text).collect(),
        None => Ok(vec![text(value)?]),
    }
}

fn keymap(value: &Spanned<DeValue<'_>>, text: &str) -> Read<Keymap> {
    let mut patches = Vec::new();
    push_patches(&mut patches, value, Mode::Reading)?;
    let mut keymap = Keymap::default();
    match keymap.patch(&patches) {
        Ok(()) => Ok(keymap),
        Err(Clash { first, second, name }) => {
            let (line, column) = place_of(text, first);
            let said = text.get(first..).and_then(|rest| rest.lines().next()).unwrap_or_default();
            let message = say!("settings_file.bound_twice", name, line, column, said);
            fault(message, second..second)
        }
    }
}

fn push_patches(patches: &mut Vec<Patch>, value: &Spanned<DeValue<'_>>, mode: Mode) -> Read<()> {
    let Some(table) = value.get_ref().as_table() else {
        let message = say!("settings_file.keys", "down = [\"j\", \"Down\"]");
        return fault(message, value.span());
    };
    for (action, keys) in table {
        let name = action.get_ref().as_ref();
        if name == "typing" && mode == Mode::Reading {
            push_patches(patches, keys, Mode::Typing)?;
            continue;
        }
        let Some(entry) = called(name) else {
            let known = ACTIONS.iter().map(|entry| entry.name);
            return fault(unknown(What::Action, name, known), action.span());
        };
        let keys = strings(keys, "settings_file.key_texts")?;
        let keys = keys.iter().map(|key| patched(key, mode)).collect::<Read<_>>()?;
        patches.push(Patch { mode, action: entry.action, keys });
    }
    Ok(())
}

fn patched(key: &Spanned<&str>, mode: Mode) -> Read<PatchedKey> {
    let name = (*key.get_ref()).to_owned();
    let Some(chord) = chord(&name) else {
        return fault(say!("settings_file.not_a_key", name), key.span());
    };
    let types = chord.first().is_some_and(|first| first.character().is_some());
    if mode == Mode::Typing && types {
        return fault(say!("settings_file.types_a_character", name), key.span());
    }
    Ok(PatchedKey { chord, name, place: key.span().start })
}

/// What a name should be.
#[derive(Debug, Clone, Copy)]
enum What {
    Setting,
    Action,
}

/// That there is no such thing, and what has a similar name.
fn unknown<'n>(what: What, name: &str, known: impl Iterator<Item = &'n str>) -> String {
    let known: Vec<&str> = known.collect();
    let near = known.iter().min_by_key(|known| distance(name, known));
    match near.filter(|near| distance(name, near) <= 1 + name.len() / 3) {
        Some(near) => match what {
            What::Setting => say!("settings_file.unknown_setting_near", name, near),
            What::Action => say!("settings_file.unknown_action_near", name, near),
        },
        None => {
            let known = known.join(word("page.comma"));
            match what {
                What::Setting => say!("settings_file.unknown_setting", name, known),
                What::Action => say!("settings_file.unknown_action", name, known),
            }
        }
    }
}

/// Changes of single characters that make one name of the other (Levenshtein 1966).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().take(40).collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().take(40).enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, to) in b.iter().enumerate() {
            let same = diagonal + usize::from(from != *to);
            diagonal = row[j + 1];
            row[j + 1] = same.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::table::Name;
    use crate::ui::action::Action;
    use crate::ui::keymap::Meaning;

    fn wrong(text: &str) -> String {
        read(Path::new("c.toml"), text).expect_err(text).to_string()
    }

    #[test]
    fn what_is_set_holds_and_what_is_not_is_the_default() {
        let text = "palette = \"light\"\nmeasure = 40\nmouse = false\n[libraries]\n\
                    beijing = \"/texts/bj\"\nboth = [\"/a\", \"b\"]\n";
        let settings = read(Path::new("/etc/c.toml"), text).expect("well formed");
        assert_eq!(settings.choice(Name::Palette), "light");
        assert_eq!(settings.number(Name::Measure), 40);
        assert!(!settings.is_on(Name::Mouse));
        assert_eq!(settings.number(Name::Indent), 2);
        let both = settings.libraries.get("both").expect("a library");
        assert_eq!(*both, [PathBuf::from("/a"), PathBuf::from("/etc/b")]);
    }

    #[test]
    fn a_fault_is_told_with_its_place_and_the_way_out() {
        for (text, told) in [
            ("mesure = 40", "c.toml:1:1: unknown setting “mesure”; did you mean measure?"),
            ("measure = 5", "c.toml:1:11: measure must be one of 10 … 80"),
            ("\nmeasure = \"wide\"", "c.toml:2:11: measure must be one of 10 … 80"),
            ("palette = \"drak\"", "c.toml:1:11: palette must be one of \"auto\", \"dark\""),
            ("[keys]\ndowm = \"j\"", "c.toml:2:1: unknown action “dowm”; did you mean down?"),
            ("[keys]\ndown = \"Ctl-o\"", "c.toml:2:8: “Ctl-o” is no key"),
            ("[keys]\ndown = 3", "c.toml:2:8: keys must be strings"),
            ("[keys.typing]\nopen = \"x\"", "c.toml:2:8: “x” types a character"),
            ("libraries = 3", "c.toml:1:13: [libraries] needs names"),
            ("measure = ", "c.toml:1:11: invalid TOML: "),
        ] {
            assert!(wrong(text).starts_with(told), "{}", wrong(text));
        }
    }

    #[test]
    fn a_key_bound_twice_is_told_with_both_lines() {
        let told = wrong("[keys]\nup = \"w\"\ndown = [\"s\", \"w\"]\n");
        assert!(told.starts_with("c.toml:"), "{told}");
        assert!(told.contains("“w” is bound twice") && told.contains("in line "), "{told}");
        let lines = (told.contains("c.toml:3:") && told.contains("line 2"))
            || (told.contains("c.toml:2:") && told.contains("line 3"));
        assert!(lines, "{told}");
        // A chord cannot begin with a key that does something itself.
        let told = wrong("[keys]\nup = \"w\"\ndown = \"w w\"\n");
        assert!(told.contains("is bound twice"), "{told}");
    }

    #[test]
    fn former_action_names_still_bind() {
        let text = "[keys]\nparagraph-on = \"w\"\nlock = \"Ctrl-y\"\n\
                    [keys.typing]\nerase-on = \"Ctrl-y\"\n";
        let keymap = read(Path::new("c.toml"), text).expect("well formed").keymap;
        let meaning = |mode, name: &str| keymap.meaning(mode, &chord(name).expect(name));
        assert_eq!(meaning(Mode::Reading, "w"), Meaning::Does(Action::NextParagraph));
        assert_eq!(meaning(Mode::Reading, "Ctrl-y"), Meaning::Does(Action::ScrollLock));
        assert_eq!(meaning(Mode::Typing, "Ctrl-y"), Meaning::Does(Action::DeleteChar));
    }

    #[test]
    fn a_bound_key_is_taken_from_what_had_it_and_the_others_stay() {
        let text = "[keys]\ntop = \"g g\"\nbottom = [\"j\", \"G\"]\n";
        let keymap = read(Path::new("c.toml"), text).expect("well formed").keymap;
        let meaning = |name: &str| keymap.meaning(Mode::Reading, &chord(name).expect(name));
        assert_eq!(meaning("g g"), Meaning::Does(Action::Top));
        assert_eq!(meaning("g"), Meaning::Begins);
        assert_eq!(meaning("j"), Meaning::Does(Action::Bottom));
        assert_eq!(meaning("Down"), Meaning::Does(Action::Down));
        assert_eq!(keymap.names(Mode::Reading, Action::Down), ["Down"]);
        assert_eq!(meaning("Home"), Meaning::Nothing);
    }
}
