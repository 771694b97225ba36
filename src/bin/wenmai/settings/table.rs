//! The table of settings: the name of each, what it may be, what it is by default, and what it does.
//! The file of defaults and the README's table are written from it.

use std::fmt::Write as _;

use crate::ui::action::TABLE as ACTIONS;
use crate::ui::lang::Lang;
use crate::ui::locales::text;

/// A setting with one value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Name {
    Palette,
    Measure,
    Margin,
    Indent,
    Shared,
    Ambiguous,
    Mouse,
    Language,
    Citation,
}

/// What a setting may be, its default first said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// One of these; the first by default.
    Choice(&'static [&'static str]),
    /// A number: by default, least, most.
    Number(u16, u16, u16),
    /// On or off.
    Switch(bool),
}

/// A value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Given {
    Choice(&'static str),
    Number(u16),
    Switch(bool),
}

/// One row of the table.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Setting {
    pub(crate) name: Name,
    /// Its name in the file.
    pub(crate) key: &'static str,
    pub(crate) kind: Kind,
}

const fn row(name: Name, key: &'static str, kind: Kind) -> Setting {
    Setting { name, key, kind }
}

/// Every setting, in the order of the file of defaults.
pub(crate) const TABLE: [Setting; 9] = [
    row(
        Name::Palette,
        "palette",
        Kind::Choice(&["auto", "dark", "light", "high-contrast", "sixteen", "none"]),
    ),
    row(Name::Measure, "measure", Kind::Number(36, 10, 80)),
    row(Name::Margin, "margin", Kind::Number(1, 0, 20)),
    row(Name::Indent, "indent", Kind::Number(2, 0, 4)),
    row(Name::Shared, "shared", Kind::Number(8, 8, 500)),
    row(Name::Ambiguous, "ambiguous", Kind::Choice(&["auto", "narrow", "wide"])),
    row(Name::Mouse, "mouse", Kind::Switch(true)),
    row(Name::Language, "language", Kind::Choice(&["auto", "en", "zh"])),
    row(Name::Citation, "citation", Kind::Choice(&["markdown", "plain", "gbt7714"])),
];

/// The sections after them: their names in the file, and in the texts.
pub(crate) const SECTIONS: [&str; 2] = ["libraries", "keys"];

impl Kind {
    /// What a value is, where nothing is set.
    pub(crate) fn default(self) -> Given {
        match self {
            Self::Choice(values) => Given::Choice(values.first().copied().unwrap_or_default()),
            Self::Number(number, ..) => Given::Number(number),
            Self::Switch(on) => Given::Switch(on),
        }
    }

    /// What a value may be, in words of the file.
    pub(crate) fn allowed(self) -> String {
        match self {
            Self::Choice(values) => {
                let quoted: Vec<String> = values.iter().map(|v| format!("\"{v}\"")).collect();
                quoted.join(", ")
            }
            Self::Number(_, least, most) => format!("{least} … {most}"),
            Self::Switch(_) => "true, false".to_owned(),
        }
    }
}

impl std::fmt::Display for Given {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Choice(value) => write!(f, "\"{value}\""),
            Self::Number(number) => write!(f, "{number}"),
            Self::Switch(on) => write!(f, "{on}"),
        }
    }
}

/// What a setting is called in the file.
pub(crate) fn key(name: Name) -> &'static str {
    TABLE.iter().find(|row| row.name == name).map_or("", |row| row.key)
}

/// What a setting is by default.
pub(crate) fn default(name: Name) -> Given {
    let row = TABLE.iter().find(|row| row.name == name);
    row.map_or(Given::Switch(false), |row| row.kind.default())
}

/// What a setting or section does.
fn setting_help(key: &str, lang: Lang) -> &'static str {
    text(lang, &format!("setting.{key}"))
}

/// A file with every setting as it is by default, and what each does.
pub(crate) fn defaults(lang: Lang) -> String {
    let mut text = String::new();
    for Setting { key, kind, .. } in TABLE {
        let _ = writeln!(text, "# {}", setting_help(key, lang));
        let _ = writeln!(text, "# {}", kind.allowed());
        let _ = writeln!(text, "{key} = {}\n", kind.default());
    }
    for section in SECTIONS {
        let _ = writeln!(text, "# {}\n[{section}]", setting_help(section, lang));
        match section {
            "libraries" => text.push_str("# beijing = [\"~/notices/beijing\"]\n\n"),
            _ => push_keys(&mut text, lang),
        }
    }
    text
}

fn push_keys(text: &mut String, lang: Lang) {
    let list = |keys: &[&str]| {
        let quoted: Vec<String> = keys.iter().map(|key| format!("\"{key}\"")).collect();
        quoted.join(", ")
    };
    let mut typing = String::from("\n[keys.typing]\n");
    for entry in ACTIONS {
        let help = entry.help(lang);
        if !entry.keys.is_empty() {
            let _ = writeln!(text, "# {help}\n# {} = [{}]", entry.name, list(entry.keys));
        }
        if !entry.typing.is_empty() {
            let _ = writeln!(typing, "# {help}\n# {} = [{}]", entry.name, list(entry.typing));
        }
    }
    text.push_str(&typing);
}

/// The table of settings as the README has it, in Markdown.
pub(crate) fn page(lang: Lang) -> String {
    let heads = ["setting_head", "values_head", "setting_does_head"];
    let heads = heads.map(|head| text(lang, &format!("page.{head}")));
    let head = format!("| {} |\n| --- | --- | --- |\n", heads.join(" | "));
    let row = |Setting { key, kind, .. }: &Setting| {
        let values = match kind {
            Kind::Choice(_) => kind.allowed(),
            Kind::Number(..) | Kind::Switch(_) => format!("{}; {}", kind.default(), kind.allowed()),
        };
        format!("| `{key}` | {values} | {} |\n", setting_help(key, lang))
    };
    let section =
        |section: &str| format!("| `[{section}]` | | {} |\n", setting_help(section, lang));
    let rows: String = TABLE.iter().map(row).collect();
    format!("{head}{rows}{}", SECTIONS.map(section).concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::file::read;
    use std::path::Path;

    #[test]
    fn the_file_of_defaults_sets_every_setting_to_what_it_is() {
        for lang in [Lang::English, Lang::Chinese] {
            let text = defaults(lang);
            let settings = read(Path::new("config.toml"), &text).expect("well formed");
            for setting in TABLE {
                assert_eq!(settings.given(setting.name), setting.kind.default(), "{}", setting.key);
            }
            // The keys are comments there; uncommented they are the default keys.
            let bound = text.replace("\n# ", "\n").replace("beijing = ", "# ");
            let keys = bound.split("[keys]").nth(1).unwrap_or_default();
            let lines = keys.lines().filter(|line| line.contains(" = [") || line.starts_with('['));
            let keys = format!("[keys]\n{}", lines.collect::<Vec<_>>().join("\n"));
            let settings = read(Path::new("config.toml"), &keys).expect("well formed");
            assert_eq!(settings.keymap, Default::default());
        }
    }

    #[test]
    fn the_readmes_have_the_table_as_it_is() {
        for (lang, readme) in [
            (Lang::English, include_str!("../../../../README.md")),
            (Lang::Chinese, include_str!("../../../../README.zh.md")),
        ] {
            let readme = readme.replace("\r\n", "\n");
            let table = readme.split("<!-- settings -->\n").nth(1).unwrap_or_default();
            assert_eq!(table, page(lang), "cargo run -- --lang … config --page prints it");
        }
    }
}
