//! The user's settings: `config.toml` in the settings folder, or the file that `--config` names. Each
//! setting is in one table ([`table`]), from which the file of defaults, the page of the README
//! and the errors are made. What the command line says goes before what the file says.

mod file;
pub(crate) mod table;

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use anyhow::bail;
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

/// True for a name without folders.
fn is_bare(name: &Path) -> bool {
    name.file_name() == Some(name.as_os_str()) && name.as_os_str() != OsStr::new(".")
}
