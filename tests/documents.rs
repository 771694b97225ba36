//! The documents agree with the tree: files that they name exist, and no test is left out.

use std::collections::BTreeSet;
use std::path::Path;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn files_named_in_the_glossary_exist() {
    let glossary = include_str!("../docs/glossary.md");
    let mut count = 0;
    for row in glossary.lines().filter(|line| line.starts_with("| ")) {
        let place = row.trim_end_matches([' ', '|']).rsplit("| ").next().unwrap();
        let Some(path) = place.strip_prefix('`').and_then(|path| path.strip_suffix('`')) else {
            continue;
        };
        assert!(root().join(path).is_file(), "{row}");
        count += 1;
    }
    assert!(count > 40, "{count}");
}

/// True where `name`, a path or the name of a file, is in the tree; in ARCHITECTURE.md paths begin in
/// the folder that its part is about.
fn is_in_the_tree(name: &str, files: &BTreeSet<String>) -> bool {
    let name = name.trim_end_matches('/');
    let is_it = |path: &String| {
        let path = path.strip_suffix(".rs").filter(|_| !name.ends_with(".rs")).unwrap_or(path);
        path == name || path.ends_with(&format!("/{name}"))
    };
    root().join(name).exists() || root().join("src").join(name).is_dir() || files.iter().any(is_it)
}

fn collect(folder: &Path, files: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            files.insert(path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/"));
        }
    }
}

#[test]
fn files_named_in_the_architecture_exist() {
    let mut files = BTreeSet::new();
    collect(&root().join("src"), &mut files);
    let mut count = 0;
    for name in ["ARCHITECTURE.md", "CONTRIBUTING.md"] {
        let text = std::fs::read_to_string(root().join(name)).unwrap();
        let quoted = text.split('`').skip(1).step_by(2);
        let is_path = |word: &&str| {
            let letters = word.chars().all(|c| c.is_ascii_lowercase() || "_./".contains(c));
            let ends = [".rs", ".toml", ".tsv"].iter().any(|end| word.ends_with(end));
            letters
                && !word.contains("//")
                && (ends || word.contains('/'))
                && !word.starts_with('.')
        };
        for path in quoted.filter(is_path) {
            assert!(is_in_the_tree(path, &files), "{name} names {path}");
            count += 1;
        }
    }
    assert!(count > 60, "{count}");
}

#[test]
fn every_file_of_tests_is_a_module_of_the_one_binary() {
    let main = include_str!("main.rs");
    for entry in std::fs::read_dir(root().join("tests")).unwrap() {
        let path = entry.unwrap().path();
        let stem = path.file_stem().unwrap().to_str().unwrap().to_owned();
        if path.extension().is_some_and(|e| e == "rs") && stem != "main" {
            assert!(main.contains(&format!("\nmod {stem};\n")), "tests/main.rs lacks {stem}");
        }
    }
}

#[test]
fn links_between_documents_lead_to_files() {
    for name in ["README.md", "README.zh.md", "ARCHITECTURE.md", "CONTRIBUTING.md"] {
        let text = std::fs::read_to_string(root().join(name)).unwrap();
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let path = link.split('#').next().unwrap();
            if !path.is_empty() && !link.contains("://") {
                assert!(root().join(path).exists(), "{name}: {link}");
            }
        }
    }
}

/// The lines of a page outside code blocks, and the blocks.
fn parts(page: &str) -> (Vec<String>, Vec<String>) {
    let (mut lines, mut blocks) = (Vec::new(), Vec::new());
    let mut block: Option<String> = None;
    for line in page.lines() {
        match (&mut block, line.starts_with("```")) {
            (None, true) => block = Some(String::new()),
            (None, false) => lines.push(line.to_owned()),
            (Some(_), true) => blocks.extend(block.take()),
            (Some(text), false) => *text = format!("{text}{line}\n"),
        }
    }
    (lines, blocks)
}

/// What is in backticks in these lines.
fn code(lines: &[String]) -> BTreeSet<String> {
    let spans = lines.iter().flat_map(|line| line.split('`').skip(1).step_by(2));
    spans.map(|span| span.trim().to_owned()).filter(|span| !span.is_empty()).collect()
}

#[test]
fn both_readmes_have_the_same_parts() {
    let (english, english_blocks) = parts(include_str!("../README.md"));
    let (chinese, chinese_blocks) = parts(include_str!("../README.zh.md"));
    assert_eq!(english_blocks, chinese_blocks);
    let headings = |lines: &[String]| -> Vec<usize> {
        let heads = lines.iter().filter(|line| line.starts_with('#'));
        heads.map(|line| line.split(' ').next().unwrap_or_default().len()).collect()
    };
    assert_eq!(headings(&english), headings(&chinese));
    let bullets = |lines: &[String]| lines.iter().filter(|line| line.starts_with("- ")).count();
    assert_eq!(bullets(&english), bullets(&chinese));
    // Rows of tables, each by the code of its first cell.
    let rows = |lines: &[String]| -> Vec<BTreeSet<String>> {
        let rows = lines.iter().filter_map(|line| line.strip_prefix("| "));
        rows.map(|row| code(&[row.split(" | ").next().unwrap_or_default().to_owned()])).collect()
    };
    assert_eq!(rows(&english), rows(&chinese));
    assert!(rows(&english).len() > 90, "{}", rows(&english).len());
    // Options, files and commands named in one are named in the other, and so are links.
    let named = |lines: &[String]| -> BTreeSet<String> {
        let is_named = |span: &String| span.starts_with(['-', '.', '~']) || span.len() == 1;
        code(lines).into_iter().filter(is_named).collect()
    };
    assert_eq!(named(&english), named(&chinese));
    let links =
        |lines: &[String]| lines.iter().map(|line| line.matches("](").count()).sum::<usize>();
    assert_eq!(links(&english), links(&chinese));
}

#[test]
fn the_readme_lists_every_command() {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_wenmai"))
        .args(["--no-config", "--lang", "en", "--help"])
        .output()
        .unwrap();
    let help = String::from_utf8(output.stdout).unwrap();
    let commands = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let commands: Vec<&str> = commands
        .lines()
        .filter(|row| !row.starts_with("   "))
        .filter_map(|row| row.split_whitespace().next())
        .collect();
    assert!(commands.len() > 25, "{commands:?}");
    let (readme, _) = parts(include_str!("../README.md"));
    for command in commands.into_iter().filter(|command| *command != "help") {
        let named = |row: &&String| {
            row.starts_with("| `wenmai ")
                && [' ', '`'].iter().any(|end| row.contains(&format!("`wenmai {command}{end}")))
        };
        assert_eq!(readme.iter().filter(named).count(), 1, "{command}");
    }
}
