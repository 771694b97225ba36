//! Errors and warnings in the language of the interface, with a hint. The library reports data: what
//! is wrong, with which file; sentences and hints are in the locale files.

use std::io::ErrorKind;

use wenmai::error::{DatabaseFault, Error, Malformation, Refusal, Warning};
use wenmai::text::sanitize::sanitize;

use crate::ui::lang::Lang;
use crate::ui::say::{lang, say, sentence, word};

/// Returns `true` if the other end of the output pipe is closed, which is no error.
pub(crate) fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause.downcast_ref::<std::io::Error>().is_some_and(|io| io.kind() == ErrorKind::BrokenPipe)
    })
}

/// Writes the error and its hint to standard error.
pub(crate) fn report(error: &anyhow::Error) {
    let known = error.downcast_ref::<Error>();
    let message = known.map_or_else(|| format!("{error:#}"), says);
    for line in message.lines() {
        eprintln!("wenmai: {}", sanitize(line));
    }
    if let Some(hint) = known.map(way_out) {
        eprintln!("  {hint}");
    }
}

/// Writes a warning to standard error, in one line.
pub(crate) fn warn(message: &str) {
    eprintln!("wenmai: {}", sanitize(message));
}

/// What is wrong, with the file.
pub(crate) fn says(error: &Error) -> String {
    let path = error.path().display();
    match error {
        Error::Read { source, .. } | Error::Write { source, .. } => {
            format!("{path}: {}", of_system(source))
        }
        Error::Fetch { reason, .. } => {
            let reason = sentence(&format!("fetch.{}", reason.key()), &[&reason.detail()]);
            say!("error.fetch", path, reason)
        }
        Error::FetchDisabled { .. } => say!("error.fetch_disabled", path),
        Error::Empty { .. } => say!("error.empty", path),
        Error::NotText { what, .. } => {
            say!("error.not_text", path, word(&format!("not_text.{}", what.key())))
        }
        Error::Refused { reason, .. } => format!("{path}: {}", of_refusal(reason)),
        Error::TooLarge { bytes, limit, .. } => say!("error.too_large", path, bytes, limit),
        Error::OwnFileTooLarge { limit, .. } => say!("error.own_file_too_large", path, limit),
        Error::NothingReadable { .. } => say!("error.nothing_readable", path),
        Error::Cache { fault, .. } | Error::Annotations { fault, .. } => {
            format!("{path}: {}", of_database(fault))
        }
        Error::Malformed { line, column, message, .. } => {
            let place = error.path();
            format!("{path}:{line}:{column}: {}", of_malformed(message, place, *line))
        }
        // What the system said before.
        Error::Remembered { .. } => error.to_string(),
    }
}

fn of_refusal(reason: &Refusal) -> String {
    sentence(&format!("refusal.{}", reason.key()), &[reason.detail().unwrap_or_default()])
}

/// What is wrong in line `line` of the file `path`.
fn of_malformed(fault: &Malformation, path: &std::path::Path, line: usize) -> String {
    let Some(key) = fault.key() else {
        return fault.to_string();
    };
    let mut details = fault.details();
    if let (Malformation::Toml(_) | Malformation::Json(_), Lang::Chinese) = (fault, lang()) {
        // The parser says it in English only; the line shows it as well.
        let text = std::fs::read_to_string(path).unwrap_or_default();
        let shown = text.lines().nth(line.saturating_sub(1)).unwrap_or_default().trim();
        details = vec![shown.chars().take(60).collect()];
    }
    let details: Vec<&str> = details.iter().map(String::as_str).collect();
    sentence(&format!("malformed.{key}"), &details)
}

/// What was noticed about a document.
pub(crate) fn of_warning(warning: &Warning) -> String {
    let mut details = warning.details();
    if let Warning::MemberSkipped(_, reason) = warning {
        let unknown = || word("refusal.reader-failed").to_owned();
        details.push(reason.as_ref().map_or_else(unknown, of_refusal));
    }
    let details: Vec<&str> = details.iter().map(String::as_str).collect();
    sentence(&format!("warning.{}", warning.key()), &details)
}

/// What the system said, in the language of the interface where it is common.
fn of_system(error: &std::io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => word("error.not_found").to_owned(),
        ErrorKind::PermissionDenied => word("error.denied").to_owned(),
        ErrorKind::IsADirectory => word("error.is_folder").to_owned(),
        ErrorKind::NotADirectory => word("error.not_folder").to_owned(),
        ErrorKind::AlreadyExists => word("error.exists").to_owned(),
        ErrorKind::StorageFull => word("error.full").to_owned(),
        ErrorKind::ReadOnlyFilesystem => word("error.read_only").to_owned(),
        _ => match (error.raw_os_error(), lang()) {
            (Some(code), Lang::Chinese) => say!("error.system", code),
            _ => error.to_string(),
        },
    }
}

fn of_database(fault: &DatabaseFault) -> String {
    match fault {
        DatabaseFault::Folder(error) => of_system(error),
        DatabaseFault::Link => word("fault.link").to_owned(),
        DatabaseFault::Owner => word("fault.owner").to_owned(),
        DatabaseFault::Foreign => word("fault.foreign").to_owned(),
        DatabaseFault::Newer { found, known } => say!("fault.newer", found, known),
        DatabaseFault::Damaged => word("fault.damaged").to_owned(),
        DatabaseFault::Sqlite(error) => say!("fault.sqlite", error),
    }
}

fn way_out(error: &Error) -> &'static str {
    word(match error {
        Error::Refused { reason, .. } => return word(&format!("way_out.{}", reason.key())),
        Error::Read { source, .. } => match source.kind() {
            ErrorKind::NotFound => "way_out.not_found",
            ErrorKind::PermissionDenied => "way_out.denied",
            _ => "way_out.device",
        },
        Error::Write { .. } => "way_out.write",
        Error::Fetch { .. } => "way_out.fetch",
        Error::FetchDisabled { .. } => "way_out.fetch_disabled",
        Error::Remembered { .. } => "way_out.remembered",
        Error::Empty { .. } => "way_out.empty",
        Error::NotText { .. } => "way_out.not_text",
        Error::TooLarge { .. } => "way_out.too_large",
        Error::OwnFileTooLarge { .. } => "way_out.own_file_too_large",
        Error::NothingReadable { .. } => "way_out.nothing_readable",
        Error::Malformed { .. } => "way_out.malformed",
        Error::Cache { .. } => "way_out.cache",
        Error::Annotations { .. } => "way_out.annotations",
    })
}
