//! The documents agree with the tree: files that they name exist, and no test is left out.

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
