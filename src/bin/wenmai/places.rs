//! Where the platform wants what a program keeps: `~/.cache` and its like elsewhere. The XDG
//! variables are honoured where the platform knows them.

use std::path::PathBuf;

use etcetera::{BaseStrategy, choose_base_strategy};

/// The folder's name in the platform's own.
const NAME: &str = "wenmai";

/// The folder of what can be made again; `None` without a home.
pub(crate) fn cache() -> Option<PathBuf> {
    choose_base_strategy().ok().map(|platform| platform.cache_dir().join(NAME))
}
