//! What a person can do about an error. The library says what is wrong, and with which file; the
//! way out is known only here.

use std::io::ErrorKind;

use wenmai::error::Error;
use wenmai::text::sanitize::sanitize;

use crate::ui::lang::Lang;
use crate::ui::locales;

/// True where the reader of our output has gone, which is no error.
pub(crate) fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause.downcast_ref::<std::io::Error>().is_some_and(|io| io.kind() == ErrorKind::BrokenPipe)
    })
}

/// Writes the error and its way out to standard error.
pub(crate) fn report(error: &anyhow::Error, lang: Lang) {
    // Errors of the library say their cause themselves.
    let known = error.downcast_ref::<Error>();
    let message = known.map_or_else(|| format!("{error:#}"), |error| says(error, lang));
    for line in message.lines() {
        eprintln!("wenmai: {}", sanitize(line));
    }
    if let Some(hint) = known.and_then(|error| way_out(error, lang)) {
        eprintln!("  {hint}");
    }
}

/// Writes a warning to standard error, in one line.
pub(crate) fn warn(message: &str) {
    eprintln!("wenmai: {}", sanitize(message));
}

/// What is wrong, with the file.
pub(crate) fn says(error: &Error, lang: Lang) -> String {
    let Error::Refused { path, reason } = error else { return error.to_string() };
    let reason_text = locales::text(lang, &format!("refusal.{}", reason.key()));
    let message = reason_text.replace("{}", reason.detail().unwrap_or_default());
    format!("{}: {message}", path.display())
}

fn way_out(error: &Error, lang: Lang) -> Option<&'static str> {
    Some(match error {
        Error::Refused { reason, .. } => locales::text(lang, &format!("way_out.{}", reason.key())),
        Error::Read { source, .. } => match source.kind() {
            ErrorKind::NotFound => {
                "Check the path; without one, wenmai opens the texts that come with it."
            }
            ErrorKind::PermissionDenied => "Check who may read it (ls -l).",
            _ => "Check the disk or the network behind the path, and try again.",
        },
        Error::Write { .. } => "Name a file in a folder that is there and may be written to.",
        Error::Fetch { .. } => {
            "Check the address and the connection; or save the page in a browser and add the file."
        }
        Error::FetchDisabled { .. } => {
            "Save the page in a browser and add the file, or build with --features fetch."
        }
        Error::Remembered { .. } => "Put another file in its place, or leave it out.",
        Error::Empty { .. } => "Save the page again, or name another file.",
        Error::NotText { .. } => {
            "Name a file of text or HTML; if it is text, its encoding: --encoding gb18030."
        }
        Error::TooLarge { .. } => {
            "Allow more with --largest 1G, or split the file, for example with split -C 100M."
        }
        Error::NothingReadable { .. } => {
            "Name a folder with texts; wenmai formats lists what can be read."
        }
        Error::Malformed { .. } => "Mend that line, or leave the file out.",
        Error::Cache { .. } => {
            "Without a cache every start reads the texts again (--no-cache is silent)."
        }
        Error::Annotations { .. } => {
            "Check that its folder may be written; XDG_DATA_HOME names another one."
        }
    })
}
