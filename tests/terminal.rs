//! The program in a real pseudo-terminal, read as a terminal reads it. Nothing sleeps: every step
//! waits for a text on the screen.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first surprise")]

use std::io::{Read, Write};
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// Longer than any machine needs; only a failing test waits so long.
const PATIENCE: Duration = Duration::from_secs(60);

/// A place below which nobody can make a folder, not even root: a file.
const NO_FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");

struct Terminal {
    screen: vt100::Parser,
    output: Receiver<Vec<u8>>,
    keys: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
}

impl Terminal {
    fn start(columns: u16, rows: u16, arguments: &[&str]) -> Self {
        // Without a folder to write in the reader goes on, and nothing of one test meets another.
        Self::start_in(Path::new(NO_FOLDER), (columns, rows), arguments)
    }

    fn start_in(data: &Path, (columns, rows): (u16, u16), arguments: &[&str]) -> Self {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_wenmai"));
        command.env("XDG_CACHE_HOME", env!("CARGO_TARGET_TMPDIR"));
        command.args(["--lang", "zh"]);
        command.args(arguments);
        command.env("TERM", "xterm-256color");
        command.env("LC_ALL", "C.UTF-8");
        command.env("XDG_DATA_HOME", data);
        command.env("XDG_CONFIG_HOME", data);
        command.env_remove("WENMAI_LIBRARY");
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (send, output) = channel();
        std::thread::spawn(move || {
            let mut bytes = [0; 65536];
            while let Ok(count @ 1..) = reader.read(&mut bytes) {
                let _ = send.send(bytes.get(..count).unwrap_or_default().to_vec());
            }
        });
        let keys = pair.master.take_writer().unwrap();
        let screen = vt100::Parser::new(nonzero(rows), nonzero(columns), 0);
        Self { screen, output, keys, child, master: pair.master }
    }

    /// Types `keys` as the terminal would send them.
    fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    fn resize(&mut self, columns: u16, rows: u16) {
        self.screen.screen_mut().set_size(nonzero(rows), nonzero(columns));
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        self.master.resize(size).unwrap();
    }

    /// Reads what the program draws until `seen` holds of the screen.
    fn wait(&mut self, what: &str, seen: impl Fn(&str) -> bool) -> String {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let text = self.screen.screen().contents();
            if seen(&text) {
                return text;
            }
            let left = deadline.saturating_duration_since(Instant::now());
            match self.output.recv_timeout(left) {
                Ok(bytes) => self.screen.process(&bytes),
                Err(_) => panic!("waited for {what}; the screen was:\n{text}"),
            }
        }
    }

    fn wait_for(&mut self, text: &str) -> String {
        self.wait(text, |screen| screen.contains(text))
    }

    /// Reads on until the program has ended; whether it ended well.
    fn end(mut self) -> (bool, vt100::Parser) {
        while let Ok(bytes) = self.output.recv_timeout(PATIENCE) {
            self.screen.process(&bytes);
        }
        (self.child.wait().unwrap().success(), self.screen)
    }
}

fn nonzero(cells: u16) -> std::num::NonZeroU16 {
    std::num::NonZeroU16::new(cells).unwrap()
}

#[test]
fn a_theme_leads_from_the_beijing_text_to_the_shanghai_text_and_back() {
    let mut terminal = Terminal::start(120, 36, &[]);
    terminal.wait_for("北京市市场监管局近日发布");
    terminal.wait_for("人工智能      ");
    // The pane of themes, its best theme, the next text that speaks of it.
    terminal.press("3");
    terminal.press("\r");
    let screen = terminal.wait_for("截至2021年底");
    assert!(screen.contains("“上海标准”行动计划发布"), "{screen}");
    terminal.press("\x0F");
    terminal.wait_for("北京市市场监管局近日发布");
    terminal.press("q");
    let (well, screen) = terminal.end();
    assert!(well);
    assert!(!screen.screen().alternate_screen() && !screen.screen().hide_cursor());
}

#[test]
fn the_paragraph_on_top_stays_there_when_the_terminal_changes_its_size() {
    let mut terminal = Terminal::start(60, 16, &[]);
    terminal.wait_for("北京市市场监管局近日发布");
    // Paragraph by paragraph to the second one, on a screen that is drawn anew.
    terminal.press("}}\x0C");
    for (columns, rows) in [(30, 8), (200, 50), (120, 36)] {
        terminal.resize(columns, rows);
        terminal.wait("the second paragraph on top", |screen| {
            let first = screen.lines().find(|row| row.contains("标准验证点"));
            first.is_some_and(|row| row.contains("标准验证点是对标准"))
                && screen.lines().take(2).any(|row| row.contains("标准验证点是对标准"))
        });
    }
    terminal.press("q");
    assert!(terminal.end().0);
}

#[test]
fn the_reader_opens_again_at_the_paragraph_where_it_was_left_however_it_ended() {
    let data = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::start_in(data.path(), (60, 16), &[]);
    terminal.wait_for("北京市市场监管局近日发布");
    terminal.press("}}\x0Cma");
    terminal.wait_for("标记 a");
    // Killed, not quit.
    terminal.child.kill().unwrap();
    terminal.end();
    let mut terminal = Terminal::start_in(data.path(), (120, 36), &[]);
    terminal.wait_for("标准验证点是对标准");
    let second =
        |screen: &str| screen.lines().take(2).any(|row| row.contains("a    标准验证点是对标准"));
    terminal.wait("the second paragraph on top with its mark", second);
    terminal.press("q");
    assert!(terminal.end().0);
}

#[test]
fn without_a_folder_to_write_in_the_reader_says_so_and_goes_on() {
    let mut terminal = Terminal::start(120, 36, &[]);
    terminal.wait_for("位置与笔记仅在退出前有效");
    terminal.press("maj'a");
    terminal.wait_for("北京市市场监管局近日发布");
    terminal.press("q");
    assert!(terminal.end().0);
}
