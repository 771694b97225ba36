//! The table of keys: of every action the keys that it has now, for help, hints and the README.

use super::action::{ActionSpec, TABLE};
use super::keymap::{Keymap, Mode};
use super::lang::Lang;
use super::locales::text;

/// The keys that `entry` has in `keymap`: those for reading, or else those for typing.
pub(crate) fn live_keys<'k>(entry: &ActionSpec, keymap: &'k Keymap) -> &'k [String] {
    match keymap.names(Mode::Reading, entry.action) {
        [] => keymap.names(Mode::Typing, entry.action),
        keys => keys,
    }
}

/// The key table of the README, in Markdown, with the keys of `keymap`.
pub(crate) fn markdown(lang: Lang, keymap: &Keymap) -> String {
    let (keys, does) = (text(lang, "page.keys_head"), text(lang, "page.does_head"));
    let reading = |entry: &ActionSpec| keymap.names(Mode::Reading, entry.action).to_vec();
    let rows = TABLE.iter().map(|entry| (entry, reading(entry)));
    let rows = rows.filter(|(_, keys)| !keys.is_empty()).map(|(entry, keys)| {
        let keys: Vec<String> = keys.iter().map(|key| code(key)).collect();
        format!("| {} | {} |\n", keys.join(" "), entry.help(lang))
    });
    format!("| {keys} | {does} |\n| --- | --- |\n{}", rows.collect::<String>())
}

/// A key as code in Markdown; a backtick needs two around it.
fn code(key: &str) -> String {
    if key.contains('`') { format!("`` {key} ``") } else { format!("`{key}`") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_readmes_have_the_key_table_as_it_is() {
        for (lang, readme) in [
            (Lang::English, include_str!("../../../../README.md")),
            (Lang::Chinese, include_str!("../../../../README.zh.md")),
        ] {
            let readme = readme.replace("\r\n", "\n");
            let table = readme.split("<!-- keys -->\n").nth(1).unwrap_or_default();
            let keys = markdown(lang, &Keymap::default());
            assert_eq!(table, keys, "cargo run -- --lang … keys prints it");
        }
    }

    #[test]
    fn the_key_table_lists_every_key_of_the_reader() {
        let table = markdown(Lang::English, &Keymap::default());
        for entry in TABLE {
            for key in entry.keys {
                assert!(table.contains(&code(key)), "{key}");
            }
        }
    }
}
