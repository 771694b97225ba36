//! The background of the terminal, dark or light: the question (OSC 11), and its answer, which
//! comes among the keys. Nobody waits for it, and no key is lost over it: what turns out to be no
//! answer is handed on as the keys that it is.

use crossterm::event::{Event, KeyCode, KeyModifiers};

/// What the terminal is asked.
pub(crate) const QUESTION: &str = "\x1B]11;?\x1B\\";
/// What its answer begins with, after ESC ].
const BEGINNING: &str = "11;rgb:";
/// The longest answer, in characters.
const LONGEST: usize = 24;

/// What a terminal says of its background.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Background {
    Dark,
    Light,
}

/// What comes of an event of the terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Heard {
    /// Events for the reader; none, while it may still be an answer.
    Events(Vec<Event>),
    /// The answer.
    Background(Background),
}

/// Listens for the answer among the events of the terminal.
#[derive(Debug, Default)]
pub(crate) struct Listener {
    held: Vec<Event>,
    text: String,
}

/// What a key can be in an answer.
enum Part {
    Begins,
    Character(char),
    Ends,
    None,
}

impl Listener {
    /// Takes an event.
    pub(crate) fn take(&mut self, event: Event) -> Heard {
        match (part(&event), self.held.is_empty()) {
            (Part::Begins, true) => self.held.push(event),
            (Part::Character(c), false) if self.goes_on_with(c) => {
                self.text.push(c);
                self.held.push(event);
            }
            (Part::Ends, false) => {
                let background = background(&self.text);
                let held = self.give_up(event);
                return background.map_or(Heard::Events(held), Heard::Background);
            }
            // A new size or the mouse is no part of it, and no end.
            (Part::None, false) if !matches!(event, Event::Key(_)) => {
                return Heard::Events(vec![event]);
            }
            _ => return Heard::Events(self.give_up(event)),
        }
        Heard::Events(Vec::new())
    }

    /// True where an answer can go on with `c`.
    fn goes_on_with(&self, c: char) -> bool {
        match BEGINNING.chars().nth(self.text.chars().count()) {
            Some(wanted) => c == wanted,
            None => (c.is_ascii_hexdigit() || c == '/') && self.text.len() < LONGEST,
        }
    }

    /// Everything that was held, and `event` after it.
    fn give_up(&mut self, event: Event) -> Vec<Event> {
        self.text.clear();
        let mut events = std::mem::take(&mut self.held);
        events.push(event);
        events
    }
}

/// Terminals' answers are read as keys: ESC ] as Alt-], BEL as Ctrl-g, ESC \ as Alt-\.
fn part(event: &Event) -> Part {
    let Event::Key(key) = event else { return Part::None };
    let KeyCode::Char(c) = key.code else { return Part::None };
    match c {
        ']' if key.modifiers == KeyModifiers::ALT => Part::Begins,
        '\\' if key.modifiers == KeyModifiers::ALT => Part::Ends,
        'g' if key.modifiers == KeyModifiers::CONTROL => Part::Ends,
        c if (key.modifiers - KeyModifiers::SHIFT).is_empty() => Part::Character(c),
        _ => Part::None,
    }
}

/// The background of a colour as X11 writes it, one to four hexadecimal digits for each of three
/// parts: by its luminance (ITU-R BT.709).
fn background(answer: &str) -> Option<Background> {
    let parts: Vec<f64> = answer
        .strip_prefix(BEGINNING)?
        .split('/')
        .map(|part| {
            let most = 16f64.powi(i32::try_from(part.len()).ok()?) - 1.0;
            Some(f64::from(u32::from_str_radix(part, 16).ok()?) / most)
        })
        .collect::<Option<_>>()?;
    let [red, green, blue] = parts.try_into().ok()?;
    let luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    Some(if luminance > 0.5 { Background::Light } else { Background::Dark })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossterm::event::KeyEvent;

    fn key(c: char, modifiers: KeyModifiers) -> Event {
        Event::Key(KeyEvent::new(KeyCode::Char(c), modifiers))
    }

    fn said(text: &str) -> Vec<Event> {
        let plain = text.chars().map(|c| key(c, KeyModifiers::NONE));
        std::iter::once(key(']', KeyModifiers::ALT)).chain(plain).collect()
    }

    /// What is heard, events and answers one after the other.
    fn heard(events: &[Event]) -> (Vec<Event>, Vec<Background>) {
        let (mut listener, mut handed, mut backgrounds) =
            (Listener::default(), Vec::new(), Vec::new());
        for event in events {
            match listener.take(event.clone()) {
                Heard::Events(events) => handed.extend(events),
                Heard::Background(background) => backgrounds.push(background),
            }
        }
        (handed, backgrounds)
    }

    #[test]
    fn an_answer_is_heard_however_it_ends_and_in_every_length() {
        let bell = key('g', KeyModifiers::CONTROL);
        let end = key('\\', KeyModifiers::ALT);
        for (text, end, background) in [
            ("11;rgb:ffff/ffff/ffff", &bell, Background::Light),
            ("11;rgb:1a/1b/26", &end, Background::Dark),
            ("11;rgb:FDF6/F6E3/E3E3", &end, Background::Light),
            ("11;rgb:0/0/f", &bell, Background::Dark),
        ] {
            let mut events = said(text);
            events.push(end.clone());
            assert_eq!(heard(&events), (Vec::new(), vec![background]), "{text}");
        }
    }

    #[test]
    fn what_is_no_answer_is_handed_on_as_it_came() {
        let typed = [said("1j"), said("11;rgb:zz"), said("q")].concat();
        assert_eq!(heard(&typed), (typed.clone(), Vec::new()));
        let mut wrong = said("11;rgb:ff");
        wrong.push(key('g', KeyModifiers::CONTROL));
        assert_eq!(heard(&wrong), (wrong.clone(), Vec::new()));
        // A new size in the midst of an answer goes through.
        let mut cut = said("11;rgb:ff/ff");
        cut.push(Event::Resize(80, 24));
        cut.extend("/ff".chars().map(|c| key(c, KeyModifiers::NONE)));
        cut.push(key('\\', KeyModifiers::ALT));
        assert_eq!(heard(&cut), (vec![Event::Resize(80, 24)], vec![Background::Light]));
    }
}
