//! Whatever a person reads follows `--lang`: under English no Chinese but examples and the texts' own,
//! under Chinese no English sentence. The texts of this library are English, so that the first holds
//! for everything that is printed.

use std::path::Path;
use std::process::{Command, Output, Stdio};

/// Words of Chinese texts in help and messages: names, and examples of what to type.
const EXAMPLES: [&str; 13] = [
    "文脉",
    "人工智能",
    "题名",
    "原文",
    "上海",
    "国务院",
    "第十条之一",
    "全国",
    "研发投入强度",
    "研发经费投入强度",
    "旧",
    "新",
    "甲",
];

fn is_han(c: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&c)
}

fn wenmai(folder: &Path, lang: &str, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wenmai"));
    for variable in ["XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "HOME"] {
        command.env(variable, folder.join("home"));
    }
    command.args(["--lang", lang]).args(arguments).current_dir(folder);
    command.env_remove("WENMAI_LIBRARY").stdin(Stdio::null()).output().unwrap()
}

/// A folder with a library of two English texts and some files that cannot be read.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, text: &[u8]| std::fs::write(folder.path().join(name), text).unwrap();
    for name in ["library", "home", "images"] {
        std::fs::create_dir(folder.path().join(name)).unwrap();
    }
    let text = |year: u32| {
        format!(
            "# Plan of the port\n\nThe harbour board builds a new quay and repairs the old one by \
             {year}.\n\nThe harbour board reports every year to the council of the town.\n"
        )
    };
    put("library/first.md", text(2024).as_bytes());
    put("library/second.md", text(2025).as_bytes());
    put("images/only.txt", b"\x89PNG\r\n\x1a\n0000");
    put("unknown.toml", b"colour = 3\n");
    put("value.toml", b"measure = 500\n");
    put("syntax.toml", b"measure = \n");
    put("keys.toml", b"[keys]\ndown = \"Ctl-x\"\nfly = \"f\"\n");
    put("subjects.toml", "[[subject]]\nname = \"a\"\n".as_bytes());
    put("rows.jsonl", b"{\"file\": 3}\n");
    put("notes.md", b"nothing\n");
    put("home/feed.xml", b"<p>no feed</p>");
    folder
}

#[test]
fn english_output_has_no_chinese_of_the_program() {
    let folder = folder();
    let mut asked: Vec<Vec<&str>> = [
        "list",
        "show first",
        "outline first",
        "themes",
        "themes --all",
        "citations",
        "xref quay",
        "topics quay",
        "search quay",
        "search nothing-of-this",
        "keys",
        "passages",
        "compare first second",
        "diff first second",
        "editions",
        "trace quay",
        "lineage first",
        "borrowed",
        "matrix",
        "matrix --gaps",
        "index --stats",
        "formats",
        "doctor",
        "config",
        "config --defaults",
        "config --page",
        "notes",
        "targets --kind all",
        "export quay",
        "completions bash",
        "man",
        "help notes export",
        "--help",
        "--version",
    ]
    .map(|line| line.split(' ').collect())
    .into();
    let commands = help_of_commands(folder.path());
    asked.extend(commands.iter().map(|command| vec![command.as_str(), "--help"]));
    assert!(asked.len() > 55, "{}", asked.len());
    for arguments in asked.iter().chain(&wrong()) {
        let output = wenmai(folder.path(), "en", &with_library(arguments));
        let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
        let mut said = said.concat();
        for example in EXAMPLES {
            said = said.replace(example, "");
        }
        let line = said.lines().find(|line| line.chars().any(is_han));
        assert_eq!(line, None, "{arguments:?}");
    }
}

#[test]
fn chinese_errors_have_no_english_sentence() {
    let folder = folder();
    for arguments in wrong() {
        let output = wenmai(folder.path(), "zh", &with_library(&arguments));
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
        assert!(said.chars().any(is_han), "{arguments:?}: {said}");
        let sentence = said.lines().find(|line| is_english(line));
        assert_eq!(sentence, None, "{arguments:?}: {said}");
        // What is wrong, and the way out.
        assert!(
            said.lines().count() > 1 || said.contains(['；', '，', '：']),
            "{arguments:?}: {said}"
        );
    }
}

/// Wrong input of every kind; each ends with 2.
fn wrong() -> Vec<Vec<&'static str>> {
    [
        "list --jsn",
        "show",
        "show first second",
        "show nothing-of-this",
        "show first --width 0",
        "list --lang fr",
        "list --max-size much",
        "list --column text",
        "list --column colour=x",
        "list --json --json",
        "topics quay --limit many",
        "search date:soon",
        "search colour:red",
        "search --regex (",
        "search quay --since soon",
        "trace quay --until soon",
        "xref quay --region Nowhere",
        "passages --region Nowhere",
        "targets --region Nowhere",
        "export quay --region Nowhere",
        "matrix --gaps --against Nowhere",
        "compare first first",
        "compare first",
        "diff first",
        "diff first nothing-of-this",
        "diff first second --match 1",
        "diff first second --match 88=99",
        "lineage first#99",
        "notes frobnicate",
        "notes import notes.md",
        "notes import missing.md",
        "check library --expected rows.jsonl",
        "check library --expected missing.jsonl",
        "add ftp://example.org/x --to home",
        "add http:// --to home",
        "add missing.html --to home",
        "add home/feed.xml --feed --to home",
        "--config missing.toml list",
        "--config unknown.toml list",
        "--config value.toml list",
        "--config syntax.toml list",
        "--config keys.toml list",
        "--themes subjects.toml themes",
        "--themes syntax.toml themes",
        "-L missing list",
        "-L images list",
        "help frobnicate",
    ]
    .map(|line| line.split(' ').collect())
    .into()
}

/// The arguments, with the library of this test where they name none.
fn with_library<'a>(arguments: &[&'a str]) -> Vec<&'a str> {
    if arguments.contains(&"-L") {
        arguments.to_vec()
    } else {
        [&["-L", "library"], arguments].concat()
    }
}

/// True where three English words follow one another; the program's own name begins an example.
fn is_english(line: &str) -> bool {
    let words: Vec<&str> = line.split(' ').collect();
    let is_word = |word: &str| {
        word.len() > 1
            && word.trim_end_matches([',', '.', ';', ':']).chars().all(|c| c.is_ascii_alphabetic())
    };
    words
        .windows(3)
        .any(|three| three.iter().all(|word| is_word(word)) && !three.contains(&"wenmai"))
}

/// The names of the commands, as help lists them.
fn help_of_commands(folder: &Path) -> Vec<String> {
    let help = String::from_utf8(wenmai(folder, "en", &["--help"]).stdout).unwrap();
    let commands = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    commands
        .lines()
        .filter(|row| !row.starts_with("   "))
        .filter_map(|row| row.split_whitespace().next())
        .map(str::to_owned)
        .collect()
}
