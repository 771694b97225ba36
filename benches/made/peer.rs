//! A Python that does the same work in the same run: `WENMAI_PEER_PYTHON`, by default `python3`.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

/// The seconds that `script` prints when it is given `path`; `None` where no Python can run it.
pub(crate) fn seconds(script: &str, path: &Path) -> Option<Duration> {
    let python = std::env::var("WENMAI_PEER_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let output = Command::new(python).args(["-c", script]).arg(path).output().ok()?;
    let seconds: f64 = String::from_utf8(output.stdout).ok()?.trim().parse().ok()?;
    Some(Duration::from_secs_f64(seconds))
}
