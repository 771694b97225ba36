//! The folders that the platform gives a program: for a user's own data, for settings, and for what
//! can be made again. `~/.local/share`, `~/.config` and `~/.cache` with their XDG variables on Linux
//! and macOS, the known folders on Windows. In each of them one is called like the program.

//!
//! What the program writes there is for its owner alone: folders 0700, files 0600. Older ones that
//! others may read are closed when they are opened to write.

use std::io;
use std::path::{Path, PathBuf};

use etcetera::{BaseStrategy, choose_base_strategy};

use crate::error::DatabaseFault;

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

/// Creates `folder` for its owner alone, or closes it to others where it is there already.
///
/// # Errors
/// It cannot be created, it is no folder, or it belongs to another user.
pub fn secure_folder(folder: &Path) -> Result<(), DatabaseFault> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(DatabaseFault::Folder)?;
    let found = std::fs::metadata(folder).map_err(DatabaseFault::Folder)?;
    close(folder, &found, 0o700)
}

/// Creates an empty file at `path` for its owner alone, or closes it to others where it is there
/// already.
///
/// # Errors
/// It cannot be created, it is a link or no file, or it belongs to another user.
pub fn secure_file(path: &Path) -> Result<(), DatabaseFault> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(_) => return Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        Err(error) => return Err(DatabaseFault::Folder(error)),
    }
    let found = std::fs::symlink_metadata(path).map_err(DatabaseFault::Folder)?;
    if found.is_symlink() {
        return Err(DatabaseFault::Link);
    }
    if !found.is_file() {
        return Err(DatabaseFault::Foreign);
    }
    close(path, &found, 0o600)
}

/// True if others than the owner may read what is at `path`.
pub fn is_open_to_others(path: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::symlink_metadata(path).is_ok_and(|found| found.permissions().mode() & 0o077 != 0)
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        false
    }
}

#[cfg(unix)]
fn close(path: &Path, found: &std::fs::Metadata, mode: u32) -> Result<(), DatabaseFault> {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    if found.uid() != rustix::process::geteuid().as_raw() {
        return Err(DatabaseFault::Owner);
    }
    if found.permissions().mode() & 0o077 == 0 {
        return Ok(());
    }
    std::fs::set_permissions(path, PermissionsExt::from_mode(mode)).map_err(DatabaseFault::Folder)
}

/// Elsewhere the folders of a user are closed by the system.
#[cfg(not(unix))]
fn close(_: &Path, _: &std::fs::Metadata, _: u32) -> Result<(), DatabaseFault> {
    Ok(())
}
