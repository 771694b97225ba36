//! Version of a result: a hash of everything that decides it, so that a cache that another program
//! wrote is rebuilt when, and only when, the result would be another one. The build script computes
//! it; it is a pure function of the sources, the tables and texts that are compiled in, and
//! `Cargo.lock`.
//!
//! Decisive are the tokens of the sources without comments and tests, the lines of tables without
//! comments, texts as they are, and the resolved versions of the crates that the sources name.

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// A file that decides a result.
#[derive(Debug, Clone)]
pub(crate) struct SourceFile {
    pub(crate) path: String,
    pub(crate) bytes: Vec<u8>,
}

/// Crates that carry data or run work, and decide nothing.
const NEUTRAL: [&str; 5] = ["rayon", "serde", "thiserror", "memchr", "walkdir"];
/// Crates whose decisive part is another crate that no source names.
const BENEATH: [(&str, &[&str]); 4] = [
    ("html5ever", &["markup5ever", "web_atoms"]),
    ("scraper", &["html5ever", "markup5ever", "selectors"]),
    ("regex", &["regex-automata", "regex-syntax"]),
    ("zip", &["flate2", "miniz_oxide"]),
];

/// The version of what `sources` compute, with the crates that `lock`, a `Cargo.lock`, resolves.
pub(crate) fn version(sources: &[SourceFile], lock: &str) -> String {
    let mut sources: Vec<&SourceFile> = sources.iter().collect();
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    let mut hash = Hash::default();
    let mut names = BTreeSet::new();
    for source in sources.iter().filter(|source| !source.path.ends_with("tests.rs")) {
        hash.add(source.path.replace('\\', "/").as_bytes());
        let text = String::from_utf8_lossy(&source.bytes);
        if source.path.starts_with("seeds") {
            hash.add(&source.bytes);
        } else if source.path.ends_with(".rs") {
            match text.parse::<TokenStream>() {
                Ok(tokens) => add_tokens(&mut hash, &mut names, tokens),
                // The compiler says what is wrong with it.
                Err(_) => hash.add(text.as_bytes()),
            }
        } else {
            let lines =
                text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
            lines.for_each(|line| hash.add(line.as_bytes()));
        }
    }
    for (name, version) in resolved(lock, &names) {
        hash.add(name.as_bytes());
        hash.add(version.as_bytes());
    }
    format!("{:016x}", hash.0)
}

/// Adds `tokens` without attributes of documentation and without what only tests see, and collects
/// their identifiers.
fn add_tokens(hash: &mut Hash, names: &mut BTreeSet<String>, tokens: TokenStream) {
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(sign) if sign.as_char() == '#' => {
                let bang =
                    tokens.next_if(|t| matches!(t, TokenTree::Punct(p) if p.as_char() == '!'));
                let Some(TokenTree::Group(attribute)) = tokens.peek().cloned() else {
                    hash.add(b"#");
                    continue;
                };
                tokens.next();
                let text = attribute.stream().to_string();
                if text == "cfg (test)" || text == "cfg(test)" {
                    skip_item(&mut tokens);
                } else if !text.starts_with("doc") && !is_lint(&text) {
                    hash.add(if bang.is_some() { b"#!" } else { b"#" });
                    add_tokens(hash, names, attribute.stream());
                }
            }
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                hash.add(open.as_bytes());
                add_tokens(hash, names, group.stream());
                hash.add(close.as_bytes());
            }
            TokenTree::Ident(name) => {
                let name = name.to_string();
                hash.add(name.as_bytes());
                names.insert(name);
            }
            other => hash.add(other.to_string().as_bytes()),
        }
    }
}

/// True for an attribute that only steers lints.
fn is_lint(attribute: &str) -> bool {
    ["allow", "expect", "warn", "deny"].iter().any(|lint| {
        attribute.strip_prefix(lint).is_some_and(|rest| rest.trim_start().starts_with('('))
    })
}

/// Skips an item: up to its braces or its semicolon.
fn skip_item(tokens: &mut impl Iterator<Item = TokenTree>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => return,
            TokenTree::Punct(sign) if sign.as_char() == ';' => return,
            _ => {}
        }
    }
}

/// The crates among `names`, and those beneath them, with every version that `lock` resolves.
fn resolved(lock: &str, names: &BTreeSet<String>) -> BTreeSet<(String, String)> {
    let mut packages: BTreeSet<(String, String)> = BTreeSet::new();
    let mut name = String::new();
    for line in lock.lines() {
        let value = |key: &str| Some(line.strip_prefix(key)?.trim().trim_matches('"').to_owned());
        if let Some(found) = value("name = ") {
            name = found;
        } else if let Some(version) = value("version = ") {
            packages.insert((std::mem::take(&mut name), version));
        }
    }
    let named = |package: &str| names.contains(&package.replace('-', "_"));
    let decides = |package: &str| {
        let beneath = BENEATH.iter().any(|(above, below)| named(above) && below.contains(&package));
        (named(package) || beneath) && !NEUTRAL.contains(&package) && package != "wenmai"
    };
    packages.into_iter().filter(|(package, _)| decides(package)).collect()
}

/// FNV-1a with 64 bits (Fowler, Noll and Vo), the same whatever compiles it; a length before each
/// part keeps neighbours apart.
struct Hash(u64);

impl Default for Hash {
    fn default() -> Self {
        Self(0xCBF2_9CE4_8422_2325)
    }
}

impl Hash {
    fn add(&mut self, part: &[u8]) {
        let length = (part.len() as u64).to_le_bytes();
        for byte in length.iter().chain(part) {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEGMENT: &str = "//! Words.\nuse jieba_rs::Jieba;\n\n/// Cuts.\npub fn cut(n: usize) \
        -> usize { n + 1 } // one more\n\n#[cfg(test)]\nmod tests { #[test] fn a() { cut(1); } }\n";
    const LOCK: &str = "[[package]]\nname = \"jieba-rs\"\nversion = \"0.11.0\"\n\n[[package]]\n\
        name = \"indicatif\"\nversion = \"0.30.0\"\n";

    fn of(segment: &str, table: &str, seed: &str, lock: &str) -> String {
        let source = |path: &str, text: &str| SourceFile { path: path.into(), bytes: text.into() };
        let sources = [
            source("src/text/segment.rs", segment),
            source("src/themes/grammar.toml", table),
            source("seeds/000.txt", seed),
        ];
        version(&sources, lock)
    }

    fn base() -> String {
        of(SEGMENT, "# a\nx = 1\n", "# 甲\n", LOCK)
    }

    #[test]
    fn comments_tests_and_lints_change_nothing() {
        for other in [
            SEGMENT.replace("//! Words.", "//! Other words,\n//! in two lines."),
            SEGMENT.replace("/// Cuts.", "/* a block */ #[doc = \"x\"]"),
            SEGMENT.replace("// one more", ""),
            SEGMENT.replace("cut(1);", "cut(2); cut(3);"),
            SEGMENT.replace("\n\n", "\n\n\n   "),
            SEGMENT.replace("pub fn", "#[expect(clippy::unwrap_used, reason = \"r\")] pub fn"),
        ] {
            assert_eq!(of(&other, "# a\nx = 1\n", "# 甲\n", LOCK), base(), "{other}");
        }
        assert_eq!(of(SEGMENT, "# another\n\nx = 1\n", "# 甲\n", LOCK), base());
    }

    #[test]
    fn code_tables_seeds_and_named_crates_change_it() {
        let changed = [
            of(&SEGMENT.replace("n + 1", "n + 2"), "# a\nx = 1\n", "# 甲\n", LOCK),
            of(SEGMENT, "# a\nx = 2\n", "# 甲\n", LOCK),
            of(SEGMENT, "# a\nx = 1\n", "# 乙\n", LOCK),
            of(SEGMENT, "# a\nx = 1\n", "# 甲\n", &LOCK.replace("0.11.0", "0.11.1")),
        ];
        assert!(changed.iter().all(|version| *version != base()), "{changed:?}");
        let other_crate = LOCK.replace("0.30.0", "0.31.0");
        assert_eq!(of(SEGMENT, "# a\nx = 1\n", "# 甲\n", &other_crate), base());
    }

    #[test]
    fn crates_beneath_a_named_one_change_it() {
        let lock = |version: &str| {
            format!("{LOCK}\n[[package]]\nname = \"web_atoms\"\nversion = \"{version}\"\n")
        };
        let code = "use scraper::Html; use html5ever::x;";
        let version = |lock: &str| of(code, "", "", lock);
        assert_ne!(version(&lock("0.1.0")), version(&lock("0.2.0")));
    }

    #[test]
    fn this_program_names_its_crates() {
        let names: BTreeSet<String> =
            ["jieba_rs", "html5ever", "hanconv", "encoding_rs"].map(str::to_owned).into();
        let found = resolved(include_str!("../../Cargo.lock"), &names);
        let found: BTreeSet<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
        let wanted =
            ["encoding_rs", "hanconv", "html5ever", "jieba-rs", "markup5ever", "web_atoms"];
        assert_eq!(found.into_iter().collect::<Vec<_>>(), wanted);
    }
}
