//! Copying: to the desktop's clipboard where there is one, else through the terminal (OSC 52), else
//! into a file; and always saying which.

use std::io::{self, Write};
use std::path::PathBuf;

use crossterm::clipboard::CopyToClipboard;
use crossterm::execute;
use wenmai::folder;

/// Bytes that terminals take in one OSC 52; xterm's limit.
const MOST_BYTES: usize = 74_000;
/// The file for what no clipboard took.
const FILE: &str = "copied.txt";

/// Where a text was copied to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Copied {
    /// The clipboard of the desktop.
    Desktop,
    /// The terminal, which does not say whether it took it; the file that holds it as well.
    Terminal(Option<PathBuf>),
    /// This file only.
    File(PathBuf),
    /// Nowhere, and why.
    Nowhere(String),
}

/// What copies. A desktop's clipboard is served by the program that filled it: it stays open.
pub(crate) struct Copier {
    #[cfg(feature = "clipboard")]
    desktop: Option<arboard::Clipboard>,
    /// No file is written.
    private: bool,
}

impl Copier {
    /// One that writes no file where it is `private`.
    pub(crate) fn new(private: bool) -> Self {
        Self {
            #[cfg(feature = "clipboard")]
            desktop: None,
            private,
        }
    }

    /// Copies `text`.
    pub(crate) fn copy(&mut self, text: &str) -> Copied {
        if self.fill_desktop(text) {
            return Copied::Desktop;
        }
        let file = match self.private {
            true => Err(io::Error::other("--private")),
            false => write_file(text),
        };
        match (hand_to_terminal(text), file) {
            (true, file) => Copied::Terminal(file.ok()),
            (false, Ok(path)) => Copied::File(path),
            (false, Err(error)) => Copied::Nowhere(error.to_string()),
        }
    }

    #[cfg(not(feature = "clipboard"))]
    fn fill_desktop(&mut self, _: &str) -> bool {
        false
    }

    #[cfg(feature = "clipboard")]
    fn fill_desktop(&mut self, text: &str) -> bool {
        if !has_desktop() {
            return false;
        }
        if self.desktop.is_none() {
            self.desktop = arboard::Clipboard::new().ok();
        }
        self.desktop.as_mut().is_some_and(|desktop| desktop.set_text(text).is_ok())
    }
}

#[cfg(feature = "clipboard")]
/// True where the terminal and the desktop are on the same machine.
fn has_desktop() -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if set("SSH_CONNECTION") || set("SSH_TTY") {
        return false;
    }
    !cfg!(all(unix, not(target_os = "macos"))) || set("DISPLAY") || set("WAYLAND_DISPLAY")
}

/// Sends `text` to the terminal, unless it is one that has no clipboard.
fn hand_to_terminal(text: &str) -> bool {
    let term = std::env::var("TERM").unwrap_or_default();
    // The console of Linux would print the text.
    if text.len() > MOST_BYTES || matches!(term.as_str(), "linux" | "dumb" | "") {
        return false;
    }
    execute!(io::stdout(), CopyToClipboard::to_clipboard_from(text)).is_ok()
}

fn write_file(text: &str) -> io::Result<PathBuf> {
    let folder = folder::data().ok_or_else(|| io::Error::other("no home folder"))?;
    let path = folder.join(FILE);
    let secured = folder::secure_folder(&folder).and_then(|()| folder::secure_file(&path));
    secured.map_err(io::Error::other)?;
    std::fs::File::create(&path)?.write_all(text.as_bytes())?;
    Ok(path)
}
