//! The texts of the interface, by language and key: the files in `locales/`, compiled into the program
//! and read once. (fluent and rust-i18n bring grammar or twenty crates; a table of texts is all that two
//! languages without plural forms need here.)

use std::collections::HashMap;
use std::sync::LazyLock;

use super::lang::Lang;

macro_rules! files {
    ($($name:literal),* $(,)?) => {
        /// The files of each language.
        const ENGLISH: &[&str] = &[$(include_str!(concat!("../locales/", $name, "en.toml"))),*];
        const CHINESE: &[&str] = &[$(include_str!(concat!("../locales/", $name, "zh.toml"))),*];
        #[cfg(test)]
        const NAMES: &[&str] = &[$($name),*];
    };
}

files!["", "commands.", "cli.", "over_time.", "reader."];

/// The texts of one language by their keys, such as `message.Find`.
type Texts = HashMap<String, String>;

static TEXTS: LazyLock<[Texts; 2]> = LazyLock::new(|| [read(ENGLISH), read(CHINESE)]);

#[expect(clippy::expect_used, reason = "built-in files, which every test reads")]
fn read(files: &[&str]) -> Texts {
    let mut texts = Texts::new();
    for file in files {
        let table: toml::Table = file.parse().expect("a built-in file of texts");
        add(&mut texts, "", &table);
    }
    texts
}

fn add(texts: &mut Texts, prefix: &str, table: &toml::Table) {
    for (key, value) in table {
        let key = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
        match value {
            toml::Value::Table(inner) => add(texts, &key, inner),
            toml::Value::String(text) => {
                texts.insert(key, text.clone());
            }
            // A test finds that the key is missing.
            _ => {}
        }
    }
}

fn texts(lang: Lang) -> &'static Texts {
    let [english, chinese] = &*TEXTS;
    match lang {
        Lang::English => english,
        Lang::Chinese => chinese,
    }
}

/// The text called `key`, such as `message.Find`; empty where there is none.
pub(crate) fn text(lang: Lang, key: &str) -> &'static str {
    texts(lang).get(key).map_or("", String::as_str)
}

/// `text` with `parts` in the places of its `{}`.
pub(crate) fn filled(text: &str, parts: &[&str]) -> String {
    let mut pieces = text.split("{}");
    let mut filled = pieces.next().unwrap_or_default().to_owned();
    for (at, piece) in pieces.enumerate() {
        filled.push_str(parts.get(at).copied().unwrap_or_default());
        filled.push_str(piece);
    }
    filled
}

/// Every key of a language.
#[cfg(test)]
pub(crate) fn keys(lang: Lang) -> std::collections::BTreeSet<String> {
    texts(lang).keys().cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::table::{SECTIONS, TABLE as SETTINGS};
    use crate::ui::action::{Group, TABLE as ACTIONS};
    use crate::ui::messages::Message;
    use crate::ui::over_time::OverTime;
    use crate::ui::palette::Palette;
    use std::collections::BTreeSet;

    /// Every key that the program asks for; those of hints may be missing.
    fn asked() -> BTreeSet<String> {
        let messages = Message::ALL.iter().map(|message| message.key());
        let groups = Group::ALL.iter().map(|group| group.key());
        let actions = ACTIONS.iter().map(|entry| format!("action.{}", entry.name));
        let palettes = Palette::ALL.iter().map(|palette| format!("palette.{}", palette.name));
        let settings = SETTINGS.iter().map(|setting| setting.key).chain(SECTIONS);
        let settings = settings.map(|key| format!("setting.{key}"));
        let page = PAGE.iter().map(|key| format!("page.{key}"));
        let all = messages.map(str::to_owned).chain(groups.map(str::to_owned)).chain(actions);
        let refusals = wenmai::error::Refusal::all("").into_iter();
        let refusals = refusals.flat_map(|refusal| {
            ["refusal", "way_out"].map(|part| format!("{part}.{}", refusal.key()))
        });
        let over_time = OverTime::ALL.iter().map(|word| word.key().to_owned());
        let all = all.chain(named_in_sources());
        let formats = FORMATS.map(|key| format!("format.{key}"));
        let all = all.chain(refusals).chain(over_time).chain(formats);
        let all = all.chain(palettes).chain(settings).chain(page).chain(of_library_errors());
        all.collect()
    }

    /// The keys of what the library reports as data.
    fn of_library_errors() -> Vec<String> {
        use wenmai::error::{FetchFault, Malformation, NotText, Warning};
        let warnings = Warning::all().into_iter().map(|one| format!("warning.{}", one.key()));
        let malformed = Malformation::all().into_iter().filter_map(|one| one.key());
        let malformed = malformed.map(|key| format!("malformed.{key}"));
        let fetch = FetchFault::all().into_iter().map(|one| format!("fetch.{}", one.key()));
        let not_text = NotText::ALL.into_iter().map(|one| format!("not_text.{}", one.key()));
        warnings.chain(malformed).chain(fetch).chain(not_text).collect()
    }

    /// The keys that stand in the sources of the commands.
    fn named_in_sources() -> BTreeSet<String> {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/bin/wenmai");
        let single = ["hint.rs", "commands.rs", "main.rs", "settings.rs", "settings/file.rs"];
        let mut files: Vec<_> = single.iter().map(|name| root.join(name)).collect();
        let commands = std::fs::read_dir(root.join("commands")).unwrap();
        files.extend(commands.map(|entry| entry.unwrap().path()));
        let mut found = BTreeSet::new();
        for file in files {
            let source = std::fs::read_to_string(&file).unwrap();
            for text in source.split('"').skip(1).step_by(2) {
                let is_key = |prefix: &&str| {
                    text.strip_prefix(*prefix).is_some_and(|name| {
                        !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_')
                    })
                };
                if ["command.", "error.", "fault.", "way_out.", "settings_file."].iter().any(is_key)
                {
                    found.insert(text.to_owned());
                }
            }
        }
        found
    }

    #[test]
    fn every_file_of_texts_is_read() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/bin/wenmai/locales");
        let mut found: Vec<String> = std::fs::read_dir(root)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        found.sort();
        let mut wanted: Vec<String> = NAMES
            .iter()
            .flat_map(|name| ["en.toml", "zh.toml"].map(|language| format!("{name}{language}")))
            .collect();
        wanted.sort();
        assert_eq!(found, wanted);
    }

    const FORMATS: [&str; 17] = [
        "html", "markdown", "text", "pdf", "ofd", "docx", "doc", "rtf", "odt", "epub", "mhtml",
        "eml", "warc", "sheet", "csv", "json", "zip",
    ];

    const PAGE: [&str; 7] = [
        "comma",
        "semicolon",
        "keys_head",
        "does_head",
        "setting_head",
        "values_head",
        "setting_does_head",
    ];

    #[test]
    fn no_language_lacks_a_text_that_is_asked_for_and_none_has_one_more() {
        let is_hint = |key: &String| key.starts_with("hint.");
        for lang in [Lang::English, Lang::Chinese] {
            let (hints, keys): (BTreeSet<_>, BTreeSet<_>) =
                keys(lang).into_iter().partition(is_hint);
            // What commands print is asked for by key where it is printed; the command line has a
            // test of its own.
            let elsewhere = ["print.", "cli.", "placeholder.", "mistake.", "query.", "man."];
            let here = |key: &String| !elsewhere.iter().any(|prefix| key.starts_with(prefix));
            let keys: BTreeSet<_> = keys.into_iter().filter(here).collect();
            let asked = asked();
            assert_eq!(
                keys.symmetric_difference(&asked).collect::<Vec<_>>(),
                Vec::<&String>::new()
            );
            let of_action = |hint: &String| asked.contains(&hint.replace("hint.", "action."));
            assert!(hints.iter().all(of_action), "{lang:?}");
        }
        assert_eq!(keys(Lang::English), keys(Lang::Chinese));
    }

    #[test]
    fn a_warning_fills_every_hole_of_its_sentence() {
        use wenmai::error::Warning;
        for warning in Warning::all() {
            // Why a member of an archive was skipped is a text of its own.
            let own = usize::from(matches!(warning, Warning::MemberSkipped(..)));
            let holes = text(Lang::Chinese, &format!("warning.{}", warning.key()));
            assert_eq!(holes.matches("{}").count(), warning.details().len() + own, "{warning:?}");
        }
    }

    #[test]
    fn a_text_has_the_same_holes_in_every_language_and_is_never_empty() {
        for key in keys(Lang::English) {
            let texts = [text(Lang::English, &key), text(Lang::Chinese, &key)];
            let [english, chinese] = texts.map(|text| text.matches("{}").count());
            assert_eq!(english, chinese, "{key}");
            assert!(texts.iter().all(|text| !text.is_empty()), "{key}");
        }
    }
}
