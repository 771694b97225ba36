//! The source of a text in other programs: the user's editor, which takes the terminal while it runs,
//! and the browser.

use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

/// Opens `path` in the editor that `VISUAL` or `EDITOR` names, and waits for it.
///
/// # Errors
/// There is no such file (a text that comes with the program has none), or the editor cannot be
/// started.
pub(crate) fn edit(path: &Path) -> io::Result<()> {
    path.try_exists()?.then_some(()).ok_or_else(|| missing(path))?;
    let (program, arguments) = editor();
    let named = |error: io::Error| io::Error::other(format!("{program}: {error}"));
    Command::new(&program).args(arguments).arg(path).status().map_err(named)?;
    Ok(())
}

/// The editor and its own arguments.
fn editor() -> (String, Vec<String>) {
    let named = |name: &str| std::env::var(name).ok().filter(|value| !value.trim().is_empty());
    let plain = if cfg!(windows) { "notepad" } else { "vi" };
    let line = named("VISUAL").or_else(|| named("EDITOR")).unwrap_or_else(|| plain.to_owned());
    let mut words = line.split_whitespace().map(str::to_owned);
    (words.next().unwrap_or_else(|| plain.to_owned()), words.collect())
}

/// Opens an address, or a file, with what the desktop has for it.
///
/// # Errors
/// There is no such file, or nothing to open it with.
pub(crate) fn browse(target: &str) -> io::Result<()> {
    let is_address = ["https://", "http://"].iter().any(|scheme| target.starts_with(scheme));
    if !is_address && !Path::new(target).exists() {
        return Err(missing(Path::new(target)));
    }
    let program = match std::env::consts::OS {
        "macos" => "open",
        "windows" => "explorer",
        _ => "xdg-open",
    };
    let mut command = Command::new(program);
    command.arg(target);
    // Whatever it says must not land on the screen.
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let named = |error: io::Error| io::Error::other(format!("{program}: {error}"));
    command.spawn().map_err(named)?;
    Ok(())
}

fn missing(path: &Path) -> io::Error {
    io::Error::new(io::ErrorKind::NotFound, format!("{}: no such file", path.display()))
}
