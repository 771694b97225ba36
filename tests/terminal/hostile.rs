//! A library whose every text tries to steer the terminal: bodies, titles, front matter, names of
//! files, and subjects. What the reader and the printing commands send is read byte by byte.

use std::path::Path;
use std::process::{Command, Stdio};

use portable_pty::CommandBuilder;
use wenmai::text::sanitize::is_harmful;

use super::harness::{ESC, NO_FOLDER, Terminal, program};

/// What must not get through, each with a mark by which it would be known.
const ATTACKS: [&str; 14] = [
    "\x1B[2J",
    "\x1B]0;pwned\x07",
    "\x1B]52;c;cHduZWQ=\x07",
    "\x1BPpwned\x1B\\",
    "\x1Bc",
    "\x1B[?1049l",
    "\x1B[6n",
    "\u{9B}31m",
    "\u{9D}0;pwned\u{9C}",
    "\u{202E}",
    "\u{2066}",
    "\u{E0041}",
    "\u{E000}",
    "\x07\x08\x7F",
];

/// Ten texts on the same subjects, each with an attack in all its parts.
fn library() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (at, attack) in ATTACKS.iter().enumerate() {
        let quoted = attack.replace('\x1B', "\\e").replace('\x07', "\\a");
        let marks = "甲\u{301}".to_owned() + &"\u{301}".repeat(500);
        let page = format!(
            "---\ntitle: \"关于{quoted}人工智能产业的通知{at}\"\nauthor: \"{quoted}局\"\n\
             categories: [\"{quoted}\"]\ndate: 2024-01-{:02}\nurl: \"http://a.cn/{quoted}\"\n---\n\n\
             {attack}# 一、总体要求{attack}\n\n支持人工智能、集成电路、脑机接口{attack}等领域，\
             到2027年建成{attack}300个以上的验证点，{marks}抓好落实{attack}。\n\n责任编辑：{attack}某\n",
            at + 1
        );
        let name = format!("{at}{}.md", attack.replace(['/', '\0'], ""));
        std::fs::write(folder.path().join(name), page).unwrap();
    }
    let subjects = "[[subject]]\nname = \"低空\\u001b[2J经济\"\naliases = [\"集成\\u202e电路\"]\n";
    std::fs::write(folder.path().join("themes.toml"), subjects).unwrap();
    folder
}

/// Fails where `sent` holds anything but text, line ends where `lines`, and the sequences that this
/// program needs: cursor, colours, erasing, modes of its own.
fn assert_safe(sent: &[u8], what: &str) {
    // The one question that this program asks: what the terminal's ground is.
    let text = String::from_utf8_lossy(sent).replace("\x1B]11;?\x1B\\", "");
    let mut rest: &str = &text;
    while let Some(at) = rest.find(|c| is_harmful(c) && !matches!(c, '\n' | '\r')) {
        let (before, behind) = rest.split_at(at);
        let around: String =
            before.chars().rev().take(30).collect::<Vec<_>>().into_iter().rev().collect();
        let Some(sequence) = behind.strip_prefix("\x1B[") else {
            panic!("{what}: {:?} behind {around:?}", behind.chars().take(20).collect::<String>());
        };
        let end = sequence.find(|c: char| matches!(c, '@'..='~')).unwrap();
        let (parameters, last) = sequence.split_at(end);
        let last = last.chars().next().unwrap();
        let own = match last {
            'H' | 'm' | 'J' | 'K' | 'A' | 'B' | 'C' | 'D' | 'G' | 'X' => true,
            'h' | 'l' => {
                ["?1049", "?25", "?2004", "?2026", "?1000", "?1002", "?1003", "?1006", "?1015"]
                    .contains(&parameters)
            }
            'u' => parameters.starts_with(['>', '<']),
            _ => false,
        };
        assert!(own, "{what}: the sequence {parameters:?} {last} behind {around:?}");
        rest = sequence.split_at(end + 1).1;
    }
}

#[test]
fn nothing_of_a_document_steers_the_terminal_of_the_reader() {
    let folder = library();
    let mut terminal = Terminal::start(120, 36, &["-L", folder.path().to_str().unwrap()]);
    terminal.wait_for("共同主题");
    for keys in ["3\r", "r", "o", ESC, "t", "rgzn", ESC, "s", "人工", ESC, "K", ESC, "x", "q"] {
        terminal.press(keys);
    }
    for keys in ["p", "q", "c\r", "q", "?", "q", "1jjjj\r", "U", "u", "D", "/集成\r", "B", "q"] {
        terminal.press(keys);
    }
    terminal.press("Q");
    terminal.finish();
    assert_safe(&terminal.sent, "the reader");
}

fn run(folder: &Path, colour: &str, arguments: &[&str]) -> Vec<u8> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wenmai"));
    command.args(arguments).arg("-L").arg(folder).args(["--color", colour]);
    command
        .env("XDG_DATA_HOME", NO_FOLDER)
        .env("XDG_CACHE_HOME", env!("CARGO_TARGET_TMPDIR"))
        .env_remove("WENMAI_LIBRARY")
        .stdin(Stdio::null());
    let output = command.output().unwrap();
    [output.stdout, output.stderr].concat()
}

#[test]
fn nothing_of_a_document_gets_into_what_the_commands_print() {
    let folder = library();
    let attack = "人工\x1B[2J\u{202E}\u{9B}1m";
    let commands: [&[&str]; 30] = [
        &["list"],
        &["list", "--json"],
        &["show", "0"],
        &["show", "3", "--removed"],
        &["show", "4", "--json"],
        &["show", "4", "--raw"],
        &["outline", "2"],
        &["outline", "2", "--json"],
        &["themes"],
        &["themes", "--json"],
        &["themes", "--all"],
        &["xref", "人工智能"],
        &["xref", "人工智能", "--json"],
        &["xref", attack],
        &["topics", "rgzn"],
        &["topics", "rgzn", "--json"],
        &["search", "集成电路"],
        &["search", attack],
        &["search", "--regex", "(\x1B["],
        &["passages"],
        &["passages", "--json"],
        &["compare", "0", "1"],
        &["compare", "0", "1", "--json"],
        &["matrix"],
        &["matrix", "--by", "document"],
        &["targets"],
        &["export", "人工智能"],
        &["export", "人工智能", "--format", "html"],
        &["show", attack],
        &["no-such-command\x1B[2J"],
    ];
    for arguments in commands {
        for colour in ["never", "always"] {
            let sent = run(folder.path(), colour, arguments);
            assert_safe(&sent, &format!("{arguments:?}"));
            if colour == "never" {
                assert!(!sent.contains(&0x1B), "{arguments:?}");
            }
        }
    }
}

#[test]
fn what_a_terminal_would_read_of_the_commands_is_as_safe() {
    let folder = library();
    for arguments in [&["list"][..], &["xref", "人工智能"], &["show", "5"]] {
        let mut command: CommandBuilder = program(Path::new(NO_FOLDER));
        command.args(arguments);
        command.args(["-L", folder.path().to_str().unwrap()]);
        let mut terminal = Terminal::spawn(command, (100, 30));
        terminal.finish();
        assert_safe(&terminal.sent, &format!("{arguments:?}"));
    }
}
