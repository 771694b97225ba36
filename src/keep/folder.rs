//! The folder of a user's own data, as the platform has it: `$XDG_DATA_HOME/wenmai` or
//! `~/.local/share/wenmai` on Linux and macOS, `%APPDATA%\wenmai` on Windows. Never the cache, which
//! anybody may empty.

use std::path::PathBuf;

use etcetera::{BaseStrategy, choose_base_strategy};

/// The folder, whether it is there or not; `None` where the user has no home.
pub fn data() -> Option<PathBuf> {
    choose_base_strategy().ok().map(|base| base.data_dir().join("wenmai"))
}

/// The folder of settings; `None` where the user has no home.
pub fn settings() -> Option<PathBuf> {
    choose_base_strategy().ok().map(|base| base.config_dir().join("wenmai"))
}
