//! The folders that the platform gives a program: for a user's own data, for settings, and for what
//! can be made again. `~/.local/share`, `~/.config` and `~/.cache` with their XDG variables on Linux
//! and macOS, the known folders on Windows. In each of them one is called like the program.

use std::path::PathBuf;

use etcetera::{BaseStrategy, choose_base_strategy};

/// The folder of a user's own data, whether it is there or not; `None` where the user has no home.
pub fn data() -> Option<PathBuf> {
    choose_base_strategy().ok().map(|base| base.data_dir().join("wenmai"))
}

/// The folder of what can be made again; `None` where the user has no home.
pub fn cache() -> Option<PathBuf> {
    choose_base_strategy().ok().map(|base| base.cache_dir().join("wenmai"))
}

/// The folder of settings; `None` where the user has no home.
pub fn settings() -> Option<PathBuf> {
    choose_base_strategy().ok().map(|base| base.config_dir().join("wenmai"))
}
