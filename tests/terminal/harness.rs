//! A pseudo-terminal with the program in it: keys go in, and what the program draws is read as a
//! terminal reads it.

use std::io::{Read, Write};
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};

/// Longer than any machine needs; only a failing test waits so long.
const PATIENCE: Duration = Duration::from_secs(60);

/// A place below which nobody can make a folder, not even root: a file.
pub(crate) const NO_FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");

/// The key Esc as terminals send it that tell it from the beginning of other keys: nothing that is
/// typed right behind it becomes Alt and a letter.
pub(crate) const ESC: &str = "\x1B[27u";

/// The program and the terminal that it believes to have.
pub(crate) struct Terminal {
    /// Everything that it has sent.
    pub(crate) sent: Vec<u8>,
    pub(crate) screen: vt100::Parser,
    output: Receiver<Vec<u8>>,
    keys: Box<dyn Write + Send>,
    pub(crate) child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
}

impl Terminal {
    pub(crate) fn start(columns: u16, rows: u16, arguments: &[&str]) -> Self {
        // Without a folder to write in the reader goes on, and nothing of one test meets another.
        Self::start_in(Path::new(NO_FOLDER), (columns, rows), arguments)
    }

    pub(crate) fn start_in(data: &Path, size: (u16, u16), arguments: &[&str]) -> Self {
        let mut command = program(data);
        command.args(arguments);
        Self::spawn(command, size)
    }

    /// Runs `command` in a terminal of that size.
    pub(crate) fn spawn(command: CommandBuilder, (columns, rows): (u16, u16)) -> Self {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
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
        let sent = Vec::new();
        Self { sent, screen, output, keys, child, master: pair.master }
    }

    /// Types `keys` as the terminal would send them.
    pub(crate) fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    pub(crate) fn resize(&mut self, columns: u16, rows: u16) {
        self.screen.screen_mut().set_size(nonzero(rows), nonzero(columns));
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        self.master.resize(size).unwrap();
    }

    /// Reads what the program draws until `seen` holds of the text on the screen, and returns it.
    pub(crate) fn wait(&mut self, what: &str, seen: impl Fn(&str) -> bool) -> String {
        self.wait_until(what, |screen| seen(&screen.contents()));
        self.screen.screen().contents()
    }

    /// Reads what the program draws until `seen` holds of the screen.
    pub(crate) fn wait_until(&mut self, what: &str, seen: impl Fn(&vt100::Screen) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while !seen(self.screen.screen()) {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.output.recv_timeout(left) {
                Ok(bytes) => self.take(&bytes),
                Err(_) => {
                    let text = self.screen.screen().contents();
                    panic!("waited for {what}; the screen was:\n{text}");
                }
            }
        }
    }

    pub(crate) fn wait_for(&mut self, text: &str) -> String {
        self.wait(text, |screen| screen.contains(text))
    }

    /// Reads on until the program has ended; whether it ended well.
    pub(crate) fn end(mut self) -> (bool, vt100::Parser) {
        let success = self.finish().success();
        let size = vt100::Parser::default();
        (success, std::mem::replace(&mut self.screen, size))
    }

    /// Reads on until the program has ended, and how it ended.
    pub(crate) fn finish(&mut self) -> ExitStatus {
        let deadline = Instant::now() + PATIENCE;
        loop {
            match self.output.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(bytes) => self.take(&bytes),
                Err(RecvTimeoutError::Disconnected) => return self.child.wait().unwrap(),
                Err(RecvTimeoutError::Timeout) => {
                    let text = self.screen.screen().contents();
                    panic!("waited for the end; the screen was:\n{text}");
                }
            }
        }
    }

    fn take(&mut self, bytes: &[u8]) {
        self.sent.extend_from_slice(bytes);
        self.screen.process(bytes);
    }

    /// Sends the program a signal by its name.
    pub(crate) fn signal(&self, name: &str) {
        let id = self.child.process_id().unwrap().to_string();
        let sent = std::process::Command::new("kill").args([&format!("-{name}"), &id]).status();
        assert!(sent.unwrap().success());
    }
}

/// A test that fails leaves no program behind.
impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Runs the program until it has drawn `text`, and takes its terminal away, as closing a window
/// does. What the program does then is its own.
pub(crate) fn abandoned(text: &str) -> Box<dyn Child + Send + Sync> {
    let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
    let pair = native_pty_system().openpty(size).unwrap();
    let child = pair.slave.spawn_command(program(Path::new(NO_FOLDER))).unwrap();
    let mut reader = pair.master.try_clone_reader().unwrap();
    let mut screen = vt100::Parser::new(nonzero(24), nonzero(80), 0);
    let mut bytes = [0; 65536];
    while !screen.screen().contents().contains(text) {
        let count = reader.read(&mut bytes).unwrap();
        screen.process(bytes.get(..count).unwrap_or_default());
    }
    child
}

/// The program with nothing of this machine around it.
pub(crate) fn program(data: &Path) -> CommandBuilder {
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_wenmai"));
    command.args(["--lang", "zh"]);
    command.env("TERM", "xterm-256color");
    command.env("LC_ALL", "C.UTF-8");
    command.env("XDG_CACHE_HOME", env!("CARGO_TARGET_TMPDIR"));
    command.env("XDG_DATA_HOME", data);
    command.env("XDG_CONFIG_HOME", data);
    command.env_remove("WENMAI_LIBRARY");
    command
}

/// The parser knows no terminal without cells, does not end with a wide glyph in a single one, and
/// takes memory for every one.
fn nonzero(cells: u16) -> std::num::NonZeroU16 {
    std::num::NonZeroU16::new(cells.clamp(8, 2_000)).unwrap()
}
