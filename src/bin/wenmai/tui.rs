//! The reader on the terminal: the loop that takes an event, updates the state, and draws. It sleeps
//! until something happens, and takes everything that has happened before it draws once.

mod annotation_session;
mod annotation_writer;
mod answerer;
mod app;
mod backend;
mod background;
mod canvas;
mod clipboard;
mod context;
mod cursor;
mod distinct;
mod effect;
mod event;
mod find;
mod geometry;
mod jump_list;
mod moved;
mod picker;
mod query;
mod report;
mod screen;
mod shared_text;
#[cfg(test)]
mod soak;
mod source;
mod terminal;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod walk;
mod watch;
mod widget;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::{Receiver, Sender, channel};

use anyhow::{Context, anyhow};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use wenmai::citation;
use wenmai::library::Library;
use wenmai::library::archive::Archive;
use wenmai::text::width::Ambiguous;

use crate::cli::{Color, Global};
use crate::settings::Settings;
use crate::settings::table::Name;
use crate::ui::keymap::KeyPress;
use crate::ui::lang::Lang;
use crate::ui::palette::Palette;
use annotation_session::AnnotationSession;
use annotation_writer::AnnotationWriter;
use answerer::Answerer;
use app::App;
use canvas::{ASCII, LINES, Look, TextOptions};
use clipboard::Copier;
use effect::Effect;
use event::{Event, Input};

use terminal::Terminal;
pub(crate) use terminal::{answered_widths, check};

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
#[derive(Debug, Clone, Default)]
pub(crate) struct Options {
    /// Language of the interface.
    pub(crate) lang: Lang,
    /// Whether there are colours.
    pub(crate) colours: Colours,
    /// How wide ambiguous characters are.
    pub(crate) ambiguous: Ambiguous,
    /// What the user has set.
    pub(crate) settings: Settings,
    /// Whether nothing of what is read is written.
    pub(crate) private: bool,
}

impl From<&Global> for Options {
    fn from(global: &Global) -> Self {
        let plain = std::env::var_os("NO_COLOR").is_some_and(|set| !set.is_empty());
        let colours = match global.color {
            Color::Never => Colours::Avoided,
            Color::Auto if plain => Colours::Avoided,
            Color::Auto | Color::Always => Colours::Shown,
        };
        let settings = global.settings.clone();
        Self {
            lang: global.lang(),
            colours,
            ambiguous: global.ambiguous.resolve(),
            settings,
            private: global.private,
        }
    }
}

impl Options {
    fn look(&self) -> Look {
        let set = Palette::called(self.settings.choice(Name::Palette));
        let palette = match self.colours {
            Colours::Shown => set.unwrap_or(Palette::SIXTEEN),
            Colours::Avoided => Palette::PLAIN,
        };
        // Lines are ambiguous, too.
        let ascii = self.ambiguous == Ambiguous::Wide || !locale_is_unicode();
        let glyphs = if ascii { &ASCII } else { &LINES };
        Look { lang: self.lang, palette, ambiguous: self.ambiguous, glyphs, page: self.page() }
    }

    fn page(&self) -> TextOptions {
        let number = |name| self.settings.number(name);
        let set = self.settings.choice(Name::Citation);
        let citation = citation::Style::ALL.into_iter().find(|style| style.name() == set);
        TextOptions {
            measure: number(Name::Measure).into(),
            margin: number(Name::Margin),
            indent: number(Name::Indent).into(),
            shared: number(Name::Shared).into(),
            citation: citation.unwrap_or_default(),
        }
    }

    /// True where the colours are to follow what the terminal says of its ground.
    fn follows_ground(&self) -> bool {
        let many =
            |name: &str, value: &str| std::env::var(name).is_ok_and(|set| set.contains(value));
        self.colours == Colours::Shown
            && self.settings.choice(Name::Palette) == "auto"
            && (many("TERM", "256color") || many("COLORTERM", ""))
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

/// Opens the reader on `library`, read from `paths`, until the user leaves.
///
/// # Errors
/// There is no terminal that could show it, or the terminal is lost.
pub(crate) fn run(library: Library, paths: &[PathBuf], options: Options) -> anyhow::Result<()> {
    read(Arc::new(library), paths, None, options)
}

/// Opens the reader on what `archive` keeps, as it was last seen, until the user leaves; what has
/// changed since is read meanwhile.
///
/// # Errors
/// As [`run`], and where nothing at all can be read.
pub(crate) fn run_kept(archive: Archive, options: Options) -> anyhow::Result<()> {
    let library = archive.known();
    let seeds = || archive.uncached().ok().filter(|_| archive.paths().is_empty());
    // The few texts of the program are there as soon as any message about them would be.
    let library = Arc::new(library.or_else(seeds).unwrap_or_default());
    let paths = archive.paths().to_vec();
    read(library, &paths, Some(archive), options)
}

fn read(
    library: Arc<Library>,
    paths: &[PathBuf],
    archive: Option<Archive>,
    options: Options,
) -> anyhow::Result<()> {
    check()?;
    let (keeper, keeping) = AnnotationWriter::open(paths, options.private);
    let mut terminal = Terminal::take(options.settings.is_on(Name::Mouse))?;
    let area = terminal.resize()?;
    let keymap = options.settings.keymap.clone();
    let mut app = App::new(Arc::clone(&library), keeping, keymap, today(), options.look(), area);
    if library.is_empty() && archive.is_some() {
        app.reading_files();
    }
    // A signal must find someone who gives the terminal back.
    let (sender, events) = channel();
    let input = event::listen(&sender)?;
    app.lay_out();
    // Drawn before anything else is begun: nobody waits for a look at the files.
    terminal.draw(|buffer| app.draw(buffer))?;
    if let Some(archive) = archive {
        watch::start(archive, Arc::clone(&library), sender.clone())?;
    }
    watch::choose_themes(Arc::clone(&library), sender.clone())?;
    let answerer = Answerer::open(&library, &sender)?;
    drop(library);
    if options.follows_ground() {
        terminal::ask_ground()?;
    }
    let copier = Copier::new(options.private);
    let settings = options.settings;
    let mut outside = Outside { answerer, keeper, copier, settings, input, events: sender };
    let end = turn(&mut terminal, &mut app, &mut outside, &events);
    drop(terminal);
    match end? {
        End::Left => Ok(()),
        End::Signal(signal) => {
            terminal::end_by(signal);
            Ok(())
        }
        End::Failed => Err(app.failure().unwrap_or_else(|| anyhow!("there is nothing to read"))),
    }
}

/// The screen of `area` after these keys, written as the key table writes them, a blank between two.
///
/// # Errors
/// A key that the table could not name.
pub(crate) fn screen_after(
    library: Library,
    options: Options,
    area: Rect,
    keys: &str,
) -> anyhow::Result<Buffer> {
    library.themes();
    let library = Arc::new(library);
    let (keeping, keymap) = (AnnotationSession::default(), options.settings.keymap.clone());
    let mut app = App::new(Arc::clone(&library), keeping, keymap, today(), options.look(), area);
    answer_at_once(&mut app, &library, Event::ThemesReady(Arc::clone(&library)));
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

/// What the loop does outside of the state.
struct Outside {
    answerer: Answerer,
    keeper: AnnotationWriter,
    copier: Copier,
    settings: Settings,
    input: Input,
    events: Sender<Event>,
}

impl Outside {
    /// Writes what the user has set down.
    fn keep(&mut self, app: &mut App) {
        let changes = app.take_pending();
        if let Some(why) = self.keeper.write(&changes) {
            app.update(Event::NotKept(why));
        }
    }
}

/// Why the loop came to an end.
enum End {
    /// The user left.
    Left,
    /// A signal wants the program to end.
    Signal(i32),
    /// There is nothing to read.
    Failed,
}

/// The day in Beijing, as all dates here.
fn today() -> jiff::civil::Date {
    jiff::tz::offset(8).to_datetime(jiff::Timestamp::now()).date()
}

/// What comes of an event.
enum Turned {
    /// The loop goes on.
    On,
    /// It goes on, and everything is to be drawn anew.
    Anew,
    /// It ends.
    End(End),
}

/// The loop, and why it came to an end.
fn turn(
    terminal: &mut Terminal,
    app: &mut App,
    outside: &mut Outside,
    events: &Receiver<Event>,
) -> anyhow::Result<End> {
    loop {
        outside.keep(app);
        app.lay_out();
        terminal.draw(|buffer| app.draw(buffer))?;
        let mut next = Some(events.recv()?);
        let mut resized = false;
        while let Some(event) = next {
            resized |= matches!(event, Event::Resize);
            let mut effect = match event {
                Event::Ended(signal) => {
                    outside.keep(app);
                    return Ok(End::Signal(signal));
                }
                event => Some(app.update(event)),
            };
            while let Some(wanted) = effect {
                match perform(terminal, app, outside, wanted)? {
                    Turned::On => {}
                    Turned::Anew => resized = true,
                    Turned::End(end) => {
                        outside.keep(app);
                        return Ok(end);
                    }
                }
                effect = app.replay();
            }
            next = events.try_recv().ok();
        }
        // The size is asked for once, however many changes have come.
        if resized || terminal.has_other_size() {
            app.resize(terminal.resize()?);
        }
    }
}

/// Does what an update wants done.
fn perform(
    terminal: &mut Terminal,
    app: &mut App,
    outside: &mut Outside,
    effect: Effect,
) -> anyhow::Result<Turned> {
    match effect {
        Effect::None => {}
        Effect::Quit => return Ok(Turned::End(End::Left)),
        Effect::Fail => return Ok(Turned::End(End::Failed)),
        Effect::NewLibrary => {
            outside.answerer = Answerer::open(app.library(), &outside.events)?;
            watch::choose_themes(Arc::clone(app.library()), outside.events.clone())?;
        }
        Effect::Ask(job) => outside.answerer.ask(job),
        Effect::Copy(text) => {
            app.update(Event::Copied(outside.copier.copy(&text)));
        }
        Effect::Browse(target) => {
            if let Err(error) = source::browse(&target) {
                app.update(Event::NotDone(error.to_string()));
            }
        }
        Effect::Edit(path) => {
            outside.keep(app);
            outside.input.close();
            let edited = terminal.lend(|| source::edit(&path))?;
            outside.input.open();
            if let Err(error) = edited {
                app.update(Event::NotDone(error.to_string()));
            }
            return Ok(Turned::Anew);
        }
        Effect::EditText(text) => {
            outside.keep(app);
            outside.input.close();
            let edited = terminal.lend(|| source::edit_text(&text))?;
            outside.input.open();
            app.update(match edited {
                Ok(text) => Event::Edited(text),
                Err(error) => Event::NotDone(error.to_string()),
            });
            return Ok(Turned::Anew);
        }
        Effect::KeepSetting(name, given) => {
            let written = outside.settings.keep(name, given);
            app.update(match written {
                Ok(path) => Event::SettingKept(path),
                Err(error) => Event::NotDone(error.to_string()),
            });
        }
        Effect::Suspend => {
            outside.keep(app);
            terminal.suspend()?;
            return Ok(Turned::Anew);
        }
        Effect::Redraw => {
            terminal.retake()?;
            return Ok(Turned::Anew);
        }
    }
    Ok(Turned::On)
}
