//! The terminal: taken over at the start, given back at the end, whatever the end is: leaving, an
//! error, a panic on any thread, a signal, or the shell asking for it for a while.

use std::io::{self, BufWriter, IsTerminal, Stdout, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError, TryLockError};

use crossterm::cursor::{Hide, MoveTo, MoveToColumn, Show, position};
use crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture,
    KeyboardEnhancementFlags, PopKeyboardEnhancementFlags, PushKeyboardEnhancementFlags,
};
use crossterm::style::Print;
use crossterm::terminal::{
    BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate, EnterAlternateScreen,
    LeaveAlternateScreen, disable_raw_mode, enable_raw_mode, size,
};
use crossterm::{execute, queue};
use ratatui::backend::Backend;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::backend::{DeltaBackend, changes};
use super::background::QUESTION;

/// Whether the mouse is taken with the terminal.
static MOUSE: AtomicBool = AtomicBool::new(true);

/// Bytes that a frame may have to be written in one go.
const FRAME: usize = 64 << 10;
/// What is taken where the terminal does not know its size.
const FALLBACK: (u16, u16) = (80, 24);
/// Columns and rows that are drawn; no screen has more. A terminal that claims 10,000 of both would
/// cost gigabytes a frame.
const MOST: (u16, u16) = (2_000, 1_000);

/// The terminal while the reader has it.
pub(crate) struct Terminal {
    wire: DeltaBackend<BufWriter<Stdout>>,
    /// What it shows.
    shown: Buffer,
}

/// Why the reader cannot run here.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NoTerminal {
    #[error(
        "the reader needs a terminal; here the printing commands work: wenmai list, show, xref \
         (wenmai --help)"
    )]
    NotATerminal,
    #[error(
        "this terminal (TERM={0}) cannot place text; the printing commands work here: wenmai \
         list, show, xref (wenmai --help)"
    )]
    Dumb(String),
}

/// Says whether the reader can run on this terminal.
///
/// # Errors
/// Standard input or output is no terminal, or the terminal cannot move its cursor.
pub(crate) fn check() -> Result<(), NoTerminal> {
    if !io::stdout().is_terminal() || !io::stdin().is_terminal() {
        return Err(NoTerminal::NotATerminal);
    }
    let term = std::env::var("TERM").unwrap_or_default();
    match term.as_str() {
        "dumb" => Err(NoTerminal::Dumb(term)),
        "" if cfg!(unix) => Err(NoTerminal::Dumb(term)),
        _ => Ok(()),
    }
}

/// Characters whose width terminals do not agree about.
const SAMPLES: [&str; 6] = ["中", "“", "…", "—", "①", "é"];

/// How many cells this terminal says that it moves for each sample. Empty where it does not answer.
pub(crate) fn answered_widths() -> Vec<(&'static str, u16)> {
    if enable_raw_mode().is_err() {
        return Vec::new();
    }
    let asked: io::Result<Vec<_>> = SAMPLES.iter().map(|sample| width_of(sample)).collect();
    let _ = disable_raw_mode();
    asked.unwrap_or_default()
}

fn width_of(sample: &'static str) -> io::Result<(&'static str, u16)> {
    let mut out = io::stdout();
    execute!(out, MoveToColumn(0), Print(sample))?;
    let (column, _) = position()?;
    execute!(out, MoveToColumn(0), Clear(ClearType::UntilNewLine))?;
    Ok((sample, column))
}

impl Terminal {
    /// Takes the terminal over, with the mouse or without, and sees to it that a panic gives it
    /// back.
    ///
    /// # Errors
    /// The terminal refuses.
    pub(crate) fn take(mouse: bool) -> io::Result<Self> {
        MOUSE.store(mouse, Ordering::Relaxed);
        restore_on_panic();
        enter()?;
        let wire = DeltaBackend::new(BufWriter::with_capacity(FRAME, io::stdout()));
        Ok(Self { wire, shown: Buffer::empty(area()) })
    }

    /// Draws one frame with what `draw` writes, in one go; the cursor is where `draw` says.
    ///
    /// # Errors
    /// The terminal is gone.
    pub(crate) fn draw(
        &mut self,
        draw: impl FnOnce(&mut Buffer) -> Option<Position>,
    ) -> io::Result<()> {
        let mut next = Buffer::empty(self.shown.area);
        let caret = draw(&mut next);
        let taken = TAKEN.lock().unwrap_or_else(PoisonError::into_inner);
        if !*taken {
            // It was given back on another thread, and the program is about to end.
            return Ok(());
        }
        queue!(self.wire, BeginSynchronizedUpdate, Hide)?;
        self.wire.draw(changes(&self.shown, &next).into_iter())?;
        if let Some(Position { x, y }) = caret {
            queue!(self.wire, MoveTo(x, y), Show)?;
        }
        self.shown = next;
        execute!(self.wire, EndSynchronizedUpdate)
    }

    /// Takes the size that the terminal has now, and forgets what it shows, so that the next frame
    /// is drawn whole.
    ///
    /// # Errors
    /// The terminal is gone.
    pub(crate) fn resize(&mut self) -> io::Result<Rect> {
        let area = area();
        queue!(self.wire, Clear(ClearType::All))?;
        self.shown = Buffer::empty(area);
        Ok(area)
    }

    /// True where the terminal's size is not the one that was drawn for.
    pub(crate) fn has_other_size(&mut self) -> bool {
        self.shown.area != area()
    }

    /// Takes the terminal once more, whatever was done to it meanwhile.
    ///
    /// # Errors
    /// The terminal is gone.
    pub(crate) fn retake(&mut self) -> io::Result<()> {
        leave();
        enter()
    }

    /// Gives the terminal to another program while `work` runs it.
    ///
    /// # Errors
    /// The terminal is gone.
    pub(crate) fn lend<T>(&mut self, work: impl FnOnce() -> T) -> io::Result<T> {
        leave();
        let done = work();
        enter()?;
        Ok(done)
    }

    /// Gives the terminal to the shell and stops until the program is continued.
    ///
    /// # Errors
    /// The terminal is gone.
    pub(crate) fn suspend(&mut self) -> io::Result<()> {
        leave();
        stop()?;
        enter()
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        leave();
    }
}

/// The area of the terminal now.
pub(crate) fn area() -> Rect {
    let (width, height) = match size().unwrap_or(FALLBACK) {
        (0, _) | (_, 0) => FALLBACK,
        (width, height) => (width.min(MOST.0), height.min(MOST.1)),
    };
    Rect::new(0, 0, width, height)
}

/// Whether the reader has the terminal. Held while a frame is written, so that none is written into
/// a terminal that was given back.
static TAKEN: Mutex<bool> = Mutex::new(false);
/// Turns for which a thread that gives the terminal back waits for the one that writes a frame. A
/// thread that failed in the middle of a frame would wait for itself.
const TURNS: usize = 100_000;

/// Notes whether the reader has the terminal.
fn note_taken(taken: bool) {
    for _ in 0..TURNS {
        match TAKEN.try_lock() {
            Ok(mut now) => {
                *now = taken;
                return;
            }
            Err(TryLockError::Poisoned(now)) => {
                *now.into_inner() = taken;
                return;
            }
            Err(TryLockError::WouldBlock) => std::thread::yield_now(),
        }
    }
}

fn enter() -> io::Result<()> {
    enable_raw_mode()?;
    note_taken(true);
    let entered = execute!(
        io::stdout(),
        EnterAlternateScreen,
        EnableBracketedPaste,
        // Lets terminals that can tell Ctrl-i from Tab; the others ignore it.
        PushKeyboardEnhancementFlags(KeyboardEnhancementFlags::DISAMBIGUATE_ESCAPE_CODES),
    );
    let entered = entered.and_then(|()| match MOUSE.load(Ordering::Relaxed) {
        true => execute!(io::stdout(), EnableMouseCapture),
        false => Ok(()),
    });
    entered.inspect_err(|_| leave())
}

/// Asks the terminal for its ground; the answer comes among the keys, if it comes.
///
/// # Errors
/// The terminal is gone.
pub(crate) fn ask_ground() -> io::Result<()> {
    execute!(io::stdout(), Print(QUESTION))
}

/// Gives everything back. Nothing can be done where even that fails.
fn leave() {
    note_taken(false);
    let mut out = io::stdout();
    let _ = execute!(
        out,
        EndSynchronizedUpdate,
        PopKeyboardEnhancementFlags,
        DisableMouseCapture,
        DisableBracketedPaste,
        LeaveAlternateScreen,
        Show,
    );
    let _ = out.flush();
    let _ = disable_raw_mode();
}

/// A panic on any thread gives the terminal back before it says what happened, and ends the
/// program: a reader half of which is gone would only draw over the message.
fn restore_on_panic() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            leave();
            before(info);
            std::process::exit(101);
        }));
    });
}

#[cfg(unix)]
fn stop() -> io::Result<()> {
    signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP)
}

#[cfg(not(unix))]
fn stop() -> io::Result<()> {
    Ok(())
}

/// Ends the program as the signal would have, now that the terminal is given back.
#[cfg(unix)]
pub(crate) fn end_by(signal: i32) {
    let _ = signal_hook::low_level::emulate_default_handler(signal);
}

/// There are no signals here.
#[cfg(not(unix))]
pub(crate) fn end_by(_signal: i32) {}
