//! The user's settings: `config.toml` in the settings folder, or the file that `--config` names. Each
//! setting is in one table ([`table`]), from which the file of defaults, the page of the README
//! and the errors are made. What the command line says goes before what the file says.

mod file;
pub(crate) mod table;

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use wenmai::error::Error;
use wenmai::{folder, ingest};

use crate::ui::keymap::Keymap;
use crate::ui::say::{say, word};
use table::{Given, Name};

/// The name of the file in the settings folder.
const FILE: &str = "config.toml";

/// What the user has set.
#[derive(Debug, Clone, Default)]
pub(crate) struct Settings {
    /// The file that was read.
    pub(crate) path: Option<PathBuf>,
    given: BTreeMap<Name, Given>,
    /// The folders and files of libraries, by the library's name.
    pub(crate) libraries: BTreeMap<String, Vec<PathBuf>>,
    /// Which key does what.
    pub(crate) keymap: Keymap,
}

/// Bytes of the largest file of settings.
const LARGEST: u64 = 1 << 20;

impl Settings {
    /// The settings of the file `named`, or else of the user's own file, if there is one.
    ///
    /// # Errors
    /// The file that was named cannot be read, or a file is wrong; with its place.
    pub(crate) fn load(named: Option<&Path>) -> anyhow::Result<Self> {
        if let Some(path) = named {
            return Ok(Self::read(path)?);
        }
        match folder::settings().map(|folder| folder.join(FILE)).filter(|path| path.is_file()) {
            Some(path) => Ok(Self::read(&path)?),
            None => Ok(Self::default()),
        }
    }

    fn read(path: &Path) -> Result<Self, Error> {
        let text = ingest::read_text(path, LARGEST)?;
        file::read(path, text.trim_start_matches('\u{FEFF}'))
    }

    /// What is chosen of a setting's values.
    pub(crate) fn choice(&self, name: Name) -> &'static str {
        match self.given(name) {
            Given::Choice(value) => value,
            Given::Number(_) | Given::Switch(_) => "",
        }
    }

    /// The number that a setting has.
    pub(crate) fn number(&self, name: Name) -> u16 {
        match self.given(name) {
            Given::Number(number) => number,
            Given::Choice(_) | Given::Switch(_) => 0,
        }
    }

    /// Whether a setting is on.
    pub(crate) fn is_on(&self, name: Name) -> bool {
        self.given(name) == Given::Switch(true)
    }

    /// The value of a setting.
    pub(crate) fn given(&self, name: Name) -> Given {
        self.given.get(&name).copied().unwrap_or_else(|| table::default(name))
    }

    /// Writes a setting into the file that was read, or else into the user's own, and leaves the rest
    /// of it as it is; the file.
    ///
    /// # Errors
    /// There is no home folder, or the file cannot be read or written.
    pub(crate) fn keep(&self, name: Name, given: Given) -> anyhow::Result<PathBuf> {
        let own = || Some(folder::settings()?.join(FILE));
        let path = self.path.clone().or_else(own).context("no home folder")?;
        let text = match std::fs::read_to_string(&path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            read => read.with_context(|| path.display().to_string())?,
        };
        let text = with_setting(&text, name, given)?;
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
        }
        std::fs::write(&path, text).with_context(|| path.display().to_string())?;
        Ok(path)
    }

    /// The paths of the library that is called `name`; `name` itself, where it is a path.
    ///
    /// # Errors
    /// `name` is neither a path nor the name of a library.
    pub(crate) fn library(&self, name: &Path) -> anyhow::Result<Vec<PathBuf>> {
        if let Some(paths) = name.to_str().and_then(|name| self.libraries.get(name)) {
            return Ok(paths.clone());
        }
        if !name.exists() && !self.libraries.is_empty() && is_bare(name) {
            let names: Vec<&str> = self.libraries.keys().map(String::as_str).collect();
            let file = self.path.as_deref().unwrap_or(Path::new(FILE)).display();
            let names = names.join(word("page.comma"));
            bail!(say!("settings_file.no_library", name.display(), file, names));
        }
        Ok(vec![name.to_owned()])
    }
}

/// `text` of a settings file with one setting changed.
fn with_setting(text: &str, name: Name, given: Given) -> anyhow::Result<String> {
    let mut file: toml_edit::DocumentMut = text.parse()?;
    let mut new = match given {
        Given::Choice(value) => toml_edit::Value::from(value),
        Given::Number(number) => toml_edit::Value::from(i64::from(number)),
        Given::Switch(on) => toml_edit::Value::from(on),
    };
    let key = table::key(name);
    // A comment behind the value stays.
    if let Some(old) = file.get(key).and_then(toml_edit::Item::as_value) {
        *new.decor_mut() = old.decor().clone();
    }
    match file.get_mut(key) {
        Some(old) => *old = toml_edit::Item::Value(new),
        None => {
            file.insert(key, toml_edit::Item::Value(new));
        }
    }
    Ok(file.to_string())
}

/// True for a name without folders.
fn is_bare(name: &Path) -> bool {
    name.file_name() == Some(name.as_os_str()) && name.as_os_str() != OsStr::new(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_is_written_and_the_rest_of_the_file_stays() {
        let text = "# mine\npalette = \"dark\" # at night\n\n[keys]\ntop = \"g g\"\n";
        let light = with_setting(text, Name::Palette, Given::Choice("light")).expect("a file");
        assert_eq!(light, text.replace("\"dark\"", "\"light\""));
        let wide = with_setting(text, Name::Measure, Given::Number(40)).expect("a file");
        assert!(
            wide.contains("\nmeasure = 40\n") && wide.find("measure") < wide.find("[keys]"),
            "{wide}"
        );
        assert!(with_setting("palette = ", Name::Mouse, Given::Switch(true)).is_err());
    }

    #[test]
    fn the_file_is_made_where_there_is_none() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("new/config.toml");
        let settings = Settings { path: Some(path.clone()), ..Settings::default() };
        settings.keep(Name::Citation, Given::Choice("plain")).expect("written");
        let read = Settings::read(&path).expect("read");
        assert_eq!(read.choice(Name::Citation), "plain");
    }
}
