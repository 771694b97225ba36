//! What happens to the reader: keys, pastes, the mouse, a new size, signals, and the results of slow
//! work. Each source runs on a thread of its own and writes into one channel.

use std::path::PathBuf;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crossterm::event::{
    self as terminal, KeyEventKind, MouseButton, MouseEvent as TerminalMouse, MouseEventKind,
};
use ratatui::layout::Position;
use wenmai::error::Error;
use wenmai::library::Library;
use wenmai::library::refresh::Progress;

use super::background::{Background, Heard, Listener};
use super::clipboard::Copied;
use super::query::Answer;
use crate::ui::keymap::KeyPress;

/// Something that the reader must answer.
#[derive(Debug, Clone)]
pub(crate) enum Event {
    /// A key went down or repeats.
    Key(KeyPress),
    /// Text was pasted.
    Paste(String),
    /// The mouse did something at a cell.
    Mouse(Mouse, Position),
    /// The terminal has a new size; it is asked for when the next frame is drawn.
    Resize,
    /// A query was answered; its number.
    Answered(u64, Answer),
    /// A text was copied, or not.
    Copied(Copied),
    /// A text was edited in the user's editor.
    Edited(String),
    /// The terminal says what its background is.
    Background(Background),
    /// A setting is in this file now.
    SettingKept(PathBuf),
    /// Something could not be done outside; why.
    NotDone(String),
    /// What the user sets down can not be written; why.
    NotKept(String),
    /// The themes of this library are known.
    ThemesReady(Arc<Library>),
    /// The library is another one now.
    Library(Arc<Library>),
    /// How far the reading of files is; `None` when it is over.
    Indexing(Option<Progress>),
    /// The files that were not read, each with its reason.
    Skipped(Vec<String>),
    /// Something went wrong that stops nothing.
    Trouble(String),
    /// There is nothing to read.
    Failed(Arc<Error>),
    /// The program was continued, or the terminal wants a fresh picture.
    Continued,
    /// The shell wants the program to stop for a while.
    StopAsked,
    /// A signal asks the program to end.
    Ended(i32),
    /// The terminal is gone.
    InputLost,
}

/// What the mouse did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mouse {
    /// The left button went down.
    Click,
    /// The mouse moved with the left button down.
    Drag,
    /// The wheel turned towards the reader.
    WheelDown,
    /// The wheel turned away.
    WheelUp,
}

/// Starts every source that writes into `events`; the one that reads the terminal can be stopped.
///
/// # Errors
/// The signal handlers could not be installed.
pub(crate) fn listen(events: &Sender<Event>) -> anyhow::Result<Input> {
    signals(events.clone())?;
    let (events, input) = (events.clone(), Input::default());
    let gate = input.clone();
    thread::Builder::new().name("input".into()).spawn(move || read_terminal(&events, &gate))?;
    Ok(input)
}

/// The thread that reads the terminal, which steps aside while another program has it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Input {
    gate: Arc<(Mutex<Gate>, Condvar)>,
}

/// Whether the terminal is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Gate {
    #[default]
    Open,
    /// The thread is to step aside.
    Closing,
    /// It has.
    Closed,
}

/// How long the thread waits for the terminal before it looks whether it is to step aside. On Unix a
/// signal wakes it, so that an idle reader sleeps.
const GLANCE: Duration =
    if cfg!(unix) { Duration::from_secs(24 * 60 * 60) } else { Duration::from_millis(200) };
/// How long it may take to do so; longer only where it is gone.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often it is woken until it does: the first signal may come before it listens for one.
const WAKE_EVERY: Duration = Duration::from_millis(20);

impl Input {
    /// Lets the thread step aside; it has when this returns.
    pub(crate) fn close(&self) {
        let (gate, changed) = &*self.gate;
        let mut at = gate.lock().unwrap_or_else(PoisonError::into_inner);
        *at = Gate::Closing;
        let deadline = Instant::now() + PATIENCE;
        while *at == Gate::Closing && Instant::now() < deadline {
            wake();
            let waited = changed.wait_timeout_while(at, WAKE_EVERY, |at| *at == Gate::Closing);
            at = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Lets it read again.
    pub(crate) fn open(&self) {
        let (gate, changed) = &*self.gate;
        *gate.lock().unwrap_or_else(PoisonError::into_inner) = Gate::Open;
        changed.notify_all();
    }

    /// Waits while the gate is closed.
    fn pass(&self) {
        let (gate, changed) = &*self.gate;
        let mut at = gate.lock().unwrap_or_else(PoisonError::into_inner);
        if *at == Gate::Closing {
            *at = Gate::Closed;
            changed.notify_all();
        }
        drop(changed.wait_while(at, |at| *at == Gate::Closed));
    }
}

/// Ends the wait for the terminal: to crossterm the signal is a new size, whatever the size is.
fn wake() {
    #[cfg(unix)]
    {
        use rustix::process::{Signal, getpid, kill_process};
        // A process may always send itself a signal.
        let _ = kill_process(getpid(), Signal::WINCH);
    }
}

/// Reads the terminal until it is lost or nobody listens.
fn read_terminal(events: &Sender<Event>, input: &Input) {
    let mut listener = Listener::default();
    loop {
        input.pass();
        let event = match terminal::poll(GLANCE) {
            Ok(false) => continue,
            Ok(true) => terminal::read(),
            Err(error) => Err(error),
        };
        let event = match event {
            Ok(event) => {
                #[cfg(debug_assertions)]
                fail_if_asked(&event);
                listener.take(event)
            }
            Err(_) => {
                let _ = events.send(Event::InputLost);
                return;
            }
        };
        let heard: Vec<Event> = match event {
            Heard::Background(background) => vec![Event::Background(background)],
            Heard::Events(events) => events.into_iter().filter_map(translate).collect(),
        };
        if heard.into_iter().any(|event| events.send(event).is_err()) {
            return;
        }
    }
}

/// A fault on purpose, for the test of what a panic leaves behind: F12, where the environment asks
/// for it. It is in no release.
#[cfg(debug_assertions)]
#[allow(clippy::panic, reason = "this is its purpose")]
fn fail_if_asked(event: &terminal::Event) {
    let is_key = event.as_key_event().is_some_and(|key| key.code == terminal::KeyCode::F(12));
    if is_key && std::env::var_os("WENMAI_FAULT").is_some() {
        std::panic::panic_any("a fault that was asked for");
    }
}

fn translate(event: terminal::Event) -> Option<Event> {
    match event {
        terminal::Event::Key(key) if key.kind == KeyEventKind::Release => None,
        terminal::Event::Key(key) => Some(Event::Key(key.into())),
        terminal::Event::Paste(text) => Some(Event::Paste(text)),
        terminal::Event::Mouse(mouse) => translate_mouse(mouse),
        terminal::Event::Resize(..) => Some(Event::Resize),
        terminal::Event::FocusGained | terminal::Event::FocusLost => None,
    }
}

fn translate_mouse(mouse: TerminalMouse) -> Option<Event> {
    let what = match mouse.kind {
        MouseEventKind::Down(MouseButton::Left) => Mouse::Click,
        MouseEventKind::Drag(MouseButton::Left) => Mouse::Drag,
        MouseEventKind::ScrollDown => Mouse::WheelDown,
        MouseEventKind::ScrollUp => Mouse::WheelUp,
        _ => return None,
    };
    Some(Event::Mouse(what, Position::new(mouse.column, mouse.row)))
}

#[cfg(unix)]
fn signals(events: Sender<Event>) -> anyhow::Result<()> {
    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
    let mut signals =
        signal_hook::iterator::Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT])?;
    thread::Builder::new().name("signals".into()).spawn(move || {
        for signal in signals.forever() {
            let event = match signal {
                SIGCONT => Event::Continued,
                SIGTSTP => Event::StopAsked,
                signal => Event::Ended(signal),
            };
            if events.send(event).is_err() {
                return;
            }
        }
    })?;
    Ok(())
}

#[cfg(not(unix))]
fn signals(_events: Sender<Event>) -> anyhow::Result<()> {
    Ok(())
}
