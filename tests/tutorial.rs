//! The tutorial does what it says: every command prints the lines below it, and after every row of
//! keys the screen shows what stands beside them.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use scraper::{Html, Selector};

/// The pages, each with the language of its interface.
const TUTORIALS: [(&str, &str); 2] =
    [("en", include_str!("../docs/tutorial.md")), ("zh", include_str!("../docs/tutorial.zh.md"))];

fn wenmai(folder: &Path, lang: &str, arguments: &[String]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wenmai"));
    command.args(["--no-config", "--lang", lang]).args(arguments).current_dir(folder);
    command
        .env("XDG_CACHE_HOME", env!("CARGO_TARGET_TMPDIR"))
        .env_remove("WENMAI_LIBRARY")
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

/// The words of a command line in which quotation marks are the only sign of a shell.
fn words(line: &str) -> Vec<String> {
    let parts = line.split('\'').enumerate();
    let words = parts.flat_map(|(at, part)| match at % 2 {
        0 => part.split_whitespace().map(str::to_owned).collect::<Vec<_>>(),
        _ => vec![part.to_owned()],
    });
    words.collect()
}

#[test]
fn every_command_prints_the_lines_below_it() {
    TUTORIALS.iter().for_each(|(lang, tutorial)| run_commands(lang, tutorial));
}

fn run_commands(lang: &str, tutorial: &str) {
    let folder = tempfile::tempdir().unwrap();
    let page =
        "<title>关于加快低空经济发展的通知</title><body><p>各有关单位：现就有关事项通知如下。</p>";
    std::fs::write(folder.path().join("page.html"), page).unwrap();
    let editions = [
        ("渔港条例-2010.md", include_str!("../docs/editions/渔港条例-2010.md")),
        ("渔港条例-2024.md", include_str!("../docs/editions/渔港条例-2024.md")),
    ];
    for (name, text) in editions {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let blocks = tutorial.split("```").enumerate().filter(|(at, _)| at % 2 == 1);
    let mut tried = 0;
    for (_, block) in blocks {
        for command in block.split("$ wenmai").skip(1) {
            let (line, wanted) = command.split_once('\n').unwrap();
            if line.is_empty() {
                continue;
            }
            let output = wenmai(folder.path(), lang, &words(line));
            let printed = String::from_utf8(output.stdout).unwrap();
            // Two editions that differ end with 1.
            let expected = i32::from(line.starts_with(" diff "));
            assert_eq!(output.status.code(), Some(expected), "wenmai{line}");
            for wanted in wanted.lines().filter(|line| !line.is_empty()) {
                assert!(printed.contains(wanted), "wenmai{line}: no {wanted} in\n{printed}");
            }
            tried += 1;
        }
    }
    assert!(tried >= 8, "{tried} commands");
}

/// The text of the picture of the screen after these keys.
fn screen(lang: &str, keys: &str) -> String {
    let output = wenmai(Path::new("."), lang, &["picture".to_owned(), keys.to_owned()]);
    assert_eq!(
        output.status.code(),
        Some(0),
        "{keys}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    let picture = Html::parse_fragment(std::str::from_utf8(&output.stdout).unwrap());
    picture.select(&Selector::parse("svg text").unwrap()).flat_map(|glyph| glyph.text()).collect()
}

#[test]
fn after_the_keys_the_screen_shows_what_the_page_says() {
    TUTORIALS.iter().for_each(|(lang, tutorial)| press_keys(lang, tutorial));
}

fn press_keys(lang: &str, tutorial: &str) {
    let mut tried = 0;
    for comment in tutorial.split("<!-- after \"").skip(1) {
        let (keys, shown) = comment.split_once("\": ").unwrap();
        let shown = shown.split_once(" -->").unwrap().0;
        let screen = screen(lang, keys);
        let shown: String = shown.split_whitespace().collect();
        assert!(screen.contains(&shown), "after {keys}: no {shown} in\n{screen}");
        tried += 1;
    }
    assert!(tried >= 9, "{tried} rows of keys");
}

#[test]
fn the_picture_of_the_reader_in_the_readme_is_what_the_program_draws() {
    let script = include_str!("../.ci/pictures");
    let readmes = [include_str!("../README.md"), include_str!("../README.zh.md")];
    for name in ["reader", "finder", "search", "compare", "matrix"] {
        assert!(script.contains(&format!("draw {name} ")), "{name}");
        for readme in readmes {
            assert!(readme.contains(&format!(".github/pictures/{name}.svg")), "{name}");
        }
    }
}

#[test]
fn the_chinese_readme_lists_the_keys_that_there_are() {
    let output = wenmai(Path::new("."), "zh", &["keys".to_owned()]);
    let keys = String::from_utf8(output.stdout).unwrap();
    let readme = include_str!("../README.zh.md").replace("\r\n", "\n");
    assert!(readme.contains(&keys), "put this between <!-- keys -->:\n{keys}");
}
