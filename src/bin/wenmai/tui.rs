//! The reader on the terminal: the loop that takes an event, updates the state, and draws. It sleeps
//! until something happens, and takes everything that has happened before it draws once.

pub(crate) mod action;
mod app;
mod canvas;
mod cursor;
mod effect;
mod event;
mod geometry;
mod history;
mod keymap;
mod messages;
mod palette;
mod query;
mod screen;
mod terminal;
#[cfg(test)]
mod testing;
mod widget;
mod wording;

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::{Receiver, channel};

use anyhow::Context;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use wenmai::library::Library;
use wenmai::text::width::Ambiguous;

use crate::cli::{self, Global};
use app::App;
use canvas::{ASCII, LINES, Look};
use effect::Effect;
use event::Event;
use keymap::KeyPress;
pub(crate) use messages::Lang;
use palette::Palette;
use query::Answerer;
use terminal::Terminal;
pub(crate) use terminal::check;

/// Whether the reader uses colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Colours {
    /// It does.
    #[default]
    Shown,
    /// Only weight, underline and reverse.
    Avoided,
}

/// What the user decided before the reader starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Options {
    /// Language of the interface.
    pub(crate) lang: Lang,
    /// Whether there are colours.
    pub(crate) colours: Colours,
    /// How wide ambiguous characters are.
    pub(crate) ambiguous: Ambiguous,
}

impl From<&Global> for Options {
    fn from(global: &Global) -> Self {
        let lang = match global.lang {
            Some(cli::Lang::En) => Lang::English,
            Some(cli::Lang::Zh) => Lang::Chinese,
            None => Lang::of_locale(),
        };
        let plain = std::env::var_os("NO_COLOR").is_some_and(|set| !set.is_empty());
        let colours = match global.color {
            cli::Color::Never => Colours::Avoided,
            cli::Color::Auto if plain => Colours::Avoided,
            cli::Color::Auto | cli::Color::Always => Colours::Shown,
        };
        Self { lang, colours, ambiguous: global.ambiguous.resolve() }
    }
}

impl Options {
    fn look(self) -> Look {
        let palette = match self.colours {
            Colours::Shown => Palette::SIXTEEN,
            Colours::Avoided => Palette::PLAIN,
        };
        // Lines are ambiguous, too.
        let ascii = self.ambiguous == Ambiguous::Wide || !locale_is_unicode();
        let glyphs = if ascii { &ASCII } else { &LINES };
        Look { lang: self.lang, palette, ambiguous: self.ambiguous, glyphs }
    }
}

/// True unless the locale names another character set than UTF-8, or is the bare C locale.
fn locale_is_unicode() -> bool {
    let set = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    let Some(locale) = set("LC_ALL").or_else(|| set("LC_CTYPE")).or_else(|| set("LANG")) else {
        return true;
    };
    let locale = locale.to_ascii_lowercase();
    locale.contains("utf-8") || locale.contains("utf8") || !cfg!(unix)
}

/// Opens the reader on `library` until the user leaves.
///
/// # Errors
/// There is no terminal that could show it, or the terminal is lost.
pub(crate) fn run(library: Library, options: Options) -> anyhow::Result<()> {
    check()?;
    let library = Arc::new(library);
    let mut terminal = Terminal::take()?;
    let mut app = App::new(Arc::clone(&library), options.look(), terminal.resize()?);
    let (sender, events) = channel();
    event::listen(&sender, &library)?;
    let answerer = Answerer::open(&library, &sender)?;
    let ended_by = turn(&mut terminal, (&mut app, &answerer), &events);
    drop(terminal);
    if let Some(signal) = ended_by? {
        terminal::end_by(signal);
    }
    Ok(())
}

/// The screen of `area` after these keys, written as the key table writes them, a blank between two.
///
/// # Errors
/// A key that the table could not name.
pub(crate) fn screen_after(
    library: Library,
    options: Options,
    (area, keys): (Rect, &str),
) -> anyhow::Result<Buffer> {
    library.themes();
    let library = Arc::new(library);
    let mut app = App::new(Arc::clone(&library), options.look(), area);
    answer_at_once(&mut app, &library, Event::ThemesReady);
    for name in keys.split_whitespace() {
        let key = KeyPress::parse(name).with_context(|| format!("no key is called {name}"))?;
        answer_at_once(&mut app, &library, Event::Key(key));
    }
    app.lay_out();
    let mut buffer = Buffer::empty(area);
    app.draw(&mut buffer);
    Ok(buffer)
}

/// Updates, and answers what is asked for without a thread.
fn answer_at_once(app: &mut App, library: &Library, event: Event) {
    let mut effect = app.update(event);
    while let Effect::Ask(job) = effect {
        let answer = query::answer(library, &job.asked, &AtomicBool::new(false));
        effect = app.update(Event::Answered(job.number, answer));
    }
}

/// The loop; the signal that ended it, if one did.
fn turn(
    terminal: &mut Terminal,
    (app, answerer): (&mut App, &Answerer),
    events: &Receiver<Event>,
) -> anyhow::Result<Option<i32>> {
    loop {
        app.lay_out();
        terminal.draw(|buffer| app.draw(buffer))?;
        let mut next = Some(events.recv()?);
        let mut resized = false;
        while let Some(event) = next {
            if let Event::Ended(signal) = event {
                return Ok(Some(signal));
            }
            resized |= matches!(event, Event::Resize);
            match app.update(event) {
                Effect::None => {}
                Effect::Quit => return Ok(None),
                Effect::Suspend => {
                    terminal.suspend()?;
                    resized = true;
                }
                Effect::Ask(job) => answerer.ask(job),
                Effect::Redraw => {
                    terminal.retake()?;
                    resized = true;
                }
            }
            next = events.try_recv().ok();
        }
        // The size is asked for once, however many changes have come.
        if resized || terminal.has_other_size() {
            app.resize(terminal.resize()?);
        }
    }
}
