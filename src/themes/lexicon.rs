//! Subjects that are known beforehand, with their aliases, and words that never are one. One lexicon
//! ships with the program; a user's `themes.toml` of the same form is put on top of it.

use std::ops::Range;
use std::path::Path;
use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use toml::Spanned;

use crate::error::{Error, Malformation, Result, place_of};
use crate::text::fold::fold_key;

/// The lexicon that ships with the program.
const SHIPPED: &str = include_str!("lexicon.toml");

/// The longest name or alias, in characters.
const LONGEST_NAME: usize = 60;

/// Names, aliases and stop words of one table.
const MOST_NAMES: usize = 10_000;

/// Subjects that are known beforehand, with their aliases, and words that never are one. The
/// default is the one that ships with the program.
#[derive(Debug, Clone)]
pub struct Lexicon {
    subjects: Vec<Subject>,
    /// Folded names with their subject.
    names: FxHashMap<String, usize>,
    /// Folded names and aliases with their subject.
    forms: FxHashMap<String, usize>,
    /// Folded.
    stop: FxHashSet<String>,
}

/// A known subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// The name under which it is listed.
    pub name: String,
    /// What counts as the same subject.
    pub aliases: Vec<String>,
}

impl Subject {
    /// The name and the aliases.
    pub fn forms(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.name).chain(&self.aliases).map(String::as_str)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LexiconFile {
    #[serde(default)]
    stop: Vec<Spanned<String>>,
    #[serde(default, rename = "subject")]
    subjects: Vec<SubjectTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SubjectTable {
    name: Spanned<String>,
    #[serde(default)]
    aliases: Vec<Spanned<String>>,
}

static SHIPPED_LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut lexicon = Lexicon::empty();
    #[expect(clippy::expect_used, reason = "built-in table, touched by a test")]
    lexicon.add(SHIPPED).expect("lexicon.toml is well formed");
    lexicon
});

/// What is wrong, and at which bytes.
#[derive(Debug)]
struct Fault {
    message: Malformation,
    bytes: Range<usize>,
}

impl Default for Lexicon {
    fn default() -> Self {
        SHIPPED_LEXICON.clone()
    }
}

impl Lexicon {
    /// Bytes of the largest table of a user.
    pub const LARGEST_TABLE: u64 = 1 << 20;

    /// A lexicon that knows nothing.
    pub fn empty() -> Self {
        Self {
            subjects: Vec::new(),
            names: FxHashMap::default(),
            forms: FxHashMap::default(),
            stop: FxHashSet::default(),
        }
    }

    /// The shipped lexicon with the user's `table` on top, read from `path`: its subjects are added
    /// or take the place of those of the same name, and its stop words win over everything.
    ///
    /// # Errors
    /// [`Error::Malformed`] with line and column where `table` is no TOML, has a key that we do not
    /// know, an empty or overlong name, one form for two subjects, or too many names.
    pub fn with_user_table(path: &Path, table: &str) -> Result<Self> {
        let mut lexicon = Self::default();
        lexicon.add(table).map_err(|fault| {
            let (line, column) = place_of(table, fault.bytes.start);
            Error::Malformed { path: path.to_owned(), line, column, message: fault.message }
        })?;
        Ok(lexicon)
    }

    /// A hash of all that it says (BLAKE3).
    pub fn fingerprint(&self) -> [u8; 32] {
        let mut hasher = blake3::Hasher::new();
        let mut stop: Vec<&str> = self.stop.iter().map(String::as_str).collect();
        stop.sort_unstable();
        for form in self.subjects.iter().flat_map(Subject::forms).chain(stop) {
            hasher.update(form.as_bytes()).update(&[0]);
        }
        for subject in &self.subjects {
            hasher.update(&(subject.aliases.len() as u64).to_le_bytes());
        }
        hasher.finalize().into()
    }

    /// All known subjects.
    pub fn subjects(&self) -> &[Subject] {
        &self.subjects
    }

    /// The number of the subject that has the `folded` name or alias.
    pub fn subject_of(&self, folded: &str) -> Option<usize> {
        self.forms.get(folded).copied()
    }

    /// True for a `folded` wording that must not be a theme.
    pub fn stops(&self, folded: &str) -> bool {
        self.stop.contains(folded)
    }

    fn add(&mut self, table: &str) -> std::result::Result<(), Fault> {
        let read: LexiconFile = toml::from_str(table).map_err(|error| Fault {
            message: Malformation::Toml(error.message().to_owned()),
            bytes: error.span().unwrap_or_default(),
        })?;
        let forms =
            read.subjects.iter().flat_map(|entry| [&entry.name].into_iter().chain(&entry.aliases));
        if let Some(first) = forms.chain(&read.stop).nth(MOST_NAMES) {
            let message = Malformation::TooManyNames(MOST_NAMES);
            return Err(Fault { message, bytes: first.span() });
        }
        let mut own = FxHashMap::default();
        for entry in &read.subjects {
            self.add_subject(entry, &mut own)?;
        }
        for word in &read.stop {
            let key = checked(word)?;
            self.forms.remove(&key);
            self.stop.insert(key);
        }
        if !read.stop.is_empty() {
            for subject in &mut self.subjects {
                subject.aliases.retain(|alias| !self.stop.contains(&fold_key(alias)));
            }
        }
        Ok(())
    }

    /// Adds `entry`; `own` holds the forms of the table it is in.
    fn add_subject(
        &mut self,
        entry: &SubjectTable,
        own: &mut FxHashMap<String, String>,
    ) -> std::result::Result<(), Fault> {
        let name = entry.name.get_ref().trim().to_owned();
        let mut aliases = Vec::new();
        let at = self.slot(&checked(&entry.name)?);
        for form in std::iter::once(&entry.name).chain(&entry.aliases) {
            let key = checked(form)?;
            if let Some(other) = own.insert(key.clone(), name.clone())
                && other != name
            {
                let message = Malformation::NameTaken(form.get_ref().clone(), other);
                return Err(Fault { message, bytes: form.span() });
            }
            self.stop.remove(&key);
            self.forms.insert(key, at);
            aliases.push(form.get_ref().trim().to_owned());
        }
        aliases.retain(|alias| *alias != name);
        if let Some(slot) = self.subjects.get_mut(at) {
            *slot = Subject { name, aliases };
        }
        Ok(())
    }

    /// The number of the subject that `key` names, a new one where none does.
    fn slot(&mut self, key: &str) -> usize {
        let next = self.subjects.len();
        let at = *self.names.entry(key.to_owned()).or_insert(next);
        if at == next {
            self.subjects.push(Subject { name: String::new(), aliases: Vec::new() });
        }
        at
    }
}

/// The folded form of a name in a table.
fn checked(name: &Spanned<String>) -> std::result::Result<String, Fault> {
    let key = fold_key(name.get_ref().trim());
    let fault = |message| Fault { message, bytes: name.span() };
    match key.chars().count() {
        0 => Err(fault(Malformation::EmptyName)),
        1 => Err(fault(Malformation::ShortName)),
        chars if chars > LONGEST_NAME => Err(fault(Malformation::LongName(LONGEST_NAME))),
        _ => Ok(key),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user(table: &str) -> Result<Lexicon> {
        Lexicon::with_user_table(Path::new("themes.toml"), table)
    }

    #[test]
    fn the_shipped_lexicon_is_well_formed() {
        let mut lexicon = Lexicon::empty();
        assert!(lexicon.add(SHIPPED).is_ok());
        assert!(lexicon.subjects().len() > 30);
        let both = lexicon.subject_of("双碳");
        assert!(both.is_some());
        assert_eq!(both, lexicon.subject_of("碳达峰、碳中和"));
        assert_eq!(lexicon.subject_of("ai"), lexicon.subject_of("人工智能"));
    }

    #[test]
    fn a_user_adds_subjects_and_aliases_and_stops_words() {
        let table =
            "stop = ['人工智能', '甲乙']\n[[subject]]\nname = '数据要素'\naliases = ['數據資源']\n";
        let lexicon = user(table).unwrap();
        assert_eq!(lexicon.subject_of("数据资源"), lexicon.subject_of("数据要素"));
        assert!(lexicon.subject_of("数据要素").is_some());
        assert!(lexicon.stops("甲乙"));
        assert!(lexicon.stops("人工智能"));
        assert_eq!(lexicon.subject_of("人工智能"), None);
    }

    #[test]
    fn a_table_of_too_many_names_is_refused() {
        let stop = |count: usize| {
            let words: Vec<_> = (0..count).map(|number| format!("'停用{number}'")).collect();
            format!(
                "stop = [{}]\n[[subject]]\nname = '甲乙'\naliases = ['停用1']\n",
                words.join(",")
            )
        };
        let error = user(&stop(MOST_NAMES - 1)).unwrap_err().to_string();
        assert!(error.contains("at most 10000 names"), "{error}");
        let lexicon = user(&stop(MOST_NAMES - 2)).unwrap();
        assert_eq!(lexicon.subject_of("停用1"), None);
        let subject = lexicon.subject_of("甲乙").and_then(|at| lexicon.subjects().get(at));
        assert_eq!(subject.map(|subject| subject.aliases.len()), Some(0));
    }

    #[test]
    fn an_error_says_where() {
        let cases = [
            ("stop = [\n  '标准',\n  '',\n]", "themes.toml:3:3: a name must not be empty"),
            (
                "[[subject]]\nname = '甲'",
                "themes.toml:2:8: a name of one character would be found everywhere",
            ),
            (
                "[[subject]]\nname = '甲乙'\n[[subject]]\nname = '丙丁'\naliases = ['甲乙']",
                "themes.toml:5:12: 甲乙 already belongs to 甲乙",
            ),
        ];
        for (table, message) in cases {
            assert_eq!(user(table).unwrap_err().to_string(), message);
        }
        for broken in ["stop = [", "words = []", "[[subject]]\nnam = '甲乙'"] {
            let message = user(broken).unwrap_err().to_string();
            assert!(message.starts_with("themes.toml:"), "{message}");
        }
    }
}
