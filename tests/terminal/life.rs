//! The life of a terminal: taken, given back whatever the end is, or never taken.

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::channel;
use std::time::Duration;

use super::harness::{ESC, NO_FOLDER, Terminal, abandoned, program};

const FIRST: &str = "近日，市场监管总局发布";

/// True where every mode that the reader sets is off again.
fn is_given_back(terminal: &Terminal) -> bool {
    let screen = terminal.screen.screen();
    let paste = screen.bracketed_paste();
    let mouse = screen.mouse_protocol_mode() != vt100::MouseProtocolMode::None;
    !screen.alternate_screen() && !screen.hide_cursor() && !paste && !mouse
}

#[test]
fn leaving_gives_the_terminal_back() {
    let mut terminal = Terminal::start(80, 24, &[]);
    terminal.wait_for(FIRST);
    assert!(!is_given_back(&terminal));
    terminal.press("q");
    assert!(terminal.finish().success());
    assert!(is_given_back(&terminal));
}

#[test]
fn a_signal_gives_the_terminal_back_before_it_ends_the_program() {
    for signal in ["TERM", "HUP", "INT", "QUIT"] {
        let mut terminal = Terminal::start(80, 24, &[]);
        terminal.wait_for(FIRST);
        terminal.signal(signal);
        let status = terminal.finish();
        assert!(!status.success(), "{signal}");
        assert!(is_given_back(&terminal), "{signal}");
    }
}

#[test]
fn a_panic_gives_the_terminal_back_and_is_told_on_a_line_of_its_own() {
    // https://github.com/crossterm-rs/crossterm/issues/368
    let mut command = program(Path::new(NO_FOLDER));
    command.env("WENMAI_FAULT", "panic");
    let mut terminal = Terminal::spawn(command, (80, 24));
    terminal.wait_for(FIRST);
    terminal.press("\x1B[24~");
    let status = terminal.finish();
    assert!(!status.success());
    assert!(is_given_back(&terminal));
    let said = terminal.screen.screen().contents();
    let line = said.lines().find(|line| line.contains("panicked"));
    assert!(line.is_some_and(|line| line.starts_with("thread")), "{said}");
}

#[test]
fn without_its_terminal_the_program_ends() {
    let mut child = abandoned(FIRST);
    let (send, ended) = channel();
    std::thread::spawn(move || send.send(child.wait()));
    assert!(ended.recv_timeout(Duration::from_secs(60)).is_ok(), "it runs on without a terminal");
}

#[cfg(target_os = "linux")]
#[test]
fn stopped_the_shell_has_its_terminal_and_continued_the_reader_draws_everything() {
    // https://github.com/helix-editor/helix/issues/1877
    for other_size in [None, Some((60, 20))] {
        let mut terminal = Terminal::start(80, 24, &[]);
        terminal.wait_for(FIRST);
        terminal.press("\x1A");
        let id = terminal.child.process_id().unwrap();
        let state = || std::fs::read_to_string(format!("/proc/{id}/stat")).unwrap();
        while !state().contains(") T ") {
            std::thread::yield_now();
        }
        terminal.wait("a screen without the reader", |screen| !screen.contains(FIRST));
        assert!(is_given_back(&terminal));
        if let Some((columns, rows)) = other_size {
            terminal.resize(columns, rows);
        }
        terminal.signal("CONT");
        let screen = terminal.wait_for(FIRST);
        let (columns, rows) = other_size.unwrap_or((80, 24));
        assert!(screen.lines().count() <= rows.into() && columns > 0, "{screen}");
        terminal.press("q");
        assert!(terminal.finish().success());
    }
}

#[test]
fn a_flood_of_sizes_ends_in_the_right_screen_and_no_key_is_lost() {
    // https://github.com/MitMaro/git-interactive-rebase-tool/pull/652
    let mut terminal = Terminal::start(80, 24, &[]);
    terminal.wait_for(FIRST);
    for step in 0..1000u16 {
        terminal.resize(40 + step % 80, 24);
        if step == 500 {
            terminal.press("}");
        }
    }
    terminal.resize(100, 30);
    terminal.press("}\x0C");
    // Two keys: the third paragraph.
    terminal.wait("the cursor beside the third paragraph", |screen| {
        screen.lines().any(|row| row.contains("▌    《意见》提出"))
    });
    terminal.press("q");
    assert!(terminal.finish().success());
}

/// The program without a terminal; its exit code and what it said.
fn alone(term: Option<&str>) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wenmai"));
    command
        .args(["--lang", "en"])
        .env("XDG_CACHE_HOME", env!("CARGO_TARGET_TMPDIR"))
        .env_remove("WENMAI_LIBRARY")
        .stdin(Stdio::null());
    match term {
        Some(term) => command.env("TERM", term),
        None => command.env_remove("TERM"),
    };
    let output = command.output().unwrap();
    assert!(!output.stdout.contains(&0x1B) && !output.stderr.contains(&0x1B));
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn where_no_terminal_is_the_reader_says_so_and_sends_no_escape() {
    for term in [Some("xterm"), Some("dumb"), None] {
        let (code, said) = alone(term);
        assert_eq!(code, Some(2));
        assert!(said.contains("wenmai list"), "{said}");
    }
}

#[test]
fn a_terminal_that_cannot_place_text_is_refused_without_an_escape() {
    // https://github.com/openai/codex/pull/9293
    for term in [Some("dumb"), None] {
        let mut command = program(Path::new(NO_FOLDER));
        match term {
            Some(term) => command.env("TERM", term),
            None => command.env_remove("TERM"),
        }
        let mut terminal = Terminal::spawn(command, (80, 24));
        assert_eq!(terminal.finish().exit_code(), 2);
        assert!(!terminal.sent.contains(&0x1B), "{term:?}");
        assert!(terminal.screen.screen().contents().contains("wenmai list"));
    }
}

#[test]
fn a_locale_without_unicode_gets_borders_of_ascii() {
    // https://github.com/gyscos/cursive/issues/13
    for (locale, lines) in [("C", false), ("POSIX", false), ("C.UTF-8", true), ("zh_CN.utf8", true)]
    {
        let mut command = program(Path::new(NO_FOLDER));
        command.env("LC_ALL", locale);
        let mut terminal = Terminal::spawn(command, (80, 24));
        let screen = terminal.wait_for(FIRST);
        assert_eq!(screen.contains('─') || screen.contains('│'), lines, "{locale}:\n{screen}");
        terminal.press("q");
        assert!(terminal.finish().success(), "{locale}");
    }
}

#[test]
fn a_paste_of_a_million_characters_is_taken_once() {
    let mut terminal = Terminal::start(80, 24, &[]);
    terminal.wait_for(FIRST);
    terminal.press("s");
    terminal.wait_for("全文检索");
    let paste = format!("\x1B[200~{}\x1B[201~", "标准\x1B[2J化".repeat(100_000));
    terminal.press(&paste);
    terminal.wait_for("标准化标准化");
    terminal.press(ESC);
    terminal.wait_for(FIRST);
    terminal.press("q");
    assert!(terminal.finish().success());
    assert!(is_given_back(&terminal));
}

#[test]
fn keys_that_come_faster_than_they_are_read_all_arrive() {
    // https://github.com/crossterm-rs/crossterm/pull/1057
    let mut terminal = Terminal::start(80, 24, &[]);
    terminal.wait_for(FIRST);
    terminal.press(&format!("{}s末", "jk".repeat(1500)));
    terminal.wait_for("> 末");
    terminal.press(&format!("{ESC}q"));
    assert!(terminal.finish().success());
}

#[test]
fn the_cursor_stands_where_the_next_character_goes() {
    // https://github.com/CodebuffAI/freebuff/issues/1128
    let mut terminal = Terminal::start(80, 24, &[]);
    terminal.wait_for(FIRST);
    terminal.press("/");
    terminal.press("标准");
    terminal.wait_for("查找：标准");
    // The cursor is placed behind the text of a frame, perhaps in the next piece that is read.
    terminal.wait_until("the cursor behind what was typed", |screen| {
        let (row, column) = screen.cursor_position();
        let before = screen.contents_between(row, 0, row, column);
        !screen.hide_cursor() && before.ends_with("标准")
    });
    terminal.press(ESC);
    terminal.press("Q");
    assert!(terminal.finish().success());
}

#[test]
fn sizes_that_no_screen_has_are_survived_and_left_behind() {
    // https://github.com/lablup/all-smi/issues/326
    for (columns, rows) in [(0, 0), (1, 1), (2, 1), (1, 50), (5, 3), (10_000, 10_000)] {
        let mut terminal = Terminal::start(columns, rows, &[]);
        // What is typed before the reader has the terminal is edited as a line of the shell's.
        terminal.wait_until("the reader to have the terminal", vt100::Screen::alternate_screen);
        // A document, a search and a comparison are opened without a word.
        for keys in ["s", "标准", ESC, "c", "\r", "q", "x", "q"] {
            terminal.press(keys);
        }
        terminal.resize(120, 36);
        terminal.wait_for("共同主题");
        terminal.press("Q");
        assert!(terminal.finish().success(), "{columns}×{rows}");
    }
}
