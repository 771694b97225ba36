//! The source of a text in other programs: the user's editor, which takes the terminal while it runs,
//! and what the desktop opens pages with. No shell is asked. Both get a path from the root of the file
//! system, which no program takes for an option or an order, and the desktop gets only addresses of the
//! web and files of kinds that are read, not run.

use std::ffi::{OsStr, OsString};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use wenmai::text::web_address::WebAddress;

/// What is opened with the desktop's program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    /// A page of the web.
    Page(WebAddress),
    /// A file of the library.
    File(PathBuf),
}

/// Opens `path` in the editor that `VISUAL` or `EDITOR` names, and waits for it.
///
/// # Errors
/// There is no such file (a text that comes with the program has none), or the editor cannot be
/// started.
pub(crate) fn edit(path: &Path) -> io::Result<()> {
    path.try_exists()?.then_some(()).ok_or_else(|| missing(path))?;
    let mut command = editing(path, |name| std::env::var(name).ok())?;
    match command.status() {
        Ok(_) => Ok(()),
        Err(error) => Err(naming(&command, &error)),
    }
}

/// Opens `text` in the same editor, in a file of its own that is removed afterwards; the text as the
/// editor left it.
///
/// # Errors
/// The file cannot be written or read again, or the editor cannot be started.
pub(crate) fn edit_text(text: &str) -> io::Result<String> {
    let mut file = tempfile::Builder::new().prefix("wenmai-note-").suffix(".md").tempfile()?;
    io::Write::write_all(&mut file, text.as_bytes())?;
    edit(file.path())?;
    std::fs::read_to_string(file.path())
}

/// The editor with its own arguments and the path, by the variables that `variable` gives.
fn editing(path: &Path, variable: impl Fn(&str) -> Option<String>) -> io::Result<Command> {
    let named = |name| variable(name).filter(|value| !value.trim().is_empty());
    let plain = if cfg!(windows) { "notepad" } else { "vi" };
    let line = named("VISUAL").or_else(|| named("EDITOR")).unwrap_or_else(|| plain.to_owned());
    let mut words = line.split_whitespace();
    let mut command = Command::new(words.next().unwrap_or(plain));
    command.args(words).arg(from_root(path)?);
    Ok(command)
}

/// Opens `target` with what the desktop has for it, which is waited for on a thread.
///
/// # Errors
/// There is no such file, it is of a kind that could run, or there is nothing to open it with.
pub(crate) fn browse(target: &Target) -> io::Result<()> {
    let mut command = browsing(target)?;
    // Whatever it says must not land on the screen.
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().map_err(|error| naming(&command, &error))?;
    // It may run for as long as its window; once it has ended, nothing is left of it.
    std::thread::spawn(move || child.wait());
    Ok(())
}

fn browsing(target: &Target) -> io::Result<Command> {
    let argument: OsString = match target {
        // A comma separates arguments for the Explorer of Windows.
        Target::Page(address) => address.href().replace(',', "%2C").into(),
        Target::File(path) => {
            let real = path.canonicalize().map_err(|_| missing(path))?;
            if !(is_read(path) && is_read(&real)) {
                let said = format!("{}: not of a kind that is opened outside", path.display());
                return Err(io::Error::new(io::ErrorKind::PermissionDenied, said));
            }
            from_root(path)?.into()
        }
    };
    let mut command = Command::new(match std::env::consts::OS {
        "macos" => "open",
        "windows" => "explorer",
        _ => "xdg-open",
    });
    command.arg(argument);
    Ok(command)
}

/// Endings of files that a desktop shows and does not run.
const READ: [&str; 30] = [
    "txt", "text", "md", "markdown", "html", "htm", "shtml", "xhtml", "xml", "mht", "mhtml", "eml",
    "pdf", "ofd", "doc", "docx", "wps", "rtf", "odt", "xls", "xlsx", "ods", "et", "csv", "tsv",
    "json", "jsonl", "epub", "zip", "tex",
];

fn is_read(path: &Path) -> bool {
    let ending = path.extension().and_then(OsStr::to_str);
    ending.is_some_and(|ending| READ.iter().any(|known| ending.eq_ignore_ascii_case(known)))
}

/// `path` from the root of the file system.
fn from_root(path: &Path) -> io::Result<PathBuf> {
    std::path::absolute(path)
}

fn naming(command: &Command, error: &io::Error) -> io::Error {
    io::Error::other(format!("{}: {error}", command.get_program().display()))
}

fn missing(path: &Path) -> io::Error {
    io::Error::new(io::ErrorKind::NotFound, format!("{}: no such file", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arguments(command: &Command) -> Vec<&OsStr> {
        command.get_args().collect()
    }

    #[test]
    fn an_editor_gets_a_path_that_is_no_option() {
        let visual = |name: &str| (name == "VISUAL").then(|| "code --wait  -n".to_owned());
        for name in ["+:!touch x.txt", "-c", "--cmd=x", "a; touch x", "$(touch x)", "/etc/hosts"] {
            let command = editing(Path::new(name), visual).unwrap();
            assert_eq!(command.get_program(), "code");
            let arguments = arguments(&command);
            assert_eq!(arguments[..2], ["--wait", "-n"]);
            assert_eq!(arguments.len(), 3);
            let path = Path::new(arguments[2]);
            assert!(path.is_absolute() && path.ends_with(name.trim_start_matches('/')), "{name}");
        }
        let blank = editing(Path::new("a"), |_| Some("  ".to_owned())).unwrap();
        assert_ne!(blank.get_program(), "");
    }

    #[test]
    fn a_desktop_gets_addresses_and_files_that_are_read() {
        let page = WebAddress::parse("HTTPS://a.cn/x,y?文").unwrap();
        let command = browsing(&Target::Page(page)).unwrap();
        assert_eq!(arguments(&command), ["https://a.cn/x%2Cy?%E6%96%87"]);

        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str| {
            let path = folder.path().join(name);
            std::fs::write(&path, "x").unwrap();
            path
        };
        for name in ["a.html", "-b.PDF", "+c.txt"] {
            let path = file(name);
            let command = browsing(&Target::File(path.clone())).unwrap();
            assert_eq!(arguments(&command), [path.as_os_str()]);
        }
        for name in ["run.command", "run.desktop", "run.sh", "run", "a.txt.exe", "a.jar", ".html"] {
            assert!(browsing(&Target::File(file(name))).is_err(), "{name}");
        }
        assert!(browsing(&Target::File(folder.path().join("none.txt"))).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_known_by_what_it_leads_to() {
        let folder = tempfile::tempdir().unwrap();
        let (program, link) = (folder.path().join("run.command"), folder.path().join("a.txt"));
        std::fs::write(&program, "x").unwrap();
        std::os::unix::fs::symlink(&program, &link).unwrap();
        assert!(browsing(&Target::File(link)).is_err());
    }
}
