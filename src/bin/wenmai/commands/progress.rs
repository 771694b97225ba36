//! How far the reading of files is, on a terminal: a bar that comes only when it takes a while, and
//! goes when it is done.

use std::cell::OnceCell;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::ui::say::word;
use indicatif::{ProgressBar, ProgressStyle};
use wenmai::library::refresh::Progress;

/// What is quicker is not worth a bar.
const PATIENCE: Duration = Duration::from_millis(300);

/// The bar.
pub(super) struct Bar {
    begun: Instant,
    shown: Mutex<OnceCell<ProgressBar>>,
}

impl Default for Bar {
    fn default() -> Self {
        Self { begun: Instant::now(), shown: Mutex::default() }
    }
}

impl Bar {
    /// Shows how far it is. Where standard error is no terminal, nothing is shown.
    pub(super) fn show(&self, progress: Progress) {
        if self.begun.elapsed() < PATIENCE {
            return;
        }
        let shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        let bar = shown.get_or_init(|| made(progress.of as u64));
        bar.set_position(progress.read as u64);
    }

    /// Takes it away.
    pub(super) fn finish(&self) {
        let shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        shown.get().into_iter().for_each(ProgressBar::finish_and_clear);
    }
}

fn made(of: u64) -> ProgressBar {
    // indicatif draws on standard error, and only where that is a terminal.
    let bar = ProgressBar::new(of);
    let template =
        format!("{} {{human_pos}} / {{human_len}} {{bar:30}} {{eta}}", word("command.indexing"));
    match ProgressStyle::with_template(&template) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
