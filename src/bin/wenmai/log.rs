//! Log: what happens, with times, in a file that the user names.

use std::fs::OpenOptions;

use anyhow::Context;

use crate::cli::Global;

/// The variable that says how much is written: error, warn, info, debug, trace.
const LEVEL: &str = "WENMAI_LOG";

/// Starts writing to the file of `--log`, after what it holds.
///
/// # Errors
/// The file cannot be written.
pub(crate) fn start(global: &Global) -> anyhow::Result<()> {
    let Some(path) = &global.log else { return Ok(()) };
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    // It names the files that were read.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path).with_context(|| path.display().to_string())?;
    env_logger::Builder::new()
        .filter_level(::log::LevelFilter::Info)
        .parse_filters(&std::env::var(LEVEL).unwrap_or_default())
        .target(env_logger::Target::Pipe(Box::new(file)))
        .try_init()?;
    ::log::info!(
        "wenmai {} on {} {}",
        env!("CARGO_PKG_VERSION"),
        std::env::consts::OS,
        std::env::consts::ARCH
    );
    Ok(())
}
