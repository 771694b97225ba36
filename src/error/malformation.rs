//! What is wrong in a file that the user wrote: settings, `themes.toml`, expectations, exported notes. It
//! is data; its sentence in the language of the interface is in the locale files, under `malformed`.

/// What is wrong at a place of a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Malformation {
    /// No TOML, or not of the expected form; what the parser says, in English.
    #[error("invalid TOML: {0}")]
    Toml(String),
    /// No JSON, or not of the expected form; what the parser says, in English.
    #[error("invalid JSON: {0}")]
    Json(String),
    /// Bytes that are not UTF-8.
    #[error("not UTF-8")]
    NotUtf8,
    /// Neither notes in JSON nor Markdown with notes.
    #[error("neither notes in JSON nor Markdown with notes of wenmai")]
    NotNotes,
    /// More names, aliases and stop words than a table may have.
    #[error("a table has at most {0} names, aliases and stop words")]
    TooManyNames(usize),
    /// A form that belongs to another subject, and that subject's name.
    #[error("{0} already belongs to {1}")]
    NameTaken(String, String),
    /// A name without a character.
    #[error("a name must not be empty")]
    EmptyName,
    /// A name of one character.
    #[error("a name of one character would be found everywhere")]
    ShortName,
    /// A name above this number of characters.
    #[error("a name has at most {0} characters")]
    LongName(usize),
    /// What the program says about its settings, in the language of the interface.
    #[error("{0}")]
    Setting(String),
}

impl Malformation {
    /// Its name in the texts of the interface; `None` for a text of its own.
    pub fn key(&self) -> Option<&'static str> {
        Some(match self {
            Self::Toml(_) => "toml",
            Self::Json(_) => "json",
            Self::NotUtf8 => "not-utf8",
            Self::NotNotes => "not-notes",
            Self::TooManyNames(_) => "too-many-names",
            Self::NameTaken(..) => "name-taken",
            Self::EmptyName => "empty-name",
            Self::ShortName => "short-name",
            Self::LongName(_) => "long-name",
            Self::Setting(_) => return None,
        })
    }

    /// What its sentence names, in order.
    pub fn details(&self) -> Vec<String> {
        match self {
            Self::Toml(said) | Self::Json(said) | Self::Setting(said) => vec![said.clone()],
            Self::TooManyNames(most) | Self::LongName(most) => vec![most.to_string()],
            Self::NameTaken(form, owner) => vec![form.clone(), owner.clone()],
            Self::NotUtf8 | Self::NotNotes | Self::EmptyName | Self::ShortName => Vec::new(),
        }
    }

    /// Every kind that has a key.
    pub fn all() -> [Self; 9] {
        [
            Self::Toml(String::new()),
            Self::Json(String::new()),
            Self::NotUtf8,
            Self::NotNotes,
            Self::TooManyNames(1),
            Self::NameTaken(String::new(), String::new()),
            Self::EmptyName,
            Self::ShortName,
            Self::LongName(1),
        ]
    }
}
