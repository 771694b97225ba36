//! What a person can do about an error. The library says what is wrong, and with which file; the
//! way out is known only here.

use std::io::ErrorKind;

use wenmai::error::{DatabaseFault, Error};
use wenmai::text::sanitize::sanitize;

use crate::ui::say::{say, word};

/// True where the reader of our output has gone, which is no error.
pub(crate) fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause.downcast_ref::<std::io::Error>().is_some_and(|io| io.kind() == ErrorKind::BrokenPipe)
    })
}

/// Writes the error and its way out to standard error.
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
        Error::Fetch { reason, .. } => say!("error.fetch", path, reason),
        Error::FetchDisabled { .. } => say!("error.fetch_disabled", path),
        Error::Empty { .. } => say!("error.empty", path),
        Error::NotText { what, .. } => say!("error.not_text", path, what),
        Error::Refused { reason, .. } => {
            let text = word(&format!("refusal.{}", reason.key()));
            format!("{path}: {}", text.replace("{}", reason.detail().unwrap_or_default()))
        }
        Error::TooLarge { bytes, limit, .. } => say!("error.too_large", path, bytes, limit),
        Error::OwnFileTooLarge { limit, .. } => say!("error.own_file_too_large", path, limit),
        Error::NothingReadable { .. } => say!("error.nothing_readable", path),
        Error::Cache { fault, .. } | Error::Annotations { fault, .. } => {
            format!("{path}: {}", of_database(fault))
        }
        // What the file itself says, and what was said before.
        Error::Malformed { .. } | Error::Remembered { .. } => error.to_string(),
    }
}

/// What the system said, in the language of the interface where it is common.
fn of_system(error: &std::io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => word("error.not_found").to_owned(),
        ErrorKind::PermissionDenied => word("error.denied").to_owned(),
        _ => error.to_string(),
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
        DatabaseFault::Sqlite(error) => error.to_string(),
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
